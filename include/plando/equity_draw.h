// SPDX-License-Identifier: MIT
// Groups beside each other in words, as a page of text, on a canvas and as a picture. A row a
// group, smallest denominator first: its 95 % interval with the value in it, the funnel's limits
// around the mean of all. Shapes tell first, colours second:
//   ● within the limits  ◆ different from the rest   of a group with small numbers its name alone
//   o                    +                           in ASCII
#ifndef PLANDO_EQUITY_DRAW_H
#define PLANDO_EQUITY_DRAW_H

#include <plando/axis.h>
#include <plando/canvas.h>
#include <plando/equity.h>
#include <plando/scene.h>

struct equity_sheet {
	const struct equity *equity;
	const struct chart_face *face;
	const struct equity_gap *gap; // NULL: none
	int width;
	bool ascii;
	bool table; // every group as a line below
};

// --- in words, all in the arena; NULL: out of memory. Names are not made safe here.
// "17.2 %", "–" where not available.
char *equity_value(struct arena *a, const struct chart_face *f, double v);
// "134", "" of one that is not shown.
char *equity_group_size(struct arena *a, const struct equity_group *g);
// "17.2 (12.6 to 23.1)", "<5" of a small group, "no data".
char *equity_group_value(struct arena *a, const struct equity *q, const struct chart_face *f,
    const struct equity_group *g);
// All about one group: "23 of 134, 17.2 % (95 % interval 12.6 to 23.1); within the limits".
char *equity_group_words(struct arena *a, const struct equity *q, const struct chart_face *f,
    const struct equity_group *g);
// "2 of 24 groups differ from the rest: …"
char *equity_finding(struct arena *a, const struct equity *q, const struct chart_face *f);
// "mean of all 18.0 %", "mean of the groups shown, 18.0 %".
char *equity_mean_name(struct arena *a, const struct equity *q, const struct chart_face *f);
// Which dates, which limits, what is left out, which groups are changing.
char *equity_footer(struct arena *a, const struct equity *q, const struct chart_face *f);
// The gap as difference and as ratio, with intervals and sizes of both groups.
char *equity_gap_words(struct arena *a, const struct equity *q, const struct chart_face *f,
    const struct equity_gap *g);

// --- on a canvas
struct equity_plot {
	const struct equity *equity;
	const struct chart_face *face;
	struct axis axis;
	int cols;	 // in all
	int left, right; // columns of the names and of the values beside the plot
	int size;	 // of the sizes, before the values
	bool ascii;
};
// Wide enough for its names and values, as far as `cols` allows. False: out of memory.
bool equity_plot_fit(struct arena *a, const struct equity *q, const struct chart_face *f, int cols,
    bool ascii, struct equity_plot *out);
// One group in row y of the canvas; the texts live in the arena, which must outlive it.
void equity_plot_row(
    struct canvas *v, struct arena *a, const struct equity_plot *p, size_t group, int y);
// The axis in rows y and y + 1.
void equity_plot_axis(struct canvas *v, struct arena *a, const struct equity_plot *p, int y);

// The axis that all intervals and limits fit on; several drawings share it.
struct axis equity_axis(const struct equity *q, const struct chart_face *f, int ticks);

// A page of at most `width` columns.
bool equity_print(struct arena *a, const struct equity_sheet *s, struct str *out, struct err *e);
// One page; when: the day it was made. Lives in the arena. False: out of memory.
bool equity_scene(struct arena *a, const struct equity_sheet *s, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e);

#endif
