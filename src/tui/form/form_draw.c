// SPDX-License-Identifier: MIT
// Draws a form: first in thought, to know how long each part is and where the cursor's field falls,
// then on the screen what is in view. Wide windows have a panel at the right for what there is to
// say about the field; narrow ones say it below the field.
#include "tui/form/form_screen.h"
#include "tui/screens/aim_draw.h"

#include <plando/str.h>

#include <string.h>

enum {
	MARK = 1,   // column of the >
	LEFT = 3,   // of labels
	INSET = 2,  // of what belongs to an element
	WIDE = 110, // from here on there is a panel
	PANEL = 40, // its columns, and more where there is room
	VERY_WIDE = 160,
	PANEL_WIDE = 60,
	EMPTY_LEAST = 12, // columns for what stands where nothing is
	VALUE_ROWS = 6,	  // of a value that has not the cursor
	SCORES = 9,	  // of past assessments
	AIM_ROOM = 14,	  // rows from which on a team's aim stands above its form
};

struct pen {
	struct form_screen *f;
	struct app *app;
	struct term *t;
	struct arena *a;
	struct area area; // of the scrolled part
	int top;	  // line of the form at area.row
	int line;	  // of the form, from 0
	bool live;	  // else only measured
	int focus, focus_end;
	bool panel;
};

// --- the pen

static bool form_draw_in_view(const struct pen *p)
{
	return p->live && p->line >= p->top && p->line < p->top + p->area.rows;
}

static int form_draw_screen_row(const struct pen *p)
{
	return p->area.row + p->line - p->top;
}

static int form_draw_put(struct pen *p, int col, int width, enum role role, const char *text)
{
	if (!text || width <= 0)
		return 0;
	if (!form_draw_in_view(p))
		return text_width(text, strlen(text));
	return term_put(p->t, form_draw_screen_row(p), p->area.col + col, width, role, text);
}

static void form_draw_next_line(struct pen *p)
{
	p->line++;
}

// Wrapped, at most so many lines; what is left out is counted.
static void form_draw_put_wrapped(
    struct pen *p, int col, int width, enum role role, const char *text, int most)
{
	size_t n = text ? strlen(text) : 0, at = 0;
	if (n == 0 || width <= 0)
		return;
	for (int i = 0; at < n && i < most; i++) {
		struct text_line l = text_wrap_next(text, n, at, width, &at);
		if (form_draw_in_view(p))
			term_put_n(p->t, form_draw_screen_row(p), p->area.col + col, width, role,
			    text + l.start, l.end - l.start);
		form_draw_next_line(p);
	}
	if (at >= n)
		return;
	size_t more = 0;
	while (at < n && more < 1000) {
		text_wrap_next(text, n, at, width, &at);
		more++;
	}
	form_draw_put(p, col, width, ROLE_DIM,
	    arena_printf(
		p->a, "… %zu%s more %s", more, at < n ? "+" : "", more == 1 ? "line" : "lines"));
	form_draw_next_line(p);
}

// --- what there is to say about the field under the cursor

static void form_draw_say_conflict(struct pen *p, const struct form_item *item, int col, int width)
{
	const struct form_part *part = &p->f->part[item->part];
	for (size_t i = 0; i < p->f->conflicts.count; i++) {
		const struct conflict *c = &p->f->conflicts.item[i];
		if (!id_equal(&c->id, &part->id) || !str_equal(c->field, item->cell))
			continue;
		form_draw_put_wrapped(p, col, width, ROLE_WARN,
		    "! Two copies say different things. F7 shows both; what you save here settles "
		    "it.",
		    2);
		for (size_t k = 0; k < c->count; k++)
			form_draw_put_wrapped(p, col, width, ROLE_TEXT,
			    arena_printf(p->a, "%s, %s: %s", c->values[k].author,
				c->values[k].device,
				c->values[k].value ? c->values[k].value : "(emptied)"),
			    3);
	}
}

// The text of the level that a scale is at.
static void form_draw_say_level(struct pen *p, const struct form_item *item, int col, int width)
{
	const struct form_part *part = &p->f->part[item->part];
	if (item->field->type != FIELD_SCALE)
		return;
	const struct choice *step = field_choice(item->field, p->f->edit.text);
	if (step)
		form_draw_put_wrapped(p, col, width, ROLE_TEXT, step->help, 5);
	for (size_t i = 0; !step && i < part->form->level_count; i++)
		if (str_equal(part->form->levels[i].score, p->f->edit.text))
			form_draw_put_wrapped(
			    p, col, width, ROLE_TEXT, part->form->levels[i].text, 5);
}

static void form_draw_say_about(struct pen *p, const struct form_item *item, int col, int width)
{
	struct face face = form_face(p->f, p->app, item, p->a, true);
	const struct field_ops *ops = &FIELD_OPS[item->field->type];
	const struct unsaved *u = form_unsaved(p->f, item->part, item->cell);
	const struct form_part *part = &p->f->part[item->part];
	const struct form_field *about = item->list && item->first ? item->list : item->field;
	const char *says;
	if (u)
		form_draw_put_wrapped(
		    p, col, width, ROLE_BAD, arena_printf(p->a, "! Not saved: %s", u->why), 3);
	form_draw_say_conflict(p, item, col, width);
	form_draw_say_level(p, item, col, width);
	for (size_t i = 0; (says = form_prompt_at(part, about->id, i, p->a)); i++)
		form_draw_put_wrapped(p, col, width, ROLE_WARN, says, 3);
	if (about != item->field)
		form_draw_put_wrapped(p, col, width, ROLE_DIM, about->help, 4);
	form_draw_put_wrapped(p, col, width, ROLE_DIM, item->field->help, 4);
	if (ops->reading)
		form_draw_put_wrapped(p, col, width, ROLE_DIM, ops->reading(&face), 2);
	if (!str_empty(item->key))
		form_draw_put_wrapped(p, col, width, ROLE_DIM,
		    "Alt-Up and Alt-Down move this row, Ctrl-X takes it out.", 1);
}

// --- fields

static bool form_draw_has_focus(const struct pen *p, const struct form_item *item)
{
	return item == &p->f->item[p->f->at];
}

static bool form_draw_in_conflict(const struct pen *p, const struct form_item *item)
{
	const struct cell *c = record_cell(&p->f->part[item->part].record, item->cell);
	return c && c->heads > 1;
}

static const char *form_draw_label_of(struct pen *p, const struct form_item *item)
{
	const char *sign = form_draw_in_conflict(p, item) ? "! " : "";
	const char *label = arena_printf(p->a, "%s%s", sign, item->field->label);
	return label ? label : item->field->label;
}

// What stands where nothing is typed yet.
static void form_draw_put_nothing(struct pen *p, const struct form_item *item, int col, int width)
{
	const struct form_part *part = &p->f->part[item->part];
	const struct form_field *asked = item->list ? item->list : item->field;
	bool first = !item->list || (item->first && item->number == 1);
	const char *says = first ? form_prompt_at(part, asked->id, 0, p->a) : NULL;
	bool required = first ? asked->required : item->field->required;
	if (says && required)
		says = arena_printf(p->a, "asked for: %s", says);
	else if (required)
		says = "asked for";
	form_draw_put(p, col, width, says ? ROLE_HINT : ROLE_DIM, says ? says : "–");
}

struct form_draw_columns {
	int label, label_width, value, width;
};

static struct form_draw_columns form_draw_columns_of(
    const struct pen *p, const struct form_item *item)
{
	int all = p->area.cols - 1, inset = item->list ? INSET : 0;
	int wide = all / 3 < 18 ? 18 : all / 3 > 30 ? 30 : all / 3;
	struct form_draw_columns c = { .label = LEFT + inset, .label_width = wide - inset };
	c.value = LEFT + wide + 1;
	c.width = all - c.value;
	return c;
}

static void draw_focused(struct pen *p, const struct form_item *item, struct form_draw_columns c)
{
	struct face face = form_face(p->f, p->app, item, p->a, true);
	const struct field_ops *ops = &FIELD_OPS[item->field->type];
	int rows = ops->height(&face, c.width);
	int above = p->live && p->line < p->top ? p->top - p->line : 0;
	struct area box = { form_draw_screen_row(p) + above, p->area.col + c.value, rows - above,
		c.width };
	int room = p->area.row + p->area.rows - box.row;
	box.rows = box.rows < room ? box.rows : room;
	if (p->live && box.rows > 0)
		ops->draw(&face, p->t, box);
	p->line += rows;
	if (!p->panel)
		form_draw_say_about(p, item, c.value, c.width);
}

static void draw_value(struct pen *p, const struct form_item *item, struct form_draw_columns c)
{
	const struct unsaved *u = form_unsaved(p->f, item->part, item->cell);
	struct face face = form_face(p->f, p->app, item, p->a, false);
	const char *text = u ? u->text : FIELD_OPS[item->field->type].brief(&face);
	if (str_empty(text)) {
		form_draw_put_nothing(p, item, c.value, c.width);
		form_draw_next_line(p);
	} else {
		form_draw_put_wrapped(p, c.value, c.width, ROLE_TEXT, text, VALUE_ROWS);
	}
	if (u) {
		form_draw_put(p, c.value, c.width, ROLE_BAD, "! not saved");
		form_draw_next_line(p);
	}
}

// Memos and long labels stand above their values; the rest beside them.
static struct form_draw_columns form_draw_columns_for(
    struct pen *p, const struct form_item *item, bool focused)
{
	struct form_draw_columns c = form_draw_columns_of(p, item);
	const char *label = form_draw_label_of(p, item);
	bool memo = item->field->type == FIELD_MEMO && (focused || *item->text);
	int wide = text_width(label, strlen(label));
	const struct unsaved *u = form_unsaved(p->f, item->part, item->cell);
	int room = p->area.cols - 1 - c.label - wide - 2;
	if (!focused && !*item->text && !u && wide > c.label_width && room >= EMPTY_LEAST) {
		c.value = c.label + wide + 2; // nothing needs no line of its own
		c.width = room;
		c.label_width = wide;
	} else if (memo || wide > c.label_width) {
		c.value = c.label + INSET;
		c.width = p->area.cols - 1 - c.value;
		c.label_width = p->area.cols - 1 - c.label;
	}
	return c;
}

static void draw_field(struct pen *p, const struct form_item *item)
{
	bool focused = form_draw_has_focus(p, item);
	struct form_draw_columns c = form_draw_columns_for(p, item, focused);
	if (focused) {
		p->focus = p->line;
		form_draw_put(p, MARK, 1, ROLE_SELECTED, ">");
	}
	form_draw_put(p, c.label, c.label_width,
	    focused			     ? ROLE_SELECTED
	    : form_draw_in_conflict(p, item) ? ROLE_WARN
					     : ROLE_LABEL,
	    form_draw_label_of(p, item));
	if (c.value < c.label + c.label_width)
		form_draw_next_line(p);
	if (focused)
		draw_focused(p, item, c);
	else
		draw_value(p, item, c);
	if (focused)
		p->focus_end = p->line;
}

// --- lists: an element is a row of a table until the cursor is in it

enum { TABLE_MOST = 6, COLUMN_LEAST = 9 };

struct table_columns {
	const struct form_field *field[TABLE_MOST];
	int col[TABLE_MOST], width[TABLE_MOST];
	size_t count;
};

// Something stands in that column of the list.
static bool form_draw_any_in(
    const struct pen *p, const struct form_field *list, const struct form_field *sub)
{
	for (size_t i = 0; i < p->f->count; i++)
		if (p->f->item[i].list == list && p->f->item[i].field == sub && *p->f->item[i].text)
			return true;
	return false;
}

// The first two, and those that hold something. The first takes what the others leave.
static struct table_columns form_draw_table_of(const struct pen *p, const struct form_field *list)
{
	struct table_columns t = { 0 };
	int room = p->area.cols - 1 - LEFT - INSET;
	for (size_t i = 0; i < list->field_count && t.count < TABLE_MOST; i++)
		if (!list->fields[i].hidden &&
		    (t.count < 2 || form_draw_any_in(p, list, &list->fields[i])) &&
		    room - (int)t.count * (COLUMN_LEAST + 1) >= 2 * COLUMN_LEAST)
			t.field[t.count++] = &list->fields[i];
	int each = t.count > 1 ? room * 2 / 3 / (int)(t.count - 1) - 1 : 0;
	each = each > 24 ? 24 : each < COLUMN_LEAST ? COLUMN_LEAST : each;
	int col = LEFT + INSET;
	for (size_t i = 0; i < t.count; i++) {
		t.col[i] = col;
		t.width[i] = i ? each : room - ((int)t.count - 1) * (each + 1);
		col += t.width[i] + 1;
	}
	return t;
}

static void draw_list_head(struct pen *p, const struct form_item *item)
{
	struct table_columns t = form_draw_table_of(p, item->field);
	bool any = form_filled(&p->f->part[item->part], item->field, p->a);
	form_draw_put(p, LEFT, p->area.cols - LEFT - 1, ROLE_LABEL, item->field->label);
	for (size_t i = 1; any && i < t.count; i++)
		form_draw_put(p, t.col[i], t.width[i], ROLE_DIM, t.field[i]->label);
	form_draw_next_line(p);
}

static bool form_draw_same_element(const struct form_item *a, const struct form_item *b)
{
	return a->list && a->list == b->list && a->part == b->part && str_equal(a->key, b->key);
}

static void draw_row(struct pen *p, const struct form_item *first)
{
	struct table_columns t = form_draw_table_of(p, first->list);
	form_draw_put(p, LEFT, INSET, ROLE_DIM, arena_printf(p->a, "%zu", first->number));
	const struct form_item *end = p->f->item + p->f->count;
	for (const struct form_item *i = first; i < end && form_draw_same_element(i, first); i++)
		for (size_t k = 0; k < t.count; k++) {
			if (t.field[k] != i->field)
				continue;
			const struct unsaved *u = form_unsaved(p->f, i->part, i->cell);
			struct face face = form_face(p->f, p->app, i, p->a, false);
			const char *text = u ? u->text : FIELD_OPS[i->field->type].brief(&face);
			bool warn = form_draw_in_conflict(p, i) || u;
			text = str_empty(text) ? "–"
			       : warn	       ? arena_printf(p->a, "! %s", text)
					       : text;
			form_draw_put(p, t.col[k], t.width[k], warn ? ROLE_WARN : ROLE_TEXT, text);
		}
	form_draw_next_line(p);
}

static void draw_new_element(struct pen *p, const struct form_item *item)
{
	if (item->number > 1) {
		form_draw_put(p, LEFT + INSET, p->area.cols, ROLE_DIM, "+ another");
	} else {
		int used = form_draw_put(p, LEFT + INSET, p->area.cols, ROLE_DIM, "+ add");
		form_draw_put_nothing(
		    p, item, LEFT + INSET + used + 2, p->area.cols - LEFT - used - 5);
	}
	form_draw_next_line(p);
}

static void draw_element_field(struct pen *p, const struct form_item *item)
{
	const struct form_item *focus = &p->f->item[p->f->at];
	bool open = form_draw_same_element(item, focus);
	if (open && item->first && *item->key)
		form_draw_put(p, LEFT, INSET, ROLE_DIM, arena_printf(p->a, "%zu", item->number));
	if (open)
		draw_field(p, item);
	else if (!*item->key)
		draw_new_element(p, item);
	else if (item->first)
		draw_row(p, item);
}

// --- sections

static const char *form_draw_count_of(struct pen *p, const struct form_item *s)
{
	if (s->asked > 0 && s->any > 0)
		return arena_printf(p->a, "%u of %u", s->filled, s->asked);
	return s->any ? "" : "–";
}

static void draw_section(struct pen *p, const struct form_item *item)
{
	if (item != p->f->item)
		form_draw_next_line(p);
	int used = form_draw_put(p, LEFT - 2, p->area.cols - LEFT, ROLE_HEAD, item->section->title);
	const char *help = item->section->help;
	if (help)
		form_draw_put(p, LEFT + used, p->area.cols - LEFT - used - 1, ROLE_DIM, help);
	form_draw_next_line(p);
}

// "Plan 5 of 6     Do –     Study –": where one is and what is still asked for.
static void draw_counts(struct pen *p, int row)
{
	int col = LEFT;
	for (size_t i = 0; i < p->f->count; i++) {
		const struct form_item *s = &p->f->item[i];
		if (s->type != ITEM_SECTION)
			continue;
		const char *text =
		    arena_printf(p->a, "%s %s", s->section->title, form_draw_count_of(p, s));
		int width = text ? term_width(p->t, text) : 0;
		if (!text || col + width > p->area.cols - 1)
			break;
		const struct form_item *focus = &p->f->item[p->f->at];
		bool here = s < focus;
		for (const struct form_item *k = s + 1; here && k < focus; k++)
			here = k->type != ITEM_SECTION;
		term_put(p->t, row, col, width, here ? ROLE_HEAD : ROLE_DIM, text);
		col += width + 4;
	}
}

// --- past scores

static void draw_scores(struct pen *p, int col, int width)
{
	const struct records *all = &p->f->scores;
	const struct form *form = p->f->part[0].form;
	if (all->count == 0)
		return;
	form_draw_next_line(p);
	form_draw_put(p, col, width, ROLE_HEAD, "Scores so far");
	form_draw_next_line(p);
	for (size_t i = 0; i < all->count && i < SCORES; i++) {
		const struct record *r = &all->item[all->count - 1 - i];
		const char *date = record_get(r, "date"), *score = record_get(r, "score");
		const struct form_field *f = form_field(form, "assessor");
		const char *who = record_get(r, "assessor"), *title = "";
		date_t d;
		if (date && date_parse_iso(date, &d))
			date = date_show(p->a, d, store_today(p->app->store));
		for (size_t k = 0; score && k < form->level_count; k++)
			if (str_equal(form->levels[k].score, score))
				title = form->levels[k].title;
		who = f && who ? field_show(p->a, f, who, 0) : "";
		form_draw_put(p, col, width,
		    id_equal(&r->id, &p->f->part[0].id) ? ROLE_SELECTED : ROLE_TEXT,
		    arena_printf(p->a, "%-11s  %-12s  %s  %s", date ? date : "–", who ? who : "",
			score ? score : "–", title));
		form_draw_next_line(p);
	}
}

// --- the whole

static void draw_items(struct pen *p)
{
	for (size_t i = 0; i < p->f->count; i++) {
		const struct form_item *item = &p->f->item[i];
		int from = p->line;
		if (item->type == ITEM_SECTION)
			draw_section(p, item);
		else if (item->type == ITEM_LIST)
			draw_list_head(p, item);
		else if (item->list)
			draw_element_field(p, item);
		else
			draw_field(p, item);
		for (int line = from; p->live && line < p->line; line++) {
			int row = line - p->top;
			if (row >= 0 && row < p->area.rows && p->f->row_item)
				p->f->row_item[row] = item->type == ITEM_FIELD ? (int)i : -1;
		}
	}
	if (!p->panel)
		draw_scores(p, LEFT, p->area.cols - LEFT - 1);
}

// The focused field whole where it fits, its first line at least; the end of the form when it is
// the last.
static void form_draw_scroll(struct form_screen *f, const struct pen *seen, int rows)
{
	int end = f->at + 1 == f->count ? seen->line : seen->focus_end;
	int begin = seen->focus > 1 ? seen->focus - 1 : 0; // the line above says where one is
	if (f->top + rows < end)
		f->top = end - rows;
	if (f->top > begin)
		f->top = begin;
	if (f->top + rows > seen->line)
		f->top = seen->line > rows ? seen->line - rows : 0;
}

static void draw_panel(struct pen *p, struct area area)
{
	struct pen side = *p;
	const struct form_item *item = &p->f->item[p->f->at];
	side.area = area;
	side.top = side.line = 0;
	form_draw_put(&side, 0, area.cols, ROLE_HEAD, item->field->label);
	form_draw_next_line(&side);
	form_draw_say_about(&side, item, 0, area.cols);
	if (item->field->example) {
		form_draw_put_wrapped(&side, 0, area.cols, ROLE_DIM,
		    arena_printf(p->a, "For example: %s", item->field->example), 4);
	}
	draw_scores(&side, 0, area.cols);
}

// Above a team's own fields, where there is room: what they come to.
static int draw_aim(const struct form_screen *f, struct app *app, struct area area)
{
	if (!str_equal(f->kind, "team") || !f->part[0].exists || area.rows < AIM_ROOM)
		return 0;
	struct area below = { area.row + 2, area.col, area.rows - 2, area.cols };
	const char *none = "No aim yet: fill in what, how much, by when and for whom below.";
	return aim_draw(app, &f->aim, none, below) + 1;
}

void form_draw(struct app *app, struct screen *s, struct area area)
{
	struct form_screen *f = (struct form_screen *)s;
	bool panel = area.cols >= WIDE;
	int side = area.cols >= VERY_WIDE ? PANEL_WIDE : PANEL;
	struct area body = area;
	int head = 2 + draw_aim(f, app, area);
	body.row += head;
	body.rows -= head;
	body.cols -= panel ? side + 2 : 0;
	f->page = body.rows;
	f->row_first = body.row;
	f->rows = body.rows;
	f->row_item = arena_array(&app->frame, (size_t)body.rows + 1, sizeof *f->row_item);
	for (int i = 0; f->row_item && i < body.rows; i++)
		f->row_item[i] = -1;
	struct pen pen = {
		.f = f, .app = app, .t = app->term, .a = &app->frame, .area = body, .panel = panel
	};
	struct pen measure = pen;
	term_cursor(app->term, body.row, MARK);
	draw_items(&measure);
	form_draw_scroll(f, &measure, body.rows);
	pen.top = f->top;
	pen.live = true;
	draw_counts(&pen, area.row);
	term_put(app->term, area.row + 1, LEFT, area.cols - LEFT - 1, ROLE_WARN,
	    form_prompt_at(&f->part[0], NULL, 0, &app->frame));
	if (panel)
		draw_panel(&pen, (struct area){ body.row, area.cols - side, body.rows, side - 1 });
	draw_items(&pen);
	bool ascii = term_is_ascii(app->term);
	if (f->top > 0)
		term_put(app->term, body.row, body.cols - 1, 1, ROLE_DIM, ascii ? "^" : "↑");
	if (f->top + body.rows < measure.line)
		term_put(app->term, body.row + body.rows - 1, body.cols - 1, 1, ROLE_DIM,
		    ascii ? "v" : "↓");
}
