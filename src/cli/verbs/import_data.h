// SPDX-License-Identifier: MIT
// What is handed to import: where it is read from, and what kind of thing it is. That is told by
// what stands in it; its name helps where that says nothing.
#ifndef PLANDO_CLI_IMPORT_DATA_H
#define PLANDO_CLI_IMPORT_DATA_H

#include "cli/verbs.h"

#include <plando/block.h>

enum import_kind {
	IMPORT_UNKNOWN, // an outline, or nothing that plando reads
	IMPORT_BUNDLE,
	IMPORT_TABLE,  // a table by its name, of which nothing more can be told
	IMPORT_POINTS, // a table of data
	IMPORT_DIAGRAM // a table with the columns type and text
};

struct import_data {
	const char *path, *name; // name: in messages
	enum import_kind kind;
	bool standard;		 // input, which was read whole
	struct block_bytes text; // of it
};

bool import_data_look(struct cli *c, const char *path, struct import_data *out, struct err *e);
// All of it as one text, at most that many bytes.
bool import_text(struct cli *c, const struct import_data *data, size_t most, char **text, size_t *n,
    struct err *e);

// The readers of each kind; a diagram where --team says whose it is.
bool import_diagram(struct cli *c, const struct import_data *data, struct err *e);
bool import_points(struct cli *c, const struct import_data *data, struct err *e);

#endif
