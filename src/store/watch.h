// SPDX-License-Identifier: MIT
// What open.c and watch.c share: opening the file that stands at the path.
#ifndef PLANDO_STORE_WATCH_H
#define PLANDO_STORE_WATCH_H

#include "store/store.h"

// Opens s->path into s->db. On failure s->db is NULL.
bool store_connect(struct store *s, struct id *collab, struct err *e);
// Nothing can be saved; the words say why.
void store_forbid(struct store *s, enum err_code code, const char *words);

#endif
