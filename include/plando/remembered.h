// SPDX-License-Identifier: MIT
// A small file of what this computer remembers: lines "key<TAB>value". Losing it loses convenience,
// never data.
#ifndef PLANDO_REMEMBERED_H
#define PLANDO_REMEMBERED_H

#include <plando/arena.h>
#include <plando/err.h>

// NULL: none, or it cannot be read. path NULL: there is no such file.
const char *remembered_get(struct arena *a, const char *path, const char *key);
// value NULL or "": forgets it. ERR_UNAVAILABLE where path is NULL: there is no folder for it;
// ERR_DATA: a key or value with a tab or a line feed in it.
bool remembered_put(const char *path, const char *key, const char *value, struct err *e);

#endif
