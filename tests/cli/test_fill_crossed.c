// SPDX-License-Identifier: MIT
// `plando fill` while somebody else writes into the same workbook: what came while a question was
// open stands beside the answer, and that is said.
#include "../support.h"

#include "cli/cli.h"

#include <plando/conflict.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct world world;
static struct env ana, sam;
static char *path;
static struct id team, cycle;

static void put(const struct env *as, const char *value)
{
	struct err why = { 0 };
	struct store *s = store_open(path, STORE_WRITE, as, &why);
	struct save *v = s ? save_begin(s, &arena, &why) : NULL;
	ck_assert_msg(v && save_field(v, &cycle, "pdsa", "objective", value, &why) &&
			  save_commit(v, NULL, &why),
	    "%s", why.text);
	store_close(s);
}

static void start(void)
{
	struct err why = { 0 };
	char text[ID_TEXT];
	world = (struct world){ .now = 1790000000000, .seed = 3, .tick = 1000 };
	ana = sam = world_env(&world);
	sam.author = "Sam Okoro";
	path = test_path(&arena, "fill.plando");
	remove(path);
	MUST(store_create(path, &ana, "Fill", &e));
	struct store *s = store_open(path, STORE_WRITE, &ana, &why);
	struct save *v = s ? save_begin(s, &arena, &why) : NULL;
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_new(v, "team", NULL, &team, &e) &&
	     save_field(v, &team, "team", "name", "Hubs", &e));
	id_print(&team, text);
	MUST(save_new(v, "pdsa", NULL, &cycle, &e) &&
	     save_cell(v, &cycle, "pdsa", "team", text, &e) &&
	     save_field(v, &cycle, "pdsa", "title", "The question first", &e) &&
	     save_field(v, &cycle, "pdsa", "objective", "As it was", &e) &&
	     save_commit(v, NULL, &e));
	store_close(s);
}

static void stop(void)
{
	arena_free(&arena);
}

// Ana thinks a while; when she answers, Sam has written.
struct thinking {
	const char *answer;
	bool wrote;
};

static ssize_t think(void *cookie, char *out, size_t n)
{
	struct thinking *t = cookie;
	if (!t->wrote)
		put(&sam, "Sam's words");
	t->wrote = true;
	size_t length = strlen(t->answer);
	length = length < n ? length : n;
	memcpy(out, t->answer, length);
	t->answer += length;
	return (ssize_t)length;
}

static const char *fill(const char *answer)
{
	struct thinking t = { .answer = answer };
	char name[] = "plando", verb[] = "fill", ref[] = "The question first";
	char *out = NULL, *err = NULL, *argv[] = { name, verb, path, ref, NULL };
	size_t n = 0, m = 0;
	FILE *in = fopencookie(&t, "r", (cookie_io_functions_t){ .read = think });
	FILE *to = open_memstream(&out, &n), *wrong = open_memstream(&err, &m);
	int status = cli_run(&ana, 4, argv, in, to, wrong);
	fclose(in);
	fclose(to);
	fclose(wrong);
	ck_assert_msg(status == 0, "%s", err);
	char *kept = arena_copy(&arena, out, n);
	free(out);
	free(err);
	return kept;
}

static size_t standing(const char *mine)
{
	struct conflict c = { 0 };
	struct err none = { 0 };
	struct record r;
	struct store *s = store_open(path, STORE_READ, &ana, &none);
	bool two = conflict_find(s, &arena, &cycle, "objective", &c, &none);
	MUST(record_load(s, &arena, &cycle, &r, &e));
	ck_assert_str_eq(record_get(&r, "objective"), mine);
	store_close(s);
	return two ? c.count : 1;
}

START_TEST(what_came_while_a_question_was_open_stands_beside_the_answer)
{
	const char *said = fill("Ana's words\n.\n!\n");
	ck_assert_ptr_nonnull(strstr(said, "While this was open, Sam Okoro changed"));
	ck_assert_uint_eq(standing("Ana's words"), 2);
}
END_TEST

START_TEST(an_empty_answer_keeps_what_came_and_writes_nothing)
{
	const char *said = fill("\n!\n");
	ck_assert_ptr_null(strstr(said, "While this was open"));
	ck_assert_uint_eq(standing("Sam's words"), 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("fill_crossed");
	TCase *c = tcase_create("fill_crossed");
	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(c, what_came_while_a_question_was_open_stands_beside_the_answer);
	tcase_add_test(c, an_empty_answer_keeps_what_came_and_writes_nothing);
	suite_add_tcase(s, c);
	return test_run(s);
}
