// SPDX-License-Identifier: MIT
// A clock that was wrong: the runs that it dated, and what is added to their times.
#include "cli/verbs.h"

#include <plando/clock.h>
#include <plando/str.h>

static const char *clock_shift_show(struct cli *c, int64_t ms)
{
	return ms ? cli_or_empty(c, clock_shift_text(c->arena, ms)) : "";
}

static bool clock_runs_text(
    struct cli *c, struct store *s, const struct clock_runs *runs, struct err *e)
{
	static const struct table_column columns[] = { { .heading = "run" },
		{ .heading = "computer" }, { .heading = "who" }, { .heading = "for" },
		{ .heading = "from" }, { .heading = "to" }, { .heading = "shift", .right = true } };
	struct table t = table_new(c->arena, columns, sizeof columns / sizeof *columns, c->ascii);
	for (size_t i = 0; i < runs->count; i++) {
		const struct clock_run *r = &runs->item[i];
		char id[ID_TEXT], first[MOMENT_TEXT], last[MOMENT_TEXT];
		id_print(&r->stream, id);
		moment_print(r->first, first);
		moment_print(r->last, last);
		const char *cell[] = { cli_or_empty(c, arena_copy(c->arena, id, 8)), r->device,
			r->author, cli_or_empty(c, clock_about(s, c->arena, r)),
			cli_or_empty(c, arena_strdup(c->arena, first)),
			cli_or_empty(c, arena_strdup(c->arena, last)),
			clock_shift_show(c, r->shift) };
		table_row(&t, cell);
	}
	return table_print(&t, c->out, c->width, e);
}

static bool clock_runs_json(
    struct cli *c, struct store *s, const struct clock_runs *runs, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < runs->count; i++) {
		const struct clock_run *r = &runs->item[i];
		char id[ID_TEXT], at[MOMENT_TEXT];
		id_print(&r->stream, id);
		json_object(&j);
		json_put_text(&j, "run", id);
		json_put_text(&j, "device", r->device);
		json_put_text(&j, "author", r->author);
		json_put_text(&j, "for", cli_or_empty(c, clock_about(s, c->arena, r)));
		json_put_int(&j, "changes", r->changes);
		moment_print(r->first, at);
		json_put_text(&j, "from", at);
		moment_print(r->last, at);
		json_put_text(&j, "to", at);
		json_put_int(&j, "shift", r->shift);
		json_end(&j);
	}
	json_end(&j);
	return json_done(&j, e);
}

// The runs that REF names: one by the first digits of its id, or all of a computer.
static bool clock_shift_all(
    struct cli *c, struct store *s, const struct clock_runs *runs, int64_t shift, struct err *e)
{
	size_t named = 0;
	for (size_t i = 0; i < runs->count; i++) {
		const struct clock_run *r = &runs->item[i];
		char id[ID_TEXT];
		id_print(&r->stream, id);
		bool this = str_equal(r->device, c->word[1]) || str_starts(id, c->word[1]);
		named += this;
		if (this && r->shift != shift && !clock_shift(s, &r->stream, shift, e))
			return false;
	}
	return named || err_set(e, ERR_NOINPUT,
			    "%s: no run and no computer is called so; plando clock %s "
			    "lists them",
			    c->word[1], c->word[0]);
}

bool verb_clock(struct cli *c, struct err *e)
{
	struct clock_runs runs;
	int64_t shift = 0;
	const char *given = option_get(c, "shift");
	if ((c->words > 1) != (given != NULL))
		return err_set(e, ERR_USAGE,
		    "clock: write: plando clock FILE, or plando clock FILE RUN --shift -365d");
	struct err why = { 0 };
	if (given && !clock_shift_parse(given, &shift, &why))
		return err_set(e, ERR_USAGE, "--shift %s", why.text);
	struct store *s = cli_open(c, given ? STORE_WRITE : STORE_READ, e);
	bool good = s && clock_list(s, c->arena, NULL, &runs, e);
	if (good && given)
		good = clock_shift_all(c, s, &runs, shift, e);
	else if (good && option_given(c, "json"))
		good = clock_runs_json(c, s, &runs, e);
	else if (good)
		good = clock_runs_text(c, s, &runs, e);
	cli_close(c, s);
	return good;
}
