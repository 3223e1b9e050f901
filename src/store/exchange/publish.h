// SPDX-License-Identifier: MIT
// This device's own file in a folder that a tool carries to others: its name, and how it is
// written.
#ifndef PLANDO_STORE_PUBLISH_H
#define PLANDO_STORE_PUBLISH_H

#include "store/log/store.h"

// "hubs.clinic-laptop-7f3e.plando": the workbook's name, this computer's, and four digits that tell
// two computers of one name, and two workbooks on one computer, apart. NULL: out of memory.
const char *publish_name(struct store *s, struct arena *a);

// Gives what is being made the mode that the file at `path` has, or that the folder asks for.
void publish_readers(const char *folder, const char *path, int fd);

// Writes the public part of s into the folder under that name: whole or not at all, and read back.
// An earlier file of that name stands until then. *written: the name that it has (on FAT, where a
// rename is not safe, two names take turns).
bool publish(struct store *s, struct arena *a, const char *folder, const char *name,
    const char **written, struct err *e);

#endif
