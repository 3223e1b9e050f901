// SPDX-License-Identifier: MIT
// Identity: 16-byte UUIDs. Most records get a random one (UUIDv4); records with a natural key
// (kinds.md) get one computed from it (UUIDv8), so that two copies make the same record.
#ifndef PLANDO_ID_H
#define PLANDO_ID_H

#include <plando/env.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id {
	uint8_t b[16];
};

enum { ID_TEXT = 37 }; // 36 characters and a NUL

struct id id_random(const struct env *env);
// UUIDv8 of SHA-256 over the parts, each preceded by its length (so that "a","bc" differs from
// "ab","c").
struct id id_natural(const char *const parts[], size_t n);
void id_print(const struct id *id, char out[ID_TEXT]); // lower case, with hyphens
bool id_parse(const char *text, struct id *out);       // exactly 36 characters; any case
bool id_equal(const struct id *a, const struct id *b);
bool id_zero(const struct id *a);
int id_compare(const struct id *a, const struct id *b);

// The one collaborative of a workbook, which is also the id of its shared scope.
extern const struct id ID_COLLABORATIVE;

#endif
