// SPDX-License-Identifier: MIT
#include <plando/erasures.h>
#include <plando/kind.h>
#include <plando/str.h>

// Those of one person over all reports, and of one kind (NULL: of all).
static int64_t erasures_count(
    const struct merge_report *report, size_t n, const char *by, const char *kind)
{
	int64_t count = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < report[i].erasures; k++) {
			const struct merge_erasure *x = &report[i].erasure[k];
			if (str_equal(x->by, by) && (!kind || str_equal(x->kind, kind)))
				count += x->count;
		}
	return count;
}

// Is it the first of its person (of its person and kind), in the order of the reports?
static bool erasure_is_first(
    const struct merge_report *report, const struct merge_erasure *at, size_t file, bool of_kind)
{
	for (size_t i = 0; i <= file; i++)
		for (size_t k = 0; k < report[i].erasures; k++) {
			const struct merge_erasure *x = &report[i].erasure[k];
			if (x == at)
				return true;
			if (str_equal(x->by, at->by) && (!of_kind || str_equal(x->kind, at->kind)))
				return false;
		}
	return true;
}

static void erasures_kinds(
    struct str *out, const struct merge_report *report, size_t n, const char *by)
{
	const char *lead = ": ";
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < report[i].erasures; k++) {
			const struct merge_erasure *x = &report[i].erasure[k];
			const struct kind *kind = kind_find(x->kind);
			if (!str_equal(x->by, by) || !erasure_is_first(report, x, i, true))
				continue;
			str_printf(out, "%s%lld of %s", lead,
			    (long long)erasures_count(report, n, by, x->kind),
			    kind ? kind->label : x->kind);
			lead = ", ";
		}
}

char *erasures_words(struct arena *a, const struct merge_report *report, size_t n, bool past)
{
	struct str out = STR_IN(a);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < report[i].erasures; k++) {
			const struct merge_erasure *x = &report[i].erasure[k];
			if (!erasure_is_first(report, x, i, false))
				continue;
			int64_t all = erasures_count(report, n, x->by, NULL);
			str_printf(&out, "%s%s %s %lld text%s", out.length ? " " : "", x->by,
			    past ? "erased" : "erases", (long long)all, all == 1 ? "" : "s");
			erasures_kinds(&out, report, n, x->by);
			str_add_char(&out, '.');
		}
	return str_done(&out);
}

int64_t erasures_held(const struct merge_report *report, size_t n)
{
	int64_t held = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < report[i].erasures; k++)
			if (str_equal(report[i].erasure[k].state, "held"))
				held += report[i].erasure[k].count;
	return held;
}
