// SPDX-License-Identifier: MIT
// SHA-256 in steps (libsodium's), and fixed-width big-endian numbers into it.
#ifndef PLANDO_HASH_H
#define PLANDO_HASH_H

#include <sodium/crypto_hash_sha256.h>
#include <stddef.h>
#include <stdint.h>

struct hash {
	crypto_hash_sha256_state state;
};

void hash_init(struct hash *h);
void hash_bytes(struct hash *h, const void *bytes, size_t n);
void hash_u64(struct hash *h, uint64_t number); // 8 bytes, big-endian
void hash_text(
    struct hash *h, const char *text); // its length as u64, then its bytes; NULL: length 2^64-1
void hash_blob(struct hash *h, const void *bytes, size_t n); // the same for bytes
void hash_done(struct hash *h, uint8_t out[32]);
void hash_hex(const uint8_t bytes[], size_t n, char *out); // 2n characters and a NUL

#endif
