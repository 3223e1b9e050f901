// SPDX-License-Identifier: MIT
// The gap between two groups of a measure over time.
#include "cli/verbs/verb_chart.h"

#include <plando/date.h>
#include <plando/equity_course_draw.h>
#include <plando/str.h>

#include <math.h>

enum { TEXT_WIDTH = 78 };

static void equity_course_put_side(
    struct json *j, const char *key, const char *name, const struct equity_pair *p, int k)
{
	bool none = p->small || isnan(p->n[k]);
	json_put_object(j, key);
	json_put_text(j, "group", name);
	json_key(j, "count");
	json_real(j, none ? NAN : p->count[k]);
	json_key(j, "n");
	json_real(j, none ? NAN : p->n[k]);
	json_end(j);
}

static bool course_json(struct cli *c, const struct equity_course_face *f, struct err *e)
{
	const struct equity_course *k = f->course;
	struct json j;
	char day[DATE_TEXT];
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "of", k->of);
	json_put_text(&j, "to", k->to);
	json_put_array(&j, "dates");
	for (size_t i = 0; i < k->count; i++) {
		date_print_iso(k->pair[i].date, day);
		json_object(&j);
		json_put_text(&j, "date", day);
		json_put_bool(&j, "small", k->pair[i].small);
		equity_course_put_side(&j, "of", k->of, &k->pair[i], 0);
		equity_course_put_side(&j, "to", k->to, &k->pair[i], 1);
		json_end(&j);
	}
	json_end(&j);
	json_put_object(&j, "difference");
	chart_json_put(c, &j, &k->difference, &f->difference);
	json_end(&j);
	json_put_object(&j, "ratio");
	chart_json_put(c, &j, &k->ratio, &f->ratio);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static bool course_csv(struct cli *c, const struct equity_course *k, struct err *e)
{
	static const char *const HEADINGS[] = { "date", "difference", "ratio", "of", "of_count",
		"of_n", "to", "to_count", "to_n" };
	struct csv csv = cli_csv(c);
	for (size_t i = 0; i < sizeof HEADINGS / sizeof *HEADINGS; i++)
		csv_cell(&csv, HEADINGS[i]);
	csv_end_row(&csv);
	for (size_t i = 0; i < k->count; i++) {
		const struct equity_pair *p = &k->pair[i];
		const double v[] = { k->difference.point[i].y, k->ratio.point[i].y, NAN,
			p->count[0], p->n[0], NAN, p->count[1], p->n[1] };
		char day[DATE_TEXT];
		date_print_iso(p->date, day);
		csv_cell(&csv, day);
		for (size_t n = 0; n < sizeof v / sizeof *v; n++)
			csv_cell(&csv, n == 2	? k->of
				       : n == 5 ? k->to
				       : p->small || isnan(v[n])
					   ? NULL
					   : arena_printf(c->arena, "%.15g", v[n]));
		csv_end_row(&csv);
	}
	return csv_done(&csv, e);
}

static bool course_text(struct cli *c, const struct equity_course_face *f, struct err *e)
{
	struct str out = STR_IN(c->arena);
	int width = option_given(c, "text") || c->width < TEXT_WIDTH ? TEXT_WIDTH : c->width;
	if (!equity_course_print(c->arena, f, width, &out, e))
		return false;
	const char *page = str_done(&out);
	if (!page)
		return err_memory(e);
	if (fputs(page, c->out) < 0)
		return err_set(e, ERR_IO, "the result cannot be written; is the disk full?");
	return true;
}

static bool course_picture(struct cli *c, const struct equity_course_face *f,
    enum picture_format format, const char *path, struct err *e)
{
	struct scene scene;
	date_t today = env_today(&c->env);
	const char *when = date_show(c->arena, today, today + 366); // with the year
	const struct scene_type *type = picture_type(e);
	return type && equity_course_scene(c->arena, f, when, type, &scene, e) &&
	       cli_picture(c, &scene, format, path, e);
}

bool equity_over_time(struct cli *c, struct store *s, const struct measure *m, const char *team,
    int least, struct err *e)
{
	struct equity_course course;
	struct equity_course_face face;
	enum chart_rules usual;
	enum picture_format format;
	const char *path;
	if (c->words < 4)
		return err_set(e, ERR_USAGE, "--over-time: name the two groups, after the measure");
	if (!chart_rules_load(s, &usual, e) ||
	    !equity_course_make(c->arena, m, c->word[2], c->word[3], usual, least, &course, e) ||
	    !equity_course_face(c->arena, &course, m, team, c->ascii, &face, e))
		return false;
	if (option_given(c, "json"))
		return course_json(c, &face, e);
	if (option_given(c, "csv"))
		return course_csv(c, &course, e);
	if (cli_picture_asked(c, &format, &path))
		return course_picture(c, &face, format, path, e);
	return course_text(c, &face, e);
}
