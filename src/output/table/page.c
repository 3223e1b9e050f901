// SPDX-License-Identifier: MIT
#include "output/table/page.h"

#include <plando/text.h>

#include <string.h>

bool page_add(struct arena *a, struct str *out, const char *text, int width, int indent, bool ascii,
    struct err *e)
{
	struct text_lines lines;
	const char *shown = text && ascii ? text_ascii(a, text) : text;
	if (!shown || !text_wrap(a, shown, strlen(shown), width - indent, &lines))
		return err_memory(e);
	for (size_t i = 0; i < lines.count; i++) {
		const struct text_line *l = &lines.line[i];
		str_printf(out, "%*s%.*s\n", i ? indent : 0, "", (int)(l->end - l->start),
		    shown + l->start);
	}
	return true;
}

const char *page_title(struct arena *a, const char *title, const char *team, bool ascii)
{
	if (!title || str_empty(team))
		return title;
	return arena_printf(a, "%s%s%s", title, ascii ? " - " : " · ", team);
}

const char *page_kept(struct scene *s, const char *text)
{
	s->failed = s->failed || !text;
	return text ? text : "";
}

double page_head(struct scene *s, const char *title, const char *finding, const char *more)
{
	struct scene_font small = { .size = PAGE_TITLE, .role = SCENE_FAINT };
	struct scene_font large = { .size = PAGE_FINDING, .bold = true };
	struct scene_font plain = { .size = PAGE_BODY };
	double y = PAGE_MARGIN, width = PAGE_WIDTH - 2 * PAGE_MARGIN;
	scene_group(s, "head", NULL);
	y += scene_block(s, &small, PAGE_MARGIN, y, width, page_kept(s, title)) + 2;
	y += scene_block(s, &large, PAGE_MARGIN, y, width, page_kept(s, finding)) + 2;
	if (*page_kept(s, more))
		y += scene_block(s, &plain, PAGE_MARGIN, y, width, more);
	scene_group_end(s);
	return y;
}

double page_foot(struct scene *s, double y, const char *hint, const char *footer, const char *when)
{
	struct scene_font f = { .size = PAGE_SMALL, .role = SCENE_FAINT };
	double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
	const char *words = page_kept(s, footer);
	scene_group(s, "foot", NULL);
	if (*page_kept(s, hint))
		y += scene_block(s, &f, PAGE_MARGIN, y, width, hint);
	if (when)
		words = page_kept(s, arena_printf(s->arena, "%s Made %s.", words, when));
	y += scene_block(s, &f, PAGE_MARGIN, y, width, words);
	scene_group_end(s);
	return y;
}

double page_key(struct scene *s, double x, double y, enum scene_shape shape, enum scene_role role,
    const char *words)
{
	struct scene_font f = { .size = PAGE_SMALL, .role = SCENE_FAINT };
	scene_mark(s, shape, role, x + PAGE_SMALL / 2, y + PAGE_SMALL * 0.6, PAGE_SMALL * 0.8);
	x += PAGE_SMALL * 1.2;
	return x + scene_text(s, &f, x, y + PAGE_SMALL * SCENE_ASCENT, words) + PAGE_SMALL * 1.6;
}

double page_keys(struct scene *s, double y, const bool seen[PLOT_SHAPES])
{
	double x = PAGE_MARGIN;
	size_t n = 0;
	for (size_t i = 0; i < PLOT_SHAPES; i++)
		n += seen[i];
	scene_group(s, "key", NULL);
	for (size_t i = 0; n > 1 && i < PLOT_SHAPES; i++)
		if (seen[i])
			x = page_key(
			    s, x, y, PLOT_SIGN[i].shape, PLOT_SIGN[i].role, PLOT_SIGN[i].words);
	scene_group_end(s);
	return n > 1 ? y + PAGE_SMALL * SCENE_LEADING + 3 : y;
}
