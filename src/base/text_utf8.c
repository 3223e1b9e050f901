// SPDX-License-Identifier: MIT
#include "base/text_utf8.h"

#include <utf8proc.h>

size_t utf8_next(const char *text, size_t n, int32_t *cp)
{
	*cp = (unsigned char)text[0];
	if (*cp < 0x80)
		return 1;
	utf8proc_ssize_t got = utf8proc_iterate((const uint8_t *)text, (utf8proc_ssize_t)n, cp);
	if (got > 0)
		return (size_t)got;
	*cp = UTF8_BAD;
	return 1;
}

size_t utf8_prev(const char *text, size_t at)
{
	for (size_t back = 1; back <= 4 && back <= at; back++) {
		if (((unsigned char)text[at - back] & 0xc0) == 0x80)
			continue;
		int32_t cp;
		return utf8_next(text + at - back, back, &cp) == back ? at - back : at - 1;
	}
	return at - 1;
}
