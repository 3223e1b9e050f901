// SPDX-License-Identifier: MIT
// Everything leaves: export.
#include "cli/verbs.h"

#include <plando/bundle.h>
#include <plando/file.h>
#include <plando/sheet.h>
#include <plando/str.h>

static bool export_yaml(struct cli *c, struct store *s, FILE *out, struct err *e)
{
	struct str text = STR_IN(c->arena);
	if (!bundle_export(s, c->arena, &text, e))
		return false;
	if (!str_done(&text))
		return err_memory(e);
	fwrite(text.text, 1, text.length, out);
	return true;
}

static bool export_json(struct cli *c, struct store *s, FILE *out, struct err *e)
{
	(void)c;
	return sheet_export_json(s, out, e);
}

static const struct format {
	const char *name;
	bool (*write)(struct cli *c, struct store *s, FILE *out, struct err *e); // NULL: a folder
} formats[] = { { "yaml", export_yaml }, { "json", export_json }, { "csv", NULL } };

static const struct format *export_find_format(const char *name, struct err *e)
{
	for (size_t i = 0; name && i < sizeof formats / sizeof *formats; i++)
		if (str_equal(formats[i].name, name))
			return &formats[i];
	if (str_equal(name, "xlsx"))
		err_set(e, ERR_UNAVAILABLE,
		    "--format xlsx: this is not in this build; yaml, json and csv are");
	else
		err_set(e, ERR_USAGE, "--format: write yaml, json or csv");
	return NULL;
}

static bool export_file(
    struct cli *c, struct store *s, const struct format *format, const char *path, struct err *e)
{
	struct file_out f = { 0 };
	if (str_equal(path, "-"))
		return format->write(c, s, c->out, e);
	bool good = file_export_begin(&f, c->arena, path, e) && format->write(c, s, f.stream, e) &&
		    file_commit(&f, e);
	file_abandon(&f);
	return good;
}

bool verb_export(struct cli *c, struct err *e)
{
	const char *path = option_get(c, "output");
	const struct format *format = export_find_format(option_get(c, "format"), e);
	if (!format)
		return false;
	if (!path || (!format->write && str_equal(path, "-")))
		return err_set(e, ERR_USAGE, "export: where to? write -o %s",
		    format->write ? "OUT" : "FOLDER; CSV is one file a kind");
	if (!cli_out_apart(c, path, e))
		return false;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && (format->write ? export_file(c, s, format, path, e)
					: sheet_export_csv(s, path, option_given(c, "excel"), e));
	cli_close(c, s);
	return good;
}
