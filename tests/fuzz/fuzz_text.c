// SPDX-License-Identifier: MIT
// Any bytes as text: what is shown is harmless, clusters and lines cover the text without a hole,
// and nothing is cut in the middle of a character.
#include "fuzz.h"

#include <plando/date.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

static void shown_is_harmless(struct arena *a, const char *text, bool lines)
{
	const char *safe = text_safe(a, text, lines);
	HOLDS(safe);
	size_t n = strlen(safe);
	HOLDS(text_valid(safe, n, NULL));
	for (size_t i = 0; i < n; i++) {
		HOLDS((unsigned char)safe[i] >= ' ' || (lines && safe[i] == '\n'));
		HOLDS(safe[i] != 0x7f);
	}
	HOLDS(!strstr(safe, "\xe2\x80\xae")); // right-to-left override
	HOLDS(!strstr(safe, "\xc2\x9b"));     // CSI as one character
	HOLDS(str_equal(text_safe(a, safe, lines), safe));
	for (const char *p = text_ascii(a, text); *p; p++)
		HOLDS((unsigned char)*p < 0x80);
}

static void clusters_cover(const char *text, size_t n)
{
	size_t count = 0;
	for (size_t at = 0, next; at < n; at = next, count++) {
		next = text_next(text, n, at);
		HOLDS(next > at && next <= n);
		HOLDS(text_cluster_width(text, at, next) >= 0);
		HOLDS(text_valid(text + at, next - at, NULL));
	}
	HOLDS(text_count(text, n) == count);
	for (size_t at = n; at;) {
		size_t before = text_prev(text, at);
		HOLDS(before < at);
		at = before;
	}
}

static void lines_cover(struct arena *a, const char *text, size_t n, int columns)
{
	struct text_lines lines;
	HOLDS(text_wrap(a, text, n, columns, &lines));
	HOLDS(lines.count >= 1 && lines.line[0].start == 0);
	for (size_t i = 0; i < lines.count; i++) {
		const struct text_line *l = &lines.line[i];
		HOLDS(l->start <= l->end && l->end <= n);
		HOLDS(i == 0 || l->start >= lines.line[i - 1].end);
		HOLDS(text_valid(text + l->start, l->end - l->start, NULL));
	}
}

static void cuts_fit(struct arena *a, const char *text, size_t n, int columns)
{
	int used = 0;
	size_t fits = text_fit(text, n, columns, &used);
	HOLDS(fits <= n && used <= columns);
	const char *cut = text_cut(a, text, columns, false);
	HOLDS(cut && text_width(cut, strlen(cut)) <= columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	int columns = n ? 1 + bytes[0] % 100 : 1;
	const char *text = arena_copy(&a, (const char *)bytes, n);
	shown_is_harmless(&a, text, true);
	shown_is_harmless(&a, text, false);
	const char *normal = text_normal(&a, text, strlen(text));
	HOLDS((normal != NULL) == text_valid(text, strlen(text), NULL));
	if (normal) {
		size_t length = strlen(normal);
		HOLDS(str_equal(text_normal(&a, normal, length), normal));
		HOLDS(text_fold(&a, normal));
		clusters_cover(normal, length);
		lines_cover(&a, normal, length, columns);
		cuts_fit(&a, text_safe(&a, normal, false), strlen(text_safe(&a, normal, false)),
		    columns);
	}
	date_t day;
	int64_t moment;
	date_parse_human(text, 20000, &day);
	date_parse_iso(text, &day);
	moment_parse(text, &moment);
	arena_free(&a);
	return 0;
}
