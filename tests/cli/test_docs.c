// SPDX-License-Identifier: MIT
// What the docs tell people to type works: each line in a block that begins with "$ " is run
// by a shell, page by page, in a folder with the sample workbook in it, and must end with status 0,
// or as the line below it says ("[exit 65]"). A page that is read from top to bottom finds its
// files.
#include "../support.h"

#include <plando/str.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena arena;
static size_t commands, links;

static char *docs_line(char **at)
{
	char *line = *at, *end = line ? strchr(line, '\n') : NULL;
	*at = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return line && (end || *line) ? line : NULL;
}

// The command that begins in this line, with the lines that go on after a backslash.
static char *docs_command(char *line, char **at)
{
	struct str s = STR_IN(&arena);
	str_add(&s, line + strlen("$ "));
	for (size_t n; (n = s.length) > 0 && s.text[n - 1] == '\\' && *at;) {
		str_add(&s, "\n");
		str_add(&s, docs_line(at));
	}
	return str_done(&s);
}

static void docs_run(const char *page, const char *command, const char *next)
{
	int want = 0;
	if (next && sscanf(next, "[exit %d]", &want) != 1)
		want = 0;
	char *shell = arena_printf(&arena, "{ %s\n} >said 2>&1 </dev/null", command);
	int status = system(shell), exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	const char *said = test_read(&arena, "said", NULL);
	ck_assert_msg(exit == want, "%s: %s: status %d\n%s", page, command, exit, said ? said : "");
	commands++;
}

static void docs_page(const char *page)
{
	char *at = test_read(&arena, test_source(&arena, page), NULL);
	bool code = false;
	ck_assert_msg(at != NULL, "%s cannot be read", page);
	for (char *line; (line = docs_line(&at)) != NULL;) {
		if (str_starts(line, "```"))
			code = !code;
		else if (code && str_starts(line, "$ ")) {
			const char *command = docs_command(line, &at);
			docs_run(page, command, at);
		}
	}
}

static void docs_folder(const char *name)
{
	const char *binary = getenv("PLANDO_BINARY"), *path = getenv("PATH");
	char *folder = test_path(&arena, name);
	ck_assert_ptr_nonnull(binary);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_assert_int_eq(chdir(folder), 0);
	const char *bin = arena_copy(&arena, binary, (size_t)(strrchr(binary, '/') - binary));
	setenv("PATH", arena_printf(&arena, "%s:%s", bin, path), 1);
	setenv("XDG_STATE_HOME", arena_printf(&arena, "%s/state", folder), 1);
	setenv("XDG_DATA_HOME", arena_printf(&arena, "%s/state", folder), 1);
	setenv("PLANDO_AUTHOR", "Ana Silva", 1);
	ck_assert_int_eq(system("plando demo --no-open sample.plando >/dev/null"), 0);
}

// Each link of a page to a file of the tree, as seen from the page's folder.
static void docs_links(const char *folder, const char *page)
{
	const char *text = test_read(&arena, test_source(&arena, page), NULL);
	ck_assert_msg(text != NULL, "%s cannot be read", page);
	for (const char *at = text; (at = strstr(at, "](")) != NULL;) {
		at += strlen("](");
		const char *to = arena_copy(&arena, at, strcspn(at, ")#"));
		if (!*to || strstr(to, "://"))
			continue;
		const char *path = test_source(&arena, arena_printf(&arena, "%s%s", folder, to));
		ck_assert_msg(
		    access(path, R_OK) == 0, "%s leads to %s, which is not there", page, to);
		links++;
	}
}

START_TEST(every_link_leads_to_a_page)
{
	docs_links("", "README.md");
	docs_links("", "CONTRIBUTING.md");
	DIR *d = opendir(test_source(&arena, "docs"));
	ck_assert_ptr_nonnull(d);
	for (struct dirent *f; (f = readdir(d)) != NULL;)
		if (strstr(f->d_name, ".md"))
			docs_links("docs/", arena_printf(&arena, "docs/%s", f->d_name));
	closedir(d);
	ck_assert_uint_gt(links, 15); // they were found
	arena_free(&arena);
}
END_TEST

START_TEST(every_page_of_the_docs_can_be_typed_after_it)
{
	DIR *d = opendir(test_source(&arena, "docs"));
	ck_assert_ptr_nonnull(d);
	for (struct dirent *f; (f = readdir(d)) != NULL;) {
		size_t n = strlen(f->d_name);
		if (n < 4 || strcmp(f->d_name + n - 3, ".md") != 0)
			continue;
		docs_folder(f->d_name);
		docs_page(arena_printf(&arena, "docs/%s", f->d_name));
	}
	closedir(d);
	ck_assert_uint_gt(commands, 20); // they were found
	arena_free(&arena);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("docs");
	TCase *t = tcase_create("pages");
	tcase_set_timeout(t, 240);
	tcase_add_test(t, every_link_leads_to_a_page);
	tcase_add_test(t, every_page_of_the_docs_can_be_typed_after_it);
	suite_add_tcase(s, t);
	return test_run(s);
}
