// SPDX-License-Identifier: MIT
#include "tui/loop/screen.h"

struct screen *screen_new(size_t size, const struct screen_ops *ops, struct err *e)
{
	struct arena arena = { 0 };
	struct screen *s = arena_alloc(&arena, size);
	if (!s) {
		err_memory(e);
		return NULL;
	}
	s->ops = ops;
	s->stale = true;
	s->arena = arena;
	return s;
}

void screen_free(struct screen *s)
{
	if (!s)
		return;
	if (s->ops->close)
		s->ops->close(s);
	struct arena arena = s->arena;
	arena_free(&arena);
}
