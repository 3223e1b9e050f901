// SPDX-License-Identifier: MIT
// The full-text index: kept by the fold, asked by search_find.
//
// Rule 1. A record's document is the text of its cells that people typed as text (by its form), in
//         the order of the cells' names: a function of the table cell alone. (By the built-in form:
//         what a workbook brings may come and go, a document stays.)
// Rule 2. The index is told the old document and the new one, so it holds no text of its own.
#include "store/log/store.h"

#include <plando/search.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- documents

static bool search_is_letter(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Does a word go on here? Of what is not ASCII only general punctuation (U+2000..U+207F: dashes,
// quotes) is no part of one.
static bool search_in_word(const char *at)
{
	const unsigned char *p = (const unsigned char *)at;
	if (p[0] == 0xe2 && (p[1] == 0x80 || p[1] == 0x81))
		return false;
	return search_is_letter(*p) || (*p >= '0' && *p <= '9');
}

static bool search_has_letter(const char *text)
{
	while (*text && !search_is_letter((unsigned char)*text))
		text++;
	return *text != '\0';
}

// "predictions.3fa90b12.result" is the form's "predictions.result".
static const char *search_field_name(const char *cell, char name[160])
{
	size_t prefix = fold_element_prefix(cell);
	if (!prefix || strlen(cell) >= 160)
		return cell;
	snprintf(name, 160, "%.*s%s", (int)(prefix - 9), cell, cell + prefix);
	return name;
}

// Text by its form; what no form of ours knows (a newer program's, answers of an own form) by its
// look.
static bool search_searchable(const struct form *form, const char *cell, const char *value)
{
	char name[160];
	struct id id;
	const struct form_field *f = form ? form_field(form, search_field_name(cell, name)) : NULL;
	if (f)
		return f->type == FIELD_TEXT || f->type == FIELD_MEMO;
	size_t n = strlen(cell);
	return search_has_letter(value) && !id_parse(value, &id) &&
	       (n < 4 || strcmp(cell + n - 4, ".pos") != 0);
}

bool search_takes(struct store *s, const char *kind, const char *cell, const char *value)
{
	return search_searchable(forms_built_in(s->forms, kind, NULL), cell, value);
}

bool search_document(
    struct store *s, struct arena *a, const struct id *ent, const char **out, struct err *e)
{
	struct err own = { 0 };
	struct str doc = STR_IN(a);
	struct ask *q = db_ask(s->db,
	    "SELECT r.kind,c.fld,c.val FROM rec r JOIN cell c ON c.ent=r.ent WHERE r.ent=? AND "
	    "r.alive ORDER BY c.fld",
	    e);
	const struct form *form = NULL;
	if (!q)
		return false;
	ask_id(q, 1, ent);
	for (bool first = true; ask_step(q, &own); first = false) {
		if (first)
			form = forms_built_in(s->forms, col_text(q, 0), NULL);
		if (!search_searchable(form, col_text(q, 1), col_text(q, 2)))
			continue;
		str_add(&doc, col_text(q, 2));
		str_add_char(&doc, '\n');
	}
	*out = str_done(&doc);
	return ask_end(q, &own, e) && (*out || err_memory(e));
}

static bool search_doc_id(struct db *db, const struct id *ent, int64_t *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "INSERT OR IGNORE INTO doc(ent) VALUES(?)", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	if (!ask_run(q, e))
		return false;
	if (db_changed(db)) {
		*out = db_rowid(db);
		return true;
	}
	q = db_ask(db, "SELECT id FROM doc WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	if (ask_step(q, &own))
		*out = col_int(q, 0);
	return ask_end(q, &own, e);
}

static bool search_index_write(
    struct db *db, const char *sql, int64_t id, const char *doc, struct err *e)
{
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	ask_int(q, 1, id);
	ask_text(q, 2, doc);
	return ask_run(q, e);
}

bool search_update(
    struct store *s, const struct id *ent, const char *old, const char *new, struct err *e)
{
	int64_t id = 0;
	if (strcmp(old, new) == 0)
		return true;
	return search_doc_id(s->db, ent, &id, e) &&
	       (!*old ||
		   search_index_write(s->db,
		       "INSERT INTO search(search,rowid,val) VALUES('delete',?,?)", id, old, e)) &&
	       (!*new || search_index_write(
			     s->db, "INSERT INTO search(rowid,val) VALUES(?,?)", id, new, e));
}

// --- asking

struct search_wanted_of {
	const char **word; // folded
	size_t count;
};

// "ring fam" -> "\"ring\" \"fam\"*"; what is no letter or digit parts words.
static const char *search_match_words(
    struct arena *a, const char *words, struct search_wanted_of *out)
{
	struct str sql = STR_IN(a);
	size_t cap = 0;
	for (const char *p = words; *p;) {
		size_t n = 0, all = strlen(p);
		while (n < all && search_in_word(p + n))
			n = text_next(p, all, n);
		if (!n) {
			p += text_next(p, all, 0);
			continue;
		}
		const char *word = arena_copy(a, p, n), *folded = word ? text_fold(a, word) : NULL;
		if (!folded ||
		    !arena_grow(a, (void **)&out->word, out->count, &cap, sizeof *out->word))
			return NULL;
		out->word[out->count++] = folded;
		str_printf(&sql, "%s\"%s\"", sql.length ? " " : "", word);
		p += n;
		if (!*p)
			str_add_char(&sql, '*');
	}
	return str_done(&sql);
}

// Where the folded `word` begins in `text`, by clusters: folding changes lengths.
static bool search_word_place(
    struct arena *a, const char *text, const char *word, size_t *from, size_t *to)
{
	size_t n = strlen(text), want = strlen(word);
	bool inside = false;
	for (size_t at = 0; at < n; at = text_next(text, n, at)) {
		bool part = search_in_word(text + at);
		if (part && !inside) {
			size_t end = at;
			while (end < n && search_in_word(text + end))
				end = text_next(text, n, end);
			const char *whole = arena_copy(a, text + at, end - at);
			const char *folded = whole ? text_fold(a, whole) : NULL;
			if (folded && strncmp(folded, word, want) == 0) {
				*from = at;
				*to = end;
				return true;
			}
		}
		inside = part;
	}
	return false;
}

enum { BEFORE = 24, EXCERPT = 72 };

// One safe line around the word.
static bool search_excerpt(
    struct arena *a, const char *text, size_t from, size_t to, struct search_hit *hit)
{
	size_t start = from, n = strlen(text), end = to;
	for (int i = 0; i < BEFORE && start; i++)
		start = text_prev(text, start);
	while (end < n && end - start < EXCERPT)
		end = text_next(text, n, end);
	const char *head = arena_copy(a, text + start, from - start),
		   *mid = arena_copy(a, text + from, to - from),
		   *tail = arena_copy(a, text + to, end - to);
	if (!head || !mid || !tail)
		return false;
	struct str out = STR_IN(a);
	str_add(&out, start ? "…" : "");
	str_add(&out, text_safe(a, head, false));
	hit->from = out.length;
	str_add(&out, text_safe(a, mid, false));
	hit->to = out.length;
	str_add(&out, text_safe(a, tail, false));
	str_add(&out, end < n ? "…" : "");
	hit->excerpt = str_done(&out);
	return hit->excerpt != NULL;
}

static bool search_hit_team(struct store *s, struct arena *a, struct search_hit *hit, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT c.val,r.scope FROM rec r JOIN cell c ON c.ent=r.scope AND c.fld='name' JOIN "
	    "rec t ON "
	    "t.ent=r.scope"
	    " WHERE r.ent=? AND t.kind='team'",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &hit->id);
	if (ask_step(q, &own) && col_id(q, 1, &hit->team_id))
		hit->team = arena_strdup(a, col_text(q, 0));
	return ask_end(q, &own, e);
}

static bool search_hit_fill(struct store *s, struct arena *a, const struct search_wanted_of *w,
    struct search_hit *hit, struct err *e)
{
	struct record r;
	size_t from, to;
	if (!record_load(s, a, &hit->id, &r, e) || !search_hit_team(s, a, hit, e))
		return false;
	const struct form *form = forms_built_in(s->forms, r.kind, NULL);
	hit->kind = r.kind;
	hit->title = record_title(s, a, &r);
	for (size_t i = 0; i < r.count && !hit->excerpt; i++) {
		const struct cell *c = &r.cells[i];
		if (!search_searchable(form, c->field, c->value) ||
		    !search_word_place(a, c->value, w->word[0], &from, &to))
			continue;
		hit->field = c->field;
		if (!search_excerpt(a, c->value, from, to, hit))
			return err_memory(e);
	}
	if (!hit->field) // the index folds a little differently from us: the record is right, the
			 // place unknown
		hit->field = hit->excerpt = "";
	return hit->title || err_memory(e);
}

static int search_named_first(const struct search_hit *h)
{
	static const char *const naming[] = { "name", "title", "text", "what" };
	for (size_t i = 0; i < sizeof naming / sizeof *naming; i++)
		if (strcmp(h->field, naming[i]) == 0)
			return 0;
	return 1;
}

static int search_compare_hits(const void *x, const void *y)
{
	const struct search_hit *a = x, *b = y;
	int order = search_named_first(a) - search_named_first(b);
	if (!order)
		order = strcmp(a->team ? a->team : "", b->team ? b->team : "");
	if (!order)
		order = strcmp(a->kind, b->kind);
	if (!order)
		order = strcmp(a->title, b->title);
	return order ? order : id_compare(&a->id, &b->id);
}

bool search_find(struct store *s, struct arena *a, const char *words, size_t most,
    struct search_hits *out, struct err *e)
{
	struct err own = { 0 };
	struct search_wanted_of w = { 0 };
	const char *match = search_match_words(a, words, &w);
	*out = (struct search_hits){ .item = arena_array(a, most + 1, sizeof *out->item) };
	if (!match || !out->item)
		return err_memory(e);
	if (!w.count)
		return true;
	struct ask *q = db_ask(s->db,
	    "SELECT d.ent FROM search JOIN doc d ON d.id=search.rowid WHERE search MATCH ? LIMIT ?",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, match);
	ask_int(q, 2, (int64_t)most + 1);
	while (ask_step(q, &own))
		if (col_id(q, 0, &out->item[out->count].id))
			out->count++;
	if (!ask_end(q, &own, e))
		return false;
	out->more = out->count > most;
	out->count -= out->more;
	for (size_t i = 0; i < out->count; i++)
		if (!search_hit_fill(s, a, &w, &out->item[i], e))
			return false;
	if (out->count > 1)
		qsort(out->item, out->count, sizeof *out->item, search_compare_hits);
	return true;
}
