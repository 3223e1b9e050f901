// SPDX-License-Identifier: MIT
// Some teams' part of a workbook.
#include "store/exchange/extract.h"

#include <plando/share.h>

struct sharing {
	struct extract extract;
	struct store *s;
	struct share_report *out;
};

static bool share_stream(void *ctx, struct stream *t, struct err *e)
{
	struct sharing *h = ctx;
	return extract_stream(&h->extract, h->s->db, t, 0, &h->out->changes, e);
}

// A team that this copy does not hold cannot be shared from it.
static bool share_scopes(struct store *s, struct arena *a, const struct id *teams, size_t n,
    struct scopes *held, struct err *e)
{
	struct scopes mine;
	*held = (struct scopes){ 0 };
	if (!scopes_read(s->db, a, &mine, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (!record_load(s, a, &teams[i], &r, e))
			return false;
		if (!scopes_hold(&mine, &teams[i]))
			return err_set(e, ERR_DATA,
			    "%s is not in this copy, which is a part itself; share it from a copy "
			    "that has it",
			    record_title(s, a, &r));
		if (!scopes_add(a, held, &teams[i], e))
			return false;
	}
	return true;
}

bool store_share(struct store *s, const struct id *teams, size_t n, const char *to,
    struct share_report *out, struct err *e)
{
	struct arena a = { 0 };
	struct scopes held;
	struct sharing h = { .s = s, .out = out };
	*out = (struct share_report){ 0 };
	db_hold(s->db);
	bool ok = share_scopes(s, &a, teams, n, &held, e) &&
		  extract_begin(&h.extract, s->env, to, &s->collab, e);
	if (ok) {
		ok = extract_streams(s, &held, share_stream, &h, e) &&
		     extract_end(&h.extract, &held, false, e);
		extract_abandon(&h.extract);
	}
	db_release(s->db);
	arena_free(&a);
	return ok;
}
