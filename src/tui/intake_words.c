// SPDX-License-Identifier: MIT
#include "tui/intake_words.h"

#include <plando/str.h>

enum { VERDICT_WIDTH = 9 };

const char *const INTAKE_VERDICT[ENTRY_VERDICTS] = { "add", "correct", "same", "blank",
	"left out" };

int intake_verdict_draw(struct term *t, int row, int col, enum entry_verdict verdict)
{
	static const enum role ROLE[] = { ROLE_GOOD, ROLE_TITLE, ROLE_DIM, ROLE_DIM, ROLE_WARN };
	term_put(t, row, col, VERDICT_WIDTH, ROLE[verdict], INTAKE_VERDICT[verdict]);
	return VERDICT_WIDTH + 1;
}

const char *intake_counts_words(struct arena *a, const struct intake_counts *counts)
{
	const size_t *n = counts->verdict;
	struct str text = STR_IN(a);
	str_printf(&text, "%zu to add · %zu to correct · %zu the same", n[ENTRY_ADDED],
	    n[ENTRY_CORRECTED], n[ENTRY_SAME]);
	if (n[ENTRY_EMPTY])
		str_printf(&text, " · %zu blank", n[ENTRY_EMPTY]);
	if (n[ENTRY_BAD])
		str_printf(&text, " · %zu cannot be taken", n[ENTRY_BAD]);
	const char *done = str_done(&text);
	return done ? done : "";
}

void intake_taken_say(struct app *app, const struct intake_counts *counts)
{
	const size_t *n = counts->verdict;
	app_say(app, "%zu added, %zu corrected%s. F3 undoes all of it.", n[ENTRY_ADDED],
	    n[ENTRY_CORRECTED], n[ENTRY_BAD] ? "; what could not be taken was left out" : "");
}
