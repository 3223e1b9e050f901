// SPDX-License-Identifier: MIT
// A coach at 80x24 with the sample workbook: from a team's measures to a chart with a frozen
// baseline, a goal, a phase with its reason and the marks of PDSA cycles, by keyboard alone.
#include "harness.h"
#include "real.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static struct pty p;
static struct arena a;

static char *sample(void)
{
	struct world w = { .now = 1795356000000, .seed = 5 };
	struct env env = world_env(&w);
	char *path = test_path(&a, "coach.plando");
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
		pty_send(&p, bytes, strlen(bytes));
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
	pty_open(&p, &(struct pty_start){ sample(), SETTING, 24, 80 });
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

int main(void)
{
	Suite *s = suite_create("chart_terminal");
	TCase *t = tcase_create("coach");
	tcase_set_timeout(t, 240);
	tcase_add_test(t, a_coach_sets_up_a_chart_by_keyboard);
	suite_add_tcase(s, t);
	return test_run(s);
}
