// SPDX-License-Identifier: MIT
// What pages of charts have in common: as text, and as pictures.
#ifndef PLANDO_OUTPUT_PAGE_H
#define PLANDO_OUTPUT_PAGE_H

#include <plando/plot.h>
#include <plando/str.h>

// --- text
// Wrapped to `width` columns, with what follows the first line set in. text NULL: out of memory.
bool page_add(struct arena *a, struct str *out, const char *text, int width, int indent, bool ascii,
    struct err *e);
// "Mean wait, days · Child health hubs". NULL: out of memory, or title was.
const char *page_title(struct arena *a, const char *title, const char *team, bool ascii);

// --- pictures, of one landscape A4
enum { PAGE_WIDTH = 842, PAGE_HEIGHT = 595 };
#define PAGE_MARGIN  34.0
#define PAGE_TITLE   11.0 // sizes of letters
#define PAGE_FINDING 15.0
#define PAGE_BODY    9.5
#define PAGE_SMALL   8.0

// The text, or "" where memory ran out, which the scene remembers.
const char *page_kept(struct scene *s, const char *text);
// Title, finding and, where not "", a line more. Returns where it ends.
double page_head(struct scene *s, const char *title, const char *finding, const char *more);
// A hint where not "", then the footer with the day it was made. Returns where it ends.
double page_foot(struct scene *s, double y, const char *hint, const char *footer, const char *when);
// A sign and what it means, at x of the line below y. Returns where the next one begins.
double page_key(struct scene *s, double x, double y, enum scene_shape shape, enum scene_role role,
    const char *words);
// The names of shapes that are seen, with a line in the key for each; one alone explains itself.
// Returns where it ends.
double page_keys(struct scene *s, double y, const bool seen[PLOT_SHAPES]);

#endif
