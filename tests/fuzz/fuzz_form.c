// SPDX-License-Identifier: MIT
// Any bytes as a form file: refused with a place and words, or a form whose every field takes or
// refuses what is typed, shows what it took, and takes that again unchanged.
#include "fuzz.h"

#include <plando/form.h>
#include <plando/str.h>

#include <string.h>

enum { TODAY = 20779 }; // 2026-11-22

static void takes_or_refuses(struct arena *a, const struct form_field *field, const char *typed)
{
	struct err e = { 0 };
	char *stored = NULL;
	if (!field_parse(a, field, typed, TODAY, &stored, &e)) {
		HOLDS(e.code != ERR_NONE && *e.text);
		return;
	}
	HOLDS(stored && field_show(a, field, stored, TODAY));
	char *again = NULL;
	HOLDS(field_parse(a, field, stored, TODAY, &again, &e));
	HOLDS(str_equal(again, stored));
}

static bool has_cells(enum field_type type)
{
	return type == FIELD_CHOICES || type == FIELD_REFS || type == FIELD_LIST ||
	       type == FIELD_PAIRS;
}

static void holds_together(struct arena *a, const struct form *form)
{
	HOLDS(form->id && form->title);
	for (const struct form_field *f = NULL; (f = form_next(form, f));) {
		HOLDS(f->id && f->type < FIELD_TYPES && field_type_name(f->type));
		HOLDS(form_field(form, f->id) != NULL);
		if (has_cells(f->type))
			continue;
		takes_or_refuses(a, f, "");
		takes_or_refuses(a, f, form->title);
		takes_or_refuses(a, f, "12.50");
		takes_or_refuses(a, f, "3 May");
		takes_or_refuses(a, f, "yes");
		for (size_t i = 0; i < f->choice_count; i++) {
			HOLDS(field_choice(f, f->choices[i].id));
			takes_or_refuses(a, f, f->choices[i].label);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct form *form = form_read(&a, (const char *)bytes, n, "seed.yaml", &e);
	if (form)
		holds_together(&a, form);
	else
		HOLDS(e.code != ERR_NONE && strncmp(e.text, "seed.yaml", 9) == 0);
	arena_free(&a);
	return 0;
}
