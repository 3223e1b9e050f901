// SPDX-License-Identifier: MIT
// What a file is, by its first bytes, in words for whoever took it for a workbook.
#ifndef PLANDO_STORE_LOOKS_H
#define PLANDO_STORE_LOOKS_H

#include <stddef.h>

enum { LOOKS_HEAD = 512 };

// NULL: a workbook or a parcel. Else why it is none: "it is a web page, …".
const char *looks_say(const unsigned char *head, size_t n);
// The same of a file that is not read further; also that it is empty, or may not be read.
const char *looks_at(const char *path);

#endif
