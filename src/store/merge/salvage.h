// SPDX-License-Identifier: MIT
// The log of a damaged workbook, page by page, in a database that can be asked (for recover.c).
// Nothing in it is proven yet.
#ifndef PLANDO_STORE_SALVAGE_H
#define PLANDO_STORE_SALVAGE_H

#include "store/log/store.h"

struct salvage {
	struct db
	    *db;      // stream, change, meta as in schema/; and place(ent, scope), by the table rec
	int64_t rows; // of the log: streams and changes
	int64_t unread; // pages that the disk did not give
};

// Reads `path` and nothing beside it; never writes to it. ERR_DATA where it is no database of plando's.
bool salvage_read(const char *path, struct salvage *out, struct err *e);
void salvage_close(struct salvage *x);

#endif
