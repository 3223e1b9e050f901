// SPDX-License-Identifier: MIT
// A frame: looks of roles, text cell by cell, lines that join.
#include "tui/term/term_parts.h"

#include <plando/str.h>

#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>

#include <string.h>
#include <wchar.h>

// Of the colours that every terminal of 256 has alike these are the ones that stand out from white
// and from black by 4.5 to 1 or more (WCAG 2.2, 1.4.3); none of the eight of old does, in any
// terminal's own shade. Where there are fewer than 256, attributes alone tell roles apart.
enum { TEAL = 29, RED = 131, MAGENTA = 163, GREY = 243 };
static const short COLOURS[] = { TEAL, RED, MAGENTA, GREY };

// A look: colour (-1: the terminal's own) and attributes. No dark blue, no yellow, never red
// against green; what a colour says, a word or a mark says too.
struct look {
	short colour;
	attr_t attributes;
};

static const struct look LOOKS[SCHEMES][ROLES] = {
	[SCHEME_COLOUR] = {
		[ROLE_TEXT] = { -1, A_NORMAL },
		[ROLE_DIM] = { GREY, A_NORMAL },
		[ROLE_TITLE] = { -1, A_BOLD },
		[ROLE_HEAD] = { TEAL, A_NORMAL },
		[ROLE_SELECTED] = { -1, A_BOLD },
		[ROLE_LABEL] = { TEAL, A_NORMAL },
		[ROLE_HINT] = { GREY, A_NORMAL },
		[ROLE_FIELD] = { -1, A_UNDERLINE },
		[ROLE_MARKED] = { -1, A_REVERSE },
		[ROLE_KEY] = { -1, A_BOLD },
		[ROLE_GOOD] = { TEAL, A_BOLD },
		[ROLE_WARN] = { MAGENTA, A_NORMAL },
		[ROLE_BAD] = { RED, A_BOLD },
		[ROLE_AIM] = { -1, A_BOLD },
		[ROLE_PRIMARY] = { TEAL, A_NORMAL },
		[ROLE_SECONDARY] = { MAGENTA, A_NORMAL },
		[ROLE_IDEA] = { -1, A_NORMAL },
	},
	[SCHEME_MONO] = {
		[ROLE_DIM] = { -1, A_DIM },
		[ROLE_TITLE] = { -1, A_BOLD },
		[ROLE_SELECTED] = { -1, A_BOLD },
		[ROLE_HINT] = { -1, A_DIM },
		[ROLE_FIELD] = { -1, A_UNDERLINE },
		[ROLE_MARKED] = { -1, A_REVERSE },
		[ROLE_KEY] = { -1, A_BOLD },
		[ROLE_GOOD] = { -1, A_BOLD },
		[ROLE_BAD] = { -1, A_BOLD },
		[ROLE_AIM] = { -1, A_BOLD },
	},
	[SCHEME_CONTRAST] = {
		[ROLE_TITLE] = { -1, A_BOLD | A_REVERSE },
		[ROLE_HEAD] = { -1, A_BOLD },
		[ROLE_SELECTED] = { -1, A_BOLD | A_REVERSE },
		[ROLE_FIELD] = { -1, A_UNDERLINE },
		[ROLE_MARKED] = { -1, A_REVERSE },
		[ROLE_KEY] = { -1, A_BOLD },
		[ROLE_GOOD] = { -1, A_BOLD },
		[ROLE_WARN] = { -1, A_BOLD },
		[ROLE_BAD] = { -1, A_BOLD | A_REVERSE },
		[ROLE_AIM] = { -1, A_BOLD },
		[ROLE_PRIMARY] = { -1, A_BOLD },
	},
};

short term_role_colour(enum scheme scheme, enum role role)
{
	return scheme == SCHEME_COLOUR ? LOOKS[scheme][role].colour : -1;
}

bool term_colours_begin(void)
{
	if (COLORS < 256)
		return false;
	for (size_t i = 0; i < sizeof COLOURS / sizeof *COLOURS; i++)
		init_pair((short)(i + 1), COLOURS[i], -1);
	return true;
}

static attr_t term_draw_look_attributes(const struct term *t, enum role role)
{
	return LOOKS[t->scheme][role].attributes;
}

static short term_draw_look_pair(const struct term *t, enum role role)
{
	short colour = term_role_colour(t->scheme, role), pair = 0;
	for (size_t i = 0; i < sizeof COLOURS / sizeof *COLOURS; i++)
		if (COLOURS[i] == colour)
			pair = (short)(i + 1);
	return pair;
}

struct area term_whole(const struct term *t)
{
	return (struct area){ .rows = t->rows, .cols = t->cols };
}

struct area term_begin(struct term *t)
{
	erase();
	if (t->arms)
		memset(t->arms, 0, (size_t)t->rows * (size_t)t->cols);
	t->cursor_row = t->cursor_col = 0;
	return term_whole(t);
}

void term_end(struct term *t)
{
	move(t->cursor_row, t->cursor_col);
	refresh();
}

void term_cursor(struct term *t, int row, int col)
{
	t->cursor_row = row < 0 ? 0 : row >= t->rows ? t->rows - 1 : row;
	t->cursor_col = col < 0 ? 0 : col >= t->cols ? t->cols - 1 : col;
}

static bool term_draw_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return true;
}

static int term_draw_cell_put(int row, int col, const wchar_t *wide)
{
	cchar_t cell;
	if (*wide && setcchar(&cell, wide, WA_NORMAL, 0, NULL) == OK)
		mvadd_wch(row, col, &cell);
	return *wide ? wcwidth(*wide) : 0;
}

// One cluster, every printing character in a cell of its own with what combines with it. Joiners
// and variation selectors are left out: terminals disagree about the width that they make, so a
// family of emoji stands as its members.
static void term_draw_cluster_put(int row, int col, const char *text, size_t n)
{
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	size_t count = 0;
	mbstate_t state = { 0 };
	while (n > 0) {
		wchar_t c;
		size_t used = mbrtowc(&c, text, n, &state);
		if (used == 0 || used > n)
			break;
		text += used;
		n -= used;
		if (c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f))
			continue;
		if (wcwidth(c) > 0) {
			col += term_draw_cell_put(row, col, wide);
			memset(wide, 0, sizeof wide);
			count = 0;
		} else if (count == 0 || wcwidth(c) < 0) {
			continue;
		}
		if (count < CCHARW_MAX - 1)
			wide[count++] = c;
	}
	term_draw_cell_put(row, col, wide);
}

// Safe text from col on; only what lies in [from, to).
static int term_draw_clusters_put(int row, int col, int from, int to, const char *text, size_t n)
{
	int x = col;
	for (size_t at = 0; at < n && x < to;) {
		size_t end = text_next(text, n, at);
		int width = text_cluster_width(text, at, end);
		if (x + width > to)
			break;
		if (x >= from && end == at + 1 && (unsigned char)text[at] < 0x80)
			mvaddch(row, x, (chtype)(unsigned char)text[at]);
		else if (x >= from && width > 0)
			term_draw_cluster_put(row, x, text + at, end - at);
		x += width;
		at = end;
	}
	return x - col;
}

static int term_draw_put(struct term *t, int row, int col, int width, enum role role,
    const char *text, size_t n, bool sign)
{
	if (row < 0 || row >= t->rows || width <= 0 || col >= t->cols || n == 0)
		return 0;
	int to = width < t->cols - col ? col + width : t->cols;
	int from = col < 0 ? 0 : col;
	if (to <= from)
		return 0;
	attr_set(term_draw_look_attributes(t, role), term_draw_look_pair(t, role), NULL);
	int used;
	if (term_draw_plain(text, n) && n <= (size_t)(to - col) && col >= 0) {
		mvaddnstr(row, col, text, (int)n);
		used = (int)n;
	} else {
		int limit = to;
		bool cut = sign && text_width(text, n) > to - col;
		if (cut)
			limit--;
		used = term_draw_clusters_put(row, col, from, limit, text, n);
		if (cut)
			used += term_draw_clusters_put(row, col + used, from, to,
			    t->ascii ? "~" : "…", t->ascii ? 1 : strlen("…"));
	}
	attr_set(A_NORMAL, 0, NULL);
	return used;
}

static const char *term_draw_made_safe(struct term *t, const char *text)
{
	if (term_draw_plain(text, strlen(text)))
		return text;
	const char *safe = text_safe(&t->scratch, text, false);
	if (safe && t->ascii)
		safe = text_ascii(&t->scratch, safe);
	return safe ? safe : "?";
}

int term_put(struct term *t, int row, int col, int width, enum role role, const char *text)
{
	if (!text)
		return 0;
	struct arena_mark mark = arena_mark(&t->scratch);
	const char *safe = term_draw_made_safe(t, text);
	int used = term_draw_put(t, row, col, width, role, safe, strlen(safe), true);
	arena_release(&t->scratch, mark);
	return used;
}

int term_put_n(
    struct term *t, int row, int col, int width, enum role role, const char *text, size_t n)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	const char *part = arena_copy(&t->scratch, text, n);
	const char *safe = part ? term_draw_made_safe(t, part) : "";
	int used = term_draw_put(t, row, col, width, role, safe, strlen(safe), false);
	arena_release(&t->scratch, mark);
	return used;
}

int term_printf(struct term *t, int row, int col, int width, enum role role, const char *fmt, ...)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	va_list ap;
	va_start(ap, fmt);
	const char *text = arena_vprintf(&t->scratch, fmt, ap);
	va_end(ap);
	int used = text ? term_put(t, row, col, width, role, text) : 0;
	arena_release(&t->scratch, mark);
	return used;
}

int term_width(struct term *t, const char *text)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	const char *safe = term_draw_made_safe(t, text);
	int width = text_width(safe, strlen(safe));
	arena_release(&t->scratch, mark);
	return width;
}

int term_put_right(struct term *t, int row, int col, int width, enum role role, const char *text)
{
	int wide = term_width(t, text);
	int at = wide < width ? col + width - wide : col;
	term_put(t, row, at, width - (at - col), role, text);
	return at;
}

void term_paint(struct term *t, int row, int col, int width, enum role role)
{
	if (row < 0 || row >= t->rows || col < 0 || col >= t->cols || width <= 0)
		return;
	int most = t->cols - col;
	mvchgat(row, col, width < most ? width : most, term_draw_look_attributes(t, role),
	    term_draw_look_pair(t, role), NULL);
}

// By arms: up 1, down 2, left 4, right 8.
static const wchar_t JOINS[] = L" │││─┘┐┤─└┌├─┴┬┼";
static const char ASCII_JOINS[] = " |||-++|-++|-+++";

void term_line(struct term *t, int row, int col, unsigned arms, enum role role)
{
	if (row < 0 || row >= t->rows || col < 0 || col >= t->cols)
		return;
	bool weak = arms & ARM_WEAK;
	arms &= 15;
	if (t->arms) {
		unsigned char *held = &t->arms[(size_t)row * (size_t)t->cols + (size_t)col];
		weak = weak && (*held == 0 || (*held & ARM_WEAK));
		arms |= *held & 15U;
		*held = (unsigned char)(arms | (weak ? ARM_WEAK : 0));
	}
	bool across = arms != 0 && !(arms & (ARM_UP | ARM_DOWN));
	bool down = arms != 0 && !(arms & (ARM_LEFT | ARM_RIGHT));
	wchar_t wide[2] = { JOINS[arms], 0 };
	if (weak && (across || down))
		wide[0] = across ? L'╌' : L'╎';
	attr_set(term_draw_look_attributes(t, role), term_draw_look_pair(t, role), NULL);
	cchar_t cell;
	if (t->ascii)
		mvaddch(row, col, (chtype)(weak && across ? '.' : ASCII_JOINS[arms]));
	else if (setcchar(&cell, wide, WA_NORMAL, 0, NULL) == OK)
		mvadd_wch(row, col, &cell);
	attr_set(A_NORMAL, 0, NULL);
}

void term_rule(struct term *t, int row, int col, int width)
{
	for (int i = 0; i < width; i++)
		term_line(t, row, col + i, ARM_LEFT | ARM_RIGHT, ROLE_DIM);
}
