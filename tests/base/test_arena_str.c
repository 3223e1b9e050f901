// SPDX-License-Identifier: MIT
// Memory that goes all at once, growing strings, errors in words (arena.h, str.h, err.h).
#include "../support.h"

#include <plando/str.h>

#include <errno.h>
#include <stdint.h>
#include <string.h>

static struct arena a;

static void teardown(void)
{
	arena_free(&a);
}

START_TEST(memory_is_zeroed_and_aligned_also_after_release)
{
	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		struct arena_mark mark = arena_mark(&a);
		for (int again = 0; again < 2; again++) {
			unsigned char *p = arena_alloc(&a, size);
			ck_assert_uint_eq((uintptr_t)p % 16, 0);
			for (size_t i = 0; i < size; i++)
				if (p[i])
					ck_abort_msg("byte %zu of %zu", i, size);
			memset(p, 0xaa, size);
			arena_release(&a, mark);
		}
	}
}
END_TEST

START_TEST(what_cannot_be_had_is_null)
{
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX));
	ck_assert_ptr_null(arena_array(&a, SIZE_MAX / 2, 4));
	ck_assert_ptr_null(arena_strdup(&a, NULL));
}
END_TEST

START_TEST(release_keeps_what_was_before_the_mark)
{
	char *kept = arena_strdup(&a, "kept");
	size_t before = a.total;
	struct arena_mark mark = arena_mark(&a);
	for (int i = 0; i < 100; i++)
		ck_assert_ptr_nonnull(arena_alloc(&a, 5000));
	ck_assert_uint_gt(a.total, before);
	arena_release(&a, mark);
	ck_assert_uint_eq(a.total, before);
	ck_assert_str_eq(kept, "kept");
}
END_TEST

START_TEST(arrays_grow_and_keep_their_items)
{
	void *items = NULL;
	size_t cap = 0;
	for (size_t i = 0; i < 1000; i++) {
		ck_assert(arena_grow(&a, &items, i, &cap, sizeof(size_t)));
		((size_t *)items)[i] = i;
	}
	for (size_t i = 0; i < 1000; i++)
		ck_assert_uint_eq(((size_t *)items)[i], i);
}
END_TEST

START_TEST(strings_grow_and_stay_terminated)
{
	struct str s = STR_IN(&a);
	ck_assert_str_eq(str_done(&s), "");
	str_add(&s, NULL);
	str_add(&s, "ab");
	str_add_char(&s, 'c');
	str_add_times(&s, "-+", 100);
	str_printf(&s, "%d", 42);
	ck_assert_uint_eq(s.length, 3 + 200 + 2);
	ck_assert_uint_eq(strlen(str_done(&s)), s.length);
	s.failed = true;
	str_add(&s, "x");
	ck_assert_ptr_null(str_done(&s));
}
END_TEST

START_TEST(strings_compare_as_people_expect)
{
	ck_assert(str_equal(NULL, NULL) && !str_equal(NULL, "") && str_equal("a", "a"));
	ck_assert(str_empty(NULL) && str_empty("") && !str_empty(" "));
	ck_assert(str_starts("plan", "pl") && !str_starts("p", "pl") && !str_starts(NULL, "p"));
	ck_assert_uint_eq(str_distance("objectve", "objective"), 1);
	ck_assert_uint_eq(str_distance("", "abc"), 3);
	ck_assert_uint_eq(str_distance("kitten", "sitting"), 3);
}
END_TEST

START_TEST(errors_name_place_cause_and_remedy)
{
	struct err e = { 0 };
	ck_assert(!err_set(&e, ERR_DATA, "no such field '%s'", "objectve"));
	ck_assert(!err_place(&e, "a.yaml", 3, 7));
	ck_assert_str_eq(e.text, "a.yaml:3:7: no such field 'objectve'");
	ck_assert_int_eq(e.code, ERR_DATA);
	errno = ENOSPC;
	ck_assert(!err_errno(&e, "w.plando", "save"));
	ck_assert_str_eq(
	    e.text, "w.plando: cannot save: the disk is full; make room and try again");
	ck_assert_int_eq(e.code, ERR_IO);
	ck_assert(!err_memory(&e));
	ck_assert_int_eq(e.code, ERR_MEMORY);
	ck_assert(!err_set(NULL, ERR_DATA, "x"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("arena_str");
	TCase *c = tcase_create("arena_str");
	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, memory_is_zeroed_and_aligned_also_after_release);
	tcase_add_test(c, what_cannot_be_had_is_null);
	tcase_add_test(c, release_keeps_what_was_before_the_mark);
	tcase_add_test(c, arrays_grow_and_keep_their_items);
	tcase_add_test(c, strings_grow_and_stay_terminated);
	tcase_add_test(c, strings_compare_as_people_expect);
	tcase_add_test(c, errors_name_place_cause_and_remedy);
	suite_add_tcase(s, c);
	return test_run(s);
}
