// SPDX-License-Identifier: MIT
// Any bytes as the changes of a stranger's log whose chains hold: what they say of which record,
// which field, by which clock, over which values that they claim to have seen. Refused in words and
// nothing changed, or taken; then the tables are the fold of the log, twice is nothing new, and
// another order ends the same.
#include "fuzz.h"
#include "store/file/private.h"
#include "store/log/scope.h"
#include "world.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>

static const char *const KIND[] = { "driver", "feeds", "pdsa", "team", "event", "coach_note",
	"point", "collaborative" };
static const char *const FIELD[] = { "~", "name", "note", "parent", "child", "level", "!redact",
	"team" };

struct input {
	const uint8_t *byte;
	size_t n;
};

static unsigned take(struct input *in)
{
	if (!in->n)
		return 0;
	in->n--;
	return *in->byte++;
}

static int64_t clock_of(struct input *in)
{
	static const int64_t edge[] = { 0, 1, -1, INT64_MAX, INT64_MIN, 1795600000000,
		4102444800000, 5202956427776 };
	unsigned b = take(in);
	return b < 8 ? edge[b] : (int64_t)b * 1000;
}

static const char *value(struct arena *a, struct input *in, const struct id *ent)
{
	char uuid[ID_TEXT];
	unsigned b = take(in);
	if (b == 0)
		return NULL;
	if (b < 64) {
		id_print(&ent[b % 4], uuid);
		return arena_strdup(a, uuid);
	}
	if (b < 80)
		return b % 2 ? "1" : "0";
	size_t n = b % 16u < in->n ? b % 16u : in->n;
	const char *text = arena_copy(a, (const char *)in->byte, n);
	in->byte += n;
	in->n -= n;
	return text;
}

// What is there, and what is to come as well, can be named as seen.
static const uint64_t *seen(
    struct arena *a, struct input *in, const uint64_t *cid, size_t count, size_t *n)
{
	*n = take(in) % 4;
	uint64_t *prev = arena_alloc(a, 4 * sizeof *prev);
	for (size_t i = 0; i < *n; i++) {
		unsigned b = take(in);
		prev[i] = count ? cid[b % count] : b;
	}
	return prev;
}

static void forge(struct store *s, struct arena *a, struct input *in, const struct id *ent,
    const struct id *scope)
{
	enum { MOST = 64 };
	struct err e = { 0 };
	uint64_t cid[MOST];
	size_t count = 0;
	while (in->n > 4 && count < MOST) {
		struct stream t = { .id = id_random(&FUZZ_ENV),
			.scope = scope[take(in) % 2],
			.author = "Mallory",
			.device = "elsewhere",
			.program = "by hand",
			.opened = 1 };
		t.tip = chain_seed(&t);
		HOLDS(log_stream_add(s->db, &t, &e));
		for (unsigned changes = 1 + take(in) % 8; changes && count < MOST; changes--) {
			unsigned which = take(in);
			struct change c = { .sid = t.sid,
				.seq = t.seq + 1,
				.grp = which & 1 && t.seq ? t.seq : t.seq + 1,
				.last = !(which & 2),
				.hlc = clock_of(in),
				.at = clock_of(in),
				.ent = ent[which >> 2 & 3],
				.kind = KIND[take(in) % 8],
				.fld = FIELD[take(in) % 8],
				.val = value(a, in, ent) };
			c.prev = seen(a, in, cid, count, &c.prevs);
			c.cid = t.tip = chain_next(t.tip, &c);
			t.seq = c.seq;
			cid[count++] = c.cid;
			HOLDS(log_change_add(s->db, &c, &e));
		}
		HOLDS(log_stream_tip(s->db, t.sid, t.seq, t.tip, &e));
	}
}

static struct store *twin(struct store *s)
{
	struct err e = { 0 };
	struct store *t = store_twin(s, &FUZZ_ENV, &e);
	HOLDS(t);
	return t;
}

static const char *state(struct store *s, struct arena *a)
{
	struct err e = { 0 };
	struct store_facts f;
	HOLDS(store_facts(s, &f, &e));
	return arena_strdup(a, f.state);
}

static bool take_in(struct store *s, struct store *from, int64_t *changes)
{
	struct err e = { 0 };
	struct merge_report r;
	bool taken = merge_from(s, from->db, "forged", false, &r, &e);
	HOLDS(taken || (e.code && *e.text));
	*changes = r.changes;
	return taken;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct input in = { bytes, n };
	int64_t changes;
	world_begin();
	struct store *mine = world_store();
	struct id team = world_put(mine, "team", "name", "North", NULL);
	struct id ent[] = { world_put(mine, "driver", "note", "first", &team),
		world_put(mine, "driver", "note", "second", &team), id_random(&FUZZ_ENV), team };
	const struct id scope[] = { team, ID_COLLABORATIVE };
	struct store *theirs = twin(mine), *other = twin(mine);
	world_put(other, "driver", "note", "third", &team);
	const char *before = state(mine, &a);
	forge(theirs, &a, &in, ent, scope);
	bool taken = take_in(mine, theirs, &changes);
	world_sound(mine);
	if (!taken) {
		HOLDS(str_equal(state(mine, &a), before));
	} else {
		HOLDS(take_in(mine, theirs, &changes) && changes == 0);
		HOLDS(take_in(mine, other, &changes));
		HOLDS(take_in(other, theirs, &changes));
		HOLDS(str_equal(state(mine, &a), state(other, &a)));
	}
	store_close(mine);
	store_close(theirs);
	store_close(other);
	arena_free(&a);
	return 0;
}
