// SPDX-License-Identifier: MIT
// A driver diagram as a picture of one page: aim, primary drivers, secondary drivers and change
// ideas in columns from left to right, every drawn link a line.
//
// Rules:
// 1. Nothing is cut: text is wrapped, and the page is the smallest of A4 to A0 (landscape) on which
//    the letters are large enough to read; beyond that it grows downwards.
// 2. Every drawn link is one line, and one element of the SVG (class "link", data-from, data-to:
//    the ids of the records). A line that passes a column by has a lane of its own there.
// 3. Compared with another date, what is new has a thick frame, what moved or was reworded a thick
//    dashed one, both say so, and what is retired is listed at the foot.
// 4. Level by place, letter and colour; weak by dashes; tested by a filled disc; status in words.
#ifndef PLANDO_DIAGRAM_SCENE_H
#define PLANDO_DIAGRAM_SCENE_H

#include <plando/driver.h>
#include <plando/form.h>
#include <plando/scene.h>

struct diagram_scene_options {
	const struct form_field *status; // the choice whose labels are shown; NULL = ids
	const char *when;		 // "22 Nov 2026", at the foot; NULL = none
	const struct driver_diff *diff; // whose `after` this is: what changed is marked; NULL: none
	const char *since;		// its date, "3 May 2026"
	bool fewest;			// crossing lines, whatever order people gave (driver_order)
};

// Lives in the arena. False: out of memory.
bool diagram_scene(struct arena *a, const struct driver_diagram *d,
    const struct diagram_scene_options *o, const struct scene_type *type, struct scene *out,
    struct err *e);

#endif
