// SPDX-License-Identifier: MIT
// Wrong clocks (F9, P11 for what is shown), clones and restored backups: nothing is refused or
// lost, it is said, and times can be put right for display.
#include "../support.h"
#include "cli/cli.h"
#include "desk.h"
#include "store/log/store.h"

#include <plando/clock.h>
#include <plando/history.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t DAY = 86400000, NOW = 1795600000000; // 25 Nov 2026
static struct arena a;
static struct world world, far;
static struct env env, laptop;
static const char *path, *other;

static void setup(void)
{
	world = (struct world){ .now = NOW, .seed = 51, .tick = 1 };
	far = (struct world){ .now = NOW, .seed = 52, .tick = 1 };
	env = world_env(&world);
	laptop = world_env(&far);
	env.wild_clock = laptop.wild_clock = false;
	laptop.device = "laptop-3";
	laptop.author = "Ben";
	path = test_path(&a, "clock.plando");
	other = test_path(&a, "clock-other.plando");
	unlink(path);
	unlink(other);
	MUST(store_create(path, &env, "Hubs", &e));
	struct err err = { 0 };
	struct store *s = store_open(path, STORE_READ, &env, &err);
	MUST(store_copy(s, other, &e));
	store_close(s);
}

static void teardown(void)
{
	arena_free(&a);
}

static struct store *open_it(void)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

static void take_theirs(void)
{
	struct merge_report r;
	struct store *s = open_it();
	MUST(merge_file(s, other, false, &r, &e));
	store_close(s);
}

static const char *trouble(void)
{
	struct store *s = open_it();
	const char *words = clock_trouble(s, &a);
	store_close(s);
	return words;
}

// 1970 and around, 1900, 19 January 2038, 2099, the end of 9999, the leap second of 2016, the year
// 10990, the day before a release.
static const int64_t moments[] = { 0, -1, 1, -2208988800000, 2147483648000, 2147483647999,
	4070908800000, 253402300799999, 253402300800000, 1483228799999, 1483228800000,
	(int64_t)9000 * 366 * 86400000, 1791158400000 };
enum { MOMENTS = sizeof moments / sizeof *moments };

START_TEST(F9_a_clock_that_cannot_be_right_is_said_and_refuses_nothing)
{
	int64_t hlc, before;
	struct err err = { 0 };
	struct store *s = open_it();
	ck_assert(db_number(s->db, "SELECT v FROM meta WHERE k='hlc_max'", 0, &before, &err));
	store_close(s);
	for (size_t i = 0; i < MOMENTS; i++) {
		struct history log;
		world.now = moments[i];
		MUST(team_add(&env, path, arena_printf(&a, "At %zu", i), &e));
		s = open_it();
		ck_assert(db_number(s->db, "SELECT v FROM meta WHERE k='hlc_max'", 0, &hlc, &err));
		ck_assert_int_gt(hlc, before); // order goes on by counting
		before = hlc;
		MUST(history_list(s, &a, &(struct history_filter){ .after_batch = -1 }, &log, &e));
		ck_assert_uint_gt(log.count, 0);
		char text[MOMENT_TEXT];
		moment_print(log.item[0].at, text);
		const char *words = clock_trouble(s, &a);
		bool wrong = world.now < NOW - 26 * DAY || world.now > NOW + 20 * 366 * DAY;
		ck_assert_msg(!wrong || (words && strstr(words, "clock looks wrong")), "%s",
		    words ? words : "nothing said");
		store_close(s);
	}
	world.now = NOW;
	s = open_it();
	for (size_t i = 0; i < MOMENTS; i++)
		ck_assert(team_found(s, arena_printf(&a, "At %zu", i)));
	store_close(s);
}
END_TEST

// Words of the command line on the workbook; its output, which must be a success.
static const char *says(const char *verb, const char *more)
{
	char *out, *told, program[] = "plando";
	char *words[] = { program, arena_strdup(&a, verb), arena_strdup(&a, path),
		more ? arena_strdup(&a, more) : NULL, NULL };
	size_t n, m;
	FILE *to = open_memstream(&out, &n), *complaint = open_memstream(&told, &m);
	int status = cli_run(&env, more ? 4 : 3, words, stdin, to, complaint);
	fclose(to);
	fclose(complaint);
	const char *text = arena_strdup(&a, out);
	ck_assert_msg(status == 0, "%s: %d %s", verb, status, told);
	free(out);
	free(told);
	return text;
}

START_TEST(F9_every_verb_that_tells_of_days_works_on_odd_days)
{
	static const char *const verbs[] = { "status", "measures", "coverage", "learned",
		"fidelity", "log", "conflicts", "check" };
	char day[MOMENT_TEXT];
	world.now = moments[_i];
	world.tick = 0;
	MUST(team_add(&env, path, "On an odd day", &e));
	world.now += 1000;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		says(verbs[i], NULL);
	says("assess", "On an odd day");
	ck_assert_ptr_nonnull(strstr(says("status", NULL), "On an odd day"));
	moment_print(moments[_i], day);
	ck_assert_msg(strstr(says("log", NULL), day) != NULL, "%s: %s", day, says("log", NULL));
	ck_assert_msg(strstr(says("clock", NULL), day) != NULL, "%s: %s", day, says("clock", NULL));
	says("log", "--since=1 jan");
}
END_TEST

static void rename_to(struct store *s, const char *from, const char *to)
{
	struct record r;
	struct err err = { 0 };
	MUST(record_find(s, &a, "team", from, &r, &e));
	struct save *v = save_begin(s, &a, &err);
	MUST(save_cell(v, &r.id, "team", "name", to, &e));
	MUST(save_commit(v, NULL, &e));
}

static struct store *opened(const char *file, const struct env *as)
{
	struct err e = { 0 };
	struct store *s = store_open(file, STORE_WRITE, as, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

static void bring(struct store *to, const char *from)
{
	struct merge_report r;
	MUST(merge_file(to, from, false, &r, &e));
}

// P11: edits on both, in turn, by a clock that is odd and one that is right; both copies end the
// same, what was written with the other's before one's eyes stands, and what was not is a conflict.
START_TEST(F9_P11_copies_on_odd_days_come_together_and_the_later_edit_stands)
{
	struct store_facts mine, theirs;
	MUST(team_add(&env, path, "A", &e));
	take_theirs();
	far.now = moments[_i];
	struct store *s = open_it(), *t = opened(other, &laptop);
	bring(t, path);
	for (int round = 0; round < 3; round++) {
		rename_to(t, round ? "C" : "A", "B"); // by the odd clock
		bring(s, other);
		rename_to(s, "B", "C"); // by the right one, which has seen it
		bring(t, path);
		ck_assert(team_found(s, "C") && team_found(t, "C"));
	}
	rename_to(t, "C", "Odd");
	rename_to(s, "C", "Right"); // neither saw the other
	bring(s, other);
	bring(t, path);
	MUST(store_facts(s, &mine, &e));
	MUST(store_facts(t, &theirs, &e));
	ck_assert_str_eq(mine.state, theirs.state);
	ck_assert_uint_eq(mine.digest, theirs.digest);
	ck_assert(mine.conflicts == 1 && theirs.conflicts == 1);
	ck_assert(team_found(s, "Odd") == team_found(t, "Odd") &&
		  team_found(s, "Right") == team_found(t, "Right"));
	store_close(s);
	store_close(t);
}
END_TEST

// Some clocks show a leap second by going through the second before it twice: what is written in
// the second pass comes after the first.
START_TEST(F9_a_second_that_comes_twice_keeps_the_order_of_what_was_written)
{
	world.now = 1483228799500;
	world.tick = 0;
	MUST(team_add(&env, path, "A", &e));
	struct store *s = open_it();
	rename_to(s, "A", "B");
	world.now -= 400;
	rename_to(s, "B", "C");
	world.now -= 3600000; // and the hour that summer time gives back
	rename_to(s, "C", "D");
	ck_assert(team_found(s, "D"));
	struct history log;
	static const char *const order[] = { "D", "C", "B", "A" };
	MUST(history_list(s, &a, &(struct history_filter){ .after_batch = -1 }, &log, &e));
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(log.item[i].new, order[i]);
	store_close(s);
	struct store_problems p;
	s = open_it();
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_eq(p.count, 0);
	store_close(s);
}
END_TEST

// The wall clock of a change is what it was; the zone is noted where a run begins, and a later one
// notes its own.
START_TEST(F9_a_zone_that_changes_in_mid_run_touches_no_time_that_was_kept)
{
	struct err err = { 0 };
	int64_t n;
	env.utc_offset = env_real(NULL).utc_offset;
	setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0", 1);
	world.now = 1792889999000; // a second before the clocks go back
	world.tick = 0;
	struct store *s = open_it();
	MUST(team_add(&env, path, "A", &e));
	rename_to(s, "A", "In summer time");
	world.now += 2000;
	rename_to(s, "In summer time", "In winter time");
	setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
	world.now += 1000;
	rename_to(s, "In winter time", "Over the ocean");
	MUST(team_add(&env, path, "Of another run", &e));
	ck_assert(db_number(s->db,
	    "SELECT count(DISTINCT at) FROM change WHERE at IN"
	    " (1792889999000,1792890001000,1792890002000)",
	    0, &n, &err));
	ck_assert_int_eq(n, 3);
	ck_assert(db_number(s->db,
	    "SELECT count(*) FROM stream s JOIN change c USING(sid) WHERE c.fld='name'"
	    " AND c.val LIKE 'In %' AND s.utcoff<>60",
	    1, &n, &err));
	ck_assert_int_eq(n, 0);
	ck_assert(db_number(s->db,
	    "SELECT utcoff FROM stream s JOIN change c USING(sid) WHERE c.val='Of another run'", 0,
	    &n, &err));
	ck_assert_int_eq(n, -240);
	ck_assert(team_found(s, "Over the ocean"));
	store_close(s);
	ck_assert_ptr_nonnull(strstr(says("log", NULL), "2026-10-25T00:59:59Z"));
	ck_assert_ptr_nonnull(strstr(says("log", "--since=2026-10-24"), "Over the ocean"));
	ck_assert_ptr_null(strstr(says("log", "--since=2026-10-25"), "Over the ocean")); // 4 hours
}
END_TEST

START_TEST(a_right_clock_says_nothing_and_one_that_was_given_is_believed)
{
	ck_assert_ptr_null(trouble());
	world.now = 0;
	ck_assert_ptr_nonnull(trouble());
	env.wild_clock = true;
	ck_assert_ptr_null(trouble());
}
END_TEST

START_TEST(a_computer_a_year_ahead_is_named_and_its_times_can_be_put_right)
{
	struct clock_runs runs;
	struct history log;
	far.now = NOW + 365 * DAY;
	MUST(team_add(&laptop, other, "Ahead", &e));
	take_theirs();
	const char *words = trouble();
	ck_assert_msg(
	    words && strstr(words, "Either this computer's clock") && strstr(words, "laptop-3"),
	    "%s", words ? words : "nothing said");
	struct store *s = open_it();
	MUST(clock_list(s, &a, "laptop-3", &runs, &e));
	ck_assert_uint_eq(runs.count, 1);
	ck_assert_str_eq(runs.item[0].author, "Ben");
	ck_assert_int_ge(runs.item[0].last, NOW + 365 * DAY);
	MUST(clock_shift(s, &runs.item[0].stream, -365 * DAY, &e));
	ck_assert_ptr_null(clock_trouble(s, &a));
	MUST(history_list(
	    s, &a, &(struct history_filter){ .author = "Ben", .after_batch = -1 }, &log, &e));
	ck_assert_int_lt(log.item[0].at, NOW + DAY);
	// It merges like any change, and what was recorded stands.
	MUST(clock_list(s, &a, "laptop-3", &runs, &e));
	ck_assert_int_ge(runs.item[0].last, NOW + 365 * DAY);
	ck_assert_int_eq(runs.item[0].shift, -365 * DAY);
	struct store_problems p;
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_eq(p.count, 0);
	store_close(s);
}
END_TEST

START_TEST(the_workbook_as_it_was_goes_by_the_times_that_were_put_right)
{
	struct clock_runs runs;
	far.now = NOW + 365 * DAY;
	MUST(team_add(&laptop, other, "Ahead", &e));
	take_theirs();
	struct store *s = open_it();
	MUST(store_as_of(s, NOW + DAY, &e));
	ck_assert(!team_found(s, "Ahead"));
	store_close(s);
	s = open_it();
	MUST(clock_list(s, &a, "laptop-3", &runs, &e));
	MUST(clock_shift(s, &runs.item[0].stream, -365 * DAY, &e));
	store_close(s);
	s = open_it();
	MUST(store_as_of(s, NOW + DAY, &e));
	ck_assert(team_found(s, "Ahead"));
	store_close(s);
	s = open_it();
	MUST(store_as_of(s, NOW - DAY, &e));
	ck_assert(!team_found(s, "Ahead"));
	store_close(s);
}
END_TEST

// P11: two people edit one field; the one whose clock is far ahead does not win by that.
START_TEST(P11_a_clock_far_ahead_wins_no_later_edit)
{
	struct record r;
	far.now = NOW + 40 * 365 * DAY;
	MUST(team_add(&laptop, other, "Ahead", &e));
	take_theirs();
	struct store *s = open_it();
	MUST(record_find(s, &a, "team", "Ahead", &r, &e));
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_cell(v, &r.id, "team", "name", "Later", &e));
	MUST(save_commit(v, NULL, &e));
	ck_assert(team_found(s, "Later") && !team_found(s, "Ahead"));
	store_close(s);
}
END_TEST

// A backup put back while nobody looked, and work that goes on in it: both lines come together.
START_TEST(a_restored_backup_goes_on_in_a_stream_of_its_own)
{
	size_t n;
	MUST(team_add(&env, path, "Before", &e));
	char *backup = test_read(&a, path, &n);
	struct store *s = open_it();
	struct id id;
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, "team", NULL, &id, &e));
	MUST(save_cell(v, &id, "team", "name", "In the newer", &e));
	MUST(save_commit(v, NULL, &e));
	MUST(store_copy(s, test_path(&a, "clock-newer.plando"), &e));
	store_close(s);
	test_write(path, backup, n);
	MUST(team_add(&env, path, "In the restored", &e));
	s = open_it();
	struct merge_report r;
	MUST(merge_file(s, test_path(&a, "clock-newer.plando"), false, &r, &e));
	ck_assert(team_found(s, "Before") && team_found(s, "In the newer") &&
		  team_found(s, "In the restored"));
	struct store_problems p;
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_eq(p.count, 0);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clock");
	TCase *t = tcase_create("clock");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, F9_a_clock_that_cannot_be_right_is_said_and_refuses_nothing);
	tcase_add_loop_test(t, F9_every_verb_that_tells_of_days_works_on_odd_days, 0, MOMENTS);
	tcase_add_loop_test(
	    t, F9_P11_copies_on_odd_days_come_together_and_the_later_edit_stands, 0, MOMENTS);
	tcase_add_test(t, F9_a_second_that_comes_twice_keeps_the_order_of_what_was_written);
	tcase_add_test(t, F9_a_zone_that_changes_in_mid_run_touches_no_time_that_was_kept);
	tcase_add_test(t, a_right_clock_says_nothing_and_one_that_was_given_is_believed);
	tcase_add_test(t, a_computer_a_year_ahead_is_named_and_its_times_can_be_put_right);
	tcase_add_test(t, the_workbook_as_it_was_goes_by_the_times_that_were_put_right);
	tcase_add_test(t, P11_a_clock_far_ahead_wins_no_later_edit);
	tcase_add_test(t, a_restored_backup_goes_on_in_a_stream_of_its_own);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
