// SPDX-License-Identifier: MIT
// Everything that anybody typed, found as one types: each hit with the record it stands in, its
// kind and team, and the words around it. Words are looked up once before they are drawn or acted
// on, however many keys came.
#include "tui/screens/screens.h"

#include <plando/kind.h>
#include <plando/search.h>
#include <plando/str.h>

#include <string.h>

enum { HITS_MOST = 200 };

struct search_screen {
	struct screen screen;
	struct list list;
	struct line line;
	struct arena found;
	struct search_hits hits;
	bool late; // the hits are not those of the words in `line`
};

// --- looking up

static bool search_screen_words_find(struct app *app, struct search_screen *s, struct err *e)
{
	struct id at = { 0 };
	if (s->list.at < s->hits.count)
		at = s->hits.item[s->list.at].id;
	s->late = false;
	s->hits = (struct search_hits){ 0 };
	arena_free(&s->found);
	bool good = search_find(app->store, &s->found, s->line.text, HITS_MOST, &s->hits, e);
	if (!good)
		s->hits.count = 0;
	list_set(&s->list, s->hits.count);
	for (size_t i = 0; i < s->hits.count; i++)
		if (id_equal(&s->hits.item[i].id, &at))
			list_select(&s->list, i);
	return good;
}

static void search_screen_settle(struct app *app, struct search_screen *s)
{
	struct err e = { 0 };
	if (s->late && !search_screen_words_find(app, s, &e))
		app_fail(app, &e);
}

static bool search_load(struct app *app, struct screen *s, struct err *e)
{
	return search_screen_words_find(app, (struct search_screen *)s, e);
}

// --- drawing

static const char *search_screen_kind_label(const char *name)
{
	const struct kind *kind = kind_find(name);
	return kind ? kind->label : name;
}

static const char *search_screen_field_label(struct app *app, const struct search_hit *hit)
{
	struct err none = { 0 };
	const struct form *form = forms_find(store_forms(app->store), hit->kind, &none);
	const struct form_field *f = form ? form_field(form, hit->field) : NULL;
	return f ? f->label : "";
}

// "What happened?: Rang 5 [families]."
static void search_screen_excerpt_draw(
    struct app *app, const struct search_hit *hit, struct term *t, struct area line)
{
	struct arena *a = &app->frame;
	const char *label = search_screen_field_label(app, hit);
	const char *before = arena_copy(a, hit->excerpt, hit->from);
	const char *word = arena_copy(a, hit->excerpt + hit->from, hit->to - hit->from);
	int col = line.col, end = line.col + line.cols;
	if (!before || !word)
		return;
	if (*label) {
		col += term_put(t, line.row, col, line.cols / 3, ROLE_LABEL, label);
		col += term_put(t, line.row, col, end - col, ROLE_LABEL, ": ");
	}
	col += term_put(t, line.row, col, end - col, ROLE_DIM, before);
	if (*word)
		col += term_printf(t, line.row, col, end - col, ROLE_HEAD, "[%s]", word);
	term_put(t, line.row, col, end - col, ROLE_DIM, hit->excerpt + hit->to);
}

struct search_screen_drawing {
	struct app *app;
	const struct search_screen *s;
};

static void search_screen_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct search_screen_drawing *d = context;
	const struct search_hit *hit = &d->s->hits.item[i];
	const char *note =
	    arena_printf(&d->app->frame, "%s%s%s", search_screen_kind_label(hit->kind),
		hit->team ? " · " : "", hit->team ? hit->team : "");
	int half = row.cols / 2;
	int at = term_put_right(t, row.row, row.col + half, row.cols - half, ROLE_DIM, note);
	term_put(t, row.row, row.col, at - row.col - 2, selected ? ROLE_SELECTED : ROLE_TEXT,
	    hit->title);
	search_screen_excerpt_draw(
	    d->app, hit, t, (struct area){ row.row + 1, row.col + 2, 1, row.cols - 2 });
}

static void search_screen_paragraph(struct app *app, struct area area, const char *says)
{
	struct text_lines lines;
	const char *text = says ? text_safe(&app->frame, says, false) : NULL;
	if (!text || !text_wrap(&app->frame, text, strlen(text), area.cols - 6, &lines))
		return;
	for (int i = 0; i < (int)lines.count && i < area.rows; i++)
		term_put_n(app->term, area.row + i, 3, area.cols - 5, ROLE_TEXT,
		    text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
}

static bool search_screen_any_letter(const char *text)
{
	return text[strspn(text, " .,;:!?-/")] != '\0';
}

static void search_screen_empty_draw(
    struct app *app, const struct search_screen *s, struct area area)
{
	if (search_screen_any_letter(s->line.text))
		search_screen_paragraph(app, area,
		    arena_printf(&app->frame,
			"Nothing in this workbook holds “%s”. Every word must begin as you type "
			"it: fewer words, or the beginning of one, find more.",
			s->line.text));
	else
		search_screen_paragraph(app, area,
		    "Type a word, or its beginning. All that was written is searched: names, "
		    "drivers, cycles, notes, scores' reasons. Several words find what holds all "
		    "of them. Capitals and accents do not matter.");
}

static void search_draw(struct app *app, struct screen *screen, struct area area)
{
	struct search_screen *s = (struct search_screen *)screen;
	struct search_screen_drawing d = { app, s };
	struct area rows = { area.row + 2, area.col, area.rows - 2, area.cols };
	search_screen_settle(app, s);
	int used = term_put(app->term, area.row, 3, area.cols - 4, ROLE_LABEL, "Search ");
	line_draw(&s->line, app->term, area.row, 3 + used, area.cols - used - 6);
	if (s->hits.count) // after the line: the cursor follows the choice
		list_draw(&s->list, app->term, rows, search_screen_row_draw, &d);
	else
		search_screen_empty_draw(app, s, rows);
}

static const char *search_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)s;
	(void)a;
	return "Search everything";
}

static const char *search_facts(struct app *app, struct screen *screen, struct arena *a)
{
	struct search_screen *s = (struct search_screen *)screen;
	search_screen_settle(app, s);
	if (!search_screen_any_letter(s->line.text))
		return NULL;
	return arena_printf(
	    a, s->hits.more ? "the first %zu; another word narrows" : "%zu found", s->hits.count);
}

// --- acting

static bool search_key(struct app *app, struct screen *screen, const struct key *key)
{
	struct search_screen *s = (struct search_screen *)screen;
	bool moves = key->type == PRESS_SPECIAL && action_for_key(ON_SEARCH, key);
	if (moves)
		search_screen_settle(app, s); // what follows is about the hits
	if (moves || !line_key(&s->line, key))
		return false;
	s->late = true;
	list_select(&s->list, 0);
	return true;
}

static bool search_act(struct app *app, struct screen *screen, enum action action)
{
	struct search_screen *s = (struct search_screen *)screen;
	struct err e = { 0 };
	if (action != ACT_OPEN)
		return false;
	search_screen_settle(app, s);
	if (s->list.at >= s->hits.count) {
		app_say(app, "There is nothing found to open yet.");
		return true;
	}
	const struct search_hit *hit = &s->hits.item[s->list.at];
	if (!app->open->record(app, hit->kind, &hit->id, &e))
		app_fail(app, &e);
	return true;
}

static bool search_typing(const struct screen *s)
{
	(void)s;
	return true;
}

static struct list *search_list(struct screen *s)
{
	return &((struct search_screen *)s)->list;
}

static void search_close(struct screen *s)
{
	arena_free(&((struct search_screen *)s)->found);
}

static const struct screen_ops SEARCH = {
	.on = ON_SEARCH,
	.load = search_load,
	.title = search_title,
	.facts = search_facts,
	.draw = search_draw,
	.act = search_act,
	.typing = search_typing,
	.key = search_key,
	.list = search_list,
	.close = search_close,
};

bool search_screen_open(struct app *app, const char *words, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct search_screen), &SEARCH, e);
	struct search_screen *s = (struct search_screen *)screen;
	if (!screen)
		return false;
	s->list.high = 2;
	line_set(&s->line, words);
	return app_push(app, screen, e);
}
