// SPDX-License-Identifier: MIT
#include "tui/loop/line.h"

#include <stdio.h>
#include <string.h>

void line_set(struct line *l, const char *text)
{
	size_t n = strlen(text);
	if (n >= LINE_MOST)
		for (n = LINE_MOST - 1; n && ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	memcpy(l->text, text, n);
	l->text[n] = '\0';
	l->length = l->at = n;
	l->selected = false;
}

static void line_insert(struct line *l, const char *text, size_t n)
{
	if (n >= LINE_MOST - l->length || !text_valid(text, n, NULL))
		return;
	memmove(l->text + l->at + n, l->text + l->at, l->length - l->at + 1);
	memcpy(l->text + l->at, text, n);
	for (size_t i = l->at; i < l->at + n; i++)
		if ((unsigned char)l->text[i] < ' ')
			l->text[i] = ' ';
	l->length += n;
	l->at += n;
}

static void line_erase_between(struct line *l, size_t from, size_t to)
{
	memmove(l->text + from, l->text + to, l->length - to + 1);
	l->length -= to - from;
	l->at = from;
}

static size_t line_word_before(const struct line *l)
{
	size_t at = l->at;
	while (at > 0 && l->text[at - 1] == ' ')
		at--;
	while (at > 0 && l->text[at - 1] != ' ')
		at--;
	return at;
}

static bool line_special(struct line *l, enum special key)
{
	size_t before = text_prev(l->text, l->at);
	size_t after = l->at < l->length ? text_next(l->text, l->length, l->at) : l->length;
	if (key == K_LEFT || key == K_CTRL('B'))
		l->at = before;
	else if (key == K_RIGHT || key == K_CTRL('F'))
		l->at = after;
	else if (key == K_HOME || key == K_CTRL('A'))
		l->at = 0;
	else if (key == K_END || key == K_CTRL('E'))
		l->at = l->length;
	else if (key == K_BACKSPACE)
		line_erase_between(l, before, l->at);
	else if (key == K_DELETE || key == K_CTRL('D'))
		line_erase_between(l, l->at, after);
	else if (key == K_CTRL('U'))
		line_erase_between(l, 0, l->at);
	else if (key == K_CTRL('W'))
		line_erase_between(l, line_word_before(l), l->at);
	else
		return false;
	return true;
}

// What is typed takes the place of what is selected; moving leaves it.
static void line_deselect(struct line *l, const struct key *key)
{
	bool erases =
	    key->type == PRESS_SPECIAL && (key->special == K_BACKSPACE || key->special == K_DELETE);
	if (l->selected && (key->type != PRESS_SPECIAL || erases))
		line_set(l, "");
	l->selected = false;
}

bool line_key(struct line *l, const struct key *key)
{
	line_deselect(l, key);
	if (key->type == PRESS_TEXT)
		line_insert(l, key->text, strlen(key->text));
	else if (key->type == PRESS_PASTE && key->paste_dropped == 0)
		line_insert(l, key->paste, key->paste_length);
	else if (key->type == PRESS_SPECIAL)
		return line_special(l, key->special);
	else
		return false;
	return true;
}

void line_draw(const struct line *l, struct term *t, int row, int col, int width)
{
	size_t from = 0;
	// The cursor stays in view: what is left of it goes first.
	while (from < l->at && text_width(l->text + from, l->at - from) >= width)
		from = text_next(l->text, l->length, from);
	term_put_n(t, row, col, width, l->selected ? ROLE_MARKED : ROLE_FIELD, l->text + from,
	    l->length - from);
	term_cursor(t, row, col + text_width(l->text + from, l->at - from));
}
