// SPDX-License-Identifier: MIT
// What may stand next on a command line, for the completion of a shell. The shells' own scripts are
// a few lines each: they hand in the words so far and offer the lines that come back; where none
// come, they offer files. So all that is known about verbs, options, kinds, fields and records
// stands in the tables here, once.
#include "cli/verbs.h"

#include <plando/kind.h>
#include <plando/store.h>
#include <plando/str.h>

#include <string.h>

enum { COMPLETION_MOST = 500 }; // lines: more help nobody

struct completion {
	struct cli *c;
	const char *begun; // what was typed of the word in question
	struct store *store;
	size_t offered;
};

// One candidate, if it begins as the word does; `after` is put behind it ("=").
static void completion_offer(struct completion *o, const char *text, const char *after)
{
	if (!str_starts(text, o->begun) || o->offered++ >= COMPLETION_MOST)
		return;
	fprintf(o->c->out, "%s%s\n", cli_safe(o->c, text, false), after);
}

static void completion_verbs(struct completion *o)
{
	for (const struct verb *v = verbs; v->name; v++)
		completion_offer(o, v->name, "");
}

static void completion_options(struct completion *o, const struct verb *verb)
{
	for (const struct option *p = options; p->name; p++)
		if (option_goes(verb, p))
			completion_offer(
			    o, cli_or_empty(o->c, arena_printf(o->c->arena, "--%s", p->name)), "");
}

static void completion_kinds(struct completion *o)
{
	struct err e = { 0 };
	struct forms *forms = o->store ? store_forms(o->store) : forms_new(o->c->arena, &e);
	for (const struct kind *k = KINDS; k->name; k++)
		completion_offer(o, k->name, "");
	for (size_t i = 0; forms && i < forms_count(forms); i++)
		if (!kind_find(forms_id(forms, i)))
			completion_offer(o, forms_id(forms, i), "");
}

// Titles of a kind's records; `before` stands in front of each ("team=").
static void completion_records(struct completion *o, const char *kind, const char *before)
{
	struct records all;
	struct err e = { 0 };
	if (!o->store || !record_list(o->store, o->c->arena, kind, NULL, &all, &e))
		return;
	for (size_t i = 0; i < all.count; i++) {
		const char *title = record_title(o->store, o->c->arena, &all.item[i]);
		completion_offer(o,
		    cli_or_empty(
			o->c, arena_printf(o->c->arena, "%s%s", before, title ? title : "")),
		    "");
	}
}

// Those that people name by a title.
static void completion_any_record(struct completion *o)
{
	static const char *const NAMED[] = { "team", "system", "workstream", "person", "measure",
		"driver", "idea", "pdsa", "action", "event" };
	for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
		completion_records(o, NAMED[i], "");
}

// "FIELD=", and behind the sign the choices of the field or the records that it may name.
static void completion_one_field(struct completion *o, const struct form_field *f)
{
	size_t name = strcspn(o->begun, "=");
	if (f->hidden && !f->of)
		return;
	if (!o->begun[name]) {
		completion_offer(o, f->id, "=");
		return;
	}
	if (strlen(f->id) != name || strncmp(f->id, o->begun, name) != 0)
		return;
	struct arena *a = o->c->arena;
	const char *before = cli_or_empty(o->c, arena_printf(a, "%s=", f->id));
	for (size_t i = 0; i < f->choice_count; i++)
		completion_offer(
		    o, cli_or_empty(o->c, arena_printf(a, "%s%s", before, f->choices[i].id)), "");
	if (f->of)
		completion_records(o, f->of, before);
}

static void completion_fields(struct completion *o, const char *kind)
{
	struct err e = { 0 };
	struct named_kind named;
	struct forms *forms = o->store ? store_forms(o->store) : forms_new(o->c->arena, &e);
	if (!forms || !kind || !cli_kind(forms, kind, &named, &e))
		return;
	const struct form *form = named.own ? named.own : forms_find(forms, named.kind->name, &e);
	for (size_t i = 0; form && i < form->section_count; i++)
		for (size_t k = 0; k < form->sections[i].field_count; k++)
			completion_one_field(o, &form->sections[i].fields[k]);
}

// The values that an option's usage spells out: "run|i|mr" (in capitals stands what they mean).
static void completion_values(struct completion *o, const char *usage)
{
	for (size_t n; *usage; usage += n + (usage[n] == '|')) {
		n = strcspn(usage, "|");
		char *value = arena_copy(o->c->arena, usage, n);
		if (value && n && !(value[0] >= 'A' && value[0] <= 'Z'))
			completion_offer(o, value, "");
	}
}

static void completion_value(struct completion *o, const struct option *p)
{
	static const struct {
		const char *option, *kind;
	} NAMED[] = { { "team", "team" }, { "measure", "measure" }, { "about", "idea" } };
	for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
		if (str_equal(p->name, NAMED[i].option))
			completion_records(o, NAMED[i].kind, "");
	if (str_equal(p->name, "kind"))
		completion_kinds(o);
	else if (str_equal(p->name, "ref"))
		completion_any_record(o);
	else
		completion_values(o, p->value);
}

// The n-th argument in a verb's usage, without brackets: "KIND|REF"; the last one goes on where it
// ends with dots. "" where there is none.
static const char *completion_argument(struct completion *o, const struct verb *verb, size_t n)
{
	const char *last = "";
	for (const char *p = verb->arguments; *p;) {
		size_t length = strcspn(p, " ");
		const char *word = p + strspn(p, "[");
		size_t inner = strcspn(word, " ]");
		if (*word == '-') // an option, and its value
			break;
		last = cli_or_empty(o->c, arena_copy(o->c->arena, word, inner));
		if (n-- == 0)
			return last;
		p += length + strspn(p + length, " ");
	}
	return strstr(last, "…") ? last : "";
}

static bool completion_names(const char *argument, const char *what)
{
	size_t n = strlen(what);
	for (const char *p = argument; *p; p += strcspn(p, "|"), p += *p == '|')
		if (strncmp(p, what, n) == 0 &&
		    (!p[n] || p[n] == '|' || !str_starts("ABCDEFGHIJKLMNOPQRSTUVWXYZ", p + n)))
			return true;
	return false;
}

// What stands before the word: the arguments so far, and the option whose value the word is.
struct completion_place {
	const struct verb *verb;
	const struct option *value_of; // NULL: an argument
	const char *argument[4];       // the first few
	size_t arguments;
};

static const struct option *completion_option(const struct verb *verb, const char *word)
{
	const char *name = word + strspn(word, "-");
	for (const struct option *p = options; p->name; p++)
		if (*word == '-' && option_goes(verb, p) &&
		    (str_equal(p->name, name) || (p->letter && p->letter == name[0] && !name[1])))
			return p;
	return NULL;
}

static struct completion_place completion_read(const char *const word[], size_t n)
{
	struct completion_place at = { .verb = verb_find(word[0]) };
	for (size_t i = 1; at.verb && i + 1 < n; i++) {
		const struct option *p = completion_option(at.verb, word[i]);
		if (p && p->value && i + 2 == n)
			at.value_of = p;
		else if (p && p->value)
			i++;
		else if (!p && at.arguments++ < 4)
			at.argument[at.arguments - 1] = word[i];
	}
	return at;
}

static void completion_positional(struct completion *o, const struct completion_place *at)
{
	const char *argument = completion_argument(o, at->verb, at->arguments);
	if (completion_names(argument, "COMMAND"))
		completion_verbs(o);
	if (completion_names(argument, "KIND"))
		completion_kinds(o);
	if (completion_names(argument, "TEAM"))
		completion_records(o, "team", "");
	if (completion_names(argument, "MEASURE"))
		completion_records(o, "measure", "");
	if (completion_names(argument, "REF"))
		completion_any_record(o);
	if (!str_starts(argument, "FIELD=") || at->arguments < 2)
		return;
	struct record found;
	struct err e = { 0 };
	const char *kind = at->argument[1];
	if (o->store && !kind_find(kind) && cli_find(o->c, o->store, NULL, kind, &found, &e))
		kind = found.kind;
	completion_fields(o, kind);
}

void completion_candidates(struct cli *c, const char *const word[], size_t n)
{
	struct completion o = { .c = c, .begun = n ? word[n - 1] : "" };
	struct err e = { 0 };
	if (n < 2) {
		completion_verbs(&o);
		return;
	}
	struct completion_place at = completion_read(word, n);
	if (!at.verb)
		return;
	if (at.arguments && str_starts(at.verb->arguments, "FILE"))
		o.store = store_open(at.argument[0], STORE_READ, &c->env, &e);
	if (at.value_of)
		completion_value(&o, at.value_of);
	else if (*o.begun == '-')
		completion_options(&o, at.verb);
	else
		completion_positional(&o, &at);
	cli_close(c, o.store);
}

// --- the scripts

// In bash a word with = or : in it comes in pieces, and only the last piece is replaced.
static const char COMPLETION_BASH[] =
    "# bash completion for plando; put it where your system looks for completions:\n"
    "# plando help --completion bash > ~/.local/share/bash-completion/completions/plando\n"
    "_plando() {\n"
    "  local IFS=$'\\n' word words=() found part before\n"
    "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD}\"; do\n"
    "    word=${word//\\\\/} word=${word//[\\'\\\"]/}\n"
    "    if [[ $word == [=:]* || $part == *[=:] ]] && ((${#words[@]})); then\n"
    "      words[-1]+=$word\n"
    "    else\n"
    "      words+=(\"$word\")\n"
    "    fi\n"
    "    part=$word\n"
    "  done\n"
    "  word=${words[-1]} before=${word%\"${word##*[=:]}\"} COMPREPLY=()\n"
    "  for found in $(\"${COMP_WORDS[0]}\" help --candidates -- \"${words[@]}\" 2>/dev/null); do\n"
    "    found=${found#\"$before\"}\n"
    "    [[ $found == *= ]] && compopt -o nospace\n"
    "    COMPREPLY+=(\"$(printf %q \"$found\")\")\n"
    "  done\n"
    "  COMPREPLY=(\"${COMPREPLY[@]//\\\\=/=}\")\n"
    "}\n"
    "complete -o bashdefault -o default -F _plando plando\n";

static const char COMPLETION_ZSH[] =
    "#compdef plando\n"
    "# zsh completion for plando; put it as _plando into a folder of $fpath\n"
    "_plando() {\n"
    "  local -a found\n"
    "  found=(\"${(@f)$(\"${words[1]}\" help --candidates -- \"${(@Q)words[2,CURRENT]}\" "
    "2>/dev/null)}\")\n"
    "  if [[ -n ${found[1]} ]]; then\n"
    "    compadd -S '' -- ${(M)found:#*=}\n"
    "    compadd -- ${found:#*=}\n"
    "  fi\n"
    "  [[ -n ${found[1]} && CURRENT -ne 2 ]] || _files\n"
    "}\n"
    "if [[ $funcstack[1] == _plando ]]; then _plando \"$@\"; else compdef _plando plando; fi\n";

static const char COMPLETION_FISH[] =
    "# fish completion for plando; put it as plando.fish into ~/.config/fish/completions\n"
    "function __plando_candidates\n"
    "    set -l words (commandline -opc) (commandline -ct)\n"
    "    $words[1] help --candidates -- $words[2..-1] 2>/dev/null\n"
    "end\n"
    "complete -c plando -a '(__plando_candidates)'\n";

bool completion_print(const struct cli *c, const char *shell, struct err *e)
{
	static const struct {
		const char *name, *script;
	} SHELLS[] = { { "bash", COMPLETION_BASH }, { "zsh", COMPLETION_ZSH },
		{ "fish", COMPLETION_FISH } };
	for (size_t i = 0; i < sizeof SHELLS / sizeof *SHELLS; i++)
		if (str_equal(shell, SHELLS[i].name)) {
			fputs(SHELLS[i].script, c->out);
			return true;
		}
	return err_set(e, ERR_USAGE,
	    "--completion %s: there is none for this shell; bash, zsh and fish have one", shell);
}
