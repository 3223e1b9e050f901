// SPDX-License-Identifier: MIT
// One chart in a rectangle of a page: lines, points, axes, the numbers of notes. chart_scene.c puts
// panels and words on a page.
#ifndef PLANDO_OUTPUT_CHART_PANEL_H
#define PLANDO_OUTPUT_CHART_PANEL_H

#include <plando/chart_groups.h>
#include <plando/chart_scene.h>

struct panel {
	struct scene *scene;
	const struct chart *chart;
	const struct chart_face *face;
	const struct chart_notes *notes; // NULL: none
	const bool *unusual;		 // by point; NULL: none
	struct axis axis;
	int64_t from, to;	// first and last x
	struct scene_rect plot; // between the axes
	double size;		// of its letters
	double reference;	// a thin line across; NAN: none
	bool values, dates;	// labels of the axes
	bool ends; // values at the right ends of lines; else goal and reference by name
};

// Width that labels take at the left and at the right.
double panel_left(const struct panel *p);
double panel_right(const struct panel *p);
// Height that dates and the numbers of notes take below the plot, whose left edge and width are
// known.
double panel_below(const struct panel *p);
void panel_draw(const struct panel *p);
// The mark of what a chart shows as a whole; none where it has too few points to tell.
void panel_sign(struct scene *s, const struct chart *c, double x, double y, double size);

// What it shows of a phase: nothing, a line on trial (dashed), a line.
enum panel_line { PANEL_NO_LINE, PANEL_TRIAL, PANEL_LINE };
enum panel_line panel_centre_line(const struct chart *c, const struct chart_phase *phase);

#endif
