// SPDX-License-Identifier: MIT
// Random histories of a workbook that lies on a disk where anything may be put over it: older
// copies, others' copies, while it is open or not; with redactions here and there, a no to what is
// offered, months that pass, a process that is killed, an outbox that is damaged. One seed = one
// history = one verdict.
#ifndef PLANDO_TESTS_GUARD_H
#define PLANDO_TESTS_GUARD_H

#include <plando/arena.h>

#include <stdint.h>

// P22: once it was given back, everything that was typed or merged on this computer and not erased
// is in the workbook, and nothing that was erased here comes back, in no page of it or of the
// outbox. NULL: it holds; else what does not, in the arena.
const char *guard_check(struct arena *a, uint64_t seed);

#endif
