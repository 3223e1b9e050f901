// SPDX-License-Identifier: MIT
// PDSA cycles: how far one has come, and a team's cycles in their ramps.
#ifndef PLANDO_PDSA_H
#define PLANDO_PDSA_H

#include <plando/store.h>

// A cycle is never "submitted": its stage is read off what has been filled in.
enum pdsa_stage {
	PDSA_PLANNED,	// nothing done yet
	PDSA_DOING,	// Do has begun
	PDSA_STUDY_DUE, // done (what happened is told, or Do's end has passed), nothing learned yet
	PDSA_ACT_DUE,	// something was learned, no decision yet
	PDSA_FINISHED,	// decided
	PDSA_STAGES
};

// As stored; NULL where empty.
struct pdsa_text {
	const char *do_start, *do_end, *what_happened, *learned, *decision;
};
enum pdsa_stage pdsa_stage(const struct pdsa_text *text, date_t today);
const char *pdsa_stage_id(enum pdsa_stage stage);    // "study_due"
const char *pdsa_stage_words(enum pdsa_stage stage); // "Study due"

// The scales in their order, smallest first; a place in it, or -1: it is none of them.
extern const char *const PDSA_SCALES[]; // ends with NULL
int pdsa_scale_rank(const char *scale);

struct pdsa_cycle {
	struct id id, idea, ramp; // idea, ramp: all zero where there is none
	const char *cycle_no, *title, *scale, *decision, *do_start,
	    *do_end; // never NULL, "" = empty
	const char *idea_code, *idea_text, *ramp_title;
	enum pdsa_stage stage;
	date_t due; // since when Study or Act is owed; valid where due_known
	bool due_known;
	bool archived;
	unsigned predictions, results; // written, and those with a result beside them
};

struct pdsa_log {
	struct pdsa_cycle *cycle;
	size_t count;
};

// A team's cycles: by change idea in the diagram's order (those without one last), by ramp, then
// by number ("2" before "10", "1a" after "1"). Where two people gave one number twice in a ramp,
// the cycles are shown as 3a and 3b, on every copy the same; what is stored stays.
bool pdsa_log(struct store *s, struct arena *a, const struct id *team, bool archived,
    struct pdsa_log *out, struct err *e);

// What a new cycle after this one begins with: field, value, field, value, NULL; in the arena. The
// questions of its predictions are asked again, without predictions; a cycle that was to grow is
// proposed one scale larger; after 3 comes 4, after 1a 1b. Where the old cycle tests an idea
// outside of any ramp, a ramp is made and the old one put into it (saved at once).
enum { PDSA_GIVEN = 72 };
bool pdsa_next(struct store *s, struct arena *a, const struct id *cycle,
    const char *given[PDSA_GIVEN], struct err *e);

#endif
