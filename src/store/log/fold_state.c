// SPDX-License-Identifier: MIT
// Writing what a record shows (fold.c) into the tables: its row, cells and conflicts, the row of
// its kind, the full-text index. Always in that order and from the fold alone, so that the tables
// are the same however often a record is folded.
#include "store/log/fold.h"
#include "store/log/tie.h"
#include "store/merge/held.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// One record while it is written.
struct showing {
	struct store *s;
	const struct id *ent;
	struct folded *f;
	bool alive;
	struct str doc; // its words for the index, gathered from the cells as they are written
};

static bool state_clear(struct db *db, const struct id *ent, struct err *e)
{
	static const char *const wipe[] = { "DELETE FROM cell WHERE ent=?",
		"DELETE FROM clash WHERE ent=?" };
	for (size_t i = 0; i < sizeof wipe / sizeof *wipe; i++) {
		struct ask *q = db_ask(db, wipe[i], e);
		if (!q)
			return false;
		ask_id(q, 1, ent);
		if (!ask_run(q, e))
			return false;
	}
	return true;
}

static bool state_clash(
    struct db *db, const struct id *ent, const char *fld, const char *what, struct err *e)
{
	struct ask *q = db_ask(db, "INSERT OR IGNORE INTO clash(ent,fld,what) VALUES(?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, fld);
	ask_text(q, 3, what);
	return ask_run(q, e);
}

static bool state_cell(struct showing *w, const struct fold_cell *c, struct err *e)
{
	size_t n = fold_distinct(&c->heads, c->fld);
	const char *shown = c->heads.count ? c->heads.item[c->heads.count - 1].val : "";
	if (*c->fld == '!' || (n <= 1 && !*shown)) // of the log only: an erasure, its reason
		return true;
	struct ask *q = db_ask(w->s->db, "INSERT INTO cell(ent,fld,val,n) VALUES(?,?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, w->ent);
	ask_text(q, 2, c->fld);
	ask_text(q, 3, shown);
	ask_int(q, 4, (int64_t)n);
	if (w->alive && search_takes(w->s, w->f->kind, c->fld, shown)) {
		str_add(&w->doc, shown);
		str_add_char(&w->doc, '\n');
	}
	return ask_run(q, e) &&
	       (n < 2 || !w->alive || state_clash(w->s->db, w->ent, c->fld, "value", e));
}

static bool state_rec(const struct showing *w, const char *flag, struct err *e)
{
	struct ask *q = db_ask(
	    w->s->db, "INSERT OR REPLACE INTO rec(ent,kind,scope,alive,flag) VALUES(?,?,?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, w->ent);
	ask_text(q, 2, w->f->kind);
	ask_id(q, 3, &w->f->scope);
	ask_int(q, 4, w->alive);
	ask_text(q, 5, flag);
	return ask_run(q, e) && (!flag || state_clash(w->s->db, w->ent, "~", flag, e));
}

// An element of a list decides on its own existence. Its cells are those from..to.
static bool state_element(struct showing *w, size_t from, size_t to, size_t prefix, struct err *e)
{
	struct folded *f = w->f;
	const char *tilde = arena_printf(f->a, "%.*s.~", (int)prefix, f->cell[from].fld);
	if (!tilde)
		return err_memory(e);
	struct existence x = fold_existence(f, from, to, tilde);
	if (x.flag && w->alive && !state_clash(w->s->db, w->ent, tilde, x.flag, e))
		return false;
	for (size_t i = from; x.alive && i < to; i++)
		if (strcmp(f->cell[i].fld, tilde) != 0 && !state_cell(w, &f->cell[i], e))
			return false;
	return true;
}

static bool state_cells(struct showing *w, struct err *e)
{
	const struct folded *f = w->f;
	for (size_t i = 0, to; i < f->count; i = to) {
		size_t prefix = fold_element_prefix(f->cell[i].fld);
		to = i + 1;
		while (prefix && to < f->count &&
		       strncmp(f->cell[to].fld, f->cell[i].fld, prefix + 1) == 0)
			to++;
		if (prefix ? !state_element(w, i, to, prefix, e)
			   : strcmp(f->cell[i].fld, "~") != 0 && !state_cell(w, &f->cell[i], e))
			return false;
	}
	return true;
}

// --- typed tables: one row a living record of a built-in kind

struct typed_column {
	const char *field;
	bool number; // of type REAL or INTEGER: the text stands beside it, in "<field>_typed"
};

struct typed {
	const char *kind;
	const char *insert, *wipe;
	struct typed_column *column; // in the order of the table; "id" first
	size_t count;
};

// Which field a column holds, by the names that schema_column gives.
static bool fold_state_typed_column(struct arena *a, struct ask *q, struct typed_column *out)
{
	const char *name = col_text(q, 0);
	size_t n = strlen(name);
	out->number = !str_equal(col_text(q, 1), "TEXT");
	if (str_ends(name, "_typed"))
		n -= strlen("_typed");
	else if (str_ends(name, "_"))
		n--;
	out->field = arena_copy(a, name, n);
	return out->field != NULL;
}

static bool fold_state_typed_describe(
    struct store *s, const char *kind, struct typed *t, struct err *e)
{
	struct arena *a = &s->arena;
	struct str sql = STR_IN(a);
	struct ask *q = db_ask(s->db, "SELECT name,type FROM pragma_table_info(?)", e);
	struct err own = { 0 };
	size_t cap = 0;
	if (!q)
		return false;
	ask_text(q, 1, kind);
	str_printf(&sql, "INSERT OR REPLACE INTO \"%s\" VALUES(", kind);
	while (ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&t->column, t->count, &cap, sizeof *t->column) ||
		    !fold_state_typed_column(a, q, &t->column[t->count]))
			err_memory(&own);
		str_add(&sql, t->count++ ? ",?" : "?");
		if (own.code)
			break;
	}
	str_add(&sql, ")");
	t->insert = str_done(&sql);
	t->kind = arena_strdup(a, kind);
	t->wipe = arena_printf(a, "DELETE FROM \"%s\" WHERE id=?", kind);
	if (!t->insert || !t->kind || !t->wipe)
		err_memory(&own);
	return ask_end(q, &own, e);
}

// A choices or refs field stands in its column as its members, blank separated.
static const char *fold_state_typed_members(struct folded *f, const char *field)
{
	struct str s = STR_IN(f->a);
	size_t n = strlen(field);
	for (size_t i = 0; i < f->count; i++) {
		const struct fold_cell *c = &f->cell[i];
		if (strncmp(c->fld, field, n) != 0 || c->fld[n] != '.' ||
		    strchr(c->fld + n + 1, '.'))
			continue;
		if (c->heads.count && strcmp(c->heads.item[c->heads.count - 1].val, "1") == 0) {
			str_add(&s, s.length ? " " : "");
			str_add(&s, c->fld + n + 1);
		}
	}
	return s.length ? str_done(&s) : NULL;
}

static int fold_state_compare_cell(const void *key, const void *cell)
{
	return strcmp(key, ((const struct fold_cell *)cell)->fld);
}

static const char *fold_state_typed_value(struct folded *f, const char *field)
{
	const struct fold_cell *c =
	    f->count ? bsearch(field, f->cell, f->count, sizeof *f->cell, fold_state_compare_cell)
		     : NULL;
	if (!c || !c->heads.count)
		return fold_state_typed_members(f, field);
	const char *val = c->heads.item[c->heads.count - 1].val;
	return *val ? val : NULL;
}

// Sign, digits, point, digits, as field_parse leaves a number, and small enough for SQLite to make
// one of it: bound as a text it becomes the nearest number as it goes into its column. What else a
// log may hold is NULL there; the text is in the column beside it.
static const char *fold_state_typed_number(const char *text)
{
	enum { DIGITS_MOST = 308 };
	const char *p = text ? text : "";
	p += *p == '-' || *p == '+';
	size_t digits = strspn(p, "0123456789");
	if (digits == 0 || digits > DIGITS_MOST)
		return NULL;
	p += digits;
	if (*p == '.')
		p += 1 + strspn(p + 1, "0123456789");
	return *p ? NULL : text;
}

// Described once a store, when the first record of the kind is folded.
static struct typed *fold_state_typed_find(struct store *s, const char *kind, struct err *e)
{
	for (size_t i = 0; i < s->typed_count; i++)
		if (strcmp(s->typed[i].kind, kind) == 0)
			return &s->typed[i];
	if (!s->typed)
		s->typed = arena_array(&s->arena, TYPED_MOST, sizeof *s->typed);
	if (!s->typed || s->typed_count == TYPED_MOST)
		return err_memory(e), NULL;
	struct typed *t = &s->typed[s->typed_count];
	*t = (struct typed){ 0 };
	if (!fold_state_typed_describe(s, kind, t, e))
		return NULL;
	s->typed_count++;
	return t;
}

static bool state_typed(const struct showing *w, struct err *e)
{
	char id[ID_TEXT];
	if (!kind_find(w->f->kind))
		return true;
	struct typed *t = fold_state_typed_find(w->s, w->f->kind, e);
	if (!t)
		return false;
	struct ask *q = db_ask(w->s->db, w->alive ? t->insert : t->wipe, e);
	if (!q)
		return false;
	id_print(w->ent, id);
	ask_text(q, 1, id);
	for (size_t i = 1; w->alive && i < t->count; i++) {
		const char *value = fold_state_typed_value(w->f, t->column[i].field);
		ask_text(
		    q, (int)i + 1, t->column[i].number ? fold_state_typed_number(value) : value);
	}
	return ask_run(q, e);
}

// --- the whole

// Who erased a change, for those who are asked whether it shall come back.
static bool fold_state_eraser_find(struct store *s, struct arena *a, const struct id *ent,
    uint64_t cid, const char **by, struct err *e)
{
	struct err own = { 0 };
	char *hex = arena_printf(a, "%016llx", (unsigned long long)cid);
	struct ask *q = hex ? db_ask(s->db,
				  "SELECT s.author FROM change c JOIN stream s ON s.sid=c.sid WHERE"
				  " c.ent=? AND c.fld='!redact' AND c.val=? ORDER BY c.hlc,c.cid",
				  e)
			    : (err_memory(e), NULL);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, hex);
	*by = NULL;
	if (ask_step(q, &own) && !col_null(q, 0) && !(*by = arena_strdup(a, col_text(q, 0))))
		err_memory(&own);
	return ask_end(q, &own, e);
}

static bool fold_state_is_head(const struct folded *f, uint64_t cid)
{
	for (size_t i = 0; i < f->count; i++)
		for (size_t j = 0; j < f->cell[i].heads.count; j++)
			if (f->cell[i].heads.item[j].cid == cid)
				return true;
	return false;
}

// What a merge blanks is held first, but for what came with that very merge.
static bool fold_state_erased_hold(
    struct store *s, const struct folded *f, const struct id *ent, struct ask *q, struct err *e)
{
	struct held_text t = { .cid = (uint64_t)col_int(q, 2),
		.ent = *ent,
		.kind = col_text(q, 3),
		.fld = col_text(q, 4),
		.val = col_text(q, 5),
		.hlc = col_int(q, 6),
		.head = fold_state_is_head(f, (uint64_t)col_int(q, 2)) };
	if (!s->taking || col_int(q, 7) == s->taking || !*t.val)
		return true;
	return fold_state_eraser_find(s, f->a, ent, t.cid, &t.by, e) && held_keep(s, &t, e);
}

static bool fold_state_erase_row(struct store *s, struct ask *row, struct err *e)
{
	struct ask *q = db_ask(s->db, "UPDATE change SET val=NULL WHERE sid=? AND seq=?", e);
	if (!q)
		return false;
	ask_int(q, 1, col_int(row, 0));
	ask_int(q, 2, col_int(row, 1));
	s->erased = true;
	return ask_run(q, e);
}

// Rule 5: in memory for this fold, and in the log for good (its text must not stay anywhere). An
// erasure itself is no text: it stays, or nobody could tell what it blanked from damage.
static bool fold_state_erase_rows(struct store *s, const struct id *ent, const struct folded *f,
    const uint64_t *gone, size_t n, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT sid,seq,cid,kind,fld,val,hlc,batch FROM change WHERE ent=? AND val NOT NULL"
	    " AND fld<>'!redact'",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	while (!own.code && ask_step(q, &own))
		if (cids_have(gone, n, (uint64_t)col_int(q, 2)) &&
		    fold_state_erased_hold(s, f, ent, q, &own))
			fold_state_erase_row(s, q, &own);
	return ask_end(q, &own, e) && (!s->erased || meta_set_int(s->db, "scrub", 1, e));
}

static bool fold_erasures(struct store *s, const struct id *ent, struct folded *f, struct err *e)
{
	const struct heads *all = NULL;
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->cell[i].fld, "!redact") == 0)
			all = &f->cell[i].heads;
	if (!all || !all->count)
		return true;
	uint64_t *gone = arena_array(f->a, all->count, sizeof *gone);
	if (!gone)
		return err_memory(e);
	for (size_t i = 0; i < all->count; i++)
		gone[i] = strtoull(all->item[i].val, NULL, 16);
	cids_sort(gone, all->count);
	for (size_t i = 0; i < f->count; i++)
		for (size_t j = 0; j < f->cell[i].heads.count; j++)
			if (cids_have(gone, all->count, f->cell[i].heads.item[j].cid))
				f->cell[i].heads.item[j].val = "";
	return fold_state_erase_rows(s, ent, f, gone, all->count, e);
}

// The kind under which the record stands in the tables; NULL = it stands in none yet.
static bool fold_state_stands_as(
    struct db *db, struct arena *a, const struct id *ent, const char **kind, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT kind FROM rec WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	*kind = NULL;
	if (ask_step(q, &own) && !(*kind = arena_copy(a, col_text(q, 0), col_size(q, 0))))
		err_memory(&own);
	return ask_end(q, &own, e);
}

// Only a forged log gives a record another kind; its row in the table of the old one must go.
static bool state_leave(struct store *s, const struct id *ent, const char *kind, struct err *e)
{
	char id[ID_TEXT];
	if (!kind_find(kind))
		return true;
	struct typed *t = fold_state_typed_find(s, kind, e);
	struct ask *q = t ? db_ask(s->db, t->wipe, e) : NULL;
	if (!q)
		return false;
	id_print(ent, id);
	ask_text(q, 1, id);
	return ask_run(q, e);
}

static bool state_write(struct showing *w, const char *flag, const char *old, struct err *e)
{
	w->doc = STR_IN(w->f->a);
	if (!state_rec(w, flag, e) || !state_cells(w, e) || !state_typed(w, e))
		return false;
	const char *doc = str_done(&w->doc);
	return doc ? search_update(w->s, w->ent, old, doc, e) : err_memory(e);
}

// Instead of what the tables hold of it.
static bool fold_state_put(struct showing *w, const char *flag, struct err *e)
{
	const char *old = "", *kind;
	struct store *s = w->s;
	if (!fold_state_stands_as(s->db, w->f->a, w->ent, &kind, e) ||
	    (kind && (!search_document(s, w->f->a, w->ent, &old, e) ||
			 !state_clear(s->db, w->ent, e))) ||
	    (kind && w->f->kind && strcmp(kind, w->f->kind) != 0 &&
		!state_leave(s, w->ent, kind, e)))
		return false;
	return w->f->kind ? state_write(w, flag, old, e) : search_update(s, w->ent, old, "", e);
}

bool fold_write(struct store *s, const struct id *ent, struct folded *f, struct err *e)
{
	struct existence x = fold_existence(f, 0, f->count, "~");
	return fold_state_put(
	    &(struct showing){ .s = s, .ent = ent, .f = f, .alive = x.alive }, x.flag, e);
}

bool fold_show(
    struct store *s, const struct id *ent, struct folded *f, const char *flag, struct err *e)
{
	return fold_state_put(
	    &(struct showing){ .s = s, .ent = ent, .f = f, .alive = true }, flag, e);
}

bool fold_hide(struct store *s, const struct id *ent, const struct folded *f, struct err *e)
{
	struct folded none = { .a = f->a, .kind = f->kind, .scope = f->scope };
	return fold_state_put(&(struct showing){ .s = s, .ent = ent, .f = &none }, NULL, e);
}

bool fold_wipe(struct store *s, const struct id *ent, struct err *e)
{
	struct arena a = { 0 };
	struct folded none = { .a = &a };
	const char *kind;
	bool ok = fold_state_stands_as(s->db, &a, ent, &kind, e) &&
		  (!kind || (fold_state_put(
				 &(struct showing){ .s = s, .ent = ent, .f = &none }, NULL, e) &&
				state_leave(s, ent, kind, e)));
	struct ask *q = ok ? db_ask(s->db, "DELETE FROM rec WHERE ent=?", e) : NULL;
	if (q)
		ask_id(q, 1, ent);
	ok = q && ask_run(q, e);
	arena_free(&a);
	return ok;
}

static void fold_state_form_folded(struct store *s, const struct folded *f)
{
	if (!f->count || strcmp(f->kind, "form") != 0)
		return;
	s->forms_known = false;
	s->forms_touched = true;
}

bool fold_load(
    struct store *s, const struct id *ent, int64_t until, struct folded *f, struct err *e)
{
	return fold_read(s->db, f, ent, NULL, NULL, until, e) && fold_erasures(s, ent, f, e);
}

bool fold_record(struct store *s, const struct id *ent, int64_t until, struct err *e)
{
	struct arena a = { 0 };
	struct folded f = { .a = &a };
	bool tied = false;
	bool ok = fold_load(s, ent, until, &f, e) && tie_takes(s, ent, &f, &tied, e);
	if (ok && !tied)
		ok = tie_lay_over(s, &f) ? fold_write(s, ent, &f, e) : err_memory(e);
	if (ok)
		fold_state_form_folded(s, &f);
	arena_free(&a);
	return ok;
}

bool fold_erase(struct store *s, const struct id *ent, struct err *e)
{
	struct arena a = { 0 };
	struct folded f = { .a = &a };
	bool ok = fold_load(s, ent, 0, &f, e);
	arena_free(&a);
	return ok;
}

static int compare_fold_cells(const void *a, const void *b)
{
	return strcmp(((const struct fold_cell *)a)->fld, ((const struct fold_cell *)b)->fld);
}

bool fold_fresh(struct store *s, struct arena *a, const struct fresh *fresh, struct err *e)
{
	struct folded f = { .a = a,
		.kind = fresh->kind,
		.scope = fresh->scope,
		.count = fresh->count,
		.cell = arena_array(a, fresh->count + 1, sizeof *f.cell) };
	struct head *head = arena_array(a, fresh->count + 1, sizeof *head);
	if (!f.cell || !head)
		return err_memory(e);
	if (!f.count)
		return true;
	for (size_t i = 0; i < f.count; i++) {
		head[i].val = fresh->cell[i].val;
		f.cell[i].fld = fresh->cell[i].fld;
		f.cell[i].heads = (struct heads){ &head[i], 1 };
	}
	qsort(f.cell, f.count, sizeof *f.cell, compare_fold_cells);
	struct showing w = { .s = s, .ent = &fresh->id, .f = &f, .alive = true };
	fold_state_form_folded(s, &f);
	return state_write(&w, NULL, "", e);
}

bool fold_all(struct store *s, const char *kind, int64_t until, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct id *ent = NULL;
	size_t n = 0, cap = 0;
	struct ask *q = db_ask(s->db,
	    kind ? "SELECT DISTINCT ent FROM change WHERE kind=?"
		 : "SELECT DISTINCT ent FROM change",
	    e);
	if (!q)
		return false;
	if (kind)
		ask_text(q, 1, kind);
	while (ask_step(q, &own)) {
		if (!arena_grow(&a, (void **)&ent, n, &cap, sizeof *ent)) {
			err_memory(&own);
			break;
		}
		if (col_id(q, 0, &ent[n]))
			n++;
	}
	bool ok = ask_end(q, &own, e);
	for (size_t i = 0; ok && i < n; i++)
		ok = fold_record(s, &ent[i], until, e);
	arena_free(&a);
	return ok;
}
