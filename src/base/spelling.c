// SPDX-License-Identifier: MIT
#include <plando/spelling.h>

#include <plando/text.h>

#include <string.h>

const char *spelling_of(struct spellings *s, struct arena *a, const char *text, bool *known)
{
	bool unused = false;
	bool *was = known ? known : &unused;
	struct arena own = { 0 };
	*was = true;
	for (size_t i = 0; i < s->count; i++) // as it stands it is itself, whatever else is like it
		if (strcmp(s->item[i].text, text) == 0)
			return s->item[i].text;
	const char *folded = text_fold(&own, text), *found = NULL;
	for (size_t i = 0; folded && i < s->count && !found; i++)
		if (strcmp(s->item[i].folded, folded) == 0)
			found = s->item[i].text;
	if (!found) {
		*was = false;
		const char *kept = arena_strdup(a, text);
		const char *key = folded ? arena_strdup(a, folded) : NULL;
		if (kept && key &&
		    arena_grow(a, (void **)&s->item, s->count, &s->cap, sizeof *s->item)) {
			s->item[s->count++] = (struct spelling){ kept, key };
			found = kept;
		}
	}
	arena_free(&own);
	return found;
}
