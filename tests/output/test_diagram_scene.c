// SPDX-License-Identifier: MIT
// A driver diagram on paper: every link of every published diagram is a line, and nothing lies on
// anything else, whatever was typed.
#include "../published.h"
#include "../support.h"
#include "even_type.h"
#include "svg_sound.h"

#include <plando/diagram_scene.h>
#include <plando/picture.h>
#include <plando/str.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 2100 };

static struct arena arena;
static struct driver_facts facts;
static struct driver_diagram d;
static struct scene scene;

static void begin(void)
{
	facts = (struct driver_facts){ .name = "Hubs", .aim = "Wait less" };
	facts.fact = arena_array(&arena, MANY, sizeof *facts.fact);
	facts.join = arena_array(&arena, 2 * MANY, sizeof *facts.join);
}

static void end(void)
{
	arena_free(&arena);
}

static struct id id_of(size_t n)
{
	struct id id = { { 0 } };
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static struct driver_fact *node(enum driver_level level, const char *text, size_t parent)
{
	struct driver_fact *f = &facts.fact[facts.fact_count++];
	*f = (struct driver_fact){ .id = id_of(facts.fact_count), .level = level, .text = text };
	facts.join[facts.join_count++] =
	    (struct driver_join){ id_of(facts.fact_count), id_of(parent), false };
	return f;
}

static struct svg draw_with(const struct scene_type *type)
{
	struct diagram_scene_options o = { .when = "22 Nov 2026" };
	char *text = NULL;
	size_t n = 0;
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(diagram_scene(&arena, &d, &o, type, &scene, &e));
	FILE *out = open_memstream(&text, &n);
	MUST(scene_svg(&scene, out, &e));
	fclose(out);
	struct svg svg = svg_read(&arena, arena_copy(&arena, text, n));
	free(text);
	ck_assert_msg(!svg.fault, "%s", svg.fault);
	return svg;
}

static struct svg draw(void)
{
	return draw_with(&EVEN_TYPE);
}

// --- every link is a line, once

static size_t lines_between(const struct svg *svg, const struct id *from, const struct id *to)
{
	char a[ID_TEXT], b[ID_TEXT];
	size_t lines = 0;
	id_print(from, a);
	id_print(to, b);
	for (size_t i = 0; i < svg->count; i++) {
		const struct svg_element *e = &svg->element[i];
		const char *class = svg_attribute(e, "class");
		if (!class || !str_starts(class, "link") ||
		    !str_equal(svg_attribute(e, "data-from"), a) ||
		    !str_equal(svg_attribute(e, "data-to"), b))
			continue;
		for (size_t k = i; k < svg->count; k++)
			lines +=
			    svg->element[k].inside == i && str_equal(svg->element[k].name, "path");
	}
	return lines;
}

static void all_links_are_lines(const struct svg *svg)
{
	size_t links = 0;
	for (size_t i = 0; i < d.count; i++)
		for (size_t k = 0; k < d.node[i].parent_count; k++, links++) {
			const struct driver_node *to = &d.node[d.node[i].parents[k].node];
			ck_assert_uint_eq(lines_between(svg, &d.node[i].id, &to->id), 1);
		}
	ck_assert_uint_eq(svg_count(svg, "g", "data-to", NULL), links);
}

// --- nothing lies on anything else

struct box {
	double x, y, w, h;
};

static bool apart(const struct box *a, const struct box *b)
{
	double gap = 0.01;
	return a->x + a->w <= b->x + gap || b->x + b->w <= a->x + gap ||
	       a->y + a->h <= b->y + gap || b->y + b->h <= a->y + gap;
}

static void text_is_inside(const struct scene_item *t, const struct box *box)
{
	double left = t->anchor == SCENE_END ? t->x - t->w : t->x;
	ck_assert_msg(left >= box->x - 0.01 && left + t->w <= box->x + box->w + 0.01,
	    "'%s' stands out of its box: %.1f + %.1f in %.1f + %.1f", t->row[0].text, left, t->w,
	    box->x, box->w);
	double last = t->y + (double)(t->rows - 1) * t->leading;
	ck_assert(t->y - t->size * 0.8 >= box->y && last <= box->y + box->h);
}

// Boxes in the order in which they are drawn; texts are held against the box of their group.
static size_t boxes_and_texts(struct box *box)
{
	size_t boxes = 0;
	bool inside = false;
	for (size_t i = 0; i < scene.count; i++) {
		const struct scene_item *item = &scene.item[i];
		if (item->kind == SCENE_GROUP)
			inside = str_starts(item->name, "node ");
		else if (inside && item->kind == SCENE_BOX && item->width > 0)
			box[boxes++] = (struct box){ item->x, item->y, item->w, item->h };
		else if (inside && item->kind == SCENE_TEXT)
			text_is_inside(item, &box[boxes - 1]);
	}
	return boxes;
}

// Check notes every assertion in a file: only what fails is asserted here.
static void nothing_lies_on_anything(void)
{
	struct box *box = arena_array(&arena, d.count, sizeof *box);
	size_t boxes = boxes_and_texts(box);
	ck_assert_uint_eq(boxes, d.count - d.archived);
	for (size_t i = 0; i < boxes; i++) {
		ck_assert(box[i].x >= 0 && box[i].x + box[i].w <= scene.width);
		ck_assert(box[i].y >= 0 && box[i].y + box[i].h <= scene.height);
		for (size_t k = 0; k < i; k++)
			if (!apart(&box[i], &box[k]))
				ck_abort_msg("boxes %zu and %zu lie on each other", k, i);
	}
}

// Lines are level where they pass between boxes: it is enough to look at their corners.
static void lines_meet_no_box(void)
{
	struct box *box = arena_array(&arena, d.count, sizeof *box);
	size_t boxes = boxes_and_texts(box);
	for (size_t i = 0; i < scene.count; i++)
		for (size_t k = 0; scene.item[i].kind == SCENE_CURVE && k < scene.item[i].points;
		     k++) {
			struct scene_point p = scene.item[i].point[k];
			struct box dot = { p.x, p.y, 0, 0 };
			for (size_t b = 0; b < boxes; b++)
				if (!apart(&dot, &box[b]))
					ck_abort_msg("a line runs through box %zu", b);
		}
}

static const char *const TEAMS[] = { "kfh", "cms", "enow", "nwl-eolc", "nwl-surgery" };

START_TEST(every_link_of_a_published_diagram_is_one_line)
{
	size_t n;
	char *path = test_diagram(&arena, TEAMS[_i]);
	char *text = path ? test_read(&arena, path, &n) : NULL;
	if (!text)
		return;
	MUST(published(&arena, text, n, TEAMS[_i], true, &facts));
	facts.name = TEAMS[_i];
	struct svg svg = draw();
	ck_assert_uint_gt(d.count, 5);
	all_links_are_lines(&svg);
	nothing_lies_on_anything();
	lines_meet_no_box();
}
END_TEST

START_TEST(small_diagrams_stand_on_a4)
{
	node(DRIVER_PRIMARY, "Early, right advice", 0);
	node(DRIVER_SECONDARY, "Advice line staffed", 1);
	struct driver_fact *idea = node(DRIVER_IDEA, "Consultant rota", 2);
	idea->tests = idea->cycles = 1;
	struct svg svg = draw();
	ck_assert_double_eq(scene.width, 842);
	ck_assert_double_eq(scene.height, 595);
	all_links_are_lines(&svg);
	nothing_lies_on_anything();
	ck_assert_uint_eq(svg_count(&svg, "circle", NULL, NULL), 1 + 2); // and the key's two
}
END_TEST

START_TEST(an_empty_diagram_is_a_page_with_its_aim)
{
	facts.aim = NULL;
	struct svg svg = draw();
	ck_assert_uint_eq(svg_count(&svg, "g", "class", "node aim"), 1);
	nothing_lies_on_anything();
}
END_TEST

START_TEST(weak_links_are_dashed_and_say_so)
{
	node(DRIVER_PRIMARY, "Early", 0);
	facts.join[0].weak = true;
	struct svg svg = draw();
	ck_assert_uint_eq(svg_count(&svg, "g", "class", "link weak"), 1);
	ck_assert_uint_eq(svg_count(&svg, "path", "stroke-dasharray", NULL), 2); // and in the key
	bool said = false;
	for (size_t i = 0; i < svg.count; i++)
		said = said || str_equal(svg.element[i].text, "P1 serves the aim (weak link)");
	ck_assert(said);
}
END_TEST

START_TEST(links_that_pass_a_column_go_between_its_boxes)
{
	for (size_t i = 1; i <= 6; i++)
		node(DRIVER_PRIMARY, "A primary driver", 0);
	for (size_t i = 0; i < 12; i++)
		node(DRIVER_SECONDARY, "A secondary driver with a few words", 1 + i % 6);
	for (size_t i = 0; i < 24; i++)
		node(DRIVER_IDEA, "A change idea with rather more words in it",
		    i % 3 ? 7 + i % 12 : i % 6);
	struct svg svg = draw();
	all_links_are_lines(&svg);
	nothing_lies_on_anything();
	lines_meet_no_box();
}
END_TEST

START_TEST(hostile_texts_stay_in_their_boxes)
{
	static const char *const TEXTS[] = { "\"quotes\" <b> & 'more' ]]>", "two\nlines\tand a tab",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d",
		"漢字仮名交じり文の長い長い長い長い長い文章です",
		"👩‍👩‍👧‍👦 🇬🇧 family", "\x1b[31mred\x07\x01",
		"\xe2\x80\xaeoverride", "", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81" };
	char *words = arena_alloc(&arena, 501), *word = arena_alloc(&arena, 501);
	for (size_t i = 0; i < 500; i++) {
		words[i] = i % 9 == 8 ? ' ' : 'a';
		word[i] = 'W';
	}
	node(DRIVER_PRIMARY, words, 0);
	node(DRIVER_SECONDARY, word, 1)->code =
	    "A code that is much longer than any code should be";
	for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
		node(DRIVER_IDEA, TEXTS[i], 2)->status = "<status>";
	facts.aim = facts.name = words;
	struct svg svg = draw();
	all_links_are_lines(&svg);
	nothing_lies_on_anything();
	lines_meet_no_box();
}
END_TEST

START_TEST(what_changed_since_a_date_is_marked)
{
	struct driver_diagram before;
	struct driver_diff diff;
	struct diagram_scene_options o = { .diff = &diff, .since = "3 May 2026" };
	node(DRIVER_PRIMARY, "Early", 0);
	node(DRIVER_PRIMARY, "Late", 0);
	node(DRIVER_IDEA, "Given up", 1);
	MUST(driver_build(&arena, &facts, &before, &e));
	facts.fact[2] =
	    (struct driver_fact){ .id = id_of(9), .level = DRIVER_IDEA, .text = "Begun" };
	facts.fact[1].text = "Later";
	facts.join[2] = (struct driver_join){ id_of(9), id_of(1), false };
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(driver_diff(&arena, &before, &d, &diff, &e));
	MUST(diagram_scene(&arena, &d, &o, &EVEN_TYPE, &scene, &e));
	nothing_lies_on_anything();
	size_t thick = 0, dashed = 0, said = 0;
	for (size_t i = 0; i < scene.count; i++) {
		const struct scene_item *item = &scene.item[i];
		thick += item->kind == SCENE_BOX && item->width > 2;
		dashed += item->kind == SCENE_BOX && item->width > 2 && item->style == SCENE_DASHED;
		for (size_t k = 0; k < item->rows; k++)
			said +=
			    str_equal(item->row[k].text, "+ new") ||
			    str_starts(item->row[k].text, "~ reworded") ||
			    str_equal(item->row[k].text, "Retired since 3 May 2026: C1 Given up") ||
			    str_starts(item->row[k].text,
				"since 3 May 2026: 1 added, 1 retired, 1 reworded");
	}
	ck_assert_uint_eq(thick, 2);
	ck_assert_uint_eq(dashed, 1);
	ck_assert_uint_eq(said, 4);
}
END_TEST

START_TEST(a_very_large_diagram_is_still_one_page)
{
	for (size_t i = 0; i < 20; i++)
		node(DRIVER_PRIMARY, "A primary driver", 0);
	for (size_t i = 0; i < 180; i++)
		node(DRIVER_SECONDARY, "A secondary driver with a few words", 1 + i % 20);
	for (size_t i = 0; i < 900; i++)
		node(DRIVER_IDEA, "A change idea with rather more words in it", 21 + i % 180);
	struct svg svg = draw();
	ck_assert_uint_eq(svg_count(&svg, "g", "data-to", NULL), 1100);
	nothing_lies_on_anything();
}
END_TEST

START_TEST(the_same_diagram_is_the_same_picture)
{
	node(DRIVER_PRIMARY, "Early", 0);
	node(DRIVER_IDEA, "Rota", 1);
	draw();
	size_t count = scene.count;
	struct scene before = scene;
	draw();
	ck_assert_uint_eq(scene.count, count);
	for (size_t i = 0; i < count; i++)
		ck_assert(
		    before.item[i].x == scene.item[i].x && before.item[i].y == scene.item[i].y);
}
END_TEST

// With the typeface of this machine, where there is one.
START_TEST(texts_fit_as_they_are_really_measured)
{
	const struct scene_type *type = picture_type(NULL);
	if (!type)
		return;
	node(DRIVER_PRIMARY, "Appointments, misunderstandings, WWWWWWW MMMMMMM iiiiiiii", 0);
	node(DRIVER_SECONDARY, "Voilà: déjà vu", 1);
	draw_with(type);
	nothing_lies_on_anything();
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-diagram_scene");
	TCase *t = tcase_create("diagram");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, every_link_of_a_published_diagram_is_one_line, 0,
	    (int)(sizeof TEAMS / sizeof *TEAMS));
	tcase_add_test(t, small_diagrams_stand_on_a4);
	tcase_add_test(t, an_empty_diagram_is_a_page_with_its_aim);
	tcase_add_test(t, weak_links_are_dashed_and_say_so);
	tcase_add_test(t, links_that_pass_a_column_go_between_its_boxes);
	tcase_add_test(t, hostile_texts_stay_in_their_boxes);
	tcase_add_test(t, what_changed_since_a_date_is_marked);
	tcase_add_test(t, a_very_large_diagram_is_still_one_page);
	tcase_add_test(t, the_same_diagram_is_the_same_picture);
	tcase_add_test(t, texts_fit_as_they_are_really_measured);
	suite_add_tcase(s, t);
	return test_run(s);
}
