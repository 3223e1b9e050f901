// SPDX-License-Identifier: MIT
// Forms that a workbook brings along: installed, in force, travelling, merged; broken and hostile
// ones; the answers of notes with their lists.
#include "../support.h"
#include "desk.h"

#include <plando/bundle.h>
#include <plando/history.h>
#include <plando/installed.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/search.h>
#include <plando/str.h>

#include <string.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 7, .tick = 1000 }; // 2026-11-25
	env = world_env(&world);
}

static void teardown(void)
{
	arena_free(&a);
}

#define WALK(version, more)                                                                        \
	"form: walk\nversion: " version                                                            \
	"\ntitle: Walk\nplural: Walks\nlist: [whereto]\nsections:\n"                               \
	"  - id: all\n    title: All\n    fields:\n"                                               \
	"      - {id: whereto, label: Where, type: text}\n"                                        \
	"      - {id: mood, label: Mood, type: choice, choices: [{id: good, label: Good}]}\n"      \
	"      - {id: themes, label: Themes, type: choices, choices: [{id: play, label: Play},\n"  \
	"         {id: deadbeef, label: Food}]}\n"                                                 \
	"      - id: seen\n        label: Seen\n        type: list\n        fields:\n"             \
	"          - {id: what, label: What, type: text}\n"                                        \
	"          - {id: n, label: N, type: integer}\n" more

#define MEETING(more)                                                                              \
	"form: meeting\nversion: 1\ntitle: Meeting\nsections:\n  - id: own\n    title: Own\n"      \
	"    fields:\n" more

static struct store *open_at(const char *path)
{
	struct err why = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &env, &why);
	ck_assert_msg(s != NULL, "%s", why.text);
	return s;
}

static struct store *new_store(const char *name)
{
	const char *path = test_path(&a, name);
	unlink(path);
	MUST(store_create(path, &env, "Capital Children's Collaborative", &e));
	return open_at(path);
}

static struct store *copy_of(struct store *s, const char *name)
{
	const char *path = test_path(&a, name);
	unlink(path);
	MUST(store_copy(s, path, &e));
	return open_at(path);
}

static struct install install(struct store *s, const char *yaml)
{
	struct install done;
	MUST(installed_put(s, &a, yaml, strlen(yaml), "walk.yaml", &done, &e));
	return done;
}

static struct id add(struct store *s, const char *kind, const char *const set[])
{
	struct id id = { 0 };
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_new(v, kind, NULL, &id, &e));
	for (size_t i = 0; set[i]; i += 2)
		MUST(save_field(v, &id, kind, set[i], set[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static bool set(struct store *s, const struct id *id, const char *kind, const char *field,
    const char *value, struct err *e)
{
	struct save *v = save_begin(s, &a, e);
	return v && save_field(v, id, kind, field, value, e) && save_commit(v, NULL, e);
}

static const char *element(struct store *s, const struct id *id, const char *list, const char *what)
{
	const char *key = NULL;
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_element(v, id, "note", list, NULL, &key, &e));
	MUST(save_field(v, id, "note", arena_printf(&a, "%s.%s.what", list, key), what, &e));
	MUST(save_commit(v, NULL, &e));
	return key;
}

static struct record load(struct store *s, const struct id *id)
{
	struct record r;
	MUST(record_load(s, &a, id, &r, &e));
	return r;
}

static bool known(struct store *s, const char *form, const char *field)
{
	const struct form *f = forms_find(store_forms(s), form, NULL);
	return f && form_field(f, field);
}

static void merge(struct store *s, struct store *other)
{
	struct merge_report r;
	MUST(merge_file(s, store_path(other), false, &r, &e));
}

// --- in force

START_TEST(an_installed_form_is_in_force_at_once_and_after_opening)
{
	struct store *s = new_store("once.plando");
	ck_assert(!known(s, "walk", "whereto"));
	ck_assert(install(s, WALK("1", "")).written);
	ck_assert(known(s, "walk", "whereto"));
	store_close(s);
	s = open_at(test_path(&a, "once.plando"));
	ck_assert(known(s, "walk", "whereto"));
	is_sound(s);
	store_close(s);
}
END_TEST

START_TEST(installing_again_sets_the_same_record_and_keeps_its_history)
{
	struct records all;
	struct history h;
	struct store *s = new_store("again.plando");
	install(s, WALK("1", ""));
	ck_assert(!install(s, WALK("1", "")).written);
	struct install second =
	    install(s, WALK("2", "      - {id: why, label: Why, type: memo}\n"));
	ck_assert_uint_eq(second.before, 1);
	ck_assert(known(s, "walk", "why"));
	MUST(record_list(s, &a, "form", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	MUST(history_list(s, &a,
	    &(struct history_filter){ .id = &all.item[0].id, .field = "yaml", .after_batch = -1 },
	    &h, &e));
	ck_assert_uint_eq(h.count, 2);
	MUST(history_undo_last(s, &a, NULL, &e));
	ck_assert(!known(s, "walk", "why") && known(s, "walk", "whereto"));
	store_close(s);
}
END_TEST

START_TEST(a_form_that_is_deleted_is_in_force_no_more)
{
	struct records all;
	struct err why = { 0 };
	struct store *s = new_store("gone.plando");
	install(s, WALK("1", ""));
	MUST(record_list(s, &a, "form", NULL, &all, &e));
	struct save *v = save_begin(s, &a, &why);
	ck_assert(v && save_delete(v, &all.item[0].id, &why) && save_commit(v, NULL, &why));
	ck_assert(!known(s, "walk", "whereto"));
	store_close(s);
}
END_TEST

START_TEST(what_forms_refuse_is_not_installed)
{
	static const char *const BAD[] = { "form: walk\n",
		MEETING("      - {id: note, label: N, type: integer}\n"),
		WALK("0", ""), // older than what is there
		"form: walk\nversion: 3\ntitle: W\nsections:\n  - id: a\n    title: A\n    "
		"fields:\n"
		"      - {id: whereto, label: Where, type: date}\n" };
	struct install done;
	struct store *s = new_store("bad.plando");
	install(s, WALK("1", ""));
	const char *before = state_of(&a, s);
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		struct err why = { 0 };
		ck_assert(!installed_put(s, &a, BAD[i], strlen(BAD[i]), "bad.yaml", &done, &why));
		ck_assert_msg(
		    why.code == ERR_DATA && str_starts(why.text, "bad.yaml:"), "%s", why.text);
	}
	ck_assert_str_eq(state_of(&a, s), before);
	store_close(s);
}
END_TEST

START_TEST(added_fields_of_a_kind_are_taken_everywhere)
{
	struct err why = { 0 };
	struct store *s = new_store("added.plando");
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	char uuid[ID_TEXT];
	id_print(&team, uuid);
	struct id meeting = add(s, "meeting", (const char *[]){ "team", uuid, NULL });
	ck_assert(!set(s, &meeting, "meeting", "room", "Oak", &why));
	install(s, MEETING("      - {id: room, label: Room, type: text}\n"
			   "      - {id: guest, label: Guest, type: ref, of: person}\n"));
	MUST(set(s, &meeting, "meeting", "room", "Oak", &e));
	struct id sam = add(s, "person", (const char *[]){ "name", "Sam Okoro", NULL });
	MUST(set(s, &meeting, "meeting", "guest", "Sam Okoro", &e));
	struct records by;
	MUST(record_list_by(s, &a, "meeting", "guest", &sam, &by, &e)); // a column of its table
	ck_assert_uint_eq(by.count, 1);
	is_sound(s);
	struct store *copy = copy_of(s, "added-copy.plando");
	MUST(record_list_by(copy, &a, "meeting", "guest", &sam, &by, &e));
	ck_assert_uint_eq(by.count, 1);
	MUST(store_as_of(copy, world.now + 1000000, &e));
	ck_assert(known(copy, "meeting", "room"));
	MUST(record_list_by(copy, &a, "meeting", "guest", &sam, &by, &e));
	ck_assert_uint_eq(by.count, 1);
	store_close(copy);
	store_close(s);
}
END_TEST

static size_t found(struct store *s, const char *words)
{
	struct search_hits hits;
	MUST(search_find(s, &a, words, 10, &hits, &e));
	return hits.count;
}

START_TEST(what_own_forms_hold_is_found_by_search_whatever_comes_and_goes)
{
	struct store *s = new_store("search.plando");
	struct id meeting = add(s, "meeting", (const char *[]){ "present", "Ana Silva", NULL });
	install(s, MEETING("      - {id: room, label: Room, type: text}\n"));
	MUST(set(s, &meeting, "meeting", "room", "Oak", &e));
	install(s, WALK("1", ""));
	struct id walk =
	    add(s, "note", (const char *[]){ "form", "walk", "answers.whereto", "North", NULL });
	element(s, &walk, "answers.seen", "Toys");
	ck_assert_uint_eq(found(s, "oak"), 1);
	ck_assert_uint_eq(found(s, "toys"), 1);
	ck_assert_uint_eq(found(s, "silva"), 1);
	MUST(set(s, &meeting, "meeting", "room", "Elm", &e));
	ck_assert_uint_eq(found(s, "oak"), 0);
	ck_assert_uint_eq(found(s, "elm"), 1);
	is_sound(s);
	store_close(s);
}
END_TEST

// --- merging

START_TEST(a_form_merges_with_the_columns_that_it_brings)
{
	struct err why = { 0 };
	struct records by;
	struct store *left = new_store("left.plando");
	struct id sam = add(left, "person", (const char *[]){ "name", "Sam Okoro", NULL });
	struct store *right = copy_of(left, "right.plando");
	ck_assert(!known(left, "meeting", "guest"));
	install(right, MEETING("      - {id: guest, label: Guest, type: ref, of: person}\n"));
	add(right, "meeting", (const char *[]){ "guest", "Sam Okoro", NULL });
	merge(left, right);
	ck_assert(known(left, "meeting", "guest"));
	MUST(record_list_by(left, &a, "meeting", "guest", &sam, &by, &e));
	ck_assert_uint_eq(by.count, 1);
	ck_assert_str_eq(state_of(&a, left), state_of(&a, right));
	is_sound(left);
	struct merge_report r;
	struct store *third = new_store("third.plando");
	ck_assert(!merge_file(third, store_path(left), true, &r, &why)); // another collaborative
	store_close(third);
	store_close(left);
	store_close(right);
}
END_TEST

START_TEST(of_two_copies_of_a_form_the_higher_version_is_in_force_on_both)
{
	struct installed_forms all;
	struct store *left = new_store("two-left.plando");
	struct store *right = copy_of(left, "two-right.plando");
	install(left, WALK("3", "      - {id: three, label: Three, type: text}\n"));
	install(right, WALK("2", "      - {id: two, label: Two, type: text}\n"));
	merge(left, right);
	merge(right, left);
	ck_assert(known(left, "walk", "three") && known(right, "walk", "three"));
	ck_assert(!known(left, "walk", "two") && !known(right, "walk", "two"));
	MUST(installed_list(left, &a, &all, &e));
	ck_assert_uint_eq(all.count, 2);
	ck_assert(all.item[0].older && !all.item[1].older);
	is_sound(left);
	install(left, WALK("4", "")); // settles it
	MUST(installed_list(left, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	store_close(left);
	store_close(right);
}
END_TEST

// --- broken and hostile ones

START_TEST(a_broken_form_is_skipped_and_named_by_check)
{
	static const char *const BAD[][2] = { { "torn", "form: torn\nver" },
		{ "meeting", MEETING("      - {id: note, label: N, type: integer}\n") },
		{ "link", "form: link\nversion: 1\ntitle: L\nsections:\n  - id: a\n    title: A\n"
			  "    fields:\n      - {id: from_, label: F, type: text}\n" } };
	struct store_problems p;
	struct store *s = new_store("broken.plando");
	for (size_t i = 0; i < 3; i++)
		add(s, "form", (const char *[]){ "name", BAD[i][0], "yaml", BAD[i][1], NULL });
	install(s, WALK("1", ""));
	store_close(s);
	s = open_at(test_path(&a, "broken.plando"));
	ck_assert(known(s, "walk", "whereto") && !known(s, "torn", "x"));
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_eq(p.count, 0);
	ck_assert_uint_eq(p.notes, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_msg(strstr(p.note[i], "is not in force"), "%s", p.note[i]);
	store_close(s);
}
END_TEST

// Names that our own views and tables have, in the hope that the tables cannot be made.
START_TEST(a_form_that_takes_our_names_spoils_no_table)
{
	struct store *s = new_store("names.plando");
	install(s, "form: team\nversion: 1\ntitle: Team\nsections:\n  - id: own\n    title: Own\n"
		   "    fields:\n      - id: overview\n        label: O\n        type: list\n"
		   "        fields: [{id: team, label: T, type: text}]\n"
		   "      - {id: select, label: \"a\\\"); DROP TABLE change; --\", type: text}\n");
	install(s,
	    "form: action\nversion: 1\ntitle: Action\nsections:\n  - id: own\n    title: Own\n"
	    "    fields:\n      - id: open\n        label: O\n        type: list\n"
	    "        fields: [{id: what, label: T, type: text}]\n");
	add(s, "team", (const char *[]){ "name", "Hubs", "select", "x", NULL });
	is_sound(s);
	store_close(s);
	s = open_at(test_path(&a, "names.plando"));
	ck_assert(known(s, "team", "overview.team") && known(s, "action", "open"));
	store_close(s);
}
END_TEST

START_TEST(a_form_of_too_many_fields_is_refused)
{
	struct install done;
	struct str big = STR_IN(&a);
	struct store *s = new_store("big.plando");
	str_add(&big, MEETING(""));
	for (int i = 0; i < 401; i++)
		str_printf(&big, "      - {id: f%d, label: F, type: text}\n", i);
	REFUSES(ERR_DATA, installed_put(s, &a, big.text, big.length, "big.yaml", &done, &e));
	store_close(s);
}
END_TEST

// --- answers

static struct id add_walk(struct store *s, const char *to)
{
	return add(s, "note", (const char *[]){ "form", "walk", "answers.whereto", to, NULL });
}

START_TEST(answers_are_checked_by_the_form_that_the_note_names)
{
	struct err why = { 0 };
	struct store *s = new_store("answers.plando");
	install(s, WALK("1", ""));
	struct id id = add_walk(s, "North");
	MUST(set(s, &id, "note", "answers.mood", "Good", &e));
	MUST(set(s, &id, "note", "answers.themes", "Play, Food", &e));
	struct record r = load(s, &id);
	ck_assert_str_eq(record_get(&r, "answers.mood"), "good");
	ck_assert_str_eq(record_get(&r, "answers.themes.deadbeef"), "1");
	ck_assert(!set(s, &id, "note", "answers.mood", "Sad", &why));
	ck_assert(!set(s, &id, "note", "answers.moood", "Good", &why));
	ck_assert_msg(strstr(why.text, "did you mean mood"), "%s", why.text);
	struct id bare = add(s, "note", (const char *[]){ "by", "Ana", NULL });
	ck_assert(!set(s, &bare, "note", "answers.mood", "Good", &why));
	store_close(s);
}
END_TEST

START_TEST(two_people_add_to_a_list_of_answers_without_a_clash)
{
	struct elements seen;
	struct store_facts facts;
	struct store *left = new_store("list-left.plando");
	install(left, WALK("1", ""));
	struct id id = add_walk(left, "North");
	const char *first = element(left, &id, "answers.seen", "Queue");
	struct store *right = copy_of(left, "list-right.plando");
	element(left, &id, "answers.seen", "Smile");
	element(right, &id, "answers.seen", "Toys");
	merge(left, right);
	merge(right, left);
	struct record r = load(left, &id);
	ck_assert(record_elements(&r, &a, "answers.seen", &seen));
	ck_assert_uint_eq(seen.count, 3);
	ck_assert_str_eq(seen.key[0], first);
	MUST(store_facts(left, &facts, &e));
	ck_assert_int_eq(facts.conflicts, 0);
	ck_assert_str_eq(state_of(&a, left), state_of(&a, right));
	store_close(left);
	store_close(right);
}
END_TEST

START_TEST(an_element_of_answers_that_is_taken_out_goes_whole_unless_edited)
{
	struct elements seen;
	struct err why = { 0 };
	struct store *left = new_store("out-left.plando");
	install(left, WALK("1", ""));
	struct id id = add_walk(left, "North");
	const char *kept = element(left, &id, "answers.seen", "Queue");
	const char *gone = element(left, &id, "answers.seen", "Smile");
	struct store *right = copy_of(left, "out-right.plando");
	for (int i = 0; i < 2; i++) {
		struct save *v = save_begin(left, &a, &why);
		ck_assert(
		    v &&
		    save_element_remove(v, &id, "note", "answers.seen", i ? kept : gone, &why) &&
		    save_commit(v, NULL, &why));
	}
	struct record r = load(left, &id);
	ck_assert(record_elements(&r, &a, "answers.seen", &seen) && seen.count == 0);
	ck_assert_ptr_null(record_element_get(&r, "answers.seen", gone, "what"));
	MUST(set(right, &id, "note", arena_printf(&a, "answers.seen.%s.n", kept), "4", &e));
	merge(left, right);
	r = load(left, &id);
	ck_assert(record_elements(&r, &a, "answers.seen", &seen) && seen.count == 1);
	ck_assert_str_eq(record_element_get(&r, "answers.seen", kept, "n"), "4");
	struct store_facts facts;
	MUST(store_facts(left, &facts, &e));
	ck_assert_int_eq(facts.conflicts, 1);
	store_close(left);
	store_close(right);
}
END_TEST

START_TEST(an_answer_whose_name_looks_like_digits_is_no_element)
{
	static const char YAML[] = "plando: 1\nnotes:\n  - form: unknown\n    answers:\n"
				   "      deadbeef: [{x: one}, {x: two}]\n      cafe0123: plain\n";
	struct bundle_report report;
	struct records all;
	struct elements list;
	struct store *s = new_store("digits.plando");
	MUST(bundle_import(s, YAML, strlen(YAML), "n.yaml", false, &report, &a, &e));
	MUST(record_list(s, &a, "note", NULL, &all, &e));
	ck_assert(record_elements(&all.item[0], &a, "answers.deadbeef", &list) && list.count == 2);
	ck_assert_str_eq(
	    record_element_get(&all.item[0], "answers.deadbeef", list.key[0], "x"), "one");
	ck_assert(record_elements(&all.item[0], &a, "answers", &list) && list.count == 0);
	store_close(s);
}
END_TEST

START_TEST(answers_go_out_in_a_bundle_as_lists_and_come_back_the_same)
{
	struct bundle_report report;
	struct str text = STR_IN(&a);
	struct store *s = new_store("out.plando"), *t = new_store("in.plando");
	install(s, WALK("1", ""));
	struct id id = add_walk(s, "North");
	element(s, &id, "answers.seen", "Queue");
	element(s, &id, "answers.seen", "Smile");
	MUST(set(s, &id, "note", "answers.themes", "play", &e));
	MUST(bundle_export(s, &a, &text, &e));
	ck_assert_msg(strstr(text.text, "      seen:\n        - id: "), "%s", text.text);
	ck_assert_msg(!strstr(text.text, "more:"), "%s", text.text);
	MUST(bundle_import(t, text.text, text.length, "w.yaml", false, &report, &a, &e));
	ck_assert_str_eq(state_of(&a, s), state_of(&a, t));
	ck_assert(known(t, "walk", "whereto"));
	store_close(s);
	store_close(t);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("store-forms");
	TCase *t = tcase_create("forms");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, an_installed_form_is_in_force_at_once_and_after_opening);
	tcase_add_test(t, installing_again_sets_the_same_record_and_keeps_its_history);
	tcase_add_test(t, a_form_that_is_deleted_is_in_force_no_more);
	tcase_add_test(t, what_forms_refuse_is_not_installed);
	tcase_add_test(t, added_fields_of_a_kind_are_taken_everywhere);
	tcase_add_test(t, what_own_forms_hold_is_found_by_search_whatever_comes_and_goes);
	tcase_add_test(t, a_form_merges_with_the_columns_that_it_brings);
	tcase_add_test(t, of_two_copies_of_a_form_the_higher_version_is_in_force_on_both);
	tcase_add_test(t, a_broken_form_is_skipped_and_named_by_check);
	tcase_add_test(t, a_form_that_takes_our_names_spoils_no_table);
	tcase_add_test(t, a_form_of_too_many_fields_is_refused);
	tcase_add_test(t, answers_are_checked_by_the_form_that_the_note_names);
	tcase_add_test(t, two_people_add_to_a_list_of_answers_without_a_clash);
	tcase_add_test(t, an_element_of_answers_that_is_taken_out_goes_whole_unless_edited);
	tcase_add_test(t, an_answer_whose_name_looks_like_digits_is_no_element);
	tcase_add_test(t, answers_go_out_in_a_bundle_as_lists_and_come_back_the_same);
	suite_add_tcase(s, t);
	return test_run(s);
}
