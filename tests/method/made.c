// SPDX-License-Identifier: MIT
#include "made.h"

#include <stdio.h>

struct arena made_arena;
struct store *made_store;

static struct world world;
static struct env env;

void made_setup(void)
{
	struct err e = { 0 };
	char *path = test_path(&made_arena, "made.plando");
	world = (struct world){ .now = 1795356120000, .seed = 3 };
	env = world_env(&world);
	remove(path);
	ck_assert_msg(store_create(path, &env, "Test", &e), "%s", e.text);
	made_store = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(made_store != NULL, "%s", e.text);
}

void made_teardown(void)
{
	store_close(made_store);
	arena_free(&made_arena);
}

struct id made(const char *kind, const char *const pairs[])
{
	struct err e = { 0 };
	struct id id;
	struct save *v = save_begin(made_store, &made_arena, &e);
	ck_assert_msg(v && save_new(v, kind, NULL, &id, &e), "%s", e.text);
	for (size_t i = 0; pairs[i]; i += 2)
		ck_assert_msg(save_field(v, &id, kind, pairs[i], pairs[i + 1], &e), "%s: %s",
		    pairs[i], e.text);
	ck_assert_msg(save_commit(v, NULL, &e), "%s", e.text);
	return id;
}

void made_link(struct id from, struct id to)
{
	struct err e = { 0 };
	struct id id;
	const char *key[] = { "from", made_ref(from), "to", made_ref(to), NULL };
	struct save *v = save_begin(made_store, &made_arena, &e);
	ck_assert_msg(
	    v && save_new(v, "link", key, &id, &e) && save_commit(v, NULL, &e), "%s", e.text);
}

void made_set(struct id id, const char *kind, const char *field, const char *value)
{
	struct err e = { 0 };
	struct save *v = save_begin(made_store, &made_arena, &e);
	ck_assert_msg(v && save_field(v, &id, kind, field, value, &e) && save_commit(v, NULL, &e),
	    "%s: %s", field, e.text);
}

const char *made_ref(struct id id)
{
	char *text = arena_alloc(&made_arena, ID_TEXT);
	ck_assert_ptr_nonnull(text);
	id_print(&id, text);
	return text;
}
