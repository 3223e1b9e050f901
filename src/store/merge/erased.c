// SPDX-License-Identifier: MIT
// Bringing back, or letting go of, what others erased (held.h has the texts).
#include "store/log/store.h"
#include "store/merge/held.h"

#include <plando/erased.h>
#include <plando/str.h>

#include <string.h>

static bool erased_is_of(const struct held_text *t, const struct id *record, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (id_equal(&t->ent, &record[i]))
			return true;
	return n == 0;
}

// What is held of these records alone.
static bool erased_find(struct store *s, struct arena *a, const struct id *record, size_t n,
    struct held_texts *out, struct err *e)
{
	size_t kept = 0;
	if (!held_list(s, a, out, e))
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (erased_is_of(&out->item[i], record, n))
			out->item[kept++] = out->item[i];
	out->count = kept;
	return kept || err_set(e, ERR_NOINPUT,
			   n ? "nothing that others erased of it is held here; plando erased FILE "
			       "lists what is"
			     : "nothing that others erased is held here");
}

static bool erased_same_field(const struct held_text *a, const struct held_text *b)
{
	return id_equal(&a->ent, &b->ent) && strcmp(a->fld, b->fld) == 0;
}

// --- listing

bool erased_list(struct store *s, struct arena *a, struct erased_texts *out, struct err *e)
{
	struct held_texts all;
	*out = (struct erased_texts){ 0 };
	if (!held_list(s, a, &all, e))
		return false;
	out->item = arena_array(a, all.count + 1, sizeof *out->item);
	if (!out->item)
		return err_memory(e);
	for (size_t i = 0; i < all.count; i++) {
		const struct held_text *t = &all.item[i];
		bool again = i && erased_same_field(t, t - 1);
		struct erased_text *x = &out->item[again ? out->count - 1 : out->count++];
		*x = (struct erased_text){ .id = t->ent,
			.kind = t->kind,
			.field = t->fld,
			.by = t->by,
			.text = t->val,
			.at = t->came,
			.until = t->came ? t->came + (int64_t)HELD_DAYS * 86400000 : 0,
			.earlier = again ? x->earlier + 1 : 0 };
	}
	return true;
}

// --- bringing back

// What is shown of the cell now, "" where nothing is.
static bool erased_shown_of(
    struct store *s, struct arena *a, const struct held_text *t, const char **out, struct err *e)
{
	struct heads h;
	if (!fold_heads(s->db, a, &t->ent, t->fld, &h, e))
		return false;
	*out = h.count ? h.item[h.count - 1].val : "";
	return true;
}

// What stood there last: the newest of the values that were shown, or where only earlier versions
// are held, of these.
static const struct held_text *erased_field_last(const struct held_text *t, size_t n)
{
	const struct held_text *last = &t[n - 1];
	for (size_t i = n; i-- > 0 && !last->head;)
		if (t[i].head)
			last = &t[i];
	return last;
}

// An erased tombstone is a deletion again; any other text is written, with those beside it.
static bool erased_field_write(struct save *v, const struct held_text *t, size_t n, struct err *e)
{
	const struct held_text *last = erased_field_last(t, n);
	bool buried = last->fld[strlen(last->fld) - 1] == '~' && str_equal(last->val, "0");
	if (buried)
		return save_bury(v, &last->ent, last->kind, last->fld, e);
	if (!save_cell_over(v, &last->ent, last->kind, last->fld, last->val, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (t[i].head && &t[i] != last && strcmp(t[i].val, last->val) != 0 &&
		    !save_cell_beside(v, &t[i].ent, t[i].fld, t[i].val, e))
			return false;
	return true;
}

// One field: where something stands now it stays. *back: it was written.
static bool erased_field_restore(
    struct save *v, struct arena *a, const struct held_text *t, size_t n, bool *back, struct err *e)
{
	const char *shown;
	if (!erased_shown_of(save_store(v), a, t, &shown, e))
		return false;
	*back = !*shown;
	return *shown || erased_field_write(v, t, n, e);
}

static bool erased_fields_restore(struct save *v, struct arena *a, const struct held_texts *all,
    struct held_texts *back, struct erased_report *out, struct err *e)
{
	for (size_t i = 0, to; i < all->count; i = to) {
		bool written;
		for (to = i + 1;
		     to < all->count && erased_same_field(&all->item[i], &all->item[to]);)
			to++;
		if (!erased_field_restore(v, a, &all->item[i], to - i, &written, e))
			return false;
		out->restored += written;
		out->kept += !written;
		for (size_t k = i; written && k < to; k++)
			back->item[back->count++] = all->item[k];
	}
	return true;
}

bool erased_restore(struct store *s, struct arena *a, const struct id *record, size_t n,
    struct erased_report *out, struct err *e)
{
	struct held_texts all, back = { 0 };
	struct save *v = NULL;
	*out = (struct erased_report){ 0 };
	if (!store_fence(s, e) || !erased_find(s, a, record, n, &all, e) ||
	    !(v = save_begin(s, a, e)))
		return false;
	save_how(v, "restore");
	save_raw(v);
	back.item = arena_array(a, all.count, sizeof *back.item);
	if (!back.item)
		return err_memory(e);
	return erased_fields_restore(v, a, &all, &back, out, e) && save_commit(v, NULL, e) &&
	       held_restored(s, &back, e);
}

bool erased_agree(struct store *s, struct arena *a, const struct id *record, size_t n,
    struct erased_report *out, struct err *e)
{
	struct held_texts all;
	*out = (struct erased_report){ 0 };
	if (!erased_find(s, a, record, n, &all, e) || !held_purge(s, &all, e))
		return false;
	out->purged = (int64_t)all.count;
	return true;
}
