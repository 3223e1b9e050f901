// SPDX-License-Identifier: MIT
#include <plando/asked.h>

#include "store/log/store.h"

#include <plando/str.h>

#include <string.h>

bool asked_filled(
    const struct record *r, struct arena *a, const char *prefix, const struct form_field *field)
{
	struct elements some = { 0 };
	const char *cell = arena_printf(a, "%s%s", prefix, field->id);
	if (!cell)
		return false;
	if (field->type == FIELD_LIST || field->type == FIELD_PAIRS)
		return record_elements(r, a, cell, &some) && some.count > 0;
	if (field->type == FIELD_CHOICES || field->type == FIELD_REFS)
		return record_members(r, a, cell, &some) && some.count > 0;
	return record_get(r, cell) != NULL;
}

bool asked_shown(
    const struct record *r, struct arena *a, const char *prefix, const struct form_field *field)
{
	if (field->hidden || field->type == FIELD_ANSWERS)
		return false;
	if (!field->when_field)
		return true;
	const char *name = arena_printf(a, "%s%s", prefix, field->when_field);
	const char *value = name ? record_get(r, name) : NULL;
	for (const char **v = field->when_values; value && v && *v; v++)
		if (str_equal(*v, value))
			return true;
	return asked_filled(r, a, prefix, field);
}

static bool asked_all_filled(const struct form *form, const struct record *r, struct arena *a,
    const char *prefix, const char *fields)
{
	for (size_t n; *fields; fields += n + (fields[n] == ' ')) {
		n = strcspn(fields, " ");
		const char *id = arena_copy(a, fields, n);
		const struct form_field *field = id ? form_field(form, id) : NULL;
		if (n > 0 && field && !asked_filled(r, a, prefix, field))
			return false;
	}
	return true;
}

const char *asked_prompt(const struct form *form, const struct record *r, struct arena *a,
    const char *prefix, const char *field, size_t i)
{
	for (size_t k = 0; k < form->prompt_count; k++) {
		const struct form_prompt *q = &form->prompts[k];
		bool speaks =
		    str_equal(q->field, field) &&
		    (!q->unless_filled ||
			!asked_all_filled(form, r, a, prefix, q->unless_filled)) &&
		    (!q->when_filled || asked_all_filled(form, r, a, prefix, q->when_filled));
		if (speaks && i-- == 0)
			return q->says;
	}
	return NULL;
}

static const struct stamp {
	const char *kind, *list, *field, *date;
} STAMPS[] = {
	{ "pdsa", "predictions", "prediction", "predicted_date" },
	{ "pdsa", NULL, "learned", "studied_date" },
};

const char *asked_stamp(const char *kind, const char *list, const char *field)
{
	for (size_t i = 0; i < sizeof STAMPS / sizeof *STAMPS; i++)
		if (str_equal(STAMPS[i].kind, kind) && str_equal(STAMPS[i].list, list) &&
		    str_equal(STAMPS[i].field, field))
			return STAMPS[i].date;
	return NULL;
}

bool asked_keep(struct save *v, const struct id *id, struct err *e)
{
	struct record r = { .id = *id };
	char today[DATE_TEXT];
	const char *status = save_pending(v, id, "status");
	if (!status || !str_equal(save_pending_kind(v, id), "action") ||
	    save_pending(v, id, "done_date"))
		return true;
	if (save_stored(v, id) && !record_load(save_store(v), save_arena(v), id, &r, e))
		return false;
	bool done = str_equal(status, "done"), dated = record_get(&r, "done_date") != NULL;
	if (done == dated)
		return true;
	date_print_iso(store_today(save_store(v)), today);
	return save_cell(v, id, "action", "done_date", done ? today : "", e);
}

static const struct given {
	const char *kind, *field, *value;
} DEFAULTS[] = { { "team", "status", "active" }, { "idea", "status", "idea" },
	{ "pdsa", "type", "test" }, { "action", "status", "open" } };

bool asked_default(const char *kind, size_t i, const char **field, const char **value)
{
	for (size_t k = 0; k < sizeof DEFAULTS / sizeof *DEFAULTS; k++)
		if (str_equal(DEFAULTS[k].kind, kind) && i-- == 0) {
			*field = DEFAULTS[k].field;
			*value = DEFAULTS[k].value;
			return true;
		}
	return false;
}
