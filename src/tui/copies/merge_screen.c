// SPDX-License-Identifier: MIT
// A merge: before, what would come in, by file, team and person; after, the account of it, which
// stays in the workbook and can be opened again.
#include "tui/loop/path.h"
#include "tui/screens/screens.h"

#include <plando/doubles.h>
#include <plando/erasures.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct merge_row {
	bool heading;
	struct id team;
	int64_t batch;
	const char *what, *who, *how_much;
};

struct merge_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	const char **path; // in the screen's arena
	size_t paths;
	bool done; // this is the account
	struct merge_report *report;
	size_t reports;
	struct merge_row *row;
	size_t count;
	int64_t changes, conflicts;
	size_t alike; // after it: pairs that may be one thing made twice
};

// --- rows

static const char *merge_screen_several(struct arena *a, int64_t n, const char *one)
{
	const char *text = arena_printf(a, "%lld %s%s", (long long)n, one, n == 1 ? "" : "s");
	return text ? text : "";
}

static const char *merge_screen_file_says(struct arena *a, const struct merge_report *r)
{
	struct str text = STR_IN(a);
	if (!r->changes)
		return "nothing new";
	str_printf(&text, "%s in %s", merge_screen_several(a, r->changes, "change"),
	    merge_screen_several(a, r->records, "record"));
	if (r->conflicts)
		str_printf(&text, ", %s", merge_screen_several(a, r->conflicts, "conflict"));
	if (r->outside)
		str_printf(&text, ", %lld for another team, not shown", (long long)r->outside);
	return str_done(&text);
}

static bool merge_screen_row_add(struct merge_screen *m, struct merge_row row)
{
	m->row[m->count++] = row;
	return row.what && row.who && row.how_much;
}

static bool merge_screen_part_add(struct app *app, struct merge_screen *m,
    const struct merge_report *r, const struct merge_part *p)
{
	char id[ID_TEXT];
	id_print(&p->team, id);
	return merge_screen_row_add(
	    m, (struct merge_row){ .team = p->team,
		   .batch = r->batch,
		   .what = id_zero(&p->team) ? "What all teams share"
					     : record_ref_title(app->store, &m->rows, id),
		   .who = p->author,
		   .how_much = arena_printf(&m->rows, "%s in %s",
		       merge_screen_several(&m->rows, p->changes, "change"),
		       merge_screen_several(&m->rows, p->records, "record")) });
}

static bool merge_screen_rows_make(struct app *app, struct merge_screen *m, struct err *e)
{
	size_t n = m->reports;
	for (size_t i = 0; i < m->reports; i++)
		n += m->report[i].parts;
	m->row = arena_array(&m->rows, n + 1, sizeof *m->row);
	m->count = 0;
	m->changes = m->conflicts = 0;
	if (!m->row)
		return err_memory(e);
	for (size_t i = 0; i < m->reports; i++) {
		const struct merge_report *r = &m->report[i];
		m->changes += r->changes;
		m->conflicts += r->conflicts;
		if (!merge_screen_row_add(m, (struct merge_row){ .heading = true,
						 .what = path_file(r->path),
						 .who = "",
						 .how_much = merge_screen_file_says(&m->rows, r) }))
			return err_memory(e);
		for (size_t k = 0; k < r->parts; k++)
			if (!merge_screen_part_add(app, m, r, &r->part[k]))
				return err_memory(e);
	}
	list_set(&m->list, m->count);
	return true;
}

static bool merge_screen_heading(void *context, size_t i)
{
	return ((const struct merge_screen *)context)->row[i].heading;
}

// --- the work

struct bar {
	struct app *app;
	const struct merge_screen *m;
	size_t shown;
};

static void merge_screen_bar_draw(void *context, size_t file, size_t files, size_t done, size_t of)
{
	enum { BAR = 40 };
	static const char full[BAR + 1] = "########################################";
	struct bar *b = context;
	size_t share = (file * 100 + (of ? done * 100 / of : 0)) / (files ? files : 1);
	struct term *t = b->app->term;
	if (share == b->shown || share > 100)
		return;
	b->shown = share;
	struct area all = term_begin(t);
	term_printf(t, 1, 3, all.cols - 4, ROLE_TITLE, "Merging %s",
	    path_file(b->m->path[file < b->m->paths ? file : 0]));
	term_printf(t, 3, 3, all.cols - 4, ROLE_TEXT, "[%-*.*s] %zu %%", BAR,
	    (int)(share * BAR / 100), full, share);
	term_cursor(t, 3, 3);
	term_end(t);
}

static bool merge_run(struct app *app, struct merge_screen *m, bool dry, struct err *e)
{
	struct merge_sources sources;
	struct bar bar = { app, m, 0 };
	struct merge_watch watch = { merge_screen_bar_draw, &bar };
	arena_free(&m->rows);
	m->count = m->reports = 0;
	list_set(&m->list, 0);
	m->list.heading = merge_screen_heading;
	m->list.context = m;
	if (!merge_sources(app->store, &m->rows, m->path, m->paths, &sources, e))
		return false;
	m->report = arena_array(&m->rows, sources.count + 1, sizeof *m->report);
	if (!m->report)
		return err_memory(e);
	if (!merge_gathered(app->store, &m->rows, &sources, dry, &watch, m->report, e))
		return false;
	m->reports = sources.count;
	if (sources.lefts)
		app_say(app, "Left out: %s (%s)%s", path_file(sources.left[0].path),
		    sources.left[0].why,
		    sources.lefts == 1
			? ""
			: arena_printf(&m->rows, " and %zu more", sources.lefts - 1));
	return merge_screen_rows_make(app, m, e);
}

// --- drawing

static void merge_screen_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct merge_screen *m = context;
	const struct merge_row *r = &m->row[i];
	int what = row.cols * 2 / 5, who = row.cols / 4;
	enum role role = r->heading ? ROLE_HEAD : selected ? ROLE_SELECTED : ROLE_TEXT;
	term_put(t, row.row, row.col - r->heading, what, role, r->what);
	term_put(t, row.row, row.col + what + 2, who, ROLE_DIM, r->who);
	int col = r->heading ? row.col + what + 2 : row.col + what + who + 4;
	term_put(t, row.row, col, row.col + row.cols - col, r->heading ? ROLE_HEAD : ROLE_TEXT,
	    r->how_much);
}

// What is erased stands above everything else. Returns the first row below it.
static int merge_screen_erasures_draw(
    struct app *app, const struct merge_screen *m, struct area area)
{
	enum { ERASURE_ROWS = 4 };
	struct arena *a = &app->frame;
	const char *words = erasures_words(a, m->report, m->reports, m->done);
	int64_t held = erasures_held(m->report, m->reports);
	struct text_lines lines = { 0 };
	int row = area.row;
	if (str_empty(words))
		return row;
	const char *says = words;
	if (held && m->done)
		says =
		    arena_printf(a, "%s What stood here is held for 30 days: E shows it.", words);
	else if (held)
		says = arena_printf(a, "%s What stands here would be held for 30 days.", words);
	if (!says || !text_wrap(a, says, strlen(says), area.cols - 4, &lines))
		return row;
	for (size_t i = 0; i < lines.count && i < ERASURE_ROWS; i++)
		term_put_n(app->term, row++, 3, area.cols - 4, ROLE_WARN,
		    says + lines.line[i].start, lines.line[i].end - lines.line[i].start);
	return row + 1;
}

static void merge_draw(struct app *app, struct screen *screen, struct area area)
{
	struct merge_screen *m = (struct merge_screen *)screen;
	struct arena *a = &app->frame;
	const char *says = "There is nothing new in it: this workbook has all of it already.";
	if (m->changes && !m->done)
		says = arena_printf(a,
		    "%s would come in%s%s. Enter merges; the copies are only read.",
		    merge_screen_several(a, m->changes, "change"), m->conflicts ? ", with " : "",
		    m->conflicts ? merge_screen_several(a, m->conflicts, "conflict") : "");
	else if (m->changes)
		says = arena_printf(a, "%s came in%s%s%s%s%s%s%s.",
		    merge_screen_several(a, m->changes, "change"),
		    m->conflicts || m->alike ? "; " : "",
		    m->conflicts ? merge_screen_several(a, m->conflicts, "conflict") : "",
		    m->conflicts ? " to settle" : "", m->conflicts && m->alike ? ", " : "",
		    m->alike ? merge_screen_several(a, (int64_t)m->alike, "thing") : "",
		    m->alike ? " perhaps made twice" : "",
		    m->conflicts || m->alike ? ": ! shows them" : "");
	int row = merge_screen_erasures_draw(app, m, area);
	term_put(app->term, row, 3, area.cols - 4, ROLE_TEXT, says);
	term_cursor(app->term, row, 3);
	list_draw(&m->list, app->term,
	    (struct area){ row + 2, area.col, area.row + area.rows - row - 2, area.cols },
	    merge_screen_row_draw, m);
}

static const char *merge_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct merge_screen *m = (const struct merge_screen *)screen;
	(void)app;
	const char *name = path_file(m->path[0]);
	if (m->paths > 1)
		return arena_printf(a, "Merge › %zu copies", m->paths);
	return arena_printf(a, m->done ? "Merged › %s" : "Merge › %s", name);
}

// --- acting

static bool merge_screen_row_open(struct app *app, struct merge_screen *m, struct err *e)
{
	if (m->list.at >= m->count || id_zero(&m->row[m->list.at].team))
		return true;
	struct id team = m->row[m->list.at].team;
	return app->open->team(app, &team, e);
}

static bool merge_now(struct app *app, struct merge_screen *m, struct err *e)
{
	if (!m->changes) {
		app_say(app, "There is nothing new to merge.");
		return true;
	}
	if (!merge_run(app, m, false, e))
		return false;
	if (!doubles_alike(app->store, &m->rows, &m->alike, e))
		return false;
	m->done = true;
	app_saved(app);
	app_say(app, "Merged. The account is kept: M shows it again.");
	return true;
}

static bool merge_act(struct app *app, struct screen *screen, enum action action)
{
	struct merge_screen *m = (struct merge_screen *)screen;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_OPEN)
		done = m->done ? merge_screen_row_open(app, m, &e) : merge_now(app, m, &e);
	else if (action == ACT_HISTORY && m->list.at < m->count && m->row[m->list.at].batch)
		done = app->open->history_batch(app, m->row[m->list.at].batch, &e);
	else if (action == ACT_HISTORY)
		app_say(app, "What came can be read once it is merged.");
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *merge_list(struct screen *s)
{
	return &((struct merge_screen *)s)->list;
}

static const char *merge_row_text(struct app *app, struct screen *s, size_t i)
{
	const struct merge_row *r = &((const struct merge_screen *)s)->row[i];
	return arena_printf(&app->frame, "%s %s", r->what, r->who);
}

static void merge_close(struct screen *s)
{
	arena_free(&((struct merge_screen *)s)->rows);
}

static const struct screen_ops MERGE = {
	.on = ON_MERGE,
	.title = merge_title,
	.draw = merge_draw,
	.act = merge_act,
	.list = merge_list,
	.row_text = merge_row_text,
	.close = merge_close,
};

static struct merge_screen *merge_new(const char *const path[], size_t n, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct merge_screen), &MERGE, e);
	struct merge_screen *m = (struct merge_screen *)s;
	if (!s)
		return NULL;
	m->path = arena_array(&s->arena, n + 1, sizeof *m->path);
	for (size_t i = 0; m->path && i < n; i++) {
		m->path[i] = arena_strdup(&s->arena, path[i]);
		m->paths += m->path[i] != NULL;
	}
	if (m->paths == n)
		return m;
	screen_free(s);
	err_memory(e);
	return NULL;
}

// --- another collaborative's workbook: its teams can be copied in

static void merge_screen_as_new_given(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct merge_report r;
	if (!answer)
		return;
	if (merge_as_new(app->store, &a, context, false, &r, &e)) {
		app_saved(app);
		app_say(app, "Its teams are here now, as new records: %s in %s.",
		    merge_screen_several(&a, r.changes, "change"),
		    merge_screen_several(&a, r.records, "record"));
	} else {
		app_fail(app, &e);
	}
	arena_free(&a);
}

// Why it is no copy stands in e; the offer takes its place where there is something to copy.
static bool merge_screen_as_new_offered(struct app *app, const char *path)
{
	struct arena a = { 0 };
	struct err none = { 0 };
	struct merge_report r;
	char *kept = arena_strdup(&app_top(app)->arena, path); // outlives the question
	bool offers = kept && merge_as_new(app->store, &a, path, true, &r, &none) && r.changes;
	if (offers) {
		char question[MESSAGE_MOST];
		snprintf(question, sizeof question,
		    "Another collaborative's workbook: copy its teams in, %s?",
		    merge_screen_several(&a, r.records, "record"));
		app_confirm(app, question, merge_screen_as_new_given, kept);
	}
	arena_free(&a);
	return offers;
}

bool merge_preview_open(struct app *app, const char *const path[], size_t n, struct err *e)
{
	struct merge_screen *m = merge_new(path, n, e);
	if (m && merge_run(app, m, true, e))
		return app_push(app, &m->screen, e);
	if (m)
		screen_free(&m->screen);
	return n == 1 && e->code == ERR_DATA && merge_screen_as_new_offered(app, path[0]);
}

bool merge_account_open(struct app *app, int64_t batch, const char *source, struct err *e)
{
	struct merge_screen *m = merge_new(&source, 1, e);
	if (!m)
		return false;
	m->done = true;
	m->list.heading = merge_screen_heading;
	m->list.context = m;
	m->report = arena_array(&m->rows, 1, sizeof *m->report);
	bool good = m->report || err_memory(e);
	good = good && doubles_alike(app->store, &m->rows, &m->alike, e);
	good = good && merge_account_parts(app->store, &m->rows, batch, m->report, e);
	if (good) {
		m->report->path = m->path[0];
		m->reports = 1;
		good = merge_screen_rows_make(app, m, e);
	}
	if (good)
		return app_push(app, &m->screen, e);
	screen_free(&m->screen);
	return false;
}
