// SPDX-License-Identifier: MIT
// A chart as JSON: keys are added, never changed. Points are counted from 1.
#include "cli/verbs/verb_chart.h"

#include <plando/str.h>

#include <math.h>

static void chart_json_put_real(struct json *j, const char *key, double v)
{
	json_key(j, key);
	json_real(j, v);
}

// -1: not available.
static void chart_json_put_count(struct json *j, const char *key, int n)
{
	if (n >= 0)
		json_put_int(j, key, n);
	else
		json_put_text(j, key, NULL);
}

static void chart_json_put_x(struct json *j, const char *key, const struct chart_face *f, int64_t x)
{
	char day[DATE_TEXT];
	if (f->numbers) {
		json_put_int(j, key, x);
		return;
	}
	date_print_iso((date_t)x, day);
	json_put_text(j, key, day);
}

static void chart_json_put_signals(
    struct cli *c, struct json *j, const struct chart *k, const struct chart_point *p)
{
	json_put_array(j, "signals");
	if (k->rules == CHART_MDC && p->missing == CHART_THERE && !p->excluded)
		json_text(j, cli_or_empty(c, chart_label_id(c->arena, k, p->label)));
	for (const struct chart_signal *s = CHART_SIGNAL; k->rules != CHART_MDC && s->bit; s++)
		if (p->signals & s->bit)
			json_text(j, s->id);
	json_end(j);
}

static void chart_json_put_points(
    struct cli *c, struct json *j, const struct chart *k, const struct chart_face *f)
{
	json_put_array(j, "points");
	for (size_t i = 0; i < k->count; i++) {
		const struct chart_point *p = &k->point[i];
		bool hidden = chart_hides(k, f, p);
		json_object(j);
		chart_json_put_x(j, "x", f, p->x);
		chart_json_put_real(j, "y", hidden ? NAN : p->y);
		chart_json_put_real(j, "centre", p->centre);
		chart_json_put_real(j, "lower", p->lower);
		chart_json_put_real(j, "upper", p->upper);
		chart_json_put_real(j, "lower2", p->lower2);
		chart_json_put_real(j, "upper2", p->upper2);
		json_put_bool(j, "excluded", p->excluded);
		chart_json_put_signals(c, j, k, p);
		chart_json_put_real(j, "n", hidden ? NAN : p->n);
		json_put_int(j, "values", (int64_t)p->values);
		json_put_text(j, "meaning", chart_meaning_id(p->meaning));
		if (hidden)
			json_put_bool(j, "small", true);
		if (p->future)
			json_put_bool(j, "future", true);
		json_end(j);
	}
	json_end(j);
}

static void chart_json_put_phases(struct json *j, const struct chart *k)
{
	json_put_array(j, "phases");
	for (size_t i = 0; i < k->phases; i++) {
		const struct chart_phase *ph = &k->phase[i];
		json_object(j);
		json_put_int(j, "from", (int64_t)ph->from + 1);
		json_put_int(j, "to", (int64_t)ph->to);
		json_put_int(j, "useful", ph->useful);
		chart_json_put_count(j, "longest", ph->longest);
		chart_json_put_count(j, "longest_limit", ph->longest_limit);
		chart_json_put_count(j, "crossings", ph->crossings);
		chart_json_put_count(j, "crossings_limit", ph->crossings_limit);
		json_put_bool(j, "runs_signal", ph->runs_signal);
		chart_json_put_real(j, "centre", ph->centre);
		json_put_int(j, "baseline_to", (int64_t)ph->baseline_to);
		json_put_bool(j, "trial", ph->trial && chart_has_limits(k->type));
		json_end(j);
	}
	json_end(j);
}

static void chart_json_put_places(struct json *j, const size_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		json_int(j, (int64_t)at[i] + 1);
}

static void chart_json_put_ihi(struct json *j, const struct chart *k)
{
	const struct chart_phase *ph = &k->phase[k->phases - 1];
	json_put_object(j, "ihi");
	json_put_int(j, "runs", ph->runs);
	chart_json_put_count(j, "runs_low", ph->runs_low);
	chart_json_put_count(j, "runs_high", ph->runs_high);
	json_put_array(j, "shift_points");
	chart_json_put_places(j, k->shift, k->shifts);
	json_end(j);
	json_put_array(j, "trend_points");
	for (size_t i = 0; i < k->trends; i++) {
		json_array(j);
		chart_json_put_places(j, k->trend[i].point, k->trend[i].count);
		json_end(j);
	}
	json_end(j);
	json_put_int(j, "above", ph->above);
	json_put_int(j, "below", ph->below);
	json_key(j, "runs_signal");
	if (ph->runs_low < 0)
		json_null(j);
	else
		json_bool(j, ph->ihi_runs_signal);
	json_end(j);
}

void chart_json_put(
    struct cli *c, struct json *j, const struct chart *k, const struct chart_face *f)
{
	bool told = k->signal && k->enough;
	json_put_text(j, "type", CHART_TYPE[k->type].id);
	json_put_text(j, "rules", CHART_RULE[k->rules].id);
	json_put_int(j, "n", (int64_t)k->count);
	chart_json_put_points(c, j, k, f);
	chart_json_put_phases(j, k);
	chart_json_put_ihi(j, k);
	json_put_bool(j, "signal", told);
	json_put_text(j, "direction", told ? chart_meaning_id(k->meaning) : NULL);
	if (told)
		chart_json_put_x(j, "since", f, k->point[k->since].x);
	else
		json_put_text(j, "since", NULL);
	json_put_text(j, "variation", chart_variation_id(k));
	json_put_text(j, "assurance", chart_assurance_id(k));
	json_put_bool(j, "assurance_withheld", k->withheld);
	chart_json_put_real(j, "target", k->target);
	json_put_bool(j, "enough", k->enough);
	json_put_bool(j, "frozen", k->frozen);
	json_put_text(j, "baseline_not_kept", chart_unkept_id(k->unkept));
	json_put_text(j, "finding", cli_or_empty(c, chart_finding(c->arena, k, f)));
}

bool chart_json(
    struct cli *c, const struct charteds *all, const struct chart_face *f, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	if (all->count == 1 && !all->many)
		chart_json_put(c, &j, &all->item->chart, f);
	if (all->many)
		json_put_array(&j, "strata");
	for (size_t i = 0; all->many && i < all->count; i++) {
		json_object(&j);
		json_put_text(&j, "stratum", all->item[i].stratum);
		chart_json_put(c, &j, &all->item[i].chart, f);
		json_end(&j);
	}
	if (all->many)
		json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}
