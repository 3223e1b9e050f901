// SPDX-License-Identifier: MIT
// A chart in words, the same for terminal, page and program: the finding, values, dates, the
// footer that says by which rules it was made.
#ifndef PLANDO_CHART_WORDS_H
#define PLANDO_CHART_WORDS_H

#include <plando/chart_measure.h>

// How values and places on the axis are written.
struct chart_face {
	const char *name, *team, *unit; // as stored; NULL or "" = none
	bool percent;			// values are percentages: "55 %"
	int decimals;			// shown; -1 = as many as the spread asks for
	bool numbers;			// x are whole numbers, not days
	const char *interval;		// "month" …; NULL = by the distance of the points
	const char *stratum;		// the group, NULL or "" = the whole
	bool zero;			// the axis begins at zero
	date_t goal_by;			// valid where has_goal_by
	bool has_goal_by;
	const char *goal; // what its line is called; NULL: "goal"
	bool counts;	  // values are counts
	int least; // of a group, in what leaves: points of smaller numbers are not shown; 0: all
		   // are
	bool ascii;
};
// A point of small numbers: its numerator, denominator or count is below `least`. It is drawn as if
// it were missing; its place in words says "<5". It counts in medians and rules.
bool chart_hides(const struct chart *c, const struct chart_face *f, const struct chart_point *p);
void chart_face_of(const struct measure *m, const struct measure_series *s, struct chart_face *out);

// All in the arena; NULL: out of memory. Texts from outside are not made safe here.
// "55 %", "31 days", "12.4"
char *chart_value(struct arena *a, const struct chart *c, const struct chart_face *f, double v);
// The same of a line: a median or goal that lies half-way has the decimal more that says so ("40.5
// %" where points have none).
char *chart_line_value(
    struct arena *a, const struct chart *c, const struct chart_face *f, double v);
// A point's without unit.
char *chart_number(struct arena *a, const struct chart *c, const struct chart_face *f, double v);
// "Mar 2026" where there is a point a month or fewer, else "3 Mar 2026"; "12" of numbers.
char *chart_when(struct arena *a, const struct chart *c, const struct chart_face *f, int64_t x);
// "Mean wait, days", and "· group" of a group.
char *chart_title(struct arena *a, const struct chart_face *f);
// The finding in one sentence: "Improvement signal since Mar 2026: 9 points in a row above the
// median (6 or fewer expected)", "No signal", "3 more points needed". No verdict without a signal;
// verdict, date, count and side are those of one signal (chart.found[said]).
char *chart_finding(struct arena *a, const struct chart *c, const struct chart_face *f);
// What is lacking where it has not `enough`, exactly: "10 more points not on the median
// are needed".
char *chart_needed(struct arena *a, const struct chart *c);
// By which rules it was made: "Run chart, Anhøj rules, 24 points, median of the first 12."
char *chart_footer(struct arena *a, const struct chart *c, const struct chart_face *f);
// "a baseline of 21 points is longer than the 20 points there are: all of them make the median";
// "" where the baseline that was asked for is kept.
char *chart_unkept_words(struct arena *a, const struct chart *c);
// What the icons say, where there are any: "Common cause; the goal will be hit and missed". "" =
// none.
char *chart_icons(struct arena *a, const struct chart *c);
// All about one point: its value, its signals, what it is left out for.
char *chart_point_words(
    struct arena *a, const struct chart *c, const struct chart_face *f, size_t point);
// A suggestion, never done by itself: "A new median is possible since Mar 2026 (9 points …)"; "".
char *chart_suggestion(struct arena *a, const struct chart *c, const struct chart_face *f);
// "median" of a run or G chart, else "mean".
const char *chart_centre_name(const struct chart *c);

// One character for tables and the board: ▲ improvement, ▼ concern, ◆ change, · common cause,
// … too few points. As ASCII: ^ v + . ~
const char *chart_sign(const struct chart *c, bool ascii);

#endif
