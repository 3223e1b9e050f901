// SPDX-License-Identifier: MIT
// Files read with suspicion, and written whole or not at all.
#include "../support.h"

#include <plando/file.h>

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;

static void give_back(void)
{
	arena_free(&a);
}

static unsigned files_in(const char *path)
{
	unsigned n = 0;
	DIR *dir = opendir(path);
	ck_assert_ptr_nonnull(dir);
	for (struct dirent *d; (d = readdir(dir));)
		n += strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static char *folder(const char *name)
{
	char *path = test_path(&a, name);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	return path;
}

START_TEST(a_file_is_read_whole)
{
	char *path = test_path(&a, "whole"), *text;
	size_t n;
	test_write(path, "a\0b\n", 4);
	MUST(file_read(&a, path, 4, &text, &n, &e));
	ck_assert_uint_eq(n, 4);
	ck_assert_mem_eq(text, "a\0b\n", 5);
	REFUSES(ERR_DATA, file_read(&a, path, 3, &text, &n, &e));
}
END_TEST

START_TEST(what_is_no_ordinary_file_is_refused_without_waiting)
{
	char *text, *pipe = test_path(&a, "pipe");
	size_t n;
	ck_assert_int_eq(mkfifo(pipe, 0600), 0);
	REFUSES(ERR_NOINPUT, file_read(&a, pipe, 100, &text, &n, &e));
	REFUSES(ERR_NOINPUT, file_read(&a, "/dev/zero", 100, &text, &n, &e));
	REFUSES(ERR_NOINPUT, file_read(&a, test_folder(), 100, &text, &n, &e));
	REFUSES(ERR_NOINPUT, file_read(&a, test_path(&a, "nothing"), 100, &text, &n, &e));
	REFUSES(ERR_NOINPUT, file_read(&a, test_path(&a, "pipe/x"), 100, &text, &n, &e));
}
END_TEST

START_TEST(an_output_file_is_private_and_has_its_name_only_when_whole)
{
	char *where = folder("out"), *path = test_path(&a, "out/a.txt");
	struct file_out f;
	struct stat st;
	MUST(file_begin(&f, &a, path, &e));
	fputs("half", f.stream);
	fflush(f.stream);
	ck_assert_int_ne(access(path, F_OK), 0);
	MUST(file_commit(&f, &e));
	file_abandon(&f);
	ck_assert_str_eq(test_read(&a, path, NULL), "half");
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	ck_assert_uint_eq(files_in(where), 1);
}
END_TEST

START_TEST(bytes_become_a_file_whole_or_not_at_all)
{
	char *where = folder("written"), *path = test_path(&a, "written/a.txt");
	MUST(file_write(&a, path, "one", 3, &e));
	MUST(file_write(&a, path, "two\0", 4, &e));
	size_t n;
	const char *text = test_read(&a, path, &n);
	ck_assert_uint_eq(n, 4);
	ck_assert_mem_eq(text, "two\0", 4);
	REFUSES(ERR_CANTCREAT, file_write(&a, where, "three", 5, &e));
	ck_assert_uint_eq(files_in(where), 1);
}
END_TEST

START_TEST(what_is_thrown_away_leaves_the_old_file_and_no_trace)
{
	char *where = folder("old"), *path = test_path(&a, "old/a.txt");
	struct file_out f;
	test_write(path, "old", 3);
	MUST(file_begin(&f, &a, path, &e));
	fputs("new", f.stream);
	file_abandon(&f);
	ck_assert_str_eq(test_read(&a, path, NULL), "old");
	ck_assert_uint_eq(files_in(where), 1);
}
END_TEST

START_TEST(permissions_that_somebody_set_are_kept)
{
	char *path = test_path(&a, "wide.txt");
	struct file_out f;
	struct stat st;
	test_write(path, "old", 3);
	chmod(path, 0664);
	MUST(file_begin(&f, &a, path, &e));
	fputs("new", f.stream);
	MUST(file_commit(&f, &e));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0664);
	ck_assert_str_eq(test_read(&a, path, NULL), "new");
}
END_TEST

START_TEST(a_link_stays_a_link_and_the_file_behind_it_is_replaced)
{
	char *path = test_path(&a, "real.txt"), *link = test_path(&a, "link.txt");
	struct file_out f;
	struct stat st;
	test_write(path, "old", 3);
	ck_assert_int_eq(symlink(path, link), 0);
	MUST(file_begin(&f, &a, link, &e));
	fputs("new", f.stream);
	MUST(file_commit(&f, &e));
	ck_assert_int_eq(lstat(link, &st), 0);
	ck_assert(S_ISLNK(st.st_mode));
	ck_assert_str_eq(test_read(&a, path, NULL), "new");
}
END_TEST

START_TEST(a_full_device_is_told_and_stays_a_device)
{
	struct file_out f;
	struct stat st;
	if (stat("/dev/full", &st) != 0)
		return;
	MUST(file_begin(&f, &a, "/dev/full", &e));
	fputs("new", f.stream);
	REFUSES(ERR_IO, file_commit(&f, &e));
	ck_assert_int_eq(stat("/dev/full", &st), 0);
	ck_assert(S_ISCHR(st.st_mode));
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_cannot_create)
{
	struct file_out f;
	struct file_folder d;
	REFUSES(ERR_CANTCREAT, file_begin(&f, &a, test_path(&a, "nowhere/a.txt"), &e));
	REFUSES(ERR_CANTCREAT, file_begin(&f, &a, test_folder(), &e));
	REFUSES(ERR_CANTCREAT, file_folder_begin(&d, &a, test_path(&a, "nowhere/d"), &e));
	test_write(test_path(&a, "plain"), "x", 1);
	REFUSES(ERR_CANTCREAT, file_folder_begin(&d, &a, test_path(&a, "plain"), &e));
}
END_TEST

START_TEST(a_folder_comes_whole_or_not_at_all)
{
	char *where = folder("folders");
	struct file_folder d;
	MUST(file_folder_begin(&d, &a, test_path(&a, "folders/new/"), &e));
	test_write(arena_printf(&a, "%s/a", d.making.temp), "x", 1);
	file_folder_abandon(&d);
	ck_assert_uint_eq(files_in(where), 0);

	MUST(file_folder_begin(&d, &a, test_path(&a, "folders/new/"), &e));
	test_write(arena_printf(&a, "%s/a", d.making.temp), "x", 1);
	MUST(file_folder_commit(&d, &e));
	file_folder_abandon(&d);
	ck_assert_str_eq(test_read(&a, test_path(&a, "folders/new/a"), NULL), "x");

	MUST(file_folder_begin(&d, &a, test_path(&a, "folders/new"), &e));
	test_write(arena_printf(&a, "%s/b", d.making.temp), "y", 1);
	REFUSES(ERR_CANTCREAT, file_folder_commit(&d, &e));
	file_folder_abandon(&d);
	ck_assert_uint_eq(files_in(where), 1);
	ck_assert_int_ne(access(test_path(&a, "folders/new/b"), F_OK), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("file");
	TCase *t = tcase_create("file");
	tcase_add_checked_fixture(t, NULL, give_back);
	tcase_add_test(t, a_file_is_read_whole);
	tcase_add_test(t, what_is_no_ordinary_file_is_refused_without_waiting);
	tcase_add_test(t, an_output_file_is_private_and_has_its_name_only_when_whole);
	tcase_add_test(t, bytes_become_a_file_whole_or_not_at_all);
	tcase_add_test(t, what_is_thrown_away_leaves_the_old_file_and_no_trace);
	tcase_add_test(t, permissions_that_somebody_set_are_kept);
	tcase_add_test(t, a_link_stays_a_link_and_the_file_behind_it_is_replaced);
	tcase_add_test(t, a_full_device_is_told_and_stays_a_device);
	tcase_add_test(t, a_place_that_cannot_be_written_is_cannot_create);
	tcase_add_test(t, a_folder_comes_whole_or_not_at_all);
	suite_add_tcase(s, t);
	return test_run(s);
}
