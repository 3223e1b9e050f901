// SPDX-License-Identifier: MIT
#include "oracle.h"

#include "support.h"

#include <plando/date.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Asked before the tests begin, when Check's own words would not come through.
static int lines_of(const char *path)
{
	FILE *f = fopen(path, "r");
	int lines = 0;
	for (int c; f && (c = getc(f)) != EOF;)
		lines += c == '\n';
	if (f)
		fclose(f);
	return lines;
}

static const char *reference_path(struct arena *a)
{
	const char *root = getenv("PLANDO_SOURCE"), *given = getenv("PLANDO_DATA");
	return given ? arena_printf(a, "%s/charts/oracle-shared.jsonl", given)
		     : arena_printf(a, "%s/tests/data/charts/reference.jsonl", root ? root : ".");
}

static const char *worked_path(struct arena *a)
{
	const char *root = getenv("PLANDO_SOURCE");
	return arena_printf(a, "%s/tests/data/charts/worked.jsonl", root ? root : ".");
}

int oracle_count(void)
{
	struct arena a = { 0 };
	int lines = lines_of(reference_path(&a)) + lines_of(worked_path(&a));
	arena_free(&a);
	return lines;
}

static int64_t x_of(const struct node *n)
{
	date_t day;
	if (n->kind == NODE_NUMBER)
		return (int64_t)n->number;
	ck_assert_msg(n->kind == NODE_TEXT && date_parse_iso(n->text, &day), "no date");
	return day;
}

static void read_series(struct oracle *o)
{
	const struct node *x = node_get(o->line, "x"), *y = node_get(o->line, "y"),
			  *n = node_get(o->line, "n"), *sd = node_get(o->line, "sd");
	o->count = y->count;
	o->data = arena_array(&o->arena, o->count + 1, sizeof *o->data);
	const struct node *xi = x ? x->child : NULL, *yi = y->child, *ni = n ? n->child : NULL,
			  *si = sd ? sd->child : NULL;
	for (size_t i = 0; i < o->count; i++) {
		bool day = xi && (xi->kind == NODE_NUMBER || xi->text[4] == '-');
		o->data[i] = (struct chart_datum){ .x = day ? x_of(xi) : (int64_t)i,
			.y = node_number(yi),
			.n = node_number(ni),
			.sd = node_number(si) };
		xi = xi ? xi->next : NULL;
		yi = yi->next;
		ni = ni ? ni->next : NULL;
		si = si ? si->next : NULL;
	}
}

void oracle_read(struct oracle *o, int i)
{
	*o = (struct oracle){ 0 };
	size_t n;
	const char *path = reference_path(&o->arena);
	int shared = lines_of(path);
	if (i >= shared) {
		path = worked_path(&o->arena);
		i -= shared;
	}
	const char *text = test_read(&o->arena, path, &n), *end = text + n;
	ck_assert_ptr_nonnull(text);
	for (; i > 0; i--)
		text = (const char *)memchr(text, '\n', (size_t)(end - text)) + 1;
	const char *stop = memchr(text, '\n', (size_t)(end - text));
	o->line = json_read(&o->arena, text, (size_t)(stop - text));
	o->name = node_get(o->line, "case")->text;
	o->chart = node_get(o->line, "chart")->text;
	o->peer = node_get(o->line, "peer")->text;
	o->params = node_get(o->line, "params");
	o->expected = node_get(o->line, "expected");
	o->recommended = node_get(o->line, "recommended");
	read_series(o);
}

const struct node *oracle_want(const struct oracle *o, const char *key)
{
	const struct node *better = node_get(o->recommended, key);
	return better ? better : node_get(o->expected, key);
}

double *oracle_numbers(struct oracle *o, const struct node *list, size_t *n)
{
	*n = 0;
	if (!list || list->kind != NODE_LIST)
		return NULL;
	double *out = arena_array(&o->arena, list->count + 1, sizeof *out);
	for (const struct node *c = list->child; c; c = c->next)
		out[(*n)++] = node_number(c);
	return out;
}

bool oracle_is(const struct oracle *o, const char *chart)
{
	return strcmp(o->chart, chart) == 0;
}

bool oracle_from(const struct oracle *o, const char *peer)
{
	return strcmp(o->peer, peer) == 0;
}

bool oracle_near(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}
