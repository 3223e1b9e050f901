// SPDX-License-Identifier: MIT
// What changed, in lines: a subject a line, in words.
#include "views/since_parts.h"

#include <plando/kind.h>
#include <plando/words.h>

#include <stdlib.h>
#include <string.h>

// --- under which line it is told

static bool since_ref(
    struct since_telling *t, const struct id *id, const char *field, struct id *out)
{
	struct record r;
	struct err none = { 0 };
	return record_load(t->s, t->a, id, &r, &none) && record_ref(&r, field, out);
}

// An idea is told with the first driver that it feeds.
static struct id since_subject_of_idea(struct since_telling *t, const struct id *idea)
{
	struct records links;
	struct err none = { 0 };
	struct id to;
	struct record r;
	if (record_list_by(t->s, t->a, "link", "from", idea, &links, &none))
		for (size_t i = 0; i < links.count; i++)
			if (record_ref(&links.item[i], "to", &to) &&
			    record_load(t->s, t->a, &to, &r, &none) &&
			    str_equal(r.kind, "driver") && !r.deleted)
				return to;
	return *idea;
}

static struct id since_subject_of(struct since_telling *t, const struct since_touched *x)
{
	struct id up = x->id, idea;
	struct record r;
	struct err none = { 0 };
	if (str_equal(x->kind, "link") && record_ref(&x->now, "from", &up)) {
		bool is_idea = record_load(t->s, t->a, &up, &r, &none) && str_equal(r.kind, "idea");
		return is_idea ? since_subject_of_idea(t, &up) : up;
	}
	if (str_equal(x->kind, "idea"))
		return since_subject_of_idea(t, &x->id);
	if (str_equal(x->kind, "pdsa") && record_ref(&x->now, "ramp", &up) &&
	    since_ref(t, &up, "idea", &idea))
		return since_subject_of_idea(t, &idea);
	if ((str_equal(x->kind, "pdsa") || str_equal(x->kind, "ramp")) &&
	    record_ref(&x->now, "idea", &idea))
		return since_subject_of_idea(t, &idea);
	if (record_ref(&x->now, "measure", &up) && !str_equal(x->kind, "pdsa"))
		return up;
	static const char *const OWN[] = { "driver", "measure", "team", "charter", "pdsa" };
	for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
		if (str_equal(OWN[i], x->kind))
			return x->id;
	return (struct id){ 0 };
}

static struct since_subject *since_subject(struct since_telling *t, const struct since_touched *x)
{
	for (size_t i = 0; i < t->subjects; i++) {
		struct since_subject *s = &t->subject[i];
		bool whole = id_zero(&x->subject);
		if (id_equal(&s->id, &x->subject) && (!whole || str_equal(s->kind, x->kind)))
			return s;
	}
	if (!arena_grow(
		t->a, (void **)&t->subject, t->subjects, &t->subjects_cap, sizeof *t->subject))
		return NULL;
	struct record r;
	struct err none = { 0 };
	const char *kind = x->kind;
	if (!id_zero(&x->subject) && record_load(t->s, t->a, &x->subject, &r, &none))
		kind = r.kind;
	struct since_subject *s = &t->subject[t->subjects++];
	*s = (struct since_subject){
		.id = x->subject, .kind = kind, .text = STR_IN(t->a), .by = STR_IN(t->a)
	};
	return s;
}

// --- the words

static void since_say(struct since_subject *s, const char *text)
{
	if (!text)
		s->text.failed = true;
	str_printf(&s->text, "%s%s", s->text.length ? "; " : "", text ? text : "");
}

// Who wrote something of a line, each once.
static void since_by_add(struct since_subject *s, const char *by)
{
	const char *have = s->by.length ? s->by.text : "";
	if (*by && !strstr(have, by))
		str_printf(&s->by, "%s%s", *have ? ", " : "", by);
}

static const char *since_title(struct since_telling *t, const struct id *id)
{
	const char *text = words_title(t->s, t->a, id);
	return text ? text : "";
}

static const char *since_shown(
    struct since_telling *t, const struct since_touched *x, const struct since_net *n)
{
	return words_value(t->s, t->a, &x->id, x->kind, n->field, n->new);
}

// "What happened?, Learned": what was written in a record, without what nobody typed.
static const char *since_labels(struct since_telling *t, const struct since_touched *x)
{
	enum { MOST = 4 };
	struct str text = STR_IN(t->a);
	size_t n = 0;
	for (const struct since_net *c = x->net; c; c = c->next) {
		const struct form_field *f =
		    words_form_field(t->s, t->a, &x->id, x->kind, c->field);
		if (!f || f->hidden || str_equal(c->old, c->new))
			continue;
		if (n++ < MOST)
			str_printf(&text, "%s%s", n > 1 ? ", " : "", f->label);
	}
	if (n > MOST)
		str_printf(&text, " and %zu more", n - MOST);
	return str_done(&text);
}

// What any record may have: deleted, archived, new, or fields that were written. NULL: nothing.
const char *since_plain(struct since_telling *t, const struct since_touched *x)
{
	const struct since_net *archived = since_net(x, "archived");
	if (x->gone)
		return "deleted";
	if (archived)
		return str_empty(archived->new) ? "back from the archive" : "archived";
	if (x->made)
		return "new";
	const char *what = since_labels(t, x);
	return str_empty(what) ? NULL : what;
}

// How far a cycle has come since: by its own dates, else by what was written.
const char *since_cycle_stage(const struct since_touched *x)
{
	const struct since_net *decision = since_net(x, "decision"),
			       *learned = since_net(x, "learned");
	bool studied = x->dated && str_equal(x->dated->what, "studied");
	bool decided = record_get(&x->now, "decision") && (studied || decision);
	if (x->gone)
		return "deleted";
	if (decided)
		return "finished";
	if (studied || (learned && !str_empty(learned->new)))
		return "studied";
	return x->dated ? x->dated->what : x->made ? "planned" : NULL;
}

static void since_tell_cycle(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	const char *no = record_get(&x->now, "cycle_no"), *stage = since_cycle_stage(x);
	const char *name = no ? arena_printf(t->a, "cycle %s", no)
			      : arena_printf(t->a, "cycle “%s”", since_title(t, &x->id));
	const char *what = stage ? stage : since_plain(t, x);
	const char *decision = record_get(&x->now, "decision");
	date_t today = store_today(t->s);
	if (stage && str_equal(stage, "finished"))
		what = arena_printf(t->a, "finished: %s",
		    words_value(t->s, t->a, &x->id, x->kind, "decision", decision));
	else if (stage && str_equal(stage, "begun"))
		what = arena_printf(t->a, "began %s", date_show(t->a, x->date, today));
	if (what)
		since_say(s, arena_printf(t->a, "%s %s", name ? name : "cycle", what));
}

// Did the box that a link comes from lose another one? Then it was moved.
bool since_moved(const struct since_telling *t, const struct since_touched *link)
{
	struct id from, other;
	if (!record_ref(&link->now, "from", &from))
		return false;
	for (size_t i = 0; i < t->count; i++)
		if (t->touched[i].gone && str_equal(t->touched[i].kind, "link") &&
		    record_ref(&t->touched[i].now, "from", &other) && id_equal(&from, &other))
			return true;
	return false;
}

static bool since_box_is_new(const struct since_telling *t, const struct id *box)
{
	for (size_t i = 0; i < t->count; i++)
		if (id_equal(&t->touched[i].id, box))
			return t->touched[i].made;
	return false;
}

static bool since_box_has_new_link(const struct since_telling *t, const struct id *box)
{
	struct id from;
	for (size_t i = 0; i < t->count; i++)
		if (t->touched[i].made && !t->touched[i].gone &&
		    str_equal(t->touched[i].kind, "link") &&
		    record_ref(&t->touched[i].now, "from", &from) && id_equal(&from, box))
			return true;
	return false;
}

static void since_tell_link(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	struct id from, to;
	if (!record_ref(&x->now, "from", &from) || !record_ref(&x->now, "to", &to))
		return;
	bool own = id_equal(&from, &s->id);
	const char *whose = own ? "" : arena_printf(t->a, "“%s” ", since_title(t, &from));
	const char *above = since_title(t, &to);
	if (x->gone && !since_box_has_new_link(t, &from))
		since_say(s, arena_printf(t->a, "%sfeeds %s no more", whose, above));
	else if (x->made && !x->gone && since_moved(t, x))
		since_say(s, arena_printf(t->a, "%smoved under %s", whose, above));
	else if (x->made && !x->gone && !since_box_is_new(t, &from))
		since_say(s, arena_printf(t->a, "%salso feeds %s", whose, above));
}

static void since_tell_idea(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	const struct since_net *status = since_net(x, "status");
	const char *what = since_plain(t, x);
	bool alone = id_equal(&s->id, &x->id); // it feeds no driver yet
	if (x->made && !x->gone && !alone) {
		s->ideas++;
		return;
	}
	if (status && !str_empty(status->new))
		what = arena_printf(t->a, "now %s", since_shown(t, x, status));
	if (what)
		since_say(
		    s, alone ? what : arena_printf(t->a, "“%s” %s", since_title(t, &x->id), what));
}

static void since_tell_box(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	const struct since_net *text = since_net(x, "text");
	if (x->made || x->gone || !text)
		since_say(s, since_plain(t, x) ? since_plain(t, x) : "moved in its column");
	else
		since_say(s, arena_printf(t->a, "said “%s”", text->old ? text->old : ""));
}

static void since_tell_point(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	(void)t;
	bool new = !x->gone && (x->made || x->dated);
	s->points += new;
	if (!new)
		since_say(s, x->gone ? "a data point taken out" : "a data point corrected");
}

// A record that shares its line with others of its kind.
static void since_tell_other(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	const struct since_net *status = since_net(x, "status");
	const char *what = since_plain(t, x);
	if (status && !x->made && !x->gone && !str_empty(status->new))
		what = since_shown(t, x, status);
	if (x->dated)
		what = x->dated->what;
	if (!what)
		return;
	bool alone = !id_zero(&s->id);
	since_say(s, alone ? what : arena_printf(t->a, "%s (%s)", since_title(t, &x->id), what));
}

static void since_tell_score(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	const char *score = record_get(&x->now, "score"), *who = record_get(&x->now, "assessor");
	if (x->gone || !score)
		since_tell_other(t, s, x);
	else
		since_say(s, arena_printf(t->a, "%s %s%s", who ? who : "a score of", score,
				 x->made ? "" : " (corrected)"));
}

static const struct teller {
	const char *kind;
	void (*tell)(
	    struct since_telling *t, struct since_subject *s, const struct since_touched *x);
} TELLERS[] = {
	{ "link", since_tell_link },
	{ "idea", since_tell_idea },
	{ "driver", since_tell_box },
	{ "pdsa", since_tell_cycle },
	{ "point", since_tell_point },
	{ "assessment", since_tell_score },
};

static void since_tell(
    struct since_telling *t, struct since_subject *s, const struct since_touched *x)
{
	for (size_t i = 0; i < sizeof TELLERS / sizeof *TELLERS; i++)
		if (str_equal(TELLERS[i].kind, x->kind)) {
			TELLERS[i].tell(t, s, x);
			return;
		}
	if (!str_equal(x->kind, "ramp"))
		since_tell_other(t, s, x);
}

bool since_lines_tell(struct since_telling *t, struct err *e)
{
	for (size_t i = t->count; i-- > 0;) { // the oldest first
		struct since_touched *x = &t->touched[i];
		if (x->older || x->silent || (x->made && x->gone))
			continue; // dates from before; came and went
		x->subject = since_subject_of(t, x);
		struct since_subject *s = since_subject(t, x);
		if (!s)
			return err_memory(e);
		size_t before = s->text.length + s->ideas + s->points;
		since_tell(t, s, x);
		if (s->text.length + s->ideas + s->points > before)
			since_by_add(s, x->by);
	}
	return true;
}

// --- what was promised and is late

bool since_late_tell(struct since_telling *t, struct err *e)
{
	struct records all;
	date_t today = store_today(t->s), due;
	if (!record_list(t->s, t->a, "action", &t->team, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		const char *status = record_get(r, "status"), *owner = record_get(r, "owner");
		if ((status && !str_equal(status, "open")) || record_archived(r, today) ||
		    !since_day(r, "due", &due) || due >= today)
			continue;
		struct since_touched x = { .id = r->id, .kind = "action" };
		struct since_subject *s = since_subject(t, &x);
		const char *by = owner ? record_ref_title(t->s, t->a, owner) : "";
		const struct since_item item = { r->id, "action", words_title(t->s, t->a, &r->id),
			"late", by, due };
		if (!s || !by || !since_item_add(t, &item, e))
			return err_memory(e);
		since_say(s, arena_printf(t->a, "%s (late since %s%s%s)", item.title,
				 date_show(t->a, due, today), *by ? ", " : "", by));
	}
	return true;
}

int since_rank(const char *const *order, size_t count, const char *name)
{
	size_t i = 0;
	while (i < count && !str_equal(order[i], name))
		i++;
	return (int)i;
}

static const char *since_subject_title(struct since_telling *t, const struct since_subject *s)
{
	const struct kind *k = kind_find(s->kind);
	struct err none = { 0 };
	if (!id_zero(&s->id))
		return words_title(t->s, t->a, &s->id);
	const struct form *form = forms_find(store_forms(t->s), s->kind, &none);
	return form && form->plural ? form->plural : k ? k->label : s->kind;
}

static int since_by_rank(const void *x, const void *y)
{
	static const char *const ORDER[] = { "action", "team", "charter", "driver", "idea", "pdsa",
		"measure", "assessment" };
	const struct since_line *a = x, *b = y;
	const size_t n = sizeof ORDER / sizeof *ORDER;
	int order = since_rank(ORDER, n, a->kind) - since_rank(ORDER, n, b->kind);
	return order ? order : strcmp(a->title, b->title);
}

static const char *since_line_text(struct since_telling *t, struct since_subject *s)
{
	if (s->ideas)
		since_say(
		    s, arena_printf(t->a, "%zu new idea%s", s->ideas, s->ideas == 1 ? "" : "s"));
	if (s->points)
		since_say(s, arena_printf(t->a, "%zu new data point%s", s->points,
				 s->points == 1 ? "" : "s"));
	const char *text = str_done(&s->text), *by = str_done(&s->by);
	if (!text || !by)
		return NULL;
	return *text && *by ? arena_printf(t->a, "%s (%s)", text, by) : text;
}

bool since_lines_make(struct since_telling *t, struct err *e)
{
	t->out->line = arena_array(t->a, t->subjects + 1, sizeof *t->out->line);
	if (!t->out->line)
		return err_memory(e);
	for (size_t i = 0; i < t->subjects; i++) {
		struct since_subject *s = &t->subject[i];
		struct since_line line = { s->id, s->kind, since_subject_title(t, s),
			since_line_text(t, s) };
		if (!line.title || !line.text)
			return err_memory(e);
		if (*line.text)
			t->out->line[t->out->count++] = line;
	}
	qsort(t->out->line, t->out->count, sizeof *t->out->line, since_by_rank);
	return true;
}
