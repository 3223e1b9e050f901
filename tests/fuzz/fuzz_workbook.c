// SPDX-License-Identifier: MIT
// Any bytes as changes to the file of a good workbook: each of them is a place (three bytes), a
// length (one; 0 cuts the file there) and what is to stand there. It is opened, merged and
// recovered: refused in words, or what comes out is sound; the file itself is not written to.
#include "fuzz.h"
#include "store/log/store.h"
#include "world.h"

#include <plando/merge.h>
#include <plando/recover.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/dev/shm/plando-fuzz-XXXXXX", spoilt[64], saved[64];
static uint8_t *good, *bytes;
static size_t good_size;
static struct store *mine; // the workbook as it was before theirs went on

static void folder_remove(void)
{
	unlink(spoilt);
	unlink(saved);
	rmdir(folder);
}

static uint8_t *file_bytes(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	HOLDS(f && fseek(f, 0, SEEK_END) == 0);
	*n = (size_t)ftell(f);
	rewind(f);
	uint8_t *out = malloc(*n + 1);
	HOLDS(out && fread(out, 1, *n, f) == *n);
	fclose(f);
	return out;
}

static void prepare(void)
{
	struct err e = { 0 };
	HOLDS(mkdtemp(folder) != NULL);
	atexit(folder_remove);
	snprintf(spoilt, sizeof spoilt, "%s/spoilt.plando", folder);
	snprintf(saved, sizeof saved, "%s/saved.plando", folder);
	world_begin();
	struct store *s = world_store();
	struct id team = world_put(s, "team", "name", "North", NULL);
	HOLDS((mine = store_twin(s, &FUZZ_ENV, &e)) != NULL);
	for (int i = 0; i < 20; i++)
		world_put(
		    s, i % 2 ? "pdsa" : "driver", "note", "Ring families the day before", &team);
	HOLDS(store_copy(s, spoilt, &e));
	store_close(s);
	good = file_bytes(spoilt, &good_size);
	bytes = malloc(good_size);
	HOLDS(bytes);
}

static size_t spoil(const uint8_t *edit, size_t n)
{
	size_t size = good_size;
	memcpy(bytes, good, good_size);
	while (n >= 4) {
		size_t at = ((size_t)edit[0] << 16 | (size_t)edit[1] << 8 | edit[2]) % good_size;
		size_t length = edit[3] % 32u;
		edit += 4;
		n -= 4;
		if (length == 0)
			size = at;
		length = length < n ? length : n;
		length = length < good_size - at ? length : good_size - at;
		memcpy(bytes + at, edit, length);
		edit += length;
		n -= length;
	}
	return size;
}

static void write_spoilt(size_t size)
{
	FILE *f = fopen(spoilt, "wb");
	HOLDS(f && fwrite(bytes, 1, size, f) == size && fclose(f) == 0);
}

static void opened(void)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct store_facts facts;
	struct store_problems p;
	struct records all;
	struct store *s = store_open(spoilt, STORE_READ, &FUZZ_ENV, &e);
	HOLDS(s || (e.code && *e.text));
	if (s) {
		HOLDS(store_facts(s, &facts, &e) || *e.text);
		e = (struct err){ 0 };
		HOLDS(record_list(s, &a, "pdsa", NULL, &all, &e) || *e.text);
		e = (struct err){ 0 };
		HOLDS(store_check(s, &a, &p, &e) || *e.text);
	}
	store_close(s);
	arena_free(&a);
}

static void merged(void)
{
	struct err e = { 0 };
	struct merge_report r;
	struct store *s = store_twin(mine, &FUZZ_ENV, &e);
	HOLDS(s);
	HOLDS(merge_file(s, spoilt, false, &r, &e) || (e.code && *e.text));
	world_sound(s);
	store_close(s);
}

static void recovered(void)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct recover_report r;
	if (store_recover(&FUZZ_ENV, &a, spoilt, saved, &r, &e)) {
		struct store *s = store_open(saved, STORE_READ, &FUZZ_ENV, &e);
		HOLDS(s);
		world_sound(s);
		store_close(s);
		unlink(saved);
	} else {
		HOLDS(e.code && *e.text);
	}
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *edit, size_t n)
{
	size_t after;
	if (!good)
		prepare();
	world_begin();
	size_t size = spoil(edit, n);
	write_spoilt(size);
	opened();
	merged();
	recovered();
	uint8_t *now = file_bytes(spoilt, &after);
	HOLDS(after == size && memcmp(now, bytes, size) == 0);
	free(now);
	return 0;
}
