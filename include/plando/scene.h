// SPDX-License-Identifier: MIT
// A picture as plain data: what diagrams and charts hand on, and what SVG, PNG and PDF are made of.
// It knows no file format and no drawing library; the typeface that measures text is handed in.
//
// Rules:
// 1. Lengths are points (1/72 inch), y grows downwards, the page begins at (0, 0).
// 2. A role says what a thing stands for. Its colour is looked up in one table (scene_colour);
//    every difference that a colour shows is also shown by a shape, a line style or a letter.
// 3. Text is made safe here (text_safe): callers pass it as stored.
// 4. Errors are sticky, as in a struct str: add freely, ask scene_done once.
#ifndef PLANDO_SCENE_H
#define PLANDO_SCENE_H

#include <plando/arena.h>
#include <plando/err.h>

#include <stdio.h>

enum scene_role {
	SCENE_INK,   // text, axes, whatever must be read
	SCENE_FAINT, // what stands beside the point
	SCENE_RULE,  // thin lines that guide the eye
	SCENE_PAPER, // the page; as a fill, hides what is under it
	SCENE_WASH,  // a light area
	SCENE_AIM,   // levels of a diagram
	SCENE_PRIMARY,
	SCENE_SECONDARY,
	SCENE_IDEA,
	SCENE_COMMON, // points of a chart
	SCENE_IMPROVEMENT,
	SCENE_CONCERN,
	SCENE_NEUTRAL,
	SCENE_GOAL,
	SCENE_ROLES
};
// Red, green, blue as 0xRRGGBB.
unsigned scene_colour(enum scene_role role);
const char *scene_role_name(enum scene_role role);

enum scene_style { SCENE_SOLID, SCENE_DASHED, SCENE_DOTTED, SCENE_STYLES };
// Lengths of line and gap, in line widths; 0: none.
struct scene_dash {
	double line, gap;
};
struct scene_dash scene_dash(enum scene_style style);

enum scene_shape { // what a point of a chart is, before its colour says so
	SCENE_DISC,
	SCENE_UP,
	SCENE_DOWN,
	SCENE_DIAMOND,
	SCENE_RING,
	SCENE_SQUARE, // hollow as the ring is
	SCENE_CROSS,
	SCENE_SHAPES
};

struct scene_point {
	double x, y;
};
// Corners of a mark of size one around its middle; none: a circle (DISC, RING), or the cross.
struct scene_outline {
	const struct scene_point *point;
	size_t points;
	bool hollow;
};
struct scene_outline scene_outline(enum scene_shape shape);

enum scene_anchor { SCENE_START, SCENE_MIDDLE, SCENE_END };

// --- measuring and wrapping
struct scene_type {
	const char *family; // as CSS names it, quoted where needed, with fallbacks; safe in XML
	// The width of text[0..n), one line, at a size of one point.
	double (*measure)(const struct scene_type *t, const char *text, size_t n, bool bold);
};

struct scene_word {
	size_t start, end;	   // bytes of the text
	double width, gap;	   // at one point; the blank before it
	bool break_before;	   // a line feed stands before it
	size_t piece, piece_count; // of a long word: the clusters at which it may be broken
};
// A text ready to be wrapped at any size and width.
struct scene_words {
	const char *text; // safe to show
	bool right;	  // written from right to left
	struct scene_word *word, *piece;
	size_t count;
};
// False: out of memory.
bool scene_words(struct arena *a, const struct scene_type *t, const char *text, bool bold,
    struct scene_words *out);

struct scene_row {
	const char *text; // NUL-terminated
	double width;
};
struct scene_rows {
	struct scene_row *row;
	size_t count;
	double width; // of the widest
};
// Its length in one row, and that of its longest word, at one point.
double scene_words_length(const struct scene_words *w);
double scene_words_widest(const struct scene_words *w);
// How many rows of `width` points it takes at `size`; at least 1.
size_t scene_rows_needed(const struct scene_words *w, double size, double width);
bool scene_wrap(struct arena *a, const struct scene_words *w, double size, double width,
    struct scene_rows *out);

// --- the picture
enum scene_kind {
	SCENE_GROUP, // begins; SCENE_GROUP_END ends it
	SCENE_GROUP_END,
	SCENE_LINE,  // through all points, straight
	SCENE_CURVE, // through all points, level at each of them
	SCENE_BOX,
	SCENE_TEXT,
	SCENE_MARK,
};

struct scene_item {
	enum scene_kind kind;
	enum scene_role role, fill; // fill: of a box
	enum scene_style style;
	enum scene_shape shape;	  // of a mark
	enum scene_anchor anchor; // of a text
	bool bold, right;	  // of a text: heavy; written from right to left
	double x, y, w, h;	  // box; text: (x, baseline of the first row); mark: middle
	double radius;		  // of a box's corners
	double width;		  // of a line or frame; 0 = none
	double size, leading;	  // of a text; of a mark its size
	struct scene_point *point;
	size_t points;
	struct scene_row *row; // of a text
	size_t rows;
	const char *name;      // of a group: what it is, "link weak"; a word for machines
	const char *title;     // of a group: what it is, for people; may be NULL
	const char *from, *to; // of a group that is a link: the ids of its ends; or NULL
};

struct scene {
	struct arena *arena;
	const struct scene_type *type;
	double width, height;
	const char *title, *words; // what it shows; the same at length, for who cannot see it
	struct scene_item *item;
	size_t count, cap;
	bool failed;
};

#define SCENE_LEADING 1.25 // from row to row, in sizes
#define SCENE_ASCENT  0.95 // from the top of a row to its baseline, in sizes

struct scene scene_begin(
    struct arena *a, const struct scene_type *type, double width, double height);
// Title and words as stored; they become the picture's alternative text.
void scene_name(struct scene *s, const char *title, const char *words);
// False: memory ran out while it was made.
bool scene_done(const struct scene *s, struct err *e);

void scene_group(struct scene *s, const char *name, const char *title);
void scene_link(
    struct scene *s, const char *name, const char *title, const char *from, const char *to);
void scene_group_end(struct scene *s);

struct scene_pen {
	enum scene_role role;
	enum scene_style style;
	double width;
};
void scene_line(struct scene *s, struct scene_pen pen, double x1, double y1, double x2, double y2);
// Points are copied.
void scene_lines(struct scene *s, struct scene_pen pen, const struct scene_point *p, size_t n);
void scene_curve(struct scene *s, struct scene_pen pen, const struct scene_point *p, size_t n);
struct scene_rect {
	double x, y, w, h;
};
void scene_box(struct scene *s, struct scene_pen frame, enum scene_role fill, struct scene_rect at,
    double radius);
void scene_mark(
    struct scene *s, enum scene_shape shape, enum scene_role role, double x, double y, double size);

struct scene_font {
	double size;
	bool bold;
	enum scene_role role;
	enum scene_anchor anchor; // START: the left edge, for every script
};
// Text in one row; y is its baseline. Returns its width.
double scene_text(
    struct scene *s, const struct scene_font *f, double x, double y, const char *text);
// Text wrapped into `width` points below y, which is its top. What is written from right to left
// stands at the right edge. Returns its height.
double scene_block(struct scene *s, const struct scene_font *f, double x, double y, double width,
    const char *text);
// The same with words that were measured before.
double scene_block_words(struct scene *s, const struct scene_font *f, double x, double y,
    double width, const struct scene_words *words);
// As much of a text as `width` holds in one row, with "…" where something was cut. NULL: out of
// memory.
char *scene_cut(struct scene *s, const struct scene_font *f, const char *text, double width);
// How wide a text is in one row.
double scene_text_width(struct scene *s, const struct scene_font *f, const char *text);

// As SVG, with its texts as text. The stream's errors are the caller's to find.
bool scene_svg(const struct scene *s, FILE *out, struct err *e);

#endif
