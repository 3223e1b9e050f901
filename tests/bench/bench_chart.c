// SPDX-License-Identifier: MIT
// 1000 series of 36 points from SQLite to signals, beside a bare loop in C that has the numbers in
// memory already: median, runs, crossings. The goal is 0.07 ms a series; the bar is that goal as so
// many times the loop of this run.
// It is signals_load, which the board and `status` call for each team, on a workbook that was saved
// in the usual way; every third measure counts, with numerators and denominators. Measured as
// processor time, which holds on a busy machine too, and as time on the wall.
// bench_chart FOLDER
#include "samples.h"

#include <plando/record.h>
#include <plando/signals.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEAMS = 50, EACH = 20, POINTS = 36, SERIES = TEAMS * EACH, ROUNDS = 15 };

static const double GOAL = 0.07; // ms a series

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

static void cell(
    struct save *v, const struct id *id, const char *kind, const char *field, const char *text)
{
	struct err e = { 0 };
	if (!save_cell(v, id, kind, field, text, &e))
		stop(e.text);
}

// A value, or that many out of 200.
static void save_point(struct save *v, const char *measure, int month, double y, bool counted)
{
	struct err e = { 0 };
	struct id id;
	char day[DATE_TEXT], number[32];
	date_print_iso(date_add_months(18262, month), day);
	const char *const key[] = { "measure", measure, "date", day, "stratum", "", NULL };
	if (!save_new(v, "point", key, &id, &e))
		stop(e.text);
	snprintf(number, sizeof number, "%.*f", counted ? 0 : 2, y);
	cell(v, &id, "point", counted ? "numerator" : "value", number);
	if (counted)
		cell(v, &id, "point", "denominator", "300");
}

static void save_measure(struct save *v, const struct id *of, size_t series)
{
	struct err e = { 0 };
	struct id id;
	char text[ID_TEXT];
	bool counted = series % 3 == 2;
	if (!save_new(v, "measure", NULL, &id, &e))
		stop(e.text);
	id_print(of, text);
	cell(v, &id, "measure", "team", text);
	cell(v, &id, "measure", "name", "Wait");
	cell(v, &id, "measure", "direction", "down");
	cell(v, &id, "measure", "data", counted ? "percent" : "value");
	id_print(&id, text);
	for (int i = 0; i < POINTS; i++)
		save_point(v, text, i, value[series][i], counted);
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
			save_measure(v, &team[t], t * EACH + m);
		if (!save_commit(v, NULL, &e))
			stop(e.text);
		arena_free(&a);
	}
	return s;
}

// ---- both

struct times {
	double cpu, wall; // ms a series
};

static struct times now(void)
{
	return (struct times){ cpu_ms(), clock_ms() };
}

static struct times since(struct times from)
{
	return (struct times){ (cpu_ms() - from.cpu) / SERIES, (clock_ms() - from.wall) / SERIES };
}

static struct times time_floor(size_t *found)
{
	struct times from = now();
	for (size_t i = 0; i < SERIES; i++)
		*found += (size_t)floor_signal(value[i]);
	return since(from);
}

static struct times time_plando(struct store *s, size_t *found)
{
	struct err e = { 0 };
	struct times from = now();
	for (size_t t = 0; t < TEAMS; t++) {
		struct arena a = { 0 };
		struct signals g;
		if (!signals_load(s, &a, &team[t], CHART_ANHOEJ, &g, &e))
			stop(e.text);
		*found += g.improvement + g.concern + g.change;
		if (g.measures != EACH || g.few)
			stop("measures are missing");
		arena_free(&a);
	}
	return since(from);
}

int main(int argc, char **argv)
{
	static struct samples cpu = { .what = "chart: SQLite to signals, CPU" };
	static struct samples wall = { .what = "chart: the same, on the wall" };
	cpu.floor_is = wall.floor_is = "bare C, no SQLite";
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
	struct times loop = { INFINITY, INFINITY };
	double least = INFINITY;
	for (int i = 0; i < ROUNDS; i++) {
		struct times floor = time_floor(&found), plando = time_plando(store, &found);
		samples_add(&cpu, floor.cpu, plando.cpu);
		samples_add(&wall, floor.wall, plando.wall);
		least = fmin(least, plando.cpu);
		loop = (struct times){ fmin(loop.cpu, floor.cpu), fmin(loop.wall, floor.wall) };
	}
	store_close(store);
	if (!found)
		stop("no series has a signal");
	cpu.bar = GOAL / loop.cpu;
	wall.bar = GOAL / loop.wall;
	samples_print(&cpu);
	samples_print(&wall);
	printf("  of %d series of %d points, CPU: at least %.4f ms a series; the goal is %.2f\n",
	    SERIES, POINTS, least, GOAL);
	return 0;
}
