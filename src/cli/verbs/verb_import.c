// SPDX-License-Identifier: MIT
// A bundle comes in, whole or not at all: import, demo.
#include "base/embedded.h"
#include "cli/verbs.h"
#include "cli/verbs/import_data.h"

#include <plando/bundle.h>
#include <plando/file.h>
#include <plando/kind.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>
#include <unistd.h>

// Every mistake on a line of its own; with --json they are in the document too.
static void import_complain_all(struct cli *c, const struct bundle_report *r)
{
	for (size_t i = 0; i < r->count; i++)
		cli_complain(c, r->line[i]);
	c->found = ERR_DATA;
}

static bool import_report_json(struct cli *c, const struct bundle_report *r, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_bool(&j, "ok", r->count == 0);
	json_put_int(&j, "records", (int64_t)r->records);
	json_put_int(&j, "changes", (int64_t)r->written);
	json_put_object(&j, "kinds");
	for (size_t i = 0; i < r->tally_count; i++)
		json_put_int(&j, r->tally[i].kind, (int64_t)r->tally[i].records);
	json_end(&j);
	json_put_array(&j, "problems");
	for (size_t i = 0; i < r->count; i++)
		json_text(&j, r->line[i]);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static void import_report_text(struct cli *c, const struct bundle_report *r)
{
	for (size_t i = 0; i < r->tally_count; i++) {
		const struct kind *kind = kind_find(r->tally[i].kind);
		fprintf(c->out, "%7zu  %s\n", r->tally[i].records,
		    kind ? kind->label : cli_safe(c, r->tally[i].kind, false));
	}
	if (option_given(c, "dry-run"))
		fprintf(c->out, "%s are good; nothing was imported (--dry-run)\n",
		    cli_count(c, (int64_t)r->records, "record"));
	else
		fprintf(c->out, "%s, %s\n", cli_count(c, (int64_t)r->records, "record"),
		    cli_count(c, (int64_t)r->written, "change"));
}

// Of a folder `data` is only its name.
static bool import_bundle(struct cli *c, const struct import_data *data, bool folder, struct err *e)
{
	struct bundle_report report = { 0 };
	char *text = NULL;
	size_t n = 0;
	bool dry = option_given(c, "dry-run");
	if (c->words > 2)
		return err_set(e, ERR_USAGE, "import: one argument too many: %s", c->word[2]);
	if (!folder && !import_text(c, data, YAML_BUNDLE.bytes, &text, &n, e))
		return false;
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good =
	    s && (folder ? bundle_import_folder(s, data->name, dry, &report, c->arena, e)
			 : bundle_import(s, text, n, data->name, dry, &report, c->arena, e));
	cli_close(c, s);
	if (!good && report.count == 0)
		return false;
	if (!good)
		import_complain_all(c, &report);
	if (option_given(c, "json"))
		return import_report_json(c, &report, e);
	if (good)
		import_report_text(c, &report);
	return true;
}

// What an export as CSV made: of such a folder nothing is to be said but its name.
static bool import_folder(struct cli *c, const struct import_data *data, struct err *e)
{
	static const char *const OF_TABLES[] = { "dates", "decimal", "delimiter", "header", "map",
		"measure", "percent", "suppressed", "team" };
	for (size_t i = 0; i < sizeof OF_TABLES / sizeof *OF_TABLES; i++)
		if (option_given(c, OF_TABLES[i]))
			return err_set(e, ERR_USAGE,
			    "%s: this is a folder; --%s is for one file of it: name that file",
			    data->name, OF_TABLES[i]);
	return import_bundle(c, data, true, e);
}

bool verb_import(struct cli *c, struct err *e)
{
	struct import_data data;
	const char *path = c->word[1];
	if (bundle_is_folder(path)) {
		data = (struct import_data){ .path = path, .name = path, .kind = IMPORT_BUNDLE };
		return import_folder(c, &data, e);
	}
	if (merge_looks_like(path)) // a copy of the workbook, or a parcel of changes by e-mail
		return verb_merge(c, e);
	if (!import_data_look(c, path, &data, e))
		return false;
	bool team = option_given(c, "team"),
	     points = option_given(c, "measure") || option_given(c, "map");
	if (team && (data.kind == IMPORT_POINTS || data.kind == IMPORT_BUNDLE))
		return err_set(e, ERR_USAGE,
		    "%s: %s, not a driver diagram; leave out --team (a diagram is an outline, or "
		    "has "
		    "the columns type and text)",
		    data.name,
		    data.kind == IMPORT_POINTS ? "this is a table of data" : "this is a bundle");
	if (team)
		return import_diagram(c, &data, e);
	if (data.kind == IMPORT_DIAGRAM && !points)
		return err_set(e, ERR_USAGE,
		    "%s: this is a driver diagram; say whose it is with --team TEAM", data.name);
	if (data.kind >= IMPORT_TABLE || points)
		return import_points(c, &data, e);
	return import_bundle(c, &data, false, e);
}

// --- demo

static const char DEMO[] = "demo.plando";

static bool import_fill_demo(struct cli *c, const char *path, struct err *e)
{
	struct bundle_report report;
	const struct embedded *sample = embedded_find("sample.yaml");
	struct store *s = store_open(path, STORE_WRITE, &c->env, e);
	bool good = s && bundle_import(s, sample->text, sample->length, sample->name, false,
			     &report, c->arena, e);
	cli_close(c, s);
	return good;
}

bool verb_demo(struct cli *c, struct err *e)
{
	const char *path = c->words ? c->word[0] : DEMO;
	if (!store_create(path, &c->env, "Sample", e))
		return false;
	if (!import_fill_demo(c, path, e)) {
		unlink(path);
		return false;
	}
	if (!option_given(c, "no-open"))
		return verb_app(c, path, e);
	cli_say(c, "%s is made; plando %s opens it", path, path);
	return true;
}
