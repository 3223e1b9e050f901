// SPDX-License-Identifier: MIT
// Were they PDSA cycles? fidelity: the seven checks, beside what was published.
#include "cli/verbs.h"

#include <plando/fidelity.h>
#include <plando/str.h>

enum { PERIODS_SHOWN = 4 };

static const char *fidelity_percent(struct cli *c, struct fidelity_tally t)
{
	if (t.of == 0)
		return c->ascii ? "-" : "–";
	return cli_or_empty(c, arena_printf(c->arena, "%zu %%", (t.yes * 200 + t.of) / (t.of * 2)));
}

static const char *fidelity_quarter(struct cli *c, date_t from)
{
	struct civil day = date_to_civil(from);
	return cli_or_empty(c, arena_printf(c->arena, "%d Q%d", day.year, (day.month - 1) / 3 + 1));
}

static bool fidelity_print_table(struct cli *c, const struct fidelity *f, struct err *e)
{
	struct table_column column[4 + PERIODS_SHOWN] = { { "check", false, 0 }, { "yes", true, 0 },
		{ "here", true, 0 }, { "published", true, 0 } };
	size_t shown = f->periods < PERIODS_SHOWN ? f->periods : PERIODS_SHOWN;
	const struct fidelity_period *first = f->period + (f->periods - shown);
	for (size_t i = 0; i < shown; i++)
		column[4 + i] =
		    (struct table_column){ fidelity_quarter(c, first[i].from), true, 0 };
	struct table t = table_new(c->arena, column, 4 + shown, c->ascii);
	for (size_t k = 0; k < FIDELITY_CHECKS; k++) {
		const char *cell[4 + PERIODS_SHOWN] = { FIDELITY[k].words,
			arena_printf(c->arena, "%zu of %zu", f->tally[k].yes, f->tally[k].of),
			fidelity_percent(c, f->tally[k]),
			arena_printf(c->arena, "%.1f %%", FIDELITY[k].published) };
		for (size_t i = 0; i < shown; i++)
			cell[4 + i] = fidelity_percent(c, first[i].tally[k]);
		table_row(&t, cell);
	}
	if (!table_print(&t, c->out, c->width, e))
		return false;
	fprintf(c->out,
	    "\n%zu PDSA cycles, %zu series. Published: McNicholas 2019, 421 cycles, "
	    "64 series.\n",
	    f->count, f->series);
	return true;
}

static void fidelity_tally_json(
    struct json *j, const struct fidelity_tally tally[FIDELITY_CHECKS], bool published)
{
	for (size_t k = 0; k < FIDELITY_CHECKS; k++) {
		json_object(j);
		json_put_text(j, "id", FIDELITY[k].id);
		if (published)
			json_put_text(j, "words", FIDELITY[k].words);
		json_put_int(j, "yes", (int64_t)tally[k].yes);
		json_put_int(j, "of", (int64_t)tally[k].of);
		if (published) {
			json_key(j, "published");
			json_real(j, FIDELITY[k].published);
		}
		json_end(j);
	}
}

static void fidelity_cycle_json(struct json *j, const struct fidelity_cycle *c)
{
	char id[ID_TEXT];
	id_print(&c->id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "cycle_no", c->cycle_no);
	json_put_text(j, "title", c->title);
	json_put_object(j, "checks");
	for (size_t k = 0; k < FIDELITY_CHECKS; k++) {
		if (c->answer[k] != FIDELITY_OPEN)
			json_put_bool(j, FIDELITY[k].id, c->answer[k] == FIDELITY_YES);
		else
			json_put_text(j, FIDELITY[k].id, NULL);
	}
	json_end(j);
	json_end(j);
}

static bool fidelity_print_json(struct cli *c, const struct fidelity *f, struct err *e)
{
	struct json j;
	char day[DATE_TEXT];
	json_init(&j, c->out);
	json_object(&j);
	json_put_int(&j, "cycles", (int64_t)f->count);
	json_put_int(&j, "series", (int64_t)f->series);
	json_put_array(&j, "checks");
	fidelity_tally_json(&j, f->tally, true);
	json_end(&j);
	json_put_array(&j, "quarters");
	for (size_t i = 0; i < f->periods; i++) {
		date_print_iso(f->period[i].from, day);
		json_object(&j);
		json_put_text(&j, "from", day);
		json_put_array(&j, "checks");
		fidelity_tally_json(&j, f->period[i].tally, false);
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_put_array(&j, "each");
	for (size_t i = 0; i < f->count; i++)
		fidelity_cycle_json(&j, &f->cycle[i]);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

bool verb_fidelity(struct cli *c, struct err *e)
{
	struct fidelity f;
	struct record team;
	const char *name = option_get(c, "team");
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && (!name || cli_find(c, s, "team", name, &team, e)) &&
		    fidelity_read(s, c->arena, name ? &team.id : NULL, &f, e) &&
		    (option_given(c, "json") ? fidelity_print_json(c, &f, e)
					     : fidelity_print_table(c, &f, e));
	cli_close(c, s);
	return good;
}
