// SPDX-License-Identifier: MIT
// A driver diagram laid out left to right: aim, primary drivers, secondary drivers, change ideas.
// Places and lines are worked out once for a width (diagram_lay); drawing shows any part of it on a
// canvas. Also as an outline in words. It knows no terminal.
//
// Rules:
// 1. Every shown node has one place of its own, in the column of its level, in the order and under
//    the parent that driver_order gives.
// 2. Every other drawn link is a line too where it fits: between neighbouring columns, not longer
//    than a screen of boxes, with few enough beside it. Else it is a reference: "C2 ↑ (also under
//    S1)" under that other parent.
// 3. Lines are read from left to right. One that passes below another breaks off there; only where
//    a joint is drawn do they meet.
// 4. Codes are always visible. Where text is cut, "…" says so.
// 5. A weak link is dashed and says "weak".
#ifndef PLANDO_DIAGRAM_H
#define PLANDO_DIAGRAM_H

#include <plando/canvas.h>
#include <plando/driver.h>
#include <plando/form.h>

enum diagram_density {
	DIAGRAM_NORMAL, // all text, as many rows and columns as it takes
	DIAGRAM_PAGE,	// as small as it gets in the width given: long text is cut
	DIAGRAM_BRANCH, // one branch of the aim at a time, for narrow screens
	DIAGRAM_DENSITIES
};

struct diagram_options {
	int width; // columns to lay it out for; NORMAL may need more
	int page;  // rows of the view: a node stands beside the middle of its branch, or on top
		   // where the branch is higher than this; 0 = always beside the middle
	enum diagram_density density;
	size_t focus;	    // BRANCH shows the branch in which this node stands
	const bool *folded; // by node; NULL = none
	bool fewest;	    // crossings, whatever order people gave
	const size_t *last; // by node: rank in the order drawn before (driver_order); NULL = none
	const char *const *note;	 // by node: a word more below its text; NULL = none
	const struct form_field *status; // the choice whose labels are shown; NULL = ids
	bool ascii;
};

struct diagram_run { // a piece of text, relative to its place
	int dy, dx;
	const char *text;
	size_t n;
	int cols; // that it takes
	enum canvas_role role;
};

struct diagram_place {
	size_t node;
	size_t parent;	    // place; DRIVER_NONE: the aim, or not linked
	size_t first, next; // first child, next sibling; DRIVER_NONE
	size_t own; // of a reference: where the node itself stands (or the fold that hides it)
	bool reference;
	bool lined;    // a reference whose link is a line: it takes no room and is no stop
	bool weak;     // the link to the parent
	bool heading;  // stands above its branch (BRANCH), not beside it
	bool shown;    // has a place in this density; the rest holds only where it is
	size_t folded; // nodes that its fold hides
	int y, x, rows, cols;
	int line;	     // the row where its lines meet it
	int exit;	     // the first free column on that row
	int trunk;	     // the column in which its children's line runs
	int joint;	     // the leftmost column from which a line leads to it
	int track;	     // which one of those side by side there, from the right
	int text_rows;	     // of rows: without the line of facts below the text
	int top, block_rows; // of its whole branch
	int below;	     // rows that its children take
	struct diagram_run *run;
	size_t run_count;
};

struct diagram {
	const struct driver_diagram *of;
	struct diagram_options options;
	struct diagram_place *place; // parents before children, in reading order
	size_t count;
	int rows, cols;				// of the whole drawing
	int x[DRIVER_LEVELS], w[DRIVER_LEVELS]; // columns for text; w 0: this level has none
	int status_w, cycles_w;			// beside a change idea
	int tracks[DRIVER_LEVELS];		// lines side by side behind the column, at least 1
	int loose;				// the row that says "Not linked yet"; -1 = none
	size_t steps; // of work that the lines took; grows with the diagram, not with its square
	struct driver_order order;
};

// Lives in the arena, as does the model it points to. False: out of memory.
bool diagram_lay(struct arena *a, const struct driver_diagram *d, const struct diagram_options *o,
    struct diagram *out, struct err *e);

// Draws what of it the canvas shows. focus: the place to mark with ">", or DRIVER_NONE.
void diagram_draw(const struct diagram *g, struct canvas *c, size_t focus);
// The columns' headings, on row `y` of the canvas's drawing.
void diagram_draw_titles(const struct diagram *g, struct canvas *c, int y);

enum diagram_way { DIAGRAM_LEFT, DIAGRAM_RIGHT, DIAGRAM_UP, DIAGRAM_DOWN };
// Where the eye goes from a place: left to its parent, right to the nearest child (from a reference
// to the node itself), up and down in its column. The place itself where there is nothing.
size_t diagram_step(const struct diagram *g, size_t place, enum diagram_way way);
// The top of the next (by 1) or previous (-1) branch of the aim.
size_t diagram_step_branch(const struct diagram *g, size_t place, int by);
// The place of a node under that parent (DRIVER_NONE: its own place); DRIVER_NONE: it has none.
size_t diagram_place_of(const struct diagram *g, size_t node, size_t parent);
// The place at a cell of the drawing; DRIVER_NONE: none.
size_t diagram_hit(const struct diagram *g, int y, int x);

// --- without a screen
// An outline in at most `o->width` columns that holds every node, link and refused link in words:
// for e-mail and for those to whom the screen is read. Nothing is cut.
bool diagram_outline(struct arena *a, const struct driver_diagram *d,
    const struct diagram_options *o, struct str *out, struct err *e);
// The drawing, titles included, `o->width` columns wide or more.
bool diagram_print(struct arena *a, const struct driver_diagram *d, const struct diagram_options *o,
    struct str *out, struct err *e);

#endif
