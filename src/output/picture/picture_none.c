// SPDX-License-Identifier: MIT
// In the place of picture_cairo.c and picture_type.c, where plando is built without pictures.
#include "output/picture/picture_draw.h"

static bool none(struct err *e)
{
	return err_set(e, ERR_UNAVAILABLE,
	    "pictures are not in this build (it was made without cairo and pango); --text, --dot "
	    "and --mermaid are");
}

const struct scene_type *picture_type(struct err *e)
{
	none(e);
	return NULL;
}

size_t picture_unknown(const struct scene *s)
{
	(void)s;
	return 0;
}

bool picture_draw_png(const struct scene *s, int64_t now, FILE *out, struct err *e)
{
	(void)s, (void)now, (void)out;
	return none(e);
}

bool picture_draw_pdf(const struct scene *s, int64_t now, FILE *out, struct err *e)
{
	(void)s, (void)now, (void)out;
	return none(e);
}
