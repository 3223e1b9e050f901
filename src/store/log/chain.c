// SPDX-License-Identifier: MIT
// The chain: each change carries the hash of all that its stream wrote before it. A copied, cloned
// or restored stream that goes on differently shows at once; attribution and order can be proved.
//
// Rule 1. The first cid of a stream is chained to the hash of the stream's immutable columns.
// Rule 2. A fork is chained to the cid before the split and keeps its numbering, so it verifies
// alone.
#include "store/log/store.h"

#include <plando/hash.h>

static uint64_t chain_first_bytes(struct hash *h)
{
	uint8_t sum[32];
	uint64_t n = 0;
	hash_done(h, sum);
	for (int i = 0; i < 8; i++)
		n = n << 8 | sum[i];
	return n;
}

uint64_t chain_seed(const struct stream *s)
{
	struct hash h;
	if (s->forked)
		return s->fork_base;
	hash_init(&h);
	hash_text(&h, "plando stream 1");
	hash_bytes(&h, s->id.b, sizeof s->id.b);
	hash_bytes(&h, s->scope.b, sizeof s->scope.b);
	hash_text(&h, s->author);
	hash_text(&h, s->device);
	hash_text(&h, s->program);
	hash_u64(&h, (uint64_t)s->opened);
	hash_u64(&h, (uint64_t)s->utcoff);
	return chain_first_bytes(&h);
}

uint64_t chain_next(uint64_t before, const struct change *c)
{
	struct hash h;
	hash_init(&h);
	hash_u64(&h, BREAK_chain ? 0 : before);
	hash_u64(&h, c->seq);
	hash_u64(&h, (uint64_t)c->hlc);
	hash_u64(&h, (uint64_t)c->at);
	hash_u64(&h, c->grp);
	hash_u64(&h, c->last);
	hash_bytes(&h, c->ent.b, sizeof c->ent.b);
	hash_text(&h, c->kind);
	hash_text(&h, c->fld);
	hash_text(&h, c->val);
	hash_u64(&h, c->prevs);
	for (size_t i = 0; i < c->prevs; i++)
		hash_u64(&h, c->prev[i]);
	return chain_first_bytes(&h);
}

struct id chain_fork_id(const struct id *stream, uint64_t first_cid)
{
	char id[ID_TEXT], cid[24];
	id_print(stream, id);
	hash_hex(
	    (const uint8_t[]){ (uint8_t)(first_cid >> 56), (uint8_t)(first_cid >> 48),
		(uint8_t)(first_cid >> 40), (uint8_t)(first_cid >> 32), (uint8_t)(first_cid >> 24),
		(uint8_t)(first_cid >> 16), (uint8_t)(first_cid >> 8), (uint8_t)first_cid },
	    8, cid);
	return id_natural((const char *[]){ "fork", id, cid }, 3);
}

void prev_write(uint8_t *out, const uint64_t *prev, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int b = 0; b < 8; b++)
			*out++ = (uint8_t)(prev[i] >> (56 - 8 * b));
}

bool prev_read(struct arena *a, const void *blob, size_t size, const uint64_t **prev, size_t *n)
{
	const uint8_t *p = blob;
	*n = size / 8;
	*prev = NULL;
	if (size % 8)
		return false;
	uint64_t *out = *n ? arena_array(a, *n, sizeof *out) : NULL;
	if (*n && !out)
		return false;
	for (size_t i = 0; i < *n; i++)
		for (int b = 0; b < 8; b++)
			out[i] = out[i] << 8 | *p++;
	*prev = out;
	return true;
}
