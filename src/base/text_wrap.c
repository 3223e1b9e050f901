// SPDX-License-Identifier: MIT
// Soft wrap: after white space or a hyphen, else between clusters.
#include <plando/text.h>

#include <string.h>

static bool text_wrap_blank_at(const char *text, size_t at)
{
	return text[at] == ' ' || text[at] == '\t';
}

// The next word may stand on the next line: after a blank or a dash, and after the hyphen of
// "follow-up", not that of "-5".
static bool text_wrap_breaks_after(const char *text, size_t start, size_t at, size_t end)
{
	static const char *const dashes[] = { "\u2010", "\u2013", "\u2014" };
	if (text_wrap_blank_at(text, at))
		return true;
	if (end - at == 1)
		return text[at] == '-' && at > start && !text_wrap_blank_at(text, at - 1) &&
		       !(text[end] >= '0' && text[end] <= '9');
	for (size_t i = 0; end - at == 3 && i < sizeof dashes / sizeof *dashes; i++)
		if (memcmp(text + at, dashes[i], 3) == 0)
			return true;
	return false;
}

struct text_line text_wrap_next(const char *text, size_t n, size_t start, int columns, size_t *next)
{
	size_t at = start, word = start, shown = start; // word: where the last one began
	int width = 0;
	while (at < n && text[at] != '\n') {
		size_t end = text_next(text, n, at);
		width += text_cluster_width(text, at, end);
		if (width > columns && at > start && !text_wrap_blank_at(text, at))
			break;
		if (end < n && text_wrap_breaks_after(text, start, at, end))
			word = end;
		if (width <= columns || at == start)
			shown = end;
		at = end;
	}
	if (at >= n || text[at] == '\n') {
		*next = at < n ? at + 1 : n;
		return (struct text_line){ start, shown };
	}
	*next = word > start ? word : at;
	size_t end = *next < shown ? *next : shown;
	while (word > start && end > start && text_wrap_blank_at(text, end - 1))
		end--;
	return (struct text_line){ start, end };
}

bool text_wrap(struct arena *a, const char *text, size_t n, int columns, struct text_lines *out)
{
	size_t cap = 0, at = 0;
	void *line = NULL;
	*out = (struct text_lines){ 0 };
	do {
		if (!arena_grow(a, &line, out->count, &cap, sizeof *out->line))
			return false;
		out->line = line;
		out->line[out->count++] = text_wrap_next(text, n, at, columns, &at);
	} while (at < n);
	if (n > 0 && text[n - 1] == '\n') {
		if (!arena_grow(a, &line, out->count, &cap, sizeof *out->line))
			return false;
		out->line = line;
		out->line[out->count++] = (struct text_line){ n, n };
	}
	return true;
}
