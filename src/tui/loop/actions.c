// SPDX-License-Identifier: MIT
#include "tui/loop/actions.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

#define LISTS                                                                                      \
	(ON_START | ON_BOARD | ON_TEAM | ON_LIST | ON_CYCLES | ON_HISTORY | ON_WAYS |              \
	    ON_CONFLICTS | ON_MERGE | ON_SINCE | ON_LEARNED | ON_FIDELITY | ON_ASSESS)
#define ROOTS	(ON_START | ON_BOARD)
#define INNER	(ON_ALL & ~ROOTS)
#define GRIDS	(ON_GRID | ON_TEAM_GRID)
#define INTAKES (ON_INTAKE | ON_TABLE)
#define OWN_BACK                                                                                   \
	(LISTS | ON_MEASURES | ON_TICKED | ON_FORM | GRIDS | INTAKES | ON_PICK | ON_SEARCH |       \
	    ON_CHOOSE)
#define RECORDS                                                                                    \
	(ON_BOARD | ON_TEAM | ON_LIST | ON_CYCLES | ON_FORM | ON_DIAGRAM | ON_WAYS | ON_LEARNED |  \
	    ON_FIDELITY | ON_RAMP | ON_CHART)

// In the order of `?` and the footer. A key may stand in several rows where their screens differ.
// clang-format off
const struct action_row ACTION_ROWS[] = {
	{ ACT_UP, 6, "Up k", "↑↓", "Up/Down", "move", "One row up", LISTS | ON_CLOCK | ON_ERASED },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "One row down", LISTS | ON_CLOCK | ON_ERASED },
	{ ACT_UP, 3, "Up Ctrl-P", "↑↓", "Up/Down", "move", "One row up", ON_PICK | ON_SEARCH | ON_CHOOSE },
	{ ACT_DOWN, 0, "Down Ctrl-N", NULL, NULL, NULL, "One row down", ON_PICK | ON_SEARCH | ON_CHOOSE },
	{ ACT_UP, 3, "Up k", "←→↑↓", "Arrows", "move", "To the box above", ON_DIAGRAM },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "To the box below", ON_DIAGRAM },
	{ ACT_LEFT, 0, "Left h", NULL, NULL, NULL, "Towards the aim", ON_DIAGRAM },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "Away from the aim", ON_DIAGRAM },
	{ ACT_UP, 4, "Up k", "↑↓", "Up/Down", "choose", "One choice up", ON_RESOLVER },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "One choice down", ON_RESOLVER },
	{ ACT_PAGE_UP, 0, "PgUp", NULL, NULL, NULL, "The texts: up", ON_RESOLVER },
	{ ACT_PAGE_DOWN, 0, "PgDn", NULL, NULL, NULL, "The texts: down", ON_RESOLVER },
	{ ACT_UP, 3, "Up k", "←→↑↓", "Arrows", "move", "One row up", ON_COVERAGE },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "One row down", ON_COVERAGE },
	{ ACT_LEFT, 0, "Left h", NULL, NULL, NULL, "To the team before", ON_COVERAGE },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "To the next team", ON_COVERAGE },
	{ ACT_FIRST, 0, "Home g", NULL, NULL, NULL, "To the first", ON_COVERAGE },
	{ ACT_LAST, 0, "End G", NULL, NULL, NULL, "To the last", ON_COVERAGE },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "what was learned", "Who tested this here, and what they learned", ON_COVERAGE },
	{ ACT_DIAGRAM, 5, "d", NULL, NULL, "diagram", "The driver diagram of this team", ON_COVERAGE },
	{ ACT_CYCLES, 6, "p", NULL, NULL, "cycles", "The PDSA cycles of this team", ON_COVERAGE },
	{ ACT_PAGE_UP, 0, "PgUp", NULL, NULL, NULL, "A page up", LISTS | ON_CLOCK | ON_ERASED | ON_CHOOSE | ON_COVERAGE | ON_PICK | ON_SEARCH | ON_DIAGRAM | ON_FORM },
	{ ACT_PAGE_DOWN, 0, "PgDn", NULL, NULL, NULL, "A page down", LISTS | ON_CLOCK | ON_ERASED | ON_CHOOSE | ON_COVERAGE | ON_PICK | ON_SEARCH | ON_DIAGRAM | ON_FORM },
	{ ACT_FIRST, 0, "Home g", NULL, NULL, NULL, "To the first", LISTS | ON_CLOCK | ON_ERASED | ON_DIAGRAM },
	{ ACT_LAST, 0, "End G", NULL, NULL, NULL, "To the last", LISTS | ON_CLOCK | ON_ERASED | ON_DIAGRAM },

	{ ACT_OPEN, 1, "Enter Right l", NULL, NULL, "open", "Open the one under the cursor", LISTS },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "put it right", "Say by how much the clock of this run was wrong", ON_CLOCK },
	{ ACT_SHIFT_ALL, 4, "a", NULL, NULL, "all of its computer", "Say by how much this computer's clock was wrong, in all of its runs", ON_CLOCK },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "bring it back", "Write what was erased of this record again; u undoes", ON_ERASED },
	{ ACT_RESTORE_ALL, 3, "r", NULL, NULL, "bring all back", "Write everything in this list again; u undoes", ON_ERASED },
	{ ACT_AGREE, 4, "x Del", NULL, NULL, "let it go", "Agree: what was erased of this record goes for good, here and in the backups", ON_ERASED },
	{ ACT_AGREE_ALL, 0, "", NULL, NULL, NULL, "Agree to all: everything in this list goes for good", ON_ERASED },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "open", "Open the record under the cursor", ON_SEARCH },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "choose", "Choose the one under the cursor", ON_PICK },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "open", "Open the folder, or see what this copy (all that are marked) would bring", ON_CHOOSE },
	{ ACT_NEXT, 4, "Tab", NULL, NULL, "mark", "Mark a copy, to merge several at once", ON_CHOOSE },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "edit", "Type into this box", ON_DIAGRAM },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "take", "Take the choice under the cursor", ON_RESOLVER },
	{ ACT_TAKE_TOGETHER, 0, "t", NULL, NULL, NULL, "Take both people's words together", ON_RESOLVER },
	{ ACT_TAKE_FIRST, 0, "1", NULL, NULL, NULL, "Take what the first says", ON_RESOLVER },
	{ ACT_TAKE_SECOND, 0, "2", NULL, NULL, NULL, "Take what the second says", ON_RESOLVER },
	{ ACT_TAKE_BOTH, 0, "b", NULL, NULL, NULL, "Keep both, one after the other", ON_RESOLVER },
	{ ACT_JOIN, 3, "J", NULL, NULL, "join", "Read two records of one name as one", ON_CONFLICTS },
	{ ACT_TAKE_BOTH, 0, "b", NULL, NULL, NULL, "Keep both links of a moved box, or what was deleted with work below it", ON_CONFLICTS },
	{ ACT_ARCHIVE, 0, "x Del", NULL, NULL, NULL, "Delete, too, what stands below something deleted", ON_CONFLICTS },
	{ ACT_EDIT, 0, "e", NULL, NULL, NULL, "Put both into the field and edit, or write another value", ON_RESOLVER },
	{ ACT_LATER, 0, "l", NULL, NULL, NULL, "Leave it open and go to the next", ON_RESOLVER },
	{ ACT_EDIT, 8, "e", NULL, NULL, "form", "Open the whole form of this box", ON_DIAGRAM },
	{ ACT_NEW, 0, "i", NULL, NULL, NULL, "A new change idea on this box", ON_DIAGRAM },
	{ ACT_EDIT, 6, "e", NULL, NULL, "edit team", "Edit the team and its aim", ON_TEAM },
	{ ACT_NEW, 4, "n", NULL, NULL, "new", "A new one", ON_LIST },
	{ ACT_TICK, 0, "d", NULL, NULL, NULL, "An action is done, or open again", ON_TICKED },
	{ ACT_NEW, 4, "n", NULL, NULL, "new cycle", "A new PDSA cycle", ON_CYCLES | ON_TEAM },
	{ ACT_QUICK, 5, "w", NULL, NULL, "quick log", "Log a new PDSA cycle in seven fields, on one screen", ON_CYCLES | ON_TEAM },
	{ ACT_NEW_TEAM, 4, "n", NULL, NULL, "new team", "A new team", ON_BOARD },
	{ ACT_NEW_SYSTEM, 0, "", NULL, NULL, NULL, "A new system (an ICS, board, borough or partner)", ON_BOARD },
	{ ACT_NEXT_CYCLE, 5, "+", NULL, NULL, "next in ramp", "The next cycle of this ramp, with what carries over", ON_CYCLES | ON_RAMP },
	{ ACT_MORE, 4, "m", NULL, NULL, "more", "The programme: events, people, systems, the change package", ON_BOARD },
	{ ACT_MORE, 5, "m", NULL, NULL, "more", "What belongs to it: data points, attendance, private notes …", ON_LIST | ON_CYCLES },
	{ ACT_MORE, 0, "F6", NULL, NULL, NULL, "What belongs to it: data points, attendance, private notes …", ON_FORM },
	{ ACT_ARCHIVE, 7, "x Del", NULL, NULL, "archive", "Archive it, or bring it back; u undoes", ON_LIST | ON_CYCLES | ON_DIAGRAM | ON_BOARD },
	{ ACT_SHOW_ARCHIVED, 0, "a", NULL, NULL, NULL, "Show what is archived too, or not", ON_LIST | ON_CYCLES | ON_BOARD },
	{ ACT_SORT, 6, "s", NULL, NULL, "sort", "Sort by the next column", ON_BOARD },
	{ ACT_DIAGRAM, 5, "d", NULL, NULL, "diagram", "The driver diagram", ON_TEAM | ON_BOARD },
	{ ACT_CYCLES, 8, "p", NULL, NULL, "cycles", "The PDSA cycles", ON_TEAM | ON_BOARD | ON_DIAGRAM },
	{ ACT_SCORE, 6, "s", NULL, NULL, "new score", "The team's score today, beside what the record shows", ON_TEAM },
	{ ACT_ATTEST, 3, "a", NULL, NULL, "attest", "Say as the coach that this criterion holds, and why", ON_ASSESS },
	{ ACT_REFUTE, 0, "x", NULL, NULL, NULL, "Say as the coach that it does not hold, and why", ON_ASSESS },
	{ ACT_SCORE, 4, "s", NULL, NULL, "team's score", "Give the team's score", ON_ASSESS },
	{ ACT_SCORE_COACH, 5, "c", NULL, NULL, "coach's", "Give the coach's score", ON_ASSESS },
	{ ACT_CHARTS, 6, "v", NULL, NULL, "charts", "The scores over time and the chosen measure, or the ladder again", ON_ASSESS },
	{ ACT_PRIVATE, 0, "p", NULL, NULL, NULL, "Keep the team's score as a private draft, or show it", ON_ASSESS },
	{ ACT_INSTRUMENT, 0, "i", NULL, NULL, NULL, "The same record by another instrument, such as Life QI's", ON_ASSESS },
	{ ACT_MORE, 7, "m", NULL, NULL, "all scores", "Every assessment of this team", ON_ASSESS },
	{ ACT_COACHING, 7, "c", NULL, NULL, "coaching", "A new coaching session", ON_TEAM },
	{ ACT_NEW_NOTE, 0, "o", NULL, NULL, NULL, "A new note: place profile, self-check, visit, your own form", ON_TEAM },
	{ ACT_LEARNED, 0, "w", NULL, NULL, NULL, "What was learned, by all teams", ON_BOARD },
	{ ACT_LEARNED, 0, "", NULL, NULL, NULL, "What this team learned", ON_TEAM | ON_CYCLES },
	{ ACT_TESTED_BY, 0, "t", NULL, NULL, NULL, "Has anyone else tested this, and what did they learn?", ON_CYCLES },
	{ ACT_TESTED_BY, 0, "w", NULL, NULL, NULL, "Has anyone else tested this, and what did they learn?", ON_DIAGRAM },
	{ ACT_LEFT, 3, "Left h Up k", "←→", "Left/Right", "move", "To the cycle before", ON_RAMP },
	{ ACT_RIGHT, 0, "Right l Down j", NULL, NULL, NULL, "To the cycle after", ON_RAMP },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "open", "Open the cycle under the cursor", ON_RAMP },
	{ ACT_FIDELITY, 0, "", NULL, NULL, NULL, "PDSA fidelity: how sound the cycles are, beside what was published", ON_BOARD | ON_TEAM },
	{ ACT_FIDELITY, 8, "f", NULL, NULL, "fidelity", "PDSA fidelity: how sound the cycles are, beside what was published", ON_CYCLES },
	{ ACT_RAMP, 6, "v", NULL, NULL, "ramp", "The ramp as a picture, predictions beside results", ON_CYCLES },
	{ ACT_DIGEST, 4, "e", NULL, NULL, "digest", "Write them into a file to hand round", ON_LEARNED },
	{ ACT_DIAGRAM, 5, "d", NULL, NULL, "diagram", "Its change idea in the driver diagram", ON_LEARNED },
	{ ACT_OWN_FORM, 0, "", NULL, NULL, NULL, "Bring in a form of your own from a file", ON_BOARD | ON_TEAM },
	{ ACT_DRAFTS, 0, "", NULL, NULL, NULL, "What was typed and not saved", RECORDS & ~ON_FORM },
	{ ACT_HISTORY, 0, "y", NULL, NULL, NULL, "History: who changed what, and when", ON_TEAM | ON_LIST | ON_CYCLES | ON_FORM | ON_DIAGRAM | ON_CONFLICTS | ON_RESOLVER | ON_MERGE | ON_SINCE | ON_CHART | ON_ERASED },
	{ ACT_MERGE, 5, "M", NULL, NULL, "merge", "Merge copies of this workbook; merges done before", ON_BOARD },
	{ ACT_MERGE, 0, "", NULL, NULL, NULL, "Merge copies of this workbook; merges done before", RECORDS & ~(ON_BOARD | ON_FORM) },
	{ ACT_CONFLICTS, 0, "!", NULL, NULL, NULL, "Conflicts: what two people changed differently", ((RECORDS | ON_HISTORY) & ~ON_FORM) | ON_MERGE },
	{ ACT_CONFLICTS, 0, "F7", NULL, NULL, NULL, "Conflicts: settle what two people changed differently here", ON_FORM },
	{ ACT_ONLY_FIELD, 5, "f", NULL, NULL, "this field", "Only changes of this field, or all again", ON_HISTORY },
	{ ACT_ONLY_PERSON, 5, "w", NULL, NULL, "this person", "Only changes by this person, or all again", ON_HISTORY },
	{ ACT_TEAM_SINCE, 0, "t", NULL, NULL, NULL, "What changed since the last coaching session, in words", ON_TEAM },
	{ ACT_TEAM_SINCE, 4, "t", NULL, NULL, "other day", "Since another day", ON_SINCE },
	{ ACT_UNDO_THIS, 4, "u", NULL, NULL, "undo it", "Undo the change under the cursor", ON_HISTORY },
	{ ACT_SHARE, 0, "", NULL, NULL, NULL, "Share a part: a workbook with only some teams", ON_BOARD | ON_TEAM },
	{ ACT_PARCEL, 0, "", NULL, NULL, NULL, "A parcel for e-mail: only what another computer lacks", ON_BOARD | ON_TEAM },
	{ ACT_CODE, 0, "", NULL, NULL, NULL, "The code of this copy: are two copies equal?", ON_BOARD | ON_TEAM | ON_CONFLICTS },
	{ ACT_REDACT, 0, "", NULL, NULL, NULL, "Blank the text of this record for good, in every copy", ON_LIST | ON_CYCLES },
	{ ACT_REDACT, 0, "", NULL, NULL, NULL, "Blank what this field says and said for good, in every copy", ON_HISTORY },
	{ ACT_OPEN_FILE, 4, "o", NULL, NULL, "open a file", "Open a workbook by its path", ON_START },
	{ ACT_NEW_FILE, 4, "n", NULL, NULL, "new", "Make a new workbook", ON_START },

	{ ACT_CHART, 2, "c", NULL, NULL, "chart", "The chart of this measure", ON_MEASURES },
	{ ACT_CHART, 2, "F4", NULL, NULL, "chart", "The chart of this measure", GRIDS },
	{ ACT_DATA, 3, "d", NULL, NULL, "data", "Its data points, in a grid to type and paste into", ON_MEASURES | ON_CHART },
	{ ACT_TEAM_DATA, 4, "D", NULL, NULL, "data grid", "The data grid of the team: measures down, months across, to type and paste into", ON_TEAM | ON_MEASURES },
	{ ACT_LEFT, 3, "Left h", "←→", "Left/Right", "point", "To the point before", ON_CHART },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "To the next point", ON_CHART },
	{ ACT_FIRST, 0, "Home", NULL, NULL, NULL, "To the first point", ON_CHART },
	{ ACT_LAST, 0, "End", NULL, NULL, NULL, "To the last point", ON_CHART },
	{ ACT_OPEN, 5, "Enter", NULL, NULL, "edit", "Edit the data point under the cursor", ON_CHART },
	{ ACT_NEW, 0, "n", NULL, NULL, NULL, "A new data point", ON_CHART },
	{ ACT_FREEZE, 3, "b", NULL, NULL, "baseline", "The baseline ends at this point; once more: not frozen here", ON_CHART },
	{ ACT_PHASE, 4, "p", NULL, NULL, "phase", "A new phase begins at this point, and why", ON_CHART },
	{ ACT_GOAL, 4, "=", NULL, NULL, "goal", "The goal", ON_CHART },
	{ ACT_EXCLUDE, 7, "x", NULL, NULL, "leave out", "Leave this point out of the rules, and why; once more: take it in", ON_CHART },
	{ ACT_UNUSUAL, 0, "*", NULL, NULL, NULL, "Mark this point as unusual, with a note", ON_CHART },
	{ ACT_STRATUM, 8, "Tab", NULL, NULL, "group", "The next group, and the whole again", ON_CHART },
	{ ACT_GROUPS, 2, "g", NULL, NULL, "groups", "A small chart of each group, all on one scale", ON_CHART },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "its chart", "The chart of the group under the cursor", ON_GROUPS },
	{ ACT_UP, 3, "Up k", "←→↑↓", "Arrows", "move", "To the group above", ON_GROUPS },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "To the group below", ON_GROUPS },
	{ ACT_LEFT, 0, "Left h", NULL, NULL, NULL, "To the group before", ON_GROUPS },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "To the next group", ON_GROUPS },
	{ ACT_PAGE_UP, 0, "PgUp", NULL, NULL, NULL, "A page up", ON_GROUPS },
	{ ACT_PAGE_DOWN, 0, "PgDn", NULL, NULL, NULL, "A page down", ON_GROUPS },
	{ ACT_FIRST, 0, "Home", NULL, NULL, NULL, "To the first group", ON_GROUPS },
	{ ACT_LAST, 0, "End G", NULL, NULL, NULL, "To the last group", ON_GROUPS },
	{ ACT_EQUITY, 4, "v", NULL, NULL, "compare", "The groups beside each other, with intervals and the gap between two", ON_GROUPS },
	{ ACT_EQUITY, 0, "v", NULL, NULL, NULL, "The groups beside each other, with intervals and the gap between two", ON_CHART },
	{ ACT_BRAILLE, 0, "B", NULL, NULL, NULL, "Join the points in braille dots, or in lines again", ON_CHART },
	{ ACT_LEFT, 3, "Left h", "←→", "Left/Right", "date", "To the date before", ON_GAP },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "To the next date", ON_GAP },
	{ ACT_FIRST, 0, "Home", NULL, NULL, NULL, "To the first date", ON_GAP },
	{ ACT_LAST, 0, "End", NULL, NULL, NULL, "To the last date", ON_GAP },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "chart", "This group's chart; with a group marked, the gap between the two over time", ON_EQUITY },
	{ ACT_NEXT, 4, "Tab", NULL, NULL, "mark", "Mark this group: the gap between it and the one under the cursor", ON_EQUITY },
	{ ACT_UP, 6, "Up k", "↑↓", "Up/Down", "move", "One group up", ON_EQUITY },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "One group down", ON_EQUITY },
	{ ACT_PAGE_UP, 0, "PgUp", NULL, NULL, NULL, "A page up", ON_EQUITY },
	{ ACT_PAGE_DOWN, 0, "PgDn", NULL, NULL, NULL, "A page down", ON_EQUITY },
	{ ACT_FIRST, 0, "Home g", NULL, NULL, NULL, "To the first", ON_EQUITY },
	{ ACT_LAST, 0, "End G", NULL, NULL, NULL, "To the last", ON_EQUITY },
	{ ACT_CHART_TYPE, 6, "t", NULL, NULL, "type", "Show another type of chart", ON_CHART },
	{ ACT_CHART_RULES, 6, "r", NULL, NULL, "rules", "Show it by other rules", ON_CHART },
	{ ACT_KEEP_CHART, 0, "s", NULL, NULL, NULL, "Save the type and the rules that are shown", ON_CHART },
	{ ACT_EDIT, 0, "e", NULL, NULL, NULL, "The form of this measure", ON_CHART },
	{ ACT_MORE, 0, "m", NULL, NULL, NULL, "What belongs to it: data points, annotations", ON_CHART },

	{ ACT_NEXT, 1, "Tab", NULL, NULL, "next", "The next field", ON_FORM },
	{ ACT_PREVIOUS, 2, "Shift-Tab", NULL, NULL, "back", "The field before", ON_FORM },
	{ ACT_EDITOR, 5, "Ctrl-E", NULL, NULL, "editor", "Edit this text in your editor ($VISUAL, $EDITOR)", ON_FORM },
	{ ACT_DISCARD, 0, "Ctrl-R", NULL, NULL, NULL, "Put back what this field held before", ON_FORM },
	{ ACT_SELECT, 0, "Ctrl-Space", NULL, NULL, NULL, "Select with the arrows; Shift and the arrows do so too", ON_FORM },
	{ ACT_SELECT_ALL, 0, "Ctrl-A", NULL, NULL, NULL, "Select the whole text of this field", ON_FORM },
	{ ACT_COPY, 0, "Ctrl-C", NULL, NULL, NULL, "Copy what is selected", ON_FORM },
	{ ACT_MOVE_UP, 0, "Alt-Up", NULL, NULL, NULL, "Move the row of a list under the cursor up", ON_FORM },
	{ ACT_MOVE_DOWN, 0, "Alt-Down", NULL, NULL, NULL, "Move the row of a list under the cursor down", ON_FORM },
	{ ACT_ROW_REMOVE, 0, "Ctrl-X", NULL, NULL, NULL, "Cut what is selected; else take the row of a list out", ON_FORM },
	{ ACT_PASTE, 0, "Ctrl-V", NULL, NULL, NULL, "Put in what was copied or cut here", ON_FORM },
	{ ACT_TYPED_UNDO, 0, "Ctrl-Z", NULL, NULL, NULL, "Undo what was typed in this field", ON_FORM },
	{ ACT_TYPED_REDO, 0, "Ctrl-Y", NULL, NULL, NULL, "Do again what was undone in this field", ON_FORM },
	{ ACT_MISSING, 9, "Ctrl-N", NULL, NULL, "missing", "The next field that is asked for and empty", ON_FORM },
	{ ACT_CALENDAR, 0, "F4", NULL, NULL, NULL, "A calendar for a date or a month", ON_FORM },
	{ ACT_WHOLE, 0, "F5", NULL, NULL, NULL, "From the quick log to the whole form, and back", ON_FORM },
	{ ACT_FIELD_HELP, 4, "F1", NULL, NULL, "help", "What this field asks for", ON_FORM },

	{ ACT_NEW_SIBLING, 4, "Tab o", NULL, NULL, "beside", "A new box beside this one", ON_DIAGRAM },
	{ ACT_NEW_CHILD, 4, "n Ins", NULL, NULL, "below", "A new box that feeds this one", ON_DIAGRAM },
	{ ACT_MOVE_UP, 0, "K", NULL, NULL, NULL, "Move this box up", ON_DIAGRAM },
	{ ACT_MOVE_DOWN, 0, "J", NULL, NULL, NULL, "Move this box down", ON_DIAGRAM },
	{ ACT_CARRY, 7, "m", NULL, NULL, "carry", "Carry this box to another driver: go there, Enter", ON_DIAGRAM },
	{ ACT_LINK, 6, "L", NULL, NULL, "link", "Link it to another driver too", ON_DIAGRAM },
	{ ACT_UNLINK, 0, "U", NULL, NULL, NULL, "Take a link away", ON_DIAGRAM },
	{ ACT_STRENGTH, 0, "s", NULL, NULL, NULL, "Make the link towards the aim weak (dashed), or strong", ON_DIAGRAM },
	{ ACT_ARCHIVE_WHY, 0, "X", NULL, NULL, NULL, "Archive it and say why", ON_DIAGRAM },
	{ ACT_FOLD, 6, "z", NULL, NULL, "fold", "Fold or unfold what feeds this box", ON_DIAGRAM },
	{ ACT_ARRANGE, 0, "t", NULL, NULL, NULL, "The order with fewest crossing lines, or the one that people gave", ON_DIAGRAM },
	{ ACT_AS_OF, 0, "a", NULL, NULL, NULL, "The diagram as it was on a date, and back", ON_DIAGRAM },
	{ ACT_SINCE, 0, "A", NULL, NULL, NULL, "What changed in it since a date: new, moved, reworded, retired", ON_DIAGRAM },
	{ ACT_COVERAGE, 0, "c", NULL, NULL, NULL, "Who tests what: the change package across teams", ON_DIAGRAM | ON_BOARD },
	{ ACT_DENSITY, 8, "d v", NULL, NULL, "density", "All text, the whole page, or one branch at a time", ON_DIAGRAM },
	{ ACT_EXPORT, 9, "E", NULL, NULL, "export", "Write it to a file: a picture (PDF, PNG, SVG) or text", ON_DIAGRAM | ON_CHART | ON_EQUITY | ON_GROUPS | ON_GAP },

	{ ACT_DOWN, 1, "Enter Down", NULL, NULL, "next", "Take what is typed, and on to the row below; Tab to the cell beside", ON_GRID },
	{ ACT_UP, 0, "Up", NULL, NULL, NULL, "One row up", GRIDS },
	{ ACT_DOWN, 1, "Enter Down", NULL, NULL, "next", "Take what is typed, and on to the next measure; Tab to the next period", ON_TEAM_GRID },
	{ ACT_TURN, 8, "Ctrl-T", NULL, NULL, "turn", "Enter goes to the right instead of down, or down again", ON_TEAM_GRID },
	{ ACT_NOTE, 5, "F8", NULL, NULL, "note", "A note on the point under the cursor", GRIDS },
	{ ACT_DATA, 7, "Ctrl-G", NULL, NULL, "measure", "The data grid of this measure: every point with its date, group and note", ON_TEAM_GRID },
	{ ACT_EDIT, 4, "F2", NULL, NULL, "edit", "Change what stands in the cell", GRIDS },
	{ ACT_IMPORT, 5, "F7", NULL, NULL, "file", "Data points from a CSV file, looked at first", GRIDS },
	{ ACT_WHOLE, 0, "F5", NULL, NULL, NULL, "The form of the data point under the cursor", GRIDS },
	{ ACT_MEASURE_FORM, 0, "F6", NULL, NULL, NULL, "The form of this measure: its unit, goal, baseline", GRIDS },
	{ ACT_HISTORY, 0, "F9", NULL, NULL, NULL, "History of the data point under the cursor", GRIDS },
	{ ACT_ROW_REMOVE, 0, "Ctrl-X", NULL, NULL, NULL, "Delete the data point under the cursor", GRIDS },
	{ ACT_OPEN, 1, "Enter", NULL, NULL, "take it", "Take what is to be added and corrected, as one save", INTAKES },
	{ ACT_LEFT, 4, "Left h", "←→", "Left/Right", "column", "To the column before", ON_INTAKE },
	{ ACT_RIGHT, 0, "Right l", NULL, NULL, NULL, "To the column after", ON_INTAKE },
	{ ACT_COLUMN, 4, "c Space", NULL, NULL, "what it is", "Make the column something else: date, value, note …", ON_INTAKE },
	{ ACT_ORDER, 5, "o", NULL, NULL, "date order", "Dates have the day first, the month, or the year", INTAKES },
	{ ACT_DECIMAL, 5, "d", NULL, NULL, "decimals", "Numbers have a decimal point, or a decimal comma", INTAKES },
	{ ACT_PERCENT, 0, "%", NULL, NULL, NULL, "0.85 is 85 %, or less than one", INTAKES },
	{ ACT_SUPPRESSED, 0, "b", NULL, NULL, NULL, "Leave what was held back ([c], *, <5) blank, with a note", INTAKES },
	{ ACT_UP, 6, "Up k", "↑↓", "Up/Down", "move", "One row up", INTAKES },
	{ ACT_DOWN, 0, "Down j", NULL, NULL, NULL, "One row down", INTAKES },
	{ ACT_PAGE_UP, 0, "PgUp", NULL, NULL, NULL, "A page up", INTAKES },
	{ ACT_PAGE_DOWN, 0, "PgDn", NULL, NULL, NULL, "A page down", INTAKES },
	{ ACT_FIRST, 0, "Home g", NULL, NULL, NULL, "To the first", INTAKES },
	{ ACT_LAST, 0, "End G", NULL, NULL, NULL, "To the last", INTAKES },
	{ ACT_FILTER, 0, "/", NULL, NULL, NULL, "Show only the rows that hold what you type", INTAKES },
	{ ACT_BACK, 2, "Esc q", NULL, NULL, "drop it", "Back; nothing is taken", INTAKES },

	{ ACT_FILTER, 6, "/", NULL, NULL, "filter", "Show only the rows that hold what you type", LISTS },
	{ ACT_FIND, 7, "/", NULL, NULL, "find", "Find a box in this diagram", ON_DIAGRAM },
	{ ACT_FIND_NEXT, 0, "N", NULL, NULL, NULL, "The next box found", ON_DIAGRAM },
	{ ACT_FIND_PREVIOUS, 0, "P", NULL, NULL, NULL, "The box found before", ON_DIAGRAM },
	{ ACT_SEARCH, 4, "Ctrl-F", NULL, NULL, "search", "Search everything that was written, as you type", (RECORDS | ON_HISTORY) & ~ON_FORM },
	{ ACT_SEARCH, 6, "Ctrl-F", NULL, NULL, "search", "Search everything that was written, as you type", ON_FORM | GRIDS },
	{ ACT_UNDO, 0, "u", NULL, NULL, NULL, "Undo the last save of this session", (RECORDS & ~ON_FORM) | ON_CONFLICTS | ON_RESOLVER },
	{ ACT_REDO, 0, "Ctrl-Y", NULL, NULL, NULL, "Do again what was undone last", (RECORDS & ~ON_FORM) | ON_HISTORY | ON_CONFLICTS | ON_RESOLVER },
	{ ACT_CLOCKS, 0, "T", NULL, NULL, NULL, "Clocks: what a computer's wrong clock dated, put right", ON_HISTORY },
	{ ACT_CLOCKS, 0, "", NULL, NULL, NULL, "Clocks: what a computer's wrong clock dated, put right", RECORDS & ~ON_FORM },
	{ ACT_ERASED, 4, "E", NULL, NULL, "what was erased", "What others erased: bring it back, or let it go", ON_MERGE },
	{ ACT_ERASED, 0, "", NULL, NULL, NULL, "What others erased: bring it back, or let it go", (RECORDS | ON_HISTORY) & ~ON_FORM },
	{ ACT_WORKBOOK_AS_OF, 0, "@", NULL, NULL, NULL, "The workbook as it was on a day, to read", RECORDS & ~ON_FORM },
	{ ACT_TODAY, 0, "", NULL, NULL, NULL, "From the past back to today", RECORDS & ~ON_FORM },
	{ ACT_UNDO, 0, "F3", NULL, NULL, NULL, "Undo the last save of this session", ON_FORM | GRIDS },
	{ ACT_BACK, 2, "Esc Left h q", NULL, NULL, "back", "Back to where you came from", INNER & LISTS },
	{ ACT_BACK, 0, "Esc", NULL, NULL, NULL, "From the past back to today", ON_BOARD },
	{ ACT_BACK, 3, "Esc", NULL, NULL, "leave", "Back; what is typed is saved", ON_FORM | GRIDS },
	{ ACT_BACK, 2, "Esc q", NULL, NULL, "back", "Back to where you came from", INNER & ~OWN_BACK },
	{ ACT_BACK, 2, "Esc", NULL, NULL, "back", "Back without choosing", ON_PICK },
	{ ACT_BACK, 2, "Esc", NULL, NULL, "back", "Back to where you came from", ON_SEARCH | ON_CHOOSE },
	{ ACT_PALETTE, 2, ": Ctrl-P", NULL, NULL, "actions", "Every action, team and record by name", ON_ALL & ~ON_PICK & ~ON_FORM & ~ON_SEARCH & ~GRIDS & ~ON_CHOOSE },
	{ ACT_PALETTE, 6, "Ctrl-P", NULL, NULL, "actions", "Every action, team and record by name", ON_FORM | GRIDS },
	{ ACT_HELP, 1, "? F1", NULL, NULL, "help", "The keys that work here", ON_ALL & ~ON_FORM & ~ON_PICK & ~ON_SEARCH & ~GRIDS & ~ON_CHOOSE },
	{ ACT_HELP, 3, "F1", NULL, NULL, "help", "The keys that work here", ON_SEARCH | GRIDS | ON_CHOOSE },
	{ ACT_HELP, 1, "F2", NULL, NULL, NULL, "The keys that work here", ON_FORM },
	{ ACT_BOARD, 0, "", NULL, NULL, NULL, "To the board", ON_ALL & ~ROOTS & ~ON_PICK },
	{ ACT_SYNC, 0, "S", NULL, NULL, NULL, "Sync with a folder: bring copies together", ON_BOARD },
	{ ACT_SYNC, 0, "", NULL, NULL, NULL, "Sync with a folder: bring copies together", RECORDS & ~ON_BOARD },
	{ ACT_SYNC_FOLDER, 0, "", NULL, NULL, NULL, "Sync: choose the folder, or none", RECORDS },
	{ ACT_SAVE_COPY, 0, "", NULL, NULL, NULL, "Save a copy under another name, and go on in it", RECORDS & ~ON_FORM },
	{ ACT_OUTBOX, 0, "", NULL, NULL, NULL, "Keep what you write on this computer too, or not (shared computers)", RECORDS & ~ON_FORM },
	{ ACT_OUTBOX_REFUSE, 0, "", NULL, NULL, NULL, "Never offer again to put back what this file lacks of what you wrote", RECORDS & ~ON_FORM },
	{ ACT_OUTBOX_AGAIN, 0, "", NULL, NULL, NULL, "Offer again to put back what this file lacks of what you wrote", RECORDS & ~ON_FORM },
	{ ACT_WHO, 0, "", NULL, NULL, NULL, "Who I am: the name that stands beside what I write", ON_ALL & ~ON_PICK },
	{ ACT_THEME, 0, "", NULL, NULL, NULL, "Colours: colour, none, high contrast", ON_ALL & ~ON_PICK },
	{ ACT_MOUSE, 0, "", NULL, NULL, NULL, "The mouse: on, or left to the terminal", ON_ALL & ~ON_PICK },
	{ ACT_REDRAW, 0, "Ctrl-L", NULL, NULL, NULL, "Draw the screen afresh", ON_ALL },
	{ ACT_SUSPEND, 0, "Ctrl-Z", NULL, NULL, NULL, "To the shell; fg comes back", ON_ALL & ~ON_FORM },
	{ ACT_SUSPEND, 0, "", NULL, NULL, NULL, "To the shell; fg comes back", ON_FORM },
	{ ACT_QUIT, 3, "q Ctrl-Q", NULL, NULL, "quit", "Quit plando; all is saved", ROOTS },
	{ ACT_QUIT, 0, "Ctrl-Q", NULL, NULL, NULL, "Quit plando; all is saved", INNER },
	{ ACT_NONE, 0, NULL, NULL, NULL, NULL, NULL, 0 },
};
// clang-format on

static bool actions_has_key(const struct action_row *row, const char *word)
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
		if ((row->screens & screen) && actions_has_key(row, word))
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
