// SPDX-License-Identifier: MIT
// Records: read them, find them by what people call them, save changes to them.
//
// A record is an id, a kind and cells. A cell is a field of the form, or a part of one:
//   "support.training"            1 or 0: a member of choices or refs (refs: "field.<uuid>")
//   "predictions.3fa90b12.result" a subfield of one element of a list (8 hex digits name the
//   element) "predictions.3fa90b12.pos"    its place among its siblings (an order key), ".~" = 0:
//   taken out
// Values are text as stored (dates ISO, choices by id, refs as UUID text, numbers as typed). Empty
// = no value.
#ifndef PLANDO_RECORD_H
#define PLANDO_RECORD_H

#include <plando/store.h>

struct cell {
	const char *field; // the cell's name
	const char *value; // never NULL or "" in a loaded record
	unsigned heads;	   // distinct values that stand side by side: > 1 is a conflict
};

struct record {
	struct id id;
	const char *kind;
	const char *flag;   // NULL, "deleted-but-edited" or "deleted-and-kept"
	bool deleted;	    // only seen where a deleted record was asked for by id
	struct cell *cells; // sorted by field name
	size_t count;
};

struct records {
	struct record *item;
	size_t count;
};

// By id; a deleted record is loaded too (deleted = true, its last values). False with ERR_NOINPUT:
// unknown id.
bool record_load(
    struct store *s, struct arena *a, const struct id *id, struct record *out, struct err *e);

// The same with these cells only (names in their order, NULL ends them): for who looks at many
// records that may each hold very much.
bool record_load_some(struct store *s, struct arena *a, const struct id *id,
    const char *const fields[], struct record *out, struct err *e);

// The same with those that a title is made of, and with what a link and a charter belong to.
bool record_load_brief(
    struct store *s, struct arena *a, const struct id *id, struct record *out, struct err *e);

// All records of a kind that are not deleted, archived ones included, in the kind's natural order
// (position, date, name; ties by id). team: only those that belong to it directly; NULL = all. kind
// NULL is not allowed.
bool record_list(struct store *s, struct arena *a, const char *kind, const struct id *team,
    struct records *out, struct err *e);
// Those whose reference field `field` names `target` ("idea", "measure", "event", …), in the same
// order.
bool record_list_by(struct store *s, struct arena *a, const char *kind, const char *field,
    const struct id *target, struct records *out, struct err *e);

// The value of a cell, or NULL where it is empty.
const char *record_get(const struct record *r, const char *field);
const struct cell *record_cell(const struct record *r, const char *field);
bool record_ref(const struct record *r, const char *field, struct id *out); // false: empty
bool record_archived(const struct record *r, date_t on);
// What people call it: name, title or text by kind, shortened to one line; else "PDSA cycle 3f9a".
// NULL: out of memory.
char *record_title(struct store *s, struct arena *a, const struct record *r);
// The title of the record that a reference names: "(not in this copy)", "(deleted) …" where so. A
// title that is itself that of another record is followed three records far.
char *record_ref_title(struct store *s, struct arena *a, const char *uuid);
// The same where records of these kinds belong (a field's `of`; NULL: any). One of another kind,
// which a merge can bring, is shown as what it is: "Reminder calls (PDSA cycle, not person)".
char *record_ref_named(struct store *s, struct arena *a, const char *kinds, const char *uuid);

// The elements of a list field, in their order. Each is 8 hex digits.
struct elements {
	const char **key;
	size_t count;
};
bool record_elements(
    const struct record *r, struct arena *a, const char *list, struct elements *out);
// The cell of one element: "predictions", "3fa90b12", "result".
const char *record_element_get(
    const struct record *r, const char *list, const char *key, const char *sub);
// The members of a choices or refs field: the parts after "field." whose value is 1.
bool record_members(
    const struct record *r, struct arena *a, const char *field, struct elements *out);

// A REF of the command line (cli.md): exact name, title or text among records of the kind asked
// for, where unique ("TEAM/NAME" narrows it), else an id or a unique prefix of 4+ hex digits. kind:
// NULL = any; several are separated by blanks. e: unknown, or ambiguous with the candidates named.
bool record_find(struct store *s, struct arena *a, const char *kind, const char *ref,
    struct record *out, struct err *e);

// ---- what a person saw
// The newest changes (heads) of a record's cells at a moment. A save that is given what was seen
// when a text was begun names that as seen, and what this run saved since; what has come from
// elsewhere meanwhile stands beside what is saved, and the fold makes a conflict of the two.
struct saw_cell {
	const char *field;
	uint64_t cid;
};
struct saw {
	struct saw_cell *cell;
	size_t count;
};
// A record that is not there: nothing.
bool record_saw(
    struct store *s, struct arena *a, const struct id *id, struct saw *out, struct err *e);
// What was seen of one field as text, for its draft. NULL: out of memory.
char *saw_print(struct arena *a, const struct saw *saw, const char *field);
// What is seen now, but of that field what its draft says (NULL: as now), in the arena. What cannot
// be read there was not seen. False: out of memory.
bool saw_of_draft(
    struct arena *a, const struct saw *now, const char *field, const char *text, struct saw *out);

// What has come to a cell from elsewhere since: the newest, or value NULL.
struct arrived {
	const char *value, *author;
	int64_t at;
};
bool saw_arrived(struct store *s, struct arena *a, const struct id *id, const char *field,
    const struct saw *saw, struct arrived *out, struct err *e);

// ---- saving: one save = one transaction = merged whole or not at all
struct save;

// Nothing is written before save_commit. The save lives in the arena.
struct save *save_begin(struct store *s, struct arena *a, struct err *e);

// A new record: its id is made here (random, or from the natural key once its key fields are given:
// then `key` lists field, value, field, value, NULL). One that was deleted is there again, empty.
// Returns false when no randomness is to be had.
bool save_new(
    struct save *v, const char *kind, const char *const key[], struct id *out, struct err *e);

// One cell as stored. "" empties it. A cell whose value is already that is left alone.
// Names are checked: [a-z0-9_~.-], 64 bytes at most; values: valid UTF-8, at most TEXT_MOST.
bool save_cell(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value, struct err *e);

// The same as typed by a person: checked by the form's field (field_parse), references resolved
// (record_find), choices "training, monitoring" and refs spread over their cells, list elements by
// key. An unknown field is refused.
bool save_field(struct save *v, const struct id *id, const char *kind, const char *field,
    const char *typed, struct err *e);

// A new element at the end of a list (or before `before`, NULL = end); its key is returned in the
// arena.
bool save_element(struct save *v, const struct id *id, const char *kind, const char *list,
    const char *before, const char **key, struct err *e);
bool save_element_remove(struct save *v, const struct id *id, const char *kind, const char *list,
    const char *key, struct err *e);

// What was seen of this record when that was begun which this save says of it so far. `saw`
// outlives the save. Of a record that is deleted here it says nothing: what it held is history.
bool save_saw(struct save *v, const struct id *id, const struct saw *saw, struct err *e);

// A tombstone that has seen everything this copy holds of the record.
bool save_delete(struct save *v, const struct id *id, struct err *e);

// What was collected so far goes into the save's transaction and is let go of, with all that was
// allocated in the arena since save_begin: so a save of a million records takes the memory of a few
// thousand. It is one save all the same. From the first time on nobody else can write until it ends
// with save_commit or save_drop; on failure it is dropped.
bool save_spill(struct save *v, struct err *e);
// Gives up a save: the file is as it was before its first part.
void save_drop(struct save *v);

// Writes the log and its fold. True also where nothing had to be written (*written = 0; written may
// be NULL). On failure the file is as it was and the save can be tried again.
bool save_commit(struct save *v, size_t *written, struct err *e);

// An order key between two neighbours (NULL = none): base-62 fraction and two random characters.
char *order_between(struct arena *a, const struct env *env, const char *before, const char *after);

#endif
