// SPDX-License-Identifier: MIT
// What a verb is, and what every verb may use. A new verb is one row in verbs.c, one function, one
// transcript in tests/cli. Help, man page and completion are printed from the rows.
#ifndef PLANDO_CLI_VERBS_H
#define PLANDO_CLI_VERBS_H

#include <plando/history.h>
#include <plando/json.h>
#include <plando/picture.h>
#include <plando/record.h>
#include <plando/table.h>

struct cli;

struct verb {
	const char *name;
	const char *arguments; // as shown: "FILE KIND FIELD=VALUE…"
	const char *options;   // names of its own options, blank separated; "" = none
	unsigned least, most;  // number of arguments; WORDS_MANY = any number
	const char *help;      // one line
	const char *more;      // more lines for `plando help VERB`, or NULL
	bool (*run)(struct cli *c, struct err *e);
};
enum { WORDS_MANY = 1000000 };

extern const struct verb verbs[]; // ends with name == NULL
const struct verb *verb_find(const char *name);
typedef const struct verb *verb_finder(const char *name);

struct option {
	const char *name;  // "as-of"
	char letter;	   // 'o' for -o; 0 = none
	bool everywhere;   // goes with every verb
	const char *value; // what stands after it: "T"; "N…" = several; NULL = nothing
	const char *help;
	const char *verb; // the only verb it is for; others may have one of that name. NULL = any
};
extern const struct option options[]; // ends with name == NULL
enum { OPTIONS_MOST = 96 };

// One command as it was given.
struct cli {
	FILE *in, *out, *err;
	struct arena *arena; // lives as long as the command
	struct env env;
	const struct verb *verb;
	const char *given[OPTIONS_MOST]; // by row of options[]: its value, "" for a bare one, or
					 // NULL; several of them with commas between
	const char **word;		 // the arguments after the verb
	size_t words;
	const char **again; // further values of an option that may be given several times: they
			    // stand at the end of the arguments too
	size_t agains;
	bool ascii, quiet;
	int width;	     // of the terminal that `out` is; 0 = none: lines as long as they need
	enum err_code found; // done, and yet: a check found problems, a file was left out
	bool starved;	     // memory ran out while printing: told at the end
	bool stdin_taken;    // "-" was used up
	size_t shown;	     // how far the bar of a merge is drawn
	const char *doing;   // what the bar says is being done, NULL: there is none
	int64_t doing_since;
};

// Splits argv into verb, options and arguments. False: wrong usage, in words.
bool options_parse(struct cli *c, int argc, char **argv, verb_finder *find, struct err *e);
// The value of an option, "" for a bare one, NULL where it was not given.
const char *option_get(const struct cli *c, const char *name);
bool option_given(const struct cli *c, const char *name);
const char *option_value(const char *name); // what stands after it in the help: "dmy|mdy|ymd"
// Does the verb take it (options that go everywhere included)?
bool option_goes(const struct verb *verb, const struct option *option);
// A date or moment as people type it; a date alone means its beginning, or its end where `end`.
bool option_moment(struct cli *c, const char *name, bool end, int64_t *ms, struct err *e);

// The closest name within reach of a slip of the finger, or NULL.
const char *nearest(const char *typed, const char *const name[], size_t n);

// The workbook that the first argument names, as of --as-of where given. NULL: e says why; for
// STORE_WRITE also where it cannot be written.
struct store *cli_open(struct cli *c, enum store_mode mode, struct err *e);
struct store *cli_open_path(struct cli *c, const char *path, enum store_mode mode, struct err *e);
void cli_close(struct cli *c, struct store *s); // NULL is allowed
// What an argument names: a kind, or by the id of its form the notes (assessments) of that form.
struct named_kind {
	const struct kind *kind;
	const struct form *own; // NULL: the kind itself
};
bool cli_kind(struct forms *forms, const char *name, struct named_kind *out, struct err *e);
// The record that REF names: of the kinds given (blank separated; NULL = any), or "collaborative".
bool cli_find(struct cli *c, struct store *s, const char *kind, const char *ref, struct record *out,
    struct err *e);
// The text, or "" where memory ran out, which the command then tells at its end. So do those below.
// Rows to standard output, for --csv; with the mark for Excel where it is asked for.
struct csv cli_csv(struct cli *c);
const char *cli_or_empty(struct cli *c, const char *text);
// Text from a file, safe to print.
const char *cli_safe(struct cli *c, const char *text, bool lines);
// "1 record", "2 records".
const char *cli_count(struct cli *c, int64_t n, const char *noun);
const char *cli_number(struct cli *c, int64_t n); // "2"
// The form's field of a cell ("predictions.3fa90b12.result" is its "predictions.result"), or NULL.
const struct form_field *cli_field(
    struct cli *c, struct store *s, const char *kind, const char *cell);
// A cell's value in words, one line, safe to print: a choice's label, the title of what a reference
// names, "(empty)".
const char *cli_show(
    struct cli *c, struct store *s, const char *kind, const char *cell, const char *value);
// "PDSA cycle Text reminders": what people call a record, safe to print; "" where it is not here.
const char *cli_call(struct cli *c, struct store *s, const struct id *id);
// What a save did, with the digits by which it can be undone: "0123456789abcdef  undone: Hubs ›
// Mean wait: Goal". Nothing where it wrote nothing, or with --quiet.
void cli_did(struct cli *c, struct store *s, const char *what, const struct history *did);
// A line for people on standard error, when that is a terminal and --quiet was not given.
void cli_say(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// A bar of long work on standard error, where that is a terminal; what NULL: it is done, and the
// bar goes.
void cli_progress(struct cli *c, size_t done, size_t total, const char *what);
// An error line at once, for commands that report many ("plando: …").
void cli_complain(struct cli *c, const char *text);
// The value behind FIELD=: itself, or the text of @PATH, or standard input for "-".
bool cli_value(struct cli *c, const char *typed, const char **value, struct err *e);

// What a merge or sync left out, and why: it is said, and the status is ERR_DATA unless --skip.
struct merge_left_out;
void cli_left_out(struct cli *c, const struct merge_left_out *left, size_t n);
void cli_left_out_json(struct json *j, const struct merge_left_out *left, size_t n);

// What merges erase, before all else that is told of them; and the same for programs.
struct merge_report;
// "12 changes in 3 records, 1 new conflict", or "nothing new", and what of it is not shown; and the
// same for programs, an object of `path` in an array.
void cli_merged(struct cli *c, const struct merge_report *r);
void cli_merged_json(struct json *j, const char *path, const struct merge_report *r);
void cli_erasures(struct cli *c, const struct merge_report *report, size_t n, bool past);
void cli_erasures_json(struct json *j, const struct merge_report *report, size_t n);

// A slip that would cost the workbook: is `path`, to be written, the workbook (the first argument)
// itself? False: it is, in words.
bool cli_out_apart(struct cli *c, const char *path, struct err *e);
// The picture that was asked for, by --svg OUT, --png OUT or --pdf OUT. False: none.
bool cli_picture_asked(const struct cli *c, enum picture_format *format, const char **path);
// Writes it; - is standard output.
bool cli_picture(struct cli *c, const struct scene *s, enum picture_format format, const char *path,
    struct err *e);

// help.c
void help_overview(const struct cli *c);
void help_verb(const struct cli *c, const struct verb *verb);
// In how many families of the help it stands: one, but for help itself.
size_t help_families(const struct verb *verb);

// completion.c
// Prints what may stand in place of the last word, one a line; nothing: a file, or unknown.
void completion_candidates(struct cli *c, const char *const word[], size_t n);
// Prints the script of that shell ("bash").
bool completion_print(const struct cli *c, const char *shell, struct err *e);

bool verb_help(struct cli *c, struct err *e);
bool verb_new(struct cli *c, struct err *e);
bool verb_copy(struct cli *c, struct err *e);
bool verb_check(struct cli *c, struct err *e);
bool verb_add(struct cli *c, struct err *e);
bool verb_set(struct cli *c, struct err *e);
bool verb_delete(struct cli *c, struct err *e);
bool verb_fill(struct cli *c, struct err *e);
bool verb_get(struct cli *c, struct err *e);
bool verb_list(struct cli *c, struct err *e);
bool verb_kinds(struct cli *c, struct err *e);
bool verb_status(struct cli *c, struct err *e);
bool verb_assess(struct cli *c, struct err *e);
bool verb_chart(struct cli *c, struct err *e);
bool verb_measures(struct cli *c, struct err *e);
bool verb_equity(struct cli *c, struct err *e);
bool verb_diagram(struct cli *c, struct err *e);
bool verb_coverage(struct cli *c, struct err *e);
bool verb_search(struct cli *c, struct err *e);
bool verb_import(struct cli *c, struct err *e);
bool verb_export(struct cli *c, struct err *e);
bool verb_merge(struct cli *c, struct err *e);
bool verb_join(struct cli *c, struct err *e);
bool verb_conflicts(struct cli *c, struct err *e);
bool verb_resolve(struct cli *c, struct err *e);
bool verb_clock(struct cli *c, struct err *e);
bool verb_sync(struct cli *c, struct err *e);
bool verb_learned(struct cli *c, struct err *e);
bool verb_fidelity(struct cli *c, struct err *e);
bool verb_log(struct cli *c, struct err *e);
bool verb_undo(struct cli *c, struct err *e);
bool verb_share(struct cli *c, struct err *e);
bool verb_bundle(struct cli *c, struct err *e);
bool verb_redact(struct cli *c, struct err *e);
bool verb_erased(struct cli *c, struct err *e);
bool verb_recover(struct cli *c, struct err *e);
bool verb_name(struct cli *c, struct err *e);
bool verb_forms(struct cli *c, struct err *e);
bool verb_demo(struct cli *c, struct err *e);
// `plando [FILE]`
bool verb_app(struct cli *c, const char *path, struct err *e);

#endif
