// SPDX-License-Identifier: MIT
#include <plando/diagram.h>

#include "output/diagram/diagram_page.h"

#include <plando/str.h>

#include <math.h>

static const enum scene_role ROLES[DRIVER_LEVELS] = { SCENE_AIM, SCENE_PRIMARY, SCENE_SECONDARY,
	SCENE_IDEA };

// --- lines

static const char *diagram_scene_call(const struct driver_node *n)
{
	return n->level == DRIVER_AIM ? "the aim" : n->code;
}

static void diagram_scene_draw_link(
    struct scene *s, const struct page *p, const struct page_link *l)
{
	const struct driver_node *from = &p->d->node[l->child], *to = &p->d->node[l->parent];
	const struct page_column *first = &p->column[p->slot[l->from].column];
	const struct page_column *last = &p->column[p->slot[l->to].column];
	struct scene_point at[2 + 2 * PAGE_COLUMNS];
	size_t n = 0;
	char from_id[ID_TEXT], to_id[ID_TEXT];
	id_print(&from->id, from_id);
	id_print(&to->id, to_id);
	char *title = arena_printf(s->arena, "%s serves %s%s", diagram_scene_call(from),
	    diagram_scene_call(to), l->weak ? " (weak link)" : "");
	at[n++] = (struct scene_point){ first->x, l->from_y };
	for (size_t i = 0; i < l->lanes; i++) {
		const struct page_slot *lane = &p->slot[l->lane[i]];
		const struct page_column *c = &p->column[lane->column];
		at[n++] = (struct scene_point){ c->x + c->w, lane->y + lane->h / 2 };
		at[n++] = (struct scene_point){ c->x, lane->y + lane->h / 2 };
	}
	at[n++] = (struct scene_point){ last->x + last->w, l->to_y };
	struct scene_pen pen = { ROLES[to->level], l->weak ? SCENE_DASHED : SCENE_SOLID,
		fmax(0.5, p->size * 0.085) };
	scene_link(s, l->weak ? "link weak" : "link", title, from_id, to_id);
	scene_curve(s, pen, at, n);
	scene_group_end(s);
}

// --- boxes

static void diagram_scene_draw_facts(
    struct scene *s, const struct page *p, const struct page_slot *slot, struct scene_rect at)
{
	struct scene_font f = { .size = p->size * PAGE_FACT, .role = SCENE_FAINT };
	const struct driver_node *n = &p->d->node[slot->node];
	if (p->text[slot->node].marked) {
		double r = p->size * PAGE_MARK;
		scene_mark(s, n->tests ? SCENE_DISC : SCENE_RING, SCENE_IDEA, at.x + r / 2,
		    at.y + f.size * SCENE_LEADING * 0.5, r);
		at.x += r * 1.5;
		at.w -= r * 1.5;
	}
	scene_block_words(s, &f, at.x, at.y, at.w, &p->text[slot->node].fact);
}

static void diagram_scene_draw_text(
    struct scene *s, const struct page *p, const struct page_slot *slot, struct scene_rect box)
{
	const struct driver_node *n = &p->d->node[slot->node];
	double size = p->size, code = page_code_room(p, n->level, size, box.w);
	struct scene_font bold = { .size = size, .bold = true, .role = ROLES[n->level] };
	struct scene_font plain = { .size = size,
		.bold = n->level == DRIVER_AIM,
		.role = str_empty(n->text) ? SCENE_FAINT : SCENE_INK };
	double x = box.x + (PAGE_BAR + p->pad) * size, y = box.y + p->pad * size;
	double w = box.w - (2 * p->pad + PAGE_BAR) * size - code;
	double code_h =
	    code > 0 ? scene_block_words(s, &bold, x, y, code, &p->text[slot->node].code) : 0;
	double h = scene_block_words(s, &plain, x + code, y, w, &p->text[slot->node].text);
	if (p->text[slot->node].facts)
		diagram_scene_draw_facts(
		    s, p, slot, (struct scene_rect){ x + code, y + fmax(h, code_h), w, 0 });
}

static void diagram_scene_draw_box(struct scene *s, const struct page *p,
    const struct page_slot *slot, const struct diagram_scene_options *o)
{
	const struct driver_node *n = &p->d->node[slot->node];
	const struct page_column *c = &p->column[slot->column];
	struct scene_rect box = { c->x, slot->y, c->w, slot->h };
	unsigned change = o->diff ? o->diff->mark[slot->node] : 0;
	bool other = change && !(change & DRIVER_ADDED);
	struct scene_pen frame = { ROLES[n->level],
		n->unplaced ? SCENE_DOTTED
		: other	    ? SCENE_DASHED
			    : SCENE_SOLID,
		fmax(0.5, p->size * (change ? 0.2 : 0.07)) };
	struct scene_rect bar = { box.x, box.y, PAGE_BAR * p->size, box.h };
	char id[ID_TEXT];
	id_print(&n->id, id);
	char *name = arena_printf(s->arena, "node %s", driver_level_name(n->level));
	s->failed = s->failed || !name;
	scene_link(s, name, NULL, id, NULL);
	scene_box(s, frame, n->level == DRIVER_AIM ? SCENE_WASH : SCENE_PAPER, box, 0);
	scene_box(s, (struct scene_pen){ 0 }, ROLES[n->level], bar, 0);
	diagram_scene_draw_text(s, p, slot, box);
	scene_group_end(s);
}

// --- around it

static void diagram_scene_draw_titles(struct scene *s, const struct page *p)
{
	double unit = p->width / 842;
	struct scene_font title = { .size = 15 * unit, .bold = true };
	struct scene_font head = { .size = fmax(p->size, 8.5 * unit), .bold = true };
	scene_group(s, "title", NULL);
	scene_block(s, &title, p->margin, p->margin, p->width - 2 * p->margin, s->title);
	scene_group_end(s);
	scene_group(s, "columns", NULL);
	for (size_t i = 0; i < p->columns; i++) {
		const struct page_column *c = &p->column[i];
		head.role = ROLES[c->level];
		if (i == 0 || c[-1].level != c->level)
			scene_text(
			    s, &head, c->x, p->top - head.size * 0.8, driver_level_title(c->level));
	}
	scene_group_end(s);
}

static char *diagram_scene_counts_of(struct scene *s, const struct driver_diagram *d)
{
	struct str t = STR_IN(s->arena);
	static const char *const NAMES[DRIVER_LEVELS] = { NULL, "primary", "secondary",
		"change idea" };
	for (int l = DRIVER_PRIMARY; l < DRIVER_LEVELS; l++)
		if (d->shown[l])
			str_printf(&t, "%s%zu %s%s", t.length ? " · " : "", d->shown[l], NAMES[l],
			    l == DRIVER_IDEA && d->shown[l] > 1 ? "s" : "");
	if (d->shown[DRIVER_IDEA])
		str_printf(&t, ", %zu tested", d->tested);
	if (d->refused_count)
		str_printf(&t, " · %zu link%s not drawn", d->refused_count,
		    d->refused_count == 1 ? "" : "s");
	return str_done(&t);
}

static bool diagram_scene_any_weak(const struct page *p)
{
	for (size_t i = 0; i < p->links; i++)
		if (p->link[i].weak)
			return true;
	return false;
}

// The key to signs stands at the left, the counts and the day at the right.
static void diagram_scene_draw_foot(
    struct scene *s, const struct page *p, const struct diagram_scene_options *o)
{
	double unit = p->width / 842, size = PAGE_FOOT * unit, y = p->height - p->margin;
	struct scene_font f = { .size = size, .role = SCENE_FAINT };
	double x = p->margin;
	scene_group(s, "key", NULL);
	if (p->retired.count)
		scene_block_words(
		    s, &f, x, p->bottom + size, p->width - 2 * p->margin, &p->retired);
	if (p->d->shown[DRIVER_IDEA]) {
		scene_mark(s, SCENE_DISC, SCENE_IDEA, x + size / 2, y - size * 0.33, size * 0.8);
		x += size * 1.3 + scene_text(s, &f, x + size * 1.3, y, "tested") + size * 1.5;
		scene_mark(s, SCENE_RING, SCENE_IDEA, x + size / 2, y - size * 0.33, size * 0.8);
		x += size * 1.3 + scene_text(s, &f, x + size * 1.3, y, "no test recorded") +
		     size * 1.5;
	}
	if (diagram_scene_any_weak(p)) {
		scene_line(s, (struct scene_pen){ SCENE_FAINT, SCENE_DASHED, 0.9 * unit }, x,
		    y - size * 0.33, x + size * 3, y - size * 0.33);
		scene_text(s, &f, x + size * 3.6, y, "weak link");
	}
	const char *line = diagram_scene_counts_of(s, p->d);
	if (line && o->diff)
		line = arena_printf(s->arena, "since %s: %s · %s", o->since ? o->since : "then",
		    driver_diff_words(s->arena, o->diff), line);
	if (line && o->when)
		line = arena_printf(s->arena, "%s · %s", line, o->when);
	s->failed = s->failed || !line;
	f.anchor = SCENE_END;
	scene_text(s, &f, p->width - p->margin, y, line);
	scene_group_end(s);
}

static void diagram_scene_draw(
    struct scene *s, const struct page *p, const struct diagram_scene_options *o)
{
	diagram_scene_draw_titles(s, p);
	scene_group(s, "links", NULL);
	for (size_t i = 0; i < p->links; i++)
		diagram_scene_draw_link(s, p, &p->link[i]);
	scene_group_end(s);
	scene_group(s, "nodes", NULL);
	for (size_t i = 0; i < p->slots; i++)
		if (p->slot[i].node != DRIVER_NONE)
			diagram_scene_draw_box(s, p, &p->slot[i], o);
	scene_group_end(s);
	diagram_scene_draw_foot(s, p, o);
}

// The alternative text is the outline: all of it, in words.
static bool diagram_scene_name(struct scene *s, const struct driver_diagram *d,
    const struct diagram_scene_options *o, struct err *e)
{
	struct diagram_options outline = { .width = 78, .status = o->status };
	struct str words = STR_IN(s->arena);
	char *title = arena_printf(s->arena, "Driver diagram: %s", d->name);
	if (!title || !diagram_outline(s->arena, d, &outline, &words, e))
		return title ? false : err_memory(e);
	scene_name(s, title, str_done(&words));
	return true;
}

bool diagram_scene(struct arena *a, const struct driver_diagram *d,
    const struct diagram_scene_options *o, const struct scene_type *type, struct scene *out,
    struct err *e)
{
	struct page p = { .a = a, .d = d, .type = type };
	if (!page_fill(&p, o, e))
		return false;
	if (!page_fit(&p) || !page_stack(&p) || !page_ports(&p))
		return err_memory(e);
	*out = scene_begin(a, type, p.width, p.height);
	if (!diagram_scene_name(out, d, o, e))
		return false;
	diagram_scene_draw(out, &p, o);
	return scene_done(out, e);
}
