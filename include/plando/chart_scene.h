// SPDX-License-Identifier: MIT
// Run and control charts as pictures of one page, by the rules of the design's page on pictures:
// the finding first, in words; every line named at its right end; solid lines where points made
// them, dashed where they go on; changes numbered under the axis and told below; shapes before
// colours.
#ifndef PLANDO_CHART_SCENE_H
#define PLANDO_CHART_SCENE_H

#include <plando/chart_print.h>
#include <plando/scene.h>

// The same sheet that is printed as text: one chart, or one for each group with one y axis (of its
// members those of a page of text are not read). when: the day it was made. Lives in the arena.
// False: out of memory.
bool chart_scene(struct arena *a, const struct chart_sheet *sheet, const struct chart_face *face,
    const struct chart_notes *notes, const char *when, const struct scene_type *type,
    struct scene *out, struct err *e);

#endif
