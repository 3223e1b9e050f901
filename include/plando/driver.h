// SPDX-License-Identifier: MIT
// A team's driver diagram as a model: nodes in reading order, drawn links, codes, coverage. A pure
// function of plain facts (driver_build); driver_load reads the facts of a team from a workbook.
// It knows no column, no screen and no page: output/diagram draws it.
//
// Rules (each has a test):
// 1. A link is drawn iff both ends are shown and level(to) is nearer the aim than level(from). So
//    the drawn links never close a cycle, whatever was merged. What is not drawn is listed, with
//    the reason.
// 2. Siblings stand by position (none: after those with one), then code (S2 before S10), then text,
//    then id. The order is the same on every copy.
// 3. Of several parents one is where the node stands in the tree: a placed one before an unplaced
//    one, a strong link before a weak one, the level farthest from the aim first, then reading
//    order. The others are cross-links.
// 4. Reading order is the tree, parents first; then what has no drawn path to the aim ("unplaced").
// 5. A node without a code of its own gets P1, S3, C12 by reading order, skipping codes that people
//    gave. Automatic codes are never stored. What is archived keeps its number, so that archiving
//    renumbers nobody.
// 6. An idea is tested when one of its cycles of type test or implement has begun. Coverage of a
//    driver counts each idea once, however many paths lead to it.
#ifndef PLANDO_DRIVER_H
#define PLANDO_DRIVER_H

#include <plando/record.h>

enum driver_level { DRIVER_AIM, DRIVER_PRIMARY, DRIVER_SECONDARY, DRIVER_IDEA, DRIVER_LEVELS };

// "aim", "primary", "secondary", "idea": in bundles and JSON.
const char *driver_level_name(enum driver_level level);
// "Aim", "Primary drivers", "Secondary drivers", "Change ideas": above a column.
const char *driver_level_title(enum driver_level level);

// Why a link is not drawn, in words.
enum driver_reason {
	DRIVER_BACKWARD, // the other end is not nearer the aim
	DRIVER_MISSING,	 // an end is deleted, or not in this copy
	DRIVER_ARCHIVED, // the other end is archived, this one is not
};
const char *driver_reason_text(enum driver_reason reason);

#define DRIVER_NONE ((size_t)-1)

// --- what goes in
struct driver_fact {
	struct id id;
	enum driver_level level; // never DRIVER_AIM: there is one aim, the team's
	const char *code, *text; // as stored; NULL = none
	const char *status;	 // of an idea, as stored (a choice's id); NULL = none
	const char *position;	 // order key; NULL = none
	unsigned cycles;	 // PDSA cycles on it
	unsigned tests;		 // of these, begun ones of type test or implement
	bool archived;
	bool conflict; // some field of it has two values side by side
};

struct driver_join { // a link record
	struct id from, to;
	bool weak;
};

struct driver_facts {
	struct id team;		  // also the aim's id
	const char *name, *aim;	  // the team's name; the aim's text, NULL = none
	bool aim_conflict;	  // the aim's text has two values side by side
	struct driver_fact *fact; // drivers and ideas
	size_t fact_count;
	struct driver_join *join;
	size_t join_count;
};

// --- what comes out
struct driver_edge {
	size_t node;
	bool weak;
};

struct driver_node {
	struct id id;
	enum driver_level level;
	const char *code; // never empty
	bool own_code;
	const char *text;     // as stored, may hold anything; "" = none
	const char *status;   // of an idea; NULL = none
	const char *position; // NULL = none
	unsigned cycles, tests;
	bool archived, conflict;
	bool unplaced;		      // shown, without a drawn path to the aim
	unsigned ideas, ideas_tested; // shown change ideas on it, by any drawn path
	size_t parent;		      // where it stands in the tree; DRIVER_NONE
	struct driver_edge
	    *parents; // that are drawn: the tree's first, the others in reading order
	size_t parent_count;
	struct driver_edge
	    *children; // that are drawn: its own first, then cross-links; reading order
	size_t child_count;
};

struct driver_refused {
	struct id from, to;
	size_t from_node, to_node; // DRIVER_NONE where it is not among the nodes
	enum driver_reason reason;
};

struct driver_diagram {
	struct id team;
	const char *name;	  // the team's
	struct driver_node *node; // [0] is the aim; shown ones in reading order, then archived ones
	size_t count;
	size_t shown[DRIVER_LEVELS]; // not archived, by level
	size_t archived, unplaced;
	size_t tested; // shown ideas that are tested
	struct driver_refused *refused;
	size_t refused_count;
};

// Texts are not copied: they live as long as the facts. False: out of memory.
bool driver_build(
    struct arena *a, const struct driver_facts *facts, struct driver_diagram *out, struct err *e);

// A team's diagram as it stands in the workbook. ERR_NOINPUT: no such team.
bool driver_load(struct store *s, struct arena *a, const struct id *team,
    struct driver_diagram *out, struct err *e);

// The node of that id, or DRIVER_NONE. Linear.
size_t driver_find(const struct driver_diagram *d, const struct id *id);

// --- the history of the theory
// Two diagrams of one team, of two moments. Nodes are the same where their ids are.
enum { DRIVER_ADDED = 1, DRIVER_RETIRED = 2, DRIVER_MOVED = 4, DRIVER_REWORDED = 8 };

struct driver_difference {
	size_t before, after; // nodes; DRIVER_NONE: not there (retired and not archived: deleted)
	unsigned change;      // bits: moved and reworded may come together
};

struct driver_diff {
	const struct driver_diagram *before, *after;
	struct driver_difference *item; // as `after` is read; then what is retired, as `before` was
	size_t count;
	size_t added, retired, moved, reworded;
	unsigned *mark; // by node of `after`: what changed; 0 = nothing
};

// Archived is retired. Moved: it feeds others than before, or more or less strongly. False: out of
// memory.
bool driver_diff(struct arena *a, const struct driver_diagram *before,
    const struct driver_diagram *after, struct driver_diff *out, struct err *e);
// "3 added, 1 retired", "nothing changed". NULL: out of memory.
const char *driver_diff_words(struct arena *a, const struct driver_diff *diff);

// --- the order of a picture
// In which order the boxes of each level are stacked, so that few lines cross. Archived nodes have
// no place in it.
//
// Rules:
// 1. A box stands under one of its parents (its home), boxes with one home stand together. The home
//    is the middle one of the parents that come into question: rule 3 above without its last
//    clause.
// 2. The order that people gave (position) stands, whatever it costs: boxes of one home that have a
//    position are never exchanged. What has none may move: it stands near what it feeds, and boxes
//    change places where fewer lines cross then. `fewest` takes positions for a mere beginning.
// 3. With `last`, nothing moves that was drawn already; what is new stands behind its neighbour. So
//    a box that comes or goes reshuffles nobody.
// 4. Two lines cross where, in the gap between two levels, one begins above the other and ends
//    below it. A line that passes a level by goes there at the height of its lower end.
struct driver_order_options {
	bool fewest;
	const size_t
	    *last; // by node: its rank in the order drawn before; DRIVER_NONE: new. NULL: none
};

struct driver_order {
	size_t *node[DRIVER_LEVELS]; // top to bottom
	size_t count[DRIVER_LEVELS];
	size_t *home; // by node; DRIVER_NONE: the aim, not linked, archived
	size_t *rank; // by node: place in the whole, read as a tree; DRIVER_NONE: archived
	size_t crossings;
	size_t steps; // of work that it took; grows with the diagram, not with its square
};

// False: out of memory.
bool driver_order(struct arena *a, const struct driver_diagram *d,
    const struct driver_order_options *o, struct driver_order *out, struct err *e);

// Codes and words with numbers in them as people order them: "S2" before "S10"; case does not
// matter. NULL comes last.
int driver_code_compare(const char *a, const char *b);

#endif
