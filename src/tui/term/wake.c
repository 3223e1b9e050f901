// SPDX-License-Identifier: MIT
#include "tui/term/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int TOLD[] = { SIGWINCH, SIGTSTP, SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2,
	SIGCHLD };
static const int IGNORED[] = { SIGPIPE, SIGXFSZ }; // these come back as errors of the call
static const int CRASHES[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
enum { SIGNALS = 65, RESET_MOST = 512 };

static struct {
	int pipe[2];
	int terminal;
	bool has_modes;
	struct termios modes;
	char reset[RESET_MOST];
	size_t reset_length;
	struct sigaction before[SIGNALS];
} wake = { .pipe = { -1, -1 }, .terminal = -1 };

static void wake_signal_told(int number)
{
	int kept = errno;
	unsigned char byte = (unsigned char)number;
	// A full pipe has woken us already.
	ssize_t written = write(wake.pipe[1], &byte, 1);
	(void)written;
	errno = kept;
}

// Only calls that may stand in a handler. The fault then happens again, with the old handler.
static void wake_signal_crash(int number)
{
	ssize_t written = write(wake.terminal, wake.reset, wake.reset_length);
	(void)written;
	if (wake.has_modes)
		tcsetattr(wake.terminal, TCSANOW, &wake.modes);
	sigaction(number, &wake.before[number], NULL);
	raise(number);
}

static void wake_handle(const int *numbers, size_t count, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < count; i++)
		sigaction(numbers[i], &action, &wake.before[numbers[i]]);
}

static void wake_restore(const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sigaction(numbers[i], &wake.before[numbers[i]], NULL);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool wake_start(int fd, struct err *e)
{
	if (pipe2(wake.pipe, O_NONBLOCK | O_CLOEXEC) < 0)
		return err_errno(e, "the terminal", "prepare");
	wake.terminal = fd;
	wake.reset_length = 0;
	wake.has_modes = tcgetattr(fd, &wake.modes) == 0;
	wake_handle(TOLD, COUNT(TOLD), wake_signal_told);
	wake_handle(IGNORED, COUNT(IGNORED), SIG_IGN);
	wake_handle(CRASHES, COUNT(CRASHES), wake_signal_crash);
	return true;
}

void wake_reset(const char *bytes)
{
	size_t n = strlen(bytes);
	wake.reset_length = n < RESET_MOST ? n : 0;
	memcpy(wake.reset, bytes, wake.reset_length);
}

void wake_stop(void)
{
	wake_restore(TOLD, COUNT(TOLD));
	wake_restore(IGNORED, COUNT(IGNORED));
	wake_restore(CRASHES, COUNT(CRASHES));
	close(wake.pipe[0]);
	close(wake.pipe[1]);
	wake.pipe[0] = wake.pipe[1] = wake.terminal = -1;
}

int wake_fd(void)
{
	return wake.pipe[0];
}

struct wake wake_take(void)
{
	struct wake taken = { 0 };
	unsigned char bytes[64];
	ssize_t n;
	while ((n = read(wake.pipe[0], bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			taken.resize |= bytes[i] == SIGWINCH;
			taken.stop |= bytes[i] == SIGTSTP;
			// The end of a child only wakes who waits for it.
			taken.leave |=
			    bytes[i] != SIGWINCH && bytes[i] != SIGTSTP && bytes[i] != SIGCHLD;
		}
	return taken;
}

static void wake_set_defaults(const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		signal(numbers[i], SIG_DFL);
}

void wake_defaults(void)
{
	wake_set_defaults(TOLD, COUNT(TOLD));
	wake_set_defaults(IGNORED, COUNT(IGNORED));
	wake_set_defaults(CRASHES, COUNT(CRASHES));
}

void wake_suspend(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, ours;
	sigemptyset(&plain.sa_mask);
	sigaction(SIGTSTP, &plain, &ours);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}
