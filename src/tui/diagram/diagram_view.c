// SPDX-License-Identifier: MIT
// A team's driver diagram as it is seen: where the focus is, what of it is in view, how it is
// drawn.
#include "tui/diagram/diagram_screen.h"
#include "tui/loop/paint.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { WIDE = 110, DETAIL_ROWS = 5, DETAIL_FROM = 14 };

static struct diagram_screen *diagram_view_self(struct screen *s)
{
	return (struct diagram_screen *)s;
}

const struct driver_node *diagram_focus(const struct diagram_screen *s)
{
	return &s->d.node[s->g.place[s->at].node];
}

// --- the layout, and the focus in it

static void diagram_view_remember(struct diagram_screen *s)
{
	const struct diagram_place *p = &s->g.place[s->at];
	s->focus = s->d.node[p->node].id;
	s->above = (struct id){ { 0 } };
	if (p->parent != DRIVER_NONE)
		s->above = s->d.node[s->g.place[p->parent].node].id;
}

static void diagram_view_find_focus(struct diagram_screen *s)
{
	size_t node = driver_find(&s->d, &s->focus), above = DRIVER_NONE;
	if (!id_zero(&s->above))
		above = driver_find(&s->d, &s->above);
	size_t at = node == DRIVER_NONE ? node : diagram_place_of(&s->g, node, above);
	if (at == DRIVER_NONE && node != DRIVER_NONE) { // hidden in a fold above it
		while (at == DRIVER_NONE && s->d.node[node].parent != DRIVER_NONE) {
			node = s->d.node[node].parent;
			at = diagram_place_of(&s->g, node, DRIVER_NONE);
		}
	}
	if (at == DRIVER_NONE && above != DRIVER_NONE) // gone: to what it fed
		at = diagram_place_of(&s->g, above, DRIVER_NONE);
	s->at = at == DRIVER_NONE ? 0 : at;
	diagram_view_remember(s);
}

static bool diagram_view_is_folded(const struct diagram_screen *s, const struct id *id)
{
	for (size_t i = 0; i < s->folds; i++)
		if (id_equal(&s->fold[i], id))
			return true;
	return false;
}

// Moves the window so that the focus is in it, and no further than the drawing.
static int diagram_view_window(int at, int size, int from, int room, int whole)
{
	if (from < at + size + 1 - room)
		from = at + size + 1 - room;
	if (from > at - 1)
		from = at - 1;
	if (from > whole - room)
		from = whole - room;
	return from < 0 ? 0 : from;
}

static void keep_in_view(struct diagram_screen *s)
{
	const struct diagram_place *p = &s->g.place[s->at];
	s->top = diagram_view_window(p->y, p->rows, s->top, s->rows, s->g.rows);
	s->left = diagram_view_window(p->x - 1, p->cols, s->left, s->cols, s->g.cols + 1);
}

// --- the order, as long as the screen is open: what stands somewhere stays there

static int diagram_view_compare_seen(const void *x, const void *y)
{
	return id_compare(&((const struct seen_box *)x)->id, &((const struct seen_box *)y)->id);
}

static bool diagram_view_keep_order(struct diagram_screen *s)
{
	arena_free(&s->memory);
	s->seen = arena_array(&s->memory, s->d.count, sizeof *s->seen);
	s->seen_count = 0;
	if (!s->seen)
		return false;
	for (size_t i = 0; i < s->d.count; i++)
		if (s->g.order.rank[i] != DRIVER_NONE)
			s->seen[s->seen_count++] =
			    (struct seen_box){ s->d.node[i].id, s->g.order.rank[i] };
	qsort(s->seen, s->seen_count, sizeof *s->seen, diagram_view_compare_seen);
	return true;
}

// By node: where it stood. NULL: nothing was drawn yet.
static bool diagram_view_recall(struct diagram_screen *s, const size_t **last)
{
	*last = NULL;
	if (!s->seen_count)
		return true;
	size_t *rank = arena_array(&s->shape, s->d.count, sizeof *rank);
	for (size_t i = 0; rank && i < s->d.count; i++) {
		struct seen_box key = { .id = s->d.node[i].id };
		const struct seen_box *found =
		    bsearch(&key, s->seen, s->seen_count, sizeof key, diagram_view_compare_seen);
		rank[i] = found ? found->rank : DRIVER_NONE;
	}
	*last = rank;
	return rank != NULL;
}

bool diagram_view_lay(struct app *app, struct diagram_screen *s, struct err *e)
{
	arena_free(&s->shape);
	bool *folded = arena_array(&s->shape, s->d.count, sizeof *folded);
	if (!folded)
		return err_memory(e);
	for (size_t i = 0; i < s->d.count && s->folds; i++)
		folded[i] = diagram_view_is_folded(s, &s->d.node[i].id);
	size_t focus = driver_find(&s->d, &s->focus);
	const size_t *last;
	const char *const *notes;
	if (!diagram_view_recall(s, &last) || !diagram_past_notes(s, &notes))
		return err_memory(e);
	struct diagram_options o = { .width = s->cols,
		.page = s->rows,
		.density = s->density,
		.focus = focus == DRIVER_NONE ? 0 : focus,
		.folded = folded,
		.fewest = s->fewest,
		.last = last,
		.note = notes,
		.status = s->status,
		.ascii = term_is_ascii(app->term) };
	if (!diagram_lay(&s->shape, &s->d, &o, &s->g, e))
		return false;
	diagram_view_find_focus(s);
	keep_in_view(s);
	return diagram_view_keep_order(s) ? true : err_memory(e);
}

bool diagram_view_load(struct app *app, struct screen *screen, struct err *e)
{
	struct diagram_screen *s = diagram_view_self(screen);
	struct arena data = { 0 };
	struct driver_diagram d;
	const struct form *idea = forms_find(store_forms(app->store), "idea", e);
	bool read = idea && (s->moment ? diagram_past_load(app, &s->team, s->moment, &data, &d, e)
				       : driver_load(app->store, &data, &s->team, &d, e));
	if (!read) {
		arena_free(&data);
		return false;
	}
	arena_free(&s->data);
	s->data = data;
	s->d = d;
	s->status = form_field(idea, "status");
	return diagram_past_compare(app, s, e) && diagram_view_lay(app, s, e);
}

bool diagram_reload(struct app *app, struct diagram_screen *s, const struct id *focus,
    const struct id *above, struct err *e)
{
	if (focus) {
		s->focus = *focus;
		s->above = above ? *above : (struct id){ { 0 } };
	}
	s->screen.stale = false;
	return diagram_view_load(app, &s->screen, e);
}

// The focus to another place: in one branch at a time this may show another branch.
bool diagram_view_go(struct app *app, struct diagram_screen *s, size_t at, struct err *e)
{
	s->at = at;
	diagram_view_remember(s);
	if (s->density == DIAGRAM_BRANCH)
		return diagram_view_lay(app, s, e);
	keep_in_view(s);
	return true;
}

// --- drawing

// There is more that way.
static void diagram_view_mark(
    struct app *app, int row, int col, const char *sign, const char *ascii)
{
	term_put(app->term, row, col, 1, ROLE_KEY, term_is_ascii(app->term) ? ascii : sign);
}

static void diagram_view_draw_titles(struct app *app, struct diagram_screen *s, struct area area)
{
	struct canvas c;
	if (!canvas_init(&c, &app->frame, 1, area.cols, term_is_ascii(app->term), NULL))
		return;
	canvas_move(&c, 0, s->left);
	diagram_draw_titles(&s->g, &c, 0);
	paint_canvas(app, &c, (struct area){ area.row, area.col, 1, area.cols });
	if (s->left > 0)
		diagram_view_mark(app, area.row, area.col, "←", "<");
	if (s->left + area.cols < s->g.cols)
		diagram_view_mark(app, area.row, area.col + area.cols - 1, "→", ">");
}

static void diagram_view_draw_body(struct app *app, struct diagram_screen *s, struct area body)
{
	struct canvas c;
	if (!canvas_init(&c, &app->frame, body.rows, body.cols, term_is_ascii(app->term), NULL))
		return;
	canvas_move(&c, s->top, s->left);
	diagram_draw(&s->g, &c, s->at);
	paint_canvas(app, &c, body);
	const struct diagram_place *p = &s->g.place[s->at];
	term_cursor(app->term, body.row + p->y - s->top, body.col + p->x - s->left);
	if (s->top > 0)
		diagram_view_mark(app, body.row, body.cols - 1, "↑", "^");
	if (s->top + body.rows < s->g.rows)
		diagram_view_mark(app, body.row + body.rows - 1, body.cols - 1, "↓", "v");
}

static void diagram_view_add_parents(struct str *text, const struct diagram_screen *s, bool texts)
{
	const struct driver_node *n = diagram_focus(s);
	for (size_t i = 0; i < n->parent_count; i++) {
		const struct driver_node *to = &s->d.node[n->parents[i].node];
		bool aim = to->level == DRIVER_AIM;
		str_printf(
		    text, "%s%s", i ? (texts ? "; " : ", ") : "Feeds ", aim ? "the aim" : to->code);
		if (texts)
			str_printf(text, "%s%s", aim ? ": " : " ", to->text);
		str_add(text, n->parents[i].weak ? " (weak)" : "");
	}
}

// What it feeds, in full where there is room; of several the codes, for none may be missing.
static const char *diagram_view_parents_text(
    struct app *app, const struct diagram_screen *s, int room)
{
	const struct driver_node *n = diagram_focus(s);
	struct str text = STR_IN(&app->frame);
	diagram_view_add_parents(&text, s, true);
	const char *whole = str_done(&text);
	if (whole && n->parent_count > 1 && term_width(app->term, whole) > room) {
		text = STR_IN(&app->frame);
		diagram_view_add_parents(&text, s, false);
	}
	if (n->level != DRIVER_AIM && !n->parent_count)
		str_add(&text, "Not linked yet: L links it to what it feeds");
	for (size_t i = 0; i < s->d.refused_count; i++) {
		const struct driver_refused *r = &s->d.refused[i];
		if (id_equal(&r->from, &n->id))
			str_printf(&text, "; not drawn: a link to %s, %s",
			    r->to_node == DRIVER_NONE ? "?" : s->d.node[r->to_node].code,
			    driver_reason_text(r->reason));
	}
	return str_done(&text);
}

static const char *diagram_view_counts_text(struct app *app, const struct diagram_screen *s)
{
	const struct driver_node *n = diagram_focus(s);
	const struct choice *status =
	    n->status && s->status ? field_choice(s->status, n->status) : NULL;
	if (n->conflict)
		return "Two people changed it differently: e opens the form, which shows both.";
	if (s->d.count == 1)
		return "No diagram yet. n adds a primary driver, Enter writes the aim.";
	if (n->level == DRIVER_IDEA)
		return arena_printf(&app->frame, "%s%s%u PDSA cycle%s; p opens them",
		    status ? status->label : "", status ? ", " : "", n->cycles,
		    n->cycles == 1 ? "" : "s");
	return arena_printf(&app->frame, "%u change idea%s, %u tested", n->ideas,
	    n->ideas == 1 ? "" : "s", n->ideas_tested);
}

// What has the focus, in full words: text may be cut in the drawing.
static void diagram_view_draw_detail(struct app *app, struct diagram_screen *s, struct area area)
{
	const struct driver_node *n = diagram_focus(s);
	size_t carried = s->carrying ? driver_find(&s->d, &s->carried) : DRIVER_NONE;
	const char *code = n->level == DRIVER_AIM ? "Aim" : n->code;
	const char *text = str_empty(n->text) ? "(no text yet)" : n->text;
	int room = area.cols - 2;
	const char *parents = diagram_view_parents_text(app, s, room),
		   *counts = diagram_view_counts_text(app, s);
	struct str whole = STR_IN(&app->frame);
	str_printf(&whole, "%s %s", code, text);
	const char *safe = str_done(&whole) ? text_safe(&app->frame, whole.text, false) : NULL;
	struct text_lines lines;
	if (!safe || !text_wrap(&app->frame, safe, strlen(safe), room, &lines))
		return;
	if (area.rows == DETAIL_ROWS) {
		term_rule(app->term, area.row, 1, room);
		area = (struct area){ area.row + 1, area.col, area.rows - 1, area.cols };
	}
	size_t first = lines.line[0].end;
	term_put_n(app->term, area.row, 1, room, ROLE_TITLE, safe, first);
	if (lines.count > 1)
		term_put(app->term, area.row + 1, 1, room, ROLE_TITLE, safe + lines.line[1].start);
	int row = area.row + (lines.count > 1 ? 2 : 1);
	if (carried != DRIVER_NONE) {
		term_printf(app->term, row, 1, room, ROLE_KEY,
		    "Carrying %s: Enter lets it feed this box, Esc leaves it where it was",
		    s->d.node[carried].code);
		return;
	}
	if (!str_empty(parents) && row < area.row + area.rows)
		term_put(app->term, row++, 1, room, ROLE_DIM, parents);
	if (counts && row < area.row + area.rows)
		term_put(app->term, row, 1, room, n->conflict ? ROLE_WARN : ROLE_DIM, counts);
}

void diagram_view_draw(struct app *app, struct screen *screen, struct area area)
{
	struct diagram_screen *s = diagram_view_self(screen);
	struct err e = { 0 };
	int detail = area.rows >= DETAIL_FROM ? DETAIL_ROWS : 2;
	if (!s->chosen)
		s->density = area.cols >= WIDE ? DIAGRAM_NORMAL : DIAGRAM_BRANCH;
	int head = s->density == DIAGRAM_BRANCH ? 0 : 1;
	struct area body = { area.row + head, area.col, area.rows - detail - head, area.cols };
	if (body.rows != s->rows || body.cols != s->cols) {
		s->rows = body.rows;
		s->cols = body.cols;
		if (!diagram_view_lay(app, s, &e)) {
			app_fail(app, &e);
			return;
		}
	}
	if (head)
		diagram_view_draw_titles(app, s, area);
	diagram_view_draw_body(app, s, body);
	diagram_view_draw_detail(
	    app, s, (struct area){ area.row + area.rows - detail, area.col, detail, area.cols });
	if (s->entry != ENTRY_NONE)
		diagram_draw_entry(app, s, body);
}

const char *diagram_view_title(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app;
	const char *text =
	    arena_printf(a, "%s › Driver diagram", diagram_view_self(screen)->d.name);
	return text ? text : "";
}

static void diagram_view_count_of(struct str *text, size_t count, const char *what)
{
	if (count)
		str_printf(text, "%s%zu %s", text->length ? " · " : "", count, what);
}

const char *diagram_view_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct driver_diagram *d = &diagram_view_self(screen)->d;
	const char *past = diagram_past_facts(app, diagram_view_self(screen), a);
	struct str text = STR_IN(a);
	if (past)
		return past;
	diagram_view_count_of(&text, d->shown[DRIVER_PRIMARY], "primary");
	diagram_view_count_of(&text, d->shown[DRIVER_SECONDARY], "secondary");
	diagram_view_count_of(
	    &text, d->shown[DRIVER_IDEA], d->shown[DRIVER_IDEA] == 1 ? "idea" : "ideas");
	diagram_view_count_of(&text, d->archived, "archived");
	return str_done(&text);
}
