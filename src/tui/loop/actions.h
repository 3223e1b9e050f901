// SPDX-License-Identifier: MIT
// Every action of the app, in ONE table: its keys, its words, and the screens that have it. Footer,
// `?` and the palette are printed from it. A new action is one value, one row in actions.c, and one
// case in the screens that have it.
#ifndef PLANDO_TUI_ACTIONS_H
#define PLANDO_TUI_ACTIONS_H

#include "tui/term/keys.h"

enum action {
	ACT_NONE,
	// moving, done by list.c for screens with a list
	ACT_UP,
	ACT_DOWN,
	ACT_LEFT,
	ACT_RIGHT,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_FIRST,
	ACT_LAST,
	ACT_NEXT, // Tab
	ACT_PREVIOUS,
	// everywhere, done by app.c
	ACT_BACK,
	ACT_HELP,
	ACT_PALETTE,
	ACT_UNDO,
	ACT_FILTER,
	ACT_SEARCH,
	ACT_FIND, // in the diagram
	ACT_FIND_NEXT,
	ACT_FIND_PREVIOUS,
	ACT_REDRAW,
	ACT_THEME,
	ACT_WHO,
	ACT_MOUSE,
	ACT_SUSPEND,
	ACT_BOARD,
	ACT_SYNC,
	ACT_SYNC_FOLDER,
	ACT_OUTBOX,
	ACT_OUTBOX_REFUSE,
	ACT_OUTBOX_AGAIN,
	ACT_SAVE_COPY,
	ACT_QUIT,
	// what screens do
	ACT_OPEN,
	ACT_EDIT,
	ACT_NEW,
	ACT_ARCHIVE,
	ACT_SHOW_ARCHIVED,
	ACT_SORT,
	ACT_HISTORY,
	ACT_EXPORT,
	ACT_UNDO_THIS,
	ACT_DIAGRAM,
	ACT_CYCLES,
	ACT_SCORE,
	ACT_COACHING,
	ACT_NEW_NOTE,
	ACT_NEW_TEAM,
	ACT_NEW_SYSTEM,
	ACT_OPEN_FILE,
	ACT_NEW_FILE,
	ACT_NEXT_CYCLE,
	ACT_MORE,
	ACT_QUICK,
	ACT_OWN_FORM,
	ACT_DRAFTS,
	ACT_LEARNED,
	ACT_TESTED_BY,
	ACT_FIDELITY,
	ACT_DIGEST,
	ACT_RAMP,
	// the form
	ACT_EDITOR,
	ACT_FIELD_HELP,
	ACT_DISCARD,
	ACT_ROW_REMOVE,
	ACT_WHOLE,
	ACT_SELECT,
	ACT_SELECT_ALL,
	ACT_COPY,
	ACT_PASTE,
	ACT_TYPED_UNDO,
	ACT_TYPED_REDO,
	ACT_CALENDAR,
	ACT_MISSING,
	// the driver diagram
	ACT_NEW_SIBLING,
	ACT_NEW_CHILD,
	ACT_MOVE_UP,
	ACT_MOVE_DOWN,
	ACT_FOLD,
	ACT_DENSITY,
	ACT_ARRANGE,
	ACT_COVERAGE,
	ACT_AS_OF,
	ACT_TICK,
	ACT_SINCE,
	ACT_CARRY,
	ACT_STRENGTH,
	ACT_ARCHIVE_WHY,
	ACT_LINK,
	ACT_UNLINK,
	// copies come together
	ACT_REDO,
	ACT_ONLY_FIELD,
	ACT_ONLY_PERSON,
	ACT_TEAM_SINCE,
	ACT_WORKBOOK_AS_OF,
	ACT_CLOCKS,
	ACT_SHIFT_ALL,
	ACT_TODAY,
	ACT_MERGE,
	ACT_CONFLICTS,
	ACT_TAKE_TOGETHER,
	ACT_TAKE_FIRST,
	ACT_TAKE_SECOND,
	ACT_TAKE_BOTH,
	ACT_JOIN,
	ACT_LATER,
	// the assessment
	ACT_ATTEST,
	ACT_REFUTE,
	ACT_SCORE_COACH,
	ACT_INSTRUMENT,
	ACT_PRIVATE,
	ACT_CHARTS,
	// charts
	ACT_CHART,
	ACT_STRATUM,
	ACT_CHART_TYPE,
	ACT_CHART_RULES,
	ACT_KEEP_CHART,
	ACT_FREEZE,
	ACT_PHASE,
	ACT_EXCLUDE,
	ACT_UNUSUAL,
	ACT_GOAL,
	ACT_EQUITY,
	ACT_BRAILLE,
	ACT_GROUPS,
	// a part of the workbook leaves
	ACT_SHARE,
	ACT_PARCEL,
	ACT_CODE,
	ACT_REDACT,
	ACT_ERASED,
	ACT_RESTORE_ALL,
	ACT_AGREE,
	ACT_AGREE_ALL,
	// data points
	ACT_DATA,
	ACT_IMPORT,
	ACT_MEASURE_FORM,
	ACT_NOTE,
	ACT_TURN,
	ACT_TEAM_DATA,
	ACT_COLUMN,
	ACT_ORDER,
	ACT_DECIMAL,
	ACT_PERCENT,
	ACT_SUPPRESSED,
	ACTIONS
};

// The screens, as bits: more than an enumeration holds.
#define ON(n)	     (UINT64_C(1) << (n))
#define ON_START     ON(0)
#define ON_BOARD     ON(1)
#define ON_TEAM	     ON(2)
#define ON_LIST	     ON(3) // a generic list
#define ON_CYCLES    ON(4) // the PDSA list
#define ON_FORM	     ON(5)
#define ON_DIAGRAM   ON(6)
#define ON_HISTORY   ON(7)
#define ON_PICK	     ON(8) // help, palette and other choosing from a list
#define ON_SEARCH    ON(9)
#define ON_WAYS	     ON(10) // what belongs to a record, or to the programme
#define ON_CONFLICTS ON(11)
#define ON_RESOLVER  ON(12)
#define ON_LEARNED   ON(13)
#define ON_FIDELITY  ON(14)
#define ON_RAMP	     ON(15)
#define ON_COVERAGE  ON(16) // the change package across teams
#define ON_CHOOSE    ON(17) // copies to merge
#define ON_MERGE     ON(18)
#define ON_SINCE     ON(19)
#define ON_ASSESS    ON(20) // the ladder of levels
#define ON_CHART     ON(22)
#define ON_MEASURES  ON(23)	  // a list of measures; such a list is ON_LIST too
#define ON_GRID	     ON(21)	  // the data grid of a measure
#define ON_INTAKE    ON(24)	  // what a paste or a file would do
#define ON_EQUITY    ON(25)	  // groups of a measure beside each other
#define ON_GROUPS    ON(26)	  // … a chart each
#define ON_TEAM_GRID ON(27)	  // the data grid of a team
#define ON_TABLE     ON(28)	  // what a block or a file would do to a team's measures
#define ON_GAP	     ON(29)	  // the gap between two groups over time
#define ON_CLOCK     ON(30)	  // runs, and the clocks that dated them
#define ON_ERASED    ON(31)	  // what others erased, and is held yet
#define ON_TICKED    ON(32)	  // a list whose rows are ticked; such a list is ON_LIST too
#define ON_ALL	     (ON(33) - 1) // below the next one that is free

struct action_row {
	enum action id;
	int rank;	  // in the footer: lower stays longer when room is short
	const char *keys; // names, blank separated, the first is shown; "" = palette only
	const char *shown, *shown_ascii; // for the footer instead of the first key; NULL = none
	const char *brief;		 // for the footer: "open"; NULL = not in the footer
	const char *words;		 // for `?` and the palette: "Open the one under the cursor"
	uint64_t screens;
};

extern const struct action_row ACTION_ROWS[]; // ends with id ACT_NONE

// The row that this key means on that screen; NULL = none.
const struct action_row *action_for_key(uint64_t screen, const struct key *key);
const struct action_row *action_for(uint64_t screen, enum action id);
// The first row anywhere that this key means, to say what does nothing here; NULL = none.
const struct action_row *action_anywhere(const struct key *key);
// The first key as it is shown: "↑", or "Up" where ascii; "" = none.
const char *action_key(const struct action_row *row, bool ascii, char word[KEY_WORD]);

#endif
