// SPDX-License-Identifier: MIT
#include "real.h"

#include "tui/tui.h"

#include <plando/str.h>

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 20000, SETTLE_MS = 60, ESC_PAUSE_MS = 200, BYTES_MOST = 1 << 20 };

// --- the child

static void settings_apply(const char *const *setting)
{
	for (; setting && *setting; setting++) {
		const char *equals = strchr(*setting, '=');
		char name[64];
		snprintf(name, sizeof name, "%.*s",
		    equals ? (int)(equals - *setting) : (int)strlen(*setting), *setting);
		if (equals)
			setenv(name, equals + 1, 1);
		else
			unsetenv(name);
	}
}

static void child_run(const struct pty_start *start)
{
	unsetenv("LINES");
	unsetenv("COLUMNS");
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("XDG_STATE_HOME", test_folder(), 1);
	setenv("PLANDO_NOW", "2026-11-22T14:02:00Z", 1);
	setenv("PLANDO_OUTBOX", "off", 1); // every test's workbook is of the same collaborative
	settings_apply(start->setting);
	setlocale(LC_ALL, "");
	struct err e = { 0 };
	struct env env = env_real("Ana Silva");
	int status = app_run(&(struct app_start){ .file = start->file }, &env, &e);
	if (status)
		printf("plando: %s\r\n", e.text);
	fflush(stdout);
	_exit(status);
}

// As much of a shell as job control takes: the app is a job of its own in the foreground; while it
// is stopped the terminal is the shell's, until a line is typed.
static void shell_run(const struct pty_start *start)
{
	signal(SIGTTOU, SIG_IGN);
	pid_t job = fork();
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(0, getpid());
		signal(SIGTTOU, SIG_DFL);
		child_run(start);
	}
	setpgid(job, job);
	struct termios modes;
	tcgetattr(0, &modes);
	for (int status; waitpid(job, &status, WUNTRACED) == job;) {
		char line[16];
		if (!WIFSTOPPED(status))
			_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		tcsetpgrp(0, getpgrp());
		tcsetattr(0, TCSANOW, &modes);
		(void)!write(1, "[stopped]\r\n", 11);
		(void)!read(0, line, sizeof line);
		(void)!write(1, "[goes on]\r\n", 11);
		tcsetpgrp(0, job);
		kill(-job, SIGCONT);
	}
	_exit(1);
}

// --- what the terminal tells

static int on_cursor(VTermPos at, VTermPos before, int visible, void *user)
{
	struct pty *p = user;
	(void)before, (void)visible;
	p->cursor_row = at.row;
	p->cursor_col = at.col;
	return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *p = user;
	if (property == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		p->cursor_seen = value->boolean;
	return 1;
}

static const VTermScreenCallbacks CALLBACKS = { .movecursor = on_cursor,
	.settermprop = on_property };

static void send_on(const char *bytes, size_t n, void *user)
{
	pty_send(user, bytes, n);
}

void pty_open(struct pty *p, const struct pty_start *start)
{
	struct winsize size = { .ws_row = (unsigned short)start->rows,
		.ws_col = (unsigned short)start->cols };
	*p = (struct pty){ .rows = start->rows, .cols = start->cols, .cursor_seen = true };
	p->child = forkpty(&p->fd, NULL, NULL, &size);
	ck_assert_int_ge(p->child, 0);
	if (p->child == 0 && start->shell)
		shell_run(start);
	if (p->child == 0)
		child_run(start);
	p->bytes = arena_alloc(&p->arena, BYTES_MOST);
	p->vterm = vterm_new(p->rows, p->cols);
	vterm_set_utf8(p->vterm, 1);
	vterm_output_set_callback(p->vterm, send_on, p);
	p->screen = vterm_obtain_screen(p->vterm);
	vterm_screen_set_callbacks(p->screen, &CALLBACKS, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
}

void pty_close(struct pty *p)
{
	if (!p->vterm) // a test that left out what cannot be had here
		return;
	if (p->child > 0) {
		kill(p->child, SIGKILL);
		waitpid(p->child, NULL, 0);
	}
	if (p->fd >= 0)
		close(p->fd);
	vterm_free(p->vterm);
	p->vterm = NULL;
	arena_free(&p->arena);
}

// --- reading

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// True: something came within ms.
static bool take(struct pty *p, int ms)
{
	struct pollfd fd = { .fd = p->fd, .events = POLLIN };
	char part[8192];
	if (p->ended || poll(&fd, 1, ms) <= 0)
		return false;
	ssize_t n = read(p->fd, part, sizeof part);
	if (n <= 0) {
		p->ended = true; // EIO: the other end has gone
		return false;
	}
	size_t kept = (size_t)n < BYTES_MOST - p->length ? (size_t)n : BYTES_MOST - p->length;
	memcpy(p->bytes + p->length, part, kept);
	p->length += kept;
	p->total += (size_t)n;
	vterm_input_write(p->vterm, part, (size_t)n);
	vterm_screen_flush_damage(p->screen);
	return true;
}

const char *pty_picture(struct pty *p)
{
	struct str out = STR_IN(&p->arena);
	char line[4096];
	for (int row = 0; row < p->rows; row++) {
		VTermRect rect = { row, row + 1, 0, p->cols };
		size_t n = vterm_screen_get_text(p->screen, line, sizeof line, rect);
		str_add_n(&out, line, n);
		str_add(&out, "\n");
	}
	return str_done(&out);
}

bool pty_has(struct pty *p, const char *text)
{
	struct arena_mark mark = arena_mark(&p->arena);
	bool has = strstr(pty_picture(p), text) != NULL;
	arena_release(&p->arena, mark);
	return has;
}

static void await(struct pty *p, const char *text, bool there)
{
	int64_t end = clock_ms() + DEADLINE_MS;
	while (pty_has(p, text) != there) {
		int left = (int)(end - clock_ms());
		bool more = left > 0 && take(p, left);
		ck_assert_msg(more || pty_has(p, text) == there, "waited for %s“%s”:\n%s",
		    there ? "" : "the end of ", text, pty_picture(p));
	}
}

void pty_expect(struct pty *p, const char *text)
{
	await(p, text, true);
}

void pty_expect_gone(struct pty *p, const char *text)
{
	await(p, text, false);
}

void pty_settle(struct pty *p)
{
	while (take(p, SETTLE_MS))
		;
}

// --- writing

void pty_send(struct pty *p, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = write(p->fd, bytes, n < 512 ? n : 512);
		if (written < 0 && errno == EIO)
			return;
		ck_assert_int_gt(written, 0);
		bytes += written;
		n -= (size_t)written;
		take(p, 0);
	}
}

void pty_key(struct pty *p, VTermKey key)
{
	vterm_keyboard_key(p->vterm, key, VTERM_MOD_NONE);
}

void pty_type(struct pty *p, const char *text)
{
	size_t n = strlen(text);
	pty_send(p, text, n);
	int64_t end = clock_ms() + ESC_PAUSE_MS;
	for (int left = ESC_PAUSE_MS; n && text[n - 1] == '\033' && left > 0;
	     left = (int)(end - clock_ms()))
		take(p, left);
}

void pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	p->rows = rows;
	p->cols = cols;
	vterm_set_size(p->vterm, rows, cols);
	vterm_screen_flush_damage(p->screen);
	ck_assert_int_eq(ioctl(p->fd, TIOCSWINSZ, &size), 0);
}

void pty_signal(struct pty *p, int number)
{
	ck_assert_int_eq(kill(p->child, number), 0);
}

void pty_hang_up(struct pty *p)
{
	close(p->fd);
	p->fd = -1;
	p->ended = true;
}

int pty_ended(struct pty *p)
{
	int64_t end = clock_ms() + DEADLINE_MS;
	int status = 0;
	while (!p->ended && clock_ms() < end)
		take(p, 1000);
	ck_assert_msg(p->ended, "it has not ended:\n%s", pty_picture(p));
	ck_assert_int_eq(waitpid(p->child, &status, 0), p->child);
	p->child = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
