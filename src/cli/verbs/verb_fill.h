// SPDX-License-Identifier: MIT
// `plando fill`, for the files that make it up: verb_fill.c (the conversation), verb_fill_form.c
// (which questions there are), verb_fill_save.c (one save an answer), verb_fill_new.c (a record in
// the making), verb_fill_ask.c (asking one field, by its type), verb_fill_link.c (what a driver
// feeds), verb_fill_ref.c (records that people name).
//
// Rules:
// 1. Every line ends: a question is a line of its own, the answer is the next line of the input.
// 2. An answer is saved before the next question is asked. A wrong one says why and is asked again.
// 3. A new record is made with its first answer, and not before what it hangs on is known.
// 4. The end of the input ends the command well; a text that was begun is saved.
#ifndef PLANDO_CLI_VERB_FILL_H
#define PLANDO_CLI_VERB_FILL_H

#include "cli/verbs.h"

enum { FILL_PARTS = 2, FILL_GIVEN = 40, FILL_CELL = 128, FILL_LISTED = 20 };

// A record under the questions: a team has its charter as a second one; a note and an assessment
// the answers that its own form asks for.
struct fill_part {
	const char *kind, *prefix; // "" or "answers."
	const struct form *form;
	struct id id;
	bool exists;
	struct record record;
	struct saw saw; // what is held of it
};

struct fill_question {
	size_t part, section;
	const struct form_field *field;
	const struct form_field *list; // whose element it belongs to, or NULL
	const char *key;	       // of the element; "" = one to be
	size_t number;		       // of the element, from 1
	bool first;		       // of its element
	const char *cell;
};

enum fill_did {
	FILL_KEEP,   // an empty line
	FILL_ANSWER, // `answer` holds it, as save_field takes it
	FILL_CLEAR,
	FILL_DROP, // the element is to go
	FILL_BACK,
	FILL_LEAVE,
	FILL_END,  // of the input
	FILL_FAIL, // reading failed, or memory ran out
};

struct fill {
	struct cli *c;
	struct store *s;
	const char *kind;
	const char *given[FILL_GIVEN + 1]; // of a new record: field, value as stored, …, NULL
	struct fill_part part[FILL_PARTS];
	size_t parts;
	struct arena work; // what was loaded last, and the question at hand
	struct fill_question *question;
	size_t count;
	char cell[FILL_CELL];	       // where we are: found again after loading
	struct id listed[FILL_LISTED]; // the records that were listed with numbers
	size_t listed_count;
	bool ended;   // the input is over
	bool left;    // with !
	bool refused; // the last answer was, and stayed so
	bool saved;   // anything was
};

// --- verb_fill_form.c
// The record as it is stored now, and the questions of its form.
bool fill_load(struct fill *f, struct err *e);

// --- verb_fill_save.c
// Saves an answer (FILL_ANSWER, FILL_CLEAR: "") or takes its element out (FILL_DROP): all of it, or
// the record is as it was.
bool fill_save_answer(struct fill *f, const struct fill_question *q, enum fill_did did,
    const char *text, struct err *e);
// Makes part i where it is not there yet, within a save; and ends that save.
bool fill_save_part(struct fill *f, struct save *v, size_t i, struct err *e);
bool fill_save_commit(struct fill *f, struct save *v, struct err *e);

// --- verb_fill_new.c
// What a new record begins with: a field and its value as stored.
bool fill_give(struct fill *f, const char *field, const char *value, struct err *e);
const char *fill_given(const struct fill *f, const char *field); // NULL: nothing
// The FIELD=VALUE of the command.
bool fill_give_words(struct fill *f, const struct form *form, struct err *e);
// Asks for what can never be changed later. False: e says why, or it is to end (*over).
bool fill_new_ask(struct fill *f, bool *over, struct err *e);
// Makes the record at once where its key or the command says enough.
bool fill_new_make(struct fill *f, struct err *e);

// --- verb_fill_ask.c
// A line of people's words, safe to print.
void fill_say(struct fill *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// The answer to a question was refused: says why.
void fill_refuse(struct fill *f, const struct err *why);
// Asks one question until there is something to do.
enum fill_did fill_ask(
    struct fill *f, const struct fill_question *q, const char **answer, struct err *e);

// The next line of the input. False: there is none (f->ended), or e says why not.
bool fill_line(struct fill *f, const char **line, struct err *e);

// --- verb_fill_link.c
// A new driver or idea in the making stands after its siblings.
bool fill_link_place(struct fill *f, struct save *v, struct err *e);
// Asks what a driver or idea feeds where it feeds nothing yet.
bool fill_link_ask(struct fill *f, struct err *e);

// --- verb_fill_ref.c
// Lists what a field may name, with numbers. `like`: only what holds these words (folded).
bool fill_refs_list(
    struct fill *f, const struct form_field *field, const char *like, struct err *e);
// The record that was typed, as a UUID: a number of the list, a name, a part of one name only, an
// id, or "+ NAME" for a new one. Several: they are listed and it is refused.
bool fill_ref_find(struct fill *f, const struct form_field *field, const char *typed,
    const char **uuid, struct err *e);

#endif
