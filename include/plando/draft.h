// SPDX-License-Identifier: MIT
// Text that was typed and not yet saved, kept outside the workbook (a full or read-only disk under
// the workbook must not cost it): one file a field below env->state_home/drafts/<collaborative>/.
// Offered at the next opening, never applied silently.
#ifndef PLANDO_DRAFT_H
#define PLANDO_DRAFT_H

#include <plando/record.h>

struct draft {
	struct id id; // the record; may not exist yet
	const char *kind;
	const char *field; // cell name
	const char *text;  // as typed
	int64_t at;	   // when, ms
	const char *saw;   // saw_print of its field when it was begun; NULL: not known
	const char *run;   // the run that keeps it; NULL: not known
	const char *refs;  // for a record that is not saved yet: "team=<uuid> idea=<uuid>", else ""
};

struct drafts {
	struct draft *item;
	size_t count;
};

// Whole or not at all (temporary file, rename). Not synced to disk: it must cost no key a wait.
bool draft_keep(struct store *s, const struct draft *d, struct err *e);
bool draft_drop(struct store *s, const struct id *id, const char *field, struct err *e);
// The same in a file elsewhere (the folder of an editor), which says too what it is a draft of. The
// second is false where it is no draft of this workbook.
bool draft_keep_at(struct store *s, const struct draft *d, const char *path, struct err *e);
bool draft_load_at(struct store *s, struct arena *a, const char *path, struct draft *out);
// Newest first; without those that another program has under its keys now.
bool draft_list(struct store *s, struct arena *a, struct drafts *out, struct err *e);

#endif
