// SPDX-License-Identifier: MIT
// What may reach a screen or a page as it is, and what is shown by its name instead. A cluster is
// judged by itself:
// 1. Control characters, bidirectional controls and invisible format characters are never honest.
// 2. A joiner is honest between emoji, and after a letter or mark of a script that writes with it.
// 3. A variation selector is honest once after something visible; tags in the flag of a region.
// 4. A mark that has nothing to stand on gets a dotted circle, so that it changes no neighbour;
//    more than 30 marks on one letter (UAX 15, stream-safe text) are cut.
#include "base/text_utf8.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

enum { TAB = 4, MARKS = 30, NAME = 24, ZWNJ = 0x200c, ZWJ = 0x200d };

#define UNKNOWN "\ufffd"
#define CIRCLE	"\u25cc"

static const struct text_safe_named {
	int32_t cp;
	const char *name;
} names[] = {
	{ 0x00ad, "SHY" },
	{ 0x034f, "CGJ" },
	{ 0x061c, "ALM" },
	{ 0x180e, "MVS" },
	{ 0x200b, "ZWSP" },
	{ ZWNJ, "ZWNJ" },
	{ ZWJ, "ZWJ" },
	{ 0x200e, "LRM" },
	{ 0x200f, "RLM" },
	{ 0x2028, "LS" },
	{ 0x2029, "PS" },
	{ 0x202a, "LRE" },
	{ 0x202b, "RLE" },
	{ 0x202c, "PDF" },
	{ 0x202d, "LRO" },
	{ 0x202e, "RLO" },
	{ 0x2060, "WJ" },
	{ 0x2066, "LRI" },
	{ 0x2067, "RLI" },
	{ 0x2068, "FSI" },
	{ 0x2069, "PDI" },
	{ 0xfeff, "BOM" },
};

struct text_safe_range {
	int32_t from, to;
};

// Never shown as they are, or (joiners, selectors, tags) only in their place.
static const struct text_safe_range invisible[] = {
	{ 0x00ad, 0x00ad },
	{ 0x034f, 0x034f },
	{ 0x061c, 0x061c },
	{ 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },
	{ 0x200b, 0x200f },
	{ 0x2028, 0x202e },
	{ 0x2060, 0x206f },
	{ 0x3164, 0x3164 },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb },
	{ 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe0fff },
};

// Arabic and its relatives, N'Ko, the scripts of India, Burma, Cambodia and Mongolia, Adlam.
static const struct text_safe_range joining[] = {
	{ 0x0600, 0x08ff },
	{ 0x0900, 0x0dff },
	{ 0x1000, 0x109f },
	{ 0x1780, 0x18af },
	{ 0x1900, 0x1cff },
	{ 0xa800, 0xabff },
	{ 0xfb50, 0xfdff },
	{ 0xfe70, 0xfefc },
	{ 0x10a00, 0x10fff },
	{ 0x11000, 0x11fff },
	{ 0x1e900, 0x1e95f },
};

static const struct text_safe_range ideographs[] = {
	{ 0x3400, 0x9fff },
	{ 0xf900, 0xfaff },
	{ 0x20000, 0x3ffff },
};

static bool text_safe_within(const struct text_safe_range *r, size_t n, int32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= r[i].from && cp <= r[i].to)
			return true;
	return false;
}
#define WITHIN(table, cp) text_safe_within(table, sizeof(table) / sizeof *(table), cp)

// One code point in its cluster.
struct text_safe_place {
	int32_t before, cp, after; // 0 at the ends of the cluster
	unsigned marks;		   // zero-width marks so far
	bool region;		   // the cluster is the flag of a region: tags belong in it
};

static bool text_safe_is_mark(int32_t cp)
{
	utf8proc_category_t c = utf8proc_category(cp);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME;
}

static bool text_safe_is_emoji(int32_t cp)
{
	return utf8proc_get_property(cp)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool text_safe_is_selector(int32_t cp)
{
	return (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0x180b && cp <= 0x180f && cp != 0x180e) ||
	       (cp >= 0xe0100 && cp <= 0xe01ef);
}

static bool text_safe_joiner_honest(const struct text_safe_place *p)
{
	utf8proc_category_t c = utf8proc_category(p->before);
	bool letter = c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
	if (letter && WITHIN(joining, p->before) && !text_safe_is_selector(p->before))
		return true;
	return p->cp == ZWJ && p->before > 0 && text_safe_is_emoji(p->after);
}

static bool text_safe_selector_honest(const struct text_safe_place *p)
{
	if (p->before <= 0x20 || WITHIN(invisible, p->before))
		return false;
	if (p->cp >= 0xe0100)
		return WITHIN(ideographs, p->before);
	return p->cp >= 0xfe00 || (p->before >= 0x1800 && p->before <= 0x18af);
}

static bool text_safe_honest(const struct text_safe_place *p)
{
	int32_t cp = p->cp;
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return false;
	if (cp < 0xad)
		return true;
	if ((cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef))
		return false;
	if (!WITHIN(invisible, cp))
		return true;
	if (cp == ZWJ || cp == ZWNJ)
		return text_safe_joiner_honest(p);
	if (text_safe_is_selector(cp))
		return text_safe_selector_honest(p);
	if (cp == 0x034f) // in pointed Hebrew
		return p->before >= 0x0590 && p->before <= 0x05ff;
	return p->region && cp >= 0xe0020 && cp <= 0xe007f;
}

// What stands for it: a name, never anything that a terminal obeys.
static void text_safe_name_it(int32_t cp, bool lines, char name[NAME])
{
	if (cp == '\n')
		snprintf(name, NAME, "%s", lines ? "\n" : " ");
	else if (cp == '\t')
		snprintf(name, NAME, "%*s", TAB, "");
	else if (cp == UTF8_BAD || (cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef))
		snprintf(name, NAME, "%s", UNKNOWN);
	else if (cp < 0x20 || cp == 0x7f)
		snprintf(name, NAME, "^%c", cp ^ 0x40);
	else if (cp < 0xa0)
		snprintf(name, NAME, "<U+%04X>", (unsigned)cp);
	else {
		snprintf(name, NAME, "‹U+%04X›", (unsigned)cp);
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (names[i].cp == cp)
				snprintf(name, NAME, "‹%s›", names[i].name);
	}
}

// A black flag, two to six letters or digits as tags, the end tag; nothing else.
static bool text_safe_is_region(const char *text, size_t n)
{
	int32_t cp;
	size_t at = utf8_next(text, n, &cp);
	if (cp != 0x1f3f4 || n != at + (n - at) / 4 * 4 || n - at < 12 || n - at > 28)
		return false;
	for (; at + 4 < n; at += 4) {
		utf8_next(text + at, n - at, &cp);
		if (!(cp >= 0xe0030 && cp <= 0xe0039) && !(cp >= 0xe0061 && cp <= 0xe007a))
			return false;
	}
	utf8_next(text + at, n - at, &cp);
	return cp == 0xe007f;
}

static int text_safe_columns_of(int32_t cp)
{
	int w = wcwidth((wchar_t)cp);
	return w >= 0 ? w : utf8proc_charwidth(cp); // newer than this system's tables, or no UTF-8
}

// Columns of a cluster as it is shown; the bytes go to out where it is not NULL.
static int text_safe_cluster_show(const char *text, size_t n, bool lines, struct str *out)
{
	struct text_safe_place p = { .region = text_safe_is_region(text, n) };
	int width = 0;
	for (size_t at = 0, next; at < n; at = next, p.before = p.cp) {
		char name[NAME];
		next = at + utf8_next(text + at, n - at, &p.cp);
		p.after = 0;
		if (next < n)
			utf8_next(text + next, n - next, &p.after);
		bool mark = p.cp >= 0x300 && text_safe_is_mark(p.cp) && !WITHIN(invisible, p.cp);
		if (mark && ++p.marks > MARKS)
			continue;
		if (mark && at == 0) {
			width++;
			if (out)
				str_add(out, CIRCLE);
		}
		if (text_safe_honest(&p)) {
			width += text_safe_columns_of(p.cp);
			if (out)
				str_add_n(out, text + at, next - at);
			continue;
		}
		text_safe_name_it(p.cp, lines, name);
		for (const char *c = name; *c; c++)
			width += ((unsigned char)*c & 0xc0) != 0x80 && *c != '\n';
		if (out)
			str_add(out, name);
	}
	return width;
}

int text_cluster_width(const char *text, size_t at, size_t end)
{
	if (end == at + 1 && text[at] >= 0x20 && text[at] < 0x7f)
		return 1;
	return text_safe_cluster_show(text + at, end - at, true, NULL);
}

char *text_safe(struct arena *a, const char *text, bool lines)
{
	struct str out = STR_IN(a);
	size_t n = strlen(text);
	for (size_t at = 0, end; at < n; at = end) {
		end = text_next(text, n, at);
		text_safe_cluster_show(text + at, end - at, lines, &out);
	}
	return str_done(&out);
}

// Punctuation that has an obvious ASCII form and no decomposition.
static const struct text_safe_named plain[] = {
	{ 0x00d7, "x" },
	{ 0x00df, "ss" },
	{ 0x00e6, "ae" },
	{ 0x00f8, "o" },
	{ 0x0142, "l" },
	{ 0x0153, "oe" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "-" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201c, "\"" },
	{ 0x201d, "\"" },
	{ 0x2022, "*" },
	{ 0x2039, "<" },
	{ 0x203a, ">" },
	{ 0x2190, "<-" },
	{ 0x2192, "->" },
	{ 0x2212, "-" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x00ab, "\"" },
	{ 0x00bb, "\"" },
	{ 0x00b7, "." },
	{ 0x00a3, "GBP" },
	{ 0x20ac, "EUR" },
};

static void text_safe_ascii_add(struct str *out, const char *text, size_t n)
{
	int32_t cp, parts[32];
	utf8_next(text, n, &cp);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].cp == cp) {
			str_add(out, plain[i].name);
			return;
		}
	int boundary = 0;
	utf8proc_ssize_t got = utf8proc_decompose_char(cp, parts, 32,
	    (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK),
	    &boundary);
	for (utf8proc_ssize_t i = 0; i < got; i++)
		if (parts[i] >= 0x80 || (parts[i] < 0x20 && parts[i] != '\n'))
			got = 0;
	for (utf8proc_ssize_t i = 0; i < got; i++)
		str_add_char(out, (char)parts[i]);
	if (got <= 0)
		str_add_char(out, '?');
}

char *text_ascii(struct arena *a, const char *text)
{
	char *safe = text_safe(a, text, true);
	struct str out = STR_IN(a);
	size_t n = safe ? strlen(safe) : 0;
	for (size_t at = 0, end; at < n; at = end) {
		end = text_next(safe, n, at);
		text_safe_ascii_add(&out, safe + at, end - at);
	}
	return safe ? str_done(&out) : NULL;
}

// --- what a spreadsheet runs

static bool text_safe_plain_negative(const char *text)
{
	const char *p = text;
	if (*p++ != '-' || *p < '0' || *p > '9')
		return false;
	p += strspn(p, "0123456789");
	if (*p == '.')
		p += 1 + strspn(p + 1, "0123456789");
	return *p == '\0';
}

// Blanks of any kind that a spreadsheet skips before it looks for a formula, and the ' that we put
// there ourselves: text that has one already gets another, so that taking one off gives the text.
static size_t text_safe_skipped(const char *p)
{
	static const char *const blank[] = { " ", "\t", "\r", "\n", "'", "\u00a0", "\u3000",
		"\u200b", "\ufeff" };
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
		if (str_starts(p, blank[i]))
			return strlen(blank[i]);
	return 0;
}

bool text_runs(const char *text)
{
	static const char *const start[] = { "=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b",
		"\uff0d", "\uff20", "\u2212" };
	if (text_safe_plain_negative(text))
		return false;
	for (const char *p = text;; p += text_safe_skipped(p)) {
		for (size_t i = 0; i < sizeof start / sizeof *start; i++)
			if (str_starts(p, start[i]))
				return true;
		if (!text_safe_skipped(p))
			return false;
	}
}
