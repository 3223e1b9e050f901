// SPDX-License-Identifier: MIT
// Is a workbook sound? Pages, chains, whole saves, the sum of the log, and the tables against a
// fold made afresh from the log in memory. Reads only.
#include "store/log/store.h"

#include <plando/hash.h>
#include <plando/installed.h>
#include <plando/kind.h>

#include <string.h>

struct checking {
	struct store *s;
	struct arena *a;
	struct store_problems *out;
	size_t cap, note_cap;
};

enum { PROBLEMS_MOST = 100 };

static bool check_problem(struct checking *k, struct err *e, const char *line)
{
	if (k->out->count == PROBLEMS_MOST)
		return true;
	if (!line ||
	    !arena_grow(k->a, (void **)&k->out->line, k->out->count, &k->cap, sizeof *k->out->line))
		return err_memory(e);
	k->out->line[k->out->count++] = line;
	return true;
}

// One of the file or of the log.
static bool check_damage(struct checking *k, struct err *e, const char *line)
{
	k->out->damaged = true;
	return check_problem(k, e, line);
}

static bool check_pages(struct checking *k, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(k->s->db, "PRAGMA integrity_check", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		if (strcmp(col_text(q, 0), "ok") != 0)
			check_damage(
			    k, &own, arena_printf(k->a, "the file is damaged: %s", col_text(q, 0)));
	if (own.code == ERR_DATA) { // damage that stops the check itself
		ask_done(q);
		return check_damage(k, e, arena_strdup(k->a, own.text));
	}
	return ask_end(q, &own, e);
}

// --- chains

static bool check_stream_problem(
    struct checking *k, const struct stream *t, uint64_t seq, const char *what, struct err *e)
{
	return check_damage(k, e,
	    arena_printf(k->a, "change %llu of %s on %s %s", (unsigned long long)seq,
		t->author ? t->author : "someone", t->device ? t->device : "a computer", what));
}

static const char *check_change_fault(
    struct checking *k, const struct change *c, uint64_t before, uint64_t seq, struct err *e)
{
	bool is = true;
	if (c->seq != seq)
		return "is missing";
	if (!c->val && !log_erased(k->s->db, c, &is, e))
		return NULL;
	if (!is)
		return "was blanked by hand";
	return c->val && chain_next(before, c) != c->cid ? "was altered after it was written"
							 : NULL;
}

static bool check_stream(struct checking *k, const struct stream *t, struct err *e)
{
	struct err own = { 0 };
	uint64_t before = chain_seed(t), seq = 0;
	bool last = true;
	struct arena a = { 0 };
	struct ask *q =
	    db_ask(k->s->db, "SELECT " LOG_CHANGE " FROM change WHERE sid=? ORDER BY seq", e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	while (!own.code && ask_step(q, &own)) {
		struct change c;
		struct arena_mark mark = arena_mark(&a);
		if (!log_change_read(q, &a, &c, &own)) {
			if (!own.code)
				check_stream_problem(
				    k, t, seq + 1, "is not in plando's form", &own);
			break;
		}
		seq = seq || !t->forked ? seq + 1 : c.seq;
		const char *fault = check_change_fault(k, &c, before, seq, &own);
		if (fault) {
			check_stream_problem(k, t, seq, fault, &own);
			break;
		}
		before = c.cid;
		last = c.last;
		arena_release(&a, mark);
	}
	arena_free(&a);
	if (!ask_end(q, &own, e))
		return false;
	if (!last)
		return check_stream_problem(k, t, seq, "begins a save that has no end", e);
	return (seq == t->seq && before == t->tip) || k->out->count ||
	       check_stream_problem(k, t, t->seq, "is missing at the end", e);
}

static bool check_chains(struct checking *k, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(k->s->db, "SELECT " LOG_STREAM " FROM stream ORDER BY id", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t;
		if (log_stream_read(q, k->a, &t, &own))
			check_stream(k, &t, &own);
		else if (!own.code)
			check_damage(k, &own, "a stream of changes is not in plando's form");
	}
	if (!ask_end(q, &own, e))
		return false;
	q = db_ask(
	    k->s->db, "SELECT count(*) FROM change WHERE sid NOT IN (SELECT sid FROM stream)", e);
	if (!q)
		return false;
	bool strays = ask_step(q, &own) && col_int(q, 0);
	return ask_end(q, &own, e) &&
	       (!strays || check_damage(k, e, "there are changes of no stream"));
}

static bool check_digest(struct checking *k, struct err *e)
{
	uint64_t sum;
	int64_t kept;
	if (!log_digest(k->s->db, &sum, e) || !meta_get_int(k->s->db, "digest", 0, &kept, e))
		return false;
	return (uint64_t)kept == sum ||
	       check_damage(k, e, "the copy code is not the sum of the changes");
}

// --- tables against a fresh fold

static bool check_table_hash(struct db *db, struct arena *a, const char *table, const char *order,
    char out[65], struct err *e)
{
	struct err own = { 0 };
	struct hash h;
	uint8_t sum[32];
	hash_init(&h);
	const char *sql = arena_printf(a, "SELECT * FROM \"%s\" ORDER BY %s", table, order);
	struct ask *q = sql ? db_ask(db, sql, e) : (err_memory(e), NULL);
	if (!q)
		return false;
	int columns = col_count(q);
	while (ask_step(q, &own))
		for (int i = 0; i < columns; i++)
			if (col_null(q, i))
				hash_u64(&h, UINT64_MAX);
			else
				hash_blob(&h, col_blob(q, i), col_size(q, i));
	hash_done(&h, sum);
	hash_hex(sum, sizeof sum, out);
	return ask_end(q, &own, e);
}

static bool check_table(
    struct checking *k, struct store *fresh, const char *table, const char *order, struct err *e)
{
	char mine[65], theirs[65];
	struct err own = { 0 };
	if (!check_table_hash(fresh->db, k->a, table, order, theirs, e))
		return false;
	if (!check_table_hash(k->s->db, k->a, table, order, mine, &own))
		return check_problem(
		    k, e, arena_printf(k->a, "the table %s cannot be read", table));
	return strcmp(mine, theirs) == 0 ||
	       check_problem(
		   k, e, arena_printf(k->a, "the table %s is not what the log says", table));
}

static bool check_tables(struct checking *k, struct err *e)
{
	static const char *const state[][2] = { { "rec", "ent" }, { "cell", "ent,fld" },
		{ "clash", "ent,fld,what" }, { "tie", "ent" } };
	struct store *fresh = store_twin(k->s, k->s->env, e);
	if (!fresh)
		return false;
	bool ok = db_begin(fresh->db, e) && state_make(fresh, 0, e) && db_commit(fresh->db, e);
	for (size_t i = 0; ok && i < sizeof state / sizeof *state; i++)
		ok = check_table(k, fresh, state[i][0], state[i][1], e);
	for (const struct kind *kind = KINDS; ok && kind->name; kind++)
		ok = check_table(k, fresh, kind->name, "id", e);
	store_close(fresh);
	return ok;
}

// --- forms that the workbook brings

static bool check_forms(struct checking *k, struct err *e)
{
	struct installed_forms all;
	if (!installed_list(k->s, k->a, &all, e))
		return false;
	for (size_t i = 0; i < all.count && k->out->notes < PROBLEMS_MOST; i++) {
		if (!all.item[i].why)
			continue;
		const char *line =
		    arena_printf(k->a, "the installed form %.60s is not in force: %s",
			all.item[i].name, all.item[i].why);
		if (!line || !arena_grow(k->a, (void **)&k->out->note, k->out->notes, &k->note_cap,
				 sizeof *k->out->note))
			return err_memory(e);
		k->out->note[k->out->notes++] = line;
	}
	return true;
}

bool store_check(struct store *s, struct arena *a, struct store_problems *out, struct err *e)
{
	struct checking k = { .s = s, .a = a, .out = out };
	*out = (struct store_problems){ 0 };
	if (!check_pages(&k, e))
		return false;
	if (out->count) // what a damaged page holds proves nothing
		return true;
	return check_chains(&k, e) && check_digest(&k, e) &&
	       (k.out->count || check_tables(&k, e)) && check_forms(&k, e);
}
