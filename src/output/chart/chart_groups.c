// SPDX-License-Identifier: MIT
#include <plando/chart_groups.h>

#include <plando/plot_canvas.h>
#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <string.h>

enum {
	NAMED_MOST = 4,
	PANEL_LEAST = 34, // columns; fewer would not hold two years of months
	HIGH_LEAST = 7,
	HIGH_GOOD = 10,
	HIGH_MOST = 20,
	HIGH_PAGE = 10,
	APART = 2, // columns between panels; the mark of the cursor stands in them
	TICKS = 4
};

struct chart_groups chart_sheet_groups(
    const struct chart_sheet *s, const struct chart_face *f, const struct chart_notes *notes)
{
	return (struct chart_groups){ .part = s->part,
		.name = s->name,
		.unusual = s->unusual,
		.parts = s->parts,
		.whole = s->whole,
		.face = f,
		.notes = notes && notes->count ? notes : NULL,
		.ascii = s->ascii };
}

// --- in words

// What a group shows: its meaning, or that it has too few points.
enum { TOO_FEW = CHART_UNCLEAR + 1, STATES };

static int groups_state(const struct chart *c)
{
	return !c->enough ? TOO_FEW : c->signal ? (int)c->meaning : CHART_ORDINARY;
}

static size_t groups_in_state(const struct chart_groups *g, int state)
{
	size_t n = 0;
	for (size_t i = 0; i < g->parts; i++)
		n += groups_state(g->part[i]) == state;
	return n;
}

// "A, B and 3 more"
static void groups_name_those(struct str *s, const struct chart_groups *g, int state)
{
	size_t all = groups_in_state(g, state), named = 0;
	for (size_t i = 0; i < g->parts && named < NAMED_MOST; i++)
		if (groups_state(g->part[i]) == state) {
			const char *before = named == 0 ? "" : named + 1 < all ? ", " : " and ";
			str_printf(s, "%s%s", before, g->name[i]);
			named++;
		}
	if (all > named)
		str_printf(s, " and %zu more", all - named);
}

static void groups_add_few(struct str *s, const struct chart_groups *g)
{
	size_t few = groups_in_state(g, TOO_FEW);
	if (few)
		str_printf(s, "; %zu %s too few points to tell", few, few == 1 ? "has" : "have");
}

char *chart_groups_finding(struct arena *a, const struct chart_groups *g)
{
	static const char *const WORDS[STATES] = { [CHART_IMPROVEMENT] = "improvement",
		[CHART_CONCERN] = "concern",
		[CHART_CHANGE] = "change",
		[CHART_UNCLEAR] = "direction unclear" };
	struct str s = STR_IN(a);
	size_t calm = groups_in_state(g, CHART_ORDINARY), few = groups_in_state(g, TOO_FEW);
	size_t signals = g->parts - calm - few;
	if (!g->parts)
		return arena_strdup(a, "No groups");
	if (few == g->parts)
		return arena_printf(a, "%s too few points to tell a signal",
		    g->parts == 1 ? "The one group has" : "All groups have");
	if (!signals)
		str_printf(&s, "None of %zu groups shows a signal", g->parts);
	else
		str_printf(&s, "%zu of %zu groups %s a signal", signals, g->parts,
		    signals == 1 ? "shows" : "show");
	bool said = false;
	for (int i = 0; i < STATES; i++) {
		if (!WORDS[i] || !groups_in_state(g, i))
			continue;
		str_printf(&s, "%s %s in ", said ? ";" : ":", WORDS[i]);
		groups_name_those(&s, g, i);
		said = true;
	}
	groups_add_few(&s, g);
	return str_done(&s);
}

char *chart_group_words(struct arena *a, const struct chart_groups *g, size_t part)
{
	static const char *const WORDS[] = { "No signal", "Improvement", "Concern", "Change",
		"Signal, direction unclear" };
	const struct chart *c = g->part[part];
	if (!c->count)
		return arena_strdup(a, "Cannot be charted so");
	if (!c->enough)
		return chart_needed(a, c);
	if (c->signal)
		return arena_printf(a, "%s since %s", WORDS[c->meaning],
		    chart_when(a, c, g->face, c->point[c->since].x));
	if (c->phase[c->phases - 1].flat)
		return chart_finding(a, c, g->face);
	return arena_printf(a, "No signal; %s %s", chart_centre_name(c),
	    chart_line_value(a, c, g->face, c->phase[c->phases - 1].centre));
}

char *chart_group_last(struct arena *a, const struct chart_groups *g, size_t part)
{
	const struct chart *c = g->part[part];
	for (size_t i = c->count; i-- > 0;)
		if (!c->point[i].missing && !c->point[i].excluded)
			return chart_hides(c, g->face, &c->point[i])
				   ? arena_printf(a, "<%d", g->face->least)
				   : chart_value(a, c, g->face, c->point[i].y);
	return arena_strdup(a, "");
}

double chart_groups_reference(const struct chart_groups *g)
{
	const struct chart *c = g->whole;
	return c && c->enough && c->phases ? c->phase[c->phases - 1].centre : NAN;
}

// One that has points, and most of them; NULL: there is none.
static const struct chart *groups_fullest(const struct chart_groups *g)
{
	const struct chart *most = NULL;
	for (size_t i = 0; i < g->parts; i++)
		if (g->part[i]->count && (!most || g->part[i]->count > most->count))
			most = g->part[i];
	return most;
}

static size_t groups_hidden(const struct chart_groups *g)
{
	size_t n = 0;
	for (size_t k = 0; k < g->parts; k++)
		for (size_t i = 0; i < g->part[k]->count; i++)
			n += chart_hides(g->part[k], g->face, &g->part[k]->point[i]);
	return n;
}

char *chart_groups_footer(struct arena *a, const struct chart_groups *g)
{
	struct str s = STR_IN(a);
	const struct chart *c = groups_fullest(g);
	double all = chart_groups_reference(g);
	if (!c)
		return arena_strdup(a, "");
	const char *centre = chart_centre_name(c);
	str_printf(&s, "%ss, %s rules, one scale; each group's own %s, solid over its baseline",
	    CHART_TYPE[c->type].title, CHART_RULE[c->rules].title, centre);
	if (!isnan(all))
		str_printf(&s, "; all: the %s of all groups, %s", chart_centre_name(g->whole),
		    chart_line_value(a, g->whole, g->face, all));
	size_t hidden = groups_hidden(g);
	if (hidden)
		str_printf(&s, "; %zu point%s of numbers below %d not shown", hidden,
		    hidden == 1 ? "" : "s", g->face->least);
	if (!isnan(c->target))
		str_printf(&s, "; goal %s", chart_line_value(a, c, g->face, c->target));
	if (c->direction != CHART_NEITHER)
		str_printf(&s, "; %s is good", c->direction == CHART_UP_IS_GOOD ? "up" : "down");
	str_add(&s, ".");
	return str_done(&s);
}

// --- how panels stand

// Days or numbers that all of them span, and the distance of their nearest points.
static void groups_span(const struct chart_groups *g, struct plot_source *of)
{
	bool any = false;
	for (size_t i = 0; i < g->parts; i++) {
		const struct chart *c = g->part[i];
		if (!c->count)
			continue;
		int64_t first = c->point[0].x, last = c->point[c->count - 1].x;
		int64_t apart = plot_apart(c);
		of->from = any && of->from < first ? of->from : first;
		of->to = any && of->to > last ? of->to : last;
		of->apart = any && of->apart < apart ? of->apart : apart;
		any = true;
	}
}

// Of those that have points.
static bool groups_axis(struct arena *a, const struct chart_groups *g, int ticks, struct axis *out)
{
	const struct chart **all = arena_array(a, g->parts + 1, sizeof(void *));
	size_t n = 0;
	for (size_t i = 0; all && i < g->parts; i++)
		if (g->part[i]->count)
			all[n++] = g->part[i];
	if (all && !isnan(chart_groups_reference(g)))
		all[n++] = g->whole;
	*out = axis_of(all, n, g->face, ticks);
	return all;
}

bool chart_groups_plots(struct arena *a, const struct chart_groups *g, int ticks,
    struct chart_plots *out, struct err *e)
{
	const struct chart *full = groups_fullest(g);
	struct plot_source of = { .face = g->face,
		.notes = g->notes,
		.small = true,
		.target = full ? full->target : NAN,
		.reference = chart_groups_reference(g) };
	*out = (struct chart_plots){ .plot = arena_array(a, g->parts + 1, sizeof *out->plot) };
	groups_span(g, &of);
	out->from = of.from;
	out->to = of.to;
	if (!out->plot || !groups_axis(a, g, ticks, &of.axis))
		return err_memory(e);
	for (size_t i = 0; i < g->parts; i++) {
		of.chart = g->part[i];
		of.unusual = g->unusual ? g->unusual[i] : NULL;
		if (!plot_make(a, &of, &out->plot[i], e))
			return false;
	}
	return plot_marks_of(a, full ? g->notes : NULL, of.from, of.to, &out->marks, e);
}

// Of all panels where all fit; else of as many rows as do, with nothing left over.
static int groups_high(const struct chart_grid *g, int room)
{
	int shown = room / HIGH_GOOD < 2 ? room / HIGH_LEAST : room / HIGH_GOOD;
	if (shown > (int)g->rows)
		shown = (int)g->rows;
	int high = shown < 1 ? HIGH_LEAST : room / shown;
	return high > HIGH_MOST ? HIGH_MOST : high;
}

bool chart_grid_fit(struct arena *a, const struct chart_groups *g, int cols, int room,
    struct chart_grid *out, struct err *e)
{
	size_t parts = g->parts ? g->parts : 1;
	*out = (struct chart_grid){ .groups = g };
	if (!chart_groups_plots(a, g, TICKS, &out->plots, e))
		return false;
	out->margin = g->parts ? plot_view_margin(&out->plots.plot[0]) : 0;
	int most = (cols - out->margin + 1) / PANEL_LEAST;
	size_t columns = most < 1 ? 1 : (size_t)most < parts ? (size_t)most : parts;
	out->rows = (parts + columns - 1) / columns;
	out->columns = (parts + out->rows - 1) / out->rows; // as even as they can be
	out->wide = (cols - out->margin + 1) / (int)out->columns;
	out->high = room ? groups_high(out, room - chart_grid_height(out, 0)) : HIGH_PAGE;
	return true;
}

int chart_grid_height(const struct chart_grid *g, size_t shown)
{
	return (int)shown * g->high + 1 + (g->plots.marks.count > 0);
}

void chart_grid_place(const struct chart_grid *g, size_t first, size_t panel, int *row, int *col)
{
	*row = ((int)(panel / g->columns) - (int)first) * g->high;
	*col = g->margin - 1 + (int)(panel % g->columns) * g->wide;
}

static struct plot_view groups_view(const struct chart_grid *g, size_t first, size_t panel)
{
	bool labels = panel % g->columns == 0;
	int row, col;
	chart_grid_place(g, first, panel, &row, &col);
	struct plot_view v = { .plot = &g->plots.plot[panel],
		.cursor = SIZE_MAX,
		.top = row + 1,
		.left = labels ? 0 : col,
		.rows = g->high - 1,
		.margin = labels ? g->margin : 1,
		.ascii = g->groups->ascii,
		.bare = true };
	v.cols = v.margin + g->wide - 1 - APART;
	plot_view_fit(&v);
	return v;
}

// --- a panel

// The last value and the sign of what the chart shows.
static const char *groups_last(struct arena *a, const struct chart_groups *g, size_t part)
{
	const char *value = chart_group_last(a, g, part);
	if (!g->part[part]->count)
		return arena_strdup(a, "cannot be charted so");
	return value ? arena_printf(a, "%s %s", value, chart_sign(g->part[part], g->ascii)) : NULL;
}

static enum canvas_role groups_role(const struct chart *c)
{
	int state = groups_state(c);
	return state == TOO_FEW ? CANVAS_FAINT : PLOT_SIGN[state].cell;
}

static bool groups_head(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t panel, bool focus, struct err *e)
{
	const struct chart_groups *of = g->groups;
	const struct chart *c = of->part[panel];
	int row, col, room = g->wide - APART;
	chart_grid_place(g, first, panel, &row, &col);
	const char *last = groups_last(a, of, panel);
	const char *shown = of->ascii ? text_ascii(a, of->name[panel]) : of->name[panel];
	if (!last || !shown)
		return err_memory(e);
	int wide = text_width(last, strlen(last));
	const char *name = text_cut(a, shown, room - wide - 2, of->ascii);
	if (!name)
		return err_memory(e);
	canvas_text(v, row, col, name, focus ? CANVAS_FOCUS : CANVAS_TITLE);
	canvas_text(v, row, col + room - wide, last, groups_role(c));
	if (focus)
		canvas_text(v, row, col - 1, ">", CANVAS_FOCUS);
	return true;
}

bool chart_grid_draw(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t shown, size_t focus, struct err *e)
{
	size_t from = first * g->columns, parts = g->groups->parts;
	size_t to = from + shown * g->columns < parts ? from + shown * g->columns : parts;
	for (size_t i = from; i < to; i++) {
		struct plot_view view = groups_view(g, first, i);
		bool last = i + g->columns >= to; // dates below the last one of each column
		if (!plot_view_draw(v, a, &view, e) ||
		    !groups_head(v, a, g, first, i, i == focus, e) ||
		    (last && !plot_view_dates(v, a, &view, view.top + view.rows, e)))
			return false;
	}
	return true;
}
