// SPDX-License-Identifier: MIT
// F6: what a journal beside the workbook may be. Its own, of a save that was killed: rolled back.
// Lost: refused, or whole saves. Another file's: refused in words, and neither file is touched.
// (One that names a further file is in test_hostile_files.c.)
#include "../support.h"
#include "disk.h"
#include "store/file/private.h"

#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;
static const char *path, *journal;
static char *before;
static size_t before_size;

static bool save(const char *name, int teams, struct err *e)
{
	struct arena own = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	struct save *v = s ? save_begin(s, &own, e) : NULL;
	bool ok = v && save_cell(v, &ID_COLLABORATIVE, "collaborative", "name", name, e);
	for (int i = 0; ok && i < teams; i++) {
		struct id id;
		ok = save_new(v, "team", NULL, &id, e) &&
		     save_cell(v, &id, "team", "name", arena_printf(&own, "%s %d", name, i), e);
	}
	ok = ok && save_commit(v, NULL, e);
	store_close(s);
	arena_free(&own);
	return ok;
}

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 81, .tick = 1 };
	env = world_env(&world);
	path = test_path(&a, "hubs.plando");
	journal = test_path(&a, "hubs.plando-journal");
	unlink(path);
	unlink(journal);
	MUST(store_create(path, &env, "Before", &e));
	MUST(save("Before", 20, &e));
	before = test_read(&a, path, &before_size);
	disk_install();
}

static void teardown(void)
{
	arena_free(&a);
}

// A save that is killed before that step. False: it has fewer.
static bool killed_at(long step)
{
	test_write(path, before, before_size);
	unlink(journal);
	pid_t child = fork();
	if (child == 0) {
		struct err err = { 0 };
		disk_fail(step, false, DISK_KILL);
		_exit(save("After", 20, &err) ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	return WIFSIGNALED(status);
}

static bool is_hot(void)
{
	struct stat st;
	return stat(journal, &st) == 0 && st.st_size > 0;
}

// "Before" or "After" of a sound workbook; NULL: refused, or found damaged.
static const char *name_in(void)
{
	struct err err = { 0 };
	struct record r;
	struct store_problems p;
	const char *name = NULL;
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(s || *err.text, "refused without words");
	if (s && store_check(s, &a, &p, &err) && !p.count &&
	    record_load(s, &a, &ID_COLLABORATIVE, &r, &err))
		name = record_get(&r, "name");
	store_close(s);
	return name;
}

START_TEST(F6_its_own_journal_is_rolled_back)
{
	int hot = 0;
	for (long step = 1; killed_at(step); step++) {
		bool was = is_hot();
		const char *name = name_in();
		ck_assert_msg(name && (str_equal(name, "Before") || str_equal(name, "After")),
		    "step %ld", step);
		hot += was && !is_hot();
	}
	ck_assert_int_gt(hot, 3);
}
END_TEST

START_TEST(F6_a_journal_that_was_lost_never_gives_half_a_save)
{
	for (long step = 1; killed_at(step); step++) {
		unlink(journal);
		const char *name = name_in();
		ck_assert_msg(!name || str_equal(name, "Before") || str_equal(name, "After"),
		    "step %ld: %s", step, name);
	}
}
END_TEST

// Whoever is told to open it once can merge it then, whatever the journal that is left looks like.
START_TEST(F6_after_it_was_opened_once_it_can_be_merged)
{
	int left = 0;
	for (long step = 1; killed_at(step); step++) {
		struct private_copy copy;
		ck_assert_ptr_nonnull(name_in());
		left += is_hot();
		MUST(private_open(path, &copy, &e));
		private_close(&copy);
	}
	ck_assert_int_gt(left, 0); // one that was never begun stays until the next save
}
END_TEST

// The journal of a killed save of another workbook, and of this one's past.
START_TEST(F6_another_files_journal_is_refused_and_nothing_is_touched)
{
	size_t n = 0, m, k;
	char *theirs = NULL;
	for (long step = 1; killed_at(step); step++)
		if (is_hot())
			theirs = test_read(&a, journal, &n);
	ck_assert_ptr_nonnull(theirs);
	unlink(path);
	unlink(journal);
	MUST(store_create(path, &env, "Schools", &e));
	for (int i = 0; i < 4 * _i; i++)
		MUST(save(arena_printf(&a, "Schools %d", i), 10, &e));
	char *mine = test_read(&a, path, &m);
	test_write(journal, theirs, n);
	REFUSES(ERR_DATA, store_open(path, STORE_READ, &env, &e));
	REFUSES(ERR_DATA, store_open(path, STORE_WRITE, &env, &e));
	struct err err = { 0 };
	ck_assert(!store_open(path, STORE_WRITE, &env, &err) && strstr(err.text, "-journal"));
	char *now = test_read(&a, path, &k);
	ck_assert(k == m && memcmp(now, mine, m) == 0);
	now = test_read(&a, journal, &k);
	ck_assert(k == n && memcmp(now, theirs, n) == 0);
	ck_assert_int_eq(rename(journal, test_path(&a, "away")), 0);
	ck_assert_ptr_nonnull(name_in());
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("journal");
	TCase *t = tcase_create("journal");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, F6_its_own_journal_is_rolled_back);
	tcase_add_test(t, F6_after_it_was_opened_once_it_can_be_merged);
	tcase_add_test(t, F6_a_journal_that_was_lost_never_gives_half_a_save);
	tcase_add_loop_test(t, F6_another_files_journal_is_refused_and_nothing_is_touched, 0, 3);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
