// SPDX-License-Identifier: MIT
// Errors are values: a code (which is also the exit status) and one line for people that says
// what is wrong, where, and what to do. Every function that can fail takes `struct err *e` last,
// returns false (or NULL) on failure, and fills e exactly then. Only main and the status line show
// it.
#ifndef PLANDO_ERR_H
#define PLANDO_ERR_H

#include <stdbool.h>
#include <stdint.h>

enum err_code {
	ERR_NONE = 0,
	ERR_FOUND = 1,	      // a check found problems
	ERR_USAGE = 64,	      // wrong usage
	ERR_DATA = 65,	      // bad input data
	ERR_NOINPUT = 66,     // cannot open input
	ERR_UNAVAILABLE = 69, // a part is not available in this build
	ERR_INTERNAL = 70,    // the program contradicts itself
	ERR_MEMORY = 71,      // out of memory
	ERR_CANTCREAT = 73,   // cannot create output
	ERR_IO = 74,	      // input/output error
	ERR_BUSY = 75,	      // busy, try again
	ERR_NOPERM = 77,      // no permission
};

struct err {
	enum err_code code;
	char text[768]; // one sentence, UTF-8, may hold control characters of a file name: sanitise
			// on output
};

// Sets code and text (printf form). Always returns false, so that `return err_set(e, …);` reads
// well. e may be NULL: then nothing is kept.
bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// Out of memory, in words. Always returns false.
bool err_memory(struct err *e);

// Puts "FILE[:LINE[:COLUMN]]: " before the text (line, column 0 = left out). Always returns false.
bool err_place(struct err *e, const char *file, unsigned line, unsigned column);

// The code and words for errno of a failed system call on `path`: "PATH: what happened; what to
// do".
bool err_errno(struct err *e, const char *path, const char *doing);
// The same of what was to be written: what lacks is a folder, and no ERR_NOINPUT but ERR_CANTCREAT.
bool err_output(struct err *e, const char *path, const char *doing);

#endif
