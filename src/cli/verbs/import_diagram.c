// SPDX-License-Identifier: MIT
// A team's driver diagram comes in: import FILE DATA --team TEAM.
#include "cli/verbs/import_data.h"
#include "cli/verbs/import_points.h"

#include <plando/driver_plan.h>
#include <plando/str.h>
#include <plando/text.h>

static bool import_diagram_read_plan(struct cli *c, const struct import_data *data,
    const struct driver_diagram *d, struct driver_plan *plan, struct err *e)
{
	char *text;
	size_t n;
	struct intake_said said;
	if (!import_said(c, &said, e) || !import_text(c, data, TEXT_MOST, &text, &n, e))
		return false;
	if (data->kind == IMPORT_DIAGRAM || data->kind == IMPORT_TABLE)
		return plan_csv(c->arena, d, text, n, data->name, said.delimiter, plan, e);
	struct err why = { 0 };
	return plan_outline(c->arena, d, 0, text, n, plan, &why)
		   ? true
		   : err_set(e, why.code, "%s: %s", data->name, why.text);
}

static bool import_diagram_plan_report(
    struct cli *c, const struct driver_plan *plan, size_t written, struct err *e)
{
	struct json j;
	const char *made = plan_words(c->arena, plan);
	if (!made)
		return err_memory(e);
	if (!option_given(c, "json")) {
		fprintf(c->out, "A driver diagram: %s\n", *made ? made : "no new box");
		if (plan->changed)
			fprintf(c->out, "%s of this team changed\n",
			    cli_count(c, (int64_t)plan->changed, "row"));
		if (plan->aim_left_out)
			cli_say(c, "The aim's own row was left out: plando set FILE TEAM "
				   "aim_text=… changes it");
		if (option_given(c, "dry-run"))
			fprintf(c->out, "nothing was imported (--dry-run)\n");
		return true;
	}
	json_init(&j, c->out);
	json_object(&j);
	json_put_bool(&j, "ok", true);
	json_put_int(&j, "records", (int64_t)plan->count);
	json_put_int(&j, "changes", (int64_t)written);
	json_put_object(&j, "kinds");
	json_put_int(
	    &j, "driver", (int64_t)(plan->made[DRIVER_PRIMARY] + plan->made[DRIVER_SECONDARY]));
	json_put_int(&j, "idea", (int64_t)plan->made[DRIVER_IDEA]);
	json_end(&j);
	json_put_array(&j, "problems");
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

bool import_diagram(struct cli *c, const struct import_data *data, struct err *e)
{
	struct record team;
	struct driver_diagram d;
	struct driver_plan plan;
	size_t written = 0;
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && cli_find(c, s, "team", option_get(c, "team"), &team, e) &&
		    driver_load(s, c->arena, &team.id, &d, e) &&
		    import_diagram_read_plan(c, data, &d, &plan, e);
	struct save *v = good ? save_begin(s, c->arena, e) : NULL;
	good = v && plan_save(v, s, c->arena, &d, &plan, NULL, e) &&
	       (option_given(c, "dry-run") || save_commit(v, &written, e));
	cli_close(c, s);
	return good && import_diagram_plan_report(c, &plan, written, e);
}
