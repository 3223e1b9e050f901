// SPDX-License-Identifier: MIT
// The test plan's numbers lead to tests: each property (P), directed case (C) and fault (F) is in
// the name of at least one, as in P14_devices_fall_quiet… (`grep -rn P14_ tests`); and a name that
// begins with a number belongs to a test that runs.
#include "../support.h"
#include "sources.h"

#include <ctype.h>
#include <string.h>

static const struct {
	char letter;
	int last;
} PLAN[] = { { 'P', 22 }, { 'C', 18 }, { 'F', 14 } };

static struct arena a;
static struct sources tests;

static void setup(void)
{
	tests = sources_read(&a, (const char *const[]){ "tests", NULL });
}

static void teardown(void)
{
	arena_free(&a);
}

// Does the name hold the number as one of those it begins with? "P1_P3_P4_hold…" holds P1, P3, P4.
static bool name_holds(const char *name, const char *number)
{
	size_t n = strlen(number);
	while (strchr("PCF", *name) && isdigit((unsigned char)name[1])) {
		if (strncmp(name, number, n) == 0 && name[n] == '_')
			return true;
		name += strcspn(name, "_)");
		name += *name == '_';
	}
	return false;
}

// Where the test's name begins, from its START_TEST( on; NULL after the last.
static const char *next_name(const char **at)
{
	static const char BEGINS[] = "\nSTART_TEST(";
	const char *found = strstr(*at, BEGINS);
	if (!found)
		return NULL;
	*at = found + sizeof BEGINS - 1;
	return *at;
}

static bool is_tested(const char *number)
{
	const char *name;
	for (size_t i = 0; i < tests.count; i++)
		for (const char *at = tests.item[i].text; (name = next_name(&at));)
			if (name_holds(name, number))
				return true;
	return false;
}

START_TEST(each_number_of_the_plan_is_in_the_name_of_a_test)
{
	struct str missing = STR_IN(&a);
	for (size_t i = 0; i < sizeof PLAN / sizeof *PLAN; i++)
		for (int n = 1; n <= PLAN[i].last; n++) {
			const char *number = arena_printf(&a, "%c%d", PLAN[i].letter, n);
			if (!is_tested(number))
				str_printf(&missing, " %s", number);
		}
	ck_assert_msg(!missing.length, "no test is named for:%s", str_done(&missing));
}
END_TEST

static void is_added_to_a_suite(struct arena *arena, const struct source *s, struct str *faults)
{
	const char *name;
	for (const char *at = s->text; (name = next_name(&at));) {
		size_t n = strcspn(name, ")");
		const char *one = arena_copy(arena, name, n), *used = s->text;
		unsigned times = 0;
		for (; (used = strstr(used, one)); used += n)
			times++;
		if (times < 2)
			str_printf(faults, "%s: %s never runs\n", s->path, one);
	}
}

START_TEST(each_test_is_added_to_a_suite)
{
	sources_obey(&a, &tests, is_added_to_a_suite);
}
END_TEST

START_TEST(the_rules_notice)
{
	ck_assert(name_holds("P1_P13_hold)", "P13") && !name_holds("P1_P13_hold)", "P3"));
	ck_assert(!name_holds("P13_holds)", "P1") && !is_tested("P23"));
	ck_assert(source_breaks(is_added_to_a_suite, "tests/x.c", "\nSTART_TEST(P1_holds)\n{\n}\n",
	    "P1_holds never runs"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("plan");
	TCase *t = tcase_create("plan");
	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(t, each_number_of_the_plan_is_in_the_name_of_a_test);
	tcase_add_test(t, each_test_is_added_to_a_suite);
	tcase_add_test(t, the_rules_notice);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
