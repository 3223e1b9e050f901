// SPDX-License-Identifier: MIT
// Writing down what people say about a level: attestations, scores with their reasons; and how the
// scores went over time.
#include <plando/evidence.h>

#include "method/evidence/evidence_judge.h"
#include "store/log/store.h"

#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct evidence_save_writing {
	struct store *s;
	struct arena *a;
	const struct evidence *v;
	struct save *save;
	struct id id;
	char date[DATE_TEXT];
};

static const char *evidence_save_author(const struct evidence_save_writing *w)
{
	const char *by = store_env(w->s)->author;
	return by ? by : "";
}

static bool evidence_save_put(
    struct evidence_save_writing *w, const char *field, const char *value, struct err *e)
{
	return save_field(w->save, &w->id, "assessment", field, value, e);
}

static bool evidence_save_fits(const struct evidence_save_writing *w, const struct record *r,
    const char *assessor, bool same_author)
{
	const char *by = record_get(r, "by");
	return str_equal(record_get(r, "date"), w->date) &&
	       str_equal(record_get(r, "assessor"), assessor) && evidence_by(w->v, r) &&
	       (!same_author || str_equal(by, evidence_save_author(w)));
}

// Today's assessment by the same people, or a new one.
static bool evidence_save_begin(
    struct evidence_save_writing *w, const char *assessor, bool same_author, struct err *e)
{
	struct records all;
	char team[ID_TEXT], version[16];
	date_print_iso(w->v->on, w->date);
	id_print(&w->v->team, team);
	w->save = save_begin(w->s, w->a, e);
	if (!w->save || !record_list(w->s, w->a, "assessment", &w->v->team, &all, e))
		return false;
	size_t i = 0;
	while (i < all.count && !evidence_save_fits(w, &all.item[i], assessor, same_author))
		i++;
	if (i < all.count)
		w->id = all.item[i].id;
	else if (!save_new(w->save, "assessment", NULL, &w->id, e) ||
		 !evidence_save_put(w, "team", team, e) ||
		 !evidence_save_put(w, "date", w->date, e) ||
		 !evidence_save_put(w, "assessor", assessor, e) ||
		 (!str_equal(w->v->instrument, "ihi") &&
		     !evidence_save_put(w, "instrument", w->v->form->id, e)))
		return false;
	snprintf(version, sizeof version, "%u", w->v->form->version);
	return evidence_save_put(w, "by", evidence_save_author(w), e) &&
	       evidence_save_put(w, "instrument_version", version, e);
}

static const struct evidence_criterion *evidence_save_criterion_of(
    const struct evidence *v, const char *id)
{
	for (size_t i = 0; i < v->count; i++)
		for (size_t k = 0; k < v->level[i].count; k++)
			if (str_equal(v->level[i].criterion[k].rule->id, id))
				return &v->level[i].criterion[k];
	return NULL;
}

bool evidence_attest(struct store *s, struct arena *a, const struct evidence *v,
    const char *criterion, bool holds, const char *why, struct err *e)
{
	struct evidence_save_writing w = { .s = s, .a = a, .v = v };
	const struct evidence_criterion *c = evidence_save_criterion_of(v, criterion);
	const char *key = NULL;
	if (!c)
		return err_set(e, ERR_USAGE, "there is no criterion \"%.40s\"", criterion);
	if (!evidence_save_begin(&w, "coach", true, e) ||
	    !save_element(w.save, &w.id, "assessment", "attestations", NULL, &key, e))
		return false;
	const char *const cells[][2] = { { "criterion", criterion },
		{ "holds", holds ? "yes" : "no" }, { "why", why },
		{ "fingerprint", c->fingerprint } };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const char *cell = arena_printf(a, "attestations.%s.%s", key, cells[i][0]);
		if (!cell)
			return err_memory(e);
		if (!evidence_save_put(&w, cell, cells[i][1], e))
			return false;
	}
	return save_commit(w.save, NULL, e);
}

// "The record supports 2.5. For 3.0: 3.0 c, a process measure improves: …"
static const char *evidence_save_reasons(struct arena *a, const struct evidence *v)
{
	struct str s = STR_IN(a);
	str_printf(&s, "The record supports %s.", v->supported);
	const struct evidence_level *next = v->next < v->count ? &v->level[v->next] : NULL;
	for (size_t i = 0; next && i < next->count; i++)
		if (next->criterion[i].status != EVIDENCE_MET)
			str_printf(&s, "\nFor %s: %s: %s.", next->level->score,
			    next->criterion[i].rule->says, next->criterion[i].shows);
	return str_done(&s);
}

bool evidence_score_save(struct store *s, struct arena *a, const struct evidence *v,
    const char *assessor, const char *score, const char *why, struct err *e)
{
	struct evidence_save_writing w = { .s = s, .a = a, .v = v };
	struct evidence_agenda agenda;
	const char *rationale = str_empty(why) ? evidence_save_reasons(a, v) : why;
	const char *computed = evidence_computed(a, v);
	if (!rationale || !computed)
		return err_memory(e);
	if (!evidence_agenda(s, a, v, &agenda, e) || !evidence_save_begin(&w, assessor, false, e) ||
	    !evidence_save_put(&w, "score", score, e) ||
	    !evidence_save_put(&w, "rationale", rationale, e) ||
	    (agenda.count && !evidence_save_put(&w, "next_step", agenda.step[0].text, e)) ||
	    !evidence_save_put(&w, "computed", computed, e))
		return false;
	return save_commit(w.save, NULL, e);
}

// --- over time

static date_t evidence_save_month_end(date_t on, int ago)
{
	struct civil c = date_to_civil(on);
	c.day = 1;
	date_t first = date_add_months(date_from_civil(c), -ago);
	c = date_to_civil(first);
	date_t end = first + date_month_days(c.year, c.month) - 1;
	return end < on ? end : on;
}

// The newest score of each that was recorded by then.
static void evidence_save_stood(
    const struct records *all, const struct evidence *v, struct evidence_month *m)
{
	const char *last[2] = { "", "" };
	for (size_t i = 0; i < all->count; i++) {
		const struct record *r = &all->item[i];
		const char *date = record_get(r, "date"), *score = record_get(r, "score");
		bool coach = str_equal(record_get(r, "assessor"), "coach");
		date_t day;
		if (!date || !score || !date_parse_iso(date, &day) || day > m->end ||
		    record_archived(r, v->on) || !evidence_by(v, r) ||
		    str_equal(record_get(r, "private"), "yes") || strcmp(date, last[coach]) < 0)
			continue;
		last[coach] = date;
		*(coach ? &m->coach : &m->team) = score;
	}
}

bool evidence_history(struct store *s, struct arena *a, const struct evidence *v,
    struct evidence_month *out, size_t count, struct err *e)
{
	struct records all;
	store_hold(s);
	bool ok = record_list(s, a, "assessment", &v->team, &all, e);
	for (size_t i = 0; i < count && ok; i++) {
		out[i] = (struct evidence_month){ .end = evidence_save_month_end(
						      v->on, (int)(count - 1 - i)) };
		ok = evidence_supported(s, a, &v->team, out[i].end, v->form, &out[i].supported, e);
		if (ok)
			evidence_save_stood(&all, v, &out[i]);
	}
	store_release(s);
	return ok;
}
