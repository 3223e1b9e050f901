// SPDX-License-Identifier: MIT
// A laid-out diagram on a canvas, and where the eye goes from a place of it.
#include <plando/diagram.h>

#include <plando/text.h>

#include <string.h>

static int diagram_draw_low(int a, int b)
{
	return a < b ? a : b;
}

static int diagram_draw_high(int a, int b)
{
	return a > b ? a : b;
}

// --- drawing

struct span { // of the lines to a place's children
	int first, last;
	bool any, weak;
};

// Has the place a row of its own beside its parent?
static bool diagram_draw_beside(const struct diagram_place *p)
{
	return p->shown && !p->heading && !p->lined;
}

// The row at which the line to a child ends; -1: no line is drawn to it.
static int diagram_draw_end_row(const struct diagram *g, const struct diagram_place *child)
{
	if (child->lined)
		return g->place[child->own].line;
	return diagram_draw_beside(child) ? child->line : -1;
}

static struct span diagram_draw_span_of(const struct diagram *g, const struct diagram_place *p)
{
	struct span span = { .first = p->line, .last = p->line, .weak = true };
	for (size_t c = p->first; c != DRIVER_NONE; c = g->place[c].next) {
		const struct diagram_place *child = &g->place[c];
		int row = diagram_draw_end_row(g, child);
		if (row < 0)
			continue;
		span.first = diagram_draw_low(span.first, row);
		span.last = diagram_draw_high(span.last, row);
		span.weak = span.weak && child->weak;
		span.any = true;
	}
	return span;
}

static void draw_trunk(
    const struct diagram *g, struct canvas *c, const struct diagram_place *p, enum canvas_role role)
{
	struct span span = diagram_draw_span_of(g, p);
	int first = p->heading ? p->y + p->rows : span.first;
	if (span.any)
		canvas_down(c, p->trunk, first, span.last, span.weak, role);
}

// From the parent's line to the child, below the lines of others; joined to those that end there
// too.
static void draw_link(const struct diagram *g, struct canvas *c, const struct diagram_place *child,
    enum canvas_role role)
{
	const struct diagram_place *to = child->lined ? &g->place[child->own] : child;
	int trunk = g->place[child->parent].trunk;
	canvas_across_below(c, to->line, trunk, to->x - 2, child->weak, role);
	if (to->joint < trunk)
		canvas_across(c, to->line, trunk - 1, trunk, child->weak, role);
}

static void draw_links(
    const struct diagram *g, struct canvas *c, const struct diagram_place *p, enum canvas_role role)
{
	struct span span = diagram_draw_span_of(g, p);
	int before = -1;
	if (span.any && !p->heading) { // a blank after the text, if there is room
		int from = diagram_draw_low(p->exit + 1, p->trunk - 1);
		canvas_across_below(c, p->line, from, p->trunk, span.weak, role);
	}
	for (size_t i = p->first; i != DRIVER_NONE; i = g->place[i].next) {
		const struct diagram_place *child = &g->place[i];
		int row = diagram_draw_end_row(g, child);
		bool flows = !child->lined && row == before; // stands beside a reference
		if (row < 0 || flows)
			continue;
		if (!child->lined)
			before = row;
		draw_link(g, c, child, role);
	}
}

static bool diagram_draw_begins_line(const struct diagram_place *p)
{
	return p->shown && !p->lined && p->first != DRIVER_NONE;
}

// What runs down first: what runs across passes below it.
static void draw_lines(const struct diagram *g, struct canvas *c)
{
	for (size_t i = 0; i < g->count; i++)
		if (diagram_draw_begins_line(&g->place[i]))
			draw_trunk(g, c, &g->place[i], CANVAS_LINE);
	for (size_t i = 0; i < g->count; i++)
		if (diagram_draw_begins_line(&g->place[i]))
			draw_links(g, c, &g->place[i], CANVAS_LINE);
}

// The lines from the focus to what feeds it, and from the focus to what it feeds.
static void diagram_draw_trace(const struct diagram *g, struct canvas *c, size_t focus)
{
	const struct diagram_place *p = &g->place[focus];
	if (diagram_draw_begins_line(p)) {
		draw_trunk(g, c, p, CANVAS_TRACE);
		draw_links(g, c, p, CANVAS_TRACE);
	}
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *child = &g->place[i];
		bool same = i == focus || (child->lined && child->own == focus);
		if (!same || child->parent == DRIVER_NONE || !child->shown || child->heading)
			continue;
		const struct diagram_place *above = &g->place[child->parent];
		int row = diagram_draw_end_row(g, child);
		draw_link(g, c, child, CANVAS_TRACE);
		canvas_down(c, above->trunk, diagram_draw_low(above->line, row),
		    diagram_draw_high(above->line, row), child->weak, CANVAS_TRACE);
		if (!above->heading)
			canvas_across_below(c, above->line,
			    diagram_draw_low(above->exit + 1, above->trunk - 1), above->trunk,
			    child->weak, CANVAS_TRACE);
	}
}

static void draw_text(struct canvas *c, const struct diagram_place *p, bool focus)
{
	for (size_t i = 0; i < p->run_count; i++) {
		const struct diagram_run *r = &p->run[i];
		canvas_text_n(
		    c, p->y + r->dy, p->x + r->dx, r->text, r->n, focus ? CANVAS_FOCUS : r->role);
	}
	if (focus)
		canvas_text(c, p->y, p->x - 1, ">", CANVAS_FOCUS);
}

void diagram_draw(const struct diagram *g, struct canvas *c, size_t focus)
{
	draw_lines(g, c);
	if (focus != DRIVER_NONE)
		diagram_draw_trace(g, c, focus);
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *p = &g->place[i];
		if (p->shown && !p->lined && p->y < c->top + c->rows && p->y + p->rows > c->top)
			draw_text(c, p, i == focus);
	}
	if (g->loose >= 0)
		canvas_text(c, g->loose, 2, "Not linked yet", CANVAS_TITLE);
}

void diagram_draw_titles(const struct diagram *g, struct canvas *c, int y)
{
	static const char *const SHORT[] = { "Aim", "Primary", "Secondary", "Ideas" };
	if (g->options.density == DIAGRAM_BRANCH)
		return;
	for (int l = 0; l < DRIVER_LEVELS; l++) {
		const char *title = driver_level_title((enum driver_level)l);
		bool fits = (int)strlen(title) <= g->w[l] + 3;
		if (g->w[l])
			canvas_text(c, y, g->x[l], fits ? title : SHORT[l], CANVAS_TITLE);
	}
}

bool diagram_print(struct arena *a, const struct driver_diagram *d, const struct diagram_options *o,
    struct str *out, struct err *e)
{
	struct diagram g;
	struct canvas c;
	int head = o->density == DIAGRAM_BRANCH ? 0 : 2; // rows above the drawing
	if (!diagram_lay(a, d, o, &g, e) ||
	    !canvas_init(
		&c, a, g.rows + head, diagram_draw_high(g.cols + 1, o->width), o->ascii, e))
		return false;
	canvas_move(&c, -head, 0);
	diagram_draw_titles(&g, &c, -head);
	diagram_draw(&g, &c, DRIVER_NONE);
	canvas_print(&c, out);
	return out->failed ? err_memory(e) : true;
}

// --- moving

static size_t diagram_draw_nearest_child(const struct diagram *g, size_t place)
{
	const struct diagram_place *p = &g->place[place];
	size_t best = DRIVER_NONE;
	int distance = 0;
	for (size_t c = p->first; c != DRIVER_NONE; c = g->place[c].next) {
		size_t to = g->place[c].lined ? g->place[c].own : c;
		int d = g->place[to].line - p->line;
		d = !g->place[to].shown || p->heading ? 0 : d < 0 ? -d : d;
		if (best == DRIVER_NONE || d < distance) {
			best = to;
			distance = d;
		}
	}
	return best == DRIVER_NONE ? place : best;
}

static enum driver_level diagram_draw_level_at(const struct diagram *g, size_t place)
{
	return g->of->node[g->place[place].node].level;
}

// The next or previous place of the same level, shown or not.
static size_t diagram_draw_in_level(const struct diagram *g, size_t place, int by)
{
	for (size_t i = place + (size_t)by; i < g->count; i += (size_t)by)
		if (diagram_draw_level_at(g, i) == diagram_draw_level_at(g, place) &&
		    !g->place[i].lined)
			return i;
	return place;
}

static bool diagram_draw_tops_branch(const struct diagram *g, size_t place)
{
	size_t parent = g->place[place].parent;
	return place && !g->place[place].lined && (parent == 0 || parent == DRIVER_NONE);
}

// The next or previous branch of the aim; the aim itself stands before the first.
static size_t diagram_draw_in_branches(const struct diagram *g, size_t place, int by)
{
	for (size_t i = place + (size_t)by; i < g->count; i += (size_t)by)
		if (i == 0 || diagram_draw_tops_branch(g, i))
			return i;
	return place;
}

static size_t diagram_draw_heading_of(const struct diagram *g, size_t place)
{
	while (!diagram_draw_tops_branch(g, place))
		place = g->place[place].parent;
	return place;
}

// One branch at a time: down its column, then on to the next branch; up to its heading.
static size_t diagram_draw_in_branch(const struct diagram *g, size_t place, int by)
{
	const struct diagram_place *p = &g->place[place];
	if (place == 0 || diagram_draw_tops_branch(g, place)) {
		bool into = by > 0 && place && p->first != DRIVER_NONE;
		return into ? p->first : diagram_draw_in_branches(g, place, by);
	}
	size_t heading = diagram_draw_heading_of(g, place);
	for (size_t i = place + (size_t)by; i < g->count && i != heading; i += (size_t)by) {
		if (diagram_draw_tops_branch(g, i))
			break;
		if (diagram_draw_level_at(g, i) == diagram_draw_level_at(g, place) &&
		    !g->place[i].lined)
			return i;
	}
	return by < 0 ? heading : diagram_draw_in_branches(g, place, 1);
}

size_t diagram_step(const struct diagram *g, size_t place, enum diagram_way way)
{
	const struct diagram_place *p = &g->place[place];
	int by = way == DIAGRAM_UP ? -1 : 1;
	switch (way) {
	case DIAGRAM_LEFT: return p->parent == DRIVER_NONE ? place : p->parent;
	case DIAGRAM_RIGHT: return p->reference ? p->own : diagram_draw_nearest_child(g, place);
	case DIAGRAM_UP:
	case DIAGRAM_DOWN: break;
	}
	return g->options.density == DIAGRAM_BRANCH ? diagram_draw_in_branch(g, place, by)
						    : diagram_draw_in_level(g, place, by);
}

size_t diagram_step_branch(const struct diagram *g, size_t place, int by)
{
	if (place && by < 0 && !diagram_draw_tops_branch(g, place))
		return diagram_draw_heading_of(g, place);
	return diagram_draw_in_branches(g, place, by);
}

size_t diagram_place_of(const struct diagram *g, size_t node, size_t parent)
{
	size_t own = DRIVER_NONE;
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *p = &g->place[i];
		if (p->node != node)
			continue;
		if (parent != DRIVER_NONE && p->parent != DRIVER_NONE &&
		    g->place[p->parent].node == parent)
			return p->lined ? p->own : i;
		if (!p->reference)
			own = i;
	}
	return own;
}

size_t diagram_hit(const struct diagram *g, int y, int x)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *p = &g->place[i];
		if (p->shown && !p->lined && y >= p->y && y < p->y + p->rows && x >= p->x - 1 &&
		    x < p->x + p->cols)
			return i;
	}
	return DRIVER_NONE;
}
