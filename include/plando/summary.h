// SPDX-License-Identifier: MIT
// The summary table: one row a measure, of a team or of the whole collaborative, with its last
// value, its goal, its course in little and what its chart says. Every row is what the chart of
// that measure shows, made by the same options; nothing is computed here a second way.
#ifndef PLANDO_SUMMARY_H
#define PLANDO_SUMMARY_H

#include <plando/chart_words.h>

enum {
	SUMMARY_POINTS = 24, // of a course in little, at most
	SUMMARY_FRESH = 2,   // intervals without a value after which a measure is stale
};

struct summary_row {
	struct id id, team;
	const char *team_name, *name, *unit; // "" = none, as all texts here
	enum measure_type type;
	const char *last, *goal, *when; // for people: "31 days", "25 days", "Oct 2026"
	const char *goal_number;	// "25"
	double value;			// the last one, as plotted; NAN: none yet
	date_t date, goal_by;		// valid where dated, where has_goal_by
	const char *goal_typed;
	double course[SUMMARY_POINTS]; // the last points, oldest first; NAN: one without a value
	size_t courses, points;	       // points of the chart that have a value
	const char *sign;	       // chart_sign
	const char *direction;	       // of its signal: "improvement" …; NULL: it has none
	const char *variation, *assurance; // ids of the icons, NULL = none
	const char *mark;		   // of the goal: "P" met throughout, "?" hit and miss, "F"
	const char *finding;		   // in words; where it cannot be drawn so: why
	bool dated, has_goal_by, enough, archived;
	bool flat;    // every point is the same
	bool undrawn; // not by the options that it asks for
	bool stale;   // SUMMARY_FRESH intervals have gone by since its last value
};

struct summary {
	struct summary_row *row; // by team as on the board, then outcome, process, balancing
	size_t count;
	bool marks; // any row has a mark of its goal
};

// team NULL: all teams that are not archived. archived: measures that are, too.
bool summary_load(struct store *s, struct arena *a, const struct id *team, bool archived,
    bool ascii, struct summary *out, struct err *e);

// "outcome"; "" where the measure does not say.
const char *summary_type(const struct summary_row *r);
// "improvement", "no signal", "too few points", "on the median" (too few off it), "no variation":
// what the sign means, in words.
const char *summary_words(const struct summary_row *r);
// Its last `most` points as bars between its own least and greatest value, digits 0 to 9 in ASCII;
// a blank is a point without a value. NULL: out of memory.
char *summary_spark(struct arena *a, const struct summary_row *r, size_t most, bool ascii);

#endif
