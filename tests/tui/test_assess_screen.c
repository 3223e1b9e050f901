// SPDX-License-Identifier: MIT
// The assessment ladder with keys: what it shows, where Enter leads, a coach's word, scores with
// their reasons, a private draft, and that words and chart speak of one baseline.
#include "harness.h"

#include <plando/evidence.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;

static void start(void)
{
	harness_open(&h, 40, 120, LOOK_PLAIN);
	harness_keys(&h, "Down Enter Down Down Down Enter");
	harness_shows(&h, "Score on 22 Nov");
}

static void stop(void)
{
	harness_close(&h);
}

static struct id team(void)
{
	return harness_find(&h, "team", "Child health hubs");
}

static struct evidence assessed(void)
{
	struct evidence v;
	struct id id = team();
	const struct form *form = evidence_instrument(h.app.store, NULL, NULL);
	MUST(evidence_assess(h.app.store, &h.arena, &id, store_today(h.app.store), form, &v, &e));
	return v;
}

// The newest assessment of today by that view.
static struct record today_s(const char *assessor)
{
	struct records all;
	struct record found = { 0 };
	struct id id = team();
	MUST(record_list(h.app.store, &h.arena, "assessment", &id, &all, &e));
	for (size_t i = 0; i < all.count; i++)
		if (str_equal(record_get(&all.item[i], "date"), "2026-11-22") &&
		    str_equal(record_get(&all.item[i], "assessor"), assessor))
			found = all.item[i];
	ck_assert_ptr_nonnull(found.kind);
	return found;
}

START_TEST(the_next_level_lies_open_and_the_cursor_on_what_is_most_useful)
{
	struct evidence v = assessed();
	struct evidence_agenda agenda;
	MUST(evidence_agenda(h.app.store, &h.arena, &v, &agenda, &e));
	ck_assert_uint_gt(agenda.count, 0);
	harness_shows(&h, "next");
	for (size_t k = 0; k < v.level[v.next].count; k++)
		harness_shows(
		    &h, arena_printf(&h.arena, "%.20s", v.level[v.next].criterion[k].rule->says));
	for (size_t i = 0; i < agenda.count; i++)
		if (agenda.step[i].criterion) {
			harness_shows(&h, arena_printf(&h.arena, "%s  ", agenda.step[i].criterion));
			return;
		}
}
END_TEST

START_TEST(enter_unfolds_a_level_and_leads_from_a_criterion_to_what_mends_it)
{
	harness_hides(&h, "The team meets");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "The team meets");
	harness_keys(&h, "Home Enter");
	harness_hides(&h, "Measuring has begun");
	harness_keys(&h, "Enter Down Down Enter"); // 1.0 b: the charter
	harness_shows(&h, "Population of focus");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Score on 22 Nov");
	harness_shows(&h, "> ");
}
END_TEST

START_TEST(a_coach_s_word_is_kept_with_who_when_why_and_a_fingerprint)
{
	struct evidence v = assessed();
	const struct evidence_criterion *c = NULL;
	harness_keys(&h, "a");
	harness_shows(&h, "As the coach:");
	harness_type(&h, "seen on two visits");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Attested:");
	v = assessed();
	for (size_t i = 0; i < v.count; i++)
		for (size_t k = 0; k < v.level[i].count; k++)
			if (v.level[i].criterion[k].coach.given)
				c = &v.level[i].criterion[k];
	ck_assert_ptr_nonnull(c);
	ck_assert(c->coach.holds && !c->coach.lapsed);
	ck_assert_str_eq(c->coach.why, "seen on two visits");
	ck_assert_str_eq(c->coach.by, h.env.author);
	struct record r = today_s("coach");
	struct elements all;
	ck_assert(record_elements(&r, &h.arena, "attestations", &all));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(
	    record_element_get(&r, "attestations", all.key[0], "fingerprint"), c->fingerprint);
	ck_assert_str_eq(record_get(&r, "instrument_version"), "1");
	harness_keys(&h, "x");
	harness_type(&h, "the rota has ended");
	harness_keys(&h, "Enter");
	harness_shows(&h, "does not hold");
}
END_TEST

START_TEST(without_a_reason_nothing_is_attested)
{
	harness_keys(&h, "a Enter");
	harness_shows(&h, "Nothing is attested without a reason");
}
END_TEST

START_TEST(claiming_more_than_the_record_shows_asks_why_and_saves_it)
{
	harness_keys(&h, "s");
	harness_type(&h, "5");
	harness_keys(&h, "Enter");
	harness_shows(&h, "records show otherwise");
	harness_type(&h, "our director says so");
	harness_keys(&h, "Enter");
	struct record r = today_s("team");
	ck_assert_str_eq(record_get(&r, "score"), "5.0");
	ck_assert_str_eq(record_get(&r, "rationale"), "our director says so");
	ck_assert_ptr_nonnull(strstr(record_get(&r, "computed"), "\"supported\""));
	harness_shows(&h, "team 5.0");
}
END_TEST

START_TEST(what_the_record_supports_is_saved_with_a_first_draft_of_the_reasons)
{
	harness_keys(&h, "c");
	harness_type(&h, "1.0");
	harness_keys(&h, "Enter");
	if (evidence_claim(&(struct evidence){ .supported = assessed().supported,
			       .possible = assessed().possible },
		"1.0") != CLAIM_SUPPORTED) // a reason is asked for
		harness_keys(&h, "Enter");
	struct record r = today_s("coach");
	ck_assert_str_eq(record_get(&r, "score"), "1.0");
	ck_assert(str_starts(record_get(&r, "rationale"), "The record supports"));
	harness_keys(&h, "s");
	harness_type(&h, "7");
	harness_keys(&h, "Enter");
	harness_shows(&h, "no step of this scale");
}
END_TEST

START_TEST(a_private_draft_is_on_no_board)
{
	harness_keys(&h, "s");
	harness_type(&h, "5");
	harness_keys(&h, "Enter Enter");
	harness_shows(&h, "team 5.0");
	harness_keys(&h, "p");
	harness_hides(&h, "team 5.0");
	harness_shows(&h, "Your draft 5.0 is private");
	ck_assert_str_eq(record_get((struct record[]){ today_s("team") }, "private"), "yes");
	harness_keys(&h, "Esc Esc");
	harness_hides(&h, "5.0");
	harness_keys(&h, "Enter Down Down Down Enter p");
	harness_shows(&h, "team 5.0");
}
END_TEST

START_TEST(the_chart_draws_the_baseline_that_the_words_speak_of)
{
	struct evidence v = assessed();
	const struct evidence_measure *m = NULL;
	for (size_t i = 0; i < v.measures && !m; i++)
		if (v.measure[i].roles & AS_KEY && v.measure[i].count && v.measure[i].base)
			m = &v.measure[i];
	if (m)
		harness_shows(&h, arena_printf(&h.arena, "median %s of %zu",
				      evidence_median_show(&h.arena, m->m, &m->median), m->base));
	harness_shows(&h, "t team  c coach");
}
END_TEST

START_TEST(s_on_the_team_screen_leads_to_the_ladder_and_asks_there)
{
	harness_keys(&h, "Esc s");
	harness_shows(&h, "Score on 22 Nov");
	harness_shows(&h, "The team's score today");
	harness_type(&h, "5");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Why is it so?");
	harness_keys(&h, "Esc");
	harness_shows(&h, "No score was given.");
	harness_hides(&h, "team 5.0");
	harness_keys(&h, "s");
	harness_type(&h, "5");
	harness_keys(&h, "Enter");
	harness_type(&h, "the audit of last week");
	harness_keys(&h, "Enter");
	struct record r = today_s("team");
	ck_assert_str_eq(record_get(&r, "rationale"), "the audit of last week");
	ck_assert_ptr_nonnull(record_get(&r, "computed"));
}
END_TEST

START_TEST(another_instrument_has_its_own_ladder_and_its_own_scores)
{
	harness_keys(&h, "i");
	harness_shows(&h, "Life QI progress score");
	harness_keys(&h, "s");
	harness_type(&h, "0.5");
	harness_keys(&h, "Enter");
	struct record r = today_s("team");
	ck_assert_str_eq(record_get(&r, "score"), "0.5");
	ck_assert_str_eq(record_get(&r, "instrument"), "life-qi");
	harness_shows(&h, "team 0.5");
	harness_keys(&h, "i");
	harness_hides(&h, "team 0.5");
	harness_keys(&h, "Esc");
	harness_keys(&h, "Enter"); // it opens by what the newest score was given by
	harness_shows(&h, "Life QI progress score");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("assess_screen");
	TCase *t = tcase_create("ladder");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, the_next_level_lies_open_and_the_cursor_on_what_is_most_useful);
	tcase_add_test(t, enter_unfolds_a_level_and_leads_from_a_criterion_to_what_mends_it);
	tcase_add_test(t, a_coach_s_word_is_kept_with_who_when_why_and_a_fingerprint);
	tcase_add_test(t, without_a_reason_nothing_is_attested);
	tcase_add_test(t, claiming_more_than_the_record_shows_asks_why_and_saves_it);
	tcase_add_test(t, what_the_record_supports_is_saved_with_a_first_draft_of_the_reasons);
	tcase_add_test(t, a_private_draft_is_on_no_board);
	tcase_add_test(t, the_chart_draws_the_baseline_that_the_words_speak_of);
	tcase_add_test(t, s_on_the_team_screen_leads_to_the_ladder_and_asks_there);
	tcase_add_test(t, another_instrument_has_its_own_ladder_and_its_own_scores);
	suite_add_tcase(s, t);
	return test_run(s);
}
