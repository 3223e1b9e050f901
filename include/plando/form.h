// SPDX-License-Identifier: MIT
// Forms: what a record of a kind holds, read from a form file. One form serves the screen, `fill`,
// `add` and `set`, the import check, the columns of tables and the catalogue of `kinds`.
#ifndef PLANDO_FORM_H
#define PLANDO_FORM_H

#include <plando/date.h>
#include <plando/err.h>
#include <plando/instrument.h>
#include <plando/yaml.h>

enum field_type {
	FIELD_TEXT,
	FIELD_MEMO,
	FIELD_DATE,
	FIELD_MONTH,
	FIELD_NUMBER,
	FIELD_INTEGER,
	FIELD_PERCENT,
	FIELD_YESNO,
	FIELD_CHOICE,
	FIELD_CHOICES,
	FIELD_SCALE,
	FIELD_REF,
	FIELD_REFS,
	FIELD_LIST,
	FIELD_PAIRS,
	FIELD_ANSWERS, // the fields of the form that the record's `form` or `instrument` names;
	// cells "answers.<field>"
	FIELD_TYPES
};

struct choice {
	const char *id, *label, *help; // help may be NULL
};

struct form_field {
	const char *id;
	const char *label;
	enum field_type type;
	bool ahead;    // of a date: one to come, "fri" is the next Friday
	bool required; // asked for and counted as missing; never blocks saving
	bool hidden;   // not shown on the form (still a field: SQL, bundle, command line)
	bool fixed;    // part of a natural key, or otherwise never changed after it was made
	const char *help, *example, *unit; // NULL where none
	unsigned rows;			   // memo height to begin with; 0 = the type's own
	size_t most;			   // longest text in characters; 0 = the type's own
	const char *of;		      // kind that a ref or refs names; several, blank separated
	const struct choice *choices; // of choice, choices, scale (ids are scores), yesno
	size_t choice_count;
	const struct form_field *fields; // of list and pairs: what one element holds
	size_t field_count;
	const char *when_field; // shown only where that field has one of when_values; NULL = always
	const char **when_values; // ends with NULL
};

struct form_section {
	const char *id, *title, *help;
	const struct form_field *fields;
	size_t field_count;
};

struct form_prompt {
	const char *id, *says;
	const char *field;	   // beside which it stands; NULL = the whole form
	const char *unless_filled; // fields, blank separated: silent when all of them are filled;
				   // NULL = never silenced so
	const char *when_filled;   // speaks only when all of these are filled; NULL = always
};

// Of instruments: the levels of a scale, in ascending order.
struct form_level {
	const char *score; // "1.5": exact decimal
	const char *title, *text;
	const struct form_criterion *criteria; // what must hold for it; none: a person decides
	size_t criterion_count;
};

struct form {
	const char *id;
	unsigned version;
	const char *title, *plural; // "PDSA cycle", "PDSA cycles"
	const char *help, *source;  // may be NULL
	const char *edits;  // the kind of record it edits: = id of a built-in kind, else "note", or
			    // "assessment" for a form with levels
	const char **list;  // columns where such records are listed; ends with NULL
	const char **quick; // the few fields of its quick log, in order; ends with NULL, none =
			    // there is no quick log
	const struct form_section *sections;
	size_t section_count;
	const struct form_prompt *prompts;
	size_t prompt_count;
	const struct form_level *levels;
	size_t level_count;
	struct instrument_rules rules; // where there are levels
};

// --- the language
// Reads and checks a form file. NULL on failure: e says NAME:LINE:COLUMN, what is wrong, and where
// near "did you mean …".
struct form *form_read(
    struct arena *a, const char *text, size_t n, const char *name, struct err *e);

// The same, but collects every mistake, each a line "NAME:LINE:COLUMN: …", in the order of the
// file. False only where memory ran out.
struct form_faults {
	const char **line;
	size_t count;
};
bool form_check(struct arena *a, const char *text, size_t n, const char *name,
    struct form_faults *out, struct err *e);

// --- the catalogue: the forms in the binary, parsed when first asked for, and those that a
// workbook brings. Every form of a built-in kind also has the hidden fields `archived` (a date) and
// `archived_why`.
struct forms;
struct forms *forms_new(struct arena *a, struct err *e); // lives in the arena
// The form of a built-in kind, of a note form or of an instrument; NULL where there is none (e says
// so).
const struct form *forms_find(struct forms *f, const char *id, struct err *e);
// Puts a workbook's own form in front: a new note form, or changes to a built-in one (labels, help,
// order, choices' labels, hidden, added fields; it may not retype a field; fields and choices that
// it leaves out stay, at the end). `own` must live as long as the catalogue. False: refused, with
// the reason; the catalogue is then as it was.
bool forms_install(struct forms *f, const struct form *own, struct err *e);
// The form of a built-in kind as it is in the binary, whatever a workbook brings; NULL: it has
// none.
const struct form *forms_built_in(struct forms *f, const char *id, struct err *e);
// Takes all of a workbook's own forms out again.
void forms_clear(struct forms *f);
size_t forms_count(struct forms *f);
const char *forms_id(
    struct forms *f, size_t i); // embedded ones in the order of KINDS, then installed ones

// --- fields
// Looks through all sections; NULL = no such field. "predictions.result" finds a list's subfield,
// and so does the name of its cell, "predictions.3fa90b12.result".
const struct form_field *form_field(const struct form *form, const char *id);
// Walks all fields in form order: for (f = NULL; (f = form_next(form, f));)
const struct form_field *form_next(const struct form *form, const struct form_field *after);
// The field by which a record of that kind names the form of its answers: "form" of a note,
// "instrument" of an assessment; NULL: it has none.
const char *form_naming(const char *kind);
const char *field_type_name(enum field_type type); // "memo"
// Its values are numbers: number, integer, percent, and scale, whose steps are scores.
bool field_is_number(const struct form_field *f);
// A scale's field with the steps of the instrument that its record names (NULL or without levels:
// f as it is), in the arena; other types stay as they are. NULL: out of memory.
const struct form_field *field_on_scale(
    struct arena *a, const struct form_field *f, const struct form *instrument);
const struct choice *field_choice(
    const struct form_field *field, const char *id); // NULL = no such choice

// --- values: one row a type in a table of { parse, show }
// What is stored for what was typed: canonical ("3 May" -> "2026-05-03", "Yes" -> "yes", "1,234.50"
// is refused, choice label or id -> id, text -> NFC). Numbers stay as typed: sign, digits, point,
// digits. "" stays "" (empty). e says what is expected, with an example. Choices, refs, list, pairs
// and answers are made of cells, see record.h: a member of choices is parsed here as a choice, a
// ref is returned as typed.
bool field_parse(struct arena *a, const struct form_field *field, const char *typed, date_t today,
    char **stored, struct err *e);
// What a person reads for a stored value (choice label, "3 May 2026", "25 %"); unknown values as
// they are.
char *field_show(struct arena *a, const struct form_field *field, const char *stored, date_t today);

#endif
