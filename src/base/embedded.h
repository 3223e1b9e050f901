// SPDX-License-Identifier: MIT
// The files that travel inside the binary: forms/*.yaml and schema/*.sql, by file name.
#ifndef PLANDO_BASE_EMBEDDED_H
#define PLANDO_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name; // file name without folder; NULL ends the table
	const char *text; // NUL after the last byte
	size_t length;	  // without that NUL
};

extern const struct embedded embedded_files[];
// Names this build's forms and schema: tables made by another build are made again.
extern const unsigned long long embedded_fingerprint;

// The file of that name, or NULL.
const struct embedded *embedded_find(const char *name);

#endif
