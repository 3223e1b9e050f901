// SPDX-License-Identifier: MIT
// A run chart or control chart: of a measure, or of a CSV file.
#include "cli/verbs/verb_chart.h"

#include <plando/chart_scene.h>
#include <plando/date.h>
#include <plando/decimal.h>
#include <plando/equity.h>
#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_WIDTH = 78, TEXT_ROWS = 16, STRATA_MOST = 50 };

// --- options

static bool chart_wrong(const char *name, const char *value, const char *what, struct err *e)
{
	return err_set(e, ERR_USAGE, "--%s: %.60s %s", name, value, what);
}

static bool chart_take_real(const struct cli *c, const char *name, double *out, struct err *e)
{
	struct decimal d;
	const char *value = option_get(c, name);
	if (!value)
		return true;
	if (!decimal_parse(value, &d))
		return chart_wrong(name, value, "is no number; write it like 12.5", e);
	*out = decimal_real(d);
	return true;
}

static bool chart_take_count(
    const char *name, const char *text, size_t n, size_t *out, struct err *e)
{
	const char *plain = text_trim(text, &n);
	if (n == 0 || n > 7 || strspn(plain, "0123456789") < n || strtoul(plain, NULL, 10) == 0)
		return err_set(e, ERR_USAGE, "--%s: %.*s is no number of a point; write 1, 2, 3 …",
		    name, (int)n, plain);
	*out = strtoul(plain, NULL, 10);
	return true;
}

static bool chart_take_counts(
    struct cli *c, const char *name, const size_t **out, size_t *count, struct err *e)
{
	const char *value = option_get(c, name);
	if (!value)
		return true;
	size_t *list = arena_array(c->arena, strlen(value) + 1, sizeof *list), have = 0;
	if (!list)
		return err_memory(e);
	for (const char *p = value;; p++) {
		size_t n = strcspn(p, ",");
		if (!chart_take_count(name, p, n, &list[have++], e))
			return false;
		p += n;
		if (!*p)
			break;
	}
	*out = list;
	*count = have;
	return true;
}

// Dates, or whole numbers where the series has those.
static bool chart_take_phases(
    struct cli *c, const struct chart_face *f, struct chart_options *o, struct err *e)
{
	const char *value = option_get(c, "phase");
	if (!value)
		return true;
	int64_t *list = arena_array(c->arena, strlen(value) + 1, sizeof *list);
	size_t have = 0;
	if (!list)
		return err_memory(e);
	for (const char *p = value;; p++) {
		date_t day;
		size_t n = strcspn(p, ","), at = 0;
		const char *one = arena_copy(c->arena, p, n);
		if (!one)
			return err_memory(e);
		if (f->numbers && !chart_take_count("phase", one, n, &at, e))
			return false;
		if (!f->numbers && !date_parse_iso(one, &day))
			return chart_wrong("phase", one, "is no date; write 2026-05-03", e);
		list[have++] = f->numbers ? (int64_t)at : day;
		p += n;
		if (!*p)
			break;
	}
	o->phase_at = list;
	o->phase_ats = have;
	return true;
}

static bool chart_take_baseline(const struct cli *c, struct chart_options *o, struct err *e)
{
	const char *value = option_get(c, "baseline");
	if (!value)
		return true;
	o->baseline = str_equal(value, "all") ? CHART_ALL : CHART_FIRST;
	return o->baseline == CHART_ALL ||
	       chart_take_count("baseline", value, strlen(value), &o->baseline_points, e);
}

// One of the words of an option; the number of the word.
static bool chart_take_word(
    const struct cli *c, const char *name, const char *const word[], int *out, struct err *e)
{
	const char *value = option_get(c, name);
	for (int i = 0; value && word[i]; i++)
		if (str_equal(word[i], value)) {
			*out = i;
			return true;
		}
	return !value ||
	       chart_wrong(name, value, "is none of its values; plando help chart lists them", e);
}

static bool chart_take_words(const struct cli *c, struct chart_options *o, struct err *e)
{
	static const char *const WAYS[] = { "none", "up", "down", NULL };
	static const char *const LENGTHS[] = { "6", "7", NULL };
	static const char *const SCREEN[] = { "on", "off", NULL };
	int way = (int)o->direction, length = -1, off = o->unscreened;
	if (!chart_take_word(c, "direction", WAYS, &way, e) ||
	    !chart_take_word(c, "run-length", LENGTHS, &length, e) ||
	    !chart_take_word(c, "screen", SCREEN, &off, e))
		return false;
	o->direction = (enum chart_direction)way;
	o->unscreened = off;
	if (length >= 0)
		o->run_length = length + 6;
	return true;
}

// Where only rules are given that need limits, the chart that the data ask for.
static bool chart_take_type(
    const struct cli *c, const struct measure *m, struct chart_options *o, struct err *e)
{
	const char *type = option_get(c, "type"), *rules = option_get(c, "rules");
	if (rules && !chart_rules_of(rules, &o->rules))
		return chart_wrong("rules", rules, "is none of anhoej, ihi, mdc and shewhart", e);
	if (type && !chart_type_of(type, &o->type))
		return chart_wrong(
		    "type", type, "is none of the charts; plando help chart lists them", e);
	bool limits = o->rules == CHART_MDC || o->rules == CHART_SHEWHART;
	if (!type && limits && o->type == CHART_RUN)
		o->type = m ? chart_type_for(m, o->rules) : CHART_I;
	return true;
}

static bool chart_take_all(struct cli *c, const struct measure *m, const struct chart_face *f,
    struct chart_options *o, struct err *e)
{
	return chart_take_type(c, m, o, e) && chart_take_words(c, o, e) &&
	       chart_take_baseline(c, o, e) && chart_take_real(c, "target", &o->target, e) &&
	       chart_take_real(c, "centre", &o->centre, e) &&
	       chart_take_real(c, "multiply", &o->multiply, e) && chart_take_phases(c, f, o, e) &&
	       chart_take_counts(c, "phase-after", &o->phase_after, &o->phase_afters, e) &&
	       chart_take_counts(c, "exclude", &o->exclude, &o->excludes, e);
}

// --- making them

static bool chart_make_one(
    struct cli *c, const struct charteds *all, struct charted *of, struct err *e)
{
	size_t place;
	if (chart_make(c->arena, of->data, of->count, &of->options, &of->chart, &place, e))
		return true;
	if (of->line)
		err_place(e, all->path, place < of->read ? of->line[place] : 0, 0);
	return false;
}

// A phase that was asked for begins between the first point and the last one.
static bool chart_check_phases(struct cli *c, const struct charted *of, struct err *e)
{
	const struct chart_options *o = &of->options;
	const struct chart *k = &of->chart;
	for (size_t i = 0; option_given(c, "phase") && k->count && i < o->phase_ats; i++)
		if (o->phase_at[i] <= k->point[0].x || o->phase_at[i] > k->point[k->count - 1].x)
			return err_set(e, ERR_USAGE,
			    "--phase: no phase can begin there: it needs a point before it, and "
			    "one on its day or after it");
	return true;
}

// A baseline that is not the one asked for is said, and the chart is made: it may be what it will be
// when more points have come. What names a point that is not there is refused.
static bool chart_check_places(struct cli *c, const struct charted *of, struct err *e)
{
	const struct chart_options *o = &of->options;
	if (option_given(c, "baseline") && of->chart.unkept)
		cli_complain(
		    c, cli_or_empty(
			   c, arena_printf(c->arena, "--baseline: %s",
				  cli_or_empty(c, chart_unkept_words(c->arena, &of->chart)))));
	for (size_t i = 0; i < o->excludes; i++)
		if (o->exclude[i] > of->chart.count)
			return err_set(
			    e, ERR_USAGE, "--exclude: there are only %zu points", of->chart.count);
	for (size_t i = 0; i < o->phase_afters; i++)
		if (o->phase_after[i] >= of->chart.count)
			return err_set(e, ERR_USAGE,
			    "--phase-after: no point comes after point %zu; there are %zu",
			    o->phase_after[i], of->chart.count);
	return true;
}

// --- printing them

// What somebody marked as unusual is marked in every chart of the measure.
static bool chart_mark_unusual(struct cli *c, const struct measure *m, const struct charteds *all,
    struct chart_sheet *sheet, struct err *e)
{
	for (size_t i = 0; m && i < all->count; i++) {
		const struct chart *k = &all->item[i].chart;
		bool *unusual = arena_array(c->arena, k->count + 1, sizeof *unusual);
		if (!unusual)
			return err_memory(e);
		for (size_t j = 0; j < k->count; j++)
			unusual[j] = chart_unusual(m, (date_t)k->point[j].x);
		sheet->unusual[i] = unusual;
	}
	return true;
}

static bool chart_make_sheet(struct cli *c, const struct measure *m, const struct charteds *all,
    struct chart_sheet *sheet, struct err *e)
{
	bool text = option_given(c, "text");
	*sheet =
	    (struct chart_sheet){ .width = text || c->width < TEXT_WIDTH ? TEXT_WIDTH : c->width,
		    .rows = TEXT_ROWS,
		    .ascii = c->ascii,
		    .braille = option_given(c, "braille"),
		    .table = text };
	for (size_t i = 0; i < all->count; i++) {
		sheet->part[i] = &all->item[i].chart;
		sheet->name[i] = cli_safe(c, all->item[i].stratum, false);
	}
	sheet->parts = all->count;
	sheet->whole = all->whole;
	return chart_mark_unusual(c, m, all, sheet, e);
}

static bool chart_text(struct cli *c, const struct chart_sheet *sheet,
    const struct chart_notes *notes, const struct chart_face *f, struct err *e)
{
	struct str out = STR_IN(c->arena);
	if (!chart_print(c->arena, sheet, f, notes, &out, e))
		return false;
	const char *page = str_done(&out);
	if (!page)
		return err_memory(e);
	if (fputs(page, c->out) < 0)
		return err_set(e, ERR_IO, "the result cannot be written; is the disk full?");
	return true;
}

static bool chart_picture(struct cli *c, const struct chart_sheet *sheet,
    const struct chart_notes *notes, const struct chart_face *f, enum picture_format format,
    const char *path, struct err *e)
{
	struct scene scene;
	date_t today = env_today(&c->env);
	const char *when = date_show(c->arena, today, today + 366); // with the year
	const struct scene_type *type = picture_type(e);
	return type && chart_scene(c->arena, sheet, f, notes, when, type, &scene, e) &&
	       cli_picture(c, &scene, format, path, e);
}

static bool chart_show(struct cli *c, const struct measure *m, struct charteds *all,
    const struct chart_notes *notes, const struct chart_face *f, struct err *e)
{
	struct chart_sheet sheet;
	enum picture_format format;
	const char *path;
	if (all->count > CHART_PARTS)
		return err_set(e, ERR_DATA,
		    "%zu groups are too many for one page; give one by --stratum", all->count);
	for (size_t i = 0; i < all->count; i++) {
		if (!chart_take_all(c, m, f, &all->item[i].options, e) ||
		    !chart_make_one(c, all, &all->item[i], e) ||
		    !chart_check_places(c, &all->item[i], e) ||
		    !chart_check_phases(c, &all->item[i], e))
			return false;
	}
	if (option_given(c, "json"))
		return chart_json(c, all, f, e);
	if (!chart_make_sheet(c, m, all, &sheet, e))
		return false;
	if (cli_picture_asked(c, &format, &path))
		return chart_picture(c, &sheet, notes, f, format, path, e);
	return chart_text(c, &sheet, notes, f, e);
}

// --- of a file

// As the same data would be charted out of a workbook: points after today, and, where --interval
// says how often they are due, what is absent. Nothing is guessed from the dates: points are
// counted as they stand in the file. Events have no dates at which they are due.
static bool chart_file_due(struct cli *c, struct charted *of, enum chart_type type, struct err *e)
{
	const char *every = option_get(c, "interval");
	of->options.until = env_today(&c->env);
	if (!every || type == CHART_G || type == CHART_T)
		return true;
	for (int kind = 0; kind < PERIOD_KINDS; kind++)
		if (str_equal(every, PERIOD_NAME[kind]))
			return chart_due_fill(c->arena, (enum period_kind)kind, of->options.until,
				   &of->data, &of->count, e) ||
			       err_memory(e);
	return err_set(e, ERR_USAGE,
	    "--interval %s: this is no interval; write day, week, fortnight, month or quarter",
	    every);
}

static bool chart_file(struct cli *c, const char *path, struct err *e)
{
	struct charteds all = { 0 };
	struct chart_face face;
	struct chart_options o = chart_defaults();
	if (!chart_take_type(c, NULL, &o, e) ||
	    !chart_csv(c, path, option_get(c, "stratum"), o.type, &all, &face, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		all.item[i].options = chart_defaults();
		if (!face.numbers && !chart_file_due(c, &all.item[i], o.type, e))
			return false;
	}
	face.ascii = c->ascii;
	return chart_show(c, NULL, &all, NULL, &face, e);
}

// --- of a measure

static bool chart_one_series(struct cli *c, const struct measure *m,
    const struct measure_series *series, enum chart_rules usual, struct charteds *all,
    struct err *e)
{
	struct chart_source source;
	if (!chart_source(c->arena, m, series, usual, &source, e))
		return false;
	all->item[all->count++] = (struct charted){ .stratum = series->stratum,
		.data = source.data,
		.count = source.count,
		.options = source.options };
	return true;
}

static bool chart_no_stratum(const struct measure *m, const char *stratum, struct err *e)
{
	struct err list = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < m->strata && n < sizeof list.text - 80; i++)
		n += (size_t)snprintf(list.text + n, sizeof list.text - n, "%s%.60s", i ? ", " : "",
		    m->stratum[i].stratum);
	return err_set(e, ERR_USAGE, "--stratum: %.60s is no group of this measure%s%.400s",
	    stratum, m->strata ? "; there are " : "; it has none", m->strata ? list.text : "");
}

static bool chart_measure_series(struct cli *c, const struct measure *m, enum chart_rules usual,
    struct charteds *all, struct err *e)
{
	const char *stratum = option_get(c, "stratum");
	all->item = arena_array(c->arena, m->strata + 1, sizeof *all->item);
	if (!all->item)
		return err_memory(e);
	if (!stratum)
		return chart_one_series(c, m, &m->whole, usual, all, e);
	all->many = str_equal(stratum, "all");
	for (size_t i = 0; i < m->strata; i++)
		if ((all->many || str_equal(m->stratum[i].stratum, stratum)) &&
		    !chart_one_series(c, m, &m->stratum[i], usual, all, e))
			return false;
	if (all->many && !chart_of_all(c->arena, m, usual, &all->whole, e))
		return false;
	return all->count || chart_no_stratum(m, stratum, e);
}

static bool chart_measure(struct cli *c, struct store *s, struct err *e)
{
	struct record r, team;
	struct measure m;
	struct charteds all = { 0 };
	struct chart_notes notes;
	struct chart_face face;
	enum chart_rules usual;
	if (!cli_find(c, s, "measure", c->word[1], &r, e) ||
	    !measure_load(s, c->arena, &r.id, store_today(s), &m, e) ||
	    !chart_rules_load(s, &usual, e) ||
	    !chart_notes_load(s, c->arena, &m, store_today(s), &notes, e) ||
	    !chart_measure_series(c, &m, usual, &all, e))
		return false;
	chart_face_of(&m, &m.whole, &face);
	face.name = cli_safe(c, m.name, false);
	face.unit = cli_safe(c, m.unit, false);
	face.ascii = c->ascii;
	if (option_get(c, "stratum") && !equity_least_load(s, &face.least, e))
		return false;
	if (record_load(s, c->arena, &m.team, &team, NULL))
		face.team = cli_safe(c, record_get(&team, "name"), false);
	for (size_t i = 0; i < notes.count; i++)
		notes.note[i].text = cli_safe(c, notes.note[i].text, false);
	return chart_show(c, &m, &all, &notes, &face, e);
}

bool verb_chart(struct cli *c, struct err *e)
{
	const char *csv = option_get(c, "csv");
	if (csv && c->words)
		return err_set(e, ERR_USAGE,
		    "%.60s: chart takes a workbook's measure or --csv, not both", c->word[0]);
	if (csv)
		return chart_file(c, csv, e);
	if (c->words < 2)
		return err_set(e, ERR_USAGE,
		    "chart: something is missing; write: plando chart FILE MEASURE, or plando "
		    "chart "
		    "--csv DATA.csv");
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && chart_measure(c, s, e);
	cli_close(c, s);
	return good;
}
