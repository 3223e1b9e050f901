// SPDX-License-Identifier: MIT
// Scenes as files. Where cairo and pango are not there, plando must say so; then that is tested.
#include "../support.h"
#include "even_type.h"

#include <plando/file.h>
#include <plando/picture.h>
#include <plando/str.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW INT64_C(1795348800000)

static struct arena arena;
static struct scene scene;
static const struct scene_type *type;

static void begin(void)
{
	type = picture_type(NULL);
	scene = scene_begin(&arena, type ? type : &EVEN_TYPE, 842, 595);
	struct scene_font f = { .size = 12 };
	scene_name(&scene, "Waits (100 %) in Ñandú", "A line that falls");
	scene_text(&scene, &f, 100, 100, "Waiting less \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
	for (int i = 0; i < SCENE_SHAPES; i++)
		scene_mark(&scene, (enum scene_shape)i, SCENE_CONCERN, 50 + 20 * i, 200, 10);
	scene_line(&scene, (struct scene_pen){ SCENE_INK, SCENE_DASHED, 1 }, 50, 300, 400, 300);
}

static void end(void)
{
	arena_free(&arena);
}

static char *made(enum picture_format format, int64_t now, size_t *n)
{
	char *path = test_path(&arena, "picture");
	MUST(picture_save(&scene, format, now, path, &e));
	return test_read(&arena, path, n);
}

static size_t times(const char *text, size_t n, const char *what)
{
	size_t count = 0, length = strlen(what);
	for (size_t i = 0; i + length <= n; i++)
		count += memcmp(text + i, what, length) == 0;
	return count;
}

START_TEST(a_pdf_is_one_page_with_its_fonts_in_it)
{
	size_t n;
	if (!type)
		return;
	char *pdf = made(PICTURE_PDF, NOW, &n);
	ck_assert(str_starts(pdf, "%PDF-1."));
	ck_assert_uint_eq(times(pdf, n, "/Count 1\n"), 1);
	ck_assert_uint_ge(times(pdf, n, "/FontFile"), 1);
	ck_assert_uint_eq(times(pdf, n, "/JavaScript"), 0);
}
END_TEST

START_TEST(a_png_has_200_dots_an_inch)
{
	size_t n;
	if (!type)
		return;
	unsigned char *png = (unsigned char *)made(PICTURE_PNG, NOW, &n);
	ck_assert(memcmp(png, "\x89PNG\r\n\x1a\n", 8) == 0);
	ck_assert_int_eq(png[18] * 256 + png[19], 2339);
	ck_assert_int_eq(png[22] * 256 + png[23], 1653);
}
END_TEST

START_TEST(equal_pictures_are_equal_files)
{
	size_t n = 0, m = 0;
	for (int f = 0; type && f < PICTURE_FORMATS; f++) {
		char *one = made((enum picture_format)f, NOW, &n);
		char *two = made((enum picture_format)f, NOW, &m);
		ck_assert_uint_eq(n, m);
		ck_assert(memcmp(one, two, n) == 0);
	}
	if (type) { // the date is the one that was given
		char *pdf = made(PICTURE_PDF, NOW, &n);
		ck_assert_uint_eq(times(pdf, n, "CreationDate (20261122"), 1);
	}
}
END_TEST

START_TEST(what_cannot_be_made_leaves_what_was_there)
{
	struct stat st;
	size_t n;
	REFUSES(ERR_CANTCREAT,
	    picture_save(&scene, PICTURE_SVG, NOW, test_path(&arena, "no/such/folder.svg"), &e));
	REFUSES(ERR_CANTCREAT, picture_save(&scene, PICTURE_SVG, NOW, test_folder(), &e));
	char *path = test_path(&arena, "old.svg");
	test_write(path, "old", 3);
	scene.failed = true; // as if memory had run out
	REFUSES(ERR_MEMORY, picture_save(&scene, PICTURE_SVG, NOW, path, &e));
	ck_assert_str_eq(test_read(&arena, path, &n), "old");
	ck_assert_int_eq(stat(path, &st), 0);
}
END_TEST

START_TEST(a_full_disk_is_told)
{
	if (access("/dev/full", W_OK) != 0)
		return;
	for (int f = 0; f < PICTURE_FORMATS; f++) {
		struct err e = { 0 };
		if (!type && f != PICTURE_SVG)
			continue;
		ck_assert(!picture_save(&scene, (enum picture_format)f, NOW, "/dev/full", &e));
		ck_assert_int_eq(e.code, ERR_IO);
	}
}
END_TEST

START_TEST(the_end_of_a_name_says_what_it_is)
{
	enum picture_format format;
	ck_assert(picture_format_of("a.svg", &format) && format == PICTURE_SVG);
	ck_assert(picture_format_of("/x.y/a.b.PDF", &format) && format == PICTURE_PDF);
	ck_assert(picture_format_of(".png", &format) && format == PICTURE_PNG);
	ck_assert(!picture_format_of("svg", &format));
	ck_assert(!picture_format_of("a.svgz", &format));
	ck_assert(!picture_format_of("a.", &format));
}
END_TEST

START_TEST(without_the_libraries_it_says_what_to_do)
{
	struct err e = { 0 };
	if (type)
		return;
	ck_assert_ptr_null(picture_type(&e));
	ck_assert_int_eq(e.code, ERR_UNAVAILABLE);
	ck_assert_ptr_nonnull(strstr(e.text, "--text"));
}
END_TEST

START_TEST(characters_that_no_typeface_has_are_counted)
{
	struct scene_font f = { .size = 12 };
	if (!type)
		return;
	size_t before = picture_unknown(&scene);
	scene_text(&scene, &f, 0, 0, "a\xf4\x8f\xbf\xbd"); // U+10FFFD, of private use
	ck_assert_uint_eq(picture_unknown(&scene), before + 1);
}
END_TEST

START_TEST(half_the_size_is_half_the_width)
{
	struct scene_font f = { .size = 10 }, small = { .size = 5 };
	double wide = scene_text_width(&scene, &f, "Waiting well");
	ck_assert_double_gt(wide, 30);
	ck_assert_double_lt(wide, 90);
	ck_assert_double_eq_tol(scene_text_width(&scene, &small, "Waiting well"), wide / 2, 0.001);
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-picture");
	TCase *t = tcase_create("picture");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_pdf_is_one_page_with_its_fonts_in_it);
	tcase_add_test(t, a_png_has_200_dots_an_inch);
	tcase_add_test(t, equal_pictures_are_equal_files);
	tcase_add_test(t, what_cannot_be_made_leaves_what_was_there);
	tcase_add_test(t, a_full_disk_is_told);
	tcase_add_test(t, the_end_of_a_name_says_what_it_is);
	tcase_add_test(t, without_the_libraries_it_says_what_to_do);
	tcase_add_test(t, characters_that_no_typeface_has_are_counted);
	tcase_add_test(t, half_the_size_is_half_the_width);
	suite_add_tcase(s, t);
	return test_run(s);
}
