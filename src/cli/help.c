// SPDX-License-Identifier: MIT
// Help and man pages, printed from the tables of verbs and options: one page for plando, one for
// each family of verbs.
#include "cli/verbs.h"

#include <plando/str.h>

#include <string.h>

static const char INTRO[] = "the workbook of an improvement collaborative";

static const struct status {
	int code;
	const char *means;
} statuses[] = {
	{ 0, "done" },
	{ ERR_FOUND, "a check found problems (check, forms check)" },
	{ ERR_USAGE, "wrong usage" },
	{ ERR_DATA, "bad input data" },
	{ ERR_NOINPUT, "cannot open input" },
	{ ERR_UNAVAILABLE, "a part is not available in this build" },
	{ ERR_CANTCREAT, "cannot create output" },
	{ ERR_IO, "input/output error" },
	{ ERR_BUSY, "busy, try again" },
	{ ERR_NOPERM, "no permission" },
};

// Verbs that belong together, in the order in which people meet them. Each verb but help stands in
// one.
static const struct family {
	const char *name, *title, *verbs; // verbs: blank separated
} families[] = {
	{ "workbooks", "workbooks: made, filled, checked",
	    "demo new import export check recover name" },
	{ "records", "records: written and read",
	    "add set fill get delete list search kinds forms" },
	{ "teams", "teams: what they do and have learned",
	    "status diagram coverage assess learned fidelity" },
	{ "measures", "measures and their charts", "chart measures equity" },
	{ "copies", "copies: shared and brought together",
	    "merge join conflicts resolve sync share bundle copy" },
	{ "history", "history: who changed what, taken back, blanked",
	    "log undo clock redact erased" },
};
enum { FAMILIES = sizeof families / sizeof *families };

static const struct variable {
	const char *name, *means;
} variables[] = {
	{ "PLANDO_AUTHOR",
	    "who makes the changes, where --author does not say; else the name that `plando name` or the app was given" },
	{ "PLANDO_NOW", "a fixed clock, RFC 3339, for tests and reproducible reports" },
	{ "NO_COLOR", "no colours" },
	{ "EDITOR", "the editor for long texts" },
	{ "XDG_DATA_HOME, XDG_STATE_HOME", "where plando keeps drafts and what it remembers" },
};

// "--output OUT, -o OUT" into `out`.
static void help_option_usage(const struct option *o, char *out, size_t size)
{
	int n =
	    snprintf(out, size, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	if (o->letter && n > 0 && (size_t)n < size)
		snprintf(out + n, size - (size_t)n, ", -%c%s%s", o->letter, o->value ? " " : "",
		    o->value ? o->value : "");
}

static void help_print_options(FILE *out, const struct verb *verb, bool everywhere)
{
	for (const struct option *o = options; o->name; o++) {
		char usage[80];
		if (o->everywhere != everywhere || !option_goes(verb, o))
			continue;
		help_option_usage(o, usage, sizeof usage);
		fprintf(out, "  %-28s %s\n", usage, o->help);
	}
}

static bool help_in_family(const struct family *f, const struct verb *v)
{
	size_t n = strlen(v->name);
	for (const char *p = f->verbs; (p = strstr(p, v->name)) != NULL; p += n)
		if ((p == f->verbs || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

size_t help_families(const struct verb *verb)
{
	size_t found = 0;
	for (size_t i = 0; i < FAMILIES; i++)
		found += help_in_family(&families[i], verb);
	return found;
}

void help_overview(const struct cli *c)
{
	fprintf(c->out, "plando: %s\n\n", INTRO);
	fprintf(c->out, "  %-14s %s\n", "plando [FILE]", "opens the workbook on the screen");
	fprintf(c->out, "  %-14s %s\n", "plando help", verb_find("help")->help);
	for (size_t i = 0; i < FAMILIES; i++) {
		fprintf(
		    c->out, "\n%c%s\n", families[i].title[0] - 'a' + 'A', families[i].title + 1);
		for (const struct verb *v = verbs; v->name; v++)
			if (help_in_family(&families[i], v))
				fprintf(c->out, "  %-14s %s\n", v->name, v->help);
	}
	fputs("\nWith every command:\n", c->out);
	help_print_options(c->out, NULL, true);
	fputs("\nplando help COMMAND says more.\n", c->out);
}

void help_verb(const struct cli *c, const struct verb *verb)
{
	fprintf(c->out, "plando %s %s\n\n%s\n", verb->name, verb->arguments, verb->help);
	if (verb->more)
		fprintf(c->out, "\n%s\n", verb->more);
	if (*verb->options) {
		fputs("\nOptions:\n", c->out);
		help_print_options(c->out, verb, false);
	}
	fputs("\nWith every command:\n", c->out);
	help_print_options(c->out, NULL, true);
}

// Text for roff: a backslash, and a dot or quote at the start of a line, would be commands; a
// hyphen must stay one.
static void help_roff(FILE *out, const char *text)
{
	bool start = true;
	for (const char *p = text; *p; p++) {
		if (start && (*p == '.' || *p == '\''))
			fputs("\\&", out);
		if (*p == '\\')
			fputs("\\e", out);
		else if (*p == '-')
			fputs("\\-", out);
		else
			fputc(*p, out);
		start = *p == '\n';
	}
}

static void help_roff_item(FILE *out, const char *head, const char *text)
{
	fputs(".TP\n.B ", out);
	help_roff(out, head);
	fputc('\n', out);
	help_roff(out, text);
	fputc('\n', out);
}

static void help_man_options(FILE *out, const struct verb *verb, bool everywhere)
{
	for (const struct option *o = options; o->name; o++) {
		char usage[80];
		if (o->everywhere != everywhere || !option_goes(verb, o))
			continue;
		help_option_usage(o, usage, sizeof usage);
		help_roff_item(out, usage, o->help);
	}
}

static void help_man_verb(FILE *out, const struct verb *v)
{
	fputs(".SS plando ", out);
	help_roff(out, v->name);
	fputc(' ', out);
	help_roff(out, v->arguments);
	fputc('\n', out);
	help_roff(out, v->help);
	fputc('\n', out);
	if (v->more) {
		fputs(".PP\n.nf\n", out);
		help_roff(out, v->more);
		fputs("\n.fi\n", out);
	}
	help_man_options(out, v, false);
}

static void help_man_head(FILE *out, const char *name, const char *family, const char *what)
{
	fprintf(out, ".TH %s 1 \"\" \"plando %s\"\n.SH NAME\n", name, PLANDO_VERSION);
	fprintf(out, "plando%s%s \\- %s\n", *family ? "\\-" : "", family, what);
}

static void help_man_statuses(FILE *out)
{
	fputs(".SH EXIT STATUS\n", out);
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		char code[8];
		snprintf(code, sizeof code, "%d", statuses[i].code);
		help_roff_item(out, code, statuses[i].means);
	}
}

static void help_man_see_also(FILE *out, const char *but)
{
	fputs(".SH SEE ALSO\n", out);
	if (*but)
		fputs(".BR plando (1)", out);
	for (size_t i = 0, n = *but != '\0'; i < FAMILIES; i++)
		if (strcmp(families[i].name, but) != 0)
			fprintf(out, "%s.BR plando\\-%s (1)", n++ ? ",\n" : "", families[i].name);
	fputc('\n', out);
}

static void help_man_overview(FILE *out)
{
	help_man_head(out, "PLANDO", "", INTRO);
	fputs(".SH SYNOPSIS\n.B plando\n[FILE]\n.br\n.B plando\nCOMMAND \\&...\n", out);
	fputs(".SH DESCRIPTION\nOne file, the workbook, holds a collaborative: its systems, teams, "
	      "driver diagrams, PDSA cycles,\nmeasures and assessments. With a FILE alone it opens "
	      "on the screen; there, ? names the keys.\n"
	      ".SH COMMANDS\n",
	    out);
	for (size_t i = 0; i < FAMILIES; i++) {
		fprintf(out, ".SS \"%c%s\"\nSee\n.BR plando\\-%s (1).\n",
		    families[i].title[0] - 'a' + 'A', families[i].title + 1, families[i].name);
		for (const struct verb *v = verbs; v->name; v++)
			if (help_in_family(&families[i], v))
				help_roff_item(out, v->name, v->help);
	}
	fputs(".SH OPTIONS\nThese go with every command.\n", out);
	help_man_options(out, NULL, true);
	fputs(".SH ENVIRONMENT\n", out);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		help_roff_item(out, variables[i].name, variables[i].means);
	help_man_statuses(out);
	help_man_see_also(out, "");
}

static void help_man_family(FILE *out, const struct family *f)
{
	char name[32];
	snprintf(name, sizeof name, "PLANDO-%s", f->name);
	for (char *p = name; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	help_man_head(out, name, f->name, f->title);
	fputs(".SH COMMANDS\n", out);
	for (const struct verb *v = verbs; v->name; v++)
		if (help_in_family(f, v))
			help_man_verb(out, v);
	help_man_see_also(out, f->name);
}

static bool help_man(const struct cli *c, struct err *e)
{
	if (c->words == 0) {
		help_man_overview(c->out);
		return true;
	}
	for (size_t i = 0; i < FAMILIES; i++)
		if (strcmp(c->word[0], families[i].name) == 0) {
			help_man_family(c->out, &families[i]);
			return true;
		}
	return err_set(e, ERR_USAGE,
	    "%s: no such page; plando(1) is printed by plando help --man, and names the others",
	    c->word[0]);
}

bool verb_help(struct cli *c, struct err *e)
{
	if (option_given(c, "man"))
		return help_man(c, e);
	if (option_given(c, "completion"))
		return completion_print(c, option_get(c, "completion"), e);
	if (option_given(c, "candidates")) {
		completion_candidates(c, c->word, c->words);
		return true;
	}
	if (c->words > 1)
		return err_set(e, ERR_USAGE,
		    "help: one argument too many: %s; write: plando help [COMMAND]", c->word[1]);
	if (c->words == 0) {
		help_overview(c);
		return true;
	}
	const struct verb *verb = verb_find(c->word[0]);
	if (!verb)
		return err_set(
		    e, ERR_USAGE, "%s: no such command; plando help lists them", c->word[0]);
	help_verb(c, verb);
	return true;
}
