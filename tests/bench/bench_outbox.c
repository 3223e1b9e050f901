// SPDX-License-Identifier: MIT
// Looking at the outbox when a workbook is opened, beside bare SQL that asks which of its streams the
// workbook lacks: first after somebody else wrote into the file, then after a copy of theirs was put
// over it. A workbook of 26,000 streams, all of them in the outbox. bench_outbox FOLDER [STREAMS]
#include "samples.h"
#include "store/log/store.h"

#include <plando/merge.h>
#include <plando/outbox.h>
#include <plando/record.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { STREAMS = 26000, TURNS = 5 };

static struct samples grown = { .what = "outbox: others wrote into the file", .bar = 1.5 };
static struct samples replaced = { .what = "outbox: a copy was put over it", .bar = 1.5 };

static struct samples today = { .what = "outbox: the first look of a day", .bar = 10 };

static void outbox_stop(const char *words)
{
	fprintf(stderr, "bench_outbox: %s\n", words);
	exit(1);
}

static void outbox_write(struct store *s)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id id;
	struct save *v = save_begin(s, &a, &e);
	if (!v || !save_new(v, "event", NULL, &id, &e) ||
	    !save_cell(v, &id, "event", "title", "We rang; all came.", &e) ||
	    !save_commit(v, NULL, &e))
		outbox_stop(e.text);
	s->sessions = 0; // the next save is another run of the program
	arena_free(&a);
}

static struct store *outbox_opened(const char *path, const struct env *env)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, env, &e);
	if (!s)
		outbox_stop(e.text);
	return s;
}

// What the computer of `env` has is in its outbox.
static void outbox_fill(
    struct store *all, struct store *empty, const char *path, const char *theirs, struct env *env)
{
	struct err e = { 0 };
	struct merge_report r;
	if (!store_copy(all, theirs, &e) || !store_copy(empty, path, &e))
		outbox_stop(e.text);
	struct store *s = outbox_opened(path, env);
	if (!merge_file(s, theirs, false, &r, &e))
		outbox_stop(e.text);
	store_close(s);
}

static double outbox_floor(const char *path, const char *box)
{
	static const char JOIN[] =
	    "SELECT count(*) FROM box.stream o LEFT JOIN stream m ON m.id=o.id"
	    " WHERE m.id IS NULL OR m.seq<o.seq";
	sqlite3 *db;
	double begun = clock_ms();
	char *attach = sqlite3_mprintf("ATTACH %Q AS box", box);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, attach, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, JOIN, NULL, NULL, NULL) != SQLITE_OK)
		outbox_stop(sqlite3_errmsg(db));
	sqlite3_close(db);
	sqlite3_free(attach);
	return clock_ms() - begun;
}

static void outbox_pair(struct samples *to, const char *path, const struct env *env)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct outbox_gap gap;
	struct store *s = outbox_opened(path, env);
	double begun = clock_ms();
	if (!outbox_missing(s, &a, &gap, &e) || gap.changes)
		outbox_stop("something is missing");
	double took = clock_ms() - begun;
	store_close(s);
	samples_add(to, outbox_floor(path, gap.path), took);
	arena_free(&a);
}

// Others write in another home, and so past the outbox of `env`; the copy is of one who had written
// before taking in what others wrote, so that its log grew in another order.
static void outbox_turn_about(
    struct store *theirs, const char *path, const char *copy, const struct env *env)
{
	struct err e = { 0 };
	struct merge_report r;
	struct env other = *env;
	other.state_home = "";
	struct store *s = outbox_opened(path, &other);
	outbox_write(s);
	store_close(s);
	outbox_pair(&grown, path, env);
	outbox_write(theirs);
	if (!merge_file(theirs, path, false, &r, &e) || !store_copy(theirs, copy, &e))
		outbox_stop(e.text);
	if (rename(copy, path) != 0)
		outbox_stop(copy);
	outbox_pair(&replaced, path, env);
}

int main(int argc, char **argv)
{
	struct err e = { 0 };
	struct arena a = { 0 };
	if (argc < 2)
		return 64;
	struct env env = env_real("Bench");
	env.state_home = arena_printf(&a, "%s/state", argv[1]);
	const char *path = arena_printf(&a, "%s/mine.plando", argv[1]);
	const char *copy = arena_printf(&a, "%s/copy.plando", argv[1]);
	const char *theirs = arena_printf(&a, "%s/theirs.plando", argv[1]);
	int streams = argc > 2 ? atoi(argv[2]) : STREAMS;
	struct store *empty = store_memory(&env, "Bench", &e);
	struct store *all = empty ? store_twin(empty, &env, &e) : NULL;
	if (!all)
		outbox_stop(e.text);
	for (int i = 0; i < streams; i++)
		outbox_write(all);
	outbox_fill(all, empty, path, theirs, &env);
	outbox_pair(&today, path, &env);
	for (int i = 0; i < TURNS; i++)
		outbox_turn_about(all, path, copy, &env);
	samples_print(&today);
	samples_print(&grown);
	samples_print(&replaced);
	store_close(empty);
	store_close(all);
	arena_free(&a);
	return 0;
}
