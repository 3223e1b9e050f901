// SPDX-License-Identifier: MIT
// The form language: what a form file becomes, and each way to get it wrong, told with its place.
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

static const char WHOLE[] =
    "form: visit\n"
    "version: 3\n"
    "title: Visit\n"
    "plural: Visits\n"
    "help: What was seen.\n"
    "source: Our own\n"
    "list: [seen, ok]\n"
    "quick: [ok, steps]\n"
    "sections:\n"
    "  - id: all\n"
    "    title: All\n"
    "    help: Everything.\n"
    "    fields:\n"
    "      - {id: seen, label: Seen, type: memo, required: true, rows: 3, most: 900,\n"
    "         help: What you saw, example: A queue}\n"
    "      - id: ok\n"
    "        label: All well?\n"
    "        type: choice\n"
    "        choices: [{id: good, label: Good, help: Fine.}, {id: bad, label: Bad}]\n"
    "      - {id: why, label: Why, type: text, when: {ok: [bad]}}\n"
    "      - {id: wait, label: Wait, type: number, unit: min, hidden: true, fixed: true}\n"
    "      - {id: whom, label: With whom, type: refs, of: person team}\n"
    "      - id: steps\n"
    "        label: Steps\n"
    "        type: list\n"
    "        fields: [{id: what, label: What, type: text}, {id: due, label: Due, type: date}]\n"
    "      - {id: felt, label: Felt, type: scale, choices: [{id: '1', label: Low},\n"
    "         {id: '2.5', label: High}]}\n"
    "prompts:\n"
    "  - {id: look, says: Look again., field: seen, unless: {filled: [seen, ok]},\n"
    "     when: {filled: why}}\n";

START_TEST(a_form_file_becomes_a_form)
{
	struct err e = { 0 };
	struct form *f = form_read(&arena, WHOLE, strlen(WHOLE), "visit.yaml", &e);
	ck_assert_msg(f, "%s", e.text);
	ck_assert_str_eq(f->id, "visit");
	ck_assert_uint_eq(f->version, 3);
	ck_assert_str_eq(f->edits, "note");
	ck_assert_str_eq(f->plural, "Visits");
	ck_assert_str_eq(f->list[1], "ok");
	ck_assert_ptr_null(f->list[2]);
	ck_assert_str_eq(f->quick[1], "steps");
	ck_assert_ptr_null(f->quick[2]);
	const struct form_field *seen = form_field(f, "seen");
	ck_assert(seen->required && !seen->hidden && seen->rows == 3 && seen->most == 900);
	ck_assert_str_eq(seen->example, "A queue");
	ck_assert_str_eq(field_choice(form_field(f, "ok"), "good")->help, "Fine.");
	ck_assert_str_eq(form_field(f, "why")->when_field, "ok");
	ck_assert_str_eq(form_field(f, "why")->when_values[0], "bad");
	ck_assert_ptr_null(form_field(f, "why")->when_values[1]);
	ck_assert(form_field(f, "wait")->hidden && form_field(f, "wait")->fixed);
	ck_assert_str_eq(form_field(f, "whom")->of, "person team");
	ck_assert_int_eq(form_field(f, "steps.due")->type, FIELD_DATE);
	ck_assert_str_eq(f->prompts[0].unless_filled, "seen ok");
	ck_assert_str_eq(f->prompts[0].when_filled, "why");
}
END_TEST

START_TEST(fields_are_walked_in_form_order)
{
	static const char *const IDS[] = { "seen", "ok", "why", "wait", "whom", "steps", "felt" };
	struct err e = { 0 };
	struct form *form = form_read(&arena, WHOLE, strlen(WHOLE), "visit.yaml", &e);
	size_t n = 0;
	for (const struct form_field *f = NULL; (f = form_next(form, f)); n++)
		ck_assert_str_eq(f->id, IDS[n]);
	ck_assert_uint_eq(n, sizeof IDS / sizeof *IDS);
}
END_TEST

START_TEST(an_instrument_has_levels_that_are_the_steps_of_its_scales)
{
	const char *yaml = "form: ladder\nversion: 1\ntitle: L\nsource: Us\nsections:\n"
			   "  - {id: a, title: A, fields: [{id: score, label: S, type: scale}]}\n"
			   "levels:\n  - {score: '0.5', title: Low, text: So so}\n"
			   "  - {score: '1.0', title: High}\n";
	struct err e = { 0 };
	struct form *f = form_read(&arena, yaml, strlen(yaml), "l.yaml", &e);
	ck_assert_msg(f, "%s", e.text);
	ck_assert_str_eq(f->edits, "assessment");
	ck_assert_ptr_null(f->quick[0]);
	ck_assert_uint_eq(f->level_count, 2);
	ck_assert_str_eq(form_field(f, "score")->choices[0].label, "Low");
	ck_assert_uint_eq(form_field(f, "score")->choice_count, 2);
}
END_TEST

// Each is the fields' list of a form that is right but for one thing; the list begins in line 5.
#define HEAD	     "form: visit\nversion: 1\ntitle: V\nsections:\n"
#define FIELDS(list) HEAD "  - {id: a, title: A, fields: [" list "]}\n"

static const struct {
	const char *yaml, *says;
} WRONG[] = {
	{ "- a\n", "f:1:1: a form is written as keys and values" },
	{ "form: x\n", "f:1:1: a form needs the key \"version\"" },
	{ HEAD "  - {id: a, title: A}\n", "f:5:5: a section needs the key \"fields\"" },
	{ "fomr: visit\nversion: 1\ntitle: V\nsections: []\n",
	    "f:1:1: a form has no key \"fomr\" (did you mean \"form\"?)" },
	{ FIELDS("{id: b, lable: B, type: text}"),
	    "f:5:40: a field has no key \"lable\" (did you mean \"label\"?)" },
	{ FIELDS("{id: b, label: B, type: txet}"),
	    "there is no field type \"txet\" (did you mean \"text\"?)" },
	{ FIELDS("{id: b, label: B, type: banana}"), "f:5:56: there is no field type \"banana\"" },
	{ FIELDS("{id: b, label: B, type: text}, {id: b, label: C, type: text}"),
	    "f:5:68: the id \"b\" stands twice in this form" },
	{ FIELDS("{id: Big, label: B, type: text}"), "f:5:37: the id \"Big\" is not one" },
	{ FIELDS("{id: a-b, label: B, type: text}"), "the id \"a-b\" is not one" },
	{ FIELDS("{id: 1st, label: B, type: text}"), "the id \"1st\" is not one" },
	{ FIELDS("{id: abcdefghijklmnopqrstuvwxyz_abcdefg, label: B, type: text}"), "is not one" },
	{ FIELDS("{id: archived, label: B, type: date}"), "\"archived\" is a word of the program" },
	{ FIELDS("{id: b, label: B, type: choice}"), "needs the key \"choices\"" },
	{ FIELDS("{id: b, label: B, type: list}"), "needs the key \"fields\"" },
	{ FIELDS("{id: b, label: B, type: ref}"), "needs the key \"of\"" },
	{ FIELDS("{id: b, label: B, type: scale}"), "needs \"choices\", or \"levels\"" },
	{ FIELDS("{id: b, label: B, type: scale, choices: [{id: low, label: L}]}"),
	    "has a number as its id" },
	{ FIELDS("{id: b, label: B, type: ref, of: persn}"),
	    "f:5:65: there is no kind \"persn\" (did you mean \"person\"?)" },
	{ FIELDS("{id: b, label: B, type: text, unit: m}"), "\"unit\" belongs to fields of type" },
	{ FIELDS("{id: b, label: B, type: text, rows: 3}"), "\"rows\" belongs to fields of type" },
	{ FIELDS("{id: b, label: B, type: date, most: 3}"), "\"most\" belongs to fields of type" },
	{ FIELDS("{id: b, label: B, type: text, of: person}"), "\"of\" belongs to fields of type" },
	{ FIELDS("{id: b, label: B, type: yesno, choices: [{id: maybe, label: M}]}"),
	    "has the choices yes and no" },
	{ FIELDS(
	      "{id: b, label: B, type: choice, choices: [{id: x, label: X}, {id: x, label: Y}]}"),
	    "the id \"x\" stands twice here" },
	{ FIELDS("{id: b, label: B, type: choice, choices: {x: X}}"), "here stands a list" },
	{ FIELDS("{id: b, label: B, type: text, required: maybe}"), "here stands true or false" },
	{ FIELDS("{id: b, label: B, type: memo, rows: many}"), "here stands a whole number" },
	{ FIELDS("{id: b, label: B, type: memo, rows: -1}"), "here stands a whole number" },
	{ FIELDS("{id: b, label: [B], type: text}"), "here stands a text" },
	{ FIELDS("{id: b, label: '', type: text}"), "here stands a text" },
	{ FIELDS("{id: b, label: B, type: text, when: {c: [x]}}"), "there is no field \"c\"" },
	{ FIELDS("{id: b, label: B, type: text, when: x}"), "\"when\" names one field" },
	{ FIELDS("{id: bee, label: B, type: choice, choices: [{id: good, label: G}]},"
		 " {id: c, label: C, type: text, when: {bee: [godo]}}"),
	    "\"bee\" has no choice \"godo\"" },
	{ FIELDS(
	      "{id: b, label: B, type: list, fields: [{id: c, label: C, type: list, fields: []}]}"),
	    "a list holds no fields of type list" },
	{ FIELDS("{id: b, label: B, type: list, fields: [{id: pos, label: C, type: text}]}"),
	    "means the element itself" },
	{ FIELDS("7"), "f:5:32: a field is written as keys and values" },
	{ HEAD "  - {id: a, title: A, fields: []}\n  - {id: a, title: B, fields: []}\n",
	    "f:6:10: the id \"a\" stands twice here" },
	{ FIELDS("{id: seen, label: S, type: text}") "list: [sene]\n",
	    "f:6:8: there is no field \"sene\" in this form" },
	{ FIELDS("{id: seen, label: S, type: text}") "quick: [seen, sene]\n",
	    "f:6:15: there is no field \"sene\" in this form (did you mean \"seen\"?)" },
	{ FIELDS("{id: b, label: B, type: text}") "quick: [b, b]\n",
	    "f:6:12: \"quick\" names \"b\" twice" },
	{ FIELDS("{id: b, label: B, type: text, hidden: true}") "quick: [b]\n",
	    "\"b\" is not shown on the form" },
	{ FIELDS(
	      "{id: b, label: B, type: list, fields: [{id: c, label: C, type: text}]}") "quick: "
											"[b.c]\n",
	    "\"quick\" names whole fields; \"b.c\" is a part of one" },
	{ FIELDS("{id: b, label: B, type: text}") "quick: {b: c}\n", "here stands a word" },
	{ FIELDS("{id: b, label: B, type: text}") "prompts: [{id: p, says: S, field: zz}]\n",
	    "there is no field \"zz\"" },
	{ FIELDS(
	      "{id: b, label: B, type: text}") "prompts: [{id: p, says: S, unless: {filed: b}}]\n",
	    "\"unless\" has no key \"filed\" (did you mean \"filled\"?)" },
	{ FIELDS("{id: b, label: B, type: text}") "levels: [{score: high, title: T}]\nsource: x\n",
	    "the score of a level is a number" },
	{ FIELDS("{id: b, label: B, type: text}") "levels: [{score: '1', title: T}]\n",
	    "needs the key \"source\"" },
	{ "form: Bad Id\nversion: 1\ntitle: V\nsections: []\n", "f:1:7: the id \"Bad Id\"" },
	{ "form: a\nform: b\n", "f:2:1: \"form\" stands twice" },
	{ "form: &x a\n", "f:1:7: anchors" },
	{ "form: [a\n", "cannot be read from here" },
};

START_TEST(each_mistake_is_told_with_its_place_and_what_was_meant)
{
	for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
		struct form_faults faults = { 0 };
		const char *yaml = WRONG[i].yaml;
		bool found = false;
		MUST(form_check(&arena, yaml, strlen(yaml), "f", &faults, &e));
		for (size_t n = 0; n < faults.count; n++)
			found |= strstr(faults.line[n], WRONG[i].says) != NULL;
		ck_assert_msg(found, "%s\nwanted: %s\ngot: %s", yaml, WRONG[i].says,
		    faults.count ? faults.line[0] : "nothing");
		REFUSES(ERR_DATA, form_read(&arena, yaml, strlen(yaml), "f", &e));
	}
}
END_TEST

START_TEST(several_mistakes_are_told_at_once_and_a_good_form_has_none)
{
	const char *yaml = FIELDS("{id: b, lable: B, type: txt}, {id: b, label: C, type: ref}");
	struct form_faults faults = { 0 };
	MUST(form_check(&arena, yaml, strlen(yaml), "f", &faults, &e));
	ck_assert_uint_eq(faults.count, 5);
	struct err why = { 0 };
	ck_assert_ptr_null(form_read(&arena, yaml, strlen(yaml), "f", &why));
	ck_assert(str_starts(why.text, "f:5:40: a field has no key"));
	ck_assert(strstr(why.text, "(and 4 more"));
	MUST(form_check(&arena, WHOLE, strlen(WHOLE), "f", &faults, &e));
	ck_assert_uint_eq(faults.count, 0);
}
END_TEST

START_TEST(a_thousand_mistakes_are_told_as_a_hundred)
{
	struct str s = STR_IN(&arena);
	str_add(&s, HEAD "  - id: a\n    title: A\n    fields:\n");
	str_add_times(&s, "      - {wrong: 1}\n", 1000);
	struct form_faults faults = { 0 };
	MUST(form_check(&arena, str_done(&s), s.length, "f", &faults, &e));
	ck_assert_uint_eq(faults.count, 100);
}
END_TEST

// What stands in the place of a line's second half; NULL: the line is left out, "": cut there.
static const char *const CHANGES[] = { NULL, "", "{",
	"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "&a *a", "!!python/object:os.system x",
	"\"\\e[2J\\u202E\"", "99999999999999999999", "yes: no: maybe", "\t- x", "\xff\xfe", "? : ?",
	"|\n", "\x1b]0;x\x07", "<<: *x" };
enum { CHANGES_TRIED = sizeof CHANGES / sizeof *CHANGES };

static const char *changed(const char *yaml, size_t line, const char *change)
{
	struct str s = STR_IN(&arena);
	for (const char *at = yaml; *at; line--) {
		size_t n = strcspn(at, "\n"), whole = n + (at[n] == '\n');
		str_add_n(&s, at, line ? whole : change ? n / 2 : 0);
		if (!line && change)
			str_printf(&s, "%s\n", change);
		at += whole;
	}
	return str_done(&s);
}

static void read_or_refused(const char *yaml, size_t line)
{
	struct form_faults faults = { 0 };
	struct err e = { 0 }, why = { 0 };
	struct form *form = form_read(&arena, yaml, strlen(yaml), "f", &e);
	ck_assert_msg(form || (e.code == ERR_DATA && str_starts(e.text, "f")), "line %zu: %s\n%s",
	    line, e.text, yaml);
	bool checked = form_check(&arena, yaml, strlen(yaml), "f", &faults, &why);
	ck_assert_msg(checked && !faults.count == (form != NULL), "line %zu: %s\n%s", line,
	    faults.count ? faults.line[0] : why.text, yaml);
	for (size_t i = 0; i < faults.count; i++)
		ck_assert_msg(
		    !strpbrk(faults.line[i], "\x1b\x07\r") && !strstr(faults.line[i], "\u202E"),
		    "line %zu: a control character is said", line);
}

// Each line of three forms that are shipped, in each of these ways: some two thousand.
START_TEST(a_form_with_any_line_changed_is_read_or_refused_with_its_place)
{
	static const char *const FORMS[] = { "forms/pdsa.yaml", "forms/observation-visit.yaml",
		"forms/place-profile.yaml" };
	size_t n, line = 0, tried = 0;
	const char *yaml = test_read(&arena, test_source(&arena, FORMS[_i]), &n);
	for (const char *at = yaml; *at; at += strcspn(at, "\n"), at += *at == '\n', line++)
		for (size_t c = 0; c < CHANGES_TRIED; c++, tried++) {
			struct arena_mark mark = arena_mark(&arena);
			read_or_refused(changed(yaml, line, CHANGES[c]), line + 1);
			arena_release(&arena, mark);
		}
	ck_assert_uint_gt(tried, 200);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, a_form_file_becomes_a_form);
	tcase_add_test(t, fields_are_walked_in_form_order);
	tcase_add_test(t, an_instrument_has_levels_that_are_the_steps_of_its_scales);
	tcase_add_test(t, each_mistake_is_told_with_its_place_and_what_was_meant);
	tcase_add_test(t, several_mistakes_are_told_at_once_and_a_good_form_has_none);
	tcase_add_test(t, a_thousand_mistakes_are_told_as_a_hundred);
	tcase_add_loop_test(
	    t, a_form_with_any_line_changed_is_read_or_refused_with_its_place, 0, 3);
	suite_add_tcase(s, t);
	return test_run(s);
}
