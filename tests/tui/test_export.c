// SPDX-License-Identifier: MIT
// What a screen shows, written to a file: the ending decides, nothing is replaced unasked.
#include "harness.h"

#include <plando/picture.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;

static void begin(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	harness_keys(&h, "Down d");
}

static void end(void)
{
	harness_close(&h);
}

// Answers the question with this name in the test's folder.
static char *write_to(const char *name)
{
	char *path = test_path(&h.arena, name);
	harness_keys(&h, "E Ctrl-U");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	return path;
}

static const char *written(const char *path)
{
	size_t n;
	const char *text = test_read(&h.arena, path, &n);
	return text ? text : "";
}

START_TEST(a_name_is_proposed)
{
	harness_keys(&h, "E");
	harness_shows(&h, "Child health hubs diagram.pdf");
	harness_keys(&h, "Esc");
	harness_hides(&h, "diagram.pdf");
}
END_TEST

START_TEST(the_ending_says_what_it_becomes)
{
	ck_assert(strstr(written(write_to("a.txt")), "Aim By 31 Mar"));
	harness_shows(&h, "The diagram is in");
	ck_assert(str_starts(written(write_to("a.dot")), "digraph"));
	ck_assert(str_starts(written(write_to("a.mmd")), "flowchart"));
	if (!picture_type(NULL))
		return;
	ck_assert(strstr(written(write_to("a.svg")), "<svg "));
	ck_assert(str_starts(written(write_to("a.PDF")), "%PDF"));
	ck_assert(str_starts(written(write_to("a.png")), "\x89PNG"));
}
END_TEST

START_TEST(what_is_there_is_replaced_only_after_a_yes)
{
	char *path = test_path(&h.arena, "old.txt");
	test_write(path, "old", 3);
	write_to("old.txt");
	harness_shows(&h, "Replace it?");
	harness_keys(&h, "Enter"); // no answer: it is still asked
	harness_shows(&h, "Replace it?");
	ck_assert_str_eq(written(path), "old");
	harness_keys(&h, "n");
	ck_assert_str_eq(written(path), "old");
	harness_shows(&h, "Nothing was written.");
	write_to("old.txt");
	harness_keys(&h, "y");
	ck_assert(strstr(written(path), "Aim "));
}
END_TEST

START_TEST(other_endings_and_the_workbook_are_refused_in_words)
{
	write_to("a.doc");
	harness_shows(&h, "end the name in .svg, .png or .pdf");
	harness_keys(&h, "E Ctrl-U");
	harness_type(&h, h.path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "this is the workbook itself");
	write_to("no/such/folder.txt");
	harness_shows(&h, "cannot write it");
}
END_TEST

START_TEST(a_chart_is_written_like_a_diagram)
{
	struct err e = { 0 };
	struct id measure = harness_find(&h, "measure", "Mean wait");
	ck_assert_msg(chart_screen_open(&h.app, &measure, &e), "%s", e.text);
	harness_keys(&h, "E");
	harness_shows(&h, "Mean wait chart.pdf");
	harness_keys(&h, "Esc");
	ck_assert(strstr(written(write_to("chart.txt")), "Mean wait"));
	harness_shows(&h, "The chart is in");
	if (picture_type(NULL))
		ck_assert(strstr(written(write_to("chart.svg")), "Mean wait"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("tui-export");
	TCase *t = tcase_create("export");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_name_is_proposed);
	tcase_add_test(t, the_ending_says_what_it_becomes);
	tcase_add_test(t, what_is_there_is_replaced_only_after_a_yes);
	tcase_add_test(t, other_endings_and_the_workbook_are_refused_in_words);
	tcase_add_test(t, a_chart_is_written_like_a_diagram);
	suite_add_tcase(s, t);
	return test_run(s);
}
