// SPDX-License-Identifier: MIT
// The last question about a driver or a change idea: what does it feed? A new one has a place in
// its team's diagram by then.
#include "cli/links.h"
#include "cli/verbs/verb_fill.h"

#include <plando/str.h>

static bool fill_link_links_of(struct fill *f, struct links *l, struct err *e)
{
	struct record r;
	*l = (struct links){ .store = f->s, .arena = &f->work, .from = f->part[0].id };
	return record_load(f->s, &f->work, &l->from, &r, e) &&
	       (record_ref(&r, "team", &l->team) ||
		   err_set(e, ERR_DATA, "it belongs to no team, and so to no diagram"));
}

static bool fill_link_keep_links(struct fill *f, const char *list, struct err *e)
{
	struct links l;
	if (!fill_link_links_of(f, &l, e))
		return false;
	l.save = save_begin(f->s, &f->work, e);
	return l.save && links_set(&l, list, e) && save_commit(l.save, NULL, e);
}

bool fill_link_place(struct fill *f, struct save *v, struct err *e)
{
	struct links l = { .store = f->s, .arena = &f->work, .save = v, .from = f->part[0].id };
	const char *team = NULL;
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], "team"))
			team = f->given[i + 1];
	return !links_kind(f->kind) || !team || !id_parse(team, &l.team) ||
	       links_place_last(&l, f->kind, e);
}

static bool has_link(struct fill *f, bool *has, struct err *e)
{
	struct records links;
	bool good = record_list_by(f->s, &f->work, "link", "from", &f->part[0].id, &links, e);
	*has = good && links.count > 0;
	return good;
}

bool fill_link_ask(struct fill *f, struct err *e)
{
	const char *line;
	bool has, refused = f->refused;
	if (!links_kind(f->kind) || !f->part[0].exists || !has_link(f, &has, e))
		return !links_kind(f->kind) || !f->part[0].exists;
	while (!has && !f->ended && !f->left) {
		struct err why = { 0 };
		fill_say(f, "\nWhat does it feed? (drivers by their text, with commas between; the "
			    "team's name is its aim; asked for)");
		if (!fill_line(f, &line, e))
			return f->ended;
		if (str_empty(line) || str_equal(line, "!") || str_equal(line, "-"))
			return true;
		has = fill_link_keep_links(f, line, &why);
		if (!has && why.code != ERR_DATA && why.code != ERR_NOINPUT)
			return err_set(e, why.code, "%s", why.text);
		if (!has)
			fill_refuse(f, &why);
		else
			f->refused = refused; // a good answer took its place
	}
	return true;
}
