// SPDX-License-Identifier: MIT
// The chart on the screen as a file.
#include "tui/chart/chart_screen.h"
#include "tui/loop/export.h"

#include <plando/chart_scene.h>
#include <plando/equity.h>

enum { TEXT_WIDTH = 78, TEXT_ROWS = 16 };

static struct chart_sheet chart_export_sheet_of(const struct chart_screen *s)
{
	return (struct chart_sheet){ .part = { &s->chart },
		.name = { "" },
		.unusual = { s->unusual },
		.parts = 1,
		.width = TEXT_WIDTH,
		.rows = TEXT_ROWS,
		.table = true };
}

// Small numbers of a group do not leave.
static bool chart_export_leaving_face(
    struct app *app, const struct chart_screen *s, struct chart_face *out, struct err *e)
{
	*out = s->face;
	return !s->group || equity_least_load(app->store, &out->least, e);
}

static bool chart_export_make_scene(struct app *app, struct screen *screen, struct arena *a,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	const struct chart_screen *s = (struct chart_screen *)screen;
	struct chart_sheet sheet = chart_export_sheet_of(s);
	struct chart_face face;
	date_t today = store_today(app->store);
	const char *when = date_show(a, today, today + 366); // with the year
	return chart_export_leaving_face(app, s, &face, e) &&
	       chart_scene(a, &sheet, &face, &s->notes, when, type, out, e);
}

static bool chart_export_make_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	const struct chart_screen *s = (struct chart_screen *)screen;
	struct chart_sheet sheet = chart_export_sheet_of(s);
	struct chart_face face;
	(void)ending;
	return chart_export_leaving_face(app, s, &face, e) &&
	       chart_print(a, &sheet, &face, &s->notes, out, e);
}

bool chart_export(struct app *app, struct chart_screen *s, struct err *e)
{
	static const struct exporter EXPORTER = { "chart", "txt", chart_export_make_scene,
		chart_export_make_text };
	if (s->fault.code) {
		*e = s->fault;
		return false;
	}
	export_ask(app, &s->screen, &EXPORTER, s->m.name);
	return true;
}
