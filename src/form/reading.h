// SPDX-License-Identifier: MIT
// A form file while it is being read: what has been built and what is wrong with it so far.
// form_read.c builds the structures, form_check.c says what they must mean.
#ifndef PLANDO_FORM_READING_H
#define PLANDO_FORM_READING_H

#include <plando/form.h>

struct reading {
	struct arena *arena;
	const char *name; // of the file, for messages
	struct form *form;
	const char **line; // mistakes so far
	size_t count, cap;
	bool failed; // memory ran out
};

enum { FAULTS_MOST = 100 }; // more than these nobody reads

// Notes a mistake at a node (NULL: of the whole file).
void reading_fault(struct reading *r, const struct yaml *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// What a form must mean once its keys are in place: ids, types and what they need, references to
// fields.
void check_form(struct reading *r, const struct yaml *root);

// --- instrument.c: the words of instruments, each read into what its name says; thresholds into
// the int[P_COUNT] of the rules
void slot_proof(struct reading *r, const struct yaml *y, void *to);
void slot_need(struct reading *r, const struct yaml *y, void *to);
void slot_half_rule(struct reading *r, const struct yaml *y, void *to);
void slot_thresholds(struct reading *r, const struct yaml *y, void *to);
void check_instrument(struct reading *r, const struct yaml *root);

#endif
