// SPDX-License-Identifier: MIT
// Which files of a folder were taken in already, so that a sync with nothing new reads nothing.
#ifndef PLANDO_STORE_SYNC_SEEN_H
#define PLANDO_STORE_SYNC_SEEN_H

#include "store/log/store.h"

#include <stdio.h>
#include <sys/stat.h>

struct seen_file {
	const char *name;
	struct stat st;
	uint32_t count;	 // the change counter in the file's header
	uint64_t digest; // of what it holds
};

struct seen {
	struct seen_file *item;
	size_t count, cap;
};

// What was seen at the last sync of this workbook with this folder. Nothing, where the workbook is
// not the one that took it in (an older copy was put back).
void seen_read(struct store *s, struct arena *a, const char *folder, struct seen *out);
void seen_write(struct store *s, struct arena *a, const char *folder, const struct seen *seen);

// The file as it is now. False: it cannot be read.
bool seen_look(int folder, const char *name, struct seen_file *out);
// The same file, as far as can be told without reading it; NULL: not seen, or changed.
const struct seen_file *seen_find(const struct seen *seen, const struct seen_file *now);
bool seen_same(const struct seen_file *a, const struct seen_file *b);
bool seen_add(struct seen *seen, struct arena *a, const struct seen_file *file);

// One file as a line, and back; a name with a line feed in it is not written. The name that is read
// lies in the line.
void seen_print(FILE *to, const struct seen_file *file);
bool seen_parse(char *line, struct seen_file *out);

#endif
