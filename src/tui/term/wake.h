// SPDX-License-Identifier: MIT
// Signals as bytes in a pipe, so that one poll() waits for them and for keys alike and none is lost
// between drawing and waiting. Also puts the terminal back when the program crashes.
#ifndef PLANDO_TUI_WAKE_H
#define PLANDO_TUI_WAKE_H

#include <plando/err.h>

// Before curses starts, so that it leaves the handlers alone. fd: the terminal to put back, with
// what it takes to do so (`reset` may be set later, see wake_reset).
bool wake_start(int fd, struct err *e);
void wake_reset(const char *bytes); // copied; 512 at most
void wake_stop(void);		    // the handlers that were there before

int wake_fd(void); // readable when a signal is waiting
struct wake {
	bool resize, stop, leave;
};
struct wake wake_take(void);
// Stops the process as Ctrl-Z would have; returns when it goes on.
void wake_suspend(void);
// In a child that becomes another program: every signal that is handled or ignored here does again
// what it does by default.
void wake_defaults(void);

#endif
