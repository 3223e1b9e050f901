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

// A night tries all histories and says how many notice: how sharp the properties are.
int main(void)
{
	long enough = long_amount(1, TRIES), noticed = 0, tried = 0;
	printf("1..1\n");
	while (tried < TRIES && noticed < enough) {
		const char *wrong = find((uint64_t)++tried);
		if (wrong && noticed++ == 0)
			printf("# history %ld: %s\n", tried, wrong);
	}
	printf("%s 1 - a rule is switched off: %ld of %ld histories noticed\n",
	    noticed ? "ok" : "not ok", noticed, tried);
	return noticed == 0;
}
