// SPDX-License-Identifier: MIT
// What the charts of a team's measures say, counted: for the board, `status` and reports. Each
// measure is charted by its own options, exactly as its chart shows it.
#ifndef PLANDO_SIGNALS_H
#define PLANDO_SIGNALS_H

#include <plando/board.h>
#include <plando/chart_measure.h>

struct signals {
	size_t improving[BOARD_MEASURES];	     // measures with an improvement signal, by type
	size_t improvement, concern, change, common; // over all types
	size_t few; // too few points to tell, or none, or not to be charted so
	size_t measures;
};

// By `usual` rules where a measure says none. Archived measures do not count.
bool signals_load(struct store *s, struct arena *a, const struct id *team, enum chart_rules usual,
    struct signals *out, struct err *e);

#endif
