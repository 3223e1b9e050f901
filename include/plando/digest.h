// SPDX-License-Identifier: MIT
// What was learned, to read aloud or hand round at a learning session: by item of the change
// package (else by change idea), newest first. As text, or as Markdown in which what people typed
// stays text.
#ifndef PLANDO_DIGEST_H
#define PLANDO_DIGEST_H

#include <plando/form.h>
#include <plando/learned.h>
#include <plando/str.h>

struct digest_options {
	const char *title;	 // one line above all; NULL: none
	const struct form *form; // of PDSA cycles: the words of scales and decisions
	date_t today;
	bool markdown, ascii;
	int width; // of lines of text; 0 = as long as they are
};

// False: out of memory.
bool digest_write(struct arena *a, const struct learnings *all, const struct digest_options *o,
    struct str *out, struct err *e);

#endif
