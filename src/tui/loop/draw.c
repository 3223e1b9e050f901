// SPDX-License-Identifier: MIT
// The frame around every screen: title line, status, message or question, footer.
#include "tui/loop/app.h"
#include "tui/loop/filter.h"
#include "tui/loop/prompt.h"

#include <plando/far.h>
#include <plando/str.h>

#include <string.h>

enum { ROWS_LEAST = 14, COLS_LEAST = 50, MESSAGE_LINES = 4 };

// --- a window too small

bool app_too_small(const struct app *app)
{
	struct area all = term_whole(app->term);
	return all.rows < ROWS_LEAST || all.cols < COLS_LEAST;
}

static void draw_too_small(struct app *app, struct area all)
{
	const char *says = arena_printf(&app->frame,
	    "plando needs a window of %d by %d; this one is %d by %d. Make it larger, or press Esc "
	    "to go back.",
	    COLS_LEAST, ROWS_LEAST, all.cols, all.rows);
	struct text_lines lines;
	if (!says || !text_wrap(&app->frame, says, strlen(says), all.cols, &lines))
		return;
	for (size_t i = 0; i < lines.count && (int)i < all.rows; i++)
		term_put_n(app->term, (int)i, 0, all.cols, ROLE_TEXT, says + lines.line[i].start,
		    lines.line[i].end - lines.line[i].start);
}

// --- the title line

static const char *draw_status(struct app *app)
{
	struct str text = STR_IN(&app->frame);
	struct err why = { 0 };
	if (!app->store)
		return "";
	if (app->conflicts)
		str_printf(&text, "%lld %s", (long long)app->conflicts,
		    app->conflicts == 1 ? "conflict" : "conflicts");
	if (app->clock_wrong)
		str_printf(&text, "%sclock?", text.length ? " · " : "");
	if (!store_writable(app->store, &why))
		str_printf(&text, "%sread-only", text.length ? " · " : "");
	else if (app->saved_at)
		str_printf(&text, "%ssaved %s%s", text.length ? " · " : "",
		    app_clock(app, app->saved_at, &app->frame),
		    far_waits(app->store) ? " here" : ""); // not yet where the workbook lies
	const char *done = str_done(&text);
	return done ? done : "";
}

static void draw_title(struct app *app, struct screen *s, int cols)
{
	const char *facts = s->ops->facts ? s->ops->facts(app, s, &app->frame) : NULL;
	const char *state = draw_status(app);
	const char *both = str_empty(facts)   ? state
			   : str_empty(state) ? facts
					      : arena_printf(&app->frame, "%s · %s", facts, state);
	const char *where = s->ops->title(app, s, &app->frame);
	int room = cols - 2;
	if (!str_empty(both)) {
		// The status matters more than the facts, and the title more than they.
		int wide = term_width(app->term, both) + term_width(app->term, where) + 3;
		room = term_put_right(app->term, 0, 1, cols - 2, ROLE_DIM,
			   wide > cols - 2 && !str_empty(state) ? state : both) -
		       3;
	}
	term_put(app->term, 0, 1, room, ROLE_TITLE, where);
	if (app->past)
		term_put(app->term, 1, 1, cols - 2, ROLE_MARKED, app->open->past_banner(app));
	else
		term_rule(app->term, 1, 1, cols - 2);
}

// --- message

// Long messages take rows from the body, so that none is cut in mid-sentence.
static bool draw_message_wrap(
    struct app *app, int cols, const char **text, struct text_lines *lines)
{
	*lines = (struct text_lines){ 0 };
	const char *said = *app->message ? app->message : app->standing;
	if (!*said || app->prompt.open || (said == app->standing && filter_on(app_top(app))))
		return false;
	*text = text_safe(&app->frame, said, false);
	if (!*text || !text_wrap(&app->frame, *text, strlen(*text), cols - 2, lines))
		return false;
	if (lines->count > MESSAGE_LINES)
		lines->count = MESSAGE_LINES;
	return true;
}

static void draw_message(
    struct app *app, int row, int cols, const char *text, struct text_lines lines)
{
	for (size_t i = 0; i < lines.count; i++)
		term_put_n(app->term, row + (int)i, 1, cols - 2,
		    *app->message ? app->message_role : ROLE_WARN, text + lines.line[i].start,
		    lines.line[i].end - lines.line[i].start);
}

// --- footer

struct footer_item {
	const char *key, *brief;
	enum action action;
	int rank, width;
};

enum { GAP = 3, RANK_MOST = 9 };

static size_t draw_footer_items(struct app *app, struct footer_item item[FOOTER_MOST])
{
	bool ascii = term_is_ascii(app->term);
	size_t n = 0;
	for (const struct action_row *r = ACTION_ROWS; r->id && n < FOOTER_MOST; r++) {
		if (!(r->screens & app_top(app)->ops->on) || !r->brief)
			continue;
		char word[KEY_WORD];
		const char *shown = ascii ? r->shown_ascii : r->shown;
		if (!shown)
			shown = arena_strdup(&app->frame, action_key(r, ascii, word));
		if (!shown)
			continue;
		int width = term_width(app->term, shown) + 1 + term_width(app->term, r->brief);
		item[n++] = (struct footer_item){ shown, r->brief, r->id, r->rank, width };
	}
	return n;
}

// The lowest ranks first, as long as there is room; the order of the table stays.
static size_t draw_footer_fit(struct footer_item *item, size_t n, int room)
{
	bool taken[FOOTER_MOST] = { false };
	int wide = -GAP;
	for (int rank = 0; rank <= RANK_MOST; rank++)
		for (size_t i = 0; i < n; i++) {
			int more = item[i].width + GAP;
			if (item[i].rank != rank || wide + more > room)
				continue;
			taken[i] = true;
			wide += more;
		}
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (taken[i])
			item[kept++] = item[i];
	return kept;
}

static void draw_footer(struct app *app, int row, int cols)
{
	struct footer_item item[FOOTER_MOST] = { 0 };
	app->footer_row = row;
	app->footer_count = draw_footer_fit(item, draw_footer_items(app, item), cols - 2);
	int col = 1;
	for (size_t i = 0; i < app->footer_count; i++) {
		app->footer[i] = (struct footer_spot){ col, col + item[i].width, item[i].action };
		int used = term_put(app->term, row, col, cols - col, ROLE_KEY, item[i].key);
		term_put(
		    app->term, row, col + used + 1, cols - col - used - 1, ROLE_DIM, item[i].brief);
		col += item[i].width + GAP;
	}
}

// While a line is typed every key is its own.
static void draw_typing_footer(struct app *app, int row, int cols)
{
	static const char FILTER[] = "Enter keep   Esc show all   Ctrl-F search everything";
	app->footer_count = 0;
	if (!app->prompt.open)
		term_printf(app->term, row, 1, cols - 2, ROLE_DIM, "%s move   %s",
		    term_is_ascii(app->term) ? "Up/Down" : "↑↓", FILTER);
	else if (app->prompt.offer)
		term_put(app->term, row, 1, cols - 2, ROLE_DIM,
		    "y yes   n no   Esc later   any other key goes on without an answer");
	else if (!app->prompt.yesno)
		term_put(app->term, row, 1, cols - 2, ROLE_DIM, "Enter take   Esc leave");
}

static void draw_frame(struct app *app, struct screen *s, struct area all)
{
	if (app_too_small(app)) {
		draw_too_small(app, all);
		return;
	}
	const char *text = "";
	struct text_lines lines;
	draw_message_wrap(app, all.cols, &text, &lines);
	int spoken = lines.count > 1 ? (int)lines.count : 1;
	draw_title(app, s, all.cols);
	s->ops->draw(app, s, (struct area){ 2, 0, all.rows - 3 - spoken, all.cols });
	draw_message(app, all.rows - 1 - spoken, all.cols, text, lines);
	if (app->prompt.open)
		prompt_draw(app, all.rows - 2, all.cols);
	else if (filter_open(s) || (filter_on(s) && !*app->message))
		filter_draw(app, all.rows - 2, all.cols);
	if (app->prompt.open || filter_open(s))
		draw_typing_footer(app, all.rows - 1, all.cols);
	else
		draw_footer(app, all.rows - 1, all.cols);
}

void app_draw(struct app *app)
{
	arena_free(&app->frame);
	struct screen *s = app_top(app);
	struct err e = { 0 };
	struct store *store = app->store;
	const char *news = store ? store_news(store) : NULL;
	if (news)
		app_say(app, "%s", news);
	store_hold(store);
	if (s->stale && s->ops->load) {
		s->stale = false;
		if (!s->ops->load(app, s, &e))
			app_fail(app, &e);
	}
	filter_settle(app, s);
	struct area all = term_begin(app->term);
	draw_frame(app, s, all);
	store_release(store); // before the terminal, which may make us wait
	term_end(app->term);
}
