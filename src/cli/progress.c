// SPDX-License-Identifier: MIT
// The bar of long work: how far it is, of how much, and how long it may still take, on one line of
// the terminal that standard error is. A line that wraps could not be taken back, so what does not
// fit is left out: what is being done first, then the bar.
#include "cli/progress.h"

#include "cli/verbs.h"

#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 20, BAR_LEAST = 5, USUAL = 80, SECOND = 1000, TELL_AFTER = 3 * SECOND };

static int64_t progress_steady_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

// "", or ", 40 s left", ", 3 min left": rounded up, so that it seldom promises too much.
static const char *progress_time_left(struct arena *a, size_t done, size_t total, int64_t ms)
{
	if (ms < TELL_AFTER || done == 0 || done >= total)
		return "";
	double left = (double)ms / (double)done * (double)(total - done) / SECOND;
	return left < 55 ? arena_printf(a, ", %d s left", ((int)left / 5 + 1) * 5)
			 : arena_printf(a, ", %.0f min left", ceil(left / 60));
}

static int progress_columns(const char *text)
{
	return text_width(text, strlen(text));
}

char *progress_line(
    struct arena *a, size_t done, size_t total, const char *what, int64_t ms, int width)
{
	const char *left = progress_time_left(a, done, total, ms);
	const char *many = left ? arena_printf(a, "%zu of %zu%s", done, total, left) : NULL;
	if (!many)
		return NULL;
	int room = width - 1 -
		   progress_columns(many); // the last column stays free: some terminals wrap there
	int bar = room - 3 > BAR ? BAR : room - 3;
	if (bar < BAR_LEAST)
		return text_cut(a, many, width - 1, true);
	int full = total ? (int)((double)done / (double)total * bar) : bar, rest = room - 5 - bar;
	const char *says = rest >= BAR_LEAST ? text_cut(a, what, rest, true) : "";
	return says ? arena_printf(a, "[%.*s%.*s] %s%s%s", full, "####################", bar - full,
			  "....................", many, *says ? "  " : "", says)
		    : NULL;
}

void cli_progress(struct cli *c, size_t done, size_t total, const char *what)
{
	struct winsize size;
	int fd = fileno(c->err);
	if (c->quiet || fd < 0 || !isatty(fd))
		return;
	if (what && !str_equal(what, c->doing))
		c->doing_since = progress_steady_ms();
	c->doing = what;
	int width = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : USUAL;
	struct arena_mark mark = arena_mark(c->arena);
	const char *line = what ? progress_line(c->arena, done, total, cli_safe(c, what, false),
				      progress_steady_ms() - c->doing_since, width)
				: "";
	fprintf(c->err, "\r\033[K%s", line ? line : "");
	fflush(c->err);
	arena_release(c->arena, mark);
}
