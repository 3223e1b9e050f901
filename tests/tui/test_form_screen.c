// SPDX-License-Identifier: MIT
// The form of a record, in process: what is typed, left, kept, offered and stored.
#include "harness.h"

#include "tui/offer.h"

#include <plando/draft.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct harness h;

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.env.state_home = arena_printf(&h.arena, "%s/state-%d", test_folder(), (int)getpid());
}

static void teardown(void)
{
	harness_close(&h);
}

static void open_form(const char *kind, const struct id *id, const char *const given[])
{
	MUST(form_screen_open(&h.app, kind, id, given, &e));
	app_draw(&h.app);
}

static struct id open_cycle(const char *title)
{
	struct id id = harness_find(&h, "pdsa", title);
	open_form("pdsa", &id, NULL);
	return id;
}

static struct record load(const struct id *id)
{
	struct record r;
	MUST(record_load(h.app.store, &h.arena, id, &r, &e));
	return r;
}

static const char *stored(const struct id *id, const char *field)
{
	struct record r = load(id);
	return record_get(&r, field);
}

// Tab until that label is under the cursor.
static void go_to(const char *label)
{
	const char *want = arena_printf(&h.arena, " > %s", label);
	const char *inset = arena_printf(&h.arena, " >   %s", label);
	for (int i = 0; i < 80; i++) {
		if (harness_has(&h, want) || harness_has(&h, inset))
			return;
		harness_keys(&h, "Tab");
	}
	ck_abort_msg("no field %s:\n%s", label, harness_picture(&h));
}

static const char *hubs(void)
{
	struct id team = harness_find(&h, "team", "Child health hubs");
	char *text = arena_alloc(&h.arena, ID_TEXT);
	id_print(&team, text);
	return text;
}

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
	harness_type(&h, "somebody");
	harness_keys(&h, "Enter");
	harness_type(&h, "Mair Rees");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Mair Rees");
	harness_keys(&h, "Tab");
	struct id mair = harness_find(&h, "person", "Mair Rees");
	struct record r = load(&id);
	struct id leader;
	ck_assert(record_ref(&r, "leader", &leader) && id_equal(&leader, &mair));
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

// --- drafts

static size_t drafts(void)
{
	struct drafts all;
	MUST(draft_list(h.app.store, &h.arena, &all, &e));
	return all.count;
}

START_TEST(half_typed_text_is_a_draft_after_a_second_and_gone_when_saved)
{
	open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	ck_assert_uint_eq(drafts(), 1);
	harness_type(&h, " hold");
	h.world.now += 1500;
	harness_type(&h, "?");
	struct drafts all;
	MUST(draft_list(h.app.store, &h.arena, &all, &e));
	ck_assert_str_eq(all.item[0].text, "Does it hold?");
	harness_keys(&h, "Tab");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

// As after kill -9: the screens go without leaving.
static void killed(void)
{
	while (h.app.depth > 1)
		screen_free(h.app.stack[--h.app.depth]);
}

START_TEST(text_of_a_killed_program_is_offered_and_not_put_in_unasked)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	killed();
	offer_drafts(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "Typed 14:02, not saved: “Does it”. Go there?");
	harness_keys(&h, "y");
	harness_shows(&h, "Typed 14:02, not saved: “Does it”. Take it?");
	ck_assert_ptr_null(stored(&id, "objective"));
	harness_keys(&h, "y");
	ck_assert_ptr_null(stored(&id, "objective"));
	harness_type(&h, " hold?");
	harness_keys(&h, "Esc");
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

START_TEST(a_refused_offer_stays_and_comes_again)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	killed();
	open_form("pdsa", &id, NULL);
	harness_keys(&h, "n Esc");
	ck_assert_uint_eq(drafts(), 1);
	open_form("pdsa", &id, NULL);
	harness_shows(&h, "Take it?");
	harness_keys(&h, "y Ctrl-R Esc");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

START_TEST(text_of_a_new_record_is_offered_when_a_new_one_is_begun)
{
	const char *given[] = { "team", hubs(), NULL };
	open_form("pdsa", NULL, given);
	harness_type(&h, "Who answers");
	app_tick(&h.app);
	killed();
	offer_drafts(&h.app);
	harness_keys(&h, "y");
	harness_shows(&h, "New: PDSA cycle");
	harness_keys(&h, "y Esc");
	ck_assert_uint_eq(drafts(), 0);
	struct id team = harness_find(&h, "team", "Child health hubs");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "pdsa", &team, &all, &e));
	ck_assert_uint_eq(all.count, 5);
}
END_TEST

// --- others, editor, mouse, sizes

START_TEST(a_change_by_another_program_while_typing_is_told)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Mine");
	struct err e = { 0 };
	struct env other = h.env;
	struct store *s = store_open(h.path, STORE_WRITE, &other, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	struct save *v = save_begin(s, &h.arena, &e);
	ck_assert(
	    save_field(v, &id, "pdsa", "objective", "Theirs", &e) && save_commit(v, NULL, &e));
	store_close(s);
	app_tick(&h.app);
	app_draw(&h.app);
	harness_keys(&h, "Tab");
	harness_shows(&h, "was changed elsewhere to");
	harness_shows(&h, "“Theirs”. Yours is saved");
	ck_assert_str_eq(stored(&id, "objective"), "Mine");
}
END_TEST

static void editor_set(const char *script)
{
	char *path = test_path(&h.arena, "editor");
	test_write(path, script, strlen(script));
	chmod(path, 0700);
	setenv("VISUAL", path, 1);
}

START_TEST(long_text_goes_to_an_editor_and_comes_back)
{
	struct id id = open_cycle("Five calls by Ana");
	go_to("What do you know now that you did not?");
	editor_set("#!/bin/sh\nprintf 'Two lines\\r\\nfrom outside – ŵ\\n' > \"$1\"\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "from outside – ŵ");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "learned"), "Two lines\nfrom outside – ŵ");
}
END_TEST

START_TEST(an_editor_that_fails_costs_no_text)
{
	struct id id = open_cycle("Five calls by Ana");
	go_to("What do you know now that you did not?");
	harness_type(&h, " More");
	editor_set("#!/bin/sh\necho ruined > \"$1\"\nexit 3\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "failed; the text is as it was");
	editor_set("#!/bin/sh\nprintf '\\377' > \"$1\"\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "no UTF-8 text");
	setenv("VISUAL", "/nowhere/editor; touch /tmp/never", 1);
	harness_keys(&h, "Ctrl-E Tab");
	ck_assert_str_eq(stored(&id, "learned"), "They like it. More");
}
END_TEST

START_TEST(a_click_goes_to_a_field_and_saves_the_one_before)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it hold?");
	harness_click(&h, 14, 10);
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
	harness_hides(&h, "> What do we want");
}
END_TEST

START_TEST(a_workbook_that_cannot_be_written_is_read)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	store_close(h.app.store);
	struct err e = { 0 };
	h.app.store = store_open(h.path, STORE_READ, &h.env, &e);
	ck_assert_msg(h.app.store != NULL, "%s", e.text);
	open_form("pdsa", &id, NULL);
	harness_type(&h, "x");
	harness_keys(&h, "Tab");
	harness_hides(&h, "x?");
	harness_keys(&h, "Esc");
	ck_assert_ptr_null(stored(&id, "objective"));
}
END_TEST

// The same record changed in a copy and here, then brought together.
static struct id open_with_conflict(void)
{
	struct id id = harness_find(&h, "pdsa", "Five calls by Ana");
	const char *copy = test_path(&h.arena, "copy.plando");
	struct env sam = h.env;
	sam.author = "Sam Okoro";
	sam.device = "coach";
	remove(copy);
	MUST(store_copy(h.app.store, copy, &e));
	struct err e = { 0 };
	struct store *both[] = { h.app.store, store_open(copy, STORE_WRITE, &sam, &e) };
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
	harness_keys(&h, "Enter Tab");
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

START_TEST(every_printable_key_types_text)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "q:?/ujkhlngG+x");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "objective"), "q:?/ujkhlngG+x");
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

int main(void)
{
	Suite *s = suite_create("form_screen");
	TCase *c = tcase_create("form_screen");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, accents_emoji_and_three_pasted_lines_are_stored_byte_for_byte);
	tcase_add_test(c, leaving_by_escape_saves_what_was_typed);
	tcase_add_test(c, what_is_unchanged_is_not_saved);
	tcase_add_test(c, undo_inside_the_field_and_discard_put_back);
	tcase_add_test(c, a_date_is_taken_as_people_type_it_and_says_how_it_is_read);
	tcase_add_test(c, what_is_no_date_blocks_nothing_and_is_kept);
	tcase_add_test(c, choices_are_chosen_by_arrows_and_letters_and_emptied);
	tcase_add_test(c, a_condition_shows_a_field_and_hides_it_again);
	tcase_add_test(c, predictions_are_written_added_and_taken_out);
	tcase_add_test(c, references_are_chosen_from_a_list);
	tcase_add_test(c, a_person_who_is_not_there_yet_is_made_on_the_spot);
	tcase_add_test(c, a_new_record_is_saved_with_its_first_field_and_not_before);
	tcase_add_test(c, team_and_charter_are_one_form);
	tcase_add_test(c, a_new_team_and_its_charter_are_made_from_the_charter_too);
	tcase_add_test(c, an_assessment_shows_its_levels_and_the_scores_before);
	tcase_add_test(c, a_record_with_a_natural_key_is_saved_when_its_form_is_left);
	tcase_add_test(c, half_typed_text_is_a_draft_after_a_second_and_gone_when_saved);
	tcase_add_test(c, text_of_a_killed_program_is_offered_and_not_put_in_unasked);
	tcase_add_test(c, a_refused_offer_stays_and_comes_again);
	tcase_add_test(c, text_of_a_new_record_is_offered_when_a_new_one_is_begun);
	tcase_add_test(c, a_change_by_another_program_while_typing_is_told);
	tcase_add_test(c, long_text_goes_to_an_editor_and_comes_back);
	tcase_add_test(c, an_editor_that_fails_costs_no_text);
	tcase_add_test(c, a_click_goes_to_a_field_and_saves_the_one_before);
	tcase_add_test(c, a_workbook_that_cannot_be_written_is_read);
	tcase_add_test(c, a_conflict_is_marked_on_its_field_with_both_values_and_settled_by_saving);
	tcase_add_test(c, hostile_text_is_shown_by_name_and_kept_until_it_is_changed);
	tcase_add_test(c, every_type_is_filled_in_by_keys);
	tcase_add_test(c, members_are_ticked_off_and_taken_out_again);
	tcase_add_test(c, a_field_takes_no_more_than_it_holds);
	tcase_add_test(c, every_printable_key_types_text);
	tcase_add_loop_test(c, forms_look_as_their_pictures, 0, 3);
	tcase_add_test(c, forms_are_drawn_at_every_size);
	suite_add_tcase(s, c);
	return test_run(s);
}
