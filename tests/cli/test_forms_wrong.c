// SPDX-License-Identifier: MIT
// Thirty form files, each wrong in its own way, and the one line that people read for each:
// tests/data/forms-wrong, where lines.txt holds the lines.
#include "../support.h"
#include "cli/cli.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRONG = 30 };

static struct arena arena;
static char *lines[WRONG];

static void start(void)
{
	size_t n = 0, count = 0;
	char *folder = test_source(&arena, "tests/data/forms-wrong");
	ck_assert(folder && chdir(folder) == 0);
	char *text = test_read(&arena, "lines.txt", &n);
	ck_assert_ptr_nonnull(text);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		ck_assert_uint_lt(count, WRONG);
		lines[count++] = line;
	}
	ck_assert_uint_eq(count, WRONG);
}

static void stop(void)
{
	arena_free(&arena);
}

// "plando: 07-no-title.yaml:1:1: …": the file that a line is about.
static char *file_of(const char *line)
{
	const char *from = line + strlen("plando: ");
	return arena_copy(&arena, from, strcspn(from, ":"));
}

START_TEST(each_wrong_form_gives_its_line)
{
	char *file = file_of(lines[_i]), *said = NULL;
	size_t n = 0;
	char plando[] = "plando", forms[] = "forms", check[] = "check";
	char *argv[] = { plando, forms, check, file, NULL };
	FILE *in = fopen("/dev/null", "r"), *out = fopen("/dev/null", "w");
	FILE *err = open_memstream(&said, &n);
	ck_assert(in && out && err);
	int status = cli_run(NULL, 4, argv, in, out, err);
	fclose(in);
	fclose(out);
	fclose(err);
	char *expected = arena_printf(&arena, "%s\n", lines[_i]);
	ck_assert_str_eq(said, expected);
	ck_assert_int_eq(status, 1);
	free(said);
}
END_TEST

// What a line says besides the place.
static const char *words_of(const char *line)
{
	const char *p = strstr(line, ".yaml:");
	ck_assert_ptr_nonnull(p);
	p += strlen(".yaml:");
	return p + strspn(p, "0123456789: ");
}

START_TEST(no_two_of_them_say_the_same)
{
	for (size_t i = 0; i < WRONG; i++)
		for (size_t k = 0; k < i; k++) {
			ck_assert_str_ne(file_of(lines[i]), file_of(lines[k]));
			ck_assert_str_ne(words_of(lines[i]), words_of(lines[k]));
		}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("forms-wrong");
	TCase *t = tcase_create("lines");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_loop_test(t, each_wrong_form_gives_its_line, 0, WRONG);
	tcase_add_test(t, no_two_of_them_say_the_same);
	suite_add_tcase(s, t);
	return test_run(s);
}
