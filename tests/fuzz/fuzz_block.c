// SPDX-License-Identifier: MIT
// Any bytes as a CSV file or a paste: rows are valid text whose lines go up, and whatever is taken
// for a number or a date is one.
#include "fuzz.h"

#include <plando/block.h>
#include <plando/text.h>

#include <string.h>

static void cell_holds(const char *cell)
{
	struct block_number n;
	struct block_date d;
	struct block_style style = { 0 };
	size_t digits = 0;
	HOLDS(text_valid(cell, strlen(cell), NULL));
	block_see_number(&style, cell);
	block_see_date(&style, cell);
	for (int comma = 0; comma < 2; comma++) {
		if (block_number(cell, comma, &n) != BLOCK_GOOD)
			continue;
		digits = strspn(n.text + (*n.text == '-'), "0123456789.");
		HOLDS(digits && !n.text[digits + (*n.text == '-')]);
	}
	for (int order = 0; order < 3; order++)
		if (block_date(cell, (enum block_order)order, 20000, &d) == BLOCK_GOOD)
			HOLDS(d.date >= -719162 && d.date <= 2932896);
}

static void all_rows(struct block_reader *r, struct block_bytes *b, struct block_shape shape)
{
	struct block_row row;
	struct err e = { 0 };
	unsigned line = 0;
	b->at = 0;
	block_open(r, block_more_bytes, b, shape);
	while (block_next(r, &row, &e)) {
		HOLDS(row.line > line && row.cells > 0 && row.cells <= BLOCK_CELLS);
		line = row.line;
		for (size_t i = 0; i < row.cells; i++)
			cell_holds(row.cell[i]);
	}
	block_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct block_reader *r = arena_alloc(&a, sizeof *r);
	for (int copied = 0; copied < 2; copied++) {
		struct block_bytes b = { .text = (const char *)bytes, .length = n };
		struct block_shape shape;
		struct err e = { 0 };
		if (block_look(block_more_bytes, &b, copied, &shape, &e))
			all_rows(r, &b, shape);
		else
			HOLDS(e.code != ERR_NONE);
	}
	arena_free(&a);
	return 0;
}
