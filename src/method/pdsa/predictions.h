// SPDX-License-Identifier: MIT
// A cycle's predictions, counted.
#ifndef PLANDO_METHOD_PREDICTIONS_H
#define PLANDO_METHOD_PREDICTIONS_H

#include "store/log/db.h"

struct predictions {
	unsigned written; // rows of the list that predict something
	unsigned results; // of those, with a result or "as expected?" beside them
	unsigned met;	  // of those, that came as expected
};
bool predictions_count(
    struct db *db, const struct id *cycle, struct predictions *out, struct err *e);

#endif
