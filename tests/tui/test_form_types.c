// SPDX-License-Identifier: MIT
// Every type of field by keys, in a form that the workbook brings; conflicts; hostile text.
#include "forms.h"
#include "tui/screens/screens.h"

#include <plando/installed.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- a form that the workbook brings: every type, stored as answers

static const char OWN[] =
    "form: visit\nversion: 1\ntitle: Visit\nplural: Visits\nlist: [who]\nsections:\n"
    "  - id: all\n    title: All types\n    fields:\n"
    "      - {id: who, label: Who, type: text, most: 12}\n"
    "      - {id: told, label: Told, type: memo}\n"
    "      - {id: day, label: Day, type: date}\n"
    "      - {id: month, label: Month, type: month}\n"
    "      - {id: size, label: Size, type: number, unit: m}\n"
    "      - {id: count, label: Count, type: integer}\n"
    "      - {id: share, label: Share, type: percent}\n"
    "      - {id: again, label: Again, type: yesno}\n"
    "      - {id: way, label: Way, type: choice, choices: [{id: foot, label: On foot}, "
    "{id: bus, label: By bus}]}\n"
    "      - {id: with, label: With, type: choices, choices: [{id: coffee, label: Coffee}, "
    "{id: tea, label: Tea}, {id: cake, label: Cake}]}\n"
    "      - {id: host, label: Host, type: ref, of: person}\n"
    "      - {id: guests, label: Guests, type: refs, of: person}\n"
    "      - {id: mood, label: Mood, type: scale, choices: [{id: '1', label: Low, help: Nobody "
    "smiles.}, {id: '2', label: High, help: All do.}]}\n"
    "      - id: seen\n        label: Seen\n        type: list\n        fields:\n"
    "          - {id: what, label: What, type: text}\n"
    "          - {id: good, label: Good, type: yesno}\n";

static void form_bring(void)
{
	struct err e = { 0 };
	struct form *own = form_read(&h.arena, OWN, strlen(OWN), "visit.yaml", &e);
	ck_assert_msg(own && forms_install(store_forms(h.app.store), own, &e), "%s", e.text);
}

START_TEST(every_type_is_filled_in_by_keys)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	harness_shows(&h, "New: Visit");
	go_to("Who");
	harness_type(&h, "Mair Rees");
	harness_keys(&h, "Tab");
	harness_type(&h, "Calm");
	harness_keys(&h, "Enter");
	harness_type(&h, "Bright");
	harness_keys(&h, "Tab");
	harness_type(&h, "yesterday");
	harness_keys(&h, "Tab");
	harness_type(&h, "last month");
	harness_keys(&h, "Tab");
	harness_type(&h, "1.50");
	harness_keys(&h, "Tab");
	harness_type(&h, "12");
	harness_keys(&h, "Enter");
	harness_type(&h, "25 %");
	harness_keys(&h, "Down");
	harness_type(&h, "y");
	harness_keys(&h, "Down");
	harness_type(&h, "b");
	harness_keys(&h, "Tab Space Right Right Space Tab Enter");
	harness_type(&h, "sam");
	harness_keys(&h, "Enter Tab Enter");
	harness_type(&h, "sam");
	harness_keys(&h, "Enter Enter");
	harness_type(&h, "ana");
	harness_keys(&h, "Enter Tab Tab");
	harness_type(&h, "A map");
	harness_keys(&h, "Tab");
	harness_type(&h, "n");
	harness_keys(&h, "Tab Esc");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "note", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	static const char *const expected[][2] = { { "who", "Mair Rees" },
		{ "told", "Calm\nBright" }, { "day", "2026-11-21" }, { "month", "2026-10" },
		{ "size", "1.50" }, { "count", "12" }, { "share", "25" }, { "again", "yes" },
		{ "way", "bus" }, { "with.coffee", "1" }, { "with.cake", "1" } };
	const struct record *r = &all.item[0];
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		ck_assert_msg(
		    str_equal(record_get(r, arena_printf(&h.arena, "answers.%s", expected[i][0])),
			expected[i][1]),
		    "%s: %s", expected[i][0],
		    record_get(r, arena_printf(&h.arena, "answers.%s", expected[i][0])));
	struct elements guests, seen;
	ck_assert(record_members(r, &h.arena, "answers.guests", &guests) && guests.count == 2);
	ck_assert(record_elements(r, &h.arena, "answers.seen", &seen) && seen.count == 1);
	ck_assert_str_eq(record_element_get(r, "answers.seen", seen.key[0], "good"), "no");
	struct id sam = harness_find(&h, "person", "Sam Okoro"), host;
	ck_assert(record_ref(r, "answers.host", &host) && id_equal(&host, &sam));
}
END_TEST

static const struct record *only_note(void)
{
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "note", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	return &all.item[0];
}

START_TEST(a_date_is_chosen_from_a_small_calendar)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	go_to("Day");
	harness_shows(&h, "F4 opens a calendar");
	harness_keys(&h, "F4");
	harness_shows(&h, "[22]*");
	harness_keys(&h, "Right Down PgUp");
	harness_expect(&h, "calendar");
	harness_shows(&h, "[30]");
	harness_shows(&h, "Fri 30 Oct 2026, 3 wk");
	harness_keys(&h, "Esc"); // closes the calendar, not the form
	harness_shows(&h, "> Day");
	harness_hides(&h, "[30]");
	harness_keys(&h, "F4 Left Enter");
	harness_shows(&h, "2026-11-21");
	harness_keys(&h, "F4 PgUp");
	harness_type(&h, "1"); // typing goes on in the text
	harness_hides(&h, "Enter takes it");
	harness_shows(&h, "2026-11-211");
	harness_keys(&h, "Backspace Tab Esc");
	ck_assert_str_eq(record_get(only_note(), "answers.day"), "2026-11-21");
}
END_TEST

START_TEST(a_month_is_chosen_by_month_and_the_calendar_has_its_ends)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	go_to("Month");
	harness_keys(&h, "F4");
	harness_shows(&h, "[Nov]*");
	harness_keys(&h, "Up Left PgUp");
	harness_shows(&h, "[Jun]");
	harness_shows(&h, "2025");
	harness_keys(&h, "Enter Tab Shift-Tab Ctrl-U");
	harness_type(&h, "9999-12");
	harness_keys(&h, "F4 PgDn Down Right");
	harness_shows(&h, "9999");
	harness_keys(&h, "Esc Ctrl-U");
	harness_type(&h, "2025-06");
	harness_keys(&h, "Tab Esc");
	ck_assert_str_eq(record_get(only_note(), "answers.month"), "2025-06");
}
END_TEST

START_TEST(a_number_shows_its_unit_and_a_scale_the_text_of_each_step)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	go_to("Size");
	harness_shows(&h, "> Size                        m");
	harness_type(&h, "12");
	harness_shows(&h, "> Size                       12 m");
	go_to("Mood");
	harness_keys(&h, "Right");
	harness_shows(&h, "Nobody smiles.");
	harness_keys(&h, "Right");
	harness_shows(&h, "All do.");
	harness_hides(&h, "Nobody smiles.");
}
END_TEST

START_TEST(members_are_ticked_off_and_taken_out_again)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	go_to("With");
	harness_keys(&h, "Space Right Space Tab Shift-Tab");
	harness_shows(&h, "[x] Coffee   [x] Tea");
	harness_keys(&h, "Space Tab");
	go_to("Guests");
	harness_keys(&h, "Enter");
	harness_type(&h, "sam");
	harness_keys(&h, "Enter Tab Shift-Tab Del Tab Esc");
	struct records all;
	struct elements with, guests;
	MUST(record_list(h.app.store, &h.arena, "note", NULL, &all, &e));
	ck_assert(record_members(&all.item[0], &h.arena, "answers.with", &with));
	ck_assert_uint_eq(with.count, 1);
	ck_assert_str_eq(with.key[0], "tea");
	ck_assert(record_members(&all.item[0], &h.arena, "answers.guests", &guests));
	ck_assert_uint_eq(guests.count, 0);
}
END_TEST

START_TEST(a_note_of_any_form_is_made_from_the_team_and_stands_in_its_list)
{
	struct install done;
	MUST(installed_put(h.app.store, &h.arena, OWN, strlen(OWN), "visit.yaml", &done, &e));
	harness_keys(&h, "Down Enter o");
	harness_shows(&h, "which form?");
	harness_shows(&h, "Place profile");
	harness_hides(&h, "PDSA cycle");
	harness_type(&h, "visit");
	harness_hides(&h, "Place profile");
	harness_keys(&h, "Esc o");
	harness_type(&h, "place prof");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Place profile");
	go_to("Place");
	harness_type(&h, "Five wards");
	go_to("Indicator");
	harness_type(&h, "Teeth");
	harness_keys(&h, "Tab Esc");
	struct id team;
	ck_assert(id_parse(hubs(), &team));
	MUST(list_screen_open(&h.app, "note", "team", &team, &e));
	harness_keys(&h, "Ctrl-L");
	harness_shows(&h, "Place profile");
	harness_shows(&h, "22 Nov");
	harness_keys(&h, "n");
	harness_type(&h, "visit");
	harness_keys(&h, "Up Down Enter");
	struct records all;
	struct elements rows;
	MUST(record_list(h.app.store, &h.arena, "note", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	const struct record *r = &all.item[0];
	ck_assert_str_eq(record_get(r, "answers.place"), "Five wards");
	ck_assert_str_eq(record_get(r, "team"), hubs());
	ck_assert(record_elements(r, &h.arena, "answers.indicators", &rows) && rows.count == 1);
}
END_TEST

static const char *own_file(const char *text)
{
	const char *path = test_path(&h.arena, "visit.yaml");
	FILE *out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	fputs(text, out);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

START_TEST(a_form_of_ones_own_is_brought_in_from_a_file_and_filled_in_at_once)
{
	const char *path = own_file(OWN);
	harness_keys(&h, "Down Enter o");
	harness_type(&h, "from a file");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Which form file (.yaml)?");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "is a kind of note of this workbook now; u undoes.");
	harness_shows(&h, "Child health hubs › New");
	harness_keys(&h, "Esc o");
	harness_type(&h, "from a file");
	harness_keys(&h, "Enter");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "is in this workbook already, word for word.");
}
END_TEST

START_TEST(a_wrong_form_file_is_refused_with_its_place_and_nothing_is_changed)
{
	const char *path = own_file("form: visit\nversion: 1\ntitle: Visit\nsections: 3\n");
	harness_keys(&h, "Ctrl-P");
	harness_type(&h, "form of your own");
	harness_keys(&h, "Enter");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "visit.yaml:4:");
	struct installed_forms all;
	MUST(installed_list(h.app.store, &h.arena, &all, &e));
	ck_assert_uint_eq(all.count, 0);
}
END_TEST

START_TEST(a_key_goes_to_the_next_field_that_is_asked_for_and_empty)
{
	const char *given[] = { "team", hubs(), "objective", "Does it hold?", NULL };
	open_form("pdsa", NULL, given);
	harness_keys(&h, "Ctrl-N");
	harness_shows(&h, "Asked for and empty: this, and ");
	harness_shows(&h, "> ");
	harness_type(&h, "A");
	const char *before = harness_picture(&h);
	harness_keys(&h, "Ctrl-N");
	ck_assert_str_ne(before, harness_picture(&h));
}
END_TEST

START_TEST(a_form_that_is_whole_has_nothing_to_jump_to)
{
	struct id id = harness_find(&h, "system", "Northmarsh");
	open_form("system", &id, NULL);
	harness_keys(&h, "Ctrl-N");
	harness_shows(&h, "Nothing that this form asks for is missing.");
}
END_TEST

START_TEST(a_field_takes_no_more_than_it_holds)
{
	const char *given[] = { "team", hubs(), "form", "visit", NULL };
	form_bring();
	open_form("note", NULL, given);
	go_to("Who");
	harness_type(&h, "Gŵenllian ap");
	harness_type(&h, "x");
	harness_shows(&h, "this field takes 12 characters");
	harness_hides(&h, "apx");
}
END_TEST

// The same record changed in a copy and here, then brought together.
static struct id open_with_conflict(void)
{
	struct id id = harness_find(&h, "pdsa", "Five calls by Ana");
	const char *copy = test_path(&h.arena, "copy.plando");
	struct env sam;
	struct err e = { 0 };
	struct store *both[] = { h.app.store, harness_copy(&h, copy, &sam) };
	static const char *const said[] = { "They like it a lot.", "Two want a text." };
	for (int i = 0; i < 2; i++) {
		struct save *v = save_begin(both[i], &h.arena, &e);
		ck_assert_msg(
		    save_field(v, &id, "pdsa", "learned", said[i], &e) && save_commit(v, NULL, &e),
		    "%s", e.text);
	}
	store_close(both[1]);
	struct merge_report report;
	ck_assert_msg(merge_file(h.app.store, copy, false, &report, &e), "%s", e.text);
	open_form("pdsa", &id, NULL);
	return id;
}

START_TEST(a_conflict_is_marked_on_its_field_with_both_values_and_settled_by_saving)
{
	struct id id = open_with_conflict();
	go_to("! What do you know now that you did not?");
	harness_shows(&h, "Two copies say different things");
	harness_shows(&h, "Sam Okoro, coach: Two want a text.");
	harness_shows(&h, "Ana Silva, clinic-laptop: They like it a lot.");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, "They like it; two want a text.");
	harness_keys(&h, "Tab Shift-Tab");
	harness_hides(&h, "Two copies say");
	struct record r = load(&id);
	ck_assert_uint_eq(record_cell(&r, "learned")->heads, 1);
}
END_TEST

START_TEST(hostile_text_is_shown_by_name_and_kept_until_it_is_changed)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	static const char evil[] = "a\x1b]52;c;eA==\x07 \u202E0.1 \u200Bz";
	struct err e = { 0 };
	struct save *v = save_begin(h.app.store, &h.arena, &e);
	ck_assert_msg(save_cell(v, &id, "pdsa", "objective", evil, &e) && save_commit(v, NULL, &e),
	    "%s", e.text);
	open_form("pdsa", &id, NULL);
	harness_shows(&h, "a^[]52;c;eA==^G ‹RLO›0.1 ‹ZWSP›z");
	harness_keys(&h, "Tab");
	harness_shows(&h, "a^[]52;c;eA==^G ‹RLO›0.1 ‹ZWSP›z");
	ck_assert_str_eq(stored(&id, "objective"), evil);
	harness_keys(&h, "Shift-Tab Backspace Backspace Tab");
	harness_shows(&h, "control character");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_types");
	TCase *c = tcase_create("form_types");
	tcase_add_checked_fixture(c, form_setup, form_teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, every_type_is_filled_in_by_keys);
	tcase_add_test(c, a_date_is_chosen_from_a_small_calendar);
	tcase_add_test(c, a_month_is_chosen_by_month_and_the_calendar_has_its_ends);
	tcase_add_test(c, a_number_shows_its_unit_and_a_scale_the_text_of_each_step);
	tcase_add_test(c, members_are_ticked_off_and_taken_out_again);
	tcase_add_test(c, a_note_of_any_form_is_made_from_the_team_and_stands_in_its_list);
	tcase_add_test(c, a_form_of_ones_own_is_brought_in_from_a_file_and_filled_in_at_once);
	tcase_add_test(c, a_wrong_form_file_is_refused_with_its_place_and_nothing_is_changed);
	tcase_add_test(c, a_key_goes_to_the_next_field_that_is_asked_for_and_empty);
	tcase_add_test(c, a_form_that_is_whole_has_nothing_to_jump_to);
	tcase_add_test(c, a_field_takes_no_more_than_it_holds);
	tcase_add_test(c, a_conflict_is_marked_on_its_field_with_both_values_and_settled_by_saving);
	tcase_add_test(c, hostile_text_is_shown_by_name_and_kept_until_it_is_changed);
	suite_add_tcase(s, c);
	return test_run(s);
}
