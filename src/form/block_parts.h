// SPDX-License-Identifier: MIT
// What the readers of cells share: block_number.c and block_date.c.
#ifndef PLANDO_FORM_BLOCK_PARTS_H
#define PLANDO_FORM_BLOCK_PARTS_H

#include <plando/block.h>

enum { BLOCK_CELL_LONGEST = 60 };

// A cell in ASCII: odd blanks, signs and dashes as plain ones. False: something else is in it, or
// it is too long to be a number or a date.
bool block_ascii(const char *cell, char out[BLOCK_CELL_LONGEST + 1]);
bool block_blank_word(const char *ascii); // "", "-", "n/a"

#endif
