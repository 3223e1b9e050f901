// SPDX-License-Identifier: MIT
// Any bytes from a terminal, in pieces of any size: text stays text, nothing is read twice or for
// ever, and the pieces make no difference once everything is there.
#include "fuzz.h"

#include "tui/term/keys.h"

#include <string.h>

static const struct key_sequence OWN[] = { { "\033OA", K_UP }, { "\033[Z", K_BACKTAB }, { NULL } };

static void sound(const struct key *key)
{
	char word[KEY_WORD];
	HOLDS(key_word(key, word) && strlen(word) < KEY_WORD);
	if (key->type == PRESS_TEXT) {
		size_t n = strnlen(key->text, sizeof key->text);
		HOLDS(n > 0 && n < sizeof key->text && text_valid(key->text, n, NULL));
		HOLDS((unsigned char)key->text[0] >= ' ' && key->text[0] != 0x7f);
	}
	if (key->type == PRESS_PASTE)
		HOLDS(key->paste_length <= PASTE_MOST);
	if (key->type == PRESS_MOUSE)
		HOLDS(key->row >= 0 && key->col >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct key_reader r = { .own = OWN };
	struct key key;
	size_t piece = n ? 1 + bytes[0] % 64u : 1, keys = 0;
	for (size_t at = 0; at < n;) {
		size_t room = key_reader_room(&r);
		size_t take = n - at < piece ? n - at : piece;
		take = take < room ? take : room;
		HOLDS(take > 0);
		key_reader_add(&r, bytes + at, take);
		at += take;
		while (key_reader_next(&r, at == n, &key)) {
			sound(&key);
			HOLDS(++keys <= n + 1);
		}
	}
	key_reader_free(&r);
	return 0;
}
