// SPDX-License-Identifier: MIT
// A driver diagram, or a part of one, that does not exist yet: read from an indented outline or
// from CSV, shown, then made in one save.
//
// An outline has a box a line. What stands further to the right feeds what it stands under; a list
// mark (-, *, •, 1.) and the lines of a drawn tree are passed over. The first step is what feeds
// the box that it is put under; a code before the text (P1, S2, C: …) says the level where the step
// does not. "(weak)" at the end makes a weak link.
//
// CSV has the columns that `plando diagram --csv` writes: type and text; code, status, feeds
// (codes, "P1; P2 (weak)", A is the aim) and id, if it has them. Others are passed over. A row
// whose id is a box of this team changes that box; any other makes one.
#ifndef PLANDO_DRIVER_PLAN_H
#define PLANDO_DRIVER_PLAN_H

#include <plando/driver.h>

enum { PLAN_MOST = 5000 }; // boxes

struct plan_feed {
	size_t item;	// of the plan; DRIVER_NONE: `node`
	struct id node; // a box that is there
	bool weak;
};

struct plan_item {
	enum driver_level level;
	size_t line; // that it was read from, from 1
	const char *text;
	const char *code, *status; // NULL: none
	struct id id;		   // that it changes; zero: a new one
	bool says_feeds;	   // links that it does not name are taken away
	struct plan_feed *feed;
	size_t feeds;
};

struct driver_plan {
	struct plan_item *item;
	size_t count;
	size_t made[DRIVER_LEVELS]; // new ones, by level
	size_t changed;
	const char *aim; // the aim's text, where the file says one and the team has none; else NULL
	bool aim_left_out; // the file says one, and the team has one
};

// `under`: the node of d that the first step feeds. ERR_DATA names the line.
bool plan_outline(struct arena *a, const struct driver_diagram *d, size_t under, const char *text,
    size_t n, struct driver_plan *out, struct err *e);
// `name` stands in messages. delimiter: 0 = as it is found.
bool plan_csv(struct arena *a, const struct driver_diagram *d, const char *text, size_t n,
    const char *name, char delimiter, struct driver_plan *out, struct err *e);

// Puts it into a save, behind what is there. *first (may be NULL): the first box of it.
bool plan_save(struct save *v, struct store *s, struct arena *a, const struct driver_diagram *d,
    const struct driver_plan *plan, struct id *first, struct err *e);

// "3 primary drivers, 1 secondary driver, 20 change ideas"; "" where nothing is new.
const char *plan_words(struct arena *a, const struct driver_plan *plan);

#endif
