// SPDX-License-Identifier: MIT
// The workbooks that were opened last: one path a line in env->state_home/recent, newest first.
#ifndef PLANDO_TUI_RECENT_H
#define PLANDO_TUI_RECENT_H

#include <plando/arena.h>
#include <plando/env.h>

enum { RECENT_MOST = 20 };

struct recent {
	const char *path[RECENT_MOST];
	size_t count;
};

// Nothing to read is an empty list.
void recent_read(const struct env *env, struct arena *a, struct recent *out);
// The newest that is still there, or of which there is a copy on this computer; NULL = none.
const char *recent_last(const struct env *env, struct arena *a);
// Where it cannot be written, the list stays as it was: that is no reason to stop anybody.
void recent_add(const struct env *env, const char *path);

#endif
