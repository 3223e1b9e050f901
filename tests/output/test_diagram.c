// SPDX-License-Identifier: MIT
// Pictures stand in tests/screens/diagram-*.txt; with UPDATE=1 in the environment they are
// written anew (look at the difference before keeping it).
#include "../support.h"

#include <plando/diagram.h>
#include <plando/text.h>
#include <plando/yaml.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 4100 };

static struct arena arena;
static struct driver_fact fact[MANY];
static struct driver_join join[4 * MANY];
static struct driver_facts facts;
static struct driver_diagram d;
static struct diagram g;
static struct diagram_options options;

static struct id id_of(size_t n)
{
	struct id id = { { 0 } };
	id.b[0] = 7;
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static void begin(void)
{
	memset(fact, 0, sizeof fact);
	facts = (struct driver_facts){
		.team = id_of(0), .name = "Hubs", .aim = "Wait less", .fact = fact, .join = join
	};
	options = (struct diagram_options){ .width = 120 };
}

static void end(void)
{
	arena_free(&arena);
}

static struct driver_fact *node(enum driver_level level, const char *text)
{
	struct driver_fact *f = &fact[facts.fact_count++];
	const char *position = arena_printf(&arena, "%06zu", facts.fact_count);
	*f = (struct driver_fact){
		.id = id_of(facts.fact_count), .level = level, .text = text, .position = position
	};
	return f;
}

static void feeds(size_t from, size_t to, bool weak)
{
	join[facts.join_count++] = (struct driver_join){ id_of(from), id_of(to), weak };
}

static void lay(void)
{
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(diagram_lay(&arena, &d, &options, &g, &e));
}

static void same_picture(const char *name, const char *got)
{
	size_t n;
	char *path =
	    test_source(&arena, arena_printf(&arena, "tests/screens/diagram-%s.txt", name));
	if (getenv("UPDATE"))
		test_write(path, got, strlen(got));
	char *want = test_read(&arena, path, &n);
	ck_assert_msg(want && strcmp(want, got) == 0, "%s is another picture now:\n%s", path, got);
}

static const char *picture(void)
{
	struct str s = STR_IN(&arena);
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(diagram_print(&arena, &d, &options, &s, &e));
	return str_done(&s);
}

static const char *outline(void)
{
	struct str s = STR_IN(&arena);
	MUST(driver_build(&arena, &facts, &d, &e));
	MUST(diagram_outline(&arena, &d, &options, &s, &e));
	return str_done(&s);
}

// The diagram of design/screens.md, and an idea on the aim, one on nothing.
static void hubs(void)
{
	facts.aim = "By 31 Mar 2027, children under 5 wait 20 days, not 40";
	static const struct {
		enum driver_level level;
		const char *text, *status;
		unsigned cycles;
		size_t feeds[2];
		bool weak;
	} ROWS[] = {
		{ DRIVER_PRIMARY, "Early, right advice", NULL, 0, { 0, 0 }, false },
		{ DRIVER_PRIMARY, "Families can act", NULL, 0, { 0, 0 }, false },
		{ DRIVER_PRIMARY, "One team", NULL, 0, { 0, 0 }, false },
		{ DRIVER_SECONDARY, "Advice line staffed", NULL, 0, { 1, 1 }, false },
		{ DRIVER_SECONDARY, "GP knows whom to ask", NULL, 0, { 1, 1 }, false },
		{ DRIVER_SECONDARY, "Plain advice at home", NULL, 0, { 2, 2 }, false },
		{ DRIVER_SECONDARY, "Same message from all", NULL, 0, { 2, 2 }, false },
		{ DRIVER_SECONDARY, "Joint triage", NULL, 0, { 3, 3 }, true },
		{ DRIVER_IDEA, "Consultant rota 8–6", "implemented", 4, { 4, 4 }, false },
		{ DRIVER_IDEA, "Shared inbox", "testing", 2, { 4, 7 }, false },
		{ DRIVER_IDEA, "Card with names", "idea", 0, { 5, 5 }, false },
		{ DRIVER_IDEA, "Ring the day before", "testing", 3, { 6, 6 }, false },
		{ DRIVER_IDEA, "Film made with parents", "planned", 0, { 6, 6 }, false },
		{ DRIVER_IDEA, "Weekly huddle", "implemented", 5, { 8, 8 }, false },
		{ DRIVER_IDEA, "Wall poster in the waiting room", "idea", 0, { 0, 0 }, false },
		{ DRIVER_IDEA, "A toy library", "idea", 0, { 99, 99 }, false },
	};
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		struct driver_fact *f = node(ROWS[i].level, ROWS[i].text);
		f->status = ROWS[i].status;
		f->cycles = f->tests = ROWS[i].cycles;
		for (size_t j = 0; j < 2 && ROWS[i].feeds[j] != 99; j++)
			feeds(i + 1, ROWS[i].feeds[j], ROWS[i].weak);
	}
}

// --- a diagram of a bundle; false where the data is not beside the source

static enum driver_level level_named(const char *name)
{
	for (int l = 0; l < DRIVER_LEVELS; l++)
		if (str_equal(driver_level_name((enum driver_level)l), name))
			return (enum driver_level)l;
	ck_abort_msg("no level %s", name);
	return DRIVER_AIM;
}

static size_t key_index(const struct yaml *diagram, const char *key)
{
	for (size_t i = 0; i < diagram->count; i++)
		if (str_equal(yaml_get(diagram->item[i], "key")->text, key))
			return i;
	ck_abort_msg("no key %s", key);
	return 0;
}

static bool bundle(const char *team)
{
	size_t n;
	struct err e = { 0 };
	char *path = test_diagram(&arena, team);
	char *text = path ? test_read(&arena, path, &n) : NULL;
	if (!text)
		return false;
	struct yaml *all = yaml_read(&arena, text, n, path, &YAML_BUNDLE, &e);
	ck_assert_msg(all != NULL, "%s", e.text);
	const struct yaml *teams = yaml_get(all, "teams"), *diagram = NULL;
	for (size_t i = 0; i < teams->count; i++)
		if (str_equal(yaml_get(teams->item[i], "key")->text, team))
			diagram = yaml_get(teams->item[i], "diagram");
	ck_assert_ptr_nonnull(diagram);
	facts.aim = yaml_get(diagram->item[0], "text")->text; // the aim stands first in all of them
	for (size_t i = 1; i < diagram->count; i++) {
		const struct yaml *feed = yaml_get(diagram->item[i], "feeds");
		node(level_named(yaml_get(diagram->item[i], "type")->text),
		    yaml_get(diagram->item[i], "text")->text);
		for (size_t j = 0; feed && j < feed->count; j++)
			feeds(i, key_index(diagram, feed->item[j]->text), false);
	}
	return true;
}

// --- what must hold of every layout

static bool is_joint(const struct canvas *c, int y, int x, unsigned lines)
{
	return (canvas_at(c, y, x)->lines & lines) == lines;
}

// A link that is a line: from its parent across to the parent's trunk, down or up that, and from a
// joint there to the box; on the way nothing is joined to it that does not belong to it.
static void joined(const struct canvas *c, size_t at)
{
	enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };
	const struct diagram_place *p = &g.place[at], *own = &g.place[p->own];
	const struct diagram_place *above = &g.place[p->parent];
	int from = above->line, to = own->line;
	ck_assert(!own->lined && own->shown && own->node == p->node);
	ck_assert(is_joint(c, from, above->trunk, LEFT));
	ck_assert(is_joint(c, to, above->trunk, RIGHT));
	for (int y = from < to ? from : to; y < (from < to ? to : from); y++) {
		ck_assert(is_joint(c, y, above->trunk, DOWN));
		ck_assert(is_joint(c, y + 1, above->trunk, UP));
	}
	for (size_t i = 0; i < g.count; i++) { // whoever is joined at the parent's row is its child
		const struct diagram_place *q = &g.place[i], *box = &g.place[q->lined ? q->own : i];
		bool level = d.node[g.place[i].node].level == d.node[own->node].level;
		if (q->parent != DRIVER_NONE && q->shown && level && box->line == from)
			ck_assert_int_ge(g.place[q->parent].trunk, above->trunk);
	}
}

// No two places share a cell; codes and texts stand on the canvas; lines meet their places.
static void sound(void)
{
	struct canvas c;
	MUST(canvas_init(&c, &arena, g.rows, g.cols + 1, options.ascii, &e));
	diagram_draw(&g, &c, DRIVER_NONE);
	for (size_t i = 0; i < g.count; i++) {
		const struct diagram_place *p = &g.place[i];
		if (p->shown && p->lined)
			joined(&c, i);
		if (!p->shown || p->lined)
			continue;
		ck_assert_int_ge(p->y, 0);
		ck_assert_int_le(p->y + p->rows, g.rows);
		ck_assert_int_ge(p->x, 2);
		ck_assert_int_le(p->x + p->cols, g.cols);
		for (size_t r = 0; r < p->run_count; r++) { // nothing was drawn over it
			const struct diagram_run *run = &p->run[r];
			int col = p->x + run->dx;
			for (size_t at = 0, next; at < run->n; at = next) {
				next = text_next(run->text, run->n, at);
				int width = text_cluster_width(run->text, at, next);
				if (width < 1)
					continue;
				const struct canvas_cell *cell = canvas_at(&c, p->y + run->dy, col);
				ck_assert_msg(cell->text == run->text + at,
				    "%s is drawn over at %d,%d", d.node[p->node].code,
				    p->y + run->dy, col);
				col += width;
			}
		}
		if (p->parent == DRIVER_NONE || !g.place[p->parent].shown || p->heading ||
		    p->x != g.x[d.node[p->node].level])
			continue;
		const struct canvas_cell *stub = canvas_at(&c, p->line, p->x - 2);
		const struct canvas_cell *trunk = canvas_at(&c, p->line, g.place[p->parent].trunk);
		ck_assert_msg(stub->lines & 4, "no line leads to %s", d.node[p->node].code);
		ck_assert_msg(trunk->lines & 8, "no line leaves to %s", d.node[p->node].code);
		ck_assert_int_eq(stub->solid == 0, p->weak);
		if (!g.place[p->parent].heading)
			ck_assert_msg(
			    canvas_at(&c, g.place[p->parent].line, g.place[p->parent].trunk)
				    ->lines &
				4,
			    "%s has no line to its children", d.node[g.place[p->parent].node].code);
	}
}

// Every node has one place of its own and every other drawn link a reference.
static void complete(void)
{
	size_t own = 0, links = 0, shown = 0, drawn = 0;
	for (size_t i = 0; i < g.count; i++) {
		own += !g.place[i].reference;
		links += g.place[i].parent != DRIVER_NONE;
		ck_assert_uint_eq(g.place[g.place[i].own].node, g.place[i].node);
	}
	for (size_t i = 0; i < d.count; i++) {
		shown += !d.node[i].archived;
		drawn += d.node[i].parent_count;
	}
	ck_assert_uint_eq(own, shown);
	ck_assert_uint_eq(links, drawn);
}

START_TEST(the_diagram_of_the_design_looks_like_it)
{
	hubs();
	options.width = 136;
	same_picture("hubs-136", picture());
	options.density = DIAGRAM_PAGE;
	options.width = 80;
	same_picture("hubs-page-80", picture());
	options.ascii = true;
	options.density = DIAGRAM_NORMAL;
	options.width = 120;
	same_picture("hubs-ascii-120", picture());
}
END_TEST

START_TEST(one_branch_at_a_time_fits_eighty_columns)
{
	hubs();
	options = (struct diagram_options){ .width = 80, .density = DIAGRAM_BRANCH };
	static const char *const NAME[] = { "branch-aim", "branch-p1", "branch-loose" };
	static const size_t FOCUS[] = { 0, 2, 16 };
	for (size_t i = 0; i < 3; i++) {
		options.focus = FOCUS[i];
		same_picture(arena_printf(&arena, "hubs-%s-80", NAME[i]), picture());
		lay();
		sound();
		ck_assert_int_le(g.cols, 80);
	}
}
END_TEST

START_TEST(an_aim_alone_is_a_diagram)
{
	ck_assert_str_eq(picture(), "  Aim\n\n  Wait less\n");
	facts.aim = NULL;
	ck_assert_str_eq(picture(), "  Aim\n\n  (no text yet)\n");
}
END_TEST

START_TEST(published_diagrams_are_drawn_whole_at_any_width)
{
	static const char *const TEAMS[] = { "kfh", "enow", "nwl-eolc", "nwl-surgery", "cms" };
	if (!bundle(TEAMS[_i]))
		return;
	for (int density = 0; density < DIAGRAM_DENSITIES; density++)
		for (int width = 0; width <= 240; width += 40) {
			options.density = (enum diagram_density)density;
			options.width = width;
			options.page = width / 4;
			options.focus = facts.fact_count / 2;
			lay();
			sound();
			complete();
			if (density != DIAGRAM_NORMAL && width >= 80)
				ck_assert_int_le(g.cols, width);
		}
}
END_TEST

START_TEST(the_cms_change_package_of_115_nodes_looks_good)
{
	if (!bundle("cms"))
		return;
	options.width = 120;
	options.page = 36;
	same_picture("cms-120", picture());
	lay();
	ck_assert_int_lt(
	    g.place[0].y, 18); // beside its first branch, not in the middle of 170 rows
	options.width = 78;
	same_picture("cms-outline", outline());
}
END_TEST

START_TEST(texts_that_mean_harm_stay_in_their_place)
{
	static const char *const BAD[] = { "\x1b[2J\x07\x9b", "\u202Ereversed\u2066", "a\nb\tc\r\n",
		"", "日本語の長い文章がここにあります。続きもあります。",
		"👨‍👩‍👧‍👦 family "
		"👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
		"e\u0301\u0301\u0301\u0301",
		"onewordthatislongerthananycolumnofthediagramandgoesonandonandon", "\xff\xfe\xc0",
		"مرحبا بالعالم" };
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		struct driver_fact *f = node((enum driver_level)(1 + i % 3), BAD[i]);
		f->code = i % 2 ? NULL : BAD[i];
		f->status = BAD[sizeof BAD / sizeof *BAD - 1 - i];
		f->conflict = i % 3 == 0;
		feeds(i + 1, i < 3 ? i : i - 2, i % 2);
		feeds(i + 1, 0, false);
	}
	struct str bomb = STR_IN(&arena);
	str_add_times(&bomb, "a\u0300 ", 20000);
	node(DRIVER_IDEA, str_done(&bomb));
	feeds(facts.fact_count, 0, false);
	facts.aim = BAD[0];
	for (int density = 0; density < DIAGRAM_DENSITIES; density++)
		for (options.width = -3; options.width < 130; options.width += 19)
			for (int ascii = 0; ascii < 2; ascii++) {
				options.density = (enum diagram_density)density;
				options.ascii = ascii;
				lay();
				sound();
				for (const char *c = picture(); *c; c++) {
					ck_assert(*c == '\n' || (unsigned char)*c >= ' ');
					ck_assert(!ascii || (unsigned char)*c < 127);
				}
			}
	for (const char *c = outline(); *c; c++)
		ck_assert(*c == '\n' || (unsigned char)*c >= ' ');
	ck_assert_ptr_null(strstr(outline(), "\u202E"));
}
END_TEST

START_TEST(a_fold_says_how_much_it_hides)
{
	bool folded[20] = { [7] = true }; // P2
	options.width = 200;
	hubs();
	options.folded = folded;
	lay();
	size_t p2 = diagram_place_of(&g, 7, DRIVER_NONE);
	ck_assert_uint_eq(g.place[p2].folded, 5);
	ck_assert_uint_eq(g.place[p2].first, DRIVER_NONE);
	ck_assert_ptr_nonnull(strstr(picture(), "5 folded"));
	// C2 stands in the fold; its reference leads there
	size_t c2 = DRIVER_NONE;
	for (size_t i = 0; i < g.count; i++)
		if (g.place[i].reference)
			c2 = i;
	ck_assert_uint_ne(c2, DRIVER_NONE);
	ck_assert_uint_eq(diagram_step(&g, c2, DIAGRAM_RIGHT), p2);
	sound();
}
END_TEST

static size_t at(const char *code)
{
	for (size_t i = 0; i < d.count; i++)
		if (str_equal(d.node[i].code, code))
			return diagram_place_of(&g, i, DRIVER_NONE);
	ck_abort_msg("no %s", code);
	return 0;
}

static const char *stepped(const char *from, enum diagram_way way)
{
	return d.node[g.place[diagram_step(&g, at(from), way)].node].code;
}

START_TEST(arrows_move_the_way_the_eye_expects)
{
	hubs();
	lay();
	ck_assert_str_eq(stepped("A", DIAGRAM_RIGHT), "P2"); // beside the middle
	ck_assert_str_eq(stepped("A", DIAGRAM_LEFT), "A");
	ck_assert_str_eq(stepped("P2", DIAGRAM_LEFT), "A");
	ck_assert_str_eq(stepped("P2", DIAGRAM_DOWN), "P3");
	ck_assert_str_eq(stepped("P3", DIAGRAM_DOWN), "P3");
	ck_assert_str_eq(stepped("S2", DIAGRAM_DOWN), "S3"); // over the gap between branches
	ck_assert_str_eq(stepped("S3", DIAGRAM_UP), "S2");
	ck_assert_str_eq(stepped("C5", DIAGRAM_DOWN), "C2"); // also under S1, by a line
	ck_assert_str_eq(stepped("C2", DIAGRAM_LEFT), "S4");
	ck_assert_str_eq(stepped("C1", DIAGRAM_DOWN), "C3");
	ck_assert_str_eq(stepped("C7", DIAGRAM_LEFT), "A");
	ck_assert_str_eq(stepped("C7", DIAGRAM_DOWN), "C8");
	ck_assert_str_eq(stepped("C8", DIAGRAM_LEFT), "C8");
	options.width = 0; // no room for lines side by side: a reference is a stop
	lay();
	size_t under_s1 = diagram_step(&g, at("C1"), DIAGRAM_DOWN);
	ck_assert(g.place[under_s1].reference && !g.place[under_s1].lined);
	ck_assert_uint_eq(diagram_step(&g, under_s1, DIAGRAM_LEFT), at("S1"));
	ck_assert_uint_eq(diagram_step(&g, under_s1, DIAGRAM_RIGHT), at("C2"));
}
END_TEST

START_TEST(one_branch_is_walked_down_and_then_the_next)
{
	hubs();
	options = (struct diagram_options){ .width = 80, .density = DIAGRAM_BRANCH, .focus = 1 };
	lay();
	ck_assert_str_eq(stepped("A", DIAGRAM_DOWN), "P1");
	ck_assert_str_eq(stepped("P1", DIAGRAM_DOWN), "S1");
	ck_assert_str_eq(stepped("S1", DIAGRAM_DOWN), "S2");
	ck_assert_str_eq(stepped("S2", DIAGRAM_DOWN), "P2");
	ck_assert_str_eq(stepped("S1", DIAGRAM_UP), "P1");
	ck_assert_str_eq(stepped("P1", DIAGRAM_UP), "A");
	ck_assert_str_eq(stepped("C1", DIAGRAM_UP), "P1");
	ck_assert_str_eq(stepped("C3", DIAGRAM_DOWN), "P2");
	ck_assert_uint_eq(diagram_step_branch(&g, at("S1"), 1), at("P2"));
	ck_assert_uint_eq(diagram_step_branch(&g, at("S1"), -1), at("P1"));
	ck_assert_uint_eq(diagram_step_branch(&g, at("P1"), -1), at("A"));
	ck_assert_uint_eq(diagram_step_branch(&g, at("C8"), 1), at("C8"));
}
END_TEST

START_TEST(from_the_aim_the_keys_reach_every_place)
{
	hubs();
	for (int density = 0; density < DIAGRAM_DENSITIES; density++) {
		bool seen[64] = { true };
		size_t todo[64] = { 0 }, count = 1;
		options.density = (enum diagram_density)density;
		lay();
		for (size_t i = 0; i < count; i++) {
			if (density == DIAGRAM_BRANCH) {
				options.focus = g.place[todo[i]].node;
				lay();
			}
			for (int way = 0; way < 4; way++) {
				size_t to = diagram_step(&g, todo[i], (enum diagram_way)way);
				ck_assert_uint_lt(to, g.count);
				if (!seen[to])
					todo[count++] = to;
				seen[to] = true;
			}
		}
		size_t stops = 0;
		for (size_t i = 0; i < g.count; i++)
			stops += !g.place[i].lined;
		ck_assert_uint_eq(count, stops);
	}
}
END_TEST

START_TEST(a_click_finds_what_stands_there)
{
	hubs();
	lay();
	for (size_t i = 0; i < g.count; i++) {
		const struct diagram_place *p = &g.place[i];
		if (p->lined)
			continue;
		ck_assert_uint_eq(diagram_hit(&g, p->y, p->x), i);
		ck_assert_uint_eq(diagram_hit(&g, p->y + p->rows - 1, p->x + p->cols - 1), i);
	}
	ck_assert_uint_eq(diagram_hit(&g, -1, 0), DRIVER_NONE);
	ck_assert_uint_eq(diagram_hit(&g, 0, 100000), DRIVER_NONE);
}
END_TEST

START_TEST(the_focus_carries_a_mark)
{
	struct canvas c;
	struct str s = STR_IN(&arena);
	hubs();
	lay();
	MUST(canvas_init(&c, &arena, g.rows, g.cols, false, &e));
	diagram_draw(&g, &c, at("S3"));
	canvas_print(&c, &s);
	ck_assert_ptr_nonnull(strstr(str_done(&s), ">S3 Plain"));
}
END_TEST

START_TEST(a_part_is_drawn_as_it_stands_in_the_whole)
{
	struct canvas whole, part;
	hubs();
	lay();
	MUST(canvas_init(&whole, &arena, g.rows, g.cols, false, &e));
	diagram_draw(&g, &whole, DRIVER_NONE);
	for (int top = 0; top < g.rows; top += 3)
		for (int left = 0; left < g.cols; left += 17) {
			MUST(canvas_init(&part, &arena, 4, 20, false, &e));
			canvas_move(&part, top, left);
			diagram_draw(&g, &part, DRIVER_NONE);
			for (int y = 0; y < 4 && top + y < g.rows; y++)
				for (int x = 0; x < 20 && left + x < g.cols; x++) {
					size_t n, m;
					const char *a = canvas_glyph(&whole, top + y, left + x, &n);
					const char *b = canvas_glyph(&part, y, x, &m);
					ck_assert(n == m && a && b && memcmp(a, b, n) == 0);
				}
		}
}
END_TEST

START_TEST(the_outline_says_every_node_and_link_in_78_columns)
{
	hubs();
	feeds(1, 4, false);   // backward
	feeds(9, 200, false); // not here
	fact[11].conflict = true;
	fact[12].archived = true;
	options.width = 78;
	same_picture("hubs-outline", outline());
	for (const char *line = outline(); *line; line += strcspn(line, "\n") + 1)
		ck_assert_int_le(text_width(line, strcspn(line, "\n")), 78);
	options.ascii = true;
	for (const char *c = outline(); *c; c++)
		ck_assert_int_gt(*c, 0);
}
END_TEST

START_TEST(outlines_of_published_diagrams_hold_every_text_and_cross_link)
{
	if (!bundle("kfh"))
		return;
	options.width = 4000; // nothing is wrapped
	const char *all = outline();
	for (size_t i = 0; i < d.count; i++) {
		ck_assert_ptr_nonnull(strstr(all, d.node[i].text));
		for (size_t j = 1; j < d.node[i].parent_count; j++) {
			const char *line = strstr(all, d.node[i].text);
			const char *also = strstr(line, "also under");
			const char *end_of_line = strchr(line, '\n');
			ck_assert(also && also < end_of_line);
			const char *code = strstr(also, d.node[d.node[i].parents[j].node].code);
			ck_assert(code && code < end_of_line);
		}
	}
}
END_TEST

// What a layout works through, counted: places, lines of text and the steps of the order.
static size_t work_of(size_t nodes)
{
	end();
	begin();
	for (size_t i = 1; i <= nodes; i++) {
		size_t p = nodes / 100, s = nodes / 10;
		node(i <= p   ? DRIVER_PRIMARY
		     : i <= s ? DRIVER_SECONDARY
			      : DRIVER_IDEA,
		    "Ring families the day before their first appointment");
		feeds(i, i <= p ? 0 : i <= s ? 1 + i % p : p + 1 + i % (s - p), false);
		if (i > s && i % 3 == 0) // a second parent for many
			feeds(i, p + 1 + (i + 1) % (s - p), false);
	}
	lay();
	size_t work = g.order.steps + g.steps;
	for (size_t i = 0; i < g.count; i++)
		work += 1 + g.place[i].run_count;
	return work;
}

START_TEST(the_work_of_a_layout_grows_with_the_diagram)
{
	size_t small = work_of(1000), large = work_of(4000);
	ck_assert_uint_ge(g.count, 4001);
	ck_assert_uint_le(large, 5 * small);
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("diagram");
	TCase *t = tcase_create("diagram");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, the_diagram_of_the_design_looks_like_it);
	tcase_add_test(t, one_branch_at_a_time_fits_eighty_columns);
	tcase_add_test(t, an_aim_alone_is_a_diagram);
	tcase_add_loop_test(t, published_diagrams_are_drawn_whole_at_any_width, 0, 5);
	tcase_add_test(t, the_cms_change_package_of_115_nodes_looks_good);
	tcase_add_test(t, texts_that_mean_harm_stay_in_their_place);
	tcase_add_test(t, a_fold_says_how_much_it_hides);
	tcase_add_test(t, arrows_move_the_way_the_eye_expects);
	tcase_add_test(t, one_branch_is_walked_down_and_then_the_next);
	tcase_add_test(t, from_the_aim_the_keys_reach_every_place);
	tcase_add_test(t, a_click_finds_what_stands_there);
	tcase_add_test(t, the_focus_carries_a_mark);
	tcase_add_test(t, a_part_is_drawn_as_it_stands_in_the_whole);
	tcase_add_test(t, the_outline_says_every_node_and_link_in_78_columns);
	tcase_add_test(t, outlines_of_published_diagrams_hold_every_text_and_cross_link);
	tcase_add_test(t, the_work_of_a_layout_grows_with_the_diagram);
	suite_add_tcase(s, t);
	return test_run(s);
}
