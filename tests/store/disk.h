// SPDX-License-Identifier: MIT
// A disk that fails on command: wraps SQLite's own file layer; every open of a journal, write,
// truncate, sync and delete is a step, and the step of a given number fails, once or from then on.
// It can also lose the power, and its locks can be those of a network drive that has none.
#ifndef PLANDO_TESTS_DISK_H
#define PLANDO_TESTS_DISK_H

#include <stdbool.h>

// EIO; ENOSPC, after half the bytes; EDQUOT; EROFS; an end, after which disk_power_cut says what
// was lost; kill -9 of this process.
enum disk_fault { DISK_ERROR, DISK_FULL, DISK_QUOTA, DISK_READ_ONLY, DISK_CUT, DISK_KILL };

void disk_install(void);					 // once a process
void disk_fail(long step, bool for_ever, enum disk_fault fault); // counts from now; 0 = healthy
// Of what no sync had made durable, some was never written, some half, some was: by chance, and in
// any order. All files must be closed. Returns how much was lost.
int disk_power_cut(unsigned chance);
void disk_no_locks(bool none); // every lock is given to everybody
long disk_steps(void);	       // since disk_fail
long disk_syncs(void);	       // of them, those that sync a file

// For calls.c, whose steps are counted together with SQLite's.
bool disk_step(void);		     // true: this one fails, with errno set
bool disk_off(void);		     // the power is gone
bool disk_cutting(void);	     // what is not durable is to be remembered
void disk_settled(const char *path); // it is durable, or gone
void disk_moved(const char *from, const char *to);

#endif
