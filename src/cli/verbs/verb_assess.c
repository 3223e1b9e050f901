// SPDX-License-Identifier: MIT
// assess: the level that a team's record supports, criterion by criterion, and what is next.
#include "cli/verbs.h"

#include <plando/evidence.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { PAGE = 78, INDENT = 9 };

// --- JSON: programs read it; keys are added, never changed

static void assess_put_score(struct json *j, const char *key, const char *score)
{
	json_key(j, key);
	json_decimal(j, score);
}

static void assess_put_recorded(struct json *j, const struct evidence *v)
{
	char date[DATE_TEXT];
	json_put_array(j, "recorded");
	for (size_t i = 0; i < v->recorded_count; i++) {
		const struct evidence_score *r = &v->recorded[i];
		date_print_iso(r->date, date);
		json_object(j);
		json_put_text(j, "assessor", r->assessor);
		assess_put_score(j, "score", r->score);
		json_put_text(j, "date", date);
		json_end(j);
	}
	json_end(j);
}

static void assess_put_attested(struct json *j, const struct evidence_word *w)
{
	if (w->given && !w->lapsed)
		json_put_bool(j, "attested", w->holds);
	else
		json_put_text(j, "attested", NULL);
	json_put_text(j, "attested_by", w->given ? w->by : NULL);
	json_put_text(j, "lapsed", w->lapsed ? w->lapsed_why : NULL);
}

static void assess_put_mend(struct json *j, const struct evidence_mend *m)
{
	char id[ID_TEXT];
	id_print(&m->id, id);
	json_put_text(j, "kind", m->kind);
	json_put_text(j, "record", id_zero(&m->id) ? NULL : id);
}

static void assess_put_criterion(struct json *j, const struct evidence_criterion *c)
{
	json_object(j);
	json_put_text(j, "id", c->rule->id);
	json_put_text(j, "says", c->rule->says);
	json_put_text(j, "status", evidence_status_id(c->status));
	assess_put_attested(j, &c->coach);
	json_put_text(j, "evidence", c->shows);
	assess_put_mend(j, &c->mend);
	json_put_text(j, "fingerprint", c->fingerprint);
	json_end(j);
}

static void assess_put_levels(struct json *j, const struct evidence *v)
{
	json_put_array(j, "levels");
	for (size_t i = 0; i < v->count; i++) {
		const struct evidence_level *l = &v->level[i];
		json_object(j);
		assess_put_score(j, "score", l->level->score);
		json_put_bool(j, "met", l->met);
		json_put_array(j, "criteria");
		for (size_t k = 0; k < l->count; k++)
			assess_put_criterion(j, &l->criterion[k]);
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static void assess_put_next(struct json *j, const struct evidence *v)
{
	json_put_array(j, "next");
	for (size_t k = 0; v->next < v->count && k < v->level[v->next].count; k++)
		if (v->level[v->next].criterion[k].status != EVIDENCE_MET)
			json_text(j, v->level[v->next].criterion[k].rule->id);
	json_end(j);
}

static void assess_put_warnings(struct json *j, const struct evidence *v)
{
	json_put_array(j, "warnings");
	for (size_t i = 0; i < v->warnings; i++)
		json_text(j, v->warning[i].text);
	json_end(j);
}

static void assess_put_agenda(struct json *j, const struct evidence_agenda *agenda)
{
	json_put_bool(j, "stalled", agenda->stalled);
	json_put_array(j, "agenda");
	for (size_t i = 0; i < agenda->count; i++) {
		json_object(j);
		json_put_text(j, "criterion", agenda->step[i].criterion);
		json_put_text(j, "text", agenda->step[i].text);
		assess_put_mend(j, &agenda->step[i].mend);
		json_end(j);
	}
	json_end(j);
}

static bool assess_json(
    struct cli *c, const struct evidence *v, const struct evidence_agenda *agenda, struct err *e)
{
	struct json j;
	char id[ID_TEXT], date[DATE_TEXT];
	id_print(&v->team, id);
	date_print_iso(v->on, date);
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "team", v->name);
	json_put_text(&j, "team_id", id);
	json_put_text(&j, "date", date);
	json_put_text(&j, "instrument", v->instrument);
	json_put_int(&j, "version", v->form->version);
	assess_put_recorded(&j, v);
	assess_put_score(&j, "supported", v->supported);
	assess_put_score(&j, "possible", v->possible);
	assess_put_score(&j, "agreed", v->agreed);
	assess_put_levels(&j, v);
	assess_put_next(&j, v);
	assess_put_agenda(&j, agenda);
	assess_put_warnings(&j, v);
	json_end(&j);
	return json_done(&j, e);
}

// --- for people

// Wrapped behind an indent; `first` stands before the first line.
static void assess_put_wrapped(struct cli *c, const char *first, int indent, const char *text)
{
	struct text_lines lines;
	const char *safe = cli_safe(c, text, false);
	if (!text_wrap(c->arena, safe, strlen(safe), PAGE - indent, &lines)) {
		c->starved = true;
		return;
	}
	for (size_t i = 0; i < lines.count; i++)
		fprintf(c->out, "%-*s%.*s\n", indent, i ? "" : first,
		    (int)(lines.line[i].end - lines.line[i].start), safe + lines.line[i].start);
}

static const char *assess_mark(enum evidence_status s)
{
	static const char *const marks[EVIDENCE_STATUSES] = { [EVIDENCE_MET] = "+",
		[EVIDENCE_NOT] = "-",
		[EVIDENCE_WEAK] = "~",
		[EVIDENCE_STALE] = "o",
		[EVIDENCE_UNKNOWN] = "?" };
	return marks[s];
}

static const char *assess_word(enum evidence_status s)
{
	static const char *const words[EVIDENCE_STATUSES] = { [EVIDENCE_MET] = "",
		[EVIDENCE_NOT] = "",
		[EVIDENCE_WEAK] = " (weak: a person must confirm)",
		[EVIDENCE_STALE] = " (stale)",
		[EVIDENCE_UNKNOWN] = " (unknown)" };
	return words[s];
}

static void assess_put_word(struct cli *c, const struct evidence *v, const struct evidence_word *w)
{
	if (!w->given)
		return;
	assess_put_wrapped(c, "", INDENT,
	    arena_printf(c->arena, "%s, %s, says that it %s%s%s%s", w->by ? w->by : "a coach",
		date_show(c->arena, w->date, v->on), w->holds ? "holds" : "does not hold",
		w->why ? ": " : "", w->why ? w->why : "",
		w->lapsed ? arena_printf(c->arena, " (lapsed: %s)", w->lapsed_why) : ""));
}

static void assess_put_level(
    struct cli *c, const struct evidence *v, const struct evidence_level *l)
{
	fprintf(c->out, "\n%-5s%s", cli_safe(c, l->level->score, false),
	    cli_safe(c, l->level->title, false));
	fprintf(c->out, l->met ? ": all shown\n" : ": %zu of %zu shown\n", l->shown, l->count);
	for (size_t k = 0; k < l->count; k++) {
		const struct evidence_criterion *x = &l->criterion[k];
		assess_put_wrapped(c, arena_printf(c->arena, "     %s", assess_mark(x->status)),
		    INDENT - 2,
		    arena_printf(
			c->arena, "%s  %s%s", x->rule->id, x->rule->says, assess_word(x->status)));
		assess_put_wrapped(c, "", INDENT, x->shows);
		assess_put_word(c, v, &x->coach);
	}
}

static void assess_put_scores(struct cli *c, const struct evidence *v)
{
	fprintf(
	    c->out, "record %s, possible %s, agreed %s\n", v->supported, v->possible, v->agreed);
	for (size_t i = 0; i < v->recorded_count; i++) {
		const struct evidence_score *r = &v->recorded[i];
		fprintf(c->out, "%s %s (%s): %s\n", r->assessor, cli_safe(c, r->score, false),
		    cli_or_empty(c, date_show(c->arena, r->date, v->on)),
		    cli_safe(c, evidence_claim_words(c->arena, v, r->score), false));
	}
}

static void assess_put_steps(
    struct cli *c, const struct evidence *v, const struct evidence_agenda *agenda)
{
	if (v->next < v->count)
		fprintf(c->out, "\nTowards %s, the most useful first\n",
		    v->level[v->next].level->score);
	else if (agenda->count)
		fprintf(c->out, "\nTo look at\n");
	for (size_t i = 0; i < agenda->count; i++) {
		const struct evidence_step *s = &agenda->step[i];
		assess_put_wrapped(c, arena_printf(c->arena, " %2zu  ", i + 1), 5,
		    s->criterion ? arena_printf(c->arena, "%s  %s", s->criterion, s->text)
				 : s->text);
	}
	for (size_t i = 0; i < v->warnings; i++)
		assess_put_wrapped(c, i ? "" : "\nNote ", 5, v->warning[i].text);
}

static bool assess_text(
    struct cli *c, const struct evidence *v, const struct evidence_agenda *agenda, struct err *e)
{
	fprintf(c->out, "%s on %s, by %s, version %u\n", cli_safe(c, v->name, false),
	    cli_or_empty(c, date_show(c->arena, v->on, v->on + 366)), cli_safe(c, v->scale, false),
	    v->form->version);
	assess_put_scores(c, v);
	for (size_t i = 0; i < v->count; i++)
		assess_put_level(c, v, &v->level[i]);
	assess_put_steps(c, v, agenda);
	if (ferror(c->out))
		return err_set(e, ERR_IO, "the result cannot be written; is the disk full?");
	return true;
}

// --on, else today: as a person writes a date.
static bool assess_day_asked(struct cli *c, struct store *s, date_t *on, struct err *e)
{
	const char *typed = option_get(c, "on");
	*on = store_today(s);
	if (!typed || date_parse_human(typed, *on, on))
		return true;
	return err_set(e, ERR_USAGE, "--on %s: not a date; write it as 2026-05-03", typed);
}

static bool assess(struct cli *c, struct store *s, struct err *e)
{
	struct record team;
	struct evidence v = { 0 };
	struct evidence_agenda agenda = { 0 };
	date_t on;
	const struct form *form = evidence_instrument(s, option_get(c, "instrument"), e);
	if (!form || !assess_day_asked(c, s, &on, e) ||
	    !cli_find(c, s, "team", c->word[1], &team, e) ||
	    !evidence_assess(s, c->arena, &team.id, on, form, &v, e) ||
	    !evidence_agenda(s, c->arena, &v, &agenda, e))
		return false;
	return option_given(c, "json") ? assess_json(c, &v, &agenda, e)
				       : assess_text(c, &v, &agenda, e);
}

bool verb_assess(struct cli *c, struct err *e)
{
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && assess(c, s, e);
	cli_close(c, s);
	return good;
}
