// SPDX-License-Identifier: MIT
// Fields that name other records. Stored and edited as UUIDs, read as titles; form_pick.c opens the
// list to choose from.
#include "tui/field/field.h"

#include <plando/str.h>

#include <string.h>

static const char *field_ref_title_of(const struct face *f, const char *member, size_t n)
{
	const char *uuid = arena_copy(f->arena, member, n);
	const char *title = uuid ? record_ref_named(f->store, f->arena, f->field->of, uuid) : NULL;
	return title ? title : "?";
}

static const char *field_ref_text_of(const struct face *f)
{
	return f->edit ? f->edit->text : f->text;
}

char *ref_brief(const struct face *f)
{
	struct str text = STR_IN(f->arena);
	const char *m;
	size_t n;
	for (size_t i = 0; (m = member_at(field_ref_text_of(f), i, &n)); i++) {
		str_add(&text, i ? "; " : "");
		str_add(&text, field_ref_title_of(f, m, n));
	}
	return str_done(&text);
}

int ref_height(const struct face *f, int cols)
{
	(void)cols;
	size_t count = member_count(field_ref_text_of(f));
	return count > 1 ? (int)count : 1;
}

void ref_draw(const struct face *f, struct term *t, struct area area)
{
	const char *m;
	size_t n, at = *f->at;
	term_cursor(t, area.row, area.col);
	for (int i = 0; i < area.rows && (m = member_at(field_ref_text_of(f), (size_t)i, &n));
	     i++) {
		term_put(
		    t, area.row + i, area.col, area.cols, ROLE_FIELD, field_ref_title_of(f, m, n));
		if ((size_t)i == at)
			term_cursor(t, area.row + i, area.col);
	}
}

static bool field_ref_is_key(const struct key *key, enum special special)
{
	return key->type == PRESS_SPECIAL && key->special == special;
}

static enum edit_did field_ref_take_out(const struct face *f, struct err *e)
{
	size_t n;
	const char *m = member_at(f->edit->text, *f->at, &n);
	const char *member = m ? arena_copy(f->arena, m, n) : NULL;
	char *text = member ? member_toggle(f->arena, f->edit->text, member) : NULL;
	if (!m)
		return EDIT_MOVED;
	if (!text) {
		err_memory(e);
		return EDIT_REFUSED;
	}
	*f->at = 0;
	return edit_replace(f->edit, text, e) ? EDIT_CHANGED : EDIT_REFUSED;
}

enum edit_did ref_key(const struct face *f, const struct key *key, struct err *e)
{
	size_t count = member_count(f->edit->text);
	if (field_ref_is_key(key, K_CTRL('Z')) || field_ref_is_key(key, K_CTRL('Y')))
		return edit_key(f->edit, key, 1, e);
	if (field_ref_is_key(key, K_BACKSPACE) || field_ref_is_key(key, K_DELETE))
		return field_ref_take_out(f, e);
	if (field_ref_is_key(key, K_LEFT) && *f->at > 0)
		--*f->at;
	else if (field_ref_is_key(key, K_RIGHT) && *f->at + 1 < count)
		++*f->at;
	else
		return EDIT_NOT;
	return EDIT_MOVED;
}

const char *ref_reading(const struct face *f)
{
	if (f->field->type == FIELD_REFS)
		return "Enter adds one   ← → move   Del takes one out";
	return "Enter or a letter opens the list   Del empties";
}
