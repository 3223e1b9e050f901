// SPDX-License-Identifier: MIT
// What can be saved of a damaged workbook: the changes that its chains prove, whole saves only.
#ifndef PLANDO_RECOVER_H
#define PLANDO_RECOVER_H

#include <plando/store.h>

// What is lost of one person on one computer, over those runs of the program that lost anything.
struct recover_loss {
	const char *author, *device;
	int64_t kept, lost; // changes; lost is what the file says that there were, less those kept
	int64_t after;	    // when the last one that was kept was written, ms; 0: none was
};

struct recover_report {
	int64_t changes, records; // in the new workbook
	int64_t writers;	  // runs of the program whose changes were kept
	struct recover_loss *loss;
	size_t losses;
	int64_t anew;	  // of the changes: what no chain proved, written anew as it stood there
	int64_t strays;	  // runs of the program of which the file no longer says who wrote them
	int64_t nameless; // the changes of these that were kept
	int64_t unread;	  // pages that the disk did not give
	bool stranger; // the collaborative's identity was lost: the new workbook has one of its own
		       // and does not merge with its old copies
};

// Makes a new workbook at `to` of what is proven in `from`, which is only read (and nothing beside
// it). Refuses where `to` exists, and where nothing can be proven.
bool store_recover(const struct env *env, struct arena *a, const char *from, const char *to,
    struct recover_report *out, struct err *e);

#endif
