// SPDX-License-Identifier: MIT
// What is said of a team is the same by whatever door one comes: board, team, status as text and as
// JSON, for every team of the sample workbook.
#include "../json_read.h"
#include "harness.h"

#include "cli/cli.h"

#include <plando/board.h>
#include <plando/bundle.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static struct harness h;

static void setup(void)
{
	size_t n;
	struct bundle_report report;
	harness_open_empty(&h, 60, 200);
	const char *path = test_source(&h.arena, "schema/sample.yaml");
	const char *sample = test_read(&h.arena, path, &n);
	ck_assert_ptr_nonnull(sample);
	MUST(bundle_import(h.app.store, sample, n, path, false, &report, &h.arena, &e));
	app_saved(&h.app);
	harness_keys(&h, "Home");
}

static void teardown(void)
{
	harness_close(&h);
}

static const char *run(const char *option)
{
	char *argv[] = { (char[]){ "plando" }, (char[]){ "status" }, arena_strdup(&h.arena, h.path),
		arena_strdup(&h.arena, option), NULL };
	char *out = NULL;
	size_t n = 0;
	FILE *in = fopen("/dev/null", "r"), *to = open_memstream(&out, &n);
	ck_assert_int_eq(cli_run(&h.env, 4, argv, in, to, stderr), 0);
	fclose(in);
	fclose(to);
	const char *kept = arena_copy(&h.arena, out, n);
	free(out);
	return kept;
}

// What follows "To look at: " on the screen, to the end of its line; "" where nothing does.
static const char *looked(void)
{
	const char *picture = harness_picture(&h), *at = strstr(picture, "To look at: ");
	if (!at)
		return "";
	at += strlen("To look at: ");
	return arena_copy(&h.arena, at, strcspn(at, "\n"));
}

// The bits of the flags that a text names. "no data" is not "data too old".
static unsigned named(const char *text)
{
	unsigned bits = 0;
	for (const struct board_flag *f = BOARD_FLAGS; f->bit; f++)
		bits |= strstr(text, f->words) ? f->bit : 0;
	return bits;
}

static unsigned of_json(const struct node *flags)
{
	unsigned bits = 0;
	for (size_t i = 0; i < flags->count; i++)
		for (const struct board_flag *f = BOARD_FLAGS; f->bit; f++)
			bits |= str_equal(node_at(flags, i)->text, f->id) ? f->bit : 0;
	return bits;
}

// The line of `status` that tells of a team.
static const char *line_of(const char *text, const char *team)
{
	const char *at = strstr(text, team);
	ck_assert_msg(at != NULL, "%s is not in:\n%s", team, text);
	return arena_copy(&h.arena, at, strcspn(at, "\n"));
}

START_TEST(board_team_and_status_raise_the_same_flags_for_every_team)
{
	const char *json = run("--json"), *text = run("--ascii");
	const struct node *teams = node_get(json_read(&h.arena, json, strlen(json)), "teams");
	unsigned seen = 0;
	ck_assert_uint_gt(teams->count, 10);
	for (size_t i = 0; i < teams->count; i++) {
		const struct node *team = node_at(teams, i);
		const char *name = node_get(team, "name")->text;
		unsigned flags = of_json(node_get(team, "flags"));
		const char *board = looked();
		ck_assert_msg(named(line_of(text, name)) == flags, "status: %s", name);
		ck_assert_msg(named(board) == flags, "board: %s: %s", name, board);
		harness_keys(&h, "Enter");
		harness_shows(&h, name);
		ck_assert_str_eq(looked(), board);
		harness_keys(&h, "Esc Down");
		seen |= flags;
	}
	// Else the sample would have nothing to tell apart.
	unsigned engine = FLAG_STALE | FLAG_STALLED;
	ck_assert_uint_eq(seen & engine, engine);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("faces");
	TCase *c = tcase_create("faces");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, board_team_and_status_raise_the_same_flags_for_every_team);
	suite_add_tcase(suite, c);
	return test_run(suite);
}
