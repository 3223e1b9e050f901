// SPDX-License-Identifier: MIT
// Between diagram.c (places, rows), diagram_lines.c (which links are lines, and where they run) and
// diagram_text.c (what is written in a place).
#ifndef PLANDO_OUTPUT_DIAGRAM_SHAPE_H
#define PLANDO_OUTPUT_DIAGRAM_SHAPE_H

#include <plando/diagram.h>

enum { DIAGRAM_MARGIN = 2, DIAGRAM_MOST_LINES = 12, DIAGRAM_TRACK = 2 };

// What is laid out now.
struct shape {
	struct arena *a;
	struct diagram *g;
	const struct driver_diagram *d;
	bool flat;		   // BRANCH of the aim: its children stand in one column
	int code_w[DRIVER_LEVELS]; // hanging indent of a level
	const char **code;	   // by node: safe to show
	const char **text;	   // the same, made when first asked for
	bool *barred;		   // by place: it stays a reference
};

// Codes, the widths of status and cycles, the columns. False: out of memory.
bool shape_codes(struct shape *s);
bool shape_columns(struct shape *s);
int shape_gutter(const struct shape *s);
int shape_width(const struct shape *s, const struct diagram_place *p); // of its text
int shape_trunk(const struct shape *s, const struct diagram_place *p); // the column of its line
// Does the place take room?
bool shape_stands(const struct diagram_place *p);

// Sets lined, track and tracks. False: out of memory.
bool lines_choose(struct shape *s);
// After the rows: moves a box up or down in its branch where its line would run into another one's.
// *clear false: that was not enough, some links are barred from being lines now.
bool lines_clear(struct shape *s, bool *clear);
// Writes a place's text in at most `most` rows: sets run, rows, cols. False: out of memory.
bool shape_text(struct shape *s, struct diagram_place *p, int most);

// Safe to show, one line, ASCII where asked for; may be the text itself. NULL: out of memory.
const char *shape_safe(struct arena *a, const char *text, bool ascii);
// The word for an idea's status: its label, as a safe text; "" = none. NULL: out of memory.
const char *shape_status(
    struct arena *a, const struct driver_node *n, const struct diagram_options *o);
// "4 cycles", "1 cycle", "–".
const char *shape_cycles(struct arena *a, const struct driver_node *n, bool ascii);
// "2 of 3 tested"; "" where there is no idea on it.
const char *shape_coverage(struct arena *a, const struct driver_node *n);

#endif
