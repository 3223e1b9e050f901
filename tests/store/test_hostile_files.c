// SPDX-License-Identifier: MIT
// Whatever somebody calls a workbook is opened as one or refused in words, quickly, and nothing is
// written: not to it, not beside it, not to what it names (F11). The same file offered to a merge
// leaves the good workbook as it was. F4: a flipped bit; F6: a journal that names another file.
#include "../support.h"

#include <plando/hash.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 7 };
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

// ---- a good workbook, to be spoiled

static struct store *opened(const char *path, enum store_mode mode)
{
	struct store *s;
	MUST((s = store_open(path, mode, &env, &e)) != NULL);
	return s;
}

static void add_team(const char *path, const char *name)
{
	struct store *s = opened(path, STORE_WRITE);
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, "team", NULL, &id, &e));
	MUST(save_cell(v, &id, "team", "name", name, &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
}

static char *good(const char *name)
{
	char *path = test_path(&a, name);
	unlink(path);
	unlink(arena_printf(&a, "%s-journal", path));
	MUST(store_create(path, &env, "Example", &e));
	add_team(path, "Child health hubs");
	return path;
}

static char *state_of(const char *path)
{
	struct store_facts facts;
	struct store *s = opened(path, STORE_READ);
	MUST(store_facts(s, &facts, &e));
	store_close(s);
	return arena_strdup(&a, facts.state);
}

static void sql(const char *path, const char *text)
{
	sqlite3 *db;
	char *words = NULL;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, &words) == SQLITE_OK, "%s", words);
	sqlite3_close(db);
}

static void poke(const char *path, size_t at, const void *bytes, size_t n)
{
	size_t length;
	char *text = test_read(&a, path, &length);
	ck_assert_uint_le(at + n, length);
	memcpy(text + at, bytes, n);
	test_write(path, text, length);
}

// ---- hostile ones: each makes a thing and returns its name

static char *plain_text(void)
{
	char *path = test_path(&a, "letter.plando");
	test_write(path, "Dear Ana,\n", 10);
	return path;
}

static char *nothing(void)
{
	char *path = test_path(&a, "empty.plando");
	test_write(path, "", 0);
	return path;
}

static char *folder(void)
{
	char *path = test_path(&a, "folder.plando");
	mkdir(path, 0700);
	return path;
}

static char *fifo(void)
{
	char *path = test_path(&a, "fifo.plando");
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	return path;
}

static char *missing(void)
{
	return test_path(&a, "missing.plando");
}

static char *in_memory(void)
{
	return arena_strdup(&a, ":memory:");
}

static char *an_address(void)
{
	return arena_printf(&a, "file:%s?mode=rwc", test_path(&a, "address.plando"));
}

static char *endless(void)
{
	return arena_strdup(&a, "/dev/zero");
}

static char *cut_short(void)
{
	char *path = good("cut.plando");
	size_t n;
	test_read(&a, path, &n);
	ck_assert_int_eq(truncate(path, (off_t)n / 2), 0);
	return path;
}

static char *cut_in_a_page(void)
{
	char *path = good("cut_page.plando");
	size_t n;
	test_read(&a, path, &n);
	ck_assert_int_eq(truncate(path, (off_t)n - 1000), 0);
	return path;
}

static char *cut_in_the_header(void)
{
	char *path = good("cut_header.plando");
	ck_assert_int_eq(truncate(path, 50), 0);
	return path;
}

static char *padded(void)
{
	char *path = good("padded.plando");
	ck_assert_int_eq(truncate(path, 1 << 24), 0);
	return path;
}

static char *write_ahead(void)
{
	char *path = good("wal.plando");
	poke(path, 18, "\2\2", 2);
	return path;
}

static char *another_program(void)
{
	char *path = good("other_id.plando");
	sql(path, "PRAGMA application_id = 1");
	return path;
}

static char *another_database(void)
{
	char *path = test_path(&a, "notes.plando");
	unlink(path);
	sql(path, "CREATE TABLE note(text)");
	return path;
}

static char *newer(void)
{
	char *path = good("newer.plando");
	sql(path, "UPDATE meta SET v = 99 WHERE k = 'log_format'");
	return path;
}

static char *log_is_a_view(void)
{
	char *path = good("view.plando");
	sql(path,
	    "ALTER TABLE change RENAME TO hidden; CREATE VIEW change AS SELECT * FROM hidden");
	return path;
}

static char *log_has_a_trigger(void)
{
	char *path = good("trigger.plando");
	sql(path, "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM stream; END");
	return path;
}

static char *log_has_one_more_column(void)
{
	char *path = good("column.plando");
	sql(path, "ALTER TABLE change ADD COLUMN more AS (1)");
	return path;
}

static char *log_is_gone(void)
{
	char *path = good("gone.plando");
	sql(path, "DROP TABLE change");
	return path;
}

static const struct {
	char *(*make)(void);
	enum err_code code;
	const char *words; // that a person reads
} HOSTILE[] = {
	{ plain_text, ERR_DATA, "not a plando workbook" },
	{ nothing, ERR_DATA, "empty" },
	{ folder, ERR_NOINPUT, "folder" },
	{ fifo, ERR_NOINPUT, "not a plain file" },
	{ missing, ERR_NOINPUT, "" },
	{ in_memory, ERR_NOINPUT, "" },
	{ an_address, ERR_NOINPUT, "" },
	{ endless, ERR_NOINPUT, "not a plain file" },
	{ cut_short, ERR_DATA, "cut short" },
	{ cut_in_a_page, ERR_DATA, "cut short" },
	{ cut_in_the_header, ERR_DATA, "breaks off in its first bytes" },
	{ padded, ERR_DATA, "padded" },
	{ write_ahead, ERR_DATA, "WAL" },
	{ another_program, ERR_DATA, "another program's database" },
	{ another_database, ERR_DATA, "another program's database" },
	{ newer, ERR_DATA, "newer" },
	{ log_is_a_view, ERR_DATA, "" },
	{ log_has_a_trigger, ERR_DATA, "" },
	{ log_has_one_more_column, ERR_DATA, "" },
	{ log_is_gone, ERR_DATA, "" },
};
enum { HOSTILE_COUNT = sizeof HOSTILE / sizeof HOSTILE[0] };

// ---- what must not change: every name and byte in the folder

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void hash_file(struct hash *h, const char *path)
{
	struct stat st;
	size_t n = 0;
	ck_assert_int_eq(lstat(path, &st), 0);
	hash_u64(h, st.st_mode);
	hash_u64(h, (uint64_t)st.st_mtim.tv_nsec);
	char *bytes = S_ISREG(st.st_mode) ? test_read(&a, path, &n) : NULL;
	hash_blob(h, bytes, n);
}

static char *everything(void)
{
	struct hash h;
	uint8_t sum[32];
	char *hex = arena_alloc(&a, 65);
	struct dirent **entry;
	int count = scandir(test_folder(), &entry, no_dots, alphasort);
	hash_init(&h);
	for (int i = 0; i < count; i++) {
		hash_text(&h, entry[i]->d_name);
		hash_file(&h, test_path(&a, entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
	hash_done(&h, sum);
	hash_hex(sum, sizeof sum, hex);
	return hex;
}

// ---- tests

static void refused(enum store_mode mode, const char *path, enum err_code code, const char *words)
{
	struct err e = { 0 };
	struct store *s = store_open(path, mode, &env, &e);
	ck_assert_msg(s == NULL, "%s was opened", path);
	ck_assert_msg(e.code == code, "%s: code %d: %s", path, (int)e.code, e.text);
	ck_assert_msg(strstr(e.text, words) != NULL, "%s", e.text);
	ck_assert_msg(strstr(e.text, path) != NULL, "it does not say which file: %s", e.text);
}

START_TEST(F11_a_hostile_file_is_refused_in_words_and_nothing_is_written)
{
	char *path = HOSTILE[_i].make();
	char *before = everything();
	refused(STORE_READ, path, HOSTILE[_i].code, HOSTILE[_i].words);
	refused(STORE_WRITE, path, HOSTILE[_i].code, HOSTILE[_i].words);
	ck_assert_str_eq(everything(), before);
	ck_assert_int_ne(access(":memory:", F_OK), 0);
}
END_TEST

START_TEST(F11_a_merge_refuses_a_hostile_file_and_changes_neither)
{
	char *ours = good("ours.plando"), *theirs = HOSTILE[_i].make();
	struct err e = { 0 };
	struct merge_report report;
	struct store *s = opened(ours, STORE_WRITE);
	char *before = everything();
	ck_assert_msg(!merge_file(s, theirs, false, &report, &e), "%s was merged", theirs);
	ck_assert_msg(e.code == HOSTILE[_i].code, "%s: code %d: %s", theirs, (int)e.code, e.text);
	store_close(s);
	ck_assert_str_eq(everything(), before);
}
END_TEST

START_TEST(a_file_without_permission_is_refused)
{
	char *path = good("locked.plando");
	chmod(path, 0);
	if (access(path, R_OK) == 0)
		return; // root may read everything
	refused(STORE_READ, path, ERR_NOPERM, "");
	refused(STORE_WRITE, path, ERR_NOPERM, "");
}
END_TEST

// A journal that claims to be part of a transaction over several files, led by `leader`.
static void plant_journal(const char *workbook, const char *leader)
{
	static const unsigned char magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
	unsigned char bytes[1024] = { 0 };
	size_t n = strlen(leader), end = 512 + 4 + n;
	unsigned sum = 0;
	memcpy(bytes, magic, 8);
	const char *header = test_read(&a, workbook, NULL);
	memcpy(bytes + 16, header + 28, 4); // as many pages as there are: rolling back changes none
	bytes[22] = 2;			    // sectors of 512 bytes
	memcpy(bytes + 26, header + 16, 2); // the size of a page
	memcpy(bytes + 516, leader, n);
	for (size_t i = 0; i < n; i++)
		sum += (unsigned char)leader[i];
	bytes[end + 3] = (unsigned char)n;
	bytes[end + 6] = (unsigned char)(sum >> 8);
	bytes[end + 7] = (unsigned char)sum;
	memcpy(bytes + end + 8, magic, 8);
	test_write(arena_printf(&a, "%s-journal", workbook), (char *)bytes, end + 16);
}

static char *canary(void)
{
	char *path = test_path(&a, "thesis.txt");
	test_write(path, "three years of work", 19);
	return path;
}

START_TEST(F6_plain_sqlite_deletes_what_such_a_journal_names)
{
	char *path = good("victim.plando"), *named = canary();
	plant_journal(path, named);
	sql(path, "SELECT count(*) FROM change");
	ck_assert_int_ne(access(named, F_OK), 0);
}
END_TEST

START_TEST(F6_a_journal_that_names_another_file_is_refused_and_that_file_stays)
{
	char *path = good("victim.plando"), *named = canary();
	plant_journal(path, named);
	char *before = everything();
	refused(STORE_READ, path, ERR_DATA, "journal");
	refused(STORE_WRITE, path, ERR_DATA, "journal");
	ck_assert_str_eq(everything(), before);
}
END_TEST

START_TEST(F6_a_merge_never_touches_what_the_other_files_journal_names)
{
	char *ours = good("ours.plando"), *path = good("victim.plando"), *named = canary();
	plant_journal(path, named);
	struct err e = { 0 };
	struct merge_report report;
	struct store *s = opened(ours, STORE_WRITE);
	merge_file(s, path, false, &report, &e); // taken or refused, both are right
	store_close(s);
	ck_assert_int_eq(access(named, F_OK), 0);
	ck_assert_int_eq(access(arena_printf(&a, "%s-journal", path), F_OK), 0);
}
END_TEST

START_TEST(junk_beside_a_good_workbook_does_no_harm)
{
	char *path = good("beside.plando"), *state = state_of(path);
	test_write(arena_printf(&a, "%s-wal", path), "junk", 4);
	test_write(arena_printf(&a, "%s-shm", path), "junk", 4);
	ck_assert_str_eq(state_of(path), state);
	add_team(path, "Waiting well");
	ck_assert_str_ne(state_of(path), state);
}
END_TEST

// True where the file is refused, or found damaged, or shows what it showed before.
static bool noticed_or_harmless(const char *path, const char *state)
{
	struct err e = { 0 };
	struct store_facts facts;
	struct store_problems problems;
	struct store *s = store_open(path, STORE_READ, &env, &e);
	if (!s)
		return e.code != ERR_NONE;
	bool noticed =
	    !store_check(s, &a, &problems, &e) || problems.count > 0 || !store_facts(s, &facts, &e);
	bool same = !noticed && str_equal(facts.state, state);
	store_close(s);
	return noticed || same;
}

static void flip(const char *path, size_t at, unsigned bit)
{
	size_t n;
	char *bytes = test_read(&a, path, &n);
	char flipped = (char)(bytes[at % n] ^ (char)(1u << bit));
	poke(path, at % n, &flipped, 1);
}

// One bit of each byte, or in a long run each bit.
START_TEST(F4_a_flipped_bit_in_the_header_is_noticed_or_harmless)
{
	char *path = good("flipped.plando"), *state = state_of(path);
	for (int at = _i * 25; at < _i * 25 + 25; at++)
		for (long i = 0; i < long_amount(1, 8); i++) {
			unsigned bit = (unsigned)(at + i) % 8;
			flip(path, (size_t)at, bit);
			ck_assert_msg(noticed_or_harmless(path, state), "byte %d, bit %u", at, bit);
			flip(path, (size_t)at, bit);
		}
	ck_assert_str_eq(state_of(path), state);
}
END_TEST

START_TEST(F4_a_flipped_bit_anywhere_is_noticed_or_harmless)
{
	char *path = good("flipped.plando"), *state = state_of(path);
	struct world chance = { .seed = 20261122 + (uint64_t)_i };
	for (long i = 0; i < long_amount(20, 2000); i++) {
		size_t at = (size_t)(world_next(&chance) >> 16);
		unsigned bit = (unsigned)(world_next(&chance) >> 16) % 8;
		flip(path, at, bit);
		ck_assert_msg(noticed_or_harmless(path, state), "byte %zu, bit %u", at, bit);
		flip(path, at, bit);
	}
	ck_assert_str_eq(state_of(path), state);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("hostile files");
	TCase *t = tcase_create("files");
	tcase_set_timeout(t, (double)long_amount(120, 3600));
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(
	    t, F11_a_hostile_file_is_refused_in_words_and_nothing_is_written, 0, HOSTILE_COUNT);
	tcase_add_loop_test(
	    t, F11_a_merge_refuses_a_hostile_file_and_changes_neither, 0, HOSTILE_COUNT);
	tcase_add_test(t, a_file_without_permission_is_refused);
	tcase_add_test(t, F6_plain_sqlite_deletes_what_such_a_journal_names);
	tcase_add_test(t, F6_a_journal_that_names_another_file_is_refused_and_that_file_stays);
	tcase_add_test(t, F6_a_merge_never_touches_what_the_other_files_journal_names);
	tcase_add_test(t, junk_beside_a_good_workbook_does_no_harm);
	tcase_add_loop_test(t, F4_a_flipped_bit_in_the_header_is_noticed_or_harmless, 0, 4);
	tcase_add_loop_test(t, F4_a_flipped_bit_anywhere_is_noticed_or_harmless, 0, 4);
	suite_add_tcase(s, t);
	return test_run(s);
}
