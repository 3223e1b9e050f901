// SPDX-License-Identifier: MIT
// What a person saw when a text was begun: the heads of a record's cells (record.h). A save names
// them as `prev`, with what this run wrote itself since; what arrived meanwhile is not among them,
// and stays beside what is saved.
#include "store/log/tie.h"
#include "store/record/save_write.h"

#include <plando/history.h>
#include <plando/str.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool saw_add(struct arena *a, struct saw *out, size_t *cap, struct saw_cell one)
{
	return arena_grow(a, (void **)&out->cell, out->count, cap, sizeof *out->cell) &&
	       ((out->cell[out->count++] = one), true);
}

// Of a joined record: those of all that are read as it.
bool record_saw(
    struct store *s, struct arena *a, const struct id *id, struct saw *out, struct err *e)
{
	struct tied members;
	size_t cap = 0;
	*out = (struct saw){ 0 };
	if (!tie_members(s->db, a, id, &members, e))
		return false;
	for (size_t m = 0; m < members.count; m++) {
		struct folded f = { .a = a };
		if (!fold_read(s->db, &f, &members.id[m], NULL, NULL, 0, e))
			return false;
		for (size_t i = 0; i < f.count; i++)
			for (size_t j = 0; j < f.cell[i].heads.count; j++)
				if (!saw_add(a, out, &cap,
					(struct saw_cell){
					    f.cell[i].fld, f.cell[i].heads.item[j].cid }))
					return err_memory(e);
	}
	return true;
}

static bool saw_has(const struct saw *saw, const char *field, uint64_t cid)
{
	for (size_t i = 0; i < saw->count; i++)
		if (saw->cell[i].cid == cid && str_equal(saw->cell[i].field, field))
			return true;
	return false;
}

// --- as text, for drafts

// The cells of a field: its own, its members, the parts of its elements.
static bool saw_of_field(const char *cell, const char *field)
{
	size_t n = strlen(field);
	return strncmp(cell, field, n) == 0 && (cell[n] == '\0' || cell[n] == '.');
}

char *saw_print(struct arena *a, const struct saw *saw, const char *field)
{
	struct str out = STR_IN(a);
	for (size_t i = 0; i < saw->count; i++)
		if (saw_of_field(saw->cell[i].field, field))
			str_printf(&out, "%s%s:%016" PRIx64, out.length ? " " : "",
			    saw->cell[i].field, saw->cell[i].cid);
	return str_done(&out);
}

// A stranger's hand may have been at it: what cannot be read was not seen.
static bool saw_read(struct arena *a, const char *text, struct saw *out, size_t *cap)
{
	for (size_t n; *text; text += n + strspn(text + n, " ")) {
		char *end = NULL;
		n = strcspn(text, " ");
		size_t name = strcspn(text, ":");
		uint64_t cid = name < n ? strtoull(text + name + 1, &end, 16) : 0;
		if (name >= n || end != text + n)
			continue;
		const char *field = arena_copy(a, text, name);
		if (!field || !saw_add(a, out, cap, (struct saw_cell){ field, cid }))
			return false;
	}
	return true;
}

bool saw_of_draft(
    struct arena *a, const struct saw *now, const char *field, const char *text, struct saw *out)
{
	size_t cap = 0;
	*out = (struct saw){ 0 };
	for (size_t i = 0; i < now->count; i++) {
		if (text && saw_of_field(now->cell[i].field, field))
			continue;
		const char *name = arena_strdup(a, now->cell[i].field);
		if (!name || !saw_add(a, out, &cap, (struct saw_cell){ name, now->cell[i].cid }))
			return false;
	}
	return !text || saw_read(a, text, out, &cap);
}

// --- saving

bool saw_own(struct store *s, int64_t sid, bool *own, struct err *e)
{
	struct id stream = { 0 };
	struct err why = { 0 };
	*own = false;
	struct ask *q =
	    s->wrote_count ? db_ask(s->db, "SELECT id FROM stream WHERE sid=?", e) : NULL;
	if (!q)
		return s->wrote_count == 0;
	ask_int(q, 1, sid);
	bool found = ask_step(q, &why) && col_id(q, 0, &stream);
	for (size_t i = 0; found && i < s->wrote_count; i++)
		*own |= id_equal(&s->wrote[i].stream, &stream);
	return ask_end(q, &why, e);
}

bool saw_prev(struct store *s, struct arena *a, const struct saw *saw, const char *field,
    const struct heads *h, struct change *c, struct err *e)
{
	uint64_t *prev = arena_array(a, saw->count + h->count + 1, sizeof *prev);
	if (!prev)
		return err_memory(e);
	c->prevs = 0;
	for (size_t i = 0; i < saw->count; i++)
		if (str_equal(saw->cell[i].field, field))
			prev[c->prevs++] = saw->cell[i].cid;
	for (size_t i = 0; i < h->count; i++) {
		bool own;
		if (saw_has(saw, field, h->item[i].cid))
			continue;
		if (!saw_own(s, h->item[i].sid, &own, e))
			return false;
		if (own)
			prev[c->prevs++] = h->item[i].cid;
	}
	c->prev = prev;
	return true;
}

// --- what arrived

bool saw_arrived(struct store *s, struct arena *a, const struct id *id, const char *field,
    const struct saw *saw, struct arrived *out, struct err *e)
{
	struct heads h;
	*out = (struct arrived){ 0 };
	if (!tie_heads(s, a, id, field, &h, e))
		return false;
	for (size_t i = 0; i < h.count; i++) {
		struct history one;
		bool own;
		if (saw_has(saw, field, h.item[i].cid))
			continue;
		if (!saw_own(s, h.item[i].sid, &own, e) ||
		    !history_of_cid(s, a, h.item[i].cid, &one, e))
			return false;
		if (own)
			continue;
		*out = (struct arrived){ .value = h.item[i].val,
			.author = one.count && one.item[0].author ? one.item[0].author : "",
			.at = h.item[i].at };
	}
	return true;
}
