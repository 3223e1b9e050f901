// SPDX-License-Identifier: MIT
// The diagram under the cursor as a file.
#include "tui/diagram/diagram_screen.h"
#include "tui/loop/export.h"

#include <plando/diagram_graph.h>
#include <plando/diagram_scene.h>

enum { OUTLINE_WIDTH = 78 };

static bool diagram_export_make_scene(struct app *app, struct screen *screen, struct arena *a,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	const struct diagram_screen *s = (struct diagram_screen *)screen;
	date_t today = store_today(app->store);
	struct diagram_scene_options o = { .status = s->status,
		.when = date_show(a, today, today + 366), // with the year
		.fewest = s->fewest };
	if (s->since && s->diff.mark) {
		date_t since = env_date(app->env, s->since);
		o.diff = &s->diff;
		o.since = date_show(a, since, since + 366);
	}
	return diagram_scene(a, &s->d, &o, type, out, e);
}

static bool diagram_export_make_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	const struct diagram_screen *s = (struct diagram_screen *)screen;
	struct diagram_options o = { .width = OUTLINE_WIDTH, .status = s->status };
	(void)app;
	if (str_equal(ending, "dot"))
		return diagram_dot(a, &s->d, s->status, out, e);
	if (str_equal(ending, "mmd"))
		return diagram_mermaid(a, &s->d, s->status, out, e);
	return diagram_outline(a, &s->d, &o, out, e);
}

bool diagram_export(struct app *app, struct diagram_screen *s, struct err *e)
{
	static const struct exporter EXPORTER = { "diagram", "txt dot mmd",
		diagram_export_make_scene, diagram_export_make_text };
	(void)e;
	export_ask(app, &s->screen, &EXPORTER, s->d.name);
	return true;
}
