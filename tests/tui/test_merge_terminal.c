// SPDX-License-Identifier: MIT
// Two people, two copies, two terminals: both edit the same text, one merges the other's copy and
// settles the conflict by keyboard, the other merges back. Then both hold the same.
#include "harness.h"
#include "real.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct harness h; // its world only: no app, no terminal of its own
static struct pty p;

static struct store *open_as(const char *path, struct env *env, const char *author)
{
	struct err why = { 0 };
	*env = h.env;
	env->author = author;
	struct store *s = store_open(path, STORE_WRITE, env, &why);
	ck_assert_msg(s != NULL, "%s", why.text);
	return s;
}

static void edit(const char *path, const char *author, const char *text)
{
	struct env env;
	struct err why = { 0 };
	struct record r;
	struct store *s = open_as(path, &env, author);
	MUST(record_find(s, &h.arena, "pdsa", "All of Tuesday's clinic", &r, &e));
	struct save *v = save_begin(s, &h.arena, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_field(v, &r.id, "pdsa", "what_happened", text, &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
}

static const char *state(const char *path)
{
	struct env env;
	struct store_facts f;
	struct store *s = open_as(path, &env, "Ana Silva");
	MUST(store_facts(s, &f, &e));
	ck_assert_int_eq(f.conflicts, 0);
	store_close(s);
	return arena_strdup(&h.arena, f.state);
}

static void terminal(const char *path)
{
	static const char *const setting[] = { "PLANDO_AUTHOR=Ana Silva", "PLANDO_OUTBOX=off",
		NULL };
	struct pty_start start = { .file = path, .setting = setting, .rows = 24, .cols = 80 };
	pty_open(&p, &start);
	pty_expect(&p, "Child health hubs");
}

// M, the other's file by name, Enter to see, Enter to merge.
static void merge(const char *name)
{
	pty_type(&p, "M");
	pty_expect(&p, "which copies");
	pty_type(&p, name);
	pty_expect(&p, arena_printf(&h.arena, "Name or path %s", name));
	pty_type(&p, "\r");
	pty_expect(&p, "would come in");
	pty_type(&p, "\r");
	pty_expect(&p, "came in");
}

static void leave(void)
{
	pty_send(&p, "\021", 1); // Ctrl-Q
	ck_assert_int_eq(pty_ended(&p), 0);
	pty_close(&p);
}

START_TEST(two_copies_edited_apart_are_merged_and_settled_by_keyboard_and_end_equal)
{
	h.world = (struct world){ .now = 1795356120000, .seed = 7, .tick = 5 };
	h.env = world_env(&h.world);
	const char *ana = test_path(&h.arena, "ana.plando"),
		   *sam = test_path(&h.arena, "sam.plando");
	struct env env;
	MUST(store_create(ana, &h.env, "Capital Children's Collaborative", &e));
	struct store *s = open_as(ana, &env, "Ana Silva");
	harness_world(&h, s);
	MUST(store_copy(s, sam, &e));
	store_close(s);
	edit(ana, "Ana Silva", "Rang 10 families. 7 answered, 6 were glad of it.");
	edit(sam, "Sam Okoro", "Rang 10 families. 7 answered. Two asked for a text instead.");

	terminal(ana);
	merge("sam");
	pty_type(&p, "!");
	pty_expect(&p, "All of Tuesday's clinic");
	pty_type(&p, "\r");
	pty_expect(&p, "Together");
	pty_type(&p, "t");
	pty_expect(&p, "All conflicts are settled");
	leave();

	terminal(sam);
	merge("ana");
	leave();
	ck_assert_str_eq(state(ana), state(sam));
	arena_free(&h.arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("merge_terminal");
	TCase *cases = tcase_create("terminal");
	tcase_set_timeout(cases, 120);
	tcase_add_test(
	    cases, two_copies_edited_apart_are_merged_and_settled_by_keyboard_and_end_equal);
	suite_add_tcase(suite, cases);
	return test_run(suite);
}
