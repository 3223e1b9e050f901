// SPDX-License-Identifier: MIT
// What is written in a diagram's places, and how wide its columns are.
#include "output/diagram/diagram_shape.h"

#include <plando/text.h>

#include <string.h>

enum { CODE_MOST = 6, TEXT_WIDE = 64, REFERENCE_TEXT = 12, INFO_LINES = 4, PAGE_WORDS = 11 };

// Most text is: then it is safe as it stands and as wide as it is long. (2000 boxes are laid out
// between two frames.)
static bool diagram_text_is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return true;
}

static int diagram_text_measure(const char *text, size_t n)
{
	return diagram_text_is_plain(text, n) ? (int)n : text_width(text, n);
}

const char *shape_safe(struct arena *a, const char *text, bool ascii)
{
	if (diagram_text_is_plain(text, strlen(text)))
		return text;
	char *safe = text_safe(a, text, false);
	return safe && ascii ? text_ascii(a, safe) : safe;
}

// A node's text, made safe once for all its places. NULL: out of memory.
static const char *text_of(struct shape *s, size_t node)
{
	if (!s->text[node])
		s->text[node] = shape_safe(s->a, s->d->node[node].text, s->g->options.ascii);
	return s->text[node];
}

const char *shape_status(
    struct arena *a, const struct driver_node *n, const struct diagram_options *o)
{
	if (str_empty(n->status))
		return "";
	const struct choice *choice = o->status ? field_choice(o->status, n->status) : NULL;
	return shape_safe(a, choice ? choice->label : n->status, o->ascii);
}

const char *shape_cycles(struct arena *a, const struct driver_node *n, bool ascii)
{
	if (!n->cycles)
		return ascii ? "-" : "–";
	return arena_printf(a, "%u cycle%s", n->cycles, n->cycles == 1 ? "" : "s");
}

const char *shape_coverage(struct arena *a, const struct driver_node *n)
{
	return n->ideas ? arena_printf(a, "%u of %u tested", n->ideas_tested, n->ideas) : "";
}

static int diagram_text_width(const char *text)
{
	return diagram_text_measure(text, strlen(text));
}

static int diagram_text_least(int a, int b)
{
	return a < b ? a : b;
}

static int diagram_text_most(int a, int b)
{
	return a > b ? a : b;
}

bool shape_codes(struct shape *s)
{
	s->code = arena_array(s->a, s->d->count, sizeof *s->code);
	s->text = arena_array(s->a, s->d->count, sizeof *s->text);
	if (!s->code || !s->text)
		return false;
	for (size_t i = 0; i < s->d->count; i++) {
		const struct driver_node *n = &s->d->node[i];
		s->code[i] = shape_safe(s->a, n->code, s->g->options.ascii);
		if (!s->code[i])
			return false;
		int *w = &s->code_w[n->level];
		if (!n->archived)
			*w = diagram_text_most(
			    *w, diagram_text_least(diagram_text_width(s->code[i]), CODE_MOST));
	}
	s->code_w[DRIVER_AIM] = 0; // there is one aim, and its heading says so
	return true;
}

static int diagram_text_hang(const struct shape *s, enum driver_level level)
{
	return s->code_w[level] ? s->code_w[level] + 1 : 0;
}

// --- columns

int shape_gutter(const struct shape *s)
{
	return s->g->options.density == DIAGRAM_PAGE ? 4 : 5;
}

// With room for the lines that run side by side there.
static int diagram_text_gap_behind(const struct shape *s, int level)
{
	int more = s->g->tracks[level] - 1;
	return shape_gutter(s) + (more > 0 ? DIAGRAM_TRACK * more : 0);
}

int shape_trunk(const struct shape *s, const struct diagram_place *p)
{
	int level = (int)s->d->node[p->node].level;
	if (p->heading)
		return DIAGRAM_MARGIN + 1;
	return p->x + shape_width(s, p) + diagram_text_gap_behind(s, level) - 3 -
	       DIAGRAM_TRACK * p->track;
}

bool shape_stands(const struct diagram_place *p)
{
	return p->shown && !p->lined;
}

// How wide each column would like to be, and how wide what stands beside the ideas is.
static bool diagram_text_want_columns(struct shape *s, int want[DRIVER_LEVELS])
{
	struct diagram *g = s->g;
	bool cycles = false;
	for (size_t i = 0; i < g->count; i++) {
		const struct diagram_place *p = &g->place[i];
		const struct driver_node *n = &s->d->node[p->node];
		if (!shape_stands(p) || p->heading)
			continue;
		const char *text = text_of(s, p->node);
		if (!text)
			return false;
		int w = want[n->level] < TEXT_WIDE
			    ? diagram_text_hang(s, n->level) + diagram_text_width(text)
			    : TEXT_WIDE;
		want[n->level] = diagram_text_most(
		    want[n->level], diagram_text_least(diagram_text_most(w, 16), TEXT_WIDE));
		if (n->level != DRIVER_IDEA || p->reference)
			continue;
		const char *status = shape_status(s->a, n, &g->options);
		const char *count = shape_cycles(s->a, n, g->options.ascii);
		if (!status || !count)
			return false;
		g->status_w = diagram_text_most(g->status_w, diagram_text_width(status));
		g->cycles_w = diagram_text_most(g->cycles_w, diagram_text_width(count));
		cycles = cycles || n->cycles;
	}
	if (!cycles)
		g->cycles_w = 0;
	return true;
}

static int diagram_text_beside(const struct diagram *g)
{
	return (g->status_w ? g->status_w + 2 : 0) + (g->cycles_w ? g->cycles_w + 2 : 0);
}

// Gives out columns one by one to the level that has least for its weight and wants more.
static void diagram_text_share(int w[DRIVER_LEVELS], const int want[DRIVER_LEVELS], int room)
{
	static const int WEIGHT[DRIVER_LEVELS] = { 20, 22, 24, 36 };
	for (; room > 0; room--) {
		int poorest = -1;
		for (int l = 0; l < DRIVER_LEVELS; l++)
			if (w[l] < want[l] &&
			    (poorest < 0 || w[l] * WEIGHT[poorest] < w[poorest] * WEIGHT[l]))
				poorest = l;
		if (poorest < 0)
			return;
		w[poorest]++;
	}
}

bool shape_columns(struct shape *s)
{
	static const int LEAST[2][DRIVER_LEVELS] = { { 14, 16, 18, 22 }, { 8, 9, 10, 12 } };
	struct diagram *g = s->g;
	bool branch = g->options.density == DIAGRAM_BRANCH;
	int want[DRIVER_LEVELS] = { 0 }, columns = 0, used = 0;
	if (!diagram_text_want_columns(s, want))
		return false;
	for (int l = 0; l < DRIVER_LEVELS; l++) {
		columns += want[l] > 0;
		g->w[l] =
		    diagram_text_least(want[l], LEAST[g->options.density != DIAGRAM_NORMAL][l]);
		used += g->w[l];
	}
	int first = branch ? DIAGRAM_MARGIN + 4 : DIAGRAM_MARGIN;
	int room = g->options.width - 1 - first - diagram_text_beside(g);
	for (int l = 0; !s->flat && l < DRIVER_LEVELS; l++)
		if (g->w[l] && --columns > 0)
			room -= diagram_text_gap_behind(s, l);
	for (int l = 0; s->flat && l < DRIVER_LEVELS; l++)
		g->w[l] = want[l] ? diagram_text_most(room, 16) : 0;
	if (!s->flat)
		diagram_text_share(g->w, want, room - used);
	for (int l = 0, x = first; l < DRIVER_LEVELS; l++) {
		g->x[l] = x;
		x += g->w[l] && !s->flat ? g->w[l] + diagram_text_gap_behind(s, l) : 0;
	}
	return true;
}

int shape_width(const struct shape *s, const struct diagram_place *p)
{
	const struct diagram *g = s->g;
	enum driver_level level = s->d->node[p->node].level;
	if (p->heading)
		return diagram_text_most(g->options.width - DIAGRAM_MARGIN - 1, 16);
	if (p->reference && level == DRIVER_IDEA)
		return g->w[level] + diagram_text_beside(g);
	return g->w[level];
}

// --- text

static void diagram_text_add_run(
    struct diagram_place *p, int dy, int dx, const char *text, size_t n, enum canvas_role role)
{
	p->run[p->run_count++] =
	    (struct diagram_run){ dy, dx, text, n, diagram_text_measure(text, n), role };
	p->cols = diagram_text_most(p->cols, dx + p->run[p->run_count - 1].cols);
	p->rows = diagram_text_most(p->rows, dy + 1);
}

static enum canvas_role diagram_text_level_role(enum driver_level level)
{
	return (enum canvas_role)(CANVAS_AIM + level);
}

// Facts stand in a row while they fit, else below each other.
static void diagram_text_add_info(struct str *info, const char *text, int columns)
{
	const char *line = info->length ? strrchr(info->text, '\n') : NULL;
	line = line ? line + 1 : info->length ? info->text : "";
	bool fits = text && diagram_text_width(line) + 2 + diagram_text_width(text) <= columns;
	if (text)
		str_printf(info, "%s%s", !info->length ? "" : fits ? ", " : "\n", text);
	else
		info->failed = true;
}

// Below the text: coverage, what is folded away, what needs a look.
static const char *diagram_text_info_of(struct shape *s, const struct diagram_place *p, int columns)
{
	const struct driver_node *n = &s->d->node[p->node];
	struct str info = STR_IN(s->a);
	bool page = s->g->options.density == DIAGRAM_PAGE; // all in one row, cut where it must be
	int room = page ? TEXT_MOST : columns;
	if (n->ideas && page)
		str_printf(&info, columns < PAGE_WORDS ? "%u/%u" : "%u/%u tested", n->ideas_tested,
		    n->ideas);
	else if (n->ideas)
		diagram_text_add_info(&info, shape_coverage(s->a, n), room);
	if (p->folded)
		diagram_text_add_info(&info, arena_printf(s->a, "%zu folded", p->folded), room);
	if (p->weak)
		diagram_text_add_info(&info, "weak", room);
	if (n->conflict)
		diagram_text_add_info(&info, "! two versions", room);
	if (s->g->options.note && s->g->options.note[p->node])
		diagram_text_add_info(&info, s->g->options.note[p->node], room);
	char *whole = str_done(&info);
	return whole && page ? text_cut(s->a, whole, columns, s->g->options.ascii) : whole;
}

static bool diagram_text_room_for_runs(struct shape *s, struct diagram_place *p, size_t lines)
{
	p->run = arena_array(s->a, lines, sizeof *p->run);
	return p->run != NULL;
}

// Lines of text below what is there, at most `rows` of them; the last one says what was cut.
static bool diagram_text_add_lines(struct shape *s, struct diagram_place *p, int dx,
    const char *text, int rows, int columns, enum canvas_role role)
{
	struct text_lines lines;
	int dy = p->rows;
	if (!text_wrap(s->a, text, strlen(text), columns, &lines))
		return false;
	for (size_t i = 0; i < lines.count && i < (size_t)rows; i++) {
		const char *line = text + lines.line[i].start;
		size_t n = lines.line[i].end - lines.line[i].start;
		if (i + 1 == (size_t)rows && lines.count > i + 1) {
			line = text_cut(s->a, line, columns, s->g->options.ascii);
			if (!line)
				return false;
			n = strlen(line);
		}
		diagram_text_add_run(p, dy + (int)i, dx, line, n, role);
	}
	return true;
}

// A code that is wider than its column takes rows of its own, whole.
static bool diagram_text_add_code(struct shape *s, struct diagram_place *p, int columns, int dx)
{
	enum driver_level level = s->d->node[p->node].level;
	const char *code = level == DRIVER_AIM ? "Aim" : s->code[p->node];
	struct text_lines lines;
	if (level == DRIVER_AIM && !p->heading)
		return diagram_text_room_for_runs(s, p, DIAGRAM_MOST_LINES + INFO_LINES + 3);
	if (!text_wrap(s->a, code, strlen(code), columns, &lines) ||
	    !diagram_text_room_for_runs(s, p, lines.count + DIAGRAM_MOST_LINES + INFO_LINES + 3))
		return false;
	for (size_t i = 0; i < lines.count; i++)
		diagram_text_add_run(p, (int)i, 0, code + lines.line[i].start,
		    lines.line[i].end - lines.line[i].start, diagram_text_level_role(level));
	if (lines.count == 1 && p->cols < dx)
		p->rows = 0; // the text goes on beside it
	return true;
}

static bool diagram_text_add_beside(struct shape *s, struct diagram_place *p)
{
	const struct diagram *g = s->g;
	const struct driver_node *n = &s->d->node[p->node];
	if (n->level != DRIVER_IDEA)
		return true;
	int dx = shape_width(s, p) + 2;
	const char *status = shape_status(s->a, n, &g->options);
	const char *cycles = shape_cycles(s->a, n, g->options.ascii);
	if (!status || !cycles)
		return false;
	if (g->status_w && *status)
		diagram_text_add_run(
		    p, 0, dx, status, strlen(status), n->tests ? CANVAS_PLAIN : CANVAS_FAINT);
	dx += g->status_w ? g->status_w + 2 : 0;
	if (g->cycles_w)
		diagram_text_add_run(p, 0, dx, cycles, strlen(cycles), CANVAS_FAINT);
	return true;
}

static bool node_text(struct shape *s, struct diagram_place *p, int rows)
{
	const struct driver_node *n = &s->d->node[p->node];
	const char *text = str_empty(n->text) ? "(no text yet)" : text_of(s, p->node);
	int columns = shape_width(s, p);
	int dx = p->heading ? 5 : diagram_text_hang(s, n->level);
	if (dx > columns / 2)
		dx = 0;
	const char *info = diagram_text_info_of(s, p, columns - dx);
	if (!info || !text || !diagram_text_add_code(s, p, columns, dx))
		return false;
	bool whole = s->g->options.density != DIAGRAM_PAGE;
	int for_info = !*info ? 0 : whole ? INFO_LINES : rows > 1 ? 1 : 0;
	int for_text =
	    whole ? DIAGRAM_MOST_LINES : diagram_text_least(rows - for_info, DIAGRAM_MOST_LINES);
	enum canvas_role role = str_empty(n->text) ? CANVAS_FAINT : CANVAS_PLAIN;
	if (!diagram_text_add_lines(
		s, p, dx, text, diagram_text_most(for_text, 1), columns - dx, role))
		return false;
	p->text_rows = p->rows;
	role = n->conflict ? CANVAS_WARNING : CANVAS_FAINT;
	if (for_info && !diagram_text_add_lines(s, p, dx, info, for_info, columns - dx, role))
		return false;
	return diagram_text_add_beside(s, p);
}

// "C2 ↑ Shared in… (also under S1)"
static bool reference_text(struct shape *s, struct diagram_place *p)
{
	const struct driver_node *n = &s->d->node[p->node];
	bool ascii = s->g->options.ascii;
	size_t home = s->g->order.home[p->node];
	const char *above = home == DRIVER_NONE || !home ? "the aim" : s->code[home];
	const char *code = arena_printf(s->a, "%s %s", s->code[p->node], ascii ? "^" : "↑");
	const char *mark = arena_printf(s->a, "(also under %s%s)", above, p->weak ? ", weak" : "");
	const char *text = text_of(s, p->node);
	if (!code || !mark || !text || !diagram_text_room_for_runs(s, p, 4))
		return false;
	if (s->g->options.density == DIAGRAM_PAGE)
		mark = p->weak ? arena_printf(s->a, "%s weak", above) : above;
	if (!mark)
		return false;
	diagram_text_add_run(p, 0, 0, code, strlen(code), diagram_text_level_role(n->level));
	int room = shape_width(s, p) - p->cols - diagram_text_width(mark) - 2;
	if (s->g->options.density != DIAGRAM_PAGE && room >= REFERENCE_TEXT) {
		text = text_cut(s->a, text, room, ascii);
		if (!text)
			return false;
		diagram_text_add_run(p, 0, p->cols + 1, text, strlen(text), CANVAS_FAINT);
	}
	diagram_text_add_run(p, 0, p->cols + 1, mark, strlen(mark), CANVAS_FAINT);
	return true;
}

bool shape_text(struct shape *s, struct diagram_place *p, int rows)
{
	p->rows = p->cols = 0;
	p->run_count = 0;
	return p->reference ? reference_text(s, p) : node_text(s, p, rows);
}
