// SPDX-License-Identifier: MIT
// A plot in a rectangle of a page. What is around it stands on the pages (page_scene.h).
#ifndef PLANDO_OUTPUT_PLOT_SCENE_H
#define PLANDO_OUTPUT_PLOT_SCENE_H

#include <plando/plot.h>

struct panel {
	struct scene *scene;
	const struct plot *plot;
	struct scene_rect at; // between the axes
	double size;	      // of its letters
	bool values, dates;   // labels of the axes
	bool marks;	      // numbers of changes
};

// Width that labels take at the left and at the right.
double panel_left(const struct panel *p);
double panel_right(const struct panel *p);
// Height that dates and the numbers of changes take below the plot, whose left edge and width are
// known.
double panel_below(const struct panel *p);
void panel_draw(const struct panel *p);

#endif
