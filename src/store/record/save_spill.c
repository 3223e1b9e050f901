// SPDX-License-Identifier: MIT
// A save that is too much for memory is written in parts within the one transaction: parts go by
// the order of ids, which the trees on the disk are in.
#include "store/record/save_write.h"

#include <stdlib.h>
#include <string.h>

struct save_spill_sorted {
	struct id id;
	size_t at;
};

static int save_spill_compare_sorted(const void *a, const void *b)
{
	return id_compare(
	    &((const struct save_spill_sorted *)a)->id, &((const struct save_spill_sorted *)b)->id);
}

static size_t *spill_order(const struct save *v)
{
	size_t n = v->touched_count, *order = arena_array(v->a, n + 1, sizeof *order);
	struct save_spill_sorted *sorted = arena_array(v->a, n + 1, sizeof *sorted);
	if (!order || !sorted)
		return NULL;
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct save_spill_sorted){ v->touched[i].id, i };
	qsort(sorted, n, sizeof *sorted, save_spill_compare_sorted);
	for (size_t i = 0; i < n; i++)
		order[i] = sorted[i].at;
	return order;
}

// The change that is held back must outlive its part.
static bool save_spill_held_keep(struct writing_stream *t)
{
	struct change *c = &t->held;
	struct arena kept = { 0 };
	uint64_t *prev = arena_array(&kept, c->prevs + 1, sizeof *prev);
	const char *kind = arena_strdup(&kept, c->kind), *fld = arena_strdup(&kept, c->fld),
		   *val = arena_strdup(&kept, c->val);
	if (!prev || !kind || !fld || !val) {
		arena_free(&kept);
		return false;
	}
	if (c->prevs)
		memcpy(prev, c->prev, c->prevs * sizeof *prev);
	c->prev = prev;
	c->kind = kind;
	c->fld = fld;
	c->val = val;
	arena_free(&t->kept);
	t->kept = kept;
	return true;
}

static bool spill_begin(struct save *v, struct err *e)
{
	struct store *s = v->store;
	v->spilled = arena_alloc(&s->arena, sizeof *v->spilled);
	if (!v->spilled)
		return err_memory(e);
	v->spilled->v = v;
	if (!store_fence(s, e) || !store_writable(s, e) || !db_begin(s->db, e))
		return false;
	db_room(s->db, true);
	return writing_begin(v->spilled, e);
}

static void spill_end(struct save *v)
{
	writing_close(v->spilled);
	v->spilled = NULL;
	db_room(v->store->db, false);
}

// What is held back is kept, and its record is folded again at the end.
static bool spill_hold(struct writing *w)
{
	for (size_t i = 0; i < w->streams; i++) {
		if (!w->stream[i].holding)
			continue;
		if (!save_spill_held_keep(&w->stream[i]) ||
		    !arena_grow(
			&w->own, (void **)&w->again, w->agains, &w->again_cap, sizeof *w->again))
			return false;
		w->again[w->agains++] = w->stream[i].held.ent;
	}
	return true;
}

static bool spill_part(struct save *v, struct err *e)
{
	const size_t *order = save_spread(v, e) ? spill_order(v) : NULL;
	if (!order)
		return e->code ? false : err_memory(e);
	return writing_part(v->spilled, order, e) && save_fold(v, order, e) &&
	       (spill_hold(v->spilled) || err_memory(e));
}

bool save_spill(struct save *v, struct err *e)
{
	bool good = (v->spilled || spill_begin(v, e)) && spill_part(v, e);
	if (!good) {
		save_drop(v);
		return false;
	}
	arena_release(v->a, v->begun);
	v->touched = NULL;
	v->edit = NULL;
	v->touched_count = v->touched_cap = v->count = v->cap = 0;
	v->by_id = v->by_cell = INDEX_IN(v->a);
	return true;
}

void save_drop(struct save *v)
{
	if (!v->spilled)
		return;
	db_rollback(v->store->db);
	store_forget(v->store);
	spill_end(v);
}

static bool save_spill_spilled_end(struct save *v, struct err *e)
{
	struct writing *w = v->spilled;
	struct store *s = v->store;
	if (!spill_part(v, e) || !writing_end(w, e))
		return false;
	for (size_t i = 0; i < w->agains; i++)
		if (!fold_record(s, &w->again[i], 0, e))
			return false;
	return state_follow(s, e) && log_batch_count(s->db, w->batch, (int64_t)w->written, e) &&
	       db_commit(s->db, e);
}

bool save_spilled(struct save *v, size_t *written, struct err *e)
{
	*written = 0;
	if (!save_spill_spilled_end(v, e)) {
		save_drop(v);
		return false;
	}
	*written = v->spilled->written;
	save_remember(v->spilled);
	store_written(v->store);
	spill_end(v);
	return true;
}
