// SPDX-License-Identifier: MIT
// A driver diagram in words: an outline for e-mail and for those to whom the screen is read.
#include "output/diagram/diagram_shape.h"

#include <plando/text.h>

#include <string.h>

enum { OUTLINE_LEAST = 40, DEEPEST = 4 };

struct outline {
	struct arena *a;
	const struct driver_diagram *d;
	const struct diagram_options *o;
	struct str *out;
	int width;
	bool failed; // memory ran out
};

// --- one entry: its text wrapped behind what leads to it

static const char *diagram_outline_stem(const struct outline *w, bool more)
{
	if (!more)
		return "   ";
	return w->o->ascii ? "|  " : "│  ";
}

static const char *diagram_outline_knee(const struct outline *w, bool more, bool weak)
{
	if (w->o->ascii)
		return weak ? "+. " : more ? "+- " : "`- ";
	if (weak)
		return more ? "├╌ " : "└╌ ";
	return more ? "├─ " : "└─ ";
}

// What stands before a line of an entry at this depth. more[i]: the branch at depth i goes on
// below.
static void diagram_outline_lead(
    const struct outline *w, const bool more[], size_t depth, bool first, bool weak)
{
	for (size_t i = 0; i + 1 < depth; i++)
		str_add(w->out, diagram_outline_stem(w, more[i]));
	if (depth)
		str_add(w->out, first ? diagram_outline_knee(w, more[depth - 1], weak)
				      : diagram_outline_stem(w, more[depth - 1]));
}

static void diagram_outline_say(struct outline *w, const bool more[], size_t depth, bool weak,
    const char *code, const char *text)
{
	int indent = text_width(code, strlen(code)) + 1;
	int room = w->width - 3 * (int)depth - indent;
	struct text_lines lines;
	if (room < OUTLINE_LEAST / 2) // a code that is nearly as wide as the page
		room = OUTLINE_LEAST / 2;
	if (!text_wrap(w->a, text, strlen(text), room, &lines)) {
		w->failed = true;
		return;
	}
	for (size_t i = 0; i < lines.count; i++) {
		diagram_outline_lead(w, more, depth, i == 0, weak);
		if (i == 0)
			str_printf(w->out, "%s ", code);
		else
			str_add_times(w->out, " ", indent > w->width / 2 ? 4 : (size_t)indent);
		str_add_n(
		    w->out, text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
		str_add_char(w->out, '\n');
	}
}

// --- facts in brackets

static void diagram_outline_fact(struct str *s, const char *text)
{
	if (!str_empty(text))
		str_printf(s, "%s%s", s->length ? ", " : "", text);
}

// "(testing, 2 cycles; also under S4)"; "" = nothing to say.
static const char *diagram_outline_facts_of(struct outline *w, size_t node, bool weak)
{
	const struct driver_node *n = &w->d->node[node];
	struct str s = STR_IN(w->a), also = STR_IN(w->a);
	if (n->level == DRIVER_IDEA)
		diagram_outline_fact(&s, shape_status(w->a, n, w->o));
	if (n->cycles)
		diagram_outline_fact(&s, shape_cycles(w->a, n, w->o->ascii));
	diagram_outline_fact(&s, shape_coverage(w->a, n));
	diagram_outline_fact(&s, weak ? "weak link" : NULL);
	diagram_outline_fact(&s, n->conflict ? "two versions: see conflicts" : NULL);
	for (size_t i = 0; i < n->parent_count; i++) {
		const struct driver_edge *edge = &n->parents[i];
		const char *code = edge->node ? w->d->node[edge->node].code : "the aim";
		if (edge->node != n->parent)
			str_printf(&also, "%s%s%s", also.length ? ", " : "",
			    shape_safe(w->a, code, w->o->ascii), edge->weak ? " (weak)" : "");
	}
	if (also.length)
		str_printf(&s, "%salso under %s", s.length ? "; " : "", str_done(&also));
	w->failed = w->failed || s.failed || also.failed;
	return s.length && !s.failed ? arena_printf(w->a, " (%s)", str_done(&s)) : "";
}

static void diagram_outline_entry(
    struct outline *w, const bool more[], size_t depth, size_t node, bool weak)
{
	const struct driver_node *n = &w->d->node[node];
	const char *text = str_empty(n->text) ? "(no text yet)" : n->text;
	const char *code = node ? n->code : "Aim";
	const char *facts = diagram_outline_facts_of(w, node, weak);
	code = shape_safe(w->a, code, w->o->ascii);
	text = shape_safe(w->a, text, w->o->ascii);
	char *whole = code && text && facts ? arena_printf(w->a, "%s%s", text, facts) : NULL;
	if (whole)
		diagram_outline_say(w, more, depth, weak, code, whole);
	else
		w->failed = true;
}

// "C2, C4 (weak): see S1" for the cross-links under a node.
static void diagram_outline_references(
    struct outline *w, const bool more[], size_t depth, size_t node)
{
	const struct driver_node *n = &w->d->node[node];
	struct str s = STR_IN(w->a);
	for (size_t i = 0; i < n->child_count; i++) {
		const struct driver_edge *edge = &n->children[i];
		if (w->d->node[edge->node].parent != node)
			str_printf(&s, "%s%s%s", s.length ? ", " : "",
			    shape_safe(w->a, w->d->node[edge->node].code, w->o->ascii),
			    edge->weak ? " (weak)" : "");
	}
	const char *list = str_done(&s);
	if (!list)
		w->failed = true;
	else if (*list)
		diagram_outline_say(w, more, depth, false, w->o->ascii ? "^ also" : "↑ also", list);
}

static bool diagram_outline_has_references(const struct driver_diagram *d, size_t node)
{
	const struct driver_node *n = &d->node[node];
	return n->child_count && d->node[n->children[n->child_count - 1].node].parent != node;
}

static void diagram_outline_branch(
    struct outline *w, bool more[], size_t depth, size_t node, bool weak)
{
	const struct driver_node *n = &w->d->node[node];
	bool also = diagram_outline_has_references(w->d, node);
	diagram_outline_entry(w, more, depth, node, weak);
	for (size_t i = 0; i < n->child_count; i++) {
		const struct driver_edge *edge = &n->children[i];
		if (w->d->node[edge->node].parent != node)
			break;
		more[depth] = also || (i + 1 < n->child_count &&
					  w->d->node[n->children[i + 1].node].parent == node);
		diagram_outline_branch(w, more, depth + 1, edge->node, edge->weak);
	}
	more[depth] = false;
	if (also)
		diagram_outline_references(w, more, depth + 1, node);
}

// --- what is not drawn

static void diagram_outline_unplaced(struct outline *w)
{
	bool more[DEEPEST + 1] = { 0 }, any = false;
	for (size_t i = 1; i < w->d->count; i++) {
		if (w->d->node[i].archived || w->d->node[i].parent != DRIVER_NONE)
			continue;
		if (!any)
			str_add(w->out, "\nNot linked yet\n");
		any = true;
		diagram_outline_branch(w, more, 0, i, false);
	}
}

static const char *diagram_outline_end_name(struct outline *w, size_t node)
{
	return node == DRIVER_NONE ? "?" : shape_safe(w->a, w->d->node[node].code, w->o->ascii);
}

static void diagram_outline_refused(struct outline *w)
{
	bool none[1] = { 0 };
	for (size_t i = 0; i < w->d->refused_count; i++) {
		const struct driver_refused *r = &w->d->refused[i];
		const char *from = diagram_outline_end_name(w, r->from_node),
			   *to = diagram_outline_end_name(w, r->to_node);
		char *text = arena_printf(w->a, "from %s to %s: %s", from ? from : "?",
		    to ? to : "?", driver_reason_text(r->reason));
		if (i == 0)
			str_add(w->out, "\nLinks that are not drawn\n");
		if (text)
			diagram_outline_say(w, none, 0, false, "-", text);
		w->failed = w->failed || !text;
	}
	if (w->d->archived)
		str_printf(w->out, "\n%zu archived, not shown\n", w->d->archived);
}

bool diagram_outline(struct arena *a, const struct driver_diagram *d,
    const struct diagram_options *o, struct str *out, struct err *e)
{
	bool more[DEEPEST + 1] = { 0 };
	struct outline w = { .a = a, .d = d, .o = o, .out = out };
	w.width = o->width > OUTLINE_LEAST ? o->width : OUTLINE_LEAST;
	diagram_outline_branch(&w, more, 0, 0, false);
	diagram_outline_unplaced(&w);
	diagram_outline_refused(&w);
	return w.failed || out->failed ? err_memory(e) : true;
}
