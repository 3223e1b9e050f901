// SPDX-License-Identifier: MIT
#include <plando/canvas.h>

#include <plando/text.h>

#include <string.h>

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };
enum { BAR_SOLID = 1, BAR_DASHED = 2 };
enum { MOST_BYTES = 255 }; // of a cluster: a longer one is no honest writing

static const char *const LINES[16] = { " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├",
	"─", "┴", "┬", "┼" };
static const char *const LINES_ASCII[16] = { " ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+",
	"+", "-", "+", "+", "+" };
static const char *const BARS[4] = { "━", "┷", "┯", "┿" }; // by what leaves up and down

bool canvas_init(struct canvas *c, struct arena *a, int rows, int cols, bool ascii, struct err *e)
{
	*c = (struct canvas){ .rows = rows, .cols = cols, .ascii = ascii };
	c->cell = arena_array(a, (size_t)rows * (size_t)cols + 1, sizeof *c->cell);
	if (!c->cell)
		return err_memory(e);
	canvas_move(c, 0, 0);
	return true;
}

void canvas_move(struct canvas *c, int top, int left)
{
	c->top = top;
	c->left = left;
	size_t count = (size_t)c->rows * (size_t)c->cols;
	memset(c->cell, 0, count * sizeof *c->cell);
	for (size_t i = 0; i < count; i++)
		c->cell[i].width = 1;
}

// The cell at a place of the drawing, or NULL.
static struct canvas_cell *canvas_cell_at(struct canvas *c, int y, int x)
{
	int row = y - c->top, col = x - c->left;
	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
		return NULL;
	return &c->cell[(size_t)row * (size_t)c->cols + (size_t)col];
}

static void canvas_set(struct canvas_cell *cell, struct canvas_cell to)
{
	if (cell)
		*cell = to;
}

// Rule 3: where a cell is drawn over, the rest of its cluster becomes blank.
static void canvas_break_cluster(struct canvas *c, int y, int x)
{
	struct canvas_cell *cell = canvas_cell_at(c, y, x);
	while (cell && cell->width == 0)
		cell = canvas_cell_at(c, y, --x);
	for (int i = cell ? cell->width : 0; i > 0; i--)
		canvas_set(canvas_cell_at(c, y, x + i - 1), (struct canvas_cell){ .width = 1 });
}

static void canvas_put(struct canvas *c, int y, int x, const struct canvas_cell *what)
{
	bool whole = true;
	for (int i = 0; i < what->width; i++) {
		whole = canvas_cell_at(c, y, x + i) && whole;
		canvas_break_cluster(c, y, x + i);
	}
	if (!whole)
		return;
	for (int i = 1; i < what->width; i++)
		canvas_set(canvas_cell_at(c, y, x + i), (struct canvas_cell){ .role = what->role });
	canvas_set(canvas_cell_at(c, y, x), *what);
}

int canvas_text_n(struct canvas *c, int y, int x, const char *text, size_t n, enum canvas_role role)
{
	int start = x;
	for (size_t at = 0, next; at < n; at = next) {
		next = text_next(text, n, at);
		int width = text_cluster_width(text, at, next);
		bool sane = next - at <= MOST_BYTES && width <= MOST_BYTES;
		struct canvas_cell cell = { .text = sane ? text + at : "?",
			.bytes = sane ? (uint8_t)(next - at) : 1,
			.width = sane ? (uint8_t)width : 1,
			.role = (uint8_t)role };
		if (width <= 0)
			continue;
		canvas_put(c, y, x, &cell);
		x += width;
	}
	return x - start;
}

int canvas_text(struct canvas *c, int y, int x, const char *text, enum canvas_role role)
{
	return canvas_text_n(c, y, x, text, strlen(text), role);
}

static void canvas_join(
    struct canvas *c, int y, int x, unsigned lines, bool dashed, enum canvas_role role)
{
	struct canvas_cell *cell = canvas_cell_at(c, y, x);
	if (!cell || cell->text || cell->width != 1)
		return;
	cell->lines = (uint8_t)(cell->lines | lines);
	if (!dashed)
		cell->solid = (uint8_t)(cell->solid | lines);
	cell->role = (uint8_t)role;
}

void canvas_across(struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role)
{
	if (y < c->top || y >= c->top + c->rows)
		return;
	for (int x = x1 > c->left ? x1 : c->left; x <= x2 && x < c->left + c->cols; x++)
		canvas_join(c, y, x, (x > x1 ? LEFT : 0u) | (x < x2 ? RIGHT : 0u), dashed, role);
}

void canvas_across_below(
    struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role)
{
	for (int x = x1 > c->left ? x1 : c->left; x <= x2 && x < c->left + c->cols; x++) {
		const struct canvas_cell *cell = canvas_cell_at(c, y, x);
		if (cell && (x == x1 || x == x2 || !(cell->lines & (UP | DOWN))))
			canvas_join(
			    c, y, x, (x > x1 ? LEFT : 0u) | (x < x2 ? RIGHT : 0u), dashed, role);
	}
}

void canvas_down(struct canvas *c, int x, int y1, int y2, bool dashed, enum canvas_role role)
{
	if (x < c->left || x >= c->left + c->cols)
		return;
	for (int y = y1 > c->top ? y1 : c->top; y <= y2 && y < c->top + c->rows; y++)
		canvas_join(c, y, x, (y > y1 ? UP : 0u) | (y < y2 ? DOWN : 0u), dashed, role);
}

void canvas_bar(struct canvas *c, int y, int x1, int x2, bool dashed, enum canvas_role role)
{
	for (int x = x1 > c->left ? x1 : c->left; x <= x2 && x < c->left + c->cols; x++) {
		struct canvas_cell *cell = canvas_cell_at(c, y, x);
		if (!cell || cell->text || cell->width != 1)
			continue;
		cell->bar = dashed ? BAR_DASHED : BAR_SOLID;
		if (!cell->lines)
			cell->role = (uint8_t)role;
	}
}

const struct canvas_cell *canvas_find(const struct canvas *c, int y, int x)
{
	int row = y - c->top, col = x - c->left;
	bool inside = row >= 0 && row < c->rows && col >= 0 && col < c->cols;
	return inside ? canvas_at(c, row, col) : NULL;
}

bool canvas_is_blank(const struct canvas *c, int y, int x)
{
	const struct canvas_cell *cell = canvas_find(c, y, x);
	return cell && cell->width == 1 && !cell->text && !cell->lines && !cell->bar;
}

const struct canvas_cell *canvas_at(const struct canvas *c, int row, int col)
{
	return &c->cell[(size_t)row * (size_t)c->cols + (size_t)col];
}

// A dashed one in ASCII has a gap in every second column.
static const char *canvas_bar_glyph(const struct canvas_cell *cell, bool ascii, int x)
{
	bool solid = cell->bar == BAR_SOLID;
	if (ascii)
		return cell->lines & (UP | DOWN) ? "+" : solid || x % 2 == 0 ? "=" : " ";
	return solid ? BARS[cell->lines & (UP | DOWN)] : "╍";
}

static const char *canvas_line_glyph(const struct canvas_cell *cell, bool ascii)
{
	bool across = (cell->lines & (UP | DOWN)) == 0, down = (cell->lines & (LEFT | RIGHT)) == 0;
	if (cell->lines && !cell->solid && across)
		return ascii ? "." : "╌";
	if (cell->lines && !cell->solid && down)
		return ascii ? ":" : "╎";
	return (ascii ? LINES_ASCII : LINES)[cell->lines & 15];
}

const char *canvas_glyph(const struct canvas *c, int row, int col, size_t *n)
{
	const struct canvas_cell *cell = canvas_at(c, row, col);
	if (cell->width == 0) {
		*n = 0;
		return NULL;
	}
	bool bar = cell->bar == BAR_SOLID || (cell->bar && !cell->lines);
	const char *glyph = cell->text ? cell->text
			    : bar      ? canvas_bar_glyph(cell, c->ascii, c->left + col)
				       : canvas_line_glyph(cell, c->ascii);
	*n = cell->text ? cell->bytes : strlen(glyph);
	return glyph;
}

static int canvas_row_end(const struct canvas *c, int row)
{
	int end = c->cols;
	while (end > 0) {
		size_t n;
		const char *glyph = canvas_glyph(c, row, end - 1, &n);
		if (!glyph || n != 1 || *glyph != ' ')
			break;
		end--;
	}
	return end;
}

void canvas_print(const struct canvas *c, struct str *out)
{
	for (int row = 0; row < c->rows; row++) {
		int end = canvas_row_end(c, row);
		for (int col = 0; col < end; col++) {
			size_t n;
			const char *glyph = canvas_glyph(c, row, col, &n);
			if (glyph)
				str_add_n(out, glyph, n);
		}
		str_add_char(out, '\n');
	}
}
