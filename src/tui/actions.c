// SPDX-License-Identifier: MIT
#include "tui/actions.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

#define LISTS                                                                                      \
	(ON_START | ON_BOARD | ON_TEAM | ON_LIST | ON_CYCLES | ON_HISTORY | ON_WAYS |              \
	    ON_CONFLICTS | ON_MERGE | ON_SINCE | ON_LEARNED | ON_FIDELITY | ON_ASSESS)
#define ROOTS	 (ON_START | ON_BOARD)
#define INNER	 (ON_ALL & ~ROOTS)
#define GRIDS	 (ON_GRID | ON_TEAM_GRID)
#define INTAKES	 (ON_INTAKE | ON_TABLE)
#define OWN_BACK (LISTS | ON_MEASURES | ON_FORM | GRIDS | INTAKES | ON_PICK | ON_SEARCH | ON_CHOOSE)
#define RECORDS                                                                                    \
	(ON_BOARD | ON_TEAM | ON_LIST | ON_CYCLES | ON_FORM | ON_DIAGRAM | ON_WAYS | ON_LEARNED |  \
	    ON_FIDELITY | ON_RAMP | ON_CHART)

// In the order of `?` and the footer. A key may stand in several rows where their screens differ.
// clang-format off
const struct action_row ACTION_ROWS[] = {
	{ ACT_UP, "Up k", "↑↓", "Up/Down", "move", "One row up", LISTS | ON_CLOCK | ON_ERASED, 6 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "One row down", LISTS | ON_CLOCK | ON_ERASED, 0 },
	{ ACT_UP, "Up Ctrl-P", "↑↓", "Up/Down", "move", "One row up", ON_PICK | ON_SEARCH | ON_CHOOSE, 3 },
	{ ACT_DOWN, "Down Ctrl-N", NULL, NULL, NULL, "One row down", ON_PICK | ON_SEARCH | ON_CHOOSE, 0 },
	{ ACT_UP, "Up k", "←→↑↓", "Arrows", "move", "To the box above", ON_DIAGRAM, 3 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "To the box below", ON_DIAGRAM, 0 },
	{ ACT_LEFT, "Left h", NULL, NULL, NULL, "Towards the aim", ON_DIAGRAM, 0 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "Away from the aim", ON_DIAGRAM, 0 },
	{ ACT_UP, "Up k", "↑↓", "Up/Down", "choose", "One choice up", ON_RESOLVER, 4 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "One choice down", ON_RESOLVER, 0 },
	{ ACT_PAGE_UP, "PgUp", NULL, NULL, NULL, "The texts: up", ON_RESOLVER, 0 },
	{ ACT_PAGE_DOWN, "PgDn", NULL, NULL, NULL, "The texts: down", ON_RESOLVER, 0 },
	{ ACT_UP, "Up k", "←→↑↓", "Arrows", "move", "One row up", ON_COVERAGE, 3 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "One row down", ON_COVERAGE, 0 },
	{ ACT_LEFT, "Left h", NULL, NULL, NULL, "To the team before", ON_COVERAGE, 0 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "To the next team", ON_COVERAGE, 0 },
	{ ACT_FIRST, "Home g", NULL, NULL, NULL, "To the first", ON_COVERAGE, 0 },
	{ ACT_LAST, "End G", NULL, NULL, NULL, "To the last", ON_COVERAGE, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "what was learned", "Who tested this here, and what they learned", ON_COVERAGE, 1 },
	{ ACT_DIAGRAM, "d", NULL, NULL, "diagram", "The driver diagram of this team", ON_COVERAGE, 5 },
	{ ACT_CYCLES, "p", NULL, NULL, "cycles", "The PDSA cycles of this team", ON_COVERAGE, 6 },
	{ ACT_PAGE_UP, "PgUp", NULL, NULL, NULL, "A page up", LISTS | ON_CLOCK | ON_ERASED | ON_CHOOSE | ON_COVERAGE | ON_PICK | ON_SEARCH | ON_DIAGRAM | ON_FORM, 0 },
	{ ACT_PAGE_DOWN, "PgDn", NULL, NULL, NULL, "A page down", LISTS | ON_CLOCK | ON_ERASED | ON_CHOOSE | ON_COVERAGE | ON_PICK | ON_SEARCH | ON_DIAGRAM | ON_FORM, 0 },
	{ ACT_FIRST, "Home g", NULL, NULL, NULL, "To the first", LISTS | ON_CLOCK | ON_ERASED | ON_DIAGRAM, 0 },
	{ ACT_LAST, "End G", NULL, NULL, NULL, "To the last", LISTS | ON_CLOCK | ON_ERASED | ON_DIAGRAM, 0 },

	{ ACT_OPEN, "Enter Right l", NULL, NULL, "open", "Open the one under the cursor", LISTS, 1 },
	{ ACT_OPEN, "Enter", NULL, NULL, "put it right", "Say by how much the clock of this run was wrong", ON_CLOCK, 1 },
	{ ACT_SHIFT_ALL, "a", NULL, NULL, "all of its computer", "Say by how much this computer's clock was wrong, in all of its runs", ON_CLOCK, 4 },
	{ ACT_OPEN, "Enter", NULL, NULL, "bring it back", "Write what was erased of this record again; u undoes", ON_ERASED, 1 },
	{ ACT_RESTORE_ALL, "r", NULL, NULL, "bring all back", "Write everything in this list again; u undoes", ON_ERASED, 3 },
	{ ACT_AGREE, "x Del", NULL, NULL, "let it go", "Agree: what was erased of this record goes for good, here and in the backups", ON_ERASED, 4 },
	{ ACT_AGREE_ALL, "", NULL, NULL, NULL, "Agree to all: everything in this list goes for good", ON_ERASED, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "open", "Open the record under the cursor", ON_SEARCH, 1 },
	{ ACT_OPEN, "Enter", NULL, NULL, "choose", "Choose the one under the cursor", ON_PICK, 1 },
	{ ACT_OPEN, "Enter", NULL, NULL, "open", "Open the folder, or see what this copy (all that are marked) would bring", ON_CHOOSE, 1 },
	{ ACT_NEXT, "Tab", NULL, NULL, "mark", "Mark a copy, to merge several at once", ON_CHOOSE, 4 },
	{ ACT_OPEN, "Enter", NULL, NULL, "edit", "Type into this box", ON_DIAGRAM, 1 },
	{ ACT_OPEN, "Enter", NULL, NULL, "take", "Take the choice under the cursor", ON_RESOLVER, 1 },
	{ ACT_TAKE_TOGETHER, "t", NULL, NULL, NULL, "Take both people's words together", ON_RESOLVER, 0 },
	{ ACT_TAKE_FIRST, "1", NULL, NULL, NULL, "Take what the first says", ON_RESOLVER, 0 },
	{ ACT_TAKE_SECOND, "2", NULL, NULL, NULL, "Take what the second says", ON_RESOLVER, 0 },
	{ ACT_TAKE_BOTH, "b", NULL, NULL, NULL, "Keep both, one after the other", ON_RESOLVER, 0 },
	{ ACT_TAKE_BOTH, "b", NULL, NULL, NULL, "Keep both links of a box that two people moved", ON_CONFLICTS, 0 },
	{ ACT_EDIT, "e", NULL, NULL, NULL, "Put both into the field and edit, or write another value", ON_RESOLVER, 0 },
	{ ACT_LATER, "l", NULL, NULL, NULL, "Leave it open and go to the next", ON_RESOLVER, 0 },
	{ ACT_EDIT, "e", NULL, NULL, "form", "Open the whole form of this box", ON_DIAGRAM, 8 },
	{ ACT_NEW, "i", NULL, NULL, NULL, "A new change idea on this box", ON_DIAGRAM, 0 },
	{ ACT_EDIT, "e", NULL, NULL, "edit team", "Edit the team and its aim", ON_TEAM, 6 },
	{ ACT_NEW, "n", NULL, NULL, "new", "A new one", ON_LIST, 4 },
	{ ACT_TICK, "d", NULL, NULL, NULL, "An action is done, or open again", ON_LIST, 0 },
	{ ACT_NEW, "n", NULL, NULL, "new cycle", "A new PDSA cycle", ON_CYCLES | ON_TEAM, 4 },
	{ ACT_QUICK, "w", NULL, NULL, "quick log", "Log a new PDSA cycle in seven fields, on one screen", ON_CYCLES | ON_TEAM, 5 },
	{ ACT_NEW_TEAM, "n", NULL, NULL, "new team", "A new team", ON_BOARD, 4 },
	{ ACT_NEW_SYSTEM, "", NULL, NULL, NULL, "A new system (an ICS, board, borough or partner)", ON_BOARD, 0 },
	{ ACT_NEXT_CYCLE, "+", NULL, NULL, "next in ramp", "The next cycle of this ramp, with what carries over", ON_CYCLES | ON_RAMP, 5 },
	{ ACT_MORE, "m", NULL, NULL, "more", "The programme: events, people, systems, the change package", ON_BOARD, 4 },
	{ ACT_MORE, "m", NULL, NULL, "more", "What belongs to it: data points, attendance, private notes …", ON_LIST | ON_CYCLES, 5 },
	{ ACT_MORE, "F6", NULL, NULL, NULL, "What belongs to it: data points, attendance, private notes …", ON_FORM, 0 },
	{ ACT_ARCHIVE, "x Del", NULL, NULL, "archive", "Archive it, or bring it back; u undoes", ON_LIST | ON_CYCLES | ON_DIAGRAM | ON_BOARD, 7 },
	{ ACT_SHOW_ARCHIVED, "a", NULL, NULL, NULL, "Show what is archived too, or not", ON_LIST | ON_CYCLES | ON_BOARD, 0 },
	{ ACT_SORT, "s", NULL, NULL, "sort", "Sort by the next column", ON_BOARD, 6 },
	{ ACT_DIAGRAM, "d", NULL, NULL, "diagram", "The driver diagram", ON_TEAM | ON_BOARD, 5 },
	{ ACT_CYCLES, "p", NULL, NULL, "cycles", "The PDSA cycles", ON_TEAM | ON_BOARD | ON_DIAGRAM, 8 },
	{ ACT_SCORE, "s", NULL, NULL, "new score", "The team's score today, beside what the record shows", ON_TEAM, 6 },
	{ ACT_ATTEST, "a", NULL, NULL, "attest", "Say as the coach that this criterion holds, and why", ON_ASSESS, 3 },
	{ ACT_REFUTE, "x", NULL, NULL, NULL, "Say as the coach that it does not hold, and why", ON_ASSESS, 0 },
	{ ACT_SCORE, "s", NULL, NULL, "team's score", "Give the team's score", ON_ASSESS, 4 },
	{ ACT_SCORE_COACH, "c", NULL, NULL, "coach's", "Give the coach's score", ON_ASSESS, 5 },
	{ ACT_CHARTS, "v", NULL, NULL, "charts", "The scores over time and the chosen measure, or the ladder again", ON_ASSESS, 6 },
	{ ACT_PRIVATE, "p", NULL, NULL, NULL, "Keep the team's score as a private draft, or show it", ON_ASSESS, 0 },
	{ ACT_INSTRUMENT, "i", NULL, NULL, NULL, "The same record by another instrument, such as Life QI's", ON_ASSESS, 0 },
	{ ACT_MORE, "m", NULL, NULL, "all scores", "Every assessment of this team", ON_ASSESS, 7 },
	{ ACT_COACHING, "c", NULL, NULL, "coaching", "A new coaching session", ON_TEAM, 7 },
	{ ACT_NEW_NOTE, "o", NULL, NULL, NULL, "A new note: place profile, self-check, visit, your own form", ON_TEAM, 0 },
	{ ACT_LEARNED, "w", NULL, NULL, NULL, "What was learned, by all teams", ON_BOARD, 0 },
	{ ACT_LEARNED, "", NULL, NULL, NULL, "What this team learned", ON_TEAM | ON_CYCLES, 0 },
	{ ACT_TESTED_BY, "t", NULL, NULL, NULL, "Has anyone else tested this, and what did they learn?", ON_CYCLES, 0 },
	{ ACT_TESTED_BY, "w", NULL, NULL, NULL, "Has anyone else tested this, and what did they learn?", ON_DIAGRAM, 0 },
	{ ACT_LEFT, "Left h Up k", "←→", "Left/Right", "move", "To the cycle before", ON_RAMP, 3 },
	{ ACT_RIGHT, "Right l Down j", NULL, NULL, NULL, "To the cycle after", ON_RAMP, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "open", "Open the cycle under the cursor", ON_RAMP, 1 },
	{ ACT_FIDELITY, "", NULL, NULL, NULL, "PDSA fidelity: how sound the cycles are, beside what was published", ON_BOARD | ON_TEAM, 0 },
	{ ACT_FIDELITY, "f", NULL, NULL, "fidelity", "PDSA fidelity: how sound the cycles are, beside what was published", ON_CYCLES, 8 },
	{ ACT_RAMP, "v", NULL, NULL, "ramp", "The ramp as a picture, predictions beside results", ON_CYCLES, 6 },
	{ ACT_DIGEST, "e", NULL, NULL, "digest", "Write them into a file to hand round", ON_LEARNED, 4 },
	{ ACT_DIAGRAM, "d", NULL, NULL, "diagram", "Its change idea in the driver diagram", ON_LEARNED, 5 },
	{ ACT_OWN_FORM, "", NULL, NULL, NULL, "Bring in a form of your own from a file", ON_BOARD | ON_TEAM, 0 },
	{ ACT_DRAFTS, "", NULL, NULL, NULL, "What was typed and not saved", RECORDS & ~ON_FORM, 0 },
	{ ACT_HISTORY, "y", NULL, NULL, NULL, "History: who changed what, and when", ON_TEAM | ON_LIST | ON_CYCLES | ON_FORM | ON_DIAGRAM | ON_CONFLICTS | ON_RESOLVER | ON_MERGE | ON_SINCE | ON_CHART | ON_ERASED, 0 },
	{ ACT_MERGE, "M", NULL, NULL, "merge", "Merge copies of this workbook; merges done before", ON_BOARD, 5 },
	{ ACT_MERGE, "", NULL, NULL, NULL, "Merge copies of this workbook; merges done before", RECORDS & ~(ON_BOARD | ON_FORM), 0 },
	{ ACT_CONFLICTS, "!", NULL, NULL, NULL, "Conflicts: what two people changed differently", ((RECORDS | ON_HISTORY) & ~ON_FORM) | ON_MERGE, 0 },
	{ ACT_CONFLICTS, "F7", NULL, NULL, NULL, "Conflicts: settle what two people changed differently here", ON_FORM, 0 },
	{ ACT_ONLY_FIELD, "f", NULL, NULL, "this field", "Only changes of this field, or all again", ON_HISTORY, 5 },
	{ ACT_ONLY_PERSON, "w", NULL, NULL, "this person", "Only changes by this person, or all again", ON_HISTORY, 5 },
	{ ACT_TEAM_SINCE, "t", NULL, NULL, NULL, "What changed since the last coaching session, in words", ON_TEAM, 0 },
	{ ACT_TEAM_SINCE, "t", NULL, NULL, "other day", "Since another day", ON_SINCE, 4 },
	{ ACT_UNDO_THIS, "u", NULL, NULL, "undo it", "Undo the change under the cursor", ON_HISTORY, 4 },
	{ ACT_SHARE, "", NULL, NULL, NULL, "Share a part: a workbook with only some teams", ON_BOARD | ON_TEAM, 0 },
	{ ACT_PARCEL, "", NULL, NULL, NULL, "A parcel for e-mail: only what another computer lacks", ON_BOARD | ON_TEAM, 0 },
	{ ACT_CODE, "", NULL, NULL, NULL, "The code of this copy: are two copies equal?", ON_BOARD | ON_TEAM | ON_CONFLICTS, 0 },
	{ ACT_REDACT, "", NULL, NULL, NULL, "Blank the text of this record for good, in every copy", ON_LIST | ON_CYCLES, 0 },
	{ ACT_REDACT, "", NULL, NULL, NULL, "Blank what this field says and said for good, in every copy", ON_HISTORY, 0 },
	{ ACT_OPEN_FILE, "o", NULL, NULL, "open a file", "Open a workbook by its path", ON_START, 4 },
	{ ACT_NEW_FILE, "n", NULL, NULL, "new", "Make a new workbook", ON_START, 4 },

	{ ACT_CHART, "c", NULL, NULL, "chart", "The chart of this measure", ON_MEASURES, 2 },
	{ ACT_CHART, "F4", NULL, NULL, "chart", "The chart of this measure", GRIDS, 2 },
	{ ACT_DATA, "d", NULL, NULL, "data", "Its data points, in a grid to type and paste into", ON_MEASURES | ON_CHART, 3 },
	{ ACT_TEAM_DATA, "D", NULL, NULL, "data grid", "The data grid of the team: measures down, months across, to type and paste into", ON_TEAM | ON_MEASURES, 4 },
	{ ACT_LEFT, "Left h", "←→", "Left/Right", "point", "To the point before", ON_CHART, 3 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "To the next point", ON_CHART, 0 },
	{ ACT_FIRST, "Home", NULL, NULL, NULL, "To the first point", ON_CHART, 0 },
	{ ACT_LAST, "End", NULL, NULL, NULL, "To the last point", ON_CHART, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "edit", "Edit the data point under the cursor", ON_CHART, 5 },
	{ ACT_NEW, "n", NULL, NULL, NULL, "A new data point", ON_CHART, 0 },
	{ ACT_FREEZE, "b", NULL, NULL, "baseline", "The baseline ends at this point; once more: not frozen here", ON_CHART, 3 },
	{ ACT_PHASE, "p", NULL, NULL, "phase", "A new phase begins at this point, and why", ON_CHART, 4 },
	{ ACT_GOAL, "=", NULL, NULL, "goal", "The goal", ON_CHART, 4 },
	{ ACT_EXCLUDE, "x", NULL, NULL, "leave out", "Leave this point out of the rules, and why; once more: take it in", ON_CHART, 7 },
	{ ACT_UNUSUAL, "*", NULL, NULL, NULL, "Mark this point as unusual, with a note", ON_CHART, 0 },
	{ ACT_STRATUM, "Tab", NULL, NULL, "group", "The next group, and the whole again", ON_CHART, 8 },
	{ ACT_GROUPS, "g", NULL, NULL, "groups", "A small chart of each group, all on one scale", ON_CHART, 2 },
	{ ACT_OPEN, "Enter", NULL, NULL, "its chart", "The chart of the group under the cursor", ON_GROUPS, 1 },
	{ ACT_UP, "Up k", "←→↑↓", "Arrows", "move", "To the group above", ON_GROUPS, 3 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "To the group below", ON_GROUPS, 0 },
	{ ACT_LEFT, "Left h", NULL, NULL, NULL, "To the group before", ON_GROUPS, 0 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "To the next group", ON_GROUPS, 0 },
	{ ACT_PAGE_UP, "PgUp", NULL, NULL, NULL, "A page up", ON_GROUPS, 0 },
	{ ACT_PAGE_DOWN, "PgDn", NULL, NULL, NULL, "A page down", ON_GROUPS, 0 },
	{ ACT_FIRST, "Home", NULL, NULL, NULL, "To the first group", ON_GROUPS, 0 },
	{ ACT_LAST, "End G", NULL, NULL, NULL, "To the last group", ON_GROUPS, 0 },
	{ ACT_EQUITY, "v", NULL, NULL, "compare", "The groups beside each other, with intervals and the gap between two", ON_GROUPS, 4 },
	{ ACT_EQUITY, "v", NULL, NULL, NULL, "The groups beside each other, with intervals and the gap between two", ON_CHART, 0 },
	{ ACT_BRAILLE, "B", NULL, NULL, NULL, "Join the points in braille dots, or in lines again", ON_CHART, 0 },
	{ ACT_LEFT, "Left h", "←→", "Left/Right", "date", "To the date before", ON_GAP, 3 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "To the next date", ON_GAP, 0 },
	{ ACT_FIRST, "Home", NULL, NULL, NULL, "To the first date", ON_GAP, 0 },
	{ ACT_LAST, "End", NULL, NULL, NULL, "To the last date", ON_GAP, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "chart", "This group's chart; with a group marked, the gap between the two over time", ON_EQUITY, 1 },
	{ ACT_NEXT, "Tab", NULL, NULL, "mark", "Mark this group: the gap between it and the one under the cursor", ON_EQUITY, 4 },
	{ ACT_UP, "Up k", "↑↓", "Up/Down", "move", "One group up", ON_EQUITY, 6 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "One group down", ON_EQUITY, 0 },
	{ ACT_PAGE_UP, "PgUp", NULL, NULL, NULL, "A page up", ON_EQUITY, 0 },
	{ ACT_PAGE_DOWN, "PgDn", NULL, NULL, NULL, "A page down", ON_EQUITY, 0 },
	{ ACT_FIRST, "Home g", NULL, NULL, NULL, "To the first", ON_EQUITY, 0 },
	{ ACT_LAST, "End G", NULL, NULL, NULL, "To the last", ON_EQUITY, 0 },
	{ ACT_CHART_TYPE, "t", NULL, NULL, "type", "Show another type of chart", ON_CHART, 6 },
	{ ACT_CHART_RULES, "r", NULL, NULL, "rules", "Show it by other rules", ON_CHART, 6 },
	{ ACT_KEEP_CHART, "s", NULL, NULL, NULL, "Save the type and the rules that are shown", ON_CHART, 0 },
	{ ACT_EDIT, "e", NULL, NULL, NULL, "The form of this measure", ON_CHART, 0 },
	{ ACT_MORE, "m", NULL, NULL, NULL, "What belongs to it: data points, annotations", ON_CHART, 0 },

	{ ACT_NEXT, "Tab", NULL, NULL, "next", "The next field", ON_FORM, 1 },
	{ ACT_PREVIOUS, "Shift-Tab", NULL, NULL, "back", "The field before", ON_FORM, 2 },
	{ ACT_EDITOR, "Ctrl-E", NULL, NULL, "editor", "Edit this text in your editor ($VISUAL, $EDITOR)", ON_FORM, 5 },
	{ ACT_DISCARD, "Ctrl-R", NULL, NULL, NULL, "Put back what this field held before", ON_FORM, 0 },
	{ ACT_SELECT, "Ctrl-Space", NULL, NULL, NULL, "Select with the arrows; Shift and the arrows do so too", ON_FORM, 0 },
	{ ACT_SELECT_ALL, "Ctrl-A", NULL, NULL, NULL, "Select the whole text of this field", ON_FORM, 0 },
	{ ACT_COPY, "Ctrl-C", NULL, NULL, NULL, "Copy what is selected", ON_FORM, 0 },
	{ ACT_MOVE_UP, "Alt-Up", NULL, NULL, NULL, "Move the row of a list under the cursor up", ON_FORM, 0 },
	{ ACT_MOVE_DOWN, "Alt-Down", NULL, NULL, NULL, "Move the row of a list under the cursor down", ON_FORM, 0 },
	{ ACT_ROW_REMOVE, "Ctrl-X", NULL, NULL, NULL, "Cut what is selected; else take the row of a list out", ON_FORM, 0 },
	{ ACT_PASTE, "Ctrl-V", NULL, NULL, NULL, "Put in what was copied or cut here", ON_FORM, 0 },
	{ ACT_TYPED_UNDO, "Ctrl-Z", NULL, NULL, NULL, "Undo what was typed in this field", ON_FORM, 0 },
	{ ACT_TYPED_REDO, "Ctrl-Y", NULL, NULL, NULL, "Do again what was undone in this field", ON_FORM, 0 },
	{ ACT_MISSING, "Ctrl-N", NULL, NULL, "missing", "The next field that is asked for and empty", ON_FORM, 9 },
	{ ACT_CALENDAR, "F4", NULL, NULL, NULL, "A calendar for a date or a month", ON_FORM, 0 },
	{ ACT_WHOLE, "F5", NULL, NULL, NULL, "From the quick log to the whole form, and back", ON_FORM, 0 },
	{ ACT_FIELD_HELP, "F1", NULL, NULL, "help", "What this field asks for", ON_FORM, 4 },

	{ ACT_NEW_SIBLING, "Tab o", NULL, NULL, "beside", "A new box beside this one", ON_DIAGRAM, 4 },
	{ ACT_NEW_CHILD, "n Ins", NULL, NULL, "below", "A new box that feeds this one", ON_DIAGRAM, 4 },
	{ ACT_MOVE_UP, "K", NULL, NULL, NULL, "Move this box up", ON_DIAGRAM, 0 },
	{ ACT_MOVE_DOWN, "J", NULL, NULL, NULL, "Move this box down", ON_DIAGRAM, 0 },
	{ ACT_CARRY, "m", NULL, NULL, "carry", "Carry this box to another driver: go there, Enter", ON_DIAGRAM, 7 },
	{ ACT_LINK, "L", NULL, NULL, "link", "Link it to another driver too", ON_DIAGRAM, 6 },
	{ ACT_UNLINK, "U", NULL, NULL, NULL, "Take a link away", ON_DIAGRAM, 0 },
	{ ACT_STRENGTH, "s", NULL, NULL, NULL, "Make the link towards the aim weak (dashed), or strong", ON_DIAGRAM, 0 },
	{ ACT_ARCHIVE_WHY, "X", NULL, NULL, NULL, "Archive it and say why", ON_DIAGRAM, 0 },
	{ ACT_FOLD, "z", NULL, NULL, "fold", "Fold or unfold what feeds this box", ON_DIAGRAM, 6 },
	{ ACT_ARRANGE, "t", NULL, NULL, NULL, "The order with fewest crossing lines, or the one that people gave", ON_DIAGRAM, 0 },
	{ ACT_AS_OF, "a", NULL, NULL, NULL, "The diagram as it was on a date, and back", ON_DIAGRAM, 0 },
	{ ACT_SINCE, "A", NULL, NULL, NULL, "What changed in it since a date: new, moved, reworded, retired", ON_DIAGRAM, 0 },
	{ ACT_COVERAGE, "c", NULL, NULL, NULL, "Who tests what: the change package across teams", ON_DIAGRAM | ON_BOARD, 0 },
	{ ACT_DENSITY, "d v", NULL, NULL, "density", "All text, the whole page, or one branch at a time", ON_DIAGRAM, 8 },
	{ ACT_EXPORT, "E", NULL, NULL, "export", "Write it to a file: a picture (PDF, PNG, SVG) or text", ON_DIAGRAM | ON_CHART | ON_EQUITY | ON_GROUPS | ON_GAP, 9 },

	{ ACT_DOWN, "Enter Down", NULL, NULL, "next", "Take what is typed, and on to the row below; Tab to the cell beside", ON_GRID, 1 },
	{ ACT_UP, "Up", NULL, NULL, NULL, "One row up", GRIDS, 0 },
	{ ACT_DOWN, "Enter Down", NULL, NULL, "next", "Take what is typed, and on to the next measure; Tab to the next period", ON_TEAM_GRID, 1 },
	{ ACT_TURN, "Ctrl-T", NULL, NULL, "turn", "Enter goes to the right instead of down, or down again", ON_TEAM_GRID, 8 },
	{ ACT_NOTE, "F8", NULL, NULL, "note", "A note on the point under the cursor", GRIDS, 5 },
	{ ACT_DATA, "Ctrl-G", NULL, NULL, "measure", "The data grid of this measure: every point with its date, group and note", ON_TEAM_GRID, 7 },
	{ ACT_EDIT, "F2", NULL, NULL, "edit", "Change what stands in the cell", GRIDS, 4 },
	{ ACT_IMPORT, "F7", NULL, NULL, "file", "Data points from a CSV file, looked at first", GRIDS, 5 },
	{ ACT_WHOLE, "F5", NULL, NULL, NULL, "The form of the data point under the cursor", GRIDS, 0 },
	{ ACT_MEASURE_FORM, "F6", NULL, NULL, NULL, "The form of this measure: its unit, goal, baseline", GRIDS, 0 },
	{ ACT_HISTORY, "F9", NULL, NULL, NULL, "History of the data point under the cursor", GRIDS, 0 },
	{ ACT_ROW_REMOVE, "Ctrl-X", NULL, NULL, NULL, "Delete the data point under the cursor", GRIDS, 0 },
	{ ACT_OPEN, "Enter", NULL, NULL, "take it", "Take what is to be added and corrected, as one save", INTAKES, 1 },
	{ ACT_LEFT, "Left h", "←→", "Left/Right", "column", "To the column before", ON_INTAKE, 4 },
	{ ACT_RIGHT, "Right l", NULL, NULL, NULL, "To the column after", ON_INTAKE, 0 },
	{ ACT_COLUMN, "c Space", NULL, NULL, "what it is", "Make the column something else: date, value, note …", ON_INTAKE, 4 },
	{ ACT_ORDER, "o", NULL, NULL, "date order", "Dates have the day first, the month, or the year", INTAKES, 5 },
	{ ACT_DECIMAL, "d", NULL, NULL, "decimals", "Numbers have a decimal point, or a decimal comma", INTAKES, 5 },
	{ ACT_PERCENT, "%", NULL, NULL, NULL, "0.85 is 85 %, or less than one", INTAKES, 0 },
	{ ACT_SUPPRESSED, "b", NULL, NULL, NULL, "Leave what was held back ([c], *, <5) blank, with a note", INTAKES, 0 },
	{ ACT_UP, "Up k", "↑↓", "Up/Down", "move", "One row up", INTAKES, 6 },
	{ ACT_DOWN, "Down j", NULL, NULL, NULL, "One row down", INTAKES, 0 },
	{ ACT_PAGE_UP, "PgUp", NULL, NULL, NULL, "A page up", INTAKES, 0 },
	{ ACT_PAGE_DOWN, "PgDn", NULL, NULL, NULL, "A page down", INTAKES, 0 },
	{ ACT_FIRST, "Home g", NULL, NULL, NULL, "To the first", INTAKES, 0 },
	{ ACT_LAST, "End G", NULL, NULL, NULL, "To the last", INTAKES, 0 },
	{ ACT_FILTER, "/", NULL, NULL, NULL, "Show only the rows that hold what you type", INTAKES, 0 },
	{ ACT_BACK, "Esc q", NULL, NULL, "drop it", "Back; nothing is taken", INTAKES, 2 },

	{ ACT_FILTER, "/", NULL, NULL, "filter", "Show only the rows that hold what you type", LISTS, 6 },
	{ ACT_FIND, "/", NULL, NULL, "find", "Find a box in this diagram", ON_DIAGRAM, 7 },
	{ ACT_FIND_NEXT, "N", NULL, NULL, NULL, "The next box found", ON_DIAGRAM, 0 },
	{ ACT_FIND_PREVIOUS, "P", NULL, NULL, NULL, "The box found before", ON_DIAGRAM, 0 },
	{ ACT_SEARCH, "Ctrl-F", NULL, NULL, "search", "Search everything that was written, as you type", (RECORDS | ON_HISTORY) & ~ON_FORM, 4 },
	{ ACT_SEARCH, "Ctrl-F", NULL, NULL, "search", "Search everything that was written, as you type", ON_FORM | GRIDS, 6 },
	{ ACT_UNDO, "u", NULL, NULL, NULL, "Undo the last save of this session", (RECORDS & ~ON_FORM) | ON_CONFLICTS | ON_RESOLVER, 0 },
	{ ACT_REDO, "Ctrl-Y", NULL, NULL, NULL, "Do again what was undone last", (RECORDS & ~ON_FORM) | ON_HISTORY | ON_CONFLICTS | ON_RESOLVER, 0 },
	{ ACT_CLOCKS, "T", NULL, NULL, NULL, "Clocks: what a computer's wrong clock dated, put right", ON_HISTORY, 0 },
	{ ACT_CLOCKS, "", NULL, NULL, NULL, "Clocks: what a computer's wrong clock dated, put right", RECORDS & ~ON_FORM, 0 },
	{ ACT_ERASED, "E", NULL, NULL, "what was erased", "What others erased: bring it back, or let it go", ON_MERGE, 4 },
	{ ACT_ERASED, "", NULL, NULL, NULL, "What others erased: bring it back, or let it go", (RECORDS | ON_HISTORY) & ~ON_FORM, 0 },
	{ ACT_WORKBOOK_AS_OF, "@", NULL, NULL, NULL, "The workbook as it was on a day, to read", RECORDS & ~ON_FORM, 0 },
	{ ACT_TODAY, "", NULL, NULL, NULL, "From the past back to today", RECORDS & ~ON_FORM, 0 },
	{ ACT_UNDO, "F3", NULL, NULL, NULL, "Undo the last save of this session", ON_FORM | GRIDS, 0 },
	{ ACT_BACK, "Esc Left h q", NULL, NULL, "back", "Back to where you came from", INNER & LISTS, 2 },
	{ ACT_BACK, "Esc", NULL, NULL, NULL, "From the past back to today", ON_BOARD, 0 },
	{ ACT_BACK, "Esc", NULL, NULL, "leave", "Back; what is typed is saved", ON_FORM | GRIDS, 3 },
	{ ACT_BACK, "Esc q", NULL, NULL, "back", "Back to where you came from", INNER & ~OWN_BACK, 2 },
	{ ACT_BACK, "Esc", NULL, NULL, "back", "Back without choosing", ON_PICK, 2 },
	{ ACT_BACK, "Esc", NULL, NULL, "back", "Back to where you came from", ON_SEARCH | ON_CHOOSE, 2 },
	{ ACT_PALETTE, ": Ctrl-P", NULL, NULL, "actions", "Every action, team and record by name", ON_ALL & ~ON_PICK & ~ON_FORM & ~ON_SEARCH & ~GRIDS & ~ON_CHOOSE, 2 },
	{ ACT_PALETTE, "Ctrl-P", NULL, NULL, "actions", "Every action, team and record by name", ON_FORM | GRIDS, 6 },
	{ ACT_HELP, "? F1", NULL, NULL, "help", "The keys that work here", ON_ALL & ~ON_FORM & ~ON_PICK & ~ON_SEARCH & ~GRIDS & ~ON_CHOOSE, 1 },
	{ ACT_HELP, "F1", NULL, NULL, "help", "The keys that work here", ON_SEARCH | GRIDS | ON_CHOOSE, 3 },
	{ ACT_HELP, "F2", NULL, NULL, NULL, "The keys that work here", ON_FORM, 1 },
	{ ACT_BOARD, "", NULL, NULL, NULL, "To the board", ON_ALL & ~ROOTS & ~ON_PICK, 0 },
	{ ACT_SYNC, "S", NULL, NULL, NULL, "Sync with a folder: bring copies together", ON_BOARD, 0 },
	{ ACT_SYNC, "", NULL, NULL, NULL, "Sync with a folder: bring copies together", RECORDS & ~ON_BOARD, 0 },
	{ ACT_SYNC_FOLDER, "", NULL, NULL, NULL, "Sync: choose the folder, or none", RECORDS, 0 },
	{ ACT_SAVE_COPY, "", NULL, NULL, NULL, "Save a copy under another name, and go on in it", RECORDS & ~ON_FORM, 0 },
	{ ACT_OUTBOX, "", NULL, NULL, NULL, "Keep what you write on this computer too, or not (shared computers)", RECORDS & ~ON_FORM, 0 },
	{ ACT_OUTBOX_REFUSE, "", NULL, NULL, NULL, "Never offer again to put back what this file lacks of what you wrote", RECORDS & ~ON_FORM, 0 },
	{ ACT_OUTBOX_AGAIN, "", NULL, NULL, NULL, "Offer again to put back what this file lacks of what you wrote", RECORDS & ~ON_FORM, 0 },
	{ ACT_THEME, "", NULL, NULL, NULL, "Colours: colour, none, high contrast", ON_ALL & ~ON_PICK, 0 },
	{ ACT_MOUSE, "", NULL, NULL, NULL, "The mouse: on, or left to the terminal", ON_ALL & ~ON_PICK, 0 },
	{ ACT_REDRAW, "Ctrl-L", NULL, NULL, NULL, "Draw the screen afresh", ON_ALL, 0 },
	{ ACT_SUSPEND, "Ctrl-Z", NULL, NULL, NULL, "To the shell; fg comes back", ON_ALL & ~ON_FORM, 0 },
	{ ACT_SUSPEND, "", NULL, NULL, NULL, "To the shell; fg comes back", ON_FORM, 0 },
	{ ACT_QUIT, "q Ctrl-Q", NULL, NULL, "quit", "Quit plando; all is saved", ROOTS, 3 },
	{ ACT_QUIT, "Ctrl-Q", NULL, NULL, NULL, "Quit plando; all is saved", INNER, 0 },
	{ ACT_NONE, NULL, NULL, NULL, NULL, NULL, 0, 0 },
};
// clang-format on

static bool has_key(const struct action_row *row, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = row->keys; n && *at;) {
		size_t length = strcspn(at, " ");
		if (length == n && memcmp(at, word, n) == 0)
			return true;
		at += length + strspn(at + length, " ");
	}
	return false;
}

const struct action_row *action_for_key(uint64_t screen, const struct key *key)
{
	char word[KEY_WORD];
	key_word(key, word);
	for (const struct action_row *row = ACTION_ROWS; row->id; row++)
		if ((row->screens & screen) && has_key(row, word))
			return row;
	return NULL;
}

const struct action_row *action_anywhere(const struct key *key)
{
	return action_for_key(ON_ALL, key);
}

const struct action_row *action_for(uint64_t screen, enum action id)
{
	for (const struct action_row *row = ACTION_ROWS; row->id; row++)
		if ((row->screens & screen) && row->id == id)
			return row;
	return NULL;
}

const char *action_key(const struct action_row *row, bool ascii, char word[KEY_WORD])
{
	static const char *const ARROWS[][2] = { { "Up", "↑" }, { "Down", "↓" }, { "Left", "←" },
		{ "Right", "→" } };
	snprintf(word, KEY_WORD, "%.*s", (int)strcspn(row->keys, " "), row->keys);
	for (size_t i = 0; !ascii && i < sizeof ARROWS / sizeof *ARROWS; i++)
		if (str_equal(word, ARROWS[i][0]))
			snprintf(word, KEY_WORD, "%s", ARROWS[i][1]);
	return word;
}
