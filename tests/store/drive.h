// SPDX-License-Identifier: MIT
// Two computers and a network drive with a workbook on it, for tests: a folder that statfs is made
// to call a drive, and that can fail. Link with -Wl,--wrap= of rename, fsync, open64, openat64 and
// statfs64.
#ifndef PLANDO_TESTS_DRIVE_H
#define PLANDO_TESTS_DRIVE_H

#include "../support.h"
#include "store/log/store.h"

#include <plando/far.h>

extern struct arena a;
extern struct world world;
extern struct env env[3]; // the third has no place for copies: it only looks
extern const char *root, *drive, *file;
extern struct store *one, *two; // closed at the end

extern uint32_t drive_is;      // what statfs calls it; 0: as it is
extern int drive_fails;	       // errno of every look at it
extern long calls, call_fails; // of open, fsync, rename: counted; the one that fails (0: none)
extern bool for_ever;	       // and all after it
typedef void act_fn(void);
extern act_fn *before_rename, *before_fsync; // once

void drive_setup(void);
void drive_teardown(void);

struct store *opened(int computer, enum store_mode mode);
bool add(struct store *to, const char *name, struct err *e);
bool has(struct store *in, const char *name);
void bring(struct store *s);
// The file as it lies there is sound, and has these teams.
void there(const char *const name[]);
#define THERE(...) there((const char *const[]){ __VA_ARGS__, NULL })
unsigned names_in(const char *folder);

#endif
