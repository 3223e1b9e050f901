// SPDX-License-Identifier: MIT
// A ramp as a picture: cycles from left to right, each as high as its scale, so that a test which
// grows is seen to rise.
//
//   All of one site                             ┌─ 3 Every morning ───
//   One team or week        ┌─ 2 Two mornings ──┘
//   One clinic or day ─ 1 ──┘
//                     20 Jun  1 Aug             28 Nov
//                     Adapt   Increase          planned
#ifndef PLANDO_RAMP_H
#define PLANDO_RAMP_H

#include <plando/canvas.h>

enum { RAMP_SCALES = 6 };

struct ramp_step { // texts safe, one line, never NULL; they must outlive the canvas
	const char *label, *day, *decision;
	int rank; // of its scale, 0 the smallest; -1: not told, drawn as high as the one before
};

// In the whole canvas. Where not all steps find room, those around `focus` are shown, and a sign at
// the edge says that there are more. scale: what each rank is called, the smallest first.
void ramp_draw(struct canvas *c, const struct ramp_step *step, size_t count, size_t focus,
    const char *const scale[RAMP_SCALES]);
// Where the focus stands, for the cursor.
void ramp_place(const struct canvas *c, const struct ramp_step *step, size_t count, size_t focus,
    const char *const scale[RAMP_SCALES], int *row, int *col);

#endif
