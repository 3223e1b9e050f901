// SPDX-License-Identifier: MIT
// Bytes into keys: UTF-8 text, control characters, CSI and SS3 sequences as ECMA-48 and xterm have
// them, the terminal's own from terminfo, SGR mouse reports, bracketed paste.
#include "tui/keys.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- names

static const struct {
	enum special special;
	const char *name;
} NAMES[] = {
	{ K_UP, "Up" },
	{ K_DOWN, "Down" },
	{ K_LEFT, "Left" },
	{ K_RIGHT, "Right" },
	{ K_HOME, "Home" },
	{ K_END, "End" },
	{ K_PGUP, "PgUp" },
	{ K_PGDN, "PgDn" },
	{ K_INSERT, "Ins" },
	{ K_DELETE, "Del" },
	{ K_BACKSPACE, "Backspace" },
	{ K_ENTER, "Enter" },
	{ K_TAB, "Tab" },
	{ K_BACKTAB, "Shift-Tab" },
	{ K_ESC, "Esc" },
	{ K_CTRL_SPACE, "Ctrl-Space" },
};

static const char *special_name(enum special special)
{
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		if (NAMES[i].special == special)
			return NAMES[i].name;
	return "";
}

const char *key_word(const struct key *key, char name[KEY_WORD])
{
	*name = '\0';
	if (key->type == PRESS_TEXT)
		snprintf(name, KEY_WORD, "%s", strcmp(key->text, " ") == 0 ? "Space" : key->text);
	if (key->type != PRESS_SPECIAL)
		return name;
	const char *before = key->ctrl ? "Ctrl-" : key->alt ? "Alt-" : key->shift ? "Shift-" : "";
	if (key->special >= K_CTRL_A)
		snprintf(name, KEY_WORD, "Ctrl-%c", 'A' + (int)(key->special - K_CTRL_A));
	else if (key->special >= K_F1)
		snprintf(name, KEY_WORD, "%sF%d", before, 1 + (int)(key->special - K_F1));
	else
		snprintf(name, KEY_WORD, "%s%s", before, special_name(key->special));
	return name;
}

bool key_from_name(const char *name, struct key *key)
{
	*key = (struct key){ .type = PRESS_SPECIAL };
	char found[KEY_WORD];
	for (int with = 0; with < 4; with++)
		for (int s = K_UP; s <= K_CTRL_Z; s++) {
			*key = (struct key){ .type = PRESS_SPECIAL,
				.special = (enum special)s,
				.ctrl = with == 1,
				.alt = with == 2,
				.shift = with == 3 };
			if (str_equal(key_word(key, found), name))
				return true;
		}
	*key = (struct key){ .type = PRESS_SPECIAL };
	size_t n = strlen(name);
	if (str_equal(name, "Space"))
		name = " ", n = 1;
	if (n == 0 || n >= sizeof key->text || text_next(name, n, 0) != n)
		return false;
	key->type = PRESS_TEXT;
	memcpy(key->text, name, n + 1);
	return true;
}

// --- held bytes

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

void key_reader_free(struct key_reader *r)
{
	arena_free(&r->paste);
}

// --- sequences

enum outcome { TAKEN, SHORT }; // SHORT: more bytes are needed to know

static const struct {
	char final;	 // of CSI and SS3
	unsigned number; // of "CSI number ~"
	enum special special;
} SEQUENCES[] = {
	{ 'A', 0, K_UP },
	{ 'B', 0, K_DOWN },
	{ 'C', 0, K_RIGHT },
	{ 'D', 0, K_LEFT },
	{ 'F', 0, K_END },
	{ 'H', 0, K_HOME },
	{ 'M', 0, K_ENTER },
	{ 'Z', 0, K_BACKTAB },
	{ 'P', 0, K_F1 },
	{ 'Q', 0, K_F1 + 1 },
	{ 'R', 0, K_F1 + 2 },
	{ 'S', 0, K_F1 + 3 },
	{ '~', 1, K_HOME },
	{ '~', 2, K_INSERT },
	{ '~', 3, K_DELETE },
	{ '~', 4, K_END },
	{ '~', 5, K_PGUP },
	{ '~', 6, K_PGDN },
	{ '~', 7, K_HOME },
	{ '~', 8, K_END },
	{ '~', 11, K_F1 },
	{ '~', 12, K_F1 + 1 },
	{ '~', 13, K_F1 + 2 },
	{ '~', 14, K_F1 + 3 },
	{ '~', 15, K_F1 + 4 },
	{ '~', 17, K_F1 + 5 },
	{ '~', 18, K_F1 + 6 },
	{ '~', 19, K_F1 + 7 },
	{ '~', 20, K_F1 + 8 },
	{ '~', 21, K_F1 + 9 },
	{ '~', 23, K_F1 + 10 },
	{ '~', 24, K_F12 },
};

static void special_set(struct key *key, char final, unsigned number, unsigned modifiers)
{
	for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++) {
		if (SEQUENCES[i].final != final || (final == '~' && SEQUENCES[i].number != number))
			continue;
		key->type = PRESS_SPECIAL;
		key->special = SEQUENCES[i].special;
		key->shift = modifiers & 1;
		key->alt = modifiers & 2;
		key->ctrl = modifiers & 4;
		return;
	}
}

static void mouse_set(struct key *key, unsigned button, unsigned col, unsigned row, bool down)
{
	if (col < 1 || row < 1 || col > 10000 || row > 10000)
		return;
	enum mouse what = button == 64	 ? MOUSE_WHEEL_UP
			  : button == 65 ? MOUSE_WHEEL_DOWN
					 : MOUSE_PRESS;
	if (!down || (what == MOUSE_PRESS && button != 0))
		return;
	*key = (struct key){
		.type = PRESS_MOUSE, .mouse = what, .row = (int)row - 1, .col = (int)col - 1
	};
}

// "ESC [" has been seen. Numbers between ; and a final byte; anything longer than any key of
// any terminal is swallowed up to its final byte.
static enum outcome csi_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	unsigned number[4] = { 0 };
	size_t count = 0, i = 2;
	bool private = i < n && (b[i] == '<' || b[i] == '?' || b[i] == '>');
	if (n >= 3 && b[2] == '[') { // the Linux console's F1 to F5: ESC [ [ A
		if (n < 4)
			return SHORT;
		if (b[3] >= 'A' && b[3] <= 'E')
			*key = (struct key){ .type = PRESS_SPECIAL,
				.special = (enum special)(K_F1 + (b[3] - 'A')) };
		r->start += 4;
		return TAKEN;
	}
	for (i += private; i < n && b[i] < 0x40; i++) {
		if (b[i] < 0x20)
			break;
		if (b[i] >= '0' && b[i] <= '9' && count < 4 && number[count] < 10000)
			number[count] = number[count] * 10 + (unsigned)(b[i] - '0');
		if (b[i] == ';' && count < 4)
			count++;
	}
	if (i == n)
		return SHORT;
	r->start += i + (b[i] >= 0x40 && b[i] < 0x7f);
	if (b[i] < 0x40 || b[i] >= 0x7f)
		return TAKEN;
	if (b[i] == '~' && number[0] == 200 && !private)
		r->pasting = true;
	else if (private && b[2] == '<' && (b[i] == 'M' || b[i] == 'm'))
		mouse_set(key, number[0], number[1], number[2], b[i] == 'M');
	else if (!private)
		special_set(key, (char)b[i], number[0], number[1] ? number[1] - 1 : 0);
	return TAKEN;
}

static bool own_read(struct key_reader *r, size_t n, struct key *key)
{
	for (const struct key_sequence *s = r->own; s && s->bytes; s++) {
		size_t length = strlen(s->bytes);
		if (length > n || memcmp(r->held + r->start, s->bytes, length) != 0)
			continue;
		*key = (struct key){ .type = PRESS_SPECIAL, .special = s->special };
		r->start += length;
		return true;
	}
	return false;
}

static enum outcome escape_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	if (own_read(r, n, key))
		return TAKEN;
	if (n == 1)
		return SHORT;
	if (b[1] == '[')
		return csi_read(r, n, key);
	if (b[1] == 'O' && n == 2)
		return SHORT;
	if (b[1] == 'O' && b[2] >= 0x40 && b[2] < 0x7f) {
		special_set(key, (char)b[2], 0, 0);
		r->start += 3;
		return TAKEN;
	}
	*key = (struct key){ .type = PRESS_SPECIAL, .special = K_ESC };
	r->start++;
	return TAKEN;
}

static void control_read(struct key_reader *r, struct key *key)
{
	unsigned char c = r->held[r->start++];
	key->type = PRESS_SPECIAL;
	if (c == 0)
		key->special = K_CTRL_SPACE;
	else if (c == '\r' || c == '\n')
		key->special = K_ENTER;
	else if (c == '\t')
		key->special = K_TAB;
	else if (c == 0x08 || c == 0x7f)
		key->special = K_BACKSPACE;
	else if (c <= 26)
		key->special = (enum special)(K_CTRL_A + (c - 1));
	else
		*key = (struct key){ .type = PRESS_NONE };
}

static size_t utf8_length(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static enum outcome text_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	size_t length = utf8_length(*b);
	for (size_t i = 1; i < length && i < n; i++)
		if ((b[i] & 0xc0) != 0x80)
			length = i; // broken off: text_valid refuses it below
	if (length > n)
		return SHORT;
	r->start += length;
	if (!text_valid((const char *)b, length, NULL))
		return TAKEN;
	if (b[0] == 0xc2 && b[1] < 0xa0) // C1 controls
		return TAKEN;
	key->type = PRESS_TEXT;
	memcpy(key->text, b, length);
	return TAKEN;
}

// --- paste

static void paste_keep(struct key_reader *r, const unsigned char *bytes, size_t n)
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

static void paste_end(struct key_reader *r, struct key *key)
{
	*key = (struct key){ .type = PRESS_PASTE,
		.paste = r->length ? r->pasted : "",
		.paste_length = r->length,
		.paste_dropped = r->dropped };
	r->pasting = false;
}

static void paste_begin(struct key_reader *r)
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
	paste_keep(r, b, i);
	r->start += i;
	if (n - i >= mark) {
		r->start += mark;
		paste_end(r, key);
		return true;
	}
	if (last) { // the end never came: what is there is the paste
		paste_keep(r, b + i, n - i);
		r->start = r->end;
		paste_end(r, key);
	}
	return last;
}

bool key_reader_next(struct key_reader *r, bool last, struct key *key)
{
	*key = (struct key){ .type = PRESS_NONE };
	if (r->pasting)
		return paste_read(r, last, key);
	size_t n = r->end - r->start;
	if (n == 0)
		return false;
	unsigned char c = r->held[r->start];
	enum outcome outcome = TAKEN;
	if (c == 0x1b)
		outcome = escape_read(r, n, key);
	else if (c < 0x20 || c == 0x7f)
		control_read(r, key);
	else
		outcome = text_read(r, n, key);
	if (outcome == SHORT && last) {
		// A lone Esc; or half a sequence or character, which will not be whole any more.
		if (c == 0x1b)
			*key = (struct key){ .type = PRESS_SPECIAL, .special = K_ESC };
		r->start = r->end;
		return true;
	}
	if (r->pasting) {
		paste_begin(r);
		return paste_read(r, false, key);
	}
	return outcome == TAKEN;
}
