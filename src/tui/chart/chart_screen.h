// SPDX-License-Identifier: MIT
// The chart's screen, shared by its files: chart_screen.c (how it is seen and moved in),
// chart_change.c (what becomes a save).
#ifndef PLANDO_TUI_CHART_SCREEN_H
#define PLANDO_TUI_CHART_SCREEN_H

#include "tui/screens/screens.h"

#include <plando/chart_measure.h>
#include <plando/chart_words.h>

struct chart_screen {
	struct screen screen;
	struct id id; // of the measure
	struct arena data;
	struct measure m;
	struct chart_notes notes;
	enum chart_rules usual; // the collaborative's
	size_t group;		// 0: the whole; i: m.stratum[i - 1]
	bool from_groups;	// opened from all groups, which lie below
	struct chart_source source;
	struct chart_face face;
	struct chart chart;
	bool *unusual;		  // by point
	struct err fault;	  // why it cannot be drawn so; code 0: it can
	bool own_type, own_rules; // shown for now, not saved
	enum chart_type type;
	enum chart_rules rules;
	bool placed; // the cursor is: else it goes to the last point
	int64_t day; // of the cursor; it outlasts a reload
	size_t at;   // point under the cursor
};

// Reads it again at once: the next key may come before the next frame.
bool chart_reload(struct app *app, struct chart_screen *s, struct err *e);
// The data point under the cursor; NULL: the chart has none.
const struct measure_point *chart_point_at(const struct chart_screen *s);

// chart_export.c
bool chart_export(struct app *app, struct chart_screen *s, struct err *e);

// chart_change.c: each is one save, some after a question.
bool chart_freeze(struct app *app, struct chart_screen *s, struct err *e);
bool chart_phase_ask(struct app *app, struct chart_screen *s, struct err *e);
bool chart_exclude_ask(struct app *app, struct chart_screen *s, struct err *e);
bool chart_unusual_ask(struct app *app, struct chart_screen *s, struct err *e);
bool chart_goal_ask(struct app *app, struct chart_screen *s, struct err *e);
bool chart_keep(struct app *app, struct chart_screen *s, struct err *e);

#endif
