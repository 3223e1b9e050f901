// SPDX-License-Identifier: MIT
#include <plando/hash.h>
#include <plando/id.h>

#include <string.h>

// "plando" and "collaborative" in it, so that a reader of hex dumps recognises it; version 8,
// variant 10.
const struct id ID_COLLABORATIVE = { { 'p', 'l', 'a', 'n', 'd', 'o', 0x80, 'c', 0x80, 'o', 'l', 'l',
    'a', 'b', 'o', 'r' } };

static struct id id_mark(struct id id, uint8_t version)
{
	id.b[6] = (uint8_t)((id.b[6] & 0x0f) | (version << 4));
	id.b[8] = (uint8_t)((id.b[8] & 0x3f) | 0x80);
	return id;
}

struct id id_random(const struct env *env)
{
	struct id id = { 0 };
	if (!env->random(env->world, id.b, sizeof id.b))
		return (struct id){ 0 };
	return id_mark(id, 4);
}

struct id id_natural(const char *const parts[], size_t n)
{
	struct hash h;
	uint8_t sum[32];
	struct id id;
	hash_init(&h);
	for (size_t i = 0; i < n; i++)
		hash_text(&h, parts[i] ? parts[i] : "");
	hash_done(&h, sum);
	memcpy(id.b, sum, sizeof id.b);
	return id_mark(id, 8);
}

void id_print(const struct id *id, char out[ID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	char *p = out;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = digits[id->b[i] >> 4];
		*p++ = digits[id->b[i] & 15];
	}
	*p = '\0';
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool id_parse(const char *text, struct id *out)
{
	if (!text || strlen(text) != ID_TEXT - 1)
		return false;
	const char *p = text;
	for (int i = 0; i < 16; i++) {
		if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
			return false;
		int high = nibble(p[0]), low = nibble(p[1]);
		if (high < 0 || low < 0)
			return false;
		out->b[i] = (uint8_t)(high << 4 | low);
		p += 2;
	}
	return true;
}

int id_compare(const struct id *a, const struct id *b)
{
	return memcmp(a->b, b->b, sizeof a->b);
}

bool id_equal(const struct id *a, const struct id *b)
{
	return id_compare(a, b) == 0;
}

bool id_zero(const struct id *a)
{
	return id_equal(a, &(struct id){ 0 });
}
