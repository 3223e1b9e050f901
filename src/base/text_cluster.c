// SPDX-License-Identifier: MIT
// Where one cluster ends and the next begins (utf8proc, UAX 29), and how many columns each takes.
#include "base/text_utf8.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <utf8proc.h>

size_t text_next(const char *text, size_t n, size_t at)
{
	if (at >= n)
		return n;
	int32_t before, cp, state = 0;
	at += utf8_next(text + at, n - at, &before);
	while (at < n) {
		// Nothing joins printable ASCII to what stands before it.
		unsigned char c = (unsigned char)text[at];
		if (c >= 0x20 && c < 0x7f && before < 0x80)
			break;
		size_t step = utf8_next(text + at, n - at, &cp);
		if (before < 0 || cp < 0 || utf8proc_grapheme_break_stateful(before, cp, &state))
			break;
		at += step;
		before = cp;
	}
	return at;
}

// A boundary whatever stands further left. Two rules look further back than one code point: emoji
// joined by ZWJ, and pairs of regional indicators; the table calls the latter no boundary by
// itself.
static bool text_cluster_boundary_for_sure(const char *text, size_t n, size_t at)
{
	int32_t before, after;
	size_t start = utf8_prev(text, at);
	utf8_next(text + start, at - start, &before);
	utf8_next(text + at, n - at, &after);
	if (before < 0 || after < 0)
		return true;
	return before != 0x200d && utf8proc_grapheme_break(before, after);
}

size_t text_prev(const char *text, size_t at)
{
	if (at == 0)
		return 0;
	size_t from = utf8_prev(text, at), next;
	while (from > 0 && !text_cluster_boundary_for_sure(text, at, from))
		from = utf8_prev(text, from);
	while ((next = text_next(text, at, from)) < at)
		from = next;
	return from;
}

size_t text_count(const char *text, size_t n)
{
	size_t count = 0;
	for (size_t at = 0; at < n; at = text_next(text, n, at))
		count++;
	return count;
}

int text_width(const char *text, size_t n)
{
	int width = 0;
	for (size_t at = 0, end; at < n; at = end) {
		end = text_next(text, n, at);
		width += text_cluster_width(text, at, end);
	}
	return width;
}

size_t text_fit(const char *text, size_t n, int columns, int *used)
{
	int width = 0;
	size_t at = 0;
	while (at < n) {
		size_t end = text_next(text, n, at);
		int more = text_cluster_width(text, at, end);
		if (width + more > columns)
			break;
		width += more;
		at = end;
	}
	if (used)
		*used = width;
	return at;
}

char *text_cut(struct arena *a, const char *text, int columns, bool ascii)
{
	size_t n = strlen(text);
	size_t fits = text_fit(text, n, columns, NULL);
	if (fits == n)
		return arena_copy(a, text, n);
	if (columns < 1)
		return arena_copy(a, "", 0);
	struct str out = STR_IN(a);
	str_add_n(&out, text, text_fit(text, n, columns - 1, NULL));
	str_add(&out, ascii ? "~" : "…");
	return str_done(&out);
}
