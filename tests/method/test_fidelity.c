// SPDX-License-Identifier: MIT
// The seven checks of a PDSA cycle, each with what just proves it and what just does not.
#include "made.h"

#include <plando/fidelity.h>
#include <plando/str.h>

#include <stdio.h>

static struct id team;

static void setup(void)
{
	made_setup();
	team = MADE("team", "name", "Hubs");
}

static struct fidelity all(void)
{
	struct fidelity f;
	MUST(fidelity_read(made_store, &made_arena, &team, &f, &e));
	return f;
}

static enum fidelity_answer answer(struct id cycle, enum fidelity_check check)
{
	struct fidelity f = all();
	const struct fidelity_cycle *c = fidelity_of(&f, &cycle);
	ck_assert_ptr_nonnull(c);
	return c->answer[check];
}

static void predict(struct id cycle, const char *question, const char *prediction)
{
	struct err e = { 0 };
	const char *key;
	struct save *v = save_begin(made_store, &made_arena, &e);
	ck_assert(v && save_element(v, &cycle, "pdsa", "predictions", NULL, &key, &e));
	ck_assert(save_cell(v, &cycle, "pdsa",
	    arena_printf(&made_arena, "predictions.%s.question", key), question, &e));
	ck_assert(save_cell(v, &cycle, "pdsa",
	    arena_printf(&made_arena, "predictions.%s.prediction", key), prediction, &e));
	ck_assert_msg(save_commit(v, NULL, &e), "%s", e.text);
}

START_TEST(all_four_stages_are_asked_for_once_doing_is_over)
{
	struct id c = MADE("pdsa", "team", made_ref(team), "objective", "Does a call help?");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_OPEN);
	made_set(c, "pdsa", "do_start", "2026-11-10");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_OPEN);
	made_set(c, "pdsa", "what_happened", "Rang ten.");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_NO);
	made_set(c, "pdsa", "learned", "Evenings are better.");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_NO);
	made_set(c, "pdsa", "decision", "adapt");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_YES);
	made_set(c, "pdsa", "objective", "");
	ck_assert_int_eq(answer(c, FIDELITY_STAGES), FIDELITY_NO);
}
END_TEST

START_TEST(study_is_written_on_the_day_of_doing_or_after)
{
	struct id c = MADE("pdsa", "team", made_ref(team), "do_start", "2026-11-10",
	    "what_happened", "Rang ten.", "learned", "Evenings.", "studied_date", "2026-11-09");
	ck_assert_int_eq(answer(c, FIDELITY_STUDIED), FIDELITY_NO);
	made_set(c, "pdsa", "studied_date", "2026-11-10");
	ck_assert_int_eq(answer(c, FIDELITY_STUDIED), FIDELITY_YES);
	made_set(c, "pdsa", "learned", "");
	ck_assert_int_eq(answer(c, FIDELITY_STUDIED), FIDELITY_NO);
}
END_TEST

START_TEST(a_task_is_no_learning_activity)
{
	static const char *const learning[] = { "learn", "develop", "test", "implement" };
	struct id c = MADE("pdsa", "team", made_ref(team), "type", "task");
	ck_assert_int_eq(answer(c, FIDELITY_LEARNING), FIDELITY_NO);
	for (size_t i = 0; i < 4; i++) {
		made_set(c, "pdsa", "type", learning[i]);
		ck_assert_int_eq(answer(c, FIDELITY_LEARNING), FIDELITY_YES);
	}
	made_set(c, "pdsa", "type", "");
	ck_assert_int_eq(answer(c, FIDELITY_LEARNING), FIDELITY_OPEN);
}
END_TEST

START_TEST(a_prediction_counts_when_it_is_a_day_older_than_the_doing)
{
	struct id c = MADE("pdsa", "team", made_ref(team), "do_start", "2026-11-10");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_NO);
	predict(c, "Fewer missed?", "From 30 to 15");
	made_set(c, "pdsa", "predicted_date", "2026-11-09");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_YES);
	made_set(c, "pdsa", "predicted_date", "2026-11-10");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_NO);
	made_set(c, "pdsa", "predicted_date", "");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_NO);
	made_set(c, "pdsa", "do_start", "");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_OPEN);
}
END_TEST

START_TEST(a_question_without_a_prediction_and_a_row_taken_out_count_for_nothing)
{
	struct err e = { 0 };
	struct elements keys;
	struct record r;
	struct id c = MADE("pdsa", "team", made_ref(team), "do_start", "2026-11-10",
	    "predicted_date", "2026-11-01");
	predict(c, "Fewer missed?", "");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_NO);
	predict(c, "Fewer missed?", "Half");
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_YES);
	ck_assert(record_load(made_store, &made_arena, &c, &r, &e));
	ck_assert(record_elements(&r, &made_arena, "predictions", &keys));
	for (size_t i = 0; i < keys.count; i++) {
		struct save *v = save_begin(made_store, &made_arena, &e);
		ck_assert(save_element_remove(v, &c, "pdsa", "predictions", keys.key[i], &e));
		ck_assert(save_commit(v, NULL, &e));
	}
	ck_assert_int_eq(answer(c, FIDELITY_PREDICTED), FIDELITY_NO);
}
END_TEST

static struct id in_ramp(struct id ramp, const char *no, const char *scale, const char *start)
{
	return MADE("pdsa", "team", made_ref(team), "ramp", made_ref(ramp), "cycle_no", no, "scale",
	    scale, "do_start", start, "what_happened", "Done.");
}

static struct id ramp_of(void)
{
	struct id idea = MADE("idea", "team", made_ref(team), "text", "Ring the day before");
	return MADE("ramp", "idea", made_ref(idea), "title", "Calls");
}

START_TEST(two_cycles_of_a_ramp_are_a_series_and_one_is_none)
{
	struct id ramp = ramp_of(), one = in_ramp(ramp, "1", "case", "2026-09-01");
	ck_assert_int_eq(answer(one, FIDELITY_SERIES), FIDELITY_NO);
	ck_assert_int_eq(answer(one, FIDELITY_SCALE), FIDELITY_OPEN);
	struct id two = in_ramp(ramp, "2", "case", "2026-09-10");
	ck_assert_int_eq(answer(one, FIDELITY_SERIES), FIDELITY_YES);
	ck_assert_int_eq(answer(two, FIDELITY_SCALE), FIDELITY_NO);
	made_set(two, "pdsa", "scale", "few");
	ck_assert_int_eq(answer(one, FIDELITY_SCALE), FIDELITY_YES);
	struct fidelity f = all();
	ck_assert_uint_eq(f.series, 1);
	ck_assert_uint_eq(f.tally[FIDELITY_SCALE].of, 1);
	ck_assert_uint_eq(f.tally[FIDELITY_SERIES].of, 2);
	made_set(two, "pdsa", "archived", "2026-09-11");
	ck_assert_int_eq(answer(one, FIDELITY_SERIES), FIDELITY_NO);
}
END_TEST

START_TEST(cycles_without_a_ramp_are_no_series_however_many)
{
	for (int i = 0; i < 3; i++)
		MADE("pdsa", "team", made_ref(team), "do_start", "2026-09-01");
	struct fidelity f = all();
	ck_assert_uint_eq(f.series, 0);
	ck_assert_uint_eq(f.tally[FIDELITY_SERIES].yes, 0);
	ck_assert_uint_eq(f.tally[FIDELITY_SERIES].of, 3);
}
END_TEST

START_TEST(data_are_regular_with_three_points_of_the_measure_while_the_ramp_ran)
{
	static const char *const days[] = { "2026-08-31", "2026-09-01", "2026-09-05", "2026-09-20",
		"2026-09-21" };
	struct err e = { 0 };
	struct id ramp = ramp_of(), one = in_ramp(ramp, "1", "case", "2026-09-01"),
		  two = in_ramp(ramp, "2", "few", "2026-09-10"), point;
	struct id measure = MADE("measure", "team", made_ref(team), "name", "Missed");
	made_set(two, "pdsa", "measure", made_ref(measure));
	made_set(two, "pdsa", "do_end", "2026-09-20");
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		const char *key[] = { "measure", made_ref(measure), "date", days[i], NULL };
		struct save *v = save_begin(made_store, &made_arena, &e);
		ck_assert(v && save_new(v, "point", key, &point, &e) &&
			  save_cell(v, &point, "point", "value", "3", &e) &&
			  save_commit(v, NULL, &e));
		enum fidelity_answer now = answer(one, FIDELITY_DATA);
		ck_assert_int_eq(now, i >= 3 ? FIDELITY_YES : FIDELITY_NO);
	}
	made_set(two, "pdsa", "do_end", "2026-09-19"); // and so the fourth is out of it
	ck_assert_int_eq(answer(one, FIDELITY_DATA), FIDELITY_NO);
}
END_TEST

START_TEST(quarters_are_those_in_which_doing_began_oldest_first)
{
	MADE("pdsa", "team", made_ref(team), "do_start", "2026-07-01", "type", "test");
	MADE("pdsa", "team", made_ref(team), "do_start", "2026-03-31", "type", "task");
	MADE("pdsa", "team", made_ref(team), "do_start", "2026-09-30", "type", "test");
	MADE("pdsa", "team", made_ref(team), "do_start", "2027-01-01", "type", "test"); // to come
	struct fidelity f = all();
	ck_assert_uint_eq(f.periods, 2);
	ck_assert_int_eq(f.period[0].from, date_from_civil((struct civil){ 2026, 1, 1 }));
	ck_assert_int_eq(f.period[1].from, date_from_civil((struct civil){ 2026, 7, 1 }));
	ck_assert_uint_eq(f.period[1].tally[FIDELITY_LEARNING].yes, 2);
	ck_assert_uint_eq(f.tally[FIDELITY_LEARNING].of, 4);
}
END_TEST

START_TEST(a_team_is_asked_alone_and_the_workbook_whole)
{
	struct fidelity f;
	struct id other = MADE("team", "name", "Other");
	MADE("pdsa", "team", made_ref(team), "type", "test");
	MADE("pdsa", "team", made_ref(other), "type", "task");
	ck_assert_uint_eq(all().count, 1);
	MUST(fidelity_read(made_store, &made_arena, NULL, &f, &e));
	ck_assert_uint_eq(f.count, 2);
	ck_assert_uint_eq(f.tally[FIDELITY_LEARNING].yes, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fidelity");
	TCase *t = tcase_create("fidelity");
	tcase_add_checked_fixture(t, setup, made_teardown);
	tcase_add_test(t, all_four_stages_are_asked_for_once_doing_is_over);
	tcase_add_test(t, study_is_written_on_the_day_of_doing_or_after);
	tcase_add_test(t, a_task_is_no_learning_activity);
	tcase_add_test(t, a_prediction_counts_when_it_is_a_day_older_than_the_doing);
	tcase_add_test(t, a_question_without_a_prediction_and_a_row_taken_out_count_for_nothing);
	tcase_add_test(t, two_cycles_of_a_ramp_are_a_series_and_one_is_none);
	tcase_add_test(t, cycles_without_a_ramp_are_no_series_however_many);
	tcase_add_test(t, data_are_regular_with_three_points_of_the_measure_while_the_ramp_ran);
	tcase_add_test(t, quarters_are_those_in_which_doing_began_oldest_first);
	tcase_add_test(t, a_team_is_asked_alone_and_the_workbook_whole);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
