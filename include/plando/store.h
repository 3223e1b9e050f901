// SPDX-License-Identifier: MIT
// The workbook: one SQLite file whose log of changes is the truth and whose tables are a fold of
// it. This header opens, makes, copies and checks workbooks; record.h reads and saves what is in
// them; history.h, merge.h and conflict.h do what their names say.
#ifndef PLANDO_STORE_H
#define PLANDO_STORE_H

#include <plando/arena.h>
#include <plando/env.h>
#include <plando/err.h>
#include <plando/form.h>
#include <plando/id.h>

struct store;

enum store_mode {
	STORE_READ,  // never writes a byte, also where the tables are from another version
	STORE_WRITE, // falls back to reading only where the file cannot be written: see
		     // store_writable
};

// Makes an empty workbook; refuses where the path exists. `name` is the collaborative's.
bool store_create(const char *path, const struct env *env, const char *name, struct err *e);

// Opens a workbook. Refuses with words what is not one, is damaged in its header, hostile, or
// newer. `env` must outlive the store. NULL on failure.
struct store *store_open(
    const char *path, enum store_mode mode, const struct env *env, struct err *e);
void store_close(struct store *s); // NULL is allowed

const char *store_path(const struct store *s);
const struct env *store_env(const struct store *s);
struct forms *store_forms(struct store *s); // embedded forms and those installed in this workbook
struct id store_collaborative(
    const struct store *s); // identity of the collaborative: same on all its copies
bool store_writable(const struct store *s, struct err *why); // false: why says it in a sentence
int64_t store_now(const struct store *s);		     // env's clock
date_t store_today(const struct store *s);

// Reads from here on show the workbook as it was at that moment (change times as recorded); nothing
// can be saved then. Made in memory; the file is not touched.
bool store_as_of(struct store *s, int64_t moment, struct err *e);

// The idle tick: has the file been changed, replaced, renamed by someone else since we last looked?
// Then it is opened again, what this run wrote is put into it where it is lacking, and *changed is
// set: whoever shows records reads them again. One look at the file, where nothing happened.
bool store_refresh(struct store *s, bool *changed, struct err *e);
// What happened to the file under us, in a sentence or two, since this was asked last; NULL:
// nothing. Saves too may have found it replaced, gone, or not to be written to any more. The text
// stays until the next look.
const char *store_news(struct store *s);

// Between these, reads see one state of the workbook and ask the disk less; for a screen's load and
// draw, or a whole command. They nest. NULL is allowed. While held, others wait to write: never
// across waiting for a person.
void store_hold(struct store *s);
void store_release(struct store *s);

// A consistent copy, also while others write. Refuses where `to` exists.
bool store_copy(struct store *s, const char *to, struct err *e);

struct store_facts {
	int64_t changes, records, conflicts;
	char state[65];	 // hash of everything a person can see (docs/merging.md)
	uint64_t digest; // sum of all cids mod 2^64
};
bool store_facts(struct store *s, struct store_facts *out, struct err *e);

// Is the file sound: pages, chains, saves whole, tables equal to the fold of the log. Never writes.
// Each problem is one line for people. False only where the check could not be made.
// What is saved from here on stands in streams of its own, by whom env->author now names.
void store_begin_anew(struct store *s);

struct store_problems {
	const char **line;
	size_t count;
	bool damaged; // among them is one of the pages or of the log: the file cannot be trusted
	const char **note; // what is as it may be and yet worth saying: a form that is not in force
	size_t notes;
};
bool store_check(struct store *s, struct arena *a, struct store_problems *out, struct err *e);
// Changes that stand in a stream of another scope than their record's (docs/merging.md, the fold,
// 7): kept in the history, not shown. No fault of the file.
bool store_outside(struct store *s, int64_t *changes, struct err *e);
// What is sound and yet not as it should be: references that name a record of a kind that does not
// belong there, records that lead back to themselves. A line each for people, of many the first 50.
bool store_strays(struct store *s, struct arena *a, struct store_problems *out, struct err *e);

#endif
