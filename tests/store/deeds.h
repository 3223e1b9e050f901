// SPDX-License-Identifier: MIT
// All that writes, for the tests of bad days: the world before each deed, the deed, and what must
// hold after it, whatever happened meanwhile.
#ifndef PLANDO_TESTS_DEEDS_H
#define PLANDO_TESTS_DEEDS_H

#include <plando/err.h>

struct deed {
	const char *name;
	bool (*act)(struct err *e);
	bool (*whole)(void); // the file or folder that it makes; NULL: it makes none
	bool renames;	     // the collaborative is called "After" then
	bool erases, rebuilds;
	bool holds;   // what it erases is held then, whatever happened: it is there or here
	bool returns; // begins erased, and what was held stands in the workbook then
	bool lets_go; // begins erased, and nothing is held then
	bool guarded; // what was done can be given back where an older file is put in its place
	bool lacks;   // … and begins with such a file
};
enum { DEED_COUNT = 18 };
extern const struct deed DEEDS[DEED_COUNT];

void deeds_setup(void);
void deeds_teardown(void);

void deed_begin(const struct deed *d);
bool deed_act(const struct deed *d, struct err *e); // true: it is reported as done
// The workbook opens, is sound, is as before or as after, and as after where that was reported;
// what was made, and what was published, is whole or not there. why: NULL where nobody was told.
void deed_judge(const struct deed *d, bool done, const struct err *why, long step);
// What lies about that nobody asked for; NULL: nothing.
const char *deed_stray(void);
// Done again, it works, and nothing lies about then.
void deed_again(const struct deed *d, long step);

#endif
