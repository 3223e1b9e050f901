// SPDX-License-Identifier: MIT
// Any bytes as a file or a paste of points: refused in words, or every row is judged, what is bad
// says why, and what is saved is what was counted. The file taken in once more brings nothing.
#include "fuzz.h"
#include "store/log/store.h"
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
    struct store *s, const struct block_bytes *b, bool copied, bool named, size_t answers)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct intake_counts counts = { 0 };
	size_t counted[ENTRY_VERDICTS] = { 0 }, written = 0;
	struct intake_source source = { .name = "seed.csv", .text = b, .copied = copied };
	struct intake_target target = { .measure = named ? NULL : &measure };
	struct intake_said said = { .order = (enum block_order)(answers % 4),
		.decimal = (enum block_decimal)(answers % 3),
		.scale = (enum block_scale)(answers / 3 % 3),
		.suppressed_blank = answers % 2 };
	struct intake *in = intake_open(s, &a, &source, &target, &said, &e);
	HOLDS(in || (e.code && *e.text));
	if (in) {
		intake_suggest(in);
		if (!intake_settle(in, &e)) {
			HOLDS(e.code && *e.text);
		} else if (intake_rows(in, judged, counted, &counts, &e)) {
			counted[ENTRY_EMPTY] =
			    counts.verdict[ENTRY_EMPTY]; // of a table only counted
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
	struct block_bytes b = { .text = (const char *)bytes, .length = n };
	for (int way = 0; way < 3; way++) {
		bool copied = way == 1, named = way == 2;
		world_begin();
		struct store *s = store_twin(still, &FUZZ_ENV, &e);
		HOLDS(s);
		if (taken(s, &b, copied, named, n)) {
			HOLDS(taken(s, &b, copied, named, n) == 0);
			world_sound(s);
		}
		store_close(s);
	}
	return 0;
}
