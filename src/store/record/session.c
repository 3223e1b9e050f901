// SPDX-License-Identifier: MIT
// The streams that this run of the program writes, one a scope.
//
// Rule 1. One stream touches one scope; a save across scopes is one group in each stream.
// Rule 2. Our stream must be as we left it (seq and tip); else the file is an older copy, or a
//         clone went on: this run goes on in a new stream.
#include "store/record/save_write.h"

static bool session_holds(struct store *s, const struct session *n, bool *holds, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT sid,seq,tip FROM stream WHERE id=?", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, &n->stream);
	*holds = ask_step(q, &own) && col_int(q, 0) == n->sid &&
		 (uint64_t)col_int(q, 1) == n->seq && (uint64_t)col_int(q, 2) == n->tip;
	return ask_end(q, &own, e);
}

static bool session_mint(struct store *s, const struct id *scope, struct session *n, struct err *e)
{
	int64_t now = store_now(s);
	struct stream t = { .id = id_random(s->env),
		.scope = *scope,
		.author = s->env->author,
		.device = s->env->device,
		.program = "plando " PLANDO_VERSION,
		.opened = now,
		.utcoff = env_offset(s->env, now) };
	if (id_zero(&t.id))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	t.tip = chain_seed(&t);
	if (!log_stream_add(s->db, &t, e))
		return false;
	*n = (struct session){ .scope = *scope, .stream = t.id, .sid = t.sid, .tip = t.tip };
	return true;
}

void store_begin_anew(struct store *s)
{
	s->sessions = 0;
}

bool session_find(struct store *s, const struct id *scope, struct session *out, struct err *e)
{
	for (size_t i = 0; i < s->sessions; i++) {
		bool holds;
		if (!BREAK_scope && !id_equal(&s->session[i].scope, scope))
			continue;
		if (!session_holds(s, &s->session[i], &holds, e))
			return false;
		if (holds) {
			*out = s->session[i];
			return true;
		}
		s->lost = true;
	}
	return session_mint(s, scope, out, e);
}

static bool session_wrote_keep(struct store *s, const struct session *n)
{
	size_t i = 0;
	while (i < s->wrote_count && !id_equal(&s->wrote[i].stream, &n->stream))
		i++;
	if (i == s->wrote_count && !arena_grow(&s->arena, (void **)&s->wrote, s->wrote_count,
				       &s->wrote_cap, sizeof *s->wrote))
		return false;
	s->wrote[i] = (struct wrote){ n->stream, n->seq, n->tip };
	s->wrote_count += i == s->wrote_count;
	return true;
}

bool session_keep(struct store *s, const struct session *n)
{
	size_t i = 0;
	while (i < s->sessions && !id_equal(&s->session[i].scope, &n->scope))
		i++;
	if (i == s->sessions && !arena_grow(&s->arena, (void **)&s->session, s->sessions,
				    &s->session_cap, sizeof *s->session))
		return false;
	s->session[i] = *n;
	s->sessions += i == s->sessions;
	return session_wrote_keep(s, n);
}
