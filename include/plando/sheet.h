// SPDX-License-Identifier: MIT
// A record as people and programs read it: its fields in the order of its form, with a team and its
// charter as one. Written as JSON, as text and as a row of CSV.
#ifndef PLANDO_SHEET_H
#define PLANDO_SHEET_H

#include <plando/json.h>
#include <plando/record.h>
#include <plando/table.h>

struct sheet_field {
	const struct form_field *field;
	const struct record *record; // whose field it is: the record, or a team's charter
	const char *cell;	     // the name of its cell: "answers.place" of an answer
	const char *name;	     // what it is called outside: "place"
};

struct sheet {
	struct store *store;
	struct record record;
	struct record charter; // of a team that has one; else empty
	struct sheet_field *field;
	size_t count;
};

// The answers of a note or an instrument are fields like its own; of a form that is not in this
// copy they are shown as they are. False: out of memory. `out` points into itself: do not copy it.
bool sheet_read(
    struct store *s, struct arena *a, const struct record *r, struct sheet *out, struct err *e);
// The same with the answers of that form, or none of them (NULL): for rows that have the same
// columns.
bool sheet_read_as(struct store *s, struct arena *a, const struct record *r, const struct form *own,
    struct sheet *out, struct err *e);
// The form whose answers a record holds; NULL: it names none, or one that is not in this copy.
const struct form *sheet_own_form(struct store *s, const struct record *r);
// Keeps those records whose answers are of that form (NULL: of none that is known).
void sheet_keep_own(struct store *s, struct records *all, const struct form *own);

// A field that `set` and `get` take for a team though its charter holds it; NULL: not so.
const struct form_field *sheet_charter_field(struct store *s, const char *kind, const char *id);

// {"id","kind","archived","fields":{…},"conflicts":[…]}: values as stored, numbers as numbers,
// choices and refs as lists of ids, lists as objects with their own "id". "more" holds once more
// the cells that these do not bring back as they are, where there are any, "charter" those of a
// team's charter.
bool sheet_json(const struct sheet *t, struct arena *a, struct json *j, struct err *e);

// Label and value, section by section; what is empty is left out. `width`: of the page, 0 = 78.
bool sheet_text(
    const struct sheet *t, struct arena *a, FILE *out, int width, bool ascii, struct err *e);

// One row a record: id, archived, each field as stored, and the title of each reference.
bool sheet_csv_head(const struct sheet *t, struct arena *a, struct csv *c, struct err *e);
bool sheet_csv_row(const struct sheet *t, struct arena *a, struct csv *c, struct err *e);

// What a person reads in a field; NULL: out of memory.
char *sheet_show(const struct sheet *t, struct arena *a, const struct sheet_field *f);

// Everything that other copies may see (private records stay out), as one JSON document, or as a
// folder of CSV files; both come back (bundle.h). marked: each file begins with csv_mark.
//   KIND.csv, FORM.csv  a row a record, of a kind or of an own form that has records; a list stands
//                       in one cell, for people
//   KIND.FIELD.csv      a row an entry of such a list: record, id, what it holds; in their order
//   _cells.csv          record, kind, cell, value: what no column above can hold as it is (why
//                       something was archived, a choice of a newer form, invisible characters),
//                       its value as a string of JSON
bool sheet_export_json(struct store *s, FILE *out, struct err *e);
bool sheet_export_csv(struct store *s, const char *folder, bool marked, struct err *e);

#endif
