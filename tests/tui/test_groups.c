// SPDX-License-Identifier: MIT
// The groups of a measure as small multiples in the app: what they look like, how they are moved
// through, that Enter opens a group's own chart and g and Esc come back.
#include "harness.h"

#include <plando/str.h>

#include <string.h>

static struct harness h;

enum { MONTHS = 24 };

// Seen in time: the groups of NAMES, 24 months each; the second one's share falls from the
// thirteenth month on, the third has six months only.
static const char *const NAMES[] = { "Docks", "Eastholme and the villages around it", "Fenwick",
	"Marlow", "Northmarsh", "Westhaven", "東京都立小児総合医療センター", NULL };

static void points(struct harness *to, const char *measure)
{
	for (int k = 0; NAMES[k]; k++) {
		const char *line[MONTHS + 1] = { NULL };
		for (int i = 0; i < (k == 2 ? 6 : MONTHS); i++) {
			int chance = (i % 2 ? 1 : -1) * (1 + (i * 7 + k) % 5);
			int share = 30 + 2 * k + chance - (k == 1 && i > 11 ? 14 : 0);
			line[i] = arena_printf(&to->arena,
			    "- point measure=%s|date=%04d-%02d-01|stratum=%s|numerator=%d|"
			    "denominator=100",
			    measure, 2024 + (i + 10) / 12, (i + 10) % 12 + 1, NAMES[k], share);
		}
		harness_records(to, to->app.store, line);
	}
}

static void open_at(int rows, int cols, enum harness_look look)
{
	struct err e = { 0 };
	char id[ID_TEXT];
	harness_open(&h, rows, cols, look);
	struct id team = harness_find(&h, "team", "Child health hubs");
	id_print(&team, id);
	harness_records(&h, h.app.store,
	    (const char *const[]){
		arena_printf(&h.arena,
		    "m measure team=%s|name=Missed visits|type=process|data=percent|direction=down|"
		    "interval=month|goal=20",
		    id),
		NULL });
	struct id measure = harness_find(&h, "measure", "Missed visits");
	id_print(&measure, id);
	points(&h, id);
	ck_assert_msg(chart_screen_open(&h.app, &measure, &e), "%s", e.text);
	harness_keys(&h, "g");
}

static void begin(void)
{
	open_at(24, 80, LOOK_PLAIN);
}

static void end(void)
{
	harness_close(&h);
}

START_TEST(small_multiples_look_as_their_picture)
{
	static const struct {
		int rows, cols;
		enum harness_look look;
		const char *name;
	} LOOKS[] = { { 24, 80, LOOK_PLAIN, "groups" }, { 40, 120, LOOK_PLAIN, "groups" },
		{ 60, 200, LOOK_PLAIN, "groups" }, { 24, 80, LOOK_ASCII, "groups-ascii" } };
	end();
	open_at(LOOKS[_i].rows, LOOKS[_i].cols, LOOKS[_i].look);
	harness_expect(&h, LOOKS[_i].name);
}
END_TEST

START_TEST(what_the_groups_show_is_said_first)
{
	harness_shows(
	    &h, "1 of 7 groups shows a signal: improvement in Eastholme and the villages");
	harness_shows(&h, "1 has too few points to tell");
	harness_shows(&h, "7 groups");
	harness_shows(&h, "all: the median of all");
}
END_TEST

START_TEST(arrows_move_between_panels_and_further_rows_come_into_view)
{
	harness_shows(&h, ">Docks");
	harness_keys(&h, "Right");
	harness_shows(&h, ">Eastholme");
	harness_keys(&h, "Down");
	harness_shows(&h, ">Marlow");
	harness_hides(&h, "Westhaven");
	harness_keys(&h, "Down");
	harness_shows(&h, ">Westhaven");
	harness_hides(&h, "Docks");
	harness_keys(&h, "Home");
	harness_shows(&h, ">Docks");
	harness_keys(&h, "End");
	harness_shows(&h, ">東京");
	harness_keys(&h, "PgUp PgUp PgUp");
	harness_shows(&h, ">Docks");
}
END_TEST

START_TEST(enter_opens_the_group_s_own_chart_and_g_or_esc_come_back)
{
	harness_keys(&h, "Right Enter");
	harness_shows(&h, "Missed visits, % · Eastholme and the villages around it");
	harness_shows(&h, "Improvement signal since");
	harness_keys(&h, "Esc");
	harness_shows(&h, ">Eastholme");
	harness_keys(&h, "Enter g");
	harness_shows(&h, ">Eastholme");
	harness_keys(&h, "v");
	harness_shows(&h, "Wilson");
	harness_keys(&h, "Esc Esc");
	harness_shows(&h, "Run chart, Anhøj");
}
END_TEST

START_TEST(the_gap_to_a_marked_group_over_time_is_one_key_from_the_comparison)
{
	harness_keys(&h, "v");
	harness_shows(&h, "Enter chart");
	harness_shows(&h, "Fenwick: no data on these dates"); // it stays, before the others
	harness_keys(&h, "Down Tab Down");
	harness_shows(&h, "Enter: over time.");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Missed visits: gap between");
	harness_shows(&h, "Difference: concern signal since");
	harness_shows(&h, "Oct 2026:");
	harness_expect(&h, "gap");
	harness_keys(&h, "Left");
	harness_shows(&h, "Sep 2026:");
	harness_keys(&h, "Home");
	harness_shows(&h, "Nov 2024:");
	harness_resize(&h, 40, 120);
	harness_expect(&h, "gap");
	harness_keys(&h, "Esc Tab Enter");
	harness_shows(&h, "Missed visits, % · ");
}
END_TEST

START_TEST(a_click_chooses_a_panel)
{
	harness_click(&h, 6, 60);
	harness_shows(&h, ">Eastholme");
}
END_TEST

START_TEST(the_key_stands_in_the_footer_and_a_measure_without_groups_says_so)
{
	struct err e = { 0 };
	harness_keys(&h, "Esc");
	harness_shows(&h, "g groups");
	struct id measure = harness_find(&h, "measure", "Same-day answers");
	ck_assert_msg(chart_screen_open(&h.app, &measure, &e), "%s", e.text);
	harness_keys(&h, "g");
	harness_shows(&h, "This measure has no groups");
}
END_TEST

START_TEST(a_narrow_window_has_one_panel_beside_the_other_only_where_they_fit)
{
	harness_resize(&h, 14, 50);
	harness_keys(&h, "Right");
	harness_shows(&h, ">Eastholme");
	harness_hides(&h, "Docks");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("groups");
	TCase *t = tcase_create("small multiples");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_loop_test(t, small_multiples_look_as_their_picture, 0, 4);
	tcase_add_test(t, what_the_groups_show_is_said_first);
	tcase_add_test(t, arrows_move_between_panels_and_further_rows_come_into_view);
	tcase_add_test(t, enter_opens_the_group_s_own_chart_and_g_or_esc_come_back);
	tcase_add_test(t, the_gap_to_a_marked_group_over_time_is_one_key_from_the_comparison);
	tcase_add_test(t, a_click_chooses_a_panel);
	tcase_add_test(t, the_key_stands_in_the_footer_and_a_measure_without_groups_says_so);
	tcase_add_test(t, a_narrow_window_has_one_panel_beside_the_other_only_where_they_fit);
	suite_add_tcase(s, t);
	return test_run(s);
}
