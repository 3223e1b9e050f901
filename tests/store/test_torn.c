// SPDX-License-Identifier: MIT
// Copies that tools tore. F3: cut at every 512 bytes; pages of two versions of one workbook mixed.
// F4: one bit flipped, each bit of the first pages and others by chance. Such a copy is refused, or
// what comes out of it is whole saves, word by word as they were written, and none without those
// before it. PLANDO_LONG=1 sets the amounts of a night.
#include "../support.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAVES = 12, PAGE = 4096, HEADER = 100 };

static struct arena a;
static struct world world;
static struct env env;
static const char *path, *torn;
static char *base, *version[SAVES + 1]; // the workbook after so many saves
static size_t base_size, size[SAVES + 1];

static const char *note_of(int i)
{
	return arena_printf(&a, "Save %d %0*d", i, 300 * (i % 4 + 1), i);
}

static void save(int i)
{
	struct err err = { 0 };
	struct id id;
	struct store *s = store_open(torn, STORE_WRITE, &env, &err);
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, "event", NULL, &id, &e));
	MUST(save_cell(v, &id, "event", "title", arena_printf(&a, "Save %d", i), &e));
	MUST(save_cell(v, &id, "event", "note", note_of(i), &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
}

static void setup(void)
{
	struct err err = { 0 };
	world = (struct world){ .now = 1795600000000, .seed = 71, .tick = 1 };
	env = world_env(&world);
	path = test_path(&a, "whole.plando");
	torn = test_path(&a, "torn.plando");
	unlink(path);
	unlink(torn);
	MUST(store_create(path, &env, "Hubs", &e));
	struct store *s = store_open(path, STORE_READ, &env, &err);
	MUST(store_copy(s, torn, &e));
	store_close(s);
	base = test_read(&a, path, &base_size);
	for (int i = 0; i <= SAVES; i++) {
		if (i)
			save(i);
		version[i] = test_read(&a, torn, &size[i]);
	}
}

static void teardown(void)
{
	arena_free(&a);
}

// Whole saves, each as it was written, and none without those before it. Returns how many.
static int saves_in(const char *file, const char *what)
{
	struct err err = { 0 };
	struct store_problems p;
	struct arena_mark mark = arena_mark(&a);
	int have = 0, gap = 0;
	struct store *s = store_open(file, STORE_READ, &env, &err);
	ck_assert_msg(s != NULL, "%s: %s", what, err.text);
	MUST(store_check(s, &a, &p, &e));
	ck_assert_msg(!p.count, "%s: %s", what, p.count ? p.line[0] : "");
	struct records all;
	MUST(record_list(s, &a, "event", NULL, &all, &e));
	for (int i = 1; i <= SAVES; i++) {
		const char *title = arena_printf(&a, "Save %d", i);
		int found = 0;
		for (size_t k = 0; k < all.count; k++) {
			if (!str_equal(record_get(&all.item[k], "title"), title))
				continue;
			found++;
			ck_assert_msg(str_equal(record_get(&all.item[k], "note"), note_of(i)),
			    "%s: save %d came over wrong", what, i);
		}
		ck_assert_msg(
		    found <= 1 && !(found && gap), "%s: save %d without those before it", what, i);
		have += found;
		gap = !found;
	}
	ck_assert_msg((size_t)have == all.count, "%s: there is what nobody wrote", what);
	store_close(s);
	arena_release(&a, mark);
	return have;
}

static void stands_untouched(const char *what)
{
	size_t n;
	struct arena_mark mark = arena_mark(&a);
	const char *now = test_read(&a, path, &n);
	ck_assert_msg(n == base_size && memcmp(now, base, n) == 0,
	    "%s: refused, and the workbook was written to", what);
	arena_release(&a, mark);
}

// Merges what lies at `torn` into the workbook as it was at the beginning. -1: refused.
static int merged(const char *what)
{
	struct merge_report r;
	struct err err = { 0 };
	static bool written = true;
	if (written)
		test_write(path, base, base_size);
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	bool ok = merge_file(s, torn, false, &r, &err);
	store_close(s);
	ck_assert_msg(ok || (err.code && *err.text), "%s: no words", what);
	written = ok && r.changes;
	if (!ok)
		stands_untouched(what);
	return ok ? saves_in(path, what) : -1;
}

START_TEST(F3_a_copy_cut_at_any_512_bytes_is_refused_or_gives_whole_saves)
{
	const size_t n = size[SAVES];
	for (size_t cut = 0; cut < n; cut += 512) {
		test_write(torn, version[SAVES], cut);
		ck_assert_int_eq(merged(arena_printf(&a, "cut at %zu", cut)), -1);
	}
	// A tool that says in the header that it was meant so.
	for (size_t cut = PAGE; cut < n; cut += PAGE) {
		char *copy = arena_copy(&a, version[SAVES], cut);
		for (int i = 0; i < 4; i++)
			copy[28 + i] = (char)(cut / PAGE >> (24 - 8 * i));
		test_write(torn, copy, cut);
		merged(arena_printf(&a, "%zu pages", cut / PAGE));
	}
	test_write(torn, version[SAVES], n);
	ck_assert_int_eq(merged("whole"), SAVES);
}
END_TEST

START_TEST(F3_pages_of_two_versions_mixed_are_refused_or_give_whole_saves)
{
	int runs = (int)long_amount(40, 2500), taken = 0;
	struct world chance = { .seed = 1000 + (uint64_t)_i };
	for (int run = 0; run < runs; run++) {
		struct arena_mark mark = arena_mark(&a);
		size_t old = world_next(&chance) % SAVES,
		       new = old + 1 + world_next(&chance) % (SAVES - old),
		       n = size[world_next(&chance) % 4 ? new : old];
		char *copy = arena_alloc(&a, n);
		// All but few pages of one of them, or each by chance.
		unsigned few = world_next(&chance) % 2 ? 2 : 8 + (unsigned)(n / PAGE);
		bool newer = world_next(&chance) % 2;
		for (size_t at = 0; at < n; at += PAGE) {
			bool other = world_next(&chance) % few == 0;
			size_t from = (newer != other) ? new : old;
			if (at >= size[from])
				from = size[new] > at ? new : old;
			memcpy(copy + at, version[from] + at, PAGE);
		}
		test_write(torn, copy, n);
		taken += merged(arena_printf(
			     &a, "seed %d, mix %d of saves %zu and %zu", _i, run, old, new)) >= 0;
		arena_release(&a, mark);
	}
	ck_assert_int_lt(taken, runs);
}
END_TEST

static void flipped(size_t at, unsigned bit)
{
	struct arena_mark mark = arena_mark(&a);
	const char *what = arena_printf(&a, "byte %zu, bit %u", at, bit);
	version[SAVES][at] = (char)(version[SAVES][at] ^ (char)(1u << bit));
	test_write(torn, version[SAVES], size[SAVES]);
	version[SAVES][at] = (char)(version[SAVES][at] ^ (char)(1u << bit));
	int have = merged(what);
	ck_assert_msg(have == -1 || have == SAVES, "%s: %d saves", what, have);
	arena_release(&a, mark);
}

// A short run: the file's header. A long one: the first three pages.
START_TEST(F4_a_copy_with_any_bit_of_its_head_flipped_is_refused_or_brings_the_same)
{
	size_t head = (size_t)long_amount(HEADER, 3L * PAGE);
	for (size_t at = (size_t)_i; at < head; at += 4)
		for (unsigned bit = 0; bit < 8; bit++)
			flipped(at, bit);
}
END_TEST

START_TEST(F4_a_copy_with_any_bit_flipped_is_refused_or_brings_the_same)
{
	struct world chance = { .seed = 2000 + (uint64_t)_i };
	for (long i = 0, n = long_amount(40, 25000); i < n; i++)
		flipped(world_next(&chance) % size[SAVES], (unsigned)(world_next(&chance) % 8));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("torn");
	TCase *t = tcase_create("torn");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, F3_a_copy_cut_at_any_512_bytes_is_refused_or_gives_whole_saves);
	tcase_add_loop_test(
	    t, F3_pages_of_two_versions_mixed_are_refused_or_give_whole_saves, 0, 4);
	tcase_add_loop_test(
	    t, F4_a_copy_with_any_bit_of_its_head_flipped_is_refused_or_brings_the_same, 0, 4);
	tcase_add_loop_test(t, F4_a_copy_with_any_bit_flipped_is_refused_or_brings_the_same, 0, 4);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
