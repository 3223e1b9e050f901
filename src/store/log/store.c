// SPDX-License-Identifier: MIT
// What is known of a store without asking another file of this room: its name, its world, its numbers.
#include "store/log/store.h"

#include "store/exchange/far.h"

const char *store_path(const struct store *s)
{
	if (s->far)
		return s->far->named;
	return s->path ? s->path : "memory";
}

const struct env *store_env(const struct store *s)
{
	return s->env;
}

struct id store_collaborative(const struct store *s)
{
	return s->collab;
}

int64_t store_now(const struct store *s)
{
	return s->env->now(s->env->world);
}

date_t store_today(const struct store *s)
{
	return env_date(s->env, store_now(s));
}

// --- meta

bool meta_get_int(struct db *db, const char *key, int64_t none, int64_t *out, struct err *e)
{
	struct ask *q = db_ask(db, "SELECT v FROM meta WHERE k=?", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_text(q, 1, key);
	*out = ask_step(q, &own) ? col_int(q, 0) : none;
	return ask_end(q, &own, e);
}

bool meta_set_int(struct db *db, const char *key, int64_t value, struct err *e)
{
	struct ask *q = db_ask(db, "INSERT OR REPLACE INTO meta(k,v) VALUES(?,?)", e);
	if (!q)
		return false;
	ask_text(q, 1, key);
	ask_int(q, 2, value);
	return ask_run(q, e);
}
