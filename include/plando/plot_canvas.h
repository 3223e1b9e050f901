// SPDX-License-Identifier: MIT
// A plot in a window of a canvas, for the screen and for a page of text: points joined by box lines
// that meet, the centre line heavy, limits in dots. ASCII where the canvas is.
#ifndef PLANDO_PLOT_CANVAS_H
#define PLANDO_PLOT_CANVAS_H

#include <plando/plot.h>

struct plot_view {
	const struct plot *plot;
	int top, left, rows, cols; // with labels, axis, dates and numbers of changes; rows >= 6
	size_t first, shown;	   // points; set by plot_view_fit
	size_t cursor;		   // a point that is pointed at; SIZE_MAX: none
	bool ascii;
	bool braille; // points are joined in braille dots (not with ascii)
	bool bare;    // no dates below: another chart with the same axis follows
	int margin; // columns left of the plot, the axis among them, 1: no labels; 0: as they need
	int ends;   // columns right of it; 0: as its labels need
};
// Which points fit, so that `cursor` (or the last point) is among them; of a small plot all do, and
// several may share a column.
void plot_view_fit(struct plot_view *v);
// False: out of memory. Texts live in the plot's arena or in `a`; both must outlive the canvas.
bool plot_view_draw(struct canvas *c, struct arena *a, const struct plot_view *v, struct err *e);
// Columns that the labels of the axis and the axis take, and that names at the ends of lines do.
int plot_view_margin(const struct plot *p);
int plot_view_ends(const struct plot_view *v);
// Rows below the plot: the axis, dates, numbers of changes where there are any.
int plot_view_below(const struct plot_view *v);
// The dates of a plot in row y of the canvas, the numbers of its changes below them. False: out of
// memory.
bool plot_view_dates(
    struct canvas *c, struct arena *a, const struct plot_view *v, int y, struct err *e);

#endif
