// SPDX-License-Identifier: MIT
#include "outbox_desk.h"

#include "desk.h"

#include <plando/record.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct arena a;
struct world world;
struct env env;
const char *path, *older;

void box_setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 31, .tick = 1 };
	env = world_env(&world);
	const char *folder = arena_printf(&a, "%s/outbox-%d", test_folder(), (int)getpid());
	mkdir(folder, 0700);
	env.state_home = arena_printf(&a, "%s/state", folder);
	path = arena_printf(&a, "%s/hubs.plando", folder);
	older = arena_printf(&a, "%s/older.plando", folder);
	MUST(store_create(path, &env, "Hubs", &e));
	MUST(team_add(&env, path, "First", &e));
	file_copied(path, older);
}

void box_teardown(void)
{
	arena_free(&a);
}

struct store *box_open_it(const struct env *as)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, as, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

int64_t box_missing(const struct env *as)
{
	struct outbox_gap gap;
	struct store *s = box_open_it(as);
	MUST(outbox_missing(s, &a, &gap, &e));
	store_close(s);
	return gap.changes;
}

bool box_has(const char *name)
{
	struct store *s = box_open_it(&env);
	bool found = team_found(s, name);
	store_close(s);
	return found;
}

const char *box_path(void)
{
	struct outbox_gap gap;
	struct store *s = box_open_it(&env);
	MUST(outbox_missing(s, &a, &gap, &e));
	store_close(s);
	return gap.path;
}

struct store *box_open_as(const struct env *as, const char *file)
{
	struct err e = { 0 };
	struct store *s = store_open(file, STORE_WRITE, as, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

void box_add_here(struct store *s, const char *name)
{
	struct err err = { 0 };
	struct id id;
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, "team", NULL, &id, &e));
	MUST(save_cell(v, &id, "team", "name", name, &e));
	MUST(save_commit(v, NULL, &e));
}

int64_t box_kept(void)
{
	int64_t n = -1;
	struct err e = { 0 };
	struct db *db = db_open(box_path(), DB_READ, NULL, &e);
	ck_assert_msg(db && db_number(db, "SELECT count(*) FROM change", -1, &n, &e), "%s", e.text);
	db_close(db);
	return n;
}

void box_sound(void)
{
	struct store_problems p;
	struct store *s = box_open_it(&env);
	MUST(store_check(s, &a, &p, &e));
	ck_assert_msg(!p.count, "%s", p.count ? p.line[0] : "");
	store_close(s);
}

struct outbox_mended box_put_back(void)
{
	struct outbox_mended m;
	struct store *s = box_open_it(&env);
	MUST(outbox_put_back(s, &m, &e));
	if (m.why)
		m.why = arena_strdup(&a, m.why);
	store_close(s);
	return m;
}
