// SPDX-License-Identifier: MIT
// A strict JSON checker (RFC 8259) that knows nothing of the writer it checks.
#include "transcript.h"

#include <plando/text.h>

#include <string.h>

struct reader {
	const char *p, *end;
	int depth;
};

static bool value(struct reader *r);

static void blanks(struct reader *r)
{
	while (r->p < r->end && strchr(" \t\r\n", *r->p))
		r->p++;
}

static bool take(struct reader *r, char c)
{
	blanks(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool word(struct reader *r, const char *text)
{
	size_t n = strlen(text);
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, text, n) != 0)
		return false;
	r->p += n;
	return true;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool escape(struct reader *r)
{
	if (r->p == r->end)
		return false;
	char c = *r->p++;
	if (c != 'u')
		return c && strchr("\"\\/bfnrt", c);
	for (int i = 0; i < 4; i++)
		if (r->p == r->end || !is_hex(*r->p++))
			return false;
	return true;
}

static bool string(struct reader *r)
{
	if (!take(r, '"'))
		return false;
	while (r->p < r->end) {
		char c = *r->p++;
		if (c == '"')
			return true;
		if ((unsigned char)c < 0x20 || c == 0x7f || (c == '\\' && !escape(r)))
			return false;
	}
	return false;
}

static bool digits(struct reader *r)
{
	const char *from = r->p;
	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
	return r->p > from;
}

static bool number(struct reader *r)
{
	if (*r->p == '-')
		r->p++;
	const char *from = r->p;
	if (!digits(r) || (*from == '0' && r->p > from + 1))
		return false;
	if (r->p < r->end && *r->p == '.') {
		r->p++;
		if (!digits(r))
			return false;
	}
	if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
		r->p++;
		if (r->p < r->end && (*r->p == '+' || *r->p == '-'))
			r->p++;
		return digits(r);
	}
	return true;
}

static bool members(struct reader *r, char end, bool keyed)
{
	if (take(r, end))
		return true;
	do {
		if (keyed && (!string(r) || !take(r, ':')))
			return false;
		if (!value(r))
			return false;
	} while (take(r, ','));
	return take(r, end);
}

static bool value(struct reader *r)
{
	bool good;
	blanks(r);
	if (r->p == r->end || ++r->depth > 64)
		return false;
	if (*r->p == '"')
		good = string(r);
	else if (take(r, '{'))
		good = members(r, '}', true);
	else if (take(r, '['))
		good = members(r, ']', false);
	else
		good = word(r, "true") || word(r, "false") || word(r, "null") || number(r);
	r->depth--;
	return good;
}

bool json_sound(const char *text, size_t n)
{
	struct reader r = { text, text + n, 0 };
	if (!text_valid(text, n, NULL) || !value(&r))
		return false;
	blanks(&r);
	return r.p == r.end;
}
