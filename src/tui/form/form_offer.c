// SPDX-License-Identifier: MIT
// Text that was typed once and not saved: offered when the form, or the workbook, is opened again.
#include "tui/form/form_screen.h"

#include "tui/field/editor.h"
#include "tui/form/offer.h"
#include "tui/loop/pick.h"
#include "tui/screens/screens.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum { GLANCE = 18 }; // columns of a text in a question

// A draft of this form: of its record, or of a new one with the same references that was never
// saved.
static bool form_offer_is_ours(
    struct form_screen *f, struct app *app, const struct draft *d, size_t *part)
{
	struct record r;
	struct err ignored = { 0 };
	for (*part = 0; *part < f->parts; ++*part) {
		const struct form_part *p = &f->part[*part];
		if (id_equal(&d->id, &p->id))
			return true;
		if (!p->exists && str_equal(d->kind, p->kind) && str_equal(d->refs, f->refs) &&
		    !record_load(app->store, &f->work, &d->id, &r, &ignored))
			return true;
	}
	return false;
}

bool form_offers_find(struct form_screen *f, struct app *app, struct err *e)
{
	size_t part, kept = 0;
	struct arena *a = &f->screen.arena;
	f->offered = 0;
	f->offers = (struct drafts){ 0 };
	if (str_empty(app->env->state_home))
		return true;
	if (!draft_list(app->store, a, &f->offers, e))
		return false;
	for (size_t i = 0; i < f->offers.count; i++)
		if (form_offer_is_ours(f, app, &f->offers.item[i], &part))
			f->offers.item[kept++] = f->offers.item[i];
	f->offers.count = kept;
	return true;
}

// "14:02" of today, else "12 Nov 14:02".
static const char *form_offer_when_of(struct app *app, int64_t at, struct arena *a)
{
	date_t today = store_today(app->store), day = env_date(app->env, at);
	const char *clock = app_clock(app, at, a);
	return day == today ? clock : arena_printf(a, "%s %s", date_show(a, day, today), clock);
}

// Its beginning, on one line.
static const char *form_offer_glance(const char *text, struct arena *a)
{
	const char *line = text_safe(a, text, false);
	return line ? text_cut(a, line, GLANCE, false) : NULL;
}

static void form_offer_take(struct form_screen *f, struct app *app, const struct draft *d)
{
	size_t part;
	struct err e = { 0 };
	if (!form_offer_is_ours(f, app, d, &part) || !form_goto_cell(f, part, d->field)) {
		app_say(app, "This form has no such field any more; the text stays kept.");
		return;
	}
	if (!form_begin(f, &e) || !form_saw(f, d->saw, &e) ||
	    !edit_replace(&f->edit, d->text, &e)) {
		app_fail(app, &e);
		return;
	}
	if (!id_equal(&d->id, &f->part[part].id)) { // it goes on under this form's id
		form_keep(app, &f->screen);
		draft_drop(app->store, &d->id, d->field, &e);
	}
	app_say(app, "It is in the field again, and saved when you leave it. Ctrl-R drops it.");
}

static void form_offer_answered(struct app *app, void *context, const char *answer)
{
	struct form_screen *f = context;
	const struct draft *d = &f->offers.item[f->offered++];
	if (str_equal(answer, "yes"))
		form_offer_take(f, app, d);
	else
		app_say(app, "It stays kept, and is offered again when this form is opened.");
	form_offer_next(f, app);
}

// Its field is there, and holds something else.
static bool form_offer_is_worth(struct form_screen *f, struct app *app, const struct draft *d)
{
	size_t part, at = f->at;
	bool worth = form_offer_is_ours(f, app, d, &part) && form_goto_cell(f, part, d->field) &&
		     !str_equal(f->item[f->at].text, d->text);
	f->at = at;
	return worth;
}

// The field is under the cursor when the question is asked.
static bool form_offer_goes_there(struct form_screen *f, struct app *app, const struct draft *d)
{
	size_t part;
	struct err e = { 0 };
	if (form_leave_field(f, app, &e) && form_offer_is_ours(f, app, d, &part) &&
	    form_goto_cell(f, part, d->field) && form_begin(f, &e))
		return true;
	app_fail(app, &e);
	return false;
}

void form_offer_next(struct form_screen *f, struct app *app)
{
	while (f->offered < f->offers.count &&
	       !form_offer_is_worth(f, app, &f->offers.item[f->offered]))
		f->offered++;
	if (f->offered == f->offers.count)
		return;
	const struct draft *d = &f->offers.item[f->offered];
	struct arena a = { 0 };
	const char *question = arena_printf(&a, "Typed %s, not saved: “%s”. Take it?",
	    form_offer_when_of(app, d->at, &a), form_offer_glance(d->text, &a));
	if (question && form_offer_goes_there(f, app, d))
		app_offer(app, question, form_offer_answered, f);
	arena_free(&a);
}

// --- when a workbook is opened

// "team=<uuid> idea=<uuid>" as field, value, …, NULL.
static bool form_offer_refs_split(
    struct arena *a, const char *refs, const char *given[GIVEN_MOST + 1])
{
	size_t n = 0;
	while (*refs && n + 2 <= GIVEN_MOST) {
		size_t length = strcspn(refs, " "), name = strcspn(refs, "=");
		if (name < length) {
			given[n] = arena_copy(a, refs, name);
			given[n + 1] = arena_copy(a, refs + name + 1, length - name - 1);
			if (!given[n] || !given[n + 1])
				return false;
			n += 2;
		}
		refs += length + strspn(refs + length, " ");
	}
	given[n] = NULL;
	return true;
}

// A cell of a measure's grid: "measure=<uuid> date=… stratum=…".
static bool form_offer_is_of_grid(const struct draft *d, struct id *measure)
{
	char id[ID_TEXT];
	return str_equal(d->kind, "point") && sscanf(d->refs, "measure=%36s date=", id) == 1 &&
	       strstr(d->refs, " stratum=") && id_parse(id, measure);
}

static bool form_offer_draft_open(struct app *app, const struct draft *d, struct err *e)
{
	struct arena a = { 0 };
	struct record r;
	struct id measure;
	struct err unknown = { 0 };
	const char *given[GIVEN_MOST + 1];
	bool done;
	if (form_offer_is_of_grid(d, &measure))
		done = app->open->grid(app, &measure, e);
	else if (record_load(app->store, &a, &d->id, &r, &unknown))
		done = app->open->form(app, d->kind, &d->id, NULL, e);
	else
		done = (form_offer_refs_split(&a, d->refs, given) || err_memory(e)) &&
		       app->open->form(app, d->kind, NULL, given, e);
	arena_free(&a);
	return done;
}

static bool form_offer_drafts_read(
    struct app *app, struct arena *a, struct drafts *all, struct err *e)
{
	*all = (struct drafts){ 0 };
	return !app->store || str_empty(app->env->state_home) || draft_list(app->store, a, all, e);
}

// Chosen by its place in the list, which others may have changed: then it is read anew.
static void form_offer_listed_chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct arena a = { 0 };
	struct drafts all;
	struct err e = { 0 };
	(void)context;
	if (!item)
		return;
	bool good = form_offer_drafts_read(app, &a, &all, &e);
	for (size_t i = 0; good && i < all.count; i++)
		if (id_equal(&all.item[i].id, &item->id) && all.item[i].at == item->tag) {
			good = form_offer_draft_open(app, &all.item[i], &e);
			break;
		}
	if (!good)
		app_fail(app, &e);
	arena_free(&a);
}

// "Ring families the day before, What happened?" or "a new PDSA cycle, …".
static const char *form_offer_place_of(struct app *app, struct arena *a, const struct draft *d)
{
	struct record r;
	struct err unknown = { 0 };
	const struct form *form = forms_find(store_forms(app->store), d->kind, NULL);
	const struct form_field *field = form ? form_field(form, d->field) : NULL;
	bool there = record_load(app->store, a, &d->id, &r, &unknown);
	const char *title = there  ? record_title(app->store, a, &r)
			    : form ? arena_printf(a, "new: %s", form->title)
				   : d->kind;
	return field && title ? arena_printf(a, "%s, %s", title, field->label) : title;
}

bool drafts_open(struct app *app, struct err *e)
{
	struct arena a = { 0 };
	struct drafts all;
	if (!form_offer_drafts_read(app, &a, &all, e))
		return false;
	if (all.count == 0) {
		app_say(app, "Nothing was typed that is not saved.");
		arena_free(&a);
		return true;
	}
	struct screen *pick = pick_new("Typed and not saved", form_offer_listed_chosen, NULL, e);
	bool made = pick != NULL;
	for (size_t i = 0; made && i < all.count; i++) {
		const struct draft *d = &all.item[i];
		const char *line = text_safe(&a, d->text, false),
			   *where = form_offer_place_of(app, &a, d);
		const char *text = line && where ? arena_printf(&a, "%s: “%s”", where, line) : NULL;
		struct pick_item item = { .text = text ? text : "",
			.note = form_offer_when_of(app, d->at, &a),
			.tag = d->at,
			.id = d->id };
		made = text ? pick_add(pick, item, e) : err_memory(e);
	}
	arena_free(&a);
	if (made)
		return app_push(app, pick, e);
	screen_free(pick);
	return false;
}

static void form_offer_opened(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct drafts all;
	struct err e = { 0 };
	(void)context;
	bool good = form_offer_drafts_read(app, &a, &all, &e), yes = str_equal(answer, "yes");
	if (good && yes && all.count > 1)
		good = drafts_open(app, &e);
	else if (good && yes && all.count == 1)
		good = form_offer_draft_open(app, &all.item[0], &e);
	else
		app_say(app, "It stays kept, and is offered when its form is opened.");
	if (!good)
		app_fail(app, &e);
	arena_free(&a);
}

void offer_drafts(struct app *app)
{
	struct arena a = { 0 };
	struct drafts all;
	struct err ignored = { 0 };
	const char *question = NULL;
	struct editor_leftovers left = { 0 };
	if (app->store)
		editor_leftovers_take(app->store, app->env, &left);
	if (*left.folder)
		app_say(app,
		    "An editor that was cut off left a recovery file in %s (for instance for vim "
		    "-r).",
		    left.folder);
	if (form_offer_drafts_read(app, &a, &all, &ignored) && all.count > 0) {
		const char *when = form_offer_when_of(app, all.item[0].at, &a);
		const char *text = form_offer_glance(all.item[0].text, &a);
		question =
		    all.count == 1
			? arena_printf(&a, "Typed %s, not saved: “%s”. Go there?", when, text)
			: arena_printf(&a,
			      "%zu texts typed and not saved, the last %s: “%s”. See them?",
			      all.count, when, text);
	}
	if (question)
		app_offer(app, question, form_offer_opened, NULL);
	arena_free(&a);
}
