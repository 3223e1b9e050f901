// SPDX-License-Identifier: MIT
// Order keys: base-62 fractions compared as text. Two people who put something into the same gap
// get different keys, because each key ends in two random characters.
#include <plando/record.h>
#include <plando/str.h>

#include <string.h>

static const char DIGITS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
enum { BASE = 62 };

static int order_digit_at(const char *key, size_t at)
{
	const char *p = strchr(DIGITS, key[at]);
	return p ? (int)(p - DIGITS) : 0;
}

// At the open ends the first three digits count up or down as one number, so that a list which
// grows at its end keeps short keys. False: that number has run out, or there is no open end.
static bool order_fraction_step(struct str *s, const char *before, const char *after)
{
	const char *near = before ? before : after;
	int n = BASE * BASE * BASE / 2;
	if (before && after)
		return false;
	if (near) {
		n = 0;
		for (size_t i = 0; i < 3; i++)
			n = n * BASE + (i < strlen(near) ? order_digit_at(near, i) : 0);
		n += before ? 1 : -1;
	}
	if (n < 0 || n >= BASE * BASE * BASE)
		return false;
	str_add_char(s, DIGITS[n / BASE / BASE]);
	str_add_char(s, DIGITS[n / BASE % BASE]);
	str_add_char(s, DIGITS[n % BASE]);
	return true;
}

// A fraction above `before` and below `after`, whatever is written behind it. While the digits so
// far are those of `before` (low) the next must be larger; while they are those of `after` (high),
// smaller.
static void order_fraction_between(struct str *s, const char *before, const char *after)
{
	bool low = before && *before, high = after && *after;
	for (size_t i = 0;; i++) {
		int a = low ? order_digit_at(before, i) : -1,
		    b = high ? order_digit_at(after, i) : BASE;
		if (b - a > 1) {
			str_add_char(s, DIGITS[a + (b - a) / 2]);
			return;
		}
		int keep = a < 0 ? b : a;
		str_add_char(s, DIGITS[keep]);
		low = low && before[i + 1];
		high = high && b == keep && after[i + 1];
	}
}

char *order_between(struct arena *a, const struct env *env, const char *before, const char *after)
{
	unsigned char chance[2];
	struct str s = STR_IN(a);
	if (before && after && strcmp(before, after) >= 0)
		after = NULL; // two keys alike: after the first is as right as can be
	if (!order_fraction_step(&s, before, after))
		order_fraction_between(&s, before, after);
	if (!env->random(env->world, chance, sizeof chance))
		return NULL;
	str_add_char(&s, DIGITS[1 + chance[0] % (BASE - 1)]);
	str_add_char(&s, DIGITS[1 + chance[1] % (BASE - 1)]);
	return str_done(&s);
}
