// SPDX-License-Identifier: MIT
#include "output/chart/chart_dots.h"

#include <math.h>

bool dots_init(struct dots *d, struct arena *a, int rows, int cols)
{
	*d = (struct dots){ arena_array(a, (size_t)rows * (size_t)cols + 1, 1), rows, cols };
	return d->cell;
}

static void dot(struct dots *d, int x, int y)
{
	static const uint8_t BIT[DOTS_DOWN][DOTS_ACROSS] = { { 0x01, 0x08 }, { 0x02, 0x10 },
		{ 0x04, 0x20 }, { 0x40, 0x80 } };
	if (x < 0 || y < 0 || x >= d->cols * DOTS_ACROSS || y >= d->rows * DOTS_DOWN)
		return;
	size_t at = (size_t)(y / DOTS_DOWN) * (size_t)d->cols + (size_t)(x / DOTS_ACROSS);
	d->cell[at] |= BIT[y % DOTS_DOWN][x % DOTS_ACROSS];
}

void dots_line(struct dots *d, double x1, double y1, double x2, double y2)
{
	double long_way = fmax(fabs(x2 - x1), fabs(y2 - y1));
	int steps = (int)fmin(ceil(long_way), 10000);
	for (int i = 0; i <= steps; i++) {
		double part = steps ? (double)i / steps : 0;
		dot(d, (int)lround(x1 + part * (x2 - x1)), (int)lround(y1 + part * (y2 - y1)));
	}
}

bool dots_put(const struct dots *d, struct canvas *v, struct arena *a, int top, int left,
    enum canvas_role role)
{
	for (int row = 0; row < d->rows; row++)
		for (int col = 0; col < d->cols; col++) {
			uint8_t set = d->cell[row * d->cols + col];
			if (!set)
				continue;
			const char sign[] = { (char)0xe2, (char)(0xa0 | set >> 6),
				(char)(0x80 | (set & 0x3f)), 0 };
			const char *text = arena_strdup(a, sign);
			if (!text)
				return false;
			canvas_text(v, top + row, left + col, text, role);
		}
	return true;
}
