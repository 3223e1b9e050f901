// SPDX-License-Identifier: MIT
// What was changed, by whom: log, undo.
#include "cli/verbs.h"

#include <plando/history.h>
#include <plando/redact.h>
#include <plando/since.h>
#include <plando/str.h>
#include <plando/text.h>
#include <plando/words.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGE_DIGITS = 16, SHOWN = 50 };

static void history_value_json(
    struct json *j, const char *key, const struct form_field *f, const char *value)
{
	json_key(j, key);
	if (f && field_is_number(f) && !str_empty(value))
		json_decimal(j, value);
	else
		json_text(j, value);
}

static void history_change_json(
    struct cli *c, struct store *s, const struct history_change *h, struct json *j)
{
	const struct form_field *f = words_form_field(s, c->arena, &h->id, h->kind, h->field);
	char id[ID_TEXT], at[MOMENT_TEXT], change[CHANGE_DIGITS + 1];
	id_print(&h->id, id);
	moment_print(h->at, at);
	snprintf(change, sizeof change, "%016" PRIx64, h->cid);
	json_object(j);
	json_put_text(j, "change", change);
	json_put_text(j, "at", at);
	json_put_text(j, "author", h->author);
	json_put_text(j, "device", h->device);
	json_put_text(j, "kind", h->kind);
	json_put_text(j, "id", id);
	json_put_text(j, "field", h->field);
	history_value_json(j, "old", f, h->old);
	history_value_json(j, "new", f, h->new);
	json_end(j);
}

static bool history_log_json(
    struct cli *c, struct store *s, const struct history *all, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < all->count; i++) {
		struct arena_mark mark = arena_mark(c->arena);
		history_change_json(c, s, &all->item[i], &j);
		arena_release(c->arena, mark);
	}
	json_end(&j);
	return json_done(&j, e);
}

static const char *history_shown(
    struct cli *c, struct store *s, const struct history_change *h, const char *value)
{
	const char *text = cli_show(c, s, h->kind, h->field, value);
	return cli_or_empty(c, text_cut(c->arena, text, SHOWN, c->ascii));
}

// One line a change: when, which, who, what of which record, from, to.
static void history_change_text(struct cli *c, struct store *s, const struct history_change *h)
{
	char at[MOMENT_TEXT];
	moment_print(h->at, at);
	const char *call = str_equal(h->kind, "link")
			       ? cli_safe(c, words_title(s, c->arena, &h->id), false)
			       : cli_call(c, s, &h->id);
	fprintf(c->out, "%s  %016" PRIx64 "  %s  %s  ", at, h->cid, cli_safe(c, h->author, false),
	    call);
	if (str_equal(h->kind, "link"))
		fprintf(c->out, "%s\n",
		    cli_safe(c, words_change(s, c->arena, h, c->ascii ? "->" : "→"), false));
	else if (str_equal(h->field, "~"))
		fprintf(c->out, "%s\n", str_equal(h->new, "0") ? "deleted" : "brought back");
	else if (str_equal(h->field, "!redact"))
		fputs("a text was blanked for good\n", c->out);
	else if (redact_is_reason(h->field))
		fprintf(c->out, "why it was blanked: %s\n", history_shown(c, s, h, h->new));
	else if (h->erased)
		fprintf(c->out, "%s: (blanked)\n", cli_safe(c, h->field, false));
	else
		fprintf(c->out, "%s: %s %s %s\n", cli_safe(c, h->field, false),
		    history_shown(c, s, h, h->old), c->ascii ? "->" : "→",
		    history_shown(c, s, h, h->new));
}

// --- --summary: what changed in a team

static void history_log_item_json(const struct since_item *item, struct json *j)
{
	char id[ID_TEXT], date[DATE_TEXT];
	id_print(&item->id, id);
	date_print_iso(item->date, date);
	json_object(j);
	json_put_text(j, "kind", item->kind);
	json_put_text(j, "id", id);
	json_put_text(j, "title", item->title);
	json_put_text(j, "what", item->what);
	json_put_text(j, "by", str_empty(item->by) ? NULL : item->by);
	json_put_text(j, "date", date);
	json_end(j);
}

static bool history_log_summary_json(struct cli *c, const struct since *since, struct err *e)
{
	struct json j;
	char session[ID_TEXT], from[DATE_TEXT];
	id_print(&since->session, session);
	date_print_iso(since->from, from);
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "since", since->begun ? from : NULL);
	json_put_text(&j, "session", id_zero(&since->session) ? NULL : session);
	json_put_array(&j, "items");
	for (size_t i = 0; i < since->items; i++)
		history_log_item_json(&since->item[i], &j);
	json_end(&j);
	json_put_object(&j, "older");
	json_put_int(&j, "typed_since", (int64_t)since->typed_since);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static void history_log_summary_text(struct cli *c, struct store *s, const struct since *since)
{
	for (size_t i = 0; i < since->count; i++)
		fprintf(c->out, "%s: %s\n", cli_safe(c, since->line[i].title, false),
		    cli_safe(c, since->line[i].text, false));
	if (since->count == 0)
		fputs("Nothing was changed since then.\n", c->out);
	if (since->typed_since)
		fprintf(c->out, "Typed in since, but from before %s: %s\n",
		    date_show(c->arena, since->from, store_today(s)),
		    cli_safe(c, since->older, false));
}

static bool history_log_summary(
    struct cli *c, struct store *s, const struct history_filter *f, struct err *e)
{
	struct since since;
	date_t from = f->since ? env_date(&c->env, f->since) : 0;
	if (!since_find(s, c->arena, f->team, f->since ? &from : NULL, &since, e))
		return false;
	if (option_given(c, "json"))
		return history_log_summary_json(c, &since, e);
	history_log_summary_text(c, s, &since);
	return true;
}

static void history_log_text(struct cli *c, struct store *s, const struct history *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct arena_mark mark = arena_mark(c->arena);
		history_change_text(c, s, &all->item[i]);
		arena_release(c->arena, mark);
	}
}

static bool history_read_filter(struct cli *c, struct store *s, struct history_filter *f,
    struct record *r, struct record *team, struct err *e)
{
	const char *ref = option_get(c, "ref");
	f->author = option_get(c, "author");
	if (option_given(c, "since") && !option_moment(c, "since", false, &f->since, e))
		return false;
	if (option_given(c, "until") && !option_moment(c, "until", true, &f->until, e))
		return false;
	int64_t moment = 0;
	if (option_given(c, "as-of") && !option_moment(c, "as-of", true, &moment, e))
		return false;
	if (moment && (!f->until || f->until > moment))
		f->until = moment + 1;
	if (ref && !cli_find(c, s, NULL, ref, r, e))
		return false;
	f->id = ref ? &r->id : NULL;
	if (option_given(c, "team") && !cli_find(c, s, "team", option_get(c, "team"), team, e))
		return false;
	f->team = option_given(c, "team") ? &team->id : NULL;
	if (option_given(c, "summary") && !f->team)
		return err_set(e, ERR_USAGE, "--summary: say of which team, with --team");
	return true;
}

bool verb_log(struct cli *c, struct err *e)
{
	struct history_filter filter = HISTORY_ALL;
	struct history all;
	struct record r, team;
	struct store *s = cli_open(c, STORE_READ, e);
	bool summary = option_given(c, "summary");
	bool good = s && history_read_filter(c, s, &filter, &r, &team, e) &&
		    (summary || history_list(s, c->arena, &filter, &all, e));
	if (good && summary)
		good = history_log_summary(c, s, &filter, e);
	else if (good && option_given(c, "json"))
		good = history_log_json(c, s, &all, e);
	else if (good)
		history_log_text(c, s, &all);
	cli_close(c, s);
	return good;
}

// Exactly 16 hex digits, as log shows them.
static bool history_read_change(const char *typed, uint64_t *cid, struct err *e)
{
	size_t n = strspn(typed, "0123456789abcdefABCDEF");
	*cid = n == CHANGE_DIGITS && !typed[n] ? strtoull(typed, NULL, 16) : 0;
	if (*cid)
		return true;
	return err_set(e, ERR_USAGE,
	    "%s: a change is named by its 16 hex digits; plando log shows them", typed);
}

// Without a change: the newest save of this author on this computer.
static bool history_undo_asked(
    struct cli *c, struct store *s, uint64_t cid, struct history *did, struct err *e)
{
	if (!cid)
		return history_undo_newest(s, c->arena, did, e);
	return option_given(c, "save") ? history_undo_save(s, c->arena, cid, did, e)
				       : history_undo(s, c->arena, cid, did, e);
}

bool verb_undo(struct cli *c, struct err *e)
{
	uint64_t cid = 0;
	struct history did;
	if (c->words > 1 && !history_read_change(c->word[1], &cid, e))
		return false;
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && history_undo_asked(c, s, cid, &did, e);
	if (good)
		cli_did(c, s, "undone", &did);
	cli_close(c, s);
	return good;
}
