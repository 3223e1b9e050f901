// SPDX-License-Identifier: MIT
// Feeds a harness every file of the folder named on the command line, one test case a file (TAP).
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int replay(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END))
		return 1;
	size_t n = (size_t)ftell(f);
	rewind(f);
	uint8_t *bytes = malloc(n ? n : 1); // of exactly that size, so that reading on is noticed
	int bad = !bytes || fread(bytes, 1, n, f) != n;
	if (!bad)
		LLVMFuzzerTestOneInput(bytes, n);
	free(bytes);
	fclose(f);
	return bad;
}

int main(int argc, char **argv)
{
	struct dirent **entry;
	int count = argc == 2 ? scandir(argv[1], &entry, no_dots, alphasort) : -1;
	if (count < 1) {
		fprintf(stderr, "no seeds: give a folder of files\n");
		return 1;
	}
	printf("1..%d\n", count);
	int failed = 0;
	for (int i = 0; i < count; i++) {
		int bad = replay(argv[1], entry[i]->d_name);
		printf("%sok %d - %s\n", bad ? "not " : "", i + 1, entry[i]->d_name);
		fflush(stdout);
		failed |= bad;
		free(entry[i]);
	}
	free(entry);
	return failed;
}
