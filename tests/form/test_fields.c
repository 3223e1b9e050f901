// SPDX-License-Identifier: MIT
// Field types: what people type, what is stored, what they read, and what they are told where it is
// not understood.
#include "../support.h"

#include <plando/form.h>
#include <plando/str.h>

#include <string.h>

static struct arena arena;
static date_t today;

static void start(void)
{
	arena = (struct arena){ 0 };
	today = date_from_civil((struct civil){ 2026, 5, 20 });
}

static void stop(void)
{
	arena_free(&arena);
}

static const struct choice DECISIONS[] = { { "adopt", "Adopt", NULL },
	{ "adapt", "Ändern", NULL } };
static const struct choice MET[] = { { "yes", "Yes", NULL }, { "partly", "Partly", NULL },
	{ "no", "No", NULL } };
static const struct choice ROLES[] = { { "day_to_day", "Keeps it going", NULL } };
static const struct choice STEPS[] = { { "1.0", "Formed", NULL }, { "2.5", "Testing", NULL },
	{ "3.0", "Some improvement", NULL } };

enum {
	TEXT,
	MEMO,
	DATE,
	MONTH,
	NUMBER,
	INTEGER,
	PERCENT,
	YESNO,
	CHOICE,
	MEET,
	SCALE,
	REF,
	SHORT,
	ROLE
};

static const struct form_field FIELDS[] = {
	[TEXT] = { .id = "t", .type = FIELD_TEXT },
	[MEMO] = { .id = "m", .type = FIELD_MEMO },
	[DATE] = { .id = "d", .type = FIELD_DATE },
	[MONTH] = { .id = "o", .type = FIELD_MONTH },
	[NUMBER] = { .id = "n", .type = FIELD_NUMBER, .unit = "days" },
	[INTEGER] = { .id = "i", .type = FIELD_INTEGER },
	[PERCENT] = { .id = "p", .type = FIELD_PERCENT },
	[YESNO] = { .id = "y", .type = FIELD_YESNO },
	[CHOICE] = { .id = "c", .type = FIELD_CHOICE, .choices = DECISIONS, .choice_count = 2 },
	[MEET] = { .id = "c", .type = FIELD_CHOICE, .choices = MET, .choice_count = 3 },
	[SCALE] = { .id = "s", .type = FIELD_SCALE, .choices = STEPS, .choice_count = 3 },
	[REF] = { .id = "r", .type = FIELD_REF, .of = "person" },
	[ROLE] = { .id = "c", .type = FIELD_CHOICE, .choices = ROLES, .choice_count = 1 },
	[SHORT] = { .id = "t", .type = FIELD_TEXT, .most = 5 },
};

static const struct {
	int field;
	const char *typed, *stored;
} STORED[] = {
	{ TEXT, "", "" },
	{ TEXT, " two  blanks ", " two  blanks " },
	{ TEXT, "line\n", "line" },
	{ TEXT, "e\xCC\x81", "\xC3\xA9" },
	{ TEXT, "tab\there", "tab\there" },
	{ SHORT, "ééééé", "ééééé" },
	{ MEMO, "one\r\ntwo\n\n", "one\ntwo\n\n" },
	{ DATE, " 2026-05-03 ", "2026-05-03" },
	{ DATE, "3 May", "2026-05-03" },
	{ DATE, "yesterday", "2026-05-19" },
	{ MONTH, "2026-05", "2026-05" },
	{ MONTH, "May 2026", "2026-05" },
	{ NUMBER, "12.50", "12.50" },
	{ NUMBER, " 12 ", "12" },
	{ NUMBER, "-0", "-0" },
	{ NUMBER, "+5", "+5" },
	{ NUMBER, "000.10", "000.10" },
	{ NUMBER, "123456789012345678901234567890.5", "123456789012345678901234567890.5" },
	{ INTEGER, "-3", "-3" },
	{ PERCENT, "12.5 %", "12.5" },
	{ PERCENT, "80%", "80" },
	{ YESNO, "Yes", "yes" },
	{ YESNO, "y", "yes" },
	{ YESNO, "TRUE", "yes" },
	{ YESNO, "no", "no" },
	{ YESNO, "N", "no" },
	{ YESNO, "false", "no" },
	{ CHOICE, "adopt", "adopt" },
	{ CHOICE, "ADOPT ", "adopt" },
	{ CHOICE, "andern", "adapt" },
	{ ROLE, "Day-to-day", "day_to_day" },
	{ ROLE, "day to day", "day_to_day" },
	{ MEET, "true", "yes" },
	{ MEET, "partly", "partly" },
	{ SCALE, "2.5", "2.5" },
	{ SCALE, "3", "3.0" },
	{ SCALE, "3.00", "3.0" },
	{ SCALE, "formed", "1.0" },
	{ REF, " Sam Okoro ", "Sam Okoro" },
};

START_TEST(what_is_typed_is_stored_in_one_form)
{
	for (size_t i = 0; i < sizeof STORED / sizeof *STORED; i++) {
		char *stored = NULL;
		struct err e = { 0 };
		bool ok = field_parse(
		    &arena, &FIELDS[STORED[i].field], STORED[i].typed, today, &stored, &e);
		ck_assert_msg(ok, "%s: %s", STORED[i].typed, e.text);
		ck_assert_msg(
		    strcmp(stored, STORED[i].stored) == 0, "%s became %s", STORED[i].typed, stored);
	}
}
END_TEST

static const struct {
	int field;
	const char *typed, *says;
} REFUSED[] = {
	{ TEXT, "one\ntwo", "has several lines" },
	{ TEXT, "a\x1b[2J", "control character (code 27)" },
	{ TEXT, "a\xC2\x85", "control character (code 133)" },
	{ MEMO, "bell\x07", "control character" },
	{ TEXT, "caf\xE9", "not UTF-8" },
	{ SHORT, "éééééé", "6 characters long; 5 is the most" },
	{ DATE, "2026-02-30", "\"2026-02-30\" is not a date; write it as 2026-05-03" },
	{ DATE, "soon", "\"soon\" is not a date" },
	{ MONTH, "2026-13", "not a month" },
	{ NUMBER, "1,234.50", "leave the commas out" },
	{ NUMBER, "3,5", "decimal point as a dot" },
	{ NUMBER, "1e3", "without an exponent" },
	{ NUMBER, "NaN", "\"NaN\" is not a number here; write it as 12 or 12.5" },
	{ NUMBER, "inf", "not a number" },
	{ NUMBER, "12 days", "leave blanks and units out" },
	{ NUMBER, "12%", "leave the % out" },
	{ NUMBER, ".5", "a digit before and after the point" },
	{ NUMBER, "5.", "a digit before and after the point" },
	{ NUMBER, "-", "not a number" },
	{ NUMBER, "--1", "not a number" },
	{ NUMBER, "0x10", "not a number" },
	{ INTEGER, "1.5", "not a whole number" },
	{ PERCENT, "%", "not a number" },
	{ PERCENT, "half", "not a number" },
	{ YESNO, "maybe", "neither yes nor no" },
	{ CHOICE, "adpot", "adopt, adapt (did you mean \"adopt\"?)" },
	{ CHOICE, "xyz", "\"xyz\" is not one of the choices: adopt, adapt" },
	{ SCALE, "2.7", "not one of the choices" },
	{ SCALE, "2,5", "not one of the choices" },
};

START_TEST(what_is_not_understood_is_said_with_an_example)
{
	for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
		char *stored = NULL;
		struct err e = { 0 };
		bool ok = field_parse(
		    &arena, &FIELDS[REFUSED[i].field], REFUSED[i].typed, today, &stored, &e);
		ck_assert_msg(!ok, "%s became %s", REFUSED[i].typed, stored ? stored : "?");
		ck_assert_int_eq(e.code, ERR_DATA);
		ck_assert_msg(strstr(e.text, REFUSED[i].says), "%s: %s", REFUSED[i].typed, e.text);
	}
}
END_TEST

START_TEST(long_values_are_refused_and_quoted_short)
{
	struct str s = STR_IN(&arena);
	str_add_times(&s, "é", 5000);
	char *stored = NULL;
	struct err e = { 0 };
	ck_assert(!field_parse(&arena, &FIELDS[TEXT], str_done(&s), today, &stored, &e));
	ck_assert(strstr(e.text, "5000 characters long; 4096 is the most"));
	ck_assert(!field_parse(&arena, &FIELDS[DATE], str_done(&s), today, &stored, &e));
	ck_assert(strstr(e.text, "é…\" is not a date"));
	ck_assert_uint_lt(strlen(e.text), 200);
	str_add_times(&s, "1", 1 << 20);
	ck_assert(!field_parse(&arena, &FIELDS[MEMO], str_done(&s), today, &stored, &e));
	struct str digits = STR_IN(&arena);
	str_add_times(&digits, "9", 2000);
	ck_assert(!field_parse(&arena, &FIELDS[NUMBER], str_done(&digits), today, &stored, &e));
	ck_assert(strstr(e.text, "too many digits"));
}
END_TEST

static const struct {
	int field;
	const char *stored, *shown;
} SHOWN[] = {
	{ TEXT, "as it is", "as it is" },
	{ DATE, "2025-05-03", "3 May 2025" },
	{ DATE, "not a date", "not a date" },
	{ MONTH, "2026-05", "May 2026" },
	{ MONTH, "later", "later" },
	{ NUMBER, "25", "25 days" },
	{ INTEGER, "25", "25" },
	{ PERCENT, "12.5", "12.5 %" },
	{ YESNO, "yes", "Yes" },
	{ YESNO, "no", "No" },
	{ YESNO, "perhaps", "perhaps" },
	{ CHOICE, "adapt", "Ändern" },
	{ CHOICE, "newer", "newer" },
	{ SCALE, "3.0", "3.0 Some improvement" },
	{ SCALE, "9.0", "9.0" },
	{ DATE, "", "" },
};

START_TEST(what_is_stored_is_shown_in_words)
{
	for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++)
		ck_assert_str_eq(
		    field_show(&arena, &FIELDS[SHOWN[i].field], SHOWN[i].stored, today),
		    SHOWN[i].shown);
}
END_TEST

START_TEST(every_type_has_a_name_and_what_is_shown_parses_back)
{
	for (int t = 0; t < FIELD_TYPES; t++)
		ck_assert_ptr_nonnull(field_type_name((enum field_type)t));
	ck_assert_str_eq(field_type_name(FIELD_PAIRS), "pairs");
	ck_assert_str_eq(field_type_name(FIELD_TYPES), "unknown");
	static const int BACK[] = { DATE, MONTH, PERCENT, YESNO, CHOICE };
	static const char *const VALUE[] = { "2024-02-29", "2026-05", "-1.50", "no", "adapt" };
	for (size_t i = 0; i < sizeof BACK / sizeof *BACK; i++) {
		const struct form_field *f = &FIELDS[BACK[i]];
		char *shown = field_show(&arena, f, VALUE[i], today), *stored = NULL;
		MUST(field_parse(&arena, f, shown, today, &stored, &e));
		ck_assert_str_eq(stored, VALUE[i]);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("fields");
	TCase *t = tcase_create("fields");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, what_is_typed_is_stored_in_one_form);
	tcase_add_test(t, what_is_not_understood_is_said_with_an_example);
	tcase_add_test(t, long_values_are_refused_and_quoted_short);
	tcase_add_test(t, what_is_stored_is_shown_in_words);
	tcase_add_test(t, every_type_has_a_name_and_what_is_shown_parses_back);
	suite_add_tcase(s, t);
	return test_run(s);
}
