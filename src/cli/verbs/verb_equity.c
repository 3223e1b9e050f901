// SPDX-License-Identifier: MIT
// The groups of a measure beside each other, and the gap between two of them.
#include "cli/verbs/verb_chart.h"

#include <plando/date.h>
#include <plando/equity_draw.h>
#include <plando/str.h>

#include <math.h>

enum { TEXT_WIDTH = 78 };

// --- JSON and CSV: of a group with small numbers its name alone

static const char *const SIDES[] = { "below", NULL, "above" };

static void equity_put_real(struct json *j, const char *key, double v)
{
	json_key(j, key);
	json_real(j, v);
}

// Whole numbers stay whole: 40, not 4e+01.
static void equity_put_count(struct json *j, const char *key, double v)
{
	json_key(j, key);
	if (v == floor(v) && v < 1e15)
		json_int(j, (int64_t)v);
	else
		json_real(j, v);
}

static void equity_put_day(struct json *j, const char *key, date_t day)
{
	char text[DATE_TEXT];
	date_print_iso(day, text);
	json_put_text(j, key, text);
}

static void equity_put_group(struct json *j, const struct equity_group *g)
{
	const struct chart_group *in = &g->in;
	json_object(j);
	json_put_text(j, "group", g->name);
	json_put_bool(j, "small", in->small);
	json_put_bool(j, "no_data", in->empty);
	equity_put_count(j, "count", in->count);
	equity_put_count(j, "n", in->n);
	equity_put_real(j, "value", in->value);
	equity_put_real(j, "lower", in->ci.lower);
	equity_put_real(j, "upper", in->ci.upper);
	equity_put_real(j, "limit_lower", in->lower);
	equity_put_real(j, "limit_upper", in->upper);
	json_put_text(j, "different", SIDES[equity_side(g) + 1]);
	json_put_bool(j, "changing", g->changing);
	json_end(j);
}

static void equity_put_gap(struct json *j, const struct equity_gap *g)
{
	const struct chart_gap *in = &g->in;
	json_put_object(j, "gap");
	json_put_text(j, "of", g->of->name);
	json_put_text(j, "to", g->to->name);
	equity_put_real(j, "difference", g->known ? in->difference : NAN);
	equity_put_real(j, "difference_lower", g->known ? in->difference_ci.lower : NAN);
	equity_put_real(j, "difference_upper", g->known ? in->difference_ci.upper : NAN);
	equity_put_real(j, "ratio", g->known ? in->ratio : NAN);
	equity_put_real(j, "ratio_lower", g->known ? in->ratio_ci.lower : NAN);
	equity_put_real(j, "ratio_upper", g->known ? in->ratio_ci.upper : NAN);
	json_end(j);
}

static bool equity_json(
    struct cli *c, const struct equity *q, const struct equity_gap *gap, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "measure", q->measure);
	json_put_text(&j, "type", CHART_TYPE[q->type].id);
	equity_put_day(&j, "from", q->from);
	equity_put_day(&j, "until", q->until);
	json_put_int(&j, "dates", (int64_t)q->dates);
	equity_put_real(&j, "centre", q->centre);
	json_put_array(&j, "groups");
	for (size_t i = 0; i < q->count; i++)
		equity_put_group(&j, &q->group[i]);
	json_end(&j);
	if (gap && gap->of && gap->to)
		equity_put_gap(&j, gap);
	else {
		json_key(&j, "gap");
		json_null(&j);
	}
	json_end(&j);
	return json_done(&j, e);
}

static bool equity_csv(
    struct cli *c, const struct equity *q, const struct chart_face *face, struct err *e)
{
	static const char *const HEADINGS[] = { "group", "count", "n", "value", "lower", "upper",
		"limit_lower", "limit_upper", "different", "changing" };
	struct csv csv = cli_csv(c);
	csv_row(&csv, HEADINGS, sizeof HEADINGS / sizeof *HEADINGS);
	for (size_t i = 0; i < q->count; i++) {
		const struct equity_group *g = &q->group[i];
		const double real[] = { g->in.count, g->in.n, g->in.value, g->in.ci.lower,
			g->in.ci.upper, g->in.lower, g->in.upper };
		csv_cell(&csv, g->name);
		for (size_t k = 0; k < sizeof real / sizeof *real; k++)
			csv_cell(&csv, !isnan(real[k]) ? arena_printf(c->arena, "%.15g", real[k])
				       : k == 0	       ? equity_group_value(c->arena, q, face, g)
						       : NULL);
		csv_cell(&csv, SIDES[equity_side(g) + 1]);
		csv_cell(&csv, g->changing ? "yes" : "no");
		csv_end_row(&csv);
	}
	return csv_done(&csv, e);
}

// --- for people

static bool equity_picture(struct cli *c, const struct equity_sheet *sheet,
    enum picture_format format, const char *path, struct err *e)
{
	struct scene scene;
	date_t today = env_today(&c->env);
	const char *when = date_show(c->arena, today, today + 366); // with the year
	const struct scene_type *type = picture_type(e);
	return type && equity_scene(c->arena, sheet, when, type, &scene, e) &&
	       cli_picture(c, &scene, format, path, e);
}

static bool equity_text(struct cli *c, const struct equity_sheet *sheet, struct err *e)
{
	struct str out = STR_IN(c->arena);
	if (!equity_print(c->arena, sheet, &out, e))
		return false;
	const char *page = str_done(&out);
	if (!page)
		return err_memory(e);
	if (fputs(page, c->out) < 0)
		return err_set(e, ERR_IO, "the result cannot be written; is the disk full?");
	return true;
}

static bool equity_show(struct cli *c, const struct equity *q, const struct equity_gap *gap,
    const struct chart_face *face, struct err *e)
{
	bool text = option_given(c, "text");
	struct equity_sheet sheet = { .equity = q,
		.face = face,
		.gap = gap,
		.width = text || c->width < TEXT_WIDTH ? TEXT_WIDTH : c->width,
		.ascii = c->ascii,
		.table = text };
	enum picture_format format;
	const char *path;
	if (option_given(c, "json"))
		return equity_json(c, q, gap, e);
	if (option_given(c, "csv"))
		return equity_csv(c, q, face, e);
	if (cli_picture_asked(c, &format, &path))
		return equity_picture(c, &sheet, format, path, e);
	return equity_text(c, &sheet, e);
}

// --- what was asked for

static bool equity_take_day(struct cli *c, const char *name, bool *has, date_t *day, struct err *e)
{
	int64_t ms;
	*has = option_given(c, name);
	if (!*has)
		return true;
	if (!option_moment(c, name, false, &ms, e))
		return false;
	*day = env_date(&c->env, ms);
	return true;
}

static bool equity_take_window(struct cli *c, struct equity_window *w, struct err *e)
{
	if (!equity_take_day(c, "from", &w->has_from, &w->from, e) ||
	    !equity_take_day(c, "until", &w->has_until, &w->until, e))
		return false;
	if (w->has_from && w->has_until && w->until < w->from)
		return err_set(e, ERR_USAGE, "--until: is before --from");
	return true;
}

static bool equity_find_group(struct cli *c, const struct equity *q, const char *name,
    const struct equity_group **out, struct err *e)
{
	struct str names = STR_IN(c->arena);
	*out = equity_find(q, name);
	if (*out)
		return true;
	for (size_t i = 0; i < q->count; i++)
		str_printf(&names, "%s%s", i ? ", " : "", q->group[i].name);
	return err_set(e, ERR_USAGE,
	    "%.60s is no group with data on these dates; there are: %.400s", name,
	    cli_safe(c, str_done(&names), false));
}

static bool equity_take_gap(
    struct cli *c, const struct equity *q, struct equity_gap *gap, struct err *e)
{
	const struct equity_group *of, *to;
	if (!equity_find_group(c, q, c->word[2], &of, e) ||
	    !equity_find_group(c, q, c->word[3], &to, e))
		return false;
	if (of == to)
		return err_set(e, ERR_USAGE, "%.60s: name two different groups", c->word[2]);
	*gap = equity_gap(q, of, to);
	return true;
}

static bool equity_compare(struct cli *c, struct store *s, struct err *e)
{
	struct equity_window window = { 0 };
	struct record r, team;
	struct measure m;
	struct equity q;
	struct equity_gap gap = { .of = NULL };
	struct chart_face face;
	const char *called = NULL;
	const struct equity_gap *asked = NULL;
	if (!equity_take_window(c, &window, e) || !cli_find(c, s, "measure", c->word[1], &r, e) ||
	    !measure_load(s, c->arena, &r.id, store_today(s), &m, e) ||
	    !equity_least_load(s, &window.least, e))
		return false;
	if (record_load(s, c->arena, &m.team, &team, NULL))
		called = record_get(&team, "name");
	if (option_given(c, "over-time"))
		return equity_over_time(c, s, &m, called, window.least, e);
	if (!equity_make(c->arena, &m, &window, &q, e))
		return false;
	if (c->words == 4) {
		if (!equity_take_gap(c, &q, &gap, e))
			return false;
		asked = &gap;
	}
	chart_face_of(&m, &m.whole, &face);
	face.ascii = c->ascii;
	face.team = called;
	return equity_show(c, &q, asked, &face, e);
}

bool verb_equity(struct cli *c, struct err *e)
{
	if (c->words == 3)
		return err_set(e, ERR_USAGE, "%.60s: name two groups, to see the gap between them",
		    c->word[2]);
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && equity_compare(c, s, e);
	cli_close(c, s);
	return good;
}
