// SPDX-License-Identifier: MIT
// What this computer remembers of a collaborative, outside of the workbook: small files in
// <state home>/<collaborative's id>/, for their owner only. Losing them loses convenience, never
// data.
#ifndef PLANDO_STORE_LOCAL_H
#define PLANDO_STORE_LOCAL_H

#include "store/log/store.h"

// The path of such a file; its folder is made where `make`. NULL: there is no home for it.
const char *local_path(struct store *s, struct arena *a, const char *name, bool make);

// The workbook's own path, whole; as it is named where it has gone. NULL: out of memory.
const char *local_workbook(struct store *s, struct arena *a);

// A file of lines "key<TAB>value". Keys and values hold neither tabs nor line feeds.
const char *local_get(
    struct store *s, struct arena *a, const char *name, const char *key); // NULL: none
bool local_put(struct store *s, const char *name, const char *key, const char *value,
    struct err *e); // NULL or "": forgets it

#endif
