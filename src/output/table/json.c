// SPDX-License-Identifier: MIT
#include "base/text_utf8.h"

#include <plando/json.h>

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void json_init(struct json *j, FILE *out)
{
	*j = (struct json){ .out = out };
}

static void json_line_feed(const struct json *j)
{
	if (j->depth > JSON_OPEN)
		return;
	fputc('\n', j->out);
	for (unsigned i = 0; i < j->depth; i++)
		fputs("  ", j->out);
}

// What stands between the value before and this one.
static void json_begin_value(struct json *j)
{
	if (j->keyed) {
		j->keyed = false;
		return;
	}
	if (j->depth == 0)
		return;
	bool *some = &j->some[j->depth - 1];
	if (*some)
		fputs(j->depth > JSON_OPEN ? ", " : ",", j->out);
	*some = true;
	json_line_feed(j);
}

static void json_open_level(struct json *j, char begin, char end)
{
	json_begin_value(j);
	if (j->depth == JSON_DEPTH) {
		j->failed = true;
		return;
	}
	fputc(begin, j->out);
	j->end[j->depth] = end;
	j->some[j->depth++] = false;
}

void json_object(struct json *j)
{
	json_open_level(j, '{', '}');
}

void json_array(struct json *j)
{
	json_open_level(j, '[', ']');
}

void json_end(struct json *j)
{
	if (j->depth == 0 || j->keyed) {
		j->failed = true;
		return;
	}
	bool some = j->some[j->depth - 1];
	char end = j->end[j->depth - 1];
	bool open = j->depth <= JSON_OPEN;
	j->depth--;
	if (some && open)
		json_line_feed(j);
	fputc(end, j->out);
}

// Controls and invisible format characters (Unicode's Cc, Cf, Zl, Zp), and the fillers and tags
// that have another class but no shape. Variation selectors stay: without them an emoji is another
// one.
static const struct json_range {
	int32_t from, to;
} unseen[] = {
	{ 0x0000, 0x001f },
	{ 0x007f, 0x009f },
	{ 0x00ad, 0x00ad },
	{ 0x034f, 0x034f },
	{ 0x0600, 0x0605 },
	{ 0x061c, 0x061c },
	{ 0x06dd, 0x06dd },
	{ 0x070f, 0x070f },
	{ 0x0890, 0x0891 },
	{ 0x08e2, 0x08e2 },
	{ 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },
	{ 0x200b, 0x200f },
	{ 0x2028, 0x202e },
	{ 0x2060, 0x206f },
	{ 0x3164, 0x3164 },
	{ 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb },
	{ 0x110bd, 0x110bd },
	{ 0x110cd, 0x110cd },
	{ 0x13430, 0x1343f },
	{ 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },
	{ 0xe0000, 0xe00ff },
};

static bool json_is_unseen(int32_t cp)
{
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen && unseen[i].from <= cp; i++)
		if (cp <= unseen[i].to)
			return true;
	return false;
}

static void json_escape(FILE *out, int32_t c)
{
	static const char letters[] = "\bb\tt\nn\ff\rr";
	for (const char *p = letters; *p; p += 2)
		if (c == *p) {
			fprintf(out, "\\%c", p[1]);
			return;
		}
	if (c < 0x10000) {
		fprintf(out, "\\u%04" PRIx32, (uint32_t)c);
		return;
	}
	uint32_t rest = (uint32_t)c - 0x10000;
	fprintf(
	    out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xd800 + (rest >> 10), 0xdc00 + (rest & 0x3ff));
}

static void json_quoted(FILE *out, const char *text)
{
	size_t n = strlen(text), used;
	fputc('"', out);
	for (size_t at = 0; at < n; at += used) {
		int32_t cp;
		used = utf8_next(text + at, n - at, &cp);
		if (cp == UTF8_BAD)
			fputs("\xef\xbf\xbd", out);
		else if (cp == '"' || cp == '\\')
			fprintf(out, "\\%c", (char)cp);
		else if (json_is_unseen(cp))
			json_escape(out, cp);
		else
			fwrite(text + at, 1, used, out);
	}
	fputc('"', out);
}

void json_key(struct json *j, const char *key)
{
	if (j->depth == 0 || j->end[j->depth - 1] != '}' || j->keyed)
		j->failed = true;
	json_begin_value(j);
	json_quoted(j->out, key);
	fputs(": ", j->out);
	j->keyed = true;
}

void json_text(struct json *j, const char *text)
{
	if (!text) {
		json_null(j);
		return;
	}
	json_begin_value(j);
	json_quoted(j->out, text);
}

static void json_bare(struct json *j, const char *word)
{
	json_begin_value(j);
	fputs(word, j->out);
}

void json_int(struct json *j, int64_t number)
{
	json_begin_value(j);
	fprintf(j->out, "%" PRId64, number);
}

void json_bool(struct json *j, bool value)
{
	json_bare(j, value ? "true" : "false");
}

void json_null(struct json *j)
{
	json_bare(j, "null");
}

static const char *json_digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

// The grammar of RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
static bool json_is_number(const char *p)
{
	p += *p == '-';
	const char *after = json_digits(p);
	if (after == p || (*p == '0' && after != p + 1))
		return false;
	p = after;
	if (*p == '.') {
		after = json_digits(++p);
		if (after == p)
			return false;
		p = after;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '+' || *p == '-';
		after = json_digits(p);
		if (after == p)
			return false;
		p = after;
	}
	return *p == '\0';
}

void json_decimal(struct json *j, const char *decimal)
{
	const char *p = decimal ? decimal : "";
	bool minus = *p == '-';
	p += minus || *p == '+';
	while (p[0] == '0' && json_digits(p + 1) != p + 1)
		p++;
	if (*p == '-' || !json_is_number(p)) {
		json_text(j, decimal);
		return;
	}
	json_begin_value(j);
	fprintf(j->out, "%s%s", minus ? "-" : "", p);
}

void json_real(struct json *j, double number)
{
	if (!isfinite(number)) {
		json_null(j);
		return;
	}
	char text[40];
	if (fabs(number) < 1e15 && number == trunc(number)) { // 30, not 3e+01
		snprintf(text, sizeof text, "%.0f", number);
		json_bare(j, text);
		return;
	}
	for (int places = 1; places <= 17; places++) {
		snprintf(text, sizeof text, "%.*g", places, number);
		if (strtod(text, NULL) == number)
			break;
	}
	json_bare(j, text);
}

void json_put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

void json_put_int(struct json *j, const char *key, int64_t number)
{
	json_key(j, key);
	json_int(j, number);
}

void json_put_bool(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}

void json_put_object(struct json *j, const char *key)
{
	json_key(j, key);
	json_object(j);
}

void json_put_array(struct json *j, const char *key)
{
	json_key(j, key);
	json_array(j);
}

bool json_done(struct json *j, struct err *e)
{
	fputc('\n', j->out);
	if (j->failed || j->depth > 0 || j->keyed)
		return err_set(e, ERR_INTERNAL,
		    "the JSON document was not closed; this is a fault of plando: please report "
		    "it");
	if (ferror(j->out))
		return err_set(e, ERR_IO,
		    "the result cannot be written; make room on the disk, or keep the pipe open");
	return true;
}
