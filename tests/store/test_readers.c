// SPDX-License-Identifier: MIT
// What readers of SQL find in a workbook: numbers that are numbers, as typed beside them; views
// that leave out what is archived and say what they are.
#include "../support.h"
#include "desk.h"

#include <plando/board.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 6, .tick = 1 };
static struct env env;
static struct arena a;
static const char *path;
static struct store *s;
static struct id team, measure;
static sqlite3 *lite; // as another program has it open

static struct id put(const char *kind, const char *const cells[])
{
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, NULL, &id, &e));
	for (int i = 0; cells[i]; i += 2)
		MUST(save_cell(v, &id, kind, cells[i], cells[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static const char *uuid(const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	return arena_strdup(&a, text);
}

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
	path = test_path(&a, "readers.plando");
	unlink(path);
	MUST(store_create(path, &env, "Hubs", &e));
	MUST((s = store_open(path, STORE_WRITE, &env, &e)) != NULL);
	team = put("team", (const char *[]){ "name", "North", NULL });
	measure = put("measure", (const char *[]){ "name", "Wait", "team", uuid(&team), NULL });
	ck_assert_int_eq(sqlite3_open(path, &lite), SQLITE_OK);
}

static void tear_down(void)
{
	sqlite3_close(lite);
	store_close(s);
	arena_free(&a);
}

// The first row's columns, joined by blanks; "(none)" without a row.
static const char *asked(const char *sql)
{
	sqlite3_stmt *q;
	struct str out = STR_IN(&a);
	ck_assert_msg(sqlite3_prepare_v2(lite, sql, -1, &q, NULL) == SQLITE_OK, "%s: %s", sql,
	    sqlite3_errmsg(lite));
	bool row = sqlite3_step(q) == SQLITE_ROW;
	for (int i = 0; row && i < sqlite3_column_count(q); i++) {
		const char *text = (const char *)sqlite3_column_text(q, i);
		str_printf(&out, "%s%s", i ? " " : "", text ? text : "NULL");
	}
	sqlite3_finalize(q);
	return row ? str_done(&out) : "(none)";
}

static struct id point(const char *date, const char *value)
{
	return put("point",
	    (const char *[]){ "measure", uuid(&measure), "date", date, "value", value, NULL });
}

// --- numbers

static const struct {
	const char *typed, *type, *number;
} VALUES[] = {
	{ "12.50", "real", "12.5" },
	{ "7", "real", "7.0" },
	{ "007", "real", "7.0" },
	{ "+7", "real", "7.0" },
	{ "-0.5", "real", "-0.5" },
	{ "123456789012345678", "real", "1.23456789012346e+17" },
	// only a log that another program wrote holds these
	{ "1e400", "null", "NULL" },
	{ "0x10", "null", "NULL" },
	{ "12abc", "null", "NULL" },
	{ " 12", "null", "NULL" },
	{ "-", "null", "NULL" },
	{ "inf", "null", "NULL" },
	{ "n/a", "null", "NULL" },
};

START_TEST(a_number_is_a_number_in_SQL_and_stands_as_typed_beside_it)
{
	point("2026-05-01", VALUES[_i].typed);
	static const char *const from[] = { "point", "point_overview", "point_all" };
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		const char *got = asked(arena_printf(
		    &a, "SELECT typeof(value), value, '[' || value_typed || ']' FROM %s", from[i]));
		ck_assert_str_eq(got, arena_printf(&a, "%s %s [%s]", VALUES[_i].type,
					  VALUES[_i].number, VALUES[_i].typed));
	}
}
END_TEST

START_TEST(digits_without_end_are_no_number_in_SQL_and_never_infinity)
{
	struct str nines = STR_IN(&a), small = STR_IN(&a);
	str_add_times(&nines, "9", 400);
	str_add(&small, "0.");
	str_add_times(&small, "3", 400);
	point("2026-05-01", str_done(&nines));
	point("2026-05-02", str_done(&small));
	ck_assert_str_eq(
	    asked("SELECT typeof(value), length(value_typed) FROM point ORDER BY date"),
	    "null 400");
	ck_assert_str_eq(asked("SELECT value FROM point ORDER BY date DESC"), "0.333333333333333");
}
END_TEST

START_TEST(means_and_comparisons_of_other_programs_hold)
{
	static const char *const value[] = { "9", "10.0", "100", "20.5" };
	for (int i = 0; i < 4; i++)
		point(arena_printf(&a, "2026-05-0%d", i + 1), value[i]);
	ck_assert_str_eq(asked("SELECT avg(value), max(value), sum(value>20) FROM point_overview"),
	    "34.875 100.0 2");
}
END_TEST

START_TEST(whole_numbers_are_integers_and_other_texts_stay_texts)
{
	put("event",
	    (const char *[]){ "name", "Second", "number", "2", "date", "2026-05-01", NULL });
	put("assessment", (const char *[]){ "team", uuid(&team), "score", "3.0", NULL });
	put("pdsa", (const char *[]){ "team", uuid(&team), "cycle_no", "010", NULL });
	ck_assert_str_eq(asked("SELECT typeof(number), number_typed FROM event"), "integer 2");
	ck_assert_str_eq(
	    asked("SELECT typeof(score), score, score_typed FROM assessment"), "real 3.0 3.0");
	ck_assert_str_eq(asked("SELECT typeof(cycle_no), cycle_no FROM pdsa"), "text 010");
}
END_TEST

START_TEST(numbers_in_the_rows_of_a_list_are_numbers_too)
{
	struct id id = put("pdsa", (const char *[]){ "team", uuid(&team), NULL });
	static const char *const number[] = { "4.50", "about 4" };
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	for (int i = 0; i < 2; i++) {
		const char *key;
		MUST(save_element(v, &id, "pdsa", "predictions", NULL, &key, &e));
		MUST(save_cell(
		    v, &id, "pdsa", arena_printf(&a, "predictions.%s.number", key), number[i], &e));
	}
	MUST(save_commit(v, NULL, &e));
	ck_assert_str_eq(asked("SELECT typeof(number), number, number_typed FROM pdsa_predictions"),
	    "real 4.5 4.50");
	ck_assert_str_eq(
	    asked("SELECT number, number_typed FROM pdsa_predictions LIMIT 1 OFFSET 1"),
	    "NULL about 4");
}
END_TEST

// The sum of all columns that the forms give a number, of every kind.
START_TEST(no_column_of_a_number_is_text_in_any_kind)
{
	size_t numbers = 0;
	for (const struct kind *k = KINDS; k->name; k++) {
		const struct form *form = forms_find(store_forms(s), k->name, NULL);
		for (const struct form_field *f = NULL; form && (f = form_next(form, f));) {
			if (!field_is_number(f))
				continue;
			const char *type = asked(arena_printf(&a,
			    "SELECT type FROM pragma_table_info('%s') WHERE name='%s'", k->name,
			    f->id));
			ck_assert_str_eq(type, f->type == FIELD_INTEGER ? "INTEGER" : "REAL");
			numbers++;
		}
	}
	ck_assert_uint_ge(numbers, 10);
}
END_TEST

// --- views

static void archive(const struct id *id, const char *kind)
{
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_cell(v, id, kind, "archived", "2020-01-01", &e));
	MUST(save_commit(v, NULL, &e));
}

static const char *rows(const char *view)
{
	return asked(arena_printf(&a, "SELECT count(*) FROM %s", view));
}

START_TEST(what_is_archived_is_in_the_views_of_all_and_in_no_other)
{
	struct id due =
	    put("action", (const char *[]){ "team", uuid(&team), "what", "Ring", NULL });
	struct id value = point("2026-05-01", "3");
	struct id cycle =
	    put("pdsa", (const char *[]){ "team", uuid(&team), "title", "Calls", NULL });
	put("action",
	    (const char *[]){ "team", uuid(&team), "what", "Done", "status", "done", NULL });
	put("action", (const char *[]){ "team", uuid(&team), "what", "Write", NULL });
	point("2026-06-01", "4");
	ck_assert_str_eq(rows("action_open"), "2");
	archive(&due, "action");
	archive(&value, "point");
	archive(&cycle, "pdsa");
	ck_assert_str_eq(rows("action_open"), "1");
	ck_assert_str_eq(rows("action_all"), "3");
	ck_assert_str_eq(rows("point_overview"), "1");
	ck_assert_str_eq(rows("point_all"), "2");
	ck_assert_str_eq(rows("cycle_overview"), "0");
	ck_assert_str_eq(rows("cycle_all"), "1");
	archive(&measure, "measure");
	ck_assert_str_eq(rows("point_overview"), "0");
	archive(&team, "team");
	ck_assert_str_eq(rows("team_overview"), "0");
	ck_assert_str_eq(rows("action_open"), "0");
	ck_assert_str_eq(rows("team_all"), "1");
	ck_assert_str_eq(rows("point_all"), "2");
}
END_TEST

START_TEST(open_actions_are_those_that_the_app_counts)
{
	struct id gone =
	    put("action", (const char *[]){ "team", uuid(&team), "what", "One", NULL });
	put("action", (const char *[]){ "team", uuid(&team), "what", "Two", NULL });
	put("action",
	    (const char *[]){ "team", uuid(&team), "what", "No", "status", "dropped", NULL });
	archive(&gone, "action");
	struct board_facts facts;
	MUST(board_facts(s, &a, &team, &facts, &e));
	ck_assert_uint_eq(facts.actions_open, 1);
	ck_assert_str_eq(rows("action_open"), "1");
}
END_TEST

START_TEST(what_a_view_says_of_itself_is_in_the_file)
{
	ck_assert_str_eq(
	    asked("SELECT count(*) FROM sqlite_master WHERE type='view' AND sql NOT LIKE '%--%'"),
	    "0");
	ck_assert_str_eq(asked("SELECT count(*)>6 FROM sqlite_master WHERE type='view'"), "1");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("readers");
	TCase *numbers = tcase_create("numbers"), *views = tcase_create("views");
	tcase_add_checked_fixture(numbers, set_up, tear_down);
	tcase_add_checked_fixture(views, set_up, tear_down);
	tcase_add_loop_test(numbers, a_number_is_a_number_in_SQL_and_stands_as_typed_beside_it, 0,
	    sizeof VALUES / sizeof *VALUES);
	tcase_add_test(numbers, digits_without_end_are_no_number_in_SQL_and_never_infinity);
	tcase_add_test(numbers, means_and_comparisons_of_other_programs_hold);
	tcase_add_test(numbers, whole_numbers_are_integers_and_other_texts_stay_texts);
	tcase_add_test(numbers, numbers_in_the_rows_of_a_list_are_numbers_too);
	tcase_add_test(numbers, no_column_of_a_number_is_text_in_any_kind);
	tcase_add_test(views, what_is_archived_is_in_the_views_of_all_and_in_no_other);
	tcase_add_test(views, open_actions_are_those_that_the_app_counts);
	tcase_add_test(views, what_a_view_says_of_itself_is_in_the_file);
	suite_add_tcase(suite, numbers);
	suite_add_tcase(suite, views);
	return test_run(suite);
}
