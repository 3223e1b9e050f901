// SPDX-License-Identifier: MIT
// Full text: search.
#include "cli/verbs.h"

#include <plando/kind.h>
#include <plando/search.h>
#include <plando/str.h>

enum { HITS_MOST = 1000 };

struct search_wanted {
	struct named_kind kind; // none: any
	struct record team;	// kind NULL: any
};

static bool search_read_wanted(
    struct cli *c, struct store *s, struct search_wanted *w, struct err *e)
{
	const char *kind = option_get(c, "kind"), *team = option_get(c, "team");
	if (kind && !cli_kind(store_forms(s), kind, &w->kind, e))
		return false;
	return !team || cli_find(c, s, "team", team, &w->team, e);
}

static bool search_of_form(
    struct cli *c, struct store *s, const struct form *own, const struct search_hit *hit)
{
	struct record r;
	return record_load(s, c->arena, &hit->id, &r, NULL) &&
	       str_equal(record_get(&r, form_naming(r.kind)), own->id);
}

// A team's own record belongs to it as well.
static bool search_is_wanted(
    struct cli *c, struct store *s, const struct search_wanted *w, const struct search_hit *hit)
{
	if (w->kind.kind && !str_equal(w->kind.kind->name, hit->kind))
		return false;
	if (w->kind.own && !search_of_form(c, s, w->kind.own, hit))
		return false;
	return !w->team.kind || id_equal(&w->team.id, &hit->id) ||
	       id_equal(&w->team.id, &hit->team_id);
}

static void search_hit_json(struct json *j, const struct search_hit *hit)
{
	char id[ID_TEXT];
	id_print(&hit->id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "kind", hit->kind);
	json_put_text(j, "field", hit->field);
	json_put_text(j, "title", hit->title);
	json_put_text(j, "team", hit->team);
	json_put_text(j, "excerpt", hit->excerpt);
	json_end(j);
}

static void search_hit_text(struct cli *c, const struct search_hit *hit)
{
	const struct kind *kind = kind_find(hit->kind);
	const char *dot = c->ascii ? "-" : "·";
	fprintf(c->out, "%s %s %s", cli_safe(c, hit->title, false), dot,
	    cli_safe(c, kind ? kind->label : hit->kind, false));
	if (!str_empty(hit->team))
		fprintf(c->out, " %s %s", dot, cli_safe(c, hit->team, false));
	if (!str_equal(hit->excerpt, hit->title))
		fprintf(c->out, ": %s", cli_safe(c, hit->excerpt, false));
	fputc('\n', c->out);
}

static bool search_print_hits(struct cli *c, struct store *s, const struct search_wanted *w,
    const struct search_hits *hits, struct err *e)
{
	struct json j;
	bool json = option_given(c, "json");
	json_init(&j, c->out);
	if (json)
		json_array(&j);
	for (size_t i = 0; i < hits->count; i++) {
		if (!search_is_wanted(c, s, w, &hits->item[i]))
			continue;
		if (json)
			search_hit_json(&j, &hits->item[i]);
		else
			search_hit_text(c, &hits->item[i]);
	}
	if (hits->more)
		cli_say(c, "There are more; add a word to narrow it.");
	if (!json)
		return true;
	json_end(&j);
	return json_done(&j, e);
}

bool verb_search(struct cli *c, struct err *e)
{
	struct str words = STR_IN(c->arena);
	struct search_wanted wanted = { 0 };
	struct search_hits hits = { 0 };
	for (size_t i = 1; i < c->words; i++)
		str_printf(&words, "%s%s", i > 1 ? " " : "", c->word[i]);
	const char *text = str_done(&words);
	struct store *s = text ? cli_open(c, STORE_READ, e) : NULL;
	bool good = s && search_read_wanted(c, s, &wanted, e) &&
		    search_find(s, c->arena, text, HITS_MOST, &hits, e) &&
		    search_print_hits(c, s, &wanted, &hits, e);
	cli_close(c, s);
	return good || (!text && err_memory(e));
}
