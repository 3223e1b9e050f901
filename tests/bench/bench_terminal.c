// SPDX-License-Identifier: MIT
// How long a person waits: from start to the board, from a key to the paint, from a command to its
// end. Runs plando and a floor in turn under a pseudo-terminal and compares them.
// bench_terminal PLANDO WORKBOOK FLOOR_BOARD FLOOR_HELLO
#include "samples.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUIET_MS = 25, LIMIT_MS = 3000, STARTS = 20, KEYS = 12 };

struct session {
	pid_t pid;
	int terminal;
};

static struct session session_begin(char *const argv[])
{
	struct winsize size = { .ws_row = 40, .ws_col = 120 };
	struct session s;
	s.pid = forkpty(&s.terminal, NULL, NULL, &size);
	if (s.pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	return s;
}

// Reads until nothing came for QUIET_MS or the program ended. Returns when the last byte came, or
// 0 where none came at all.
static double last_byte(const struct session *s)
{
	static char part[65536];
	double last = 0;
	struct pollfd p = { .fd = s->terminal, .events = POLLIN };
	while (poll(&p, 1, last > 0 ? QUIET_MS : LIMIT_MS) > 0) {
		if (read(s->terminal, part, sizeof part) <= 0)
			break;
		last = clock_ms();
	}
	return last;
}

// Reads until `text` came: the last words of a first screen, which is painted from above to below.
// What is filled in later, when nobody waits for a line, does not count. Returns when it came; 0 =
// it never did.
static double text_came(const struct session *s, const char *text)
{
	static char all[1 << 17];
	size_t n = 0;
	struct pollfd p = { .fd = s->terminal, .events = POLLIN };
	while (n < sizeof all && poll(&p, 1, LIMIT_MS) > 0) {
		ssize_t got = read(s->terminal, all + n, sizeof all - n);
		if (got <= 0)
			break;
		n += (size_t)got;
		if (memmem(all, n, text, strlen(text)))
			return clock_ms();
	}
	return 0;
}

static void session_end(const struct session *s)
{
	kill(s->pid, SIGHUP);
	waitpid(s->pid, NULL, 0);
	close(s->terminal);
}

// 0 where the screen was never there.
static double start_to_paint(char *const argv[])
{
	double begun = clock_ms();
	struct session s = session_begin(argv);
	double painted = text_came(&s, "quit");
	session_end(&s);
	return painted > 0 ? painted - begun : 0;
}

static double start_to_end(char *const argv[])
{
	double begun = clock_ms();
	struct session s = session_begin(argv);
	last_byte(&s);
	int status;
	waitpid(s.pid, &status, 0);
	double ended = clock_ms();
	close(s.terminal);
	return ended - begun;
}

// 0 where the key painted nothing.
static double key_to_paint(const struct session *s, const char *key)
{
	double sent = clock_ms();
	if (write(s->terminal, key, strlen(key)) < 0)
		return 0;
	struct pollfd p = { .fd = s->terminal, .events = POLLIN };
	if (poll(&p, 1, 200) <= 0)
		return 0;
	double painted = last_byte(s);
	return painted - sent;
}

static void measure_keys(struct samples *into, char *const plando[], char *const floor[])
{
	for (int run = 0; run < 5; run++) {
		struct session p = session_begin(plando), f = session_begin(floor);
		last_byte(&p);
		last_byte(&f);
		for (int i = 0; i < KEYS && waitpid(p.pid, NULL, WNOHANG) == 0; i++) {
			const char *key = i % 6 < 3 ? "j" : "k";
			double a = key_to_paint(&f, key), b = key_to_paint(&p, key);
			if (a > 0 && b > 0)
				samples_add(into, a, b);
		}
		session_end(&p);
		session_end(&f);
	}
}

// The floor's own database: as many teams as the sample has.
static int make_floor(const char *path)
{
	sqlite3 *db;
	int bad = sqlite3_open(path, &db) != SQLITE_OK ||
		  sqlite3_exec(db,
		      "CREATE TABLE team(name, system, last, score, cycles);"
		      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15)"
		      "INSERT INTO team SELECT 'Team number ' || i, 'System ' || (i % 5),"
		      " '2026-11-' || (i + 10), i % 9 / 2.0, i * 3 FROM n",
		      NULL, NULL, NULL) != SQLITE_OK;
	sqlite3_close(db);
	return bad;
}

static struct samples starting = { .what = "start to board", .bar = 1.5 };
static struct samples moving = { .what = "a key in the board to paint", .bar = 1.5 };
static struct samples version = { .what = "plando --version", .bar = 1.5 };

int main(int argc, char **argv)
{
	char path[] = "/tmp/plando-bench-XXXXXX", ask[] = "--version";
	if (argc != 5 || close(mkstemp(path)) || make_floor(path))
		return 64;
	setenv("TERM", "xterm-256color", 1);
	char *board[] = { argv[1], argv[2], NULL }, *floor[] = { argv[3], path, NULL };
	char *asked[] = { argv[1], ask, NULL }, *hello[] = { argv[4], NULL };
	for (int i = 0; i < STARTS; i++) {
		double a = start_to_paint(floor), b = start_to_paint(board);
		if (a > 0 && b > 0)
			samples_add(&starting, a, b);
		double c = start_to_end(hello), d = start_to_end(asked);
		samples_add(&version, c, d);
	}
	measure_keys(&moving, board, floor);
	unlink(path);
	samples_heading();
	samples_print(&starting);
	samples_print(&moving);
	samples_print(&version);
	return 0;
}
