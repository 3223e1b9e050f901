// SPDX-License-Identifier: MIT
// Properties of the evidence engine: recording more never lowers a level (but as evidence.h says),
// the same record gives the same result whatever the order in which it was written, hostile numbers
// and names do no harm, and the claims, the agenda and the history speak of the same levels.
#include "../support.h"

#include <plando/evidence.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena a;
static struct world w;
static struct env env;
static struct store *s;
static struct id team;

static struct id make(const char *kind, const char *const pairs[])
{
	struct id id;
	struct save *v = save_begin(s, &a, NULL);
	MUST(v && save_new(v, kind, NULL, &id, &e));
	for (size_t i = 0; pairs[i]; i += 2)
		MUST(save_field(v, &id, kind, pairs[i], pairs[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}
#define MAKE(kind, ...) make(kind, (const char *const[]){ __VA_ARGS__, NULL })

static const char *text_of(const struct id *id)
{
	char *text = arena_alloc(&a, ID_TEXT);
	id_print(id, text);
	return text;
}

static void open_new(const char *name)
{
	char *path = test_path(&a, name);
	remove(path);
	MUST(store_create(path, &env, "Test", &e));
	s = store_open(path, STORE_WRITE, &env, NULL);
	ck_assert_ptr_nonnull(s);
	team = MAKE("team", "name", "Hubs");
}

static void setup(void)
{
	w = (struct world){ .now = 1795356120000, .seed = 5 }; // 22 Nov 2026
	env = world_env(&w);
	open_new("evidence.plando");
}

static void teardown(void)
{
	store_close(s);
	arena_free(&a);
}

static struct evidence assess(void)
{
	struct evidence v = { 0 };
	const struct form *form = evidence_instrument(s, NULL, NULL);
	MUST(evidence_assess(s, &a, &team, store_today(s), form, &v, &e));
	return v;
}

static double number(const char *score)
{
	return strtod(score, NULL);
}

// --- adding at random

static const struct id *one_of(const struct id *all, size_t n)
{
	return &all[world_next(&w) % n];
}

struct play {
	struct id driver[3], idea[3], outcome, process;
	int month; // of the next points
	size_t people, charter;
};

// The frame in which everything else only adds: parts, ideas, measures with a baseline that ended.
static void play_begin(struct play *p)
{
	static const char *const names[] = { "one", "two", "three" };
	for (int i = 0; i < 3; i++) {
		p->driver[i] =
		    MAKE("driver", "team", "Hubs", "type", "secondary", "text", names[i]);
		p->idea[i] = MAKE("idea", "team", "Hubs", "text", names[i], "status", "idea");
		const char *from = text_of(&p->idea[i]), *to = text_of(&p->driver[i]);
		struct id id;
		const char *const key[] = { "from", from, "to", to, NULL };
		struct save *v = save_begin(s, &a, NULL);
		MUST(v && save_new(v, "link", key, &id, &e) && save_commit(v, NULL, &e));
	}
	p->outcome = MAKE("measure", "team", "Hubs", "name", "wait", "type", "outcome",
	    "key_measure", "yes", "direction", "down", "goal", "10", "baseline_end", "2025-12-31",
	    "interval", "quarter");
	p->process =
	    MAKE("measure", "team", "Hubs", "name", "calls", "type", "process", "key_measure",
		"yes", "direction", "up", "baseline_end", "2025-12-31", "interval", "quarter");
	p->month = 0;
}

static void add_point(const struct id *measure, int month, const char *value)
{
	struct id id;
	char date[DATE_TEXT];
	date_t day = date_add_months(date_from_civil((struct civil){ 2025, 7, 1 }), month);
	date_print_iso(day, date);
	const char *text = text_of(measure);
	const char *const key[] = { "measure", text, "date", date, NULL };
	struct save *v = save_begin(s, &a, NULL);
	MUST(v && save_new(v, "point", key, &id, &e));
	MUST(save_field(v, &id, "point", "value", value, &e) && save_commit(v, NULL, &e));
}

// Six months of baseline first, then each month better than all before it.
static void add_points(struct play *p)
{
	int m = p->month++;
	if (m > 16)
		return;
	add_point(&p->outcome, m, arena_printf(&a, "%d", m < 6 ? 30 : 32 - m));
	add_point(&p->process, m, arena_printf(&a, "%d", m < 6 ? 30 : 24 + m));
}

static void add_cycle(struct play *p)
{
	MAKE("pdsa", "team", "Hubs", "idea", text_of(one_of(p->idea, 3)), "type", "test",
	    "objective", "x", "do_start", "2026-01-10", "what_happened", "y", "learned", "z",
	    "decision", "adapt");
}

// One step further: an idea that is more in place, never less.
static void further(struct play *p)
{
	static const char *const steps[] = { "implementing", "implemented" };
	struct record r;
	const struct id *id = one_of(p->idea, 3);
	struct save *v = save_begin(s, &a, NULL);
	MUST(record_load(s, &a, id, &r, &e));
	bool begun = str_equal(record_get(&r, "status"), "implementing") ||
		     str_equal(record_get(&r, "status"), "implemented");
	MUST(save_field(v, id, "idea", "status", steps[begun], &e));
	MUST(!begun || save_field(v, id, "idea", "scope", "focus", &e));
	MUST(save_commit(v, NULL, &e));
}

static void add_person(struct play *p)
{
	char *name = arena_printf(&a, "P%zu", p->people++);
	MAKE("person", "team", text_of(&team), "name", name);
	MAKE(
	    "membership", "team", "Hubs", "person", name, "role", p->people == 1 ? "lead" : "data");
}

static void add_charter(struct play *p)
{
	static const char *const fields[][2] = { { "population", "x" }, { "what", "x" },
		{ "how_much", "x" }, { "by_when", "2027-03-31" }, { "for_whom", "x" } };
	const char *text = text_of(&team);
	const char *const key[] = { "team", text, NULL };
	size_t i = p->charter++ % 5;
	struct id id;
	struct save *v = save_begin(s, &a, NULL);
	MUST(v && save_new(v, "charter", key, &id, &e));
	MUST(save_field(v, &id, "charter", fields[i][0], fields[i][1], &e) &&
	     save_commit(v, NULL, &e));
}

static void add_one(struct play *p)
{
	static const char *const types[] = { "larger_population", "other_facility" };
	static const char *const stages[] = { "planned", "started", "done" };
	switch (world_next(&w) % 8) {
	case 0: add_cycle(p); return;
	case 1: further(p); return;
	case 2: add_person(p); return;
	case 3: MAKE("meeting", "team", "Hubs", "date", "2026-10-10"); return;
	case 4: MAKE("involvement", "team", "Hubs", "date", "2026-10-11", "who", "x"); return;
	case 5:
		MAKE("spread", "team", "Hubs", "where", "x", "type", types[world_next(&w) % 2],
		    "status", stages[world_next(&w) % 3]);
		return;
	case 6: add_charter(p); return;
	default: add_points(p); return;
	}
}

START_TEST(recording_more_never_lowers_a_level)
{
	struct play p = { 0 };
	double before = 0, best = 0;
	w.seed = (uint64_t)_i * 7919 + 13;
	play_begin(&p);
	for (int m = 0; m < 10; m++) // data that are fresh from the start
		add_points(&p);
	add_point(&p.outcome, 16, "16");
	add_point(&p.process, 16, "40");
	for (int i = 0; i < 100; i++) {
		if (p.month <= 15 || world_next(&w) % 8 != 7)
			add_one(&p);
		struct evidence v = assess();
		double now = number(v.supported);
		ck_assert_msg(now >= before, "step %d: %s after %.1f", i, v.supported, before);
		ck_assert_msg(number(v.possible) >= now, "step %d", i);
		ck_assert_str_eq(v.agreed, v.supported);
		before = now;
		best = now > best ? now : best;
	}
	ck_assert_msg(best >= 2.5, "the history came to %.1f only", best);
}
END_TEST

START_TEST(but_what_the_header_names_may)
{
	struct play p = { 0 };
	play_begin(&p);
	for (int i = 0; i < 17; i++)
		add_points(&p);
	for (int i = 0; i < 4; i++) {
		add_person(&p);
		MAKE("meeting", "team", "Hubs", "date", "2026-10-10");
	}
	for (int i = 0; i < 5; i++)
		add_charter(&p);
	for (int i = 0; i < 12; i++)
		add_cycle(&p);
	ck_assert(number(assess().supported) >= 2.5);
	MAKE("measure", "team", "Hubs", "name", "another", "type", "process", "key_measure", "yes");
	ck_assert_str_eq(assess().supported, "2.0");
}
END_TEST

// --- hostile content

START_TEST(hostile_numbers_and_names_do_no_harm)
{
	struct play p = { 0 };
	play_begin(&p);
	struct id m = MAKE("measure", "team", "Hubs", "name", "%s%n \"\\", "type", "outcome",
	    "key_measure", "yes", "direction", "up", "goal", "999999999999999999", "data",
	    "percent", "decimals", "18");
	for (int i = 0; i < 17; i++)
		add_point(&m, i,
		    i % 3 == 0	 ? "999999999999999999"
		    : i % 3 == 1 ? "-0.000000000000000001"
				 : "12345678901234567890123456789");
	add_cycle(&p);
	struct evidence v = assess();
	struct evidence_agenda agenda;
	MUST(evidence_agenda(s, &a, &v, &agenda, &e));
	ck_assert_ptr_nonnull(evidence_computed(&a, &v));
	ck_assert_ptr_nonnull(evidence_claim_words(&a, &v, "5.0"));
	ck_assert_ptr_nonnull(evidence_claim_words(&a, &v, "nonsense"));
}
END_TEST

static size_t warned(const char *words)
{
	struct evidence v = assess();
	size_t n = 0;
	for (size_t i = 0; i < v.warnings; i++)
		n += strstr(v.warning[i].text, words) != NULL;
	return n;
}

START_TEST(what_is_no_criterion_is_warned_of)
{
	struct play p = { 0 };
	play_begin(&p);
	for (int i = 0; i < 12; i++)
		add_points(&p);
	add_cycle(&p);
	ck_assert_uint_eq(warned("full cycles without a prediction"), 1);
	ck_assert_uint_eq(warned("baseline points; 10 would be surer"), 2);
	ck_assert_uint_eq(warned("goal was changed"), 0);
	w.now += 86400000;
	struct save *v = save_begin(s, &a, NULL);
	MUST(v && save_field(v, &p.outcome, "measure", "goal", "25", &e) &&
	     save_commit(v, NULL, &e));
	ck_assert_uint_eq(warned("goal was changed"), 1);
	MAKE("mark", "measure", "wait", "date", "2026-03-03", "text", "flood", "type",
	    "other_cause");
	ck_assert_uint_eq(warned("flood"), 1);
	struct id b = MAKE("measure", "team", "Hubs", "name", "back", "type", "balancing",
	    "direction", "down", "baseline_end", "2025-12-31");
	for (int i = 0; i < 13; i++)
		add_point(&b, i, i < 6 ? "1" : "3");
	ck_assert_uint_eq(warned("a balancing measure, is getting worse"), 1);
}
END_TEST

// --- what belongs together

START_TEST(claims_stand_to_the_record_as_they_are_told)
{
	const struct evidence v = { .supported = "2.5", .possible = "3.0" };
	ck_assert_int_eq(evidence_claim(&v, "2.0"), CLAIM_SUPPORTED);
	ck_assert_int_eq(evidence_claim(&v, "2.50"), CLAIM_SUPPORTED);
	ck_assert_int_eq(evidence_claim(&v, "3.0"), CLAIM_TO_CONFIRM);
	ck_assert_int_eq(evidence_claim(&v, "3.5"), CLAIM_BEYOND);
}
END_TEST

START_TEST(the_short_way_gives_the_same_score_as_the_long_one)
{
	struct play p = { 0 };
	play_begin(&p);
	for (int i = 0; i < 30; i++) {
		struct evidence_brief b;
		add_one(&p);
		struct evidence v = assess();
		MUST(evidence_brief(s, &a, &team, store_today(s), v.form, &b, &e));
		ck_assert_str_eq(b.supported, v.supported);
		struct evidence_month months[3];
		MUST(evidence_history(s, &a, &v, months, 3, &e));
		ck_assert_str_eq(months[2].supported, v.supported);
	}
}
END_TEST

START_TEST(a_team_that_stays_on_its_level_stalls_and_one_that_is_not_on_any_does_not)
{
	struct evidence_agenda agenda;
	struct evidence v = assess();
	MUST(evidence_agenda(s, &a, &v, &agenda, &e));
	ck_assert(!agenda.stalled);
	struct play p = { 0 };
	play_begin(&p);
	for (int i = 0; i < 5; i++)
		add_charter(&p);
	add_person(&p);
	add_person(&p);
	for (int i = 0; i < 4; i++)
		add_points(&p);
	v = assess();
	ck_assert_str_eq(v.supported, "1.0");
	MUST(evidence_agenda(s, &a, &v, &agenda, &e));
	ck_assert(agenda.stalled && agenda.step[0].stall);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("evidence");
	TCase *c = tcase_create("evidence");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, recording_more_never_lowers_a_level, 0, 6);
	tcase_add_test(c, but_what_the_header_names_may);
	tcase_add_test(c, hostile_numbers_and_names_do_no_harm);
	tcase_add_test(c, what_is_no_criterion_is_warned_of);
	tcase_add_test(c, claims_stand_to_the_record_as_they_are_told);
	tcase_add_test(c, the_short_way_gives_the_same_score_as_the_long_one);
	tcase_add_test(
	    c, a_team_that_stays_on_its_level_stalls_and_one_that_is_not_on_any_does_not);
	suite_add_tcase(suite, c);
	return test_run(suite);
}
