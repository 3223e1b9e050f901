// SPDX-License-Identifier: MIT
// The YAML room: what is read, where it stands, what is refused, and that writing gives back every
// text byte for byte.
#include "../support.h"

#include <plando/str.h>
#include <plando/yaml.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct arena arena;

static void start(void)
{
	arena = (struct arena){ 0 };
}

static void stop(void)
{
	arena_free(&arena);
}

static struct yaml *read_text(const char *text)
{
	struct err e = { 0 };
	struct yaml *y = yaml_read(&arena, text, strlen(text), "f.yaml", &YAML_FORM, &e);
	ck_assert_msg(y, "%s: %s", text, e.text);
	return y;
}

START_TEST(a_tree_knows_the_line_and_column_of_every_node)
{
	struct yaml *y = read_text("# a form\nform: pdsa\nlist: [a, 'b']\nmap:\n  é: {x: 1}\n");
	ck_assert_int_eq(y->kind, YAML_MAP);
	ck_assert_uint_eq(y->count, 3);
	ck_assert_uint_eq(y->key[0]->line, 2);
	ck_assert_uint_eq(y->key[0]->column, 1);
	const struct yaml *list = yaml_get(y, "list");
	ck_assert_int_eq(list->kind, YAML_LIST);
	ck_assert_uint_eq(list->item[1]->line, 3);
	ck_assert_uint_eq(list->item[1]->column, 11);
	ck_assert(list->item[0]->plain);
	ck_assert(!list->item[1]->plain);
	const struct yaml *map = yaml_get(y, "map");
	const struct yaml *x = yaml_get(yaml_get(map, "é"), "x");
	ck_assert_str_eq(x->text, "1");
	ck_assert_uint_eq(x->line, 5);
	ck_assert_uint_eq(x->column, 10);
	ck_assert_ptr_null(yaml_get(map, "missing"));
	ck_assert_ptr_null(yaml_get(list, "a"));
	ck_assert_ptr_null(yaml_get(NULL, "a"));
}
END_TEST

START_TEST(text_becomes_composed_with_line_feeds)
{
	const struct yaml *y = read_text("a: e\xCC\x81\nb: \"x\\r\\ny\"\nc: |\n  one\r\n  two\r\n");
	ck_assert_str_eq(yaml_get(y, "a")->text, "\xC3\xA9");
	ck_assert_str_eq(yaml_get(y, "b")->text, "x\ny");
	ck_assert_str_eq(yaml_get(y, "c")->text, "one\ntwo\n");
}
END_TEST

START_TEST(an_empty_value_is_an_empty_plain_text)
{
	const struct yaml *y = read_text("a:\nb: ''\n");
	ck_assert_str_eq(yaml_get(y, "a")->text, "");
	ck_assert(yaml_get(y, "a")->plain);
	ck_assert(!yaml_get(y, "b")->plain);
}
END_TEST

// RFC 8259, 7: a character above U+FFFF is written as two escapes. Outside quotes, or behind a
// backslash of its own, the letters are letters.
START_TEST(json_reads_with_its_pairs_of_escapes)
{
	const struct yaml *y = read_text("{\"a\":\"\\ud83d\\uDE00\",\"b\":[\"\\\\ud83d\\\\ude00\", "
					 "\"\\u00e9\\/\\\"\\uD83D\\uDE00\"],\n\t\"c\": null}\n");
	ck_assert_str_eq(yaml_get(y, "a")->text, "\xF0\x9F\x98\x80");
	ck_assert_str_eq(yaml_get(y, "b")->item[0]->text, "\\ud83d\\ude00");
	ck_assert_str_eq(yaml_get(y, "b")->item[1]->text, "\xC3\xA9/\"\xF0\x9F\x98\x80");
	ck_assert(yaml_get(y, "c")->plain);
	y = read_text("a: '{\"\\ud83d\\ude00\"}'\n");
	ck_assert_str_eq(yaml_get(y, "a")->text, "{\"\\ud83d\\ude00\"}");
}
END_TEST

static const struct {
	const char *text, *says;
} REFUSED[] = {
	{ "{\"a\": \"\\ud83d\"}", "f.yaml:1:" },
	{ "{\"a\": \"\\ude00\\ud83d\"}", "f.yaml:1:" },
	{ "{\"a\": \"\\ud83d\\u", "f.yaml:1:" },
	{ "", "f.yaml: is empty" },
	{ "# nothing\n", "f.yaml: is empty" },
	{ "a: 1\nb: &x 2\n", "f.yaml:2:4: anchors" },
	{ "a: 1\nb: *x\n", "f.yaml:2:4: aliases" },
	{ "a: !!str 1\n", "f.yaml:1:4: tags" },
	{ "a: !thing {b: 1}\n", "f.yaml:1:4: tags" },
	{ "a: ! [b]\n", "f.yaml:1:4: tags" },
	{ "--- !x\na: 1\n", "tags" },
	{ "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document" },
	{ "a: 1\nb: 2\na: 3\n", "f.yaml:3:1: \"a\" stands twice; it is already on line 1" },
	{ "{a: 1, 'a': 2}", "f.yaml:1:8: \"a\" stands twice" },
	{ "? [a, b]\n: 1\n", "a key must be a word" },
	{ "a: \"\\e[2J\"\n", "f.yaml:1:4: this text holds a control character" },
	{ "a: \"\\x07\"\n", "control character" },
	{ "a: \"\\x85\"\n", "control character" },
	{ "a: \"\\x7f\"\n", "control character" },
	{ "a: \"x\\0y\"\n", "NUL" },
	{ "a: x\x1b[2J\n", "control" },
	{ "a: [1, 2\nb: 3\n", "f.yaml:2:" },
	{ "a: 'open\n", "f.yaml:" },
	{ "a:\n\t- b\n", "f.yaml:2:1" },
	{ "a: caf\xE9\n", "f.yaml:1:7: is not UTF-8" },
	{ "a: \xED\xA0\x80\n", "f.yaml:1:4: is not UTF-8" },
	{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "f.yaml:1:33: lists and maps are nested" },
};

START_TEST(what_could_mislead_is_refused_with_its_place)
{
	for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
		struct err e = { 0 };
		const char *text = REFUSED[i].text;
		ck_assert_msg(!yaml_read(&arena, text, strlen(text), "f.yaml", &YAML_FORM, &e),
		    "read: %s", text);
		ck_assert_int_eq(e.code, ERR_DATA);
		ck_assert_msg(strstr(e.text, REFUSED[i].says), "%s: %s", text, e.text);
	}
}
END_TEST

START_TEST(utf16_and_nul_are_refused)
{
	static const char with_mark[] = "\xFF\xFE"
					"a\0:\0 \0"
					"1";
	static const char without[] = "a\0:\0 \0"
				      "1";
	struct err e = { 0 };
	ck_assert(!yaml_read(&arena, with_mark, sizeof with_mark - 1, "f.yaml", &YAML_FORM, &e));
	ck_assert(strstr(e.text, "f.yaml:1:1: is not UTF-8"));
	ck_assert(!yaml_read(&arena, without, sizeof without - 1, "f.yaml", &YAML_FORM, &e));
	ck_assert(strstr(e.text, "f.yaml:1:2: is not UTF-8"));
}
END_TEST

// A hostile text of n bytes: `unit` again and again.
static char *flood(const char *unit, size_t n)
{
	size_t step = strlen(unit);
	char *text = arena_alloc(&arena, n + 1);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < n; i++)
		text[i] = unit[i % step];
	return text;
}

static const char *const FLOODS[] = { "[", "{a:", "{", "- ", "? ", "[{", "[a, ", "{a: 1, ",
	"- - a\n", "a: [", "!", "&a ", "*a ", "\"", "'", "# ", "-\n", ":", ",", "]", "}", "\n", " ",
	"\t", "|\n", "> ", "---\n", "...\n", "%YAML 1.1\n", "a", "a: b: ", "é", "[\n", "\\",
	"!!map {", "a\n", "? a\n: b\n", "{a: [", "x: |\n y\n", NULL };

static void check_flood(const char *unit)
{
	size_t n = YAML_FORM.bytes;
	char *text = flood(unit, n);
	size_t before = arena.total;
	struct err e = { 0 };
	clock_t from = clock();
	struct yaml *y = yaml_read(&arena, text, n, "f.yaml", &YAML_FORM, &e);
	double took = (double)(clock() - from) / CLOCKS_PER_SEC;
	ck_assert_msg(took < 2, "%s took %.1f s", unit, took);
	ck_assert(y || e.code == ERR_DATA);
	ck_assert_uint_lt(arena.total - before, 16u << 20);
}

// Each of them must end by a limit, not by patience: the memory that was taken tells, and the
// processor time has a bound so wide that only a quadratic reader goes past it.
START_TEST(a_flood_of_anything_ends_at_once)
{
	for (size_t i = 0; FLOODS[i]; i++) {
		check_flood(FLOODS[i]);
		arena_free(&arena);
	}
}
END_TEST

START_TEST(an_alias_bomb_is_refused_at_its_first_anchor)
{
	const char *bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
			   "c: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
	struct err e = { 0 };
	ck_assert(!yaml_read(&arena, bomb, strlen(bomb), "f.yaml", &YAML_FORM, &e));
	ck_assert(strstr(e.text, "f.yaml:1:4: anchors"));
}
END_TEST

START_TEST(limits_hold_to_the_byte_and_the_node)
{
	struct yaml_limits small = { .bytes = 20, .depth = 2, .nodes = 4, .scalar = 5 };
	struct err e = { 0 };
	ck_assert(yaml_read(&arena, "[[a, b]]", 8, "f", &small, &e));
	ck_assert(!yaml_read(&arena, "[[a, b, c]]", 11, "f", &small, &e));
	ck_assert(strstr(e.text, "f:1:9: there are more than 4"));
	ck_assert(!yaml_read(&arena, "[[[a]]]", 7, "f", &small, &e));
	ck_assert(strstr(e.text, "f:1:3: lists and maps are nested more than 2 deep"));
	ck_assert(yaml_read(&arena, "abcde", 5, "f", &small, &e));
	ck_assert(!yaml_read(&arena, "abcdef", 6, "f", &small, &e));
	ck_assert(yaml_read(&arena, "a                   ", 20, "f", &small, &e));
	ck_assert(!yaml_read(&arena, "a                    ", 21, "f", &small, &e));
}
END_TEST

// --- writing

static char *write_one(const char *text)
{
	struct str out = STR_IN(&arena);
	struct err e = { 0 };
	struct yaml_writer *w = yaml_writer_new(&arena, &out, &e);
	ck_assert(yaml_write_map(w) && yaml_write_pair(w, "v", text));
	ck_assert(yaml_write_text(w, "l") && yaml_write_list(w) && yaml_write_text(w, text));
	ck_assert(yaml_write_map(w) && yaml_write_pair(w, "in", text) && yaml_write_end(w));
	ck_assert(yaml_write_list(w) && yaml_write_text(w, text) && yaml_write_end(w));
	ck_assert(yaml_write_end(w));
	ck_assert(yaml_write_pair(w, "after", "z") && yaml_write_end(w));
	ck_assert_msg(yaml_write_done(w, &e), "%s", e.text);
	return str_done(&out);
}

static void check_round(const char *text)
{
	char *yaml = write_one(text);
	struct err e = { 0 };
	struct yaml *y = yaml_read(&arena, yaml, strlen(yaml), "w", &YAML_BUNDLE, &e);
	ck_assert_msg(y, "%s\n%s", e.text, yaml);
	const struct yaml *list = yaml_get(y, "l");
	ck_assert_msg(strcmp(yaml_get(y, "v")->text, text) == 0, "%s", yaml);
	ck_assert_msg(strcmp(list->item[0]->text, text) == 0, "%s", yaml);
	ck_assert_msg(strcmp(yaml_get(list->item[1], "in")->text, text) == 0, "%s", yaml);
	ck_assert_msg(strcmp(list->item[2]->item[0]->text, text) == 0, "%s", yaml);
	ck_assert_str_eq(yaml_get(y, "after")->text, "z");
}

static const char *const TEXTS[] = { "", " ", "a", "yes", "No", "on", "OFF", "y", "n", "null", "~",
	"NULL", "true", "-", "--", "---", "...", "- a", "-a", "?", "? a", ":", ":a", "a:", "a: b",
	"a:b", "a #b", "a#b", "#a", "1", "-0", "1e3", "0x1F", "0o7", "1_000", "12.50", ".5", ".inf",
	".nan", "1:30", "2026-05-03", "2026-05-03T10:00:00Z", "=", "<<", "@a", "`a", "%a", "&a",
	"*a", "!a", "|", ">", "[a]", "{a}", "a, b", "]", "\"", "'", "it's", "say \"hi\"", "\\",
	"a\\nb", " a", "a ", "\ta", "a\t", "a\tb", "\n", "a\n", "a\n\n", "\na", "a\nb", "a\nb\n",
	"a\nb\n\n", "a\n\nb", "a\n  b\n c", "  a\nb", "\ta\nb", "a\n\tb", "a \nb \n", "a\n   \nb",
	"a\n   ", "a\nb\n ", "# x\ny", "- x\n- y", "---\nx", "a\n---\nb", "a\n...\n", "é", "ünï",
	"日本語", "🙂", "👩‍👩‍👧‍👦 family", "مرحبا", "שלום\nעולם", "\u2028",
	"a\u2028b\nc", "\u2029", "\uFEFFa", "a\uFEFF", "\u202Eabc", "a\u2066b\u2069", "\uFFFEx",
	"\u00A0a\u00A0", "\u00A0\nb", "a: b\nc: d", "key: |\n  x", "\u200Bzero", "100 %",
	"a ' \" \\ : # b", NULL };

START_TEST(every_text_comes_back_byte_for_byte)
{
	for (size_t i = 0; TEXTS[i]; i++)
		check_round(TEXTS[i]);
}
END_TEST

START_TEST(random_texts_come_back_byte_for_byte)
{
	static const char *const PARTS[] = { " ", "  ", "\n", "\n\n", "\t", "a", "word", "é",
		"🙂", ":", ": ", " #", "#", "-", "- ", "\"", "'", "\\", "|", ">", "\u202E",
		"\u2028", "1", ".", "yes", "{", "}", "[", "]", ",", "?", "&", "*", "!", "%", "@",
		"`", "~", "---", "\uFEFF" };
	struct world w = { .seed = 20260503 };
	for (int i = 0; i < 3000; i++) {
		struct str s = STR_IN(&arena);
		for (uint64_t n = world_next(&w) % 9; n; n--)
			str_add(&s, PARTS[world_next(&w) % (sizeof PARTS / sizeof *PARTS)]);
		struct arena_mark mark = arena_mark(&arena);
		check_round(str_done(&s));
		arena_release(&arena, mark);
	}
}
END_TEST

START_TEST(a_megabyte_of_text_comes_back)
{
	check_round(flood("all the words of a long note, and more\n", (1 << 20) - 1));
	check_round(flood("one line ", (1 << 20)));
}
END_TEST

START_TEST(what_others_could_misread_is_quoted)
{
	static const char *const QUOTED[] = { "yes", "NO", "on", "off", "null", "~", "", "12",
		"1e3", "2026-05-03", "0x1F", "1:30", " a", "a ", "true", "y", "-", "a: b", ".5",
		NULL };
	for (size_t i = 0; QUOTED[i]; i++) {
		char *yaml = write_one(QUOTED[i]);
		ck_assert_msg(str_starts(yaml, "v: \""), "%s", yaml);
	}
	ck_assert(
	    str_starts(write_one("Families welcome the call"), "v: Families welcome the call\n"));
	ck_assert(str_starts(write_one("one\ntwo"), "v: |-\n  one\n  two\nl:\n"));
}
END_TEST

START_TEST(a_file_reads_like_one_that_a_person_wrote)
{
	struct str out = STR_IN(&arena);
	struct err none = { 0 };
	struct yaml_writer *w = yaml_writer_new(&arena, &out, &none);
	yaml_write_map(w);
	yaml_write_pair(w, "plando", "1");
	yaml_write_text(w, "teams");
	yaml_write_list(w);
	yaml_write_map(w);
	yaml_write_pair(w, "name", "Hubs");
	yaml_write_text(w, "cycles");
	yaml_write_list(w);
	yaml_write_end(w);
	yaml_write_text(w, "feeds");
	yaml_write_list(w);
	yaml_write_text(w, "A");
	yaml_write_end(w);
	yaml_write_end(w);
	yaml_write_end(w);
	yaml_write_text(w, "answers");
	yaml_write_map(w);
	yaml_write_end(w);
	yaml_write_end(w);
	MUST(yaml_write_done(w, &e));
	ck_assert_str_eq(str_done(&out), "plando: \"1\"\nteams:\n  - name: Hubs\n    cycles: []\n"
					 "    feeds:\n      - A\nanswers: {}\n");
}
END_TEST

START_TEST(a_writer_refuses_what_is_not_well_formed)
{
	struct str out = STR_IN(&arena);
	struct err none = { 0 };
	struct yaml_writer *w = yaml_writer_new(&arena, &out, &none);
	ck_assert(yaml_write_map(w) && yaml_write_text(w, "key"));
	ck_assert(!yaml_write_end(w));
	REFUSES(ERR_INTERNAL, yaml_write_done(w, &e));
	w = yaml_writer_new(&arena, &out, &none);
	ck_assert(yaml_write_list(w));
	REFUSES(ERR_INTERNAL, yaml_write_done(w, &e));
	w = yaml_writer_new(&arena, &out, &none);
	ck_assert(yaml_write_map(w) && !yaml_write_list(w));
	w = yaml_writer_new(&arena, &out, &none);
	ck_assert(yaml_write_map(w) && !yaml_write_text(w, flood("k", 300)));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("yaml");
	TCase *t = tcase_create("yaml");
	tcase_add_checked_fixture(t, start, stop);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_tree_knows_the_line_and_column_of_every_node);
	tcase_add_test(t, text_becomes_composed_with_line_feeds);
	tcase_add_test(t, json_reads_with_its_pairs_of_escapes);
	tcase_add_test(t, an_empty_value_is_an_empty_plain_text);
	tcase_add_test(t, what_could_mislead_is_refused_with_its_place);
	tcase_add_test(t, utf16_and_nul_are_refused);
	tcase_add_test(t, a_flood_of_anything_ends_at_once);
	tcase_add_test(t, an_alias_bomb_is_refused_at_its_first_anchor);
	tcase_add_test(t, limits_hold_to_the_byte_and_the_node);
	tcase_add_test(t, every_text_comes_back_byte_for_byte);
	tcase_add_test(t, random_texts_come_back_byte_for_byte);
	tcase_add_test(t, a_megabyte_of_text_comes_back);
	tcase_add_test(t, what_others_could_misread_is_quoted);
	tcase_add_test(t, a_file_reads_like_one_that_a_person_wrote);
	tcase_add_test(t, a_writer_refuses_what_is_not_well_formed);
	suite_add_tcase(s, t);
	return test_run(s);
}
