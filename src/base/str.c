// SPDX-License-Identifier: MIT
#include <plando/str.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool str_room(struct str *s, size_t more)
{
	if (s->failed)
		return false;
	if (s->text && s->cap - s->length > more)
		return true;
	size_t cap = s->cap ? s->cap : 64;
	while (cap - s->length <= more && cap < SIZE_MAX / 4)
		cap *= 2;
	char *bigger = arena_alloc(s->arena, cap);
	if (!bigger) {
		s->failed = true;
		return false;
	}
	if (s->text)
		memcpy(bigger, s->text, s->length);
	s->text = bigger;
	s->cap = cap;
	return true;
}

void str_add_n(struct str *s, const char *text, size_t n)
{
	if (!str_room(s, n))
		return;
	if (n)
		memcpy(s->text + s->length, text, n);
	s->length += n;
	s->text[s->length] = '\0';
}

void str_add(struct str *s, const char *text)
{
	if (text)
		str_add_n(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
	str_add_n(s, &c, 1);
}

void str_add_times(struct str *s, const char *text, size_t times)
{
	for (size_t n = strlen(text); times; times--)
		str_add_n(s, text, n);
}

void str_printf(struct str *s, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		s->failed = true;
	else if (str_room(s, (size_t)n)) {
		vsnprintf(s->text + s->length, (size_t)n + 1, fmt, again);
		s->length += (size_t)n;
	}
	va_end(again);
	va_end(ap);
}

char *str_done(struct str *s)
{
	return str_room(s, 0) ? s->text : NULL;
}

bool str_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_empty(const char *text)
{
	return !text || !*text;
}

bool str_starts(const char *text, const char *prefix)
{
	return text && strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && strcmp(text + n - m, end) == 0;
}

unsigned str_distance(const char *a, const char *b)
{
	enum { MOST = 64 };
	size_t n = strlen(a), m = strlen(b);
	if (n >= MOST || m >= MOST)
		return MOST;
	unsigned row[MOST] = { 0 };
	for (unsigned j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned cost = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < cost)
				cost = row[j] + 1;
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1;
			row[j] = cost;
		}
	}
	return row[m];
}
