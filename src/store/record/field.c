// SPDX-License-Identifier: MIT
// Saving what a person typed: the form's field checks it, references are resolved, members of
// choices and refs and elements of lists become cells. The command line, the app and the bundle all
// save through here.
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <string.h>

static const char ANSWERS[] = "answers.";

static const struct form_field *field_of_form(
    const struct form *form, const char *field, struct err *e)
{
	const char *near = NULL;
	const struct form_field *known = form_field(form, field);
	if (known)
		return known;
	for (const struct form_field *f = NULL; (f = form_next(form, f));)
		if (str_distance(f->id, field) <= 2)
			near = f->id;
	if (near)
		err_set(e, ERR_DATA, "%s has no field %s; did you mean %s?", form->id, field, near);
	else
		err_set(e, ERR_DATA, "%s has no field %s; plando kinds %s lists them", form->id,
		    field, form->id);
	return NULL;
}

// The form that the record names, in this save or before; "" where it names none.
static bool field_form_named(
    struct save *v, const struct id *id, const char *kind, const char **named, struct err *e)
{
	struct record r = { 0 };
	const char *by = form_naming(kind);
	*named = by ? save_pending(v, id, by) : NULL;
	if (by && !*named && save_stored(v, id)) {
		if (!record_load(save_store(v), save_arena(v), id, &r, e))
			return false;
		*named = record_get(&r, by);
	}
	*named = *named ? *named : "";
	return true;
}

// The form whose fields the answers are.
static const struct form *field_answers_form(
    struct save *v, const struct id *id, const char *kind, struct err *e)
{
	const char *named;
	if (!field_form_named(v, id, kind, &named, e))
		return NULL;
	if (*named)
		return forms_find(store_forms(save_store(v)), named, e);
	err_set(e, ERR_DATA, "this %s names no form whose answers could be set", kind);
	return NULL;
}

static const struct form_field *field_known(
    struct save *v, const struct id *id, const char *kind, const char *field, struct err *e)
{
	bool answer = str_starts(field, ANSWERS) && form_naming(kind);
	const struct form *form = answer ? field_answers_form(v, id, kind, e)
					 : forms_find(store_forms(save_store(v)), kind, e);
	return form ? field_of_form(form, answer ? field + strlen(ANSWERS) : field, e) : NULL;
}

// A score goes by the steps of the record's own instrument.
static const struct form_field *field_of_record(
    struct save *v, const struct id *id, const char *kind, const char *field, struct err *e)
{
	const char *named = "";
	const struct form_field *f = field_known(v, id, kind, field, e);
	if (!f || f->type != FIELD_SCALE || str_starts(field, ANSWERS))
		return f;
	if (!field_form_named(v, id, kind, &named, e))
		return NULL;
	f = field_on_scale(
	    save_arena(v), f, *named ? forms_find(store_forms(save_store(v)), named, NULL) : NULL);
	return f ? f : (err_memory(e), NULL);
}

// One cell that the field's type can parse. A record that does not exist yet may carry fixed
// fields.
static bool field_put_plain(struct save *v, const struct id *id, const char *kind, const char *cell,
    const struct form_field *f, const char *typed, struct err *e)
{
	char *stored;
	struct store *s = save_store(v);
	if (f->fixed && !BREAK_mutkey && save_stored(v, id))
		return err_set(e, ERR_DATA,
		    "%s names the record and cannot be changed; delete it and make a new one",
		    f->id);
	if (!field_parse(save_arena(v), f, typed, store_today(s), &stored, e))
		return false;
	return save_cell(v, id, kind, cell, stored, e);
}

// What it is called, for a message: the labels of the kinds that belong in a field.
static const char *field_kinds_called(struct arena *a, const char *kinds)
{
	struct str s = STR_IN(a);
	for (const struct kind *k = KINDS; k->name; k++)
		if (kind_among(kinds, k->name))
			str_printf(&s, "%s%s", s.length ? " or " : "", k->label);
	return s.length ? str_done(&s) : kinds;
}

// A record named by its id must be of a kind that belongs there; of one that is not in this copy
// the kind is not known.
static bool field_ref_fits(struct save *v, const struct id *owner, const struct form_field *f,
    const struct id *id, struct err *e)
{
	struct record r = { 0 };
	struct arena *a = save_arena(v);
	if (id_equal(owner, id))
		return err_set(e, ERR_DATA, "a record cannot name itself here; choose another");
	const char *kind = save_pending_kind(v, id);
	if (!kind && record_load(save_store(v), a, id, &r, NULL))
		kind = r.kind;
	if (!kind || kind_among(f->of, kind))
		return true;
	const struct kind *is = kind_find(kind);
	const char *title = r.kind ? record_title(save_store(v), a, &r) : "that record";
	return err_set(e, ERR_DATA, "\"%.80s\" is of kind %.64s; choose a %s",
	    title ? title : "that record", is ? is->label : kind, field_kinds_called(a, f->of));
}

// A reference typed by a person: a record in this save by its id, else anything record_find takes.
static bool field_resolve_ref(struct save *v, const struct id *owner, const struct form_field *f,
    const char *typed, char uuid[ID_TEXT], struct err *e)
{
	struct id id;
	struct record r;
	*uuid = '\0';
	if (str_empty(typed))
		return true;
	if (id_parse(typed, &id)) { // also one that is not in this copy
		id_print(&id, uuid);
		return field_ref_fits(v, owner, f, &id, e);
	}
	if (!record_find(save_store(v), save_arena(v), f->of, typed, &r, e))
		return false;
	id_print(&r.id, uuid);
	return field_ref_fits(v, owner, f, &r.id, e);
}

static bool field_put_ref(struct save *v, const struct id *id, const char *kind, const char *cell,
    const struct form_field *f, const char *typed, struct err *e)
{
	char uuid[ID_TEXT];
	if (f->fixed && !BREAK_mutkey && save_stored(v, id))
		return err_set(e, ERR_DATA,
		    "%s names the record and cannot be changed; delete it and make a new one",
		    f->id);
	return field_resolve_ref(v, id, f, typed, uuid, e) && save_cell(v, id, kind, cell, uuid, e);
}

// --- choices and refs: "a, b" as a whole; each member is a cell of its own

static bool field_member_name(struct save *v, const struct id *owner, const struct form_field *f,
    const char *typed, char name[ID_TEXT], struct err *e)
{
	if (f->type == FIELD_REFS)
		return field_resolve_ref(v, owner, f, typed, name, e);
	struct form_field one = *f;
	char *stored;
	one.type = FIELD_CHOICE;
	if (!field_parse(save_arena(v), &one, typed, store_today(save_store(v)), &stored, e))
		return false;
	if (strlen(stored) >= ID_TEXT)
		return err_set(e, ERR_DATA, "%s: the choice %s is too long", f->id, stored);
	memcpy(name, stored, strlen(stored) + 1);
	return true;
}

static bool field_put_members(struct save *v, const struct id *id, const char *kind,
    const char *cell, const struct form_field *f, const char *typed, struct err *e)
{
	struct arena *a = save_arena(v);
	struct elements old = { 0 };
	struct record r;
	if (save_stored(v, id) &&
	    (!record_load(save_store(v), a, id, &r, e) || !record_members(&r, a, cell, &old)))
		return false;
	for (size_t i = 0; i < old.count; i++)
		if (!save_cell(v, id, kind, arena_printf(a, "%s.%s", cell, old.key[i]), "0", e))
			return false;
	for (const char *p = typed; *p;) {
		size_t n = strcspn(p, ","), m = n;
		const char *from = text_trim(p, &m);
		char name[ID_TEXT];
		const char *part = arena_copy(a, from, m);
		if (!part)
			return err_memory(e);
		if (m && (!field_member_name(v, id, f, part, name, e) ||
			     !save_cell(v, id, kind, arena_printf(a, "%s.%s", cell, name), "1", e)))
			return false;
		p += n + (p[n] == ',');
	}
	return true;
}

static bool field_put_list(struct save *v, const struct id *id, const char *kind, const char *cell,
    const struct form_field *f, const char *typed, struct err *e)
{
	(void)v, (void)id, (void)kind, (void)typed;
	return err_set(e, ERR_DATA, "%s is a list; set one element's part as %s.<8 hex digits>.%s",
	    cell, f->id, f->field_count ? f->fields[0].id : "…");
}

typedef bool put_fn(struct save *, const struct id *, const char *, const char *,
    const struct form_field *, const char *, struct err *);

static put_fn *const puts_by_type[FIELD_TYPES] = {
	[FIELD_REF] = field_put_ref,
	[FIELD_CHOICES] = field_put_members,
	[FIELD_REFS] = field_put_members,
	[FIELD_LIST] = field_put_list,
	[FIELD_PAIRS] = field_put_list,
};

bool save_field(struct save *v, const struct id *id, const char *kind, const char *field,
    const char *typed, struct err *e)
{
	size_t prefix = fold_element_prefix(field);
	struct arena *a = save_arena(v);
	const char *name = field;
	if (prefix) // "list.3fa90b12.sub" is the form's "list.sub"
		name = arena_printf(a, "%.*s%s", (int)(prefix - 9), field, field + prefix);
	if (!name)
		return err_memory(e);
	const struct form_field *f = field_of_record(v, id, kind, name, e);
	if (!f)
		return false;
	put_fn *put = puts_by_type[f->type] ? puts_by_type[f->type] : field_put_plain;
	struct err own = { 0 };
	return put(v, id, kind, field, f, typed, &own) || err_set(e, own.code, "%s", own.text);
}

// --- elements of lists

bool save_element(struct save *v, const struct id *id, const char *kind, const char *list,
    const char *before, const char **key, struct err *e)
{
	struct arena *a = save_arena(v);
	struct elements old = { 0 };
	struct record r = { 0 };
	const char *low = NULL, *high = NULL;
	uint8_t chance[4];
	char hex[9];
	if (save_stored(v, id) &&
	    (!record_load(save_store(v), a, id, &r, e) || !record_elements(&r, a, list, &old)))
		return false;
	for (size_t i = 0; i < old.count && !high; i++)
		if (before && strcmp(old.key[i], before) == 0)
			high = record_element_get(&r, list, old.key[i], "pos");
		else
			low = record_element_get(&r, list, old.key[i], "pos");
	const char *newest = save_last_pos(v, id, list); // made in this same save, not stored yet
	if (!before && newest && (!low || strcmp(newest, low) > 0))
		low = newest;
	const struct env *env = store_env(save_store(v));
	if (!env->random(env->world, chance, sizeof chance))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	snprintf(hex, sizeof hex, "%02x%02x%02x%02x", chance[0], chance[1], chance[2], chance[3]);
	const char *pos = order_between(a, env, low, high),
		   *cell = arena_printf(a, "%s.%s.pos", list, hex);
	*key = arena_strdup(a, hex);
	if (!pos || !cell || !*key)
		return err_memory(e);
	return save_cell(v, id, kind, cell, pos, e);
}

bool save_element_remove(struct save *v, const struct id *id, const char *kind, const char *list,
    const char *key, struct err *e)
{
	const char *cell = arena_printf(save_arena(v), "%s.%s.~", list, key);
	return cell ? save_bury(v, id, kind, cell, e) : err_memory(e);
}
