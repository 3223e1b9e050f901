// SPDX-License-Identifier: MIT
#include "scene_dump.h"

#include "../support.h"

#include <plando/picture.h>

#include <stdlib.h>
#include <string.h>

static const char *const STYLES[] = { "", " dashed", " dotted" };
static const char *const SHAPES[] = { "disc", "up", "down", "diamond", "ring", "square", "cross" };

static void dump_points(struct str *out, const struct scene_item *i)
{
	for (size_t k = 0; k < i->points; k++)
		str_printf(out, " %.0f,%.0f", i->point[k].x, i->point[k].y);
}

static void dump_item(struct str *out, const struct scene_item *i)
{
	const char *role = scene_role_name(i->role);
	switch (i->kind) {
	case SCENE_GROUP:
		str_printf(out, "%s%s%s", i->name, i->title ? ": " : "", i->title ? i->title : "");
		break;
	case SCENE_GROUP_END: break;
	case SCENE_LINE:
	case SCENE_CURVE:
		str_printf(out, "%s %s%s", i->kind == SCENE_LINE ? "line" : "curve", role,
		    STYLES[i->style]);
		dump_points(out, i);
		break;
	case SCENE_BOX:
		str_printf(out, "box %s %.0f,%.0f %.0fx%.0f", role, i->x, i->y, i->w, i->h);
		break;
	case SCENE_TEXT:
		str_printf(out, "text %s %.0f,%.0f", role, i->x, i->y);
		for (size_t k = 0; k < i->rows; k++)
			str_printf(out, "%s%s", k ? " | " : " ", i->row[k].text);
		break;
	case SCENE_MARK:
		str_printf(out, "mark %s %s %.0f,%.0f", role, SHAPES[i->shape], i->x, i->y);
		break;
	}
}

const char *scene_dump(struct arena *a, const struct scene *s)
{
	struct str out = STR_IN(a);
	size_t depth = 0;
	str_printf(&out, "page %.0fx%.0f\n", s->width, s->height);
	for (size_t i = 0; i < s->count; i++) {
		const struct scene_item *item = &s->item[i];
		if (item->kind == SCENE_GROUP_END) {
			depth--;
			continue;
		}
		str_add_times(&out, "  ", depth);
		dump_item(&out, item);
		str_add_char(&out, '\n');
		depth += item->kind == SCENE_GROUP;
	}
	ck_assert_uint_eq(depth, 0);
	return str_done(&out);
}

void scene_same(struct arena *a, const struct scene *s, const char *name)
{
	size_t n;
	const char *got = scene_dump(a, s), *look = getenv("LOOK");
	char *path = test_source(a, arena_printf(a, "tests/pictures/%s.txt", name));
	if (look) { // set in this machine's typeface: not to be compared
		MUST(picture_save(s, PICTURE_PNG, 0, arena_printf(a, "%s/%s.png", look, name), &e));
		return;
	}
	if (getenv("UPDATE"))
		test_write(path, got, strlen(got));
	char *want = test_read(a, path, &n);
	ck_assert_msg(want && strcmp(want, got) == 0, "%s is another picture now", path);
}
