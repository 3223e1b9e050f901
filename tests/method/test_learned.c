// SPDX-License-Identifier: MIT
// What was learned, across teams: which cycles tell of it, and who else tested the same.
#include "made.h"

#include <plando/learned.h>
#include <plando/str.h>

#include <stdio.h>

static struct id hubs, door, item, driver, call, ring, film;

static struct id cycle(struct id team, struct id idea, const char *learned, const char *day)
{
	return MADE("pdsa", "team", made_ref(team), "idea", made_ref(idea), "learned", learned,
	    "do_start", day, "decision", "adapt");
}

static void setup(void)
{
	made_setup();
	hubs = MADE("team", "name", "Hubs");
	door = MADE("team", "name", "One door");
	item = MADE("component", "code", "A", "text", "Advance calls");
	driver = MADE("driver", "team", made_ref(door), "type", "primary", "text", "Reminders",
	    "component", made_ref(item));
	call =
	    MADE("idea", "team", made_ref(hubs), "text", "Call first", "component", made_ref(item));
	ring = MADE("idea", "team", made_ref(door), "text", "Ring the day before");
	film = MADE("idea", "team", made_ref(door), "text", "Film");
	struct id below =
	    MADE("driver", "team", made_ref(door), "type", "secondary", "text", "By phone");
	made_link(below, driver);
	made_link(ring, below);
	cycle(hubs, call, "Evenings are better", "2026-09-01");
	cycle(door, ring, "Café numbers fail", "2026-10-01");
	cycle(door, film, "Nobody looks", "2026-11-01");
}

static struct learnings list(struct learned_filter f)
{
	struct learnings out;
	MUST(learned_list(made_store, &made_arena, &f, &out, &e));
	return out;
}

START_TEST(all_teams_learning_stands_newest_first)
{
	struct learnings l = list((struct learned_filter){ 0 });
	ck_assert_uint_eq(l.count, 3);
	ck_assert_str_eq(l.item[0].learned, "Nobody looks");
	ck_assert_str_eq(l.item[2].team_name, "Hubs");
	ck_assert_str_eq(l.item[2].component, "A Advance calls");
}
END_TEST

START_TEST(a_cycle_that_taught_nothing_yet_is_not_among_them_and_an_archived_one_neither)
{
	MADE("pdsa", "team", made_ref(hubs), "what_happened", "Rang ten");
	struct id gone = cycle(hubs, call, "Old", "2026-08-01");
	made_set(gone, "pdsa", "archived", "2026-08-02");
	ck_assert_uint_eq(list((struct learned_filter){ 0 }).count, 3);
}
END_TEST

START_TEST(an_item_is_tested_by_its_ideas_and_by_what_feeds_its_drivers_at_any_depth)
{
	struct learnings l = list((struct learned_filter){ .component = &item });
	ck_assert_uint_eq(l.count, 2);
	ck_assert_str_eq(l.item[0].learned, "Café numbers fail");
	ck_assert_str_eq(l.item[1].learned, "Evenings are better");
	ck_assert_uint_eq(list((struct learned_filter){ .node = &driver }).count, 1);
}
END_TEST

START_TEST(team_idea_decision_days_and_words_narrow_it)
{
	date_t october = date_from_civil((struct civil){ 2026, 10, 1 });
	ck_assert_uint_eq(list((struct learned_filter){ .team = &door }).count, 2);
	ck_assert_uint_eq(list((struct learned_filter){ .idea = &film }).count, 1);
	ck_assert_uint_eq(list((struct learned_filter){ .decision = "adopt" }).count, 0);
	ck_assert_uint_eq(list((struct learned_filter){ .since = october }).count, 2);
	ck_assert_uint_eq(list((struct learned_filter){ .until = october }).count, 2);
	ck_assert_uint_eq(list((struct learned_filter){ .words = "CAFE door" }).count, 1);
	ck_assert_uint_eq(list((struct learned_filter){ .words = "cafe hubs" }).count, 0);
}
END_TEST

START_TEST(who_else_tested_it_is_answered_by_item_and_by_the_same_words)
{
	struct learnings l;
	MUST(learned_about(made_store, &made_arena, &call, &l, &e));
	ck_assert_uint_eq(l.count, 1);
	ck_assert_str_eq(l.item[0].learned, "Café numbers fail");
	struct id same = MADE("idea", "team", made_ref(hubs), "text", "FILM");
	MUST(learned_about(made_store, &made_arena, &same, &l, &e));
	ck_assert_uint_eq(l.count, 1);
	ck_assert_str_eq(l.item[0].learned, "Nobody looks");
	MUST(learned_about(made_store, &made_arena, &film, &l, &e));
	ck_assert_uint_eq(l.count, 0); // its own do not count
}
END_TEST

START_TEST(a_ring_of_links_ends)
{
	struct id one = MADE("driver", "team", made_ref(hubs), "type", "primary", "text", "One"),
		  two = MADE("driver", "team", made_ref(hubs), "type", "primary", "text", "Two");
	made_link(one, two);
	made_link(two, one);
	made_link(call, one);
	ck_assert_uint_eq(list((struct learned_filter){ .node = &two }).count, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("learned");
	TCase *t = tcase_create("learned");
	tcase_add_checked_fixture(t, setup, made_teardown);
	tcase_add_test(t, all_teams_learning_stands_newest_first);
	tcase_add_test(
	    t, a_cycle_that_taught_nothing_yet_is_not_among_them_and_an_archived_one_neither);
	tcase_add_test(
	    t, an_item_is_tested_by_its_ideas_and_by_what_feeds_its_drivers_at_any_depth);
	tcase_add_test(t, team_idea_decision_days_and_words_narrow_it);
	tcase_add_test(t, who_else_tested_it_is_answered_by_item_and_by_the_same_words);
	tcase_add_test(t, a_ring_of_links_ends);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
