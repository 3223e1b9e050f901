// SPDX-License-Identifier: MIT
// What an outline and a sheet become, and two diagrams compared.
#include "../support.h"

#include <plando/driver_plan.h>
#include <plando/str.h>

#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct world world;
static struct env env;
static struct store *store;
static struct id team;
static struct driver_diagram d;
static struct driver_plan plan;

static void begin(void)
{
	struct err why = { 0 };
	world = (struct world){ .now = 1795600000000, .seed = 3, .tick = 1 };
	env = world_env(&world);
	const char *path = test_path(&arena, "plan.plando");
	unlink(path);
	MUST(store_create(path, &env, "Collaborative", &e));
	store = store_open(path, STORE_WRITE, &env, &why);
	ck_assert_msg(store != NULL, "%s", why.text);
	struct save *v = save_begin(store, &arena, &why);
	ck_assert(v && save_new(v, "team", NULL, &team, &why) &&
		  save_cell(v, &team, "team", "name", "Hubs", &why) && save_commit(v, NULL, &why));
	MUST(driver_load(store, &arena, &team, &d, &e));
}

static void end(void)
{
	store_close(store);
	arena_free(&arena);
}

static void outline(const char *text)
{
	MUST(plan_outline(&arena, &d, 0, text, strlen(text), &plan, &e));
}

static void sheet(const char *text)
{
	MUST(plan_csv(&arena, &d, text, strlen(text), "x.csv", 0, &plan, &e));
}

static void save(void)
{
	struct err why = { 0 };
	struct save *v = save_begin(store, &arena, &why);
	ck_assert_msg(
	    v && plan_save(v, store, &arena, &d, &plan, NULL, &why) && save_commit(v, NULL, &why),
	    "%s", why.text);
	MUST(driver_load(store, &arena, &team, &d, &e));
}

// "P1<A S1<P1~ …" in reading order.
static const char *shape(void)
{
	struct str s = STR_IN(&arena);
	for (size_t i = 1; i < d.count; i++) {
		if (d.node[i].archived)
			continue;
		str_printf(&s, "%s%s", s.length ? " " : "", d.node[i].code);
		for (size_t j = 0; j < d.node[i].parent_count; j++)
			str_printf(&s, "%s%s%s", j ? "," : "<",
			    d.node[d.node[i].parents[j].node].code,
			    d.node[i].parents[j].weak ? "~" : "");
	}
	return str_done(&s);
}

START_TEST(steps_to_the_right_are_levels_whatever_marks_them)
{
	static const char *const SAME[] = { "a\n b\n  c\nd\n", "a\r\n\tb\r\n\t\tc\r\nd",
		"- a\n    * b\n        1. c\n- d\n",
		"├─ P1 a\n│  └─ S1 b\n│     └─ C1 c\n└─ P2 d\n", "P: a\nS: b\nC: c\nP: d\n",
		"Aim Wait less\n  a\n    b\n      c\n  d\n" };
	for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
		outline(SAME[i]);
		ck_assert_uint_eq(plan.count, 4);
		for (size_t j = 0; j < 4; j++) {
			ck_assert_int_eq((int)plan.item[j].level, j == 3 ? 1 : (int)j + 1);
			ck_assert_uint_eq(plan.item[j].feed[0].item, j % 3 ? j - 1 : DRIVER_NONE);
			ck_assert_int_eq(plan.item[j].text[0], "abcd"[j]);
		}
	}
}
END_TEST

START_TEST(any_text_is_an_outline_or_is_refused)
{
	struct world w = { .seed = 9 };
	static const char *const PART[] = { " ", "\t", "\n", "a", "P1 ", "C: ", "- ", "│", "(weak)",
		"\xc3\xa9", "1. ", "Aim " };
	for (int round = 0; round < 3000; round++) {
		struct str s = STR_IN(&arena);
		struct err e = { 0 };
		for (size_t n = world_next(&w) % 24; n; n--)
			str_add(&s, PART[world_next(&w) % 12]);
		const char *text = str_done(&s);
		if (!plan_outline(&arena, &d, 0, text, strlen(text), &plan, &e))
			continue;
		for (size_t i = 0; i < plan.count; i++) {
			size_t above = plan.item[i].feed[0].item;
			ck_assert(above == DRIVER_NONE ||
				  (above < i && plan.item[above].level < plan.item[i].level));
			ck_assert_uint_gt(strlen(plan.item[i].text), 0);
		}
	}
	REFUSES(ERR_DATA, plan_outline(&arena, &d, 0, "\xff", 1, &plan, &e));
}
END_TEST

static const char *id_of(const char *code)
{
	char *text = arena_alloc(&arena, ID_TEXT);
	for (size_t i = 0; i < d.count; i++)
		if (str_equal(d.node[i].code, code))
			id_print(&d.node[i].id, text);
	return text;
}

START_TEST(a_row_with_an_id_changes_its_box_and_its_links)
{
	outline("a\n b\n  c\nd\n");
	save();
	ck_assert_str_eq(shape(), "P1<A S1<P1 C1<S1 P2<A");
	sheet(arena_printf(&arena,
	    "code,type,text,feeds,id\nC1,idea,c changed,P2 (weak),%s\n,idea,new,S1;P2,\n",
	    id_of("C1")));
	ck_assert_uint_eq(plan.changed, 1);
	save();
	ck_assert_str_eq(shape(), "P1<A S1<P1 C1<S1,P2 P2<A C2<P2~");
	ck_assert_str_eq(d.node[5].text, "c changed");
	sheet(arena_printf(&arena, "type,text,id\nidea,again,%s\n", id_of("C2")));
	save(); // no column feeds: links stay
	ck_assert_str_eq(shape(), "P1<A S1<P1 C1<S1,P2 P2<A C2<P2~");
}
END_TEST

START_TEST(what_was_added_moved_reworded_and_retired_is_told)
{
	struct driver_diagram before;
	struct driver_diff diff;
	outline("a\n b\n  c\n  e\nd\n");
	save();
	before = d;
	sheet(
	    arena_printf(&arena, "type,text,feeds,id\nidea,c2,P2,%s\nidea,new,S1,\n", id_of("C1")));
	save();
	struct err why = { 0 };
	struct save *v = save_begin(store, &arena, &why);
	struct id gone = before.node[4].id;
	ck_assert(v && save_delete(v, &gone, &why) && save_commit(v, NULL, &why));
	MUST(driver_load(store, &arena, &team, &d, &e));
	MUST(driver_diff(&arena, &before, &d, &diff, &e));
	ck_assert_str_eq(
	    driver_diff_words(&arena, &diff), "1 added, 1 retired, 1 moved, 1 reworded");
	const struct driver_difference *last = &diff.item[diff.count - 1];
	ck_assert_uint_eq(last->change, DRIVER_RETIRED);
	ck_assert_uint_eq(last->after, DRIVER_NONE);
	ck_assert_str_eq(before.node[last->before].text, "e");
	MUST(driver_diff(&arena, &d, &d, &diff, &e));
	ck_assert_str_eq(driver_diff_words(&arena, &diff), "nothing changed");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("driver_plan");
	TCase *t = tcase_create("driver_plan");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, steps_to_the_right_are_levels_whatever_marks_them);
	tcase_add_test(t, any_text_is_an_outline_or_is_refused);
	tcase_add_test(t, a_row_with_an_id_changes_its_box_and_its_links);
	tcase_add_test(t, what_was_added_moved_reworded_and_retired_is_told);
	suite_add_tcase(s, t);
	return test_run(s);
}
