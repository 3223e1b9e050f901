// SPDX-License-Identifier: MIT
// plando's own calls to the system that write: open, mkdir, write, fflush, fsync and rename are
// steps of disk.h, counted together with SQLite's. Link with disk.c and -Wl,--wrap=CALL for each of
// CALLS in meson.build.
#ifndef PLANDO_TESTS_CALLS_H
#define PLANDO_TESTS_CALLS_H

// After disk_power_cut: a file that was never synced is empty, half or whole, and a name whose
// folder was never synced is the old one or the new one, by chance. Returns how much was lost.
int calls_power_cut(unsigned chance);

#endif
