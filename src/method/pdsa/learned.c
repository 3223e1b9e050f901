// SPDX-License-Identifier: MIT
#include <plando/learned.h>

#include "method/pdsa/predictions.h"
#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

// Which ideas serve which item of the change package: rule 2.
#define SERVES                                                                                     \
	"WITH RECURSIVE up(idea,node) AS (SELECT l.from_,l.to_ FROM link l JOIN idea i ON "        \
	"i.id=l.from_"                                                                             \
	" UNION SELECT u.idea,l.to_ FROM up u JOIN link l ON l.from_=u.node),"                     \
	" serves(idea,item) AS (SELECT id,component FROM idea WHERE component IS NOT NULL"         \
	"  UNION SELECT u.idea,d.component FROM up u JOIN driver d ON d.id=u.node"                 \
	"  WHERE d.component IS NOT NULL) "

static const char FOUND[] = SERVES
    "SELECT p.id, coalesce(p.team,i.team), i.id, t.name, i.code, i.text,"
    " (SELECT coalesce(c.code||' ','')||coalesce(c.text,'') FROM serves v JOIN component c"
    "  ON c.id=v.item WHERE v.idea=i.id ORDER BY c.code, c.id LIMIT 1),"
    " p.cycle_no, coalesce(p.title,p.objective), p.scale, p.decision, p.learned, p.unexpected,"
    " p.why, p.next_change, coalesce(p.do_end,p.do_start)"
    " FROM pdsa p LEFT JOIN ramp r ON r.id=p.ramp"
    " LEFT JOIN idea i ON i.id=coalesce(r.idea,p.idea)"
    " LEFT JOIN team t ON t.id=coalesce(p.team,i.team)"
    " WHERE (p.learned IS NOT NULL OR p.decision IS NOT NULL)"
    " AND (p.archived IS NULL OR p.archived>?1)"
    " AND (?2 IS NULL OR coalesce(p.team,i.team)=?2) AND (?3 IS NULL OR i.id=?3)"
    " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM up u WHERE u.idea=i.id AND u.node=?4))"
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM serves v WHERE v.idea=i.id AND v.item=?5))"
    " AND (?6 IS NULL OR p.decision=?6)"
    " AND (?7 IS NULL OR coalesce(p.do_end,p.do_start)>=?7)"
    " AND (?8 IS NULL OR coalesce(p.do_end,p.do_start)<=?8)"
    " AND (?9 IS NULL OR i.id IS NULL OR i.id<>?9)"
    " ORDER BY coalesce(p.do_end,p.do_start) IS NULL, coalesce(p.do_end,p.do_start) DESC,"
    " CAST(p.cycle_no AS INTEGER) DESC, p.id";

enum { FILTERS = 8 };

struct bound {
	char id[5][ID_TEXT], today[DATE_TEXT], since[DATE_TEXT], until[DATE_TEXT];
};

static const char *learned_id_text(const struct id *id, char out[ID_TEXT])
{
	if (!id)
		return NULL;
	id_print(id, out);
	return out;
}

static const char *learned_day_text(date_t day, char out[DATE_TEXT])
{
	if (day == 0)
		return NULL;
	date_print_iso(day, out);
	return out;
}

static void learned_bind(
    struct ask *q, const struct learned_filter *f, date_t today, struct bound *b)
{
	date_print_iso(today, b->today);
	const char *const value[FILTERS] = { learned_id_text(f->team, b->id[0]),
		learned_id_text(f->idea, b->id[1]), learned_id_text(f->node, b->id[2]),
		learned_id_text(f->component, b->id[3]), f->decision,
		learned_day_text(f->since, b->since), learned_day_text(f->until, b->until),
		learned_id_text(f->not_idea, b->id[4]) };
	ask_text(q, 1, b->today);
	for (int i = 0; i < FILTERS; i++)
		ask_text(q, 2 + i, value[i]);
}

static void learned_row_read(struct ask *q, struct arena *a, struct learned *l, struct err *e)
{
	const char **const text[] = { &l->team_name, &l->idea_code, &l->idea_text, &l->component,
		&l->cycle_no, &l->title, &l->scale, &l->decision, &l->learned, &l->unexpected,
		&l->why, &l->next_change };
	*l = (struct learned){
		.id = query_id(q, 0), .team = query_id(q, 1), .idea = query_id(q, 2)
	};
	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		*text[i] = query_text(q, 3 + (int)i, a, e);
	const char *day = col_text(q, 15);
	l->dated = day && date_parse_iso(day, &l->day);
}

// Every word stands somewhere in what the cycle says.
static bool learned_holds(const struct learned *l, const char *words)
{
	struct arena a = { 0 };
	bool all = true;
	const char *text =
	    arena_printf(&a, "%s %s %s %s %s %s %s %s %s", l->team_name, l->idea_code, l->idea_text,
		l->component, l->title, l->learned, l->unexpected, l->why, l->next_change);
	const char *in = text ? text_fold(&a, text) : NULL;
	const char *want = text_fold(&a, words);
	for (const char *w = want; in && w && all && *(w += strspn(w, " "));) {
		size_t n = strcspn(w, " ");
		const char *word = arena_copy(&a, w, n);
		all = word && strstr(in, word);
		w += n;
	}
	all = all && in && want;
	arena_free(&a);
	return all;
}

static bool learned_predictions_read(struct store *s, struct learnings *all, struct err *e)
{
	for (size_t i = 0; i < all->count; i++) {
		struct predictions p;
		if (!predictions_count(s->db, &all->item[i].id, &p, e))
			return false;
		all->item[i].predictions = p.written;
		all->item[i].results = p.results;
		all->item[i].met = p.met;
	}
	return true;
}

bool learned_list(struct store *s, struct arena *a, const struct learned_filter *f,
    struct learnings *out, struct err *e)
{
	struct err own = { 0 };
	struct bound b;
	size_t cap = 0;
	*out = (struct learnings){ 0 };
	struct ask *q = db_ask(s->db, FOUND, e);
	if (!q)
		return false;
	learned_bind(q, f, store_today(s), &b);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		learned_row_read(q, a, &out->item[out->count], &own);
		out->count +=
		    str_empty(f->words) || learned_holds(&out->item[out->count], f->words);
	}
	return ask_end(q, &own, e) && learned_predictions_read(s, out, e);
}

// --- about an idea

static const char ITEMS[] = SERVES "SELECT item FROM serves WHERE idea=?1";

struct about {
	char *text;	 // of the idea, folded
	struct id *item; // of the change package, that it serves
	size_t items, cap;
};

static bool learned_about_read(
    struct store *s, struct arena *a, const struct id *idea, struct about *out, struct err *e)
{
	struct err own = { 0 };
	struct record r;
	*out = (struct about){ 0 };
	if (!record_load(s, a, idea, &r, e))
		return false;
	const char *text = record_get(&r, "text");
	out->text = text_fold(a, text ? text : "");
	struct ask *q = out->text ? query_team(s->db, a, ITEMS, idea, e) : NULL;
	if (!q)
		return out->text ? false : err_memory(e);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->items, &out->cap, sizeof *out->item))
			err_memory(&own);
		else
			out->item[out->items++] = query_id(q, 0);
	}
	return ask_end(q, &own, e);
}

static bool learned_says_the_same(
    struct arena *a, const struct about *about, const struct learned *l)
{
	const char *text = text_fold(a, l->idea_text);
	return text && *about->text && strcmp(text, about->text) == 0;
}

static bool learned_is_in(const struct learnings *list, const struct id *cycle)
{
	for (size_t i = 0; i < list->count; i++)
		if (id_equal(&list->item[i].id, cycle))
			return true;
	return false;
}

bool learned_about(
    struct store *s, struct arena *a, const struct id *idea, struct learnings *out, struct err *e)
{
	struct about about;
	struct learnings all;
	*out = (struct learnings){ 0 };
	if (!learned_about_read(s, a, idea, &about, e) ||
	    !learned_list(s, a, &(struct learned_filter){ .not_idea = idea }, &all, e))
		return false;
	out->item = arena_array(a, all.count + 1, sizeof *out->item);
	if (!out->item)
		return err_memory(e);
	struct learnings *of_item = arena_array(a, about.items + 1, sizeof *of_item);
	if (!of_item)
		return err_memory(e);
	for (size_t i = 0; i < about.items; i++)
		if (!learned_list(s, a,
			&(struct learned_filter){ .component = &about.item[i], .not_idea = idea },
			&of_item[i], e))
			return false;
	for (size_t k = 0; k < all.count; k++) {
		bool wanted = learned_says_the_same(a, &about, &all.item[k]);
		for (size_t i = 0; !wanted && i < about.items; i++)
			wanted = learned_is_in(&of_item[i], &all.item[k].id);
		if (wanted)
			out->item[out->count++] = all.item[k];
	}
	return true;
}
