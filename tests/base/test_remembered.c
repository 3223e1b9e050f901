// SPDX-License-Identifier: MIT
// What this computer remembers: a line a key, each kept by itself.
#include "../support.h"

#include <plando/file.h>
#include <plando/remembered.h>

#include <string.h>

static struct arena a;

static void give_back(void)
{
	arena_free(&a);
}

START_TEST(a_value_is_kept_changed_and_forgotten_beside_others)
{
	const char *path = test_path(&a, "deep/settings");
	ck_assert_ptr_null(remembered_get(&a, path, "braille"));
	MUST(remembered_put(path, "braille", "on", &e));
	MUST(remembered_put(path, "braille cells", "8", &e));
	MUST(remembered_put(path, "braille", "off", &e));
	ck_assert_str_eq(remembered_get(&a, path, "braille"), "off");
	ck_assert_str_eq(remembered_get(&a, path, "braille cells"), "8");
	MUST(remembered_put(path, "braille", NULL, &e));
	ck_assert_ptr_null(remembered_get(&a, path, "braille"));
	ck_assert_str_eq(remembered_get(&a, path, "braille cells"), "8");
}
END_TEST

START_TEST(what_would_break_the_lines_is_refused_and_nothing_is_lost)
{
	const char *path = test_path(&a, "kept");
	MUST(remembered_put(path, "key", "value", &e));
	REFUSES(ERR_DATA, remembered_put(path, "key", "two\nlines", &e));
	REFUSES(ERR_DATA, remembered_put(path, "a\ttab", "value", &e));
	REFUSES(ERR_UNAVAILABLE, remembered_put(NULL, "key", "value", &e));
	ck_assert_str_eq(remembered_get(&a, path, "key"), "value");
	ck_assert_ptr_null(remembered_get(&a, NULL, "key"));
}
END_TEST

// A file that is no text is none; the next thing to be remembered begins it anew.
START_TEST(a_file_that_is_no_text_holds_nothing)
{
	const char *path = test_path(&a, "spoiled");
	MUST(file_write(&a, path, "key\tva\xff\xfe\n", 9, &e));
	ck_assert_ptr_null(remembered_get(&a, path, "key"));
	MUST(remembered_put(path, "key", "value", &e));
	ck_assert_str_eq(remembered_get(&a, path, "key"), "value");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("base-remembered");
	TCase *t = tcase_create("remembered");
	tcase_add_checked_fixture(t, NULL, give_back);
	tcase_add_test(t, a_value_is_kept_changed_and_forgotten_beside_others);
	tcase_add_test(t, what_would_break_the_lines_is_refused_and_nothing_is_lost);
	tcase_add_test(t, a_file_that_is_no_text_holds_nothing);
	suite_add_tcase(s, t);
	return test_run(s);
}
