// SPDX-License-Identifier: MIT
// The table of all measures says of each what its own chart says: for every measure of the sample
// workbook, and of the design's bundle of measures where that is at hand.
#include "../json_read.h"
#include "../support.h"

#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static char *file;

static void start(void)
{
	file = test_path(&arena, "agree.plando");
	remove(file);
}

static void end(void)
{
	arena_free(&arena);
}

static const struct node *run(int words, const char *const word[])
{
	static struct world w = { .now = 1795356120000, .seed = 11 };
	struct env env = world_env(&w);
	char *argv[16], *out = NULL;
	size_t n = 0;
	for (int i = 0; i < words; i++)
		argv[i] = arena_strdup(&arena, word[i]);
	argv[words] = NULL;
	FILE *in = fopen("/dev/null", "r"), *to = open_memstream(&out, &n),
	     *err = fopen("/dev/null", "w");
	int status = cli_run(&env, words, argv, in, to, err);
	fclose(in);
	fclose(to);
	fclose(err);
	ck_assert_msg(status == 0, "%s: %d", word[1], status);
	const struct node *got =
	    *out == '{' ? json_read(&arena, arena_copy(&arena, out, n), n) : NULL;
	free(out);
	return got;
}
#define RUN(...)                                                                                   \
	run((int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)),                  \
	    (const char *const[]){ __VA_ARGS__ })

static bool is_true(const struct node *n, const char *key)
{
	return node_get(n, key)->kind == NODE_TRUE;
}

static void same_text(const char *name, const struct node *a, const struct node *b)
{
	const char *x = a->kind == NODE_TEXT ? a->text : "",
		   *y = b->kind == NODE_TEXT ? b->text : "";
	ck_assert_msg(strcmp(x, y) == 0, "%s: the table says %s, the chart %s", name, x, y);
}

// The last values of the chart, one after the other, are the course of the table.
static void same_course(const char *name, const struct node *row, const struct node *chart)
{
	const struct node *course = node_get(row, "course"), *points = node_get(chart, "points"),
			  *last = NULL;
	size_t k = course->count;
	for (size_t i = points->count; i > 0 && k > 0; i--) {
		const struct node *p = node_at(points, i - 1), *y = node_get(p, "y");
		if (y->kind != NODE_NUMBER)
			continue;
		last = last ? last : p;
		ck_assert_msg(y->number == node_at(course, --k)->number, "%s: point %zu", name, i);
	}
	ck_assert_uint_eq(k, 0);
	if (!last)
		return;
	ck_assert(node_get(last, "y")->number == node_get(node_get(row, "last"), "value")->number);
	same_text(name, node_get(node_get(row, "last"), "date"), node_get(last, "x"));
}

static void same_measure(const struct node *row)
{
	static const char *const TEXTS[] = { "variation", "assurance", "finding" };
	const char *name = node_get(row, "name")->text;
	const struct node *chart =
	    RUN("plando", "chart", file, node_get(row, "id")->text, "--json");
	bool said = is_true(chart, "signal") && is_true(chart, "enough");
	ck_assert_msg(said == is_true(row, "signal"), "%s: signal", name);
	ck_assert(is_true(chart, "enough") == is_true(row, "enough"));
	if (said)
		same_text(name, node_get(row, "direction"), node_get(chart, "direction"));
	for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
		same_text(name, node_get(row, TEXTS[i]), node_get(chart, TEXTS[i]));
	same_course(name, row, chart);
}

static void same_measures(size_t least)
{
	const struct node *all = node_get(RUN("plando", "measures", file, "--json"), "measures");
	ck_assert_uint_ge(all->count, least);
	for (size_t i = 0; i < all->count; i++)
		same_measure(node_at(all, i));
}

START_TEST(the_table_of_the_sample_says_what_its_charts_say)
{
	RUN("plando", "demo", "--no-open", file);
	same_measures(10);
}
END_TEST

START_TEST(the_table_of_a_bundle_says_what_its_charts_say)
{
	char *bundle = test_published(&arena, "measures.yaml");
	RUN("plando", "new", file, "--name", "Bundle");
	RUN("plando", "import", file, bundle);
	same_measures(10);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("measures_agree");
	TCase *t = tcase_create("every");
	tcase_add_checked_fixture(t, start, end);
	tcase_set_timeout(t, 240);
	tcase_add_test(t, the_table_of_the_sample_says_what_its_charts_say);
	tcase_add_test(t, the_table_of_a_bundle_says_what_its_charts_say);
	suite_add_tcase(s, t);
	return test_run(s);
}
