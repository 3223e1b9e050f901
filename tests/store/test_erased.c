// SPDX-License-Identifier: MIT
// What others erase: told by person, kind and count, held for thirty days, brought back or let go.
#include "../support.h"
#include "cli/cli.h"
#include "desk.h"
#include "store/log/store.h"
#include "store/merge/held.h"
#include "store/record/save_write.h"

#include <plando/draft.h>
#include <plando/erased.h>
#include <plando/erasures.h>
#include <plando/merge.h>
#include <plando/redact.h>
#include <plando/str.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY = 86400000 };
static const char SECRET[] = "Zebulon came";

static struct world world;
static struct env ana, sam;
static struct arena a;
static struct store *mine, *theirs;
static struct id event;

static struct store *opened(const char *path, const struct env *as)
{
	struct store *s;
	MUST((s = store_open(path, STORE_WRITE, as, &e)) != NULL);
	return s;
}

static struct id put(struct store *s, const char *kind, const char *field, const char *value)
{
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, NULL, &id, &e));
	MUST(save_cell(v, &id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static void set(
    struct store *s, const struct id *id, const char *kind, const char *field, const char *value)
{
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_cell(v, id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
}

// Ana's workbook with one event, and Sam's copy of it; each computer has a state folder of its own.
static void set_up(void)
{
	a = (struct arena){ 0 };
	world = (struct world){ .now = 1795000000000, .seed = 11, .tick = 1 };
	ana = sam = world_env(&world);
	ana.author = "Ana";
	sam.author = "Sam";
	sam.device = "ward-pc";
	ana.state_home = test_path(&a, arena_printf(&a, "ana%d", (int)getpid()));
	sam.state_home = test_path(&a, arena_printf(&a, "sam%d", (int)getpid()));
	char *path = test_path(&a, arena_printf(&a, "mine%d.plando", (int)getpid()));
	char *copy = test_path(&a, arena_printf(&a, "theirs%d.plando", (int)getpid()));
	MUST(store_create(path, &ana, "Hubs", &e));
	mine = opened(path, &ana);
	event = put(mine, "event", "title", "Zebulon was here");
	set(mine, &event, "event", "title", SECRET);
	MUST(store_copy(mine, copy, &e));
	theirs = opened(copy, &sam);
}

static void tear_down(void)
{
	store_close(mine);
	store_close(theirs);
	arena_free(&a);
}

static void erase(struct store *s, const struct id *id, const char *field)
{
	struct redact_report r;
	MUST(store_redact(s, &a, id, field, NULL, false, &r, &e));
}

static struct merge_report bring(bool dry)
{
	struct merge_report r;
	MUST(merge_file(mine, store_path(theirs), dry, &r, &e));
	return r;
}

static size_t held(struct store *s)
{
	struct erased_texts all;
	MUST(erased_list(s, &a, &all, &e));
	return all.count;
}

// The next day, in a run of its own.
static void days_later(int days)
{
	char *path = arena_strdup(&a, store_path(mine));
	store_close(mine);
	world.now += (int64_t)days * DAY;
	mine = opened(path, &ana);
}

// Does any file below the folder hold this text? name: only files so called.
static bool found_below(const char *folder, const char *name, const char *text)
{
	DIR *dir = opendir(folder);
	bool found = false;
	for (struct dirent *f; dir && (f = readdir(dir));) {
		struct stat st;
		size_t n;
		if (*f->d_name == '.')
			continue;
		char *path = arena_printf(&a, "%s/%s", folder, f->d_name);
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			found = found_below(path, name, text) || found;
			continue;
		}
		char *bytes = strstr(f->d_name, name) ? test_read(&a, path, &n) : NULL;
		found = found || (bytes && memmem(bytes, n, text, strlen(text)));
	}
	if (dir)
		closedir(dir);
	return found;
}

// --- telling

START_TEST(whose_erasures_a_merge_brings_is_told_by_person_kind_and_count)
{
	put(theirs, "team", "name", "North");
	erase(theirs, &event, NULL);
	struct merge_report tried = bring(true);
	ck_assert_str_eq(erasures_words(&a, &tried, 1, false), "Sam erases 2 texts: 2 of event.");
	ck_assert_uint_eq(held(mine), 0);
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
	struct merge_report r = bring(false), kept;
	ck_assert_uint_eq(r.erasures, 1);
	ck_assert_str_eq(r.erasure[0].state, "held");
	ck_assert_int_eq(erasures_held(&r, 1), 2);
	MUST(merge_account_parts(mine, &a, r.batch, &kept, &e));
	ck_assert_str_eq(erasures_words(&a, &kept, 1, true), "Sam erased 2 texts: 2 of event.");
	ck_assert_uint_eq(bring(false).erasures, 0);
}
END_TEST

static unsigned names_below(const char *folder)
{
	unsigned n = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *f; dir && (f = readdir(dir));) {
		if (*f->d_name == '.')
			continue;
		n += 1 + names_below(arena_printf(&a, "%s/%s", folder, f->d_name));
	}
	if (dir)
		closedir(dir);
	return n;
}

// Also where a damaged one lies, which only a real merge sets aside.
START_TEST(a_merge_that_is_only_tried_leaves_no_file)
{
	char uuid[ID_TEXT];
	id_print(&mine->collab, uuid);
	char *folder = arena_printf(&a, "%s/%s", ana.state_home, uuid);
	erase(theirs, &event, NULL);
	mkdir(ana.state_home, 0700);
	mkdir(folder, 0700);
	if (_i)
		test_write(arena_printf(&a, "%s/held.db", folder), "this is no database", 19);
	unsigned before = names_below(ana.state_home);
	struct merge_report tried = bring(true);
	ck_assert_int_eq(erasures_held(&tried, 1), 2); // and yet it says what would be held
	ck_assert_uint_eq(names_below(ana.state_home), before);
	bring(false);
	ck_assert_uint_eq(held(mine), 1);
}
END_TEST

START_TEST(two_people_who_erase_are_told_each_by_name)
{
	struct env ben = sam;
	ben.author = "Ben";
	ben.device = "office";
	struct id action = put(theirs, "action", "what", "ring Josephine");
	erase(theirs, &event, NULL);
	char *path = arena_strdup(&a, store_path(theirs));
	store_close(theirs);
	theirs = opened(path, &ben);
	erase(theirs, &action, NULL);
	struct merge_report r = bring(false);
	ck_assert_str_eq(erasures_words(&a, &r, 1, true),
	    "Ben erased 1 text: 1 of action. Sam erased 2 texts: 2 of event.");
	ck_assert_int_eq(erasures_held(&r, 1), 2); // what was never here cannot be held
}
END_TEST

// --- holding

START_TEST(what_somebody_else_erased_is_blank_at_once_and_can_be_brought_back)
{
	struct erased_report r;
	struct erased_texts all;
	erase(theirs, &event, NULL);
	bring(false);
	ck_assert_ptr_null(value_of(&a, mine, &event, "title"));
	ck_assert(!found_below(test_folder(), "mine", SECRET));
	MUST(erased_list(mine, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(all.item[0].text, SECRET);
	ck_assert_str_eq(all.item[0].by, "Sam");
	ck_assert_int_eq(all.item[0].earlier, 1);
	ck_assert_int_eq(all.item[0].until - all.item[0].at, (int64_t)HELD_DAYS * DAY);
	MUST(erased_restore(mine, &a, &event, 1, &r, &e));
	ck_assert_int_eq(r.restored, 1);
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
	ck_assert_uint_eq(held(mine), 0);
	is_sound(mine);
	bring(false); // the same erasure does not blank what was written again
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
}
END_TEST

START_TEST(what_was_written_since_stays_when_the_rest_is_brought_back)
{
	struct erased_report r;
	set(mine, &event, "event", "note", "bring cake");
	bring(false);
	MUST(merge_file(theirs, store_path(mine), false, &(struct merge_report){ 0 }, &e));
	erase(theirs, &event, NULL);
	bring(false);
	set(mine, &event, "event", "title", "A meeting");
	MUST(erased_restore(mine, &a, &event, 1, &r, &e));
	ck_assert_int_eq(r.restored, 1);
	ck_assert_int_eq(r.kept, 1);
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), "A meeting");
	ck_assert_str_eq(value_of(&a, mine, &event, "note"), "bring cake");
	ck_assert_uint_eq(held(mine), 1); // the title, still
}
END_TEST

START_TEST(both_sides_of_a_conflict_come_back_as_they_stood)
{
	struct erased_report r;
	set(theirs, &event, "event", "title", "Zebulon left");
	set(mine, &event, "event", "title", "Zebulon stayed");
	bring(false);
	ck_assert_int_eq(facts_of(mine).conflicts, 1);
	MUST(merge_file(theirs, store_path(mine), false, &(struct merge_report){ 0 }, &e));
	erase(theirs, &event, NULL);
	bring(false);
	ck_assert_int_eq(facts_of(mine).conflicts, 0);
	MUST(erased_restore(mine, &a, &event, 1, &r, &e));
	ck_assert_int_eq(facts_of(mine).conflicts, 1);
}
END_TEST

// An old copy brings back a text that was erased long ago: it is blanked again, and not held.
START_TEST(a_text_that_comes_in_after_its_erasure_is_not_held)
{
	struct id north = put(theirs, "team", "name", "North");
	erase(mine, &event, NULL);
	set(theirs, &north, "team", "name", SECRET);
	bring(false);
	ck_assert_uint_eq(held(mine), 0);
	ck_assert_ptr_null(value_of(&a, mine, &event, "title"));
	is_sound(mine);
}
END_TEST

START_TEST(what_cannot_be_held_is_not_merged)
{
	erase(theirs, &event, NULL);
	const char *home = ana.state_home;
	char *folder = arena_printf(&a, "%s/file", home);
	mkdir(home, 0700);
	test_write(folder, "", 0);
	ana.state_home = folder; // a file stands where the folder should be
	struct merge_report r;
	struct err e = { 0 };
	ck_assert(!merge_file(mine, store_path(theirs), false, &r, &e));
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
	is_sound(mine);
	ana.state_home = home;
	bring(false);
	ck_assert_uint_eq(held(mine), 1);
}
END_TEST

START_TEST(without_a_state_folder_it_is_blank_and_the_merge_says_that_it_is_not_held)
{
	ana.state_home = "";
	erase(theirs, &event, NULL);
	struct merge_report r = bring(false);
	ck_assert_str_eq(r.erasure[0].state, "blank");
	ck_assert_int_eq(erasures_held(&r, 1), 0);
}
END_TEST

START_TEST(a_damaged_held_file_is_set_aside)
{
	char uuid[ID_TEXT];
	id_print(&mine->collab, uuid);
	char *folder = arena_printf(&a, "%s/%s", ana.state_home, uuid);
	char *path = arena_printf(&a, "%s/held.db", folder);
	mkdir(ana.state_home, 0700);
	mkdir(folder, 0700);
	test_write(path, "this is no database, and never was one", 38);
	erase(theirs, &event, NULL);
	bring(false);
	ck_assert_uint_eq(held(mine), 1);
	ck_assert_int_eq(access(arena_printf(&a, "%s.damaged", path), F_OK), 0);
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

// A copy that erases everything: counted among 100 changes it would not be seen.
START_TEST(a_stream_that_erases_everything_is_held_whole_and_comes_back_in_one_save)
{
	struct erased_report r;
	struct id id[40];
	const char *before;
	for (size_t i = 0; i < 40; i++)
		id[i] = put(mine, "action", "what", arena_printf(&a, "%s %zu", SECRET, i));
	before = state_of(&a, mine);
	MUST(merge_file(theirs, store_path(mine), false, &(struct merge_report){ 0 }, &e));
	struct save *v;
	MUST((v = save_begin(theirs, &a, &e)) != NULL);
	struct ask *q;
	MUST((q = db_ask(theirs->db, "SELECT ent,kind,cid FROM change WHERE val<>''", &e)) != NULL);
	struct err own = { 0 };
	while (ask_step(q, &own)) {
		struct id ent;
		col_id(q, 0, &ent);
		MUST(save_erasure(
		    v, &ent, arena_strdup(&a, col_text(q, 1)), (uint64_t)col_int(q, 2), &e));
	}
	ask_done(q);
	MUST(save_commit(v, NULL, &e));
	struct merge_report merged = bring(false);
	ck_assert_int_ge(erasures_held(&merged, 1), 42);
	ck_assert_str_ne(state_of(&a, mine), before);
	MUST(erased_restore(mine, &a, NULL, 0, &r, &e));
	ck_assert_str_eq(state_of(&a, mine), before);
	ck_assert_str_eq(value_of(&a, mine, &id[39], "what"), "Zebulon came 39");
	is_sound(mine);
}
END_TEST

// An erasure is no text: erasing it would make what it blanked look like damage elsewhere.
START_TEST(an_erasure_cannot_be_erased)
{
	struct save *v;
	erase(theirs, &event, NULL);
	MUST((v = save_begin(theirs, &a, &e)) != NULL);
	struct ask *q;
	MUST((q = db_ask(theirs->db, "SELECT cid FROM change WHERE fld='!redact'", &e)) != NULL);
	struct err own = { 0 };
	while (ask_step(q, &own))
		MUST(save_erasure(v, &event, "event", (uint64_t)col_int(q, 0), &e));
	ask_done(q);
	MUST(save_commit(v, NULL, &e));
	is_sound(theirs);
	bring(false);
	ck_assert_ptr_null(value_of(&a, mine, &event, "title"));
	is_sound(mine);
}
END_TEST

// --- other teams' records

// A hand that writes into another team's record from a stream of its own team.
static void write_elsewhere(
    struct store *s, const struct id *ent, const char *kind, const char *cell, const char *value)
{
	static const struct id scope = { { 0xe1, 0x5e, 0, 0, 0, 0, 0x40, 1, 0x80, 1 } };
	struct session n;
	int64_t batch, hlc, digest;
	MUST(meta_get_int(s->db, "hlc_max", 0, &hlc, &e));
	MUST(meta_get_int(s->db, "digest", 0, &digest, &e));
	MUST(db_begin(s->db, &e));
	MUST(log_batch_add(s, "save", NULL, 1, &batch, &e));
	MUST(session_find(s, &scope, &n, &e));
	struct change c = { .sid = n.sid,
		.seq = 1,
		.grp = 1,
		.last = true,
		.hlc = hlc + 1,
		.at = world.now,
		.ent = *ent,
		.kind = kind,
		.fld = cell,
		.val = value,
		.batch = batch };
	c.cid = chain_next(n.tip, &c);
	MUST(log_change_add(s->db, &c, &e));
	MUST(log_stream_tip(s->db, n.sid, 1, c.cid, &e));
	MUST(meta_set_int(s->db, "hlc_max", c.hlc, &e));
	MUST(meta_set_int(s->db, "digest", (int64_t)((uint64_t)digest + c.cid), &e));
	MUST(fold_record(s, ent, 0, &e));
	MUST(db_commit(s->db, &e));
}

START_TEST(a_change_written_for_another_team_is_kept_told_and_not_shown)
{
	write_elsewhere(theirs, &event, "event", "title", "Everything is fine");
	struct merge_report r = bring(false), kept;
	ck_assert_int_eq(r.changes, 1);
	ck_assert_int_eq(r.outside, 1);
	MUST(merge_account_parts(mine, &a, r.batch, &kept, &e));
	ck_assert_int_eq(kept.outside, 1);
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
	ck_assert_int_eq(facts_of(mine).conflicts, 0);
	ck_assert_str_eq(state_of(&a, mine), state_of(&a, theirs));
	is_sound(mine);
	set(mine, &event, "event", "title", "It is over"); // nothing of it is in the way
	ck_assert_int_eq(facts_of(mine).conflicts, 0);
}
END_TEST

static const char *said_by(const char *verb, const char *more)
{
	char *text, program[] = "plando";
	char *words[] = { program, arena_strdup(&a, verb), arena_strdup(&a, store_path(mine)),
		arena_strdup(&a, more), arena_strdup(&a, store_path(theirs)), NULL };
	size_t n;
	int count = str_equal(verb, "merge") ? 5 : *more ? 4 : 3;
	words[count] = NULL;
	FILE *to = open_memstream(&text, &n);
	ck_assert_int_eq(cli_run(&ana, count, words, stdin, to, to), 0);
	fclose(to);
	const char *kept = arena_strdup(&a, text);
	free(text);
	return kept;
}

START_TEST(what_is_written_for_another_team_is_counted_by_merge_and_check)
{
	ck_assert_ptr_null(strstr(said_by("check", ""), "another team"));
	write_elsewhere(theirs, &event, "event", "title", "Everything is fine");
	ck_assert_ptr_nonnull(strstr(said_by("merge", "--json"), "\"outside\": 1"));
	ck_assert_ptr_nonnull(strstr(said_by("check", "--json"), "\"outside\": 1"));
	ck_assert_ptr_nonnull(strstr(said_by("check", ""),
	    "1 change written for another team than the record's: kept in "
	    "the history, not shown"));
}
END_TEST

START_TEST(an_erasure_written_for_another_team_blanks_nothing)
{
	char cid[17];
	struct err own = { 0 };
	struct ask *q =
	    db_ask(theirs->db, "SELECT printf('%016x',cid) FROM change WHERE val=?", &own);
	ask_text(q, 1, SECRET);
	ck_assert(ask_step(q, &own));
	snprintf(cid, sizeof cid, "%s", col_text(q, 0));
	ask_done(q);
	write_elsewhere(theirs, &event, "event", "!redact", cid);
	struct merge_report r = bring(false);
	ck_assert_int_eq(r.outside, 1);
	ck_assert_uint_eq(r.erasures, 0);
	ck_assert_str_eq(value_of(&a, mine, &event, "title"), SECRET);
	ck_assert_uint_eq(held(mine), 0);
	is_sound(mine);
}
END_TEST

// --- backups, drafts, and one's own erasures

START_TEST(backups_and_drafts_outlive_what_others_erase_until_one_agrees)
{
	struct erased_report r;
	struct drafts left;
	MUST(draft_keep(mine,
	    &(struct draft){ .id = event, .kind = "event", .field = "title", .text = "not yet" },
	    &e));
	erase(theirs, &event, NULL);
	bring(false);
	ck_assert(found_below(ana.state_home, ".plando", SECRET));
	MUST(draft_list(mine, &a, &left, &e));
	ck_assert_uint_eq(left.count, 1);
	MUST(erased_agree(mine, &a, &event, 1, &r, &e));
	ck_assert_int_eq(r.purged, 2);
	ck_assert_uint_eq(held(mine), 0);
	ck_assert(!found_below(ana.state_home, "", SECRET));
	ck_assert(found_below(ana.state_home, ".plando", "Hubs")); // the rest of the backup stands
	REFUSES(ERR_NOINPUT, erased_restore(mine, &a, &event, 1, &r, &e));
}
END_TEST

START_TEST(ones_own_erasure_takes_what_is_held_and_the_backups_with_it)
{
	erase(theirs, &event, "title");
	bring(false);
	set(mine, &event, "event", "title", "Zebulon again");
	ck_assert_uint_eq(held(mine), 1);
	erase(mine, &event, "title");
	ck_assert_uint_eq(held(mine), 0);
	ck_assert(!found_below(ana.state_home, "", "Zebulon"));
}
END_TEST

// --- thirty days

START_TEST(after_thirty_days_and_three_openings_it_is_gone_from_the_backups_too)
{
	erase(theirs, &event, NULL);
	bring(false);
	days_later(1);
	days_later(1);
	ck_assert_uint_eq(held(mine), 1);
	days_later(27); // three days on which it was opened, twenty-nine in all
	ck_assert_uint_eq(held(mine), 1);
	ck_assert(found_below(ana.state_home, ".plando", SECRET));
	days_later(2);
	ck_assert_uint_eq(held(mine), 0);
	ck_assert(!found_below(ana.state_home, "", SECRET));
}
END_TEST

START_TEST(a_workbook_that_was_not_opened_lets_go_of_nothing)
{
	erase(theirs, &event, NULL);
	bring(false);
	days_later(400);
	ck_assert_uint_eq(held(mine), 1);
	days_later(1);
	ck_assert_uint_eq(held(mine), 1);
	days_later(1);
	ck_assert_uint_eq(held(mine), 0);
}
END_TEST

START_TEST(a_clock_in_2099_empties_nothing)
{
	erase(theirs, &event, NULL);
	bring(false);
	int64_t now = world.now;
	world.now = 4080000000000; // 2099
	for (int i = 0; i < 5; i++)
		days_later(1);
	ck_assert_uint_eq(held(mine), 1);
	world.now = now;
	days_later(1);
	ck_assert_uint_eq(held(mine), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("erased");
	TCase *cases = tcase_create("cases");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_set_timeout(cases, 300);
	tcase_add_test(cases, whose_erasures_a_merge_brings_is_told_by_person_kind_and_count);
	tcase_add_loop_test(cases, a_merge_that_is_only_tried_leaves_no_file, 0, 2);
	tcase_add_test(cases, two_people_who_erase_are_told_each_by_name);
	tcase_add_test(cases, what_somebody_else_erased_is_blank_at_once_and_can_be_brought_back);
	tcase_add_test(cases, what_was_written_since_stays_when_the_rest_is_brought_back);
	tcase_add_test(cases, both_sides_of_a_conflict_come_back_as_they_stood);
	tcase_add_test(cases, a_text_that_comes_in_after_its_erasure_is_not_held);
	tcase_add_test(cases, what_cannot_be_held_is_not_merged);
	tcase_add_test(
	    cases, without_a_state_folder_it_is_blank_and_the_merge_says_that_it_is_not_held);
	tcase_add_test(cases, a_damaged_held_file_is_set_aside);
	tcase_add_test(
	    cases, a_stream_that_erases_everything_is_held_whole_and_comes_back_in_one_save);
	tcase_add_test(cases, an_erasure_cannot_be_erased);
	tcase_add_test(cases, a_change_written_for_another_team_is_kept_told_and_not_shown);
	tcase_add_test(cases, what_is_written_for_another_team_is_counted_by_merge_and_check);
	tcase_add_test(cases, an_erasure_written_for_another_team_blanks_nothing);
	tcase_add_test(cases, backups_and_drafts_outlive_what_others_erase_until_one_agrees);
	tcase_add_test(cases, ones_own_erasure_takes_what_is_held_and_the_backups_with_it);
	tcase_add_test(cases, after_thirty_days_and_three_openings_it_is_gone_from_the_backups_too);
	tcase_add_test(cases, a_workbook_that_was_not_opened_lets_go_of_nothing);
	tcase_add_test(cases, a_clock_in_2099_empties_nothing);
	suite_add_tcase(suite, cases);
	return test_run(suite);
}
