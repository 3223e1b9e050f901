// SPDX-License-Identifier: MIT
// The board as text and JSON: status.
#include "cli/verbs.h"

#include <plando/board.h>
#include <plando/signals.h>
#include <plando/str.h>
#include <plando/text.h>

static const char *status_or_null(const char *text)
{
	return str_empty(text) ? NULL : text;
}

static bool status_facts_of(struct cli *c, struct store *s, const struct board_team *t,
    struct board_facts *f, struct board_look *look, struct err *e)
{
	return board_facts(s, c->arena, &t->id, f, e) &&
	       board_look(s, c->arena, &t->id, f, look, e);
}

// --- JSON

static bool status_collaborative_json(struct cli *c, struct store *s, struct json *j, struct err *e)
{
	static const char *const shown[] = { "name", "aim", "sponsor", "started", "ends",
		"system_label" };
	struct record r;
	char id[ID_TEXT];
	if (!record_load(s, c->arena, &ID_COLLABORATIVE, &r, e))
		return false;
	id_print(&r.id, id);
	json_put_object(j, "collaborative");
	json_put_text(j, "id", id);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		json_put_text(j, shown[i], record_get(&r, shown[i]));
	json_end(j);
	return true;
}

static void status_measures_json(
    const struct board_facts *f, const struct signals *g, struct json *j)
{
	static const char *const types[BOARD_MEASURES] = { "outcome", "process", "balancing" };
	json_put_object(j, "measures");
	for (size_t i = 0; i < BOARD_MEASURES; i++) {
		json_put_object(j, types[i]);
		json_put_int(j, "improving", (int64_t)g->improving[i]);
		json_put_int(j, "total", (int64_t)f->measures[i]);
		json_end(j);
	}
	json_end(j);
}

static void status_flags_json(unsigned flags, struct json *j)
{
	json_put_array(j, "flags");
	for (const struct board_flag *f = BOARD_FLAGS; f->bit; f++)
		if (flags & f->bit)
			json_text(j, f->id);
	json_end(j);
}

static void status_counts_json(const struct board_facts *f, const struct signals *g,
    const struct board_look *look, struct json *j)
{
	char last[DATE_TEXT] = "";
	if (f->cycle_known)
		date_print_iso(f->cycle_last, last);
	json_put_object(j, "score");
	json_key(j, "recorded");
	json_decimal(j, status_or_null(f->score));
	json_put_text(j, "date", status_or_null(f->score_date));
	json_key(j, "supported");
	json_decimal(j, look->supported);
	json_end(j);
	json_put_object(j, "cycles");
	json_put_int(j, "total", (int64_t)f->cycles);
	json_put_int(j, "open", (int64_t)f->cycles_open);
	json_put_text(j, "last", status_or_null(last));
	json_end(j);
	status_measures_json(f, g, j);
	json_put_object(j, "ideas");
	json_put_int(j, "total", (int64_t)f->ideas);
	json_put_int(j, "tested", (int64_t)f->ideas_tested);
	json_put_int(j, "implemented", (int64_t)f->ideas_implemented);
	json_end(j);
	json_put_object(j, "actions");
	json_put_int(j, "open", (int64_t)f->actions_open);
	json_put_int(j, "overdue", (int64_t)f->actions_overdue);
	json_end(j);
	status_flags_json(look->flags, j);
}

static void status_team_json(const struct board_team *t, const struct board_facts *f,
    const struct signals *g, const struct board_look *look, struct json *j)
{
	char id[ID_TEXT];
	id_print(&t->id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "name", t->name);
	json_put_text(j, "system", status_or_null(t->system));
	json_put_text(j, "workstream", status_or_null(t->workstream));
	json_put_text(j, "status", status_or_null(t->status));
	status_counts_json(f, g, look, j);
	json_end(j);
}

static bool status_board_json(struct cli *c, struct store *s, const struct board *b, struct err *e)
{
	struct json j;
	enum chart_rules usual;
	if (!chart_rules_load(s, &usual, e))
		return false;
	json_init(&j, c->out);
	json_object(&j);
	if (!status_collaborative_json(c, s, &j, e))
		return false;
	json_put_array(&j, "teams");
	for (size_t i = 0; i < b->count; i++) {
		struct board_facts f;
		struct signals g;
		struct board_look look;
		struct arena_mark mark = arena_mark(c->arena);
		if (!status_facts_of(c, s, &b->team[i], &f, &look, e) ||
		    !signals_load(s, c->arena, &b->team[i].id, usual, &g, e))
			return false;
		status_team_json(&b->team[i], &f, &g, &look, &j);
		arena_release(c->arena, mark);
	}
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

// --- text

// "2.5 (2.0)": the score and the one before.
static const char *status_score_words(struct cli *c, const struct board_facts *f)
{
	if (str_empty(f->score) || str_empty(f->score_before))
		return f->score;
	return arena_printf(c->arena, "%s (%s)", f->score, f->score_before);
}

static bool status_team_row(
    struct cli *c, struct store *s, const struct board_team *t, struct table *table, struct err *e)
{
	struct board_facts f;
	struct board_look look;
	struct arena *a = c->arena;
	if (!status_facts_of(c, s, t, &f, &look, e))
		return false;
	table_row(table, (const char *const[]){ t->system, t->name, status_score_words(c, &f),
			     look.supported, arena_printf(a, "%zu/%zu", f.cycles_open, f.cycles),
			     f.cycle_known ? date_ago(a, f.cycle_last, store_today(s)) : "",
			     arena_printf(a, "%zu/%zu", f.ideas_tested, f.ideas),
			     arena_printf(a, "%zu",
				 f.measures[BOARD_OUTCOME] + f.measures[BOARD_PROCESS] +
				     f.measures[BOARD_BALANCING]),
			     arena_printf(a, "%zu/%zu", f.actions_overdue, f.actions_open),
			     board_look_words(a, &look, ", ") });
	return true;
}

static bool status_board_text(struct cli *c, struct store *s, const struct board *b, struct err *e)
{
	// the fewer decisions hang on a column, the sooner it goes where there is no room
	const struct table_column columns[] = { { b->system_label, false, 0, 4 },
		{ "team", false, 16, 0 }, { "score (before)", false, 0, 0 },
		{ "record", true, 0, 3 }, { "cycles open/all", true, 0, 1 }, { "last", true, 0, 0 },
		{ "ideas tested/all", true, 0, 5 }, { "measures", true, 0, 6 },
		{ "actions late/open", true, 0, 2 }, { "look at", false, 16, 0 } };
	struct table table =
	    table_new(c->arena, columns, sizeof columns / sizeof *columns, c->ascii);
	fprintf(c->out, "%s\n\n", cli_safe(c, b->name, false));
	for (size_t i = 0; i < b->count; i++)
		if (!status_team_row(c, s, &b->team[i], &table, e))
			return false;
	return table_print(&table, c->out, c->width, e);
}

bool verb_status(struct cli *c, struct err *e)
{
	struct board board;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && board_list(s, c->arena, false, &board, e);
	if (good)
		good = option_given(c, "json") ? status_board_json(c, s, &board, e)
					       : status_board_text(c, s, &board, e);
	cli_close(c, s);
	return good;
}
