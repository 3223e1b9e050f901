// SPDX-License-Identifier: MIT
#include "desk.h"

#include "../support.h"

#include <plando/record.h>

bool team_put(struct store *s, const char *name, struct err *e)
{
	struct arena own = { 0 };
	struct id id;
	struct save *v = save_begin(s, &own, e);
	bool ok = v && save_new(v, "team", NULL, &id, e) &&
		  save_cell(v, &id, "team", "name", name, e) && save_commit(v, NULL, e);
	arena_free(&own);
	return ok;
}

bool team_add(const struct env *as, const char *file, const char *name, struct err *e)
{
	struct store *s = store_open(file, STORE_WRITE, as, e);
	bool ok = s && team_put(s, name, e);
	store_close(s);
	return ok;
}

bool team_found(struct store *s, const char *name)
{
	struct arena own = { 0 };
	struct record r;
	struct err none = { 0 };
	bool found = record_find(s, &own, "team", name, &r, &none);
	arena_free(&own);
	return found;
}

bool team_found_in(const struct env *as, const char *file, const char *name)
{
	struct err none = { 0 };
	struct store *s = store_open(file, STORE_READ, as, &none);
	bool found = s && team_found(s, name);
	store_close(s);
	return found;
}

void file_copied(const char *from, const char *to)
{
	struct arena own = { 0 };
	size_t n;
	char *bytes = test_read(&own, from, &n);
	ck_assert_ptr_nonnull(bytes);
	test_write(to, bytes, n);
	arena_free(&own);
}

const char *value_of(struct arena *a, struct store *s, const struct id *id, const char *field)
{
	struct record r;
	MUST(record_load(s, a, id, &r, &e));
	return record_get(&r, field);
}

const char *state_of(struct arena *a, struct store *s)
{
	struct store_facts f = facts_of(s);
	return arena_strdup(a, f.state);
}

struct store_facts facts_of(struct store *s)
{
	struct store_facts f;
	MUST(store_facts(s, &f, &e));
	return f;
}

void is_sound(struct store *s)
{
	struct arena own = { 0 };
	struct store_problems p;
	MUST(store_check(s, &own, &p, &e));
	ck_assert_msg(p.count == 0, "%s", p.count ? p.line[0] : "");
	arena_free(&own);
}
