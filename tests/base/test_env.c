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
	setenv("PLANDO_NOW", "2026-07-01T12:00:00Z", 1);
	ck_assert_int_eq(env_real(NULL).utc_offset, -240);
	setenv("PLANDO_NOW", "2026-12-01T12:00:00Z", 1);
	ck_assert_int_eq(env_real(NULL).utc_offset, -300);
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
	tcase_add_test(c, folders_follow_the_base_directory_rules);
	tcase_add_test(c, the_clock_can_be_given_and_a_bad_one_is_reported);
	tcase_add_test(c, the_offset_is_that_of_the_zone_on_that_day);
	tcase_add_test(c, chance_does_not_repeat);
	suite_add_tcase(s, c);
	return test_run(s);
}
