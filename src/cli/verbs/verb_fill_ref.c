// SPDX-License-Identifier: MIT
// Records that people name while they fill in a form: listed with numbers, found by a part of the
// name, made on the spot.
#include "cli/verbs/verb_fill.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

// Kinds of which a name alone makes a record.
static const struct fill_ref_maker {
	const char *kind, *field;
} MAKERS[] = { { "person", "name" }, { "system", "name" }, { "workstream", "name" },
	{ "component", "text" }, { "measure", "name" }, { "idea", "text" }, { "event", "title" } };

struct known {
	struct id id;
	const char *title, *kind;
};

struct knowns {
	struct known *item;
	size_t count, cap;
};

static const char *fill_ref_stored(const struct fill *f, const char *field)
{
	if (f->part[0].exists)
		return record_get(&f->part[0].record, field);
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], field))
			return f->given[i + 1];
	return NULL;
}

// The team to which the record belongs.
static bool fill_ref_own_team(const struct fill *f, struct id *team)
{
	const char *uuid = fill_ref_stored(f, "team");
	if (str_equal(f->kind, "team") && f->part[0].exists) {
		*team = f->part[0].id;
		return true;
	}
	return uuid && id_parse(uuid, team);
}

static bool fill_ref_known_add(
    struct fill *f, struct knowns *all, const struct record *r, struct err *e)
{
	struct arena *a = &f->work;
	const char *title = record_title(f->s, a, r), *code = record_get(r, "code");
	void *items = all->item;
	if (title && code && !str_equal(code, title))
		title = arena_printf(a, "%s %s", code, title);
	if (!title || !arena_grow(a, &items, all->count, &all->cap, sizeof *all->item))
		return err_memory(e);
	all->item = items;
	all->item[all->count++] = (struct known){ r->id, title, r->kind };
	return true;
}

// Records of the own team first, then those of no team; other teams' not at all.
static bool fill_ref_known_kind(struct fill *f, struct knowns *all, const char *kind, struct err *e)
{
	struct records found;
	struct id own, team;
	bool has_own = fill_ref_own_team(f, &own);
	if (!record_list(f->s, &f->work, kind, NULL, &found, e))
		return false;
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < found.count; i++) {
			const struct record *r = &found.item[i];
			bool of_team = record_ref(r, "team", &team);
			bool ours = of_team && has_own && id_equal(&own, &team);
			bool other = has_own && !ours && (of_team || str_equal(kind, "team"));
			if (ours == (turn == 0) && !other &&
			    !record_archived(r, store_today(f->s)) &&
			    !fill_ref_known_add(f, all, r, e))
				return false;
		}
	return true;
}

static bool fill_ref_known_all(
    struct fill *f, const struct form_field *field, struct knowns *all, struct err *e)
{
	const char *of = field->of ? field->of : "";
	for (size_t n; *of; of += n + strspn(of + n, " ")) {
		n = strcspn(of, " ");
		const char *kind = arena_copy(&f->work, of, n);
		if (!kind)
			return err_memory(e);
		if (!fill_ref_known_kind(f, all, kind, e))
			return false;
	}
	return true;
}

static bool fill_ref_holds(struct fill *f, const struct known *k, const char *like)
{
	const char *title = like ? text_fold(&f->work, k->title) : NULL;
	return !like || (title && strstr(title, like));
}

bool fill_refs_list(struct fill *f, const struct form_field *field, const char *like, struct err *e)
{
	struct knowns all = { 0 };
	size_t more = 0;
	bool several = field->of && strchr(field->of, ' ');
	if (!fill_ref_known_all(f, field, &all, e))
		return false;
	f->listed_count = 0;
	for (size_t i = 0; i < all.count; i++) {
		const struct kind *kind = several ? kind_find(all.item[i].kind) : NULL;
		if (!fill_ref_holds(f, &all.item[i], like))
			continue;
		if (f->listed_count == FILL_LISTED) {
			more++;
			continue;
		}
		f->listed[f->listed_count++] = all.item[i].id;
		fill_say(f, "%zu. %s%s%s", f->listed_count, all.item[i].title, kind ? ", " : "",
		    kind ? kind->label : "");
	}
	if (more)
		fill_say(f, "and %zu more: type some of the name", more);
	if (!all.count)
		fill_say(f, "There is none yet.");
	return true;
}

static bool fill_ref_take(const struct id *id, struct fill *f, const char **uuid, struct err *e)
{
	char text[ID_TEXT];
	id_print(id, text);
	*uuid = arena_strdup(&f->work, text);
	return *uuid || err_memory(e);
}

// --- a new one

static const struct fill_ref_maker *fill_ref_maker_of(const char *kinds)
{
	for (size_t i = 0; i < sizeof MAKERS / sizeof *MAKERS; i++)
		if (str_equal(MAKERS[i].kind, kinds))
			return &MAKERS[i];
	return NULL;
}

static bool fill_ref_make(struct fill *f, const struct form_field *field, const char *name,
    const char **uuid, struct err *e)
{
	const struct fill_ref_maker *m = fill_ref_maker_of(field->of);
	struct id id, team;
	char text[ID_TEXT];
	if (!m)
		return err_set(e, ERR_DATA, "a new one cannot be made here; plando add makes it");
	if (!*name)
		return err_set(e, ERR_DATA, "write the name behind the +, as in + Sam Okoro");
	bool of_team = str_equal(kind_find(m->kind)->via[0], "team") && fill_ref_own_team(f, &team);
	struct save *v = save_begin(f->s, &f->work, e);
	if (!v || !save_new(v, m->kind, NULL, &id, e) ||
	    !save_field(v, &id, m->kind, m->field, name, e))
		return false;
	if (of_team)
		id_print(&team, text);
	if (of_team && !save_field(v, &id, m->kind, "team", text, e))
		return false;
	f->saved = true;
	return save_commit(v, NULL, e) && fill_ref_take(&id, f, uuid, e);
}

// --- one that is there

// 0: it is no number of the list.
static size_t fill_ref_number_of(const struct fill *f, const char *typed)
{
	size_t n = strlen(typed);
	if (n == 0 || n > 2 || strspn(typed, "0123456789") != n)
		return 0;
	unsigned long number = strtoul(typed, NULL, 10);
	return number <= f->listed_count ? number : 0;
}

static bool fill_ref_by_words(struct fill *f, const struct form_field *field, const char *typed,
    const char **uuid, struct err *e)
{
	struct knowns all = { 0 };
	size_t like = 0, same = 0;
	const struct known *liked = NULL, *equal = NULL;
	const char *folded = text_fold(&f->work, typed);
	if (!folded)
		return err_memory(e);
	if (!fill_ref_known_all(f, field, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct known *k = &all.item[i];
		if (!fill_ref_holds(f, k, folded))
			continue;
		like++;
		liked = k;
		if (str_equal(text_fold(&f->work, k->title), folded)) {
			same++;
			equal = k;
		}
	}
	if (same == 1 || like == 1)
		return fill_ref_take(same == 1 ? &equal->id : &liked->id, f, uuid, e);
	if (!like)
		return err_set(e, ERR_NOINPUT, "nothing here is called \"%.80s\"; ? lists them%s",
		    typed, fill_ref_maker_of(field->of) ? ", + NAME makes a new one" : "");
	if (!fill_refs_list(f, field, folded, e))
		return false;
	return err_set(e, ERR_DATA, "\"%.80s\" is in %zu names; type its number", typed, like);
}

bool fill_ref_find(struct fill *f, const struct form_field *field, const char *typed,
    const char **uuid, struct err *e)
{
	struct record r;
	struct err none = { 0 };
	size_t n = strlen(typed), number;
	typed = text_trim(typed, &n);
	typed = arena_copy(&f->work, typed, n);
	if (!typed)
		return err_memory(e);
	if (!text_valid(typed, n, NULL))
		return err_set(e, ERR_DATA, "this is not UTF-8 text");
	if (*typed == '+')
		return fill_ref_make(f, field, typed + 1 + strspn(typed + 1, " "), uuid, e);
	if ((number = fill_ref_number_of(f, typed)))
		return fill_ref_take(&f->listed[number - 1], f, uuid, e);
	if (record_find(f->s, &f->work, field->of, typed, &r, &none))
		return fill_ref_take(&r.id, f, uuid, e);
	return fill_ref_by_words(f, field, typed, uuid, e);
}
