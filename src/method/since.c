// SPDX-License-Identifier: MIT
#include <plando/since.h>

#include "method/query.h"
#include "store/store.h"

#include <plando/history.h>
#include <plando/index.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/words.h>

#include <stdlib.h>
#include <string.h>

// A cell: what it held before all of it, and what it holds after.
struct net {
	const char *field, *old, *new;
	struct net *next;
};

// A record that something happened to.
struct touched {
	struct id id, subject;
	const char *kind;
	struct net *net;
	bool made, gone;
	struct record now;
};

// What is told in one line.
struct subject {
	struct id id; // of a kind as a whole: all zero
	const char *kind;
	struct str text;
	size_t ideas, points;
};

struct telling {
	struct store *s;
	struct arena *a;
	struct since *out;
	int64_t after_batch;
	struct touched *touched;
	size_t count, cap;
	struct index by_id;
	struct subject *subject;
	size_t subjects, subjects_cap;
};

// --- from when on

// The newest session that has taken place.
static bool session_find(
    struct telling *t, const struct id *team, struct id *session, struct err *e)
{
	char today[DATE_TEXT];
	struct err own = { 0 };
	struct ask *q = query_team(t->s->db, t->a,
	    "SELECT id FROM coaching WHERE team=?1 AND date<=?2 ORDER BY date DESC, id LIMIT 1",
	    team, e);
	if (!q)
		return false;
	date_print_iso(store_today(t->s), today);
	ask_text(q, 2, today);
	*session = ask_step(q, &own) ? query_id(q, 0) : (struct id){ 0 };
	return ask_end(q, &own, e);
}

// When it was last written to. Written down in this copy: what arrived here since. In another one:
// by the clock.
static bool coached(struct telling *t, const struct id *team, struct err *e)
{
	struct err own = { 0 };
	struct id session;
	if (!session_find(t, team, &session, e))
		return false;
	struct ask *q = db_ask(t->s->db,
	    "SELECT c.at, c.batch, coalesce(b.how,'')='merge' FROM change c"
	    " LEFT JOIN batch b ON b.id=c.batch WHERE c.ent=? ORDER BY c.hlc DESC LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &session);
	if (!id_zero(&session) && ask_step(q, &own)) {
		t->out->coached = true;
		t->out->by_arrival = !col_int(q, 2);
		t->out->from = col_int(q, 0) + !t->out->by_arrival;
		t->after_batch = t->out->by_arrival ? col_int(q, 1) : -1;
	}
	return ask_end(q, &own, e);
}

// --- what happened

static struct touched *touched_of(struct telling *t, const struct history_change *c)
{
	size_t walk = 0, at;
	uint64_t hash = index_hash(c->id.b, sizeof c->id.b, 1);
	while ((at = index_next(&t->by_id, hash, &walk)) != SIZE_MAX)
		if (id_equal(&t->touched[at].id, &c->id))
			return &t->touched[at];
	if (!arena_grow(t->a, (void **)&t->touched, t->count, &t->cap, sizeof *t->touched) ||
	    !index_put(&t->by_id, hash, t->count))
		return NULL;
	t->touched[t->count] = (struct touched){ .id = c->id, .kind = c->kind };
	return &t->touched[t->count++];
}

// Changes come newest first: the first of a cell says what it holds, the last what it held.
static bool net_add(struct telling *t, struct touched *x, const struct history_change *c)
{
	for (struct net *n = x->net; n; n = n->next)
		if (str_equal(n->field, c->field)) {
			n->old = c->old;
			return true;
		}
	struct net *n = arena_alloc(t->a, sizeof *n);
	if (!n)
		return false;
	*n = (struct net){ c->field, c->old, c->new, x->net };
	x->net = n;
	return true;
}

static const struct net *net_of(const struct touched *x, const char *field)
{
	for (const struct net *n = x->net; n; n = n->next)
		if (str_equal(n->field, field))
			return str_equal(n->old, n->new) ? NULL : n;
	return NULL;
}

static bool was_before(struct telling *t, struct touched *x, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(t->s->db,
	    t->out->by_arrival ? "SELECT 1 FROM change WHERE ent=?1 AND batch<=?2 LIMIT 1"
			       : "SELECT 1 FROM change WHERE ent=?1 AND at<?2 LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &x->id);
	ask_int(q, 2, t->out->by_arrival ? t->after_batch : t->out->from);
	x->made = !ask_step(q, &own);
	return ask_end(q, &own, e);
}

// --- under which line it is told

static bool ref(struct telling *t, const struct id *id, const char *field, struct id *out)
{
	struct record r;
	struct err none = { 0 };
	return record_load(t->s, t->a, id, &r, &none) && record_ref(&r, field, out);
}

// An idea is told with the first driver that it feeds.
static struct id subject_of_idea(struct telling *t, const struct id *idea)
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

static struct id subject_of(struct telling *t, const struct touched *x)
{
	struct id up = x->id, idea;
	struct record r;
	struct err none = { 0 };
	if (str_equal(x->kind, "link") && record_ref(&x->now, "from", &up)) {
		bool is_idea = record_load(t->s, t->a, &up, &r, &none) && str_equal(r.kind, "idea");
		return is_idea ? subject_of_idea(t, &up) : up;
	}
	if (str_equal(x->kind, "idea"))
		return subject_of_idea(t, &x->id);
	if (str_equal(x->kind, "pdsa") && record_ref(&x->now, "ramp", &up) &&
	    ref(t, &up, "idea", &idea))
		return subject_of_idea(t, &idea);
	if ((str_equal(x->kind, "pdsa") || str_equal(x->kind, "ramp")) &&
	    record_ref(&x->now, "idea", &idea))
		return subject_of_idea(t, &idea);
	if (record_ref(&x->now, "measure", &up) && !str_equal(x->kind, "pdsa"))
		return up;
	static const char *const OWN[] = { "driver", "measure", "team", "charter", "pdsa" };
	for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
		if (str_equal(OWN[i], x->kind))
			return x->id;
	return (struct id){ 0 };
}

static struct subject *subject_find(struct telling *t, const struct touched *x)
{
	for (size_t i = 0; i < t->subjects; i++) {
		struct subject *s = &t->subject[i];
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
	struct subject *s = &t->subject[t->subjects++];
	*s = (struct subject){ .id = x->subject, .kind = kind, .text = STR_IN(t->a) };
	return s;
}

// --- the words

static void say(struct subject *s, const char *text)
{
	if (!text)
		s->text.failed = true;
	str_printf(&s->text, "%s%s", s->text.length ? "; " : "", text ? text : "");
}

static const char *title(struct telling *t, const struct id *id)
{
	const char *text = words_title(t->s, t->a, id);
	return text ? text : "";
}

static const char *shown(struct telling *t, const struct touched *x, const struct net *n)
{
	return words_value(t->s, t->a, &x->id, x->kind, n->field, n->new);
}

// "What happened?, Learned": what was written in a record, without what nobody typed.
static const char *labels(struct telling *t, const struct touched *x)
{
	enum { MOST = 4 };
	struct str text = STR_IN(t->a);
	size_t n = 0;
	for (const struct net *c = x->net; c; c = c->next) {
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
static const char *plain(struct telling *t, const struct touched *x)
{
	const struct net *archived = net_of(x, "archived");
	if (x->gone)
		return "deleted";
	if (archived)
		return str_empty(archived->new) ? "back from the archive" : "archived";
	if (x->made)
		return "new";
	const char *what = labels(t, x);
	return str_empty(what) ? NULL : what;
}

static void tell_cycle(struct telling *t, struct subject *s, const struct touched *x)
{
	const struct net *decision = net_of(x, "decision"), *learned = net_of(x, "learned"),
			 *done = net_of(x, "what_happened"), *begun = net_of(x, "do_start");
	const char *no = record_get(&x->now, "cycle_no");
	const char *name = no ? arena_printf(t->a, "cycle %s", no)
			      : arena_printf(t->a, "cycle “%s”", title(t, &x->id));
	const char *what = plain(t, x);
	if (x->gone || !name)
		what = "deleted";
	else if (decision && !str_empty(decision->new))
		what = arena_printf(t->a, "finished: %s", shown(t, x, decision));
	else if (learned && !str_empty(learned->new))
		what = "studied";
	else if (done && !str_empty(done->new))
		what = "done";
	else if (begun && !str_empty(begun->new))
		what = "in Do";
	else if (x->made)
		what = "planned";
	if (what)
		say(s, arena_printf(t->a, "%s %s", name ? name : "cycle", what));
}

// Did the box that a link comes from lose another one? Then it was moved.
static bool moved(const struct telling *t, const struct touched *link)
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

static bool box_is_new(const struct telling *t, const struct id *box)
{
	for (size_t i = 0; i < t->count; i++)
		if (id_equal(&t->touched[i].id, box))
			return t->touched[i].made;
	return false;
}

static bool box_has_new_link(const struct telling *t, const struct id *box)
{
	struct id from;
	for (size_t i = 0; i < t->count; i++)
		if (t->touched[i].made && !t->touched[i].gone &&
		    str_equal(t->touched[i].kind, "link") &&
		    record_ref(&t->touched[i].now, "from", &from) && id_equal(&from, box))
			return true;
	return false;
}

static void tell_link(struct telling *t, struct subject *s, const struct touched *x)
{
	struct id from, to;
	if (!record_ref(&x->now, "from", &from) || !record_ref(&x->now, "to", &to))
		return;
	bool own = id_equal(&from, &s->id);
	const char *whose = own ? "" : arena_printf(t->a, "“%s” ", title(t, &from));
	const char *above = title(t, &to);
	if (x->gone && !box_has_new_link(t, &from))
		say(s, arena_printf(t->a, "%sfeeds %s no more", whose, above));
	else if (x->made && !x->gone && moved(t, x))
		say(s, arena_printf(t->a, "%smoved under %s", whose, above));
	else if (x->made && !x->gone && !box_is_new(t, &from))
		say(s, arena_printf(t->a, "%salso feeds %s", whose, above));
}

static void tell_idea(struct telling *t, struct subject *s, const struct touched *x)
{
	const struct net *status = net_of(x, "status");
	const char *what = plain(t, x);
	bool alone = id_equal(&s->id, &x->id); // it feeds no driver yet
	if (x->made && !x->gone && !alone) {
		s->ideas++;
		return;
	}
	if (status && !str_empty(status->new))
		what = arena_printf(t->a, "now %s", shown(t, x, status));
	if (what)
		say(s, alone ? what : arena_printf(t->a, "“%s” %s", title(t, &x->id), what));
}

static void tell_box(struct telling *t, struct subject *s, const struct touched *x)
{
	const struct net *text = net_of(x, "text");
	if (x->made || x->gone || !text)
		say(s, plain(t, x) ? plain(t, x) : "moved in its column");
	else
		say(s, arena_printf(t->a, "said “%s”", text->old ? text->old : ""));
}

static void tell_point(struct telling *t, struct subject *s, const struct touched *x)
{
	(void)t;
	s->points += x->made && !x->gone;
	if (!x->made || x->gone)
		say(s, x->gone ? "a data point taken out" : "a data point corrected");
}

// A record that shares its line with others of its kind.
static void tell_other(struct telling *t, struct subject *s, const struct touched *x)
{
	const struct net *status = net_of(x, "status");
	const char *what = plain(t, x);
	if (status && !x->made && !x->gone && !str_empty(status->new))
		what = shown(t, x, status);
	if (!what)
		return;
	bool alone = !id_zero(&s->id);
	say(s, alone ? what : arena_printf(t->a, "%s (%s)", title(t, &x->id), what));
}

static void tell_score(struct telling *t, struct subject *s, const struct touched *x)
{
	const char *score = record_get(&x->now, "score"), *who = record_get(&x->now, "assessor");
	if (x->gone || !score)
		tell_other(t, s, x);
	else
		say(s, arena_printf(t->a, "%s %s%s", who ? who : "a score of", score,
			   x->made ? "" : " (corrected)"));
}

static const struct teller {
	const char *kind;
	void (*tell)(struct telling *t, struct subject *s, const struct touched *x);
} TELLERS[] = {
	{ "link", tell_link },
	{ "idea", tell_idea },
	{ "driver", tell_box },
	{ "pdsa", tell_cycle },
	{ "point", tell_point },
	{ "assessment", tell_score },
};

static void tell(struct telling *t, struct subject *s, const struct touched *x)
{
	for (size_t i = 0; i < sizeof TELLERS / sizeof *TELLERS; i++)
		if (str_equal(TELLERS[i].kind, x->kind)) {
			TELLERS[i].tell(t, s, x);
			return;
		}
	if (!str_equal(x->kind, "ramp"))
		tell_other(t, s, x);
}

// --- the whole

static bool collect(struct telling *t, const struct history *h, struct err *e)
{
	for (size_t i = 0; i < h->count; i++) {
		struct touched *x = touched_of(t, &h->item[i]);
		if (!x || !net_add(t, x, &h->item[i]))
			return err_memory(e);
	}
	for (size_t i = 0; i < t->count; i++) {
		struct touched *x = &t->touched[i];
		if (!was_before(t, x, e) || !record_load(t->s, t->a, &x->id, &x->now, e))
			return false;
		x->gone = x->now.deleted;
	}
	return true;
}

static bool lines_tell(struct telling *t, struct err *e)
{
	for (size_t i = t->count; i-- > 0;) { // the oldest first
		struct touched *x = &t->touched[i];
		if (x->made && x->gone)
			continue; // came and went
		x->subject = subject_of(t, x);
		struct subject *s = subject_find(t, x);
		if (!s)
			return err_memory(e);
		tell(t, s, x);
	}
	return true;
}

static const char *subject_title(struct telling *t, const struct subject *s)
{
	const struct kind *k = kind_find(s->kind);
	struct err none = { 0 };
	if (!id_zero(&s->id))
		return words_title(t->s, t->a, &s->id);
	const struct form *form = forms_find(store_forms(t->s), s->kind, &none);
	return form && form->plural ? form->plural : k ? k->label : s->kind;
}

static int rank(const char *kind)
{
	static const char *const ORDER[] = { "team", "charter", "driver", "idea", "pdsa", "measure",
		"assessment" };
	int i = 0;
	while (i < (int)(sizeof ORDER / sizeof *ORDER) && !str_equal(ORDER[i], kind))
		i++;
	return i;
}

static int by_rank(const void *x, const void *y)
{
	const struct since_line *a = x, *b = y;
	int order = rank(a->kind) - rank(b->kind);
	return order ? order : strcmp(a->title, b->title);
}

static bool lines_make(struct telling *t, struct err *e)
{
	t->out->line = arena_array(t->a, t->subjects + 1, sizeof *t->out->line);
	if (!t->out->line)
		return err_memory(e);
	for (size_t i = 0; i < t->subjects; i++) {
		struct subject *s = &t->subject[i];
		if (s->ideas)
			say(s, arena_printf(
				   t->a, "%zu new idea%s", s->ideas, s->ideas == 1 ? "" : "s"));
		if (s->points)
			say(s, arena_printf(t->a, "%zu new data point%s", s->points,
				   s->points == 1 ? "" : "s"));
		struct since_line line = { s->id, s->kind, subject_title(t, s),
			str_done(&s->text) };
		if (!line.title || !line.text)
			return err_memory(e);
		if (*line.text)
			t->out->line[t->out->count++] = line;
	}
	qsort(t->out->line, t->out->count, sizeof *t->out->line, by_rank);
	return true;
}

bool since_find(struct store *s, struct arena *a, const struct id *team, int64_t moment,
    struct since *out, struct err *e)
{
	struct telling t = { .s = s, .a = a, .out = out, .after_batch = -1, .by_id = INDEX_IN(a) };
	struct history h;
	struct history_filter f = HISTORY_ALL;
	*out = (struct since){ .from = moment };
	if (!moment && !coached(&t, team, e))
		return false;
	f.team = team;
	f.after_batch = t.after_batch;
	f.since = out->by_arrival ? 0 : out->from;
	if (!history_list(s, a, &f, &h, e))
		return false;
	out->changes = h.count;
	return collect(&t, &h, e) && lines_tell(&t, e) && lines_make(&t, e);
}
