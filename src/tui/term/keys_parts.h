// SPDX-License-Identifier: MIT
// The reader of keys from inside, for the files that make it up: keys.c (names), keys_read.c (held
// bytes, text, pastes), keys_sequence.c (what begins with ESC).
#ifndef PLANDO_TUI_KEYS_PARTS_H
#define PLANDO_TUI_KEYS_PARTS_H

#include "tui/term/keys.h"

#include <stdint.h>

enum key_outcome { KEY_TAKEN, KEY_SHORT }; // KEY_SHORT: more bytes are needed to know

// These read what stands at r->start; n bytes are there.
enum key_outcome key_text_read(struct key_reader *r, size_t n, struct key *key);
void key_control_read(struct key_reader *r, struct key *key);
enum key_outcome key_escape_read(struct key_reader *r, size_t n, struct key *key);
// KEY_SHORT it was, and nothing more comes.
void key_escape_end(struct key_reader *r, struct key *key);

// A code point as text that can be typed; another is no key.
void key_text_set(struct key *key, uint32_t code);
// A letter held with Alt, or with Ctrl where that makes no control character: a key without text.
void key_char_set(struct key *key, uint32_t code, bool ctrl, bool alt);
void key_alt_set(struct key *key); // the same key, with Alt
// Ctrl with this character, as terminals have always sent it. False: there is no such key.
bool key_ctrl_set(struct key *key, uint32_t code);

#endif
