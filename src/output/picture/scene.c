// SPDX-License-Identifier: MIT
#include <plando/scene.h>

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

// Dark enough for white paper (contrast 3:1 for shapes, 4.5:1 for text) and different in grey. The
// colours of points are those of NHS England's "Making Data Count", darkened until they pass.
static const struct {
	const char *name;
	unsigned colour;
} ROLES[SCENE_ROLES] = {
	[SCENE_INK] = { "ink", 0x1b1f24 },
	[SCENE_FAINT] = { "faint", 0x565d66 },
	[SCENE_RULE] = { "rule", 0xc4c9cf },
	[SCENE_PAPER] = { "paper", 0xffffff },
	[SCENE_WASH] = { "wash", 0xf2f4f6 },
	[SCENE_AIM] = { "aim", 0x1b2a4a },
	[SCENE_PRIMARY] = { "primary", 0x5b2a86 },
	[SCENE_SECONDARY] = { "secondary", 0x005faf },
	[SCENE_IDEA] = { "idea", 0x00705a },
	[SCENE_COMMON] = { "common", 0x767c83 },
	[SCENE_IMPROVEMENT] = { "improvement", 0x005faf },
	[SCENE_CONCERN] = { "concern", 0xc94f00 },
	[SCENE_NEUTRAL] = { "neutral", 0x490092 },
	[SCENE_GOAL] = { "goal", 0xb3131a },
};

unsigned scene_colour(enum scene_role role)
{
	return ROLES[role].colour;
}

const char *scene_role_name(enum scene_role role)
{
	return ROLES[role].name;
}

struct scene_dash scene_dash(enum scene_style style)
{
	static const struct scene_dash DASHES[SCENE_STYLES] = {
		[SCENE_DASHED] = { 4, 3 },
		[SCENE_DOTTED] = { 1, 2.5 },
	};
	return DASHES[style];
}

struct scene_outline scene_outline(enum scene_shape shape)
{
	static const struct scene_point UP[] = { { 0, -0.6 }, { 0.58, 0.45 }, { -0.58, 0.45 } };
	static const struct scene_point DOWN[] = { { 0, 0.6 }, { -0.58, -0.45 }, { 0.58, -0.45 } };
	static const struct scene_point DIAMOND[] = { { 0, -0.62 }, { 0.62, 0 }, { 0, 0.62 },
		{ -0.62, 0 } };
	static const struct scene_point SQUARE[] = { { -0.46, -0.46 }, { 0.46, -0.46 },
		{ 0.46, 0.46 }, { -0.46, 0.46 } };
	static const struct scene_outline OUTLINES[SCENE_SHAPES] = {
		[SCENE_UP] = { UP, 3 },
		[SCENE_DOWN] = { DOWN, 3 },
		[SCENE_DIAMOND] = { DIAMOND, 4 },
		[SCENE_SQUARE] = { SQUARE, 4, .hollow = true },
	};
	return OUTLINES[shape];
}

// --- items

struct scene scene_begin(
    struct arena *a, const struct scene_type *type, double width, double height)
{
	return (struct scene){
		.arena = a, .type = type, .width = width, .height = height, .title = "", .words = ""
	};
}

// Safe, or "" where memory ran out.
static const char *scene_safe(struct scene *s, const char *text, bool lines)
{
	const char *t = text ? text_safe(s->arena, text, lines) : "";
	s->failed = s->failed || !t;
	return t ? t : "";
}

void scene_name(struct scene *s, const char *title, const char *words)
{
	s->title = scene_safe(s, title, false);
	s->words = scene_safe(s, words, true);
}

bool scene_done(const struct scene *s, struct err *e)
{
	return s->failed ? err_memory(e) : true;
}

static struct scene_item *scene_add(struct scene *s, enum scene_kind kind)
{
	static struct scene_item lost; // what no memory is left for
	if (!arena_grow(s->arena, (void **)&s->item, s->count, &s->cap, sizeof *s->item)) {
		s->failed = true;
		return &lost;
	}
	s->item[s->count] = (struct scene_item){ .kind = kind };
	return &s->item[s->count++];
}

void scene_link(
    struct scene *s, const char *name, const char *title, const char *from, const char *to)
{
	const char *shown = title ? scene_safe(s, title, false) : NULL;
	struct scene_item *i = scene_add(s, SCENE_GROUP);
	i->name = name;
	i->title = shown;
	i->from = from ? arena_strdup(s->arena, from) : NULL;
	i->to = to ? arena_strdup(s->arena, to) : NULL;
	s->failed = s->failed || (from && !i->from) || (to && !i->to);
}

void scene_group(struct scene *s, const char *name, const char *title)
{
	scene_link(s, name, title, NULL, NULL);
}

void scene_group_end(struct scene *s)
{
	scene_add(s, SCENE_GROUP_END);
}

static void scene_add_points(struct scene *s, enum scene_kind kind, struct scene_pen pen,
    const struct scene_point *p, size_t n)
{
	struct scene_point *copy = arena_array(s->arena, n, sizeof *copy);
	if (!copy) {
		s->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		copy[i] = p[i];
	struct scene_item *item = scene_add(s, kind);
	item->role = pen.role;
	item->style = pen.style;
	item->width = pen.width;
	item->point = copy;
	item->points = n;
}

void scene_lines(struct scene *s, struct scene_pen pen, const struct scene_point *p, size_t n)
{
	scene_add_points(s, SCENE_LINE, pen, p, n);
}

void scene_curve(struct scene *s, struct scene_pen pen, const struct scene_point *p, size_t n)
{
	scene_add_points(s, SCENE_CURVE, pen, p, n);
}

void scene_line(struct scene *s, struct scene_pen pen, double x1, double y1, double x2, double y2)
{
	struct scene_point p[] = { { x1, y1 }, { x2, y2 } };
	scene_lines(s, pen, p, 2);
}

void scene_box(struct scene *s, struct scene_pen frame, enum scene_role fill, struct scene_rect at,
    double radius)
{
	struct scene_item *i = scene_add(s, SCENE_BOX);
	i->role = frame.role;
	i->style = frame.style;
	i->width = frame.width;
	i->fill = fill;
	i->x = at.x;
	i->y = at.y;
	i->w = at.w;
	i->h = at.h;
	i->radius = radius;
}

void scene_mark(
    struct scene *s, enum scene_shape shape, enum scene_role role, double x, double y, double size)
{
	struct scene_item *i = scene_add(s, SCENE_MARK);
	i->shape = shape;
	i->role = role;
	i->x = x;
	i->y = y;
	i->size = size;
}

// --- text

static struct scene_item *scene_add_text(struct scene *s, const struct scene_font *f)
{
	struct scene_item *i = scene_add(s, SCENE_TEXT);
	i->role = f->role;
	i->anchor = f->anchor;
	i->size = f->size;
	i->bold = f->bold;
	i->leading = f->size * SCENE_LEADING;
	return i;
}

double scene_text(struct scene *s, const struct scene_font *f, double x, double y, const char *text)
{
	const char *shown = scene_safe(s, text, false);
	struct scene_row *row = arena_alloc(s->arena, sizeof *row);
	if (!row) {
		s->failed = true;
		return 0;
	}
	*row = (struct scene_row){ shown, scene_text_width(s, f, shown) };
	struct scene_item *i = scene_add_text(s, f);
	i->x = x;
	i->y = y;
	i->w = row->width;
	i->row = row;
	i->rows = 1;
	i->right = text_right(shown);
	return row->width;
}

double scene_text_width(struct scene *s, const struct scene_font *f, const char *text)
{
	struct arena_mark mark = arena_mark(s->arena);
	const char *shown = scene_safe(s, text, false);
	double width = f->size * s->type->measure(s->type, shown, strlen(shown), f->bold);
	arena_release(s->arena, mark);
	return width;
}

char *scene_cut(struct scene *s, const struct scene_font *f, const char *text, double width)
{
	const char *shown = scene_safe(s, text, false);
	size_t n = strlen(shown);
	if (scene_text_width(s, f, shown) <= width)
		return arena_copy(s->arena, shown, n);
	while (n) {
		n = text_prev(shown, n);
		char *cut = arena_printf(s->arena, "%.*s…", (int)n, shown);
		if (!cut || scene_text_width(s, f, cut) <= width)
			return cut;
	}
	return arena_strdup(s->arena, "");
}

double scene_block_words(struct scene *s, const struct scene_font *f, double x, double y,
    double width, const struct scene_words *words)
{
	struct scene_rows rows;
	if (!scene_wrap(s->arena, words, f->size, width, &rows)) {
		s->failed = true;
		return 0;
	}
	struct scene_font font = *f;
	if (words->right && f->anchor == SCENE_START)
		font.anchor = SCENE_END;
	struct scene_item *i = scene_add_text(s, &font);
	i->x = font.anchor == SCENE_START ? x
	       : font.anchor == SCENE_END ? x + width
					  : x + width / 2;
	i->y = y + f->size * SCENE_ASCENT;
	i->w = rows.width;
	i->row = rows.row;
	i->rows = rows.count;
	i->right = words->right;
	return (double)rows.count * f->size * SCENE_LEADING;
}

double scene_block(
    struct scene *s, const struct scene_font *f, double x, double y, double width, const char *text)
{
	struct scene_words words;
	if (!scene_words(s->arena, s->type, text ? text : "", f->bold, &words)) {
		s->failed = true;
		return 0;
	}
	return scene_block_words(s, f, x, y, width, &words);
}
