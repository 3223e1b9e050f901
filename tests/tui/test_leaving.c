// SPDX-License-Identifier: MIT
// What leaves the workbook from the app: a share, a parcel, the code, and what is blanked for good.
#include "harness.h"

#include <plando/history.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct harness h;

static void close_it(void)
{
	harness_close(&h);
}

static void do_action(const char *words)
{
	harness_keys(&h, ":");
	harness_type(&h, words);
	harness_keys(&h, "Enter");
}

// In the place of the name that is offered.
static char *answer_path(const char *name)
{
	char *path = test_path(&h.arena, name);
	unlink(path);
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	return path;
}

static bool holds(const char *path, const char *text)
{
	size_t n;
	const char *bytes = test_read(&h.arena, path, &n);
	ck_assert_ptr_nonnull(bytes);
	return memmem(bytes, n, text, strlen(text)) != NULL;
}

START_TEST(a_part_is_shared_by_choosing_teams_and_naming_a_file)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	do_action("share a part");
	harness_shows(&h, "which team?");
	harness_type(&h, "hubs");
	harness_keys(&h, "Enter");
	harness_shows(&h, "That is all: write Child health hubs");
	harness_expect(&h, "share-which");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Where shall it be?");
	char *path = answer_path("part.plando");
	harness_shows(&h, "1 team and what all share");
	ck_assert(holds(path, "Child health hubs"));
	struct store *s;
	struct id other = harness_find(&h, "team", "One front door");
	MUST((s = store_open(path, STORE_READ, &h.env, &e)) != NULL);
	ck_assert(!store_holds(s, &other));
	store_close(s);
}
END_TEST

START_TEST(the_code_is_said_and_a_parcel_wants_another_computer)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	do_action("code of this copy");
	harness_shows(&h, "The code of this copy is ");
	do_action("a parcel for");
	harness_shows(&h, "Nobody has written in this workbook on another computer yet");
	struct id team = harness_find(&h, "team", "Child health hubs");
	struct env ben = h.env;
	struct store *s;
	struct save *v;
	ben.device = "ben-pc";
	MUST((s = store_open(h.path, STORE_WRITE, &ben, &e)) != NULL);
	MUST((v = save_begin(s, &h.arena, &e)) != NULL);
	MUST(save_cell(v, &team, "team", "status", "paused", &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
	struct id other = harness_find(&h, "team", "One front door");
	MUST((v = save_begin(h.app.store, &h.arena, &e)) != NULL);
	MUST(save_cell(v, &other, "team", "status", "paused", &e));
	MUST(save_commit(v, NULL, &e));
	do_action("a parcel for");
	harness_shows(&h, "ben-pc");
	harness_keys(&h, "Enter");
	answer_path("parcel.plando");
	harness_shows(&h, "1 change for ben-pc");
}
END_TEST

START_TEST(blanking_asks_and_no_is_the_default)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	struct id id = harness_find(&h, "person", "Ana Silva");
	struct record r;
	harness_keys(&h, "m");
	harness_type(&h, "/People");
	harness_keys(&h, "Enter Enter");
	harness_type(&h, "/Ana Silva");
	harness_keys(&h, "Enter");
	do_action("blank the text");
	harness_shows(&h, "of “Ana Silva” for good?");
	harness_shows(&h, "y yes, n no");
	harness_keys(&h, "Enter n");
	harness_shows(&h, "Nothing was blanked.");
	do_action("blank the text");
	harness_type(&h, "y");
	harness_shows(&h, "Why? It stays in the history");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Nothing was blanked.");
	do_action("blank the text");
	harness_type(&h, "y");
	harness_type(&h, "asked for by Ana Silva");
	harness_keys(&h, "Enter");
	harness_shows(&h, "say why without it");
	do_action("blank the text");
	harness_type(&h, "y");
	harness_type(&h, "she asked for it");
	harness_keys(&h, "Enter");
	harness_shows(&h, "blanked.");
	struct history_filter filter = HISTORY_ALL;
	struct history all;
	filter.id = &id;
	MUST(history_list(h.app.store, &h.arena, &filter, &all, &e));
	const char *why = NULL;
	for (size_t i = 0; i < all.count && !why; i++)
		if (redact_is_reason(all.item[i].field))
			why = all.item[i].new;
	ck_assert_str_eq(why, "she asked for it");
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert(record_get(&r, "name") == NULL);
	harness_keys(&h, "Esc Esc Esc y");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("leaving");
	TCase *t = tcase_create("leaving");
	tcase_add_checked_fixture(t, NULL, close_it);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_part_is_shared_by_choosing_teams_and_naming_a_file);
	tcase_add_test(t, the_code_is_said_and_a_parcel_wants_another_computer);
	tcase_add_test(t, blanking_asks_and_no_is_the_default);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
