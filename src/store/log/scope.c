// SPDX-License-Identifier: MIT
// Which scopes a copy holds. A whole workbook holds all; a part of one (share) those that its meta
// row "scopes" names: the shared scope, some teams, its writers' own notes.
//
// Rule 1. Merging takes only streams of scopes that both sides hold.
// Rule 2. A part writes only in scopes that it holds. A team made in it is one of them from then
//         on, and so are the private notes of whoever writes in it.
#include "store/log/scope.h"

#include <plando/kind.h>
#include <plando/share.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { SCOPES_MOST = 100000 };

static int scope_compare_ids(const void *a, const void *b)
{
	return id_compare(a, b);
}

static bool scope_scopes_parse(struct arena *a, struct ask *q, struct scopes *out, struct err *e)
{
	size_t n = col_size(q, 0);
	if (n == 3 && memcmp(col_blob(q, 0), "all", 3) == 0)
		return true;
	out->all = false;
	out->count = n / sizeof *out->id;
	if (n % sizeof *out->id || out->count > SCOPES_MOST)
		return err_set(
		    e, ERR_DATA, "its list of teams is not in plando's form; ask for a fresh copy");
	out->id = arena_array(a, out->count ? out->count : 1, sizeof *out->id);
	if (!out->id)
		return err_memory(e);
	if (out->count) {
		memcpy(out->id, col_blob(q, 0), n);
		qsort(out->id, out->count, sizeof *out->id, scope_compare_ids);
	}
	return true;
}

bool scopes_read(struct db *db, struct arena *a, struct scopes *out, struct err *e)
{
	struct err own = { 0 };
	*out = (struct scopes){ .all = true };
	struct ask *q = db_ask(db, "SELECT v FROM meta WHERE k='scopes'", e);
	if (!q)
		return false;
	if (ask_step(q, &own))
		scope_scopes_parse(a, q, out, &own);
	return ask_end(q, &own, e);
}

bool scopes_hold(const struct scopes *h, const struct id *scope)
{
	return h->all || id_equal(scope, &ID_COLLABORATIVE) ||
	       (h->id && h->count &&
		   bsearch(scope, h->id, h->count, sizeof *h->id, scope_compare_ids));
}

bool scopes_write(struct db *db, const struct scopes *h, struct err *e)
{
	struct ask *q = db_ask(db, "INSERT OR REPLACE INTO meta(k,v) VALUES('scopes',?)", e);
	if (!q)
		return false;
	if (h->all)
		ask_text(q, 1, "all");
	else
		ask_blob(q, 1, h->id, h->count * sizeof *h->id);
	return ask_run(q, e);
}

bool scopes_add(struct arena *a, struct scopes *h, const struct id *scope, struct err *e)
{
	if (scopes_hold(h, scope))
		return true;
	struct id *more = arena_array(a, h->count + 1, sizeof *more);
	if (!more)
		return err_memory(e);
	for (size_t i = 0; i < h->count; i++)
		more[i] = h->id[i];
	more[h->count] = *scope;
	h->id = more;
	qsort(h->id, ++h->count, sizeof *h->id, scope_compare_ids);
	return true;
}

bool store_holds(struct store *s, const struct id *team)
{
	struct arena a = { 0 };
	struct scopes held;
	bool holds = !scopes_read(s->db, &a, &held, NULL) || scopes_hold(&held, team);
	arena_free(&a);
	return holds;
}

bool scope_is_private(const struct id *scope)
{
	return !id_equal(scope, &ID_COLLABORATIVE) && scope->b[6] >> 4 == 8;
}

struct id scope_of_author(const char *author)
{
	return id_natural((const char *[]){ "private", author }, 2);
}

bool scope_kind_fits(const struct id *scope, const char *kind)
{
	const struct kind *k = kind_find(kind);
	return !k || k->scope != SCOPE_PRIVATE || scope_is_private(scope);
}

bool scope_suits(const struct id *scope, const char *kind)
{
	const struct kind *k = kind_find(kind);
	if (!k)
		return true;
	if (k->scope == SCOPE_SHARED)
		return id_equal(scope, &ID_COLLABORATIVE);
	return scope_is_private(scope) == (k->scope == SCOPE_PRIVATE);
}
