// SPDX-License-Identifier: MIT
// Forms as files: forms list, show, check, install.
#include "base/embedded.h"
#include "cli/verbs.h"

#include <plando/file.h>
#include <plando/installed.h>
#include <plando/str.h>

#include <string.h>

// --- list

static const char *forms_standing(struct cli *c, const struct installed *x)
{
	if (!x)
		return "";
	return cli_or_empty(
	    c, arena_printf(c->arena, "version %u, in this workbook", x->form->version));
}

// Those that are there and not in force are told too.
static void forms_list_skipped(struct table *t, const struct installed_forms *all)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct installed *x = &all->item[i];
		if (x->why)
			table_row(
			    t, (const char *const[]){ x->name, "", "", "not in force", x->why });
	}
}

static bool list_forms(
    struct cli *c, struct forms *forms, const struct installed_forms *all, struct err *e)
{
	static const struct table_column columns[] = { { "form", false, 14 }, { "edits", false, 0 },
		{ "title", false, 0 }, { "own", false, 0 }, { "help", false, 0 } };
	struct table t = table_new(c->arena, columns, 5, c->ascii);
	for (size_t i = 0; i < forms_count(forms); i++) {
		const struct form *f = forms_find(forms, forms_id(forms, i), e);
		if (!f)
			return false;
		table_row(&t, (const char *const[]){ f->id, f->edits, f->title,
				  forms_standing(c, installed_find(all, f->id)), f->help });
	}
	forms_list_skipped(&t, all);
	return table_print(&t, c->out, c->width, e);
}

static bool forms_list_installed(struct cli *c, struct store *s, struct err *e)
{
	struct installed_forms all;
	return installed_list(s, c->arena, &all, e) && list_forms(c, store_forms(s), &all, e);
}

static bool forms_list(struct cli *c, struct err *e)
{
	struct installed_forms none = { 0 };
	if (c->words == 1) {
		struct forms *forms = forms_new(c->arena, e);
		return forms && list_forms(c, forms, &none, e);
	}
	struct store *s = cli_open_path(c, c->word[1], STORE_READ, e);
	bool good = s && forms_list_installed(c, s, e);
	cli_close(c, s);
	return good;
}

// --- show

static bool forms_show_built_in(struct cli *c, const char *id, struct err *e)
{
	char *name = arena_printf(c->arena, "%s.yaml", id);
	if (!name)
		return err_memory(e);
	const struct embedded *file = embedded_find(name);
	if (!file)
		return err_set(
		    e, ERR_NOINPUT, "%s: no form of this name; plando forms list names them", id);
	fwrite(file->text, 1, file->length, c->out);
	return true;
}

static bool forms_show_installed(struct cli *c, struct store *s, const char *id, struct err *e)
{
	struct installed_forms all;
	if (!installed_list(s, c->arena, &all, e))
		return false;
	const struct installed *x = installed_find(&all, id);
	if (!x)
		return forms_show_built_in(c, id, e);
	const char *text = cli_safe(c, x->yaml, true);
	size_t n = strlen(text);
	fprintf(c->out, "%s%s", text, n && text[n - 1] == '\n' ? "" : "\n");
	return true;
}

static bool forms_show(struct cli *c, struct err *e)
{
	if (c->words == 2)
		return forms_show_built_in(c, c->word[1], e);
	struct store *s = cli_open_path(c, c->word[1], STORE_READ, e);
	bool good = s && forms_show_installed(c, s, c->word[2], e);
	cli_close(c, s);
	return good;
}

// --- check

static bool forms_check(struct cli *c, struct err *e)
{
	char *text;
	size_t n;
	const char *path = c->word[1];
	if (!file_read(c->arena, path, YAML_FORM.bytes, &text, &n, e))
		return false;
	struct form_faults faults;
	if (!form_check(c->arena, text, n, path, &faults, e))
		return false;
	for (size_t i = 0; i < faults.count; i++)
		cli_complain(c, faults.line[i]);
	if (faults.count)
		c->found = ERR_FOUND;
	else
		fprintf(c->out, "%s: a good form\n", cli_safe(c, path, false));
	return true;
}

// --- install

static bool verb_forms_install(struct cli *c, struct store *s, const char *path, struct err *e)
{
	char *text;
	size_t n;
	struct install done;
	if (!store_writable(s, e) || !file_read(c->arena, path, YAML_FORM.bytes, &text, &n, e) ||
	    !installed_put(s, c->arena, text, n, path, &done, e))
		return false;
	const char *id = done.form->id;
	if (!done.written)
		fprintf(c->out, "%s: version %u is installed already\n", id, done.form->version);
	else if (done.before)
		fprintf(c->out, "%s: version %u is installed in the place of version %u\n", id,
		    done.form->version, done.before);
	else
		fprintf(c->out, "%s: version %u is installed\n", id, done.form->version);
	return true;
}

static bool forms_install_file(struct cli *c, struct err *e)
{
	struct store *s = cli_open_path(c, c->word[1], STORE_WRITE, e);
	bool good = s && verb_forms_install(c, s, c->word[2], e);
	cli_close(c, s);
	return good;
}

bool verb_forms(struct cli *c, struct err *e)
{
	static const struct forms_part {
		const char *name;
		size_t least, most;
		bool (*run)(struct cli *c, struct err *e);
	} parts[] = { { "list", 1, 2, forms_list }, { "show", 2, 3, forms_show },
		{ "check", 2, 2, forms_check }, { "install", 3, 3, forms_install_file } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_equal(parts[i].name, c->word[0]) && c->words >= parts[i].least &&
		    c->words <= parts[i].most)
			return parts[i].run(c, e);
	return err_set(e, ERR_USAGE,
	    "forms: write: plando forms list [FILE], show [FILE] NAME, check PATH or install FILE "
	    "PATH");
}
