// SPDX-License-Identifier: MIT
// The fold: what a record shows, as a function of the set of its changes and of nothing else.
//
// Rule 1. The heads of a cell are its changes whose cid no other change of that cell names in prev.
// Rule 2. Shown is the head with the largest (hlc, cid).
// Rule 3. Heads with more than one distinct value are a conflict; equal values are agreement. Two
//         values that differ only in blanks at their ends are equal. Places among siblings never
//         conflict.
// Rule 4. "~" is existence: no head of value 0 = alive; all heads 0, and every head of every cell
//         seen by a head tombstone = deleted; else alive, flagged deleted-but-edited or
//         deleted-and-kept. The same holds for an element of a list with its own "~".
// Rule 5. A change erased by a !redact change counts as one that emptied the cell.
// Rule 6. One cid counts once, in however many streams it stands (forks).
// Rule 7. A record belongs to one scope: that of its first change, by (hlc, cid), among those whose
//         scope suits its kind. Changes of it in a stream of another scope stay in the log and do
//         not count.
#include "store/log/fold.h"
#include "store/log/scope.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

static int fold_compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

void cids_sort(uint64_t *cid, size_t n)
{
	if (n > 1)
		qsort(cid, n, sizeof *cid, fold_compare_u64);
}

bool cids_have(const uint64_t *sorted, size_t n, uint64_t cid)
{
	return n && bsearch(&cid, sorted, n, sizeof cid, fold_compare_u64);
}

static int fold_compare_heads(const void *a, const void *b)
{
	const struct head *x = a, *y = b;
	if (x->hlc != y->hlc)
		return x->hlc < y->hlc ? -1 : 1;
	if (BREAK_cidtie)
		return (x->sid > y->sid) - (x->sid < y->sid);
	return (x->cid > y->cid) - (x->cid < y->cid);
}

static bool fold_cell_add(
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

// By (hlc, cid), each once.
static size_t fold_heads_order(struct head *h, size_t n)
{
	size_t once = 0;
	if (n > 1)
		qsort(h, n, sizeof *h, fold_compare_heads);
	for (size_t i = 0; i < n; i++)
		if (!once || h[once - 1].cid != h[i].cid)
			h[once++] = h[i];
	return once;
}

// Rules 1, 2 and 6.
static void fold_cell_close(struct fold_cell *c)
{
	cids_sort(c->seen, c->seen_count);
	size_t n = 0;
	for (size_t i = 0; i < c->count; i++)
		if (!cids_have(c->seen, c->seen_count, c->change[i].cid))
			c->change[n++] = c->change[i];
	size_t once = fold_heads_order(c->change, n);
	if (BREAK_maxhlc && once)
		c->change[0] = c->change[once - 1], once = 1;
	c->heads = (struct heads){ c->change, once };
}

static bool fold_ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && strcmp(text + n - m, end) == 0;
}

static bool fold_same_value(const char *a, const char *b)
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

static int fold_compare_values(const void *a, const void *b)
{
	const struct shown_value *x = a, *y = b;
	int order = memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);
	return order ? order : (x->n > y->n) - (x->n < y->n);
}

static size_t fold_distinct_sorted(const struct heads *h)
{
	struct arena a = { 0 };
	struct shown_value *v = arena_array(&a, h->count, sizeof *v);
	size_t distinct = v ? 1 : 2; // without memory: a conflict, as it surely is
	for (size_t i = 0; v && i < h->count; i++) {
		v[i].n = strlen(h->item[i].val);
		v[i].text = text_trim(h->item[i].val, &v[i].n);
	}
	if (v)
		qsort(v, h->count, sizeof *v, fold_compare_values);
	for (size_t i = 1; v && i < h->count; i++)
		distinct += fold_compare_values(&v[i - 1], &v[i]) != 0;
	arena_free(&a);
	return distinct;
}

size_t fold_distinct(const struct heads *h, const char *fld)
{
	enum { FEW = 16 };
	if (h->count < 2 || strcmp(fld, "position") == 0 || fold_ends_with(fld, ".pos"))
		return h->count ? 1 : 0;
	if (h->count > FEW)
		return fold_distinct_sorted(h);
	size_t distinct = 0;
	for (size_t i = 0; i < h->count; i++) {
		size_t j = 0;
		while (j < i && !fold_same_value(h->item[i].val, h->item[j].val))
			j++;
		distinct += j == i;
	}
	return distinct;
}

// --- cells of several records as those of one

static int fold_compare_names(const void *a, const void *b)
{
	return strcmp(((const struct fold_cell *)a)->fld, ((const struct fold_cell *)b)->fld);
}

static bool fold_says_nothing(const struct fold_cell *c)
{
	return fold_distinct(&c->heads, c->fld) <= 1 &&
	       (!c->heads.count || !*c->heads.item[c->heads.count - 1].val);
}

// Cells from..to have one name.
static bool fold_cell_unite(struct arena *a, const struct fold_cell *from,
    const struct fold_cell *to, struct fold_cell *out)
{
	size_t heads = 0, seen = 0, silent = 0, n = (size_t)(to - from);
	for (size_t i = 0; i < n; i++) {
		heads += from[i].heads.count;
		seen += from[i].seen_count;
		silent += fold_says_nothing(&from[i]);
	}
	struct fold_cell c = { .fld = from->fld,
		.heads.item = arena_array(a, heads + 1, sizeof *c.heads.item),
		.seen = arena_array(a, seen + 1, sizeof *c.seen) };
	if (!c.heads.item || !c.seen)
		return false;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < from[i].seen_count; j++)
			c.seen[c.seen_count++] = from[i].seen[j];
		if (silent < n && fold_says_nothing(&from[i]))
			continue;
		for (size_t j = 0; j < from[i].heads.count; j++)
			c.heads.item[c.heads.count++] = from[i].heads.item[j];
	}
	cids_sort(c.seen, c.seen_count);
	c.heads.count = fold_heads_order(c.heads.item, c.heads.count);
	*out = c;
	return true;
}

bool fold_unite(struct folded *f)
{
	size_t n = 0;
	if (f->count > 1)
		qsort(f->cell, f->count, sizeof *f->cell, fold_compare_names);
	for (size_t i = 0, to; i < f->count; i = to) {
		struct fold_cell one = f->cell[i];
		to = i + 1;
		while (to < f->count && strcmp(f->cell[to].fld, f->cell[i].fld) == 0)
			to++;
		if (to - i > 1 && !fold_cell_unite(f->a, &f->cell[i], &f->cell[to], &one))
			return false;
		f->cell[n++] = one;
	}
	f->count = n;
	return true;
}

static bool fold_hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

size_t fold_element_prefix(const char *fld)
{
	// The name of an answer may look like the digits of an element.
	const char *from = str_starts(fld, "answers.") ? fld + strlen("answers.") : fld;
	for (const char *dot = strchr(from, '.'); dot; dot = strchr(dot + 1, '.')) {
		int i = 1;
		while (i <= 8 && fold_hex_digit(dot[i]))
			i++;
		if (i == 9 && dot[9] == '.' && dot[10])
			return (size_t)(dot + 9 - fld);
	}
	return 0;
}

// --- reading the log

struct fold_row {
	struct head head;
	const char *fld, *kind;
	struct id scope;
	const uint64_t *prev;
	size_t prevs;
};

#define ROWS_OF_RECORD                                                                             \
	"SELECT c.sid,c.cid,c.hlc,c.at,c.fld,c.val,c.prev,c.kind,s.scope"                          \
	" FROM change c JOIN stream s ON s.sid=c.sid WHERE c.ent=?1"

static bool fold_row_read(struct ask *q, struct arena *a, struct fold_row *r)
{
	size_t n = col_size(q, 6);
	*r = (struct fold_row){
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

// Kind and scope are one for all changes of a record; should a forged log say otherwise, the newest
// change says which, and where several are newest the larger: the same in every copy.
static bool fold_says_kind(const struct folded *f, const struct fold_row *r)
{
	if (!f->kind || r->head.hlc != f->kind_hlc)
		return !f->kind || r->head.hlc > f->kind_hlc;
	int order = strcmp(r->kind, f->kind);
	return order ? order > 0 : memcmp(&r->scope, &f->scope, sizeof r->scope) > 0;
}

static bool fold_folded_take(struct folded *f, const struct fold_row *r)
{
	if (fold_says_kind(f, r)) {
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
	return fold_cell_add(
	    f->a, &f->cell[f->count - 1], &r->head, r->prev, erasure ? 0 : r->prevs);
}

// --- rule 7

struct fold_rows {
	struct fold_row *item;
	size_t count, cap;
};

static bool fold_row_is_before(const struct fold_row *a, const struct fold_row *b)
{
	bool x = scope_suits(&a->scope, a->kind), y = scope_suits(&b->scope, b->kind);
	return x != y ? x : fold_compare_heads(&a->head, &b->head) < 0;
}

// Of one cell alone it cannot be told: then what the fold of the whole record found stands in the
// tables. The collaborative is everybody's; it alone is asked of a log that has no tables.
static bool fold_scope_stored(
    struct db *db, const struct id *ent, struct id *scope, bool *found, struct err *e)
{
	struct err own = { 0 };
	*scope = ID_COLLABORATIVE;
	*found = id_equal(ent, &ID_COLLABORATIVE);
	if (*found)
		return true;
	struct ask *q = db_ask(db, "SELECT scope FROM rec WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	*found = ask_step(q, &own) && col_id(q, 0, scope);
	return ask_end(q, &own, e);
}

static bool fold_rows_scope(struct db *db, const struct fold_rows *rows, const struct id *ent,
    bool whole, struct id *scope, bool *found, struct err *e)
{
	if (!whole && !fold_scope_stored(db, ent, scope, found, e))
		return false;
	if (!whole && *found)
		return true;
	const struct fold_row *first = rows->item;
	for (size_t i = 1; i < rows->count; i++)
		if (fold_row_is_before(&rows->item[i], first))
			first = &rows->item[i];
	*found = first != NULL;
	if (first)
		*scope = first->scope;
	return true;
}

static bool fold_rows_read(struct db *db, struct arena *a, const struct id *ent, const char *fld,
    const char *prefix, int64_t until, struct fold_rows *out, struct err *e)
{
	struct ask *q =
	    db_ask(db, fld ? ROWS_OF_RECORD " AND c.fld=?2" : ROWS_OF_RECORD " ORDER BY c.fld", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, ent);
	if (fld)
		ask_text(q, 2, fld);
	while (!own.code && ask_step(q, &own)) {
		if (until && col_int(q, 3) > until)
			continue;
		if (prefix && !str_starts(col_text(q, 4), prefix))
			continue;
		if (!arena_grow(a, (void **)&out->item, out->count, &out->cap, sizeof *out->item) ||
		    !fold_row_read(q, a, &out->item[out->count]))
			err_memory(&own);
		else
			out->count++;
	}
	return ask_end(q, &own, e);
}

bool fold_read(struct db *db, struct folded *f, const struct id *ent, const char *fld,
    const char *prefix, int64_t until, struct err *e)
{
	struct fold_rows rows = { 0 };
	struct id scope;
	bool found = false;
	if (!fold_rows_read(db, f->a, ent, fld, prefix, until, &rows, e) ||
	    !fold_rows_scope(db, &rows, ent, !fld && !prefix, &scope, &found, e))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		bool inside = BREAK_crossing || !found || id_equal(&rows.item[i].scope, &scope);
		if (inside && !fold_folded_take(f, &rows.item[i]))
			return err_memory(e);
	}
	for (size_t i = 0; i < f->count; i++)
		fold_cell_close(&f->cell[i]);
	return true;
}

bool fold_heads(struct db *db, struct arena *a, const struct id *ent, const char *fld,
    struct heads *out, struct err *e)
{
	struct folded f = { .a = a };
	if (!fold_read(db, &f, ent, fld, NULL, 0, e))
		return false;
	*out = f.count ? f.cell[0].heads : (struct heads){ 0 };
	return true;
}

bool fold_seen(struct db *db, struct arena *a, const struct id *ent, const char *prefix,
    const uint64_t **cids, size_t *n, struct err *e)
{
	struct folded f = { .a = a };
	if (!fold_read(db, &f, ent, NULL, prefix, 0, e))
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

struct existence fold_existence(const struct folded *f, size_t from, size_t to, const char *tilde)
{
	const struct fold_cell *self = NULL;
	for (size_t i = from; i < to; i++)
		if (strcmp(f->cell[i].fld, tilde) == 0)
			self = &f->cell[i];
	size_t gone = 0;
	for (size_t i = 0; self && i < self->heads.count; i++)
		gone += strcmp(self->heads.item[i].val, "0") == 0;
	if (!gone)
		return (struct existence){ true, NULL };
	if (gone < self->heads.count)
		return (struct existence){ true, "deleted-and-kept" };
	// All heads are tombstones: what they have not seen keeps it alive. self->seen holds the
	// prev of every change of "~"; those of superseded tombstones were seen by the ones that
	// superseded them.
	for (size_t i = from; i < to && !BREAK_delwins; i++)
		for (size_t j = 0; j < f->cell[i].heads.count; j++) {
			const struct fold_cell *c = &f->cell[i];
			if (c != self && *c->fld != '!' &&
			    !cids_have(self->seen, self->seen_count, c->heads.item[j].cid))
				return (struct existence){ true, "deleted-but-edited" };
		}
	return (struct existence){ false, NULL };
}
