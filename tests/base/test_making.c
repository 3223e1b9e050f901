// SPDX-License-Identifier: MIT
// What is in the making, and what a killed process leaves of it.
#include "../support.h"

#include <plando/file.h>
#include <plando/str.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static const char *folder;

static void setup(void)
{
	folder = test_path(&a, arena_printf(&a, "making-%d", (int)getpid()));
	ck_assert_int_eq(mkdir(folder, 0700), 0);
}

static void teardown(void)
{
	arena_free(&a);
}

static const char *in(const char *name)
{
	return arena_printf(&a, "%s/%s", folder, name);
}

static int entries(void)
{
	int n = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *f; (f = readdir(dir));)
		n += !str_equal(f->d_name, ".") && !str_equal(f->d_name, "..");
	closedir(dir);
	return n;
}

// A process begins it, fills it, and is killed.
static void killed_at(bool (*begin)(struct making *m, const char *place), const char *name)
{
	pid_t child = fork();
	if (child == 0) {
		struct making m;
		if (begin(&m, in(name))) {
			const char *beside = begin == making_folder ? "/a" : "-journal";
			test_write(arena_printf(&a, "%s%s", m.temp, beside), "half", 4);
		}
		kill(getpid(), SIGKILL);
	}
	waitpid(child, NULL, 0);
}

START_TEST(what_a_killed_process_left_goes_when_the_next_is_begun_under_that_name)
{
	bool (*begin)(struct making * m, const char *place) = _i ? making_folder : making_file;
	struct making m;
	killed_at(begin, "out.plando");
	ck_assert_int_eq(entries(), _i ? 1 : 2);
	ck_assert(begin(&m, in("another.plando")));
	ck_assert_int_eq(entries(), _i ? 2 : 3);
	making_abandon(&m);
	ck_assert(begin(&m, in("out.plando")));
	ck_assert_int_eq(entries(), 1);
	making_abandon(&m);
	ck_assert_int_eq(entries(), 0);
}
END_TEST

START_TEST(what_somebody_works_on_stays_and_takes_its_name)
{
	struct making one, two;
	ck_assert(making_file(&one, in("out.csv")) && making_file(&two, in("out.csv")));
	making_tidy(folder, "");
	ck_assert_int_eq(entries(), 2);
	ck_assert(write(one.held, "one", 3) == 3 && write(two.held, "two", 3) == 3);
	ck_assert(making_done(&two, in("out.csv"), true));
	ck_assert(!making_done(&one, in("out.csv"), true));
	ck_assert_int_eq(errno, EEXIST);
	ck_assert_int_eq(entries(), 1);
	ck_assert_str_eq(test_read(&a, in("out.csv"), NULL), "two");
}
END_TEST

// As it must look when it is not held: the name, the kind, one name only.
START_TEST(what_is_not_provably_left_by_plando_stays)
{
	static const char *const names[] = { ".out.csv.tmp", ".out.csv.abc.tmp",
		".out.csv.abcdef.tmp.bak", "out.csv.abcdef.tmp", ".out.csv.abc-ef.tmp" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		test_write(in(names[i]), "theirs", 6);
	test_write(in("kept"), "theirs", 6);
	ck_assert_int_eq(link(in("kept"), in(".out.csv.abcdef.tmp")), 0);
	ck_assert_int_eq(symlink("kept", in(".out.csv.abcdeg.tmp")), 0);
	int before = entries();
	making_tidy(folder, "");
	ck_assert_int_eq(entries(), before);
}
END_TEST

START_TEST(a_name_as_long_as_a_disk_takes_is_made)
{
	struct making m;
	char name[256] = "";
	for (size_t i = 0; i < 255; i += 3)
		memcpy(name + i, "\xe2\x82\xac", 3);
	ck_assert(making_file(&m, in(name)));
	ck_assert(making_done(&m, in(name), true));
	ck_assert_int_eq(access(in(name), F_OK), 0);
	ck_assert_int_eq(entries(), 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("making");
	TCase *t = tcase_create("making");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(
	    t, what_a_killed_process_left_goes_when_the_next_is_begun_under_that_name, 0, 2);
	tcase_add_test(t, what_somebody_works_on_stays_and_takes_its_name);
	tcase_add_test(t, what_is_not_provably_left_by_plando_stays);
	tcase_add_test(t, a_name_as_long_as_a_disk_takes_is_made);
	suite_add_tcase(s, t);
	return test_run(s);
}
