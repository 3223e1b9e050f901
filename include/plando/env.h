// SPDX-License-Identifier: MIT
// The world outside: time, chance, who and where. Handed in from main (or a test), so that nothing
// in the core asks the machine on its own.
#ifndef PLANDO_ENV_H
#define PLANDO_ENV_H

#include <plando/date.h>
#include <plando/err.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct env {
	int64_t (*now)(void *world); // wall clock, ms since 1970-01-01 UTC
	bool (*random)(void *world, void *bytes,
	    size_t n); // false: no randomness to be had (then nothing is written)
	// Minutes east of UTC where the person is, at that moment: summer time comes and goes, and
	// a laptop travels, while the app is open. NULL: UTC.
	int (*utc_offset)(void *world, int64_t ms);
	void *world; // theirs
	const char *
	    author; // who writes: --author, PLANDO_AUTHOR, the name given on this computer, the login's
	bool author_guessed; // … the last of these: the person is asked once, before the first save
	const char *device;	// which computer
	const char *data_home;	// $XDG_DATA_HOME/plando or ~/.local/share/plando; "" = none
	const char *state_home; // $XDG_STATE_HOME/plando or ~/.local/state/plando; "" = none
	bool wild_clock; // the clock was given by PLANDO_NOW (tests, reproducible reports): believe
			 // it
	bool no_outbox;	 // PLANDO_OUTBOX=off: several people share this computer's login
	// NULL, or what was wrong in the environment (PLANDO_NOW, PLANDO_AUTHOR, --author), in a
	// sentence: main says it and stops with ERR_USAGE.
	const char *problem;
};

// The real world. Reads the environment once; text comes from the environment and is checked.
// Lives as long as the program, or until called again. author: NULL = find out. Look at .problem.
struct env env_real(const char *author);

// Who writes on this computer from now on: keeps the name below state_home, for every workbook. It is checked like
// one in the environment (ERR_USAGE). Sets env->author, which lives as the environment does.
bool env_author_put(struct env *env, const char *name, struct err *e);

// Days and moments as the person's calendar and clock have them.
int env_offset(const struct env *env, int64_t ms);
date_t env_date(const struct env *env, int64_t ms);
date_t env_today(const struct env *env);
int64_t env_midnight(const struct env *env, date_t day); // its first ms, wherever that is

#endif
