// SPDX-License-Identifier: MIT
// The same numbers by every door of the command line (rows, a table with dates across, a chart
// without a workbook) are the same points: random values, blanks, decimal marks and spellings of a
// group.
#include "../support.h"

#include "cli/cli.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 12, MONTHS = 9, GROUPS = 3 };

static struct arena arena;
static char *said;
static const char *const GROUP[GROUPS][2] = { { "North", "NORTH" }, { "South", "south" },
	{ "West End", " west end " } };

static int run(int words, const char *const word[])
{
	static struct world w = { .now = 1795356120000, .seed = 12 };
	struct env env = world_env(&w);
	char *argv[16];
	size_t n = 0;
	for (int i = 0; i < words; i++)
		argv[i] = arena_strdup(&arena, word[i]);
	argv[words] = NULL;
	free(said);
	FILE *in = fopen("/dev/null", "r"), *to = open_memstream(&said, &n);
	int status = cli_run(&env, words, argv, in, to, to);
	fclose(in);
	fclose(to);
	return status;
}
#define RUN(...)                                                                                   \
	ck_assert_msg(run((int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)),    \
			  (const char *const[]){ __VA_ARGS__ }) == 0,                              \
	    "%s", said)

struct numbers { // "" = blank
	char cell[GROUPS][MONTHS][16];
	char mark;
};

// The first number of a group is there: before it nothing is due.
static void numbers_make(struct numbers *n, unsigned *seed)
{
	n->mark = rand_r(seed) % 2 ? ',' : '.';
	for (int g = 0; g < GROUPS; g++)
		for (int i = 0; i < MONTHS; i++) {
			bool blank = i > 0 && rand_r(seed) % 4 == 0;
			snprintf(n->cell[g][i], sizeof n->cell[g][i], blank ? "" : "%d%c%02d",
			    rand_r(seed) % 90, n->mark, rand_r(seed) % 100);
		}
}

static void rows_write(const struct numbers *n, const char *path)
{
	FILE *out = fopen(path, "w");
	fputs("date;stratum;value\n", out);
	for (int i = 0; i < MONTHS; i++)
		for (int g = 0; g < GROUPS; g++)
			fprintf(out, "2025-%02d-01;%s;%s\n", i + 1, GROUP[g][i % 2], n->cell[g][i]);
	fclose(out);
}

static void table_write(const struct numbers *n, const char *path)
{
	FILE *out = fopen(path, "w");
	fputs("measure;group", out);
	for (int i = 0; i < MONTHS; i++)
		fprintf(out, ";2025-%02d-01", i + 1);
	for (int g = 0; g < GROUPS; g++) {
		fprintf(out, "\nWait;%s", GROUP[g][0]);
		for (int i = 0; i < MONTHS; i++)
			fprintf(out, ";%s", n->cell[g][i]);
	}
	fputs("\n", out);
	fclose(out);
}

// The points of a workbook made of that file, without ids.
static char *points_of(const char *csv, bool table)
{
	char *file = test_path(&arena, "doors.plando");
	struct str out = STR_IN(&arena);
	remove(file);
	RUN("plando", "new", file, "--name", "Test");
	RUN("plando", "add", file, "team", "name=Hubs");
	RUN("plando", "add", file, "measure", "name=Wait", "data=value", "interval=month",
	    "team=Hubs");
	if (table)
		RUN("plando", "import", file, csv);
	else
		RUN("plando", "import", file, csv, "--measure", "Wait");
	RUN("plando", "list", file, "point", "--csv");
	for (const char *line = said; (line = strstr(line, ",Wait,")) != NULL; line++)
		str_printf(&out, "%.*s\n", (int)strcspn(line, "\r\n"), line);
	return str_done(&out);
}

// Dates and values of the chart that was printed.
static void chart_add(struct str *out)
{
	for (const char *line = said; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		size_t in = strspn(line, " ");
		if (str_starts(line + in, "\"x\": ") || str_starts(line + in, "\"y\": "))
			str_printf(out, "%.*s", (int)strcspn(line + in, "\n"), line + in);
	}
	str_add(out, "\n");
}

// The charts of all groups of a file of rows; of the workbook that was made last, where csv is
// NULL.
static char *charts_of(const char *csv)
{
	char *file = test_path(&arena, "doors.plando");
	struct str out = STR_IN(&arena);
	for (int g = 0; g < GROUPS; g++) {
		if (csv)
			RUN("plando", "chart", "--csv", csv, "--stratum", GROUP[g][0], "--json");
		else
			RUN("plando", "chart", file, "Wait", "--stratum", GROUP[g][0], "--json");
		chart_add(&out);
	}
	return str_done(&out);
}

START_TEST(the_same_numbers_by_every_door_are_the_same_points)
{
	char *rows = test_path(&arena, "rows.csv"), *table = test_path(&arena, "table.csv");
	for (unsigned round = 1; round <= ROUNDS; round++) {
		struct numbers n;
		unsigned seed = round;
		numbers_make(&n, &seed);
		rows_write(&n, rows);
		table_write(&n, table);
		const char *one = points_of(rows, false), *other = points_of(table, true);
		ck_assert_msg(strlen(one) > MONTHS, "round %u: nothing came in", round);
		ck_assert_msg(strcmp(one, other) == 0, "round %u: rows are\n%s\ntable is\n%s",
		    round, one, other);
		const char *inside = charts_of(NULL), *without = charts_of(rows);
		ck_assert_msg(strlen(inside) > MONTHS, "round %u: nothing is drawn", round);
		ck_assert_msg(strcmp(inside, without) == 0,
		    "round %u: the workbook draws\n%s\nthe file\n%s", round, inside, without);
	}
	free(said);
	said = NULL;
	arena_free(&arena);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("doors");
	TCase *t = tcase_create("doors");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, the_same_numbers_by_every_door_are_the_same_points);
	suite_add_tcase(s, t);
	return test_run(s);
}
