// SPDX-License-Identifier: MIT
// The form of a record, in process: what is typed, left and stored, and how it looks.
#include "forms.h"

#include <plando/str.h>

#include <string.h>

// --- typing

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

START_TEST(accents_emoji_and_three_pasted_lines_are_stored_byte_for_byte)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("What happened?");
	harness_type(&h, "Siôn a Ŵena: cafe\u0301 " FAMILY " ");
	harness_paste(&h, "Rang 10 families.\r\n7 answered – “glad”.\r\nTwo asked for a text.");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "what_happened"),
	    "Siôn a Ŵena: café " FAMILY
	    " Rang 10 families.\n7 answered – “glad”.\nTwo asked for a text.");
	harness_shows(&h, "saved 14:02");
}
END_TEST

START_TEST(leaving_by_escape_saves_what_was_typed)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it hold?");
	harness_keys(&h, "Esc");
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
	harness_hides(&h, "What do we want to learn?");
}
END_TEST

START_TEST(what_is_unchanged_is_not_saved)
{
	struct store_facts before, after;
	struct id id = open_cycle("Five calls by Ana");
	MUST(store_facts(h.app.store, &before, &e));
	for (int i = 0; i < 60; i++)
		harness_keys(&h, "Tab");
	harness_keys(&h, "Esc");
	MUST(store_facts(h.app.store, &after, &e));
	ck_assert_int_eq(before.changes, after.changes);
	ck_assert_str_eq(stored(&id, "learned"), "They like it.");
}
END_TEST

START_TEST(undo_inside_the_field_and_discard_put_back)
{
	struct id id = open_cycle("Five calls by Ana");
	go_to("What do you know now that you did not?");
	harness_type(&h, " Really now");
	harness_keys(&h, "Ctrl-Z");
	harness_shows(&h, "They like it. Really");
	harness_hides(&h, "Really now");
	harness_keys(&h, "Ctrl-Y");
	harness_shows(&h, "Really now");
	harness_keys(&h, "Ctrl-R Tab");
	ck_assert_str_eq(stored(&id, "learned"), "They like it.");
}
END_TEST

START_TEST(a_date_is_taken_as_people_type_it_and_says_how_it_is_read)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Done from");
	harness_type(&h, "next tue");
	harness_shows(&h, "= Tue 24 Nov 2026");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "do_start"), "2026-11-24");
}
END_TEST

START_TEST(what_is_no_date_blocks_nothing_and_is_kept)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Done from");
	harness_type(&h, "32 may");
	harness_keys(&h, "Tab");
	harness_shows(&h, "is not a date");
	harness_shows(&h, "! not saved");
	harness_shows(&h, "> Done until");
	harness_keys(&h, "Shift-Tab");
	harness_shows(&h, "32 may");
	harness_keys(&h, "Esc");
	harness_hides(&h, "Done from");
	ck_assert_ptr_null(stored(&id, "do_start"));
	open_form("pdsa", &id, NULL);
	harness_shows(&h, "32 may");
	harness_keys(&h, "y");
	harness_keys(&h, "Backspace Backspace Backspace Backspace Backspace Backspace");
	harness_type(&h, "3 may 2026");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "do_start"), "2026-05-03");
}
END_TEST

START_TEST(what_could_not_be_saved_and_is_undone_is_gone)
{
	open_cycle("Both clinics, one week");
	go_to("Done from");
	harness_type(&h, "32may");
	harness_keys(&h, "Tab");
	harness_shows(&h, "! not saved");
	harness_keys(&h, "Shift-Tab Ctrl-Z Tab");
	harness_hides(&h, "32may");
	harness_hides(&h, "! not saved");
}
END_TEST

START_TEST(choices_are_chosen_by_arrows_and_letters_and_emptied)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Decision");
	harness_keys(&h, "Right Right");
	harness_shows(&h, "(•) Adapt");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "decision"), "adapt");
	harness_keys(&h, "Shift-Tab");
	harness_type(&h, "r");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "decision"), "repeat");
	harness_keys(&h, "Shift-Tab Del Tab");
	ck_assert_ptr_null(stored(&id, "decision"));
}
END_TEST

START_TEST(a_condition_shows_a_field_and_hides_it_again)
{
	open_cycle("Both clinics, one week");
	go_to("Decision");
	harness_hides(&h, "What changes next?");
	harness_type(&h, "i");
	harness_keys(&h, "Tab");
	harness_shows(&h, "What changes next?");
	harness_keys(&h, "Shift-Tab");
	harness_keys(&h, "Home Tab");
	harness_hides(&h, "What changes next?");
}
END_TEST

START_TEST(predictions_are_written_added_and_taken_out)
{
	struct id id = open_cycle("Both clinics, one week");
	struct elements keys;
	go_to("Question");
	harness_type(&h, "Fewer missed?");
	harness_keys(&h, "Tab");
	harness_shows(&h, ">   We expect");
	harness_type(&h, "Half as many");
	harness_keys(&h, "Tab");
	harness_type(&h, "15");
	harness_keys(&h, "Tab Tab Tab Tab");
	struct record r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &keys));
	ck_assert_uint_eq(keys.count, 1);
	ck_assert_str_eq(
	    record_element_get(&r, "predictions", keys.key[0], "prediction"), "Half as many");
	ck_assert_str_eq(record_element_get(&r, "predictions", keys.key[0], "number"), "15");
	ck_assert_str_eq(record_get(&r, "predicted_date"), "2026-11-22");
	harness_shows(&h, ">   Question");
	harness_type(&h, "Welcome?");
	harness_keys(&h, "Tab");
	r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &keys));
	ck_assert_uint_eq(keys.count, 2);
	ck_assert_str_eq(
	    record_element_get(&r, "predictions", keys.key[1], "question"), "Welcome?");
	harness_keys(&h, "Ctrl-X");
	r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &keys));
	ck_assert_uint_eq(keys.count, 1);
	harness_keys(&h, "F3");
	r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &keys));
	ck_assert_uint_eq(keys.count, 2);
}
END_TEST

START_TEST(references_are_chosen_from_a_list)
{
	struct id id = open_cycle("Both clinics, one week");
	struct id sam = harness_find(&h, "person", "Sam Okoro");
	char uuid[ID_TEXT];
	id_print(&sam, uuid);
	go_to("Who leads it?");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Ana Silva");
	harness_type(&h, "sam");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Sam Okoro");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "leader"), uuid);
}
END_TEST

START_TEST(a_person_who_is_not_there_yet_is_made_on_the_spot)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Who leads it?");
	harness_keys(&h, "Enter");
	harness_shows(&h, "+ new person");
	harness_type(&h, "Mair Rees");
	harness_shows(&h, "+ new person “Mair Rees”");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“Mair Rees” is new in the workbook; F3 twice takes it back.");
	harness_keys(&h, "Tab");
	struct id mair = harness_find(&h, "person", "Mair Rees");
	struct record r = load(&id);
	struct id leader;
	ck_assert(record_ref(&r, "leader", &leader) && id_equal(&leader, &mair));
}
END_TEST

START_TEST(what_needs_no_more_than_a_name_is_made_where_it_is_named)
{
	struct id id = open_cycle("Both clinics, one week"), team;
	static const struct {
		const char *label, *kind, *field, *cell;
	} made[] = { { "Measure", "measure", "name", "measure" },
		{ "Change idea", "idea", "text", "idea" } };
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		const char *name = arena_printf(&h.arena, "Quite new %s", made[i].kind);
		go_to(made[i].label);
		harness_keys(&h, "Enter");
		harness_type(&h, name);
		harness_keys(&h, "Enter Tab");
		struct id there = harness_find(&h, made[i].kind, name), named;
		struct record r = load(&id), other = load(&there);
		ck_assert(record_ref(&r, made[i].cell, &named) && id_equal(&named, &there));
		ck_assert_str_eq(record_get(&other, made[i].field), name);
		ck_assert(record_ref(&other, "team", &team));
	}
	go_to("Ramp");
	harness_keys(&h, "Enter");
	harness_type(&h, "Quite new ramp");
	harness_keys(&h, "Enter Tab");
	struct id ramp = harness_find(&h, "ramp", "Quite new ramp"), idea, of;
	struct record cycle = load(&id), of_cycle = load(&ramp);
	ck_assert(record_ref(&cycle, "ramp", &of) && id_equal(&of, &ramp));
	ck_assert(record_ref(&cycle, "idea", &idea) && record_ref(&of_cycle, "idea", &of));
	ck_assert(id_equal(&of, &idea)); // it tests the idea of its cycle
	go_to("Who leads it?");		 // without a word typed, the name is asked for
	harness_keys(&h, "Enter End Enter");
	harness_shows(&h, "Name of the person:");
	harness_type(&h, "Mair Rees");
	harness_keys(&h, "Enter");
	harness_shows(&h, "> Who leads it?              Mair Rees");
	ck_assert_ptr_nonnull(stored(&id, "leader"));
	harness_keys(&h, "F3");
	ck_assert_ptr_null(stored(&id, "leader"));
	harness_keys(&h, "F3 Enter");
	harness_type(&h, "Mair");
	harness_shows(&h, "+ new person “Mair”");
	harness_hides(&h, "Mair Rees");
}
END_TEST

START_TEST(rows_of_a_list_are_moved_and_moved_back)
{
	struct id id = open_cycle("Both clinics, one week");
	static const char *const questions[] = { "One?", "Two?", "Three?" };
	go_to("Question");
	for (size_t i = 0; i < 3; i++) {
		harness_type(&h, questions[i]);
		harness_keys(&h, "Tab Tab Tab Tab Tab Tab");
	}
	harness_keys(&h, "Shift-Tab");
	harness_keys(&h, "Alt-Up");
	harness_shows(&h, "Row 3 is row 2 now; F3 undoes.");
	harness_keys(&h, "Alt-Up Alt-Up");
	harness_shows(&h, "This row is the first already.");
	struct elements rows;
	struct record r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &rows) && rows.count == 3);
	static const char *const moved[] = { "Three?", "One?", "Two?" };
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(
		    record_element_get(&r, "predictions", rows.key[i], "question"), moved[i]);
	harness_keys(&h, "Alt-Down Alt-Down Alt-Down");
	harness_shows(&h, "This row is the last already.");
	r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &rows) && rows.count == 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(
		    record_element_get(&r, "predictions", rows.key[i], "question"), questions[i]);
	harness_keys(&h, "F3");
	r = load(&id);
	ck_assert(record_elements(&r, &h.arena, "predictions", &rows) && rows.count == 3);
	ck_assert_str_eq(record_element_get(&r, "predictions", rows.key[1], "question"), "Three?");
}
END_TEST

START_TEST(every_printable_key_types_text)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "q:?/ujkhlngG+x");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "objective"), "q:?/ujkhlngG+x");
}
END_TEST

// --- new records, parts

START_TEST(a_new_record_is_saved_with_its_first_field_and_not_before)
{
	struct records all;
	const char *given[] = { "team", hubs(), NULL };
	struct id team = harness_find(&h, "team", "Child health hubs");
	open_form("pdsa", NULL, given);
	harness_shows(&h, "Child health hubs › New: PDSA cycle");
	harness_keys(&h, "Tab Tab Tab Esc");
	MUST(record_list(h.app.store, &h.arena, "pdsa", &team, &all, &e));
	ck_assert_uint_eq(all.count, 4);
	open_form("pdsa", NULL, given);
	harness_type(&h, "Is it liked?");
	harness_keys(&h, "Esc");
	MUST(record_list(h.app.store, &h.arena, "pdsa", &team, &all, &e));
	ck_assert_uint_eq(all.count, 5);
	size_t found = 0;
	for (size_t i = 0; i < all.count; i++)
		found += str_equal(record_get(&all.item[i], "objective"), "Is it liked?") &&
			 str_equal(record_get(&all.item[i], "team"), given[1]);
	ck_assert_uint_eq(found, 1);
}
END_TEST

START_TEST(team_and_charter_are_one_form)
{
	struct id team = harness_find(&h, "team", "Sleep and settle");
	open_form("team", &team, NULL);
	go_to("What will be better?");
	harness_type(&h, "Babies sleep");
	harness_keys(&h, "Tab");
	struct records found;
	MUST(record_list_by(h.app.store, &h.arena, "charter", "team", &team, &found, &e));
	ck_assert_uint_eq(found.count, 1);
	ck_assert_str_eq(record_get(&found.item[0], "what"), "Babies sleep");
	harness_type(&h, "Twice");
	harness_keys(&h, "Esc");
	MUST(record_list_by(h.app.store, &h.arena, "charter", "team", &team, &found, &e));
	ck_assert_uint_eq(found.count, 1);
}
END_TEST

START_TEST(a_new_team_and_its_charter_are_made_from_the_charter_too)
{
	open_form("team", NULL, NULL);
	go_to("What will be better?");
	harness_type(&h, "Calmer mornings");
	harness_keys(&h, "Tab Esc");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "charter", NULL, &all, &e));
	bool found = false;
	for (size_t i = 0; i < all.count; i++) {
		struct id team;
		if (!str_equal(record_get(&all.item[i], "what"), "Calmer mornings"))
			continue;
		ck_assert(record_ref(&all.item[i], "team", &team));
		ck_assert_str_eq(stored(&team, "status"), "active");
		found = true;
	}
	ck_assert(found);
}
END_TEST

START_TEST(an_assessment_shows_its_levels_and_the_scores_before)
{
	const char *given[] = { "team", hubs(), NULL };
	open_form("assessment", NULL, given);
	go_to("Score");
	harness_shows(&h, "Outstanding and lasting");
	harness_type(&h, "3");
	harness_shows(&h, "(•) 3.0");
	harness_shows(&h, "process measure has moved.");
	harness_keys(&h, "Tab");
	harness_type(&h, "Calls work.");
	harness_resize(&h, 40, 120);
	harness_shows(&h, "Scores so far");
	harness_shows(&h, "31 Oct");
	harness_keys(&h, "Esc");
	struct id team = harness_find(&h, "team", "Child health hubs");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "assessment", &team, &all, &e));
	ck_assert_uint_eq(all.count, 5);
}
END_TEST

START_TEST(a_record_with_a_natural_key_is_saved_when_its_form_is_left)
{
	struct id event = harness_find(&h, "event", "Learning session 4");
	char uuid[ID_TEXT];
	id_print(&event, uuid);
	const char *given[] = { "event", uuid, NULL };
	open_form("attendance", NULL, given);
	go_to("Person");
	harness_keys(&h, "Enter");
	harness_type(&h, "sam");
	harness_keys(&h, "Enter Tab Esc");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "attendance", NULL, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(record_get(&all.item[0], "event"), uuid);
	ck_assert_ptr_nonnull(record_get(&all.item[0], "person"));
}
END_TEST

START_TEST(a_group_typed_in_a_form_is_the_one_that_the_measure_writes_already)
{
	struct records before, after;
	struct id measure = harness_find(&h, "measure", "Mean wait");
	char uuid[ID_TEXT];
	id_print(&measure, uuid);
	const char *given[] = { "measure", uuid, NULL };
	static const char *const TYPED[][2] = { { "1 Jan 2020", "North" },
		{ "1 Feb 2020", "NORTH" } };
	MUST(record_list(h.app.store, &h.arena, "point", NULL, &before, &e));
	for (size_t i = 0; i < 2; i++) {
		open_form("point", NULL, given);
		go_to("Date");
		harness_type(&h, TYPED[i][0]);
		go_to("Group");
		harness_type(&h, TYPED[i][1]);
		go_to("Value");
		harness_type(&h, "7");
		harness_keys(&h, "Tab Esc");
	}
	MUST(record_list(h.app.store, &h.arena, "point", NULL, &after, &e));
	ck_assert_uint_eq(after.count, before.count + 2);
	for (size_t i = 0; i < 2; i++) // by date: the oldest are ours
		ck_assert_str_eq(record_get(&after.item[i], "stratum"), "North");
}
END_TEST

static const struct size {
	int rows, cols;
} SIZES[] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };

START_TEST(forms_look_as_their_pictures)
{
	struct id cycle = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	struct id team = harness_find(&h, "team", "Child health hubs");
	const char *given[] = { "team", hubs(), NULL };
	h.env.state_home = "";
	harness_resize(&h, SIZES[_i].rows, SIZES[_i].cols);
	open_form("pdsa", &cycle, NULL);
	harness_type(&h, "Does a call the day before halve missed first appointments?");
	harness_keys(&h, "Tab");
	harness_type(&h, "Families welcome the call");
	harness_keys(&h, "Tab");
	harness_type(&h, "8 of 10 say so");
	harness_keys(&h, "Tab Tab Tab Tab Tab");
	harness_type(&h, "Fewer missed");
	harness_expect(&h, "form-predictions");
	go_to("What do you know now that you did not?");
	harness_expect(&h, "form-study");
	harness_keys(&h, "Esc");
	open_form("team", &team, NULL);
	harness_expect(&h, "form-team");
	harness_keys(&h, "Esc");
	open_form("assessment", NULL, given);
	go_to("Score");
	harness_type(&h, "3");
	harness_expect(&h, "form-score");
}
END_TEST

START_TEST(a_form_says_the_same_in_ascii)
{
	harness_close(&h);
	harness_open(&h, 24, 80, LOOK_ASCII);
	open_cycle("All of Tuesday's clinic");
	go_to("Decision");
	harness_keys(&h, "Right");
	const char *picture = harness_picture(&h);
	for (const char *c = picture; *c; c++)
		ck_assert_msg((unsigned char)*c < 0x80, "not ASCII:\n%s", picture);
	harness_shows(&h, "(*) Adopt");
	harness_expect(&h, "form-decision-ascii");
}
END_TEST

START_TEST(forms_are_drawn_at_every_size)
{
	static const char *const kinds[] = { "team", "pdsa", "assessment", "idea", "measure",
		"coaching", "collaborative", "event", "involvement" };
	static const int rows[] = { 1, 3, 13, 14, 17, 24, 60 },
			 cols[] = { 1, 30, 49, 50, 79, 110, 200 };
	const char *given[] = { "team", hubs(), NULL };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		open_form(kinds[k], NULL,
		    str_equal(kinds[k], "team") || str_equal(kinds[k], "event") ||
			    str_equal(kinds[k], "collaborative")
			? NULL
			: given);
		for (size_t i = 0; i < 49; i++) {
			harness_resize(&h, rows[i / 7], cols[i % 7]);
			harness_keys(&h, i % 9 ? "Tab" : "Up");
		}
		harness_resize(&h, 24, 80);
		harness_keys(&h, "Esc");
	}
}
END_TEST

// --- the aim above a team's form

START_TEST(a_teams_form_says_its_aim_with_its_lamps_and_never_stands_in_the_way)
{
	struct id team = harness_find(&h, "team", "Sleep and settle"), other;
	open_form("team", &team, NULL);
	harness_shows(&h, "No aim yet");
	harness_shows(&h, "- what   - how much   - by when   - for whom");
	harness_keys(&h, "Tab Tab Esc"); // nothing of it holds anybody back
	harness_hides(&h, "- how much");
	other = harness_find(&h, "team", "Child health hubs");
	open_form("team", &other, NULL);
	harness_shows(&h, "By 31 Mar 2027, families wait 20 days");
	harness_shows(&h, "+ what   + how much   + by when   + for whom");
}
END_TEST

// --- the quick log

static size_t lines_of(const char *text)
{
	size_t lines = 0;
	for (const char *at = harness_picture(&h); (at = strstr(at, text)); at++)
		lines++;
	return lines;
}

START_TEST(a_quick_log_is_one_screen_and_saves_the_same_record)
{
	static const char *const labels[] = { "What do we want to learn?", "Predictions", "Scale",
		"What happened?", "What do you know now that you did not?", "Decision",
		"What changes next?" };
	struct id team = harness_find(&h, "team", "Child health hubs");
	MUST(team_screen_open(&h.app, &team, &e));
	harness_keys(&h, "w");
	harness_shows(&h, "New: PDSA cycle");
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		harness_shows(&h, labels[i]);
	harness_hides(&h, "Who does it?");
	ck_assert_uint_eq(lines_of("↓"), 0);
	harness_expect(&h, "quick");
	harness_type(&h, "Do reminders help?");
	harness_keys(&h, "Tab");
	harness_type(&h, "Fewer missed?");
	go_to("Scale");
	harness_keys(&h, "Right");
	go_to("What happened?");
	harness_type(&h, "Rang six.");
	go_to("What do you know now that you did not?");
	harness_type(&h, "Evenings work.");
	go_to("Decision");
	harness_type(&h, "ada");
	go_to("What changes next?");
	harness_type(&h, "Ring at six.");
	harness_keys(&h, "F5");
	harness_shows(&h, "> What changes next?");
	harness_keys(&h, "Shift-Tab");
	harness_type(&h, "They were at home.");
	harness_keys(&h, "F5");
	harness_shows(&h, "Quick log 5 of 5");
	harness_keys(&h, "Esc");
	struct id id = harness_find(&h, "pdsa", "Do reminders help?");
	ck_assert_str_eq(stored(&id, "objective"), "Do reminders help?");
	ck_assert_str_eq(stored(&id, "scale"), "case");
	ck_assert_str_eq(stored(&id, "what_happened"), "Rang six.");
	ck_assert_str_eq(stored(&id, "learned"), "Evenings work.");
	ck_assert_str_eq(stored(&id, "decision"), "adapt");
	ck_assert_str_eq(stored(&id, "next_change"), "Ring at six.");
	ck_assert_str_eq(stored(&id, "why"), "They were at home.");
	ck_assert_str_eq(stored(&id, "team"), hubs());
}
END_TEST

START_TEST(a_quick_log_from_the_list_keeps_the_idea_and_other_forms_say_that_they_have_none)
{
	struct id team = harness_find(&h, "team", "Child health hubs");
	MUST(cycles_screen_open(&h.app, &team, NULL, &e));
	app_draw(&h.app);
	harness_keys(&h, "w");
	harness_type(&h, "Again?");
	harness_keys(&h, "Tab Esc");
	struct id id = harness_find(&h, "pdsa", "Again?");
	ck_assert_ptr_nonnull(stored(&id, "idea"));
	open_form("team", &team, NULL);
	harness_keys(&h, "F5");
	harness_shows(&h, "no quick log");
}
END_TEST

START_TEST(copying_needs_no_field_that_can_be_written_and_ctrl_c_does_not_end_a_form)
{
	struct id id = open_cycle("Five calls by Ana");
	store_close(h.app.store);
	struct err e = { 0 };
	h.app.store = store_open(h.path, STORE_READ, &h.env, &e);
	ck_assert_msg(h.app.store != NULL, "%s", e.text);
	h.app.stack[h.app.depth - 1]->stale = true;
	app_draw(&h.app);
	harness_keys(&h, "Ctrl-C");
	harness_shows(&h, "nothing is selected");
	ck_assert(!h.app.ending);
	go_to("What do you know now that you did not?");
	harness_keys(&h, "Ctrl-A Ctrl-C");
	harness_shows(&h, "13 characters selected");
	harness_shows(&h, "copied; Ctrl-V puts it in");
	ck_assert_uint_eq(h.app.clip.length, 13);
	harness_keys(&h, "Ctrl-X");
	harness_shows(&h, "They like it.");
	ck_assert_str_eq(stored(&id, "learned"), "They like it.");
}
END_TEST

START_TEST(every_key_of_the_text_is_named_by_the_help)
{
	static const char *const words[] = { "Ctrl-Space", "Ctrl-A", "Ctrl-C", "Ctrl-X", "Ctrl-V",
		"Ctrl-Z", "Ctrl-Y" };
	open_cycle("Five calls by Ana");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		harness_keys(&h, "F2");
		harness_type(&h, words[i]);
		harness_shows(&h, words[i]);
		harness_hides(&h, "Nothing here holds");
		harness_keys(&h, "Esc");
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_screen");
	TCase *c = tcase_create("form_screen");
	tcase_add_checked_fixture(c, form_setup, form_teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, accents_emoji_and_three_pasted_lines_are_stored_byte_for_byte);
	tcase_add_test(c, leaving_by_escape_saves_what_was_typed);
	tcase_add_test(c, what_is_unchanged_is_not_saved);
	tcase_add_test(c, undo_inside_the_field_and_discard_put_back);
	tcase_add_test(c, a_date_is_taken_as_people_type_it_and_says_how_it_is_read);
	tcase_add_test(c, what_is_no_date_blocks_nothing_and_is_kept);
	tcase_add_test(c, what_could_not_be_saved_and_is_undone_is_gone);
	tcase_add_test(c, choices_are_chosen_by_arrows_and_letters_and_emptied);
	tcase_add_test(c, a_condition_shows_a_field_and_hides_it_again);
	tcase_add_test(c, predictions_are_written_added_and_taken_out);
	tcase_add_test(c, references_are_chosen_from_a_list);
	tcase_add_test(c, a_person_who_is_not_there_yet_is_made_on_the_spot);
	tcase_add_test(c, what_needs_no_more_than_a_name_is_made_where_it_is_named);
	tcase_add_test(c, rows_of_a_list_are_moved_and_moved_back);
	tcase_add_test(c, every_printable_key_types_text);
	tcase_add_test(c, a_new_record_is_saved_with_its_first_field_and_not_before);
	tcase_add_test(c, team_and_charter_are_one_form);
	tcase_add_test(c, a_new_team_and_its_charter_are_made_from_the_charter_too);
	tcase_add_test(c, an_assessment_shows_its_levels_and_the_scores_before);
	tcase_add_test(c, a_record_with_a_natural_key_is_saved_when_its_form_is_left);
	tcase_add_test(c, a_group_typed_in_a_form_is_the_one_that_the_measure_writes_already);
	tcase_add_loop_test(c, forms_look_as_their_pictures, 0, 3);
	tcase_add_test(c, a_form_says_the_same_in_ascii);
	tcase_add_test(c, forms_are_drawn_at_every_size);
	tcase_add_test(
	    c, copying_needs_no_field_that_can_be_written_and_ctrl_c_does_not_end_a_form);
	tcase_add_test(c, a_teams_form_says_its_aim_with_its_lamps_and_never_stands_in_the_way);
	tcase_add_test(c, a_quick_log_is_one_screen_and_saves_the_same_record);
	tcase_add_test(
	    c, a_quick_log_from_the_list_keeps_the_idea_and_other_forms_say_that_they_have_none);
	tcase_add_test(c, every_key_of_the_text_is_named_by_the_help);
	suite_add_tcase(s, c);
	return test_run(s);
}
