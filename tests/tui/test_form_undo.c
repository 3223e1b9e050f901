// SPDX-License-Identifier: MIT
// Undo on a form: what is typed goes first, another record is not reached unasked, and a record
// that is gone takes nothing.
#include "forms.h"

START_TEST(undo_drops_what_is_typed_before_it_reaches_a_save)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Title");
	harness_type(&h, " or two");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "title"), "Both clinics, one week or two");
	harness_keys(&h, "Shift-Tab");
	harness_type(&h, " or three");
	harness_keys(&h, "F3");
	harness_shows(&h, "What you typed here is dropped");
	harness_hides(&h, "or three");
	ck_assert_str_eq(stored(&id, "title"), "Both clinics, one week or two");
	harness_keys(&h, "F3");
	harness_shows(&h, "Undone: Child health hubs › Both clinics, one week: Title.");
	ck_assert_str_eq(stored(&id, "title"), "Both clinics, one week");
}
END_TEST

START_TEST(undo_on_a_form_asks_before_it_reaches_into_another_record)
{
	harness_edit(&h, h.app.store, "action", "Print the cards", "what", "Print them");
	struct id id = open_cycle("Both clinics, one week");
	struct id other = harness_find(&h, "action", "Print them");
	(void)id;
	harness_keys(&h, "F3");
	harness_shows(&h, "The last save was elsewhere (Child health hubs › Print them: ");
	harness_keys(&h, "n");
	ck_assert_str_eq(stored(&other, "what"), "Print them");
	harness_keys(&h, "F3 y");
	ck_assert_str_eq(stored(&other, "what"), "Print the cards");
}
END_TEST

START_TEST(nothing_is_saved_into_a_record_that_was_deleted_meanwhile)
{
	struct id id = open_cycle("Both clinics, one week");
	go_to("Title");
	harness_type(&h, "!");
	struct err why = { 0 };
	struct save *v = save_begin(h.app.store, &h.arena, &why);
	ck_assert(v && save_delete(v, &id, &why) && save_commit(v, NULL, &why));
	app_changed(&h.app);
	harness_keys(&h, "Tab");
	ck_assert(load(&id).deleted);
	ck_assert_str_eq(stored(&id, "title"), "Both clinics, one week");
	harness_type(&h, "x");
	harness_shows(&h, "This record was deleted");
}
END_TEST

START_TEST(a_new_record_that_was_undone_is_a_new_one_again)
{
	open_form("pdsa", NULL, (const char *const[]){ "team", hubs(), NULL });
	go_to("Title");
	harness_type(&h, "Quite new");
	harness_keys(&h, "Tab");
	struct id first = harness_find(&h, "pdsa", "Quite new");
	harness_keys(&h, "F3");
	harness_shows(&h, "Quite new: deleted.");
	ck_assert(load(&first).deleted);
	harness_keys(&h, "Shift-Tab");
	harness_shows(&h, " > Title");
	harness_type(&h, "Another");
	harness_keys(&h, "Tab");
	struct id second = harness_find(&h, "pdsa", "Another");
	ck_assert(!id_equal(&first, &second) && load(&first).deleted);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_undo");
	TCase *c = tcase_create("form_undo");
	tcase_add_checked_fixture(c, form_setup, form_teardown);
	tcase_add_test(c, undo_drops_what_is_typed_before_it_reaches_a_save);
	tcase_add_test(c, undo_on_a_form_asks_before_it_reaches_into_another_record);
	tcase_add_test(c, nothing_is_saved_into_a_record_that_was_deleted_meanwhile);
	tcase_add_test(c, a_new_record_that_was_undone_is_a_new_one_again);
	suite_add_tcase(s, c);
	return test_run(s);
}
