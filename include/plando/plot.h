// SPDX-License-Identifier: MIT
// A run or control chart as it is drawn, worked out once: on a screen, as text, in a picture. What
// is here is in the units of the data; plot_canvas.h and the scene's pages only find its places.
//
// Rules:
// 1. Points are joined within a phase, not across a point that has no value or is not shown, and
//    never across today.
// 2. A phase of fewer than CHART_LEAST points has points only. Its centre line is solid over the
//    points that made it; it is dashed beyond them, and where the phase has fewer than
//    CHART_FROZEN. Limits are dashed where they are on trial. No line crosses from phase to phase.
// 3. A line across ends half-way to the next point of its phase; the goal and the reference run
//    from edge to edge.
// 4. Each line is named at its right end, with its value; of a phase that is over the value stands
//    at its line.
// 5. Each change that falls into the chart has a number, by date from 1.
// 6. Shapes tell first, colours second (PLOT_SIGN).
#ifndef PLANDO_PLOT_H
#define PLANDO_PLOT_H

#include <plando/axis.h>
#include <plando/axis_days.h>
#include <plando/canvas.h>
#include <plando/scene.h>

enum plot_line { // from below, as they lie on each other
	PLOT_REFERENCE,
	PLOT_GOAL,
	PLOT_LOWER,
	PLOT_UPPER,
	PLOT_CENTRE,
	PLOT_SERIES,
	PLOT_LINES
};

enum plot_shape {
	PLOT_ORDINARY, // the first five are those of enum chart_meaning
	PLOT_IMPROVEMENT,
	PLOT_CONCERN,
	PLOT_CHANGE,
	PLOT_UNCLEAR,
	PLOT_LEFT_OUT,
	PLOT_AHEAD, // it lies after today
	PLOT_UNUSUAL,
	PLOT_SHAPES
};
// How each is drawn, and what a key says of it.
struct plot_sign {
	const char *words, *name; // for people; for machines
	const char *glyph, *ascii;
	enum canvas_role cell;
	enum scene_shape shape;
	enum scene_role role;
	double size; // of the mark, in sizes of the letters
};
extern const struct plot_sign PLOT_SIGN[PLOT_SHAPES];

struct plot_point {
	double y; // NAN: nothing is drawn there
	enum plot_shape shape;
	bool gap; // it is due and has no value
};

struct plot_segment {
	enum plot_line line;
	bool dashed;
	size_t from, to; // points, both in it; the series goes through each of them
	double value;	 // of all but the series
};

struct plot_label {
	enum plot_line line;
	double value;
	const char *text, *brief; // the same in fewer words
};

// The value of a phase that is over, to be put beside its centre line.
struct plot_past {
	size_t from, to; // points, both in it
	double value;
	const char *text;
};

struct plot_tick {
	double value;
	const char *text;
};

struct plot_mark {
	size_t number;
	const struct chart_note *note;
};
struct plot_marks {
	struct plot_mark *mark;
	size_t count;
};

// What a plot is made of.
struct plot_source {
	const struct chart *chart;
	const struct chart_face *face;
	const struct chart_notes *notes; // NULL: none
	const bool *unusual;		 // by point; NULL: none
	struct axis axis;
	int64_t from, to;	  // x that it spans; equal: those of its points
	int64_t apart;		  // of the two nearest points; 0: of its own ones
	bool small;		  // one of several: its lines are named without a value
	double target, reference; // NAN: none
};

enum { PLOT_LABELS = 5 };
struct plot {
	const struct chart *chart;
	const struct chart_face *face;
	struct axis axis;
	int64_t from, to, apart;
	bool small;
	struct plot_point *point; // by point of the chart
	struct plot_segment *segment;
	size_t segments;
	struct plot_label label[PLOT_LABELS];
	size_t labels;
	struct plot_past *past;
	size_t pasts;
	struct plot_tick tick[AXIS_TICKS];
	size_t ticks; // from low to high
	struct plot_marks marks;
};

// The distance of the two nearest points; INT64_MAX: there are no two.
int64_t plot_apart(const struct chart *c);
// The source of a chart alone on its axis of at most `ticks` ticks.
struct plot_source plot_source_of(const struct chart *c, const struct chart_face *f, int ticks);
// In the arena. False: out of memory.
bool plot_make(struct arena *a, const struct plot_source *of, struct plot *out, struct err *e);
// The changes that several charts share, which span these days together. False: out of memory.
bool plot_marks_of(struct arena *a, const struct chart_notes *notes, int64_t from, int64_t to,
    struct plot_marks *out, struct err *e);
// "2  5 Oct 2026  PDSA cycle: Five calls by Ana". NULL: out of memory.
char *plot_mark_words(struct arena *a, const struct plot_mark *m);
// At most `most` labels for the x from..to of it. NULL ticks: out of memory.
struct axis_ticks plot_dates(
    struct arena *a, const struct plot *p, int64_t from, int64_t to, size_t most);
// Which shapes are seen in it: adds to what is there already.
void plot_seen(const struct plot *p, bool seen[PLOT_SHAPES]);

#endif
