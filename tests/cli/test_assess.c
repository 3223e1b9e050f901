// SPDX-License-Identifier: MIT
// The worked examples of the evidence rules through the real path: a bundle is imported and
// `plando assess --on --json` says what it supports.
#include "../support.h"
#include "cases.h"
#include "cli/cli.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const FILES[] = { "worked", "edges" };
enum { CASES = 15 + 69 };

static struct arena arena;
static const struct yaml *cases[CASES];
static size_t count;

static void start(void)
{
	struct err e = { 0 };
	count = 0;
	for (size_t f = 0; f < sizeof FILES / sizeof *FILES; f++) {
		size_t n = 0;
		char *text = test_read(&arena,
		    test_source(
			&arena, arena_printf(&arena, "tests/data/evidence/%s.yaml", FILES[f])),
		    &n);
		ck_assert_ptr_nonnull(text);
		struct yaml *all = yaml_read(&arena, text, n, FILES[f], &YAML_BUNDLE, &e);
		ck_assert_msg(all != NULL, "%s", e.text);
		const struct yaml *list = yaml_get(all, "cases");
		for (size_t i = 0; i < list->count && count < CASES; i++)
			cases[count++] = list->item[i];
	}
	ck_assert_uint_eq(count, CASES);
}

static void stop(void)
{
	arena_free(&arena);
}

// What a command printed; it must succeed.
static char *run(int words, const char *const word[])
{
	static struct world w = { .now = 1795356120000, .seed = 11 }; // each run its own chance
	struct env env = world_env(&w);
	char *out = NULL, *err = NULL, *argv[16];
	size_t n = 0, m = 0;
	for (int i = 0; i < words; i++)
		argv[i] = arena_strdup(&arena, word[i]);
	argv[words] = NULL;
	FILE *in = fopen("/dev/null", "r"), *to = open_memstream(&out, &n);
	FILE *wrong = open_memstream(&err, &m);
	int status = cli_run(&env, words, argv, in, to, wrong);
	fclose(in);
	fclose(to);
	fclose(wrong);
	ck_assert_msg(status == 0, "%s %s: %s", word[0], word[1], err);
	char *kept = arena_copy(&arena, out, n);
	free(out);
	free(err);
	return kept;
}
#define RUN(...)                                                                                   \
	run((int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)),                  \
	    (const char *const[]){ __VA_ARGS__ })

// The team of a case in a workbook of its own.
static const char *workbook(const struct yaml *c)
{
	char *file = test_path(&arena, "case.plando"), *yaml = test_path(&arena, "case.yaml");
	char *bundle = case_bundle(&arena, c);
	ck_assert_ptr_nonnull(bundle);
	remove(file);
	test_write(yaml, bundle, strlen(bundle));
	RUN("plando", "new", file, "--name", "Test");
	RUN("plando", "import", file, yaml);
	return file;
}

// JSON is YAML that our reader takes too.
static const struct yaml *parsed(const char *json)
{
	struct err e = { 0 };
	const struct yaml *y = yaml_read(&arena, json, strlen(json), "assess", &YAML_BUNDLE, &e);
	ck_assert_msg(y != NULL, "%s\n%s", e.text, json);
	return y;
}

static const struct yaml *criterion(const struct yaml *found, const char *id)
{
	const struct yaml *levels = yaml_get(found, "levels");
	for (size_t i = 0; levels && i < levels->count; i++) {
		const struct yaml *all = yaml_get(levels->item[i], "criteria");
		for (size_t k = 0; k < all->count; k++)
			if (str_equal(case_text(all->item[k], "id"), id))
				return all->item[k];
	}
	ck_abort_msg("no criterion %s", id);
}

static void check_score(const struct yaml *c, const struct yaml *found, const char *key)
{
	const char *expected = case_text(yaml_get(c, "expect"), key);
	if (expected)
		ck_assert_msg(str_equal(case_text(found, key), expected), "%s: %s is %s, not %s",
		    case_text(c, "id"), key, case_text(found, key), expected);
}

START_TEST(each_case_comes_out_as_the_rules_say)
{
	const struct yaml *c = cases[_i], *expect = yaml_get(c, "expect");
	const struct yaml *criteria = yaml_get(expect, "criteria");
	const char *file = workbook(c), *id = case_text(c, "id");
	const char *scale = case_text(c, "instrument");
	const struct yaml *found = parsed(RUN("plando", "assess", file, id, "--on",
	    case_text(c, "as_of"), "--instrument", scale ? scale : "ihi", "--json"));
	check_score(c, found, "supported");
	check_score(c, found, "possible");
	check_score(c, found, "agreed");
	if (!yaml_get(c, "attest") && !yaml_get(c, "team_more"))
		ck_assert_str_eq(case_text(found, "agreed"), case_text(found, "supported"));
	for (size_t i = 0; criteria && i < criteria->count; i++) {
		const struct yaml *one = criterion(found, criteria->key[i]->text);
		ck_assert_msg(str_equal(case_text(one, "status"), criteria->item[i]->text),
		    "%s: %s is %s, not %s (%s)", id, criteria->key[i]->text,
		    case_text(one, "status"), criteria->item[i]->text, case_text(one, "evidence"));
	}
}
END_TEST

// The same content, day and instrument: the same bytes, though every id and row is another.
START_TEST(the_same_again_gives_the_same_bytes)
{
	const struct yaml *c = cases[7];
	const char *on = case_text(c, "as_of"), *id = case_text(c, "id");
	const char *file = workbook(c);
	const char *first = RUN("plando", "assess", file, id, "--on", on, "--json");
	ck_assert_str_eq(RUN("plando", "assess", file, id, "--on", on, "--json"), first);
	char *copy = test_path(&arena, "copy.plando"), *yaml = test_path(&arena, "copy.yaml");
	remove(copy);
	RUN("plando", "export", file, "--format", "yaml", "-o", yaml);
	RUN("plando", "new", copy, "--name", "Test");
	RUN("plando", "import", copy, yaml);
	ck_assert_str_eq(RUN("plando", "assess", copy, id, "--on", on, "--json"), first);
}
END_TEST

START_TEST(an_attestation_lapses_when_the_data_change)
{
	const struct yaml *c = NULL;
	for (size_t i = 0; i < count; i++)
		if (str_equal(case_text(cases[i], "id"), "E6-short-baseline"))
			c = cases[i];
	ck_assert_ptr_nonnull(c);
	const char *file = workbook(c), *id = case_text(c, "id"), *on = "2022-12-16";
	const struct yaml *found = parsed(RUN("plando", "assess", file, id, "--on", on, "--json"));
	const char *print = case_text(criterion(found, "3.0 c"), "fingerprint");
	const char *more = arena_printf(&arena, "attestations.2.fingerprint=%s", print);
	RUN("plando", "add", file, "assessment", arena_printf(&arena, "team=%s", id),
	    arena_printf(&arena, "date=%s", on), "assessor=coach", "attestations.1.criterion=3.0 a",
	    "attestations.1.holds=yes", "attestations.2.criterion=3.0 c",
	    "attestations.2.holds=yes", more);
	found = parsed(RUN("plando", "assess", file, id, "--on", on, "--json"));
	ck_assert_str_eq(case_text(found, "agreed"), "3.0");
	RUN("plando", "add", file, "point", "measure=sameday", "date=2022-12-10", "value=54");
	found = parsed(RUN("plando", "assess", file, id, "--on", on, "--json"));
	ck_assert_str_eq(
	    case_text(criterion(found, "3.0 c"), "lapsed"), "the data have changed since");
	ck_assert_str_eq(case_text(criterion(found, "3.0 a"), "attested"), "true");
	ck_assert_str_eq(case_text(found, "agreed"), "2.5");
}
END_TEST

// The sample workbook has a team at every level, for reasons that its record shows.
START_TEST(the_sample_has_a_team_at_every_level)
{
	static const char *const TEAMS[][2] = { { "Talking before school", "0.5" },
		{ "Feeding in the first days", "1.0" }, { "Drop-ins at the school gate", "1.5" },
		{ "Speech at the hub door", "2.0" }, { "Young carers seen", "2.0" },
		{ "One front door", "2.5" }, { "Ready for adult care", "3.0" },
		{ "A plan for every seizure", "3.5" }, { "Eczema at home", "4.0" },
		{ "Sleep and settle", "4.5" }, { "Jaundice, home by night", "5.0" } };
	char *file = test_path(&arena, "sample.plando");
	remove(file);
	RUN("plando", "demo", file, "--no-open");
	for (size_t i = 0; i < sizeof TEAMS / sizeof *TEAMS; i++) {
		const struct yaml *found = parsed(
		    RUN("plando", "assess", file, TEAMS[i][0], "--on", "2026-11-22", "--json"));
		ck_assert_msg(str_equal(case_text(found, "supported"), TEAMS[i][1]), "%s: %s",
		    TEAMS[i][0], case_text(found, "supported"));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("assess");
	TCase *t = tcase_create("cases");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_loop_test(t, each_case_comes_out_as_the_rules_say, 0, CASES);
	tcase_add_test(t, the_same_again_gives_the_same_bytes);
	tcase_add_test(t, an_attestation_lapses_when_the_data_change);
	tcase_add_test(t, the_sample_has_a_team_at_every_level);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
