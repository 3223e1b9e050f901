// SPDX-License-Identifier: MIT
#include "guard.h"

#include "../support.h"
#include "disk.h"
#include "store/exchange/outbox.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/redact.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GUARD_WORDS = 400, GUARD_DRAWERS = 3, GUARD_DAY = 86400000, GUARD_STEPS = 70 };

// A text that somebody typed, under a name that stands nowhere else.
struct guard_word {
	char text[16];
	struct id ent;
	uint64_t cid;
	bool kept;   // typed or merged on this computer: the outbox must give it back
	bool erased; // somebody erased it
	bool known;  // … and this computer learnt of it: it must not come back
};

struct guard {
	struct arena *a;
	struct world dice, world[2];
	struct env env[2]; // here; Ben's computer
	const char *path, *theirs, *drawer[GUARD_DRAWERS];
	bool full[GUARD_DRAWERS];
	bool declined;	      // something was declined for the path
	struct store *window; // that is open here, or NULL
	struct guard_word word[GUARD_WORDS];
	size_t words;
	const char *wrong;
};

static unsigned guard_dice(struct guard *g, unsigned n)
{
	return (unsigned)(world_next(&g->dice) % n);
}

static void guard_wrong(struct guard *g, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void guard_wrong(struct guard *g, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (!g->wrong)
		g->wrong = arena_vprintf(g->a, fmt, ap);
	va_end(ap);
}

static bool guard_works(struct guard *g, bool ok, const char *what, const struct err *e)
{
	if (!ok)
		guard_wrong(g, "%s: %s", what, e->text);
	return ok;
}

// --- stores

static struct store *guard_open(struct guard *g, const char *path, size_t who)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &g->env[who], &e);
	guard_works(g, s != NULL, "opening", &e);
	return s;
}

static void guard_shut(struct guard *g)
{
	store_close(g->window);
	g->window = NULL;
}

// The window that is open here and looks at its file, or a run of its own.
static struct store *guard_here(struct guard *g)
{
	struct err e = { 0 };
	bool changed;
	if (!g->window)
		return guard_open(g, g->path, 0);
	guard_works(g, store_refresh(g->window, &changed, &e), "looking at the file", &e);
	return g->window;
}

static void guard_leave(struct guard *g, struct store *s)
{
	if (s != g->window)
		store_close(s);
}

// In place, as a sync program or a person copies a file.
static void guard_copy(struct guard *g, const char *from, const char *to)
{
	size_t n;
	char *bytes = test_read(g->a, from, &n);
	FILE *f = bytes ? fopen(to, "w") : NULL;
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		guard_wrong(g, "%s cannot be copied to %s", from, to);
}

// --- what stands in a log

// Where that text stands. False: nowhere, or blanked.
static bool guard_find(struct store *s, const char *text, struct id *ent, uint64_t *cid)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT ent,cid FROM change WHERE val=?", &own);
	if (!q)
		return false;
	ask_text(q, 1, text);
	bool found = ask_step(q, &own) && col_id(q, 0, ent);
	*cid = found ? (uint64_t)col_int(q, 1) : 0;
	ask_done(q);
	return found;
}

static bool guard_stands(struct store *s, const struct guard_word *w)
{
	struct id ent;
	uint64_t cid;
	return guard_find(s, w->text, &ent, &cid);
}

static bool guard_keeps_record(const struct guard *g, const struct id *ent)
{
	for (size_t i = 0; i < g->words; i++)
		if (g->word[i].kept && id_equal(&g->word[i].ent, ent))
			return true;
	return false;
}

// What is erased in that log. known: this computer learns of it, where it keeps something of the
// record; all: in any case.
static void guard_erasures(struct guard *g, struct store *s, bool known, bool all)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT val FROM change WHERE fld='!redact'", &own);
	while (q && ask_step(q, &own)) {
		uint64_t cid = strtoull(col_text(q, 0), NULL, 16);
		for (size_t i = 0; i < g->words; i++) {
			struct guard_word *w = &g->word[i];
			if (w->cid != cid)
				continue;
			w->erased = true;
			w->known = w->known || (known && (all || guard_keeps_record(g, &w->ent)));
		}
	}
	ask_done(q);
}

// The claim, of a workbook that is open.
static void guard_claim(struct guard *g, struct store *s, const char *when)
{
	for (size_t i = 0; i < g->words; i++) {
		const struct guard_word *w = &g->word[i];
		bool stands = guard_stands(s, w);
		if (w->kept && !w->erased && !stands)
			guard_wrong(g, "P22: %s, %s is lost", when, w->text);
		if (w->known && stands)
			guard_wrong(g, "P22: %s, %s is back, which was erased", when, w->text);
	}
}

// --- what a person does, alone or in a process that is killed

enum guard_act { GUARD_TYPE, GUARD_MERGE, GUARD_BACK, GUARD_ERASE };
struct guard_deed {
	enum guard_act act;
	const char *text;
	struct id id; // of the record that is written in or erased; zero: a new one
	const char *kind;
};

static bool guard_type(struct guard *g, struct store *s, const struct guard_deed *d, struct err *e)
{
	const char *kind = d->kind ? d->kind : "team";
	const char *cell = str_equal(kind, "team") ? "name" : "note";
	struct id id = d->id;
	struct save *v = save_begin(s, g->a, e);
	return v && (!id_zero(&id) || save_new(v, kind, NULL, &id, e)) &&
	       save_cell(v, &id, kind, cell, d->text, e) && save_commit(v, NULL, e);
}

static bool guard_do(struct guard *g, struct store *s, const struct guard_deed *d, struct err *e)
{
	struct merge_report r;
	struct redact_report redacted;
	struct outbox_mended m;
	switch (d->act) {
	case GUARD_TYPE: return guard_type(g, s, d, e);
	case GUARD_MERGE: return merge_file(s, g->theirs, false, &r, e);
	case GUARD_ERASE:
		return store_redact(s, g->a, &d->id, NULL, NULL, false, &redacted, e) ||
		       e->code == ERR_NOINPUT; // nothing of it is left to erase
	case GUARD_BACK: return outbox_put_back(s, &m, e);
	default: return true;
	}
}

static void guard_word_add(struct guard *g, struct store *s, const char *text, bool kept)
{
	struct guard_word w = { .kept = kept };
	if (!guard_find(s, text, &w.ent, &w.cid)) {
		if (kept)
			guard_wrong(g, "P22: %s was saved and is not there", text);
		return;
	}
	snprintf(w.text, sizeof w.text, "%s", text);
	g->word[g->words++] = w;
}

static void guard_standing(struct guard *g, struct store *s, bool stands[GUARD_WORDS])
{
	for (size_t i = 0; i < g->words; i++)
		stands[i] = guard_stands(s, &g->word[i]);
}

// What the model learns of a deed here. done: it was reported as done.
static void guard_learn(struct guard *g, struct store *s, const struct guard_deed *d, bool done,
    const bool stood[GUARD_WORDS])
{
	if (d->act == GUARD_TYPE)
		guard_word_add(g, s, d->text, done);
	for (size_t i = 0; d->act == GUARD_MERGE && done && i < g->words; i++)
		g->word[i].kept = g->word[i].kept || (!stood[i] && guard_stands(s, &g->word[i]));
	bool learns = done && (d->act == GUARD_MERGE || d->act == GUARD_ERASE);
	guard_erasures(g, s, learns, d->act == GUARD_ERASE);
	if (d->act == GUARD_BACK && done && !g->declined)
		guard_claim(g, s, "after it was given back");
}

static void guard_deed_here(struct guard *g, const struct guard_deed *d)
{
	struct err e = { 0 };
	bool stood[GUARD_WORDS];
	struct store *s = guard_here(g);
	if (!s)
		return;
	guard_standing(g, s, stood);
	if (guard_works(g, guard_do(g, s, d, &e), "a deed", &e))
		guard_learn(g, s, d, true, stood);
	guard_leave(g, s);
}

// In a process that is killed before some step, if it takes so many.
static void guard_deed_killed(struct guard *g, const struct guard_deed *d)
{
	bool stood[GUARD_WORDS];
	guard_shut(g);
	struct store *s = guard_open(g, g->path, 0);
	if (!s)
		return;
	guard_standing(g, s, stood);
	store_close(s);
	long step = 1 + (long)guard_dice(g, GUARD_STEPS);
	pid_t child = fork();
	if (child == 0) {
		struct err e = { 0 };
		disk_fail(step, false, DISK_KILL);
		struct store *own = store_open(g->path, STORE_WRITE, &g->env[0], &e);
		_exit(own && guard_do(g, own, d, &e) ? 0 : 1);
	}
	int status = 0;
	waitpid(child, &status, 0);
	bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (WIFEXITED(status) && !done)
		guard_wrong(g, "a deed that was to be killed failed");
	world_next(&g->world[0]); // the next run is another one than the child's
	if ((s = guard_open(g, g->path, 0)) == NULL)
		return;
	guard_learn(g, s, d, done, stood);
	store_close(s);
}

static void guard_pick(struct guard *g, const char *path, size_t who, struct guard_deed *d)
{
	struct err e = { 0 };
	struct records all;
	struct store *s = guard_open(g, path, who);
	d->kind = guard_dice(g, 2) ? "team" : "event";
	if (s && record_list(s, g->a, d->kind, NULL, &all, &e) && all.count)
		d->id = all.item[guard_dice(g, (unsigned)all.count)].id;
	store_close(s);
}

static const char *guard_text(struct guard *g)
{
	return arena_printf(g->a, "zq%05zu", g->words + 10000);
}

static struct guard_deed guard_typing(struct guard *g, const char *path, size_t who)
{
	struct guard_deed d = { .act = GUARD_TYPE, .text = guard_text(g) };
	guard_pick(g, path, who, &d);
	if (guard_dice(g, 2))
		d.id = (struct id){ 0 };
	return d;
}

static struct guard_deed guard_some_deed(struct guard *g)
{
	struct guard_deed d = { .act = (enum guard_act)guard_dice(g, GUARD_ERASE + 1) };
	if (d.act == GUARD_TYPE)
		return guard_typing(g, g->path, 0);
	if (d.act == GUARD_ERASE)
		guard_pick(g, g->path, 0, &d);
	if (d.act == GUARD_ERASE && id_zero(&d.id))
		d.act = GUARD_MERGE;
	return d;
}

// --- operations

static void guard_op_type(struct guard *g)
{
	const struct guard_deed d = guard_typing(g, g->path, 0);
	guard_deed_here(g, &d);
}

static void guard_op_some(struct guard *g)
{
	const struct guard_deed d = guard_some_deed(g);
	guard_deed_here(g, &d);
}

static void guard_op_killed(struct guard *g)
{
	const struct guard_deed d = guard_some_deed(g);
	guard_deed_killed(g, &d);
}

static void guard_op_window(struct guard *g)
{
	if (g->window)
		guard_shut(g);
	else
		g->window = guard_open(g, g->path, 0);
}

// Several texts in one run are one stream.
static void guard_ben_types(struct guard *g, struct store *s, struct guard_deed *d)
{
	struct err e = { 0 };
	for (unsigned i = 0, n = 1 + guard_dice(g, 3); s && i < n; i++) {
		d->text = guard_text(g);
		if (guard_works(g, guard_type(g, s, d, &e), "Ben", &e))
			guard_word_add(g, s, d->text, false);
		d->id = (struct id){ 0 };
	}
}

// Ben's computer has no outbox: what it does is of weight here only when it comes.
static void guard_op_ben(struct guard *g)
{
	struct err e = { 0 };
	struct merge_report r;
	struct redact_report redacted;
	struct guard_deed d = guard_typing(g, g->theirs, 1);
	unsigned what = guard_dice(g, 5);
	if (what == 4 && id_zero(&d.id))
		return;
	struct store *s = guard_open(g, g->theirs, 1);
	if (what < 3)
		guard_ben_types(g, s, &d);
	if (s && what == 3)
		guard_works(g, merge_file(s, g->path, false, &r, &e), "Ben merges", &e);
	if (s && what == 4)
		store_redact(s, g->a, &d.id, NULL, NULL, false, &redacted, &e);
	if (s)
		guard_erasures(g, s, false, false);
	store_close(s);
}

static void guard_op_keep(struct guard *g)
{
	unsigned at = guard_dice(g, GUARD_DRAWERS);
	guard_copy(g, g->path, g->drawer[at]);
	g->full[at] = true;
}

// In place, or under another inode.
static void guard_replace(struct guard *g, const char *with)
{
	const char *temp = arena_printf(g->a, "%s.new", g->path);
	if (guard_dice(g, 2)) {
		guard_copy(g, with, g->path);
		return;
	}
	guard_copy(g, with, temp);
	if (rename(temp, g->path) != 0)
		guard_wrong(g, "rename fails");
}

static void guard_op_older(struct guard *g)
{
	unsigned at = guard_dice(g, GUARD_DRAWERS);
	if (g->full[at])
		guard_replace(g, g->drawer[at]);
}

static void guard_op_theirs(struct guard *g)
{
	guard_replace(g, g->theirs);
}

static void guard_look(struct guard *g, struct store *s)
{
	struct err e = { 0 };
	struct outbox_gap gap;
	if (!guard_works(g, outbox_missing(s, g->a, &gap, &e), "looking", &e))
		return;
	guard_erasures(g, s, true, false);
	for (size_t i = 0; !gap.changes && !g->declined && i < g->words; i++)
		if (g->word[i].kept && !g->word[i].erased && !guard_stands(s, &g->word[i]))
			guard_wrong(
			    g, "P22: nothing is said to be missing, and %s is", g->word[i].text);
}

static void guard_op_look(struct guard *g)
{
	struct store *s = guard_here(g);
	if (s)
		guard_look(g, s);
	guard_leave(g, s);
}

// Said of a copy in the drawer, or of the workbook itself: of no other.
static void guard_op_no(struct guard *g)
{
	struct err e = { 0 };
	struct outbox_gap gap;
	unsigned at = guard_dice(g, GUARD_DRAWERS);
	bool away = guard_dice(g, 4) && g->full[at];
	struct store *s = away ? guard_open(g, g->drawer[at], 0) : guard_here(g);
	if (s) {
		guard_works(g, outbox_refuse(s, &e), "a no", &e);
		guard_works(g, outbox_missing(s, g->a, &gap, &e), "looking", &e);
		guard_erasures(g, s, true, false);
		if (gap.changes)
			guard_wrong(g, "P22: what was declined is asked for again");
	}
	if (away)
		store_close(s);
	else
		guard_leave(g, s);
	g->declined = g->declined || !away;
}

// What stood in the workbook all the time may go from the outbox; what it lacks may not.
static void guard_op_month(struct guard *g)
{
	guard_shut(g);
	g->world[0].now += (int64_t)31 * GUARD_DAY;
	for (int day = 0; day < 5 && !g->wrong; day++) {
		g->world[0].now += GUARD_DAY;
		struct store *s = guard_open(g, g->path, 0);
		for (size_t i = 0; s && i < g->words; i++) {
			g->word[i].kept = g->word[i].kept && !guard_stands(s, &g->word[i]);
			g->word[i].known = false;
		}
		if (s)
			guard_look(g, s);
		for (size_t i = 0; i < g->words; i++)
			g->word[i].known = false;
		store_close(s);
	}
}

typedef void guard_operation(struct guard *g);
static guard_operation *const guard_operations[] = { guard_op_type, guard_op_type, guard_op_type,
	guard_op_type, guard_op_some, guard_op_some, guard_op_some, guard_op_killed,
	guard_op_window, guard_op_window, guard_op_ben, guard_op_ben, guard_op_ben, guard_op_ben,
	guard_op_keep, guard_op_older, guard_op_older, guard_op_theirs, guard_op_look,
	guard_op_look, guard_op_no, guard_op_month };
enum { GUARD_OPERATIONS = sizeof guard_operations / sizeof *guard_operations };

// --- a part of the outbox is damaged

// Streams that cannot be given back: the damaged one, and each with a blank of which no other stream
// says why.
static const char GUARD_BAD[] =
    "INSERT OR IGNORE INTO bad SELECT DISTINCT c.sid FROM change c WHERE c.val IS NULL AND NOT"
    " EXISTS(SELECT 1 FROM change r WHERE r.ent=c.ent AND r.fld='!redact' AND"
    " r.val=printf('%016x',c.cid) AND r.sid NOT IN (SELECT sid FROM bad))";

static bool guard_number(sqlite3 *db, const char *sql, uint64_t cid)
{
	sqlite3_stmt *q;
	bool is = false;
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK) {
		sqlite3_bind_int64(q, 1, (sqlite3_int64)cid);
		is = sqlite3_step(q) == SQLITE_ROW;
	}
	sqlite3_finalize(q);
	return is;
}

static void guard_damage(struct guard *g, const char *box)
{
	sqlite3 *db;
	if (sqlite3_open(box, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		arena_printf(g->a,
		    "CREATE TEMP TABLE bad(sid INTEGER PRIMARY KEY); INSERT INTO bad SELECT sid"
		    " FROM stream ORDER BY sid LIMIT 1 OFFSET (%u %% (SELECT max(count(*),1) FROM"
		    " stream)); UPDATE change SET at=at+1 WHERE sid=(SELECT sid FROM bad) AND"
		    " seq=(SELECT max(seq) FROM change c WHERE c.sid=change.sid)",
		    guard_dice(g, 1000)),
		NULL, NULL, NULL) != SQLITE_OK)
		guard_wrong(g, "the outbox cannot be damaged: %s", sqlite3_errmsg(db));
	int before = -1;
	while (!g->wrong && before != sqlite3_total_changes(db)) {
		before = sqlite3_total_changes(db);
		sqlite3_exec(db, GUARD_BAD, NULL, NULL, NULL);
	}
	for (size_t i = 0; i < g->words; i++) {
		struct guard_word *w = &g->word[i];
		if (guard_number(db,
			"SELECT 1 FROM change WHERE cid=? AND sid IN (SELECT sid FROM bad)",
			w->cid))
			w->kept = false;
		if (!guard_number(db,
			"SELECT 1 FROM change WHERE fld='!redact' AND val=printf('%016x',?) AND "
			"sid NOT IN (SELECT sid FROM bad)",
			w->cid))
			w->known = false;
	}
	sqlite3_close(db);
}

// --- a run

static bool guard_begin(struct guard *g, uint64_t seed)
{
	static unsigned run;
	struct err e = { 0 };
	g->dice = (struct world){ .seed = seed };
	const char *folder =
	    test_path(g->a, arena_printf(g->a, "guard-%d-%u", (int)getpid(), ++run));
	mkdir(folder, 0700);
	for (size_t i = 0; i < 2; i++) {
		g->world[i] =
		    (struct world){ .now = 1795600000000, .seed = seed * 7 + i, .tick = 1 };
		g->env[i] = world_env(&g->world[i]);
	}
	g->env[0].state_home = arena_printf(g->a, "%s/state", folder);
	g->env[1].author = "Ben";
	g->env[1].device = "ben-pc";
	g->path = arena_printf(g->a, "%s/hubs.plando", folder);
	g->theirs = arena_printf(g->a, "%s/theirs.plando", folder);
	for (size_t i = 0; i < GUARD_DRAWERS; i++)
		g->drawer[i] = arena_printf(g->a, "%s/drawer%zu.plando", folder, i);
	if (!guard_works(g, store_create(g->path, &g->env[0], "Hubs", &e), "making", &e))
		return false;
	guard_copy(g, g->path, g->theirs);
	guard_copy(g, g->path, g->drawer[0]);
	g->full[0] = true;
	guard_op_type(g);
	return !g->wrong;
}

static void guard_bytes(struct guard *g, const char *path)
{
	size_t n;
	const char *bytes = test_read(g->a, path, &n);
	for (size_t i = 0; bytes && i < g->words; i++)
		if (g->word[i].known && memmem(bytes, n, g->word[i].text, strlen(g->word[i].text)))
			guard_wrong(g, "P22: %s was erased and stands in the bytes of %s",
			    g->word[i].text, strrchr(path, '/'));
}

// Everything is given back, and nothing that was erased.
static void guard_end(struct guard *g)
{
	struct err e = { 0 };
	struct outbox_mended m;
	struct outbox_gap gap = { 0 };
	struct store_problems p;
	bool damaged = guard_dice(g, 3) == 0;
	struct store *s = guard_open(g, g->path, 0);
	if (s)
		guard_look(g, s);
	if (s)
		guard_works(g, outbox_missing(s, g->a, &gap, &e), "looking", &e);
	store_close(s);
	if (damaged && !g->wrong) {
		guard_damage(g, gap.path);
		guard_copy(g, g->drawer[0], g->path);
	}
	s = g->wrong ? NULL : guard_open(g, g->path, 0);
	if (s && guard_works(g, outbox_ask_again(s, &e), "asking again", &e) &&
	    guard_works(g, outbox_put_back(s, &m, &e), "giving back", &e)) {
		if (!damaged && m.left)
			guard_wrong(g, "P22: %lld changes stay out: %s", (long long)m.left, m.why);
		guard_claim(g, s, "at the end");
		if (guard_works(g, store_check(s, g->a, &p, &e), "checking", &e) && p.count)
			guard_wrong(g, "P22: %s", p.line[0]);
	}
	store_close(s);
	if (!g->wrong) {
		guard_bytes(g, g->path);
		guard_bytes(g, gap.path);
	}
}

const char *guard_check(struct arena *a, uint64_t seed)
{
	struct guard g = { .a = a };
	if (guard_begin(&g, seed))
		for (unsigned i = 0, n = 8 + guard_dice(&g, 32); i < n && !g.wrong; i++)
			guard_operations[guard_dice(&g, GUARD_OPERATIONS)](&g);
	guard_shut(&g);
	if (!g.wrong)
		guard_end(&g);
	return g.wrong;
}
