// SPDX-License-Identifier: MIT
// The data points of a team beside each other: a row a measure, and one a group of it, a column a
// period. Measures of one interval stand together with columns of their own. Only points that are
// there take memory, however far apart their dates lie.
#ifndef PLANDO_PERIOD_TABLE_H
#define PLANDO_PERIOD_TABLE_H

#include <plando/entry.h>
#include <plando/period.h>

struct period_measure {
	struct measure m; // with its series
	struct entries entries;
	enum period_kind kind;
	struct period_habit habit;
	bool grouped; // some points are of groups
};

struct period_row {
	size_t measure;
	const char *stratum; // "" = the whole
	const struct entry **entry;
	date_t *day; // of each
	size_t count;
};

struct period_group {
	size_t row, rows; // the first one, how many
	enum period_kind kind;
	int oldest; // with a point, or a year ago
	int due;    // the last one that has ended
	int newest; // the one that today lies in, or a later one with a point
};

struct period_table {
	struct period_measure *measure;
	struct period_row *row;
	size_t measures, rows, groups;
	struct period_group group[PERIOD_KINDS];
	date_t today;
};

// The team's measures that are not archived: monthly ones first, then from the shortest interval to
// the longest; of one interval outcome, process, balancing, then by name. As of today.
bool period_table_load(struct store *s, struct arena *a, const struct id *team,
    struct period_table *out, struct err *e);
// The same of measures that are named one by one.
bool period_table_of(struct store *s, struct arena *a, const struct id measure[], size_t count,
    struct period_table *out, struct err *e);

const struct period_group *period_group_of(const struct period_table *t, size_t row);
const struct period_measure *period_measure_of(const struct period_table *t, size_t row);

enum period_state {
	PERIOD_BLANK,
	PERIOD_DUE,	// blank, and it has ended since the first point of its row
	PERIOD_POINT,	// one point
	PERIOD_MADE,	// nothing of the whole itself: it is made of groups
	PERIOD_SEVERAL, // points, or dates of groups
};

struct period_cell {
	enum period_state state;
	const struct entry *entry; // PERIOD_POINT; of PERIOD_SEVERAL the first
	size_t points;
	const struct measure_point *made; // PERIOD_MADE
	date_t day; // of its point, else where a new one falls by the measure's habit
};
struct period_cell period_cell(const struct period_table *t, size_t row, int period);
// Of a row that need not be one of the table's: a group without points.
struct period_cell period_cell_in(
    const struct period_table *t, const struct period_row *row, int period);
// As typed: "41", "3/10"; what groups make up as "=25". "" where blank, "3 points" of several.
// NULL: out of memory.
char *period_cell_show(
    struct arena *a, const struct period_table *t, size_t row, const struct period_cell *c);

#endif
