// SPDX-License-Identifier: MIT
// What the outbox keeps, for how long, and what it gives back (F13): after redactions, from a
// damaged one, what came by merging; what was declined, and for which file.
#include "../support.h"
#include "desk.h"
#include "outbox_desk.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/redact.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void days_pass(int days)
{
	for (int i = 0; i < days; i++) {
		world.now += 86400000;
		box_missing(&env);
	}
}

// For somebody who works alone, too.
START_TEST(what_the_workbook_holds_goes_after_thirty_days_on_three_of_which_it_was_opened)
{
	struct stat before, after;
	MUST(team_add(&env, path, "Second", &e));
	int64_t all = box_kept();
	ck_assert_int_gt(all, 0);
	ck_assert_int_eq(stat(box_path(), &before), 0);
	days_pass(1);
	world.now += (int64_t)40 * 86400000;
	ck_assert_int_eq(box_kept(), all); // opened on two days, and on this one
	world.now += 86400000;
	box_missing(&env);
	ck_assert_int_eq(box_kept(), 0);
	ck_assert(stat(box_path(), &after) == 0 && after.st_size <= before.st_size);
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 0); // it is not kept any more
	MUST(team_add(&env, path, "Third", &e));
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1);
}
END_TEST

START_TEST(a_clock_that_is_years_ahead_empties_nothing)
{
	int64_t now = world.now;
	MUST(team_add(&env, path, "Second", &e));
	int64_t all = box_kept();
	if (_i)
		world.now += (int64_t)5 * 365 * 86400000; // may be right: one day of it
	else
		world.now += (int64_t)80 * 365 * 86400000;
	if (_i)
		box_missing(&env);
	else
		days_pass(40);
	world.now = now;
	box_missing(&env);
	ck_assert_int_eq(box_kept(), all);
}
END_TEST

START_TEST(what_the_open_workbook_lacks_is_kept_however_old_it_is)
{
	MUST(team_add(&env, path, "Second", &e));
	file_copied(older, path);
	days_pass(40);
	ck_assert_int_eq(box_missing(&env), 1);
}
END_TEST

// --- what came by merging

static const char *theirs_with(const char *name)
{
	struct env as = env;
	const char *theirs = arena_printf(&a, "%s.theirs", path);
	as.author = "Ben";
	as.device = "ben-pc";
	as.state_home = "";
	file_copied(path, theirs);
	MUST(team_add(&as, theirs, name, &e));
	return theirs;
}

START_TEST(F13_what_was_merged_is_kept_too_and_told_apart)
{
	struct merge_report r;
	struct outbox_gap gap;
	struct outbox_mended m;
	const char *theirs = theirs_with("Ben's");
	struct store *s = box_open_it(&env);
	MUST(merge_file(s, theirs, false, &r, &e));
	box_add_here(s, "Mine");
	store_close(s);
	ck_assert_int_eq(box_missing(&env), 0);
	file_copied(older, path);
	s = box_open_it(&env);
	MUST(outbox_missing(s, &a, &gap, &e));
	ck_assert(gap.changes == 2 && gap.merged == 1);
	MUST(outbox_put_back(s, &m, &e));
	store_close(s);
	ck_assert(box_has("Ben's") && box_has("Mine"));
}
END_TEST

// In place, so that nothing of it can be read any more.
START_TEST(F13_what_this_run_merged_is_put_into_the_file_that_replaces_it)
{
	struct merge_report r;
	bool changed;
	const char *theirs = theirs_with("Ben's");
	struct store *s = box_open_it(&env);
	MUST(merge_file(s, theirs, false, &r, &e));
	file_copied(older, path);
	MUST(store_refresh(s, &changed, &e));
	ck_assert(changed && strstr(store_news(s), "What came in since you opened it (1 change)"));
	store_close(s);
	ck_assert(box_has("Ben's"));
}
END_TEST

// --- redactions

static void set_team(struct store *s, const struct id *id, const char *name)
{
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_cell(v, id, "team", "name", name, &e));
	MUST(save_commit(v, NULL, &e));
}

static void redact_team(const char *name)
{
	struct record r;
	struct redact_report report;
	struct store *s = box_open_it(&env);
	MUST(record_find(s, &a, "team", name, &r, &e));
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
	store_close(s);
}

START_TEST(F13_after_a_redaction_all_the_rest_is_given_back_and_the_older_file_is_told_of_it)
{
	MUST(team_add(&env, path, "ZZsecret name", &e));
	const char *telling = arena_printf(&a, "%s.telling", path);
	file_copied(path, telling);
	MUST(team_add(&env, path, "Keep me", &e));
	redact_team("ZZsecret name");
	MUST(team_add(&env, path, "Later", &e));
	file_copied(_i ? telling : older, path);
	ck_assert_int_eq(box_missing(&env), _i ? 3 : 4);
	struct outbox_mended m = box_put_back();
	ck_assert(m.changes == (_i ? 3 : 4) && !m.left);
	ck_assert(box_has("Keep me") && box_has("Later") && !box_has("ZZsecret name"));
	box_sound();
	ck_assert_int_eq(box_missing(&env), 0);
}
END_TEST

// By copying, never by merging: the outbox learns of it when the file is opened.
START_TEST(F13_what_another_computer_erased_in_the_file_goes_from_the_outbox)
{
	struct env second = env;
	struct record r;
	struct redact_report report;
	size_t n;
	MUST(team_add(&env, path, "ZZsecret name", &e));
	second.state_home = "";
	struct store *s = box_open_it(&second);
	MUST(record_find(s, &a, "team", "ZZsecret name", &r, &e));
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
	store_close(s);
	ck_assert_int_eq(box_missing(&env), 0);
	char *bytes = test_read(&a, box_path(), &n);
	ck_assert_ptr_null(memmem(bytes, n, "ZZsecret", 8));
}
END_TEST

// The erasure came with a copy that was put over the file; then the rest of the stream is merged.
START_TEST(F13_what_is_merged_is_kept_though_a_part_of_its_stream_had_come_blanked)
{
	struct env ben = env, sam = env;
	struct record r;
	struct redact_report report;
	struct merge_report merged;
	const char *theirs = arena_printf(&a, "%s.theirs", path);
	const char *blanked = arena_printf(&a, "%s.blanked", path);
	ben.author = "Ben";
	sam.author = "Sam";
	ben.state_home = sam.state_home = "";
	file_copied(path, theirs);
	struct store *b = box_open_as(&ben, theirs);
	box_add_here(b, "ZZsecret name");
	file_copied(theirs, blanked);
	struct store *s = box_open_as(&sam, blanked);
	MUST(record_find(s, &a, "team", "ZZsecret name", &r, &e));
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
	store_close(s);
	file_copied(blanked, path);
	ck_assert_int_eq(box_missing(&env), 0);
	set_team(b, &r.id, "Another name"); // in the same stream
	store_close(b);
	s = box_open_it(&env);
	MUST(merge_file(s, theirs, false, &merged, &e));
	store_close(s);
	ck_assert(box_has("Another name"));
	file_copied(older, path);
	ck_assert_int_gt(box_missing(&env), 0);
	struct outbox_mended m = box_put_back();
	ck_assert(!m.left && box_has("Another name"));
	box_sound();
}
END_TEST

// --- a bad stream

static void box_do(const char *sql)
{
	struct err err = { 0 };
	struct db *db = db_open(box_path(), DB_WRITE, NULL, &err);
	ck_assert_msg(db && db_exec(db, sql, &err), "%s", err.text);
	db_close(db);
}

START_TEST(F13_a_bad_stream_stops_no_other_and_is_told_with_counts)
{
	static const char *const damage[] = {
		"UPDATE change SET val='altered' WHERE val='Second'",
		"DELETE FROM change WHERE val='Second'",
		"UPDATE change SET prev=x'00' WHERE val='Second'",
		"UPDATE change SET val=NULL WHERE val='Second'",
	};
	MUST(team_add(&env, path, "Second", &e));
	MUST(team_add(&env, path, "Third", &e));
	file_copied(older, path);
	box_do(damage[_i]);
	struct outbox_mended m = box_put_back();
	ck_assert_msg(m.changes == 1 && (_i == 1 || (m.left == 1 && m.why)), "%lld %lld %s",
	    (long long)m.changes, (long long)m.left, m.why ? m.why : "");
	ck_assert(box_has("Third") && !box_has("Second"));
	box_sound();
}
END_TEST

// What was blanked must not come without what blanked it, or every copy would refuse this one.
START_TEST(F13_a_blank_whose_erasure_is_damaged_stays_out_and_the_rest_comes)
{
	MUST(team_add(&env, path, "ZZsecret name", &e));
	redact_team("ZZsecret name");
	MUST(team_add(&env, path, "Third", &e));
	file_copied(older, path);
	box_do("UPDATE change SET at=at+1 WHERE fld='!redact'");
	struct outbox_mended m = box_put_back();
	ck_assert(m.changes == 1 && m.left == 2 && m.why);
	ck_assert(box_has("Third"));
	box_sound();
}
END_TEST

START_TEST(F13_by_hand_too_a_bad_stream_of_the_outbox_stops_no_other)
{
	struct merge_report r;
	MUST(team_add(&env, path, "Second", &e));
	MUST(team_add(&env, path, "Third", &e));
	file_copied(older, path);
	box_do("UPDATE change SET val='altered' WHERE val='Second'");
	const char *box = box_path();
	struct store *s = box_open_it(&env);
	MUST(merge_file(s, box, false, &r, &e));
	ck_assert(r.changes == 1 && r.left == 1 && r.why);
	store_close(s);
	ck_assert(box_has("Third"));
}
END_TEST

// --- a no

START_TEST(F13_a_no_counts_for_the_file_for_which_it_was_given)
{
	const char *last = arena_printf(&a, "%s.last", path);
	file_copied(path, last);
	MUST(team_add(&env, path, "Second", &e));
	ck_assert_int_eq(box_missing(&env), 0);
	struct store *s = box_open_as(&env, last);
	MUST(outbox_refuse(s, &e));
	store_close(s);
	file_copied(last, path); // in place, or with the inode that the other one had
	if (_i)
		ck_assert_int_eq(rename(last, path), 0);
	ck_assert_int_eq(box_missing(&env), 1);
}
END_TEST

START_TEST(F13_a_no_goes_with_a_file_that_is_renamed)
{
	const char *last = arena_printf(&a, "%s.last", path);
	file_copied(path, last);
	MUST(team_add(&env, path, "Second", &e));
	struct store *s = box_open_as(&env, last);
	MUST(outbox_refuse(s, &e));
	store_close(s);
	const char *now = arena_printf(&a, "%s.now", path);
	ck_assert_int_eq(rename(last, now), 0);
	path = now;
	ck_assert_int_eq(box_missing(&env), 0);
}
END_TEST

START_TEST(F13_what_was_declined_came_and_was_lost_again_is_asked_for)
{
	MUST(team_add(&env, path, "Second", &e));
	const char *whole = arena_printf(&a, "%s.whole", path);
	file_copied(path, whole);
	file_copied(older, path);
	struct store *s = box_open_it(&env);
	MUST(outbox_refuse(s, &e));
	store_close(s);
	file_copied(whole, path);
	ck_assert_int_eq(box_missing(&env), 0);
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1);
}
END_TEST

// --- what asking costs

START_TEST(F13_opening_asks_as_little_of_an_outbox_of_many_streams_as_of_few)
{
	int64_t steps[2];
	struct outbox_gap gap;
	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < (i ? 60 : 3); k++)
			MUST(team_add(&env, path, "Team", &e));
		box_missing(&env); // the first look of the day
		struct store *s = box_open_it(&env);
		MUST(outbox_missing(s, &a, &gap, &e));
		steps[i] = db_steps(s->kept.box->db);
		store_close(s);
	}
	ck_assert_int_eq(steps[0], steps[1]);
}
END_TEST

// Others write into the file, past this outbox.
static void others_write(const char *name)
{
	struct env as = env;
	as.state_home = "";
	as.author = "Ben";
	MUST(team_add(&as, path, name, &e));
}

// What the look asks of the workbook and of the outbox together.
static int64_t steps_of_a_look(void)
{
	struct outbox_gap gap;
	struct store *s = box_open_it(&env);
	int64_t before = db_steps(s->db) + (s->kept.box ? db_steps(s->kept.box->db) : 0);
	MUST(outbox_missing(s, &a, &gap, &e));
	ck_assert_int_eq(gap.changes, 0);
	int64_t after = db_steps(s->db) + db_steps(s->kept.box->db);
	store_close(s);
	return after - before;
}

START_TEST(F13_after_others_wrote_into_the_file_a_look_asks_only_for_what_they_wrote)
{
	int64_t steps[2];
	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < (i ? 60 : 3); k++)
			MUST(team_add(&env, path, "Team", &e));
		box_missing(&env);
		others_write("Theirs");
		steps[i] = steps_of_a_look();
		int64_t again = steps_of_a_look();
		ck_assert_int_lt(again, steps[i]); // then nothing happened any more
	}
	ck_assert_int_eq(steps[0], steps[1]);
}
END_TEST

// Theirs grew in another order: their own before what was here.
START_TEST(F13_after_a_copy_took_its_place_a_look_reads_each_stream_once_and_no_change)
{
	const char *theirs = arena_printf(&a, "%s.theirs", path);
	struct env ben = env;
	struct merge_report r;
	enum { MANY = 40, AROUND = 40 };
	ben.author = "Ben";
	ben.state_home = "";
	for (int k = 0; k < MANY; k++)
		MUST(team_add(&env, path, "Team", &e));
	file_copied(path, theirs);
	MUST(team_add(&env, path, "Later", &e));
	box_missing(&env);
	struct store *s = box_open_as(&ben, theirs);
	box_add_here(s, "Ben's");
	MUST(merge_file(s, path, false, &r, &e));
	store_close(s);
	file_copied(theirs, path);
	int64_t steps = steps_of_a_look();
	// Both tables of streams; what came last, looked through for what was seen; the erasures.
	ck_assert_msg(steps < 4 * MANY + AROUND, "%lld steps", (long long)steps);
	ck_assert(box_has("Ben's") && box_has("Later"));
}
END_TEST

START_TEST(F13_what_others_erased_while_the_file_grew_goes_from_the_outbox)
{
	struct env ben = env;
	struct record r;
	struct redact_report report;
	size_t n;
	MUST(team_add(&env, path, "ZZsecret name", &e));
	for (int k = 0; k < 5; k++)
		MUST(team_add(&env, path, "Team", &e));
	box_missing(&env);
	others_write("Before");
	ben.state_home = "";
	struct store *s = box_open_it(&ben);
	MUST(record_find(s, &a, "team", "ZZsecret name", &r, &e));
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
	store_close(s);
	others_write("After");
	ck_assert_int_eq(box_missing(&env), 0);
	char *bytes = test_read(&a, box_path(), &n);
	ck_assert_ptr_null(memmem(bytes, n, "ZZsecret", 8));
	ck_assert_ptr_nonnull(memmem(bytes, n, "Team", 4));
}
END_TEST

// As an older plando left it: no digest, other tables, streams of which it had deleted the changes.
START_TEST(F13_an_outbox_of_an_older_plando_is_taken_over)
{
	MUST(team_add(&env, path, "Second", &e));
	MUST(team_add(&env, path, "Third", &e));
	box_do("DROP TABLE file; DROP TABLE day; DROP TABLE declined; DELETE FROM meta WHERE "
	       "k='digest'; UPDATE change SET batch=77; DELETE FROM batch;"
	       "CREATE TABLE held(stream BLOB, holder TEXT, seq INTEGER);"
	       "CREATE TABLE refused(stream BLOB PRIMARY KEY, seq INTEGER);"
	       "DELETE FROM change WHERE val='Second'");
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1);
	struct outbox_mended m = box_put_back();
	ck_assert(m.changes == 1 && !m.left && box_has("Third"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox-back");
	TCase *t = tcase_create("outbox-back");
	tcase_add_checked_fixture(t, box_setup, box_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(
	    t, what_the_workbook_holds_goes_after_thirty_days_on_three_of_which_it_was_opened);
	tcase_add_loop_test(t, a_clock_that_is_years_ahead_empties_nothing, 0, 2);
	tcase_add_test(t, what_the_open_workbook_lacks_is_kept_however_old_it_is);
	tcase_add_test(t, F13_what_was_merged_is_kept_too_and_told_apart);
	tcase_add_test(t, F13_what_this_run_merged_is_put_into_the_file_that_replaces_it);
	tcase_add_loop_test(t,
	    F13_after_a_redaction_all_the_rest_is_given_back_and_the_older_file_is_told_of_it, 0,
	    2);
	tcase_add_test(t, F13_what_another_computer_erased_in_the_file_goes_from_the_outbox);
	tcase_add_test(t, F13_what_is_merged_is_kept_though_a_part_of_its_stream_had_come_blanked);
	tcase_add_loop_test(t, F13_a_bad_stream_stops_no_other_and_is_told_with_counts, 0, 4);
	tcase_add_test(t, F13_a_blank_whose_erasure_is_damaged_stays_out_and_the_rest_comes);
	tcase_add_test(t, F13_by_hand_too_a_bad_stream_of_the_outbox_stops_no_other);
	tcase_add_loop_test(t, F13_a_no_counts_for_the_file_for_which_it_was_given, 0, 2);
	tcase_add_test(t, F13_a_no_goes_with_a_file_that_is_renamed);
	tcase_add_test(t, F13_what_was_declined_came_and_was_lost_again_is_asked_for);
	tcase_add_test(t, F13_opening_asks_as_little_of_an_outbox_of_many_streams_as_of_few);
	tcase_add_test(
	    t, F13_after_others_wrote_into_the_file_a_look_asks_only_for_what_they_wrote);
	tcase_add_test(
	    t, F13_after_a_copy_took_its_place_a_look_reads_each_stream_once_and_no_change);
	tcase_add_test(t, F13_what_others_erased_while_the_file_grew_goes_from_the_outbox);
	tcase_add_test(t, F13_an_outbox_of_an_older_plando_is_taken_over);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
