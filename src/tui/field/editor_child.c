// SPDX-License-Identifier: MIT
#include "tui/field/editor_child.h"

#include "tui/term/term_parts.h"
#include "tui/term/wake.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// After it was told that all ends: an editor that keeps its text needs a moment for it.
enum { LEAVE_MS = 600, STEP_MS = 20, LOOK_MS = 1000 };

struct editor_child_child {
	struct term *t;
	pid_t pid;
	int tty; // whose foreground it has; -1: none
};

// Only who has the foreground gives it away, and only it takes it back; the signal that stops who
// asks from behind is not for us.
static void child_foreground(const struct editor_child_child *c, pid_t group)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, ours;
	if (c->tty < 0)
		return;
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGTTOU, &ignore, &ours);
	tcsetpgrp(c->tty, group);
	sigaction(SIGTTOU, &ours, NULL);
}

static void child_begin(const struct editor_child_child *c, char *const word[])
{
	sigset_t none;
	setpgid(0, 0);
	child_foreground(c, getpid());
	wake_defaults();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(word[0], word);
	_exit(errno == ENOENT ? 127 : 126);
}

static int64_t child_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// It ends in time, or goes on alone with its file.
static bool child_dismiss(const struct editor_child_child *c, int *status)
{
	int64_t until = child_clock() + LEAVE_MS;
	kill(-c->pid, SIGHUP);
	kill(-c->pid, SIGCONT);
	do {
		if (waitpid(c->pid, status, WNOHANG) == c->pid)
			return true;
		poll(NULL, 0, STEP_MS);
	} while (child_clock() < until);
	return false;
}

// The shell gets the terminal; when it wakes us, the editor goes on too.
static void child_stopped(const struct editor_child_child *c)
{
	child_foreground(c, getpgrp());
	wake_suspend();
	child_foreground(c, c->pid);
	kill(-c->pid, SIGCONT);
}

static enum child_end child_verdict(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return CHILD_WELL;
	return WIFEXITED(status) && WEXITSTATUS(status) == 127 ? CHILD_ABSENT : CHILD_FAILED;
}

// A terminal that is not there (tests) has no signals to wait for.
static void child_await(const struct editor_child_child *c)
{
	struct pollfd woken = { .fd = wake_fd(), .events = POLLIN };
	if (!c->t->null)
		poll(&woken, 1, LOOK_MS);
}

static enum child_end child_wait(const struct editor_child_child *c)
{
	int status = 0;
	for (;;) {
		if (term_leaving(c->t)) {
			child_dismiss(c, &status);
			return CHILD_LEFT;
		}
		pid_t got = waitpid(c->pid, &status, WUNTRACED | (c->t->null ? 0 : WNOHANG));
		if (got < 0 && errno != EINTR)
			return CHILD_FAILED;
		if (got == c->pid && WIFSTOPPED(status))
			child_stopped(c);
		else if (got == c->pid)
			return child_verdict(status);
		else
			child_await(c);
	}
}

bool child_run(struct term *t, char *const word[], enum child_end *end, struct err *e)
{
	struct editor_child_child c = { .t = t, .tty = -1 };
	int tty = t->null ? -1 : fileno(t->in);
	if (tty >= 0 && tcgetpgrp(tty) == getpgrp())
		c.tty = tty;
	c.pid = fork();
	if (c.pid == 0)
		child_begin(&c, word);
	if (c.pid < 0)
		return err_errno(e, word[0], "start the editor");
	setpgid(c.pid, c.pid); // whoever of the two comes first
	*end = child_wait(&c);
	child_foreground(&c, getpgrp());
	return true;
}
