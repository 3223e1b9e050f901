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

// One more than a hexadecimal digit is worth; 0 for anything else.
static const uint8_t DIGIT[256] = {
	// clang-format off
	['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8,
	['8'] = 9, ['9'] = 10,
	['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
	['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
	// clang-format on
};

// Every id that a query brings comes through here.
bool id_parse(const char *text, struct id *out)
{
	if (!text || strlen(text) != ID_TEXT - 1)
		return false;
	const char *p = text;
	for (int i = 0; i < 16; i++, p += 2) {
		if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
			return false;
		unsigned high = DIGIT[(unsigned char)p[0]], low = DIGIT[(unsigned char)p[1]];
		if (!high || !low)
			return false;
		out->b[i] = (uint8_t)((high - 1) << 4 | (low - 1));
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
