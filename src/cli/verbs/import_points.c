// SPDX-License-Identifier: MIT
// Data points out of a file: import FILE DATA.csv. All of it is looked at first; only where every
// row or cell is good they are taken, in one save.
#include "cli/verbs/import_points.h"

#include "cli/verbs/import_data.h"

#include <plando/file.h>
#include <plando/str.h>

#include <signal.h>
#include <string.h>

enum { TOLD_MOST = 1000, STEP = 8192 };

struct importing {
	struct cli *c;
	const char *name, *what; // of the file; "row" or "cell"
	struct intake *in;
	struct intake_counts counts;
	const char *doing;
	const char **line; // what is wrong, one after the other
	size_t lines, cap;
	size_t changes;
	bool starved;
};

// --- Ctrl-C: what was begun is undone before the program goes, so that the file is as it was and
// no journal lies beside it. Who cannot wait presses it again.

static const int STOPS[] = { SIGINT, SIGTERM };
enum { STOPS_COUNT = sizeof STOPS / sizeof *STOPS };
static volatile sig_atomic_t stopped;

static void import_points_stop_asked(int number)
{
	stopped = number;
}

static void import_points_stops_watch(struct sigaction before[STOPS_COUNT])
{
	struct sigaction polite = { .sa_handler = import_points_stop_asked,
		.sa_flags = (int)SA_RESETHAND };
	stopped = 0;
	for (size_t k = 0; k < STOPS_COUNT; k++)
		if (sigaction(STOPS[k], NULL, &before[k]) == 0 && before[k].sa_handler == SIG_DFL)
			sigaction(STOPS[k], &polite, NULL);
}

static void import_points_stops_leave(const struct sigaction before[STOPS_COUNT])
{
	for (size_t k = 0; k < STOPS_COUNT; k++)
		sigaction(STOPS[k], &before[k], NULL);
}

// --- reading

// One thing that is wrong; beyond a thousand they are only counted. False: out of memory.
static bool import_line_add(struct importing *i, unsigned line, unsigned column, const char *why)
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

static bool import_seen(void *context, const struct intake_row *row, size_t done, size_t rows)
{
	struct importing *i = context;
	if (done % STEP == 0)
		cli_progress(i->c, done, rows, i->doing);
	if (row->verdict == ENTRY_BAD)
		i->starved = !import_line_add(i, row->line, row->column, row->why);
	return !i->starved && !stopped;
}

static bool import_taken(void *context, const struct intake_row *row, size_t done, size_t rows)
{
	struct importing *i = context;
	(void)row;
	if (done % STEP == 0)
		cli_progress(i->c, done, rows, i->doing);
	return !stopped;
}

static bool import_maps(struct cli *c, struct intake *in, struct err *e)
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

static bool import_look(struct importing *i, struct err *e)
{
	i->doing = "looking through it";
	bool good = import_maps(i->c, i->in, e) && intake_settle(i->in, e) &&
		    intake_rows(i->in, import_seen, i, &i->counts, e);
	cli_progress(i->c, 0, 0, NULL);
	return good ? true : i->starved ? err_memory(e) : false;
}

static bool import_take(struct importing *i, struct err *e)
{
	i->doing = "taking it in";
	bool good = intake_save(i->in, false, import_taken, i, &i->changes, e);
	cli_progress(i->c, 0, 0, NULL);
	return good;
}

// --- telling

static const char *import_points_order_words(enum block_order order)
{
	static const char *const WORDS[] = { NULL, "day first", "month first", "year first", NULL };
	return WORDS[order];
}

static void import_points_columns_json(struct json *j, struct intake *in)
{
	json_put_array(j, "columns");
	for (size_t i = 0; i < intake_columns(in); i++) {
		struct intake_column column = intake_column(in, i);
		json_object(j);
		json_put_text(j, "name", column.name);
		json_put_text(j, "field",
		    column.field == INTAKE_LEFT ? NULL : intake_field_name(column.field));
		if (intake_checks(in, i))
			json_put_bool(j, "checked", true);
		json_end(j);
	}
	json_end(j);
}

static void import_points_counts_json(struct importing *i, struct json *j)
{
	static const struct {
		const char *key;
		enum entry_verdict verdict;
	} COUNTS[] = { { "added", ENTRY_ADDED }, { "corrected", ENTRY_CORRECTED },
		{ "same", ENTRY_SAME }, { "empty", ENTRY_EMPTY }, { "bad", ENTRY_BAD } };
	json_put_bool(j, "ok", i->counts.verdict[ENTRY_BAD] == 0);
	json_put_int(j, "records", (int64_t)i->counts.rows);
	json_put_int(j, "changes", (int64_t)i->changes);
	json_put_object(j, "kinds");
	json_put_int(j, "point", (int64_t)i->counts.rows);
	json_end(j);
	json_put_object(j, "points");
	for (size_t k = 0; k < sizeof COUNTS / sizeof *COUNTS; k++)
		json_put_int(j, COUNTS[k].key, (int64_t)i->counts.verdict[COUNTS[k].verdict]);
	json_put_int(j, "ahead", (int64_t)i->counts.ahead);
	json_end(j);
}

static bool import_points_report_json(struct importing *i, struct err *e)
{
	static const char *const QUESTION[INTAKE_QUESTIONS] = { NULL, "dates", "decimal", "percent",
		"suppressed" };
	struct json j;
	const struct block_shape *shape = intake_shape(i->in);
	json_init(&j, i->c->out);
	json_object(&j);
	import_points_counts_json(i, &j);
	if (intake_is_table(i->in))
		json_put_text(&j, "dates_go", intake_is_turned(i->in) ? "down" : "across");
	else
		import_points_columns_json(&j, i->in);
	json_put_text(&j, "coding", block_coding_name(shape->coding));
	json_put_text(&j, "delimiter", block_delimiter_name(shape->delimiter));
	json_put_text(&j, "dates", import_points_order_words(intake_order(i->in)));
	json_put_bool(&j, "decimal_comma", intake_decimal(i->in) == BLOCK_COMMA);
	json_put_bool(&j, "percent_fractions", intake_percents_are_fractions(i->in));
	json_put_text(&j, "asks", QUESTION[intake_question(&i->counts)]);
	json_put_array(&j, "problems");
	for (size_t k = 0; k < i->lines; k++)
		json_text(&j, i->line[k]);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static void import_points_shape_print(struct importing *i)
{
	struct cli *c = i->c;
	const struct block_shape *shape = intake_shape(i->in);
	const char *order = import_points_order_words(intake_order(i->in));
	size_t above = intake_skipped(i->in);
	fprintf(c->out, "Read as %s, %s", block_coding_name(shape->coding),
	    block_delimiter_name(shape->delimiter));
	if (order)
		fprintf(c->out, ", dates with the %s", order);
	if (intake_decimal(i->in) == BLOCK_COMMA)
		fputs(", decimal commas", c->out);
	if (intake_percents_are_fractions(i->in))
		fputs(", 0.85 as 85 %", c->out);
	fputs("\n", c->out);
	if (above)
		fprintf(c->out, "  %s above the names of the columns left out\n",
		    cli_count(c, (int64_t)above, "line"));
}

// Which column is what: "Week: date", "Site: (left out)".
static void import_points_report_reading(struct importing *i)
{
	struct cli *c = i->c;
	bool turned = intake_is_turned(i->in);
	import_points_shape_print(i);
	if (intake_is_table(i->in))
		fprintf(c->out, "  a table: %s\n",
		    turned ? "dates go down, measures across" : "measures go down, dates across");
	for (size_t k = 0; !turned && k < intake_columns(i->in); k++) {
		struct intake_column column = intake_column(i->in, k);
		bool unnamed = intake_is_table(i->in) && !*column.name;
		fprintf(c->out, "  %s: %s%s\n",
		    unnamed ? "(no name)" : cli_safe(c, column.name, false),
		    column.field == INTAKE_LEFT ? "(left out)" : intake_field_name(column.field),
		    intake_checks(i->in, k)
			? "; where a row has numerator and denominator too, checked against them"
			: "");
	}
}

static void import_points_counts_print(struct importing *i)
{
	const size_t *n = i->counts.verdict;
	struct cli *c = i->c;
	fprintf(c->out, "%s: %zu to add, %zu to correct, %zu the same",
	    cli_count(c, (int64_t)i->counts.rows, i->what), n[ENTRY_ADDED], n[ENTRY_CORRECTED],
	    n[ENTRY_SAME]);
	if (n[ENTRY_EMPTY])
		fprintf(c->out, ", %zu without a number", n[ENTRY_EMPTY]);
	fputs("\n", c->out);
	if (i->counts.gaps)
		fprintf(c->out, "%s without a number: a gap in the chart\n",
		    cli_count(c, (int64_t)i->counts.gaps, i->what));
	if (i->counts.ahead)
		fprintf(c->out, "%s in the future\n",
		    i->counts.ahead == 1 ? "one of them lies"
					 : cli_or_empty(c, arena_printf(c->arena, "%zu of them lie",
							       i->counts.ahead)));
	if (option_given(c, "dry-run"))
		fprintf(c->out, "All %ss are good; nothing was imported (--dry-run)\n", i->what);
	else
		fprintf(c->out, "%s\n", cli_count(c, (int64_t)i->changes, "change"));
}

static void import_complain(struct importing *i)
{
	struct cli *c = i->c;
	size_t bad = i->counts.verdict[ENTRY_BAD];
	const char *name = cli_safe(c, i->name, false);
	for (size_t k = 0; k < i->lines; k++)
		cli_complain(c, i->line[k]);
	if (bad > i->lines)
		fprintf(
		    c->err, "plando: %s: %zu more %ss are bad\n", name, bad - i->lines, i->what);
	fprintf(c->err, "plando: %s: %zu of %s %s bad; nothing was imported\n", name, bad,
	    cli_count(c, (int64_t)i->counts.rows, i->what), bad == 1 ? "is" : "are");
	for (int q = INTAKE_NO_QUESTION + 1; q < INTAKE_QUESTIONS; q++)
		if (i->counts.open[q])
			fprintf(c->err, "plando: %s: %s\n", name,
			    import_question_hint((enum intake_question)q));
	c->found = ERR_DATA;
}

// --- the command

static bool import_all(struct importing *i, struct err *e)
{
	bool dry = option_given(i->c, "dry-run");
	if (!import_look(i, e))
		return false;
	bool good = i->counts.verdict[ENTRY_BAD] == 0;
	if (good && !dry && !import_take(i, e))
		return false;
	if (!good)
		import_complain(i);
	if (option_given(i->c, "json"))
		return import_points_report_json(i, e);
	if (good) {
		import_points_report_reading(i);
		import_points_counts_print(i);
	}
	return true;
}

bool import_points(struct cli *c, const struct import_data *data, struct err *e)
{
	struct importing i = { .c = c, .name = data->name };
	struct intake_source source = { .name = i.name };
	struct intake_target target = { 0 };
	struct intake_said said;
	struct record measure = { 0 };
	struct sigaction before[STOPS_COUNT];
	const char *ref = option_get(c, "measure"), *map = option_get(c, "map");
	if (!import_said(c, &said, e))
		return false;
	if (data->standard)
		source.text = &data->text;
	else if (!(source.in = file_open(data->path, e)))
		return false;
	target.rows = map && !str_starts(map, "dates=");
	target.measure = ref ? &measure.id : NULL;
	import_points_stops_watch(before);
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && (!ref || cli_find(c, s, "measure", ref, &measure, e)) &&
		    (i.in = intake_open(s, c->arena, &source, &target, &said, e));
	i.what = good && intake_is_table(i.in) ? "cell" : "row";
	good = good && import_all(&i, e);
	intake_close(i.in);
	cli_close(c, s);
	if (source.in)
		fclose(source.in);
	import_points_stops_leave(before);
	if (!good && stopped) {
		cli_complain(c, "stopped; nothing was imported");
		raise(stopped);
	}
	return good;
}
