// SPDX-License-Identifier: MIT
#include "store/file/looks.h"

#include "store/log/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SQLITE_HEADER = 100 };

static const char NOT_ONE[] = "it is not a plando workbook; check the name";

// What people get in the place of a workbook, by how it begins.
static const struct beginning {
	const char *bytes;
	size_t n;
	bool page; // blanks may stand before it, and case does not matter
	const char *words;
} BEGINNINGS[] = {
	{ "<!doctype html", 14, true,
	    "it is a web page, not a workbook: the site may have asked who you are; sign in there, "
	    "and download it again" },
	{ "<html", 5, true,
	    "it is a web page, not a workbook: the site may have asked who you are; sign in there, "
	    "and download it again" },
	{ "PK\3\4", 4, false, "it is a zip archive or an Office document; unpack it first" },
	{ "\x1f\x8b", 2, false, "it is compressed (gzip); unpack it first" },
	{ "7z\xbc\xaf", 4, false, "it is a 7z archive; unpack it first" },
	{ "%PDF", 4, false, "it is a PDF, not a workbook" },
	{ "SQLite format 3", 16, false, "it is another program's database, not a workbook" },
};

static bool looks_begins_so(const struct beginning *b, const unsigned char *head, size_t n)
{
	size_t at = 0;
	if (b->page && n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	while (b->page && at < n && strchr(" \t\r\n", head[at]) && head[at])
		at++;
	if (n - at < b->n)
		return false;
	const char *from = (const char *)head + at;
	return b->page ? strncasecmp(from, b->bytes, b->n) == 0 : memcmp(from, b->bytes, b->n) == 0;
}

static bool looks_only_zeros(const unsigned char *head, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (head[i])
			return false;
	return n > 0;
}

const char *looks_say(const unsigned char *head, size_t n)
{
	static const unsigned char mark[] = { 0x70, 0x6c, 0x6e, 0x64 };
	if (n >= 72 && memcmp(head, "SQLite format 3", 16) == 0 && memcmp(head + 68, mark, 4) == 0)
		return NULL;
	if (!n)
		return "it is empty, not a workbook; it may not have been downloaded yet";
	if (n < SQLITE_HEADER && n >= 16 && memcmp(head, "SQLite format 3", 16) == 0)
		return "it breaks off in its first bytes; it may not be whole yet";
	if (looks_only_zeros(head, n))
		return "it holds nothing but zeros; it may not have been downloaded yet";
	for (size_t i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++)
		if (looks_begins_so(&BEGINNINGS[i], head, n))
			return BEGINNINGS[i].words;
	return NOT_ONE;
}

// Of a file that cannot be opened, or read.
static const char *looks_unreadable(int number)
{
	switch (number) {
	case EACCES:
	case EPERM: return "permission denied; ask its owner";
	case ENOENT:
	case ELOOP: return "it is a link to a file that is not there";
	default: return "it cannot be read; it may not have been downloaded yet";
	}
}

const char *looks_at(const char *path)
{
	unsigned char head[LOOKS_HEAD];
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return looks_unreadable(errno);
	bool plain = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	ssize_t n = plain ? read(fd, head, sizeof head) : 0;
	int number = errno;
	close(fd);
	if (!plain)
		return "it is not a plain file";
	return n < 0 ? looks_unreadable(number) : looks_say(head, (size_t)n);
}
