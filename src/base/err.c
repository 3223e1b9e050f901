// SPDX-License-Identifier: MIT
#include <plando/err.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	if (!e)
		return false;
	va_list ap;
	va_start(ap, fmt);
	char text[sizeof e->text];
	vsnprintf(text, sizeof text, fmt, ap); // apart from e->text, which may be an argument
	va_end(ap);
	memcpy(e->text, text, sizeof text);
	e->code = code;
	return false;
}

bool err_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY,
	    "out of memory; nothing was changed: close other programs and try again");
}

bool err_place(struct err *e, const char *file, unsigned line, unsigned column)
{
	if (!e)
		return false;
	if (line && column)
		return err_set(e, e->code, "%s:%u:%u: %s", file, line, column, e->text);
	if (line)
		return err_set(e, e->code, "%s:%u: %s", file, line, e->text);
	return err_set(e, e->code, "%s: %s", file, e->text);
}

// What a person can do about a failed system call.
static const struct advice {
	int number;
	enum err_code code;
	const char *what, *todo;
} advices[] = {
	{ ENOENT, ERR_NOINPUT, "there is no such file", "check the name" },
	{ ENOTDIR, ERR_NOINPUT, "a part of the path is not a folder", "check the name" },
	{ EACCES, ERR_NOPERM, "no permission", "ask its owner, or choose another place" },
	{ EPERM, ERR_NOPERM, "not permitted", "ask its owner, or choose another place" },
	{ EROFS, ERR_NOPERM, "the disk is read-only", "choose another place" },
	{ EISDIR, ERR_NOINPUT, "it is a folder", "name a file" },
	{ EEXIST, ERR_CANTCREAT, "it exists already", "choose another name" },
	{ ENOSPC, ERR_IO, "the disk is full", "make room and try again" },
	{ EDQUOT, ERR_IO, "your share of the disk is used up", "make room and try again" },
	{ EFBIG, ERR_IO, "the file would become too large for this disk", "choose another place" },
	{ ENOMEM, ERR_MEMORY, "out of memory", "close other programs and try again" },
	{ EMFILE, ERR_IO, "too many open files", "close other programs and try again" },
	{ ELOOP, ERR_NOINPUT, "it is a link", "name the file itself" },
	{ ENAMETOOLONG, ERR_NOINPUT, "the name is too long", "choose a shorter one" },
};

bool err_errno(struct err *e, const char *path, const char *doing)
{
	int number = errno;
	for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
		if (advices[i].number == number)
			return err_set(e, advices[i].code, "%s: cannot %s: %s; %s", path, doing,
			    advices[i].what, advices[i].todo);
	return err_set(e, ERR_IO, "%s: cannot %s: %s; try again", path, doing, strerror(number));
}

bool err_output(struct err *e, const char *path, const char *doing)
{
	if (errno == ENOENT)
		return err_set(e, ERR_CANTCREAT,
		    "%s: cannot %s: there is no such folder; check the name", path, doing);
	err_errno(e, path, doing);
	if (e && e->code == ERR_NOINPUT)
		e->code = ERR_CANTCREAT;
	return false;
}
