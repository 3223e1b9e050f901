// SPDX-License-Identifier: MIT
// House style, as far as a machine can hold people to it (CONTRIBUTING.md says why):
// 1. a file opens with its licence and what it is for (a .c file may leave that to its header);
// 2. no file over 700 lines, no function over 80, and of the program's own functions 95 % within 45;
// 3. nothing left for later, and no file with a name that says nothing;
// 4. the core neither prints nor ends the program, and takes memory only in base;
// 5. the faces hold no SQL;
// 6. a static function of the program carries a word of its file's name, so that a back-trace can be read;
// 7. no struct is defined twice under one name.
#include "../support.h"
#include "sources.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 700, FUNCTION_MOST = 80, USUAL_MOST = 45 };

static const char *const ALL[] = { "src", "include", "tests", NULL };
static const char *const PROGRAM[] = { "src", NULL };
static const char *const OWN[] = { "src", "include", NULL };

// ---- rules

static bool has_header(struct arena *a, const struct source *s)
{
	size_t stem = strlen(s->path) - 2;
	const char *slash = strrchr(s->path, '/');
	const char *name = slash ? slash + 1 : s->path;
	const char *beside = test_source(a, arena_printf(a, "%.*s.h", (int)stem, s->path));
	size_t name_stem = strlen(name) - 2;
	const char *pub =
	    test_source(a, arena_printf(a, "include/plando/%.*s.h", (int)name_stem, name));
	return test_read(a, beside, NULL) || test_read(a, pub, NULL);
}

static void opens_with_its_purpose(struct arena *a, const struct source *s, struct str *faults)
{
	const char *at = s->text;
	const char *first = source_line(a, &at), *second = source_line(a, &at);
	if (!str_equal(first, "// SPDX-License-Identifier: MIT"))
		str_printf(faults, "%s: does not open with its licence line\n", s->path);
	bool is_header = s->path[strlen(s->path) - 1] == 'h';
	if ((is_header || !has_header(a, s)) && (!second || !str_starts(second, "// ")))
		str_printf(faults, "%s: does not say what it is for\n", s->path);
}

static void is_not_too_long(struct arena *a, const struct source *s, struct str *faults)
{
	unsigned lines = 0, began = 0;
	const char *at = s->text, *line;
	for (; (line = source_line(a, &at)); lines++) {
		if (str_equal(line, "{"))
			began = lines;
		if (str_equal(line, "}") && lines - began - 1 > FUNCTION_MOST)
			str_printf(faults, "%s:%u: a function of %u lines\n", s->path, began + 1,
			    lines - began - 1);
	}
	if (lines > FILE_MOST)
		str_printf(faults, "%s: %u lines\n", s->path, lines);
}

// `word` with no letter, digit or _ before it, nor after it where it ends in a letter.
static bool holds_word(const char *line, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = line; (p = strstr(p, word)); p++) {
		bool begins = p == line || !(isalnum((unsigned char)p[-1]) || p[-1] == '_');
		bool open = isalnum((unsigned char)word[n - 1]) &&
			    (isalnum((unsigned char)p[n]) || p[n] == '_');
		if (begins && !open)
			return true;
	}
	return false;
}

static void refuse_words(struct arena *a, const struct source *s, const char *const words[],
    const char *why, struct str *faults)
{
	const char *at = s->text, *line;
	for (unsigned n = 1; (line = source_line(a, &at)); n++)
		for (size_t i = 0; words[i]; i++)
			if (holds_word(line, words[i]))
				str_printf(faults, "%s:%u: %s: %s\n", s->path, n, words[i], why);
}

// Written in two parts, so that this file does not hold them.
static const char *const LATER[] = { "TO"
				     "DO",
	"FIX"
	"ME",
	"XX"
	"X",
	NULL };
static const char *const EMPTY_NAMES[] = { "util", "utils", "common", "misc", "helper", "helpers",
	NULL };

static void leaves_nothing_for_later(struct arena *a, const struct source *s, struct str *faults)
{
	refuse_words(a, s, LATER, "do it now or write an issue", faults);
	for (size_t i = 0; EMPTY_NAMES[i]; i++)
		if (strstr(s->path, arena_printf(a, "/%s.", EMPTY_NAMES[i])))
			str_printf(faults, "%s: the name says nothing\n", s->path);
}

static bool in_room(const struct source *s, const char *const rooms[])
{
	for (size_t i = 0; rooms[i]; i++)
		if (str_starts(s->path, rooms[i]))
			return true;
	return false;
}

static const char *const CORE[] = { "src/base/", "src/form/", "src/store/", "src/method/",
	"src/output/", NULL };
static const char *const FACES[] = { "src/cli/", "src/tui/", NULL };
static const char *const PRINTS[] = { "printf(", "vprintf(", "puts(", "putchar(", "perror(",
	"stdout", "stderr", "exit(", "_exit(", "abort(", "quick_exit(", NULL };
static const char *const TAKES[] = { "malloc(", "calloc(", "realloc(", "strdup(", "strndup(",
	"asprintf(", "free(", NULL };
static const char *const SQL[] = { "\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM ",
	"\"CREATE TABLE ", NULL };

static void knows_its_place(struct arena *a, const struct source *s, struct str *faults)
{
	if (in_room(s, CORE))
		refuse_words(a, s, PRINTS, "the core never prints and never exits", faults);
	if (str_starts(s->path, "src/") && !str_starts(s->path, "src/base/"))
		refuse_words(a, s, TAKES, "memory comes from an arena", faults);
	if (in_room(s, FACES))
		refuse_words(a, s, SQL, "only the store speaks SQL", faults);
}

// "far" and "fars" are one word: the form of a plural does not matter.
static bool same_word(const char *a, size_t n, const char *b, size_t m)
{
	n -= n > 1 && a[n - 1] == 's';
	m -= m > 1 && b[m - 1] == 's';
	return n == m && strncmp(a, b, n) == 0;
}

// Is one of the words of `name` (n bytes; words stand between underscores) a word of `stem`?
static bool shares_word(const char *name, size_t n, const char *stem, size_t m)
{
	for (size_t i = 0; i < n; i += strcspn(name + i, "_(") + 1)
		for (size_t j = 0; j < m; j += strcspn(stem + j, "_.") + 1)
			if (same_word(name + i, strcspn(name + i, "_("), stem + j,
				strcspn(stem + j, "_.")))
				return true;
	return false;
}

static void names_its_module(struct arena *a, const struct source *s, struct str *faults)
{
	const char *at = s->text, *line;
	const char *slash = strrchr(s->path, '/'), *stem = slash ? slash + 1 : s->path;
	size_t m = strlen(stem) - 2;
	if (!str_starts(s->path, "src/") || s->path[strlen(s->path) - 1] != 'c')
		return;
	for (unsigned n = 1; (line = source_line(a, &at)); n++) {
		const char *open = strchr(line, '('), *name = open;
		if (!str_starts(line, "static ") || !open ||
		    memchr(line, '=', (size_t)(open - line)))
			continue;
		while (name > line && (isalnum((unsigned char)name[-1]) || name[-1] == '_'))
			name--;
		bool function = name && name < open && !str_starts(name, "__");
		if (function && !shares_word(name, (size_t)(open - name), stem, m))
			str_printf(faults,
			    "%s:%u: %.*s: a static function carries its module's name\n", s->path,
			    n, (int)(open - name), name);
	}
}

// ---- how long functions are, over the whole program

static int by_size(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
	return x < y ? -1 : x > y;
}

static size_t function_lengths(struct arena *a, const struct sources *all, unsigned **lengths)
{
	size_t count = 0, cap = 0;
	for (size_t i = 0; i < all->count; i++) {
		const char *at = all->item[i].text, *line;
		for (unsigned n = 0, began = 0; (line = source_line(a, &at)); n++) {
			if (str_equal(line, "{"))
				began = n;
			if (!str_equal(line, "}"))
				continue;
			ck_assert(
			    arena_grow(a, (void **)lengths, count, &cap, sizeof(*lengths)[0]));
			(*lengths)[count++] = n - began - 1;
		}
	}
	qsort(*lengths, count, sizeof(*lengths)[0], by_size);
	return count;
}

// ---- tests

static source_rule *const RULES[] = { opens_with_its_purpose, is_not_too_long,
	leaves_nothing_for_later, knows_its_place, names_its_module };

START_TEST(every_file_obeys)
{
	struct arena a = { 0 };
	struct sources all = sources_read(&a, ALL);
	sources_obey(&a, &all, RULES[_i]);
	arena_free(&a);
}
END_TEST

// "struct drawing {" at the beginning of a line, static or not: the tag; else NULL.
static const char *defined_tag(struct arena *a, const char *line)
{
	const char *const before[] = { "static ", "const ", "struct " };
	for (size_t i = 0; i < 3; i++)
		if (str_starts(line, before[i]))
			line += strlen(before[i]);
		else if (i == 2)
			return NULL;
	size_t n = strcspn(line, " ");
	return n && str_equal(line + n, " {") ? arena_printf(a, "%.*s", (int)n, line) : NULL;
}

START_TEST(no_struct_is_defined_twice)
{
	struct arena a = { 0 };
	struct sources all = sources_read(&a, OWN);
	struct str twice = STR_IN(&a), seen = STR_IN(&a);
	str_add(&seen, "\n");
	for (size_t i = 0; i < all.count; i++) {
		const char *at = all.item[i].text, *line;
		while ((line = source_line(&a, &at))) {
			const char *tag = defined_tag(&a, line);
			if (tag && strstr(seen.text, arena_printf(&a, "\n%s\n", tag)))
				str_printf(&twice, "%s in %s\n", tag, all.item[i].path);
			if (tag)
				str_printf(&seen, "%s\n", tag);
		}
	}
	ck_assert_uint_gt(seen.length, 1000);
	ck_assert_msg(!twice.length, "%s", str_done(&twice));
	arena_free(&a);
}
END_TEST

START_TEST(most_functions_are_short)
{
	struct arena a = { 0 };
	struct sources all = sources_read(&a, PROGRAM);
	unsigned *lengths = NULL;
	size_t n = function_lengths(&a, &all, &lengths);
	ck_assert_uint_gt(n, 20);
	ck_assert_msg(lengths[n * 95 / 100] <= USUAL_MOST, "95 %% are within %u lines",
	    lengths[n * 95 / 100]);
	arena_free(&a);
}
END_TEST

static const struct {
	source_rule *rule;
	const char *path, *text, *fault;
} WRONG[] = {
	{ opens_with_its_purpose, "src/base/a.h", "#include <a.h>\n", "licence" },
	{ opens_with_its_purpose, "src/base/a.h", "// SPDX-License-Identifier: MIT\n#ifndef A\n",
	    "what it is for" },
	{ leaves_nothing_for_later, "src/base/a.c",
	    "// XX"
	    "X: later\n",
	    "do it now" },
	{ leaves_nothing_for_later, "src/base/util.c", "", "says nothing" },
	{ knows_its_place, "src/store/a.c", "\tprintf(\"a\");\n", "never prints" },
	{ knows_its_place, "src/form/a.c", "\texit(1);\n", "never exits" },
	{ knows_its_place, "src/cli/a.c", "\tp = malloc(3);\n", "arena" },
	{ knows_its_place, "src/tui/a.c", "\tq = \"SELECT 1\";\n", "SQL" },
	{ names_its_module, "src/store/far_disk.c", "static int take(void)\n", "take" },
	{ names_its_module, "src/store/far.c", "static const char *name_of(int x)\n", "name_of" },
};

START_TEST(a_breach_is_found)
{
	ck_assert_msg(
	    source_breaks(WRONG[_i].rule, WRONG[_i].path, WRONG[_i].text, WRONG[_i].fault),
	    "%s: %s", WRONG[_i].path, WRONG[_i].text);
}
END_TEST

START_TEST(a_long_function_is_found)
{
	struct arena a = { 0 };
	struct str text = STR_IN(&a);
	str_add(&text, "{\n");
	str_add_times(&text, "\tx();\n", FUNCTION_MOST);
	str_add(&text, "}\n");
	ck_assert(!source_breaks(is_not_too_long, "src/base/a.c", str_done(&text), "function"));
	text = STR_IN(&a);
	str_add(&text, "{\n");
	str_add_times(&text, "\tx();\n", FUNCTION_MOST + 1);
	str_add(&text, "}\n");
	ck_assert(source_breaks(is_not_too_long, "src/base/a.c", str_done(&text), "81 lines"));
	str_add_times(&text, "\n", FILE_MOST);
	ck_assert(source_breaks(is_not_too_long, "src/base/a.c", str_done(&text), "783 lines"));
	arena_free(&a);
}
END_TEST

START_TEST(what_only_looks_like_a_breach_is_none)
{
	ck_assert(!source_breaks(
	    knows_its_place, "src/store/a.c", "\tsnprintf(b, n, \"a\"); sqlite3_free(p);\n", ":"));
	ck_assert(!source_breaks(
	    names_its_module, "src/store/undos.c", "static int undo_one(void)\n", ":"));
	ck_assert(!source_breaks(
	    leaves_nothing_for_later, "tests/a.c", "mkdtemp(\"/tmp/aXXXXXX\");\n", ":"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("style");
	TCase *t = tcase_create("tree");
	tcase_add_loop_test(t, every_file_obeys, 0, (int)(sizeof RULES / sizeof RULES[0]));
	tcase_add_test(t, no_struct_is_defined_twice);
	tcase_add_test(t, most_functions_are_short);
	tcase_add_loop_test(t, a_breach_is_found, 0, (int)(sizeof WRONG / sizeof WRONG[0]));
	tcase_add_test(t, a_long_function_is_found);
	tcase_add_test(t, what_only_looks_like_a_breach_is_none);
	suite_add_tcase(s, t);
	return test_run(s);
}
