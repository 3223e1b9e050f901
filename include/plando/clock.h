// SPDX-License-Identifier: MIT
// Clocks: they order nothing that matters, but people read times. A clock that
// is wrong is said, and a time that was wrong can be put right for display.
#ifndef PLANDO_CLOCK_H
#define PLANDO_CLOCK_H

#include <plando/store.h>

// What looks wrong with this computer's clock, or another's, in two sentences; NULL: nothing. A
// clock that was given (PLANDO_NOW) is believed.
const char *clock_trouble(struct store *s, struct arena *a);

// One run of the program on a computer, as the log knows it: a line for each team that was worked
// on, one for what all share, one for a coach's own notes.
struct clock_run {
	struct id stream;
	struct id scope; // the team's id, or what it is besides
	const char *author, *device;
	int64_t first, last; // wall clock of its first and last change, as recorded (ms)
	int64_t shift;	     // added to all its times where they are shown; 0: none
	int64_t changes;
};
struct clock_runs {
	struct clock_run *item; // the newest first
	size_t count;
};
// The runs on one computer (NULL: on all).
bool clock_list(
    struct store *s, struct arena *a, const char *device, struct clock_runs *out, struct err *e);

// What a run was about, in words: a team's name, "what all share", "private notes". NULL: out of
// memory.
const char *clock_about(struct store *s, struct arena *a, const struct clock_run *r);

// From now on the times of a run are shown, and counted in "as it was", `shift` ms later (earlier
// where negative). An ordinary change: it merges, and is undone like any.
bool clock_shift(struct store *s, const struct id *stream, int64_t shift, struct err *e);

// A shift as a person types and reads it: "-365d", "2h30m", "1y", "0"; days of 24 hours, years of
// 365 days. Shown "+1d2h", with the seconds left out; NULL: out of memory.
bool clock_shift_parse(const char *text, int64_t *ms, struct err *e);
char *clock_shift_text(struct arena *a, int64_t ms);

#endif
