// SPDX-License-Identifier: MIT
// Large imports of data points: when every line is bad, and when somebody presses Ctrl-C.
#include "../support.h"

#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOLD = 1000, BAD = 1203, FEW = 4000, TRIES = 6, NAP = 1000 };

static struct arena arena;
static char *file, *csv, *wrong;

static void start(void)
{
	file = test_path(&arena, "many.plando");
	csv = test_path(&arena, "many.csv");
}

static void end(void)
{
	free(wrong);
	wrong = NULL;
	arena_free(&arena);
}

static int run(int words, const char *const word[])
{
	static struct world w = { .now = 1795356120000, .seed = 11 };
	struct env env = world_env(&w);
	char *argv[16];
	size_t n = 0;
	for (int i = 0; i < words; i++)
		argv[i] = arena_strdup(&arena, word[i]);
	argv[words] = NULL;
	free(wrong);
	FILE *in = fopen("/dev/null", "r"), *to = fopen("/dev/null", "w"),
	     *err = open_memstream(&wrong, &n);
	int status = cli_run(&env, words, argv, in, to, err);
	fclose(in);
	fclose(to);
	fclose(err);
	return status;
}
#define RUN(...)                                                                                   \
	run((int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)),                  \
	    (const char *const[]){ __VA_ARGS__ })

static void workbook(void)
{
	remove(file);
	ck_assert_int_eq(RUN("plando", "new", file, "--name", "Test"), 0);
	ck_assert_int_eq(RUN("plando", "add", file, "team", "name=Hubs"), 0);
	ck_assert_int_eq(
	    RUN("plando", "add", file, "measure", "name=Wait", "data=count", "team=Hubs"), 0);
}

static void rows_write(int rows, const char *value)
{
	FILE *out = fopen(csv, "w");
	ck_assert_ptr_nonnull(out);
	fputs("date,group,value\n", out);
	for (int i = 0; i < rows; i++)
		fprintf(out, "20%02d-%02d-%02d,Ward %d,%s\n", 10 + i / 336 % 15, 1 + i / 28 % 12,
		    1 + i % 28, i / 5040, value);
	fclose(out);
}

static size_t lines_of(const char *text, const char *with)
{
	size_t n = 0;
	while ((text = strstr(text, with)) != NULL) {
		n++;
		text += strlen(with);
	}
	return n;
}

START_TEST(a_file_of_bad_lines_tells_the_first_thousand_and_how_many_more)
{
	workbook();
	rows_write(BAD, "many");
	ck_assert_int_eq(RUN("plando", "import", file, csv, "--measure", "Wait"), ERR_DATA);
	ck_assert_uint_eq(lines_of(wrong, "\n"), TOLD + 2);
	ck_assert_ptr_nonnull(strstr(wrong, "many.csv:2:3: "));
	ck_assert_ptr_nonnull(strstr(wrong, "many.csv:1001:3: "));
	ck_assert_ptr_null(strstr(wrong, "many.csv:1002:"));
	ck_assert_ptr_nonnull(strstr(wrong, "many.csv: 203 more rows are bad\n"));
	ck_assert_ptr_nonnull(strstr(wrong, "1203 of 1203 rows are bad; nothing was imported\n"));
}
END_TEST

// True: it was stopped while it wrote. False: it was done before.
static bool stop_in_the_middle(void)
{
	char *journal = arena_printf(&arena, "%s-journal", file);
	const char *binary = getenv("PLANDO_BINARY");
	int status = 0;
	ck_assert_ptr_nonnull(binary);
	pid_t child = fork();
	if (child == 0) {
		freopen("/dev/null", "w", stdout);
		freopen("/dev/null", "w", stderr);
		setenv("PLANDO_AUTHOR", "Ann", 1);
		execl(binary, "plando", "import", file, csv, "--measure", "Wait", (char *)NULL);
		_exit(127);
	}
	ck_assert_int_gt(child, 0);
	while (access(journal, F_OK) != 0 && waitpid(child, &status, WNOHANG) == 0)
		usleep(NAP);
	kill(child, SIGINT);
	waitpid(child, &status, 0);
	ck_assert_msg(access(journal, F_OK) != 0, "a journal lies beside the file");
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
}

START_TEST(ctrl_c_in_the_middle_of_an_import_leaves_the_file_as_it_was)
{
	size_t before = 0, after = 0;
	char *was = NULL;
	bool stopped = false;
	// A machine that was quicker than we looked gets more to do.
	for (int i = 0, rows = FEW; i < TRIES && !stopped; i++, rows *= 2) {
		workbook();
		rows_write(rows, "12");
		was = test_read(&arena, file, &before);
		stopped = stop_in_the_middle();
	}
	ck_assert_msg(stopped, "it could not be stopped");
	char *is = test_read(&arena, file, &after);
	ck_assert_uint_eq(before, after);
	ck_assert_int_eq(memcmp(was, is, before), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("import_points");
	TCase *t = tcase_create("large");
	tcase_add_checked_fixture(t, start, end);
	tcase_set_timeout(t, 240);
	tcase_add_test(t, a_file_of_bad_lines_tells_the_first_thousand_and_how_many_more);
	tcase_add_test(t, ctrl_c_in_the_middle_of_an_import_leaves_the_file_as_it_was);
	suite_add_tcase(s, t);
	return test_run(s);
}
