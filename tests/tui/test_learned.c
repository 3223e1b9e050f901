// SPDX-License-Identifier: MIT
// What was learned, PDSA fidelity and the ramp as a picture: each at three sizes and in ASCII,
// drawn at every size, and left by its keys.
#include "harness.h"

#include "tui/screens/screens.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct harness h;

static const char *const RECORDS[] = {
	"a component code=A|text=Reach families in time",
	"north team name=Northside calls",
	"ring idea team=@north|code=C1|text=Ring the day before|component=@a",
	"up ramp idea=@ring|title=From one family to every clinic",
	"one pdsa team=@north|idea=@ring|ramp=@up|cycle_no=1a|title=One "
	"family|type=test|scale=case|"
	"objective=Does a call help at all?|predicted_date=2026-06-01|do_start=2026-06-02|"
	"what_happened=Rang.|learned=They were glad, and came.|studied_date=2026-06-03|"
	"decision=increase|why=Nothing went wrong.",
	"two pdsa team=@north|idea=@ring|ramp=@up|cycle_no=1b|title=Ten "
	"families|type=test|scale=few|"
	"do_start=2026-06-20|do_end=2026-06-24|what_happened=Rang ten.|learned=Evenings are "
	"better.|studied_date=2026-06-25|decision=adapt|next_change=Ring after five.",
	"three pdsa team=@north|idea=@ring|ramp=@up|cycle_no=2|title=One clinic, after "
	"five|type=test|"
	"scale=day|do_start=2026-11-05|do_end=2026-11-10|what_happened=Rang forty.",
	"text idea team=@door|text=Send a text|component=@a",
	"- pdsa team=@door|idea=@text|learned=Nobody reads it – 日本語 neither.|decision=abandon",
	NULL,
};

static void open(int rows, int cols, enum harness_look look)
{
	harness_open(&h, rows, cols, look);
	harness_records(&h, h.app.store, RECORDS);
	for (size_t i = 0; i < h.app.depth; i++)
		h.app.stack[i]->stale = true;
	app_draw(&h.app);
}

static void learned(void)
{
	harness_keys(&h, "w");
}

static void fidelity(void)
{
	struct id team = harness_find(&h, "team", "Northside calls");
	MUST(fidelity_screen_open(&h.app, &team, &e));
	harness_keys(&h, "Ctrl-L Down Down Down");
}

static void ramp(void)
{
	struct id cycle = harness_find(&h, "pdsa", "Ten families");
	MUST(ramp_screen_open(&h.app, &cycle, &e));
	harness_keys(&h, "Ctrl-L");
}

static const struct {
	const char *name;
	void (*show)(void);
} SCREENS[] = { { "learned", learned }, { "fidelity", fidelity }, { "ramp", ramp } };
enum { SCREENS_COUNT = sizeof SCREENS / sizeof *SCREENS };

START_TEST(each_looks_as_its_picture)
{
	for (size_t i = 0; i < sizeof HARNESS_SIZES / sizeof *HARNESS_SIZES; i++) {
		const struct harness_size *size = &HARNESS_SIZES[i];
		open(size->rows, size->cols, size->look);
		SCREENS[_i].show();
		harness_expect(&h, arena_printf(&h.arena, "%s%s", SCREENS[_i].name, size->suffix));
		harness_close(&h);
	}
}
END_TEST

START_TEST(each_is_drawn_at_every_size)
{
	static const int ROWS[] = { 1, 2, 5, 9, 14, 16, 20, 30, 60, 0 };
	static const int COLS[] = { 1, 2, 7, 40, 50, 61, 79, 101, 200, 0 };
	open(24, 80, LOOK_PLAIN);
	SCREENS[_i].show();
	harness_every_size(&h, ROWS, COLS);
	harness_close(&h);
}
END_TEST

static void setup(void)
{
	open(24, 80, LOOK_PLAIN);
}

static void teardown(void)
{
	harness_close(&h);
}

START_TEST(learning_is_filtered_by_anything_in_it_and_opens_its_cycle)
{
	harness_keys(&h, "w /");
	harness_type(&h, "evenings");
	harness_keys(&h, "Enter");
	harness_shows(&h, "> 4 mo    Northside calls");
	harness_shows(&h, "Cycle 1b · Ten families · A few cases · no prediction");
	harness_shows(&h, "Next: Ring after five.");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Northside calls › Ten families");
	harness_keys(&h, "Esc d");
	harness_shows(&h, "Northside calls › Driver diagram");
}
END_TEST

START_TEST(an_idea_asks_who_else_has_tested_it)
{
	struct id team = harness_find(&h, "team", "Northside calls"),
		  idea = harness_find(&h, "idea", "Ring the day before");
	MUST(diagram_screen_open(&h.app, &team, &idea, &e));
	harness_keys(&h, "Ctrl-L w");
	harness_shows(&h, "Has anyone tested this? › Ring the day before");
	harness_shows(&h, "One front door");
	harness_shows(&h, "Nobody reads it");
	harness_hides(&h, "Evenings");
	harness_keys(&h, "Esc Home w");
	harness_shows(&h, "Change ideas are tested");
}
END_TEST

START_TEST(where_nobody_else_did_it_says_how_it_looked)
{
	struct id idea = harness_find(&h, "idea", "Weekly huddle");
	MUST(learned_screen_open(&h.app, NULL, &idea, &e));
	harness_keys(&h, "Ctrl-L");
	harness_shows(&h, "No other team has told what it learned about this");
}
END_TEST

START_TEST(a_digest_is_written_where_one_says)
{
	char text[4096] = "";
	const char *path = test_path(&h.arena, "digest.md");
	harness_keys(&h, "w e Ctrl-U");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "The digest is in");
	FILE *in = fopen(path, "r");
	ck_assert_ptr_nonnull(in);
	ck_assert_uint_gt(fread(text, 1, sizeof text - 1, in), 100);
	fclose(in);
	ck_assert_ptr_nonnull(strstr(text, "# What was learned\n"));
	ck_assert_ptr_nonnull(strstr(text, "> Evenings are better.\n"));
}
END_TEST

START_TEST(a_digest_replaces_a_file_only_after_a_yes_and_the_workbook_never)
{
	const char *path = test_path(&h.arena, "old.txt");
	test_write(path, "old", 3);
	harness_keys(&h, "w e");
	harness_shows(&h, "What was learned digest.md");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, h.path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "this is the workbook itself");
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, path);
	harness_keys(&h, "Enter n");
	ck_assert_str_eq(test_read(&h.arena, path, NULL), "old");
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, path);
	harness_keys(&h, "Enter y");
	const char *text = test_read(&h.arena, path, NULL);
	ck_assert_ptr_nonnull(strstr(text, "What was learned\n\n"));
	ck_assert_ptr_nonnull(strstr(text, "\n    Evenings are better.\n"));
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, "digest.pdf");
	harness_keys(&h, "Enter");
	harness_shows(&h, "end the name in one of: md txt");
}
END_TEST

START_TEST(a_check_leads_to_the_cycles_that_do_not_show_it)
{
	struct id team = harness_find(&h, "team", "Northside calls");
	MUST(fidelity_screen_open(&h.app, &team, &e));
	harness_keys(&h, "Ctrl-L Down Down Down");
	harness_shows(&h, "> Predicted before doing");
	harness_shows(&h, "3 cycles do not show it: 1a One family · 1b Ten families");
	harness_keys(&h, "Enter");
	harness_type(&h, "ten");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Northside calls › Ten families");
	harness_keys(&h, "Esc Up Enter");
	harness_shows(&h, "No cycle lacks it.");
}
END_TEST

START_TEST(one_walks_along_a_ramp_and_plans_its_next_cycle)
{
	ramp();
	harness_shows(&h, "2 of 3");
	harness_keys(&h, "Right");
	harness_shows(&h, "3 of 3");
	harness_keys(&h, "Right");
	harness_shows(&h, "+ plans the next");
	harness_keys(&h, "Left Left Left");
	harness_shows(&h, "This is the first cycle of the ramp.");
	harness_shows(&h, "Learned: They were glad, and came.");
	harness_keys(&h, "+");
	harness_shows(&h, "Northside calls › New: PDSA cycle");
}
END_TEST

START_TEST(a_cycle_says_quietly_what_its_fidelity_lacks)
{
	struct id cycle = harness_find(&h, "pdsa", "Ten families");
	MUST(form_screen_open(&h.app, "pdsa", &cycle, NULL, &e));
	harness_keys(&h, "Ctrl-L");
	harness_hides(&h, "A cycle on its own.");
	struct id alone = harness_find(&h, "pdsa", "Rota on paper");
	MUST(form_screen_open(&h.app, "pdsa", &alone, NULL, &e));
	for (int i = 0; i < 40 && !harness_has(&h, "> Ramp"); i++)
		harness_keys(&h, "Tab");
	harness_shows(&h, "A cycle on its own. Is there a ramp that it");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("learned");
	TCase *t = tcase_create("pictures");
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, each_looks_as_its_picture, 0, SCREENS_COUNT);
	tcase_add_loop_test(t, each_is_drawn_at_every_size, 0, SCREENS_COUNT);
	suite_add_tcase(suite, t);
	t = tcase_create("keys");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, learning_is_filtered_by_anything_in_it_and_opens_its_cycle);
	tcase_add_test(t, an_idea_asks_who_else_has_tested_it);
	tcase_add_test(t, where_nobody_else_did_it_says_how_it_looked);
	tcase_add_test(t, a_digest_is_written_where_one_says);
	tcase_add_test(t, a_digest_replaces_a_file_only_after_a_yes_and_the_workbook_never);
	tcase_add_test(t, a_check_leads_to_the_cycles_that_do_not_show_it);
	tcase_add_test(t, one_walks_along_a_ramp_and_plans_its_next_cycle);
	tcase_add_test(t, a_cycle_says_quietly_what_its_fidelity_lacks);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
