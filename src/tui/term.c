// SPDX-License-Identifier: MIT
// The only file with curses. Curses draws; keys are read from the terminal itself (keys.c), so
// that Esc is quick, a paste of a megabyte is one read after another, and no signal is lost.
#include "tui/term.h"

#include "tui/wake.h"

#include <plando/str.h>

#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { ESC_MS = 25, ROWS_MOST = 300, COLS_MOST = 1000, OWN_KEYS = 40 };

// A look: colour (-1: the terminal's own) and attributes. No dark blue, no yellow, never red
// against green; what a colour says, a word or a mark says too.
struct look {
	short colour;
	attr_t attributes;
};

static const struct look LOOKS[SCHEMES][ROLES] = {
	[SCHEME_COLOUR] = {
		[ROLE_TEXT] = { -1, A_NORMAL },
		[ROLE_DIM] = { -1, A_DIM },
		[ROLE_TITLE] = { -1, A_BOLD },
		[ROLE_HEAD] = { COLOR_CYAN, A_NORMAL },
		[ROLE_SELECTED] = { -1, A_BOLD },
		[ROLE_LABEL] = { COLOR_CYAN, A_NORMAL },
		[ROLE_HINT] = { -1, A_DIM },
		[ROLE_FIELD] = { -1, A_UNDERLINE },
		[ROLE_MARKED] = { -1, A_REVERSE },
		[ROLE_KEY] = { -1, A_BOLD },
		[ROLE_GOOD] = { COLOR_CYAN, A_BOLD },
		[ROLE_WARN] = { COLOR_MAGENTA, A_NORMAL },
		[ROLE_BAD] = { COLOR_RED, A_BOLD },
		[ROLE_AIM] = { -1, A_BOLD },
		[ROLE_PRIMARY] = { COLOR_CYAN, A_NORMAL },
		[ROLE_SECONDARY] = { COLOR_MAGENTA, A_NORMAL },
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

struct term {
	struct arena arena; // holds the term itself and the terminal's keys
	struct arena grid;  // holds arms
	struct arena scratch;
	SCREEN *screen;
	FILE *in, *out;
	bool null, ascii, colour, mouse, gone;
	enum scheme scheme;
	int rows, cols;
	int cursor_row, cursor_col;
	unsigned char
	    *arms; // of the lines in each cell; NULL: no memory for them, lines do not join
	struct key_reader keys;
	struct key_sequence own[OWN_KEYS];
	bool leaving, resized, stopping; // signals not handed on yet
	bool paste_over;		 // nothing came for a while: what is there is the paste
};

// --- starting and stopping

static const struct {
	const char *capability;
	enum special special;
} CAPABILITIES[] = {
	{ "kcuu1", K_UP },
	{ "kcud1", K_DOWN },
	{ "kcub1", K_LEFT },
	{ "kcuf1", K_RIGHT },
	{ "khome", K_HOME },
	{ "kend", K_END },
	{ "kpp", K_PGUP },
	{ "knp", K_PGDN },
	{ "kich1", K_INSERT },
	{ "kdch1", K_DELETE },
	{ "kcbt", K_BACKTAB },
	{ "kent", K_ENTER },
	{ "kf1", K_F1 },
	{ "kf2", K_F1 + 1 },
	{ "kf3", K_F1 + 2 },
	{ "kf4", K_F1 + 3 },
	{ "kf5", K_F1 + 4 },
	{ "kf6", K_F1 + 5 },
	{ "kf7", K_F1 + 6 },
	{ "kf8", K_F1 + 7 },
	{ "kf9", K_F1 + 8 },
	{ "kf10", K_F1 + 9 },
	{ "kf11", K_F1 + 10 },
	{ "kf12", K_F12 },
};

static const char *capability(const char *name)
{
	char copy[16];
	snprintf(copy, sizeof copy, "%s", name);
	const char *text = tigetstr(copy);
	return text == (const char *)-1 ? NULL : text;
}

static void own_keys(struct term *t)
{
	size_t n = 0;
	for (size_t i = 0; i < sizeof CAPABILITIES / sizeof *CAPABILITIES; i++) {
		const char *bytes = capability(CAPABILITIES[i].capability);
		// Only sequences: a plain character stays a character.
		if (bytes && bytes[0] == '\033' && bytes[1])
			t->own[n++] = (struct key_sequence){ bytes, CAPABILITIES[i].special };
	}
	t->own[n] = (struct key_sequence){ NULL, K_NONE };
	t->keys.own = t->own;
}

static void colours(struct term *t, bool mono)
{
	const char *no_color = getenv("NO_COLOR");
	t->colour = !mono && str_empty(no_color) && has_colors() && start_color() == OK &&
		    use_default_colors() == OK;
	t->scheme = t->colour ? SCHEME_COLOUR : SCHEME_MONO;
	for (short c = 0; t->colour && c < 8; c++)
		init_pair((short)(c + 1), c, -1);
}

static void say(struct term *t, const char *bytes)
{
	if (t->null)
		return;
	ssize_t written = write(fileno(t->out), bytes, strlen(bytes));
	(void)written;
}

static void modes_on(struct term *t)
{
	say(t, "\033[?2004h");
	if (t->mouse)
		say(t, "\033[?1000h\033[?1006h");
}

static const char MODES_OFF[] = "\033[?2004l\033[?1006l\033[?1000l";

static void crash_prepare(void)
{
	char reset[512];
	const char *parts[] = { capability("sgr0"), capability("cnorm"), capability("rmkx"),
		capability("rmcup") };
	int n = snprintf(reset, sizeof reset, "%s", MODES_OFF);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i] && n < (int)sizeof reset)
			n += snprintf(reset + n, sizeof reset - (size_t)n, "%s", parts[i]);
	wake_reset(reset);
}

static bool size_set(struct term *t, int rows, int cols)
{
	rows = rows < 1 ? 1 : rows > ROWS_MOST ? ROWS_MOST : rows;
	cols = cols < 1 ? 1 : cols > COLS_MOST ? COLS_MOST : cols;
	if (t->rows == rows && t->cols == cols)
		return false;
	t->rows = rows;
	t->cols = cols;
	resizeterm(rows, cols);
	arena_free(&t->grid);
	t->arms = arena_array(&t->grid, (size_t)rows, (size_t)cols);
	return true;
}

static bool size_ask(struct term *t)
{
	struct winsize size = { 0 };
	if (t->null)
		return false;
	if (ioctl(fileno(t->out), TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		return size_set(t, 24, 80);
	return size_set(t, size.ws_row, size.ws_col);
}

static bool streams_open(struct term *t, const struct term_setup *setup, struct err *e)
{
	t->null = setup->null;
	t->in = t->null ? fopen("/dev/null", "r") : stdin;
	t->out = t->null ? fopen("/dev/null", "w") : stdout;
	if (!t->in || !t->out)
		return err_errno(e, "/dev/null", "open");
	if (!t->null && (!isatty(fileno(t->in)) || !isatty(fileno(t->out))))
		return err_set(e, ERR_UNAVAILABLE,
		    "the app needs a terminal for keys and screen; for scripts see plando --help");
	return t->null || wake_start(fileno(t->out), e);
}

static bool curses_start(struct term *t, const struct term_setup *setup, struct err *e)
{
	const char *type = setup->type ? setup->type : t->null ? "xterm-256color" : getenv("TERM");
	use_env(FALSE);
	set_escdelay(ESC_MS);
	if (!str_empty(type))
		t->screen = newterm(type, t->out, t->in);
	if (!t->screen)
		return err_set(e, ERR_UNAVAILABLE,
		    "the terminal type “%s” is not known on this computer; try TERM=xterm plando …",
		    str_empty(type) ? "" : type);
	if (!capability("cup") || !capability("clear"))
		return err_set(e, ERR_UNAVAILABLE,
		    "a terminal of type “%s” cannot place text; use another, or plando --help",
		    type);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	typeahead(-1);
	curs_set(1);
	colours(t, setup->mono);
	return true;
}

struct term *term_start(const struct term_setup *setup, struct err *e)
{
	struct arena arena = { 0 };
	struct term *t = arena_alloc(&arena, sizeof *t);
	if (!t) {
		err_memory(e);
		return NULL;
	}
	t->arena = arena;
	t->mouse = setup->mouse;
	t->ascii = setup->ascii || !str_equal(nl_langinfo(CODESET), "UTF-8");
	if (!streams_open(t, setup, e) || !curses_start(t, setup, e)) {
		term_stop(t);
		return NULL;
	}
	if (t->null) {
		size_set(t, setup->rows, setup->cols);
		return t;
	}
	own_keys(t);
	crash_prepare();
	size_ask(t);
	modes_on(t);
	return t;
}

void term_stop(struct term *t)
{
	if (!t)
		return;
	if (t->screen) {
		say(t, MODES_OFF);
		endwin();
		delscreen(t->screen);
	}
	if (t->null && t->in)
		fclose(t->in);
	if (t->null && t->out)
		fclose(t->out);
	if (!t->null && wake_fd() >= 0)
		wake_stop();
	key_reader_free(&t->keys);
	arena_free(&t->grid);
	arena_free(&t->scratch);
	struct arena arena = t->arena;
	arena_free(&arena);
}

bool term_is_ascii(const struct term *t)
{
	return t->ascii;
}

enum scheme term_scheme(const struct term *t)
{
	return t->scheme;
}

void term_set_scheme(struct term *t, enum scheme scheme)
{
	if (scheme != SCHEME_COLOUR || t->colour)
		t->scheme = scheme;
}

void term_resize(struct term *t, int rows, int cols)
{
	if (t->null)
		size_set(t, rows, cols);
}

void term_set_mouse(struct term *t, bool on)
{
	if (t->mouse && !on)
		say(t, "\033[?1006l\033[?1000l");
	t->mouse = on;
	if (on)
		modes_on(t);
}

bool term_mouse(const struct term *t)
{
	return t->mouse;
}

void term_leave(struct term *t)
{
	say(t, MODES_OFF);
	if (!t->null)
		endwin();
}

void term_return(struct term *t)
{
	if (t->null)
		return;
	clearok(curscr, TRUE);
	refresh();
	modes_on(t);
	t->resized |= size_ask(t);
}

void term_suspend(struct term *t)
{
	if (t->null)
		return;
	term_leave(t);
	wake_suspend();
	term_return(t);
}

void term_redraw(struct term *t)
{
	(void)t;
	clearok(curscr, TRUE);
}

// --- keys

static void signals_take(struct term *t)
{
	struct wake wake = wake_take();
	t->leaving |= wake.leave;
	t->stopping |= wake.stop;
	if (wake.resize)
		t->resized |= size_ask(t);
}

static bool readable(struct term *t, int ms)
{
	struct pollfd fds[2] = { { .fd = fileno(t->in), .events = POLLIN },
		{ .fd = wake_fd(), .events = POLLIN } };
	if (t->gone)
		fds[0].fd = -1;
	return poll(fds, 2, ms) > 0;
}

bool term_idle(struct term *t)
{
	return !t->null && !t->leaving && !t->stopping && !t->resized && !t->keys.pasting &&
	       !readable(t, 0);
}

bool term_wait(struct term *t, int ms)
{
	if (t->null)
		return false;
	if (t->leaving || t->stopping || t->resized || readable(t, ms))
		return true;
	// A paste whose end mark got lost must not hold the keyboard for ever.
	t->paste_over = t->keys.pasting;
	return t->paste_over;
}

// True: something came.
static bool bytes_read(struct term *t, int ms)
{
	struct pollfd fd = { .fd = fileno(t->in), .events = POLLIN };
	unsigned char bytes[4096];
	size_t room = key_reader_room(&t->keys);
	if (t->gone || room == 0 || poll(&fd, 1, ms) <= 0)
		return false;
	ssize_t n = read(fd.fd, bytes, room < sizeof bytes ? room : sizeof bytes);
	if (n > 0)
		key_reader_add(&t->keys, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		t->gone = t->leaving = true;
	return n > 0;
}

static bool signal_key(struct term *t, struct key *key)
{
	bool *const told[] = { &t->leaving, &t->stopping, &t->resized };
	const enum key_type types[] = { PRESS_LEAVE, PRESS_STOP, PRESS_RESIZE };
	for (size_t i = 0; i < 3; i++)
		if (*told[i]) {
			*told[i] = false;
			*key = (struct key){ .type = types[i] };
			return true;
		}
	return false;
}

bool term_read(struct term *t, struct key *key)
{
	if (t->null)
		return false;
	for (;;) {
		signals_take(t);
		if (signal_key(t, key) || key_reader_next(&t->keys, false, key))
			return true;
		bool pasting = t->keys.pasting, waiting = t->keys.start < t->keys.end;
		if (bytes_read(t, waiting && !pasting ? ESC_MS : 0) || t->leaving)
			continue;
		if (pasting ? !t->paste_over : !waiting)
			return false;
		t->paste_over = false;
		return key_reader_next(&t->keys, true, key);
	}
}

// --- drawing

static attr_t look_attributes(const struct term *t, enum role role)
{
	return LOOKS[t->scheme][role].attributes;
}

static short look_pair(const struct term *t, enum role role)
{
	short colour = LOOKS[t->scheme][role].colour;
	return t->scheme == SCHEME_COLOUR && colour > 0 ? (short)(colour + 1) : 0;
}

struct area term_begin(struct term *t)
{
	erase();
	if (t->arms)
		memset(t->arms, 0, (size_t)t->rows * (size_t)t->cols);
	t->cursor_row = t->cursor_col = 0;
	return (struct area){ .rows = t->rows, .cols = t->cols };
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

static bool plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return false;
	return true;
}

static int cell_put(int row, int col, const wchar_t *wide)
{
	cchar_t cell;
	if (*wide && setcchar(&cell, wide, WA_NORMAL, 0, NULL) == OK)
		mvadd_wch(row, col, &cell);
	return *wide ? wcwidth(*wide) : 0;
}

// One cluster, every printing character in a cell of its own with what combines with it. Joiners
// and variation selectors are left out: terminals disagree about the width that they make, so a
// family of emoji stands as its members.
static void cluster_put(int row, int col, const char *text, size_t n)
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
			col += cell_put(row, col, wide);
			memset(wide, 0, sizeof wide);
			count = 0;
		} else if (count == 0 || wcwidth(c) < 0) {
			continue;
		}
		if (count < CCHARW_MAX - 1)
			wide[count++] = c;
	}
	cell_put(row, col, wide);
}

// Safe text from col on; only what lies in [from, to).
static int clusters_put(int row, int col, int from, int to, const char *text, size_t n)
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
			cluster_put(row, x, text + at, end - at);
		x += width;
		at = end;
	}
	return x - col;
}

static int put(struct term *t, int row, int col, int width, enum role role, const char *text,
    size_t n, bool sign)
{
	if (row < 0 || row >= t->rows || width <= 0 || col >= t->cols || n == 0)
		return 0;
	int to = width < t->cols - col ? col + width : t->cols;
	int from = col < 0 ? 0 : col;
	if (to <= from)
		return 0;
	attr_set(look_attributes(t, role), look_pair(t, role), NULL);
	int used;
	if (plain(text, n) && n <= (size_t)(to - col) && col >= 0) {
		mvaddnstr(row, col, text, (int)n);
		used = (int)n;
	} else {
		int limit = to;
		bool cut = sign && text_width(text, n) > to - col;
		if (cut)
			limit--;
		used = clusters_put(row, col, from, limit, text, n);
		if (cut)
			used += clusters_put(row, col + used, from, to, t->ascii ? "~" : "…",
			    t->ascii ? 1 : strlen("…"));
	}
	attr_set(A_NORMAL, 0, NULL);
	return used;
}

static const char *made_safe(struct term *t, const char *text)
{
	if (plain(text, strlen(text)))
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
	const char *safe = made_safe(t, text);
	int used = put(t, row, col, width, role, safe, strlen(safe), true);
	arena_release(&t->scratch, mark);
	return used;
}

int term_put_n(
    struct term *t, int row, int col, int width, enum role role, const char *text, size_t n)
{
	struct arena_mark mark = arena_mark(&t->scratch);
	const char *part = arena_copy(&t->scratch, text, n);
	const char *safe = part ? made_safe(t, part) : "";
	int used = put(t, row, col, width, role, safe, strlen(safe), false);
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
	const char *safe = made_safe(t, text);
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
	mvchgat(row, col, width < most ? width : most, look_attributes(t, role), look_pair(t, role),
	    NULL);
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
	attr_set(look_attributes(t, role), look_pair(t, role), NULL);
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
