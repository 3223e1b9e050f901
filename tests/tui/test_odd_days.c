// SPDX-License-Identifier: MIT
// The app on days that clocks and calendars make trouble with (F9): whatever this computer believes
// it is, the app draws, saves and tells the time of every change as the wall clock had it, in
// summer time and out of it, and where the zone changes while it is open.
#include "harness.h"

#include <plando/str.h>

#include <stdlib.h>

static struct harness h;

static const struct odd_day {
	const char *zone;
	int64_t now;
	const char *day, *clock; // as the app shows them
} DAYS[] = {
	{ "UTC0", 60000, "1 Jan", "00:01" },
	{ "<-05>5", 60000, "31 Dec", "19:01" },
	{ "UTC0", -1, "31 Dec", "23:59" },
	{ "UTC0", 2147483647999, "19 Jan", "03:14" },
	{ "UTC0", 2147483648000, "19 Jan", "03:14" },
	{ "UTC0", 4102444799999, "31 Dec", "23:59" },
	{ "<+14>-14", 4102444799999, "1 Jan", "13:59" },
	{ "UTC0", 253402300799999, "31 Dec", "23:59" },
	{ "<+14>-14", 253402300799999, "31 Dec", "13:59" }, // and no day after it
	{ "UTC0", 253402300800000, "31 Dec", "00:00" },
	{ "UTC0", (int64_t)1 << 60, NULL, NULL },
	{ "UTC0", -((int64_t)1 << 60), NULL, NULL },
	{ "UTC0", 1483228799999, "31 Dec", "23:59" }, // the second before the leap second of 2016
	{ "UTC0", 1483228800000, "1 Jan", "00:00" },
	{ "UTC0", 1835438400000, "29 Feb", "12:00" },
	{ "GMT0BST,M3.5.0/1,M10.5.0", 1774746000000 - 1, "29 Mar", "00:59" },
	{ "GMT0BST,M3.5.0/1,M10.5.0", 1774746000000, "29 Mar", "02:00" },
	{ "GMT0BST,M3.5.0/1,M10.5.0", 1792890000000 - 1, "25 Oct", "01:59" },
	{ "GMT0BST,M3.5.0/1,M10.5.0", 1792890000000, "25 Oct", "01:00" },
	{ "<-03>3<-02>,M10.3.0/0,M2.3.0/0", 1792292400000, "18 Oct", "01:00" },
};
enum { DAY_COUNT = sizeof DAYS / sizeof *DAYS };
static const int64_t RIGHT = 1795615320000; // 25 Nov 2026

static void reopen(void)
{
	MUST(app_open_file(&h.app, h.path, &e));
	app_tick(&h.app);
	app_draw(&h.app);
}

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.env.wild_clock = false;
	h.env.utc_offset = env_real(NULL).utc_offset;
}

static void teardown(void)
{
	harness_close(&h);
}

static void rename_team(const char *name)
{
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, name);
	harness_keys(&h, "Tab Esc");
	harness_shows(&h, name);
}

// The screens that show or reckon with dates, from the board. A short run takes every fourth of
// them, others on another day.
static const char *const SCREENS[] = { "?", "w", "c", "m", "M", "t", "Enter", "Enter t", "Enter s",
	"Enter s v", "Enter y", "Enter p", "Enter p v", "Enter p f", "Enter p +", "Enter n",
	"Enter w", "Enter c", "d", "d v", "Ctrl-F", "!" };

START_TEST(F9_every_screen_draws_and_a_save_shows_its_time_on_odd_days)
{
	const struct odd_day *o = &DAYS[_i];
	setenv("TZ", o->zone, 1);
	h.world.now = o->now;
	reopen();
	size_t step = (size_t)long_amount(4, 1), count = sizeof SCREENS / sizeof *SCREENS;
	for (size_t i = (size_t)_i % step; i < count; i += step) {
		reopen();
		harness_keys(&h, "G");
		harness_keys(&h, SCREENS[i]);
		app_tick(&h.app);
		harness_keys(&h, "Down Up");
	}
	reopen();
	harness_keys(&h, "Enter");
	rename_team("Sleep on odd days");
	if (!o->clock)
		return;
	harness_shows(&h, arena_printf(&h.arena, "saved %s", o->clock));
	harness_keys(&h, "y");
	harness_shows(&h, o->clock); // of today: only the time
	h.world.now = RIGHT;	     // the clock was put right
	reopen();
	harness_keys(&h, "Ctrl-P");
	harness_type(&h, "Sleep on odd days");
	harness_keys(&h, "Enter y");
	harness_shows(&h, arena_printf(&h.arena, "%s ", o->day));
}
END_TEST

START_TEST(F9_the_zone_changes_while_the_app_is_open)
{
	setenv("TZ", "UTC0", 1);
	h.world.now = RIGHT; // 14:02
	reopen();
	harness_keys(&h, "Enter");
	rename_team("Before the journey");
	harness_shows(&h, "saved 14:02");
	setenv("TZ", "<+05>-5", 1); // the laptop is somewhere else now
	h.world.now += 60000;
	harness_keys(&h, "Ctrl-L");
	harness_shows(&h, "saved 19:02");
	rename_team("After the journey");
	harness_shows(&h, "saved 19:03");
	harness_keys(&h, "y");
	harness_shows(&h, "19:03");
	harness_shows(&h, "19:02");
	setenv("TZ", "<-12>12", 1); // over the date line it is the 25th still
	harness_keys(&h, "Esc y");
	harness_shows(&h, "02:03");
	setenv("TZ", "<+14>-14", 1); // and here the 26th
	harness_keys(&h, "Esc y");
	harness_shows(&h, "04:03");
}
END_TEST

// A time of summer is told as the clock on the wall had it, also in winter.
START_TEST(F9_a_time_before_the_clocks_were_changed_is_told_as_it_was)
{
	setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0", 1);
	h.world.now = 1793016000000; // Mon 26 Oct 2026, 12:00; the clocks went back on the 25th
	reopen();
	harness_keys(&h, "@");
	harness_type(&h, "2026-10-24T12:00:00Z");
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on 24 Oct, 13:00.");
	harness_keys(&h, "Esc @");
	harness_type(&h, "25 oct"); // its end, after 25 hours
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on 25 Oct, 23:59.");
	ck_assert_int_eq(h.app.past, 1792972799999);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("odd days");
	TCase *c = tcase_create("odd days");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(
	    c, F9_every_screen_draws_and_a_save_shows_its_time_on_odd_days, 0, DAY_COUNT);
	tcase_add_test(c, F9_the_zone_changes_while_the_app_is_open);
	tcase_add_test(c, F9_a_time_before_the_clocks_were_changed_is_told_as_it_was);
	suite_add_tcase(s, c);
	return test_run(s);
}
