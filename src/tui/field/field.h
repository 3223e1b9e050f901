// SPDX-License-Identifier: MIT
// Fields on the screen: one row a type of { text, brief, height, draw, key }. Whatever its type,
// what a person does to a field is done to a text under edit (edit.h), so that undo, drafts and
// saving are the same for all: a choice is its id, several are "a, b", a reference is its UUID.
#ifndef PLANDO_TUI_FIELD_H
#define PLANDO_TUI_FIELD_H

#include "tui/field/edit.h"
#include "tui/term/term.h"

#include <plando/record.h>

// The small calendar of a date or month under the cursor.
struct calendar {
	bool open;
	date_t at;
};

struct face {
	const struct form *form;
	const struct form_field *field;
	struct store *store;
	struct arena *arena;	   // for what a draw or a key puts together
	const char *text;	   // as under edit: what is stored, or typed and not saved
	struct edit *edit;	   // NULL: not under the cursor
	size_t *at;		   // under the cursor: the choice or member that keys act on
	struct calendar *calendar; // likewise
	int most;		   // rows that a memo may take
};

struct field_ops {
	bool lines; // line feeds are part of it
	bool picks; // Enter and letters open a list to choose from
	// What is stored in a cell, as text under edit ("" where nothing is). NULL: out of memory.
	char *(*text)(struct arena *a, const struct record *r, const char *cell);
	// What a person reads where it is not under the cursor.
	char *(*brief)(const struct face *f);
	// Under the cursor: rows it takes in so many columns, and itself in them.
	int (*height)(const struct face *f, int cols);
	void (*draw)(const struct face *f, struct term *t, struct area area);
	enum edit_did (*key)(const struct face *f, const struct key *key, struct err *e);
	// What to say below it while it is typed ("= Sun 3 May 2026"), or NULL.
	const char *(*reading)(const struct face *f);
};

extern const struct field_ops FIELD_OPS[FIELD_TYPES];

// --- what the types share (field_text.c, field_choice.c, field_ref.c)
char *field_text_plain(struct arena *a, const struct record *r, const char *cell);
char *field_text_members(struct arena *a, const struct record *r, const char *cell);
char *field_brief_plain(const struct face *f);

int memo_height(const struct face *f, int cols);
void memo_draw(const struct face *f, struct term *t, struct area area);
void line_field_draw(const struct face *f, struct term *t, struct area area);
int line_field_height(const struct face *f, int cols);
enum edit_did text_key(const struct face *f, const struct key *key, struct err *e);
// How much is selected, or NULL.
const char *text_reading(const struct face *f);

int date_height(const struct face *f, int cols);
void date_draw(const struct face *f, struct term *t, struct area area);
enum edit_did date_key(const struct face *f, const struct key *key, struct err *e);
// How the date that is typed is understood.
const char *date_reading(const struct face *f);

char *choice_brief(const struct face *f);
int choice_height(const struct face *f, int cols);
void choice_draw(const struct face *f, struct term *t, struct area area);
enum edit_did choice_key(const struct face *f, const struct key *key, struct err *e);
enum edit_did choices_key(const struct face *f, const struct key *key, struct err *e);
// The help of the chosen one, or NULL.
const char *choice_reading(const struct face *f);

char *ref_brief(const struct face *f);
int ref_height(const struct face *f, int cols);
void ref_draw(const struct face *f, struct term *t, struct area area);
enum edit_did ref_key(const struct face *f, const struct key *key, struct err *e);
const char *ref_reading(const struct face *f);

// Members of "a, b": how many, and the i-th, its length in *n; i past the end: NULL.
const char *member_at(const char *text, size_t i, size_t *n);
size_t member_count(const char *text);
// The same text with that member taken out or put in at the end.
char *member_toggle(struct arena *a, const char *text, const char *member);

#endif
