// SPDX-License-Identifier: MIT
// The JSON writer: harmless text, exact decimals, sticky errors.
#include "../support.h"

#include <plando/json.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

// What is written by `write`, or NULL where json_done refused it.
static char *written(void (*write)(struct json *j, const void *arg), const void *arg)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	struct json j;
	struct err e = { 0 };
	json_init(&j, out);
	write(&j, arg);
	bool good = json_done(&j, &e);
	fclose(out);
	if (good)
		return text;
	ck_assert_int_eq(e.code, ERR_INTERNAL);
	free(text);
	return NULL;
}

static void one_text(struct json *j, const void *arg)
{
	json_text(j, arg);
}

static const struct {
	const char *text, *json;
} TEXTS[] = {
	{ "plain", "\"plain\"\n" },
	{ "", "\"\"\n" },
	{ "a\"b\\c/", "\"a\\\"b\\\\c/\"\n" },
	{ "one\ntwo\ttab\r\b\f", "\"one\\ntwo\\ttab\\r\\b\\f\"\n" },
	{ "\033[2J\001\177", "\"\\u001b[2J\\u0001\\u007f\"\n" },
	{ "\xc2\x85\xc2\x9b", "\"\\u0085\\u009b\"\n" },
	{ "a\u202eb\u2066c\u200fd", "\"a\\u202eb\\u2066c\\u200fd\"\n" },
	{ "a\u200bb\ufeffc\u00add", "\"a\\u200bb\\ufeffc\\u00add\"\n" },
	{ "\u2028\u2029", "\"\\u2028\\u2029\"\n" },
	{ "\U000e0041x\U000e007f", "\"\\udb40\\udc41x\\udb40\\udc7f\"\n" },
	{ "Zoë Ŵyn 東京 👍🏽 ❤️", "\"Zoë Ŵyn 東京 👍🏽 ❤️\"\n" },
	{ "عربي עברית বাংলা", "\"عربي עברית বাংলা\"\n" },
	{ "\xff"
	  "a\xc0\xaf\xed\xa0\x80",
	    "\"\ufffda\ufffd\ufffd\ufffd\ufffd\ufffd\"\n" },
};

START_TEST(text_comes_out_readable_and_harmless)
{
	char *json = written(one_text, TEXTS[_i].text);
	ck_assert_str_eq(json, TEXTS[_i].json);
	free(json);
}
END_TEST

static void one_decimal(struct json *j, const void *arg)
{
	json_decimal(j, arg);
}

static const struct {
	const char *decimal, *json;
} DECIMALS[] = {
	{ "12.50", "12.50\n" },
	{ "-0", "-0\n" },
	{ "0.1", "0.1\n" },
	{ "1e400", "1e400\n" },
	{ "123456789012345678901234567890.5", "123456789012345678901234567890.5\n" },
	{ "+1", "1\n" },
	{ "+-1", "\"+-1\"\n" },
	{ "-007.50", "-7.50\n" },
	{ "00", "0\n" },
	{ ".5", "\".5\"\n" },
	{ "5.", "\"5.\"\n" },
	{ "01", "1\n" },
	{ "01x", "\"01x\"\n" },
	{ "1e", "\"1e\"\n" },
	{ "", "\"\"\n" },
	{ "-", "\"-\"\n" },
	{ "1 ", "\"1 \"\n" },
	{ NULL, "null\n" },
};

START_TEST(decimals_stay_as_they_were_typed)
{
	char *json = written(one_decimal, DECIMALS[_i].decimal);
	ck_assert_str_eq(json, DECIMALS[_i].json);
	free(json);
}
END_TEST

static void some_reals(struct json *j, const void *arg)
{
	(void)arg;
	json_array(j);
	json_real(j, 0.1);
	json_real(j, 2.0);
	json_real(j, 1.0 / 3);
	json_real(j, 1e300);
	json_real(j, (double)NAN);
	json_real(j, (double)INFINITY);
	json_end(j);
}

START_TEST(reals_are_the_shortest_that_read_back)
{
	char *json = written(some_reals, NULL);
	ck_assert_str_eq(
	    json, "[\n  0.1,\n  2,\n  0.3333333333333333,\n  1e+300,\n  null,\n  null\n]\n");
	free(json);
}
END_TEST

static void a_document(struct json *j, const void *arg)
{
	(void)arg;
	json_object(j);
	json_put_text(j, "a", NULL);
	json_put_int(j, "b", -9223372036854775807);
	json_put_array(j, "c");
	json_end(j);
	json_put_array(j, "d");
	json_object(j);
	json_put_bool(j, "e", true);
	json_put_array(j, "f");
	json_int(j, 1);
	json_int(j, 2);
	json_end(j);
	json_end(j);
	json_object(j);
	json_end(j);
	json_end(j);
	json_end(j);
}

START_TEST(a_document_is_laid_out_for_people_too)
{
	char *json = written(a_document, NULL);
	ck_assert_str_eq(json,
	    "{\n  \"a\": null,\n  \"b\": -9223372036854775807,\n  \"c\": [],\n  \"d\": [\n    {\n"
	    "      \"e\": true,\n      \"f\": [1, 2]\n    },\n    {}\n  ]\n}\n");
	free(json);
}
END_TEST

static void left_open(struct json *j, const void *arg)
{
	(void)arg;
	json_object(j);
}

static void one_end_too_many(struct json *j, const void *arg)
{
	(void)arg;
	json_array(j);
	json_end(j);
	json_end(j);
}

static void key_in_array(struct json *j, const void *arg)
{
	(void)arg;
	json_array(j);
	json_put_int(j, "a", 1);
	json_end(j);
}

static void too_deep(struct json *j, const void *arg)
{
	(void)arg;
	for (int i = 0; i <= JSON_DEPTH; i++)
		json_array(j);
	for (int i = 0; i <= JSON_DEPTH; i++)
		json_end(j);
}

START_TEST(a_document_that_is_not_well_formed_is_told)
{
	ck_assert_ptr_null(written(left_open, NULL));
	ck_assert_ptr_null(written(one_end_too_many, NULL));
	ck_assert_ptr_null(written(key_in_array, NULL));
	ck_assert_ptr_null(written(too_deep, NULL));
}
END_TEST

START_TEST(a_full_disk_is_told_once_at_the_end)
{
	FILE *out = fopen("/dev/full", "w");
	struct json j;
	if (!out)
		return;
	setvbuf(out, NULL, _IONBF, 0);
	json_init(&j, out);
	a_document(&j, NULL);
	REFUSES(ERR_IO, json_done(&j, &e));
	fclose(out);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("json");
	TCase *t = tcase_create("json");
	tcase_add_loop_test(
	    t, text_comes_out_readable_and_harmless, 0, sizeof TEXTS / sizeof *TEXTS);
	tcase_add_loop_test(
	    t, decimals_stay_as_they_were_typed, 0, sizeof DECIMALS / sizeof *DECIMALS);
	tcase_add_test(t, reals_are_the_shortest_that_read_back);
	tcase_add_test(t, a_document_is_laid_out_for_people_too);
	tcase_add_test(t, a_document_that_is_not_well_formed_is_told);
	tcase_add_test(t, a_full_disk_is_told_once_at_the_end);
	suite_add_tcase(s, t);
	return test_run(s);
}
