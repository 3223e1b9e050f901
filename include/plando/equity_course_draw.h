// SPDX-License-Identifier: MIT
// The gap between two groups over time in words, on a canvas, as a page of text and as a picture.
#ifndef PLANDO_EQUITY_COURSE_DRAW_H
#define PLANDO_EQUITY_COURSE_DRAW_H

#include <plando/equity_course.h>
#include <plando/plot.h>

struct equity_course_face {
	const struct equity_course *course;
	struct chart_face difference, ratio;
	const char *title; // "Seen in time: gap between North and South"
};
// False: out of memory. Lives in the arena; names are made safe here.
bool equity_course_face(struct arena *a, const struct equity_course *c, const struct measure *m,
    const char *team, bool ascii, struct equity_course_face *out, struct err *e);
// All in the arena; NULL: out of memory.
// "Difference: no signal … Ratio: …"
char *equity_course_finding(struct arena *a, const struct equity_course_face *f);
// What is subtracted from what, sizes of both groups, dates left out; brief: without the rules of
// the charts.
char *equity_course_footer(struct arena *a, const struct equity_course_face *f, bool brief);
// "20 points, ratio 1.5 (North 40 of 80, South 20 of 100)"
char *equity_course_words(struct arena *a, const struct equity_course_face *f, size_t point);
// What stands above the plot of the difference, of the ratio.
const char *equity_course_head(const struct equity_course_face *f, bool ratio);
bool equity_course_plot(struct arena *a, const struct equity_course_face *f, bool ratio, int ticks,
    struct plot *out, struct err *e);
// Both charts below each other, from the canvas's top; cursor: a point, SIZE_MAX: none.
bool equity_course_draw(struct canvas *v, struct arena *a, const struct equity_course_face *f,
    size_t cursor, struct err *e);
// A page of at most `width` columns, with a line a date; and a picture, made on that day.
bool equity_course_print(
    struct arena *a, const struct equity_course_face *f, int width, struct str *out, struct err *e);
bool equity_course_scene(struct arena *a, const struct equity_course_face *f, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e);

#endif
