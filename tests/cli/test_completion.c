// SPDX-License-Identifier: MIT
// The completion scripts in the shells that they are for: what is typed comes to plando as words,
// and what plando offers comes back as the shell needs it (quoted, and of a word with = in it the
// part behind). bash is everywhere; zsh and fish are asked where they are installed.
#include "../support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static const char *file;

static void setup(void)
{
	file = test_path(&arena, "c.plando");
	const char *team = "team name='Waiting well, together'";
	remove(file);
	ck_assert_int_eq(
	    system(arena_printf(&arena,
		"$PLANDO_BINARY new %s --name X && $PLANDO_BINARY add %s %s >/dev/null", file, file,
		team)),
	    0);
}

static void teardown(void)
{
	arena_free(&arena);
}

static const char *answer(const char *command)
{
	FILE *p = popen(command, "r");
	char text[4096];
	ck_assert_ptr_nonnull(p);
	size_t n = fread(text, 1, sizeof text - 1, p);
	text[n] = '\0';
	ck_assert_int_eq(pclose(p), 0);
	return arena_strdup(&arena, text);
}

// What bash would put in place of the last of these words, as bash splits them.
static const char *in_bash(const char *words)
{
	return answer(arena_printf(&arena, "bash -c '%s' \"$PLANDO_BINARY\" %s",
	    "eval \"$(\"$0\" help --completion bash)\"; "
	    "COMP_WORDS=(\"$0\" \"$@\") COMP_CWORD=$#; _plando 2>/dev/null; "
	    "printf \"<%s>\" \"${COMPREPLY[@]}\"",
	    words));
}

START_TEST(bash_offers_verbs_and_values_and_quotes_titles)
{
	ck_assert_str_eq(in_bash("imp"), "<import>");
	ck_assert_str_eq(in_bash("chart --type p"), "<p><pp>");
	ck_assert_str_eq(in_bash(arena_printf(&arena, "diagram %s Wait", file)),
	    "<Waiting\\ well\\,\\ together>");
	ck_assert_str_eq(in_bash(arena_printf(&arena, "diagram %s 'Waiting\\ we'", file)),
	    "<Waiting\\ well\\,\\ together>");
}
END_TEST

START_TEST(bash_gets_only_what_stands_behind_the_sign)
{
	ck_assert_str_eq(in_bash(arena_printf(&arena, "add %s pdsa decisio", file)), "<decision=>");
	ck_assert_str_eq(
	    in_bash(arena_printf(&arena, "add %s pdsa decision = ado", file)), "<adopt>");
	ck_assert_str_eq(in_bash(arena_printf(&arena, "add %s pdsa team = Wa", file)),
	    "<Waiting\\ well\\,\\ together>");
}
END_TEST

START_TEST(bash_falls_back_to_files_where_nothing_is_offered)
{
	ck_assert_str_eq(in_bash("list ./w"), "<>");
}
END_TEST

START_TEST(fish_and_zsh_take_their_scripts)
{
	if (system("command -v fish >/dev/null") == 0)
		ck_assert_str_eq(answer("cd / && PATH=${PLANDO_BINARY%/*}:$PATH fish -c 'plando "
					"help --completion fish "
					"| source; complete -C \"plando chart --type x\"'"),
		    "xbar\n");
	else
		puts("# left out: fish is not here");
	if (system("command -v zsh >/dev/null") == 0)
		ck_assert_str_eq(
		    answer("$PLANDO_BINARY help --completion zsh | zsh -n && echo ok"), "ok\n");
	else
		puts("# left out: zsh is not here");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("completion");
	TCase *t = tcase_create("shells");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, bash_offers_verbs_and_values_and_quotes_titles);
	tcase_add_test(t, bash_gets_only_what_stands_behind_the_sign);
	tcase_add_test(t, bash_falls_back_to_files_where_nothing_is_offered);
	tcase_add_test(t, fish_and_zsh_take_their_scripts);
	suite_add_tcase(s, t);
	return test_run(s);
}
