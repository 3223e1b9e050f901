// SPDX-License-Identifier: MIT
// Fields that are chosen: yes or no, one of several, a level of a scale, any of several. Left,
// Right and the first letter choose; Up and Down go to the next field, so that walking through a
// form changes nothing.
#include "tui/field/field.h"

#include <plando/str.h>

#include <string.h>

enum { GAP = 3, MARK = 4 };

static const struct choice YES_NO[] = { { "yes", "Yes", NULL }, { "no", "No", NULL } };

struct options {
	const struct choice *item;
	size_t count;
};

static struct options field_choice_options_of(const struct face *f)
{
	if (f->field->choice_count > 0)
		return (struct options){ f->field->choices, f->field->choice_count };
	if (f->field->type == FIELD_YESNO)
		return (struct options){ YES_NO, 2 };
	struct choice *made =
	    arena_array(f->arena, f->form->level_count + 1, sizeof *made); // a scale's levels
	for (size_t i = 0; made && i < f->form->level_count; i++)
		made[i] = (struct choice){ f->form->levels[i].score, f->form->levels[i].title,
			f->form->levels[i].text };
	return (struct options){ made, made ? f->form->level_count : 0 };
}

static bool field_choice_several(const struct face *f)
{
	return f->field->type == FIELD_CHOICES;
}

static bool field_choice_is_chosen(const struct face *f, const char *id)
{
	const char *text = f->edit ? f->edit->text : f->text, *m;
	size_t n;
	if (!field_choice_several(f))
		return str_equal(text, id);
	for (size_t i = 0; (m = member_at(text, i, &n)); i++)
		if (n == strlen(id) && memcmp(m, id, n) == 0)
			return true;
	return false;
}

// The label as it is shown; a scale's begins with its score.
static const char *field_choice_label_of(const struct face *f, const struct choice *c)
{
	if (f->field->type != FIELD_SCALE || str_equal(c->id, c->label))
		return c->label;
	const char *both = arena_printf(f->arena, "%s  %s", c->id, c->label);
	return both ? both : c->label;
}

char *choice_brief(const struct face *f)
{
	struct options o = field_choice_options_of(f);
	struct str text = STR_IN(f->arena);
	for (size_t i = 0; i < o.count; i++)
		if (field_choice_is_chosen(f, o.item[i].id)) {
			str_add(&text, text.length ? ", " : "");
			str_add(&text, field_choice_label_of(f, &o.item[i]));
		}
	return text.length || !*f->text ? str_done(&text) : arena_strdup(f->arena, f->text);
}

// All of them beside each other, where they fit and say no more than their names.
static bool field_choice_in_a_row(const struct face *f, const struct options *o, int cols)
{
	int width = 0;
	for (size_t i = 0; i < o->count; i++) {
		const char *label = field_choice_label_of(f, &o->item[i]);
		width += text_width(label, strlen(label)) + MARK + (i ? GAP : 0);
		if (o->item[i].help)
			return false;
	}
	return width <= cols;
}

int choice_height(const struct face *f, int cols)
{
	struct options o = field_choice_options_of(f);
	return o.count == 0 || field_choice_in_a_row(f, &o, cols) ? 1 : (int)o.count;
}

// The option that keys are at: the chosen one, or where the person went among several.
static size_t field_choice_option_at(const struct face *f, const struct options *o)
{
	if (field_choice_several(f))
		return f->at && *f->at < o->count ? *f->at : 0;
	for (size_t i = 0; i < o->count; i++)
		if (field_choice_is_chosen(f, o->item[i].id))
			return i;
	return 0;
}

static const char *field_choice_mark_of(const struct face *f, const char *id)
{
	if (field_choice_several(f))
		return field_choice_is_chosen(f, id) ? "[x] " : "[ ] ";
	return field_choice_is_chosen(f, id) ? "(•) " : "( ) ";
}

// First row in view, where there are more options than rows.
static size_t field_choice_first_in_view(size_t at, size_t count, size_t rows)
{
	if (rows >= count || at < rows / 2)
		return 0;
	return at - rows / 2 + rows > count ? count - rows : at - rows / 2;
}

void choice_draw(const struct face *f, struct term *t, struct area area)
{
	struct options o = field_choice_options_of(f);
	bool row = field_choice_in_a_row(f, &o, area.cols);
	size_t at = field_choice_option_at(f, &o), rows = area.rows > 0 ? (size_t)area.rows : 0;
	size_t i = row ? 0 : field_choice_first_in_view(at, o.count, rows);
	int line = area.row, col = area.col;
	for (; i < o.count && line < area.row + area.rows; i++) {
		const struct choice *c = &o.item[i];
		bool chosen = field_choice_is_chosen(f, c->id);
		int room = area.col + area.cols - col;
		if (i == at)
			term_cursor(t, line, col + 1);
		int used = term_put(t, line, col, room, ROLE_DIM, field_choice_mark_of(f, c->id));
		used += term_put(t, line, col + used, room - used,
		    chosen ? ROLE_SELECTED : ROLE_TEXT, field_choice_label_of(f, c));
		bool level = f->field->type == FIELD_SCALE; // its text stands below
		if (c->help && !level && room - used > GAP)
			term_put(t, line, col + used + 2, room - used - 2, ROLE_DIM, c->help);
		col = row ? col + used + GAP : area.col;
		line += !row;
	}
}

static enum edit_did field_choice_choose(const struct face *f, const char *id, struct err *e)
{
	if (str_equal(f->edit->text, id))
		return EDIT_MOVED;
	return edit_replace(f->edit, id, e) ? EDIT_CHANGED : EDIT_REFUSED;
}

// The next option that begins with what was typed, after `from`; count: none.
static size_t field_choice_option_by_letter(
    const struct face *f, const struct options *o, size_t from, const char *typed)
{
	const char *letter = text_fold(f->arena, typed);
	for (size_t i = 0; letter && i < o->count; i++) {
		size_t at = (from + i) % o->count;
		const char *label = text_fold(f->arena, o->item[at].label);
		if (label && *letter &&
		    (str_starts(label, letter) || str_starts(o->item[at].id, letter)))
			return at;
	}
	return o->count;
}

static bool field_choice_is_key(const struct key *key, enum special special)
{
	return key->type == PRESS_SPECIAL && key->special == special;
}

static bool field_choice_undoes(const struct key *key)
{
	return field_choice_is_key(key, K_CTRL('Z')) || field_choice_is_key(key, K_CTRL('Y'));
}

static bool field_choice_empties(const struct key *key)
{
	return field_choice_is_key(key, K_BACKSPACE) || field_choice_is_key(key, K_DELETE);
}

// Where a key leads from `at`; count: it leads nowhere. `empty`: nothing is chosen yet.
static size_t field_choice_option_after(
    const struct face *f, const struct options *o, size_t at, bool empty, const struct key *key)
{
	size_t last = o->count - 1;
	if (field_choice_is_key(key, K_RIGHT))
		return empty ? 0 : at < last ? at + 1 : last;
	if (field_choice_is_key(key, K_LEFT))
		return empty ? last : at > 0 ? at - 1 : 0;
	if (field_choice_is_key(key, K_HOME))
		return 0;
	if (field_choice_is_key(key, K_END))
		return last;
	if (key->type != PRESS_TEXT)
		return o->count;
	return field_choice_option_by_letter(f, o, empty ? 0 : at + 1, key->text);
}

enum edit_did choice_key(const struct face *f, const struct key *key, struct err *e)
{
	struct options o = field_choice_options_of(f);
	if (field_choice_undoes(key))
		return edit_key(f->edit, key, 1, e);
	if (field_choice_empties(key))
		return field_choice_choose(f, "", e);
	if (o.count == 0)
		return EDIT_NOT;
	size_t at = field_choice_option_at(f, &o);
	bool empty = !field_choice_is_chosen(f, o.item[at].id);
	if (key->type == PRESS_TEXT && str_equal(key->text, " "))
		return field_choice_choose(f, o.item[empty ? 0 : (at + 1) % o.count].id, e);
	size_t to = field_choice_option_after(f, &o, at, empty, key);
	if (to < o.count)
		return field_choice_choose(f, o.item[to].id, e);
	if (key->type != PRESS_TEXT)
		return EDIT_NOT;
	err_set(e, ERR_DATA, "no choice begins with “%s”; ← → choose, Del empties", key->text);
	return EDIT_REFUSED;
}

enum edit_did choices_key(const struct face *f, const struct key *key, struct err *e)
{
	struct options o = field_choice_options_of(f);
	if (field_choice_undoes(key))
		return edit_key(f->edit, key, 1, e);
	if (field_choice_empties(key))
		return field_choice_choose(f, "", e);
	if (o.count == 0)
		return EDIT_NOT;
	size_t at = field_choice_option_at(f, &o);
	if (key->type == PRESS_TEXT && str_equal(key->text, " ")) {
		char *text = member_toggle(f->arena, f->edit->text, o.item[at].id);
		if (text)
			return field_choice_choose(f, text, e);
		err_memory(e);
		return EDIT_REFUSED;
	}
	size_t to = field_choice_option_after(f, &o, at, false, key);
	if (to < o.count)
		*f->at = to;
	return to < o.count || key->type == PRESS_TEXT ? EDIT_MOVED : EDIT_NOT;
}

const char *choice_reading(const struct face *f)
{
	if (field_choice_several(f))
		return "← → move   Space ticks   Del empties";
	return "← → or a letter choose   Del empties";
}
