// SPDX-License-Identifier: MIT
// What people do in a workbook of three teams with shared records and private notes, and what must
// hold when parts of it leave (P10, P21), texts are erased (P17), or newer programs write in it
// (P20).
#include "parts.h"

#include "../support.h"
#include "store/file/private.h"
#include "store/log/scope.h"
#include "store/log/store.h"

#include <plando/history.h>
#include <plando/merge.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEAMS = 3, ALL_SOUND = 500 };

struct play {
	struct arena *a;
	struct world dice, world[3];
	struct env env[3];
	struct id team[TEAMS];
	unsigned serial;
	const char *wrong;
};

static unsigned dice(struct play *p, unsigned n)
{
	return (unsigned)(world_next(&p->dice) % n);
}

static void wrong(struct play *p, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (!p->wrong)
		p->wrong = arena_vprintf(p->a, fmt, ap);
	va_end(ap);
}

static bool works(struct play *p, bool ok, const struct err *e)
{
	if (!ok)
		wrong(p, "an operation failed: %s", e->text);
	return ok && !p->wrong;
}

// --- what people do

static const char *planted(struct play *p, const char *where)
{
	return arena_printf(p->a, "planted %s %u", where, ++p->serial);
}

static const char *team_word(struct play *p, unsigned team)
{
	return planted(p, arena_printf(p->a, "team%u", team));
}

static const char *uuid(struct play *p, const struct id *id)
{
	char *text = arena_alloc(p->a, ID_TEXT);
	id_print(id, text);
	return text;
}

static bool commit(struct play *p, struct save *v)
{
	struct err e = { 0 };
	return works(p, save_commit(v, NULL, &e), &e);
}

static bool put_new(struct play *p, struct save *v, const char *kind, const char *ref,
    const struct id *to, const char *text, struct id *id)
{
	struct err e = { 0 };
	return works(p,
	    save_new(v, kind, NULL, id, &e) &&
		(!ref || save_cell(v, id, kind, ref, uuid(p, to), &e)) &&
		save_cell(v, id, kind, "note", text, &e),
	    &e);
}

static void do_new(struct play *p, struct store *s, unsigned team)
{
	static const char *const kinds[] = { "driver", "idea", "pdsa", "measure", "action",
		"person" };
	struct id id;
	struct save *v = save_begin(s, p->a, NULL);
	if (put_new(p, v, kinds[dice(p, 6)], "team", &p->team[team], team_word(p, team), &id))
		commit(p, v);
}

static void do_shared(struct play *p, struct store *s, unsigned team)
{
	static const char *const kinds[] = { "event", "person", "system" };
	struct id id;
	struct save *v = save_begin(s, p->a, NULL);
	(void)team;
	if (put_new(p, v, kinds[dice(p, 3)], NULL, NULL, planted(p, "shared"), &id))
		commit(p, v);
}

static bool pick(struct play *p, struct store *s, const char *kind, unsigned team, struct record *r)
{
	struct err e = { 0 };
	struct records all;
	const struct id *of = team < TEAMS ? &p->team[team] : NULL;
	if (!works(p, record_list(s, p->a, kind, of, &all, &e), &e) || !all.count)
		return false;
	*r = all.item[dice(p, (unsigned)all.count)];
	return true;
}

static void do_edit(struct play *p, struct store *s, unsigned team)
{
	static const char *const kinds[] = { "driver", "idea", "pdsa", "measure" };
	struct err e = { 0 };
	struct record r;
	if (!pick(p, s, kinds[dice(p, 4)], team, &r))
		return;
	struct save *v = save_begin(s, p->a, &e);
	if (works(p, save_cell(v, &r.id, r.kind, "note", team_word(p, team), &e), &e))
		commit(p, v);
}

static void do_delete(struct play *p, struct store *s, unsigned team)
{
	struct err e = { 0 };
	struct record r;
	if (!pick(p, s, "driver", team, &r))
		return;
	struct save *v = save_begin(s, p->a, &e);
	if (works(p, save_delete(v, &r.id, &e), &e))
		commit(p, v);
}

// One save over two scopes: a change of an event and of a team's record.
static void do_both(struct play *p, struct store *s, unsigned team)
{
	struct err e = { 0 };
	struct id id;
	struct record r;
	if (!pick(p, s, "event", TEAMS, &r))
		return;
	struct save *v = save_begin(s, p->a, &e);
	if (put_new(p, v, "action", "team", &p->team[team], team_word(p, team), &id) &&
	    works(p, save_cell(v, &r.id, "event", "note", planted(p, "shared"), &e), &e) &&
	    works(p, save_cell(v, &id, "action", "what", team_word(p, team), &e), &e))
		commit(p, v);
}

static void do_point(struct play *p, struct store *s, unsigned team)
{
	struct err e = { 0 };
	struct record r;
	struct id id;
	if (!pick(p, s, "measure", team, &r))
		return;
	const char *date = arena_printf(p->a, "2026-0%u-01", 1 + dice(p, 3));
	const char *key[] = { "measure", uuid(p, &r.id), "date", date, "stratum", "", NULL };
	struct save *v = save_begin(s, p->a, &e);
	if (works(p,
		save_new(v, "point", key, &id, &e) &&
		    save_cell(v, &id, "point", "note", team_word(p, team), &e),
		&e))
		commit(p, v);
}

static void do_private(struct play *p, struct store *s, unsigned team)
{
	struct id id, note;
	struct save *v = save_begin(s, p->a, NULL);
	if (put_new(p, v, "coaching", "team", &p->team[team], team_word(p, team), &id) &&
	    put_new(p, v, "coach_note", "coaching", &id, planted(p, "private"), &note))
		commit(p, v);
}

typedef void deed(struct play *p, struct store *s, unsigned team);
static deed *const deeds[] = { do_new, do_new, do_new, do_shared, do_edit, do_edit, do_edit,
	do_delete, do_both, do_both, do_point, do_private };
enum { DEEDS = sizeof deeds / sizeof *deeds };

// teams: the first so many; private: also notes of one's own.
static void act(struct play *p, struct store *s, unsigned times, unsigned teams, bool private)
{
	for (unsigned i = 0; i < times && !p->wrong; i++)
		deeds[dice(p, DEEDS - !private)](p, s, dice(p, teams));
}

// --- a workbook to begin with

static struct store *template_store;
static struct world template_world = { .now = 1795600000000, .seed = 1 };
static struct env template_env;

static struct store *begin(struct play *p, uint64_t seed)
{
	static const char *const authors[] = { "Ana", "Ben", "Chi" };
	static const char *const devices[] = { "ana-laptop", "ben-pc", "chi-tablet" };
	struct err e = { 0 };
	if (!template_store) {
		template_env = world_env(&template_world);
		template_store = store_memory(&template_env, "Collaborative", &e);
	}
	p->dice = (struct world){ .seed = seed };
	for (size_t i = 0; i < 3; i++) {
		p->world[i] =
		    (struct world){ .now = 1795600000000, .seed = seed * 7 + i, .tick = 1 };
		p->env[i] = world_env(&p->world[i]);
		p->env[i].author = authors[i];
		p->env[i].device = devices[i];
	}
	struct store *s = template_store ? store_twin(template_store, &p->env[0], &e) : NULL;
	if (!works(p, s != NULL, &e))
		return NULL;
	struct save *v = save_begin(s, p->a, &e);
	for (size_t i = 0; i < TEAMS; i++)
		works(p,
		    save_new(v, "team", NULL, &p->team[i], &e) &&
			save_cell(v, &p->team[i], "team", "name", "Team", &e),
		    &e);
	commit(p, v);
	return s;
}

static const char *path_of(struct play *p, const char *name)
{
	const char *path = test_path(p->a, arena_printf(p->a, "%s-%d", name, (int)getpid()));
	unlink(path);
	return path;
}

static struct store *opened(struct play *p, const char *path, size_t who)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &p->env[who], &e);
	works(p, s != NULL, &e);
	return s;
}

static void join(struct play *p, struct store *to, struct store *from)
{
	struct err e = { 0 };
	struct merge_report r;
	if (works(p, log_whole(from->db, &e), &e))
		works(p, merge_from(to, from->db, "copy", false, &r, &e), &e);
}

static void sound(struct play *p, struct store *s, const char *what)
{
	struct err e = { 0 };
	struct store_problems found;
	if (works(p, store_check(s, p->a, &found, &e), &e) && found.count)
		wrong(p, "%s: %s", what, found.line[0]);
}

static void equal(struct play *p, struct store *a, struct store *b, const char *what)
{
	struct err e = { 0 };
	struct store_facts x, y;
	if (!works(p, store_facts(a, &x, &e) && store_facts(b, &y, &e), &e))
		return;
	if (strcmp(x.state, y.state) != 0)
		wrong(p, "%s: the states differ", what);
	else if (x.digest != y.digest)
		wrong(p, "%s: the digests differ", what);
}

// The bytes of a file, with every page, hold none of it.
static void holds_no(struct play *p, const char *path, const char *text, const char *what)
{
	size_t n;
	const char *bytes = test_read(p->a, path, &n);
	if (!bytes)
		wrong(p, "%s cannot be read", path);
	else if (memmem(bytes, n, text, strlen(text)))
		wrong(p, "%s: \"%s\" stands in its bytes", what, text);
}

// --- P10

static const char *rows(struct play *p, struct store *s, const char *sql)
{
	struct err e = { 0 };
	struct str out = STR_IN(p->a);
	struct ask *q = db_ask(s->db, sql, &e);
	if (!works(p, q != NULL, &e))
		return "";
	while (ask_step(q, &e)) {
		for (int i = 0; i < col_count(q); i++)
			str_printf(&out, "%s|", col_null(q, i) ? "-" : col_text(q, i));
		str_add_char(&out, '\n');
	}
	ask_done(q);
	return str_done(&out);
}

// The tables of the part are those of the whole for these teams and what all share.
static void same_rows(struct play *p, struct store *whole, struct store *part, unsigned teams)
{
	static const char *const tables[] = {
		"SELECT hex(r.ent),r.kind,hex(r.scope),r.alive,r.flag FROM rec r",
		"SELECT hex(c.ent),c.fld,c.val,c.n FROM cell c JOIN rec r ON r.ent=c.ent",
		"SELECT hex(c.ent),c.fld,c.what FROM clash c JOIN rec r ON r.ent=c.ent",
	};
	struct str held = STR_IN(p->a);
	char hex[33];
	for (unsigned i = 0; i <= teams; i++) {
		const struct id *scope = i < teams ? &p->team[i] : &ID_COLLABORATIVE;
		for (int b = 0; b < 16; b++)
			snprintf(hex + 2 * b, 3, "%02X", scope->b[b]);
		str_printf(&held, "%sx'%s'", i ? "," : "", hex);
	}
	for (size_t i = 0; i < 3 && !p->wrong; i++) {
		const char *all = arena_printf(p->a, "%s ORDER BY 1,2,3", tables[i]);
		const char *some = arena_printf(
		    p->a, "%s WHERE r.scope IN (%s) ORDER BY 1,2,3", tables[i], str_done(&held));
		if (strcmp(rows(p, whole, some), rows(p, part, all)) != 0)
			wrong(p, "P10: the part is not the whole restricted to its teams");
	}
}

// Nothing of the teams that are not among the first so many, and no private note.
static void holds_no_others(struct play *p, const char *path, unsigned teams, const char *what)
{
	for (unsigned i = teams; i < TEAMS; i++)
		holds_no(p, path, arena_printf(p->a, "planted team%u", i), what);
	holds_no(p, path, "planted private", what);
}

static struct store *shared(struct play *p, struct store *s, unsigned teams, const char *name)
{
	struct err e = { 0 };
	struct share_report r;
	const char *path = path_of(p, name);
	if (!works(p, store_share(s, p->team, teams, path, &r, &e), &e))
		return NULL;
	holds_no_others(p, path, teams, "P10: a part");
	return opened(p, path, 1);
}

const char *parts_share(struct arena *a, uint64_t seed)
{
	struct play p = { .a = a };
	struct store *whole = begin(&p, seed), *part = NULL, *again = NULL, *wide = NULL;
	unsigned teams = 1 + dice(&p, 2);
	if (whole)
		act(&p, whole, 12, TEAMS, true);
	if (!p.wrong)
		part = shared(&p, whole, teams, "part");
	for (int round = 0; round < 2 && part && !p.wrong; round++) {
		act(&p, whole, 8, TEAMS, true);
		act(&p, part, 8, teams, false);
		join(&p, part, whole);
		join(&p, whole, part);
	}
	if (part && !p.wrong) {
		same_rows(&p, whole, part, teams);
		holds_no_others(&p, store_path(part), teams, "P10: a part that was merged into");
		again = shared(&p, whole, teams, "again");
	}
	if (again)
		equal(&p, part, again, "P10: a part, and the same shared anew");
	if (again && !p.wrong && (wide = shared(&p, whole, TEAMS, "wide"))) {
		join(&p, wide, part);
		same_rows(&p, whole, wide, TEAMS);
		if (seed <= ALL_SOUND || seed % 10 == 0) { // chains and tables too; slow
			sound(&p, wide, "P10: a wider part");
			sound(&p, part, "P10: a part");
		}
	}
	store_close(whole);
	store_close(part);
	store_close(again);
	store_close(wide);
	return p.wrong;
}

// --- P17

static const char SECRET[] = "Zebulon Quillfeather";

static bool name_child(struct play *p, struct store *s, struct id *id)
{
	struct err e = { 0 };
	struct save *v = save_begin(s, p->a, &e);
	return put_new(p, v, "involvement", "team", &p->team[0], SECRET, id) &&
	       works(p,
		   save_cell(v, id, "involvement", "who",
		       arena_printf(p->a, "the mother of %s", SECRET), &e),
		   &e) &&
	       commit(p, v);
}

static void erased_everywhere(struct play *p, struct store *copy[3])
{
	static const char *const words[] = { "Zebulon", "zebulon", "quillfeather" };
	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < 3 && !p->wrong; i++)
			for (unsigned j = 0; j < 3; j++)
				if (i != j)
					join(p, copy[i], copy[j]);
	for (unsigned i = 0; i < 3 && !p->wrong; i++) {
		equal(p, copy[0], copy[i], "P17");
		sound(p, copy[i], "P17: after the erasure");
		for (size_t w = 0; w < 3; w++)
			holds_no(p, store_path(copy[i]), words[w], "P17: an erased copy");
	}
}

const char *parts_erase(struct arena *a, uint64_t seed)
{
	struct play p = { .a = a };
	struct err e = { 0 };
	struct store *first = begin(&p, seed), *copy[3] = { 0 };
	struct id child;
	const char *old = path_of(&p, "old");
	if (first && name_child(&p, first, &child))
		for (size_t i = 0; i < 3 && !p.wrong; i++) {
			const char *path = path_of(&p, arena_printf(a, "copy%zu", i));
			if (works(&p, store_copy(first, path, &e), &e))
				copy[i] = opened(&p, path, i);
		}
	for (size_t i = 0; i < 3 && !p.wrong; i++)
		act(&p, copy[i], 4, TEAMS, false);
	if (!p.wrong && dice(&p, 2)) { // an earlier version with the name in it, on one copy only
		struct save *v = save_begin(copy[1], a, &e);
		if (works(&p, save_cell(v, &child, "involvement", "note", "She came", &e), &e))
			commit(&p, v);
	}
	if (!p.wrong && works(&p, store_copy(copy[2], old, &e), &e)) {
		struct redact_report r;
		works(&p, store_redact(copy[0], a, &child, NULL, NULL, false, &r, &e), &e);
		holds_no(&p, store_path(copy[0]), "Zebulon", "P17: where it was erased");
		act(&p, copy[1], 2, TEAMS, false);
		erased_everywhere(&p, copy);
	}
	struct store *back = p.wrong ? NULL : opened(&p, old, 2);
	if (back) { // a copy from a drawer
		join(&p, copy[1], back);
		holds_no(&p, store_path(copy[1]), "Zebulon", "P17: after an old copy came");
		equal(&p, copy[0], copy[1], "P17: after an old copy came");
	}
	store_close(back);
	store_close(first);
	for (size_t i = 0; i < 3; i++)
		store_close(copy[i]);
	return p.wrong;
}

// --- P20

// What a newer program would write: kinds and fields that this one does not know.
static void act_newer(struct play *p, struct store *s, struct id *known)
{
	struct err e = { 0 };
	struct id id;
	struct record r;
	struct save *v = save_begin(s, p->a, &e);
	const char *kind = dice(p, 2) ? "storyboard" : "x-ray";
	if (!put_new(p, v, kind, "team", &p->team[dice(p, TEAMS)], planted(p, "newer"), &id))
		return;
	works(p, save_cell(v, &id, kind, "panels.0a1b2c3d.caption", planted(p, "newer"), &e), &e);
	if (pick(p, s, "driver", dice(p, TEAMS), &r))
		works(p, save_cell(v, &r.id, "driver", "confidence", planted(p, "newer"), &e), &e);
	if (commit(p, v))
		*known = id;
}

const char *parts_newer(struct arena *a, uint64_t seed)
{
	struct play p = { .a = a };
	struct err e = { 0 };
	struct id made = { 0 };
	struct record r;
	struct store *newer = begin(&p, seed), *older = NULL, *back = NULL;
	if (newer)
		act(&p, newer, 6, TEAMS, false);
	if (newer && works(&p, (older = store_twin(newer, &p.env[1], &e)) != NULL, &e) &&
	    works(&p, (back = store_twin(newer, &p.env[2], &e)) != NULL, &e))
		for (int round = 0; round < 3 && !p.wrong; round++) {
			act_newer(&p, newer, &made);
			join(&p, older, newer);
			act(&p, older, 3, TEAMS, false); // old, and made anew by its own forms
			works(&p,
			    db_begin(older->db, &e) && state_make(older, 0, &e) &&
				db_commit(older->db, &e),
			    &e);
			join(&p, back, older); // and only through the old one to a newer one again
		}
	if (!p.wrong) {
		join(&p, newer, back);
		equal(&p, newer, back, "P20");
		equal(&p, older, back, "P20");
		sound(&p, older, "P20");
		if (works(&p, record_load(back, a, &made, &r, &e), &e) &&
		    !record_get(&r, "panels.0a1b2c3d.caption"))
			wrong(&p, "P20: a field of a newer program was lost on the way");
	}
	store_close(newer);
	store_close(older);
	store_close(back);
	return p.wrong;
}

// --- P21

enum { PARCELS = 4 };

static bool packed(struct play *p, struct store *from, const char *device, int number, bool *any,
    const char **path)
{
	struct err e = { 0 };
	struct parcel_report r;
	struct parcel_wish wish = { .device = device };
	*path = path_of(p, arena_printf(p->a, "parcel%d", number));
	bool ok = works(p, store_parcel(from, &wish, *path, &r, &e), &e);
	*any = r.changes > 0;
	return ok;
}

static bool taken(struct store *to, const char *path, int64_t *changes, struct err *e)
{
	struct private_copy copy;
	struct merge_report r = { 0 };
	if (!private_open(path, &copy, e))
		return false;
	bool ok = merge_private(to, &copy, false, &r, e);
	*changes = r.changes;
	private_close(&copy);
	return ok;
}

// The one who sends closes the program between two parcels or goes on: new streams or the same.
static void begin_anew(struct play *p, struct store *s)
{
	if (dice(p, 2))
		s->sessions = 0;
}

static void out_of_order(struct play *p, struct store *to, const char *const path[PARCELS])
{
	struct err e = { 0 };
	int64_t n;
	unsigned late = 1 + dice(p, PARCELS - 1);
	uint64_t before, after;
	log_digest(to->db, &before, &e);
	if (taken(to, path[late], &n, &e))
		wrong(p, "P21: parcel %u was taken before the one before it", late + 1);
	else if (e.code != ERR_DATA || !strstr(e.text, "Ana") || !strstr(e.text, "whole copy"))
		wrong(p, "P21: who has what is missing is not said: %s", e.text);
	log_digest(to->db, &after, &e);
	if (before != after)
		wrong(p, "P21: a parcel that was refused left something");
}

static void in_order(struct play *p, struct store *to, const char *const path[PARCELS])
{
	struct err e = { 0 };
	int64_t n;
	for (unsigned i = 0; i < PARCELS && !p->wrong; i++) {
		if (!works(p, taken(to, path[i], &n, &e), &e))
			return;
		unsigned twice = dice(p, i + 1);
		if (works(p, taken(to, path[twice], &n, &e), &e) && n)
			wrong(p, "P21: a parcel taken twice brought %lld changes", (long long)n);
	}
}

const char *parts_parcels(struct arena *a, uint64_t seed)
{
	struct play p = { .a = a };
	struct err e = { 0 };
	const char *path[PARCELS];
	struct store *ana = begin(&p, seed), *ben = NULL;
	if (ana)
		act(&p, ana, 8, TEAMS, false);
	if (!p.wrong && works(&p, (ben = store_twin(ana, &p.env[1], &e)) != NULL, &e)) {
		do_new(&p, ben, 0);
		join(&p, ana, ben); // from here on Ana knows of Ben's computer
	}
	for (int i = 0; i < PARCELS && !p.wrong; i++) {
		bool any;
		begin_anew(&p, ana);
		do_new(&p, ana, dice(&p, TEAMS));
		act(&p, ana, dice(&p, 6), TEAMS, true);
		if (packed(&p, ana, "ben-pc", i, &any, &path[i]) && !any)
			wrong(&p, "P21: a parcel is empty");
		holds_no(&p, path[i], "planted private", "P21: a parcel");
	}
	struct store *late = p.wrong ? NULL : store_twin(ben, &p.env[1], &e);
	if (late)
		out_of_order(&p, late, path);
	store_close(late);
	if (!p.wrong && dice(&p, 2))
		act(&p, ben, 3, TEAMS, false);
	if (!p.wrong)
		in_order(&p, ben, path);
	if (!p.wrong) { // Ben has all of it but Ana's own notes
		struct share_report r;
		const char *to = path_of(&p, "rest");
		join(&p, ana, ben);
		works(&p, store_share(ana, p.team, TEAMS, to, &r, &e), &e);
		struct store *rest = p.wrong ? NULL : opened(&p, to, 1);
		if (rest)
			equal(&p, rest, ben, "P21");
		store_close(rest);
		sound(&p, ben, "P21");
	}
	store_close(ana);
	store_close(ben);
	return p.wrong;
}
