// SPDX-License-Identifier: MIT
// Bytes into keys: what is held, UTF-8 text (or the locale's own), control characters, bracketed
// paste, and the strings of a terminal that are swallowed.
#include "tui/term/keys_parts.h"

#include <string.h>
#include <wchar.h>

size_t key_reader_room(const struct key_reader *r)
{
	return sizeof r->held - (r->end - r->start);
}

void key_reader_add(struct key_reader *r, const void *bytes, size_t n)
{
	if (r->start) {
		memmove(r->held, r->held + r->start, r->end - r->start);
		r->end -= r->start;
		r->start = 0;
	}
	if (n > sizeof r->held - r->end)
		n = sizeof r->held - r->end;
	memcpy(r->held + r->end, bytes, n);
	r->end += n;
}

bool key_reader_waits(const struct key_reader *r)
{
	size_t n = r->end - r->start;
	return r->pasting || r->swallowing || n > 2 || (n && r->held[r->start] != 0x1b);
}

void key_reader_drop(struct key_reader *r)
{
	r->start = r->end = 0;
	r->pasting = false;
	r->swallowing = SWALLOW_NONE;
}

void key_reader_free(struct key_reader *r)
{
	arena_free(&r->paste);
}

// --- one key

void key_text_set(struct key *key, uint32_t code)
{
	char bytes[4];
	size_t n = code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : text_encode(code, bytes);
	*key = (struct key){ .type = n ? PRESS_TEXT : PRESS_NONE };
	memcpy(key->text, bytes, n);
}

void key_char_set(struct key *key, uint32_t code, bool ctrl, bool alt)
{
	key_text_set(key, code);
	if (key->type == PRESS_NONE)
		return;
	key->type = PRESS_SPECIAL;
	key->special = K_CHAR;
	key->ctrl = ctrl;
	key->alt = alt;
}

static bool keys_read_control_set(struct key *key, unsigned char c)
{
	*key = (struct key){ .type = PRESS_SPECIAL };
	if (c == 0)
		key->special = K_CTRL_SPACE;
	else if (c == '\r' || c == '\n')
		key->special = K_ENTER;
	else if (c == '\t')
		key->special = K_TAB;
	else if (c == 0x08 || c == 0x7f)
		key->special = K_BACKSPACE;
	else if (c == 0x1b)
		key->special = K_ESC;
	else if (c <= 26)
		key->special = (enum special)(K_CTRL_A + (c - 1));
	else
		*key = (struct key){ .type = PRESS_NONE };
	return key->type != PRESS_NONE;
}

bool key_ctrl_set(struct key *key, uint32_t code)
{
	bool has = code == ' ' || (code >= '@' && code <= '_') || (code >= 'a' && code <= 'z');
	return has && keys_read_control_set(key, (unsigned char)(code & 0x1f));
}

// Ctrl-X with Alt is no Ctrl-X.
void key_alt_set(struct key *key)
{
	if (key->type == PRESS_TEXT) {
		key->type = PRESS_SPECIAL;
		key->special = K_CHAR;
	} else if (key->special >= K_CTRL_A) {
		key_char_set(key, 'A' + (uint32_t)(key->special - K_CTRL_A), true, true);
	}
	key->alt = true;
}

void key_control_read(struct key_reader *r, struct key *key)
{
	keys_read_control_set(key, r->held[r->start++]);
}

// --- text

// A character of the locale's charset. 0: there is none; *length: the bytes that it takes, 0 where
// more are needed.
static uint32_t keys_read_local_char(const unsigned char *b, size_t n, size_t *length)
{
	mbstate_t state = { 0 };
	wchar_t wide = 0;
	size_t used = mbrtowc(&wide, (const char *)b, n, &state);
	*length = used == (size_t)-2 ? 0 : used == (size_t)-1 || used == 0 ? 1 : used;
	return used == (size_t)-1 || used == (size_t)-2 ? 0 : (uint32_t)wide;
}

static enum key_outcome local_read(struct key_reader *r, size_t n, struct key *key)
{
	size_t length;
	uint32_t code = keys_read_local_char(r->held + r->start, n, &length);
	if (!length)
		return KEY_SHORT;
	r->start += length;
	key_text_set(key, code);
	return KEY_TAKEN;
}

static size_t keys_read_utf8_length(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

enum key_outcome key_text_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	if (r->local)
		return local_read(r, n, key);
	size_t length = keys_read_utf8_length(*b);
	for (size_t i = 1; i < length && i < n; i++)
		if ((b[i] & 0xc0) != 0x80)
			length = i; // broken off: text_valid refuses it below
	if (length > n)
		return KEY_SHORT;
	r->start += length;
	if (!text_valid((const char *)b, length, NULL))
		return KEY_TAKEN;
	if (b[0] == 0xc2 && b[1] < 0xa0) // C1 controls
		return KEY_TAKEN;
	key->type = PRESS_TEXT;
	memcpy(key->text, b, length);
	return KEY_TAKEN;
}

// --- what is swallowed

// True: its end has come.
static bool keys_read_string_end(struct key_reader *r)
{
	bool osc = r->swallowing == SWALLOW_OSC;
	while (r->start < r->end) {
		unsigned char c = r->held[r->start];
		bool last = r->start + 1 == r->end;
		if (c == 0x1b && last)
			return false;
		if (c == 0x1b && r->held[r->start + 1] != '\\')
			return true; // broken off by what follows
		r->start += c == 0x1b ? 2 : 1;
		if (c == 0x1b || c == 0x18 || c == 0x1a || (c == 7 && osc))
			return true;
	}
	return false;
}

static bool keys_read_csi_end(struct key_reader *r)
{
	for (; r->start < r->end; r->start++) {
		unsigned char c = r->held[r->start];
		if (c >= 0x20 && c < 0x40)
			continue;
		r->start += c >= 0x40 && c < 0x7f;
		return true;
	}
	return false;
}

// True: the next key may be read.
static bool keys_read_swallow(struct key_reader *r, bool last)
{
	bool ended = r->swallowing == SWALLOW_CSI ? keys_read_csi_end(r) : keys_read_string_end(r);
	if (ended || last)
		r->swallowing = SWALLOW_NONE;
	if (!ended && last)
		r->start = r->end;
	return ended;
}

// --- paste

static void keys_read_paste_keep(struct key_reader *r, const unsigned char *bytes, size_t n)
{
	size_t take = n;
	if (take > PASTE_MOST - r->length)
		take = PASTE_MOST - r->length;
	if (r->length + take > r->cap) {
		size_t cap = r->cap ? r->cap : 4096;
		while (cap < r->length + take)
			cap *= 2;
		char *bigger = arena_array(&r->paste, cap, 1);
		if (!bigger) {
			r->dropped += n;
			return;
		}
		if (r->length)
			memcpy(bigger, r->pasted, r->length);
		r->pasted = bigger;
		r->cap = cap;
	}
	if (take)
		memcpy(r->pasted + r->length, bytes, take);
	r->length += take;
	r->dropped += n - take;
}

// What was pasted in the locale's charset, in UTF-8.
static void keys_read_paste_translate(struct key_reader *r)
{
	const unsigned char *from = (const unsigned char *)r->pasted;
	char *text = arena_array(&r->paste, r->length, 4);
	size_t n = 0, length;
	for (size_t at = 0; text && at < r->length; at += length) {
		uint32_t code = keys_read_local_char(from + at, r->length - at, &length);
		n += text_encode(code ? code : 0xfffd, text + n);
		if (!length)
			break;
	}
	r->dropped += text ? 0 : r->length;
	r->pasted = text;
	r->length = text ? n : 0;
	if (r->length > PASTE_MOST)
		r->dropped += r->length - PASTE_MOST;
}

static void keys_read_paste_end(struct key_reader *r, struct key *key)
{
	if (r->local && r->length)
		keys_read_paste_translate(r);
	*key = (struct key){ .type = PRESS_PASTE,
		.paste = r->length ? r->pasted : "",
		.paste_length = r->length,
		.paste_dropped = r->dropped };
	r->pasting = false;
}

static void keys_read_paste_begin(struct key_reader *r)
{
	arena_free(&r->paste);
	r->pasted = NULL;
	r->length = r->cap = r->dropped = 0;
}

// True: the paste is whole. The end mark may be cut by the edge of what was read.
static bool paste_read(struct key_reader *r, bool last, struct key *key)
{
	static const char END[] = "\033[201~";
	const size_t mark = sizeof END - 1;
	const unsigned char *b = r->held + r->start;
	size_t n = r->end - r->start, i = 0;
	while (i < n) {
		const unsigned char *esc = memchr(b + i, '\033', n - i);
		i = esc ? (size_t)(esc - b) : n;
		size_t seen = n - i < mark ? n - i : mark;
		if (i < n && memcmp(b + i, END, seen) == 0)
			break;
		i += i < n;
	}
	keys_read_paste_keep(r, b, i);
	r->start += i;
	if (n - i >= mark) {
		r->start += mark;
		keys_read_paste_end(r, key);
		return true;
	}
	if (last) { // the end never came: what is there is the paste
		keys_read_paste_keep(r, b + i, n - i);
		r->start = r->end;
		keys_read_paste_end(r, key);
	}
	return last;
}

bool key_reader_next(struct key_reader *r, bool last, struct key *key)
{
	*key = (struct key){ .type = PRESS_NONE };
	if (r->swallowing && !keys_read_swallow(r, last))
		return false;
	if (r->pasting)
		return paste_read(r, last, key);
	size_t n = r->end - r->start;
	if (n == 0)
		return false;
	unsigned char c = r->held[r->start];
	enum key_outcome outcome = KEY_TAKEN;
	if (c == 0x1b)
		outcome = key_escape_read(r, n, key);
	else if (c < 0x20 || c == 0x7f)
		key_control_read(r, key);
	else
		outcome = key_text_read(r, n, key);
	if (outcome == KEY_SHORT && last) {
		if (c == 0x1b)
			key_escape_end(r, key);
		else // half a character, which will not be whole any more
			r->start = r->end;
		return true;
	}
	if (r->pasting) {
		keys_read_paste_begin(r);
		return paste_read(r, false, key);
	}
	return outcome == KEY_TAKEN;
}
