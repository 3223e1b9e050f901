// SPDX-License-Identifier: MIT
// What merges erase, in a sentence: which person blanks how many texts, of what. Told wherever a
// merge is told, before everything else: counted among the changes it would not be seen.
#ifndef PLANDO_ERASURES_H
#define PLANDO_ERASURES_H

#include <plando/merge.h>

// "Sam erases 12 texts: 9 of PDSA cycle, 3 of person. Ben erases 1 text: of action." past:
// "erased".
// "": nothing is erased. NULL: out of memory.
char *erasures_words(struct arena *a, const struct merge_report *report, size_t n, bool past);
// How many of them are held on this computer, or would be.
int64_t erasures_held(const struct merge_report *report, size_t n);

#endif
