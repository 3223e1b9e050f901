// SPDX-License-Identifier: MIT
// The driver diagram: how many lines cross in a published one, beside what Graphviz' dot makes of
// the same graph; and how long a layout of 2000 boxes takes after an edit, beside the least that
// could be done: wrapping the same texts once. bench_diagram [DIAGRAMS.yaml]
#include "samples.h"

#include "../published.h"

#include <plando/diagram.h>
#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYOUTS = 40, BOXES = 2000, COLUMNS = 28 };

static const char TEXT[] = "Ring families the day before their first appointment";

// ---- crossings

static bool ask_dot(const struct driver_diagram *d, double height[])
{
	char path[] = "/tmp/plando-bench-XXXXXX", line[4096];
	int file = mkstemp(path);
	FILE *f = file < 0 ? NULL : fdopen(file, "w");
	if (!f)
		return false;
	fputs("digraph { rankdir=RL;\n", f);
	for (size_t i = 0; i < d->count; i++)
		fprintf(f, "n%zu;\n", i);
	for (size_t i = 0; i < d->count; i++)
		for (size_t j = 0; j < d->node[i].parent_count; j++)
			fprintf(f, "n%zu -> n%zu;\n", i, d->node[i].parents[j].node);
	fputs("}\n", f);
	fclose(f);
	snprintf(line, sizeof line, "dot -Tplain %s", path);
	FILE *dot = popen(line, "r");
	size_t seen = 0, node;
	double x, y;
	while (dot && fgets(line, sizeof line, dot))
		if (sscanf(line, "node n%zu %lf %lf", &node, &x, &y) == 3 && node < d->count) {
			height[node] = y;
			seen++;
		}
	bool good = dot && pclose(dot) == 0 && seen == d->count;
	remove(path);
	return good;
}

// As driver_order counts them (driver.h, rule 4 of the order), from dot's heights.
static size_t crossings_of(const struct driver_diagram *d, const double height[])
{
	size_t crossed = 0;
	for (size_t i = 0; i < d->count; i++)
		for (size_t j = 0; j < i; j++) {
			const struct driver_node *a = &d->node[i], *b = &d->node[j];
			for (size_t k = 0; a->level == b->level && k < a->parent_count; k++)
				for (size_t l = 0; l < b->parent_count; l++) {
					size_t p = a->parents[k].node, q = b->parents[l].node;
					double below = height[i] - height[j],
					       above = height[p] - height[q];
					crossed += d->node[p].level == d->node[q].level && p != q &&
						   below * above < 0;
				}
		}
	return crossed;
}

static void crossings(const char *path)
{
	static const char *const TEAMS[] = { "kfh", "nwl-eolc" }; // whose lines skip no level
	struct arena a = { 0 };
	struct err e = { 0 };
	char *text;
	size_t n;
	if (!file_read(&a, path, 1 << 20, &text, &n, &e)) {
		printf("\ncrossing lines: left out, the published diagrams are not here\n");
		return;
	}
	printf("\n%-30s %10s %10s %10s\n", "crossing lines", "dot", "plando", "as given");
	for (size_t t = 0; t < sizeof TEAMS / sizeof *TEAMS; t++) {
		struct driver_facts facts;
		struct driver_diagram d;
		struct driver_order fewest, given;
		double height[512];
		if (!published(&a, text, n, TEAMS[t], true, &facts) ||
		    !driver_build(&a, &facts, &d, &e) || d.count > 512 ||
		    !driver_order(
			&a, &d, &(struct driver_order_options){ .fewest = true }, &fewest, &e) ||
		    !driver_order(&a, &d, &(struct driver_order_options){ 0 }, &given, &e))
			continue;
		if (ask_dot(&d, height))
			printf("%-30s %10zu %10zu %10zu%s\n", TEAMS[t], crossings_of(&d, height),
			    fewest.crossings, given.crossings,
			    fewest.crossings > crossings_of(&d, height) ? "  over" : "");
	}
	arena_free(&a);
}

// ---- a layout after an edit

static struct id id_of(size_t n)
{
	struct id id = { { 7 } };
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static bool large(struct arena *a, struct driver_diagram *d)
{
	enum { PRIMARY = 20, SECONDARY = 200 };
	struct driver_facts facts = { .team = id_of(0), .name = "Large", .aim = TEXT };
	struct err e = { 0 };
	facts.fact = arena_array(a, BOXES, sizeof *facts.fact);
	facts.join = arena_array(a, 2 * BOXES, sizeof *facts.join);
	for (size_t i = 1; facts.fact && facts.join && i < BOXES; i++) {
		enum driver_level level = i <= PRIMARY	   ? DRIVER_PRIMARY
					  : i <= SECONDARY ? DRIVER_SECONDARY
							   : DRIVER_IDEA;
		size_t to = i <= PRIMARY     ? 0
			    : i <= SECONDARY ? 1 + i % PRIMARY
					     : PRIMARY + 1 + i % (SECONDARY - PRIMARY);
		facts.fact[facts.fact_count++] = (struct driver_fact){ .id = id_of(i),
			.level = level,
			.text = TEXT,
			.position = arena_printf(a, "%06zu", i) };
		facts.join[facts.join_count++] = (struct driver_join){ id_of(i), id_of(to), false };
		if (level == DRIVER_IDEA && i % 4 == 0)
			facts.join[facts.join_count++] = (struct driver_join){ id_of(i),
				id_of(PRIMARY + 1 + (i + 1) % (SECONDARY - PRIMARY)), false };
	}
	return facts.fact && facts.join && driver_build(a, &facts, d, &e);
}

static bool wrap_all(struct arena *a, const struct driver_diagram *d)
{
	struct text_lines lines;
	for (size_t i = 0; i < d->count; i++)
		if (!text_wrap(a, d->node[i].text, strlen(d->node[i].text), COLUMNS, &lines))
			return false;
	return true;
}

static struct samples laying = { .what = "layout of 2000 boxes", .bar = 12 };

static bool layouts(void)
{
	struct arena a = { 0 };
	struct driver_diagram d;
	struct err e = { 0 };
	bool good = large(&a, &d);
	struct diagram_options o = { .width = 160, .page = 40 };
	for (int i = 0; good && i < LAYOUTS; i++) {
		struct arena floor = { 0 }, shape = { 0 };
		struct diagram g;
		double begun = cpu_ms();
		good = wrap_all(&floor, &d);
		double between = cpu_ms();
		good = good && diagram_lay(&shape, &d, &o, &g, &e);
		samples_add(&laying, between - begun, cpu_ms() - between);
		arena_free(&floor);
		arena_free(&shape);
	}
	arena_free(&a);
	return good;
}

int main(int argc, char **argv)
{
	if (!layouts())
		return 1;
	samples_print(&laying);
	if (argc > 1)
		crossings(argv[1]);
	return 0;
}
