// SPDX-License-Identifier: MIT
// The board's facts and the stages of PDSA cycles.
#include "../support.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/driver.h>
#include <plando/pdsa.h>
#include <plando/record.h>

#include <stdio.h>
#include <string.h>

static struct arena a;
static struct world w;
static struct env env;
static struct store *s;
static struct id team;

// field, value, … NULL
static struct id make(const char *kind, const char *const pairs[])
{
	struct err e = { 0 };
	struct id id;
	struct save *v = save_begin(s, &a, &e);
	ck_assert_msg(v && save_new(v, kind, NULL, &id, &e), "%s", e.text);
	for (size_t i = 0; pairs[i]; i += 2)
		ck_assert_msg(save_field(v, &id, kind, pairs[i], pairs[i + 1], &e), "%s: %s",
		    pairs[i], e.text);
	ck_assert_msg(save_commit(v, NULL, &e), "%s", e.text);
	return id;
}
#define MAKE(kind, ...) make(kind, (const char *const[]){ __VA_ARGS__, NULL })

static void setup(void)
{
	struct err e = { 0 };
	char *path = test_path(&a, "board.plando");
	w = (struct world){ .now = 1795356120000, .seed = 3 }; // 22 Nov 2026
	env = world_env(&w);
	remove(path);
	ck_assert_msg(store_create(path, &env, "Test", &e), "%s", e.text);
	s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	team = MAKE("team", "name", "Hubs");
}

static void teardown(void)
{
	store_close(s);
	arena_free(&a);
}

static struct board_facts facts(void)
{
	struct board_facts f;
	MUST(board_facts(s, &a, &team, &f, &e));
	return f;
}

static unsigned flags(void)
{
	struct board_facts f = facts();
	struct board_look look;
	MUST(board_look(s, &a, &team, &f, &look, &e));
	return look.flags;
}

static struct driver_diagram drawn(void)
{
	struct driver_diagram d;
	MUST(driver_load(s, &a, &team, &d, &e));
	return d;
}

START_TEST(a_stage_is_read_off_what_is_filled_in)
{
	date_t today = date_from_civil((struct civil){ 2026, 11, 22 });
	const struct {
		struct pdsa_text text;
		enum pdsa_stage stage;
	} cases[] = {
		{ { NULL, NULL, NULL, NULL, NULL }, PDSA_PLANNED },
		{ { "2026-11-23", NULL, NULL, NULL, NULL }, PDSA_PLANNED },
		{ { "2026-11-22", NULL, NULL, NULL, NULL }, PDSA_DOING },
		{ { "2026-11-01", "2026-11-22", NULL, NULL, NULL }, PDSA_DOING },
		{ { "2026-11-01", "2026-11-21", NULL, NULL, NULL }, PDSA_STUDY_DUE },
		{ { NULL, NULL, "Rang ten.", "", NULL }, PDSA_STUDY_DUE },
		{ { NULL, NULL, "Rang ten.", "They like it.", NULL }, PDSA_ACT_DUE },
		{ { NULL, NULL, NULL, NULL, "adapt" }, PDSA_FINISHED },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_int_eq(pdsa_stage(&cases[i].text, today), cases[i].stage);
}
END_TEST

START_TEST(cycles_stand_by_idea_and_ramp_and_number)
{
	struct id b = MAKE("idea", "team", "Hubs", "text", "Second", "position", "b");
	struct id first = MAKE("idea", "team", "Hubs", "text", "First", "position", "a");
	(void)b, (void)first;
	MAKE("ramp", "idea", "Second", "title", "Calls");
	MAKE("pdsa", "team", "Hubs", "title", "none");
	MAKE("pdsa", "team", "Hubs", "idea", "Second", "ramp", "Calls", "cycle_no", "10", "title",
	    "ten");
	MAKE("pdsa", "idea", "Second", "ramp", "Calls", "cycle_no", "2", "title", "two");
	MAKE("pdsa", "team", "Hubs", "idea", "First", "cycle_no", "1", "title", "one");
	struct pdsa_log log;
	MUST(pdsa_log(s, &a, &team, false, &log, &e));
	static const char *const ORDER[] = { "one", "two", "ten", "none" };
	ck_assert_uint_eq(log.count, 4);
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(log.cycle[i].title, ORDER[i]);
}
END_TEST

START_TEST(the_newest_score_that_is_not_private_stands_and_the_coach_s_on_the_same_day)
{
	MAKE(
	    "assessment", "team", "Hubs", "date", "2026-06-30", "assessor", "team", "score", "2.0");
	MAKE("assessment", "team", "Hubs", "date", "2026-09-30", "assessor", "coach", "score",
	    "2.5");
	MAKE(
	    "assessment", "team", "Hubs", "date", "2026-09-30", "assessor", "team", "score", "3.0");
	MAKE("assessment", "team", "Hubs", "date", "2026-11-01", "assessor", "team", "score", "5.0",
	    "private", "yes");
	struct board_facts f = facts();
	ck_assert_str_eq(f.score, "2.5");
	ck_assert_str_eq(f.score_date, "2026-09-30");
	ck_assert_str_eq(f.score_before, "2.0");
	ck_assert(f.trend[5] < 0);
	ck_assert(f.trend[6] > 1.9 && f.trend[6] < 2.1);
	ck_assert(f.trend[BOARD_MONTHS - 1] > 2.4 && f.trend[BOARD_MONTHS - 1] < 2.6);
}
END_TEST

START_TEST(ideas_are_tested_by_a_cycle_as_the_diagram_counts_and_what_is_archived_does_not_count)
{
	MAKE("idea", "team", "Hubs", "text", "By status", "status", "implemented");
	MAKE("idea", "team", "Hubs", "text", "By cycle", "status", "idea");
	MAKE("idea", "team", "Hubs", "text", "Not yet", "status", "planned");
	MAKE("idea", "team", "Hubs", "text", "Gone", "status", "testing", "archived", "2026-01-01");
	MAKE("idea", "team", "Hubs", "text", "By a task", "status", "idea");
	MAKE("pdsa", "team", "Hubs", "idea", "By cycle", "type", "test", "do_start", "2026-11-10");
	MAKE("pdsa", "team", "Hubs", "idea", "Not yet", "type", "test", "do_start", "2026-12-10");
	MAKE("pdsa", "team", "Hubs", "idea", "By a task", "type", "task", "do_start", "2026-11-10");
	MAKE("action", "team", "Hubs", "what", "Late", "due", "2026-11-21");
	MAKE("action", "team", "Hubs", "what", "Today", "due", "2026-11-22");
	MAKE("action", "team", "Hubs", "what", "Done", "due", "2026-01-01", "status", "done");
	struct board_facts f = facts();
	ck_assert_uint_eq(f.ideas, 4);
	ck_assert_uint_eq(f.ideas_tested, 1);
	ck_assert_uint_eq(drawn().tested, f.ideas_tested);
	ck_assert_uint_eq(f.ideas_implemented, 1);
	ck_assert_uint_eq(f.cycles, 3);
	ck_assert_uint_eq(f.cycles_open, 3);
	ck_assert_int_eq(f.cycle_last, date_from_civil((struct civil){ 2026, 11, 10 }));
	ck_assert_uint_eq(f.actions_open, 2);
	ck_assert_uint_eq(f.actions_overdue, 1);
}
END_TEST

START_TEST(flags_say_what_a_person_should_look_at)
{
	ck_assert_uint_eq(flags(), FLAG_NO_AIM);
	MAKE("measure", "team", "Hubs", "name", "Wait", "type", "outcome");
	MAKE("pdsa", "team", "Hubs", "title", "x", "do_start", "2026-11-01", "what_happened", "y");
	ck_assert_uint_eq(
	    flags(), FLAG_NO_AIM | FLAG_NO_DATA | FLAG_STUDY_DUE | FLAG_NO_PREDICTION);
}
END_TEST

START_TEST(a_team_goes_quiet_after_sixty_days_and_a_new_one_is_not_quiet_yet)
{
	static const int64_t day = 86400000;
	int64_t entered = w.now;
	ck_assert(!(flags() & FLAG_QUIET));
	w.now = entered + 62 * day;
	ck_assert(flags() & FLAG_QUIET);
	MAKE("meeting", "team", "Hubs", "date", "2027-01-10");
	ck_assert(!(flags() & FLAG_QUIET));
	w.now = entered + 200 * day;
	ck_assert(flags() & FLAG_QUIET);
}
END_TEST

// It was formed years ago and brought its figures along: nobody knows yet whether it has gone
// quiet.
START_TEST(an_old_team_that_was_entered_a_minute_ago_is_not_quiet)
{
	team = MAKE("team", "name", "Old", "started", "2022-01-10");
	MAKE("measure", "team", "Old", "name", "Wait");
	MAKE("point", "measure", "Wait", "date", "2022-03-01", "value", "3");
	ck_assert(!(flags() & FLAG_QUIET));
	MAKE("meeting", "team", "Old", "date", "2026-03-01");
	ck_assert(flags() & FLAG_QUIET);
}
END_TEST

START_TEST(the_aim_is_put_together_from_what_the_charter_says)
{
	struct aim aim;
	struct err e = { 0 };
	struct id id;
	char text[ID_TEXT];
	id_print(&team, text);
	const char *const key[] = { "team", text, NULL };
	struct save *v = save_begin(s, &a, &e);
	ck_assert(v && save_new(v, "charter", key, &id, &e) &&
		  save_field(v, &id, "charter", "what", "families wait less", &e) &&
		  save_field(v, &id, "charter", "by_when", "2027-03-31", &e) &&
		  save_commit(v, NULL, &e));
	ck_assert(aim_read(s, &a, &team, &aim, &e));
	ck_assert_str_eq(aim.line, "By 31 Mar 2027, families wait less");
	ck_assert(aim.what && aim.by_when && !aim.how_much && !aim.for_whom);
}
END_TEST

START_TEST(the_next_cycle_carries_over_what_stays_and_makes_the_ramp)
{
	MAKE("idea", "team", "Hubs", "text", "Calls");
	struct id old = MAKE("pdsa", "team", "Hubs", "idea", "Calls", "cycle_no", "3", "who", "Ana",
	    "learned", "much");
	const char *given[PDSA_GIVEN];
	MUST(pdsa_next(s, &a, &old, given, &e));
	bool who = false, number = false, ramp = false;
	for (size_t i = 0; given[i]; i += 2) {
		who |= strcmp(given[i], "who") == 0 && strcmp(given[i + 1], "Ana") == 0;
		number |= strcmp(given[i], "cycle_no") == 0 && strcmp(given[i + 1], "4") == 0;
		ramp |= strcmp(given[i], "ramp") == 0;
		ck_assert_str_ne(given[i], "learned");
	}
	ck_assert(who && number && ramp);
}
END_TEST

static const char *given_of(const char *const given[], const char *field)
{
	for (size_t i = 0; given[i]; i += 2)
		if (strcmp(given[i], field) == 0)
			return given[i + 1];
	return "";
}

START_TEST(the_next_cycle_is_numbered_on_and_grows_where_that_was_decided)
{
	static const struct {
		const char *number, *next, *scale, *decision, *next_scale;
	} cases[] = { { "3", "4", "few", "adapt", "few" }, { "1a", "1b", "few", "increase", "day" },
		{ "1z", "", "sites", "increase", "sites" }, { "one", "", "", "increase", "" },
		{ "2ab", "", "case", "repeat", "case" }, { "", "", "site", "", "site" } };
	const char *given[PDSA_GIVEN];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct id old = MAKE("pdsa", "team", "Hubs", "objective", "Why?", "cycle_no",
		    cases[i].number, "scale", cases[i].scale, "decision", cases[i].decision);
		MUST(pdsa_next(s, &a, &old, given, &e));
		ck_assert_str_eq(given_of(given, "cycle_no"), cases[i].next);
		ck_assert_str_eq(given_of(given, "scale"), cases[i].next_scale);
	}
}
END_TEST

START_TEST(a_ramp_stands_in_order_and_is_numbered_from_its_second_cycle_on)
{
	const char *given[PDSA_GIVEN];
	MAKE("idea", "team", "Hubs", "text", "Calls");
	struct id first = MAKE("pdsa", "team", "Hubs", "idea", "Calls", "title", "first",
	    "do_start", "2026-10-01", "decision", "adapt");
	MUST(pdsa_next(s, &a, &first, given, &e));
	ck_assert_str_eq(given_of(given, "cycle_no"), "2");
	const char *ramp = arena_strdup(&a, given_of(given, "ramp"));
	MAKE("pdsa", "team", "Hubs", "ramp", ramp, "title", "planned");
	MAKE("pdsa", "team", "Hubs", "ramp", ramp, "title", "second", "do_start", "2026-11-01",
	    "decision", "adapt");
	struct pdsa_log log;
	MUST(pdsa_log(s, &a, &team, false, &log, &e));
	static const char *const ORDER[] = { "first", "second", "planned" };
	ck_assert_uint_eq(log.count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(log.cycle[i].title, ORDER[i]);
	ck_assert_str_eq(log.cycle[0].cycle_no, "1");
	MUST(pdsa_next(s, &a, &log.cycle[1].id, given, &e)); // nobody numbered it
	ck_assert_str_eq(given_of(given, "cycle_no"), "4");
}
END_TEST

START_TEST(the_next_cycle_asks_the_old_questions_and_predicts_nothing)
{
	struct err e = { 0 };
	const char *key, *given[PDSA_GIVEN];
	struct id old = MAKE("pdsa", "team", "Hubs", "objective", "Why?");
	struct save *v = save_begin(s, &a, &e);
	ck_assert(v && save_element(v, &old, "pdsa", "predictions", NULL, &key, &e));
	ck_assert(save_cell(v, &old, "pdsa", arena_printf(&a, "predictions.%s.question", key),
		      "Fewer missed?", &e) &&
		  save_cell(v, &old, "pdsa", arena_printf(&a, "predictions.%s.prediction", key),
		      "Half", &e) &&
		  save_commit(v, NULL, &e));
	ck_assert(pdsa_next(s, &a, &old, given, &e));
	size_t questions = 0;
	for (size_t i = 0; given[i]; i += 2) {
		questions += strcmp(given[i + 1], "Fewer missed?") == 0;
		ck_assert_str_ne(given[i + 1], "Half");
		ck_assert_ptr_null(strstr(given[i], key)); // a row of its own
	}
	ck_assert_uint_eq(questions, 1);
}
END_TEST

START_TEST(study_is_owed_since_doing_ended_and_a_decision_since_it_was_studied)
{
	struct pdsa_log log;
	MAKE("pdsa", "team", "Hubs", "title", "a", "do_start", "2026-11-01", "do_end", "2026-11-10",
	    "what_happened", "Rang");
	MAKE("pdsa", "team", "Hubs", "title", "b", "do_start", "2026-11-02", "learned", "Much",
	    "studied_date", "2026-11-20");
	MAKE("pdsa", "team", "Hubs", "title", "c", "what_happened", "Rang");
	MAKE("pdsa", "team", "Hubs", "title", "d", "do_start", "2026-11-03", "learned", "Much",
	    "decision", "adopt");
	MUST(pdsa_log(s, &a, &team, false, &log, &e));
	for (size_t i = 0; i < log.count; i++) {
		const struct pdsa_cycle *c = &log.cycle[i];
		bool a_or_b = *c->title == 'a' || *c->title == 'b';
		date_t day =
		    date_from_civil((struct civil){ 2026, 11, *c->title == 'a' ? 10 : 20 });
		ck_assert_msg(c->due_known == a_or_b, "%s", c->title);
		ck_assert(!a_or_b || c->due == day);
	}
	ck_assert_int_eq(facts().study_days, 12);
	ck_assert_int_eq(facts().act_days, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("board");
	TCase *c = tcase_create("board");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, a_stage_is_read_off_what_is_filled_in);
	tcase_add_test(c, cycles_stand_by_idea_and_ramp_and_number);
	tcase_add_test(
	    c, the_newest_score_that_is_not_private_stands_and_the_coach_s_on_the_same_day);
	tcase_add_test(c,
	    ideas_are_tested_by_a_cycle_as_the_diagram_counts_and_what_is_archived_does_not_count);
	tcase_add_test(c, flags_say_what_a_person_should_look_at);
	tcase_add_test(c, a_team_goes_quiet_after_sixty_days_and_a_new_one_is_not_quiet_yet);
	tcase_add_test(c, an_old_team_that_was_entered_a_minute_ago_is_not_quiet);
	tcase_add_test(c, the_aim_is_put_together_from_what_the_charter_says);
	tcase_add_test(c, the_next_cycle_carries_over_what_stays_and_makes_the_ramp);
	tcase_add_test(c, the_next_cycle_is_numbered_on_and_grows_where_that_was_decided);
	tcase_add_test(c, a_ramp_stands_in_order_and_is_numbered_from_its_second_cycle_on);
	tcase_add_test(c, the_next_cycle_asks_the_old_questions_and_predicts_nothing);
	tcase_add_test(c, study_is_owed_since_doing_ended_and_a_decision_since_it_was_studied);
	suite_add_tcase(suite, c);
	return test_run(suite);
}
