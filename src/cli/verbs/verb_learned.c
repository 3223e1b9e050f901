// SPDX-License-Identifier: MIT
// What was learned across teams: learned.
#include "cli/verbs.h"

#include <plando/digest.h>
#include <plando/file.h>
#include <plando/str.h>

// --- learned: what to look for

struct learned_wanted {
	struct learned_filter filter;
	struct record team, about;
};

static bool learned_day_given(struct cli *c, const char *name, bool end, date_t *day, struct err *e)
{
	int64_t ms;
	if (!option_given(c, name))
		return true;
	if (!option_moment(c, name, end, &ms, e))
		return false;
	*day = env_date(&c->env, ms);
	return true;
}

static bool learned_decision_given(
    struct cli *c, struct store *s, struct learned_filter *f, struct err *e)
{
	const char *typed = option_get(c, "decision");
	const struct form_field *field = cli_field(c, s, "pdsa", "decision");
	char *stored;
	if (!typed || !field)
		return true;
	if (!field_parse(c->arena, field, typed, store_today(s), &stored, e))
		return false;
	f->decision = stored;
	return true;
}

static bool learned_words_given(struct cli *c, struct learned_filter *f, struct err *e)
{
	struct str words = STR_IN(c->arena);
	for (size_t i = 1; i < c->words; i++)
		str_printf(&words, "%s%s", i > 1 ? " " : "", c->word[i]);
	f->words = str_done(&words);
	return f->words || err_memory(e);
}

static bool learned_read_wanted(
    struct cli *c, struct store *s, struct learned_wanted *w, struct err *e)
{
	const char *team = option_get(c, "team"), *about = option_get(c, "about");
	if (team && !cli_find(c, s, "team", team, &w->team, e))
		return false;
	if (about && !cli_find(c, s, "component driver idea", about, &w->about, e))
		return false;
	w->filter.team = team ? &w->team.id : NULL;
	if (about && str_equal(w->about.kind, "component"))
		w->filter.component = &w->about.id;
	if (about && str_equal(w->about.kind, "driver"))
		w->filter.node = &w->about.id;
	return learned_words_given(c, &w->filter, e) &&
	       learned_decision_given(c, s, &w->filter, e) &&
	       learned_day_given(c, "since", false, &w->filter.since, e) &&
	       learned_day_given(c, "until", true, &w->filter.until, e);
}

static bool learned_find(
    struct cli *c, struct store *s, struct learned_wanted *w, struct learnings *out, struct err *e)
{
	bool idea = w->about.kind && str_equal(w->about.kind, "idea");
	if (!idea)
		return learned_list(s, c->arena, &w->filter, out, e);
	struct learnings own, others;
	struct learned_filter f = w->filter;
	f.idea = &w->about.id;
	if (!learned_list(s, c->arena, &f, &own, e) ||
	    !learned_about(s, c->arena, &w->about.id, &others, e))
		return false;
	out->item = arena_array(c->arena, own.count + others.count + 1, sizeof *out->item);
	if (!out->item)
		return err_memory(e);
	for (size_t i = 0; i < own.count; i++)
		out->item[out->count++] = own.item[i];
	for (size_t i = 0; i < others.count; i++)
		out->item[out->count++] = others.item[i];
	return true;
}

// --- learned: telling it

static const char *learned_uuid(struct cli *c, const struct id *id)
{
	char *text = arena_alloc(c->arena, ID_TEXT);
	if (!text || id_zero(id))
		return text ? NULL : cli_or_empty(c, text);
	id_print(id, text);
	return text;
}

static const char *learned_iso(struct cli *c, const struct learned *l)
{
	char *text = arena_alloc(c->arena, DATE_TEXT);
	if (text && l->dated)
		date_print_iso(l->day, text);
	return text && l->dated ? text : NULL;
}

enum { COLUMNS = 15 };
static const char *const COLUMN[COLUMNS] = { "id", "date", "team", "team_title", "idea",
	"idea_text", "component", "cycle_no", "title", "scale", "decision", "learned", "unexpected",
	"why", "next_change" };

static void learned_values(struct cli *c, const struct learned *l, const char *value[COLUMNS])
{
	const char *const all[COLUMNS] = { learned_uuid(c, &l->id), learned_iso(c, l),
		learned_uuid(c, &l->team), l->team_name, learned_uuid(c, &l->idea), l->idea_text,
		l->component, l->cycle_no, l->title, l->scale, l->decision, l->learned,
		l->unexpected, l->why, l->next_change };
	for (size_t i = 0; i < COLUMNS; i++)
		value[i] = str_empty(all[i]) ? NULL : all[i];
}

static bool learned_print_json(struct cli *c, const struct learnings *all, struct err *e)
{
	struct json j;
	const char *value[COLUMNS];
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < all->count; i++) {
		learned_values(c, &all->item[i], value);
		json_object(&j);
		for (size_t k = 0; k < COLUMNS; k++)
			json_put_text(&j, COLUMN[k], value[k]);
		json_put_int(&j, "predictions", all->item[i].predictions);
		json_put_int(&j, "results", all->item[i].results);
		json_put_int(&j, "met", all->item[i].met);
		json_end(&j);
	}
	json_end(&j);
	return json_done(&j, e);
}

static bool learned_print_csv(struct cli *c, const struct learnings *all, struct err *e)
{
	const char *value[COLUMNS];
	struct csv csv = cli_csv(c);
	csv_row(&csv, COLUMN, COLUMNS);
	for (size_t i = 0; i < all->count; i++) {
		learned_values(c, &all->item[i], value);
		csv_row(&csv, value, COLUMNS);
	}
	return csv_done(&csv, e);
}

static const char *learned_title_of(struct cli *c, struct store *s, const struct learned_wanted *w)
{
	const char *about = w->about.kind ? record_title(s, c->arena, &w->about) : NULL;
	return about ? arena_printf(c->arena, "What was learned: %s", about) : "What was learned";
}

static bool learned_write_out(
    struct cli *c, const char *path, const struct str *text, struct err *e)
{
	if (str_equal(path, "-")) {
		fwrite(text->text, 1, text->length, c->out);
		return true;
	}
	return cli_out_apart(c, path, e) &&
	       file_export(c->arena, path, text->text, text->length, e);
}

static bool learned_print_digest(struct cli *c, struct store *s, const struct learned_wanted *w,
    const struct learnings *all, struct err *e)
{
	struct str text = STR_IN(c->arena);
	const char *path = option_get(c, "output");
	struct digest_options o = { .title = learned_title_of(c, s, w),
		.form = forms_find(store_forms(s), "pdsa", e),
		.today = store_today(s),
		.markdown = path != NULL,
		.ascii = c->ascii,
		.width = path	    ? 0
			 : c->width ? c->width
				    : 78 };
	if (!o.title)
		return err_memory(e);
	if (!path && all->count == 0) {
		fprintf(c->out, "Nothing was learned yet that fits.\n");
		return true;
	}
	if (!o.form || !digest_write(c->arena, all, &o, &text, e))
		return false;
	const char *done = str_done(&text);
	return done ? learned_write_out(c, path ? path : "-", &text, e) : err_memory(e);
}

bool verb_learned(struct cli *c, struct err *e)
{
	struct learned_wanted w = { 0 };
	struct learnings all = { 0 };
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && learned_read_wanted(c, s, &w, e) && learned_find(c, s, &w, &all, e) &&
		    (option_given(c, "json")	 ? learned_print_json(c, &all, e)
			: option_given(c, "csv") ? learned_print_csv(c, &all, e)
						 : learned_print_digest(c, s, &w, &all, e));
	cli_close(c, s);
	return good;
}
