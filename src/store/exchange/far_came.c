// SPDX-License-Identifier: MIT
// What came in from a far disk since the workbook was opened, and what of it is told.
#include "store/exchange/far.h"

#include <plando/erasures.h>
#include <plando/str.h>

// It may have come into a store that is closed before what it erased is told.
bool far_came(struct far *f, const struct merge_report *r, struct err *e)
{
	struct arena *a = f->arena;
	struct merge_report kept = *r;
	if (!r->changes)
		return true;
	kept.path = f->path;
	kept.why = kept.backup = NULL;
	kept.part = NULL;
	kept.parts = 0;
	kept.erasure = arena_array(a, r->erasures + 1, sizeof *kept.erasure);
	if (!kept.erasure ||
	    !arena_grow(a, (void **)&f->merge, f->merges, &f->merge_cap, sizeof *f->merge))
		return err_memory(e);
	for (size_t i = 0; i < r->erasures; i++) {
		struct merge_erasure *x = &kept.erasure[i];
		*x = r->erasure[i];
		x->by = arena_strdup(a, x->by);
		x->kind = arena_strdup(a, x->kind);
		if (!x->by || !x->kind)
			return err_memory(e);
	}
	f->merge[f->merges++] = kept;
	return true;
}

const char *far_came_erased(const struct far *f, size_t from)
{
	size_t n = f->merges - from;
	if (!n)
		return "";
	const char *words = erasures_words(f->arena, &f->merge[from], n, true);
	int64_t held = erasures_held(&f->merge[from], n);
	const char *all = str_empty(words)
			      ? ""
			      : arena_printf(f->arena, " %s%s", words,
				    held == 1 ? " It is held on this computer for 30 days."
				    : held    ? " They are held on this computer for 30 days."
					      : "");
	return all ? all : "";
}
