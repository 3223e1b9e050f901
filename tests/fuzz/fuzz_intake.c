// SPDX-License-Identifier: MIT
// Any bytes as a file or a paste of points: refused in words, or every row is judged, what is bad
// says why, and what is saved is what was counted. The file taken in once more brings nothing.
#include "fuzz.h"
#include "store/store.h"
#include "world.h"

#include <plando/intake.h>
#include <plando/text.h>

#include <string.h>

static struct store *still; // no bytes change it: what is saved goes into a twin
static struct id measure;

static void prepare(void)
{
	world_begin();
	still = world_store();
	struct id team = world_put(still, "team", "name", "North", NULL);
	measure = world_put(still, "measure", "name", "DNA rate", &team);
}

static bool judged(void *context, const struct intake_row *row, size_t done, size_t rows)
{
	size_t *counted = context;
	HOLDS(row->verdict < ENTRY_VERDICTS && done <= rows);
	HOLDS((row->verdict == ENTRY_BAD) == (row->why != NULL));
	for (int i = 0; i < ENTRY_FIELDS; i++)
		HOLDS(!row->field[i] || text_valid(row->field[i], strlen(row->field[i]), NULL));
	counted[row->verdict]++;
	return true;
}

// Saves where all is clear; says how much was written.
static size_t taken(
    struct store *s, const char *text, size_t n, bool copied, enum block_order order)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct block_bytes b = { .text = text, .length = n };
	struct intake_counts counts = { 0 };
	size_t counted[ENTRY_VERDICTS] = { 0 }, written = 0;
	struct intake *in = intake_open(s, &a, "seed.csv", &b, NULL, copied, &measure, &e);
	HOLDS(in || (e.code && *e.text));
	if (in) {
		intake_suggest(in);
		intake_set_order(in, order);
		if (!intake_settle(in, &e)) {
			HOLDS(e.code && *e.text);
		} else if (intake_rows(in, judged, counted, &counts, &e)) {
			HOLDS(memcmp(counted, counts.verdict, sizeof counted) == 0);
			if (!intake_save(in, true, NULL, NULL, &written, &e))
				HOLDS(e.code && *e.text && written == 0);
		} else {
			HOLDS(e.code && *e.text);
		}
	}
	intake_close(in);
	arena_free(&a);
	return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct err e = { 0 };
	if (!still)
		prepare();
	for (int copied = 0; copied < 2; copied++) {
		world_begin();
		struct store *s = store_twin(still, &FUZZ_ENV, &e);
		HOLDS(s);
		enum block_order order = (enum block_order)(n % 3);
		if (taken(s, (const char *)bytes, n, copied, order)) {
			HOLDS(taken(s, (const char *)bytes, n, copied, order) == 0);
			world_sound(s);
		}
		store_close(s);
	}
	return 0;
}
