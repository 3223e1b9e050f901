// SPDX-License-Identifier: MIT
// The forms that a workbook brings along: records of kind `form`, which have history and merge like
// any other. In force are, of all records that say the same form, the one of the highest version
// (ties: the largest id), so that every copy decides alike. One that cannot be read or laid over
// the built-in form is skipped and never in the way; store_check names it.
#ifndef PLANDO_INSTALLED_H
#define PLANDO_INSTALLED_H

#include <plando/store.h>

struct installed {
	struct id id;		 // of the record
	const char *name, *yaml; // as it stands there
	const struct form *form; // NULL: it cannot be read
	const char *why;	 // it is skipped, and why; NULL: it is not
	bool older;		 // another record says the same form in a higher version
};

struct installed_forms {
	struct installed *item; // the weakest first
	size_t count;
};

bool installed_list(struct store *s, struct arena *a, struct installed_forms *out, struct err *e);

// The one in force under this form id; NULL: none is.
const struct installed *installed_find(const struct installed_forms *all, const char *form);

// Puts a form file's text in: sets the record in force where there is one (others of the same form
// go), else makes one. Refuses what forms_install refuses, and a field of another type than the
// form had so far. `path` stands in messages. *before: the version that it replaces (0: none);
// *written: false where nothing was new. The form lives in the arena.
struct install {
	const struct form *form;
	unsigned before;
	bool written;
};
bool installed_put(struct store *s, struct arena *a, const char *text, size_t n, const char *path,
    struct install *out, struct err *e);

#endif
