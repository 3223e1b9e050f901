// SPDX-License-Identifier: MIT
// A published driver diagram (a bundle of the design's data) as the facts that driver_build takes:
// for tests and for the bench. It knows no test library.
#ifndef PLANDO_TESTS_PUBLISHED_H
#define PLANDO_TESTS_PUBLISHED_H

#include <plando/driver.h>

// The diagram of the team with that key in a bundle's text. `positions`: in the order of the file,
// as an import gives them; else none. False: not there, or not to be read.
bool published(struct arena *a, const char *text, size_t n, const char *team, bool positions,
    struct driver_facts *out);

#endif
