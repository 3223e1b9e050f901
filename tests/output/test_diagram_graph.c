// SPDX-License-Identifier: MIT
// dot and Mermaid of hostile diagrams: their own tools must take them. dot is asked where it is
// installed, Mermaid's parser where ./dev test --long put it; the shape of every line is always
// looked at.
#include "../published.h"
#include "../support.h"

#include <plando/diagram_graph.h>

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct driver_facts facts;
static struct driver_diagram d;

static const char *const HOSTILE[] = { "plain", "\"quotes\" 'and' `ticks`", "a\\", "\\\"",
	"two\nlines\r\n\tend", "[brackets] (round) {curly} <angled> |bars|", "a --> b; c & d",
	"%%{init: {}}%%", "%% comment", "#quot; &amp; &lt; #35;", "style x fill:#fff;",
	"classDef x:#f;", "end", "subgraph x", "---", "```", "`**bold**`", "$$x$$", "@{ shape: x }",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xe2\x80\xaeoverride", "\u200f",
	"👩‍👩‍👧‍👦 🇬🇧", "漢字仮名", "\x1b[31m\x01\x7f", "\xff\xfe",
	"\xef\xbf\xbe", "<script>alert(1)</script>", "]]>", "-->", "\\N \\G \\l", "", " ", "o",
	"x" };
enum { HOSTILES = sizeof HOSTILE / sizeof *HOSTILE };

static struct id id_of(size_t n)
{
	struct id id = { { 0 } };
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static void begin(void)
{
	char *words = arena_alloc(&arena, 501);
	memset(words, '"', 500);
	facts = (struct driver_facts){ .name = "\"</title>\\", .aim = words };
	facts.fact = arena_array(&arena, 2 * HOSTILES + 2, sizeof *facts.fact);
	facts.join = arena_array(&arena, 4 * HOSTILES + 4, sizeof *facts.join);
	for (size_t i = 0; i < HOSTILES; i++) {
		size_t n = facts.fact_count;
		facts.fact[n] = (struct driver_fact){ .id = id_of(n + 1),
			.level = DRIVER_PRIMARY,
			.text = HOSTILE[i],
			.code = HOSTILE[HOSTILES - 1 - i] };
		facts.fact[n + 1] = (struct driver_fact){ .id = id_of(n + 2),
			.level = DRIVER_IDEA,
			.text = HOSTILE[HOSTILES - 1 - i],
			.status = HOSTILE[i] };
		facts.join[facts.join_count++] =
		    (struct driver_join){ id_of(n + 1), id_of(0), i % 2 == 0 };
		facts.join[facts.join_count++] =
		    (struct driver_join){ id_of(n + 2), id_of(n + 1), i % 3 == 0 };
		facts.fact_count += 2;
	}
}

static void end(void)
{
	arena_free(&arena);
}

typedef bool writer(struct arena *, const struct driver_diagram *, const struct form_field *,
    struct str *, struct err *);

static const char *written(writer *write)
{
	struct str s = STR_IN(&arena);
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(write(&arena, &d, NULL, &s, &e));
	return str_done(&s);
}

// --- asking the tools

static bool found(const char *tool)
{
	return system(arena_printf(&arena, "command -v %s >/dev/null 2>&1", tool)) == 0;
}

// Runs it; fails the test with what it says.
static void takes(const char *command)
{
	char said[512] = "";
	FILE *out = popen(arena_printf(&arena, "%s 2>&1", command), "r");
	size_t n = fread(said, 1, sizeof said - 1, out);
	said[n] = '\0';
	int status = pclose(out);
	ck_assert_msg(status == 0 && n == 0, "%s: %s", command, said);
}

static const char *file(const char *name, const char *text)
{
	char *path = test_path(&arena, name);
	test_write(path, text, strlen(text));
	return path;
}

static size_t links(void)
{
	size_t n = 0;
	for (size_t i = 0; i < d.count; i++)
		n += d.node[i].parent_count;
	return n;
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;
	for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

START_TEST(dot_takes_whatever_was_typed)
{
	const char *text = written(diagram_dot);
	ck_assert_uint_eq(times(text, " [label=\""), d.count);
	if (!found("dot")) {
		puts("# dot is not here: its own reading is not tested");
		return;
	}
	const char *svg = test_path(&arena, "dot.svg");
	takes(arena_printf(&arena, "dot -Tsvg -o %s %s", svg, file("hostile.dot", text)));
	size_t n;
	ck_assert_uint_eq(times(test_read(&arena, svg, &n), "class=\"edge\""), links());
}
END_TEST

// n1["…"]:::level, with nothing between the quotes but letters, digits, a few signs and #number;
static bool node_line(const char *p)
{
	if (*p++ != 'n' || !isdigit((unsigned char)*p))
		return false;
	p += strspn(p, "0123456789");
	if (!str_starts(p, "[\""))
		return false;
	for (p += 2; *p && *p != '"'; p++) {
		bool letter = (unsigned char)*p >= 0x80 || isalnum((unsigned char)*p);
		if (str_starts(p, "<br/>"))
			p += 4;
		else if (*p == '#' && isdigit((unsigned char)p[1]))
			p += strspn(p + 1, "0123456789") + 1;
		else if (!letter && !strchr(" ,.-'", *p))
			return false;
	}
	return str_starts(p, "\"]:::");
}

START_TEST(nothing_that_was_typed_means_anything_to_mermaid)
{
	char *text = arena_strdup(&arena, written(diagram_mermaid)), *rest = NULL;
	size_t nodes = 0, edges = 0;
	ck_assert_str_eq(strtok_r(text, "\n", &rest), "flowchart LR");
	for (char *line; (line = strtok_r(NULL, "\n", &rest));) {
		unsigned a, b;
		char arrow[4], after;
		if (node_line(line + 2))
			nodes++;
		else if (sscanf(line, "  n%u %3s n%u%c", &a, arrow, &b, &after) == 3)
			edges += str_equal(arrow, "---") || str_equal(arrow, "-.-");
		else
			ck_assert_msg(str_starts(line, "  classDef "), "%s", line);
	}
	ck_assert_uint_eq(nodes, d.count);
	ck_assert_uint_eq(edges, links());
}
END_TEST

static const char *published_file(const char *team)
{
	size_t n;
	char *path = test_diagram(&arena, team);
	char *text = path ? test_read(&arena, path, &n) : NULL;
	if (!text || !published(&arena, text, n, team, true, &facts))
		return "";
	return file(arena_printf(&arena, "%s.mmd", team), written(diagram_mermaid));
}

START_TEST(mermaid_takes_whatever_was_typed)
{
	const char *binary = getenv("PLANDO_BINARY");
	char *build = arena_strdup(&arena, binary ? binary : "");
	char *slash = strrchr(build, '/');
	if (slash)
		*slash = '\0';
	if (access(arena_printf(&arena, "%s/node_modules/mermaid", build), F_OK) != 0 ||
	    !found("node")) {
		puts("# Mermaid is not here (./dev test --long brings it): its own reading is not "
		     "tested");
		return;
	}
	const char *hostile = file("hostile.mmd", written(diagram_mermaid));
	const char *nhs = published_file("kfh"), *cms = published_file("cms");
	takes(arena_printf(
	    &arena, "node %s/tests/output/mermaid_parse.mjs %s %s %s", build, hostile, nhs, cms));
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-diagram_graph");
	TCase *t = tcase_create("graph");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, dot_takes_whatever_was_typed);
	tcase_add_test(t, nothing_that_was_typed_means_anything_to_mermaid);
	tcase_add_test(t, mermaid_takes_whatever_was_typed);
	suite_add_tcase(s, t);
	return test_run(s);
}
