// SPDX-License-Identifier: MIT
// What begins with ESC: CSI and SS3 sequences as ECMA-48, xterm, rxvt, PuTTY and the Linux console
// have them, the terminal's own from terminfo, the numeric keypad in application mode, CSI u
// (kitty, "fixterms") and modifyOtherKeys, mouse reports (X10, 1015, SGR), Alt, and the strings
// with which a terminal answers.
#include "tui/term/keys_parts.h"

#include <string.h>

// More parameter bytes than any key of any terminal has.
enum { CSI_MOST = 64, NUMBERS = 5 };

// Modifiers as xterm counts them, less one; kitty added those from 8 on.
enum {
	MOD_SHIFT = 1,
	MOD_ALT = 2,
	MOD_CTRL = 4,
	MOD_SUPER = 8,
	MOD_HYPER = 16,
	MOD_META = 32,
	MOD_CAPS = 64,
};

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

// rxvt says by the last character what was held.
static const struct {
	char last;
	unsigned modifiers;
} RXVT[] = { { '~', 0 }, { '$', MOD_SHIFT }, { '^', MOD_CTRL }, { '@', MOD_SHIFT | MOD_CTRL } };

// The numeric keypad where it does not send what stands on its keys: "ESC O p" is 0, CSI 57399 u
// is 0. '\r' is Enter.
static const struct {
	unsigned kitty;
	char ss3, text;
} KEYPAD[] = {
	{ 57399, 'p', '0' },
	{ 57400, 'q', '1' },
	{ 57401, 'r', '2' },
	{ 57402, 's', '3' },
	{ 57403, 't', '4' },
	{ 57404, 'u', '5' },
	{ 57405, 'v', '6' },
	{ 57406, 'w', '7' },
	{ 57407, 'x', '8' },
	{ 57408, 'y', '9' },
	{ 57409, 'n', '.' },
	{ 57410, 'o', '/' },
	{ 57411, 'j', '*' },
	{ 57412, 'm', '-' },
	{ 57413, 'k', '+' },
	{ 57414, 'M', '\r' },
	{ 57415, 'X', '=' },
	{ 57416, 'l', ',' },
	{ 0, ' ', ' ' },
	{ 0, 'I', '\t' },
};

// The keys that kitty numbers in Unicode's private area and that plando knows.
static const struct {
	unsigned code;
	enum special special;
} KITTY[] = {
	{ 57417, K_LEFT },
	{ 57418, K_RIGHT },
	{ 57419, K_UP },
	{ 57420, K_DOWN },
	{ 57421, K_PGUP },
	{ 57422, K_PGDN },
	{ 57423, K_HOME },
	{ 57424, K_END },
	{ 57425, K_INSERT },
	{ 57426, K_DELETE },
};

static const struct {
	unsigned code;
	enum special special;
} CONTROLS[] = {
	{ '\t', K_TAB },
	{ '\r', K_ENTER },
	{ 0x1b, K_ESC },
	{ 0x7f, K_BACKSPACE },
	{ '\b', K_BACKSPACE },
};

enum { KEYPAD_KEYS = sizeof KEYPAD / sizeof *KEYPAD };

static void sequence_special(struct key *key, enum special special, unsigned modifiers)
{
	if (modifiers & (MOD_SUPER | MOD_HYPER))
		return; // the desktop's, not ours
	*key = (struct key){ .type = PRESS_SPECIAL,
		.special = special,
		.shift = modifiers & MOD_SHIFT,
		.alt = modifiers & (MOD_ALT | MOD_META),
		.ctrl = modifiers & MOD_CTRL };
	if (special == K_TAB && key->shift)
		*key = (struct key){ .type = PRESS_SPECIAL, .special = K_BACKTAB };
	if (special == K_BACKTAB)
		key->shift = false;
}

static bool sequence_named(struct key *key, char final, unsigned number, unsigned modifiers)
{
	for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++)
		if (SEQUENCES[i].final == final &&
		    (final != '~' || SEQUENCES[i].number == number)) {
			sequence_special(key, SEQUENCES[i].special, modifiers);
			return true;
		}
	return false;
}

static void keys_sequence_keypad_set(struct key *key, char text, unsigned modifiers)
{
	if (text == '\r' || text == '\t')
		sequence_special(key, text == '\r' ? K_ENTER : K_TAB, modifiers);
	else if (modifiers & (MOD_ALT | MOD_CTRL))
		key_char_set(key, (unsigned char)text, modifiers & MOD_CTRL, modifiers & MOD_ALT);
	else
		key_text_set(key, (unsigned char)text);
}

// --- CSI

struct csi {
	unsigned char mark; // '<', '=', '>', '?' after the [, else 0
	unsigned number[NUMBERS], sub[NUMBERS];
	size_t numbers;
	unsigned char last; // the final byte, or rxvt's '$'
	size_t length;
};

// "ESC [" has been seen. c->length 0: it is too long for a key.
static enum key_outcome keys_sequence_csi_parse(const unsigned char *b, size_t n, struct csi *c)
{
	size_t i = 2;
	bool sub = false;
	*c = (struct csi){ .numbers = 1 };
	if (i < n && b[i] >= '<' && b[i] <= '?')
		c->mark = b[i++];
	for (; i < n && b[i] >= 0x20 && b[i] < 0x40; i++) {
		unsigned *to = (sub ? c->sub : c->number) + (c->numbers - 1);
		if (i == CSI_MOST)
			return KEY_TAKEN;
		if (b[i] >= '0' && b[i] <= '9' && *to < 10000000)
			*to = *to * 10 + (unsigned)(b[i] - '0');
		if (b[i] == ':')
			sub = true;
		if (b[i] == ';' && c->numbers < NUMBERS)
			c->numbers++, sub = false;
		if (b[i] == '$' && c->numbers == 1 && !c->mark && i > 2)
			break; // rxvt: Shift
	}
	if (i == n)
		return KEY_SHORT;
	c->last = b[i];
	c->length = i + (b[i] >= 0x20 && b[i] < 0x7f);
	return KEY_TAKEN;
}

// What is held beside a key, and whether it goes down (a key that goes up says nothing).
static unsigned keys_sequence_csi_modifiers(const struct csi *c, size_t at, bool *down)
{
	*down = c->sub[at] != 3;
	return c->number[at] ? c->number[at] - 1 : 0;
}

static bool keys_sequence_is_letter(unsigned code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static unsigned keys_sequence_shifted(unsigned code, unsigned modifiers)
{
	bool upper = !(modifiers & MOD_SHIFT) != !(modifiers & MOD_CAPS);
	return upper && code >= 'a' && code <= 'z' ? code - 'a' + 'A' : code;
}

// CSI code ; modifiers ; text u, and CSI 27 ; modifiers ; code ~ .
static void keys_sequence_unicode_set(
    struct key *key, unsigned code, unsigned as, unsigned modifiers)
{
	bool ctrl = modifiers & MOD_CTRL, alt = modifiers & (MOD_ALT | MOD_META);
	for (size_t i = 0; i < sizeof CONTROLS / sizeof *CONTROLS; i++)
		if (CONTROLS[i].code == code) {
			sequence_special(key, CONTROLS[i].special, modifiers);
			return;
		}
	for (size_t i = 0; i < sizeof KITTY / sizeof *KITTY; i++)
		if (KITTY[i].code == code) {
			sequence_special(key, KITTY[i].special, modifiers);
			return;
		}
	for (size_t i = 0; i < KEYPAD_KEYS; i++)
		if (code && KEYPAD[i].kitty == code) {
			keys_sequence_keypad_set(key, KEYPAD[i].text, modifiers);
			return;
		}
	if ((code >= 0xe000 && code <= 0xf8ff) || (modifiers & (MOD_SUPER | MOD_HYPER)))
		return;
	if (ctrl && !alt && key_ctrl_set(key, code))
		return;
	if (ctrl || alt)
		key_char_set(
		    key, keys_sequence_is_letter(code) && ctrl ? (code & 0x5f) : as, ctrl, alt);
	else
		key_text_set(key, as);
}

static void keys_sequence_mouse_set(struct key *key, unsigned button, unsigned col, unsigned row)
{
	enum { HELD = 4 | 8 | 16, MOVED = 32, WHEEL = 64 };
	if (col < 1 || row < 1 || col > 10000 || row > 10000 || (button & MOVED))
		return;
	button &= ~(unsigned)HELD;
	if (button != 0 && button != WHEEL && button != WHEEL + 1)
		return;
	enum mouse what = button == WHEEL	? MOUSE_WHEEL_UP
			  : button == WHEEL + 1 ? MOUSE_WHEEL_DOWN
						: MOUSE_PRESS;
	*key = (struct key){
		.type = PRESS_MOUSE, .mouse = what, .row = (int)row - 1, .col = (int)col - 1
	};
}

// ESC [ M and three bytes, each 32 more than what it says.
static enum key_outcome keys_sequence_mouse_x10(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	if (n < 6)
		return KEY_SHORT;
	if (b[3] >= 32 && b[4] > 32 && b[5] > 32)
		keys_sequence_mouse_set(key, b[3] - 32U, b[4] - 32U, b[5] - 32U);
	r->start += 6;
	return KEY_TAKEN;
}

static void keys_sequence_csi_named(struct key *key, const struct csi *c)
{
	bool down, tilde = c->last == '~';
	unsigned modifiers = keys_sequence_csi_modifiers(c, 1, &down);
	if (!tilde && c->numbers == 1) // xterm's modifyCursorKeys:1
		modifiers = keys_sequence_csi_modifiers(c, 0, &down);
	else if (!tilde && c->number[0] > 1)
		return; // where the cursor is: a report, no key
	if (down)
		sequence_named(key, (char)c->last, c->number[0], modifiers);
}

static void keys_sequence_csi_rxvt(struct key *key, const struct csi *c)
{
	for (size_t i = 0; i < sizeof RXVT / sizeof *RXVT; i++)
		if (RXVT[i].last == (char)c->last && c->number[0])
			sequence_named(key, '~', c->number[0], RXVT[i].modifiers);
	if (c->last >= 'a' && c->last <= 'd' && c->numbers == 1 && !c->number[0])
		sequence_named(key, (char)(c->last - 'a' + 'A'), 0, MOD_SHIFT);
}

static void keys_sequence_csi_unicode(struct key *key, const struct csi *c)
{
	bool down;
	unsigned modifiers = keys_sequence_csi_modifiers(c, 1, &down), code = c->number[0];
	unsigned as = c->number[2] ? c->number[2]
		      : c->sub[0]  ? c->sub[0]
				   : keys_sequence_shifted(code, modifiers);
	if (down)
		keys_sequence_unicode_set(key, code, as, modifiers);
}

// With a mark behind the [ it is a mouse's report, xterm's modifyCursorKeys:3, or no key.
static void keys_sequence_csi_marked(const struct csi *c, struct key *key)
{
	if (c->mark == '<' && c->last == 'M')
		keys_sequence_mouse_set(key, c->number[0], c->number[1], c->number[2]);
	else if (c->mark == '>')
		keys_sequence_csi_named(key, c);
}

static void csi_key(struct key_reader *r, const struct csi *c, struct key *key)
{
	bool down;
	if (c->mark)
		keys_sequence_csi_marked(c, key);
	else if (c->last == 'M' && c->numbers == 3 && c->number[0] >= 32) // rxvt's, 1015
		keys_sequence_mouse_set(key, c->number[0] - 32, c->number[1], c->number[2]);
	else if (c->last == 'u')
		keys_sequence_csi_unicode(key, c);
	else if (c->last == '~' && c->number[0] == 27 && c->numbers == 3)
		keys_sequence_unicode_set(
		    key, c->number[2], c->number[2], keys_sequence_csi_modifiers(c, 1, &down));
	else if (c->last == '~' && c->number[0] == 200)
		r->pasting = true;
	else if (c->last == '$' || c->last == '^' || c->last == '@' ||
		 (c->last >= 'a' && c->last <= 'd'))
		keys_sequence_csi_rxvt(key, c);
	else
		keys_sequence_csi_named(key, c);
}

static enum key_outcome keys_sequence_csi_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	struct csi c;
	if (n < 3)
		return KEY_SHORT;
	if (b[2] == 'M')
		return keys_sequence_mouse_x10(r, n, key);
	if (b[2] == '[') { // the Linux console's F1 to F5: ESC [ [ A
		if (n < 4)
			return KEY_SHORT;
		if (b[3] >= 'A' && b[3] <= 'E')
			sequence_special(key, (enum special)(K_F1 + (b[3] - 'A')), 0);
		r->start += 4;
		return KEY_TAKEN;
	}
	if (keys_sequence_csi_parse(b, n, &c) == KEY_SHORT)
		return KEY_SHORT;
	if (!c.length) {
		r->swallowing = SWALLOW_CSI;
		r->start += CSI_MOST;
		return KEY_TAKEN;
	}
	r->start += c.length;
	csi_key(r, &c, key);
	return KEY_TAKEN;
}

// --- SS3

static enum key_outcome keys_sequence_ss3_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	unsigned modifiers = 0;
	size_t i = 2;
	for (; i < n && i < 8 && ((b[i] >= '0' && b[i] <= '9') || b[i] == ';'); i++)
		modifiers = b[i] == ';' ? 0 : modifiers * 10 + (unsigned)(b[i] - '0');
	if (i >= n)
		return KEY_SHORT;
	char final = (char)b[i];
	modifiers -= modifiers > 0;
	r->start += i + (b[i] >= 0x20 && b[i] < 0x7f);
	for (size_t k = 0; k < KEYPAD_KEYS; k++)
		if (KEYPAD[k].ss3 == final) {
			keys_sequence_keypad_set(key, KEYPAD[k].text, modifiers);
			return KEY_TAKEN;
		}
	if (final >= 'a' && final <= 'd') // rxvt
		sequence_named(key, (char)(final - 'a' + 'A'), 0, MOD_CTRL);
	else
		sequence_named(key, final, 0, modifiers);
	return KEY_TAKEN;
}

// --- ESC

static bool keys_sequence_own_read(struct key_reader *r, size_t n, struct key *key)
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

typedef enum key_outcome (*key_reading)(struct key_reader *r, size_t n, struct key *key);

static enum key_outcome keys_sequence_control_read(struct key_reader *r, size_t n, struct key *key)
{
	(void)n;
	key_control_read(r, key);
	return KEY_TAKEN;
}

// ESC and a key: that key with Alt. What is no key (a paste, a report, the mouse) came by itself
// after an Esc.
static enum key_outcome keys_sequence_alt_read(
    struct key_reader *r, size_t n, struct key *key, key_reading read)
{
	size_t start = r->start++;
	enum key_outcome outcome = read(r, n - 1, key);
	if (outcome == KEY_TAKEN && (key->type == PRESS_SPECIAL || key->type == PRESS_TEXT)) {
		key_alt_set(key);
		return outcome;
	}
	r->pasting = false;
	r->swallowing = SWALLOW_NONE;
	r->start = start;
	if (outcome == KEY_SHORT)
		return outcome;
	*key = (struct key){ .type = PRESS_SPECIAL, .special = K_ESC };
	r->start++;
	return outcome;
}

static enum key_outcome keys_sequence_string_read(struct key_reader *r, size_t n)
{
	if (n < 3) // it may be Alt with that character yet
		return KEY_SHORT;
	r->swallowing = r->held[r->start + 1] == ']' ? SWALLOW_OSC : SWALLOW_STRING;
	r->start += 2;
	return KEY_TAKEN;
}

enum key_outcome key_escape_read(struct key_reader *r, size_t n, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	if (keys_sequence_own_read(r, n, key))
		return KEY_TAKEN;
	if (n == 1)
		return KEY_SHORT;
	switch (b[1]) {
	case '[': return keys_sequence_csi_read(r, n, key);
	case 'O': return keys_sequence_ss3_read(r, n, key);
	case ']':
	case 'P':
	case '_':
	case '^':
	case 'X': return keys_sequence_string_read(r, n);
	case 0x1b: break;
	default:
		return keys_sequence_alt_read(r, n, key,
		    b[1] < 0x20 || b[1] == 0x7f ? keys_sequence_control_read : key_text_read);
	}
	if (n == 2)
		return KEY_SHORT;
	if (b[2] == '[' || b[2] == 'O')
		return keys_sequence_alt_read(r, n, key, key_escape_read);
	*key = (struct key){ .type = PRESS_SPECIAL, .special = K_ESC };
	r->start++;
	return KEY_TAKEN;
}

// What was taken for the beginning of more, and nothing more came.
void key_escape_end(struct key_reader *r, struct key *key)
{
	const unsigned char *b = r->held + r->start;
	size_t n = r->end - r->start;
	if (n == 1 || (n == 2 && b[1] == 0x1b))
		*key = (struct key){ .type = PRESS_SPECIAL, .special = K_ESC };
	else if (n == 2)
		key_char_set(key, b[1], false, true);
	r->start = n == 2 && b[1] == 0x1b ? r->start + 1 : r->end;
}
