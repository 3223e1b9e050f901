// SPDX-License-Identifier: MIT
// The test of the outbox tested: this program is linked with one of its rules switched off
// (store/log/broken.h) and must see a history fail. It passes when it does.
#include "../support.h"
#include "disk.h"
#include "guard.h"

#include <stdio.h>

enum { TRIES = 400 };

// A night tries all histories and says how many notice.
int main(void)
{
	long enough = long_amount(1, TRIES), noticed = 0, tried = 0;
	printf("1..1\n");
	disk_install();
	while (tried < TRIES && noticed < enough) {
		struct arena a = { 0 };
		const char *wrong = guard_check(&a, (uint64_t)++tried);
		if (wrong && noticed++ == 0)
			printf("# history %ld: %s\n", tried, wrong);
		arena_free(&a);
	}
	printf("%s 1 - a rule is switched off: %ld of %ld histories noticed\n",
	    noticed ? "ok" : "not ok", noticed, tried);
	return noticed == 0;
}
