// SPDX-License-Identifier: MIT
// What open.c and watch.c share: opening the file that stands at the path.
#ifndef PLANDO_STORE_WATCH_H
#define PLANDO_STORE_WATCH_H

#include "store/log/store.h"

// Opens s->path into s->db. On failure s->db is NULL.
bool store_connect(struct store *s, struct id *collab, struct err *e);
// The same from a private copy of a file that is not to be opened where it lies, into memory.
bool store_connect_memory(struct store *s, const char *path, struct id *collab, struct err *e);
// What store_news tells next.
void store_tell(struct store *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// Nothing can be saved; the words say why.
void store_forbid(struct store *s, enum err_code code, const char *words);

#endif
