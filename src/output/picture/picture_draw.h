// SPDX-License-Identifier: MIT
// Between picture.c and the drawing library: picture_cairo.c, or picture_none.c in a build without.
#ifndef PLANDO_OUTPUT_PICTURE_DRAW_H
#define PLANDO_OUTPUT_PICTURE_DRAW_H

#include <plando/picture.h>

bool picture_draw_png(const struct scene *s, int64_t now, FILE *out, struct err *e);
bool picture_draw_pdf(const struct scene *s, int64_t now, FILE *out, struct err *e);

#endif
