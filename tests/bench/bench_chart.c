// SPDX-License-Identifier: MIT
// 1000 series of 36 points from SQLite to signals, beside a bare loop in C that has the numbers in
// memory already: median, runs, crossings. The goal is 0.07 ms a series where the loop takes 0.004.
// bench_chart FOLDER
#include "samples.h"

#include <plando/record.h>
#include <plando/signals.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEAMS = 50, EACH = 20, POINTS = 36, SERIES = TEAMS * EACH, ROUNDS = 15 };

static double value[SERIES][POINTS];
static struct id team[TEAMS];

static void stop(const char *words)
{
	fprintf(stderr, "bench_chart: %s\n", words);
	exit(1);
}

// ---- the floor

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int floor_signal(const double *y)
{
	double sorted[POINTS];
	int useful = 0, longest = 0, run = 0, crossings = 0, before = 0;
	memcpy(sorted, y, sizeof sorted);
	qsort(sorted, POINTS, sizeof *sorted, by_size);
	double median = (sorted[POINTS / 2 - 1] + sorted[POINTS / 2]) / 2;
	for (int i = 0; i < POINTS; i++) {
		int side = (y[i] > median) - (y[i] < median);
		if (!side)
			continue;
		crossings += before && side != before;
		run = side == before ? run + 1 : 1;
		longest = run > longest ? run : longest;
		before = side;
		useful++;
	}
	double p = pow(0.5, useful - 1), sum = p;
	int least = 0;
	for (; sum < 0.05 && least < useful; least++)
		sum += p = p * (useful - 1 - least) / (least + 1);
	return longest > lround(log2(useful)) + 3 || crossings < least;
}

// ---- the workbook

static void save_measure(struct save *v, struct arena *a, const struct id *of, size_t series)
{
	struct err e = { 0 };
	struct id id, point;
	char text[ID_TEXT], day[DATE_TEXT], number[32], measure[ID_TEXT];
	id_print(of, text);
	if (!save_new(v, "measure", NULL, &id, &e) ||
	    !save_cell(v, &id, "measure", "team", text, &e) ||
	    !save_cell(v, &id, "measure", "name", "Wait", &e) ||
	    !save_cell(v, &id, "measure", "direction", "down", &e))
		stop(e.text);
	id_print(&id, measure);
	for (int i = 0; i < POINTS; i++) {
		date_print_iso(date_add_months(18262, i), day);
		snprintf(number, sizeof number, "%.2f", value[series][i]);
		const char *const key[] = { "measure", measure, "date", day, "stratum", "", NULL };
		if (!save_new(v, "point", key, &point, &e) ||
		    !save_cell(v, &point, "point", "value", number, &e))
			stop(e.text);
	}
	(void)a;
}

static struct store *fill(const char *folder, const struct env *env)
{
	struct err e = { 0 };
	struct arena a = { 0 };
	char path[4096];
	snprintf(path, sizeof path, "%s/charts.plando", folder);
	struct store *s =
	    store_create(path, env, "Bench", &e) ? store_open(path, STORE_WRITE, env, &e) : NULL;
	if (!s)
		stop(e.text);
	for (size_t t = 0; t < TEAMS; t++) {
		struct save *v = save_begin(s, &a, &e);
		if (!v || !save_new(v, "team", NULL, &team[t], &e) ||
		    !save_cell(v, &team[t], "team", "name", "Team", &e))
			stop(e.text);
		for (size_t m = 0; m < EACH; m++)
			save_measure(v, &a, &team[t], t * EACH + m);
		if (!save_commit(v, NULL, &e))
			stop(e.text);
		arena_free(&a);
	}
	return s;
}

// ---- both

static double time_floor(size_t *found)
{
	double from = clock_ms();
	for (size_t i = 0; i < SERIES; i++)
		*found += (size_t)floor_signal(value[i]);
	return (clock_ms() - from) / SERIES;
}

static double time_plando(struct store *s, size_t *found)
{
	struct err e = { 0 };
	double from = clock_ms();
	for (size_t t = 0; t < TEAMS; t++) {
		struct arena a = { 0 };
		struct signals g;
		if (!signals_load(s, &a, &team[t], CHART_ANHOEJ, &g, &e))
			stop(e.text);
		*found += g.improvement + g.concern + g.change;
		if (g.measures != EACH)
			stop("measures are missing");
		arena_free(&a);
	}
	return (clock_ms() - from) / SERIES;
}

int main(int argc, char **argv)
{
	static struct samples s = { .what = "chart: SQLite to signals, a series of 36",
		.floor_is = "bare C, no SQLite",
		.bar = 0.07 / 0.004 };
	if (argc != 2)
		stop("write: bench_chart FOLDER");
	struct env env = env_real(NULL);
	uint64_t seed = 20261122;
	for (size_t i = 0; i < SERIES; i++)
		for (size_t k = 0; k < POINTS; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			value[i][k] = (double)(seed >> 40) / 65536 + (i % 3 && k > 17 ? 40 : 0);
		}
	struct store *store = fill(argv[1], &env);
	size_t found = 0;
	for (int i = 0; i < ROUNDS; i++) {
		double floor = time_floor(&found);
		samples_add(&s, floor, time_plando(store, &found));
	}
	store_close(store);
	if (!found)
		stop("no series has a signal");
	samples_print(&s);
	return 0;
}
