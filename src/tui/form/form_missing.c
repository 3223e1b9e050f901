// SPDX-License-Identifier: MIT
// What a form asks for and does not hold: how much of it there is, and the way to the next. It only
// ever says so; nothing waits for it.
#include "tui/form/form_screen.h"

static bool form_missing_list_is_empty(const struct form_item *item)
{
	return !*item->key && item->number == 1;
}

// A required list is missing as a whole, at its first row; a row that was begun by its own fields.
static bool is_missing(struct form_screen *f, const struct form_item *item)
{
	if (item->type != ITEM_FIELD || *item->text || form_unsaved(f, item->part, item->cell))
		return false;
	if (!item->list)
		return item->field->required &&
		       !form_filled(&f->part[item->part], item->field, &f->work);
	return *item->key ? item->field->required
			  : item->list->required && form_missing_list_is_empty(item);
}

size_t form_missing_next(struct form_screen *f, size_t *missing)
{
	size_t next = f->count;
	*missing = 0;
	for (size_t step = 1; step <= f->count; step++) {
		size_t i = (f->at + step) % f->count;
		if (!is_missing(f, &f->item[i]))
			continue;
		if (next == f->count)
			next = i;
		++*missing;
	}
	return next;
}
