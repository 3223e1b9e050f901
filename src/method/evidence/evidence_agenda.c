// SPDX-License-Identifier: MIT
// The agenda: what stands between a team and its next level, and what has come to a stop; and what
// the engine found, to be kept with an assessment.
#include <plando/evidence.h>

#include <plando/pdsa.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

struct evidence_agenda_build {
	struct store *s;
	struct arena *a;
	const struct evidence *v;
	struct evidence_agenda *out;
	size_t cap;
};

static bool evidence_agenda_add(
    struct evidence_agenda_build *b, const struct evidence_step *step, struct err *e)
{
	if (!step->text ||
	    !arena_grow(b->a, (void **)&b->out->step, b->out->count, &b->cap, sizeof *b->out->step))
		return err_memory(e);
	b->out->step[b->out->count++] = *step;
	b->out->stalled |= step->stall;
	return true;
}

// --- what has come to a stop

static bool evidence_agenda_same_level(struct evidence_agenda_build *b, struct err *e)
{
	const struct evidence *v = b->v;
	int days = v->form->rules.p[P_STALL_DAYS];
	bool stalled = false;
	if (!evidence_stalled(b->s, b->a, &v->team, v->on, v->form, v->supported, &stalled, e))
		return false;
	if (!stalled)
		return true;
	const struct evidence_step step = { .text = arena_printf(b->a,
						"%s for %d days: what would move it?", v->supported,
						days),
		.status = EVIDENCE_NOT,
		.stall = true };
	return evidence_agenda_add(b, &step, e);
}

static bool evidence_agenda_silent(struct evidence_agenda_build *b, struct err *e)
{
	bool ok = true;
	for (size_t i = 0; i < b->v->measures && ok; i++) {
		const struct evidence_measure *m = &b->v->measure[i];
		if (!(m->roles & AS_KEY) || m->fresh || !m->count)
			continue;
		const struct evidence_step step = {
			.text = arena_printf(b->a, "%s: no data since %s", m->m->name,
			    date_show(b->a, m->value[m->count - 1].date, b->v->on)),
			.status = EVIDENCE_STALE,
			.mend = { "measure", m->m->id },
			.stall = true
		};
		ok = evidence_agenda_add(b, &step, e);
	}
	return ok;
}

static const char *evidence_agenda_since(
    struct evidence_agenda_build *b, const struct pdsa_cycle *c)
{
	date_t day;
	if (!date_parse_iso(*c->do_end ? c->do_end : c->do_start, &day))
		return "";
	return arena_printf(b->a, ", done %s", date_show(b->a, day, b->v->on));
}

static bool evidence_agenda_due(struct evidence_agenda_build *b, struct err *e)
{
	struct pdsa_log log;
	bool ok = true;
	if (!pdsa_log(b->s, b->a, &b->v->team, false, &log, e))
		return false;
	for (size_t i = 0; i < log.count && ok; i++) {
		const struct pdsa_cycle *c = &log.cycle[i];
		if (c->stage != PDSA_STUDY_DUE && c->stage != PDSA_ACT_DUE)
			continue;
		const char *title = *c->title ? c->title : c->idea_text;
		const struct evidence_step step = { .text = arena_printf(b->a, "%s: %s%s",
							pdsa_stage_words(c->stage), title,
							evidence_agenda_since(b, c)),
			.status = EVIDENCE_NOT,
			.mend = { "pdsa", c->id } };
		ok = evidence_agenda_add(b, &step, e);
	}
	return ok;
}

// --- the next level

// Old data first: they pull everything down. Then what can be written down today.
static unsigned evidence_agenda_rank(const struct evidence_criterion *c)
{
	if (c->status == EVIDENCE_STALE)
		return 0;
	return 1 + 2 * c->ease + (c->status == EVIDENCE_NOT);
}

static bool evidence_agenda_next_level(struct evidence_agenda_build *b, struct err *e)
{
	const struct evidence_level *l = &b->v->level[b->v->next];
	for (unsigned r = 0; b->v->next < b->v->count && r < 10; r++)
		for (size_t i = 0; i < l->count; i++) {
			const struct evidence_criterion *c = &l->criterion[i];
			if (c->status == EVIDENCE_MET || evidence_agenda_rank(c) != r)
				continue;
			const struct evidence_step step = { .text = arena_printf(b->a, "%s: %s",
								c->rule->says, c->shows),
				.criterion = c->rule->id,
				.status = c->status,
				.mend = c->mend };
			if (!evidence_agenda_add(b, &step, e))
				return false;
		}
	return true;
}

bool evidence_agenda(struct store *s, struct arena *a, const struct evidence *v,
    struct evidence_agenda *out, struct err *e)
{
	*out = (struct evidence_agenda){ 0 };
	struct evidence_agenda_build b = { s, a, v, out, 0 };
	return evidence_agenda_same_level(&b, e) && evidence_agenda_silent(&b, e) &&
	       evidence_agenda_due(&b, e) && evidence_agenda_next_level(&b, e);
}

// --- kept with an assessment

// Ids come from form files: a quote in one must not end the text.
static void evidence_agenda_add_quoted(struct str *s, const char *text)
{
	str_add_char(s, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(s, '\\');
		str_add_char(s, (unsigned char)*text < ' ' ? ' ' : *text);
	}
	str_add_char(s, '"');
}

static void evidence_agenda_add_field(struct str *s, const char *key, const char *value)
{
	str_printf(s, "%s\"%s\":", s->length > 1 ? "," : "", key);
	evidence_agenda_add_quoted(s, value);
}

char *evidence_computed(struct arena *a, const struct evidence *v)
{
	struct str s = STR_IN(a);
	char on[DATE_TEXT];
	date_print_iso(v->on, on);
	str_add_char(&s, '{');
	evidence_agenda_add_field(&s, "date", on);
	evidence_agenda_add_field(&s, "instrument", v->instrument);
	str_printf(&s, ",\"version\":%u", v->form->version);
	evidence_agenda_add_field(&s, "supported", v->supported);
	evidence_agenda_add_field(&s, "possible", v->possible);
	evidence_agenda_add_field(&s, "agreed", v->agreed);
	str_add(&s, ",\"criteria\":{");
	for (size_t i = 0, n = 0; i < v->count; i++)
		for (size_t k = 0; k < v->level[i].count; k++) {
			const struct evidence_criterion *c = &v->level[i].criterion[k];
			str_add(&s, n++ ? "," : "");
			evidence_agenda_add_quoted(&s, c->rule->id);
			str_printf(
			    &s, ":[\"%s\",\"%s\"]", evidence_status_id(c->status), c->fingerprint);
		}
	str_add(&s, "},\"thresholds\":{");
	for (int i = 0; i < P_COUNT; i++)
		str_printf(&s, "%s\"%s\":%d", i ? "," : "", THRESHOLDS[i].id, v->form->rules.p[i]);
	str_add(&s, "}}");
	return str_done(&s);
}
