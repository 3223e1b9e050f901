// SPDX-License-Identifier: MIT
// Small multiples: one chart a group, side by side, all with one y axis and over the same days,
// each with its own median; a group with too few points shows its line only. A thin line in each,
// called "all", is the median of all groups together. Groups stand in the order they are given,
// never by their value.
#ifndef PLANDO_CHART_GROUPS_H
#define PLANDO_CHART_GROUPS_H

#include <plando/chart_print.h>
#include <plando/plot.h>

struct chart_groups {
	const struct chart *const *part; // a chart without points: its group cannot be charted
	const char *const *name;	 // of the group, safe to show
	const bool *const *unusual;	 // by part, by point; each may be NULL
	size_t parts;
	const struct chart *whole; // all groups together; NULL: no line is to be drawn
	const struct chart_face *face;
	const struct chart_notes *notes; // numbers below the dates; NULL: none
	bool ascii;
};

// The groups of a sheet, which outlives them.
struct chart_groups chart_sheet_groups(
    const struct chart_sheet *s, const struct chart_face *f, const struct chart_notes *notes);
// "2 of 6 groups show a signal: improvement in A; concern in B and C". NULL: out of memory.
char *chart_groups_finding(struct arena *a, const struct chart_groups *g);
// One group in a few words: "Improvement since Mar 2026", "No signal; median 28 days".
char *chart_group_words(struct arena *a, const struct chart_groups *g, size_t part);
// Its last value, "" where it has none.
char *chart_group_last(struct arena *a, const struct chart_groups *g, size_t part);
// By which rules they were made, and what the thin line is.
char *chart_groups_footer(struct arena *a, const struct chart_groups *g);
// The height of the thin line; NAN: there is none.
double chart_groups_reference(const struct chart_groups *g);

// One plot a group, all over the same days and on one axis of at most `ticks` ticks that holds the
// thin line too; the changes that fall into these days. False: out of memory.
struct chart_plots {
	struct plot *plot; // by part
	struct plot_marks marks;
	int64_t from, to;
};
bool chart_groups_plots(struct arena *a, const struct chart_groups *g, int ticks,
    struct chart_plots *out, struct err *e);

// How panels stand on a canvas.
struct chart_grid {
	const struct chart_groups *groups;
	struct chart_plots plots;
	size_t columns, rows; // of panels, in all
	int margin;	      // columns of the labels of the axis, and the axis
	int wide, high;	      // of a panel: its plot, its head, what parts it from the next one
};
// room: rows of the canvas, so that panels are as high as fits; 0: as on a page. False: out of
// memory.
bool chart_grid_fit(struct arena *a, const struct chart_groups *g, int cols, int room,
    struct chart_grid *out, struct err *e);
// Rows of the canvas that `shown` rows of panels take, with dates and numbers of notes below
// the last of them.
int chart_grid_height(const struct chart_grid *g, size_t shown);
// The rows of panels [first, first + shown) at the canvas's top; focus: a panel under the cursor,
// SIZE_MAX: none. Texts live in the arena, which must outlive the canvas. False: out of memory.
bool chart_grid_draw(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t shown, size_t focus, struct err *e);
// Where the head of a panel stands, its first column and its row on the canvas.
void chart_grid_place(const struct chart_grid *g, size_t first, size_t panel, int *row, int *col);

#endif
