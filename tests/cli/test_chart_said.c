// SPDX-License-Identifier: MIT
// Sentence and figures agree: thousands of series of chance, of every type and rule set, with every
// direction, go through `plando chart --csv - --json`; then side, date, count and verdict are read
// out of the sentence and held against the points, the phases and the verdict of the same document.
// Nothing here is shared with what makes the sentence: words are read, sides and runs are counted.
#include "../json_read.h"
#include "../support.h"

#include "cli/cli.h"

#include <plando/str.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 60 };

static struct arena a;
static const char *const TYPES[] = { "run", "i", "mr", "p", "pp", "u", "up", "c", "g", "t", "xbar",
	"s", "ip" };
static const char *const RULES[] = { "anhoej", "ihi", "mdc", "shewhart" };
static const char *const WAYS[] = { "up", "down", "none" };
enum { TYPES_ALL = 13, RULES_ALL = 4, WAYS_ALL = 3 };

// --- a series of chance

static uint64_t state;

static unsigned dice(unsigned sides)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % sides;
}

struct tried {
	const char *type, *rules, *way;
	bool frozen;
	int n;
	char *csv;
};

// Levels of a few values, with a step, a slope, a repeated value or a gap now and then.
static void series_make(struct tried *t, unsigned seed)
{
	struct str s = STR_IN(&a);
	state = seed * 2654435761u + 11;
	dice(2);
	t->type = TYPES[seed % TYPES_ALL];
	t->rules = RULES[seed / TYPES_ALL % RULES_ALL];
	t->way = WAYS[dice(WAYS_ALL)];
	t->frozen = dice(2);
	t->n = (int)(8 + dice(POINTS - 8));
	bool sized = strchr("pui", t->type[0]) && strcmp(t->type, "i") != 0, sd = t->type[0] == 'x';
	sd |= strcmp(t->type, "s") == 0;
	unsigned spread = 1 + dice(12), step = dice(12), slope = dice(3), flat = dice(4);
	int at = (int)dice((unsigned)t->n), back = at + (int)dice(12);
	str_add(&s, sd	    ? "date,value,n,sd\n"
		    : sized ? "date,numerator,denominator\n"
			    : "date,value\n");
	for (int i = 0; i < t->n; i++) {
		unsigned v = 1 + (flat && i < at ? 0 : dice(spread));
		v += i >= at && i < back ? step : 0;
		v += slope == 2 && i > at ? (unsigned)(i - at) : 0;
		str_printf(&s, "%d-%02d-01,", 2015 + i / 12, i % 12 + 1);
		if (dice(20) == 0)
			str_add(&s, sd || sized ? "," : "");
		else
			str_printf(
			    &s, sd || sized ? "%u,%u" : "%u", v, 90 + (sized ? dice(3) * 10 : 0));
		str_printf(&s, sd ? ",%u\n" : "\n", 1 + dice(spread));
	}
	t->csv = str_done(&s);
}

static const struct node *chart_of(const struct tried *t)
{
	char *word[] = { (char *)"plando", (char *)"chart", (char *)"--csv", (char *)"-",
		(char *)"--json", (char *)"--type", (char *)t->type, (char *)"--rules",
		(char *)t->rules, (char *)"--direction", (char *)t->way, (char *)"--baseline",
		(char *)(t->frozen ? "12" : "all"), (char *)"--target", (char *)"3" };
	char *out = NULL;
	size_t n = 0;
	FILE *in = fmemopen(t->csv, strlen(t->csv), "r"), *to = open_memstream(&out, &n);
	FILE *err = fopen("/dev/null", "w");
	int status = cli_run(NULL, (int)(sizeof word / sizeof *word), word, in, to, err);
	fclose(in);
	fclose(to);
	fclose(err);
	const struct node *got = status == 0 ? json_read(&a, arena_copy(&a, out, n), n) : NULL;
	free(out);
	return got;
}

// --- the document as numbers

struct point {
	const char *month; // "Mar 2016"
	double y, centre, lower, upper;
	bool counts;
	int side;
};

struct figures {
	struct point point[POINTS];
	int n, from; // of the last phase
	const struct node *phase;
	const char *sentence, *direction, *since;
	bool signal;
};

static const char *month_of(const char *iso)
{
	static const char *const M[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	return arena_printf(&a, "%s %.4s", M[atoi(iso + 5) - 1], iso);
}

static void figures_read(const struct node *doc, struct figures *f)
{
	const struct node *points = node_get(doc, "points"), *phases = node_get(doc, "phases");
	*f = (struct figures){ .sentence = node_get(doc, "finding")->text,
		.signal = node_get(doc, "signal")->kind == NODE_TRUE };
	f->phase = node_at(phases, phases->count - 1);
	f->from = (int)node_number(node_get(f->phase, "from")) - 1;
	const struct node *d = node_get(doc, "direction"), *s = node_get(doc, "since");
	f->direction = d->kind == NODE_TEXT ? d->text : "";
	f->since = s->kind == NODE_TEXT ? month_of(s->text) : "";
	double most = 0;
	for (const struct node *p = points->child; p; p = p->next) {
		struct point *to = &f->point[f->n++];
		*to = (struct point){ .month = month_of(node_get(p, "x")->text),
			.y = node_number(node_get(p, "y")),
			.centre = node_number(node_get(p, "centre")),
			.lower = node_number(node_get(p, "lower")),
			.upper = node_number(node_get(p, "upper")) };
		to->counts = !isnan(to->y) && node_get(p, "excluded")->kind != NODE_TRUE;
		most = fmax(most, isnan(to->y) ? 0 : fabs(to->y));
	}
	for (int i = 0; i < f->n; i++) {
		struct point *p = &f->point[i];
		double over = p->y - p->centre, close = 1e-9 * fmin(1, most);
		close = fmax(close, 1e-14 * most);
		p->side = !p->counts ? 0 : over > close ? 1 : over < -close ? -1 : 0;
	}
}

static int number_before(const char *sentence, const char *words)
{
	const char *at = strstr(sentence, words);
	while (at && at > sentence && at[-1] != ' ')
		at--;
	if (!at || at == sentence)
		return -1;
	for (at--; at > sentence && at[-1] != ' ';)
		at--;
	return atoi(at);
}

static int point_of(const struct figures *f, const char *month)
{
	for (int i = f->from; i < f->n; i++)
		if (strcmp(f->point[i].month, month) == 0)
			return i;
	return -1;
}

static const struct tried *tried_now;
static unsigned seed_now;

static void fails(const struct figures *f, const char *why)
{
	ck_abort_msg("seed %u, %s, %s, %s is good, %s: “%s”: %s", seed_now, tried_now->type,
	    tried_now->rules, tried_now->way, tried_now->frozen ? "frozen at 12" : "not frozen",
	    f->sentence, why);
}

#define HOLDS(what, f, ...)                                                                        \
	do {                                                                                       \
		if (!(what))                                                                       \
			fails(f, arena_printf(&a, __VA_ARGS__));                                   \
	} while (0)

// --- what a clause says, and what is so

// How many points that lie off the line follow each other on one side from `from` on. Making Data
// Count's runs are broken by a point on the line and by a gap.
static int run_from(const struct figures *f, int from, int side, bool strict)
{
	int n = 0;
	for (int i = from; i < f->n; i++) {
		const struct point *p = &f->point[i];
		if (p->side == side)
			n++;
		else if (p->side || strict)
			break;
	}
	return n;
}

static int outside(const struct figures *f, int side)
{
	int n = 0;
	for (int i = f->from; i < f->n; i++) {
		const struct point *p = &f->point[i];
		double close = fabs(p->y) * 1e-9;
		n += p->counts && (side > 0 ? p->y > p->upper + close : p->y < p->lower - close);
	}
	return n;
}

static int steps_from(const struct figures *f, int from, int way)
{
	int n = 1;
	double was = f->point[from].y;
	for (int i = from + 1; i < f->n; i++) {
		const struct point *p = &f->point[i];
		double step = p->y - was;
		if (!p->counts || step == 0)
			continue;
		if ((step > 0) != (way > 0))
			break;
		was = p->y;
		n++;
	}
	return n;
}

static int count_of(const char *words)
{
	int n = number_before(words, "points in a row");
	return n;
}

// The first clause, up to its semicolon, and the verdict and date before its colon.
static void first_clause(const struct figures *f, char *head, char *clause, size_t size)
{
	const char *colon = strchr(f->sentence, ':');
	HOLDS(colon, f, "it has no reason");
	size_t n = (size_t)(colon - f->sentence), m = strcspn(colon + 2, ";");
	snprintf(head, size, "%.*s", (int)n, f->sentence);
	snprintf(clause, size, "%.*s", (int)m, colon + 2);
}

static int side_said(const char *clause)
{
	bool up = strstr(clause, " above ") || strstr(clause, "going up");
	bool down = strstr(clause, " below ") || strstr(clause, "going down");
	return up && down ? 9 : up ? 1 : down ? -1 : 0;
}

static void verdict_agrees(const struct figures *f, const char *head, int side)
{
	static const struct {
		const char *words, *id;
	} VERDICT[] = { { "Improvement signal", "improvement" }, { "Concern signal", "concern" },
		{ "Signal of a change", "change" }, { "Signal, direction unclear", "unclear" } };
	size_t i = 0;
	while (i < 4 && strncmp(head, VERDICT[i].words, strlen(VERDICT[i].words)) != 0)
		i++;
	HOLDS(i < 4, f, "no verdict that there is");
	HOLDS(strcmp(f->direction, VERDICT[i].id) == 0, f, "the document says %s", f->direction);
	bool up = strcmp(tried_now->way, "up") == 0;
	if (i < 2 && side)
		HOLDS((side > 0) == (up == (i == 0)), f, "the verdict is not of that side");
}

static void clause_agrees(const struct figures *f, const char *clause, int at, int side)
{
	bool mdc = strcmp(tried_now->rules, "mdc") == 0;
	if (strstr(clause, "points in a row going"))
		HOLDS(steps_from(f, at, side) == count_of(clause), f, "%d points go so",
		    steps_from(f, at, side));
	else if (strstr(clause, "points in a row"))
		HOLDS(f->point[at].side == side && run_from(f, at, side, mdc) == count_of(clause),
		    f, "%d points lie so from there", run_from(f, at, side, mdc));
	else if (strstr(clause, "the limits") && !mdc)
		HOLDS(outside(f, side) == atoi(clause), f, "%d points lie so", outside(f, side));
	else if (strstr(clause, " runs ("))
		HOLDS(!side, f, "runs have no side");
	else if (strstr(clause, "is crossed"))
		HOLDS(node_number(node_get(f->phase, "crossings")) <
			  node_number(node_get(f->phase, "crossings_limit")),
		    f, "crossings are as expected");
	else if (!strstr(clause, "near the limit") && !strstr(clause, "the limits"))
		HOLDS(false, f, "nobody knows the clause");
	if (strstr(clause, "fewer expected"))
		HOLDS(count_of(clause) > node_number(node_get(f->phase, "longest_limit")), f,
		    "it is no longer than expected");
}

static void signal_agrees(const struct figures *f)
{
	char head[200], clause[300];
	first_clause(f, head, clause, sizeof head);
	const char *since = strstr(head, " since ");
	HOLDS(since, f, "it has no date");
	since += strlen(" since ");
	int side = side_said(clause), at = point_of(f, since);
	HOLDS(side != 9, f, "it names two sides at once");
	HOLDS(strcmp(since, f->since) == 0, f, "the document says since %s", f->since);
	HOLDS(at >= 0 && f->point[at].counts, f, "there is no point at that date");
	verdict_agrees(f, head, side);
	clause_agrees(f, clause, at, side);
}

// --- without a signal

static void none_agrees(const struct figures *f)
{
	int longest = 0, low = 0, high = 0;
	bool same = true;
	double one = NAN;
	for (int i = f->from; i < f->n; i++) {
		const struct point *p = &f->point[i];
		if (p->side)
			longest = (int)fmax(longest, run_from(f, i, p->side, false));
		if (p->counts && !isnan(one))
			same = same && fabs(p->y - one) <= 1e-9 * fmax(1, fabs(one));
		one = p->counts ? p->y : one;
		high += p->side > 0;
		low += p->side < 0;
	}
	HOLDS(strcmp(tried_now->rules, "anhoej") != 0 || !strstr(f->sentence, "by chance") ||
		  high + low < 10 || longest < node_number(node_get(f->phase, "longest_limit")) ||
		  isnan(node_number(node_get(f->phase, "longest_limit"))) ||
		  strcmp(tried_now->type, "s") == 0,
	    f, "a run of %d lacks one point and nothing says so", longest);
	if (strstr(f->sentence, "would"))
		HOLDS(number_before(f->sentence, "points in a row") + 1 ==
			  number_before(f->sentence, "would"),
		    f, "counts do not follow each other");
	HOLDS(!strstr(f->sentence, "every point is") || same, f, "points differ");
	if (strstr(f->sentence, "needed") && strcmp(tried_now->type, "run") == 0)
		HOLDS(atoi(f->sentence) == 10 - high - low, f, "%d points are not on the line",
		    high + low);
	HOLDS(outside(f, 1) + outside(f, -1) == 0 || strcmp(tried_now->rules, "mdc") == 0 ||
		  strstr(f->sentence, "needed"),
	    f, "points lie beyond the limits");
}

static void goal_agrees(const struct figures *f, const struct node *doc)
{
	bool ranges = strcmp(tried_now->type, "mr") == 0 || strcmp(tried_now->type, "s") == 0;
	HOLDS(!ranges || (node_get(doc, "target")->kind == NODE_NULL &&
			     node_get(doc, "assurance")->kind == NODE_NULL &&
			     !strstr(f->sentence, "in a row")),
	    f, "ranges have no goal, no assurance and no runs");
	HOLDS(!(tried_now->frozen && f->signal) || strcmp(tried_now->rules, "mdc") == 0 ||
		  tried_now->n <= 12 || point_of(f, f->since) < 12 ||
		  node_get(doc, "assurance")->kind == NODE_NULL,
	    f, "assurance after a signal");
}

// --- all of them

static int signals_seen;

static bool tried_agrees(unsigned seed)
{
	struct tried t;
	struct figures f;
	series_make(&t, seed);
	tried_now = &t;
	seed_now = seed;
	const struct node *doc = chart_of(&t);
	if (!doc)
		return false;
	figures_read(doc, &f);
	goal_agrees(&f, doc);
	if (f.signal)
		signal_agrees(&f);
	else
		none_agrees(&f);
	signals_seen += f.signal;
	return true;
}

START_TEST(a_sentence_says_of_one_signal_what_points_and_figures_show)
{
	unsigned drawn = 0, most = (unsigned)long_amount(1000, 100000);
	for (unsigned seed = 1; seed <= most; seed++) {
		drawn += tried_agrees(seed);
		arena_free(&a);
	}
	ck_assert_msg(drawn > most * 2 / 3 && signals_seen > (int)most / 8,
	    "of %u series %u were drawn and %d had a signal", most, drawn, signals_seen);
}
END_TEST

// --- what is absent, by every door

static const char BLANK[] = "date,value\n2024-01-01,10\n2024-02-01,12\n2024-03-01,9\n"
			    "2024-04-01,11\n2024-05-01,\n2024-06-01,21\n2024-07-01,19\n"
			    "2024-08-01,22\n2024-09-01,20\n2024-10-01,21\n2024-11-01,18\n";
static const char ABSENT[] = "date,value\n2024-01-01,10\n2024-02-01,12\n2024-03-01,9\n"
			     "2024-04-01,11\n2024-06-01,21\n2024-07-01,19\n"
			     "2024-08-01,22\n2024-09-01,20\n2024-10-01,21\n2024-11-01,18\n";

static char *said_by(const char *in_text, const char *const words[])
{
	char *word[20], *out = NULL;
	size_t n = 0;
	int count = 0;
	for (; words[count]; count++)
		word[count] = arena_strdup(&a, words[count]);
	FILE *in = fmemopen(arena_strdup(&a, in_text), strlen(in_text), "r");
	FILE *to = open_memstream(&out, &n);
	int status = cli_run(NULL, count, word, in, to, stderr);
	fclose(in);
	fclose(to);
	char *text = arena_copy(&a, out, n);
	free(out);
	ck_assert_msg(status == 0, "%s: %d", words[1], status);
	return text;
}

#define SAID(in, ...) said_by(in, (const char *const[]){ "plando", __VA_ARGS__, NULL })

START_TEST(a_month_that_is_due_and_absent_is_one_without_a_value_by_every_door)
{
	const char *w = test_path(&a, "absent.plando");
	remove(w);
	SAID("-", "new", w, "--name", "W");
	SAID("-", "add", w, "team", "name=T");
	SAID("-", "add", w, "measure", "team=T", "name=M", "data=value", "interval=month");
	SAID(BLANK, "import", w, "-", "--measure", "M");
	const char *blank = SAID(BLANK, "chart", "--csv", "-", "--type", "i", "--json");
	const char *absent =
	    SAID(ABSENT, "chart", "--csv", "-", "--interval", "month", "--type", "i", "--json");
	const char *kept = SAID("-", "chart", w, "M", "--type", "i", "--baseline", "all", "--json");
	ck_assert_str_eq(absent, blank);
	ck_assert_str_eq(kept, blank);
	// No range across the gap: 2, 3, 2 before it; 2, 3, 2, 1, 3 behind it.
	const struct node *doc = json_read(&a, blank, strlen(blank));
	const struct node *first = node_at(node_get(doc, "points"), 0);
	double upper = node_number(node_get(first, "upper"));
	double centre = node_number(node_get(first, "centre"));
	ck_assert(fabs(upper - centre - 3 * (18 / 8.0) / 1.128) < 1e-9);
	ck_assert(strstr(
	    SAID(ABSENT, "chart", "--csv", "-", "--interval", "month", "--text"), "1 missing"));
}
END_TEST

START_TEST(what_lies_after_today_is_said_and_moves_nothing)
{
	setenv("PLANDO_NOW", "2024-08-15T12:00:00Z", 1);
	const char *doc = SAID(BLANK, "chart", "--csv", "-", "--type", "i", "--json");
	const char *page = SAID(BLANK, "chart", "--csv", "-", "--text");
	unsetenv("PLANDO_NOW");
	ck_assert(strstr(doc, "\"future\": true"));
	ck_assert(strstr(page, "3 after today, in no rule"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chart_said");
	TCase *t = tcase_create("sentences");
	tcase_set_timeout(t, 0);
	tcase_add_test(t, a_sentence_says_of_one_signal_what_points_and_figures_show);
	suite_add_tcase(suite, t);
	t = tcase_create("doors");
	tcase_add_test(t, a_month_that_is_due_and_absent_is_one_without_a_value_by_every_door);
	tcase_add_test(t, what_lies_after_today_is_said_and_moves_nothing);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
