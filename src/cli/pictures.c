// SPDX-License-Identifier: MIT
// Pictures on the command line: which one was asked for, and where it goes.
#include "cli/verbs.h"

#include <plando/str.h>

bool cli_picture_asked(const struct cli *c, enum picture_format *format, const char **path)
{
	for (int i = 0; i < PICTURE_FORMATS; i++) {
		*format = (enum picture_format)i;
		*path = option_get(c, picture_format_name(*format));
		if (*path)
			return true;
	}
	return false;
}

bool cli_picture(struct cli *c, const struct scene *s, enum picture_format format, const char *path,
    struct err *e)
{
	int64_t now = c->env.now(c->env.world);
	size_t unknown = format == PICTURE_SVG ? 0 : picture_unknown(s);
	if (unknown)
		cli_say(c,
		    "%zu character%s in no typeface of this machine: boxes stand for %s; a font "
		    "such "
		    "as Noto has most",
		    unknown, unknown == 1 ? " is" : "s are", unknown == 1 ? "it" : "them");
	if (str_equal(path, "-"))
		return picture_write(s, format, now, c->out, e);
	return cli_out_apart(c, path, e) && picture_save(s, format, now, path, e);
}
