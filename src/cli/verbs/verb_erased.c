// SPDX-License-Identifier: MIT
// What others erased, held here for thirty days: erased.
#include "cli/verbs.h"

#include <plando/erased.h>
#include <plando/erasures.h>
#include <plando/str.h>
#include <plando/words.h>

// --- told by merge and sync

void cli_erasures(struct cli *c, const struct merge_report *report, size_t n, bool past)
{
	const char *words = cli_or_empty(c, erasures_words(c->arena, report, n, past));
	int64_t held = erasures_held(report, n);
	if (!*words)
		return;
	fprintf(c->out, "%s\n", cli_safe(c, words, false));
	if (held)
		fprintf(c->out, "%s %s held on this computer for 30 days: plando erased %s\n",
		    cli_count(c, held, "text"), past ? (held == 1 ? "is" : "are") : "would be",
		    cli_safe(c, c->word[0], false));
	else if (str_empty(c->env.state_home))
		fputs("They cannot be brought back here: there is no folder to hold them in; set "
		      "HOME or XDG_STATE_HOME.\n",
		    c->out);
}

void cli_erasures_json(struct json *j, const struct merge_report *report, size_t n)
{
	json_put_array(j, "erasures");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < report[i].erasures; k++) {
			const struct merge_erasure *x = &report[i].erasure[k];
			json_object(j);
			json_put_text(j, "by", x->by);
			json_put_text(j, "kind", x->kind);
			json_put_int(j, "count", x->count);
			json_put_text(j, "state", x->state);
			json_end(j);
		}
	json_end(j);
}

// --- listing

static const char *erased_day_of(struct cli *c, struct store *s, int64_t at)
{
	return at ? cli_or_empty(c, date_show(c->arena, env_date(&c->env, at), store_today(s)))
		  : "";
}

static bool erased_text_print(
    struct cli *c, struct store *s, const struct erased_texts *all, struct err *e)
{
	static const struct table_column columns[] = { { .heading = "record" },
		{ .heading = "what" }, { .heading = "field" }, { .heading = "it said" },
		{ .heading = "erased by" }, { .heading = "held until" } };
	struct table t = table_new(c->arena, columns, sizeof columns / sizeof *columns, c->ascii);
	if (!all->count) {
		fputs("Nothing that others erased is held here.\n", c->out);
		return true;
	}
	for (size_t i = 0; i < all->count; i++) {
		const struct erased_text *x = &all->item[i];
		char id[ID_TEXT];
		id_print(&x->id, id);
		const char *cell[] = { cli_or_empty(c, arena_copy(c->arena, id, 8)),
			cli_or_empty(c, words_record(s, c->arena, &x->id)),
			cli_or_empty(c, words_field(s, c->arena, &x->id, x->kind, x->field)),
			cli_or_empty(
			    c, words_value(s, c->arena, &x->id, x->kind, x->field, x->text)),
			x->by, erased_day_of(c, s, x->until) };
		table_row(&t, cell);
	}
	if (!table_print(&t, c->out, c->width, e))
		return false;
	fprintf(c->out,
	    "Bring a record's texts back: plando erased %s RECORD --restore. Let them go: "
	    "--agree.\n",
	    cli_safe(c, c->word[0], false));
	return true;
}

static void erased_moment_put(struct json *j, const char *key, int64_t at)
{
	char text[MOMENT_TEXT];
	moment_print(at, text);
	json_put_text(j, key, at ? text : NULL);
}

static bool erased_json(struct cli *c, const struct erased_texts *all, struct err *e)
{
	struct json j;
	char id[ID_TEXT];
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "held");
	for (size_t i = 0; i < all->count; i++) {
		const struct erased_text *x = &all->item[i];
		id_print(&x->id, id);
		json_object(&j);
		json_put_text(&j, "id", id);
		json_put_text(&j, "kind", x->kind);
		json_put_text(&j, "field", x->field);
		json_put_text(&j, "by", x->by);
		erased_moment_put(&j, "at", x->at);
		erased_moment_put(&j, "until", x->until);
		json_put_text(&j, "text", x->text);
		json_put_int(&j, "earlier", x->earlier);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static bool erased_print(struct cli *c, struct store *s, struct err *e)
{
	struct erased_texts all;
	if (!erased_list(s, c->arena, &all, e))
		return false;
	return option_given(c, "json") ? erased_json(c, &all, e) : erased_text_print(c, s, &all, e);
}

// --- bringing back, letting go

static bool erased_records_named(struct cli *c, struct store *s, struct id *out, struct err *e)
{
	for (size_t i = 1; i < c->words; i++) {
		struct record r;
		if (!cli_find(c, s, NULL, c->word[i], &r, e))
			return false;
		out[i - 1] = r.id;
	}
	return true;
}

static bool erased_act(struct cli *c, struct store *s, struct err *e)
{
	struct erased_report r;
	size_t n = c->words - 1;
	struct id *record = arena_array(c->arena, n + 1, sizeof *record);
	if (!record)
		return err_memory(e);
	if (!erased_records_named(c, s, record, e))
		return false;
	if (option_given(c, "agree")) {
		if (!erased_agree(s, c->arena, record, n, &r, e))
			return false;
		fprintf(c->out, "%s %s gone for good, here and in the backups.\n",
		    cli_count(c, r.purged, "text"), r.purged == 1 ? "is" : "are");
		return true;
	}
	if (!erased_restore(s, c->arena, record, n, &r, e))
		return false;
	fprintf(c->out, "%s %s back.\n", cli_count(c, r.restored, "field"),
	    r.restored == 1 ? "is" : "are");
	if (r.kept)
		fprintf(c->out, "%s stayed as written since; what was erased there is held on.\n",
		    cli_count(c, r.kept, "field"));
	return true;
}

bool verb_erased(struct cli *c, struct err *e)
{
	bool restore = option_given(c, "restore"), agree = option_given(c, "agree");
	if (restore && agree)
		return err_set(e, ERR_USAGE, "erased: --restore or --agree, not both");
	if (!restore && !agree && c->words > 1)
		return err_set(
		    e, ERR_USAGE, "erased: say what shall be done with it: --restore or --agree");
	struct store *s = cli_open(c, restore || agree ? STORE_WRITE : STORE_READ, e);
	bool good = s && (restore || agree ? erased_act(c, s, e) : erased_print(c, s, e));
	cli_close(c, s);
	return good;
}
