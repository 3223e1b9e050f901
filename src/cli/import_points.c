// SPDX-License-Identifier: MIT
// Data points from CSV: import FILE DATA.csv. All rows are looked at first; only where every one is
// good they are taken, in one save.
#include "cli/import_points.h"

#include <plando/file.h>
#include <plando/str.h>

#include <signal.h>
#include <string.h>

enum { TOLD_MOST = 1000, STDIN_MOST = 256 << 20, STEP = 8192 };

// --- Ctrl-C: what was begun is undone before the program goes, so that the file is as it was and
// no journal lies beside it. Who cannot wait presses it again.

static const int STOPS[] = { SIGINT, SIGTERM };
enum { STOPS_COUNT = sizeof STOPS / sizeof *STOPS };
static volatile sig_atomic_t stopped;

static void stop_asked(int number)
{
	stopped = number;
}

static void stops_watch(struct sigaction before[STOPS_COUNT])
{
	struct sigaction polite = { .sa_handler = stop_asked, .sa_flags = (int)SA_RESETHAND };
	stopped = 0;
	for (size_t k = 0; k < STOPS_COUNT; k++)
		if (sigaction(STOPS[k], NULL, &before[k]) == 0 && before[k].sa_handler == SIG_DFL)
			sigaction(STOPS[k], &polite, NULL);
}

static void stops_leave(const struct sigaction before[STOPS_COUNT])
{
	for (size_t k = 0; k < STOPS_COUNT; k++)
		sigaction(STOPS[k], &before[k], NULL);
}

// --- reading

bool import_line_add(struct importing *i, unsigned line, unsigned column, const char *why)
{
	struct err e = { 0 };
	if (i->lines == TOLD_MOST)
		return true;
	err_set(&e, ERR_DATA, "%s", why);
	err_place(&e, i->name, line, column);
	if (!arena_grow(i->c->arena, (void **)&i->line, i->lines, &i->cap, sizeof *i->line) ||
	    !(i->line[i->lines] = arena_strdup(i->c->arena, e.text)))
		return false;
	i->lines++;
	return true;
}

static bool row_seen(void *context, const struct intake_row *row, size_t done, size_t rows)
{
	struct importing *i = context;
	if (done % STEP == 0)
		cli_progress(i->c, done, rows, i->doing);
	if (row->verdict == ENTRY_BAD)
		i->starved = !import_line_add(i, row->line, row->column, row->why);
	return !i->starved && !stopped;
}

static bool row_taken(void *context, const struct intake_row *row, size_t done, size_t rows)
{
	struct importing *i = context;
	(void)row;
	if (done % STEP == 0)
		cli_progress(i->c, done, rows, i->doing);
	return !stopped;
}

static bool maps_take(struct cli *c, struct intake *in, struct err *e)
{
	const char *first = option_get(c, "map");
	if (!first && c->words > 2)
		return err_set(e, ERR_USAGE, "import: one argument too many: %s", c->word[2]);
	if (first && !intake_map(in, first, e))
		return false;
	for (size_t i = 2; i < c->words; i++)
		if (!intake_map(in, c->word[i], e))
			return false;
	return true;
}

static bool look_through(struct importing *i, struct err *e)
{
	i->doing = "looking through it";
	bool good = maps_take(i->c, i->in, e) && intake_settle(i->in, e) &&
		    intake_rows(i->in, row_seen, i, &i->counts, e);
	cli_progress(i->c, 0, 0, NULL);
	return good ? true : i->starved ? err_memory(e) : false;
}

static bool take(struct importing *i, struct err *e)
{
	i->doing = "taking it in";
	bool good = intake_save(i->in, false, row_taken, i, &i->changes, e);
	cli_progress(i->c, 0, 0, NULL);
	return good;
}

// --- telling

static const char *order_words(enum block_order order)
{
	static const char *const WORDS[] = { NULL, "day first", "month first" };
	return WORDS[order];
}

static void columns_json(struct json *j, struct intake *in)
{
	json_put_array(j, "columns");
	for (size_t i = 0; i < intake_columns(in); i++) {
		const struct intake_column *column = intake_column(in, i);
		json_object(j);
		json_put_text(j, "name", column->name);
		json_put_text(j, "field",
		    column->field == INTAKE_LEFT ? NULL : intake_field_name(column->field));
		if (intake_checks(in, i))
			json_put_bool(j, "checked", true);
		json_end(j);
	}
	json_end(j);
}

void import_json_begin(struct importing *i, struct json *j)
{
	static const struct {
		const char *key;
		enum entry_verdict verdict;
	} COUNTS[] = { { "added", ENTRY_ADDED }, { "corrected", ENTRY_CORRECTED },
		{ "same", ENTRY_SAME }, { "empty", ENTRY_EMPTY }, { "bad", ENTRY_BAD } };
	json_init(j, i->c->out);
	json_object(j);
	json_put_bool(j, "ok", i->counts.verdict[ENTRY_BAD] == 0);
	json_put_int(j, "records", (int64_t)i->counts.rows);
	json_put_int(j, "changes", (int64_t)i->changes);
	json_put_object(j, "kinds");
	json_put_int(j, "point", (int64_t)i->counts.rows);
	json_end(j);
	json_put_object(j, "points");
	for (size_t k = 0; k < sizeof COUNTS / sizeof *COUNTS; k++)
		json_put_int(j, COUNTS[k].key, (int64_t)i->counts.verdict[COUNTS[k].verdict]);
	json_end(j);
}

void import_json_shape(
    struct json *j, const struct block_shape *shape, enum block_order order, bool comma)
{
	json_put_text(j, "coding", block_coding_name(shape->coding));
	json_put_text(j, "delimiter", block_delimiter_name(shape->delimiter));
	json_put_text(j, "dates", order_words(order));
	json_put_bool(j, "decimal_comma", comma);
}

bool import_json_end(struct importing *i, struct json *j, struct err *e)
{
	json_put_array(j, "problems");
	for (size_t k = 0; k < i->lines; k++)
		json_text(j, i->line[k]);
	json_end(j);
	json_end(j);
	return json_done(j, e);
}

static bool report_json(struct importing *i, struct err *e)
{
	struct json j;
	import_json_begin(i, &j);
	columns_json(&j, i->in);
	import_json_shape(
	    &j, intake_shape(i->in), intake_order(i->in), intake_decimal_comma(i->in));
	return import_json_end(i, &j, e);
}

void import_shape_print(
    struct cli *c, const struct block_shape *shape, enum block_order order, bool comma)
{
	fprintf(c->out, "Read as %s, %s", block_coding_name(shape->coding),
	    block_delimiter_name(shape->delimiter));
	if (order_words(order))
		fprintf(c->out, ", dates with the %s", order_words(order));
	fputs(comma ? ", decimal commas\n" : "\n", c->out);
}

// Which column is what: "Week: date", "Site: (left out)".
static void report_reading(struct importing *i)
{
	struct cli *c = i->c;
	import_shape_print(
	    c, intake_shape(i->in), intake_order(i->in), intake_decimal_comma(i->in));
	for (size_t k = 0; k < intake_columns(i->in); k++) {
		const struct intake_column *column = intake_column(i->in, k);
		fprintf(c->out, "  %s: %s%s\n", cli_safe(c, column->name, false),
		    column->field == INTAKE_LEFT ? "(left out)" : intake_field_name(column->field),
		    intake_checks(i->in, k)
			? "; where a row has numerator and denominator too, checked against them"
			: "");
	}
}

void import_counts_print(struct importing *i)
{
	const size_t *n = i->counts.verdict;
	struct cli *c = i->c;
	fprintf(c->out, "%s: %zu to add, %zu to correct, %zu the same",
	    cli_count(c, (int64_t)i->counts.rows, i->what), n[ENTRY_ADDED], n[ENTRY_CORRECTED],
	    n[ENTRY_SAME]);
	if (n[ENTRY_EMPTY])
		fprintf(c->out, ", %zu without a number", n[ENTRY_EMPTY]);
	fputs("\n", c->out);
	if (option_given(c, "dry-run"))
		fprintf(c->out, "All %ss are good; nothing was imported (--dry-run)\n", i->what);
	else
		fprintf(c->out, "%s\n", cli_count(c, (int64_t)i->changes, "change"));
}

void import_complain(struct importing *i, const char *hint)
{
	size_t bad = i->counts.verdict[ENTRY_BAD];
	for (size_t k = 0; k < i->lines; k++)
		cli_complain(i->c, i->line[k]);
	if (bad > i->lines)
		fprintf(i->c->err, "plando: %s: %zu more %ss are bad\n",
		    cli_safe(i->c, i->name, false), bad - i->lines, i->what);
	fprintf(i->c->err, "plando: %s: %zu of %s %s bad; nothing was imported\n",
	    cli_safe(i->c, i->name, false), bad, cli_count(i->c, (int64_t)i->counts.rows, i->what),
	    bad == 1 ? "is" : "are");
	if (hint)
		fprintf(i->c->err,
		    "plando: %s: nothing in it says whether 1/2/2026 is 1 February or 2 January; "
		    "say so with --map %s\n",
		    cli_safe(i->c, i->name, false), hint);
	i->c->found = ERR_DATA;
}

// --- the command

static bool import_all(struct importing *i, struct err *e)
{
	bool dry = option_given(i->c, "dry-run");
	if (!look_through(i, e))
		return false;
	bool good = i->counts.verdict[ENTRY_BAD] == 0;
	if (good && !dry && !take(i, e))
		return false;
	if (!good)
		import_complain(i, intake_dates_open(i->in) ? "COLUMN=date:dmy or date:mdy" : NULL);
	if (option_given(i->c, "json"))
		return report_json(i, e);
	if (good) {
		report_reading(i);
		import_counts_print(i);
	}
	return true;
}

static bool source_open(
    struct cli *c, const char *path, struct block_bytes *text, FILE **in, struct err *e)
{
	char *all = NULL;
	if (!str_equal(path, "-"))
		return (*in = file_open(path, e)) != NULL;
	if (!file_read_stream(
		c->arena, c->in, "standard input", STDIN_MOST, &all, &text->length, e))
		return false;
	text->text = all;
	return true;
}

bool import_points(struct cli *c, const char *path, struct err *e)
{
	struct importing i = {
		.c = c, .name = str_equal(path, "-") ? "standard input" : path, .what = "row"
	};
	struct block_bytes text = { 0 };
	FILE *in = NULL;
	struct record measure;
	struct sigaction before[STOPS_COUNT];
	const char *ref = option_get(c, "measure");
	bool is_table = false;
	if (!source_open(c, path, &text, &in, e))
		return false;
	stops_watch(before);
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && (!ref || cli_find(c, s, "measure", ref, &measure, e));
	if (good && !ref)
		good = import_table(&i, s, in ? NULL : &text, in, &is_table, e);
	if (good && !is_table) {
		if (in)
			rewind(in);
		i.in = intake_open(
		    s, c->arena, i.name, in ? NULL : &text, in, false, ref ? &measure.id : NULL, e);
		good = i.in && import_all(&i, e);
	}
	intake_close(i.in);
	cli_close(c, s);
	if (in)
		fclose(in);
	stops_leave(before);
	if (!good && stopped) {
		cli_complain(c, "stopped; nothing was imported");
		raise(stopped);
	}
	return good;
}
