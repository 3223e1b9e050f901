// SPDX-License-Identifier: MIT
// A coach at 80x24 with the sample workbook: from a team's measures, and from a new team that has
// none, to a chart with a frozen baseline, a goal, a phase with its reason and the marks of PDSA
// cycles, by keyboard alone.
#include "harness.h"
#include "real.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static struct pty p;
static struct arena a;

static char *sample(const char *file, uint64_t seed)
{
	struct world w = { .now = 1795356000000, .seed = seed };
	struct env env = world_env(&w);
	char *path = test_path(&a, file);
	char name[] = "plando", verb[] = "demo", option[] = "--no-open";
	char *words[] = { name, verb, option, path };
	FILE *null = fopen("/dev/null", "r+");
	ck_assert_int_eq(cli_run(&env, 4, words, null, null, stderr), 0);
	fclose(null);
	return path;
}

static void keys(const char *bytes, int times)
{
	while (times-- > 0)
		pty_type(&p, bytes);
}

// Down until the row with that text has the focus.
static void go_to(const char *text)
{
	char row[128];
	snprintf(row, sizeof row, "> %s", text);
	pty_settle(&p);
	for (int i = 0; i < 20 && !pty_has(&p, row); i++) {
		keys("j", 1);
		pty_settle(&p);
	}
	pty_expect(&p, row);
}

START_TEST(a_coach_sets_up_a_chart_by_keyboard)
{
	static const char *const SETTING[] = { "PLANDO_NOW=2026-11-22T14:00:00Z",
		"PLANDO_AUTHOR=Sam Okoro", NULL };
	pty_open(&p, &(struct pty_start){ sample("coach.plando", 5), SETTING, 24, 80 });
	pty_expect(&p, "Signals");
	go_to("Child health hubs");
	keys("\r", 1);
	go_to("Measures");
	keys("\r", 1);
	go_to("Answered the same");
	keys("c", 1);
	pty_expect(&p, "Improvement signal since");
	pty_expect(&p, "PDSA cycle: "); // the team's log, without being asked
	keys("\033[H", 1);
	keys("l", 5);
	pty_expect(&p, "Aug 2025: ");
	keys("b", 1);
	pty_expect(&p, "The baseline ends at Aug 2025");
	pty_expect(&p, "median of the first 6 points");
	keys("=", 1);
	pty_expect(&p, "The goal in %?");
	keys("\177\177", 1);
	pty_type(&p, "75\r");
	pty_expect(&p, "goal 75 %");
	keys("l", 2);
	keys("p", 1);
	pty_expect(&p, "Why?");
	pty_type(&p, "Every practice has the number\r");
	pty_expect(&p, "A new phase begins here");
	pty_expect(&p, "2 phases, each analysed alone");
	pty_expect(&p, "A new phase: Every practice has the number");
	keys("u", 1);
	pty_expect_gone(&p, "2 phases");
	keys("q", 1);
	pty_expect(&p, "Measures");
	pty_send(&p, "\021", 1);
	ck_assert_int_eq(pty_ended(&p), 0);
	pty_close(&p);
	arena_free(&a);
}
END_TEST

// --- from an empty team

static void paste(const char *text)
{
	pty_type(&p, "\033[200~");
	pty_type(&p, text);
	pty_type(&p, "\033[201~");
}

// Tab until the field with that label has the focus.
static void to_field(const char *label)
{
	char row[128];
	snprintf(row, sizeof row, "> %s", label);
	pty_settle(&p);
	for (int i = 0; i < 40 && !pty_has(&p, row); i++) {
		keys("\t", 1);
		pty_settle(&p);
	}
	pty_expect(&p, row);
}

// What is chosen from a list: Enter opens it, typing narrows it.
static void choose(const char *label, const char *text)
{
	to_field(label);
	keys("\r", 1);
	pty_settle(&p);
	pty_type(&p, text);
	pty_settle(&p);
	keys("\r", 1);
}

START_TEST(an_empty_team_gets_to_its_chart_by_keyboard)
{
	static const char *const SETTING[] = { "PLANDO_NOW=2026-11-22T14:00:00Z",
		"PLANDO_AUTHOR=Sam Okoro", NULL };
	pty_open(&p, &(struct pty_start){ sample("empty.plando", 6), SETTING, 24, 80 });
	pty_expect(&p, "Signals");
	keys("n", 1);
	pty_expect(&p, "New: Team");
	to_field("Team name");
	pty_type(&p, "Parcels of care");
	keys("\033", 1);
	pty_expect(&p, "> Parcels of care");
	keys("\r", 1);
	go_to("Measures");
	pty_expect(&p, "none yet");
	keys("\r", 1);
	pty_expect(&p, "Nothing here yet. Press n for the first one.");
	keys("n", 1);
	to_field("Name");
	pty_type(&p, "Days until the parcel");
	choose("What is recorded?", "a value");
	to_field("Unit");
	pty_type(&p, "days");
	choose("Which way is better?", "lower");
	keys("\033", 1);
	pty_expect(&p, "> Days until the parcel");
	pty_expect(&p, "No data points yet");
	keys("d", 1);
	pty_expect(&p, "0 data points");
	paste("Date\tValue\r2025-09-01\t41\r2025-10-01\t38\r2025-11-01\t42\r2025-12-01\t40\r"
	      "2026-01-01\t37\r2026-02-01\t43\r2026-03-01\t39\r2026-04-01\t41\r"
	      "2026-05-01\t30\r2026-06-01\t28\r2026-07-01\t27\r2026-08-01\t29\r"
	      "2026-09-01\t26\r2026-10-01\t28\r");
	pty_expect(&p, "14 to add");
	keys("\r", 1);
	pty_expect(&p, "14 data points");
	keys("\033", 1);
	pty_expect(&p, "28 days");
	// A cycle that names the measure.
	keys("\033", 1);
	pty_expect(&p, "Driver diagram");
	keys("n", 1);
	pty_expect(&p, "Plan");
	choose("Measure", "days until");
	pty_expect(&p, "Days until the parcel"); // the cycle names it
	to_field("Title");
	pty_type(&p, "Two parcels by hand");
	to_field("Done from");
	pty_type(&p, "2026-04-20");
	keys("\033", 1);
	pty_settle(&p);
	go_to("Measures");
	keys("\r", 1);
	pty_expect(&p, "> Days until the parcel");
	keys("c", 1);
	pty_expect(&p, "PDSA cycle: Two parcels by hand");
	keys("\033[H", 1);
	keys("l", 7);
	pty_expect(&p, "Apr 2026: 41");
	keys("b", 1);
	pty_expect(&p, "The baseline ends at Apr 2026");
	pty_expect(&p, "median of the first 8 points");
	keys("=", 1);
	pty_expect(&p, "The goal in days?");
	pty_type(&p, "25\r");
	pty_expect(&p, "goal 25 days");
	keys("l", 1);
	keys("p", 1);
	pty_expect(&p, "Why?");
	pty_type(&p, "Carried by hand from now on\r");
	pty_expect(&p, "2 phases, each analysed alone");
	pty_expect(&p, "A new phase: Carried by hand");
	pty_expect(&p, "PDSA cycle: Two parcels by hand");
	pty_send(&p, "\021", 1);
	ck_assert_int_eq(pty_ended(&p), 0);
	pty_close(&p);
	arena_free(&a);
}
END_TEST

START_TEST(a_teams_numbers_are_typed_and_pasted_in_its_grid_and_undone)
{
	static const char *const SETTING[] = { "PLANDO_NOW=2026-12-02T14:00:00Z",
		"PLANDO_AUTHOR=Sam Okoro", NULL };
	pty_open(&p, &(struct pty_start){ sample("grid.plando", 7), SETTING, 24, 80 });
	pty_expect(&p, "Signals");
	go_to("Child health hubs");
	keys("\r", 1);
	pty_expect(&p, "D data grid");
	keys("D", 1);
	pty_expect(&p, "Child health hubs › Data grid");
	pty_expect(&p, "Due; falls on the first day of the month, as those before");
	pty_type(&p, "23.5\r");
	pty_expect(&p, "1 Nov: 23.5 is saved.");
	pty_type(&p, "60/92\r");
	pty_expect(&p, "1 Nov: 60/92 is saved.");
	keys("\033[B\033[B\033[B", 1);
	pty_type(&p, "6\r");
	pty_expect(&p, "1 Nov: 6 is saved.");
	paste("\tAug-26\tSep-26\tOct-26\tNov-26\tDec-26\r"
	      "Mean wait for paediatric advice\t28\t\t\"1,234\"\t23.5\t\r"
	      "Answered the same working day\t\t55%\t54/91\tabout 9\t\r"
	      "Emergency visits within a week of advice\t6\t\t\t7\t\r"
	      "Missed first appointments / everyone else\t\t\t\t8/97\t\r");
	pty_expect(&p, "1 to add · 3 to correct · 4 the same · 11 blank · 1 cannot be taken");
	pty_expect(&p, "was 52/90");
	pty_expect(&p, "row 3, column 5: “about 9”");
	keys("\r", 1);
	pty_expect(&p, "1 added, 3 corrected; what could not be taken was left out.");
	pty_expect(&p, "1234");
	keys("\033OR", 1); // F3
	pty_expect_gone(&p, "1234");
	keys("\033OR", 1);
	pty_settle(&p);
	keys("\033", 1);
	pty_expect(&p, "Driver diagram");
	pty_send(&p, "\021", 1);
	ck_assert_int_eq(pty_ended(&p), 0);
	pty_close(&p);
	arena_free(&a);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("chart_terminal");
	TCase *t = tcase_create("coach");
	tcase_set_timeout(t, 240);
	tcase_add_test(t, a_coach_sets_up_a_chart_by_keyboard);
	tcase_add_test(t, an_empty_team_gets_to_its_chart_by_keyboard);
	tcase_add_test(t, a_teams_numbers_are_typed_and_pasted_in_its_grid_and_undone);
	suite_add_tcase(s, t);
	return test_run(s);
}
