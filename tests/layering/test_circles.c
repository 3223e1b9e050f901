// SPDX-License-Identifier: MIT
// Which files of a room know each other, by the link graph (nm): a circle of files can only be read and changed as one.
// The numbers are the largest circles there are; they may fall, never rise.
#include "../support.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MOST = 256, LINE_MOST = 1024 };

static const struct {
	const char *library; // the variable that holds its path
	const char *room;
	size_t most; // files in one circle
} ROOMS[] = {
	{ "PLANDO_FACE", "tui", 8 },
	{ "PLANDO_FACE", "cli", 48 },
	{ "PLANDO_CORE", "store", 42 },
	{ "PLANDO_CORE", "method", 6 },
	{ "PLANDO_CORE", "views", 2 },
	{ "PLANDO_CORE", "output", 6 },
};

struct symbol {
	const char *name;
	size_t file;
	bool defined;
};

struct graph {
	struct arena a;
	const char *file[FILES_MOST];
	size_t files;
	struct symbol *symbol;
	size_t symbols, cap;
	bool reaches[FILES_MOST][FILES_MOST];
};

static size_t graph_file(struct graph *g, const char *name)
{
	size_t i = 0;
	while (i < g->files && !str_equal(g->file[i], name))
		i++;
	if (i == g->files) {
		ck_assert_uint_lt(g->files, FILES_MOST);
		g->file[g->files++] = arena_strdup(&g->a, name);
	}
	return i;
}

// "…/src_store_log_db.c.o:0000000000000012 T db_open" or "…: U db_open".
static void graph_line(struct graph *g, char *line, const char *room)
{
	char *begin = strstr(line, arena_printf(&g->a, "/src_%s_", room));
	char *colon = begin ? strstr(begin, ".o:") : NULL;
	char type = 0, name[LINE_MOST];
	if (!colon)
		return;
	colon[2] = '\0';
	if (sscanf(colon + 3, "%*[0-9a-f] %c %1000s", &type, name) != 2 &&
	    sscanf(colon + 3, " %c %1000s", &type, name) != 2)
		return;
	ck_assert(arena_grow(&g->a, (void **)&g->symbol, g->symbols, &g->cap, sizeof *g->symbol));
	g->symbol[g->symbols++] = (struct symbol){ .name = arena_strdup(&g->a, name),
		.file = graph_file(g, begin + 1),
		.defined = strchr("TDRBV", type) != NULL };
}

static int by_name(const void *x, const void *y)
{
	const struct symbol *a = x, *b = y;
	int order = strcmp(a->name, b->name);
	return order ? order : (int)b->defined - (int)a->defined;
}

static void graph_read(struct graph *g, const char *library, const char *room)
{
	char line[LINE_MOST];
	FILE *nm = popen(arena_printf(&g->a, "nm -A -g '%s'", library), "r");
	ck_assert_ptr_nonnull(nm);
	while (fgets(line, sizeof line, nm))
		graph_line(g, line, room);
	ck_assert_int_eq(pclose(nm), 0);
}

static void graph_link(struct graph *g)
{
	qsort(g->symbol, g->symbols, sizeof *g->symbol, by_name);
	const struct symbol *at = NULL; // who defines the name
	for (size_t i = 0; i < g->symbols; i++) {
		const struct symbol *s = &g->symbol[i];
		if (s->defined)
			at = s;
		else if (at && str_equal(at->name, s->name))
			g->reaches[s->file][at->file] = true;
	}
}

// Warshall: after it, reaches is what each file knows at any remove.
static void graph_close(struct graph *g)
{
	for (size_t k = 0; k < g->files; k++)
		for (size_t i = 0; i < g->files; i++)
			for (size_t j = 0; g->reaches[i][k] && j < g->files; j++)
				g->reaches[i][j] |= g->reaches[k][j];
}

static size_t graph_largest_circle(const struct graph *g, struct str *names)
{
	size_t most = 1, of = 0;
	for (size_t i = 0; i < g->files; i++) {
		size_t n = 0;
		for (size_t j = 0; j < g->files; j++)
			n += g->reaches[i][j] && g->reaches[j][i];
		if (n > most) {
			most = n;
			of = i;
		}
	}
	for (size_t j = 0; j < g->files; j++)
		if (g->reaches[of][j] && g->reaches[j][of])
			str_printf(names, " %s", g->file[j]);
	return most;
}

START_TEST(no_circle_of_files_is_larger_than_it_was)
{
	struct graph *g = calloc(1, sizeof *g);
	const char *library = getenv(ROOMS[_i].library);
	ck_assert(g && library);
	graph_read(g, library, ROOMS[_i].room);
	ck_assert_uint_gt(g->files, 5);
	graph_link(g);
	graph_close(g);
	struct str names = STR_IN(&g->a);
	size_t most = graph_largest_circle(g, &names);
	ck_assert_msg(most <= ROOMS[_i].most, "%s: a circle of %zu files:%s", ROOMS[_i].room, most,
	    str_done(&names));
	arena_free(&g->a);
	free(g);
}
END_TEST

START_TEST(a_circle_is_found)
{
	struct graph *g = calloc(1, sizeof *g);
	ck_assert_ptr_nonnull(g);
	char line[][80] = { "x/src_tui_a.c.o:0012 T a", "x/src_tui_a.c.o:     U b",
		"x/src_tui_b.c.o:0034 T b", "x/src_tui_b.c.o:     U c", "x/src_tui_c.c.o:0034 T c",
		"x/src_tui_c.c.o:     U a", "x/src_tui_d.c.o:     U a" };
	for (size_t i = 0; i < sizeof line / sizeof *line; i++)
		graph_line(g, line[i], "tui");
	ck_assert_uint_eq(g->files, 4);
	struct str names = STR_IN(&g->a);
	graph_link(g);
	graph_close(g);
	ck_assert_uint_eq(graph_largest_circle(g, &names), 3);
	ck_assert_str_eq(str_done(&names), " src_tui_a.c.o src_tui_b.c.o src_tui_c.c.o");
	arena_free(&g->a);
	free(g);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("circles");
	TCase *t = tcase_create("rooms");
	tcase_add_loop_test(
	    t, no_circle_of_files_is_larger_than_it_was, 0, (int)(sizeof ROOMS / sizeof *ROOMS));
	tcase_add_test(t, a_circle_is_found);
	suite_add_tcase(s, t);
	return test_run(s);
}
