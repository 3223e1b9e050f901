// SPDX-License-Identifier: MIT
// Forms that the workbook brings, and the tables that follow them.
//
// Rule 1. Forms are brought in when the first form is asked for, not at opening; again after a fold
//         touched a record of kind form.
// Rule 2. Tables have the columns of the forms in force: where a save or merge changes those, the
//         tables are made again in the same transaction.
// Rule 3. What was once handed out stays readable as long as the store: form screens hold on to it.
#include "store/log/tie.h"

#include <plando/installed.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { INSTALLED_MOST = 500 }; // more forms nobody fills in: a hostile file

// --- reading them

static bool installed_row(
    struct ask *q, struct arena *a, struct installed_forms *out, size_t *cap, struct err *e)
{
	struct installed x = { .name = arena_strdup(a, col_text(q, 1)),
		.yaml = arena_strdup(a, col_text(q, 2)) };
	if (!x.name || !x.yaml || !id_parse(col_text(q, 0), &x.id))
		return x.name && x.yaml ? true : err_memory(e);
	if (!arena_grow(a, (void **)&out->item, out->count, cap, sizeof *out->item))
		return err_memory(e);
	out->item[out->count++] = x;
	return true;
}

static bool installed_read(
    struct store *s, struct arena *a, struct installed_forms *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = db_ask(s->db,
	    "SELECT id,coalesce(name,''),coalesce(yaml,'') FROM form ORDER BY id LIMIT ?", e);
	if (!q)
		return false;
	ask_int(q, 1, INSTALLED_MOST);
	while (ask_step(q, &own) && installed_row(q, a, out, &cap, &own))
		;
	return ask_end(q, &own, e);
}

static unsigned installed_version_of(const struct installed *x)
{
	return x->form ? x->form->version : 0;
}

static int installed_weakest_first(const void *a, const void *b)
{
	const struct installed *x = a, *y = b;
	if (installed_version_of(x) != installed_version_of(y))
		return installed_version_of(x) < installed_version_of(y) ? -1 : 1;
	return memcmp(x->id.b, y->id.b, sizeof x->id.b);
}

static bool installed_same_form(const struct installed *x, const struct installed *y)
{
	return x->form && y->form && !y->why && str_equal(x->form->id, y->form->id);
}

static void installed_mark_older(struct installed_forms *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = i + 1; k < all->count && !all->item[i].older; k++)
			all->item[i].older = installed_same_form(&all->item[i], &all->item[k]);
}

// Lays all of them over the catalogue, the weakest first, and notes why one was skipped.
static bool installed_lay(struct store *s, struct arena *a, struct forms *forms,
    struct installed_forms *all, struct err *e)
{
	*all = (struct installed_forms){ 0 };
	if (!installed_read(s, a, all, e))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		struct installed *x = &all->item[i];
		struct err why = { 0 };
		x->form = form_read(a, x->yaml, strlen(x->yaml), x->name, &why);
		if (why.code == ERR_MEMORY)
			return err_memory(e);
		x->why = x->form ? NULL : arena_strdup(a, why.text);
	}
	if (all->count)
		qsort(all->item, all->count, sizeof *all->item, installed_weakest_first);
	for (size_t i = 0; i < all->count; i++) {
		struct installed *x = &all->item[i];
		struct err why = { 0 };
		if (x->form && !forms_install(forms, x->form, &why)) {
			if (why.code == ERR_MEMORY)
				return err_memory(e);
			x->why = arena_strdup(a, why.text);
		}
	}
	installed_mark_older(all);
	return true;
}

bool installed_list(struct store *s, struct arena *a, struct installed_forms *out, struct err *e)
{
	struct forms *forms = forms_new(a, e);
	return forms && installed_lay(s, a, forms, out, e);
}

const struct installed *installed_find(const struct installed_forms *all, const char *form)
{
	for (size_t i = all->count; i-- > 0;) {
		const struct installed *x = &all->item[i];
		if (!x->why && str_equal(x->form->id, form))
			return x;
	}
	return NULL;
}

// --- in force

static bool installed_forms_bring(struct store *s, struct err *e)
{
	struct installed_forms all;
	forms_clear(s->forms);
	s->forms_known = installed_lay(s, &s->arena, s->forms, &all, e);
	return s->forms_known;
}

struct forms *store_forms(struct store *s)
{
	struct err ignored = {
		0
	}; // without memory the built-in forms stand; asked again next time
	if (!s->forms_known && s->db)
		installed_forms_bring(s, &ignored);
	return s->forms;
}

void store_forget(struct store *s)
{
	s->typed = NULL;
	s->typed_count = 0;
	s->forms_known = false;
	tie_forget(s);
	s->erased = false; // what was blanked came back with the rollback
}

bool state_make(struct store *s, int64_t until, struct err *e)
{
	bool fits;
	forms_clear(s->forms);
	tie_forget(s);
	s->ties.known = true; // none: the tables are made from nothing
	// The log says which forms there are, but it must be folded to be read.
	if (!schema_state_make(s, e) || !fold_all(s, "form", until, e) ||
	    !installed_forms_bring(s, e) || !schema_state_fits(s, &fits, e))
		return false;
	if (!fits && !schema_state_make(s, e))
		return false;
	bool done = fold_all(s, NULL, until, e) && tie_follow(s, until, e);
	s->forms_touched = false;
	return done;
}

bool state_follow(struct store *s, struct err *e)
{
	bool fits;
	if (!tie_follow(s, 0, e))
		return false;
	if (!s->forms_touched)
		return true;
	if (!installed_forms_bring(s, e) || !schema_state_fits(s, &fits, e))
		return false;
	s->forms_touched = false;
	return fits || state_make(s, 0, e);
}

// --- installing

// What is in answers already keeps its meaning: version 2 may not retype a field of version 1.
static bool installed_keeps_types(
    const struct form *old, const struct form *new, const char *path, struct err *e)
{
	for (const struct form_field *f = NULL; (f = form_next(old, f));) {
		const struct form_field *now = form_field(new, f->id);
		if (now && now->type != f->type)
			return err_set(e, ERR_DATA,
			    "%s: the field \"%s\" is of type %s in the form that is installed; "
			    "give "
			    "the new one another id",
			    path, f->id, field_type_name(f->type));
	}
	return true;
}

static bool installed_may_install(struct arena *a, const struct form *form,
    const struct installed *old, const char *path, struct err *e)
{
	struct err why = { 0 };
	struct forms *trial = forms_new(a, e);
	if (!trial)
		return false;
	if (!forms_install(trial, form, &why))
		return err_set(e, why.code, "%s: %s", path, why.text);
	return !old || installed_keeps_types(old->form, form, path, e);
}

static bool installed_put_form(struct save *v, const struct installed_forms *all,
    const struct installed *old, const struct form *form, const char *text, struct err *e)
{
	struct id id = old ? old->id : (struct id){ 0 };
	if (!old && (!save_new(v, "form", NULL, &id, e) ||
			!save_field(v, &id, "form", "name", form->id, e)))
		return false;
	if (!save_field(v, &id, "form", "yaml", text, e))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		const struct installed *x = &all->item[i];
		bool same = str_equal(x->form ? x->form->id : x->name, form->id);
		if (same && x != old && !save_delete(v, &x->id, e))
			return false;
	}
	return true;
}

bool installed_put(struct store *s, struct arena *a, const char *text, size_t n, const char *path,
    struct install *out, struct err *e)
{
	struct installed_forms all;
	size_t written = 0;
	*out = (struct install){ .form = form_read(a, text, n, path, e) };
	if (!out->form || !installed_list(s, a, &all, e))
		return false;
	const struct installed *old = installed_find(&all, out->form->id);
	if (!installed_may_install(a, out->form, old, path, e))
		return false;
	if (old && old->form->version > out->form->version)
		return err_set(e, ERR_DATA,
		    "%s: the workbook has version %u of this form, which is newer than version %u; "
		    "give this one a higher version",
		    path, old->form->version, out->form->version);
	out->before = old ? old->form->version : 0;
	struct save *v = save_begin(s, a, e);
	bool done = v && installed_put_form(v, &all, old, out->form, text, e) &&
		    save_commit(v, &written, e);
	out->written = written > 0;
	return done;
}
