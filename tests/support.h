// SPDX-License-Identifier: MIT
// What every test needs: a world that stands still (time, chance, names), a folder of its own that
// goes when the test ends, and short ways to say "this must work".
#ifndef PLANDO_TESTS_SUPPORT_H
#define PLANDO_TESTS_SUPPORT_H

#include <plando/arena.h>
#include <plando/env.h>
#include <plando/err.h>

#include <check.h>

// A clock that tests set, and random bytes from a seed (splitmix64): equal seeds, equal ids.
struct world {
	int64_t now; // ms
	uint64_t seed;
	int64_t tick; // added to now at every look
};
// Its clock is believed, whatever it says (env.wild_clock).
struct env world_env(
    struct world *w); // author "Ana Silva", device "clinic-laptop", no data or state folder
uint64_t world_next(struct world *w); // the generator itself, for property tests

// A fresh folder under /dev/shm or TMPDIR, removed at exit of the process; lives as long as the
// process.
const char *test_folder(void);
// "FOLDER/name" in the arena.
char *test_path(struct arena *a, const char *name);
// A file of the source tree; one of tests/data/published; and one of what was published but may not
// be passed on: NULL, which is said, where it does not lie beside the source.
char *test_source(struct arena *a, const char *name);
char *test_published(struct arena *a, const char *name);
char *test_unlicensed(struct arena *a, const char *name);
// The bundle that holds the published diagram of the team with that key ("cms"); NULL as above.
char *test_diagram(struct arena *a, const char *team);
char *test_read(struct arena *a, const char *path, size_t *n); // NULL: cannot be read
void test_write(const char *path, const char *text, size_t n);

// How much of something to try: a little in every run, or (PLANDO_LONG=1, ./dev test --long) the
// amount of a night.
long long_amount(long small, long large);
// Which half of the seeds this process tries, so that two cores share a long test: PLANDO_HALF, 0
// or 1.
int test_half(void);

// Nothing can be written below the folder, by root neither, for this process and its children: it
// is a disk mounted read-only in a namespace of their own. False, which is said: not to be had
// here. Then what was there is there again.
bool test_lock_folder(const char *folder);
void test_unlock_folder(const char *folder);

// Runs an expression that takes &e and fails the test with its words.
#define MUST(expr)                                                                                 \
	do {                                                                                       \
		struct err e = { 0 };                                                              \
		ck_assert_msg((expr), "%s: %s", #expr, e.text);                                    \
	} while (0)
// The expression must fail with that code.
#define REFUSES(code_, expr)                                                                       \
	do {                                                                                       \
		struct err e = { 0 };                                                              \
		ck_assert_msg(!(expr), "%s: was not refused", #expr);                              \
		ck_assert_msg(e.code == (code_), "%s: code %d: %s", #expr, (int)e.code, e.text);   \
	} while (0)

// Runs a suite with TAP output; returns main's status.
int test_run(Suite *s);

#endif
