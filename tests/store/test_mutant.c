// SPDX-License-Identifier: MIT
// The tests tested: this program is linked with one rule of the store switched off (-DBREAK_rule=1)
// and must see a property fail. It passes when it does.
#include "../support.h"
#include "model.h"
#include "parts.h"

#include <stdio.h>

enum { TRIES = 2000 };

static const char *find(uint64_t seed)
{
	static struct arena a;
	struct model_run run = { .seed = seed,
		.copies = 3 + (unsigned)(seed % 3),
		.operations = 120,
		.full_check = seed % 4 == 0 };
	arena_free(&a);
	const char *wrong = model_storm(&a, seed);
	wrong = wrong ? wrong : model_check(&a, &run);
	return wrong || seed % 8 ? wrong : parts_share(&a, seed);
}

int main(void)
{
	printf("1..1\n");
	for (uint64_t seed = 1; seed <= TRIES; seed++) {
		const char *wrong = find(seed);
		if (wrong) {
			printf("ok 1 - noticed at history %llu: %s\n", (unsigned long long)seed,
			    wrong);
			return 0;
		}
	}
	printf("not ok 1 - %d histories passed with a rule switched off\n", TRIES);
	return 1;
}
