// SPDX-License-Identifier: MIT
// A typeface for tests in which every column of a terminal is 0.55 of the size wide (bold: 0.6), so
// that pictures are the same on every machine.
#ifndef PLANDO_TESTS_EVEN_TYPE_H
#define PLANDO_TESTS_EVEN_TYPE_H

#include <plando/scene.h>

extern const struct scene_type EVEN_TYPE;

#endif
