// SPDX-License-Identifier: MIT
// Which links of a laid-out diagram are drawn as lines although the node stands elsewhere, and in
// which column of a gap each parent's line runs.
//
// A parent's line runs down past all its children. Those that overlap run side by side, each in a
// track. So a gap is as wide as its busiest spot, and there is a limit to that.
#include "output/diagram/diagram_shape.h"

#include <stdlib.h>
#include <string.h>

enum {
	LONGEST = 40,
	DIAGRAM_FAR = 1000000
}; // boxes that a line may pass; one that is longer than a screen leads nobody

struct diagram_lines_reach { // of a place's line, in ranks of the order
	size_t from, to;
	bool any;
};

struct wish { // a reference that might be a line
	size_t place, length;
};

struct gap { // behind a level
	struct shape *s;
	int level, most;
	struct diagram_lines_reach *reach; // by place
	int *busy;			   // by rank: lines there
};

static size_t diagram_lines_rank_of(const struct diagram *g, size_t place)
{
	return g->order.rank[g->place[place].node];
}

static int diagram_lines_level_of(const struct diagram *g, size_t place)
{
	return (int)g->of->node[g->place[place].node].level;
}

static bool diagram_lines_beside(const struct diagram_place *p)
{
	return shape_stands(p) && !p->heading;
}

// The level of the column right behind; DRIVER_LEVELS: there is none.
static int diagram_lines_next_column(const struct diagram *g, int level)
{
	int next = level + 1;
	while (next < DRIVER_LEVELS && !g->of->shown[next])
		next++;
	return next;
}

// --- which

static bool may_be_line(const struct shape *s, size_t place)
{
	const struct diagram *g = s->g;
	const struct diagram_place *p = &g->place[place];
	if (!p->reference || !p->shown || s->barred[place] || p->own == DRIVER_NONE)
		return false;
	const struct diagram_place *own = &g->place[p->own];
	return own->node == p->node && own->shown && !own->heading &&
	       !g->place[p->parent].heading &&
	       diagram_lines_next_column(g, diagram_lines_level_of(g, p->parent)) ==
		   diagram_lines_level_of(g, place);
}

// The rows of a parent's line before any link is added: its branch.
static void diagram_lines_reach_of_branch(struct gap *gap, size_t place)
{
	const struct diagram *g = gap->s->g;
	const struct diagram_place *p = &g->place[place];
	struct diagram_lines_reach *r = &gap->reach[place];
	*r = (struct diagram_lines_reach){ diagram_lines_rank_of(g, place),
		diagram_lines_rank_of(g, place), false };
	for (size_t c = p->first; c != DRIVER_NONE; c = g->place[c].next) {
		if (!g->place[c].shown || g->place[c].reference)
			continue;
		r->any = true;
		if (diagram_lines_rank_of(g, c) > r->to)
			r->to = diagram_lines_rank_of(g, c);
	}
}

static void diagram_lines_make_busy(struct gap *gap, size_t from, size_t to)
{
	for (size_t i = from; i <= to; i++)
		gap->busy[i]++;
}

// Lengthens a parent's line to a child that stands elsewhere, if there is room all the way.
static bool diagram_lines_lengthen(struct gap *gap, size_t place)
{
	const struct diagram *g = gap->s->g;
	struct diagram_lines_reach *r = &gap->reach[g->place[place].parent];
	size_t to = diagram_lines_rank_of(g, g->place[place].own);
	struct diagram_lines_reach now = { r->any && r->from < to ? r->from
					   : to < r->from	  ? to
								  : r->from,
		to > r->to ? to : r->to, true };
	gap->s->g->steps += now.to - now.from + 1;
	for (size_t i = now.from; i <= now.to; i++)
		if ((!r->any || i < r->from || i > r->to) && gap->busy[i] >= gap->most)
			return false;
	for (size_t i = now.from; i <= now.to; i++)
		if (!r->any || i < r->from || i > r->to)
			gap->busy[i]++;
	*r = now;
	return true;
}

static int diagram_lines_compare_wishes(const void *x, const void *y)
{
	const struct wish *a = x, *b = y;
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static bool diagram_lines_grant_wishes(struct gap *gap)
{
	struct diagram *g = gap->s->g;
	struct wish *wish = arena_array(gap->s->a, g->count, sizeof *wish);
	size_t count = 0;
	if (!wish)
		return false;
	for (size_t i = 0; i < g->count; i++) {
		if (diagram_lines_level_of(g, i) == 0 || !may_be_line(gap->s, i) ||
		    diagram_lines_level_of(g, g->place[i].parent) != gap->level)
			continue;
		size_t a = diagram_lines_rank_of(g, g->place[i].parent),
		       b = diagram_lines_rank_of(g, g->place[i].own);
		size_t length = a < b ? b - a : a - b;
		if (length <= LONGEST)
			wish[count++] = (struct wish){ i, length };
	}
	qsort(wish, count, sizeof *wish, diagram_lines_compare_wishes);
	for (size_t i = 0; i < count; i++)
		g->place[wish[i].place].lined = diagram_lines_lengthen(gap, wish[i].place);
	return true;
}

// --- where

struct diagram_lines_start {
	size_t place, from, to;
};

static int diagram_lines_compare_starts(const void *x, const void *y)
{
	const struct diagram_lines_start *a = x, *b = y;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

// Each line takes the first track that is free where it begins.
static bool diagram_lines_give_tracks(struct gap *gap)
{
	struct diagram *g = gap->s->g;
	struct diagram_lines_start *start = arena_array(gap->s->a, g->count, sizeof *start);
	size_t *end = arena_array(gap->s->a, (size_t)gap->most + 1, sizeof *end);
	size_t count = 0;
	if (!start || !end)
		return false;
	for (size_t i = 0; i < g->count; i++)
		if (diagram_lines_level_of(g, i) == gap->level && gap->reach[i].any)
			start[count++] =
			    (struct diagram_lines_start){ i, gap->reach[i].from, gap->reach[i].to };
	qsort(start, count, sizeof *start, diagram_lines_compare_starts);
	for (size_t i = 0; i < count; i++) {
		int track = 0;
		while (track < gap->most && end[track] > start[i].from)
			track++;
		end[track] = start[i].to + 1;
		g->place[start[i].place].track = track;
		if (track + 1 > g->tracks[gap->level])
			g->tracks[gap->level] = track + 1;
	}
	return true;
}

// How many lines may run side by side: as many as leave the texts their room.
static int diagram_lines_most_tracks(const struct diagram *g)
{
	static const int SHARE[DIAGRAM_DENSITIES] = { 10, 14, 8 };
	int most = 1 + g->options.width / SHARE[g->options.density] / DIAGRAM_TRACK;
	return most < 2 ? 1 : most > 8 ? 8 : most;
}

static bool diagram_lines_choose_gap(struct gap *gap)
{
	struct diagram *g = gap->s->g;
	memset(gap->busy, 0, g->of->count * sizeof *gap->busy);
	for (size_t i = 0; i < g->count; i++) {
		gap->reach[i].any = false;
		if (diagram_lines_level_of(g, i) != gap->level ||
		    !diagram_lines_beside(&g->place[i]) || g->place[i].reference)
			continue;
		diagram_lines_reach_of_branch(gap, i);
		if (gap->reach[i].any)
			diagram_lines_make_busy(gap, gap->reach[i].from, gap->reach[i].to);
	}
	return diagram_lines_grant_wishes(gap) && diagram_lines_give_tracks(gap);
}

bool lines_choose(struct shape *s)
{
	struct diagram *g = s->g;
	struct gap gap = { .s = s, .most = diagram_lines_most_tracks(g) };
	gap.reach = arena_array(s->a, g->count, sizeof *gap.reach);
	gap.busy = arena_array(s->a, g->of->count + 1, sizeof *gap.busy);
	if (!s->barred)
		s->barred = arena_array(s->a, g->count, sizeof *s->barred);
	if (!gap.reach || !gap.busy || !s->barred)
		return false;
	for (size_t i = 0; i < g->count; i++) {
		g->place[i].lined = false;
		g->place[i].track = 0;
	}
	for (int level = 0; level < DRIVER_LEVELS; level++) {
		g->tracks[level] = 1;
		gap.level = level;
		if (!s->flat && level > DRIVER_AIM && level < DRIVER_IDEA &&
		    !diagram_lines_choose_gap(&gap))
			return false;
	}
	return true;
}

// --- lines that would be taken for one

struct diagram_lines_rows {
	struct shape *s;
	int level;
	int *left; // by row: the leftmost line that the box there is joined to; far right: no box
};

// The leftmost line that leads to a box: its own parent's, or one that is drawn to it as well.
static void diagram_lines_find_left(struct diagram_lines_rows *r)
{
	const struct diagram *g = r->s->g;
	for (int y = 0; y < g->rows; y++)
		r->left[y] = DIAGRAM_FAR;
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *p = &g->place[i];
		const struct diagram_place *own = &g->place[p->own == DRIVER_NONE ? i : p->own];
		bool line = p->parent != DRIVER_NONE &&
			    diagram_lines_level_of(g, p->parent) == r->level &&
			    (p->lined || diagram_lines_beside(p)) && !g->place[p->parent].heading;
		const struct diagram_place *at = p->lined ? own : p;
		if (line && g->place[p->parent].trunk < r->left[at->line])
			r->left[at->line] = g->place[p->parent].trunk;
	}
}

static bool diagram_lines_collides(
    const struct diagram_lines_rows *r, const struct diagram_place *p, int y)
{
	return r->left[y] < p->trunk;
}

static void diagram_lines_move_to(struct diagram_place *p, int y)
{
	p->y += y - p->line;
	p->line = y;
}

// The nearest row of its own branch where nothing is in the way.
static bool diagram_lines_move_clear(const struct diagram_lines_rows *r, struct diagram_place *p)
{
	int anchor = p->line - p->y;
	for (int far = 0; far < p->block_rows; far++)
		for (int way = -1; way <= 1; way += 2) {
			int y = p->line + way * far;
			if (y - anchor < p->top || y - anchor + p->rows > p->top + p->block_rows ||
			    diagram_lines_collides(r, p, y))
				continue;
			diagram_lines_move_to(p, y);
			return true;
		}
	return false;
}

// No row was clear: what is joined on its row by a line from elsewhere becomes a reference.
static void diagram_lines_bar(struct diagram_lines_rows *r, int y)
{
	const struct diagram *g = r->s->g;
	for (size_t i = 0; i < g->count; i++)
		if (g->place[i].lined && g->place[g->place[i].own].line == y &&
		    diagram_lines_level_of(g, g->place[i].parent) == r->level)
			r->s->barred[i] = true;
}

// The leftmost line that leads to each box.
static void diagram_lines_find_joints(struct diagram *g)
{
	for (size_t i = 0; i < g->count; i++)
		g->place[i].joint = DIAGRAM_FAR;
	for (size_t i = 0; i < g->count; i++) {
		struct diagram_place *p = &g->place[i];
		struct diagram_place *at = p->lined ? &g->place[p->own] : p;
		if (p->parent != DRIVER_NONE && g->place[p->parent].trunk < at->joint)
			at->joint = g->place[p->parent].trunk;
	}
}

static bool has_line(const struct diagram *g, const struct diagram_place *p)
{
	for (size_t c = p->first; c != DRIVER_NONE; c = g->place[c].next)
		if (g->place[c].lined || diagram_lines_beside(&g->place[c]))
			return true;
	return false;
}

bool lines_clear(struct shape *s, bool *clear)
{
	struct diagram *g = s->g;
	struct diagram_lines_rows r = { .s = s };
	r.left = arena_array(s->a, (size_t)g->rows + 1, sizeof *r.left);
	*clear = true;
	if (!r.left)
		return false;
	for (r.level = DRIVER_SECONDARY; r.level >= DRIVER_PRIMARY; r.level--) {
		if (g->tracks[r.level] < 2)
			continue;
		diagram_lines_find_left(&r);
		for (size_t i = 0; i < g->count; i++) {
			struct diagram_place *p = &g->place[i];
			if (diagram_lines_level_of(g, i) != r.level || !diagram_lines_beside(p) ||
			    p->reference || !has_line(g, p) || diagram_lines_move_clear(&r, p))
				continue;
			diagram_lines_bar(&r, p->line);
			*clear = false;
		}
	}
	diagram_lines_find_joints(g);
	return true;
}
