// SPDX-License-Identifier: MIT
// Exact decimals and fractions. Signs of sums are found in wide whole numbers, everything else in
// 64 bits with every overflow noticed.
#include <plando/decimal.h>

#include <string.h>

enum { EXPONENT_MOST = 9999, TYPED_MOST = 256, LIMBS = 20 };

static int64_t decimal_power_of_ten(int n)
{
	int64_t p = 1;
	while (n-- > 0)
		p *= 10;
	return p;
}

static uint64_t decimal_magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

static int decimal_sign_of(int64_t n)
{
	return (n > 0) - (n < 0);
}

static int64_t decimal_common_divisor(int64_t a, int64_t b)
{
	uint64_t x = decimal_magnitude(a), y = decimal_magnitude(b);
	while (y) {
		uint64_t rest = x % y;
		x = y;
		y = rest;
	}
	return (int64_t)(x ? x : 1);
}

// --- reading

struct decimal_scan {
	const char *at;
	int64_t digits;
	int count; // significant digits so far
	int zeros; // zeros seen since the last other digit: they count only when one follows
	bool failed;
};

static void decimal_take(struct decimal_scan *s, int digit)
{
	s->digits = s->digits * 10 + digit;
	s->count += s->digits != 0;
}

static void decimal_scan_digit(struct decimal_scan *s)
{
	int digit = *s->at++ - '0';
	if (digit == 0) {
		s->zeros++;
		return;
	}
	// More than can be kept: the zeros stay unwritten, and the number is refused.
	if (s->digits && s->zeros + s->count >= DECIMAL_DIGITS)
		s->failed = true;
	for (; s->zeros > 0 && !s->failed; s->zeros--)
		decimal_take(s, 0);
	if (!s->failed)
		decimal_take(s, digit);
}

// Digits before the point (first) or after it. What is written out counts; zeros at the end do not.
static int decimal_scan_digits(struct decimal_scan *s)
{
	const char *begin = s->at;
	while (*s->at >= '0' && *s->at <= '9')
		decimal_scan_digit(s);
	return (int)(s->at - begin);
}

static bool decimal_scan_exponent(struct decimal_scan *s, int *exponent)
{
	*exponent = 0;
	if (*s->at != 'e' && *s->at != 'E')
		return true;
	s->at++;
	bool minus = *s->at == '-';
	s->at += *s->at == '-' || *s->at == '+';
	const char *begin = s->at;
	for (; *s->at >= '0' && *s->at <= '9'; s->at++)
		if (*exponent <= EXPONENT_MOST)
			*exponent = *exponent * 10 + (*s->at - '0');
	*exponent = minus ? -*exponent : *exponent;
	return s->at > begin;
}

// digits * 10^power as a decimal.
static bool decimal_place(int64_t digits, int power, struct decimal *out)
{
	*out = (struct decimal){ digits, 0 };
	if (digits == 0)
		return true;
	for (; power > 0; power--)
		if (decimal_magnitude(out->digits) >=
		    (uint64_t)decimal_power_of_ten(DECIMAL_DIGITS - 1))
			return false;
		else
			out->digits *= 10;
	for (; power < 0 && out->digits % 10 == 0; power++)
		out->digits /= 10;
	out->scale = -power;
	return out->scale <= DECIMAL_DIGITS;
}

bool decimal_parse(const char *text, struct decimal *out)
{
	struct decimal_scan s = { .at = text };
	*out = (struct decimal){ 0 };
	if (!text || strlen(text) > TYPED_MOST)
		return false;
	bool minus = *text == '-';
	s.at += *text == '-' || *text == '+';
	int exponent, power = 0;
	bool whole = decimal_scan_digits(&s) > 0;
	if (*s.at == '.') {
		s.at++;
		power = -decimal_scan_digits(&s);
	}
	// The zeros that still wait were not written into the digits.
	power += s.zeros;
	if (!whole || !decimal_scan_exponent(&s, &exponent) || *s.at || s.failed)
		return false;
	return decimal_place(minus ? -s.digits : s.digits, power + exponent, out);
}

struct decimal decimal_whole(int64_t number)
{
	return (struct decimal){ number, 0 };
}

// --- decimals

int decimal_compare(struct decimal a, struct decimal b)
{
	return fraction_compare(fraction_of(a), fraction_of(b));
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
	int scale = a.scale > b.scale ? a.scale : b.scale;
	int64_t x, y, sum;
	if (__builtin_mul_overflow(a.digits, decimal_power_of_ten(scale - a.scale), &x) ||
	    __builtin_mul_overflow(b.digits, decimal_power_of_ten(scale - b.scale), &y) ||
	    __builtin_add_overflow(x, y, &sum) ||
	    decimal_magnitude(sum) >= (uint64_t)decimal_power_of_ten(DECIMAL_DIGITS))
		return false;
	return decimal_place(sum, -scale, out);
}

char *decimal_show(struct arena *a, struct decimal d)
{
	return fraction_show(a, fraction_of(d), d.scale, false);
}

double decimal_real(struct decimal d)
{
	return (double)((long double)d.digits / (long double)decimal_power_of_ten(d.scale));
}

// --- fractions

static struct fraction decimal_lowest(int64_t over, int64_t under)
{
	int64_t by = decimal_common_divisor(over, under);
	return (struct fraction){ over / by, under / by };
}

struct fraction fraction_of(struct decimal d)
{
	return decimal_lowest(d.digits, decimal_power_of_ten(d.scale));
}

static bool decimal_times(struct fraction a, struct fraction b, struct fraction *out)
{
	// Crosswise first: what can be shortened never overflows.
	struct fraction x = decimal_lowest(a.over, b.under), y = decimal_lowest(b.over, a.under);
	return !__builtin_mul_overflow(x.over, y.over, &out->over) &&
	       !__builtin_mul_overflow(x.under, y.under, &out->under);
}

bool fraction_divide(struct fraction a, struct fraction b, struct fraction *out)
{
	if (b.over == 0)
		return false;
	struct fraction turned = { decimal_sign_of(b.over) * b.under,
		(int64_t)decimal_magnitude(b.over) };
	return decimal_times(a, turned, out);
}

bool fraction_ratio(
    struct decimal over, struct decimal under, struct decimal by, struct fraction *out)
{
	struct fraction first;
	return fraction_divide(fraction_of(over), fraction_of(under), &first) &&
	       decimal_times(first, fraction_of(by), out);
}

int fraction_compare(struct fraction a, struct fraction b)
{
	return parts_sign((const struct decimal_part[]){ { 1, a }, { -1, b } }, 2);
}

double fraction_real(struct fraction f)
{
	return (double)((long double)f.over / (long double)f.under);
}

// One decimal more of rest / under: ten times the rest without ever leaving 64 bits.
static char decimal_next_digit(uint64_t *rest, uint64_t under)
{
	uint64_t sum = 0;
	char digit = '0';
	for (int i = 0; i < 10; i++) {
		sum += *rest;
		if (sum >= under) {
			sum -= under;
			digit++;
		}
	}
	*rest = sum;
	return digit;
}

// Adds one to the last digit of a number in decimal; it begins with a 0 to carry into.
static void decimal_count_up(char *digits, size_t n)
{
	while (n-- > 0) {
		if (digits[n] == '.')
			continue;
		if (digits[n] < '9') {
			digits[n]++;
			return;
		}
		digits[n] = '0';
	}
}

char *fraction_show(struct arena *a, struct fraction f, int decimals, bool trim)
{
	uint64_t over = decimal_magnitude(f.over), under = (uint64_t)f.under, rest = over % under;
	char *text =
	    arena_printf(a, "0%llu.%*s", (unsigned long long)(over / under), decimals + 1, "");
	if (!text)
		return NULL;
	size_t n = strlen(text) - (size_t)decimals - 1;
	for (int i = 0; i < decimals; i++)
		text[n++] = decimal_next_digit(&rest, under);
	text[n] = '\0';
	if (rest >= under - rest)
		decimal_count_up(text, n);
	while (n && (trim || decimals == 0) && (text[n - 1] == '0' || text[n - 1] == '.')) {
		bool point = text[n - 1] == '.';
		text[--n] = '\0';
		if (point)
			break;
	}
	text += *text == '0' && text[1] >= '0' && text[1] <= '9';
	bool zero = text[strspn(text, "0.")] == '\0';
	return f.over < 0 && !zero ? arena_printf(a, "-%s", text) : text;
}

// --- sums, in wide whole numbers: the lowest limb first

struct wide {
	uint32_t limb[LIMBS];
};

static void decimal_wide_scale(struct wide *w, uint32_t by)
{
	uint64_t carry = 0;
	for (int i = 0; i < LIMBS; i++) {
		carry += (uint64_t)w->limb[i] * by;
		w->limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

static void decimal_wide_add(struct wide *w, const struct wide *more, int shift)
{
	uint64_t carry = 0;
	for (int i = shift; i < LIMBS; i++) {
		carry += (uint64_t)w->limb[i] + more->limb[i - shift];
		w->limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

static void decimal_wide_times(struct wide *w, uint64_t by)
{
	struct wide high = *w;
	decimal_wide_scale(w, (uint32_t)by);
	if (by >> 32) {
		decimal_wide_scale(&high, (uint32_t)(by >> 32));
		decimal_wide_add(w, &high, 1);
	}
}

static int decimal_wide_compare(const struct wide *a, const struct wide *b)
{
	for (int i = LIMBS; i-- > 0;)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

// The same in 128 bits, where they suffice: nearly always.
__extension__ typedef __int128 broad;

static bool decimal_narrow_sign(const struct decimal_part part[], size_t n, int *sign)
{
	broad sum = 0;
	for (size_t i = 0; i < n; i++) {
		broad one = (broad)part[i].times * part[i].value.over; // 126 bits at most
		for (size_t j = 0; j < n; j++)
			if (j != i && __builtin_mul_overflow(one, part[j].value.under, &one))
				return false;
		if (__builtin_add_overflow(sum, one, &sum))
			return false;
	}
	*sign = (sum > 0) - (sum < 0);
	return true;
}

// Over the common denominator: each part times the denominators of the others. Eight parts of 63
// bits each and as many times are 576 bits and a carry: within the limbs.
int parts_sign(const struct decimal_part part[], size_t n)
{
	struct wide sum[2] = { 0 }; // below and above nothing
	int narrow;
	if (decimal_narrow_sign(part, n, &narrow))
		return narrow;
	for (size_t i = 0; i < n; i++) {
		struct wide w = { { 1 } };
		int sign = decimal_sign_of(part[i].times) * decimal_sign_of(part[i].value.over);
		if (sign == 0)
			continue;
		decimal_wide_times(&w, decimal_magnitude(part[i].times));
		decimal_wide_times(&w, decimal_magnitude(part[i].value.over));
		for (size_t j = 0; j < n; j++)
			if (j != i)
				decimal_wide_times(&w, (uint64_t)part[j].value.under);
		decimal_wide_add(&sum[sign > 0], &w, 0);
	}
	return decimal_wide_compare(&sum[1], &sum[0]);
}

static bool decimal_fraction_add(struct fraction a, struct fraction b, struct fraction *out)
{
	int64_t by = decimal_common_divisor(a.under, b.under), x, y, over, under;
	if (__builtin_mul_overflow(a.over, b.under / by, &x) ||
	    __builtin_mul_overflow(b.over, a.under / by, &y) ||
	    __builtin_add_overflow(x, y, &over) ||
	    __builtin_mul_overflow(a.under, b.under / by, &under))
		return false;
	*out = decimal_lowest(over, under);
	return true;
}

bool parts_sum(const struct decimal_part part[], size_t n, int64_t by, struct fraction *out)
{
	struct fraction sum = { 0, 1 };
	for (size_t i = 0; i < n; i++) {
		struct fraction one;
		if (!decimal_times(part[i].value, (struct fraction){ part[i].times, 1 }, &one) ||
		    !decimal_fraction_add(sum, one, &sum))
			return false;
	}
	return decimal_times(sum, decimal_lowest(1, by), out);
}
