// SPDX-License-Identifier: MIT
#include <plando/blend.h>

#include "base/diff.h"

#include <plando/index.h>
#include <plando/str.h>

#include <string.h>

enum side { BASE, FIRST, SECOND, SIDES };

// A text cut into pieces: lines (without their line feed), or words, blanks and signs.
struct pieces {
	const char **at; // count + 1: the last one is the end of the text
	size_t *length;
	uint32_t *number; // equal pieces have equal numbers
	size_t count, cap;
};

struct blending {
	struct arena *a;
	struct blend *out;
	size_t cap;
	bool line_open; // a line stands already: the next one needs a line feed
};

// A part of each text that belongs together: pieces [from, to) of each.
struct blend_part {
	size_t from[SIDES], to[SIDES];
};

// --- runs

static bool blend_run_add(struct blending *w, struct blend_run run)
{
	struct blend *o = w->out;
	struct blend_run *last = o->count ? &o->run[o->count - 1] : NULL;
	if (run.n == 0)
		return true;
	if (last && last->from == run.from && last->gone == run.gone && last->clash == run.clash &&
	    last->text + last->n == run.text) {
		last->n += run.n;
		return true;
	}
	if (!arena_grow(w->a, (void **)&o->run, o->count, &w->cap, sizeof *o->run))
		return false;
	o->run[o->count++] = run;
	return true;
}

// --- cutting

static bool blend_piece_add(struct arena *a, struct pieces *p, const char *at, size_t n)
{
	size_t cap = p->cap;
	if (!arena_grow(a, (void **)&p->at, p->count, &cap, sizeof *p->at))
		return false;
	cap = p->cap;
	if (!arena_grow(a, (void **)&p->length, p->count, &cap, sizeof *p->length))
		return false;
	if (!arena_grow(a, (void **)&p->number, p->count, &p->cap, sizeof *p->number))
		return false;
	p->at[p->count] = at;
	p->length[p->count++] = n;
	return true;
}

static bool blend_lines_cut(struct arena *a, struct pieces *p, const char *text, size_t n)
{
	const char *end = text + n;
	for (;;) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		if (!blend_piece_add(a, p, text, (size_t)((feed ? feed : end) - text)))
			return false;
		if (!feed)
			return true;
		text = feed + 1;
	}
}

static bool blend_is_word(unsigned char c)
{
	return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool blend_is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

// "12.50", "don't", "same-day" and "10:30" are one word each.
static size_t blend_word_end(const char *text, size_t n, size_t at)
{
	while (at < n && (blend_is_word((unsigned char)text[at]) ||
			     (at + 1 < n && at && strchr(".,'-:/", text[at]) && text[at] &&
				 blend_is_word((unsigned char)text[at - 1]) &&
				 blend_is_word((unsigned char)text[at + 1]))))
		at++;
	return at;
}

static bool blend_words_cut(struct arena *a, struct pieces *p, const char *text, size_t n)
{
	for (size_t at = 0, end; at < n; at = end) {
		end = at + 1;
		if (blend_is_word((unsigned char)text[at]))
			end = blend_word_end(text, n, at);
		else
			while (blend_is_blank((unsigned char)text[at]) && end < n &&
			       blend_is_blank((unsigned char)text[end]))
				end++;
		if (!blend_piece_add(a, p, text + at, end - at))
			return false;
	}
	return true;
}

// Equal pieces of all three get the same number.
static bool blend_pieces_number(struct arena *a, struct pieces p[SIDES])
{
	struct index known = INDEX_IN(a);
	size_t total = p[BASE].count + p[FIRST].count + p[SECOND].count, distinct = 0;
	const char **at = arena_array(a, total + 1, sizeof *at);
	size_t *length = arena_array(a, total + 1, sizeof *length);
	if (!at || !length)
		return false;
	for (int s = 0; s < SIDES; s++)
		for (size_t i = 0; i < p[s].count; i++) {
			uint64_t hash = index_hash(p[s].at[i], p[s].length[i], 7);
			size_t walk = 0, found;
			while ((found = index_next(&known, hash, &walk)) != SIZE_MAX)
				if (length[found] == p[s].length[i] &&
				    memcmp(at[found], p[s].at[i], length[found]) == 0)
					break;
			if (found == SIZE_MAX) {
				found = distinct++;
				at[found] = p[s].at[i];
				length[found] = p[s].length[i];
				if (!index_put(&known, hash, found))
					return false;
			}
			p[s].number[i] = (uint32_t)found;
		}
	return true;
}

// --- hunks: what a side changed of the base

struct hunk {
	size_t from, to;	   // of the base
	size_t side_from, side_to; // of the side
};

struct hunks {
	struct hunk *item;
	size_t count, cap;
};

static bool blend_hunks_find(
    struct arena *a, const struct pieces *base, const struct pieces *side, struct hunks *out)
{
	struct sequence x = { side->number, side->count, NULL },
			y = { base->number, base->count, NULL };
	*out = (struct hunks){ 0 };
	if (!diff_sequences(a, &x, &y))
		return false;
	for (size_t i = 0, j = 0; i < x.count || j < y.count;) {
		if (!x.changed[i] && !y.changed[j]) {
			i++;
			j++;
			continue;
		}
		struct hunk h = { j, j, i, i };
		while (y.changed[j])
			h.to = ++j;
		while (x.changed[i])
			h.side_to = ++i;
		if (!arena_grow(a, (void **)&out->item, out->count, &out->cap, sizeof *out->item))
			return false;
		out->item[out->count++] = h;
	}
	return true;
}

// --- walking both lists of hunks

struct blend_walk {
	const struct pieces *p;
	struct hunks h[SIDES]; // of FIRST and SECOND
	size_t next[SIDES];
	size_t at[SIDES]; // where the part that is still to come begins
	bool words;	  // blanks alone do not keep two hunks apart
};

// Does anything stand between, from `from` (of the base) on, that keeps two hunks apart?
static bool blend_is_gap(const struct blend_walk *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!w->words || !blend_is_blank((unsigned char)*w->p[BASE].at[i]))
			return true;
	return false;
}

// The hunk that begins first, of either side; NULL: no more.
static const struct hunk *blend_hunk_next(const struct blend_walk *w, int *side)
{
	const struct hunk *best = NULL;
	for (int s = FIRST; s <= SECOND; s++) {
		const struct hunk *h =
		    w->next[s] < w->h[s].count ? &w->h[s].item[w->next[s]] : NULL;
		if (h && (!best || h->from < best->from)) {
			best = h;
			*side = s;
		}
	}
	return best;
}

// The next stretch that somebody changed, with all that touches it. used: whose hunks are in it.
// False: no more.
static bool blend_part_next(
    struct blend_walk *w, struct blend_part *same, struct blend_part *out, bool used[SIDES])
{
	int side;
	const struct hunk *h = blend_hunk_next(w, &side);
	for (int s = 0; s < SIDES; s++) {
		same->from[s] = w->at[s];
		used[s] = false;
	}
	size_t begin = h ? h->from : w->p[BASE].count, end = begin;
	for (int s = 0; s < SIDES; s++)
		same->to[s] = out->from[s] = out->to[s] =
		    same->from[s] + (begin - same->from[BASE]);
	if (!h)
		return false;
	long grown[SIDES] = { 0 }; // by how much a side is longer there than the base
	do {
		used[side] = true;
		w->next[side]++;
		end = h->to > end ? h->to : end;
		grown[side] += (long)(h->side_to - h->side_from) - (long)(h->to - h->from);
		h = blend_hunk_next(w, &side);
	} while (h && !blend_is_gap(w, end, h->from));
	for (int s = 0; s < SIDES; s++)
		w->at[s] = out->to[s] = (size_t)((long)(out->from[s] + (end - begin)) + grown[s]);
	return true;
}

// --- the text of a part: pieces and what stands between them

static const char *blend_text_of(const struct pieces *p, size_t from, size_t to, size_t *n)
{
	if (from >= to || !p->at) {
		*n = 0;
		return "";
	}
	*n = (size_t)(p->at[to - 1] + p->length[to - 1] - p->at[from]);
	return p->at[from];
}

static bool blend_same_text(const struct pieces *p, const struct blend_part *x, int s, int t)
{
	size_t n = x->to[s] - x->from[s];
	if (n != x->to[t] - x->from[t])
		return false;
	const uint32_t *a = p[s].number, *b = p[t].number;
	for (size_t i = 0; a && b && i < n; i++)
		if (a[x->from[s] + i] != b[x->from[t] + i])
			return false;
	return true;
}

static bool blend_part_run(struct blending *w, const struct pieces *p, const struct blend_part *x,
    int side, struct blend_run like)
{
	like.text = blend_text_of(&p[side], x->from[side], x->to[side], &like.n);
	return blend_run_add(w, like);
}

static bool blend_pieces(struct blending *w, struct pieces p[SIDES], bool words, bool *clean);

// The same lines by words. *clean false: nothing was added.
static bool blend_words(
    struct blending *w, const struct pieces *lines, const struct blend_part *x, bool *clean)
{
	struct pieces p[SIDES] = { 0 };
	size_t before = w->out->count, n;
	for (int s = 0; s < SIDES; s++) {
		const char *text = blend_text_of(&lines[s], x->from[s], x->to[s], &n);
		if (!blend_words_cut(w->a, &p[s], text, n))
			return false;
	}
	struct blend_run last = before ? w->out->run[before - 1] : (struct blend_run){ 0 };
	if (!blend_pieces_number(w->a, p) || !blend_pieces(w, p, true, clean))
		return false;
	if (!*clean) {
		w->out->count = before;
		if (before)
			w->out->run[before - 1] = last;
	}
	return true;
}

// --- lines

// The line feed before a part's first line belongs to whoever wrote that line.
static bool blend_feed(struct blending *w, enum blend_from from, bool clash)
{
	bool open = w->line_open;
	w->line_open = true;
	return !open || blend_run_add(w, (struct blend_run){
					     .from = from, .clash = clash, .text = "\n", .n = 1 });
}

static bool blend_has_lines(const struct blend_part *x, int side)
{
	return x->to[side] > x->from[side];
}

// Both changed these lines, each in another way.
static bool blend_lines_clash(
    struct blending *w, const struct pieces *p, const struct blend_part *x)
{
	w->out->clashes++;
	for (int s = FIRST; s <= SECOND; s++) {
		struct blend_run run = { .from = s == FIRST ? BLEND_FIRST : BLEND_SECOND,
			.clash = true };
		if (blend_has_lines(x, s) &&
		    (!blend_feed(w, run.from, true) || !blend_part_run(w, p, x, s, run)))
			return false;
	}
	return true;
}

// Lines that one side wrote (or both alike) in the place of those before; shown by words.
static bool blend_lines_take(
    struct blending *w, const struct pieces *p, const struct blend_part *x, enum blend_from from)
{
	struct blend_part y = *x;
	int side = from == BLEND_SECOND ? SECOND : FIRST, other = side == FIRST ? SECOND : FIRST;
	bool clean;
	if (!blend_has_lines(x, side))
		return blend_part_run(
		    w, p, x, BASE, (struct blend_run){ .from = from, .gone = true });
	if (!blend_has_lines(x, BASE))
		return blend_feed(w, from, false) &&
		       blend_part_run(w, p, x, side, (struct blend_run){ .from = from });
	if (!blend_feed(w, BLEND_BEFORE, false))
		return false;
	if (from == BLEND_EACH)
		return blend_words(w, p, x, &clean);
	// The other side is as it was before.
	struct pieces q[SIDES];
	memcpy(q, p, sizeof q);
	q[other] = p[BASE];
	y.from[other] = x->from[BASE];
	y.to[other] = x->to[BASE];
	return blend_words(w, q, &y, &clean);
}

static bool blend_lines_both(struct blending *w, const struct pieces *p, const struct blend_part *x)
{
	bool clean = false, open = w->line_open;
	if (blend_has_lines(x, BASE) && blend_has_lines(x, FIRST) && blend_has_lines(x, SECOND)) {
		size_t count = w->out->count;
		if (!blend_feed(w, BLEND_BEFORE, false) || !blend_words(w, p, x, &clean))
			return false;
		if (!clean) {
			w->out->count = count;
			w->line_open = open;
		}
	}
	return clean || blend_lines_clash(w, p, x);
}

// --- words

static bool blend_words_take(
    struct blending *w, const struct pieces *p, const struct blend_part *x, enum blend_from from)
{
	int side = from == BLEND_SECOND ? SECOND : FIRST;
	return blend_part_run(w, p, x, BASE, (struct blend_run){ .from = from, .gone = true }) &&
	       blend_part_run(w, p, x, side, (struct blend_run){ .from = from });
}

// --- the whole

static bool blend_part_take(struct blending *w, const struct pieces *p, const struct blend_part *x,
    const bool used[SIDES], bool words, bool *clean)
{
	enum blend_from from = BLEND_EACH;
	if (!(used[FIRST] && used[SECOND]))
		from = used[FIRST] ? BLEND_FIRST : BLEND_SECOND;
	else if (!blend_same_text(p, x, FIRST, SECOND)) {
		*clean = false;
		return words || blend_lines_both(w, p, x);
	}
	return words ? blend_words_take(w, p, x, from) : blend_lines_take(w, p, x, from);
}

static bool blend_same_take(
    struct blending *w, const struct pieces *p, const struct blend_part *x, bool words)
{
	if (!blend_has_lines(x, BASE))
		return true;
	return (words || blend_feed(w, BLEND_BEFORE, false)) &&
	       blend_part_run(w, p, x, BASE, (struct blend_run){ .from = BLEND_BEFORE });
}

// *clean false: for words nothing further was added, for lines clashes were counted.
static bool blend_pieces(struct blending *w, struct pieces p[SIDES], bool words, bool *clean)
{
	struct blend_walk walk = { .p = p, .words = words };
	struct blend_part same, changed;
	bool used[SIDES], more;
	*clean = true;
	if (!blend_hunks_find(w->a, &p[BASE], &p[FIRST], &walk.h[FIRST]) ||
	    !blend_hunks_find(w->a, &p[BASE], &p[SECOND], &walk.h[SECOND]))
		return false;
	do {
		more = blend_part_next(&walk, &same, &changed, used);
		if (!blend_same_take(w, p, &same, words) ||
		    (more && !blend_part_take(w, p, &changed, used, words, clean)))
			return false;
	} while (more && (*clean || !words));
	return true;
}

static size_t blend_words_in(const struct blend_run *r)
{
	size_t words = 0;
	for (size_t i = 0; i < r->n; i++)
		words += blend_is_word((unsigned char)r->text[i]) &&
			 (i == 0 || !blend_is_word((unsigned char)r->text[i - 1]));
	return words;
}

static bool blend_finish(struct arena *a, struct blend *b)
{
	struct str text = STR_IN(a);
	for (size_t i = 0; i < b->count; i++) {
		const struct blend_run *r = &b->run[i];
		if (r->gone)
			continue;
		str_add_n(&text, r->text, r->n);
		b->first += r->from == BLEND_FIRST ? blend_words_in(r) : 0;
		b->second += r->from == BLEND_SECOND ? blend_words_in(r) : 0;
	}
	b->text = b->clashes ? NULL : str_done(&text);
	return b->clashes || b->text;
}

bool blend_texts(
    struct arena *a, const char *before, const char *first, const char *second, struct blend *out)
{
	const char *text[SIDES] = { before, first, second };
	struct pieces p[SIDES] = { 0 };
	struct blending w = { .a = a, .out = out };
	bool clean, ended = true;
	size_t n[SIDES];
	*out = (struct blend){ 0 };
	for (int s = 0; s < SIDES; s++) {
		n[s] = strlen(text[s]);
		ended = ended && n[s] && text[s][n[s] - 1] == '\n';
	}
	// A line feed that ends all three is no line of its own; nor is an empty text a line.
	for (int s = 0; s < SIDES; s++)
		if (n[s] && !blend_lines_cut(a, &p[s], text[s], n[s] - ended))
			return false;
	return blend_pieces_number(a, p) && blend_pieces(&w, p, false, &clean) &&
	       (!ended || blend_run_add(&w, (struct blend_run){ .text = "\n", .n = 1 })) &&
	       blend_finish(a, out);
}

bool blend_changes(struct arena *a, const char *before, const char *after, struct blend *out)
{
	return blend_texts(a, before, after, before, out);
}

static bool blend_clash_begins(const struct blend *b, size_t i)
{
	const struct blend_run *r = &b->run[i];
	bool feed_only = r->n == 1 && *r->text == '\n';
	return r->clash && !feed_only &&
	       (i == 0 || !b->run[i - 1].clash || b->run[i - 1].from != r->from ||
		   (b->run[i - 1].n == 1 && *b->run[i - 1].text == '\n'));
}

char *blend_both(struct arena *a, const struct blend *b, const char *first, const char *second)
{
	struct str text = STR_IN(a);
	for (size_t i = 0; i < b->count; i++) {
		const struct blend_run *r = &b->run[i];
		const char *name = r->from == BLEND_FIRST ? first : second;
		if (r->gone)
			continue;
		if (name && blend_clash_begins(b, i))
			str_printf(&text, "%s: ", name);
		str_add_n(&text, r->text, r->n);
	}
	return str_done(&text);
}
