// SPDX-License-Identifier: MIT
// Erasure: what was typed is blanked for good, here and in every copy that meets this one. The log
// keeps that something stood there, who wrote it and who blanked it; not the text.
#ifndef PLANDO_REDACT_H
#define PLANDO_REDACT_H

#include <plando/share.h>

// A place where an erased person's name stands within a longer text. It is left for a person to
// judge: blanking it would take other people's words with it.
struct redact_mention {
	struct id id;
	const char *kind, *field;
	bool earlier; // not in what is shown now, but in an earlier version of it
};

struct redact_report {
	int64_t values;	 // texts blanked, earlier versions counted
	int64_t records; // in which they stood
	struct redact_mention *mention;
	size_t mentions;
	struct devices others; // that may still hold a copy which never meets this one
};

// Blanks, with all earlier versions: one field (a cell, and the cells below it), or with field NULL
// what was typed into the record. What keeps the record in its place stays: references, choices
// from a list, order. Of a person everything goes, and so does each value anywhere that is the
// person's name and nothing else. Who wrote a change is part of the log's proof and cannot be
// blanked. Cannot be undone. dry_run: only counts.
// reason: why, kept in the history with what was blanked; NULL: none is given. One that holds a
// text that goes is refused.
bool store_redact(struct store *s, struct arena *a, const struct id *id, const char *field,
    const char *reason, bool dry_run, struct redact_report *out, struct err *e);

// The cell of a reason in the log.
bool redact_is_reason(const char *cell);

#endif
