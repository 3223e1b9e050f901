// SPDX-License-Identifier: MIT
// The real world as env_real finds it: checked, with words for what is wrong.
#include "../support.h"

#include <plando/date.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void setup(void)
{
	setenv("HOME", "/home/ana", 1);
	unsetenv("PLANDO_AUTHOR");
	unsetenv("PLANDO_NOW");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
}

START_TEST(the_author_is_the_one_given)
{
	setenv("PLANDO_AUTHOR", " Sio\u0302n Okoro ", 1);
	struct env env = env_real(NULL);
	ck_assert_str_eq(env.author, "Siôn Okoro");
	ck_assert_ptr_null(env.problem);
	ck_assert_str_eq(env_real("Ana").author, "Ana");
	unsetenv("PLANDO_AUTHOR");
	ck_assert(!str_empty(env_real(NULL).author));
	ck_assert(!str_empty(env_real(NULL).device));
}
END_TEST

START_TEST(a_name_that_cannot_be_shown_is_refused_with_words)
{
	static const char *const bad[] = { "Ana\x1b[2J", "Ana\nSilva", "\xff", "\u202Eana", "  " };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		setenv("PLANDO_AUTHOR", bad[i], 1);
		struct env env = env_real(NULL);
		ck_assert_msg(env.problem && strstr(env.problem, "PLANDO_AUTHOR"), "row %zu", i);
		ck_assert(!str_empty(env.author));
	}
	char longest[300];
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	ck_assert_ptr_nonnull(strstr(env_real(longest).problem, "--author"));
}
END_TEST

START_TEST(a_name_is_a_guess_until_it_was_said_and_then_it_is_kept)
{
	struct arena a = { 0 };
	struct err why = { 0 };
	setenv("XDG_STATE_HOME", test_path(&a, "state"), 1);
	struct env env = env_real(NULL);
	ck_assert(env.author_guessed);
	ck_assert(!env_author_put(&env, "Ana\x1b[2J", &why));
	ck_assert_int_eq(why.code, ERR_USAGE);
	ck_assert(env.author_guessed);
	MUST(env_author_put(&env, " Ana Silva ", &e));
	ck_assert_str_eq(env.author, "Ana Silva");
	env = env_real(NULL);
	ck_assert_str_eq(env.author, "Ana Silva");
	ck_assert(!env.author_guessed);
	env = env_real("Ben");
	ck_assert_str_eq(env.author, "Ben");
	ck_assert(!env.author_guessed);
	arena_free(&a);
}
END_TEST

START_TEST(folders_follow_the_base_directory_rules)
{
	struct env env = env_real(NULL);
	ck_assert_str_eq(env.data_home, "/home/ana/.local/share/plando");
	ck_assert_str_eq(env.state_home, "/home/ana/.local/state/plando");
	setenv("XDG_DATA_HOME", "/srv/data", 1);
	setenv("XDG_STATE_HOME", "relative", 1);
	env = env_real(NULL);
	ck_assert_str_eq(env.data_home, "/srv/data/plando");
	ck_assert_str_eq(env.state_home, "/home/ana/.local/state/plando");
	setenv("XDG_DATA_HOME", "/srv/\x1b[2J", 1);
	ck_assert_str_eq(env_real(NULL).data_home, "/home/ana/.local/share/plando");
}
END_TEST

START_TEST(the_clock_can_be_given_and_a_bad_one_is_reported)
{
	setenv("PLANDO_NOW", "2026-05-03T14:02:11Z", 1);
	struct env env = env_real(NULL);
	ck_assert(env.wild_clock && !env.problem);
	ck_assert_int_eq(env.now(env.world), 1777816931000);
	ck_assert_int_eq(env.now(env.world), 1777816931000);
	setenv("PLANDO_NOW", "yesterday", 1);
	env = env_real(NULL);
	ck_assert(!env.wild_clock);
	ck_assert_ptr_nonnull(strstr(env.problem, "PLANDO_NOW"));
	unsetenv("PLANDO_NOW");
	env = env_real(NULL);
	ck_assert(!env.wild_clock && !env.problem);
	ck_assert_int_le(llabs((long long)time(NULL) * 1000 - env.now(env.world)), 2000);
}
END_TEST

START_TEST(the_offset_is_that_of_the_zone_on_that_day)
{
	setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
	tzset();
	struct env env = env_real(NULL);
	ck_assert_int_eq(env_offset(&env, 1782907200000), -240); // 1 July 2026, noon
	ck_assert_int_eq(env_offset(&env, 1796126400000), -300); // 1 December 2026, noon
}
END_TEST

static void zone(const char *tz)
{
	setenv("TZ", tz, 1);
}

START_TEST(F9_the_zone_may_change_while_the_program_runs)
{
	struct env env = env_real(NULL);
	zone("<+13>-13");
	ck_assert_int_eq(env_offset(&env, 0), 780);
	ck_assert_int_eq(env_date(&env, 11LL * 3600000), 1); // it is tomorrow there
	zone("<-11>11");
	ck_assert_int_eq(env_offset(&env, 0), -660);
	ck_assert_int_eq(env_date(&env, 0), -1);
}
END_TEST

// Summer time that begins and ends at midnight, by half an hour, in the other half of the year; a
// quarter of an hour; the ends of the world.
START_TEST(F9_a_day_begins_at_its_first_moment_wherever_and_whenever_it_is)
{
	static const char *const zones[] = { "UTC0", "<-03>3<-02>,M10.3.0/0,M2.3.0/0",
		"<+02>-2<+03>,M3.5.0/0,M10.5.0/0", "GMT0BST,M3.5.0/1,M10.5.0",
		"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "<+0545>-5:45", "<+14>-14", "<-12>12",
		"EST5EDT,M3.2.0/0:30,M11.1.0/0:30" };
	struct env env = env_real(NULL);
	zone(zones[_i]);
	// 1970, 2026, the days around 19 January 2038, 2099 and the last year of all.
	static const date_t begins[] = { -400, 20400, 24700, 47116, 2932096 };
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		for (date_t day = begins[i]; day < begins[i] + 800; day++) {
			int64_t first = env_midnight(&env, day);
			ck_assert_msg(
			    env_date(&env, first) == day && env_date(&env, first - 1) < day,
			    "day %d in %s", day, zones[_i]);
		}
}
END_TEST

START_TEST(chance_does_not_repeat)
{
	struct env env = env_real(NULL);
	unsigned char one[32] = { 0 }, two[32] = { 0 };
	ck_assert(env.random(env.world, one, sizeof one));
	ck_assert(env.random(env.world, two, sizeof two));
	ck_assert_int_ne(memcmp(one, two, sizeof one), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("env");
	TCase *c = tcase_create("env");
	tcase_add_checked_fixture(c, setup, NULL);
	tcase_add_test(c, the_author_is_the_one_given);
	tcase_add_test(c, a_name_that_cannot_be_shown_is_refused_with_words);
	tcase_add_test(c, a_name_is_a_guess_until_it_was_said_and_then_it_is_kept);
	tcase_add_test(c, folders_follow_the_base_directory_rules);
	tcase_add_test(c, the_clock_can_be_given_and_a_bad_one_is_reported);
	tcase_add_test(c, the_offset_is_that_of_the_zone_on_that_day);
	tcase_add_test(c, F9_the_zone_may_change_while_the_program_runs);
	tcase_add_loop_test(
	    c, F9_a_day_begins_at_its_first_moment_wherever_and_whenever_it_is, 0, 9);
	tcase_add_test(c, chance_does_not_repeat);
	suite_add_tcase(s, c);
	return test_run(s);
}
