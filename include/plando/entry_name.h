// SPDX-License-Identifier: MIT
// What a data point is called: measure, date and group. Where each of several values of a date is a
// point of its own (measure_each), the first one's name is that, and those after it have an `nth`
// more in theirs: in a file their place among the rows of their date and group ("2", "3"), typed by
// hand eight random digits, so that two people's second events stay two. The id is made of the
// name.
#ifndef PLANDO_ENTRY_NAME_H
#define PLANDO_ENTRY_NAME_H

#include <plando/err.h>
#include <plando/id.h>

struct arena;
struct store;

// stratum, nth: "" = none.
struct id entry_id(
    const struct id *measure, const char *date, const char *stratum, const char *nth);
enum { ENTRY_NTH_TEXT = 9 };
// The natural key of a new point that was typed by hand, as field, value, …, NULL with room for one
// pair more. Its group becomes the one that the measure has already, where that differs in case or
// outer blanks alone; it is kept in a. Where each value of a date is a point and one stands there
// already, it is one more, not that one: it gets an nth, which is written to `out` and added.
bool entry_key_typed(
    struct store *s, struct arena *a, const char *key[], char out[ENTRY_NTH_TEXT], struct err *e);
// An nth for what is typed by hand. False: this computer gives no random numbers.
bool entry_nth(const struct env *env, char out[ENTRY_NTH_TEXT]);

#endif
