// SPDX-License-Identifier: MIT
// How a file is written, where a person says so: the options of import and of chart --csv.
#include "cli/verbs/import_points.h"

#include <plando/str.h>

#include <stdlib.h>

struct said_word {
	const char *word;
	int means;
};

// The meaning of an option's value; 0 where it was not given. False: it is none of them.
static bool said_word(
    struct cli *c, const char *option, const struct said_word words[], int *out, struct err *e)
{
	const char *value = option_get(c, option);
	*out = 0;
	for (size_t i = 0; value && words[i].word; i++)
		if (str_equal(words[i].word, value))
			*out = words[i].means;
	if (!value || *out)
		return true;
	return err_set(
	    e, ERR_USAGE, "--%s %s: write --%s %s", option, value, option, option_value(option));
}

static bool said_header(struct cli *c, unsigned *out, struct err *e)
{
	const char *value = option_get(c, "header");
	char *end;
	unsigned long line = value ? strtoul(value, &end, 10) : 0;
	*out = (unsigned)line;
	if (!value || (*value >= '1' && *value <= '9' && !*end && line < 100000))
		return true;
	return err_set(e, ERR_USAGE,
	    "--header %s: write the number of the line that names the columns, as in --header 4",
	    value);
}

bool import_said(struct cli *c, struct intake_said *out, struct err *e)
{
	static const struct said_word DELIMITERS[] = { { ",", ',' }, { ";", ';' }, { "|", '|' },
		{ "tab", '\t' }, { "\t", '\t' }, { "comma", ',' }, { "semicolon", ';' },
		{ "bar", '|' }, { NULL, 0 } };
	static const struct said_word DECIMALS[] = { { ".", BLOCK_POINT }, { ",", BLOCK_COMMA },
		{ "point", BLOCK_POINT }, { "comma", BLOCK_COMMA }, { NULL, 0 } };
	static const struct said_word DATES[] = { { "dmy", BLOCK_DAY_FIRST },
		{ "mdy", BLOCK_MONTH_FIRST }, { "ymd", BLOCK_YEAR_FIRST }, { NULL, 0 } };
	static const struct said_word PERCENTS[] = { { "85", BLOCK_HUNDREDTHS },
		{ "0.85", BLOCK_FRACTIONS }, { NULL, 0 } };
	static const struct said_word BLANKS[] = { { "blank", 1 }, { NULL, 0 } };
	int delimiter, decimal, dates, percent, blank;
	*out = (struct intake_said){ 0 };
	if (!said_word(c, "delimiter", DELIMITERS, &delimiter, e) ||
	    !said_word(c, "decimal", DECIMALS, &decimal, e) ||
	    !said_word(c, "dates", DATES, &dates, e) ||
	    !said_word(c, "percent", PERCENTS, &percent, e) ||
	    !said_word(c, "suppressed", BLANKS, &blank, e) || !said_header(c, &out->header, e))
		return false;
	out->delimiter = (char)delimiter;
	out->decimal = (enum block_decimal)decimal;
	out->order = (enum block_order)dates;
	out->scale = (enum block_scale)percent;
	out->suppressed_blank = blank > 0;
	return true;
}

const char *import_question_hint(enum intake_question question)
{
	static const char *const HINT[INTAKE_QUESTIONS] = { "",
		"nothing in it says what comes first in a date (1/2/2026); say so with --dates "
		"dmy, "
		"mdy or ymd (2009-10 is a month with ymd)",
		"nothing in it says whether 1,234 is a decimal or thousands; say so with --decimal "
		", "
		"or --decimal .",
		"nothing in it says whether 0.85 is 85 % or less than one; say so with --percent "
		"0.85 or --percent 85",
		"numbers were held back where it comes from; --suppressed blank leaves them blank, "
		"with a note" };
	return HINT[question];
}
