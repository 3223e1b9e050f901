// SPDX-License-Identifier: MIT
// The commands, in the order in which `plando help` prints them.
#include "cli/verbs.h"

#include <plando/str.h>

static const char REF_HELP[] =
    "REF is a record's exact name, title or text where only one has it (TEAM/NAME narrows it),\n"
    "or its id, or the first 4 or more digits of its id.";

static const char VALUE_HELP[] =
    "FIELD=@PATH takes the value from a file, FIELD=- from standard input, FIELD= empties it.\n"
    "plando kinds KIND lists the fields; a team's charter is set with its team.\n"
    "feeds=REF,… links a driver or idea to what it serves (a team's name: its aim).\n"
    "predictions.1.question=… is the first element of a list; the next number makes a new one.";

static const char FILL_HELP[] =
    "KIND asks for a new record, REF for one that is there. Every question is a line, and so is "
    "its\n"
    "answer: empty keeps what is there, - clears it, < goes back, ? helps, ! leaves, -- takes out "
    "a\n"
    "row of a list; a longer text ends with a line with a single dot. Every answer is saved at "
    "once.\n"
    "FIELD=VALUE says beforehand what a new record begins with, as in team=Hubs. The last line is\n"
    "its id. Exit status 65: an answer was refused and none took its place.";

static const char UNDO_HELP[] =
    "CHANGE is the 16 digits that log, set, delete and undo print. Without it the newest save of\n"
    "yours on this computer is taken back; again, and it is the one before. With --save all goes "
    "that\n"
    "was saved together with CHANGE. Nothing that somebody changed since is overwritten: that is\n"
    "refused, with their name. An undo is a change too, and can be undone by its own digits.";

static const char IMPORT_HELP[] =
    "DATA is a bundle, as plando export writes it in YAML or JSON, or a CSV file of data\n"
    "points, as Excel saves it; - is standard input. Every mistake is told with its line and "
    "column,\n"
    "and nothing is imported unless all is good.\n"
    "Columns of data points go by their names: date, value, numerator, denominator, stratum or\n"
    "group, note, measure, team. --map says what others are: --map \"Week of=date\" Seen=value.\n"
    "What the cells do not prove is asked: --dates dmy, mdy or ymd, --decimal , or ., --percent "
    "85\n"
    "or 0.85, --delimiter, --header ROW (the line of the names), --suppressed blank for [c], *, "
    "<5.\n"
    "A table with measures down and months across, or turned, is known by its first row (column)\n"
    "of dates; names end in numerator or denominator where both have a row. --map "
    "\"Site=stratum\"\n"
    "is for it too. A point that is there keeps its date; --dry-run looks only.\n"
    "A copy of the workbook, or a parcel that plando bundle made, is merged; FOLDER is what\n"
    "plando export --format csv made.\n"
    "With --team TEAM it is that team's driver diagram: a file named .csv as plando diagram --csv\n"
    "writes it (a row whose id is there changes that box), any other an indented outline, a box a\n"
    "line.";

static const char ASSESS_HELP[] =
    "+ shown, - not shown, ~ weak (a person must confirm), o stale, ? nothing to judge on.\n"
    "record: what the data alone support; possible: if all that is weak, stale or unknown held;\n"
    "agreed: with what a coach attested. Where the scale says \"several\" or \"sustained\" the "
    "numbers\n"
    "are plando's own: plando forms show assessment.";

static const char EXPORT_HELP[] =
    "All three come back with plando import; json and csv leave out records of kinds that only a\n"
    "newer plando knows. csv is a folder, for Excel and R: one file a kind, one a list in it\n"
    "(pdsa.predictions.csv), and _cells.csv for what no column can hold. plando import FILE\n"
    "FOLDER takes it back; point.csv alone is data points for any workbook.\n"
    "Private coach notes stay out. OUT is replaced only when the new one is whole; - is standard\n"
    "output.";

static const char LEARNED_HELP[] =
    "Every word must stand in what a cycle says. --about an idea tells of its own cycles and of "
    "those\n"
    "of other teams that test the same. -o OUT.md writes a digest in Markdown to hand round.";

static const char DIAGRAM_HELP[] =
    "Drawn where the terminal is wide enough, else an outline. --text is always the outline, in "
    "78\n"
    "columns, for e-mail. --svg, --png and --pdf write one page, A4 or larger where it must be; "
    "OUT\n"
    "is replaced only when the new one is whole; - is standard output.\n"
    "--compare T says what was added, retired, moved and reworded since then (until --as-of); "
    "with\n"
    "--svg, --png or --pdf the picture marks it.";

static const char FORMS_HELP[] =
    "An installed form travels with the workbook and merges like any record. A form of a kind "
    "that\n"
    "plando has changes how it is asked and adds fields; any other is a new kind of note:\n"
    "plando add FILE ID FIELD=VALUE…, plando list FILE ID [--csv].";

static const char ERASED_HELP[] =
    "A text that another copy blanks with plando redact is blank here at once, and held on this\n"
    "computer for 30 days. --restore writes it again, as a change of yours; without REF all of "
    "it.\n"
    "--agree lets it go for good, here and in the backups. What you blank yourself is not held.";

static const char CLOCK_HELP[] =
    "Without RUN it lists the runs of plando in the log. T is added to the times of a run where "
    "they are\n"
    "shown and in --as-of: -365d, 2h30m, 0. Nothing that was recorded is altered.";

static const char SYNC_HELP[] =
    "FOLDER is any that something carries between computers: Syncthing, OneDrive, Nextcloud, a\n"
    "network drive, a memory stick. Each computer writes one file there, its own, whole or not at "
    "all;\n"
    "copies are known by what is in them, whatever a tool called them. What cannot be read yet is "
    "told,\n"
    "left alone and tried the next time. Private coach notes stay out.\n"
    "Without FOLDER: brings a FILE on a network drive and the copy of it here together now.";

static const char JOIN_HELP[] =
    "Without names: what looks like two of one, with the ids, and what is joined. What is written into\n"
    "a joined record goes into each of it; where they differ is a conflict, to be settled. Nothing is\n"
    "rewritten: --part shows each by itself again, and so does plando undo after the joining.";
static const char CONFLICTS_HELP[] =
    "With --json each has base (what stood there before), values, and together: for texts that "
    "two\n"
    "people changed in different places what both wrote, as the app proposes it; else null. It is\n"
    "only proposed: plando resolve FILE REF FIELD --value - takes it from standard input.";

static const char SHARE_HELP[] =
    "OUT is a workbook with what all share and what belongs to those teams, and not a byte of the\n"
    "others. It merges back like any copy; merging a whole copy into it brings only those teams.\n"
    "Private coach notes stay out.";

static const char BUNDLE_HELP[] =
    "A small file for e-mail that plando merge takes like a copy. --for DEVICE is what that "
    "computer\n"
    "lacks: plando log shows computers' names. --since T is what came into FILE since then. "
    "--team\n"
    "leaves other teams out. Merged too early it is refused, with words on what is missing.";

static const char REDACT_HELP[] =
    "Blanks the text of a record or one of its FIELDs, with all earlier versions, in FILE, in its\n"
    "backups, and in every copy that it merges with. It cannot be undone. Of a person everything "
    "goes\n"
    "and so does each value that is the name; longer texts with the name in them are listed. Who\n"
    "made a change stays in the log: it is part of its proof. So does the reason, where one is "
    "given.";

static const char CHART_HELP[] =
    "plando chart --csv DATA.csv needs no workbook: its first line names the columns, date and "
    "value,\n"
    "or date, numerator and denominator; also n and sd (sizes and standard deviations of groups), "
    "stratum\n"
    "and note. date is a date or a whole number. Points are counted from 1, after sorting.\n"
    "A measure's own chart, rules, goal, baseline and phases hold where no option says otherwise.\n"
    "The target is in the unit that is shown; a given centre line is multiplied like all else.\n"
    "--svg, --png and --pdf write one page; --stratum all puts the groups on it with one scale.";

static const char MEASURES_HELP[] =
    "The signal is what the measure's own chart says; P ? F: the goal is met throughout, hit and "
    "missed,\n"
    "or not met, where the chart has limits. stale: nothing since two intervals.";

static const char EQUITY_HELP[] =
    "Groups (strata) stand by size, smallest first, each with its 95 % interval; only one outside "
    "the\n"
    "funnel's limits is called different from the rest. A group counting fewer than the "
    "collaborative's\n"
    "smallest number (small_numbers, 5 where it says none) is not shown.\n"
    "The last 12 dates are taken, from the last phase on; --from and --until take others.\n"
    "With two groups also the gap between them, as difference and as ratio; --over-time charts "
    "both,\n"
    "date by date.";

// clang-format off
const struct verb verbs[] = {
	{ "demo", "[FILE]", "no-open", 0, 1,
	  "writes a sample workbook and opens it", "FILE is demo.plando where none is named; it must not exist.", verb_demo },
	{ "new", "FILE --name NAME", "name", 1, 1,
	  "makes an empty workbook", NULL, verb_new },
	{ "add", "FILE KIND FIELD=VALUE…", "", 3, WORDS_MANY,
	  "adds a record and prints its id", VALUE_HELP, verb_add },
	{ "set", "FILE REF FIELD=VALUE…", "", 3, WORDS_MANY,
	  "changes a record", VALUE_HELP, verb_set },
	{ "fill", "FILE KIND|REF [FIELD=VALUE…]", "", 2, WORDS_MANY,
	  "asks a record's form line by line", FILL_HELP, verb_fill },
	{ "get", "FILE REF", "as-of json", 2, 2,
	  "shows a record", REF_HELP, verb_get },
	{ "delete", "FILE REF", "", 2, 2,
	  "deletes a record; this can be undone", REF_HELP, verb_delete },
	{ "list", "FILE KIND", "as-of csv excel json team", 2, 2,
	  "lists the records of a kind", NULL, verb_list },
	{ "search", "FILE WORDS…", "as-of json kind team", 2, WORDS_MANY,
	  "finds records by the words in them", "Every word must be there; the last one may be unfinished. Case and accents do not matter.", verb_search },
	{ "diagram", "FILE TEAM", "as-of compare csv dot excel json mermaid pdf png svg text", 2, 2,
	  "shows a team's driver diagram", DIAGRAM_HELP, verb_diagram },
	{ "coverage", "FILE", "as-of csv excel json team", 1, 1,
	  "shows which team tests which item of the change package", NULL, verb_coverage },
	{ "chart", "FILE MEASURE", "as-of baseline braille centre csv dates decimal delimiter direction exclude header interval json multiply pdf phase phase-after png rules run-length screen stratum svg target text type", 0, 2,
	  "draws a run chart or control chart of a measure, or of a file", CHART_HELP, verb_chart },
	{ "measures", "FILE", "as-of csv excel json team", 1, 1,
	  "shows every measure: last value, goal, its course, signal, last point", MEASURES_HELP, verb_measures },
	{ "equity", "FILE MEASURE [GROUP GROUP]", "as-of csv excel from json over-time pdf png svg text until", 2, 4,
	  "compares the groups of a measure, and tells the gap between two", EQUITY_HELP, verb_equity },
	{ "kinds", "[[FILE] KIND]", "json", 0, 2,
	  "lists the kinds of record, or a kind's fields", "KIND is also the id of a form; with FILE of one that this workbook brings.", verb_kinds },
	{ "status", "FILE", "as-of json", 1, 1,
	  "shows every team: score, cycles, ideas, actions, what to look at", NULL, verb_status },
	{ "assess", "FILE TEAM", "as-of instrument json on", 2, 2,
	  "shows which level a team's record supports, criterion by criterion", ASSESS_HELP, verb_assess },
	{ "learned", "FILE [WORDS…]", "about as-of csv decision excel json output since team until", 1, WORDS_MANY,
	  "tells what the PDSA cycles of all teams taught", LEARNED_HELP, verb_learned },
	{ "fidelity", "FILE", "as-of json team", 1, 1,
	  "checks how sound the PDSA cycles are, beside what was published", NULL, verb_fidelity },
	{ "import", "FILE DATA.yaml|DATA.json|DATA.csv|FOLDER [--measure REF] [--map COLUMN=FIELD…]", "dates decimal delimiter dry-run header json map measure percent suppressed team", 2, WORDS_MANY,
	  "reads a bundle, data points or a diagram: all of it, or nothing", IMPORT_HELP, verb_import },
	{ "export", "FILE --format yaml|json|csv -o OUT", "as-of excel format output", 1, 1,
	  "writes everything", EXPORT_HELP, verb_export },
	{ "merge", "FILE OTHER…", "as-new-records dry-run json skip", 2, WORDS_MANY,
	  "brings other copies' changes into FILE", "OTHER is a copy, or a folder of copies; it is only read. What cannot be taken is left out, and told\n(exit status 65; with --skip 0).", verb_merge },
	{ "join", "FILE [REF REF]", "part", 1, 3,
	  "reads two records as one, where one thing was made twice", JOIN_HELP, verb_join },
	{ "conflicts", "FILE", "as-of json", 1, 1,
	  "lists what two people changed differently", CONFLICTS_HELP, verb_conflicts },
	{ "resolve", "FILE REF FIELD --take N|--value V", "take value", 3, 3,
	  "settles a conflict", "N is the value's number in plando conflicts. For a record that one deleted and another\n"
	  "edited, FIELD is ~ and V is keep or delete.", verb_resolve },
	{ "sync", "FILE [FOLDER]", "json skip", 1, 2,
	  "brings copies together through a shared folder", SYNC_HELP, verb_sync },
	{ "share", "FILE --team REF… -o OUT", "output team", 1, WORDS_MANY,
	  "writes a workbook with only those teams", SHARE_HELP, verb_share },
	{ "bundle", "FILE --for DEVICE|--since T [--team REF…] -o OUT", "for output since team", 1, WORDS_MANY,
	  "writes only the changes that another copy lacks", BUNDLE_HELP, verb_bundle },
	{ "redact", "FILE REF [FIELD] [--reason WHY]", "dry-run reason", 2, 3,
	  "blanks a record, a field or a person for good", REDACT_HELP, verb_redact },
	{ "erased", "FILE [REF… --restore|--agree]", "agree json restore", 1, WORDS_MANY,
	  "lists, brings back or lets go of what others erased", ERASED_HELP, verb_erased },
	{ "copy", "FILE OUT", "", 2, 2,
	  "makes a whole copy, also while others have FILE open", NULL, verb_copy },
	{ "log", "FILE", "as-of json ref since summary team until", 1, 1,
	  "lists who changed what, newest first", NULL, verb_log },
	{ "undo", "FILE [CHANGE [--save]]", "save", 1, 2,
	  "takes back your newest save, one change, or a change's whole save", UNDO_HELP, verb_undo },
	{ "clock", "FILE [RUN|COMPUTER --shift T]", "json shift", 1, 2,
	  "puts right the times of a computer whose clock was wrong", CLOCK_HELP, verb_clock },
	{ "check", "FILE", "json", 1, 1,
	  "is the file sound? (exit status 1 if not)", NULL, verb_check },
	{ "recover", "FILE OUT", "", 2, 2,
	  "saves what can be saved of a damaged file, into a new one", "FILE is only read, page by page. What its chains prove is taken as it was written, and what they cannot prove and nothing later replaced is written anew; what was altered is left out, and what is lost is told.", verb_recover },
	{ "name", "[NAME]", "", 0, 1,
	  "says who writes on this computer, or sets it", "The name stands beside all that is written here, in every workbook; --author and PLANDO_AUTHOR go before it.", verb_name },
	{ "forms", "list [FILE]|show [FILE] NAME|check PATH|install FILE PATH", "", 1, 3,
	  "lists, shows and checks forms, and installs one in a workbook", FORMS_HELP, verb_forms },
	{ "help", "[COMMAND]", "candidates completion man", 0, WORDS_MANY,
	  "says how plando, or one command, is used", NULL, verb_help },
	{ NULL },
};
// clang-format on

const struct verb *verb_find(const char *name)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (str_equal(v->name, name))
			return v;
	return NULL;
}
