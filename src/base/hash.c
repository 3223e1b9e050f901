// SPDX-License-Identifier: MIT
#include <plando/hash.h>

#include <stdio.h>
#include <string.h>

void hash_init(struct hash *h)
{
	crypto_hash_sha256_init(&h->state);
}

void hash_bytes(struct hash *h, const void *bytes, size_t n)
{
	crypto_hash_sha256_update(&h->state, bytes, n);
}

void hash_u64(struct hash *h, uint64_t number)
{
	uint8_t b[8];
	for (int i = 0; i < 8; i++)
		b[i] = (uint8_t)(number >> (56 - 8 * i));
	hash_bytes(h, b, sizeof b);
}

void hash_blob(struct hash *h, const void *bytes, size_t n)
{
	hash_u64(h, n);
	if (n)
		hash_bytes(h, bytes, n);
}

void hash_text(struct hash *h, const char *text)
{
	if (text)
		hash_blob(h, text, strlen(text));
	else
		hash_u64(h, UINT64_MAX);
}

void hash_done(struct hash *h, uint8_t out[32])
{
	crypto_hash_sha256_final(&h->state, out);
}

void hash_hex(const uint8_t bytes[], size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}
