// SPDX-License-Identifier: MIT
// The app in a process of its own behind a real pseudo-terminal, read through libvterm. Nothing
// sleeps: a test says what it expects to see, and waits for it with a deadline.
#ifndef PLANDO_TESTS_TUI_REAL_H
#define PLANDO_TESTS_TUI_REAL_H

#include "../support.h"

#include <sys/types.h>
#include <vterm.h>

struct pty {
	struct arena arena;
	int fd;
	pid_t child;
	VTerm *vterm;
	VTermScreen *screen;
	int rows, cols;
	int cursor_row, cursor_col;
	bool alternate, cursor_seen; // as the terminal stands now
	char *bytes;		     // all that came, up to BYTES_MOST
	size_t length;
	size_t total;
	bool ended; // the other end is closed
};

struct pty_start {
	const char *file;	    // the workbook
	const char *const *setting; // "NAME=VALUE" or "NAME" (unset), NULL at the end; may be NULL
	int rows, cols;
	bool shell; // below a shell with job control: "[stopped]", a line starts it again, "[goes
		    // on]"
};

void pty_open(struct pty *p, const struct pty_start *start);
void pty_close(struct pty *p); // kills what still runs

// Waits until the screen holds that text; fails the test with the picture after the deadline.
void pty_expect(struct pty *p, const char *text);
void pty_expect_gone(struct pty *p, const char *text);
// Reads until nothing comes for a while (only where there is no text to wait for).
void pty_settle(struct pty *p);
const char *pty_picture(struct pty *p);
bool pty_has(struct pty *p, const char *text);

void pty_key(struct pty *p, VTermKey key);
// As fingers do: after an Esc at its end there is a pause (without one it is Alt with what
// follows).
void pty_type(struct pty *p, const char *text);
void pty_send(struct pty *p, const char *bytes, size_t n);
void pty_resize(struct pty *p, int rows, int cols);
void pty_signal(struct pty *p, int number);
// The terminal goes away, as when its window is closed.
void pty_hang_up(struct pty *p);
// Waits until the process has ended; its exit status, or 128 + its signal. Fails after the
// deadline.
int pty_ended(struct pty *p);

#endif
