// SPDX-License-Identifier: MIT
// The driver diagram as a workbench: typed as fast as an outline, pasted, carried, archived with a
// reason.
#include "harness.h"

#include <plando/driver.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;
static struct driver_diagram d;
static size_t pressed;

static void begin(void)
{
	harness_open(&h, 40, 120, LOOK_PLAIN);
	harness_keys(&h, "Down d");
	harness_keys(&h, "Right Up"); // on P1
	pressed = 0;
}

static void end(void)
{
	harness_close(&h);
}

static void load(const char *name)
{
	struct id team = harness_find(&h, "team", name);
	MUST(driver_load(h.app.store, &h.arena, &team, &d, &e));
}

static const struct driver_node *node(const char *text)
{
	load("Child health hubs");
	for (size_t i = 0; i < d.count; i++)
		if (str_equal(d.node[i].text, text))
			return &d.node[i];
	ck_abort_msg("no %s", text);
	return NULL;
}

static const char *parents(const char *text)
{
	const struct driver_node *n = node(text);
	struct str s = STR_IN(&h.arena);
	for (size_t i = 0; i < n->parent_count; i++)
		str_printf(&s, "%s%s%s", i ? " " : "", d.node[n->parents[i].node].code,
		    n->parents[i].weak ? "~" : "");
	return str_done(&s);
}

static void press(const char *keys)
{
	for (const char *k = keys; *k; k++)
		pressed += *k == ' ';
	pressed++;
	harness_keys(&h, keys);
}

// 3 primary drivers, each with 3 secondary ones, each with 2 ideas: 30 boxes.
START_TEST(thirty_boxes_are_typed_with_one_key_a_box_and_one_a_step)
{
	harness_keys(&h, "Esc Down d"); // a team without a diagram
	harness_shows(&h, "No diagram yet");
	press("n");
	for (int p = 0; p < 3; p++) {
		if (p)
			press("Tab Left Left");
		harness_type(&h, arena_printf(&h.arena, "Primary %d", p));
		for (int s = 0; s < 3; s++) {
			press(s ? "Tab Left" : "Tab Right");
			harness_type(&h, arena_printf(&h.arena, "Secondary %d%d", p, s));
			press("Tab Right");
			harness_type(&h, arena_printf(&h.arena, "Idea %d%da", p, s));
			press("Tab");
			harness_type(&h, arena_printf(&h.arena, "Idea %d%db", p, s));
		}
	}
	press("Enter");
	load("Early help at home");
	ck_assert_uint_eq(d.count, 31);
	ck_assert_uint_eq(d.unplaced, 0);
	ck_assert_uint_eq(d.shown[DRIVER_SECONDARY], 9);
	ck_assert_str_eq(d.node[d.node[30].parent].text, "Secondary 22");
	ck_assert_str_eq(d.node[30].text, "Idea 22b");
	// One key for each box, and one for each step to the right or left.
	ck_assert_uint_eq(pressed, 31 + (3 + 9) + (6 + 2 * 2));
}
END_TEST

START_TEST(a_pasted_outline_is_shown_and_then_made_in_one_save)
{
	harness_keys(&h, "g");
	harness_paste(&h, "New driver\n\tStep one\n\t\t- Idea: red\n\t\t2. Blue (weak)\nOther\n");
	harness_shows(&h, "Enter makes 2 primary drivers, 1 secondary driver, 2 change ideas");
	harness_shows(&h, "change idea, weak");
	harness_expect(&h, "diagram-paste");
	harness_keys(&h, "Esc");
	load("Child health hubs");
	size_t before = d.count;
	harness_paste(&h, "New driver\n\tStep one\n\t\t- Idea: red\n\t\t2. Blue (weak)\nOther\n");
	harness_keys(&h, "Enter");
	harness_shows(&h, "5 boxes made; u takes all of it back.");
	harness_shows(&h, ">P3 New driver");
	ck_assert_str_eq(parents("Blue"), "S2~");
	ck_assert_str_eq(parents("Other"), "A");
	harness_keys(&h, "u");
	load("Child health hubs");
	ck_assert_uint_eq(d.count, before);
}
END_TEST

START_TEST(a_paste_that_is_no_outline_says_why)
{
	harness_paste(&h, "one\n two\n  three\n");
	harness_shows(&h, "line 3 (three): nothing feeds a change idea");
	harness_paste(&h, " \n\n");
	harness_shows(&h, "there is no line of text in it");
	harness_keys(&h, "Right Right");
	harness_paste(&h, "one\n");
	harness_shows(&h, "Nothing feeds a change idea: go to the driver");
}
END_TEST

START_TEST(a_box_is_carried_to_another_driver_in_one_save)
{
	harness_keys(&h, "/");
	harness_type(&h, "Consultant rota");
	harness_keys(&h, "Enter m");
	harness_shows(&h, "Carrying C1: Enter lets it feed this box");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "It feeds S3 now; u undoes.");
	harness_shows(&h, ">C");
	ck_assert_str_eq(parents("Consultant rota 8–6"), "S3");
	harness_keys(&h, "u");
	ck_assert_str_eq(parents("Consultant rota 8–6"), "S1");
}
END_TEST

START_TEST(what_is_carried_can_only_feed_what_is_nearer_the_aim)
{
	harness_keys(&h, "m");
	harness_shows(&h, "Carrying P1");
	harness_keys(&h, "Right Enter");
	harness_shows(&h, "It can only feed what is nearer the aim");
	harness_keys(&h, "g Enter");
	harness_shows(&h, "It is there already");
	harness_keys(&h, "Esc");
	harness_shows(&h, "It stays where it was.");
	harness_shows(&h, "Driver diagram");
	ck_assert_str_eq(parents("Early, right advice"), "A");
}
END_TEST

START_TEST(a_link_is_made_weak_and_strong_again)
{
	harness_keys(&h, "s");
	harness_shows(&h, "weak one now, drawn dashed");
	ck_assert_str_eq(parents("Early, right advice"), "A~");
	harness_keys(&h, "s");
	ck_assert_str_eq(parents("Early, right advice"), "A");
	harness_keys(&h, "u u");
	ck_assert_str_eq(parents("Early, right advice"), "A");
	harness_keys(&h, "G s");
	harness_shows(&h, "It feeds nothing yet");
}
END_TEST

START_TEST(the_reason_of_archiving_is_kept_with_the_box)
{
	struct record r;
	struct id id = harness_find(&h, "idea", "Shared inbox");
	harness_keys(&h, "/");
	harness_type(&h, "Shared inbox");
	harness_keys(&h, "Enter X");
	harness_type(&h, "Nobody read it");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Archived, with the reason; u undoes.");
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert_str_eq(record_get(&r, "archived_why"), "Nobody read it");
	ck_assert(node("Shared inbox")->archived);
	harness_keys(&h, "u");
	ck_assert(!node("Shared inbox")->archived);
}
END_TEST

static void change_package(void)
{
	static const char *const LINES[] = { "a component code=A|text=One conversation reaches the "
					     "right person",
		"b component code=B|text=Families know what to do", NULL };
	harness_records(&h, h.app.store, LINES);
	struct id a = harness_find(&h, "component", "Families know what to do");
	struct id s3 = harness_find(&h, "driver", "Plain advice at home");
	struct err e = { 0 };
	char text[ID_TEXT];
	id_print(&a, text);
	struct save *v = save_begin(h.app.store, &h.arena, &e);
	ck_assert(
	    v && save_cell(v, &s3, "driver", "component", text, &e) && save_commit(v, NULL, &e));
}

START_TEST(who_tests_what_across_teams_as_pictures)
{
	static const int SIZES[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };
	change_package();
	for (size_t i = 0; i < 3; i++) {
		harness_resize(&h, SIZES[i][0], SIZES[i][1]);
		harness_keys(&h, "c Down Down");
		harness_expect(&h, "coverage");
		harness_keys(&h, "Esc");
		harness_shows(&h, "Driver diagram");
	}
}
END_TEST

START_TEST(a_cell_says_who_tested_it_and_what_they_learned)
{
	change_package();
	harness_keys(&h, "c Down");
	harness_keys(&h, "Enter");
	harness_shows(&h, "has no change idea for this yet");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "Child health hubs › B Families know what to do");
	harness_shows(&h, " > C");
	harness_keys(&h, "Enter");
	harness_hides(&h, "Who tests what");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Who tests what");
	harness_keys(&h, "Left Right Right d");
	harness_shows(&h, "Driver diagram");
}
END_TEST

// The harness' world was made now; a day later something changes.
START_TEST(the_theory_as_it_was_and_what_became_of_it)
{
	h.world.now += 10LL * 86400000;
	harness_keys(&h, "Enter");
	harness_type(&h, ", always");
	harness_keys(&h, "Enter n");
	harness_type(&h, "A new way");
	harness_keys(&h, "Enter");
	harness_keys(&h, "/");
	harness_type(&h, "Consultant rota");
	harness_keys(&h, "Enter x g A");
	harness_type(&h, "2026-11-25");
	harness_keys(&h, "Enter");
	harness_shows(&h, "1 added, 1 retired, 1 reworded");
	harness_shows(&h, "Retired: C1 Consultant rota 8–6");
	harness_shows(&h, "+ new");
	harness_shows(&h, "~ reworded");
	harness_expect(&h, "diagram-since");
	harness_keys(&h, "A");
	harness_hides(&h, "+ new");
	harness_keys(&h, "a");
	harness_type(&h, "2026-11-25");
	harness_keys(&h, "Enter");
	harness_shows(&h, "as it was on 25 Nov 2026");
	harness_shows(&h, "Consultant rota");
	harness_hides(&h, "A new way");
	harness_keys(&h, "n");
	harness_shows(&h, "a comes back to today");
	harness_paste(&h, "one\n");
	harness_shows(&h, "a comes back to today");
	harness_keys(&h, "a");
	harness_shows(&h, "A new way");
	harness_keys(&h, "a");
	harness_type(&h, "2001-01-01");
	harness_keys(&h, "Enter");
	harness_shows(&h, "there was no such team yet");
	harness_keys(&h, "A");
	harness_type(&h, "someday");
	harness_keys(&h, "Enter");
	harness_shows(&h, "is no date");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("diagram_work");
	TCase *t = tcase_create("diagram_work");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, thirty_boxes_are_typed_with_one_key_a_box_and_one_a_step);
	tcase_add_test(t, a_pasted_outline_is_shown_and_then_made_in_one_save);
	tcase_add_test(t, a_paste_that_is_no_outline_says_why);
	tcase_add_test(t, a_box_is_carried_to_another_driver_in_one_save);
	tcase_add_test(t, what_is_carried_can_only_feed_what_is_nearer_the_aim);
	tcase_add_test(t, a_link_is_made_weak_and_strong_again);
	tcase_add_test(t, the_reason_of_archiving_is_kept_with_the_box);
	tcase_add_test(t, who_tests_what_across_teams_as_pictures);
	tcase_add_test(t, a_cell_says_who_tested_it_and_what_they_learned);
	tcase_add_test(t, the_theory_as_it_was_and_what_became_of_it);
	suite_add_tcase(s, t);
	return test_run(s);
}
