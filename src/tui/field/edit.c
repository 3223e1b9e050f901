// SPDX-License-Identifier: MIT
#include "tui/field/edit.h"

#include <plando/str.h>

#include <string.h>

struct edit_change {
	size_t at, length;
	char *text; // of what was deleted; of what was inserted only once it is undone
	bool inserted;
	unsigned step;
	size_t cursor; // where it was before
};

void edit_init(struct edit *d, bool lines, size_t most)
{
	static char none[1];
	*d = (struct edit){ .lines = lines, .most = most, .text = none, .goal = -1, .stale = true };
}

void edit_free(struct edit *d)
{
	unsigned version = d->version;
	struct clip *clip = d->clip;
	arena_free(&d->arena);
	edit_init(d, d->lines, d->most);
	d->version = version + 1;
	d->clip = clip;
}

static bool edit_room_for(struct edit *d, size_t length)
{
	if (length < d->cap)
		return true;
	size_t cap = d->cap ? d->cap : 128;
	while (cap <= length)
		cap *= 2;
	char *bigger = arena_alloc(&d->arena, cap);
	if (!bigger)
		return false;
	memcpy(bigger, d->text, d->length);
	d->text = bigger;
	d->cap = cap;
	return true;
}

// The boundary at or after `at`, now that something beside it has changed.
static size_t edit_boundary(const struct edit *d, size_t at)
{
	size_t b = text_prev(d->text, at);
	while (b < at)
		b = text_next(d->text, d->length, b);
	return b;
}

static void edit_cursor_set(struct edit *d, size_t at)
{
	d->at = edit_boundary(d, at);
	d->late = d->selects = d->sticky = false;
	d->goal = -1;
	d->stale = true;
	d->version++;
}

// --- the two things that happen to a text; room was made before
static void edit_put_in(struct edit *d, size_t at, const char *text, size_t n)
{
	memmove(d->text + at + n, d->text + at, d->length - at + 1);
	memcpy(d->text + at, text, n);
	d->length += n;
}

static void edit_take_out(struct edit *d, size_t at, size_t n)
{
	memmove(d->text + at, d->text + at + n, d->length - at - n + 1);
	d->length -= n;
}

// --- undo
static struct edit_change *edit_change_new(struct edit *d)
{
	void *items = d->changes;
	if (!arena_grow(&d->arena, &items, d->done, &d->changes_cap, sizeof *d->changes))
		return NULL;
	d->changes = items;
	d->count = d->done + 1;
	struct edit_change *c = &d->changes[d->done];
	*c = (struct edit_change){ .step = d->step, .cursor = d->at };
	return c;
}

// Typing goes on where the change before it ended.
static bool edit_change_goes_on(const struct edit *d, size_t at)
{
	if (d->done == 0)
		return false;
	const struct edit_change *c = &d->changes[d->done - 1];
	return c->inserted && c->step == d->step && !c->text && c->at + c->length == at;
}

static bool edit_insert(struct edit *d, size_t at, const char *text, size_t n, struct err *e)
{
	if (n == 0)
		return true;
	if (!edit_room_for(d, d->length + n))
		return err_memory(e);
	if (edit_change_goes_on(d, at)) {
		d->changes[d->done - 1].length += n;
		d->count = d->done;
	} else {
		struct edit_change *c = edit_change_new(d);
		if (!c)
			return err_memory(e);
		c->inserted = true;
		c->at = at;
		c->length = n;
		d->done++;
	}
	edit_put_in(d, at, text, n);
	edit_cursor_set(d, at + n);
	return true;
}

static bool edit_erase(struct edit *d, size_t from, size_t to, struct err *e)
{
	if (from >= to)
		return true;
	char *text = arena_copy(&d->arena, d->text + from, to - from);
	struct edit_change *c = text ? edit_change_new(d) : NULL;
	if (!c)
		return err_memory(e);
	c->at = from;
	c->length = to - from;
	c->text = text;
	d->done++;
	edit_take_out(d, from, to - from);
	edit_cursor_set(d, from);
	return true;
}

static bool edit_change_back(struct edit *d, struct edit_change *c)
{
	if (c->inserted) {
		if (!c->text)
			c->text = arena_copy(&d->arena, d->text + c->at, c->length);
		if (!c->text)
			return false;
		edit_take_out(d, c->at, c->length);
	} else {
		if (!edit_room_for(d, d->length + c->length))
			return false;
		edit_put_in(d, c->at, c->text, c->length);
	}
	edit_cursor_set(d, c->cursor);
	return true;
}

static bool edit_change_again(struct edit *d, const struct edit_change *c)
{
	if (c->inserted && !edit_room_for(d, d->length + c->length))
		return false;
	if (c->inserted)
		edit_put_in(d, c->at, c->text, c->length);
	else
		edit_take_out(d, c->at, c->length);
	edit_cursor_set(d, c->inserted ? c->at + c->length : c->at);
	return true;
}

static void edit_step_begin(struct edit *d, char what)
{
	d->step++;
	d->last = what;
}

bool edit_undo(struct edit *d, struct err *e)
{
	if (d->done == 0)
		return err_set(e, ERR_NONE, "nothing to undo in this field");
	unsigned step = d->changes[d->done - 1].step;
	edit_step_begin(d, 0);
	for (; d->done > 0 && d->changes[d->done - 1].step == step; d->done--)
		if (!edit_change_back(d, &d->changes[d->done - 1]))
			return err_memory(e);
	return true;
}

bool edit_redo(struct edit *d, struct err *e)
{
	if (d->done == d->count)
		return err_set(e, ERR_NONE, "nothing to do again in this field");
	unsigned step = d->changes[d->done].step;
	edit_step_begin(d, 0);
	for (; d->done < d->count && d->changes[d->done].step == step; d->done++)
		if (!edit_change_again(d, &d->changes[d->done]))
			return err_memory(e);
	return true;
}

// --- whole texts
bool edit_set(struct edit *d, const char *text, struct err *e)
{
	edit_free(d);
	size_t n = strlen(text);
	if (!edit_room_for(d, n))
		return err_memory(e);
	memcpy(d->text, text, n + 1);
	d->length = n;
	edit_cursor_set(d, n);
	return true;
}

// Room for `more` where [from, to) goes?
static bool edit_fits(
    const struct edit *d, size_t from, size_t to, const char *more, size_t n, struct err *e)
{
	size_t less = to - from, length = d->length - less + n;
	if (n <= less)
		return true;
	if (length > TEXT_MOST)
		return err_set(e, ERR_DATA,
		    "a field takes 1 MB of text, and this would be more; nothing was put in");
	if (!d->most || length <= d->most)
		return true;
	size_t count = text_count(more, n) + text_count(d->text, from) +
		       text_count(d->text + to, d->length - to);
	if (count <= d->most)
		return true;
	return err_set(e, ERR_DATA,
	    "this field takes %zu characters, and that would be %zu; nothing was put in", d->most,
	    count);
}

bool edit_put(struct edit *d, size_t from, size_t to, const char *text, size_t n, struct err *e)
{
	if (!edit_fits(d, from, to, text, n, e))
		return false;
	edit_step_begin(d, 0);
	return edit_erase(d, from, to, e) && edit_insert(d, from, text, n, e);
}

bool edit_replace(struct edit *d, const char *text, struct err *e)
{
	return edit_put(d, 0, d->length, text, strlen(text), e);
}

char *edit_done(const struct edit *d, struct arena *a)
{
	char *text = text_normal(a, d->text, d->length);
	return text || text_valid(d->text, d->length, NULL) ? text
							    : arena_copy(a, d->text, d->length);
}

static bool edit_is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

bool edit_type(struct edit *d, const char *text, struct err *e)
{
	size_t n = strlen(text), from, to;
	unsigned char c = (unsigned char)text[0];
	bool selected = edit_selected(d, &from, &to);
	if (!text_valid(text, n, NULL) || (edit_is_control(c) && !(c == '\n' && d->lines)) ||
	    (c == 0xc2 && (unsigned char)text[1] < 0xa0))
		return err_set(e, ERR_DATA, "that key types nothing that can be stored");
	if (!edit_fits(d, from, to, text, n, e))
		return false;
	char what = c == ' ' || c == '\n' ? 'b' : 'i';
	bool goes_on = d->last == what || (d->last == 'i' && what == 'b');
	if (!goes_on || selected || c == '\n')
		edit_step_begin(d, what);
	d->last = what;
	return edit_erase(d, from, to, e) && edit_insert(d, from, text, n, e);
}

// What can be kept of a paste: no controls but LF and tab, which are blanks in a single line.
static void edit_paste_clean(
    const struct edit *d, struct str *out, const char *text, size_t n, size_t *dropped)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)text[i + 1] < 0xa0;
		if (c == '\r') {
			if (i + 1 == n || text[i + 1] != '\n')
				str_add_char(out, d->lines ? '\n' : ' ');
		} else if (c == '\n' || c == '\t') {
			str_add_char(out, d->lines ? (char)c : ' ');
		} else if (edit_is_control(c) || c1) {
			++*dropped;
			i += c1;
		} else {
			str_add_char(out, text[i]);
		}
	}
}

bool edit_paste(struct edit *d, const char *text, size_t n, size_t *dropped, struct err *e)
{
	size_t bad, from, to;
	edit_selected(d, &from, &to);
	*dropped = 0;
	if (!text_valid(text, n, &bad))
		return err_set(e, ERR_DATA,
		    "the paste is not text: its byte %zu is no UTF-8; nothing was pasted", bad + 1);
	struct arena work = { 0 };
	struct str clean = STR_IN(&work);
	edit_paste_clean(d, &clean, text, n, dropped);
	while (!d->lines && clean.length > 0 && clean.text[clean.length - 1] == ' ')
		clean.text[--clean.length] = '\0';
	bool good =
	    str_done(&clean) ? edit_put(d, from, to, clean.text, clean.length, e) : err_memory(e);
	arena_free(&work);
	return good;
}

// --- keys
static bool edit_deletes(struct edit *d, size_t from, size_t to, char what, struct err *e)
{
	if (d->last != what)
		edit_step_begin(d, what);
	return edit_erase(d, from, to, e);
}

static enum edit_did edit_did(bool good)
{
	return good ? EDIT_CHANGED : EDIT_REFUSED;
}

static enum edit_did edit_key_delete(struct edit *d, const struct key *key, struct err *e)
{
	size_t start, end;
	bool words = key->ctrl || key->alt;
	bool erases =
	    key->special == K_BACKSPACE || key->special == K_DELETE || key->special == K_CTRL('D');
	if (erases && edit_selected(d, &start, &end))
		return edit_did(edit_put(d, start, end, "", 0, e));
	switch ((int)key->special) {
	case K_BACKSPACE:
		return edit_did(edit_deletes(
		    d, words ? edit_word_left(d) : text_prev(d->text, d->at), d->at, 'd', e));
	case K_CTRL_A + 'W' - 'A':
		return edit_did(edit_deletes(d, edit_word_left(d), d->at, 'w', e));
	case K_DELETE:
	case K_CTRL_A + 'D' - 'A':
		return edit_did(edit_deletes(d, d->at,
		    words ? edit_word_right(d) : text_next(d->text, d->length, d->at), 'd', e));
	case K_CTRL_A + 'U' - 'A':
		edit_line_ends(d, &start, &end);
		return edit_did(edit_deletes(d, start, d->at, 'u', e));
	case K_CTRL_A + 'K' - 'A':
		edit_line_ends(d, &start, &end);
		return edit_did(edit_deletes(d, d->at, end, 'k', e));
	default: return EDIT_NOT;
	}
}

static enum edit_did edit_key_undo(struct edit *d, const struct key *key, struct err *e)
{
	if (key->special == K_CTRL('Z'))
		return edit_did(edit_undo(d, e));
	return key->special == K_CTRL('Y') ? edit_did(edit_redo(d, e)) : EDIT_NOT;
}

static enum edit_did edit_key_move(struct edit *d, const struct key *key, int rows)
{
	size_t start, end;
	int page = rows > 1 ? rows - 1 : 1;
	bool far = key->ctrl || key->alt;
	edit_line_ends(d, &start, &end);
	switch ((int)key->special) {
	case K_LEFT: edit_move_to(d, far ? edit_word_left(d) : text_prev(d->text, d->at)); break;
	case K_RIGHT:
		edit_move_to(d, far ? edit_word_right(d) : text_next(d->text, d->length, d->at));
		break;
	case K_HOME: edit_move_to(d, far ? 0 : start); break;
	case K_END:
		edit_move_to(d, far ? d->length : end);
		d->late = !far && d->lines;
		break;
	case K_UP: return edit_move_lines(d, -1) ? EDIT_MOVED : EDIT_NOT;
	case K_DOWN: return edit_move_lines(d, 1) ? EDIT_MOVED : EDIT_NOT;
	case K_PGUP: return edit_move_lines(d, -page) ? EDIT_MOVED : EDIT_NOT;
	case K_PGDN: return edit_move_lines(d, page) ? EDIT_MOVED : EDIT_NOT;
	default: return EDIT_NOT;
	}
	return EDIT_MOVED;
}

// A selection ends where the text does: it never walks out of its field.
static enum edit_did edit_select_to_end(struct edit *d, const struct key *key)
{
	if (key->special < K_UP || key->special > K_PGDN)
		return EDIT_NOT;
	bool up = key->special == K_UP || key->special == K_PGUP;
	edit_move_to(d, up ? 0 : d->length);
	return EDIT_MOVED;
}

static enum edit_did edit_key_paste(struct edit *d, const struct key *key, struct err *e)
{
	size_t dropped;
	if (key->paste_dropped > 0)
		return edit_did(err_set(e, ERR_DATA,
		    "the paste has %zu bytes, a field takes %d; nothing was pasted",
		    key->paste_length + key->paste_dropped, TEXT_MOST));
	if (!edit_paste(d, key->paste, key->paste_length, &dropped, e))
		return EDIT_REFUSED;
	if (dropped > 0)
		err_set(e, ERR_FOUND, "pasted; %zu control characters were left out", dropped);
	return EDIT_CHANGED;
}

enum edit_did edit_key(struct edit *d, const struct key *key, int rows, struct err *e)
{
	if (key->type == PRESS_TEXT)
		return edit_did(edit_type(d, key->text, e));
	if (key->type == PRESS_PASTE)
		return edit_key_paste(d, key, e);
	if (key->type != PRESS_SPECIAL)
		return EDIT_NOT;
	if (key->special == K_ENTER && d->lines)
		return edit_did(edit_type(d, "\n", e));
	enum edit_did done = edit_key_delete(d, key, e);
	if (done == EDIT_NOT)
		done = edit_key_undo(d, key, e);
	if (done == EDIT_NOT)
		done = edit_select_key(d, key, e);
	if (done != EDIT_NOT)
		return done;
	done = edit_select_move(d, key) ? EDIT_MOVED : edit_key_move(d, key, rows);
	if (done == EDIT_NOT && d->selects)
		done = edit_select_to_end(d, key);
	if (done == EDIT_MOVED)
		edit_step_begin(d, 0);
	return done;
}
