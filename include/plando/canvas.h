// SPDX-License-Identifier: MIT
// A window of cells in memory onto a drawing: text by clusters, and lines that join where they
// meet. Diagrams and charts draw on it; it is printed as text, or a screen copies it cell by cell.
// It knows no terminal and no colour, only what a cell stands for.
//
// Rules:
// 1. The canvas shows rows [top, top + rows) and columns [left, left + cols) of the drawing; what
//    lies outside is dropped, so that a drawing may be far larger than its canvas.
// 2. Text is drawn over lines, lines never over text.
// 3. A cluster stands whole or not at all: where a part of a wide one is cut off or overwritten,
//    the rest of it is blank.
// 4. Text must be safe (text_safe, one line) before it comes here.
#ifndef PLANDO_CANVAS_H
#define PLANDO_CANVAS_H

#include <plando/arena.h>
#include <plando/err.h>
#include <plando/str.h>

#include <stdint.h>

enum canvas_role {
	CANVAS_PLAIN,
	CANVAS_TITLE, // heading
	CANVAS_LINE,  // connecting line
	CANVAS_FAINT, // beside the point: marks, counts, references
	CANVAS_AIM,   // codes and lines, by level of the diagram
	CANVAS_PRIMARY,
	CANVAS_SECONDARY,
	CANVAS_IDEA,
	CANVAS_FOCUS, // where the person is
	CANVAS_TRACE, // lines that lead there and from there
	CANVAS_GOOD,  // points of a chart that signal
	CANVAS_BAD,
	CANVAS_CHANGE,
	CANVAS_WARNING,
	CANVAS_ROLES
};

struct canvas_cell {
	const char *text;     // one cluster; NULL: blank, or a line
	uint8_t bytes;	      // of text
	uint8_t width;	      // columns; 0: a further column of a wide cluster
	uint8_t lines, solid; // directions in which lines leave; those that are not dashed
	uint8_t bar;	      // a heavy line across runs through it: 1 solid, 2 dashed
	uint8_t role;
};

struct canvas {
	struct canvas_cell *cell;
	int rows, cols, top, left;
	bool ascii; // lines and the canvas's own signs in ASCII; text is the caller's
};

// All blank. rows and cols >= 0. False: out of memory.
bool canvas_init(struct canvas *c, struct arena *a, int rows, int cols, bool ascii, struct err *e);
// Blank again, showing another part of the drawing.
void canvas_move(struct canvas *c, int top, int left);

// Draws text[0..n) from (y, x) to the right; the text must outlive the canvas. Returns its width.
int canvas_text_n(
    struct canvas *c, int y, int x, const char *text, size_t n, enum canvas_role role);
int canvas_text(struct canvas *c, int y, int x, const char *text, enum canvas_role role);
// A line between two points of one row, or of one column; its ends are the middles of their cells.
void canvas_across(struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role);
// The same, passing below what runs down there: no joint but at its ends. Draw what runs down
// first.
void canvas_across_below(
    struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role);
void canvas_down(struct canvas *c, int x, int y1, int y2, bool dashed, enum canvas_role role);
// A heavy line through whole cells of a row, below the others: they join a solid one, and run over
// a dashed one.
void canvas_bar(struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role);
// The cell at a place of the drawing; NULL: it is not on the canvas.
const struct canvas_cell *canvas_find(const struct canvas *c, int y, int x);
// It is on the canvas and has nothing in it.
bool canvas_is_blank(const struct canvas *c, int y, int x);

// What stands at a cell of the canvas (not of the drawing; row < rows, col < cols): UTF-8, *n
// bytes. NULL: a further column of the cluster before.
const char *canvas_glyph(const struct canvas *c, int row, int col, size_t *n);
const struct canvas_cell *canvas_at(const struct canvas *c, int row, int col);

// One line a row, without blanks at its end.
void canvas_print(const struct canvas *c, struct str *out);

#endif
