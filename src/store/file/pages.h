// SPDX-License-Identifier: MIT
// The rows that stand on the pages of a damaged database, each page read by itself: a tree that cannot be walked
// any more hides no row. Format: https://www.sqlite.org/fileformat2.html, sections 1.5 to 2.1.
#ifndef PLANDO_STORE_PAGES_H
#define PLANDO_STORE_PAGES_H

#include <plando/err.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAGE_COLUMNS = 16 }; // rows with more are passed over

enum page_type { PAGE_NULL, PAGE_INT, PAGE_REAL, PAGE_TEXT, PAGE_BLOB };

struct page_value {
	enum page_type type;
	int64_t number;		    // of PAGE_INT
	const unsigned char *bytes; // of text and blob, until the call returns; no NUL after them
	size_t n;
};

struct page_row {
	bool keyed; // of a table with rowids: then this is it, and the first column may be NULL
	int64_t rowid;
	struct page_value value[PAGE_COLUMNS];
	size_t count;
};

// False ends the reading; e says why.
typedef bool pages_take(void *context, const struct page_row *row, struct err *e);

// Every row of every page of the open file that can be read whole, in the order of the pages. Indexes have
// rows too. Holes in the file are passed over. False: no memory, or `take` said so. Pages that the disk
// does not give are counted in *unread.
bool pages_read(int fd, pages_take *take, void *context, int64_t *unread, struct err *e);

#endif
