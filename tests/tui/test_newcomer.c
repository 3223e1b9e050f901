// SPDX-License-Identifier: MIT
// Somebody who has never seen plando, with a keyboard and no manual, at 80x24: makes a workbook, a
// team and its aim, a diagram, a PDSA cycle through all four stages, a coaching session, a note by
// an own form, and finds each again. What to press is read off the screen: the footer, or the list
// that `?` shows.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct pty p;
static struct arena a;

// --- eyes

static const char *line_of(const char *picture, int row)
{
	for (; row > 0 && picture; row--)
		if ((picture = strchr(picture, '\n')))
			picture++;
	return picture ? arena_copy(&a, picture, strcspn(picture, "\n")) : "";
}

// "Enter open   n new cycle": the key before those words, or NULL.
static const char *footer_key(const char *words)
{
	const char *footer = line_of(pty_picture(&p), 23), *at = strstr(footer, words);
	if (!at || at == footer || at[-1] != ' ')
		return NULL;
	const char *end = at - 1, *from = end;
	while (from > footer && from[-1] != ' ')
		from--;
	return arena_copy(&a, from, (size_t)(end - from));
}

// The row under the cursor: it carries a ">".
static const char *focus(void)
{
	for (int row = 0; row < 23; row++) {
		const char *line = line_of(pty_picture(&p), row), *mark = strstr(line, ">");
		if (mark && strspn(line, " ") == (size_t)(mark - line))
			return mark + 1;
	}
	return "";
}

// --- hands

static void press_named(const char *key)
{
	static const struct name {
		const char *name, *bytes;
	} names[] = { { "Enter", "\r" }, { "Esc", "\033" }, { "Tab", "\t" }, { "Ctrl-F", "\006" },
		{ "F3", "\033OR" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].name, key) == 0) {
			pty_type(&p, names[i].bytes);
			return;
		}
	ck_assert_msg(strlen(key) == 1, "a key is called %s, which this person does not know", key);
	pty_type(&p, key);
}

// What `?` says beside these words.
static const char *helped_key(const char *words)
{
	pty_type(&p, "?");
	pty_expect(&p, "Keys on this screen");
	pty_type(&p, words);
	pty_expect(&p, arena_printf(&a, "Find %s", words));
	pty_settle(&p);
	const char *row = focus();
	ck_assert_msg(
	    strstr(row, words) != NULL, "? does not name \"%s\":\n%s", words, pty_picture(&p));
	const char *end = row + strlen(row);
	while (end > row && end[-1] == ' ')
		end--;
	const char *from = end;
	while (from > row && from[-1] != ' ')
		from--;
	const char *key = arena_copy(&a, from, (size_t)(end - from));
	pty_type(&p, "\033");
	pty_expect_gone(&p, "Keys on this screen");
	return key;
}

// Presses what the footer, or else `?`, calls by these words.
static void press(const char *words)
{
	pty_settle(&p);
	const char *key = footer_key(words);
	press_named(key ? key : helped_key(words));
	pty_settle(&p);
}

static void enter(const char *text)
{
	pty_type(&p, text);
	pty_settle(&p);
	pty_send(&p, "\r", 1);
	pty_settle(&p);
}

// Goes with Tab until the cursor stands on that field.
static void go(const char *label)
{
	for (int i = 0; i < 60 && !strstr(focus(), label); i++) {
		pty_send(&p, "\t", 1);
		pty_settle(&p);
	}
	ck_assert_msg(
	    strstr(focus(), label) != NULL, "no field \"%s\":\n%s", label, pty_picture(&p));
}

static void answer(const char *label, const char *text)
{
	go(label);
	pty_type(&p, text);
	pty_settle(&p);
}

static void choose_row(const char *text)
{
	for (int i = 0; i < 40 && !strstr(focus(), text); i++) {
		pty_key(&p, VTERM_KEY_DOWN);
		pty_settle(&p);
	}
	ck_assert_msg(strstr(focus(), text) != NULL, "no row \"%s\":\n%s", text, pty_picture(&p));
	pty_send(&p, "\r", 1);
	pty_settle(&p);
}

static void find_again(const char *words, const char *seen)
{
	press_named("Ctrl-F");
	pty_expect(&p, "Search everything");
	for (int i = 0; i < 40; i++) // what was searched before
		pty_send(&p, "\177", 1);
	pty_type(&p, words);
	pty_expect(&p, seen);
	pty_type(&p, "\033");
	pty_expect_gone(&p, "Search everything");
}

// --- the evening's work

static void make_team(const char *path)
{
	pty_expect(&p, "No workbook was opened");
	press("new");
	enter(path);
	pty_expect(&p, "called?");
	enter("Our Collaborative");
	pty_expect(&p, "There is no team yet");
	press("new team");
	answer("Team name", "Hubs of Marlow");
	answer("What will be better?", "shorter waits");
	answer("How much?", "from 40 to 20 days");
	answer("By when?", "31 mar 2027");
	answer("For whom?", "children under 5");
	press("leave");
	pty_expect(&p, "Hubs of Marlow: By 31 Mar 2027, shorter waits");
}

static void draw_diagram(void)
{
	press("open");
	pty_expect(&p, "nothing drawn yet");
	press("The driver diagram");
	press("below");
	enter("Early advice");
	press("beside");
	enter("Families can act");
	press("below");
	enter("Plain advice at home");
	press("below");
	enter("Ring the day before");
	press("Link it");
	choose_row("Early advice");
	pty_expect(&p, "Ring the day before");
	press("beside");
	enter("Film made with parents");
	press("Link it");
	choose_row("Early advice");
	press("back");
	pty_expect(&p, "2 primary · 1 secondary · 2 ideas");
}

static void run_cycle(void)
{
	press("new cycle");
	answer("What do we want to learn?", "Does a call help?");
	pty_send(&p, "\t", 1);
	pty_settle(&p);
	answer("Question", "Fewer missed?");
	answer("We expect", "From 30 to 15");
	go("As expected?");
	answer("Question", "Is it welcome?");
	answer("We expect", "8 of 10");
	answer("Change idea", "");
	pty_send(&p, "\r", 1);
	pty_settle(&p);
	choose_row("Ring the day before");
	answer("Done from", "yesterday");
	answer("What happened?", "Rang 10 families.");
	answer("What do you know now", "Evenings are better.");
	go("Decision");
	pty_key(&p, VTERM_KEY_RIGHT);
	pty_settle(&p);
	answer("Why?", "Half came.");
	press("leave");
	pty_expect(&p, "1, 0 open");
}

static void coach_and_note(const char *form)
{
	press("A new coaching session");
	answer("Date", "today");
	answer("What was discussed?", "Who calls on Fridays");
	press("leave");
	press("A new note");
	choose_row("A form of your own, from a file");
	pty_expect(&p, "Which form file");
	enter(form);
	pty_expect(&p, "is a kind of note of this workbook now");
	answer("What did you count?", "Pushchairs at the library");
	press("leave");
	press("A new note"); // it is among the others now
	choose_row("Street count");
	press("leave");
}

// What a person would have written with any editor.
static const char *own_form(void)
{
	const char *path = test_path(&a, "street-count.yaml");
	FILE *out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	fputs("form: street-count\nversion: 1\ntitle: Street count\nsections:\n"
	      "  - id: count\n    title: Count\n    fields:\n"
	      "      - {id: what, label: What did you count?, type: memo}\n",
	    out);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

static size_t count(struct store *s, const char *kind)
{
	struct records all;
	MUST(record_list(s, &a, kind, NULL, &all, &e));
	return all.count;
}

static void confirm(const char *path, const struct env *env)
{
	struct err why = { 0 };
	struct records all;
	struct elements predictions;
	struct store *s = store_open(path, STORE_READ, env, &why);
	ck_assert_msg(s != NULL, "%s", why.text);
	ck_assert_uint_eq(count(s, "driver"), 3);
	ck_assert_uint_eq(count(s, "idea"), 2);
	ck_assert_uint_eq(count(s, "link"), 7); // each driver to its parent, each idea to two
	MUST(record_list(s, &a, "pdsa", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(record_get(&all.item[0], "learned"), "Evenings are better.");
	ck_assert_ptr_nonnull(record_get(&all.item[0], "decision"));
	ck_assert(record_elements(&all.item[0], &a, "predictions", &predictions));
	ck_assert_uint_eq(predictions.count, 2);
	MUST(record_list(s, &a, "note", NULL, &all, &e));
	ck_assert_str_eq(record_get(&all.item[0], "answers.what"), "Pushchairs at the library");
	store_close(s);
}

START_TEST(a_newcomer_gets_from_nothing_to_a_finished_cycle_by_what_the_screen_says)
{
	struct world world = { .now = 1795356120000, .seed = 9 };
	struct env env = world_env(&world);
	char *path = test_path(&a, "newcomer.plando");
	const char *setting[] = { arena_printf(&a, "XDG_STATE_HOME=%s/newcomer", test_folder()),
		NULL };
	remove(path);
	pty_open(&p, &(struct pty_start){ NULL, setting, 24, 80 });
	make_team(path);
	draw_diagram();
	run_cycle();
	press("back");
	press("quit");
	ck_assert_int_eq(pty_ended(&p), 0);
	pty_close(&p);
	pty_open(&p, &(struct pty_start){ path, setting, 24, 80 });
	pty_expect(&p, "Hubs of Marlow");
	press("open");
	coach_and_note(own_form());
	find_again("marlow", "Hubs of [Marlow]");
	find_again("early adv", "[Early] advice");
	find_again("film", "[Film] made with parents");
	find_again("welcome", "Is it [welcome]?");
	find_again("fridays", "on [Fridays]");
	find_again("pushch", "[Pushchairs] at the library");
	pty_close(&p);
	confirm(path, &env);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("newcomer");
	TCase *t = tcase_create("newcomer");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_newcomer_gets_from_nothing_to_a_finished_cycle_by_what_the_screen_says);
	suite_add_tcase(suite, t);
	int status = test_run(suite);
	arena_free(&a);
	return status;
}
