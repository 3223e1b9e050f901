// SPDX-License-Identifier: MIT
// dot and Mermaid: the same walk over nodes and links, two ways to write each.
#include <plando/diagram_graph.h>

#include "output/diagram/diagram_shape.h"

#include <plando/scene.h>
#include <plando/text.h>

#include <ctype.h>
#include <string.h>

enum { LABEL_COLUMNS = 34 }; // dot does not wrap

static const enum scene_role ROLES[DRIVER_LEVELS] = { SCENE_AIM, SCENE_PRIMARY, SCENE_SECONDARY,
	SCENE_IDEA };

struct diagram_graph_graph {
	struct arena *a;
	const struct driver_diagram *d;
	struct diagram_options options;
	struct str *out;
	bool failed;
};

// In quotes, as dot reads it: \" and \\ are its escapes, and & begins an entity in a label.
static void diagram_graph_put_dot(struct diagram_graph_graph *g, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = text[i];
		if (c == '"' || c == '\\')
			str_add_char(g->out, '\\');
		if (c == '&')
			str_add(g->out, "&amp;");
		else
			str_add_char(g->out, c);
	}
}

// In quotes, as Mermaid reads it: every sign that could mean something as #number;.
static void diagram_graph_put_mermaid(struct diagram_graph_graph *g, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= 0x80 || isalnum(c) || strchr(" ,.-'", c))
			str_add_char(g->out, text[i]);
		else
			str_printf(g->out, "#%u;", c);
	}
}

// "C2 Shared inbox", then status, cycles and coverage; safe, one line each. *facts may be "".
static const char *diagram_graph_words_of(
    struct diagram_graph_graph *g, const struct driver_node *n, const char **facts)
{
	const char *text = str_empty(n->text) ? "(no text yet)" : n->text;
	const char *whole = n->level ? arena_printf(g->a, "%s %s", n->code, text) : text;
	const char *safe = whole ? shape_safe(g->a, whole, false) : NULL;
	const char *status = n->level == DRIVER_IDEA ? shape_status(g->a, n, &g->options) : "";
	const char *cycles = n->cycles ? shape_cycles(g->a, n, false) : "";
	const char *coverage = shape_coverage(g->a, n);
	struct str s = STR_IN(g->a);
	const char *part[] = { status, cycles, coverage };
	for (size_t i = 0; i < 3; i++)
		if (!str_empty(part[i]))
			str_printf(&s, "%s%s", s.length ? " · " : "", part[i]);
	*facts = str_done(&s);
	g->failed = g->failed || !safe || !status || !cycles || !coverage || !*facts;
	return g->failed ? "" : safe;
}

// --- dot

static void diagram_graph_dot_label(struct diagram_graph_graph *g, const struct driver_node *n)
{
	struct text_lines lines;
	const char *facts, *text = diagram_graph_words_of(g, n, &facts);
	if (g->failed || !text_wrap(g->a, text, strlen(text), LABEL_COLUMNS, &lines)) {
		g->failed = true;
		return;
	}
	for (size_t i = 0; i < lines.count; i++) {
		diagram_graph_put_dot(
		    g, text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
		str_add(g->out, "\\l");
	}
	diagram_graph_put_dot(g, facts, strlen(facts));
	str_add(g->out, *facts ? "\\l" : "");
}

static void diagram_graph_dot_level(struct diagram_graph_graph *g, enum driver_level level)
{
	str_printf(g->out, "  { rank=same; node [color=\"#%06x\"];\n", scene_colour(ROLES[level]));
	for (size_t i = 0; i < g->d->count; i++) {
		if (g->d->node[i].archived || g->d->node[i].level != level)
			continue;
		str_printf(g->out, "    n%zu [label=\"", i);
		diagram_graph_dot_label(g, &g->d->node[i]);
		str_add(g->out, "\"];\n");
	}
	str_add(g->out, "  }\n");
}

bool diagram_dot(struct arena *a, const struct driver_diagram *d, const struct form_field *status,
    struct str *out, struct err *e)
{
	struct diagram_graph_graph g = {
		.a = a, .d = d, .options = { .status = status }, .out = out
	};
	const char *name = shape_safe(a, d->name, false);
	str_add(out, "digraph \"");
	diagram_graph_put_dot(&g, name ? name : "", name ? strlen(name) : 0);
	str_add(out, "\" {\n  rankdir=LR;\n  node [shape=box, fontname=\"Arial\", fontsize=11];\n"
		     "  edge [dir=none];\n");
	for (int level = 0; level < DRIVER_LEVELS; level++)
		if (d->shown[level])
			diagram_graph_dot_level(&g, (enum driver_level)level);
	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; !d->node[i].archived && k < d->node[i].parent_count; k++)
			str_printf(out, "  n%zu -> n%zu%s;\n", d->node[i].parents[k].node, i,
			    d->node[i].parents[k].weak ? " [style=dashed]" : "");
	str_add(out, "}\n");
	return g.failed || !name || out->failed ? err_memory(e) : true;
}

// --- Mermaid

static void diagram_graph_mermaid_node(struct diagram_graph_graph *g, size_t i)
{
	const char *facts, *text = diagram_graph_words_of(g, &g->d->node[i], &facts);
	if (g->failed)
		return;
	str_printf(g->out, "  n%zu[\"", i);
	diagram_graph_put_mermaid(g, text, strlen(text));
	str_add(g->out, *facts ? "<br/>" : "");
	diagram_graph_put_mermaid(g, facts, strlen(facts));
	str_printf(g->out, "\"]:::%s\n", driver_level_name(g->d->node[i].level));
}

bool diagram_mermaid(struct arena *a, const struct driver_diagram *d,
    const struct form_field *status, struct str *out, struct err *e)
{
	struct diagram_graph_graph g = {
		.a = a, .d = d, .options = { .status = status }, .out = out
	};
	str_add(out, "flowchart LR\n");
	for (size_t i = 0; i < d->count; i++)
		if (!d->node[i].archived)
			diagram_graph_mermaid_node(&g, i);
	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; !d->node[i].archived && k < d->node[i].parent_count; k++)
			str_printf(out, "  n%zu %s n%zu\n", d->node[i].parents[k].node,
			    d->node[i].parents[k].weak ? "-.-" : "---", i);
	for (int level = 0; level < DRIVER_LEVELS; level++)
		str_printf(out, "  classDef %s fill:#ffffff,stroke:#%06x,color:#1b1f24\n",
		    driver_level_name((enum driver_level)level), scene_colour(ROLES[level]));
	return g.failed || out->failed ? err_memory(e) : true;
}
