// SPDX-License-Identifier: MIT
// The forms in the binary against the contract of kinds and fields (a table of its own, so that a
// slip in a form is seen), and what a workbook's own form may change.
#include "../support.h"

#include <plando/form.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

static struct arena arena;
static struct forms *forms;

static void start(void)
{
	struct err e = { 0 };
	arena = (struct arena){ 0 };
	forms = forms_new(&arena, &e);
	ck_assert_msg(forms, "%s", e.text);
}

static void stop(void)
{
	arena_free(&arena);
}

static const struct form *find(const char *id)
{
	struct err e = { 0 };
	const struct form *form = forms_find(forms, id, &e);
	ck_assert_msg(form, "%s: %s", id, e.text);
	return form;
}

// Letters after the field: t text, m memo, d date, o month, n number, i integer, y yes/no,
// c choice, C choices, s scale, r ref, L list or pairs, a answers.
static const struct {
	const char *kind, *fields;
} CONTRACT[] = {
	{ "collaborative",
	    "name:t aim:m sponsor:t started:d ends:d system_label:t review_minutes:i "
	    "rules:c small_numbers:i" },
	{ "system", "name:t code:t description:m" },
	{ "workstream", "name:t code:t description:m" },
	{ "component", "code:t text:t description:m" },
	{ "person", "team:r name:t organisation:t role:t email:t system:r" },
	{ "team", "name:t system:r workstream:r status:c started:d ended:d origin:t" },
	{ "charter", "team:r aim_text:m topic:t problem:m population:m what:t how_much:t by_when:d "
		     "for_whom:t why_it_matters:m in_scope:m out_of_scope:m equity_question:m "
		     "sponsor:r coach:r" },
	{ "membership", "team:r person:r role:c from:d to:d" },
	{ "driver",
	    "team:r type:c code:t text:t in_scope:y component:r owner:r note:m position:t" },
	{ "idea", "team:r code:t text:t component:r source:c belief:c impact:c effort:c status:c "
		  "implemented_date:d scope:c holding_evidence:m support:C abandoned_why:m "
		  "position:t" },
	{ "link", "from:r to:r strength:c" },
	{ "ramp", "idea:r title:t position:t" },
	{ "pdsa", "team:r idea:r ramp:r cycle_no:t title:t type:c scale:c scale_note:t leader:r "
		  "planned_from:d planned_to:d objective:m predictions:L predicted_date:d who:t "
		  "what:m where:t when:t data_plan:m measure:r stop_if:t do_start:d do_end:d "
		  "done_as_planned:c what_happened:m learned:m studied_date:d unexpected:m "
		  "decision:c why:m next_change:m ready_to_spread:y" },
	{ "measure",
	    "team:r name:t type:c key_measure:y aim_goal:y definition:m numerator_text:t "
	    "denominator_text:t exclusions:t data:c per:n aggregate:c unit:t decimals:i "
	    "direction:c goal:n goal_by:d baseline_end:d benchmark:n benchmark_source:t "
	    "benchmark_date:d run_length:c screening:y y_axis:c interval:c chart:c rules:c "
	    "driver:r" },
	{ "point", "measure:r date:d stratum:t nth:t value:n numerator:n denominator:n note:t "
		   "excluded_why:t" },
	{ "mark", "measure:r date:d text:t type:c" },
	{ "assessment",
	    "team:r instrument:t date:d assessor:c by:t score:s rationale:m next_step:m "
	    "expected_now:s want_next:s what_would_help:m private:y answers:a "
	    "attestations:L instrument_version:t computed:m" },
	{ "not_applicable", "team:r component:r why:m" },
	{ "spread", "team:r idea:r type:c status:c where:t owner:r date:d" },
	{ "meeting", "team:r date:d type:c present:t note:m" },
	{ "coaching",
	    "team:r date:d minutes:i mode:c coach:r present:t agenda:m discussed:m advice:m "
	    "practised:C next_test:m next_test_by:d would_help:m" },
	{ "coach_note", "coaching:r text:m" },
	{ "action", "team:r what:t owner:r due:d status:c done_date:d note:m from_record:r" },
	{ "event", "title:t type:c number:i date:d start:t end:t place:t hosts:t system:r theme:t "
		   "objectives:m invited:i" },
	{ "attendance", "event:r person:r system:r count:i team:r mode:c first_time:y" },
	{ "feedback", "event:r useful:s clear:s time_to_plan:s share:s confidence:s most_useful:m "
		      "change_next_time:m by_tuesday:m system:r" },
	{ "involvement",
	    "team:r date:d who:t how_many:i age_group:c stage:c method:t type:c space:y "
	    "voice:y audience:y influence:y what_they_said:m what_changed:m "
	    "told_them_date:d consent:y recompensed:y access_met:y who_missing:t" },
	{ "highlight", "team:r system:r period:o achieved:m learned:m barriers:m help_wanted:m "
		       "next_month:m message:t issued_date:d frozen:m" },
	{ "note", "team:r system:r form:t date:d by:t answers:a" },
	{ "form", "name:t yaml:m" },
	{ "same", "one:r other:r" },
};

static const struct {
	char letter;
	enum field_type type;
} LETTERS[] = { { 't', FIELD_TEXT }, { 'm', FIELD_MEMO }, { 'd', FIELD_DATE }, { 'o', FIELD_MONTH },
	{ 'n', FIELD_NUMBER }, { 'i', FIELD_INTEGER }, { 'y', FIELD_YESNO }, { 'c', FIELD_CHOICE },
	{ 'C', FIELD_CHOICES }, { 's', FIELD_SCALE }, { 'r', FIELD_REF }, { 'L', FIELD_LIST },
	{ 'L', FIELD_PAIRS }, { 'a', FIELD_ANSWERS } };

static bool fits(char letter, enum field_type type)
{
	for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
		if (LETTERS[i].letter == letter && LETTERS[i].type == type)
			return true;
	return false;
}

// "name:t aim:m …": holds the form to it and counts the fields.
static size_t check_fields(const struct form *form, const char *fields)
{
	size_t count = 0;
	for (const char *p = fields; *p; p += strspn(p, " ")) {
		char id[64] = "";
		size_t n = strcspn(p, ":");
		memcpy(id, p, n);
		const struct form_field *f = form_field(form, id);
		ck_assert_msg(f, "%s has no %s", form->id, id);
		ck_assert_msg(fits(p[n + 1], f->type), "%s.%s is of type %s", form->id, id,
		    field_type_name(f->type));
		p += n + 2;
		count++;
	}
	return count;
}

START_TEST(every_kind_has_a_form_with_exactly_its_fields)
{
	size_t kinds = 0;
	for (const struct kind *k = KINDS; k->name; k++, kinds++)
		ck_assert_str_eq(k->name, CONTRACT[kinds].kind);
	ck_assert_uint_eq(kinds, sizeof CONTRACT / sizeof *CONTRACT);
	for (size_t i = 0; i < kinds; i++) {
		const struct form *form = find(CONTRACT[i].kind);
		size_t expected = check_fields(form, CONTRACT[i].fields), n = 0;
		ck_assert_str_eq(form->edits, CONTRACT[i].kind);
		for (const struct form_field *f = NULL; (f = form_next(form, f));)
			n++;
		ck_assert_msg(
		    n == expected + 2, "%s has %zu fields, not %zu", form->id, n - 2, expected);
		ck_assert_int_eq(form_field(form, "archived")->type, FIELD_DATE);
		ck_assert_int_eq(form_field(form, "archived_why")->type, FIELD_TEXT);
		ck_assert(form_field(form, "archived")->hidden);
	}
}
END_TEST

START_TEST(what_the_store_follows_is_a_fixed_field)
{
	for (const struct kind *k = KINDS; k->name; k++) {
		const struct form *form = find(k->name);
		for (size_t i = 0; k->via[i]; i++)
			ck_assert_msg(form_field(form, k->via[i]), "%s.%s", k->name, k->via[i]);
		for (size_t i = 0; k->natural[i]; i++)
			ck_assert_msg(form_field(form, k->natural[i]) &&
					  form_field(form, k->natural[i])->fixed,
			    "%s.%s", k->name, k->natural[i]);
		if (k->parent)
			ck_assert_msg(form_field(form, k->parent), "%s.%s", k->name, k->parent);
	}
}
END_TEST

static bool named(const char *words, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = words; (p = strstr(p, word)); p += n)
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

// A form's own reader leaves names open where the kind is built in.
START_TEST(every_name_in_a_form_is_one_of_its_fields)
{
	for (const struct kind *k = KINDS; k->name; k++) {
		const struct form *form = find(k->name);
		ck_assert_msg(form->title && form->plural && form->help, "%s", k->name);
		for (size_t i = 0; form->list[i]; i++)
			ck_assert_msg(
			    form_field(form, form->list[i]), "%s list: %s", k->name, form->list[i]);
		for (size_t i = 0; form->quick[i]; i++)
			ck_assert_msg(form_field(form, form->quick[i]), "%s quick: %s", k->name,
			    form->quick[i]);
		for (size_t i = 0; i < form->prompt_count; i++)
			ck_assert_msg(form_field(form, form->prompts[i].field), "%s prompt %s",
			    k->name, form->prompts[i].id);
		for (const struct form_field *f = NULL; (f = form_next(form, f));) {
			if (!f->when_field)
				continue;
			const struct form_field *other = form_field(form, f->when_field);
			ck_assert_msg(other, "%s.%s when", k->name, f->id);
			for (size_t i = 0; f->when_values[i]; i++)
				ck_assert_msg(field_choice(other, f->when_values[i]),
				    "%s.%s when %s", k->name, f->id, f->when_values[i]);
		}
	}
}
END_TEST

START_TEST(the_pdsa_form_is_plan_do_study_act_with_predictions_in_pairs)
{
	const struct form *form = find("pdsa");
	static const char *const SECTIONS[] = { "plan", "do", "study", "act" };
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(form->sections[i].id, SECTIONS[i]);
	const struct form_field *f = form_field(form, "predictions");
	ck_assert_int_eq(f->type, FIELD_PAIRS);
	static const char *const SUBS[] = { "question", "prediction", "number", "unit", "result",
		"met" };
	ck_assert_uint_eq(f->field_count, 6);
	for (size_t i = 0; i < 6; i++)
		ck_assert_str_eq(f->fields[i].id, SUBS[i]);
	ck_assert_ptr_eq(form_field(form, "predictions.met"), &f->fields[5]);
	ck_assert_ptr_eq(form_field(form, "predictions.3fa90b12.met"), &f->fields[5]);
	ck_assert_ptr_null(form_field(form, "predictions.none"));
	ck_assert_ptr_null(form_field(form, "objective.none"));
	ck_assert(named(form_field(find("link"), "from")->of, "idea"));
	ck_assert(named(form_field(find("link"), "to")->of, "team"));
}
END_TEST

START_TEST(the_scale_has_nine_levels_and_the_score_is_one_of_them)
{
	static const char *const SCORES[] = { "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0",
		"4.5", "5.0" };
	const struct form *form = find("assessment");
	const struct form_field *score = form_field(form, "score");
	ck_assert_uint_eq(form->level_count, 9);
	ck_assert_uint_eq(score->choice_count, 9);
	for (size_t i = 0; i < 9; i++) {
		ck_assert_str_eq(form->levels[i].score, SCORES[i]);
		ck_assert_str_eq(score->choices[i].id, SCORES[i]);
		ck_assert(form->levels[i].title && form->levels[i].text);
	}
	ck_assert_ptr_nonnull(form->source);
}
END_TEST

START_TEST(forms_about_people_say_that_no_patient_belongs_in_them)
{
	static const char *const SAY_SO[] = { "pdsa", "involvement", "coaching" };
	for (size_t i = 0; i < 3; i++)
		ck_assert(strstr(find(SAY_SO[i])->help, "No patient-identifiable data"));
}
END_TEST

static const char *const NOTES[] = { "place-profile", "five-building-blocks", "five-principles",
	"charter-on-a-page", "observation-visit" };

START_TEST(note_forms_that_are_shipped_say_what_they_are_and_hold_no_total)
{
	for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++) {
		const struct form *form = find(NOTES[i]);
		ck_assert_str_eq(form->edits, "note");
		ck_assert(form->help && form->source && form->list[0]);
		ck_assert_uint_eq(form->level_count, 0);
		ck_assert_ptr_null(form_field(form, "archived")); // the note's own
		for (size_t k = 0; form->list[k]; k++)
			ck_assert_ptr_nonnull(form_field(form, form->list[k]));
	}
}
END_TEST

START_TEST(the_catalogue_lists_the_kinds_in_their_order)
{
	size_t i = 0;
	for (const struct kind *k = KINDS; k->name; k++)
		ck_assert_str_eq(forms_id(forms, i++), k->name);
	for (size_t n = 0; n < sizeof NOTES / sizeof *NOTES; n++)
		ck_assert_str_eq(forms_id(forms, i++), NOTES[n]);
	ck_assert_str_eq(forms_id(forms, i++), "life-qi");
	ck_assert_uint_eq(forms_count(forms), i);
	ck_assert_ptr_null(forms_id(forms, i));
	struct err e = { 0 };
	ck_assert_ptr_null(forms_find(forms, "nothing", &e));
	ck_assert_int_eq(e.code, ERR_NOINPUT);
}
END_TEST

// --- own forms

static struct form *read_own(const char *yaml)
{
	struct err e = { 0 };
	struct form *form = form_read(&arena, yaml, strlen(yaml), "own.yaml", &e);
	ck_assert_msg(form, "%s", e.text);
	return form;
}

START_TEST(an_own_note_form_is_found_and_can_be_replaced)
{
	const char *first =
	    "form: visit-log\nversion: 1\ntitle: Visit\nsections:\n"
	    "  - {id: a, title: A, fields: [{id: seen, label: Seen, type: memo}]}\n";
	const char *second =
	    "form: visit-log\nversion: 2\ntitle: Visits\nsections:\n"
	    "  - {id: a, title: A, fields: [{id: seen, label: Saw, type: memo}]}\n";
	MUST(forms_install(forms, read_own(first), &e));
	ck_assert_str_eq(find("visit-log")->edits, "note");
	ck_assert_str_eq(forms_id(forms, forms_count(forms) - 1), "visit-log");
	size_t count = forms_count(forms);
	MUST(forms_install(forms, read_own(second), &e));
	ck_assert_uint_eq(forms_count(forms), count);
	ck_assert_uint_eq(find("visit-log")->version, 2);
}
END_TEST

START_TEST(an_own_form_changes_how_a_built_in_kind_is_asked)
{
	const char *yaml =
	    "form: meeting\nversion: 2\ntitle: Huddle\nlist: [date, mood]\nsections:\n"
	    "  - id: meeting\n    title: Huddle\n    fields:\n"
	    "      - {id: note, label: Said, type: memo}\n"
	    "      - {id: mood, label: Mood, type: choice, choices: [{id: good, label: Good}]}\n"
	    "      - {id: type, label: Sort, type: choice, hidden: true,"
	    " choices: [{id: other, label: Another}]}\n";
	size_t before = 0, after = 0;
	for (const struct form_field *f = NULL; (f = form_next(find("meeting"), f));)
		before++;
	MUST(forms_install(forms, read_own(yaml), &e));
	const struct form *form = find("meeting");
	for (const struct form_field *f = NULL; (f = form_next(form, f));)
		after++;
	ck_assert_uint_eq(after, before + 1);
	ck_assert_str_eq(form->title, "Huddle");
	ck_assert_str_eq(form->sections[0].fields[0].id, "note");
	ck_assert_str_eq(form->sections[0].fields[0].label, "Said");
	ck_assert_str_eq(form->list[1], "mood");
	const struct form_field *type = form_field(form, "type");
	ck_assert(type->hidden);
	ck_assert_uint_eq(type->choice_count, 2);
	ck_assert_str_eq(field_choice(type, "other")->label, "Another");
	ck_assert_str_eq(field_choice(type, "team")->label, "Team meeting");
	ck_assert(form_field(form, "date")->required);
	ck_assert(form_field(form, "team")->fixed);
	ck_assert_ptr_nonnull(form_field(form, "archived"));
}
END_TEST

static const char *const TOO_FAR[] = {
	"{id: date, label: Date, type: text}",
	"{id: team, label: Team, type: ref, of: person}",
	"{id: type, label: Kind, type: choice, choices: [{id: secret, label: Secret}]}",
	"{id: mine, label: Mine, type: text, when: {nowhere: [x]}}",
};

START_TEST(an_own_form_cannot_change_what_a_kind_holds)
{
	for (size_t i = 0; i < sizeof TOO_FAR / sizeof *TOO_FAR; i++) {
		char *yaml = arena_printf(&arena,
		    "form: meeting\nversion: 2\ntitle: M\nsections:\n"
		    "  - {id: meeting, title: M, fields: [%s]}\n",
		    TOO_FAR[i]);
		const struct form *before = find("meeting");
		REFUSES(ERR_DATA, forms_install(forms, read_own(yaml), &e));
		ck_assert_ptr_eq(find("meeting"), before);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("forms");
	TCase *t = tcase_create("forms");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, every_kind_has_a_form_with_exactly_its_fields);
	tcase_add_test(t, what_the_store_follows_is_a_fixed_field);
	tcase_add_test(t, every_name_in_a_form_is_one_of_its_fields);
	tcase_add_test(t, the_pdsa_form_is_plan_do_study_act_with_predictions_in_pairs);
	tcase_add_test(t, the_scale_has_nine_levels_and_the_score_is_one_of_them);
	tcase_add_test(t, forms_about_people_say_that_no_patient_belongs_in_them);
	tcase_add_test(t, note_forms_that_are_shipped_say_what_they_are_and_hold_no_total);
	tcase_add_test(t, the_catalogue_lists_the_kinds_in_their_order);
	tcase_add_test(t, an_own_note_form_is_found_and_can_be_replaced);
	tcase_add_test(t, an_own_form_changes_how_a_built_in_kind_is_asked);
	tcase_add_test(t, an_own_form_cannot_change_what_a_kind_holds);
	suite_add_tcase(s, t);
	return test_run(s);
}
