// SPDX-License-Identifier: MIT
// The driver diagram under a person's keys: typing into boxes, new ones, order, links, archive,
// undo, folding, finding; what is typed is not lost.
#include "harness.h"

#include <plando/bundle.h>
#include <plando/draft.h>
#include <plando/driver.h>
#include <plando/str.h>

#include <string.h>
#include <unistd.h>

static struct harness h;
static struct driver_diagram d;

static void begin(void)
{
	harness_open(&h, 40, 120, LOOK_PLAIN);
	harness_keys(&h, "Down d");
	harness_keys(&h, "Right Up"); // on P1
}

static void end(void)
{
	harness_close(&h);
}

// The diagram as it stands in the workbook now.
static void load(void)
{
	struct id team = harness_find(&h, "team", "Child health hubs");
	MUST(driver_load(h.app.store, &h.arena, &team, &d, &e));
}

static const struct driver_node *node(const char *text)
{
	load();
	for (size_t i = 0; i < d.count; i++)
		if (str_equal(d.node[i].text, text))
			return &d.node[i];
	return NULL;
}

// Its place in reading order.
static int at(const char *text)
{
	const struct driver_node *n = node(text);
	ck_assert_msg(n != NULL, "no %s", text);
	return (int)(n - d.node);
}

static const char *parents(const char *text)
{
	const struct driver_node *n = node(text);
	struct str s = STR_IN(&h.arena);
	ck_assert_msg(n != NULL, "no %s", text);
	for (size_t i = 0; i < n->parent_count; i++)
		str_printf(&s, "%s%s", i ? " " : "", d.node[n->parents[i].node].code);
	return str_done(&s);
}

START_TEST(arrows_follow_the_lines)
{
	harness_shows(&h, " P1 Early, right advice");
	harness_keys(&h, "Right Right");
	harness_shows(&h, " C1 Consultant rota");
	harness_keys(&h, "Down Left");
	harness_shows(&h, " S1 Advice line staffed");
	harness_keys(&h, "Down");
	harness_shows(&h, "Feeds P2 Families can act");
	harness_keys(&h, "G");
	harness_shows(&h, "Not linked yet: L links it");
	harness_keys(&h, "g");
	harness_shows(&h, " Aim ");
}
END_TEST

START_TEST(enter_types_into_the_box_and_enter_saves_it)
{
	harness_keys(&h, "Enter");
	harness_type(&h, " – déjà q 👩‍⚕️");
	harness_keys(&h, "Enter");
	ck_assert_ptr_nonnull(node("Early, right advice – déjà q 👩‍⚕️"));
	harness_shows(&h, "saved");
	harness_keys(&h, "u");
	ck_assert_ptr_nonnull(node("Early, right advice"));
}
END_TEST

START_TEST(the_aim_is_typed_too)
{
	harness_keys(&h, "g Enter Ctrl-U");
	harness_type(&h, "Wait less");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Board and team go on saying the aim of the charter: “By 31 Mar 2027");
	load();
	ck_assert_str_eq(d.node[0].text, "Wait less");
	harness_keys(&h, "u");
	load();
	ck_assert_ptr_nonnull(strstr(d.node[0].text, "families"));
}
END_TEST

START_TEST(a_new_box_below_is_linked_in_the_same_save)
{
	harness_keys(&h, "n");
	harness_type(&h, "GP knows whom to ask");
	harness_keys(&h, "Enter");
	ck_assert_str_eq(parents("GP knows whom to ask"), "P1");
	ck_assert_int_eq(node("GP knows whom to ask")->level, DRIVER_SECONDARY);
	ck_assert_ptr_nonnull(node("GP knows whom to ask")->position);
	harness_shows(&h, ">S2 GP knows");
	harness_keys(&h, "u");
	ck_assert_ptr_null(node("GP knows whom to ask"));
	load();
	ck_assert_uint_eq(d.refused_count, 0); // the link went with it
}
END_TEST

START_TEST(an_outline_is_typed_with_tab)
{
	harness_keys(&h, "Right n");
	harness_type(&h, "one");
	harness_keys(&h, "Tab");
	harness_type(&h, "two");
	harness_keys(&h, "Tab");
	harness_type(&h, "three");
	harness_keys(&h, "Tab Enter"); // nothing typed: nothing made
	ck_assert_str_eq(parents("one"), "S1");
	ck_assert_str_eq(parents("three"), "S1");
	ck_assert_int_lt(at("one"), at("two"));
	ck_assert_int_lt(at("two"), at("three"));
	harness_shows(&h, ">");
}
END_TEST

START_TEST(tab_puts_a_sibling_right_behind)
{
	harness_keys(&h, "Tab");
	harness_type(&h, "Between");
	harness_keys(&h, "Enter");
	ck_assert_int_lt(at("Early, right advice"), at("Between"));
	ck_assert_int_lt(at("Between"), at("Families can act"));
}
END_TEST

START_TEST(an_idea_can_hang_on_any_driver)
{
	harness_keys(&h, "i");
	harness_type(&h, "A sign at the door");
	harness_keys(&h, "Esc"); // leaves, and keeps what was typed
	ck_assert_str_eq(parents("A sign at the door"), "P1");
	ck_assert_int_eq(node("A sign at the door")->level, DRIVER_IDEA);
	harness_keys(&h, "n");
	harness_shows(&h, "Nothing feeds a change idea");
}
END_TEST

START_TEST(boxes_change_places_and_stay_so)
{
	harness_keys(&h, "J");
	ck_assert_int_lt(at("Families can act"), at("Early, right advice"));
	harness_keys(&h, "J");
	harness_shows(&h, "It is the last here.");
	harness_keys(&h, "K");
	ck_assert_int_lt(at("Early, right advice"), at("Families can act"));
	harness_keys(&h, "K");
	harness_shows(&h, "It is the first here.");
	harness_keys(&h, "u");
	ck_assert_int_lt(at("Families can act"), at("Early, right advice"));
	harness_keys(&h, "u");
	ck_assert_int_lt(at("Early, right advice"), at("Families can act"));
}
END_TEST

START_TEST(a_link_is_made_and_taken_away)
{
	harness_keys(&h, "G L");
	harness_type(&h, "families can");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Linked; u undoes.");
	ck_assert_str_eq(parents("Weekly huddle"), "P2");
	harness_keys(&h, "U Enter");
	harness_shows(&h, "The link is taken away; u undoes.");
	ck_assert_str_eq(parents("Weekly huddle"), "");
	harness_keys(&h, "u");
	ck_assert_str_eq(parents("Weekly huddle"), "P2");
	harness_keys(&h, "g U");
	harness_shows(&h, "It feeds nothing");
}
END_TEST

START_TEST(archiving_says_what_comes_loose_and_can_be_undone)
{
	harness_keys(&h, "Right x");
	harness_shows(&h, "What only fed it is under “Not linked yet” now; u undoes.");
	harness_shows(&h, "1 archived");
	harness_keys(&h, "u");
	harness_hides(&h, "1 archived");
	ck_assert_str_eq(parents("Advice line staffed"), "P1");
	harness_keys(&h, "G x");
	harness_shows(&h, "Archived; u undoes.");
	harness_keys(&h, "g x");
	harness_shows(&h, "The aim is the team's");
}
END_TEST

START_TEST(a_fold_hides_and_right_opens_it)
{
	harness_keys(&h, "z");
	harness_shows(&h, "3 folded");
	harness_hides(&h, "Consultant rota");
	harness_keys(&h, "Right");
	harness_shows(&h, "Consultant rota");
	harness_keys(&h, "G z");
	harness_shows(&h, "there is nothing to fold");
}
END_TEST

START_TEST(find_goes_to_the_box_that_holds_the_words)
{
	harness_keys(&h, "/");
	harness_type(&h, "SHARED");
	harness_keys(&h, "Enter");
	harness_shows(&h, ">C2 Shared inbox");
	harness_keys(&h, "/ Ctrl-U");
	harness_type(&h, "zebra");
	harness_keys(&h, "Enter");
	harness_shows(&h, "is not in this diagram");
}
END_TEST

START_TEST(three_densities_as_pictures)
{
	harness_resize(&h, 24, 80);
	harness_keys(&h, "Right");
	harness_expect(&h, "diagram-branch");
	harness_keys(&h, "d");
	harness_expect(&h, "diagram-all");
	harness_keys(&h, "d");
	harness_expect(&h, "diagram-page");
}
END_TEST

START_TEST(typing_looks_like_typing)
{
	harness_resize(&h, 24, 80);
	harness_keys(&h, "Right n");
	harness_type(&h, "A new way");
	harness_expect(&h, "diagram-new");
}
END_TEST

START_TEST(a_team_without_a_diagram_is_told_what_to_press)
{
	harness_keys(&h, "Esc Down d");
	harness_shows(&h, "n adds a primary driver, Enter writes the aim");
	harness_keys(&h, "n");
	harness_type(&h, "First");
	harness_keys(&h, "Enter");
	harness_shows(&h, ">P1");
}
END_TEST

START_TEST(the_idea_opens_its_cycles_and_comes_back)
{
	harness_keys(&h, "/");
	harness_type(&h, "Ring families");
	harness_keys(&h, "Enter p");
	harness_hides(&h, "Driver diagram");
	harness_keys(&h, "Esc");
	harness_shows(&h, ">C4 Ring families");
}
END_TEST

START_TEST(a_paste_into_a_field_is_text)
{
	harness_keys(&h, "Enter Ctrl-U");
	harness_paste(&h, "one\ntwo");
	harness_keys(&h, "Enter");
	ck_assert_ptr_nonnull(node("one two"));
}
END_TEST

START_TEST(the_order_with_fewest_crossings_is_one_key_away_and_changes_nothing)
{
	size_t n;
	char *path = test_diagram(&h.arena, "kfh");
	struct bundle_report report;
	if (!path)
		return;
	char *text = test_read(&h.arena, path, &n);
	MUST(bundle_import(h.app.store, text, n, path, false, &report, &h.arena, &e));
	struct id team = harness_find(&h, "team", "Knowledge for Healthcare");
	MUST(diagram_screen_open(&h.app, &team, NULL, &e));
	harness_keys(&h, "t");
	harness_shows(&h, "nothing was changed: 70 crossings instead of 83");
	harness_keys(&h, "t");
	harness_shows(&h, "In the order that people gave: 83 crossings instead of 70.");
}
END_TEST

START_TEST(a_click_goes_to_the_box)
{
	const char *picture = harness_picture(&h);
	const char *line = strstr(picture, "C2 Shared inbox");
	int row = 0;
	for (const char *c = picture; c < line; c++)
		row += *c == '\n';
	harness_click(&h, row, 73);
	harness_shows(&h, ">C2 Shared inbox");
}
END_TEST

START_TEST(leaving_saves_what_is_typed)
{
	harness_keys(&h, "Enter");
	harness_type(&h, "!");
	harness_keys(&h, "Ctrl-Q");
	ck_assert_ptr_nonnull(node("Early, right advice!"));
}
END_TEST

START_TEST(a_killed_program_leaves_a_draft)
{
	struct drafts drafts;
	h.env.state_home = test_path(&h.arena, "state");
	harness_keys(&h, "Enter");
	harness_type(&h, " now");
	MUST(draft_list(h.app.store, &h.arena, &drafts, &e));
	ck_assert_uint_eq(drafts.count, 1);
	ck_assert_str_eq(drafts.item[0].text, "Early, right advice now");
	ck_assert_str_eq(drafts.item[0].kind, "driver");
	harness_keys(&h, "Enter");
	MUST(draft_list(h.app.store, &h.arena, &drafts, &e));
	ck_assert_uint_eq(drafts.count, 0);
}
END_TEST

START_TEST(what_is_typed_goes_to_its_box_whatever_happens_to_others)
{
	struct err e = { 0 };
	struct id ring = harness_find(&h, "idea", "Ring families the day before");
	harness_keys(&h, "/");
	harness_type(&h, "Ring families");
	harness_keys(&h, "Enter Enter");
	harness_type(&h, " or two");
	struct save *v = save_begin(h.app.store, &h.arena, &e); // as another window would
	ck_assert(v && save_delete(v, &ring, &e) && save_commit(v, NULL, &e));
	app_top(&h.app)->stale = true;
	app_draw(&h.app);
	harness_keys(&h, "Enter");
	harness_shows(&h, "this box was deleted meanwhile");
	harness_keys(&h, "Esc Down"); // nobody is held in the field
	harness_hides(&h, "or two");
	ck_assert_ptr_nonnull(node("Families can act"));
	ck_assert_ptr_null(node("Families can act or two"));
}
END_TEST

START_TEST(the_form_of_a_box_opens_and_comes_back)
{
	harness_keys(&h, "e");
	harness_hides(&h, "Driver diagram");
	harness_shows(&h, "Early, right advice");
	harness_keys(&h, "Esc");
	harness_shows(&h, ">P1");
	harness_keys(&h, "y");
	harness_hides(&h, "Driver diagram");
}
END_TEST

static bool import_diagram(const char *key)
{
	struct bundle_report report;
	size_t n;
	char *path = test_diagram(&h.arena, key);
	char *text = path ? test_read(&h.arena, path, &n) : NULL;
	if (!text)
		return false;
	MUST(bundle_import(h.app.store, text, n, path, false, &report, &h.arena, &e));
	ck_assert_uint_eq(report.count, 0);
	return true;
}

static const struct {
	const char *key, *name, *size;
	size_t nodes, links;
} PUBLISHED[] = {
	{ "kfh", "Knowledge for Healthcare", "3 primary · 10 secondary · 24 ideas", 38, 67 },
	{ "enow", "EvidenceNOW practices", "6 primary · 3 ideas", 10, 9 },
	{ "nwl-eolc", "Use of resources in end-of-life care", "4 primary · 9 secondary", 14, 16 },
	{ "cms", "CMS improvement activities 2024", "8 primary · 106 ideas", 115, 114 },
};

START_TEST(published_diagrams_are_shown_node_by_node)
{
	if (!import_diagram(PUBLISHED[_i].key))
		return;
	struct id team = harness_find(&h, "team", PUBLISHED[_i].name);
	size_t links = 0;
	MUST(driver_load(h.app.store, &h.arena, &team, &d, &e));
	for (size_t i = 0; i < d.count; i++)
		links += d.node[i].parent_count;
	ck_assert_uint_eq(d.count, PUBLISHED[_i].nodes);
	ck_assert_uint_eq(links, PUBLISHED[_i].links);
	ck_assert_uint_eq(d.refused_count, 0);
	for (size_t i = 0; i < d.count; i++) {
		harness_resize(&h, i % 2 ? 24 : 40, i % 2 ? 80 : 120);
		MUST(diagram_screen_open(&h.app, &team, &d.node[i].id, &e));
		app_draw(&h.app);
		harness_shows(&h, PUBLISHED[_i].size);
		const char *code = i ? d.node[i].code : "Aim"; // in the line below the drawing
		harness_shows(&h, arena_printf(&h.arena, "\n %s %.40s", code, d.node[i].text));
		harness_keys(&h, "Esc");
	}
}
END_TEST

START_TEST(the_cms_change_package_as_pictures)
{
	ck_assert(import_diagram("cms"));
	struct id team = harness_find(&h, "team", "CMS improvement activities 2024");
	static const int SIZES[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };
	for (size_t i = 0; i < 3; i++) {
		harness_resize(&h, SIZES[i][0], SIZES[i][1]);
		MUST(diagram_screen_open(&h.app, &team, NULL, &e));
		harness_keys(&h, "Right Right Down");
		harness_expect(&h, "diagram-cms");
		harness_keys(&h, "Esc");
	}
}
END_TEST

START_TEST(a_box_is_typed_at_any_size)
{
	for (int rows = 1; rows <= 60; rows += 7)
		for (int cols = 1; cols <= 200; cols += 13) {
			harness_resize(&h, rows, cols);
			harness_keys(&h, "g Right n");
			harness_type(&h, "x");
			harness_keys(&h, "Ctrl-U Esc d z z");
		}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("diagram_screen");
	TCase *t = tcase_create("diagram_screen");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, arrows_follow_the_lines);
	tcase_add_test(t, enter_types_into_the_box_and_enter_saves_it);
	tcase_add_test(t, the_aim_is_typed_too);
	tcase_add_test(t, a_new_box_below_is_linked_in_the_same_save);
	tcase_add_test(t, an_outline_is_typed_with_tab);
	tcase_add_test(t, tab_puts_a_sibling_right_behind);
	tcase_add_test(t, an_idea_can_hang_on_any_driver);
	tcase_add_test(t, boxes_change_places_and_stay_so);
	tcase_add_test(t, a_link_is_made_and_taken_away);
	tcase_add_test(t, archiving_says_what_comes_loose_and_can_be_undone);
	tcase_add_test(t, a_fold_hides_and_right_opens_it);
	tcase_add_test(t, find_goes_to_the_box_that_holds_the_words);
	tcase_add_test(t, three_densities_as_pictures);
	tcase_add_test(t, typing_looks_like_typing);
	tcase_add_test(t, a_team_without_a_diagram_is_told_what_to_press);
	tcase_add_test(t, the_idea_opens_its_cycles_and_comes_back);
	tcase_add_test(t, a_paste_into_a_field_is_text);
	tcase_add_test(t, the_order_with_fewest_crossings_is_one_key_away_and_changes_nothing);
	tcase_add_test(t, a_click_goes_to_the_box);
	tcase_add_test(t, leaving_saves_what_is_typed);
	tcase_add_test(t, a_killed_program_leaves_a_draft);
	tcase_add_test(t, what_is_typed_goes_to_its_box_whatever_happens_to_others);
	tcase_add_test(t, the_form_of_a_box_opens_and_comes_back);
	tcase_add_loop_test(t, published_diagrams_are_shown_node_by_node, 0, 4);
	tcase_add_test(t, the_cms_change_package_as_pictures);
	tcase_add_test(t, a_box_is_typed_at_any_size);
	suite_add_tcase(s, t);
	return test_run(s);
}
