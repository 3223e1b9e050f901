// SPDX-License-Identifier: MIT
// What the files of the intake share: intake.c opens and maps, intake_rows.c reads and saves.
#ifndef PLANDO_METHOD_INTAKE_H
#define PLANDO_METHOD_INTAKE_H

#include <plando/intake.h>

enum { INTAKE_SAMPLE = 200, INTAKE_COLUMNS = 64, INTAKE_MEASURES = 4096 };

struct intake_measure {
	const char *ref; // as it stands in the file, "" = the one of the whole intake
	struct measure measure;
	bool found, some; // some: there are points of it already
	const char *why;  // not found
};

struct intake {
	struct store *store;
	struct arena *arena;
	const char *name;
	struct block_bytes text;
	FILE *in;
	bool copied, headed;
	struct block_shape shape;
	struct block_reader *reader;
	struct intake_column column[INTAKE_COLUMNS];
	size_t columns;
	const char *sample[INTAKE_SAMPLE][INTAKE_COLUMNS];
	size_t samples;
	size_t rows;
	struct block_style style[2]; // of dates, of numbers
	enum block_order order, said;
	struct intake_measure *measure;
	size_t measures, measure_cap;
	const struct intake_place *place;
	size_t places;
};

bool intake_rewind(struct intake *in, struct err *e);
// The measure of a row by what stands in its columns; never NULL but for lack of memory.
struct intake_measure *intake_measure_of(struct intake *in, const char *team, const char *ref);
// The column of a field; columns where there is none.
size_t intake_find(const struct intake *in, int field);
// One row's cell of a field, "" where it has none.
const char *intake_cell(const struct intake *in, const struct block_row *row, int field);

#endif
