// SPDX-License-Identifier: MIT
// Putting together what two people wrote apart (blend.h), P18.
#include "../support.h"

#include <plando/blend.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct arena a;

static void teardown(void)
{
	arena_free(&a);
}

static struct blend blend_of(const char *before, const char *first, const char *second)
{
	struct blend b;
	ck_assert(blend_texts(&a, before, first, second, &b));
	return b;
}

static void gives(const char *before, const char *first, const char *second, const char *together)
{
	struct blend b = blend_of(before, first, second);
	struct blend swapped = blend_of(before, second, first);
	if (!together) {
		ck_assert_msg(b.clashes > 0, "“%s” and “%s” gave “%s”", first, second, b.text);
		return;
	}
	ck_assert_msg(b.text != NULL, "“%s” and “%s” clash", first, second);
	ck_assert_str_eq(b.text, together);
	ck_assert_str_eq(swapped.text, together);
}

START_TEST(what_one_changed_is_taken_and_what_both_changed_alike_is_taken_once)
{
	gives("a\nb\nc", "a\nb\nc", "a\nB\nc", "a\nB\nc");
	gives("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC");
	gives("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc");
	gives("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd");
	gives("", "", "", "");
	gives("", "only one wrote", "", "only one wrote");
	gives("gone", "", "gone", "");
}
END_TEST

START_TEST(changes_within_one_line_are_put_together_by_words)
{
	gives("Rang 10 families. 7 answered.", "Rang 10 families. 7 answered, 6 were glad of it.",
	    "Rang 10 families. 7 answered. Two asked for a text instead.",
	    "Rang 10 families. 7 answered, 6 were glad of it. Two asked for a text instead.");
	gives("On Monday Ana rings the families.", "On Tuesday Ana rings the families.",
	    "On Monday Ana rings twelve families.", "On Tuesday Ana rings twelve families.");
}
END_TEST

START_TEST(two_answers_to_one_question_are_left_to_a_person)
{
	gives("7 answered", "8 answered", "9 answered", NULL);
	gives("7 answered", "8 answered", "7 replied", NULL); // side by side, a blank between
	gives("12.5 %", "13.5 %", "12.7 %", NULL);	      // a number is one word
	gives("", "Ana's note", "Sam's note", NULL);
	gives("x", "", "y", NULL);
}
END_TEST

START_TEST(contested_lines_stand_one_after_the_other_under_their_names)
{
	struct blend b = blend_of("7 came.\nThe rest is as before.\nBye",
	    "8 came.\nThe rest is as before.\nBye", "9 came.\nThe rest is as before.\nBye now");
	ck_assert_uint_eq(b.clashes, 1);
	ck_assert_ptr_null(b.text);
	ck_assert_str_eq(blend_both(&a, &b, "Ana", "Sam"),
	    "Ana: 8 came.\nSam: 9 came.\nThe rest is as before.\nBye now");
	ck_assert_str_eq(
	    blend_both(&a, &b, NULL, NULL), "8 came.\n9 came.\nThe rest is as before.\nBye now");
	b = blend_of("x", "", "y");
	ck_assert_str_eq(blend_both(&a, &b, "Ana", "Sam"), "Sam: y");
}
END_TEST

START_TEST(each_run_says_who_wrote_it)
{
	struct blend b = blend_of("Ana rings ten families.", "Ana rings twelve families.",
	    "Ana rings ten families. It takes an hour.");
	struct str seen = STR_IN(&a);
	for (size_t i = 0; i < b.count; i++)
		str_printf(&seen, "%d%s[%.*s]", (int)b.run[i].from, b.run[i].gone ? "-" : "",
		    (int)b.run[i].n, b.run[i].text);
	ck_assert_str_eq(
	    str_done(&seen), "0[Ana rings ]1-[ten]1[twelve]0[ families.]2[ It takes an hour.]");
	ck_assert_uint_eq(b.first, 1);
	ck_assert_uint_eq(b.second, 4);
	ck_assert(blend_changes(&a, "one two", "one three two", &b));
	ck_assert_uint_eq(b.first, 1);
	ck_assert_str_eq(b.text, "one three two");
}
END_TEST

START_TEST(a_line_feed_at_the_end_is_kept_as_it_is)
{
	gives("a\n", "a\nb\n", "a\n", "a\nb\n");
	gives("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n");
	gives("a", "a\n", "a", "a\n");
	gives("a\n\nb", "a\n\nb\nc", "z\n\nb", "z\n\nb\nc");
}
END_TEST

START_TEST(long_texts_without_anything_in_common_end_soon)
{
	struct str x = STR_IN(&a), y = STR_IN(&a), z = STR_IN(&a);
	for (int i = 0; i < 20000; i++) {
		str_printf(&x, "%lld\n", i * 7919LL % 20000);
		str_printf(&y, "%lld\n", i * 7577LL % 20000);
		str_printf(&z, "%lld\n", i * 611953LL % 20000);
	}
	struct blend b = blend_of(str_done(&x), str_done(&y), str_done(&z));
	ck_assert_uint_gt(b.count, 0);
}
END_TEST

// --- P18

static unsigned dice(struct world *w, unsigned sides)
{
	return (unsigned)(world_next(w) % sides);
}

// Lines as notes have them: most stand once, some again and again.
static const char *a_line(struct world *w)
{
	static const char *const often[] = { "", "- ", "Done.", "Ana", "To do:" };
	static const char *const who[] = { "Ana", "Sam", "The clinic", "A parent" };
	static const char *const what[] = { "rang", "wrote to", "asked", "met" };
	if (dice(w, 5) == 0)
		return often[dice(w, 5)];
	return arena_printf(
	    &a, "%s %s %u families.", who[dice(w, 4)], what[dice(w, 4)], dice(w, 12));
}

enum { LINES = 24 };

struct page {
	const char *line[LINES * 3];
	size_t count;
};

static void page_edit(struct world *w, struct page *p)
{
	for (unsigned n = dice(w, 4); n-- > 0 && p->count;) {
		size_t at = dice(w, (unsigned)p->count + 1);
		unsigned what = dice(w, 3);
		if (what == 0 && p->count + 1 < LINES * 3) {
			memmove(
			    &p->line[at + 1], &p->line[at], (p->count - at) * sizeof p->line[0]);
			p->line[at] = a_line(w);
			p->count++;
		} else if (what == 1 && at < p->count) {
			memmove(&p->line[at], &p->line[at + 1],
			    (p->count - at - 1) * sizeof p->line[0]);
			p->count--;
		} else if (at < p->count) {
			p->line[at] = a_line(w);
		}
	}
}

static const char *page_text(const struct page *p)
{
	struct str s = STR_IN(&a);
	for (size_t i = 0; i < p->count; i++)
		str_printf(&s, "%s\n", p->line[i]);
	return str_done(&s);
}

static void triple(uint64_t seed, const char *text[3])
{
	struct world w = { .seed = seed };
	struct page page = { .count = 1 + dice(&w, LINES) };
	for (size_t i = 0; i < page.count; i++)
		page.line[i] = a_line(&w);
	text[0] = page_text(&page);
	for (int s = 1; s < 3; s++) {
		struct page own = page;
		page_edit(&w, &own);
		text[s] = page_text(&own);
	}
}

// What diff3 -m makes of them; NULL where it is not clean.
static const char *diff3(const char *const text[3])
{
	static const char *const names[3] = { "base", "first", "second" };
	char *path[3];
	for (int s = 0; s < 3; s++) {
		path[s] = test_path(&a, names[s]);
		test_write(path[s], text[s], strlen(text[s]));
	}
	struct str out = STR_IN(&a);
	FILE *f =
	    popen(arena_printf(&a, "diff3 -m '%s' '%s' '%s'", path[1], path[0], path[2]), "r");
	char piece[4096];
	ck_assert_ptr_nonnull(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		str_add_n(&out, piece, n);
	int status = pclose(f);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) < 2);
	return WEXITSTATUS(status) == 0 ? str_done(&out) : NULL;
}

static bool holds_word(const char *text, const char *word, size_t n)
{
	return memmem(text, strlen(text), word, n) != NULL;
}

// Every word of a line that a side added is in the result.
static void nothing_lost(const struct blend *b, const char *before, const char *side, uint64_t seed)
{
	const char *result = blend_both(&a, b, NULL, NULL);
	for (const char *line = side; *line;) {
		size_t n = strcspn(line, "\n");
		char *copy = arena_copy(&a, line, n);
		bool added = !strstr(before, copy);
		for (char *word = strtok(copy, " "); added && word; word = strtok(NULL, " "))
			if (!strstr(before, word))
				ck_assert_msg(holds_word(result, word, strlen(word)),
				    "seed %llu: “%s” was lost:\n%s", (unsigned long long)seed, word,
				    result);
		line += n + (line[n] == '\n');
	}
}

static void mirrors(const struct blend *b, const struct blend *c, uint64_t seed)
{
	ck_assert_msg(b->clashes == c->clashes && str_equal(b->text, c->text),
	    "seed %llu: the sides swapped give another text", (unsigned long long)seed);
	ck_assert_uint_eq(b->first, c->second);
	ck_assert_uint_eq(b->second, c->first);
}

START_TEST(P18_swapped_sides_give_the_same_and_no_word_is_lost)
{
	for (uint64_t seed = 1, n = (uint64_t)long_amount(5000, 50000); seed <= n; seed++) {
		const char *text[3];
		triple(seed, text);
		struct blend b = blend_of(text[0], text[1], text[2]);
		struct blend c = blend_of(text[0], text[2], text[1]);
		mirrors(&b, &c, seed);
		nothing_lost(&b, text[0], text[1], seed);
		nothing_lost(&b, text[0], text[2], seed);
		arena_free(&a);
	}
}
END_TEST

START_TEST(P18_where_diff3_is_clean_the_result_is_the_same)
{
	long n = long_amount(150, 5000), clean = 0;
	for (uint64_t seed = 1; seed <= (uint64_t)n; seed++) {
		const char *text[3];
		triple(seed, text);
		const char *theirs = diff3(text);
		clean += theirs != NULL;
		if (theirs) {
			struct blend b = blend_of(text[0], text[1], text[2]);
			ck_assert_msg(str_equal(b.text, theirs),
			    "seed %llu: diff3 gives\n%s\nand we\n%s", (unsigned long long)seed,
			    theirs, b.text ? b.text : "(a clash)");
		}
		arena_free(&a);
	}
	ck_assert_int_gt(clean, n / 4);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("blend");
	TCase *cases = tcase_create("by hand"), *random = tcase_create("random");
	tcase_add_checked_fixture(cases, NULL, teardown);
	tcase_add_test(cases, what_one_changed_is_taken_and_what_both_changed_alike_is_taken_once);
	tcase_add_test(cases, changes_within_one_line_are_put_together_by_words);
	tcase_add_test(cases, two_answers_to_one_question_are_left_to_a_person);
	tcase_add_test(cases, contested_lines_stand_one_after_the_other_under_their_names);
	tcase_add_test(cases, each_run_says_who_wrote_it);
	tcase_add_test(cases, a_line_feed_at_the_end_is_kept_as_it_is);
	tcase_add_test(cases, long_texts_without_anything_in_common_end_soon);
	suite_add_tcase(suite, cases);
	tcase_add_checked_fixture(random, NULL, teardown);
	tcase_set_timeout(random, 0);
	tcase_add_test(random, P18_swapped_sides_give_the_same_and_no_word_is_lost);
	tcase_add_test(random, P18_where_diff3_is_clean_the_result_is_the_same);
	suite_add_tcase(suite, random);
	return test_run(suite);
}
