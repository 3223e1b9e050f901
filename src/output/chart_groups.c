// SPDX-License-Identifier: MIT
#include <plando/chart_groups.h>

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

static int state_of(const struct chart *c)
{
	return !c->enough ? TOO_FEW : c->signal ? (int)c->meaning : CHART_ORDINARY;
}

static size_t in_state(const struct chart_groups *g, int state)
{
	size_t n = 0;
	for (size_t i = 0; i < g->parts; i++)
		n += state_of(g->part[i]) == state;
	return n;
}

// "A, B and 3 more"
static void name_those(struct str *s, const struct chart_groups *g, int state)
{
	size_t all = in_state(g, state), named = 0;
	for (size_t i = 0; i < g->parts && named < NAMED_MOST; i++)
		if (state_of(g->part[i]) == state) {
			const char *before = named == 0 ? "" : named + 1 < all ? ", " : " and ";
			str_printf(s, "%s%s", before, g->name[i]);
			named++;
		}
	if (all > named)
		str_printf(s, " and %zu more", all - named);
}

static void add_few(struct str *s, const struct chart_groups *g)
{
	size_t few = in_state(g, TOO_FEW);
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
	size_t calm = in_state(g, CHART_ORDINARY), few = in_state(g, TOO_FEW);
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
		if (!WORDS[i] || !in_state(g, i))
			continue;
		str_printf(&s, "%s %s in ", said ? ";" : ":", WORDS[i]);
		name_those(&s, g, i);
		said = true;
	}
	add_few(&s, g);
	return str_done(&s);
}

char *chart_group_words(struct arena *a, const struct chart_groups *g, size_t part)
{
	static const char *const WORDS[] = { "No signal", "Improvement", "Concern", "Change",
		"Signal, direction unclear" };
	const struct chart *c = g->part[part];
	if (!c->count)
		return arena_strdup(a, "Cannot be charted so");
	if (!c->enough && !c->phase[c->phases - 1].flat)
		return arena_printf(a, "%zu more point%s needed", CHART_LEAST - c->useful,
		    CHART_LEAST - c->useful == 1 ? "" : "s");
	if (!c->enough)
		return chart_finding(a, c, g->face);
	if (c->signal)
		return arena_printf(a, "%s since %s", WORDS[c->meaning],
		    chart_when(a, c, g->face, c->point[c->since].x));
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
static const struct chart *fullest(const struct chart_groups *g)
{
	const struct chart *most = NULL;
	for (size_t i = 0; i < g->parts; i++)
		if (g->part[i]->count && (!most || g->part[i]->count > most->count))
			most = g->part[i];
	return most;
}

static size_t hidden_in(const struct chart_groups *g)
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
	const struct chart *c = fullest(g);
	double all = chart_groups_reference(g);
	if (!c)
		return arena_strdup(a, "");
	const char *centre = chart_centre_name(c);
	str_printf(&s, "%ss, %s rules, one scale; each group's own %s, solid over its baseline",
	    CHART_TYPE[c->type].title, CHART_RULE[c->rules].title, centre);
	if (!isnan(all))
		str_printf(&s, "; all: the %s of all groups, %s", chart_centre_name(g->whole),
		    chart_line_value(a, g->whole, g->face, all));
	size_t hidden = hidden_in(g);
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

void chart_groups_span(const struct chart_groups *g, int64_t *from, int64_t *to)
{
	bool any = false;
	*from = *to = 0;
	for (size_t i = 0; i < g->parts; i++) {
		const struct chart *c = g->part[i];
		if (!c->count)
			continue;
		int64_t first = c->point[0].x, last = c->point[c->count - 1].x;
		*from = any && *from < first ? *from : first;
		*to = any && *to > last ? *to : last;
		any = true;
	}
}

struct axis chart_groups_axis(struct arena *a, const struct chart_groups *g, int ticks)
{
	const struct chart **all = arena_array(a, g->parts + 1, sizeof(void *));
	size_t n = 0;
	for (size_t i = 0; all && i < g->parts; i++)
		all[n++] = g->part[i];
	if (all && !isnan(chart_groups_reference(g)))
		all[n++] = g->whole;
	return axis_of(all, n, g->face, ticks);
}

// Of all panels where all fit; else of as many rows as do, with nothing left over.
static int high_in(const struct chart_grid *g, int room)
{
	int shown = room / HIGH_GOOD < 2 ? room / HIGH_LEAST : room / HIGH_GOOD;
	if (shown > (int)g->rows)
		shown = (int)g->rows;
	int high = shown < 1 ? HIGH_LEAST : room / shown;
	return high > HIGH_MOST ? HIGH_MOST : high;
}

bool chart_grid_fit(
    struct arena *a, const struct chart_groups *g, int cols, int room, struct chart_grid *out)
{
	*out = (struct chart_grid){ .groups = g, .axis = chart_groups_axis(a, g, TICKS) };
	struct chart_plot p = { .face = g->face, .axis = out->axis };
	size_t parts = g->parts ? g->parts : 1;
	out->reference = chart_groups_reference(g);
	out->target = fullest(g) ? fullest(g)->target : NAN;
	chart_groups_span(g, &out->from, &out->to);
	out->margin = chart_plot_margin(a, &p);
	int most = (cols - out->margin + 1) / PANEL_LEAST;
	size_t columns = most < 1 ? 1 : (size_t)most < parts ? (size_t)most : parts;
	out->rows = (parts + columns - 1) / columns;
	out->columns = (parts + out->rows - 1) / out->rows; // as even as they can be
	out->wide = (cols - out->margin + 1) / (int)out->columns;
	out->high = room ? high_in(out, room - chart_grid_height(out, 0)) : HIGH_PAGE;
	return true;
}

int chart_grid_height(const struct chart_grid *g, size_t shown)
{
	return (int)shown * g->high + 1 + (g->groups->notes != NULL);
}

void chart_grid_place(const struct chart_grid *g, size_t first, size_t panel, int *row, int *col)
{
	*row = ((int)(panel / g->columns) - (int)first) * g->high;
	*col = g->margin - 1 + (int)(panel % g->columns) * g->wide;
}

static struct chart_plot plot_of(const struct chart_grid *g, size_t first, size_t panel)
{
	const struct chart_groups *of = g->groups;
	bool labels = panel % g->columns == 0;
	struct chart_plot p = { .chart = of->part[panel],
		.face = of->face,
		.unusual = of->unusual ? of->unusual[panel] : NULL,
		.axis = g->axis,
		.notes = of->notes,
		.cursor = SIZE_MAX,
		.rows = g->high - 1,
		.x_from = g->from,
		.x_to = g->to,
		.ascii = of->ascii,
		.bare = true,
		.small = true,
		.margin = labels ? g->margin : 1,
		.target = g->target,
		.reference = g->reference };
	int row, col;
	chart_grid_place(g, first, panel, &row, &col);
	p.top = row + 1;
	p.left = labels ? 0 : col;
	p.cols = p.margin + g->wide - 1 - APART;
	return p;
}

// --- a panel

// The last value and the sign of what the chart shows.
static const char *last_words(struct arena *a, const struct chart_groups *g, size_t part)
{
	const char *value = chart_group_last(a, g, part);
	if (!g->part[part]->count)
		return arena_strdup(a, "cannot be charted so");
	return value ? arena_printf(a, "%s %s", value, chart_sign(g->part[part], g->ascii)) : NULL;
}

static enum canvas_role sign_role(const struct chart *c)
{
	static const enum canvas_role ROLE[STATES] = { CANVAS_PLAIN, CANVAS_GOOD, CANVAS_BAD,
		CANVAS_CHANGE, CANVAS_CHANGE, CANVAS_FAINT };
	return ROLE[state_of(c)];
}

static bool draw_head(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t panel, bool focus, struct err *e)
{
	const struct chart_groups *of = g->groups;
	const struct chart *c = of->part[panel];
	int row, col, room = g->wide - APART;
	chart_grid_place(g, first, panel, &row, &col);
	const char *last = last_words(a, of, panel);
	const char *shown = of->ascii ? text_ascii(a, of->name[panel]) : of->name[panel];
	if (!last || !shown)
		return err_memory(e);
	int wide = text_width(last, strlen(last));
	const char *name = text_cut(a, shown, room - wide - 2, of->ascii);
	if (!name)
		return err_memory(e);
	canvas_text(v, row, col, name, focus ? CANVAS_FOCUS : CANVAS_TITLE);
	canvas_text(v, row, col + room - wide, last, sign_role(c));
	if (focus)
		canvas_text(v, row, col - 1, ">", CANVAS_FOCUS);
	return true;
}

// Below the last panel of each column.
static bool draw_dates(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t shown, struct err *e)
{
	const struct chart *c = fullest(g->groups);
	for (size_t i = first * g->columns; c && i < g->groups->parts; i++) {
		bool last =
		    i / g->columns + 1 == first + shown || i + g->columns >= g->groups->parts;
		if (i / g->columns >= first + shown)
			break;
		struct chart_plot p = plot_of(g, first, i);
		p.chart = c; // so that all have the same dates
		chart_plot_fit(&p, a);
		if (last && !chart_plot_dates(v, a, &p, p.top + p.rows, e))
			return false;
	}
	return true;
}

bool chart_grid_draw(struct canvas *v, struct arena *a, const struct chart_grid *g, size_t first,
    size_t shown, size_t focus, struct err *e)
{
	size_t from = first * g->columns, to = from + shown * g->columns;
	for (size_t i = from; i < to && i < g->groups->parts; i++) {
		struct chart_plot p = plot_of(g, first, i);
		chart_plot_fit(&p, a);
		if (!chart_plot_draw(v, a, &p, e) || !draw_head(v, a, g, first, i, i == focus, e))
			return false;
	}
	return draw_dates(v, a, g, first, shown, e);
}
