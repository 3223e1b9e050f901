// SPDX-License-Identifier: MIT
// A score that somebody gives, in whatever way: what the record showed that day is kept with it.
#ifndef PLANDO_CLAIM_H
#define PLANDO_CLAIM_H

#include <plando/record.h>

// Called in any save before its commit: where it gives or changes an assessment's score, day, team
// or instrument, what the engine finds for that day goes into the same save, with the instrument's
// version. *claim: words about a score above what the record could show, where no reason stands
// with it, in the save's arena; else NULL. It never keeps a score from being saved; false: memory
// or the file fails.
bool claim_keep(struct save *v, const struct id *id, const char **claim, struct err *e);

#endif
