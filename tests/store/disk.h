// SPDX-License-Identifier: MIT
// A disk that fails on command: wraps SQLite's own file layer; every open of a journal, write,
// truncate, sync and delete is a step, and the step of a given number fails, once or from then on.
#ifndef PLANDO_TESTS_DISK_H
#define PLANDO_TESTS_DISK_H

#include <stdbool.h>

enum disk_fault { DISK_ERROR, DISK_FULL }; // input/output error; disk full after half the bytes

void disk_install(void);					 // once a process
void disk_fail(long step, bool for_ever, enum disk_fault fault); // counts from now; 0 = healthy
long disk_steps(void);						 // since disk_fail
long disk_syncs(void);						 // of them, those that sync a file

#endif
