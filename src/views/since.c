// SPDX-License-Identifier: MIT
#include "views/since_parts.h"

#include <plando/history.h>
#include <plando/index.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/words.h>

#include <stdlib.h>
#include <string.h>

// Dates of their own, the last stage of a record first.
static const struct since_dated DATED[] = {
	{ "pdsa", "studied_date", "studied" },
	{ "pdsa", "do_end", "done" },
	{ "pdsa", "do_start", "begun" },
	{ "point", "date", "new" },
	{ "mark", "date", "new" },
	{ "action", "done_date", "done" },
	{ "assessment", "date", "scored" },
	{ "involvement", "date", "heard" },
	{ "membership", "to", "left" },
	{ "membership", "from", "joined" },
	{ "meeting", "date", "met" },
	{ "coaching", "date", "coached" },
	{ "spread", "date", "spread" },
	{ "note", "date", "new" },
	{ "idea", "implemented_date", "implemented" },
};
enum { DATED_COUNT = sizeof DATED / sizeof *DATED };

// --- from when on

// The newest session of a day before today: today's is the one that is held.
static bool since_session(struct since_telling *t, struct err *e)
{
	char today[DATE_TEXT];
	struct err own = { 0 };
	struct ask *q = query_team(t->s->db, t->a,
	    "SELECT id, date FROM coaching WHERE team=?1 AND date<?2 ORDER BY date DESC, id LIMIT "
	    "1",
	    &t->team, e);
	if (!q)
		return false;
	date_print_iso(store_today(t->s), today);
	ask_text(q, 2, today);
	if (ask_step(q, &own) && date_parse_iso(col_text(q, 1), &t->out->from)) {
		t->out->session = query_id(q, 0);
		t->out->begun = true;
	}
	return ask_end(q, &own, e);
}

// --- what happened

// NULL: nothing happened to it.
static struct since_touched *since_touched_known(struct since_telling *t, const struct id *id)
{
	size_t walk = 0, at;
	uint64_t hash = index_hash(id->b, sizeof id->b, 1);
	while ((at = index_next(&t->by_id, hash, &walk)) != SIZE_MAX)
		if (id_equal(&t->touched[at].id, id))
			return &t->touched[at];
	return NULL;
}

static struct since_touched *since_touch(
    struct since_telling *t, const struct id *id, const char *kind)
{
	struct since_touched *known = since_touched_known(t, id);
	if (known)
		return known;
	if (!arena_grow(t->a, (void **)&t->touched, t->count, &t->cap, sizeof *t->touched) ||
	    !index_put(&t->by_id, index_hash(id->b, sizeof id->b, 1), t->count))
		return NULL;
	t->touched[t->count] = (struct since_touched){ .id = *id, .kind = kind, .by = "" };
	return &t->touched[t->count++];
}

// Changes come newest first: the first of a cell says what it holds, the last what it held.
static bool since_net_add(
    struct since_telling *t, struct since_touched *x, const struct history_change *c)
{
	for (struct since_net *n = x->net; n; n = n->next)
		if (str_equal(n->field, c->field)) {
			n->old = c->old;
			return true;
		}
	struct since_net *n = arena_alloc(t->a, sizeof *n);
	if (!n)
		return false;
	*n = (struct since_net){ c->field, c->old, c->new, x->net };
	x->net = n;
	return true;
}

const struct since_net *since_net(const struct since_touched *x, const char *field)
{
	for (const struct since_net *n = x->net; n; n = n->next)
		if (str_equal(n->field, field))
			return str_equal(n->old, n->new) ? NULL : n;
	return NULL;
}

static bool since_was_before(struct since_telling *t, struct since_touched *x, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(t->s->db, "SELECT 1 FROM change WHERE ent=?1 AND at<?2 LIMIT 1", e);
	if (!q)
		return false;
	ask_id(q, 1, &x->id);
	ask_int(q, 2, t->moment);
	x->made = !ask_step(q, &own);
	return ask_end(q, &own, e);
}

// Records of the team that bear a date since then, whenever they were written.
static bool since_dated_find(struct since_telling *t, const struct since_dated *d, struct err *e)
{
	struct err own = { 0 };
	char from[DATE_TEXT], today[DATE_TEXT];
	struct id id;
	struct ask *q = db_ask(t->s->db,
	    "SELECT r.ent FROM rec r JOIN cell c ON c.ent=r.ent AND c.fld=?3"
	    " LEFT JOIN cell x ON x.ent=r.ent AND x.fld='archived'"
	    " WHERE r.kind=?2 AND r.alive AND r.scope=?1 AND c.val BETWEEN ?4 AND ?5"
	    " AND (x.val IS NULL OR x.val>?5) ORDER BY c.val DESC, r.ent",
	    e);
	if (!q)
		return false;
	date_print_iso(t->out->from, from);
	date_print_iso(store_today(t->s), today);
	ask_id(q, 1, &t->team);
	ask_text(q, 2, d->kind);
	ask_text(q, 3, d->field);
	ask_text(q, 4, t->out->begun ? from : "");
	ask_text(q, 5, today);
	while (!own.code && ask_step(q, &own))
		if (col_id(q, 0, &id) && !since_touch(t, &id, d->kind))
			err_memory(&own);
	return ask_end(q, &own, e);
}

bool since_day(const struct record *r, const char *field, date_t *day)
{
	const char *text = record_get(r, field);
	return text && date_parse_iso(text, day);
}

// Who wrote a cell last.
static bool since_author(
    struct since_telling *t, struct since_touched *x, const char *field, struct err *e)
{
	struct history h;
	struct history_filter f = HISTORY_ALL;
	f.id = &x->id;
	f.field = field;
	f.most = 1;
	if (!history_list(t->s, t->a, &f, &h, e))
		return false;
	if (h.count && h.item[0].author)
		x->by = h.item[0].author;
	return true;
}

// By which date it counts: the latest of its own that lies since then; else, where such a date was
// typed in since and lies before, it is older; else by when it was written.
static bool since_date(struct since_telling *t, struct since_touched *x, struct err *e)
{
	date_t day, today = store_today(t->s);
	bool coaching = str_equal(x->kind, "coaching") && since_day(&x->now, "date", &day);
	x->silent = id_equal(&x->id, &t->out->session) || (coaching && day == today);
	// A team that was coached then was there then, whenever it was entered here.
	x->older = x->made && id_equal(&x->id, &t->team) && !id_zero(&t->out->session);
	for (size_t i = 0; i < DATED_COUNT && !x->gone; i++) {
		const struct since_dated *d = &DATED[i];
		if (!str_equal(d->kind, x->kind) || !since_day(&x->now, d->field, &day) ||
		    day > today)
			continue;
		if (!t->out->begun || day >= t->out->from) {
			x->dated = d;
			x->date = day;
			x->older = false;
			return since_author(t, x, d->field, e);
		}
		x->older |= since_net(x, d->field) != NULL;
	}
	return true;
}

static bool since_collect(struct since_telling *t, const struct history *h, struct err *e)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct history_change *c = &h->item[i];
		struct since_touched *x = since_touch(t, &c->id, c->kind);
		if (!x || !since_net_add(t, x, c))
			return err_memory(e);
		if (!*x->by) { // the newest comes first
			x->by = c->author ? c->author : "";
			x->date = env_date(t->s->env, c->at);
		}
	}
	for (size_t i = 0; i < DATED_COUNT; i++)
		if (!since_dated_find(t, &DATED[i], e))
			return false;
	for (size_t i = 0; i < t->count; i++) {
		struct since_touched *x = &t->touched[i];
		if (!since_was_before(t, x, e) || !record_load(t->s, t->a, &x->id, &x->now, e))
			return false;
		x->gone = x->now.deleted;
		if (!since_date(t, x, e))
			return false;
	}
	return true;
}

// What has no date of its own and was written in one save with what dates from before is a history
// that was brought in: it dates from before too.
static bool since_histories(struct since_telling *t, struct err *e)
{
	struct err own = { 0 };
	char from[DATE_TEXT];
	struct id id;
	if (!t->out->begun)
		return true;
	struct ask *q = db_ask(t->s->db,
	    "SELECT DISTINCT c.ent FROM change c WHERE (c.sid,c.grp) IN"
	    " (SELECT o.sid,o.grp FROM change o JOIN stream s ON s.sid=o.sid"
	    "  WHERE s.scope=?1 AND o.at>=?2 AND o.val<?3 AND o.val<>''"
	    "  AND o.fld IN ('date','do_start','do_end','studied_date','done_date'))",
	    e);
	if (!q)
		return false;
	date_print_iso(t->out->from, from);
	ask_id(q, 1, &t->team);
	ask_int(q, 2, t->moment);
	ask_text(q, 3, from);
	while (!own.code && ask_step(q, &own)) {
		struct since_touched *x = col_id(q, 0, &id) ? since_touched_known(t, &id) : NULL;
		if (x && x->made && !x->dated)
			x->older = true;
	}
	return ask_end(q, &own, e);
}

// --- records, for programs

bool since_item_add(struct since_telling *t, const struct since_item *item, struct err *e)
{
	struct since *out = t->out;
	if (!item->title ||
	    !arena_grow(t->a, (void **)&out->item, out->items, &t->items_cap, sizeof *out->item))
		return err_memory(e);
	out->item[out->items++] = *item;
	return true;
}

// What happened to a record in one word; NULL: nothing to tell.
static const char *since_item_what(struct since_telling *t, const struct since_touched *x)
{
	const struct since_net *archived = since_net(x, "archived"),
			       *status = since_net(x, "status");
	if (str_equal(x->kind, "link"))
		return x->made && !x->gone && since_moved(t, x) ? "moved" : NULL;
	if (str_equal(x->kind, "ramp"))
		return NULL;
	if (str_equal(x->kind, "pdsa") && since_cycle_stage(x))
		return since_cycle_stage(x);
	if (x->gone)
		return "deleted";
	if (x->dated)
		return x->dated->what;
	if (archived)
		return str_empty(archived->new) ? "restored" : "archived";
	if (status && !x->made && str_equal(status->new, "done"))
		return "done";
	return x->made ? "new" : since_plain(t, x) ? "changed" : NULL;
}

static int since_by_what(const void *x, const void *y)
{
	static const char *const FIRST[] = { "late", "done", "finished", "studied", "begun" };
	static const char *const LAST[] = { "scored", "joined", "left" };
	const struct since_item *a = x, *b = y;
	int order = since_rank(FIRST, 5, a->what) - since_rank(FIRST, 5, b->what);
	if (!order) // not among the last is before them
		order =
		    (since_rank(LAST, 3, a->what) + 1) % 4 - (since_rank(LAST, 3, b->what) + 1) % 4;
	if (!order)
		order = (a->date > b->date) - (a->date < b->date);
	return order ? order : strcmp(a->title, b->title);
}

static bool since_items_tell(struct since_telling *t, struct err *e)
{
	for (size_t i = t->count; i-- > 0;) {
		const struct since_touched *x = &t->touched[i];
		struct since_item item = { x->id, x->kind, NULL, since_item_what(t, x), x->by,
			x->date };
		if (x->older || x->silent || (x->made && x->gone) || !item.what)
			continue;
		if (str_equal(x->kind, "link")) { // it is its box that moved
			record_ref(&x->now, "from", &item.id);
			struct record box;
			if (!record_load(t->s, t->a, &item.id, &box, e))
				return false;
			item.kind = box.kind;
		}
		item.title = words_title(t->s, t->a, &item.id);
		if (!since_item_add(t, &item, e))
			return false;
	}
	if (t->out->items)
		qsort(t->out->item, t->out->items, sizeof *t->out->item, since_by_what);
	return true;
}

// --- the whole

// "data points", "PDSA cycles", "people"; the first letter is small but in an abbreviation.
static const char *since_plural(struct since_telling *t, const struct kind *k)
{
	const struct form *form = forms_find(store_forms(t->s), k->name, NULL);
	char *name = arena_strdup(t->a, form && form->plural ? form->plural : k->plural);
	bool word = name && name[0] && name[1] >= 'a' && name[1] <= 'z';
	if (word && *name >= 'A' && *name <= 'Z')
		*name = (char)(*name - 'A' + 'a');
	return name;
}

// "3 data points, 1 PDSA cycle": typed in since, from before. Links go with their boxes.
static bool since_older_count(struct since_telling *t, struct err *e)
{
	struct str text = STR_IN(t->a);
	for (const struct kind *k = KINDS; k->name; k++) {
		size_t n = 0;
		for (size_t i = 0; i < t->count && !str_equal(k->name, "link"); i++)
			n += t->touched[i].older && !t->touched[i].silent &&
			     str_equal(t->touched[i].kind, k->name);
		const char *plural = n > 1 ? since_plural(t, k) : "";
		if (!plural)
			return err_memory(e);
		if (n)
			str_printf(&text, "%s%zu %s", text.length ? ", " : "", n,
			    n == 1 ? k->label : plural);
		t->out->typed_since += n;
	}
	t->out->older = str_done(&text);
	return t->out->older || err_memory(e);
}

// What is told as late need not be told as new.
static void since_late_once(struct since_telling *t)
{
	for (size_t i = 0; i < t->out->items; i++) {
		struct since_touched *x = since_touched_known(t, &t->out->item[i].id);
		if (x && x->made)
			x->silent = true;
	}
}

bool since_find(struct store *s, struct arena *a, const struct id *team, const date_t *from,
    struct since *out, struct err *e)
{
	struct since_telling t = {
		.s = s, .a = a, .out = out, .team = *team, .by_id = INDEX_IN(a)
	};
	struct history h;
	struct history_filter f = HISTORY_ALL;
	*out = (struct since){ .begun = from != NULL, .from = from ? *from : 0, .older = "" };
	if (!from && !since_session(&t, e))
		return false;
	t.moment = out->begun ? env_midnight(s->env, out->from) : 0;
	f.team = team;
	f.since = t.moment;
	if (!history_list(s, a, &f, &h, e) || !since_collect(&t, &h, e) ||
	    !since_histories(&t, e) || !since_late_tell(&t, e))
		return false;
	since_late_once(&t);
	return since_lines_tell(&t, e) && since_items_tell(&t, e) && since_lines_make(&t, e) &&
	       since_older_count(&t, e);
}
