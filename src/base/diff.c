// SPDX-License-Identifier: MIT
#include "base/diff.h"

#include <limits.h>

enum { EFFORT_MOST = 10 * 1000 * 1000 };

// What remains to be compared: x[x0..x1) with y[y0..y1).
struct box {
	int x0, x1, y0, y1;
};

struct search {
	const uint32_t *x, *y;	   // only what the other has too
	const size_t *x_at, *y_at; // where that stood
	bool *x_changed, *y_changed;
	int *ahead, *behind; // by diagonal x - y: how far the search from each end has come
	long effort;
};

static void diff_box_changed(struct search *s, struct box b)
{
	for (int i = b.x0; i < b.x1; i++)
		s->x_changed[s->x_at[i]] = true;
	for (int i = b.y0; i < b.y1; i++)
		s->y_changed[s->y_at[i]] = true;
}

static struct box diff_box_trim(const struct search *s, struct box b)
{
	while (b.x0 < b.x1 && b.y0 < b.y1 && s->x[b.x0] == s->y[b.y0]) {
		b.x0++;
		b.y0++;
	}
	while (b.x0 < b.x1 && b.y0 < b.y1 && s->x[b.x1 - 1] == s->y[b.y1 - 1]) {
		b.x1--;
		b.y1--;
	}
	return b;
}

// The diagonals that one end has reached.
struct diff_reach {
	int from, to;
};

// One more diagonal at each side, while there are any; the one beyond gets `none`. Only every
// second diagonal is live in a step.
static void diff_reach_widen(struct diff_reach *r, int *far, struct box b, int none)
{
	if (r->from > b.x0 - b.y1)
		far[--r->from - 1] = none;
	else
		r->from++;
	if (r->to < b.x1 - b.y0)
		far[++r->to + 1] = none;
	else
		r->to--;
}

// other NULL: the two cannot meet in this step.
static bool diff_step_ahead(struct search *s, struct box b, struct diff_reach r,
    const struct diff_reach *other, int *middle)
{
	int *far = s->ahead;
	for (int d = r.to; d >= r.from; d -= 2) {
		int x = far[d - 1] < far[d + 1] ? far[d + 1] : far[d - 1] + 1, from = x;
		while (x < b.x1 && x - d < b.y1 && s->x[x] == s->y[x - d])
			x++;
		far[d] = x;
		s->effort += x - from + 1;
		if (other && d >= other->from && d <= other->to && s->behind[d] <= x) {
			*middle = d;
			return true;
		}
	}
	return false;
}

static bool diff_step_behind(struct search *s, struct box b, struct diff_reach r,
    const struct diff_reach *other, int *middle)
{
	int *far = s->behind;
	for (int d = r.to; d >= r.from; d -= 2) {
		int x = far[d - 1] < far[d + 1] ? far[d - 1] : far[d + 1] - 1, from = x;
		while (x > b.x0 && x - d > b.y0 && s->x[x - 1] == s->y[x - d - 1])
			x--;
		far[d] = x;
		s->effort += from - x + 1;
		if (other && d >= other->from && d <= other->to && x <= s->ahead[d]) {
			*middle = d;
			return true;
		}
	}
	return false;
}

// Where the shortest way through the box has its middle. False: that would take too long.
static bool diff_box_middle(struct search *s, struct box b, int *mx, int *my)
{
	int first = b.x0 - b.y0, last = b.x1 - b.y1, d;
	struct diff_reach ahead = { first, first }, behind = { last, last };
	bool odd = (first - last) & 1;
	s->ahead[first] = b.x0;
	s->behind[last] = b.x1;
	while (s->effort < EFFORT_MOST) {
		diff_reach_widen(&ahead, s->ahead, b, -1);
		if (diff_step_ahead(s, b, ahead, odd ? &behind : NULL, &d)) {
			*mx = s->ahead[d];
			*my = *mx - d;
			return true;
		}
		diff_reach_widen(&behind, s->behind, b, INT_MAX);
		if (diff_step_behind(s, b, behind, odd ? NULL : &ahead, &d)) {
			*mx = s->behind[d];
			*my = *mx - d;
			return true;
		}
	}
	return false;
}

// Depth: a box is halved in its changes each time; the larger half comes back to the loop.
static void diff_box_compare(struct search *s, struct box b)
{
	int mx, my;
	for (;;) {
		b = diff_box_trim(s, b);
		if (b.x0 == b.x1 || b.y0 == b.y1 || !diff_box_middle(s, b, &mx, &my)) {
			diff_box_changed(s, b);
			return;
		}
		struct box before = { b.x0, mx, b.y0, my }, after = { mx, b.x1, my, b.y1 };
		bool small = (mx - b.x0) + (my - b.y0) < (b.x1 - mx) + (b.y1 - my);
		diff_box_compare(s, small ? before : after);
		b = small ? after : before;
	}
}

// --- what only one of them has is changed; it need not be searched

static bool diff_counts(struct arena *a, const struct sequence *s, uint32_t most, bool **has)
{
	*has = arena_array(a, (size_t)most + 1, sizeof **has);
	for (size_t i = 0; *has && i < s->count; i++)
		(*has)[s->at[i]] = true;
	return *has;
}

static bool diff_shared(struct arena *a, struct sequence *s, const bool *other_has, uint32_t **out,
    size_t **places, size_t *n)
{
	*out = arena_array(a, s->count + 1, sizeof **out);
	*places = arena_array(a, s->count + 1, sizeof **places);
	*n = 0;
	if (!*out || !*places)
		return false;
	for (size_t i = 0; i < s->count; i++) {
		s->changed[i] = !other_has[s->at[i]];
		if (s->changed[i])
			continue;
		(*out)[*n] = s->at[i];
		(*places)[(*n)++] = i;
	}
	return true;
}

static bool diff_flags_make(struct arena *a, struct sequence *s)
{
	bool *flags = arena_array(a, s->count + 2, sizeof *flags);
	s->changed = flags ? flags + 1 : NULL;
	return flags;
}

static bool diff_search_all(struct arena *a, struct sequence *x, struct sequence *y)
{
	uint32_t most = 0, *left_x, *left_y;
	size_t *at_x, *at_y, n, m;
	bool *has_x, *has_y;
	for (size_t i = 0; i < x->count; i++)
		most = x->at[i] > most ? x->at[i] : most;
	for (size_t i = 0; i < y->count; i++)
		most = y->at[i] > most ? y->at[i] : most;
	if (!diff_counts(a, x, most, &has_x) || !diff_counts(a, y, most, &has_y) ||
	    !diff_shared(a, x, has_y, &left_x, &at_x, &n) ||
	    !diff_shared(a, y, has_x, &left_y, &at_y, &m))
		return false;
	size_t diagonals = n + m + 3;
	int *far = arena_array(a, diagonals * 2, sizeof *far);
	if (!far)
		return false;
	struct search s = { left_x, left_y, at_x, at_y, x->changed, y->changed, far + m + 1,
		far + diagonals + m + 1, 0 };
	diff_box_compare(&s, (struct box){ 0, (int)n, 0, (int)m });
	return true;
}

// --- moving runs of changes

// A run of changes s[from..to); `beside` is the place in the other that corresponds to its end.
struct diff_run {
	size_t from, to, beside;
};

static bool diff_slide_up(struct sequence *s, const struct sequence *o, struct diff_run *r)
{
	if (r->from == 0 || s->at[r->from - 1] != s->at[r->to - 1])
		return false;
	s->changed[--r->from] = true;
	s->changed[--r->to] = false;
	while (r->from && s->changed[r->from - 1])
		r->from--;
	do
		r->beside--;
	while (o->changed[r->beside]);
	return true;
}

// *meets: a run of the other ends where this one now ends.
static bool diff_slide_down(
    struct sequence *s, const struct sequence *o, struct diff_run *r, bool *meets)
{
	if (r->to == s->count || s->at[r->from] != s->at[r->to])
		return false;
	s->changed[r->from++] = false;
	s->changed[r->to++] = true;
	while (s->changed[r->to])
		r->to++;
	for (*meets = false; o->changed[++r->beside];)
		*meets = true;
	return true;
}

// As far up as it goes, then as far down (joining others on the way), and back up to where the
// other has a run too. r->beside: on an unchanged element, or at the end.
static void diff_run_settle(struct sequence *s, const struct sequence *o, struct diff_run *r)
{
	size_t length, meeting;
	bool meets;
	do {
		length = r->to - r->from;
		while (diff_slide_up(s, o, r))
			;
		meeting = r->beside && o->changed[(ptrdiff_t)r->beside - 1] ? r->to : s->count;
		while (diff_slide_down(s, o, r, &meets))
			if (meets)
				meeting = r->to;
	} while (r->to - r->from != length);
	while (meeting < r->to && diff_slide_up(s, o, r))
		;
}

static void diff_runs_settle(struct sequence *s, const struct sequence *o)
{
	size_t i = 0, beside = 0;
	for (;;) {
		while (i < s->count && !s->changed[i]) {
			while (o->changed[beside])
				beside++;
			beside++;
			i++;
		}
		if (i == s->count)
			return;
		struct diff_run r = { i, i, 0 };
		while (s->changed[r.to])
			r.to++;
		while (o->changed[beside])
			beside++;
		r.beside = beside;
		diff_run_settle(s, o, &r);
		i = r.to;
		beside = r.beside;
	}
}

bool diff_sequences(struct arena *a, struct sequence *x, struct sequence *y)
{
	if (!diff_flags_make(a, x) || !diff_flags_make(a, y) || !diff_search_all(a, x, y))
		return false;
	diff_runs_settle(x, y);
	diff_runs_settle(y, x);
	return true;
}
