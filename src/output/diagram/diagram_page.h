// SPDX-License-Identifier: MIT
// Where everything of a diagram stands on its page, before it is drawn: diagram_page.c (what is
// written, how wide, how large), diagram_lanes.c (lines that pass a column by, and where lines
// meet), diagram_heights.c (how high); diagram_scene.c draws it.
#ifndef PLANDO_OUTPUT_DIAGRAM_PAGE_H
#define PLANDO_OUTPUT_DIAGRAM_PAGE_H

#include <plando/diagram_scene.h>

// In sizes of the letters.
#define PAGE_BAR     0.32 // the coloured edge of a box
#define PAGE_FACT    0.86 // size of status and coverage
#define PAGE_MARK    0.70 // size of the disc before a status
#define PAGE_SIBLING 0.40 // between boxes of one home
#define PAGE_FOOT    7.5  // points, of what stands at the foot of A4
#define PAGE_COUSIN  0.95 // between others

// Change ideas stand in up to so many columns, read row by row.
enum { PAGE_SPLIT = 4, PAGE_COLUMNS = DRIVER_LEVELS - 1 + PAGE_SPLIT };

struct page_text { // of a node
	struct scene_words code, text, fact;
	double length;	    // of the text in one row, at one point
	bool facts, marked; // has facts; a disc stands before them
};

struct page_slot {   // a box, or a lane: where a line passes a column by
	size_t node; // DRIVER_NONE: a lane
	size_t column;
	double y, h; // top and height
	double want; // where its middle would like to be
};

struct page_link {
	size_t child, parent;	   // nodes
	size_t from, to;	   // their slots
	size_t lane[PAGE_COLUMNS]; // slots that it passes through, from the child on
	size_t lanes;
	bool weak;
	double from_y, to_y; // where it meets its ends
};

struct page_column {
	enum driver_level level;
	size_t *slot;		    // top to bottom
	size_t count, boxes, lines; // lines: that meet or pass it at its left side
	double x, w, gutter;	    // gutter: before it
};

struct page {
	struct arena *a;
	const struct driver_diagram *d;
	struct driver_order order;
	const struct scene_type *type;
	double width, height;	    // of the page
	double margin, top, bottom; // where columns begin and end
	double size;		    // of the letters
	double pad;		    // between a box's frame and its text, in sizes
	struct page_text *text;	    // by node
	double code[DRIVER_LEVELS]; // the widest code, at one point
	double word[DRIVER_LEVELS]; // the widest word that is not broken
	struct scene_words retired; // what is listed at the foot
	size_t *slot_of;	    // by node
	struct page_slot *slot;
	size_t slots;
	struct page_link *link;
	size_t links;
	struct page_column column[PAGE_COLUMNS];
	size_t columns;
};

// What is written, and in which order it stands; no places yet. False: out of memory.
bool page_fill(struct page *p, const struct diagram_scene_options *o, struct err *e);
// Chooses paper, size of letters and widths of columns, and sets every slot's height. False: out of
// memory.
bool page_fit(struct page *p);
// What a column `w` wide keeps for codes.
double page_code_room(const struct page *p, enum driver_level level, double size, double w);
// Between a slot of a column and the next one, in sizes.
double page_gap(const struct page *p, size_t above, size_t below);

// Boxes in columns, change ideas in `split` of them, and lanes for the links that pass a column by.
// False: out of memory.
bool page_arrange(struct page *p, size_t split);
// Where each link meets its ends, once all slots have places. False: out of memory.
bool page_ports(struct page *p);

// Sets every slot's y. False: out of memory.
bool page_stack(struct page *p);

#endif
