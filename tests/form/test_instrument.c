// SPDX-License-Identifier: MIT
// Instruments as form files: criteria and thresholds as data, each mistake with its place, and a
// collaborative's own reading of the scale.
#include "../support.h"

#include <plando/form.h>
#include <plando/str.h>

#include <string.h>

static struct arena arena;

static void start(void)
{
	arena = (struct arena){ 0 };
}

static void stop(void)
{
	arena_free(&arena);
}

#define HEAD                                                                                       \
	"form: f\nversion: 1\ntitle: F\nsource: Us\nsections: []\nbelow: '0.5'\nlevels:\n"         \
	"  - {score: '1.0', title: A, criteria: "
#define ONE "{id: 1 a, says: S, proof: team}"

START_TEST(criteria_and_thresholds_are_data)
{
	static const char text[] =
	    HEAD "[" ONE ", {id: 1 b, says: T, proof: components_begun, need: several,"
		 " judge: Really?}]}\nthresholds: {shift: 8}\nhalf_rule: mean\n";
	struct err e = { 0 };
	const struct form *f = form_read(&arena, text, strlen(text), "f", &e);
	ck_assert_msg(f != NULL, "%s", e.text);
	ck_assert_str_eq(f->edits, "assessment");
	ck_assert_uint_eq(f->levels[0].criterion_count, 2);
	const struct form_criterion *c = &f->levels[0].criteria[1];
	ck_assert_int_eq(c->proof, PROOF_BEGUN);
	ck_assert_int_eq(c->need.kind, NEED_SEVERAL);
	ck_assert_str_eq(c->judge, "Really?");
	ck_assert_int_eq(f->rules.p[P_SHIFT], 8);
	ck_assert_int_eq(f->rules.p[P_TREND], 5);
	ck_assert_int_eq(f->rules.half_rule, HALF_MEAN);
	ck_assert_str_eq(f->rules.below, "0.5");
}
END_TEST

static const struct {
	const char *yaml, *says;
} WRONG[] = {
	{ HEAD "[{id: a, says: S, proof: tema}]}\n",
	    "f:8:65: there is no proof \"tema\" (did you mean \"team\"?)" },
	{ HEAD "[{id: a, says: S, proof: team, need: 2}]}\n",
	    "f:8:77: the proof \"team\" counts nothing" },
	{ HEAD "[{id: a, says: S, proof: tests}]}\n",
	    "the proof \"tests\" needs the key \"need\"" },
	{ HEAD "[{id: a, says: S, proof: tests, need: lots}]}\n", "\"need\" is a number, several" },
	{ HEAD "[{id: a, says: S, proof: tests, need: 101%}]}\n", "\"need\" is a number, several" },
	{ HEAD "[{id: a, says: S, proof: tests, need: 0}]}\n", "\"need\" is a number, several" },
	{ HEAD "[{id: a, says: S}]}\n", "a criterion needs the key \"proof\"" },
	{ HEAD "[" ONE ", " ONE "]}\n", "f:8:74: the criterion \"1 a\" stands twice" },
	{ HEAD "[" ONE "]}\n  - {score: '0.5', title: B}\n", "0.5 comes after 1.0" },
	{ HEAD "[" ONE "]}\nthresholds: {shfit: 6}\n",
	    "f:9:14: there is no threshold \"shfit\" (did you mean \"shift\"?)" },
	{ HEAD "[" ONE "]}\nthresholds: {shift: six}\n", "a threshold is a whole number from 1" },
	{ HEAD "[" ONE "]}\nthresholds: {shift: 0}\n", "a threshold is a whole number from 1" },
	{ HEAD "[" ONE "]}\nthresholds: {shift: [6]}\n", "a threshold is a whole number from 1" },
	{ HEAD "[" ONE "]}\nthresholds: 6\n", "\"thresholds\" are written as keys and numbers" },
	{ HEAD "[" ONE "]}\nhalf_rule: most\n", "\"half_rule\" is each, mean or count" },
	{ HEAD "team}\n", "here stands a list, each item a criterion" },
	{ HEAD "[[a]]}\n", "a criterion is written as keys and values" },
};

START_TEST(each_mistake_is_told_with_its_place)
{
	struct form_faults faults;
	MUST(form_check(&arena, WRONG[_i].yaml, strlen(WRONG[_i].yaml), "f", &faults, &e));
	for (size_t i = 0; i < faults.count; i++)
		if (strstr(faults.line[i], WRONG[_i].says))
			return;
	ck_abort_msg("%s: %s", WRONG[_i].says, faults.count ? faults.line[0] : "no mistake");
}
END_TEST

START_TEST(how_many_the_words_mean)
{
	static const size_t n[] = { 1, 2, 3, 4, 6, 8, 12 };
	static const size_t several[] = { 1, 2, 2, 2, 2, 2, 3 }, many[] = { 1, 1, 2, 2, 3, 4, 6 };
	static const size_t most[] = { 1, 2, 2, 3, 4, 6, 8 };
	for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
		ck_assert_uint_eq(need_of((struct need){ NEED_SEVERAL, 0 }, n[i]), several[i]);
		ck_assert_uint_eq(need_of((struct need){ NEED_MANY, 0 }, n[i]), many[i]);
		ck_assert_uint_eq(need_of((struct need){ NEED_MOST, 0 }, n[i]), most[i]);
		ck_assert_uint_eq(need_of((struct need){ NEED_ALL, 0 }, n[i]), n[i]);
	}
	ck_assert_uint_eq(need_of((struct need){ NEED_PERCENT, 75 }, 3), 3);
	ck_assert_uint_eq(need_of((struct need){ NEED_PERCENT, 75 }, 4), 3);
}
END_TEST

static struct form *own_scale(const char *levels)
{
	struct err e = { 0 };
	char *text = arena_printf(&arena,
	    "form: assessment\nversion: 7\ntitle: Ours\nsource: Us\nsections: []\n"
	    "thresholds: {shift: 8}\nlevels: [%s]\n",
	    levels);
	struct form *f = form_read(&arena, text, strlen(text), "own", &e);
	ck_assert_msg(f != NULL, "%s", e.text);
	return f;
}

START_TEST(a_collaborative_may_read_the_scale_its_own_way_but_its_scores_stay)
{
	struct str all = STR_IN(&arena);
	struct err e = { 0 };
	struct forms *forms = forms_new(&arena, &e);
	for (int half = 2; half <= 10; half++)
		str_printf(&all, "%s{score: '%d.%d', title: T}", half > 2 ? ", " : "", half / 2,
		    half % 2 * 5);
	ck_assert(!forms_install(forms, own_scale("{score: '1.0', title: T}"), &e));
	ck_assert_ptr_nonnull(strstr(e.text, "an id of its own"));
	ck_assert_int_eq(forms_find(forms, "assessment", &e)->rules.p[P_SHIFT], 6);
	ck_assert_msg(forms_install(forms, own_scale(str_done(&all)), &e), "%s", e.text);
	const struct form *f = forms_find(forms, "assessment", &e);
	ck_assert_int_eq(f->rules.p[P_SHIFT], 8);
	ck_assert_str_eq(f->rules.id, "ihi");
	ck_assert_str_eq(f->levels[8].title, "T");
	ck_assert_uint_eq(f->version, 7);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("instrument");
	TCase *t = tcase_create("instrument");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, criteria_and_thresholds_are_data);
	tcase_add_loop_test(
	    t, each_mistake_is_told_with_its_place, 0, (int)(sizeof WRONG / sizeof *WRONG));
	tcase_add_test(t, how_many_the_words_mean);
	tcase_add_test(t, a_collaborative_may_read_the_scale_its_own_way_but_its_scores_stay);
	suite_add_tcase(s, t);
	return test_run(s);
}
