// SPDX-License-Identifier: MIT
// A team's driver diagram: drawn where the terminal is wide enough, else as an outline; as JSON and
// as CSV.
#include "cli/verbs.h"
#include "cli/verbs/diagram_compare.h"

#include <plando/date.h>
#include <plando/diagram.h>
#include <plando/diagram_graph.h>
#include <plando/diagram_scene.h>
#include <plando/str.h>

enum { OUTLINE_WIDTH = 78 };

// --- JSON: programs read it; keys are added, never changed

static void diagram_put_ids(struct json *j, const char *key, const struct driver_diagram *d,
    const struct driver_node *n, bool weak_only)
{
	char id[ID_TEXT];
	json_put_array(j, key);
	for (size_t i = 0; i < n->parent_count; i++) {
		if (weak_only && !n->parents[i].weak)
			continue;
		id_print(&d->node[n->parents[i].node].id, id);
		json_text(j, id);
	}
	json_end(j);
}

static void diagram_put_node(
    struct json *j, const struct driver_diagram *d, const struct driver_node *n)
{
	char id[ID_TEXT];
	id_print(&n->id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "type", driver_level_name(n->level));
	json_put_text(j, "code", n->code);
	json_put_text(j, "text", n->text);
	json_put_text(j, "status", n->status);
	json_put_int(j, "cycles", n->cycles);
	diagram_put_ids(j, "parents", d, n, false);
	diagram_put_ids(j, "weak", d, n, true);
	json_put_int(j, "tests", n->tests);
	json_put_int(j, "ideas", n->ideas);
	json_put_int(j, "ideas_tested", n->ideas_tested);
	json_put_bool(j, "linked", !n->unplaced && !n->archived);
	json_put_bool(j, "conflict", n->conflict);
	json_end(j);
}

static void diagram_put_nodes(
    struct json *j, const char *key, const struct driver_diagram *d, bool archived)
{
	json_put_array(j, key);
	for (size_t i = 0; i < d->count; i++)
		if (d->node[i].archived == archived)
			diagram_put_node(j, d, &d->node[i]);
	json_end(j);
}

static void diagram_put_refused(struct json *j, const struct driver_diagram *d)
{
	char id[ID_TEXT];
	json_put_array(j, "not_drawn");
	for (size_t i = 0; i < d->refused_count; i++) {
		json_object(j);
		id_print(&d->refused[i].from, id);
		json_put_text(j, "from", id);
		id_print(&d->refused[i].to, id);
		json_put_text(j, "to", id);
		json_put_text(j, "why", driver_reason_text(d->refused[i].reason));
		json_end(j);
	}
	json_end(j);
}

static bool diagram_json(struct cli *c, const struct driver_diagram *d, struct err *e)
{
	struct json j;
	char id[ID_TEXT];
	id_print(&d->team, id);
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "team", d->name);
	json_put_text(&j, "team_id", id);
	diagram_put_nodes(&j, "nodes", d, false);
	diagram_put_nodes(&j, "archived", d, true);
	diagram_put_refused(&j, d);
	json_end(&j);
	return json_done(&j, e);
}

// --- CSV: one line a shown node

static const char *diagram_feeds_of(struct cli *c, const struct driver_diagram *d, size_t node)
{
	struct str s = STR_IN(c->arena);
	for (size_t i = 0; i < d->node[node].parent_count; i++) {
		const struct driver_edge *edge = &d->node[node].parents[i];
		str_printf(&s, "%s%s%s", i ? "; " : "", d->node[edge->node].code,
		    edge->weak ? " (weak)" : "");
	}
	return str_done(&s);
}

static bool diagram_csv(struct cli *c, const struct driver_diagram *d, struct err *e)
{
	static const char *const HEADINGS[] = { "code", "type", "text", "status", "cycles", "tests",
		"ideas", "ideas_tested", "feeds", "id" };
	struct csv csv = cli_csv(c);
	csv_row(&csv, HEADINGS, sizeof HEADINGS / sizeof *HEADINGS);
	for (size_t i = 0; i < d->count; i++) {
		const struct driver_node *n = &d->node[i];
		const char *feeds = diagram_feeds_of(c, d, i);
		char id[ID_TEXT];
		if (n->archived)
			continue;
		if (!feeds)
			return err_memory(e);
		id_print(&n->id, id);
		const char *const row[] = { n->code, driver_level_name(n->level), n->text,
			n->status, cli_number(c, n->cycles), cli_number(c, n->tests),
			cli_number(c, n->ideas), cli_number(c, n->ideas_tested), feeds, id };
		csv_row(&csv, row, sizeof row / sizeof *row);
	}
	return csv_done(&csv, e);
}

// --- for people

static bool diagram_put_out(struct cli *c, const char *text, struct err *e)
{
	if (!text)
		return err_memory(e);
	if (fputs(text, c->out) < 0)
		return err_set(e, ERR_IO, "the result cannot be written; is the disk full?");
	return true;
}

static const struct form_field *diagram_status_field(struct store *s, struct err *e)
{
	const struct form *form = forms_find(store_forms(s), "idea", e);
	return form ? form_field(form, "status") : NULL;
}

// Is the terminal wide enough to draw it without cutting a line?
static bool diagram_fits(
    struct cli *c, const struct driver_diagram *d, const struct diagram_options *o)
{
	struct diagram g;
	return c->width > OUTLINE_WIDTH && !option_given(c, "text") &&
	       diagram_lay(c->arena, d, o, &g, NULL) && g.cols <= c->width;
}

static bool diagram_text(
    struct cli *c, struct store *s, const struct driver_diagram *d, struct err *e)
{
	struct str out = STR_IN(c->arena);
	struct diagram_options o = {
		.width = c->width, .status = diagram_status_field(s, e), .ascii = c->ascii
	};
	if (!o.status)
		return false;
	bool drawn = diagram_fits(c, d, &o), good;
	const char *name = cli_safe(c, d->name, false);
	str_printf(&out, "%s\n\n", name ? name : "");
	o.width = drawn ? c->width : OUTLINE_WIDTH;
	good = drawn ? diagram_print(c->arena, d, &o, &out, e)
		     : diagram_outline(c->arena, d, &o, &out, e);
	if (good && !name)
		return err_memory(e);
	return good && diagram_put_out(c, str_done(&out), e);
}

static bool diagram_picture(struct cli *c, struct store *s, const struct driver_diagram *d,
    enum picture_format format, const char *path, struct err *e)
{
	struct scene scene;
	date_t today = store_today(s);
	struct diagram_scene_options o = { .status = diagram_status_field(s, e),
		.when = date_show(c->arena, today, today + 366) }; // with the year
	struct driver_diagram before;
	struct driver_diff diff;
	if (option_given(c, "compare")) {
		int64_t moment;
		if (!option_moment(c, "compare", true, &moment, e) ||
		    !diagram_compare_load(c, &d->team, d, &before, &diff, e))
			return false;
		date_t since = env_date(&c->env, moment);
		o.diff = &diff;
		o.since = date_show(c->arena, since, since + 366);
	}
	const struct scene_type *type = picture_type(e);
	return o.status && type && diagram_scene(c->arena, d, &o, type, &scene, e) &&
	       cli_picture(c, &scene, format, path, e);
}

static bool diagram_language(struct cli *c, struct store *s, const struct driver_diagram *d,
    bool (*write)(struct arena *, const struct driver_diagram *, const struct form_field *,
	struct str *, struct err *),
    struct err *e)
{
	struct str out = STR_IN(c->arena);
	const struct form_field *status = diagram_status_field(s, e);
	return status && write(c->arena, d, status, &out, e) &&
	       diagram_put_out(c, str_done(&out), e);
}

// What was asked for; text where nothing was.
static bool verb_diagram_print(
    struct cli *c, struct store *s, const struct driver_diagram *d, struct err *e)
{
	enum picture_format format;
	const char *path;
	if (cli_picture_asked(c, &format, &path))
		return diagram_picture(c, s, d, format, path, e);
	if (option_given(c, "json"))
		return diagram_json(c, d, e);
	if (option_given(c, "csv"))
		return diagram_csv(c, d, e);
	if (option_given(c, "dot"))
		return diagram_language(c, s, d, diagram_dot, e);
	if (option_given(c, "mermaid"))
		return diagram_language(c, s, d, diagram_mermaid, e);
	return diagram_text(c, s, d, e);
}

static bool diagram_compared_in_words(const struct cli *c)
{
	enum picture_format format;
	const char *path;
	return option_given(c, "compare") && !cli_picture_asked(c, &format, &path);
}

// What changed has no form in the languages of other programs.
static bool diagram_compared_fitly(const struct cli *c, struct err *e)
{
	static const char *const FORMS[] = { "csv", "mermaid", "dot" };
	for (size_t i = 0; option_given(c, "compare") && i < sizeof FORMS / sizeof *FORMS; i++)
		if (option_given(c, FORMS[i]))
			return err_set(e, ERR_USAGE,
			    "--compare: does not go with --%s; it goes with --text, --json, --svg, "
			    "--png and --pdf",
			    FORMS[i]);
	return true;
}

bool verb_diagram(struct cli *c, struct err *e)
{
	struct record team;
	struct driver_diagram d;
	if (!diagram_compared_fitly(c, e))
		return false;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && cli_find(c, s, "team", c->word[1], &team, e) &&
		    driver_load(s, c->arena, &team.id, &d, e) &&
		    (diagram_compared_in_words(c) ? diagram_compare(c, &team.id, &d, e)
						  : verb_diagram_print(c, s, &d, e));
	cli_close(c, s);
	return good;
}
