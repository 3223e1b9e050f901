// SPDX-License-Identifier: MIT
// What keys are called.
#include "tui/term/keys.h"

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

static const char *keys_special_name(enum special special)
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
	if (key->special == K_CHAR)
		snprintf(name, KEY_WORD, "%s%s%s", key->ctrl ? "Ctrl-" : "", key->alt ? "Alt-" : "",
		    strcmp(key->text, " ") == 0 ? "Space" : key->text);
	else if (key->special >= K_CTRL_A)
		snprintf(name, KEY_WORD, "Ctrl-%c", 'A' + (int)(key->special - K_CTRL_A));
	else if (key->special >= K_F1)
		snprintf(name, KEY_WORD, "%sF%d", before, 1 + (int)(key->special - K_F1));
	else
		snprintf(name, KEY_WORD, "%s%s", before, keys_special_name(key->special));
	return name;
}

bool key_from_name(const char *name, struct key *key)
{
	*key = (struct key){ .type = PRESS_SPECIAL };
	char found[KEY_WORD];
	for (int with = 0; with < 4; with++)
		for (int s = K_UP; s <= K_CTRL_Z; s += s + 1 == K_CHAR ? 2 : 1) {
			*key = (struct key){ .type = PRESS_SPECIAL,
				.special = (enum special)s,
				.ctrl = with == 1,
				.alt = with == 2,
				.shift = with == 3 };
			if (str_equal(key_word(key, found), name))
				return true;
		}
	bool alt = strncmp(name, "Alt-", 4) == 0;
	*key = (struct key){ .type = PRESS_SPECIAL, .special = alt ? K_CHAR : K_NONE, .alt = alt };
	name += alt ? 4 : 0;
	size_t n = strlen(name);
	if (str_equal(name, "Space"))
		name = " ", n = 1;
	if (n == 0 || n >= sizeof key->text || text_next(name, n, 0) != n)
		return false;
	if (!alt)
		key->type = PRESS_TEXT;
	memcpy(key->text, name, n + 1);
	return true;
}
