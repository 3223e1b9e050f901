// SPDX-License-Identifier: MIT
#include "base/text_utf8.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t text_encode(uint32_t code, char out[4])
{
	if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
}

bool text_valid(const char *text, size_t n, size_t *bad)
{
	int32_t cp;
	for (size_t at = 0, next; at < n; at = next) {
		next = at + utf8_next(text + at, n - at, &cp);
		if (cp > 0)
			continue;
		if (bad)
			*bad = at;
		return false;
	}
	return true;
}

static bool text_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

// In place; the text only gets shorter.
static void text_line_ends(char *text)
{
	char *to = strchr(text, '\r');
	if (!to)
		return;
	for (const char *from = to; *from; from++)
		if (*from != '\r')
			*to++ = *from;
		else if (from[1] != '\n')
			*to++ = '\n';
	*to = '\0';
}

// utf8proc's memory becomes the arena's.
static char *text_map(struct arena *a, const char *text, size_t n, int how)
{
	uint8_t *made = NULL;
	utf8proc_ssize_t got =
	    utf8proc_map((const uint8_t *)text, (utf8proc_ssize_t)n, &made, (utf8proc_option_t)how);
	char *copy = got < 0 ? NULL : arena_copy(a, (const char *)made, (size_t)got);
	free(made);
	return copy;
}

char *text_normal(struct arena *a, const char *text, size_t n)
{
	if (!text_valid(text, n, NULL))
		return NULL;
	char *out = text_plain(text, n) ? arena_copy(a, text, n)
					: text_map(a, text, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (out)
		text_line_ends(out);
	return out;
}

// Marks that people leave out when they search: accents, Hebrew points, Arabic vowels and tatweel.
// Vowel signs of Indic scripts are letters to their readers and stay.
static const int32_t accents[][2] = {
	{ 0x0300, 0x036f },
	{ 0x0591, 0x05bd },
	{ 0x05bf, 0x05c7 },
	{ 0x0610, 0x061a },
	{ 0x0640, 0x0640 },
	{ 0x064b, 0x065f },
	{ 0x0670, 0x0670 },
	{ 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff },
	{ 0x20d0, 0x20ff },
	{ 0xfe20, 0xfe2f },
};

static bool text_is_accent(int32_t cp)
{
	for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
		if (cp >= accents[i][0] && cp <= accents[i][1])
			return true;
	return false;
}

static bool text_is_blank(int32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= 9 && cp <= 13);
	utf8proc_category_t c = utf8proc_category(cp);
	return cp == 0x85 || c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_ZL ||
	       c == UTF8PROC_CATEGORY_ZP;
}

char *text_fold(struct arena *a, const char *text)
{
	char *wide = text_map(a, text, strlen(text),
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);
	if (!wide)
		return text_valid(text, strlen(text), NULL) ? NULL : arena_strdup(a, text);
	struct str out = STR_IN(a);
	bool gap = false;
	int32_t cp;
	for (size_t at = 0, n = strlen(wide), next; at < n; at = next) {
		next = at + utf8_next(wide + at, n - at, &cp);
		if (text_is_blank(cp)) {
			gap = out.length > 0;
		} else if (!text_is_accent(cp)) {
			str_add(&out, gap ? " " : "");
			str_add_n(&out, wide + at, next - at);
			gap = false;
		}
	}
	char *folded = str_done(&out);
	return folded ? text_map(a, folded, out.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE) : NULL;
}

const char *text_trim(const char *text, size_t *n)
{
	int32_t cp;
	for (size_t step; *n; text += step, *n -= step) {
		step = utf8_next(text, *n, &cp);
		if (!text_is_blank(cp))
			break;
	}
	for (size_t last; *n; *n = last) {
		last = utf8_prev(text, *n);
		utf8_next(text + last, *n - last, &cp);
		if (!text_is_blank(cp))
			break;
	}
	return text;
}

bool text_right(const char *text)
{
	size_t n = strlen(text);
	int32_t cp;
	for (size_t at = 0; at < n;) {
		at += utf8_next(text + at, n - at, &cp);
		if (cp < 0)
			continue;
		switch (utf8proc_get_property(cp)->bidi_class) {
		case UTF8PROC_BIDI_CLASS_L: return false;
		case UTF8PROC_BIDI_CLASS_R:
		case UTF8PROC_BIDI_CLASS_AL: return true;
		default: break;
		}
	}
	return false;
}
