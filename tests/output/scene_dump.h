// SPDX-License-Identifier: MIT
// A picture as lines of text, to be kept and compared: one item a line, set in by its groups.
#ifndef PLANDO_TESTS_SCENE_DUMP_H
#define PLANDO_TESTS_SCENE_DUMP_H

#include <plando/scene.h>
#include <plando/str.h>

const char *scene_dump(struct arena *a, const struct scene *s);
// Compares it with tests/pictures/NAME.txt; with UPDATE=1 in the environment writes that anew. With
// LOOK=FOLDER also writes FOLDER/NAME.png, to be looked at.
void scene_same(struct arena *a, const struct scene *s, const char *name);

#endif
