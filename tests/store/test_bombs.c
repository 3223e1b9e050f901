// SPDX-License-Identifier: MIT
// F11, what the hostile files leave out: logs whose chains hold and that mean harm all the same.
#include "../support.h"
#include "desk.h"
#include "store/file/private.h"
#include "store/log/scope.h"
#include "store/log/store.h"

#include <plando/merge.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static struct world world = { .now = 1795000000000, .seed = 12, .tick = 1 };
static struct env env;
static struct arena a;

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
}

static void tear_down(void)
{
	arena_free(&a);
}

static struct id put(struct store *s, const char *kind, const char *field, const char *value)
{
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, NULL, &id, &e));
	MUST(save_cell(v, &id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static struct stream forged(struct store *s, const struct id *scope)
{
	struct stream t = { .id = id_random(&env),
		.scope = *scope,
		.author = "Mallory",
		.device = "elsewhere",
		.program = "by hand",
		.opened = 1 };
	t.tip = chain_seed(&t);
	MUST(log_stream_add(s->db, &t, &e));
	return t;
}

static void forge(struct store *s, struct stream *t, const struct id *ent, const char *kind,
    const char *fld, const char *val)
{
	struct change c = { .sid = t->sid,
		.seq = t->seq + 1,
		.grp = t->seq + 1,
		.last = true,
		.hlc = (int64_t)t->seq + 5,
		.at = 7,
		.ent = *ent,
		.kind = kind,
		.fld = fld,
		.val = val };
	c.cid = t->tip = chain_next(t->tip, &c);
	t->seq = c.seq;
	MUST(log_change_add(s->db, &c, &e));
}

static void end(struct store *s, const struct stream *t)
{
	MUST(log_stream_tip(s->db, t->sid, t->seq, t->tip, &e));
}

static struct store *memory(struct store **twin)
{
	struct store *s;
	MUST((s = store_memory(&env, "Hubs", &e)) != NULL);
	MUST((*twin = store_twin(s, &env, &e)) != NULL);
	return s;
}

START_TEST(F11_private_notes_that_claim_a_scope_that_others_see_are_refused)
{
	struct store *theirs, *mine = memory(&theirs);
	struct merge_report r;
	struct id team = put(theirs, "team", "name", "North"), note = id_random(&env);
	const struct id *claims[] = { &ID_COLLABORATIVE, &team };
	for (size_t i = 0; i < 2; i++) {
		struct store *bad;
		MUST((bad = store_twin(theirs, &env, &e)) != NULL);
		struct stream t = forged(bad, claims[i]);
		forge(bad, &t, &note, "coach_note", "text", "what the coach thinks");
		end(bad, &t);
		REFUSES(ERR_DATA, merge_from(mine, bad->db, "bad", false, &r, &e));
		store_close(bad);
	}
	store_close(mine);
	store_close(theirs);
}
END_TEST

START_TEST(F11_a_list_of_scopes_that_is_none_is_refused_and_a_part_takes_only_its_own)
{
	struct store *theirs, *mine = memory(&theirs);
	struct merge_report r;
	struct id north = put(theirs, "team", "name", "North"),
		  south = put(theirs, "team", "name", "South");
	MUST(db_exec(theirs->db, "INSERT INTO meta VALUES('scopes',x'0102')", &e));
	REFUSES(ERR_DATA, merge_from(mine, theirs->db, "bad", false, &r, &e));
	MUST(db_exec(theirs->db, "DELETE FROM meta WHERE k='scopes'", &e));
	MUST(merge_from(mine, theirs->db, "good", false, &r, &e));
	struct scopes held = { .id = &north, .count = 1 };
	MUST(scopes_write(mine->db, &held, &e));
	struct id ent = id_random(&env);
	struct stream t = forged(theirs, &south);
	forge(theirs, &t, &ent, "driver", "text", "of the other team");
	end(theirs, &t);
	MUST(merge_from(mine, theirs->db, "more", false, &r, &e));
	ck_assert_int_eq(r.changes, 0);
	store_close(mine);
	store_close(theirs);
}
END_TEST

START_TEST(F11_changes_with_forged_names_gaps_and_blanks_are_refused)
{
	static const char *const spoil[] = {
		"UPDATE change SET cid=cid+1 WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET val='other' WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET seq=seq+1 WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET seq=-seq WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET hlc=9223372036854775807 WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET val=NULL WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET prev=x'010203' WHERE sid=(SELECT max(sid) FROM stream)",
		"UPDATE change SET grp=99 WHERE sid=(SELECT max(sid) FROM stream)",
	};
	struct store *theirs, *mine = memory(&theirs);
	struct merge_report r;
	struct id ent = id_random(&env);
	struct stream t = forged(theirs, &ID_COLLABORATIVE);
	forge(theirs, &t, &ent, "event", "title", "A day");
	end(theirs, &t);
	struct store_facts before = facts_of(mine);
	for (size_t i = 0; i < sizeof spoil / sizeof *spoil; i++) {
		struct store *bad;
		MUST((bad = store_twin(theirs, &env, &e)) != NULL);
		MUST(db_exec(bad->db, spoil[i], &e));
		REFUSES(ERR_DATA, merge_from(mine, bad->db, "bad", false, &r, &e));
		store_close(bad);
	}
	ck_assert_uint_eq(facts_of(mine).digest, before.digest);
	MUST(merge_from(mine, theirs->db, "good", false, &r, &e));
	store_close(mine);
	store_close(theirs);
}
END_TEST

enum { MEMORY_MOST = 256 << 20 };

static int bomb(void)
{
	return (int)long_amount(10000, 100000);
}

// What a merge asks of both files grows with what comes, not with its square.
static void merge_bounded(struct store *mine, struct store *theirs, int64_t rows)
{
	struct merge_report r;
	int64_t before = db_steps(mine->db) + db_steps(theirs->db);
	sqlite3_memory_highwater(1);
	MUST(merge_from(mine, theirs->db, "bomb", false, &r, &e));
	int64_t asked = db_steps(mine->db) + db_steps(theirs->db) - before;
	ck_assert_msg(
	    asked < 40 * rows, "%lld rows, %lld asked", (long long)rows, (long long)asked);
	ck_assert_int_lt(sqlite3_memory_highwater(0), MEMORY_MOST);
	ck_assert_int_eq(r.changes, rows);
}

START_TEST(F11_very_many_streams_cost_what_their_rows_cost)
{
	struct store *theirs, *mine = memory(&theirs);
	MUST(db_begin(theirs->db, &e));
	for (int i = 0, n = bomb(); i < n; i++) {
		struct id ent = id_random(&env);
		struct stream t = forged(theirs, &ID_COLLABORATIVE);
		forge(theirs, &t, &ent, "event", "title", "A day");
		end(theirs, &t);
	}
	MUST(db_commit(theirs->db, &e));
	merge_bounded(mine, theirs, bomb());
	store_close(mine);
	store_close(theirs);
}
END_TEST

// Every fork says something else about one and the same cell.
START_TEST(F11_a_fork_bomb_of_one_cell_costs_what_its_rows_cost)
{
	struct store *theirs, *mine = memory(&theirs);
	struct id ent = id_random(&env);
	struct stream root = forged(theirs, &ID_COLLABORATIVE);
	forge(theirs, &root, &ent, "event", "title", "A day");
	end(theirs, &root);
	MUST(db_begin(theirs->db, &e));
	for (int i = 0, n = bomb(); i < n; i++) {
		struct change c = { .seq = 2,
			.grp = 2,
			.last = true,
			.hlc = 5,
			.ent = ent,
			.kind = "event",
			.fld = "title",
			.val = arena_printf(&a, "Day %d", i) };
		c.cid = chain_next(root.tip, &c);
		struct stream t = root;
		t.id = chain_fork_id(&root.id, c.cid);
		t.forked = true;
		t.fork_of = root.id;
		t.fork_base = root.tip;
		t.seq = 2;
		t.tip = c.cid;
		MUST(log_stream_add(theirs->db, &t, &e));
		c.sid = t.sid;
		MUST(log_change_add(theirs->db, &c, &e));
	}
	MUST(db_commit(theirs->db, &e));
	merge_bounded(mine, theirs, bomb() + 1);
	ck_assert_int_eq(facts_of(mine).conflicts, 1);
	store_close(mine);
	store_close(theirs);
}
END_TEST

// Mine holds a fork of a fork of a fork …; theirs the line from which all of them split, so that
// the end of it is a fork of the deepest.
START_TEST(F11_forks_nested_deep_end_in_time_and_do_not_exhaust_the_stack)
{
	enum { DEEP = 20000 };
	struct store *theirs, *mine = memory(&theirs);
	struct id ent = id_random(&env), at = { 0 };
	struct stream line = forged(theirs, &ID_COLLABORATIVE);
	struct merge_report r;
	MUST(db_begin(theirs->db, &e));
	MUST(db_begin(mine->db, &e));
	for (int i = 0; i < DEEP; i++) {
		struct stream side = line;
		struct change c = { .seq = line.seq + 1,
			.grp = line.seq + 1,
			.last = true,
			.hlc = 5,
			.ent = ent,
			.kind = "event",
			.fld = "title",
			.val = "line" };
		uint64_t before = line.tip;
		c.sid = line.sid;
		c.cid = line.tip = chain_next(before, &c);
		MUST(log_change_add(theirs->db, &c, &e));
		line.seq++;
		// In mine this stream has the line's change, then one of its own.
		if (i) {
			side.id = chain_fork_id(&at, c.cid);
			side.fork_of = at;
			side.fork_base = before;
			side.forked = true;
		}
		at = side.id;
		struct change own = c;
		own.seq = own.grp = c.seq + 1;
		own.val = "side";
		own.cid = chain_next(c.cid, &own);
		side.seq = own.seq;
		side.tip = own.cid;
		MUST(log_stream_add(mine->db, &side, &e));
		c.sid = own.sid = side.sid;
		MUST(log_change_add(mine->db, &c, &e));
		MUST(log_change_add(mine->db, &own, &e));
	}
	end(theirs, &line);
	MUST(db_commit(theirs->db, &e));
	MUST(db_commit(mine->db, &e));
	int64_t before = db_steps(mine->db);
	MUST(merge_from(mine, theirs->db, "nested", false, &r, &e));
	ck_assert_int_lt(db_steps(mine->db) - before, 40 * DEEP);
	store_close(mine);
	store_close(theirs);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bombs");
	TCase *t = tcase_create("hostile");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 1200);
	tcase_add_test(t, F11_private_notes_that_claim_a_scope_that_others_see_are_refused);
	tcase_add_test(
	    t, F11_a_list_of_scopes_that_is_none_is_refused_and_a_part_takes_only_its_own);
	tcase_add_test(t, F11_changes_with_forged_names_gaps_and_blanks_are_refused);
	tcase_add_test(t, F11_very_many_streams_cost_what_their_rows_cost);
	tcase_add_test(t, F11_a_fork_bomb_of_one_cell_costs_what_its_rows_cost);
	tcase_add_test(t, F11_forks_nested_deep_end_in_time_and_do_not_exhaust_the_stack);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
