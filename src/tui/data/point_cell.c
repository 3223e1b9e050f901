// SPDX-License-Identifier: MIT
#include "tui/data/point_cell.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- keys

static bool point_cell_is_one_of(enum special key, const enum special keys[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i] == key)
			return true;
	return false;
}

bool point_edit_key(enum special key)
{
	static const enum special KEYS[] = { K_LEFT, K_RIGHT, K_HOME, K_END, K_BACKSPACE, K_DELETE,
		K_CTRL('U'), K_CTRL('W') };
	return point_cell_is_one_of(key, KEYS, sizeof KEYS / sizeof *KEYS);
}

bool point_move_key(enum special key)
{
	static const enum special KEYS[] = { K_UP, K_DOWN, K_ENTER, K_PGUP, K_PGDN, K_LEFT, K_RIGHT,
		K_TAB, K_BACKTAB, K_HOME, K_END };
	return point_cell_is_one_of(key, KEYS, sizeof KEYS / sizeof *KEYS);
}

bool point_paste_one(const struct key *key, size_t *length)
{
	size_t n = key->paste_length;
	while (n && (key->paste[n - 1] == '\n' || key->paste[n - 1] == '\r'))
		n--;
	*length = n;
	return !memchr(key->paste, '\n', n) && !memchr(key->paste, '\r', n) &&
	       !memchr(key->paste, '\t', n);
}

bool point_text_read(
    struct app *app, struct arena *a, int column, const char *text, const char **out, struct err *e)
{
	const struct form *form = forms_find(store_forms(app->store), "point", e);
	const struct form_field *field = form ? form_field(form, ENTRY_NAME[column]) : NULL;
	char *stored;
	if (!field || !field_parse(a, field, text, store_today(app->store), &stored, e))
		return false;
	*out = stored;
	return true;
}

bool point_is_of(struct app *app, const struct id *id, const struct id *measure)
{
	struct arena a = { 0 };
	struct record r;
	struct id of;
	bool is =
	    id_equal(id, measure) || (record_load(app->store, &a, id, &r, NULL) &&
					 record_ref(&r, "measure", &of) && id_equal(&of, measure));
	arena_free(&a);
	return is;
}

bool point_dropped(struct app *app)
{
	app_say(app, "What you typed in this cell is dropped; F3 again undoes the last save.");
	return true;
}

// --- what was there

// The grid shows what it read last; what has come since was not seen.
static bool point_cell_unseen(
    struct point_typed *t, const struct entry *now, const struct entry *shown)
{
	for (int i = ENTRY_VALUE; i < ENTRY_FIELDS; i++)
		if (!str_equal(now->field[i], shown ? shown->field[i] : "") &&
		    !saw_of_draft(&t->arena, &t->saw, ENTRY_NAME[i], "", &t->saw))
			return false;
	return true;
}

void point_typed_begin(struct point_typed *t, struct app *app, const struct id *point,
    const struct entry *shown, const char *was, const char *text)
{
	struct err ignored = { 0 };
	struct entry now;
	bool there;
	point_typed_free(t);
	t->was = arena_strdup(&t->arena, was);
	t->text = arena_strdup(&t->arena, text);
	t->known = record_saw(app->store, &t->arena, point, &t->saw, &ignored) &&
		   entry_load(app->store, &t->arena, point, &now, &there, &ignored) &&
		   (!there || point_cell_unseen(t, &now, shown));
}

void point_typed_draft(struct point_typed *t, const struct draft *d)
{
	t->text = NULL;
	t->known = t->known && saw_of_draft(&t->arena, &t->saw, d->field, d->saw, &t->saw);
}

bool point_typed_same(const struct point_typed *t, const char *text)
{
	return str_equal(text, t->was) || (!str_empty(t->text) && str_equal(text, t->text));
}

const struct saw *point_typed_saw(const struct point_typed *t)
{
	return t->known ? &t->saw : NULL;
}

void point_typed_free(struct point_typed *t)
{
	arena_free(&t->arena);
	*t = (struct point_typed){ 0 };
}

// --- drafts

struct id point_name_id(const struct point_name *name)
{
	return entry_id(&name->measure, name->date, name->stratum, name->nth);
}

bool point_draft_keep(struct app *app, const struct point_name *name, int column, const char *text,
    const struct saw *saw, struct err *e)
{
	struct arena a = { 0 };
	char id[ID_TEXT];
	id_print(&name->measure, id);
	struct draft d = { .id = point_name_id(name),
		.kind = "point",
		.field = ENTRY_NAME[column],
		.text = text,
		.at = store_now(app->store),
		.saw = saw ? saw_print(&a, saw, ENTRY_NAME[column]) : NULL,
		.refs = arena_printf(&a, "measure=%s date=%s%s%s stratum=%s", id, name->date,
		    *name->nth ? " nth=" : "", name->nth, name->stratum) };
	bool good = d.refs ? draft_keep(app->store, &d, e) : err_memory(e);
	arena_free(&a);
	return good;
}

void point_draft_drop(struct app *app, const struct point_name *name, int column)
{
	struct id id = point_name_id(name);
	struct err ignored = { 0 };
	draft_drop(app->store, &id, ENTRY_NAME[column], &ignored);
}

// A draft's name, with room for its parts.
struct point_drafted {
	struct point_name name;
	char date[DATE_TEXT], nth[64];
};

// "measure=… date=… [nth=…] stratum=…" as its parts.
static bool point_drafted(const struct draft *d, struct point_drafted *out)
{
	char id[ID_TEXT];
	int used = 0;
	if (!str_equal(d->kind, "point") ||
	    sscanf(d->refs, "measure=%36s date=%10s%n", id, out->date, &used) < 2)
		return false;
	const char *nth = d->refs + used, *stratum = strstr(nth, " stratum=");
	if (!stratum)
		return false;
	nth += str_starts(nth, " nth=") ? strlen(" nth=") : (size_t)(stratum - nth);
	if ((size_t)(stratum - nth) >= sizeof out->nth)
		return false;
	snprintf(out->nth, sizeof out->nth, "%.*s", (int)(stratum - nth), nth);
	out->name = (struct point_name){
		.date = out->date, .nth = out->nth, .stratum = stratum + strlen(" stratum=")
	};
	return id_parse(id, &out->name.measure);
}

bool point_offers_find(struct app *app, struct arena *a, struct point_offers *offers, struct err *e)
{
	struct point_drafted of;
	size_t kept = 0;
	struct drafts *all = &offers->all;
	offers->at = 0;
	*all = (struct drafts){ 0 };
	if (str_empty(app->env->state_home))
		return true;
	if (!draft_list(app->store, a, all, e))
		return false;
	for (size_t i = 0; i < all->count; i++)
		if (point_drafted(&all->item[i], &of) &&
		    offers->mine(offers->context, &all->item[i], &of.name))
			all->item[kept++] = all->item[i];
	all->count = kept;
	return true;
}

static void point_cell_answered(struct app *app, void *context, const char *answer)
{
	struct point_offers *offers = context;
	const struct draft *d = &offers->all.item[offers->at++];
	struct point_drafted of;
	if (str_equal(answer, "yes") && point_drafted(d, &of)) {
		offers->take(offers->context, app, d, &of.name);
		app_say(app, "It is in its cell again; Enter saves it, Esc drops it.");
		return;
	}
	app_say(app, "It stays kept, and is offered again when this grid is opened.");
	point_offers_next(app, offers);
}

void point_offers_next(struct app *app, struct point_offers *offers)
{
	char question[256];
	struct point_drafted of;
	if (offers->at >= offers->all.count)
		return;
	const struct draft *d = &offers->all.item[offers->at];
	if (!point_drafted(d, &of))
		return;
	snprintf(question, sizeof question, "Typed for %s, not saved: “%.40s”. Take it?", of.date,
	    d->text);
	app_offer(app, question, point_cell_answered, offers);
}
