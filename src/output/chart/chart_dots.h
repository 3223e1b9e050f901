// SPDX-License-Identifier: MIT
// Lines in the dots of braille signs, two across and four down a cell: finer than strokes between
// rows, for terminals whose typeface has them all at one width. A person asks for them.
#ifndef PLANDO_OUTPUT_CHART_DOTS_H
#define PLANDO_OUTPUT_CHART_DOTS_H

#include <plando/canvas.h>

enum { DOTS_ACROSS = 2, DOTS_DOWN = 4 }; // of a cell

struct dots {
	uint8_t *cell; // which dots are set, in the order of the code points from U+2800
	int rows, cols;
};

// All clear. False: out of memory.
bool dots_init(struct dots *d, struct arena *a, int rows, int cols);
// Straight between two places, counted in dots from the first one at the left above; what lies
// outside is dropped.
void dots_line(struct dots *d, double x1, double y1, double x2, double y2);
// Onto the canvas, its first cell at (top, left), under text that is drawn later. False: out of
// memory.
bool dots_put(const struct dots *d, struct canvas *v, struct arena *a, int top, int left,
    enum canvas_role role);

#endif
