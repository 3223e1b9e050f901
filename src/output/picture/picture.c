// SPDX-License-Identifier: MIT
#include "output/picture/picture_draw.h"

#include <plando/file.h>
#include <plando/str.h>

#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	bool (*write)(const struct scene *s, int64_t now, FILE *out, struct err *e);
} FORMATS[PICTURE_FORMATS] = {
	[PICTURE_SVG] = { "svg", NULL },
	[PICTURE_PNG] = { "png", picture_draw_png },
	[PICTURE_PDF] = { "pdf", picture_draw_pdf },
};

const char *picture_format_name(enum picture_format format)
{
	return FORMATS[format].name;
}

bool picture_format_of(const char *path, enum picture_format *format)
{
	const char *dot = strrchr(path, '.');
	for (int i = 0; dot && i < PICTURE_FORMATS; i++) {
		if (strcasecmp(dot + 1, FORMATS[i].name) != 0)
			continue;
		*format = (enum picture_format)i;
		return true;
	}
	return false;
}

bool picture_write(
    const struct scene *s, enum picture_format format, int64_t now, FILE *out, struct err *e)
{
	bool good =
	    FORMATS[format].write ? FORMATS[format].write(s, now, out, e) : scene_svg(s, out, e);
	if (good && (fflush(out) != 0 || ferror(out)))
		return err_set(e, ERR_IO, "the picture cannot be written; is the disk full?");
	return good;
}

bool picture_save(
    const struct scene *s, enum picture_format format, int64_t now, const char *path, struct err *e)
{
	struct file_out f = { 0 };
	bool good = file_export_begin(&f, s->arena, path, e) &&
		    picture_write(s, format, now, f.stream, e) && file_commit(&f, e);
	file_abandon(&f);
	return good;
}
