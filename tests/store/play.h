// SPDX-License-Identifier: MIT
// What the two halves of the model share: the copies, and each change with what its writer had
// seen.
#ifndef PLANDO_TESTS_PLAY_H
#define PLANDO_TESTS_PLAY_H

#include "../support.h"
#include "model.h"
#include "store/file/private.h"
#include "store/log/store.h"

enum { COPIES = 5, FACTS = 4096, WORDS = FACTS / 64 };

struct set {
	uint64_t bits[WORDS];
};

// A change as the model knows it.
struct fact {
	uint64_t cid;
	int64_t hlc;
	struct id ent;
	const char *fld, *val;
	struct set past; // what its writer had seen
	bool outside;	 // written in a stream of another scope than its record's
};

struct copy {
	struct store *s;
	struct world world;
	struct env env;
	struct set known;
};

struct model {
	struct arena *a;
	struct world dice;
	struct copy copy[COPIES];
	unsigned copies;
	struct fact *fact;
	size_t facts;
	struct id team;
	const char *wrong;
};

bool model_in(const struct set *s, size_t i);
unsigned model_dice(struct model *m, unsigned n);
// The first thing that went wrong is kept.
void model_wrong(struct model *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool model_works(struct model *m, bool ok, const struct err *e);

void model_clock(struct model *m, struct copy *c); // P11
// Adds what that batch wrote on a copy to what the model knows.
void model_learn(struct model *m, struct copy *c, int64_t batch);
void model_commit(struct model *m, struct copy *c, struct save *v);
void model_merge(struct model *m, struct copy *to, struct copy *from);
void model_clone(struct model *m, struct copy *c); // P12

// Joins two records at random, parts some, or writes into one and reads it back: what is read is
// what was written, whatever it is joined with.
void model_join(struct model *m, struct copy *c);

// What a person does, at random; the first MODEL_EDITS of them neither merge nor clone.
typedef void model_operation(struct model *m, struct copy *c);
extern model_operation *const model_operations[];
enum { MODEL_EDITS = 18, MODEL_OPERATIONS = 23 };

#endif
