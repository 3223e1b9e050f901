// SPDX-License-Identifier: MIT
// Help and man page, printed from the tables of verbs and options.
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

static const struct variable {
	const char *name, *means;
} variables[] = {
	{ "PLANDO_AUTHOR", "who makes the changes, where --author does not say" },
	{ "PLANDO_NOW", "a fixed clock, RFC 3339, for tests and reproducible reports" },
	{ "NO_COLOR", "no colours" },
	{ "EDITOR", "the editor for long texts" },
	{ "XDG_DATA_HOME, XDG_STATE_HOME", "where plando keeps drafts and what it remembers" },
};

// "--output OUT, -o OUT" into `out`.
static void option_usage(const struct option *o, char *out, size_t size)
{
	int n =
	    snprintf(out, size, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	if (o->letter && n > 0 && (size_t)n < size)
		snprintf(out + n, size - (size_t)n, ", -%c%s%s", o->letter, o->value ? " " : "",
		    o->value ? o->value : "");
}

static void print_options(FILE *out, const struct verb *verb, bool everywhere)
{
	for (const struct option *o = options; o->name; o++) {
		char usage[80];
		if (o->everywhere != everywhere || !option_goes(verb, o))
			continue;
		option_usage(o, usage, sizeof usage);
		fprintf(out, "  %-28s %s\n", usage, o->help);
	}
}

void help_overview(const struct cli *c)
{
	fprintf(c->out, "plando: %s\n\n", INTRO);
	fprintf(c->out, "  %-14s %s\n", "plando [FILE]", "opens the workbook on the screen");
	for (const struct verb *v = verbs; v->name; v++)
		fprintf(c->out, "  %-14s %s\n", v->name, v->help);
	fputs("\nWith every command:\n", c->out);
	print_options(c->out, NULL, true);
	fputs("\nplando help COMMAND says more.\n", c->out);
}

void help_verb(const struct cli *c, const struct verb *verb)
{
	fprintf(c->out, "plando %s %s\n\n%s\n", verb->name, verb->arguments, verb->help);
	if (verb->more)
		fprintf(c->out, "\n%s\n", verb->more);
	if (*verb->options) {
		fputs("\nOptions:\n", c->out);
		print_options(c->out, verb, false);
	}
	fputs("\nWith every command:\n", c->out);
	print_options(c->out, NULL, true);
}

// Text for roff: a backslash, and a dot or quote at the start of a line, would be commands; a
// hyphen must stay one.
static void roff(FILE *out, const char *text)
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

static void roff_item(FILE *out, const char *head, const char *text)
{
	fputs(".TP\n.B ", out);
	roff(out, head);
	fputc('\n', out);
	roff(out, text);
	fputc('\n', out);
}

static void man_options(FILE *out, const struct verb *verb, bool everywhere)
{
	for (const struct option *o = options; o->name; o++) {
		char usage[80];
		if (o->everywhere != everywhere || !option_goes(verb, o))
			continue;
		option_usage(o, usage, sizeof usage);
		roff_item(out, usage, o->help);
	}
}

static void man_verb(FILE *out, const struct verb *v)
{
	fputs(".SS plando ", out);
	roff(out, v->name);
	fputc(' ', out);
	roff(out, v->arguments);
	fputc('\n', out);
	roff(out, v->help);
	fputc('\n', out);
	if (v->more) {
		fputs(".PP\n.nf\n", out);
		roff(out, v->more);
		fputs("\n.fi\n", out);
	}
	man_options(out, v, false);
}

void help_man(const struct cli *c)
{
	FILE *out = c->out;
	fprintf(out, ".TH PLANDO 1 \"\" \"plando %s\"\n.SH NAME\nplando \\- %s\n", PLANDO_VERSION,
	    INTRO);
	fputs(".SH SYNOPSIS\n.B plando\n[FILE]\n.br\n.B plando\nCOMMAND \\&...\n", out);
	fputs(".SH DESCRIPTION\nOne file, the workbook, holds a collaborative: its systems, teams, "
	      "driver diagrams, PDSA cycles,\nmeasures and assessments. With a FILE alone it opens "
	      "on the screen.\n",
	    out);
	fputs(".SH COMMANDS\n", out);
	for (const struct verb *v = verbs; v->name; v++)
		man_verb(out, v);
	fputs(".SH OPTIONS\nThese go with every command.\n", out);
	man_options(out, NULL, true);
	fputs(".SH ENVIRONMENT\n", out);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		roff_item(out, variables[i].name, variables[i].means);
	fputs(".SH EXIT STATUS\n", out);
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		char code[8];
		snprintf(code, sizeof code, "%d", statuses[i].code);
		roff_item(out, code, statuses[i].means);
	}
}

bool verb_help(struct cli *c, struct err *e)
{
	if (option_given(c, "man")) {
		help_man(c);
		return true;
	}
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
