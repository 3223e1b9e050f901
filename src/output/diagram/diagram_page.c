// SPDX-License-Identifier: MIT
// What a diagram's boxes say, and the paper on which all of it can be read: the largest letters for
// which every column is at most as high as the page when the columns share its width by need.
#include "output/diagram/diagram_page.h"

#include "output/diagram/diagram_shape.h"

#include <plando/str.h>
#include <plando/text.h>

#include <math.h>

enum { COLUMNS_MOST = 1600, CODE_MOST = 60 }; // far beyond honest use, so that a page is one

// In the order in which they are tried.
static const struct paper {
	double width, height; // points
	size_t split;
	double least; // smaller letters than this: the next one
} PAPERS[] = {
	{ 842, 595, 1, 8.5 }, // A4
	{ 1191, 842, 1, 8 },  // A3
	{ 1191, 842, 2, 7.5 }, { 1191, 842, 3, 7 }, { 1191, 842, 4, 6.5 },
	{ 1684, 1191, 2, 8 },			    // A2
	{ 1684, 1191, 4, 7 }, { 2384, 1684, 4, 8 }, // A1
	{ 3370, 2384, 4, 8 },			    // A0
};
enum { PAPER_COUNT = sizeof PAPERS / sizeof *PAPERS };
#define LARGEST	    12.5
#define STEP	    0.25
#define NARROWEST   10.0 // a column, in sizes
#define UNBROKEN    13.0 // a longer word may be broken
#define WIDEST	    36.0 // beyond that a line is hard to read
#define GUTTER	    3.5	 // before a column, at least
#define GUTTER_LINE 0.1	 // more for each line in it
#define GUTTER_WIDE 10.0
#define GUTTER_SAME 1.8 // between columns of one level
#define CODES_SHARE 0.3 // of a column, at most, for codes

// --- what boxes say

static const char *diagram_page_change_words(unsigned change)
{
	static const struct {
		unsigned change;
		const char *words;
	} WORDS[] = { { DRIVER_ADDED, "+ new" },
		{ DRIVER_MOVED | DRIVER_REWORDED, "~ moved, reworded" },
		{ DRIVER_MOVED, "~ moved" }, { DRIVER_REWORDED, "~ reworded" } };
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if ((change & WORDS[i].change) == WORDS[i].change)
			return WORDS[i].words;
	return "";
}

static const char *diagram_page_facts_of(struct arena *a, const struct driver_node *n,
    unsigned change, const struct diagram_scene_options *o)
{
	struct diagram_options shape = { .status = o->status };
	struct str s = STR_IN(a);
	const char *status = n->level == DRIVER_IDEA ? shape_status(a, n, &shape) : "";
	const char *part[] = { diagram_page_change_words(change), status,
		n->cycles ? shape_cycles(a, n, false) : "", shape_coverage(a, n),
		n->parent == DRIVER_NONE && n->level ? "not linked yet" : "",
		n->conflict ? "two versions" : "" };
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		if (!str_empty(part[i]))
			str_printf(&s, "%s%s", s.length ? " · " : "", part[i]);
	return str_done(&s);
}

static bool diagram_page_measure_node(
    struct page *p, size_t node, const struct diagram_scene_options *o)
{
	const struct driver_node *n = &p->d->node[node];
	struct page_text *t = &p->text[node];
	const char *text = str_empty(n->text) ? "(no text yet)" : n->text;
	char *cut = text_cut(p->a, text, COLUMNS_MOST, false);
	char *code = text_cut(p->a, n->level ? n->code : "", CODE_MOST, false);
	const char *facts = diagram_page_facts_of(p->a, n, o->diff ? o->diff->mark[node] : 0, o);
	if (!cut || !code || !facts ||
	    !scene_words(p->a, p->type, cut, n->level == DRIVER_AIM, &t->text) ||
	    !scene_words(p->a, p->type, code, true, &t->code) ||
	    !scene_words(p->a, p->type, facts, false, &t->fact))
		return false;
	t->facts = t->fact.count > 0;
	t->marked = n->level == DRIVER_IDEA;
	t->length = scene_words_length(&t->text);
	p->code[n->level] = fmax(p->code[n->level], scene_words_length(&t->code));
	p->word[n->level] = fmax(p->word[n->level], fmin(scene_words_widest(&t->text), UNBROKEN));
	return true;
}

static void diagram_page_fill_links(struct page *p)
{
	for (size_t i = 0; i < p->d->count; i++) {
		const struct driver_node *n = &p->d->node[i];
		for (size_t k = 0; !n->archived && k < n->parent_count; k++)
			p->link[p->links++] = (struct page_link){
				.child = i, .parent = n->parents[k].node, .weak = n->parents[k].weak
			};
	}
}

static bool diagram_page_list_retired(struct page *p, const struct diagram_scene_options *o)
{
	struct str s = STR_IN(p->a);
	for (size_t i = 0; o->diff && i < o->diff->count; i++) {
		if (o->diff->item[i].change != DRIVER_RETIRED)
			continue;
		const struct driver_node *n = &o->diff->before->node[o->diff->item[i].before];
		if (s.length)
			str_add(&s, "; ");
		else
			str_printf(&s, "Retired since %s: ", o->since ? o->since : "then");
		str_printf(&s, "%s %s", n->code, n->text);
	}
	const char *text = str_done(&s);
	return text && scene_words(p->a, p->type, text, false, &p->retired);
}

bool page_fill(struct page *p, const struct diagram_scene_options *o, struct err *e)
{
	struct driver_order_options order = { .fewest = o->fewest };
	size_t links = 0;
	for (size_t i = 0; i < p->d->count; i++)
		links += p->d->node[i].parent_count;
	p->text = arena_array(p->a, p->d->count, sizeof *p->text);
	p->slot_of = arena_array(p->a, p->d->count, sizeof *p->slot_of);
	p->slot = arena_array(p->a, p->d->count + links * PAGE_COLUMNS, sizeof *p->slot);
	p->link = arena_array(p->a, links + 1, sizeof *p->link);
	if (!p->text || !p->slot_of || !p->slot || !p->link)
		return err_memory(e);
	for (size_t i = 0; i < p->d->count; i++)
		if (!p->d->node[i].archived && !diagram_page_measure_node(p, i, o))
			return err_memory(e);
	if (!diagram_page_list_retired(p, o))
		return err_memory(e);
	diagram_page_fill_links(p);
	return driver_order(p->a, p->d, &order, &p->order, e);
}

// --- heights

double page_code_room(const struct page *p, enum driver_level level, double size, double w)
{
	return p->code[level] > 0 ? fmin((p->code[level] + 0.6) * size, w * CODES_SHARE) : 0;
}

static double diagram_page_slot_height(
    const struct page *p, const struct page_slot *s, double size, double w)
{
	if (s->node == DRIVER_NONE)
		return size * 0.4;
	const struct page_text *t = &p->text[s->node];
	double code = page_code_room(p, p->d->node[s->node].level, size, w);
	double row = size * SCENE_LEADING;
	double inner = w - (2 * p->pad + PAGE_BAR) * size - code;
	double rows = (double)scene_rows_needed(&t->text, size, inner);
	double code_rows = code > 0 ? (double)scene_rows_needed(&t->code, size, code) : 0;
	double h = fmax(rows, code_rows) * row, fact = size * PAGE_FACT;
	if (t->facts)
		h += row * PAGE_FACT *
		     (double)scene_rows_needed(&t->fact, fact, inner - 1.5 * PAGE_MARK * size);
	return h + 2 * p->pad * size;
}

double page_gap(const struct page *p, size_t above, size_t below)
{
	const struct page_slot *a = &p->slot[above], *b = &p->slot[below];
	if (a->node == DRIVER_NONE || b->node == DRIVER_NONE)
		return PAGE_SIBLING / 2;
	return p->order.home[a->node] == p->order.home[b->node] ? PAGE_SIBLING : PAGE_COUSIN;
}

static double diagram_page_column_height(
    const struct page *p, const struct page_column *c, double size, double w)
{
	double h = 0;
	for (size_t i = 0; i < c->count; i++) {
		h += diagram_page_slot_height(p, &p->slot[c->slot[i]], size, w);
		if (i)
			h += size * page_gap(p, c->slot[i - 1], c->slot[i]);
	}
	return h;
}

// --- widths

static double diagram_page_narrowest(const struct page *p, const struct page_column *c)
{
	double word = p->word[c->level] + 2 * p->pad + PAGE_BAR + 0.1;
	double code = p->code[c->level] > 0 ? p->code[c->level] + 0.6 : 0;
	return fmax(NARROWEST, word + fmin(code, word * CODES_SHARE / (1 - CODES_SHARE)));
}

// The least width at which the column is no higher than the page; INFINITY: there is none.
static double diagram_page_least_width(
    const struct page *p, const struct page_column *c, double size)
{
	double room = p->bottom - p->top, low = diagram_page_narrowest(p, c) * size,
	       high = p->width;
	if (diagram_page_column_height(p, c, size, high) > room)
		return INFINITY;
	if (diagram_page_column_height(p, c, size, low) <= room)
		return low;
	for (int i = 0; i < 12; i++) {
		double middle = (low + high) / 2;
		if (diagram_page_column_height(p, c, size, middle) > room)
			low = middle;
		else
			high = middle;
	}
	return high;
}

// The width at which a usual text of the column takes as many rows as look well there.
static double diagram_page_wish(const struct page *p, const struct page_column *c, double size)
{
	static const double ROWS[DRIVER_LEVELS] = { 5, 3, 2.4, 1.7 };
	double sum = 0;
	for (size_t i = 0; i < c->count; i++)
		if (p->slot[c->slot[i]].node != DRIVER_NONE)
			sum += p->text[p->slot[c->slot[i]].node].length;
	double line =
	    sum / (double)(c->boxes ? c->boxes : 1) / ROWS[c->level] + p->code[c->level] + 2;
	return fmin(fmax(line, NARROWEST), WIDEST) * size;
}

// share: how much of what columns wish for they must get.
static bool diagram_page_try_widths(struct page *p, double size, double share)
{
	double need = 0, more = 0, wished[PAGE_COLUMNS];
	for (size_t i = 0; i < p->columns; i++) {
		struct page_column *c = &p->column[i];
		wished[i] = diagram_page_wish(p, c, size);
		c->w = fmax(diagram_page_least_width(p, c, size), share * wished[i]);
		need += c->w + c->gutter * size;
		more += fmax(0, wished[i] - c->w);
	}
	double spare = p->width - 2 * p->margin - need;
	if (!(spare >= 0)) // INFINITY and what follows from it too
		return false;
	double part = more > 0 ? fmin(1, spare / more) : 0;
	for (size_t i = 0; i < p->columns; i++)
		p->column[i].w += part * fmax(0, wished[i] - p->column[i].w);
	p->size = size;
	return true;
}

static void diagram_page_set_gutters(struct page *p)
{
	for (size_t i = 0; i < p->columns; i++) {
		struct page_column *c = &p->column[i];
		double lines = GUTTER + GUTTER_LINE * (double)c->lines;
		bool same = i && c[-1].level == c->level;
		c->gutter = i == 0 ? 0 : same ? GUTTER_SAME : fmin(lines, GUTTER_WIDE);
	}
}

static void diagram_page_take_paper(struct page *p, const struct paper *paper)
{
	p->width = paper->width;
	p->height = paper->height;
	p->margin = paper->height * 0.045;
	p->top = p->margin + paper->height * 0.1;
	p->bottom = p->height - p->margin - paper->height * 0.035;
	double foot = PAGE_FOOT * p->width / PAPERS[0].width;
	if (p->retired.count)
		p->bottom -=
		    foot * SCENE_LEADING *
		    (double)(scene_rows_needed(&p->retired, foot, p->width - 2 * p->margin) + 1);
	p->pad = paper->split > 1 ? 0.25 : 0.45;
}

// The largest letters that fit on the paper, down to `least`; comfortable columns before large
// letters.
static bool diagram_page_try_paper(struct page *p, const struct paper *paper)
{
	static const double SHARES[] = { 0.9, 0.6, 0 };
	for (size_t i = 0; i < sizeof SHARES / sizeof *SHARES; i++) {
		if (!diagram_page_try_widths(p, paper->least, SHARES[i]))
			continue;
		double fits = paper->least, large = LARGEST;
		while (large - fits > STEP) {
			double middle = (fits + large) / 2;
			if (diagram_page_try_widths(p, middle, SHARES[i]))
				fits = middle;
			else
				large = middle;
		}
		return diagram_page_try_widths(p, fits, SHARES[i]);
	}
	return false;
}

// More than the largest paper holds: it grows downwards.
static void diagram_page_grow(struct page *p)
{
	double highest = 0;
	p->size = PAPERS[PAPER_COUNT - 1].least;
	for (size_t i = 0; i < p->columns; i++) {
		p->column[i].w = WIDEST * p->size;
		highest = fmax(highest,
		    diagram_page_column_height(p, &p->column[i], p->size, WIDEST * p->size));
	}
	p->height += p->top + highest - p->bottom;
	p->bottom = p->top + highest;
}

// Room that is left goes to the gutters, then to both sides.
static void diagram_page_place_columns(struct page *p)
{
	double used = 0, gutters = 0;
	for (size_t i = 0; i < p->columns; i++) {
		used += p->column[i].w + p->column[i].gutter * p->size;
		gutters += p->column[i].gutter;
	}
	double spare = fmax(0, p->width - 2 * p->margin - used);
	double wider = gutters > 0 ? fmin(2.5 * p->size, spare / gutters) : 0;
	double x = p->margin + (spare - wider * gutters) / 2;
	for (size_t i = 0; i < p->columns; i++) {
		x += p->column[i].gutter * (p->size + wider);
		p->column[i].x = x;
		x += p->column[i].w;
	}
}

bool page_fit(struct page *p)
{
	bool fits = false;
	for (size_t i = 0; !fits && i < PAPER_COUNT; i++) {
		diagram_page_take_paper(p, &PAPERS[i]);
		if ((i == 0 || PAPERS[i].split != PAPERS[i - 1].split) &&
		    !page_arrange(p, PAPERS[i].split))
			return false;
		diagram_page_set_gutters(p);
		fits = diagram_page_try_paper(p, &PAPERS[i]);
	}
	if (!fits)
		diagram_page_grow(p);
	diagram_page_place_columns(p);
	for (size_t i = 0; i < p->slots; i++)
		p->slot[i].h = diagram_page_slot_height(
		    p, &p->slot[i], p->size, p->column[p->slot[i].column].w);
	return true;
}
