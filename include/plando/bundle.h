// SPDX-License-Identifier: MIT
// The bundle: a whole workbook, or a part of one, as YAML. Import takes everything or
// nothing; export and import into an empty workbook give the same state.
//
// A record's keys are the fields of its kind; lists below it are the kinds that belong to it.
// References go by `key` (local to the file, or to the team) or by id. Besides:
//   more:   {CELL: value}                   cells of a record that its form does not know
//   others: [{kind, id, cells: {…}}]        records of kinds unknown here, or that hang below
//   nothing
//   records: [{id, kind, fields: {…}, more: {CELL: value}}]  what an export as JSON holds (sheet.h);
//   of a team also charter: {CELL: value}; what stands there goes before what fields say
#ifndef PLANDO_BUNDLE_H
#define PLANDO_BUNDLE_H

#include <plando/store.h>

struct bundle_tally {
	const char *kind;
	size_t records;
};

struct bundle_report {
	const char *
	    *line; // mistakes, "NAME:LINE:COLUMN: what; what to do", in the order of the file
	size_t count;
	struct bundle_tally *tally; // what the bundle holds, in the order of KINDS
	size_t tally_count;
	size_t records;
	size_t written; // changes that were saved; 0 for a dry run
};

// Reads text[0..n) and checks all of it. Where anything is wrong nothing is saved: false, ERR_DATA,
// the report holds every mistake and e the first. `name` stands in messages. dry_run: checks only.
bool bundle_import(struct store *s, const char *text, size_t n, const char *name, bool dry_run,
    struct bundle_report *out, struct arena *a, struct err *e);

// The folder that an export as CSV makes (sheet.h), in the same way; messages name its files.
bool bundle_import_folder(struct store *s, const char *folder, bool dry_run,
    struct bundle_report *out, struct arena *a, struct err *e);
// Is it a folder, so that only bundle_import_folder can be meant?
bool bundle_is_folder(const char *path);
// Would an import store exactly this for the value, as it stands in a cell of this field?
bool bundle_reads_back(struct arena *a, const struct form_field *f, const char *value);

// Everything but private notes, as YAML appended to *out.
bool bundle_export(struct store *s, struct arena *a, struct str *out, struct err *e);

#endif
