// SPDX-License-Identifier: MIT
#include "tui/copies/runs.h"

struct runs runs_new(struct arena *a)
{
	return (struct runs){ .arena = a, .text = STR_IN(a) };
}

void runs_add(struct runs *r, enum role role, const char *text, size_t n)
{
	const char *copy = arena_copy(r->arena, text, n);
	const char *safe = copy ? text_safe(r->arena, copy, true) : NULL;
	if (!safe || !arena_grow(r->arena, (void **)&r->span, r->spans, &r->cap, sizeof *r->span)) {
		r->failed = true;
		return;
	}
	str_add(&r->text, safe);
	r->span[r->spans++] = (struct run_span){ r->text.length, role };
}

void runs_add_blend(struct runs *r, const struct blend *b, enum role first, enum role second)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct blend_run *x = &b->run[i];
		enum role role = x->from == BLEND_FIRST	   ? first
				 : x->from == BLEND_SECOND ? second
							   : ROLE_TEXT;
		if (!x->gone)
			runs_add(r, role, x->text, x->n);
	}
}

bool runs_wrap(struct runs *r, int columns)
{
	const char *text = str_done(&r->text);
	return !r->failed && text &&
	       text_wrap(r->arena, text, r->text.length, columns > 0 ? columns : 1, &r->lines);
}

void runs_draw(const struct runs *r, struct term *t, size_t line, int row, int col, int width)
{
	if (line >= r->lines.count)
		return;
	size_t at = r->lines.line[line].start, end = r->lines.line[line].end;
	int right = col + width;
	for (size_t i = 0; i < r->spans && at < end; i++) {
		size_t to = r->span[i].to < end ? r->span[i].to : end;
		if (to <= at)
			continue;
		col += term_put_n(
		    t, row, col, right - col, r->span[i].role, r->text.text + at, to - at);
		at = to;
	}
}
