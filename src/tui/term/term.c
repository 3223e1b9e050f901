// SPDX-License-Identifier: MIT
// Starting and stopping the terminal, and giving it back for a while.
#include "tui/term/term_parts.h"

#include "tui/term/wake.h"

#include <plando/str.h>

#include <curses.h>

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { ROWS_MOST = 300, COLS_MOST = 1000 };

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

static const char *term_capability(const char *name)
{
	char copy[16];
	snprintf(copy, sizeof copy, "%s", name);
	const char *text = tigetstr(copy);
	return text == (const char *)-1 ? NULL : text;
}

static void term_own_keys(struct term *t)
{
	size_t n = 0;
	for (size_t i = 0; i < sizeof CAPABILITIES / sizeof *CAPABILITIES; i++) {
		const char *bytes = term_capability(CAPABILITIES[i].capability);
		// Only sequences: a plain character stays a character.
		if (bytes && bytes[0] == '\033' && bytes[1])
			t->own[n++] = (struct key_sequence){ bytes, CAPABILITIES[i].special };
	}
	t->own[n] = (struct key_sequence){ NULL, K_NONE };
	t->keys.own = t->own;
}

static void term_colours(struct term *t, bool mono)
{
	const char *no_color = getenv("NO_COLOR");
	t->colour = !mono && str_empty(no_color) && has_colors() && start_color() == OK &&
		    use_default_colors() == OK && term_colours_begin();
	t->scheme = t->colour ? SCHEME_COLOUR : SCHEME_MONO;
}

static void term_say(struct term *t, const char *bytes)
{
	if (t->null)
		return;
	ssize_t written = write(fileno(t->out), bytes, strlen(bytes));
	(void)written;
}

static void term_modes_on(struct term *t)
{
	term_say(t, "\033[?2004h");
	if (t->mouse)
		term_say(t, "\033[?1000h\033[?1006h");
}

static const char MODES_OFF[] = "\033[?2004l\033[?1006l\033[?1000l";

static void term_crash_prepare(void)
{
	char reset[512];
	const char *parts[] = { term_capability("sgr0"), term_capability("cnorm"),
		term_capability("rmkx"), term_capability("rmcup") };
	int n = snprintf(reset, sizeof reset, "%s", MODES_OFF);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i] && n < (int)sizeof reset)
			n += snprintf(reset + n, sizeof reset - (size_t)n, "%s", parts[i]);
	wake_reset(reset);
}

static bool term_size_set(struct term *t, int rows, int cols)
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

bool term_size_ask(struct term *t)
{
	struct winsize size = { 0 };
	if (t->null)
		return false;
	if (ioctl(fileno(t->out), TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		return term_size_set(t, 24, 80);
	return term_size_set(t, size.ws_row, size.ws_col);
}

static bool term_streams_open(struct term *t, const struct term_setup *setup, struct err *e)
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

// ESCDELAY, as in other programs of the terminal: milliseconds.
static int term_esc_delay(void)
{
	const char *wish = getenv("ESCDELAY");
	char *end;
	if (!wish)
		return ESC_MS;
	long ms = strtol(wish, &end, 10);
	return ms <= 0 || *end ? ESC_MS : ms > ESC_MS_MOST ? ESC_MS_MOST : (int)ms;
}

// The locale's charset where it is neither UTF-8 nor (in the C locale) unknown: then UTF-8 is more
// likely than anything else.
static bool term_charset_local(const char *codeset)
{
	return !str_equal(codeset, "UTF-8") && !str_equal(codeset, "ANSI_X3.4-1968");
}

static bool term_curses_start(struct term *t, const struct term_setup *setup, struct err *e)
{
	const char *type = setup->type ? setup->type : t->null ? "xterm-256color" : getenv("TERM");
	// Sizes come from the terminal itself; an environment's may be of another window, or
	// hostile. Not use_env(FALSE): with it, types that name no size (linux, putty, cygwin) do
	// not start.
	unsetenv("LINES");
	unsetenv("COLUMNS");
	use_env(TRUE);
	set_escdelay(t->esc_ms);
	if (!str_empty(type))
		t->screen = newterm(type, t->out, t->in);
	if (!t->screen)
		return err_set(e, ERR_UNAVAILABLE,
		    "the terminal type “%s” is not known on this computer; try TERM=xterm plando …",
		    str_empty(type) ? "" : type);
	if (!term_capability("cup") || !term_capability("clear"))
		return err_set(e, ERR_UNAVAILABLE,
		    "a terminal of type “%s” cannot place text; use another, or plando --help",
		    type);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	typeahead(-1);
	curs_set(1);
	term_colours(t, setup->mono);
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
	t->keys.local = term_charset_local(nl_langinfo(CODESET));
	t->esc_ms = term_esc_delay();
	if (!term_streams_open(t, setup, e) || !term_curses_start(t, setup, e)) {
		term_stop(t);
		return NULL;
	}
	if (t->null) {
		term_size_set(t, setup->rows, setup->cols);
		return t;
	}
	term_own_keys(t);
	term_crash_prepare();
	term_size_ask(t);
	term_modes_on(t);
	return t;
}

void term_stop(struct term *t)
{
	if (!t)
		return;
	if (t->screen) {
		term_say(t, MODES_OFF);
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
		term_size_set(t, rows, cols);
}

void term_set_mouse(struct term *t, bool on)
{
	if (t->mouse && !on)
		term_say(t, "\033[?1006l\033[?1000l");
	t->mouse = on;
	if (on)
		term_modes_on(t);
}

bool term_mouse(const struct term *t)
{
	return t->mouse;
}

void term_leave(struct term *t)
{
	term_say(t, MODES_OFF);
	if (!t->null)
		endwin();
}

void term_return(struct term *t)
{
	if (t->null)
		return;
	clearok(curscr, TRUE);
	refresh();
	term_modes_on(t);
	t->resized |= term_size_ask(t);
}

void term_flush(struct term *t)
{
	if (!t->null)
		tcflush(fileno(t->in), TCIFLUSH);
	key_reader_drop(&t->keys);
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
