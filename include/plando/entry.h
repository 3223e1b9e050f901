// SPDX-License-Identifier: MIT
// Data points as people enter them: one by one in a grid, pasted, or from a file. What is given is
// weighed against what is there (added, corrected, the same, or not to be taken and why), and goes
// into a save. What a chart makes of points is measure.h's.
//
// Whoever enters a point's name (entry_name.h) again means the same point. Its old value stays in
// the history. To correct a date is to delete one and make another.
#ifndef PLANDO_ENTRY_H
#define PLANDO_ENTRY_H

#include <plando/block.h>
#include <plando/entry_name.h>
#include <plando/measure.h>
#include <plando/record.h>

enum entry_field {
	ENTRY_DATE,
	ENTRY_STRATUM,
	ENTRY_NTH,
	ENTRY_VALUE,
	ENTRY_NUMERATOR,
	ENTRY_DENOMINATOR,
	ENTRY_NOTE,
	ENTRY_EXCLUDED_WHY,
	ENTRY_FIELDS
};
extern const char *const ENTRY_NAME[ENTRY_FIELDS];  // of the fields: "stratum"
extern const char *const ENTRY_LABEL[ENTRY_FIELDS]; // in words: "Group"

struct entry {
	struct id id;
	const char *field[ENTRY_FIELDS]; // as stored, "" = empty; never NULL
	bool archived;			 // entered again, it is brought back
};

struct entries {
	struct entry *item;
	size_t count;
};

// All points of a measure that are not archived, by date, group and nth.
bool entries_load(
    struct store *s, struct arena *a, const struct id *measure, struct entries *out, struct err *e);
// By id; *found false: there is none, or it is deleted.
bool entry_load(struct store *s, struct arena *a, const struct id *id, struct entry *out,
    bool *found, struct err *e);
size_t entry_count(struct store *s, const struct id *measure); // 0 also where it cannot be asked
enum entry_verdict {
	ENTRY_ADDED,
	ENTRY_CORRECTED,
	ENTRY_SAME,
	ENTRY_EMPTY,
	ENTRY_BAD,
	ENTRY_VERDICTS
};

// What taking `given` (a field NULL: not given) would do to `old` (NULL: not there yet). ENTRY_BAD:
// *why says what is wrong with it: "a numerator needs its denominator". ENTRY_EMPTY: there is
// nothing in it; nothing is taken out where nothing is given.
enum entry_verdict entry_weigh(const struct measure *m, const struct entry *old,
    const char *const given[ENTRY_FIELDS], const char **why);
// Puts what entry_weigh found good into a save. given has date and stratum ("" = the whole); nth
// may be NULL.
bool entry_put(struct save *v, const struct measure *m, const struct entry *old,
    const char *const given[ENTRY_FIELDS], struct err *e);
// The point goes to another date or group, with the nth it has: deleted here and made there, in one
// save. Refused where there is one already.
bool entry_move(struct save *v, const struct measure *m, const struct entry *old, const char *date,
    const char *stratum, struct err *e);

// How the numbers of a measure are written; all zero: nothing is known.
struct entry_reading {
	enum block_decimal decimal;
	enum block_scale scale; // of percentages
};

// What stands in a cell where a number belongs: "1,040.5", "85%"; where a value does (ENTRY_VALUE),
// also "3/10" and "3 of 10".
struct entry_cell {
	const char *given[ENTRY_FIELDS]; // "" = blank; NULL: nothing of that field; points into:
	char number[2][BLOCK_NUMBER];
	bool percent;	 // a percent sign stood there
	bool open;	 // BLOCK_BAD because it can be read in two ways
	bool scale_open; // as open, of 1 or per cent
	bool suppressed; // BLOCK_BAD because it was held back where it comes from
	const char *why; // BLOCK_BAD: stands after the cell: "is no number"
};
enum block_got entry_cell_read(const struct measure *m, enum entry_field field, const char *text,
    const struct entry_reading *reading, struct entry_cell *out);
// The same of a cell that a person types: it is its own evidence.
enum block_got entry_cell_typed(const struct measure *m, enum entry_field field, const char *text,
    bool low_known, struct entry_cell *out);
// The date of a point as a person types it, in all words of date_parse_human and block_date; a
// month or a quarter is its first day, where the measure is counted by these. False: *why stands
// after it.
bool entry_date_typed(
    const struct measure *m, const char *text, date_t today, date_t *out, const char **why);
// What the numbers of a field of the measure can be, which is evidence of how they are written.
enum block_holds entry_holds(const struct measure *m, enum entry_field field);
// Percentages of at most 1 are there already (block_scale).
bool entries_hold_low(const struct entries *all);
bool entry_low_known(struct store *s, const struct id *measure);
bool entry_takes_percent(const struct measure *m);
// A value that stands beside its numerator and denominator is what they amount to, rounded to the
// decimals that it has (of a percentage also as 0.85). True where they amount to nothing.
bool entry_agrees(const struct measure *m, const char *value, const char *over, const char *under);

// One point in a save of its own, as entry_weigh says; ENTRY_BAD saves nothing and is no error.
// given has date and stratum; nth may be NULL. saw: what was held of the point when it was begun
// (record.h); NULL: what is held now.
struct entry_saved {
	enum entry_verdict verdict;
	const char *why; // ENTRY_BAD
	size_t written;	 // changes in the log
};
bool entry_save(struct store *s, const struct measure *m, const char *const given[ENTRY_FIELDS],
    const struct saw *saw, struct entry_saved *out, struct err *e);

// Numerators and denominators are entered, not values?
bool entry_fractions(const struct measure *m);
// What the point amounts to as the measure shows it, "" where nothing, with a word where it cannot
// be ("0 of 0"). NULL: out of memory.
char *entry_result(struct arena *a, const struct measure *m, const struct entry *p);
// The date that follows in the measure's interval; the first day of a month or quarter stays one.
date_t entry_next_date(const struct measure *m, date_t date);

#endif
