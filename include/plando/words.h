// SPDX-License-Identifier: MIT
// Records, cells and changes in the words of people: what the conflict, history and merge screens
// and their verbs print. Nothing here is made safe to show: that is for whoever prints it. Texts
// live in the arena; NULL: out of memory.
#ifndef PLANDO_WORDS_H
#define PLANDO_WORDS_H

#include <plando/blend.h>
#include <plando/conflict.h>
#include <plando/history.h>

// "Child health hubs › All of Tuesday's clinic": a record after its team. A link is "S3 Plain
// advice at home → P2 Families can act", a charter "Child health hubs › Aim and charter".
char *words_record(struct store *s, struct arena *a, const struct id *id);
// The same without the team.
char *words_title(struct store *s, struct arena *a, const struct id *id);
// Name of the team to which a record belongs, through whatever it hangs below; *team (may be NULL)
// its id. "": none.
char *words_team(struct store *s, struct arena *a, const struct id *id, struct id *team);

// The label of a cell: "What happened", "Predictions “How many?”: it was", "What keeps it in place:
// Training". "~": "Deleted or kept".
char *words_field(
    struct store *s, struct arena *a, const struct id *id, const char *kind, const char *cell);
// Its value as a person reads it; "(empty)" where there is none.
char *words_value(struct store *s, struct arena *a, const struct id *id, const char *kind,
    const char *cell, const char *value);
// The field behind a cell (its part, in a list); NULL: not known here.
const struct form_field *words_form_field(
    struct store *s, struct arena *a, const struct id *id, const char *kind, const char *cell);
// Is it a text of several words, which can be blended?
bool words_is_text(const struct form_field *f);

// What the sides of a conflict about a text would be together, with nothing of either lost: what
// the resolver proposes. *text NULL: it is no such text, or both changed the same words. *blend:
// what became of the one before, where there are two sides.
bool words_together(struct store *s, struct arena *a, const struct conflict *c, struct blend *blend,
    const char **text, struct err *e);

// "What happened: “7 answered” → “8 answered”", "made", "deleted", "feeds P2 now".
char *words_change(
    struct store *s, struct arena *a, const struct history_change *c, const char *arrow);

// What a save did, its changes given in their order: "Child health hubs › Ring ten: What happened,
// Learned", "Child health hubs › Mean wait: deleted, and 31 more records". The record that was
// written first is named. "": nothing.
char *words_save(struct store *s, struct arena *a, const struct history *h);

#endif
