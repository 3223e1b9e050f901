// SPDX-License-Identifier: MIT
// What changed in a team since it was coached: by the dates that records bear, else by when they
// were written, and never by the order in which people got round to typing.
#include "../support.h"

#include <plando/record.h>
#include <plando/since.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static const int64_t DAY = 86400000;

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

static void edit(const struct id *id, const char *kind, const char *field, const char *value)
{
	struct err e = { 0 };
	struct save *v = save_begin(s, &a, &e);
	ck_assert_msg(v && save_field(v, id, kind, field, value, &e) && save_commit(v, NULL, &e),
	    "%s", e.text);
}

// The team was made two months before 22 Nov 2026.
static void setup(void)
{
	struct err e = { 0 };
	char *path = test_path(&a, "since.plando");
	w = (struct world){ .now = 1795356120000 - 60 * DAY, .seed = 3 };
	env = world_env(&w);
	remove(path);
	ck_assert_msg(store_create(path, &env, "Test", &e), "%s", e.text);
	s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	team = MAKE("team", "name", "Hubs");
	MAKE("measure", "team", "Hubs", "name", "Wait");
	w.now = 1795356120000;
}

static void teardown(void)
{
	store_close(s);
	arena_free(&a);
}

static struct since since(void)
{
	struct since out;
	MUST(since_find(s, &a, &team, NULL, &out, &e));
	return out;
}

// "what title", in their order.
static const char *told(const struct since *x)
{
	struct str text = STR_IN(&a);
	for (size_t i = 0; i < x->items; i++)
		str_printf(&text, "%s%s %s", i ? "; " : "", x->item[i].what, x->item[i].title);
	return str_done(&text);
}

START_TEST(it_counts_from_the_session_before_the_one_that_is_held)
{
	struct id before = MAKE("coaching", "team", "Hubs", "date", "2026-11-12");
	MAKE("coaching", "team", "Hubs", "date", "2026-10-01");
	MAKE("pdsa", "team", "Hubs", "title", "Ring ten", "do_start", "2026-11-20");
	const struct since plain = since();
	ck_assert(id_equal(&plain.session, &before));
	ck_assert_str_eq(told(&plain), "begun Ring ten");
	MAKE("coaching", "team", "Hubs", "date", "2026-11-22"); // opened today: nothing is emptied
	const struct since held = since();
	ck_assert(id_equal(&held.session, &before));
	ck_assert_str_eq(told(&held), "begun Ring ten");
}
END_TEST

START_TEST(a_record_with_a_date_of_its_own_counts_by_that_date)
{
	MAKE("pdsa", "team", "Hubs", "title", "Planned early", "do_start", "2026-11-18");
	MAKE("coaching", "team", "Hubs", "date", "2026-11-12");
	w.now += DAY;
	MAKE("pdsa", "team", "Hubs", "title", "Long ago", "do_start", "2026-09-01", "do_end",
	    "2026-09-02");
	MAKE("point", "measure", "Wait", "date", "2026-10-01", "value", "4");
	MAKE("point", "measure", "Wait", "date", "2026-11-15", "value", "3");
	MAKE("assessment", "team", "Hubs", "date", "2026-11-19", "score", "2.0");
	struct id act = MAKE("action", "team", "Hubs", "what", "Print", "due", "2026-11-14");
	const struct since x = since();
	ck_assert_str_eq(told(&x), "late Print; begun Planned early; new Data point of 15 Nov; "
				   "scored Score on 19 Nov");
	ck_assert_uint_eq(x.typed_since, 2);
	ck_assert_str_eq(x.older, "1 PDSA cycle, 1 data point");
	edit(&act, "action", "status", "done");
	edit(&act, "action", "done_date", "2026-11-20");
	const struct since done = since();
	ck_assert_str_eq(done.item[0].what, "done");
	ck_assert_str_eq(done.item[0].by, env.author);
}
END_TEST

START_TEST(an_old_session_that_is_written_up_late_hides_nothing)
{
	struct id cycle = MAKE("pdsa", "team", "Hubs", "title", "Ring ten");
	edit(&cycle, "pdsa", "do_start", "2026-11-16");
	edit(&cycle, "pdsa", "learned", "They like it.");
	edit(&cycle, "pdsa", "studied_date", "2026-11-20");
	MAKE("coaching", "team", "Hubs", "date", "2026-11-12"); // after all that
	const struct since x = since();
	ck_assert_str_eq(told(&x), "studied Ring ten");
	edit(&cycle, "pdsa", "decision", "adapt");
	const struct since decided = since();
	ck_assert_str_eq(told(&decided), "finished Ring ten");
}
END_TEST

START_TEST(what_came_in_one_save_with_an_old_record_dates_from_before_too)
{
	struct err e = { 0 };
	struct id idea, cycle;
	MAKE("coaching", "team", "Hubs", "date", "2026-11-12");
	struct save *v = save_begin(s, &a, &e);
	ck_assert(v && save_new(v, "idea", NULL, &idea, &e) &&
		  save_field(v, &idea, "idea", "team", "Hubs", &e) &&
		  save_field(v, &idea, "idea", "text", "Old idea", &e) &&
		  save_new(v, "pdsa", NULL, &cycle, &e) &&
		  save_field(v, &cycle, "pdsa", "team", "Hubs", &e) &&
		  save_field(v, &cycle, "pdsa", "do_start", "2026-03-01", &e) &&
		  save_commit(v, NULL, &e));
	MAKE("idea", "team", "Hubs", "text", "New idea");
	const struct since x = since();
	ck_assert_str_eq(told(&x), "new New idea");
	ck_assert_uint_eq(x.typed_since, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("since");
	TCase *c = tcase_create("since");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, it_counts_from_the_session_before_the_one_that_is_held);
	tcase_add_test(c, a_record_with_a_date_of_its_own_counts_by_that_date);
	tcase_add_test(c, an_old_session_that_is_written_up_late_hides_nothing);
	tcase_add_test(c, what_came_in_one_save_with_an_old_record_dates_from_before_too);
	suite_add_tcase(suite, c);
	return test_run(suite);
}
