// SPDX-License-Identifier: MIT
// From facts to levels: every criterion judged, attestations laid beside, the three scores.
#include "method/evidence/evidence_judge.h"

#include <plando/record.h>

#include <stdlib.h>
#include <string.h>

static const char *const STATUSES[EVIDENCE_STATUSES] = { [EVIDENCE_MET] = "met",
	[EVIDENCE_NOT] = "not",
	[EVIDENCE_WEAK] = "weak",
	[EVIDENCE_STALE] = "stale",
	[EVIDENCE_UNKNOWN] = "unknown" };

const char *evidence_status_id(enum evidence_status s)
{
	return STATUSES[s];
}

// --- instruments

static const char *evidence_instrument_id(const struct form *form)
{
	return form->rules.id ? form->rules.id : form->id;
}

static const char *evidence_below(const struct form *form)
{
	return form->rules.below ? form->rules.below : "0";
}

static bool evidence_is_instrument(const struct form *form)
{
	for (size_t i = 0; form && i < form->level_count; i++)
		if (form->levels[i].criterion_count)
			return true;
	return false;
}

const struct form *evidence_instrument(struct store *s, const char *id, struct err *e)
{
	struct forms *forms = store_forms(s);
	char known[256] = "";
	if (!id || !*id || str_equal(id, "ihi"))
		return forms_find(forms, "assessment", e);
	for (size_t i = 0; i < forms_count(forms); i++) {
		const struct form *form = forms_find(forms, forms_id(forms, i), NULL);
		if (!form || !evidence_is_instrument(form))
			continue;
		if (str_equal(form->id, id) || str_equal(form->rules.id, id))
			return form;
		strncat(known, *known ? ", " : "", sizeof known - strlen(known) - 1);
		strncat(known, evidence_instrument_id(form), sizeof known - strlen(known) - 1);
	}
	err_set(e, ERR_NOINPUT, "there is no instrument \"%.60s\"; there are %s", id, known);
	return NULL;
}

const struct form *evidence_instrument_after(struct store *s, const struct form *form)
{
	struct forms *forms = store_forms(s);
	size_t count = forms_count(forms), at = 0;
	while (at < count && !str_equal(forms_id(forms, at), form->id))
		at++;
	for (size_t i = 1; i < count; i++) {
		const char *id = forms_id(forms, (at + i) % count);
		const struct form *next = forms_find(forms, id, NULL);
		if (evidence_is_instrument(next))
			return next;
	}
	return form;
}

const struct form *evidence_instrument_of(
    struct store *s, struct arena *a, const struct id *team, struct err *e)
{
	struct records all;
	const char *newest = "", *id = NULL;
	if (!record_list(s, a, "assessment", team, &all, e))
		return NULL;
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		const char *date = record_get(r, "date"), *score = record_get(r, "score");
		if (!date || !score || record_archived(r, store_today(s)) ||
		    strcmp(date, newest) < 0)
			continue;
		newest = date;
		id = record_get(r, "instrument");
	}
	const struct form *form = evidence_instrument(s, id, NULL);
	return form ? form : evidence_instrument(s, NULL, e);
}

// --- criteria

// The groups of data that it looks at, and which criterion it is.
static void evidence_fingerprint(
    const struct facts *f, const struct form_criterion *rule, char out[17])
{
	struct hash h;
	uint8_t digest[32];
	if (f->brief)
		return;
	hash_init(&h);
	hash_text(&h, rule->id);
	for (unsigned g = 0; g < DATA_GROUPS; g++)
		if (PROOF_ROWS[rule->proof].data & (1U << g))
			hash_bytes(&h, f->hash[g], sizeof f->hash[g]);
	hash_done(&h, digest);
	hash_hex(digest, 8, out);
}

static bool evidence_judge_one(const struct facts *f, const struct instrument_rules *rules,
    const struct form_criterion *rule, struct evidence_criterion *out)
{
	struct judge j = { .f = f, .rules = rules, .rule = rule, .words = STR_IN(f->a) };
	out->rule = rule;
	out->status = PROOF_ROWS[rule->proof].check(&j);
	out->mend = j.mend;
	out->ease = PROOF_ROWS[rule->proof].ease;
	out->shows = str_done(&j.words);
	evidence_fingerprint(f, rule, out->fingerprint);
	return out->shows != NULL;
}

static bool evidence_judge_level(
    const struct facts *f, const struct form *form, size_t at, struct evidence_level *out)
{
	const struct form_level *level = &form->levels[at];
	*out = (struct evidence_level){ .level = level, .count = level->criterion_count };
	out->criterion = arena_array(f->a, out->count + 1, sizeof *out->criterion);
	for (size_t i = 0; out->criterion && i < out->count; i++) {
		if (!evidence_judge_one(f, &form->rules, &level->criteria[i], &out->criterion[i]))
			return false;
		out->shown += out->criterion[i].status == EVIDENCE_MET;
	}
	out->met = out->shown == out->count;
	return out->criterion != NULL;
}

// --- levels

typedef bool holds_by(const struct evidence_criterion *c);

static bool evidence_by_record(const struct evidence_criterion *c)
{
	return c->status == EVIDENCE_MET;
}

static bool evidence_by_hope(const struct evidence_criterion *c)
{
	return c->status != EVIDENCE_NOT;
}

static bool evidence_by_agreement(const struct evidence_criterion *c)
{
	return c->coach.given && !c->coach.lapsed ? c->coach.holds : evidence_by_record(c);
}

// How many levels hold, from the lowest without a gap.
static size_t evidence_reached(const struct evidence *v, holds_by *holds)
{
	for (size_t i = 0; i < v->count; i++)
		for (size_t k = 0; k < v->level[i].count; k++)
			if (!holds(&v->level[i].criterion[k]))
				return i;
	return v->count;
}

static const char *evidence_score_of(const struct evidence *v, size_t reached)
{
	return reached ? v->level[reached - 1].level->score : evidence_below(v->form);
}

// --- attestations

struct words {
	struct store *s;
	struct arena *a;
	struct evidence *v;
	const int *p;
};

static struct evidence_criterion *evidence_criterion_of(const struct evidence *v, const char *id)
{
	for (size_t i = 0; i < v->count; i++)
		for (size_t k = 0; k < v->level[i].count; k++)
			if (str_equal(v->level[i].criterion[k].rule->id, id))
				return &v->level[i].criterion[k];
	return NULL;
}

static void evidence_lapse(
    const struct words *w, const char *fingerprint, struct evidence_criterion *c)
{
	if (w->v->on - c->coach.date > w->p[P_ATTEST_DAYS])
		c->coach.lapsed_why = "it is too old";
	else if (fingerprint && !str_equal(fingerprint, c->fingerprint))
		c->coach.lapsed_why = "the data have changed since";
	c->coach.lapsed = c->coach.lapsed_why != NULL;
}

// Records come by date, ties by id; elements in their order: so the last one stands.
static bool evidence_attested(
    const struct words *w, const struct record *r, date_t date, struct err *e)
{
	struct elements all;
	if (!record_elements(r, w->a, "attestations", &all))
		return err_memory(e);
	for (size_t i = 0; i < all.count; i++) {
		const char *const key = all.key[i];
		const char *id = record_element_get(r, "attestations", key, "criterion");
		const char *holds = record_element_get(r, "attestations", key, "holds");
		struct evidence_criterion *c = id ? evidence_criterion_of(w->v, id) : NULL;
		if (!c || !holds)
			continue;
		c->coach = (struct evidence_word){ .given = true,
			.holds = str_equal(holds, "yes"),
			.by = record_get(r, "by"),
			.why = record_element_get(r, "attestations", key, "why"),
			.date = date,
			.assessment = r->id };
		evidence_lapse(w, record_element_get(r, "attestations", key, "fingerprint"), c);
	}
	return true;
}

bool evidence_by(const struct evidence *v, const struct record *r)
{
	const char *id = record_get(r, "instrument");
	return id ? str_equal(id, v->instrument) || str_equal(id, v->form->id)
		  : str_equal(v->instrument, "ihi");
}

static void evidence_recorded(struct evidence *v, const struct record *r, date_t date)
{
	const char *assessor = record_get(r, "assessor"), *score = record_get(r, "score");
	size_t at = str_equal(assessor, "coach");
	if (score)
		v->recorded[at] = (struct evidence_score){ .assessor = at ? "coach" : "team",
			.score = score,
			.by = record_get(r, "by"),
			.date = date,
			.id = r->id };
}

static int evidence_by_date(const void *x, const void *y)
{
	const struct record *a = x, *b = y;
	const char *of_a = record_get(a, "date"), *of_b = record_get(b, "date");
	int order = strcmp(of_a ? of_a : "", of_b ? of_b : "");
	return order ? order : id_compare(&a->id, &b->id);
}

static bool evidence_read_assessments(const struct words *w, struct err *e)
{
	struct records all;
	struct evidence *v = w->v;
	if (!record_list(w->s, w->a, "assessment", &v->team, &all, e))
		return false;
	if (all.count)
		qsort(all.item, all.count, sizeof *all.item, evidence_by_date);
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		date_t date;
		const char *text = record_get(r, "date");
		if (!text || !date_parse_iso(text, &date) || date > v->on ||
		    record_archived(r, v->on) || !evidence_by(v, r) ||
		    str_equal(record_get(r, "private"), "yes"))
			continue;
		evidence_recorded(v, r, date);
		if (str_equal(record_get(r, "assessor"), "coach") &&
		    !evidence_attested(w, r, date, e))
			return false;
	}
	for (size_t i = 0; i < 2; i++)
		if (v->recorded[i].score)
			v->recorded[v->recorded_count++] = v->recorded[i];
	return true;
}

// --- the whole

static bool evidence_levels(const struct facts *f, const struct form *form, struct evidence *v)
{
	*v = (struct evidence){ .team = f->team,
		.name = f->name,
		.on = f->on,
		.form = form,
		.instrument = evidence_instrument_id(form),
		.scale = str_equal(evidence_instrument_id(form), "ihi")
			     ? "the IHI Assessment Scale for Collaboratives"
			     : form->title,
		.measure = f->seen,
		.measures = f->measure.count,
		.no_key = f->no_key };
	v->level = arena_array(f->a, form->level_count + 1, sizeof *v->level);
	for (; v->level && v->count < form->level_count; v->count++)
		if (!evidence_judge_level(f, form, v->count, &v->level[v->count]))
			return false;
	if (!v->level)
		return false;
	v->next = evidence_reached(v, evidence_by_record);
	v->supported = evidence_score_of(v, v->next);
	return true;
}

bool evidence_assess(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, struct evidence *out, struct err *e)
{
	struct facts f = { .s = s, .a = a, .team = *team, .on = on, .p = instrument->rules.p };
	*out = (struct evidence){ 0 };
	struct words w = { s, a, out, f.p };
	store_hold(s);
	bool ok = facts_load(&f, e);
	if (ok && !evidence_levels(&f, instrument, out))
		ok = err_memory(e);
	ok = ok && evidence_read_assessments(&w, e);
	if (ok) {
		out->possible = evidence_score_of(out, evidence_reached(out, evidence_by_hope));
		out->agreed = evidence_score_of(out, evidence_reached(out, evidence_by_agreement));
		ok = facts_warnings(&f, out, e);
	}
	store_release(s);
	return ok;
}

bool evidence_supported(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, const char **score, struct err *e)
{
	struct evidence v;
	struct facts f = {
		.s = s, .a = a, .team = *team, .on = on, .p = instrument->rules.p, .brief = true
	};
	if (!facts_load(&f, e))
		return false;
	if (!evidence_levels(&f, instrument, &v))
		return err_memory(e);
	*score = v.supported;
	return true;
}

// On one level at the begin, the end and each third of the time between.
bool evidence_stalled(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, const char *supported, bool *out, struct err *e)
{
	int days = instrument->rules.p[P_STALL_DAYS];
	const struct form_level *top = &instrument->levels[instrument->level_count - 1];
	*out =
	    !str_equal(supported, evidence_below(instrument)) && !str_equal(supported, top->score);
	for (int third = 3; third > 0 && *out; third--) {
		const char *then = NULL;
		if (!evidence_supported(s, a, team, on - days * third / 3, instrument, &then, e))
			return false;
		*out = str_equal(then, supported);
	}
	return true;
}

bool evidence_brief(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, struct evidence_brief *out, struct err *e)
{
	struct evidence v = { 0 };
	struct facts f = {
		.s = s, .a = a, .team = *team, .on = on, .p = instrument->rules.p, .brief = true
	};
	*out = (struct evidence_brief){ 0 };
	if (!facts_load(&f, e))
		return false;
	if (!evidence_levels(&f, instrument, &v))
		return err_memory(e);
	out->supported = v.supported;
	for (size_t i = 0; i < f.measure.count; i++)
		if (f.seen[i].roles & AS_KEY && f.seen[i].count && !f.seen[i].fresh)
			out->stale = true;
	return evidence_stalled(s, a, team, on, instrument, v.supported, &out->stalled, e);
}

// --- a claimed score beside the record

static int evidence_compare_scores(const char *a, const char *b)
{
	struct decimal x, y;
	if (!decimal_parse(a, &x) || !decimal_parse(b, &y))
		return strcmp(a, b);
	return decimal_compare(x, y);
}

enum evidence_claim evidence_claim(const struct evidence *v, const char *score)
{
	if (evidence_compare_scores(score, v->supported) <= 0)
		return CLAIM_SUPPORTED;
	return evidence_compare_scores(score, v->possible) <= 0 ? CLAIM_TO_CONFIRM : CLAIM_BEYOND;
}

// Criteria up to the claimed level that stand in its way: all that are not met, or only those that
// are plainly not.
static void evidence_name_criteria(
    const struct evidence *v, const char *score, holds_by *holds, struct str *out)
{
	size_t n = 0;
	for (size_t i = 0; i < v->count; i++) {
		if (evidence_compare_scores(v->level[i].level->score, score) > 0)
			return;
		for (size_t k = 0; k < v->level[i].count; k++)
			if (!holds(&v->level[i].criterion[k]))
				str_printf(out, "%s%s", n++ ? ", " : " ",
				    v->level[i].criterion[k].rule->id);
	}
}

char *evidence_claim_words(struct arena *a, const struct evidence *v, const char *score)
{
	struct str s = STR_IN(a);
	switch (evidence_claim(v, score)) {
	case CLAIM_SUPPORTED: str_add(&s, "supported"); break;
	case CLAIM_TO_CONFIRM:
		str_add(&s, "needs your confirmation on");
		evidence_name_criteria(v, score, evidence_by_record, &s);
		break;
	case CLAIM_BEYOND:
		str_add(&s, "records show otherwise:");
		evidence_name_criteria(v, score, evidence_by_hope, &s);
		break;
	}
	return str_done(&s);
}
