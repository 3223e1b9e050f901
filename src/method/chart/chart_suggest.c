// SPDX-License-Identifier: MIT
// Where a new median would be possible, as two programs in use find it. Suggestions only: whether
// the process has changed for a known reason is for people to say.
#include "method/chart/chart_parts.h"

#include <math.h>

// A run of useful points on one side of a median that changes on the way.
struct streak {
	const double *y;
	double close; // number_close() of y
	size_t *at;   // its points
	size_t length;
	int side;
};

static double chart_suggest_close_of(const double *y, size_t count)
{
	double most = 0;
	for (size_t i = 0; i < count; i++)
		most = fmax(most, isnan(y[i]) ? 0 : fabs(y[i]));
	return number_close(most);
}

static int chart_suggest_side_of(const struct streak *s, size_t i, double median)
{
	double over = s->y[i] - median;
	return over > s->close ? 1 : over < -s->close ? -1 : 0;
}

// Takes point i into the run, or begins a new one. False: it is on the line, or missing.
static bool chart_suggest_streak_step(struct streak *s, size_t i, double median)
{
	int side = chart_suggest_side_of(s, i, median);
	if (side == 0)
		return false;
	if (side != s->side)
		s->length = 0;
	s->side = side;
	s->at[s->length++] = i;
	return true;
}

static double chart_suggest_streak_median(const struct streak *s, size_t n, double *scratch)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = s->y[s->at[i]];
	return number_median(scratch, n);
}

static bool chart_suggest_wanted(int side, enum chart_side which)
{
	return which == CHART_EITHER || side == (which == CHART_ONLY_ABOVE ? 1 : -1);
}

bool chart_suggest_rebase(struct arena *a, const double *y, size_t count, size_t median_points,
    size_t run, enum chart_side side, struct chart_rebases *out, struct err *e)
{
	*out = (struct chart_rebases){ 0 };
	if (median_points == 0 || run == 0 || count < median_points + run)
		return true;
	double *scratch = arena_array(a, count, sizeof *scratch);
	struct streak s = { .y = y,
		.close = chart_suggest_close_of(y, count),
		.at = arena_array(a, count, sizeof *s.at) };
	out->item = arena_array(a, (count - median_points) / run + 2, sizeof *out->item);
	if (!scratch || !s.at || !out->item)
		return err_memory(e);
	for (size_t i = 0; i < median_points; i++)
		scratch[i] = y[i];
	double median = number_median(scratch, median_points);
	out->item[out->count++] = (struct chart_rebase){ 0, median_points - 1, count - 1, median };
	for (size_t i = median_points; i < count; i++) {
		if (!chart_suggest_streak_step(&s, i, median) || s.length < run)
			continue;
		if (!chart_suggest_wanted(s.side, side)) {
			s.length--; // any longer makes no difference
			continue;
		}
		median = chart_suggest_streak_median(&s, s.length, scratch);
		out->item[out->count - 1].extended = s.at[0];
		out->item[out->count++] = (struct chart_rebase){ s.at[0], i, count - 1, median };
		s.length = 0;
	}
	return true;
}

// --- Healthcare Improvement Scotland

static void chart_suggest_base_set(
    struct chart_rephase *out, size_t count, size_t from, size_t to, double median)
{
	for (size_t i = from; i < count; i++) {
		out->extended[i] = median;
		if (i <= to)
			out->base[i] = median;
	}
}

// Runs of `need` useful points within a gap between the solid medians.
static void chart_suggest_gap_shifts(
    const struct streak *s, size_t from, size_t to, double median, size_t need, bool *shift)
{
	int side = 0;
	size_t first = from, length = 0;
	for (size_t i = from; i <= to; i++) {
		int at = i < to ? chart_suggest_side_of(s, i, median) : 0;
		if (i < to && (at == 0 || at == side)) {
			length += at != 0;
			continue;
		}
		for (size_t k = first; k < i && length >= need; k++)
			shift[k] = !isnan(s->y[k]);
		side = at;
		first = i;
		length = 1;
	}
}

static void chart_suggest_all_gaps(
    const struct streak *s, size_t count, size_t need, struct chart_rephase *out)
{
	bool begun = false;
	for (size_t i = 0, to; i < count; i = to + 1) {
		begun = begun || !isnan(out->base[i]);
		to = i;
		if (!begun || !isnan(out->base[i]))
			continue;
		while (to < count && isnan(out->base[to]))
			to++;
		chart_suggest_gap_shifts(s, i, to, out->extended[i], need, out->shift);
		to--;
	}
}

static size_t chart_suggest_first_values(
    const double *y, size_t count, size_t want, double *value, size_t *first)
{
	size_t n = 0, last = count;
	for (size_t i = 0; i < count && n < want; i++) {
		if (isnan(y[i]))
			continue;
		if (n == 0)
			*first = i;
		value[n++] = y[i];
		last = i;
	}
	return n == want ? last : count;
}

bool chart_suggest_rephase(struct arena *a, const double *y, size_t count, size_t trigger,
    size_t shift_trigger, struct chart_rephase *out, struct err *e)
{
	double *scratch = arena_array(a, count + 1, sizeof *scratch);
	struct streak s = { .y = y,
		.close = chart_suggest_close_of(y, count),
		.at = arena_array(a, count + 1, sizeof *s.at) };
	size_t first = 0;
	out->base = arena_array(a, count + 1, sizeof *out->base);
	out->extended = arena_array(a, count + 1, sizeof *out->extended);
	out->shift = arena_array(a, count + 1, sizeof *out->shift);
	if (!scratch || !s.at || !out->base || !out->extended || !out->shift)
		return err_memory(e);
	for (size_t i = 0; i < count; i++)
		out->base[i] = out->extended[i] = NAN;
	size_t last = trigger > 1
			  ? chart_suggest_first_values(y, count, trigger - 1, scratch, &first)
			  : count;
	if (last >= count)
		return true;
	double median = number_median(scratch, trigger - 1);
	chart_suggest_base_set(out, count, first, last, median);
	for (size_t i = last + 1; i < count; i++) {
		if (!chart_suggest_streak_step(&s, i, median) || s.length < trigger)
			continue;
		// Of all of them but the last, which begins the next search.
		size_t end = s.at[trigger - 2];
		median = chart_suggest_streak_median(&s, trigger - 1, scratch);
		chart_suggest_base_set(out, count, s.at[0], end, median);
		for (size_t k = end + 1; k < count; k++)
			out->base[k] = NAN;
		s.length = 0;
		i = end;
	}
	chart_suggest_all_gaps(&s, count, shift_trigger, out);
	return true;
}
