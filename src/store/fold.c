// SPDX-License-Identifier: MIT
// The fold: what a record shows, as a function of the set of its changes and of nothing else.
//
// Rule 1. The heads of a cell are its changes whose cid no other change of that cell names in prev.
// Rule 2. Shown is the head with the largest (hlc, cid).
// Rule 3. Heads with more than one distinct value are a conflict; equal values are agreement. Two
// values
//         that differ only in blanks at their ends are equal. Places among siblings never conflict.
// Rule 4. "~" is existence: no head of value 0 = alive; all heads 0, and every head of every cell
// seen by a
//         head tombstone = deleted; else alive, flagged deleted-but-edited or deleted-and-kept.
//         The same holds for an element of a list with its own "~".
// Rule 5. A change erased by a !redact change counts as one that emptied the cell.
// Rule 6. One cid counts once, in however many streams it stands (forks).
#include "store/store.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

// One cell's changes while a record is folded.
struct fold_cell {
	const char *fld;
	struct head *change; // all of them, then cut down to the heads
	size_t count, cap;
	uint64_t *seen; // cids that some change of the cell has seen
	size_t seen_count, seen_cap;
	struct heads heads;
};

struct folded {
	struct arena *a;
	struct id scope;
	const char *kind;
	int64_t kind_hlc;
	struct fold_cell *cell;
	size_t count, cap;
	uint64_t *buried; // what head tombstones of the record have seen
	size_t buried_count;
};

static int compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static bool has_u64(const uint64_t *sorted, size_t n, uint64_t key)
{
	return n && bsearch(&key, sorted, n, sizeof key, compare_u64);
}

static int compare_heads(const void *a, const void *b)
{
	const struct head *x = a, *y = b;
	if (x->hlc != y->hlc)
		return x->hlc < y->hlc ? -1 : 1;
	if (BREAK_cidtie)
		return (x->sid > y->sid) - (x->sid < y->sid);
	return (x->cid > y->cid) - (x->cid < y->cid);
}

static bool cell_add(
    struct arena *a, struct fold_cell *c, const struct head *h, const uint64_t *prev, size_t prevs)
{
	if (!arena_grow(a, (void **)&c->change, c->count, &c->cap, sizeof *c->change))
		return false;
	c->change[c->count++] = *h;
	for (size_t i = 0; i < prevs; i++) {
		if (!arena_grow(a, (void **)&c->seen, c->seen_count, &c->seen_cap, sizeof *c->seen))
			return false;
		c->seen[c->seen_count++] = prev[i];
	}
	return true;
}

// Rules 1, 2 and 6.
static void cell_close(struct fold_cell *c)
{
	if (c->seen_count)
		qsort(c->seen, c->seen_count, sizeof *c->seen, compare_u64);
	size_t n = 0;
	for (size_t i = 0; i < c->count; i++)
		if (!has_u64(c->seen, c->seen_count, c->change[i].cid))
			c->change[n++] = c->change[i];
	if (n > 1)
		qsort(c->change, n, sizeof *c->change, compare_heads);
	size_t once = 0;
	for (size_t i = 0; i < n; i++)
		if (!once || c->change[once - 1].cid != c->change[i].cid)
			c->change[once++] = c->change[i];
	if (BREAK_maxhlc && once)
		c->change[0] = c->change[once - 1], once = 1;
	c->heads = (struct heads){ c->change, once };
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && strcmp(text + n - m, end) == 0;
}

static bool same_value(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	a = text_trim(a, &n);
	b = text_trim(b, &m);
	return n == m && memcmp(a, b, n) == 0;
}

// Rule 3. A few heads are compared each with each; many (a hostile file's) would take hours so.
struct shown_value {
	const char *text; // without blanks at its ends
	size_t n;
};

static int compare_values(const void *a, const void *b)
{
	const struct shown_value *x = a, *y = b;
	int order = memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);
	return order ? order : (x->n > y->n) - (x->n < y->n);
}

static size_t distinct_sorted(const struct heads *h)
{
	struct arena a = { 0 };
	struct shown_value *v = arena_array(&a, h->count, sizeof *v);
	size_t distinct = v ? 1 : 2; // without memory: a conflict, as it surely is
	for (size_t i = 0; v && i < h->count; i++) {
		v[i].n = strlen(h->item[i].val);
		v[i].text = text_trim(h->item[i].val, &v[i].n);
	}
	if (v)
		qsort(v, h->count, sizeof *v, compare_values);
	for (size_t i = 1; v && i < h->count; i++)
		distinct += compare_values(&v[i - 1], &v[i]) != 0;
	arena_free(&a);
	return distinct;
}

size_t fold_distinct(const struct heads *h, const char *fld)
{
	enum { FEW = 16 };
	if (h->count < 2 || strcmp(fld, "position") == 0 || ends_with(fld, ".pos"))
		return h->count ? 1 : 0;
	if (h->count > FEW)
		return distinct_sorted(h);
	size_t distinct = 0;
	for (size_t i = 0; i < h->count; i++) {
		size_t j = 0;
		while (j < i && !same_value(h->item[i].val, h->item[j].val))
			j++;
		distinct += j == i;
	}
	return distinct;
}

static bool hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

size_t fold_element_prefix(const char *fld)
{
	// The name of an answer may look like the digits of an element.
	const char *from = str_starts(fld, "answers.") ? fld + strlen("answers.") : fld;
	for (const char *dot = strchr(from, '.'); dot; dot = strchr(dot + 1, '.')) {
		int i = 1;
		while (i <= 8 && hex_digit(dot[i]))
			i++;
		if (i == 9 && dot[9] == '.' && dot[10])
			return (size_t)(dot + 9 - fld);
	}
	return 0;
}

// --- reading the log

struct row {
	struct head head;
	const char *fld, *kind;
	struct id scope;
	const uint64_t *prev;
	size_t prevs;
};

#define ROWS_OF_RECORD                                                                             \
	"SELECT c.sid,c.cid,c.hlc,c.at,c.fld,c.val,c.prev,c.kind,s.scope"                          \
	" FROM change c JOIN stream s ON s.sid=c.sid WHERE c.ent=?1"

static bool row_read(struct ask *q, struct arena *a, struct row *r)
{
	size_t n = col_size(q, 6);
	*r = (struct row){
		.head = { .cid = (uint64_t)col_int(q, 1),
		    .hlc = col_int(q, 2),
		    .at = col_int(q, 3),
		    .sid = col_int(q, 0),
		    .val = col_null(q, 5) ? "" : arena_copy(a, col_text(q, 5), col_size(q, 5)) },
		.fld = arena_copy(a, col_text(q, 4), col_size(q, 4)),
		.kind = arena_copy(a, col_text(q, 7), col_size(q, 7))
	};
	return r->head.val && r->fld && r->kind && col_id(q, 8, &r->scope) &&
	       prev_read(a, n ? col_blob(q, 6) : NULL, n, &r->prev, &r->prevs);
}

static bool folded_take(struct folded *f, const struct row *r)
{
	if (!f->kind || r->head.hlc > f->kind_hlc ||
	    (r->head.hlc == f->kind_hlc && strcmp(r->kind, f->kind) > 0)) {
		f->kind = r->kind;
		f->kind_hlc = r->head.hlc;
		f->scope = r->scope;
	}
	if (!f->count || strcmp(f->cell[f->count - 1].fld, r->fld) != 0) {
		if (!arena_grow(f->a, (void **)&f->cell, f->count, &f->cap, sizeof *f->cell))
			return false;
		f->cell[f->count++] = (struct fold_cell){ .fld = r->fld };
	}
	bool erasure = strcmp(r->fld, "!redact") == 0;
	return cell_add(f->a, &f->cell[f->count - 1], &r->head, r->prev, erasure ? 0 : r->prevs);
}

// Reads a record's changes, all or those of one cell (fld) or of cells that begin with a prefix.
static bool folded_read(struct db *db, struct folded *f, const struct id *ent, const char *fld,
    const char *prefix, int64_t until, struct err *e)
{
	struct ask *q =
	    db_ask(db, fld ? ROWS_OF_RECORD " AND c.fld=?2" : ROWS_OF_RECORD " ORDER BY c.fld", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, ent);
	if (fld)
		ask_text(q, 2, fld);
	while (ask_step(q, &own)) {
		struct row r;
		if (until && col_int(q, 3) > until)
			continue;
		if (prefix && !str_starts(col_text(q, 4), prefix))
			continue;
		if (!row_read(q, f->a, &r) || !folded_take(f, &r)) {
			ask_done(q);
			return err_memory(e);
		}
	}
	if (!ask_end(q, &own, e))
		return false;
	for (size_t i = 0; i < f->count; i++)
		cell_close(&f->cell[i]);
	return true;
}

bool fold_heads(struct db *db, struct arena *a, const struct id *ent, const char *fld,
    struct heads *out, struct err *e)
{
	struct folded f = { .a = a };
	if (!folded_read(db, &f, ent, fld, NULL, 0, e))
		return false;
	*out = f.count ? f.cell[0].heads : (struct heads){ 0 };
	return true;
}

bool fold_seen(struct db *db, struct arena *a, const struct id *ent, const char *prefix,
    const uint64_t **cids, size_t *n, struct err *e)
{
	struct folded f = { .a = a };
	if (!folded_read(db, &f, ent, NULL, prefix, 0, e))
		return false;
	size_t total = 0;
	for (size_t i = 0; i < f.count; i++)
		total += f.cell[i].heads.count;
	uint64_t *out = arena_array(a, total ? total : 1, sizeof *out);
	if (!out)
		return err_memory(e);
	*n = 0;
	for (size_t i = 0; i < f.count; i++)
		for (size_t j = 0; j < f.cell[i].heads.count; j++)
			out[(*n)++] = f.cell[i].heads.item[j].cid;
	*cids = out;
	return true;
}

// --- rule 4

struct existence {
	bool alive;
	const char *flag;
};

// Cells from..to of one record or one element; `~` is among them or absent.
static bool fold_existence(
    struct folded *f, size_t from, size_t to, const char *tilde, struct existence *out)
{
	const struct fold_cell *self = NULL;
	*out = (struct existence){ .alive = true };
	for (size_t i = from; i < to; i++)
		if (strcmp(f->cell[i].fld, tilde) == 0)
			self = &f->cell[i];
	size_t gone = 0;
	for (size_t i = 0; self && i < self->heads.count; i++)
		gone += strcmp(self->heads.item[i].val, "0") == 0;
	if (!gone)
		return true;
	if (gone < self->heads.count) {
		out->flag = "deleted-and-kept";
		return true;
	}
	// All heads are tombstones: what they have not seen keeps it alive. self->seen holds the
	// prev of every change of "~"; those of superseded tombstones were seen by the ones that
	// superseded them.
	for (size_t i = from; i < to && !BREAK_delwins; i++)
		for (size_t j = 0; j < f->cell[i].heads.count; j++) {
			const struct fold_cell *c = &f->cell[i];
			if (c != self && strcmp(c->fld, "!redact") != 0 &&
			    !has_u64(self->seen, self->seen_count, c->heads.item[j].cid)) {
				out->flag = "deleted-but-edited";
				return true;
			}
		}
	out->alive = false;
	return true;
}

// --- writing the state

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

static bool state_cell(
    struct db *db, const struct id *ent, const struct fold_cell *c, bool alive, struct err *e)
{
	size_t n = fold_distinct(&c->heads, c->fld);
	const char *shown = c->heads.count ? c->heads.item[c->heads.count - 1].val : "";
	if (!strcmp(c->fld, "!redact") || (n <= 1 && !*shown))
		return true;
	struct ask *q = db_ask(db, "INSERT INTO cell(ent,fld,val,n) VALUES(?,?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, c->fld);
	ask_text(q, 3, shown);
	ask_int(q, 4, (int64_t)n);
	return ask_run(q, e) && (n < 2 || !alive || state_clash(db, ent, c->fld, "value", e));
}

static bool state_rec(
    struct db *db, const struct id *ent, const struct folded *f, struct existence x, struct err *e)
{
	struct ask *q = db_ask(
	    db, "INSERT OR REPLACE INTO rec(ent,kind,scope,alive,flag) VALUES(?,?,?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, f->kind);
	ask_id(q, 3, &f->scope);
	ask_int(q, 4, x.alive);
	ask_text(q, 5, x.flag);
	return ask_run(q, e) && (!x.flag || state_clash(db, ent, "~", x.flag, e));
}

// Cells that stand in the record's own row: all but existence and the elements of lists, which
// decide on their own existence first.
static bool state_cells(
    struct db *db, const struct id *ent, struct folded *f, bool alive, struct err *e)
{
	for (size_t i = 0; i < f->count;) {
		size_t prefix = fold_element_prefix(f->cell[i].fld), to = i + 1;
		if (!prefix) {
			if (strcmp(f->cell[i].fld, "~") != 0 &&
			    !state_cell(db, ent, &f->cell[i], alive, e))
				return false;
			i++;
			continue;
		}
		while (to < f->count && strncmp(f->cell[to].fld, f->cell[i].fld, prefix + 1) == 0)
			to++;
		struct existence x;
		const char *tilde = arena_printf(f->a, "%.*s.~", (int)prefix, f->cell[i].fld);
		if (!tilde)
			return err_memory(e);
		fold_existence(f, i, to, tilde, &x);
		if (x.flag && alive && !state_clash(db, ent, tilde, x.flag, e))
			return false;
		for (; i < to; i++)
			if (x.alive && strcmp(f->cell[i].fld, tilde) != 0 &&
			    !state_cell(db, ent, &f->cell[i], alive, e))
				return false;
	}
	return true;
}

// --- typed tables: one row a living record of a built-in kind

struct typed {
	const char *kind;
	const char *insert, *wipe;
	const char **column; // field ids, in the order of the table; "id" first
	size_t count;
};

static char *typed_field(struct arena *a, const char *column)
{
	size_t n = strlen(column);
	return arena_copy(a, column, n && column[n - 1] == '_' ? n - 1 : n);
}

static bool typed_describe(struct store *s, const char *kind, struct typed *t, struct err *e)
{
	struct arena *a = &s->arena;
	struct str sql = STR_IN(a);
	struct ask *q = db_ask(s->db, "SELECT name FROM pragma_table_info(?)", e);
	struct err own = { 0 };
	size_t cap = 0;
	if (!q)
		return false;
	ask_text(q, 1, kind);
	str_printf(&sql, "INSERT OR REPLACE INTO \"%s\" VALUES(", kind);
	while (ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&t->column, t->count, &cap, sizeof *t->column) ||
		    !(t->column[t->count] = typed_field(a, col_text(q, 0))))
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
static const char *typed_members(struct folded *f, const char *field)
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

static int compare_cell(const void *key, const void *cell)
{
	return strcmp(key, ((const struct fold_cell *)cell)->fld);
}

static const char *typed_value(struct folded *f, const char *field)
{
	const struct fold_cell *c =
	    f->count ? bsearch(field, f->cell, f->count, sizeof *f->cell, compare_cell) : NULL;
	if (!c || !c->heads.count)
		return typed_members(f, field);
	const char *val = c->heads.item[c->heads.count - 1].val;
	return *val ? val : NULL;
}

// Described once a store, when the first record of the kind is folded.
static struct typed *typed_find(struct store *s, const char *kind, struct err *e)
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
	if (!typed_describe(s, kind, t, e))
		return NULL;
	s->typed_count++;
	return t;
}

static bool state_typed(
    struct store *s, const struct id *ent, struct folded *f, bool alive, struct err *e)
{
	char id[ID_TEXT];
	if (!kind_find(f->kind))
		return true;
	struct typed *t = typed_find(s, f->kind, e);
	if (!t)
		return false;
	struct ask *q = db_ask(s->db, alive ? t->insert : t->wipe, e);
	if (!q)
		return false;
	id_print(ent, id);
	ask_text(q, 1, id);
	for (size_t i = 1; alive && i < t->count; i++)
		ask_text(q, (int)i + 1, typed_value(f, t->column[i]));
	return ask_run(q, e);
}

// --- the whole

// Rule 5: in memory for this fold, and in the log for good (its text must not stay anywhere).
static bool erase_rows(
    struct store *s, const struct id *ent, const uint64_t *gone, size_t n, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(s->db, "SELECT sid,seq,cid FROM change WHERE ent=? AND val NOT NULL", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	while (!own.code && ask_step(q, &own)) {
		if (!has_u64(gone, n, (uint64_t)col_int(q, 2)))
			continue;
		struct ask *blank =
		    db_ask(s->db, "UPDATE change SET val=NULL WHERE sid=? AND seq=?", &own);
		if (!blank)
			break;
		ask_int(blank, 1, col_int(q, 0));
		ask_int(blank, 2, col_int(q, 1));
		s->erased = true;
		ask_run(blank, &own);
	}
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
	qsort(gone, all->count, sizeof *gone, compare_u64);
	for (size_t i = 0; i < f->count; i++)
		for (size_t j = 0; j < f->cell[i].heads.count; j++)
			if (has_u64(gone, all->count, f->cell[i].heads.item[j].cid))
				f->cell[i].heads.item[j].val = "";
	return erase_rows(s, ent, gone, all->count, e);
}

static bool fold_write(struct store *s, const struct id *ent, struct folded *f, struct err *e)
{
	struct existence x;
	const char *old, *new;
	if (!search_document(s, f->a, ent, &old, e) || !state_clear(s->db, ent, e))
		return false;
	if (!f->count)
		return search_update(s, ent, old, "", e);
	fold_existence(f, 0, f->count, "~", &x);
	return state_rec(s->db, ent, f, x, e) && state_cells(s->db, ent, f, x.alive, e) &&
	       state_typed(s, ent, f, x.alive, e) && search_document(s, f->a, ent, &new, e) &&
	       search_update(s, ent, old, new, e);
}

static void form_folded(struct store *s, const struct folded *f)
{
	if (!f->count || strcmp(f->kind, "form") != 0)
		return;
	s->forms_known = false;
	s->forms_touched = true;
}

bool fold_record(struct store *s, const struct id *ent, int64_t until, struct err *e)
{
	struct arena a = { 0 };
	struct folded f = { .a = &a };
	bool ok = folded_read(s->db, &f, ent, NULL, NULL, until, e) &&
		  fold_erasures(s, ent, &f, e) && fold_write(s, ent, &f, e);
	if (ok)
		form_folded(s, &f);
	arena_free(&a);
	return ok;
}

static int compare_fold_cells(const void *a, const void *b)
{
	return strcmp(((const struct fold_cell *)a)->fld, ((const struct fold_cell *)b)->fld);
}

static const char *fresh_document(struct store *s, const struct folded *f)
{
	struct str doc = STR_IN(f->a);
	for (size_t i = 0; i < f->count; i++) {
		const char *val = f->cell[i].heads.item->val;
		if (!*val || !search_takes(s, f->kind, f->cell[i].fld, val))
			continue;
		str_add(&doc, val);
		str_add_char(&doc, '\n');
	}
	return str_done(&doc);
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
	struct existence alive = { .alive = true };
	const char *doc = fresh_document(s, &f);
	form_folded(s, &f);
	return (doc || err_memory(e)) && state_rec(s->db, &fresh->id, &f, alive, e) &&
	       state_cells(s->db, &fresh->id, &f, true, e) &&
	       state_typed(s, &fresh->id, &f, true, e) && search_update(s, &fresh->id, "", doc, e);
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
