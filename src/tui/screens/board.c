// SPDX-License-Identifier: MIT
// The board: teams grouped by system, a line each; below, more about the one that is chosen.
// Only the facts of teams in view are read.
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/evidence.h>
#include <plando/record.h>
#include <plando/signals.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum board_order { BY_SYSTEM, BY_NAME, BY_SCORE, BY_LAST, BY_LATE, ORDERS };

static const char *const ORDER_WORDS[ORDERS] = { "by system", "by name", "by score, highest first",
	"by the last cycle, longest ago first", "by late actions, most first" };

struct board_row {
	struct board_team *team;   // of a heading: the first team below it
	struct board_facts *facts; // NULL: not read yet
	struct aim *aim;	   // NULL: not read yet
	struct board_look *look;   // NULL: not looked at yet
	struct signals *signals;   // NULL: not counted yet
	const char *claim;	   // how the score stands to the record; NULL: not looked at yet
	bool heading;
};

struct board_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct board board;
	struct board_row *row;
	size_t count;
	enum board_order order;
	bool archived;
	bool claims;	  // there is room for the line that says how the score stands
	struct id chosen; // kept over loading
};

// --- rows

static struct board_facts *board_facts_of(
    struct app *app, struct board_screen *b, struct board_row *r)
{
	struct err e = { 0 };
	if (r->facts || r->heading)
		return r->facts;
	struct board_facts *facts = arena_alloc(&b->rows, sizeof *facts);
	if (facts && board_facts(app->store, &b->rows, &r->team->id, facts, &e))
		r->facts = facts;
	else
		app_fail(app, &e);
	return r->facts;
}

static const struct aim *board_aim_of(struct app *app, struct board_screen *b, struct board_row *r)
{
	struct err ignored = { 0 };
	if (r->aim)
		return r->aim;
	struct aim *aim = arena_alloc(&b->rows, sizeof *aim);
	if (aim && aim_read(app->store, &b->rows, &r->team->id, aim, &ignored))
		r->aim = aim;
	return r->aim;
}

// "The score is 3.0, the record shows 2.5 …": only for the chosen team, once, and when nobody
// waits for a line.
static void board_claim_make(struct app *app, struct board_screen *b, struct board_row *r)
{
	struct evidence v = { 0 };
	struct err ignored = { 0 };
	const char *score = r->facts ? r->facts->score : "";
	r->claim = "";
	const struct form *scale = evidence_instrument(app->store, NULL, &ignored);
	if (!scale || !evidence_assess(app->store, &b->rows, &r->team->id, store_today(app->store),
			  scale, &v, &ignored))
		return;
	const char *says = *score && evidence_claim(&v, score) != CLAIM_SUPPORTED
			       ? arena_printf(&b->rows, "The score is %s, the record shows %s; %s",
				     score, v.supported, evidence_claim_words(&b->rows, &v, score))
			       : arena_printf(&b->rows, "The record shows %s.", v.supported);
	r->claim = says ? says : "";
}

static bool board_heading(void *context, size_t i)
{
	return ((const struct board_screen *)context)->row[i].heading;
}

static bool board_rows_make(struct board_screen *b, struct err *e)
{
	struct id before = { 0 };
	b->row = arena_array(&b->rows, b->board.count * 2 + 1, sizeof *b->row);
	b->count = 0;
	if (!b->row)
		return err_memory(e);
	for (size_t i = 0; i < b->board.count; i++) {
		struct board_team *t = &b->board.team[i];
		bool first = i == 0 || !id_equal(&t->system_id, &before);
		if (b->order == BY_SYSTEM && first && b->board.systems)
			b->row[b->count++] = (struct board_row){ .team = t, .heading = true };
		b->row[b->count++] = (struct board_row){ .team = t };
		before = t->system_id;
	}
	return true;
}

static int board_compare_name(const struct board_row *a, const struct board_row *b)
{
	return strcasecmp(a->team->name, b->team->name);
}

static int board_compare_score(const struct board_row *a, const struct board_row *b)
{
	double x = strtod(a->facts->score, NULL), y = strtod(b->facts->score, NULL);
	return (x < y) - (x > y);
}

static int board_compare_last(const struct board_row *a, const struct board_row *b)
{
	const struct board_facts *x = a->facts, *y = b->facts;
	if (x->cycle_known != y->cycle_known)
		return x->cycle_known - y->cycle_known;
	return (x->cycle_last > y->cycle_last) - (x->cycle_last < y->cycle_last);
}

static int board_compare_late(const struct board_row *a, const struct board_row *b)
{
	size_t x = a->facts->actions_overdue, y = b->facts->actions_overdue;
	return (x < y) - (x > y);
}

static int board_compare_rows(const void *x, const void *y, void *context)
{
	static int (*const COMPARE[ORDERS])(const struct board_row *, const struct board_row *) = {
		[BY_NAME] = board_compare_name,
		[BY_SCORE] = board_compare_score,
		[BY_LAST] = board_compare_last,
		[BY_LATE] = board_compare_late,
	};
	int order = COMPARE[*(const enum board_order *)context](x, y);
	return order ? order : board_compare_name(x, y);
}

// Sorting by facts reads them all.
static void board_rows_sort(struct app *app, struct board_screen *b)
{
	if (b->order == BY_SYSTEM)
		return;
	for (size_t i = 0; i < b->count; i++)
		if (b->order != BY_NAME && !board_facts_of(app, b, &b->row[i]))
			return;
	qsort_r(b->row, b->count, sizeof *b->row, board_compare_rows, &b->order);
}

static void board_choose(struct app *app, struct board_screen *b)
{
	list_set(&b->list, b->count);
	for (size_t i = 0; i < b->count; i++)
		if (!b->row[i].heading && app_touched(app, &b->row[i].team->id))
			b->chosen = b->row[i].team->id;
	for (size_t i = 0; i < b->count; i++)
		if (!b->row[i].heading && id_equal(&b->row[i].team->id, &b->chosen))
			list_select(&b->list, i);
}

static struct board_row *board_chosen(struct board_screen *b)
{
	bool any = b->list.at < b->count && !b->row[b->list.at].heading;
	return any ? &b->row[b->list.at] : NULL;
}

static bool board_load(struct app *app, struct screen *s, struct err *e)
{
	struct board_screen *b = (struct board_screen *)s;
	const struct board_row *r = b->count ? board_chosen(b) : NULL;
	if (r)
		b->chosen = r->team->id;
	b->count = 0;
	b->list.heading = board_heading;
	b->list.context = b;
	list_set(&b->list, 0);
	arena_free(&b->rows);
	if (!board_list(app->store, &b->rows, b->archived, &b->board, e) ||
	    !board_rows_make(b, e)) {
		b->count = 0;
		return false;
	}
	board_rows_sort(app, b);
	board_choose(app, b);
	return true;
}

// --- drawing

struct board_columns {
	int name, score, trend, cycles, last, signals, ideas, actions,
	    flags; // where each begins; 0 = not shown
	int end;
};

// What falls away where room is short: flags, ideas, trend, signals.
static struct board_columns board_columns(struct area row)
{
	struct board_columns c = { .name = row.col, .end = row.col + row.cols };
	int at = c.end;
	if (row.cols >= 110)
		c.flags = at -= row.cols >= 150 ? 44 : 28;
	c.actions = at -= 8;
	if (row.cols >= 96)
		c.ideas = at -= 8;
	if (row.cols >= 70)
		c.signals = at -= 9;
	c.last = at -= 6;
	c.cycles = at -= 8;
	if (row.cols >= 62)
		c.trend = at -= BOARD_MONTHS + 2;
	c.score = at - 6;
	return c;
}

static const char *board_spark(struct arena *a, const double *trend, bool ascii)
{
	static const char *const BARS[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	struct str text = STR_IN(a);
	for (int i = 0; i < BOARD_MONTHS; i++) {
		double score = trend[i] > 5 ? 5 : trend[i];
		if (score < 0)
			str_add(&text, ascii ? "." : "·");
		else if (ascii)
			str_add_char(&text, (char)('0' + (int)score));
		else // 0.5 is the lowest bar, 5.0 the highest
			str_add(
			    &text, BARS[score <= 0.5 ? 0 : (int)((score - 0.5) / 4.5 * 7 + 0.5)]);
	}
	return str_done(&text);
}

static const char *board_direction(const struct board_facts *f)
{
	double now = strtod(f->score, NULL), before = strtod(f->score_before, NULL);
	if (!*f->score || !*f->score_before)
		return " ";
	return now > before ? "+" : now < before ? "-" : "=";
}

// "▲2 ·1": measures with a signal, and those without; … with too few points to tell.
static const char *board_signal_words(struct app *app, const struct signals *g)
{
	bool ascii = term_is_ascii(app->term);
	if (!g)
		return "";
	const struct {
		size_t n;
		const char *sign, *ascii;
	} PART[] = { { g->improvement, "▲", "^" }, { g->concern, "▼", "v" },
		{ g->change, "◆", "+" }, { g->common, "·", "." }, { g->few, "…", "~" } };
	struct str text = STR_IN(&app->frame);
	for (size_t i = 0; i < sizeof PART / sizeof *PART; i++)
		if (PART[i].n)
			str_printf(&text, "%s%s%zu", text.length ? " " : "",
			    ascii ? PART[i].ascii : PART[i].sign, PART[i].n);
	return text.length ? str_done(&text) : ascii ? "-" : "–";
}

static const char *board_last_words(struct app *app, const struct board_facts *f)
{
	return f->cycle_known ? date_ago(&app->frame, f->cycle_last, store_today(app->store)) : "–";
}

static void board_counts_draw(
    struct app *app, const struct board_row *r, struct board_columns c, int row)
{
	const struct board_facts *f = r->facts;
	struct term *t = app->term;
	if (f->cycles_open)
		term_printf(t, row, c.cycles, 8, ROLE_TEXT, "%zu (%zu)", f->cycles, f->cycles_open);
	else
		term_printf(t, row, c.cycles, 8, ROLE_TEXT, "%zu", f->cycles);
	term_put(t, row, c.last, 6, ROLE_TEXT, board_last_words(app, f));
	if (c.signals)
		term_put(t, row, c.signals, 9,
		    r->signals && r->signals->concern ? ROLE_BAD : ROLE_TEXT,
		    board_signal_words(app, r->signals));
	if (c.ideas && f->ideas)
		term_printf(t, row, c.ideas, 8, ROLE_TEXT, "%zu/%zu", f->ideas_tested, f->ideas);
	else if (c.ideas)
		term_put(t, row, c.ideas, 8, ROLE_DIM, "–");
	if (f->actions_overdue)
		term_printf(t, row, c.actions, 8, ROLE_BAD, "%zu late", f->actions_overdue);
	else if (f->actions_open)
		term_printf(t, row, c.actions, 8, ROLE_TEXT, "%zu", f->actions_open);
	else
		term_put(t, row, c.actions, 8, ROLE_DIM, "–");
	if (c.flags && r->look)
		term_put(t, row, c.flags, c.end - c.flags, ROLE_WARN,
		    board_look_words(&app->frame, r->look, " · "));
}

struct board_drawing {
	struct app *app;
	struct board_screen *b;
};

static void board_row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	struct board_drawing *d = context;
	struct board_row *r = &d->b->row[i];
	struct board_columns c = board_columns(area);
	int room = c.score - c.name - 2;
	if (r->heading) {
		bool none = id_zero(&r->team->system_id);
		term_put(t, area.row, c.name - 1, area.cols, ROLE_HEAD,
		    none ? "(no system)" : r->team->system);
		return;
	}
	term_put(t, area.row, c.name, room, selected ? ROLE_SELECTED : ROLE_TEXT,
	    r->team->archived ? arena_printf(&d->app->frame, "(archived) %s", r->team->name)
			      : r->team->name);
	const struct board_facts *f = board_facts_of(d->app, d->b, r);
	if (!f)
		return;
	if (r->look && r->look->flags & FLAG_CONFLICT)
		term_put(t, area.row, c.name - 1, 1, ROLE_WARN, "!");
	if (*f->score)
		term_printf(
		    t, area.row, c.score, 6, ROLE_TEXT, "%-3s %s", f->score, board_direction(f));
	else
		term_put(t, area.row, c.score, 6, ROLE_DIM, "–");
	if (c.trend)
		term_put(t, area.row, c.trend, BOARD_MONTHS, ROLE_TEXT,
		    board_spark(&d->app->frame, f->trend, term_is_ascii(t)));
	board_counts_draw(d->app, r, c, area.row);
}

static void board_heads_draw(struct app *app, struct area area)
{
	struct board_columns c =
	    board_columns((struct area){ area.row, area.col + 3, 1, area.cols - 5 });
	struct term *t = app->term;
	term_put(t, area.row, c.name, 10, ROLE_LABEL, "Team");
	term_put(t, area.row, c.score, 6, ROLE_LABEL, "Score");
	if (c.trend)
		term_put(t, area.row, c.trend, 13, ROLE_LABEL, "12 months");
	term_put(t, area.row, c.cycles, 8, ROLE_LABEL, "Cycles");
	term_put(t, area.row, c.last, 6, ROLE_LABEL, "last");
	if (c.signals)
		term_put(t, area.row, c.signals, 9, ROLE_LABEL, "Signals");
	if (c.ideas)
		term_put(t, area.row, c.ideas, 8, ROLE_LABEL, "Tested");
	term_put(t, area.row, c.actions, 8, ROLE_LABEL, "Actions");
	if (c.flags)
		term_put(t, area.row, c.flags, 12, ROLE_LABEL, "To look at");
}

// More about the chosen team: its aim in two lines, and what to look at.
static void board_below_draw(struct app *app, struct board_screen *b, struct area area)
{
	struct board_row *r = board_chosen(b);
	struct text_lines lines;
	term_rule(app->term, area.row, 1, area.cols - 2);
	const struct aim *aim = r ? board_aim_of(app, b, r) : NULL;
	if (!aim)
		return;
	const char *says = *aim->line ? aim->line : "No aim is written down yet.";
	const char *text =
	    text_safe(&app->frame, arena_printf(&app->frame, "%s: %s", r->team->name, says), false);
	if (!text || !text_wrap(&app->frame, text, strlen(text), area.cols - 6, &lines))
		return;
	for (size_t i = 0; i < lines.count && i < 2; i++) {
		size_t n = lines.line[i].end - lines.line[i].start;
		const char *line = arena_copy(&app->frame, text + lines.line[i].start, n);
		if (line && i == 1 && lines.count > 2)
			line = arena_printf(&app->frame, "%s …", line);
		term_put(app->term, area.row + 1 + (int)i, 3, area.cols - 4, ROLE_TEXT, line);
	}
	b->claims = area.rows > 4;
	if (b->claims && r->claim)
		term_put(app->term, area.row + 4, 3, area.cols - 4, ROLE_TEXT, r->claim);
	const char *flags = r->look ? board_look_words(&app->frame, r->look, " · ") : NULL;
	if (!str_empty(flags))
		term_printf(
		    app->term, area.row + 3, 3, area.cols - 4, ROLE_WARN, "To look at: %s", flags);
}

static void board_empty_draw(struct app *app, struct area area)
{
	term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
	    "There is no team yet. Press n for the first one.");
	term_cursor(app->term, area.row + 1, 3);
}

static void board_draw(struct app *app, struct screen *s, struct area area)
{
	struct board_screen *b = (struct board_screen *)s;
	struct board_drawing d = { app, b };
	int below = area.rows >= 18 ? 5 : area.rows >= 14 ? 4 : 0;
	if (b->count == 0) {
		board_empty_draw(app, area);
		return;
	}
	board_heads_draw(app, area);
	list_draw(&b->list, app->term,
	    (struct area){ area.row + 1, area.col, area.rows - 1 - below, area.cols },
	    board_row_draw, &d);
	if (below)
		board_below_draw(app, b,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *board_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)a;
	return ((struct board_screen *)s)->board.name;
}

static const char *board_says(struct app *app, struct screen *s, struct arena *a)
{
	const struct board_screen *b = (const struct board_screen *)s;
	date_t today = store_today(app->store);
	struct str text = STR_IN(a);
	str_printf(&text, "%zu %s", b->board.count, b->board.count == 1 ? "team" : "teams");
	if (b->board.systems)
		str_printf(&text, " · %zu %s%s", b->board.systems, b->board.system_label,
		    b->board.systems == 1 ? "" : "s");
	str_printf(&text, " · %s", date_show(a, today, today));
	return str_done(&text);
}

// --- acting

static void board_sort_next(struct app *app, struct board_screen *b)
{
	b->order = (b->order + 1) % ORDERS;
	b->screen.stale = true;
	app_say(app, "Sorted %s.", ORDER_WORDS[b->order]);
}

static void board_show_archived(struct app *app, struct board_screen *b)
{
	b->archived = !b->archived;
	b->screen.stale = true;
	app_say(app, b->archived ? "Archived teams are shown too." : "Archived teams are hidden.");
}

static bool board_team_open(
    struct app *app, const struct board_row *r, enum action action, struct err *e)
{
	struct id id = r->team->id;
	if (action == ACT_DIAGRAM)
		return app->open->diagram(app, &id, NULL, e);
	if (action == ACT_CYCLES)
		return app->open->cycles(app, &id, NULL, e);
	if (action == ACT_ARCHIVE)
		return app->open->archive(app, &id, e);
	return app->open->team(app, &id, e);
}

static bool board_act(struct app *app, struct screen *s, enum action action)
{
	struct board_screen *b = (struct board_screen *)s;
	struct err e = { 0 };
	const struct board_row *r = b->count ? board_chosen(b) : NULL;
	bool done = true;
	if (action == ACT_COVERAGE) {
		done = app->open->coverage(app, r ? &r->team->id : NULL, &e);
	} else if (action == ACT_OPEN || action == ACT_DIAGRAM || action == ACT_CYCLES ||
		   action == ACT_ARCHIVE) {
		if (r)
			done = board_team_open(app, r, action, &e);
		else
			app_say(app, "There is no team yet; n makes the first one.");
	} else if (action == ACT_NEW_TEAM)
		done = app->open->form(app, "team", NULL, NULL, &e);
	else if (action == ACT_MORE)
		done = ways_screen_open(app, NULL, NULL, &e);
	else if (action == ACT_NEW_SYSTEM)
		done = app->open->form(app, "system", NULL, NULL, &e);
	else if (action == ACT_LEARNED)
		done = app->open->learned(app, NULL, NULL, &e);
	else if (action == ACT_FIDELITY)
		done = app->open->fidelity(app, NULL, &e);
	else if (action == ACT_SORT)
		board_sort_next(app, b);
	else if (action == ACT_SHOW_ARCHIVED)
		board_show_archived(app, b);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *board_screen_list(struct screen *s)
{
	return &((struct board_screen *)s)->list;
}

static const char *board_row(struct app *app, struct screen *s, size_t i)
{
	const struct board_team *t = ((struct board_screen *)s)->row[i].team;
	return arena_printf(&app->frame, "%s %s", t->name, t->system ? t->system : "");
}

static void board_close(struct screen *s)
{
	arena_free(&((struct board_screen *)s)->rows);
}

// What takes the evidence engine and the charts of a team's measures. What cannot be read now stays
// empty, and is told where it is opened.
static bool board_row_look(
    struct app *app, struct board_screen *b, struct board_row *r, enum chart_rules usual)
{
	const struct id *team = &r->team->id;
	struct err ignored = { 0 };
	r->look = arena_alloc(&b->rows, sizeof *r->look);
	r->signals = arena_alloc(&b->rows, sizeof *r->signals);
	if (r->look)
		*r->look = (struct board_look){ 0 };
	if (r->signals)
		*r->signals = (struct signals){ 0 };
	return r->look && r->signals &&
	       board_look(app->store, &b->rows, team, r->facts, r->look, &ignored) &&
	       signals_load(app->store, &b->rows, team, usual, r->signals, NULL);
}

// It is looked closer when the board stands already: it need not wait for that.
static bool board_idle(struct app *app, struct screen *s)
{
	struct board_screen *b = (struct board_screen *)s;
	struct board_row *at = board_chosen(b);
	enum chart_rules usual;
	bool any = b->claims && at && at->facts && !at->claim;
	if (any)
		board_claim_make(app, b, at);
	bool asked = false;
	for (size_t i = 0; i < b->count; i++) {
		struct board_row *r = &b->row[i];
		if (!r->facts || r->signals)
			continue;
		if (!asked && !chart_rules_load(app->store, &usual, NULL))
			return any;
		any = asked = true;
		if (!board_row_look(app, b, r, usual))
			return any;
	}
	return any;
}

static const struct screen_ops BOARD = {
	.on = ON_BOARD,
	.load = board_load,
	.title = board_title,
	.facts = board_says,
	.draw = board_draw,
	.act = board_act,
	.list = board_screen_list,
	.row_text = board_row,
	.idle = board_idle,
	.close = board_close,
};

bool board_screen_open(struct app *app, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct board_screen), &BOARD, e);
	return s && app_push(app, s, e);
}
