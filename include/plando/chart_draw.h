// SPDX-License-Identifier: MIT
// Charts drawn with characters: on a canvas, for the screen, and as a page of text. Shapes tell
// first, colours second:
//   ● ordinary  ▲ signal in the good direction  ▼ in the bad  ◆ neutral  ○ left out  × unusual
//   o           ^                               v             +          .           x   in ASCII
// Solid lines are of the points that made them, dashed ones go on from there. Points are not joined
// across a missing value, lines not across phases.
#ifndef PLANDO_CHART_DRAW_H
#define PLANDO_CHART_DRAW_H

#include <plando/axis.h>
#include <plando/canvas.h>

enum { CHART_PARTS = 60 };

// One chart in a window of a canvas.
struct chart_plot {
	const struct chart *chart;
	const struct chart_face *face;
	const struct chart_notes *notes; // NULL: none
	const bool *unusual;		 // by point; NULL: none
	struct axis axis;
	int top, left, rows, cols; // with labels, axis and the row of note numbers; rows >= 6
	size_t first, shown;	   // points; set by chart_plot_fit
	size_t cursor;		   // a point that is pointed at; SIZE_MAX: none
	int64_t x_from, x_to;	   // days that the plot spans; equal: those of its points
	bool ascii;
	bool braille; // points are joined in braille dots (not with ascii)
	bool bare;    // no dates below: another chart with the same axis follows
	// One of several beside each other: all its points are shown, over x_from..x_to, and
	// several may share a column; no line is named at its end but the reference.
	bool small;
	int margin; // columns left of the plot, the axis among them, 1: no labels; 0: as they need
	int ends;   // columns right of it; 0: as its labels need
	double target, reference; // small: what stands in each of them; NAN: none
};
// Which points fit, so that `cursor` (or the last point) is among them.
void chart_plot_fit(struct chart_plot *p, struct arena *a);
// False: out of memory. Texts live in the arena, which must outlive the canvas.
bool chart_plot_draw(struct canvas *v, struct arena *a, const struct chart_plot *p, struct err *e);
// Columns that the labels of the axis and the axis take.
int chart_plot_margin(struct arena *a, const struct chart_plot *p);
// Columns that the names at the ends of its lines take.
int chart_plot_ends(struct arena *a, const struct chart_plot *p);
// The dates of a small plot in row y of the canvas, the numbers of its notes below them. False: out
// of memory.
bool chart_plot_dates(
    struct canvas *v, struct arena *a, const struct chart_plot *p, int y, struct err *e);
// The number under the axis of a note, from 1 by date; 0: it lies outside of the chart.
size_t chart_note_number(const struct chart *c, const struct chart_notes *notes, size_t note);
// The same where several charts span these days together.
size_t chart_note_within(int64_t from, int64_t to, const struct chart_notes *notes, size_t note);

// A page: title, finding, chart (or one for each group, with one axis), notes, footer.
struct chart_sheet {
	const struct chart *part[CHART_PARTS];
	const char *name[CHART_PARTS]; // of the group
	const bool *unusual[CHART_PARTS];
	size_t parts;
	const struct chart *whole; // all groups together, a thin line in each; NULL: none
	int width, rows;	   // of one plot
	bool ascii;
	bool braille; // points are joined in braille dots
	bool table;   // every point as a line below
};
bool chart_print(struct arena *a, const struct chart_sheet *s, const struct chart_face *f,
    const struct chart_notes *notes, struct str *out, struct err *e);

#endif
