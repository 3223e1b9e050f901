// SPDX-License-Identifier: MIT
// Every kind of record is reached where a person would look for it, and what is made there knows
// where it belongs.
#include "harness.h"

#include "tui/screens/ways.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
}

static void teardown(void)
{
	harness_close(&h);
}

static bool leads_to(const struct way *way, const char *kind)
{
	size_t n = strlen(kind);
	const char *at = strstr(way->kinds, kind);
	return at && (at == way->kinds || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0');
}

static bool reached(const char *kind, int deep)
{
	for (const struct way *w = WAYS; w->label; w++)
		if (leads_to(w, kind) && (!w->from || (deep < 4 && reached(w->from, deep + 1))))
			return true;
	return false;
}

START_TEST(every_kind_is_reached_from_the_board)
{
	for (const struct kind *k = KINDS; k->name; k++)
		ck_assert_msg(reached(k->name, 0), "no screen leads to a %s", k->label);
	ck_assert(!reached("nonsense", 0));
}
END_TEST

START_TEST(every_way_opens_and_names_fields_that_there_are)
{
	for (const struct way *w = WAYS; w->label; w++) {
		struct err why = { 0 };
		struct records all = { 0 };
		if (w->from && !str_equal(w->from, "meeting"))
			MUST(record_list(h.app.store, &h.arena, w->from, NULL, &all, &e));
		ck_assert(!w->from || all.count || str_equal(w->from, "meeting"));
		if (w->from && !all.count)
			continue;
		const struct id *id = w->from ? &all.item[0].id : NULL;
		size_t depth = h.app.depth;
		ck_assert_msg(way_open(&h.app, w, id, &why), "%s: %s", w->label, why.text);
		ck_assert_uint_eq(h.app.depth, depth + 1);
		app_draw(&h.app);
		harness_keys(&h, "Esc");
		ck_assert_uint_eq(h.app.depth, depth);
	}
}
END_TEST

START_TEST(the_programme_s_kinds_are_behind_m_on_the_board)
{
	harness_keys(&h, "m");
	harness_shows(&h, "> Events                1");
	harness_shows(&h, "People                2");
	harness_keys(&h, "Enter");
	harness_shows(&h, "> 3 Dec");
	harness_keys(&h, "m");
	harness_shows(&h, "Attendance");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Learning session 4 › Attendance");
}
END_TEST

// The only record of a kind; its field names that record.
static void made(const char *kind, const char *field, struct id of)
{
	struct records all;
	struct id named;
	MUST(record_list(h.app.store, &h.arena, kind, NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert(record_ref(&all.item[0], field, &named));
	ck_assert(id_equal(&named, &of));
}

START_TEST(what_is_made_below_a_record_names_it)
{
	struct id measure = harness_find(&h, "measure", "Mean wait");
	harness_keys(&h, "Down Enter Down Down Enter m");
	harness_shows(&h, "> Data points");
	harness_keys(&h, "Down Enter n");
	harness_shows(&h, "New: Chart annotation");
	harness_type(&h, "1 nov");
	harness_keys(&h, "Esc");
	made("mark", "measure", measure);
	harness_keys(&h, "Esc Up Enter");
	harness_type(&h, "41");
	harness_keys(&h, "Enter Esc");
	made("point", "measure", measure);
}
END_TEST

START_TEST(what_is_agreed_in_a_session_is_the_team_s_action_too)
{
	struct records all;
	struct id session, team;
	MUST(record_list(h.app.store, &h.arena, "coaching", NULL, &all, &e));
	harness_keys(&h, "Down Enter Down Down Down Down Enter Enter F6");
	harness_shows(&h, "> Private coach notes");
	harness_keys(&h, "Down Enter n");
	harness_type(&h, "Ask the registrar");
	harness_keys(&h, "Esc Esc Up Enter n");
	harness_type(&h, "They are tired");
	harness_keys(&h, "Esc");
	made("coach_note", "coaching", all.item[0].id);
	session = all.item[0].id;
	MUST(record_list_by(h.app.store, &h.arena, "action", "from_record", &session, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert(record_ref(&all.item[0], "team", &team));
	struct id hubs = harness_find(&h, "team", "Child health hubs");
	ck_assert(id_equal(&team, &hubs));
	ck_assert_str_eq(record_get(&all.item[0], "what"), "Ask the registrar");
}
END_TEST

START_TEST(a_record_with_nothing_below_it_says_so)
{
	harness_keys(&h, "m Down Enter m");
	harness_shows(&h, "Nothing hangs below this record; Enter opens its form.");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ways");
	TCase *c = tcase_create("ways");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, every_kind_is_reached_from_the_board);
	tcase_add_test(c, every_way_opens_and_names_fields_that_there_are);
	tcase_add_test(c, the_programme_s_kinds_are_behind_m_on_the_board);
	tcase_add_test(c, what_is_made_below_a_record_names_it);
	tcase_add_test(c, what_is_agreed_in_a_session_is_the_team_s_action_too);
	tcase_add_test(c, a_record_with_nothing_below_it_says_so);
	suite_add_tcase(s, c);
	return test_run(s);
}
