// SPDX-License-Identifier: MIT
// What a person did at the terminal: one struct for text, keys, pastes, the mouse and the signals;
// and the turning of bytes into it. Knows no terminal: term_keys.c feeds the bytes in (and so do
// tests and fuzzers).
//
// Rules:
// 1. Bytes that mean nothing here are swallowed whole, never shown as text.
// 2. ESC and a character in one go is that character with Alt; ESC and a key's sequence that key
//    with Alt; ESC alone is Esc. What a terminal says of itself (OSC, DCS, APC, PM, SOS, reports)
//    is swallowed to its end, in time linear in its length.
// 3. Text is valid UTF-8, one code point a key, no control characters.
// 4. A paste is one key however long; more than PASTE_MOST bytes are counted, not kept.
#ifndef PLANDO_TUI_KEYS_H
#define PLANDO_TUI_KEYS_H

#include <plando/arena.h>
#include <plando/text.h>

enum key_type {
	PRESS_NONE,    // something that means nothing here
	PRESS_TEXT,    // .text holds one code point that can be typed
	PRESS_SPECIAL, // .special, .ctrl, .shift, .alt
	PRESS_PASTE,   // .paste, .paste_length (valid until the next key is read), .paste_dropped
	PRESS_MOUSE,   // .mouse, .row, .col
	PRESS_RESIZE,  // the terminal has another size now
	PRESS_STOP,    // Ctrl-Z from outside (SIGTSTP)
	PRESS_LEAVE,   // the terminal is gone or we are asked to end (HUP, TERM, INT …): keep, go
};

enum special {
	K_NONE,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PGUP,
	K_PGDN,
	K_INSERT,
	K_DELETE,
	K_BACKSPACE,
	K_ENTER,
	K_TAB,
	K_BACKTAB,
	K_ESC,
	K_CTRL_SPACE, // NUL
	K_CHAR,	      // .text held with Alt, or with Ctrl where that makes no control character
	K_F1,
	K_F4 = K_F1 + 3,
	K_F12 = K_F1 + 11,
	K_CTRL_A, // Ctrl-A … Ctrl-Z follow each other; H, I, J, M are Backspace, Tab, Enter, Enter
	K_CTRL_Z = K_CTRL_A + 25,
};
#define K_CTRL(letter) ((enum special)(K_CTRL_A + ((letter) - 'A')))

enum mouse { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

enum { PASTE_MOST = TEXT_MOST };

struct key {
	enum key_type type;
	enum special special;
	bool ctrl, shift, alt;
	char text[8];
	enum mouse mouse;
	int row, col; // from 0
	const char *paste;
	size_t paste_length;
	size_t paste_dropped; // bytes beyond PASTE_MOST: then nothing should be taken
};

// "Up", "Ctrl-P", "F1", "Space", "Shift-Tab", or the text itself: the words that the table of
// actions uses. `name` is filled and returned.
enum { KEY_WORD = 24 };
const char *key_word(const struct key *key, char name[KEY_WORD]);
// The other way, for tests: false = no such key.
bool key_from_name(const char *name, struct key *key);

// --- from bytes
struct key_sequence {
	const char *bytes; // what this terminal sends
	enum special special;
};

enum key_swallow {
	SWALLOW_NONE,
	SWALLOW_OSC,	// ends with BEL or ST (ESC \)
	SWALLOW_STRING, // DCS, APC, PM, SOS: ends with ST only
	SWALLOW_CSI,	// longer than any key of any terminal: ends with its final byte
};

struct key_reader {
	const struct key_sequence *own; // the terminal's own, from terminfo; ends with bytes NULL
	unsigned char held[4096];
	size_t start, end; // held[start..end) is not read yet
	bool local;	   // text comes in the locale's own charset, not in UTF-8
	bool pasting;
	enum key_swallow swallowing; // what says nothing to us, up to its end
	struct arena paste;	     // of the paste that is coming or came last
	char *pasted;
	size_t length, cap, dropped;
};

// Room for more bytes: how many key_reader_add takes now.
size_t key_reader_room(const struct key_reader *r);
void key_reader_add(struct key_reader *r, const void *bytes, size_t n);
// The next key. False: nothing more, or (where r->start < r->end or r->pasting) more bytes are
// needed. `last`: nothing more is coming for now, take what is there for what it is (a lone Esc).
bool key_reader_next(struct key_reader *r, bool last, struct key *key);
// What has begun is nothing that fingers send: its rest is worth waiting for longer than for the
// rest of what may be a lone Esc.
bool key_reader_waits(const struct key_reader *r);
void key_reader_drop(struct key_reader *r); // what is not read yet is forgotten
void key_reader_free(struct key_reader *r);

#endif
