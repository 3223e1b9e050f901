// SPDX-License-Identifier: MIT
// A chart as a page of text, for terminals, e-mail and screen readers: title, finding, chart (or
// one for each group, with one axis), changes, what the shapes mean, footer.
#ifndef PLANDO_CHART_PRINT_H
#define PLANDO_CHART_PRINT_H

#include <plando/chart_words.h>
#include <plando/err.h>
#include <plando/str.h>

enum { CHART_PARTS = 60 };

struct chart_sheet {
	const struct chart *part[CHART_PARTS];
	const char *name[CHART_PARTS]; // of the group
	const bool *unusual[CHART_PARTS];
	size_t parts;
	const struct chart *whole; // all groups together, a thin line in each; NULL: none
	int width, rows;	   // of one plot
	bool ascii;
	bool braille; // points are joined in braille dots
	bool table;   // every point as a line below
};
bool chart_print(struct arena *a, const struct chart_sheet *s, const struct chart_face *f,
    const struct chart_notes *notes, struct str *out, struct err *e);

#endif
