// SPDX-License-Identifier: MIT
// Names that differ in case, accents or blanks alone are one name: North, north, NORTH. The
// spelling that came first is kept.
#ifndef PLANDO_SPELLING_H
#define PLANDO_SPELLING_H

#include <plando/arena.h>

#include <stdbool.h>
#include <stddef.h>

struct spelling {
	const char *text, *folded;
};

// All zero: none yet. What it keeps lies in the arena that is handed in, always the same.
struct spellings {
	struct spelling *item;
	size_t count, cap;
};

// The known spelling of `text`, else `text` itself, which is known from now on. *known (may be
// NULL): it was there already. NULL: out of memory.
const char *spelling_of(struct spellings *s, struct arena *a, const char *text, bool *known);

#endif
