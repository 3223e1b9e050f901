// SPDX-License-Identifier: MIT
// Text in lines of proportional letters. Each word is measured once, at a size of one point; after
// that wrapping at any size is only adding.
#include <plando/scene.h>

#include <plando/text.h>

#include <string.h>

// A longer word may be broken between clusters when it does not fit into a row of its own.
#define LONG_WORD 6.0

static bool scene_words_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

// After a hyphen a word may go on in the next row; but a minus before a number stays with it.
static size_t word_end(const char *text, size_t at)
{
	size_t start = at;
	while (text[at] && !scene_words_blank(text[at])) {
		at++;
		if (text[at - 1] == '-' && at - start > 2 && text[at] &&
		    !scene_words_blank(text[at]))
			break;
	}
	return at;
}

static bool scene_words_break_up(
    struct arena *a, const struct scene_type *t, bool bold, struct scene_words *w, size_t *cap)
{
	struct scene_word *word = &w->word[w->count - 1];
	size_t pieces = word->piece;
	for (size_t at = word->start, next; at < word->end; at = next) {
		next = text_next(w->text, word->end, at);
		if (!arena_grow(a, (void **)&w->piece, pieces, cap, sizeof *w->piece))
			return false;
		w->piece[pieces++] = (struct scene_word){ .start = at,
			.end = next,
			.width = t->measure(t, w->text + at, next - at, bold) };
	}
	word->piece_count = pieces - word->piece;
	return true;
}

static bool add_word(struct arena *a, const struct scene_type *t, bool bold, struct scene_words *w,
    size_t *cap, struct scene_word word)
{
	if (!arena_grow(a, (void **)&w->word, w->count, cap, sizeof *w->word))
		return false;
	word.width = t->measure(t, w->text + word.start, word.end - word.start, bold);
	w->word[w->count++] = word;
	return true;
}

bool scene_words(struct arena *a, const struct scene_type *t, const char *text, bool bold,
    struct scene_words *out)
{
	*out = (struct scene_words){ .text = text_safe(a, text, true) };
	if (!out->text)
		return false;
	out->right = text_right(out->text);
	size_t cap = 0, piece_cap = 0, pieces = 0;
	double gap = t->measure(t, " ", 1, bold);
	for (size_t at = 0;;) {
		struct scene_word word = { .piece = pieces };
		for (; scene_words_blank(out->text[at]); at++) {
			word.gap = gap;
			word.break_before = word.break_before || out->text[at] == '\n';
		}
		if (!out->text[at])
			return true;
		word.start = at;
		word.end = at = word_end(out->text, at);
		if (!add_word(a, t, bold, out, &cap, word))
			return false;
		if (out->word[out->count - 1].width > LONG_WORD &&
		    !scene_words_break_up(a, t, bold, out, &piece_cap))
			return false;
		pieces += out->word[out->count - 1].piece_count;
	}
}

double scene_words_widest(const struct scene_words *w)
{
	double widest = 0;
	for (size_t i = 0; i < w->count; i++)
		widest = w->word[i].width > widest ? w->word[i].width : widest;
	return widest;
}

double scene_words_length(const struct scene_words *w)
{
	double length = 0;
	for (size_t i = 0; i < w->count; i++)
		length += w->word[i].width + (i ? w->word[i].gap : 0);
	return length;
}

// --- wrapping

struct wrap {
	const struct scene_words *w;
	double size, room; // room in points
	double used;
	size_t start, end; // of the row under way, in bytes
	bool any;	   // something stands in it
	struct scene_rows *out;
	struct arena *a; // NULL: only counted
	size_t cap, count;
	bool failed;
};

static void scene_words_end_row(struct wrap *r)
{
	r->count++;
	if (r->a) {
		struct scene_rows *out = r->out;
		char *text = arena_copy(r->a, r->w->text + r->start, r->end - r->start);
		if (!text ||
		    !arena_grow(r->a, (void **)&out->row, out->count, &r->cap, sizeof *out->row)) {
			r->failed = true;
			return;
		}
		out->row[out->count++] = (struct scene_row){ text, r->used };
		out->width = r->used > out->width ? r->used : out->width;
	}
	r->used = 0;
	r->any = false;
	r->start = r->end;
}

static void scene_words_put(struct wrap *r, const struct scene_word *word)
{
	double gap = r->any ? word->gap * r->size : 0;
	if (!r->any)
		r->start = word->start;
	r->used += gap + word->width * r->size;
	r->end = word->end;
	r->any = true;
}

static bool scene_words_fits(const struct wrap *r, const struct scene_word *word, double room)
{
	double gap = r->any ? word->gap : 0;
	return r->used + (gap + word->width) * r->size <= room + 1e-6;
}

// A word that is wider than a whole row: cluster by cluster, beginning where the row stands.
static void scene_words_put_pieces(struct wrap *r, const struct scene_word *word)
{
	for (size_t i = 0; i < word->piece_count; i++) {
		struct scene_word piece = r->w->piece[word->piece + i];
		piece.gap = i == 0 ? word->gap : 0;
		if (r->any && !scene_words_fits(r, &piece, r->room))
			scene_words_end_row(r);
		scene_words_put(r, &piece);
	}
}

static void wrap_words(struct wrap *r)
{
	for (size_t i = 0; i < r->w->count; i++) {
		const struct scene_word *word = &r->w->word[i];
		if (word->break_before && r->any)
			scene_words_end_row(r);
		if (scene_words_fits(r, word, r->room)) {
			scene_words_put(r, word);
		} else if (word->piece_count && word->width * r->size > r->room) {
			scene_words_put_pieces(r, word);
		} else {
			if (r->any)
				scene_words_end_row(r);
			scene_words_put(r, word);
		}
	}
	if (r->any || r->count == 0)
		scene_words_end_row(r);
}

size_t scene_rows_needed(const struct scene_words *w, double size, double width)
{
	struct wrap r = { .w = w, .size = size, .room = width };
	wrap_words(&r);
	return r.count;
}

bool scene_wrap(
    struct arena *a, const struct scene_words *w, double size, double width, struct scene_rows *out)
{
	*out = (struct scene_rows){ 0 };
	struct wrap r = { .w = w, .size = size, .room = width, .out = out, .a = a };
	wrap_words(&r);
	return !r.failed;
}
