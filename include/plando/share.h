// SPDX-License-Identifier: MIT
// A part of a workbook leaves: some teams' share of it, or a parcel of the newest changes for
// e-mail. Both merge like any copy. Private notes never leave. Each file is written whole under its
// name or not at all, and refuses to replace another.
#ifndef PLANDO_SHARE_H
#define PLANDO_SHARE_H

#include <plando/record.h>

struct share_report {
	int64_t changes;
};

// A workbook with what all share and what belongs to those teams (their ids). It can be worked in;
// merging brings it only what belongs to them.
bool store_share(struct store *s, const struct id *teams, size_t n, const char *to,
    struct share_report *out, struct err *e);

// Is what belongs to this team in the workbook? Of other teams a part has the name only.
bool store_holds(struct store *s, const struct id *team);

// Which changes a parcel takes: those that `device` lacks as far as this copy knows, or those that
// came into this copy at `since` (ms) or later.
struct parcel_wish {
	const char *device; // NULL: by since
	int64_t since;
	const struct id *teams; // only theirs and what all share
	size_t team_count;	// 0: everything that this copy holds
};
struct parcel_report {
	int64_t changes; // 0: nothing to send, and no file was made
	bool noted;	 // the next parcel for the device begins where this one ends
};
// Only whole saves; the first change of each writer is chained to what the other side must have.
bool store_parcel(struct store *s, const struct parcel_wish *wish, const char *to,
    struct parcel_report *out, struct err *e);

// The computers on which people wrote what this copy holds, by name.
struct devices {
	const char **name;
	size_t count;
};
bool store_devices(struct store *s, struct arena *a, struct devices *out, struct err *e);

// Eight characters that two people can compare by telephone: equal codes, equal copies.
enum { COPY_CODE = 10 };
void store_copy_code(uint64_t digest, char out[COPY_CODE]); // "7F3K-2QMD"

#endif
