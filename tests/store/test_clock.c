// SPDX-License-Identifier: MIT
// Wrong clocks (F9, P11 for what is shown), clones and restored backups: nothing is refused or
// lost, it is said, and times can be put right for display.
#include "../support.h"
#include "store/store.h"

#include <plando/clock.h>
#include <plando/history.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
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

static bool add(const char *file, const struct env *as, const char *name, struct err *e)
{
	struct id id;
	struct store *s = store_open(file, STORE_WRITE, as, e);
	struct save *v = s ? save_begin(s, &a, e) : NULL;
	bool ok = v && save_new(v, "team", NULL, &id, e) &&
		  save_cell(v, &id, "team", "name", name, e) && save_commit(v, NULL, e);
	store_close(s);
	return ok;
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

static bool has(struct store *s, const char *name)
{
	struct record r;
	struct err e = { 0 };
	return record_find(s, &a, "team", name, &r, &e);
}

START_TEST(F9_a_clock_that_cannot_be_right_is_said_and_refuses_nothing)
{
	static const int64_t moments[] = { 0, -1, 1, -2208988800000, 2147483648000, 2147483647999,
		4070908800000, 253402300799999, 253402300800000, 1483228799999, 1483228800000,
		(int64_t)9000 * 366 * 86400000, 1791158400000 };
	int64_t hlc, before;
	struct err err = { 0 };
	struct store *s = open_it();
	ck_assert(db_number(s->db, "SELECT v FROM meta WHERE k='hlc_max'", 0, &before, &err));
	store_close(s);
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct history log;
		world.now = moments[i];
		MUST(add(path, &env, arena_printf(&a, "At %zu", i), &e));
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
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
		ck_assert(has(s, arena_printf(&a, "At %zu", i)));
	store_close(s);
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
	MUST(add(other, &laptop, "Ahead", &e));
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
	MUST(add(other, &laptop, "Ahead", &e));
	take_theirs();
	struct store *s = open_it();
	MUST(store_as_of(s, NOW + DAY, &e));
	ck_assert(!has(s, "Ahead"));
	store_close(s);
	s = open_it();
	MUST(clock_list(s, &a, "laptop-3", &runs, &e));
	MUST(clock_shift(s, &runs.item[0].stream, -365 * DAY, &e));
	store_close(s);
	s = open_it();
	MUST(store_as_of(s, NOW + DAY, &e));
	ck_assert(has(s, "Ahead"));
	store_close(s);
	s = open_it();
	MUST(store_as_of(s, NOW - DAY, &e));
	ck_assert(!has(s, "Ahead"));
	store_close(s);
}
END_TEST

// P11: two people edit one field; the one whose clock is far ahead does not win by that.
START_TEST(P11_a_clock_far_ahead_wins_no_later_edit)
{
	struct record r;
	far.now = NOW + 40 * 365 * DAY;
	MUST(add(other, &laptop, "Ahead", &e));
	take_theirs();
	struct store *s = open_it();
	MUST(record_find(s, &a, "team", "Ahead", &r, &e));
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_cell(v, &r.id, "team", "name", "Later", &e));
	MUST(save_commit(v, NULL, &e));
	ck_assert(has(s, "Later") && !has(s, "Ahead"));
	store_close(s);
}
END_TEST

// A backup put back while nobody looked, and work that goes on in it: both lines come together.
START_TEST(a_restored_backup_goes_on_in_a_stream_of_its_own)
{
	size_t n;
	MUST(add(path, &env, "Before", &e));
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
	MUST(add(path, &env, "In the restored", &e));
	s = open_it();
	struct merge_report r;
	MUST(merge_file(s, test_path(&a, "clock-newer.plando"), false, &r, &e));
	ck_assert(has(s, "Before") && has(s, "In the newer") && has(s, "In the restored"));
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
	tcase_add_test(t, a_right_clock_says_nothing_and_one_that_was_given_is_believed);
	tcase_add_test(t, a_computer_a_year_ahead_is_named_and_its_times_can_be_put_right);
	tcase_add_test(t, the_workbook_as_it_was_goes_by_the_times_that_were_put_right);
	tcase_add_test(t, P11_a_clock_far_ahead_wins_no_later_edit);
	tcase_add_test(t, a_restored_backup_goes_on_in_a_stream_of_its_own);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
