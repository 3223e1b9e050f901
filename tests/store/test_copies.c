// SPDX-License-Identifier: MIT
// Directed cases and faults of copies that come together: C13, C17, F14; backups, parts, and what
// is saved of damaged files.
#include "../support.h"
#include "desk.h"
#include "store/file/private.h"
#include "store/log/scope.h"
#include "store/log/store.h"

#include <plando/conflict.h>
#include <plando/draft.h>
#include <plando/history.h>
#include <plando/installed.h>
#include <plando/merge.h>
#include <plando/recover.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/str.h>

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 11, .tick = 1 };
static struct env env;
static struct arena a;

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
}

static void tear_down(void)
{
	arena_free(&a);
}

static char *fresh(const char *name)
{
	char *path = test_path(&a, name);
	unlink(path);
	return path;
}

static struct store *opened(const char *path)
{
	struct store *s;
	MUST((s = store_open(path, STORE_WRITE, &env, &e)) != NULL);
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

static struct store *made(const char *name, const char *called)
{
	char *path = fresh(name);
	MUST(store_create(path, &env, called, &e));
	return opened(path);
}

static struct store *copy_of(struct store *s, const char *name)
{
	char *path = fresh(name);
	MUST(store_copy(s, path, &e));
	return opened(path);
}

static void bring(struct store *to, struct store *from)
{
	struct merge_report r;
	MUST(merge_file(to, store_path(from), false, &r, &e));
}

static void are_equal(struct store *x, struct store *y)
{
	ck_assert_str_eq(facts_of(x).state, facts_of(y).state);
	ck_assert_uint_eq(facts_of(x).digest, facts_of(y).digest);
}

// --- C13

static const char NOTE_FORM[] = "form: place-visit\nversion: %d\ntitle: Visit\n"
				"sections:\n  - id: s\n    title: S\n    fields:\n"
				"      - {id: seen, label: %s, type: text}\n";

static void install(struct store *s, int version, const char *label)
{
	struct install done;
	const char *text = arena_printf(&a, NOTE_FORM, version, label);
	MUST(installed_put(s, &a, text, strlen(text), "visit.yaml", &done, &e));
}

START_TEST(C13_a_role_that_differs_is_a_conflict_and_a_form_that_differs_is_one_too)
{
	struct store *ana = made("c13a.plando", "Hubs");
	struct id team = put(ana, "team", "name", "North");
	struct id member = put(ana, "membership", "team", "");
	struct conflicts open;
	install(ana, 1, "Seen");
	struct store *ben = copy_of(ana, "c13b.plando");
	set(ana, &member, "membership", "role", "lead");
	set(ben, &member, "membership", "role", "data");
	install(ana, 2, "What I saw");
	install(ben, 3, "What we saw");
	bring(ana, ben);
	bring(ben, ana);
	are_equal(ana, ben);
	is_sound(ana);
	is_sound(ben);
	MUST(conflict_list(ana, &a, &open, &e));
	ck_assert_uint_eq(open.count, 2);
	for (size_t i = 0; i < open.count; i++)
		ck_assert(
		    str_equal(open.item[i].field, "role") || str_equal(open.item[i].field, "yaml"));
	ck_assert_str_eq(forms_find(store_forms(ana), "place-visit", NULL)->title,
	    forms_find(store_forms(ben), "place-visit", NULL)->title);
	MUST(record_load(ana, &a, &team, &(struct record){ 0 }, &e));
	store_close(ana);
	store_close(ben);
}
END_TEST

// --- C17

static void refused(struct store *s, const char *path, int code, const char *word)
{
	struct merge_report r;
	struct err e = { 0 };
	struct store_facts before = facts_of(s), after;
	ck_assert_msg(!merge_file(s, path, false, &r, &e), "%s was merged", path);
	ck_assert_msg((int)e.code == code, "%s: %d %s", path, (int)e.code, e.text);
	ck_assert_msg(strstr(e.text, word) != NULL, "%s", e.text);
	after = facts_of(s);
	ck_assert_uint_eq(before.digest, after.digest);
}

START_TEST(C17_a_file_merged_with_itself_its_backup_and_with_what_is_no_copy_of_it)
{
	struct store *s = made("c17.plando", "Hubs"), *empty = made("c17e.plando", "Nothing yet");
	struct store *other = made("c17o.plando", "Schools");
	struct id team = put(s, "team", "name", "North");
	put(other, "team", "name", "Elsewhere");
	struct store *backup = copy_of(s, "c17b.plando");
	set(s, &team, "team", "name", "North and West");
	struct store_facts before = facts_of(s), after;
	size_t n, m;
	char *bytes = test_read(&a, store_path(s), &n);
	bring(s, s);
	bring(s, backup);
	ck_assert_str_eq((after = facts_of(s)).state, before.state);
	char *now = test_read(&a, store_path(s), &m);
	ck_assert(n == m && memcmp(bytes, now, n) == 0);
	refused(s, store_path(empty), ERR_DATA, "\"Nothing yet\"");
	refused(s, store_path(other), ERR_DATA, "\"Hubs\"");
	refused(s, test_folder(), ERR_NOINPUT, "folder");
	refused(s, "/dev/zero", ERR_NOINPUT, "plain file");
	sqlite3 *db;
	const char *foreign = fresh("c17.sqlite");
	ck_assert_int_eq(sqlite3_open(foreign, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "CREATE TABLE t(a)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	refused(s, foreign, ERR_DATA, "another program's database");
	store_close(s);
	store_close(empty);
	store_close(other);
	store_close(backup);
}
END_TEST

// --- F14

// Another program's tables: their mark is not ours, and one of them is missing.
static void open_by_another_version(const char *path)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db,
			     "UPDATE meta SET v=12345 WHERE k='state'; DROP TABLE cell;"
			     "CREATE TABLE cell(ent,fld,val,n,newer)",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
}

// Does the workbook's transaction still hold SQLite's reserved byte, asked by another process?
static void lock_is_held(void *context, size_t file, size_t files, size_t done, size_t of)
{
	(void)files, (void)done, (void)of;
	int *asked = context, status;
	pid_t child = fork();
	if (child == 0) {
		struct flock lock = {
			.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000001, .l_len = 1
		};
		int fd = open(test_path(&a, "mine.plando"), O_RDWR);
		_exit(fd < 0 || fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK);
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(status == 0, "nothing holds the workbook while file %zu is merged", file);
	++*asked;
}

START_TEST(the_workbook_itself_among_the_files_leaves_its_locks_alone)
{
	int asked = 0;
	struct merge_report r[4];
	struct merge_watch watch = { lock_is_held, &asked };
	struct store *mine = made("mine.plando", "Locks"), *other = copy_of(mine, "other.plando");
	put(other, "team", "name", "Lewisham");
	char *linked = fresh("linked.plando");
	ck_assert_int_eq(link(store_path(mine), linked), 0);
	char *same = fresh("same.plando");
	MUST(store_copy(mine, same, &e));
	const char *const files[] = { store_path(mine), linked, same, store_path(other) };
	MUST(merge_files(mine, &a, files, 4, false, &watch, r, &e));
	ck_assert_int_gt(asked, 0);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(r[i].changes, 0);
	ck_assert_int_gt(r[3].changes, 0);
	are_equal(mine, other);
	store_close(mine);
	store_close(other);
}
END_TEST

START_TEST(F14_a_week_of_mixed_versions_adds_to_the_log_only_what_people_wrote)
{
	struct store *old = made("f14.plando", "Hubs");
	struct store *newer = copy_of(old, "f14n.plando");
	const char *path = arena_strdup(&a, store_path(old));
	struct id team = put(old, "team", "name", "North");
	int64_t written = facts_of(old).changes;
	for (int day = 0; day < 7; day++) {
		put(newer, "storyboard", "panels.0a1b2c3d.caption", "One");
		bring(old, newer);
		set(old, &team, "team", "note", arena_printf(&a, "day %d", day));
		written += 2;
		store_close(old);
		open_by_another_version(path);
		old = opened(path);
		ck_assert_int_eq(facts_of(old).changes, written);
		bring(newer, old);
	}
	are_equal(old, newer);
	is_sound(old);
	is_sound(newer);
	store_close(old);
	store_close(newer);
}
END_TEST

// --- backups

static size_t backups(const char **newest)
{
	char collab[ID_TEXT];
	struct store *s = opened(test_path(&a, "b1.plando"));
	struct id id = store_collaborative(s);
	store_close(s);
	id_print(&id, collab);
	const char *folder = arena_printf(&a, "%s/%s/backups", env.state_home, collab);
	DIR *dir = opendir(folder);
	size_t n = 0;
	for (struct dirent *f; dir && (f = readdir(dir));)
		if (f->d_name[0] != '.') {
			n++;
			*newest = arena_printf(&a, "%s/%s", folder, f->d_name);
		}
	if (dir)
		closedir(dir);
	return n;
}

START_TEST(the_first_merge_of_a_day_keeps_the_workbook_as_it_was_ten_of_them)
{
	const char *one = NULL;
	env.state_home = test_path(&a, "state");
	struct store *s = made("b1.plando", "Hubs");
	struct store *other = copy_of(s, "b2.plando");
	struct store_facts before = facts_of(s);
	for (int day = 0; day < 12; day++) {
		for (int i = 0; i < 2; i++) {
			put(other, "team", "name", "North");
			bring(s, other);
		}
		if (day == 0) {
			ck_assert_uint_eq(backups(&one), 1);
			struct store *kept = opened(one);
			ck_assert_str_eq(facts_of(kept).state, before.state);
			store_close(kept);
		}
		world.now += 86400000;
	}
	ck_assert_uint_eq(backups(&one), 10);
	store_close(s);
	store_close(other);
}
END_TEST

START_TEST(an_erasure_takes_backups_and_drafts_with_it)
{
	const char *one = NULL;
	struct redact_report r;
	struct drafts left;
	env.state_home = test_path(&a, "state2");
	struct store *s = made("b1.plando", "Hubs"), *other = copy_of(s, "b2.plando");
	struct id id = put(s, "event", "title", "Zebulon came");
	put(other, "team", "name", "North");
	bring(s, other);
	ck_assert_uint_eq(backups(&one), 1);
	MUST(draft_keep(s,
	    &(struct draft){ .id = id, .kind = "event", .field = "title", .text = "Zebulon again" },
	    &e));
	MUST(store_redact(s, &a, &id, "title", NULL, false, &r, &e));
	ck_assert_uint_eq(backups(&one), 0);
	MUST(draft_list(s, &a, &left, &e));
	ck_assert_uint_eq(left.count, 0);
	is_sound(s);
	store_close(s);
	store_close(other);
}
END_TEST

// Each erasure has a reason of its own: two people who erase the same do not clash over why.
START_TEST(why_it_was_erased_is_kept_and_merges_without_a_conflict)
{
	struct store *one = made("w1.plando", "Hubs"), *two;
	struct redact_report r;
	struct store_facts x, y;
	struct id id = put(one, "event", "title", "Zebulon came");
	two = copy_of(one, "w2.plando");
	REFUSES(ERR_DATA,
	    store_redact(one, &a, &id, "title", "he said that zebulon came", false, &r, &e));
	REFUSES(ERR_DATA, store_redact(one, &a, &id, NULL, "ZEBULON CAME", true, &r, &e));
	MUST(store_redact(one, &a, &id, "title", "a child's name", false, &r, &e));
	MUST(store_redact(two, &a, &id, "title", "the family asked", false, &r, &e));
	bring(one, two);
	bring(two, one);
	MUST(store_facts(one, &x, &e));
	MUST(store_facts(two, &y, &e));
	ck_assert(x.conflicts == 0 && y.conflicts == 0);
	ck_assert_str_eq(x.state, y.state);
	struct history_filter filter = HISTORY_ALL;
	struct history all;
	unsigned reasons = 0;
	filter.id = &id;
	MUST(history_list(two, &a, &filter, &all, &e));
	for (size_t i = 0; i < all.count; i++) {
		reasons += redact_is_reason(all.item[i].field);
		if (redact_is_reason(all.item[i].field))
			REFUSES(ERR_DATA, history_undo(two, &a, all.item[i].cid, NULL, &e));
	}
	ck_assert_uint_eq(reasons, 2);
	is_sound(one);
	is_sound(two);
	store_close(one);
	store_close(two);
}
END_TEST

START_TEST(an_erased_record_that_was_deleted_stays_deleted)
{
	struct store *s = made("e1.plando", "Hubs");
	struct redact_report r;
	struct record gone;
	struct save *v;
	struct id id = put(s, "event", "title", "Zebulon came");
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_delete(v, &id, &e));
	MUST(save_commit(v, NULL, &e));
	MUST(store_redact(s, &a, &id, NULL, "not ours", false, &r, &e));
	MUST(record_load(s, &a, &id, &gone, &e));
	ck_assert(gone.deleted && gone.flag == NULL);
	REFUSES(ERR_NOINPUT, store_redact(s, &a, &id, NULL, NULL, false, &r, &e));
	store_close(s);
}
END_TEST

// --- parcels between computers

START_TEST(a_parcel_carries_what_the_other_computer_lacks_and_the_next_begins_there)
{
	struct env ben = env;
	struct parcel_report r;
	struct parcel_wish for_ben = { .device = "ben-pc" };
	ben.device = "ben-pc";
	ben.author = "Ben";
	struct store *s = made("p1.plando", "Hubs"), *theirs;
	const char *path = fresh("p2.plando"), *first = fresh("p3.plando");
	for (int i = 0; i < 5; i++)
		put(s, "team", "name", "North");
	MUST(store_copy(s, path, &e));
	MUST((theirs = store_open(path, STORE_WRITE, &ben, &e)) != NULL);
	put(theirs, "team", "name", "Ben's");
	bring(s, theirs);
	put(s, "team", "name", "South");
	MUST(store_parcel(s, &for_ben, first, &r, &e));
	ck_assert_int_eq(r.changes, 6 + 1); // all that Ana wrote: no parcel of hers tells more yet
	put(s, "team", "name", "West");
	MUST(store_parcel(s, &for_ben, fresh("p4.plando"), &r, &e));
	ck_assert_int_eq(r.changes, 1);
	ck_assert(r.noted);
	MUST(store_parcel(s, &for_ben, fresh("p5.plando"), &r, &e));
	ck_assert_int_eq(r.changes, 0);
	ck_assert_int_ne(access(test_path(&a, "p5.plando"), F_OK), 0);
	refused(theirs, test_path(&a, "p4.plando"), ERR_DATA, "Ana Silva");
	struct merge_report m;
	MUST(merge_file(theirs, first, false, &m, &e));
	MUST(merge_file(theirs, test_path(&a, "p4.plando"), false, &m, &e));
	are_equal(s, theirs);
	store_close(s);
	store_close(theirs);
}
END_TEST

// --- recover

static void recovered(const char *path, const struct store_facts *before, bool *any)
{
	struct recover_report r;
	struct err why = { 0 };
	const char *to = fresh("saved.plando");
	if (!store_recover(&env, &a, path, to, &r, &why)) {
		ck_assert_msg(why.code == ERR_DATA, "%d: %s", (int)why.code, why.text);
		ck_assert_int_ne(access(to, F_OK), 0);
		return;
	}
	struct store *s = opened(to);
	is_sound(s);
	ck_assert_int_eq(facts_of(s).changes, r.changes);
	int64_t told = r.changes;
	for (size_t i = 0; i < r.losses; i++)
		told += r.loss[i].lost;
	if (!r.strays)
		ck_assert_int_eq(told, before->changes);
	*any = *any || r.changes;
	store_close(s);
}

START_TEST(whatever_page_is_lost_the_rest_is_saved_and_what_is_missing_is_told)
{
	enum { PAGE = 4096 };
	bool any = false;
	struct store *s = made("r1.plando", "Hubs");
	for (int run = 0; run < 12; run++) {
		s->sessions = 0; // as if the program had been closed
		for (int i = 0; i < 12; i++)
			put(s, "event", "note", arena_printf(&a, "%0200d", i));
	}
	struct store_facts before = facts_of(s);
	const char *path = arena_strdup(&a, store_path(s)), *bad = fresh("r2.plando");
	size_t n;
	char *bytes = test_read(&a, path, &n);
	store_close(s);
	for (size_t page = 1; page < n / PAGE; page++) {
		char *copy = arena_copy(&a, bytes, n);
		memset(copy + page * PAGE, 0x5a, PAGE);
		test_write(bad, copy, n);
		recovered(bad, &before, &any);
	}
	ck_assert(any);
	for (size_t cut = PAGE; cut < n; cut += 7 * PAGE + 512) {
		test_write(bad, bytes, cut);
		recovered(bad, &before, &any);
	}
	char *copy = arena_copy(&a, bytes, n);
	memset(copy, 0, 60); // nearly all of the header
	test_write(bad, copy, n);
	any = false;
	recovered(bad, &before, &any);
	ck_assert(any);
}
END_TEST

START_TEST(a_code_that_can_be_read_aloud_tells_copies_apart)
{
	char code[COPY_CODE], other[COPY_CODE];
	store_copy_code(0, code);
	ck_assert_str_eq(code, "0000-0000");
	store_copy_code(UINT64_MAX, code);
	ck_assert_str_eq(code, "ZZZZ-ZZZZ");
	store_copy_code((uint64_t)0x0123456789abcdef, code);
	store_copy_code((uint64_t)0x0123456799abcdef, other);
	ck_assert_str_eq(code, "04HM-ASW9");
	ck_assert_str_ne(code, other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("copies");
	TCase *cases = tcase_create("cases");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_set_timeout(cases, 300);
	tcase_add_test(
	    cases, C13_a_role_that_differs_is_a_conflict_and_a_form_that_differs_is_one_too);
	tcase_add_test(
	    cases, C17_a_file_merged_with_itself_its_backup_and_with_what_is_no_copy_of_it);
	tcase_add_test(cases, the_workbook_itself_among_the_files_leaves_its_locks_alone);
	tcase_add_test(cases, F14_a_week_of_mixed_versions_adds_to_the_log_only_what_people_wrote);
	tcase_add_test(cases, the_first_merge_of_a_day_keeps_the_workbook_as_it_was_ten_of_them);
	tcase_add_test(cases, an_erasure_takes_backups_and_drafts_with_it);
	tcase_add_test(cases, why_it_was_erased_is_kept_and_merges_without_a_conflict);
	tcase_add_test(cases, an_erased_record_that_was_deleted_stays_deleted);
	tcase_add_test(
	    cases, a_parcel_carries_what_the_other_computer_lacks_and_the_next_begins_there);
	tcase_add_test(cases, whatever_page_is_lost_the_rest_is_saved_and_what_is_missing_is_told);
	tcase_add_test(cases, a_code_that_can_be_read_aloud_tells_copies_apart);
	suite_add_tcase(suite, cases);
	return test_run(suite);
}
