// SPDX-License-Identifier: MIT
// Erasure: one "!redact" change for each change whose text goes; the fold does
// the blanking, wherever the two meet. Then everything is cleaned out that may hold the text
// besides: the index, free pages; backups, drafts and what is held, where it was erased here.
#include "store/exchange/outbox.h"
#include "store/file/local.h"
#include "store/log/tie.h"
#include "store/merge/held.h"

#include <plando/draft.h>
#include <plando/kind.h>
#include <plando/redact.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

struct erasing {
	struct store *s;
	struct arena *a;
	struct save *save;
	const struct record *r;
	const char *field;
	bool person;
	const char **name; // folded, of a person
	size_t names, name_cap;
	const char *reason; // folded; NULL: none
	struct redact_report *out;
	size_t mention_cap;
	struct id touched; // the record counted last
};

// --- which cells

static bool redact_is_key(const struct kind *k, const char *cell)
{
	for (size_t i = 0; k && k->natural[i]; i++)
		if (str_equal(k->natural[i], cell))
			return true;
	for (size_t i = 0; k && i < 4 && k->via[i]; i++)
		if (str_equal(k->via[i], cell))
			return true;
	return false;
}

static bool redact_is_place(const char *cell)
{
	size_t n = strlen(cell);
	return cell[n - 1] == '~' || *cell == '!' || str_equal(cell, "position") ||
	       (n > 4 && str_equal(cell + n - 4, ".pos"));
}

// The form's field of a cell: "predictions.result" of "predictions.3fa90b12.result".
static const struct form_field *redact_field_of(struct erasing *x, const char *cell)
{
	const struct form *form = forms_find(store_forms(x->s), x->r->kind, NULL);
	size_t element = fold_element_prefix(cell);
	if (!form)
		return NULL;
	if (element)
		cell = arena_printf(x->a, "%.*s%s", (int)element - 9, cell, cell + element);
	else
		cell = arena_copy(x->a, cell, strcspn(cell, "."));
	return cell ? form_field(form, cell) : NULL;
}

static bool redact_is_typed(struct erasing *x, const char *cell)
{
	static const bool chosen[FIELD_TYPES] = { [FIELD_REF] = true,
		[FIELD_REFS] = true,
		[FIELD_CHOICE] = true,
		[FIELD_CHOICES] = true,
		[FIELD_YESNO] = true,
		[FIELD_SCALE] = true };
	const struct form_field *f = redact_field_of(x, cell);
	return x->person || !f || !chosen[f->type];
}

static bool redact_cell_goes(struct erasing *x, const char *cell)
{
	if (x->field) {
		size_t n = strlen(x->field);
		return strncmp(cell, x->field, n) == 0 && (!cell[n] || cell[n] == '.') &&
		       !redact_is_place(cell);
	}
	return !redact_is_place(cell) && !redact_is_key(kind_find(x->r->kind), cell) &&
	       redact_is_typed(x, cell);
}

// --- the reason
// A cell of its own for each erasure: two people who erase the same record do not clash over why.

static const char REASON[] = "!reason-";
enum { TELLING = 4 }; // bytes of a text below which it tells nothing: "no", "3.5"

bool redact_is_reason(const char *cell)
{
	return str_starts(cell, REASON);
}

static bool redact_reason_tells(struct erasing *x, const char *value)
{
	struct arena a = { 0 };
	const char *gone = x->reason ? text_fold(&a, value) : NULL;
	bool tells = gone && strlen(gone) >= TELLING && strstr(x->reason, gone);
	arena_free(&a);
	return tells;
}

static bool redact_reason_keep(struct erasing *x, const char *reason, struct err *e)
{
	struct id id = id_random(x->s->env);
	if (str_empty(reason))
		return true;
	const char *cell =
	    arena_printf(x->a, "%s%02x%02x%02x%02x", REASON, id.b[0], id.b[1], id.b[2], id.b[3]);
	return cell ? save_cell(x->save, &x->r->id, x->r->kind, cell, reason, e) : err_memory(e);
}

// --- erasing

static bool redact_erase(
    struct erasing *x, const struct id *id, const char *kind, uint64_t cid, struct err *e)
{
	x->out->records += !id_equal(&x->touched, id);
	x->touched = *id;
	x->out->values++;
	return save_erasure(x->save, id, kind, cid, e);
}

static bool redact_name_learn(struct erasing *x, const char *value, struct err *e)
{
	const char *folded = text_fold(x->a, value);
	if (!folded ||
	    !arena_grow(x->a, (void **)&x->name, x->names, &x->name_cap, sizeof *x->name))
		return err_memory(e);
	if (*folded)
		x->name[x->names++] = folded;
	return true;
}

static bool redact_erase_record(struct erasing *x, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->s->db,
	    "SELECT DISTINCT cid,fld,val,kind FROM change WHERE ent=? AND val<>'' ORDER BY fld", e);
	if (!q)
		return false;
	ask_id(q, 1, &x->r->id);
	while (!own.code && ask_step(q, &own)) {
		const char *cell = col_text(q, 1);
		if (x->person && str_equal(cell, "name"))
			redact_name_learn(x, col_text(q, 2), &own);
		if (!own.code && redact_cell_goes(x, cell) &&
		    redact_reason_tells(x, col_text(q, 2)))
			err_set(&own, ERR_DATA,
			    "the reason holds a text that is to be blanked; say why without it");
		else if (!own.code && redact_cell_goes(x, cell))
			redact_erase(x, &x->r->id, col_text(q, 3), (uint64_t)col_int(q, 0), &own);
	}
	return ask_end(q, &own, e);
}

// Of a joined record: what stands in each that is read as it.
static bool redact_erase_circle(struct erasing *x, const struct tied *circle, struct err *e)
{
	struct record *each = arena_array(x->a, circle->count + 1, sizeof *each);
	if (!each)
		return err_memory(e);
	for (size_t i = circle->count; i-- > 0;) {
		each[i] = *x->r;
		each[i].id = circle->id[i];
		x->r = &each[i];
		if (!redact_erase_record(x, e))
			return false;
	}
	return true;
}

// --- a person's name elsewhere

static bool redact_shown_now(
    struct erasing *x, const struct id *id, const char *field, const char *val)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(x->s->db, "SELECT 1 FROM cell WHERE ent=? AND fld=? AND val=?", NULL);
	if (!q)
		return true;
	ask_id(q, 1, id);
	ask_text(q, 2, field);
	ask_text(q, 3, val);
	bool now = ask_step(q, &own);
	ask_done(q);
	return now;
}

static bool redact_mention(struct erasing *x, const struct id *id, const char *kind,
    const char *field, const char *val, struct err *e)
{
	struct redact_report *out = x->out;
	bool earlier = !redact_shown_now(x, id, field, val);
	for (size_t i = 0; i < out->mentions; i++)
		if (id_equal(&out->mention[i].id, id) && str_equal(out->mention[i].field, field)) {
			out->mention[i].earlier = out->mention[i].earlier && earlier;
			return true;
		}
	if (!arena_grow(
		x->a, (void **)&out->mention, out->mentions, &x->mention_cap, sizeof *out->mention))
		return err_memory(e);
	struct redact_mention m = { .id = *id,
		.kind = arena_strdup(x->a, kind),
		.field = arena_strdup(x->a, field),
		.earlier = earlier };
	out->mention[out->mentions++] = m;
	return (m.kind && m.field) || err_memory(e);
}

// 2: the value is the name; 1: the name stands in it; 0: neither.
static int redact_names_person(struct erasing *x, const char *val)
{
	enum { SHORT = 4 }; // "Al" stands in too many words
	struct arena a = { 0 };
	const char *folded = text_fold(&a, val);
	int found = 0;
	for (size_t i = 0; folded && i < x->names && found < 2; i++)
		if (str_equal(folded, x->name[i]))
			found = 2;
		else if (strlen(x->name[i]) >= SHORT && strstr(folded, x->name[i]))
			found = 1;
	arena_free(&a);
	return found;
}

static bool redact_erase_name(struct erasing *x, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->s->db,
	    "SELECT DISTINCT ent,fld,kind,cid,val FROM change WHERE val<>'' AND ent<>? AND "
	    "substr(fld,1,1)<>'!' ORDER BY ent,fld",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &x->r->id);
	while (!own.code && ask_step(q, &own)) {
		struct id id;
		const char *val = col_text(q, 4);
		int found = col_id(q, 0, &id) ? redact_names_person(x, val) : 0;
		if (found == 2)
			redact_erase(x, &id, col_text(q, 2), (uint64_t)col_int(q, 3), &own);
		else if (found)
			redact_mention(x, &id, col_text(q, 2), col_text(q, 1), val, &own);
	}
	return ask_end(q, &own, e);
}

// --- the whole

static bool redact_field_allowed(struct erasing *x, struct err *e)
{
	if (!x->field)
		return true;
	if (redact_is_key(kind_find(x->r->kind), x->field) || redact_is_place(x->field))
		return err_set(e, ERR_DATA,
		    "%s says where this record belongs and cannot be blanked; delete the record",
		    x->field);
	return true;
}

static bool redact_others_find(struct erasing *x, struct err *e)
{
	struct devices all;
	if (!store_devices(x->s, x->a, &all, e))
		return false;
	x->out->others = (struct devices){ .name = all.name };
	for (size_t i = 0; i < all.count; i++)
		if (!str_equal(all.name[i], x->s->env->device))
			all.name[x->out->others.count++] = all.name[i];
	return true;
}

bool store_redact(struct store *s, struct arena *a, const struct id *id, const char *field,
    const char *reason, bool dry_run, struct redact_report *out, struct err *e)
{
	struct record r;
	struct tied circle;
	struct erasing x = { .s = s, .a = a, .r = &r, .field = field, .out = out };
	*out = (struct redact_report){ 0 };
	if (!store_fence(s, e) || !record_load(s, a, id, &r, e) || !redact_field_allowed(&x, e) ||
	    !(x.save = save_begin(s, a, e)))
		return false;
	if (!str_empty(reason) && !(x.reason = text_fold(a, reason)))
		return err_memory(e);
	x.person = !field && str_equal(r.kind, "person");
	save_quiet(x.save, "redact");
	save_raw(x.save);
	if (!tie_members(s->db, a, &r.id, &circle, e) || !redact_erase_circle(&x, &circle, e) ||
	    (x.person && !redact_erase_name(&x, e)) || !redact_others_find(&x, e))
		return false;
	if (!out->values)
		return err_set(e, ERR_NOINPUT, "there is no text %s to blank",
		    field ? "in this field" : "in this record");
	if (dry_run)
		return true;
	if (!redact_reason_keep(&x, reason, e) || !save_commit(x.save, NULL, e))
		return false;
	for (size_t i = 0; i < circle.count; i++)
		held_forget(s, &circle.id[i], field);
	return true;
}

// --- what else may hold it

static void redact_scrub_drafts(struct store *s)
{
	struct arena a = { 0 };
	struct drafts all;
	bool ok = draft_list(s, &a, &all, NULL);
	for (size_t i = 0; ok && i < all.count; i++) {
		struct err own = { 0 };
		struct ask *q =
		    db_ask(s->db, "SELECT 1 FROM change WHERE ent=? AND fld='!redact'", NULL);
		if (!q)
			break;
		ask_id(q, 1, &all.item[i].id);
		bool erased = ask_step(q, &own);
		ask_done(q);
		if (erased)
			draft_drop(s, &all.item[i].id, all.item[i].field, NULL);
	}
	arena_free(&a);
}

static const char SCRUB[] = "scrub", ERASED_HERE[] = "erased here";

// Beside the workbook, not in it: a file that others made must not order our backups away.
void store_scrub_note(struct store *s, bool own)
{
	struct arena a = { 0 };
	const char *workbook = s->path ? local_workbook(s, &a) : NULL;
	if (workbook)
		local_put(s, SCRUB, workbook, own ? ERASED_HERE : NULL, NULL);
	arena_free(&a);
}

bool store_scrub_noted(struct store *s)
{
	struct arena a = { 0 };
	const char *workbook = s->path ? local_workbook(s, &a) : NULL;
	bool own = workbook && local_get(s, &a, SCRUB, workbook) != NULL;
	arena_free(&a);
	return own;
}

// The index keeps words of what was taken out until it is made anew; free pages are zeroed at once
// (secure_delete), and VACUUM leaves none.
void store_scrub(struct store *s, bool own)
{
	s->erased = false;
	if (own) {
		backup_purge(s);
		redact_scrub_drafts(s);
	}
	outbox_scrub(s);
	if (state_renew(s, NULL) && db_vacuum(s->db, NULL)) {
		meta_set_int(s->db, "scrub", 0, NULL);
		if (own)
			store_scrub_note(s, false);
	}
	store_look(s);
}
