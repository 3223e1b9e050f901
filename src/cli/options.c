// SPDX-License-Identifier: MIT
// The words of a command: verb, options, arguments. One table of options, one loop.
#include "cli/verbs.h"

#include <plando/str.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

// clang-format off
const struct option options[] = {
	{ "about", 0, false, "REF", "only about this change idea, driver or item of the change package" },
	{ "agree", 0, false, NULL, "let what others erased go for good, here and in the backups" },
	{ "as-of", 0, false, "T", "show the workbook as it was then (a date: at its end)" },
	{ "as-new-records", 0, false, NULL, "bring in another collaborative's teams as new records" },
	{ "ascii", 0, true, NULL, "print ASCII characters only" },
	{ "author", 0, true, "NAME", "who makes the change (log: only changes by NAME)" },
	{ "baseline", 0, false, "N|all", "centre line and limits from the first N points, kept after" },
	{ "braille", 0, false, NULL, "join the points in braille dots (not with --ascii, nor in groups side by side)" },
	{ "candidates", 0, false, NULL, "print what may stand next after -- WORD…, for the completion" },
	{ "centre", 0, false, "X", "a given centre line" },
	{ "compare", 0, false, "T", "what changed since then (a date: its end)" },
	{ "completion", 0, false, "bash|zsh|fish", "print the completion for this shell" },
	{ "csv", 0, false, NULL, "print CSV, for spreadsheets" },
	{ "csv", 0, false, "DATA.csv", "chart this file instead of a measure; - is standard input", "chart" },
	{ "dates", 0, false, "dmy|mdy|ymd", "what comes first in the file's dates" },
	{ "decimal", 0, false, ",|.", "the decimal mark in the file's numbers" },
	{ "decision", 0, false, "D", "only with this decision: adopt, adapt, abandon, increase, repeat" },
	{ "delimiter", 0, false, ",|;|tab|bar", "what parts the cells of the file" },
	{ "direction", 0, false, "up|down|none", "which way is better" },
	{ "dry-run", 0, false, NULL, "say what would happen, change nothing" },
	{ "excel", 0, false, NULL, "begin CSV with the mark by which Excel knows UTF-8 (import takes it)" },
	{ "exclude", 0, false, "N…", "points that are drawn but left out" },
	{ "for", 0, false, "DEVICE", "what this computer lacks" },
	{ "format", 0, false, "yaml|json|csv|xlsx", "what to write" },
	{ "from", 0, false, "T", "only data from then on" },
	{ "header", 0, false, "ROW", "the line of the file that names the columns" },
	{ "help", 'h', true, NULL, "say how it is used" },
	{ "instrument", 0, false, "ID", "by which scale: ihi, life-qi, or one of your own" },
	{ "interval", 0, false, "day|week|fortnight|month|quarter", "how often a point is due in a file: what is absent is a gap" },
	{ "json", 0, false, NULL, "print JSON, for programs" },
	{ "kind", 0, false, "KIND", "only records of this kind" },
	{ "man", 0, false, NULL, "print the man page, or that of a family of commands (records)" },
	{ "map", 0, false, "COLUMN=FIELD", "which column holds which field" },
	{ "measure", 0, false, "REF", "the measure whose data points the file holds" },
	{ "multiply", 0, false, "X", "multiply values, centre line and limits in the end" },
	{ "name", 0, false, "NAME", "what the collaborative is called" },
	{ "no-open", 0, false, NULL, "only write the file" },
	{ "on", 0, false, "DATE", "as the record stood on that day: nothing dated after it counts" },
	{ "output", 'o', false, "OUT", "where to write; - is standard output" },
	{ "over-time", 0, false, NULL, "the gap between the two groups, date by date" },
	{ "percent", 0, false, "85|0.85", "how the file writes eighty-five per cent" },
	{ "phase", 0, false, "DATE…", "a new phase begins there" },
	{ "phase-after", 0, false, "N…", "a new phase begins after point N" },
	{ "quiet", 'q', true, NULL, "print results and errors only" },
	{ "reason", 0, false, "WHY", "why it is blanked, for the history; without what is blanked" },
	{ "ref", 0, false, "REF", "only changes of this record" },
	{ "shift", 0, false, "T", "what is added to the times (-365d, 2h30m, 0)" },
	{ "restore", 0, false, NULL, "write what others erased again" },
	{ "rules", 0, false, "anhoej|ihi|mdc|shewhart", "what counts as a signal" },
	{ "run-length", 0, false, "6|7", "points in a row that make a shift" },
	{ "screen", 0, false, "on|off", "leave extreme moving ranges out of the limits" },
	{ "since", 0, false, "T", "only changes from then on (2026-05-03, yesterday, 2026-05-03T14:00:00Z)" },
	{ "skip", 0, false, NULL, "files that are left out make no error" },
	{ "stratum", 0, false, "S|all", "one group, or all of them side by side on one scale" },
	{ "save", 0, false, NULL, "all that was saved together with it" },
	{ "summary", 0, false, NULL, "what changed in a team, record by record (without --since: since the coaching session before today)" },
	{ "suppressed", 0, false, "blank", "leave cells that were held back ([c], *, <5) blank, with a note" },
	{ "part", 0, false, "REF", "part what was joined with it" },
	{ "take", 0, false, "N", "keep value N, as `conflicts` counts them" },
	{ "target", 0, false, "X", "the goal" },
	{ "team", 0, false, "REF", "only what belongs to this team" },
	{ "type", 0, false, "run|i|mr|p|pp|u|up|c|g|t|xbar|s|ip", "the chart" },
	{ "until", 0, false, "T", "only changes before then (a date: to its end)" },
	{ "until", 0, false, "T", "only data until then", "equity" },
	{ "value", 0, false, "V", "settle it with this value" },
	{ "text", 0, false, NULL, "print it as text" },
	{ "mermaid", 0, false, NULL, "print it in Mermaid's language" },
	{ "dot", 0, false, NULL, "print it in Graphviz' language" },
	{ "svg", 0, false, "OUT", "write a picture" },
	{ "png", 0, false, "OUT", "write a picture" },
	{ "pdf", 0, false, "OUT", "write a page" },
	{ "version", 0, true, NULL, "print the version" },
	{ NULL },
};
// clang-format on

// The row of that name which is the verb's own, else the one that all share.
static size_t option_row(const struct verb *verb, const char *name, size_t n)
{
	size_t i = 0, found = SIZE_MAX;
	for (; options[i].name; i++) {
		bool named = strlen(options[i].name) == n && strncmp(options[i].name, name, n) == 0;
		bool own = verb && str_equal(options[i].verb, verb->name);
		if (named && (own || (!options[i].verb && found == SIZE_MAX)))
			found = i;
	}
	return found == SIZE_MAX ? i : found;
}

const char *option_get(const struct cli *c, const char *name)
{
	return c->given[option_row(c->verb, name, strlen(name))];
}

bool option_given(const struct cli *c, const char *name)
{
	return option_get(c, name) != NULL;
}

const char *option_value(const char *name)
{
	return options[option_row(NULL, name, strlen(name))].value;
}

bool option_goes(const struct verb *verb, const struct option *option)
{
	if (option->everywhere)
		return true;
	size_t n = strlen(option->name);
	if (option != &options[option_row(verb, option->name, n)])
		return false;
	for (const char *p = verb ? verb->options : ""; *p;) {
		size_t length = strcspn(p, " ");
		if (length == n && strncmp(p, option->name, n) == 0)
			return true;
		p += length + (p[length] == ' ');
	}
	return false;
}

const char *nearest(const char *typed, const char *const name[], size_t n)
{
	const char *best = NULL;
	unsigned least = strlen(typed) < 4 ? 2 : 3; // one slip in a short word, two in a longer one
	for (size_t i = 0; i < n; i++) {
		unsigned distance = str_distance(typed, name[i]);
		bool same = distance == least && best && *best != *typed && *name[i] == *typed;
		if (distance < least || same) { // of two, the one that begins the same
			least = distance;
			best = name[i];
		}
	}
	return best;
}

static bool unknown_option(const struct cli *c, const char *word, struct err *e)
{
	const char *name[OPTIONS_MOST];
	size_t n = 0;
	for (const struct option *o = options; o->name; o++)
		if (option_goes(c->verb, o))
			name[n++] = o->name;
	const char *near = nearest(word + strspn(word, "-"), name, n);
	if (near)
		return err_set(e, ERR_USAGE, "%s: no such option; did you mean --%s?", word, near);
	return err_set(e, ERR_USAGE, "%s: no such option; plando help%s%s lists them", word,
	    c->verb ? " " : "", c->verb ? c->verb->name : "");
}

static bool stray_option(const struct cli *c, const struct option *o, struct err *e)
{
	return err_set(e, ERR_USAGE, "--%s: does not go with %s; plando help%s%s says what does",
	    o->name, c->verb ? c->verb->name : "this", c->verb ? " " : "",
	    c->verb ? c->verb->name : "");
}

// Row of the option that `word` begins, and the value after '=' (or after the letter) if any.
static size_t option_of(const struct verb *verb, const char *word, const char **value)
{
	*value = NULL;
	if (str_starts(word, "--")) {
		const char *name = word + 2;
		size_t n = strcspn(name, "=");
		if (name[n])
			*value = name + n + 1;
		return option_row(verb, name, n);
	}
	size_t i = 0;
	while (options[i].name && options[i].letter != word[1])
		i++;
	if (word[2])
		*value = word + 2;
	return i;
}

// "--team REF…" in a verb's usage: what is given more than once, or after it, is one more REF.
static bool options_repeats(const struct verb *verb, const struct option *o)
{
	char usage[64];
	snprintf(usage, sizeof usage, "--%s %s…", o->name, o->value);
	return verb && strstr(verb->arguments, usage);
}

// "N…": may be given again, and takes further words that look like its value.
static bool options_takes_more(const struct option *o)
{
	size_t n = o->value ? strlen(o->value) : 0, dots = strlen("…");
	return n > dots && strcmp(o->value + n - dots, "…") == 0;
}

// A further value of an option that takes several: a number or a date, not an option or a name.
static bool options_looks_like_value(const char *word)
{
	return word[0] >= '0' && word[0] <= '9' && !word[strspn(word, "0123456789-,")];
}

static bool options_take_more(
    struct cli *c, size_t row, const char *value, int argc, char **argv, int *i, struct err *e)
{
	const char *all = c->given[row];
	all = all ? arena_printf(c->arena, "%s,%s", all, value) : value;
	while (all && *i + 1 < argc && options_looks_like_value(argv[*i + 1]))
		all = arena_printf(c->arena, "%s,%s", all, argv[++*i]);
	c->given[row] = all;
	return all || err_memory(e);
}

// Takes the option at argv[*i], and its value where it stands in the next word.
static bool take_option(struct cli *c, int argc, char **argv, int *i, struct err *e)
{
	const char *word = argv[*i], *value;
	size_t row = option_of(c->verb, word, &value);
	const struct option *o = &options[row];
	if (!o->name)
		return unknown_option(c, word, e);
	if (c->verb && !option_goes(c->verb, o))
		return stray_option(c, o, e);
	if (!o->value && value)
		return err_set(e, ERR_USAGE, "--%s: takes no value; leave out %s", o->name, value);
	if (o->value && !value && *i + 1 < argc)
		value = argv[++*i];
	if (o->value && !value)
		return err_set(e, ERR_USAGE, "--%s: the value is missing; write --%s %s", o->name,
		    o->name, o->value);
	if (options_takes_more(o))
		return options_take_more(c, row, value, argc, argv, i, e);
	if (c->given[row] && o->value && options_repeats(c->verb, o)) {
		c->again[c->agains++] = value;
		return true;
	}
	if (c->given[row] && o->value)
		return err_set(e, ERR_USAGE, "--%s: given twice; give it once", o->name);
	c->given[row] = value ? value : "";
	return true;
}

static bool options_check_count(const struct cli *c, struct err *e)
{
	const struct verb *v = c->verb;
	if (!v || option_given(c, "help") || option_given(c, "version"))
		return true;
	if (c->words < v->least)
		return err_set(e, ERR_USAGE, "%s: something is missing; write: plando %s %s",
		    v->name, v->name, v->arguments);
	if (c->words > v->most)
		return err_set(e, ERR_USAGE, "%s: one argument too many: %s; write: plando %s %s",
		    v->name, c->word[v->most], v->name, v->arguments);
	return true;
}

// In which form the answer comes: one at a time. An option that only one verb has under such a name
// is something else (chart --csv DATA.csv is what to read).
static bool options_check_form(const struct cli *c, struct err *e)
{
	static const char *const FORMS[] = { "text", "json", "csv", "mermaid", "dot", "svg", "png",
		"pdf" };
	const char *goes[sizeof FORMS / sizeof *FORMS];
	size_t n = 0, given = 0;
	for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
		size_t row = option_row(c->verb, FORMS[i], strlen(FORMS[i]));
		if (options[row].verb || !option_goes(c->verb, &options[row]))
			continue;
		goes[n++] = FORMS[i];
		given += c->given[row] != NULL;
	}
	if (given <= 1 || option_given(c, "help") || option_given(c, "version"))
		return true;
	struct str list = STR_IN(c->arena);
	for (size_t i = 0; i < n; i++)
		str_printf(&list, "%s--%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", goes[i]);
	const char *all = str_done(&list);
	return all ? err_set(e, ERR_USAGE, "give one of %s", all) : err_memory(e);
}

// Options that stood before the verb was known.
static bool check_options(const struct cli *c, struct err *e)
{
	for (size_t i = 0; options[i].name; i++)
		if (c->given[i] && !option_goes(c->verb, &options[i]))
			return stray_option(c, &options[i], e);
	return true;
}

bool options_parse(struct cli *c, int argc, char **argv, verb_finder *find, struct err *e)
{
	bool only_words = false;
	c->word = arena_array(c->arena, (size_t)argc + 1, sizeof *c->word);
	c->again = arena_array(c->arena, (size_t)argc + 1, sizeof *c->again);
	if (!c->word || !c->again)
		return err_memory(e);
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		if (!only_words && str_equal(word, "--")) {
			only_words = true;
		} else if (!only_words && word[0] == '-' && word[1]) {
			if (!take_option(c, argc, argv, &i, e))
				return false;
		} else if (!c->verb && c->words == 0 && !only_words && find(word)) {
			c->verb = find(word);
		} else {
			c->word[c->words++] = word;
		}
	}
	for (size_t i = 0; i < c->agains; i++)
		c->word[c->words++] = c->again[i];
	return check_options(c, e) && options_check_count(c, e) && options_check_form(c, e);
}

bool option_moment(struct cli *c, const char *name, bool end, int64_t *ms, struct err *e)
{
	const char *typed = option_get(c, name);
	date_t today = env_today(&c->env), date;
	if (date_parse_iso(typed, &date) || date_parse_human(typed, today, &date)) {
		*ms = end ? env_midnight(&c->env, date + 1) - 1 : env_midnight(&c->env, date);
		return true;
	}
	if (moment_parse(typed, ms))
		return true;
	return err_set(e, ERR_USAGE,
	    "--%s %s: this is no date; write it as 2026-05-03 or 2026-05-03T14:00:00Z", name,
	    typed);
}
