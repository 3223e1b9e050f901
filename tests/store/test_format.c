// SPDX-License-Identifier: MIT
// What is frozen with the first workbook in people's hands: the hashes of the chain and of natural
// keys (expected values: an independent program, from the description in log.sql alone), the
// journal's mode, and what SQL readers find.
#include "../support.h"
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static struct arena a;
static struct world world = { .now = 1795600000000, .seed = 3 };

static struct id counted(uint8_t from)
{
	struct id id;
	for (uint8_t i = 0; i < 16; i++)
		id.b[i] = (uint8_t)(from + i);
	return id;
}

static struct stream a_stream(void)
{
	return (struct stream){ .id = counted(0),
		.scope = ID_COLLABORATIVE,
		.author = "Ana Silva",
		.device = "clinic-laptop",
		.program = "plando 0.1.0",
		.opened = 1795600000000,
		.utcoff = 60 };
}

START_TEST(the_hashes_of_the_chain_are_those_of_format_1)
{
	struct stream s = a_stream();
	uint64_t seed = chain_seed(&s);
	ck_assert_uint_eq(seed, 0x3756095947f798e3u);
	struct change c = { .seq = 1,
		.hlc = 1795600000001,
		.at = 1795600000000,
		.grp = 1,
		.ent = counted(16),
		.kind = "team",
		.fld = "name",
		.val = "Hubs" };
	uint64_t first = chain_next(seed, &c);
	ck_assert_uint_eq(first, 0xe1c7f1d2ce3c19fau);
	c = (struct change){ .seq = 2,
		.hlc = 1795600000002,
		.at = 1795600000000,
		.grp = 1,
		.last = true,
		.ent = counted(16),
		.kind = "team",
		.fld = "name",
		.val = "H\xc3\xbc"
		       "bs",
		.prev = &first,
		.prevs = 1 };
	uint64_t second = chain_next(first, &c);
	ck_assert_uint_eq(second, 0xe9f7d941ed9a8949u);
	char text[ID_TEXT];
	struct id fork = chain_fork_id(&s.id, second);
	id_print(&fork, text);
	ck_assert_str_eq(text, "70956680-406f-8e6e-b51b-f16c1524d9aa");
}
END_TEST

START_TEST(a_natural_key_gives_the_same_id_everywhere)
{
	char text[ID_TEXT];
	struct id id = id_natural((const char *[]){ "point", "a", "2026-01-01", "" }, 4);
	id_print(&id, text);
	ck_assert_str_eq(text, "719c08dd-b347-840d-8ae1-60dc9c82a4d4");
}
END_TEST

// A point's key has one field more than the first programs knew: where it is empty, ids are theirs.
START_TEST(the_ids_of_points_stand_and_an_nth_makes_another)
{
	const struct kind *k = kind_find("point");
	char first[ID_TEXT], empty[ID_TEXT], second[ID_TEXT];
	struct id id = kind_natural_id(k, (const char *[]){ "a", "2026-01-01", NULL, NULL });
	id_print(&id, first);
	id = kind_natural_id(k, (const char *[]){ "a", "2026-01-01", "", "" });
	id_print(&id, empty);
	id = kind_natural_id(k, (const char *[]){ "a", "2026-01-01", NULL, "2" });
	id_print(&id, second);
	ck_assert_str_eq(first, "719c08dd-b347-840d-8ae1-60dc9c82a4d4");
	ck_assert_str_eq(empty, first);
	ck_assert_str_eq(second, "6289e9d7-722f-87ba-80ed-d7f116468cad");
}
END_TEST

// A workbook as any program with SQLite sees it.
static sqlite3 *stranger(const char *name)
{
	struct env env = world_env(&world);
	const char *path = test_path(&a, name);
	sqlite3 *db;
	unlink(path);
	MUST(store_create(path, &env, "Collaborative", &e));
	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	return db;
}

static const char *one(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q;
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, "%s: %s", sql,
	    sqlite3_errmsg(db));
	const char *text = sqlite3_step(q) == SQLITE_ROW
			       ? arena_strdup(&a, (const char *)sqlite3_column_text(q, 0))
			       : "";
	sqlite3_finalize(q);
	return text;
}

START_TEST(the_file_is_recognised_and_keeps_a_rollback_journal)
{
	sqlite3 *db = stranger("mode.plando");
	ck_assert_str_eq(one(db, "PRAGMA application_id"), "1886154340"); // 'plnd'
	ck_assert_str_eq(one(db, "PRAGMA journal_mode"), "delete");
	ck_assert_str_eq(one(db, "SELECT v FROM meta WHERE k='log_format'"), "1");
	sqlite3_close(db);
}
END_TEST

START_TEST(every_field_of_every_kind_is_a_column_or_a_view_for_sql_readers)
{
	struct err err = { 0 };
	sqlite3 *db = stranger("columns.plando");
	struct forms *forms = forms_new(&a, &err);
	for (const struct kind *k = KINDS; k->name; k++) {
		const struct form *form = forms_find(forms, k->name, &err);
		ck_assert_msg(form != NULL, "%s", err.text);
		for (const struct form_field *f = NULL; (f = form_next(form, f));) {
			bool list = f->type == FIELD_LIST || f->type == FIELD_PAIRS;
			one(db, list ? arena_printf(&a, "SELECT \"%s\", id FROM \"%s_%s\"", k->name,
					   k->name, f->id)
				     : arena_printf(&a, "SELECT \"%s\" FROM \"%s\"",
					   schema_column(&a, f->id), k->name));
		}
	}
	sqlite3_close(db);
}
END_TEST

START_TEST(points_are_read_from_their_index_alone)
{
	sqlite3 *db = stranger("points.plando");
	ck_assert_str_eq(one(db, "SELECT group_concat(name) FROM (SELECT name FROM"
				 " pragma_index_info('point_measure') ORDER BY seqno LIMIT 2)"),
	    "measure,date");
	// plando reads numbers as they were typed: the text beside them
	ck_assert_str_eq(one(db, "SELECT count(*) FROM pragma_table_info('point') WHERE name<>'id'"
				 " AND type='TEXT' AND name NOT IN (SELECT name FROM "
				 "pragma_index_info('point_measure'))"),
	    "0");
	sqlite3_close(db);
}
END_TEST

START_TEST(every_view_answers)
{
	sqlite3 *db = stranger("views.plando");
	sqlite3_stmt *q;
	int views = 0;
	sqlite3_prepare_v2(db, "SELECT name FROM sqlite_master WHERE type='view'", -1, &q, NULL);
	while (sqlite3_step(q) == SQLITE_ROW) {
		one(db, arena_printf(&a, "SELECT * FROM \"%s\"", sqlite3_column_text(q, 0)));
		views++;
	}
	sqlite3_finalize(q);
	ck_assert_int_ge(views, 4);
	sqlite3_close(db);
}
END_TEST

START_TEST(order_keys_stay_between_their_neighbours_and_stay_short)
{
	struct env env = world_env(&world);
	const char *key[1001];
	size_t n = 0, longest = 0;
	for (int i = 0; i < 1000; i++) {
		size_t at = n ? world_next(&world) % (n + 1) : 0;
		char *new =
		    order_between(&a, &env, at ? key[at - 1] : NULL, at < n ? key[at] : NULL);
		ck_assert_ptr_nonnull(new);
		memmove(key + at + 1, key + at, (n++ - at) * sizeof *key);
		key[at] = new;
		longest = strlen(new) > longest ? strlen(new) : longest;
	}
	for (size_t i = 1; i < n; i++)
		ck_assert_msg(
		    strcmp(key[i - 1], key[i]) < 0, "%s is not before %s", key[i - 1], key[i]);
	ck_assert_uint_le(longest, 40);
	const char *last = NULL;
	for (int i = 0; i < 1000; i++) { // a list that grows at its end
		const char *next = order_between(&a, &env, last, NULL);
		ck_assert(!last || strcmp(last, next) < 0);
		last = next;
	}
	ck_assert_uint_le(strlen(last), 24);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("format");
	TCase *t = tcase_create("format");
	tcase_add_test(t, the_hashes_of_the_chain_are_those_of_format_1);
	tcase_add_test(t, a_natural_key_gives_the_same_id_everywhere);
	tcase_add_test(t, the_ids_of_points_stand_and_an_nth_makes_another);
	tcase_add_test(t, the_file_is_recognised_and_keeps_a_rollback_journal);
	tcase_add_test(t, every_field_of_every_kind_is_a_column_or_a_view_for_sql_readers);
	tcase_add_test(t, points_are_read_from_their_index_alone);
	tcase_add_test(t, every_view_answers);
	tcase_add_test(t, order_keys_stay_between_their_neighbours_and_stay_short);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
