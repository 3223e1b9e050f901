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
	struct block_numbers numbers = { 0 };
	struct block_dates dates = { 0 };
	size_t digits = 0;
	HOLDS(text_valid(cell, strlen(cell), NULL));
	block_see_number(&numbers, cell, (enum block_holds)(strlen(cell) % 3));
	block_see_date(&dates, cell, 1, 20000);
	HOLDS(block_order(&dates, 31) <= BLOCK_ORDER_TORN);
	for (int decimal = 0; decimal <= BLOCK_DECIMAL_TORN; decimal++) {
		enum block_got got = block_number(cell, (enum block_decimal)decimal, &n);
		HOLDS((got == BLOCK_BAD) == (n.why != NULL));
		if (got != BLOCK_GOOD)
			continue;
		digits = strspn(n.text + (*n.text == '-'), "0123456789.");
		HOLDS(digits && !n.text[digits + (*n.text == '-')]);
	}
	for (int order = 0; order <= BLOCK_ORDER_TORN; order++) {
		struct block_reading reading = { .order = (enum block_order)order, .today = 20000 };
		if (block_date(cell, &reading, &d) == BLOCK_GOOD)
			HOLDS(d.date >= -62091 && d.date <= 20000 + 366);
	}
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
