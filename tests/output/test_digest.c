// SPDX-License-Identifier: MIT
// The digest of what was learned: grouped and in order, and as Markdown that what people typed
// cannot break.
#include "../support.h"

#include <plando/digest.h>

#include <stdio.h>

static struct arena a;

static const char *written(struct learned *item, size_t count, bool markdown, int width)
{
	for (size_t i = 0; i < count; i++) { // a text is never NULL
		struct learned *l = &item[i];
		const char **const text[] = { &l->team_name, &l->idea_code, &l->idea_text,
			&l->component, &l->cycle_no, &l->title, &l->scale, &l->decision,
			&l->learned, &l->unexpected, &l->why, &l->next_change };
		for (size_t k = 0; k < sizeof text / sizeof *text; k++)
			*text[k] = *text[k] ? *text[k] : "";
	}
	struct str out = STR_IN(&a);
	struct learnings all = { item, count };
	struct digest_options o = { .markdown = markdown,
		.width = width,
		.today = date_from_civil((struct civil){ 2026, 5, 3 }) };
	MUST(digest_write(&a, &all, &o, &out, &e));
	return str_done(&out);
}

START_TEST(items_of_the_change_package_stand_in_their_order_and_ideas_by_themselves)
{
	struct learned item[] = {
		{ .component = "B Second", .learned = "two", .team_name = "Hubs" },
		{ .idea_code = "C1", .idea_text = "Film", .learned = "film" },
		{ .component = "A First", .learned = "one", .team_name = "Door" },
		{ .component = "B Second", .learned = "three", .team_name = "Door" },
	};
	item[1].team.b[0] = 1;
	item[2].team.b[0] = item[3].team.b[0] = 2;
	item[0].team.b[0] = 3;
	ck_assert_str_eq(written(item, 4, false, 78),
	    "4 PDSA cycles of 3 teams taught something, by 3 May 2026.\n\n"
	    "A First\n\nDoor\n    one\n\n"
	    "B Second\n\nHubs\n    two\n\nDoor\n    three\n\n"
	    "C1 Film\n\n(no team)\n    film\n");
}
END_TEST

START_TEST(markdown_keeps_what_was_typed_as_text)
{
	struct learned item[] = { { .team_name = "Hubs",
	    .idea_text = "# Film",
	    .learned = "Café *numbers* <b>fail</b>\n- one [x](y)\n\ntwo",
	    .why = "`code`" } };
	ck_assert_str_eq(written(item, 1, true, 0),
	    "1 PDSA cycle of 1 team taught something, by 3 May 2026.\n\n"
	    "## \\# Film\n\n### Hubs\n\n"
	    "> Café \\*numbers\\* &lt;b&gt;fail&lt;/b&gt;\n>\n> \\- one \\[x\\](y)\n>\n>\n> "
	    "two\n>\n"
	    "> Why: \\`code\\`\n");
}
END_TEST

START_TEST(lines_of_text_keep_within_the_page_and_say_what_came_as_predicted)
{
	struct learned item[] = { { .team_name = "Child health hubs of Marlow Green",
	    .title = "Ring the day before",
	    .cycle_no = "1a",
	    .predictions = 3,
	    .results = 2,
	    .met = 1,
	    .learned = "one two three four five six seven eight nine ten eleven twelve" } };
	ck_assert_str_eq(written(item, 1, false, 40),
	    "1 PDSA cycle of 1 team taught something, by 3 May 2026.\n\n"
	    "Without a change idea\n\n"
	    "Child health hubs of Marlow Green · Ring\nthe day before · cycle 1a · 1 of 2 as\n"
	    "predicted\n"
	    "    one two three four five six seven\n    eight nine ten eleven twelve\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("digest");
	TCase *t = tcase_create("digest");
	tcase_add_test(t, items_of_the_change_package_stand_in_their_order_and_ideas_by_themselves);
	tcase_add_test(t, markdown_keeps_what_was_typed_as_text);
	tcase_add_test(t, lines_of_text_keep_within_the_page_and_say_what_came_as_predicted);
	suite_add_tcase(suite, t);
	int status = test_run(suite);
	arena_free(&a);
	return status;
}
