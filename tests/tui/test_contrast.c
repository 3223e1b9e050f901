// SPDX-License-Identifier: MIT
// Every role can be read on white and on black: its colour stands out by 4.5 to 1 (WCAG 2.2,
// success criterion 1.4.3) in each terminal that people have.
#include "../support.h"

#include "tui/term/term.h"

#include <math.h>

// The eight colours as these programs are delivered. xterm: XTerm-col.ad and its defaults in
// charproc.c; PuTTY: the session defaults in settings.c; macOS Terminal: the profile Basic; GNOME
// Terminal: its palette "GNOME" (terminal-profile-editor.cc). Above 15 all four have xterm's cube
// and greys (256colres.h).
static const struct {
	const char *name;
	unsigned rgb[8];
} PALETTES[] = {
	{ "xterm",
	    { 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5 } },
	{ "PuTTY",
	    { 0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb } },
	{ "macOS Terminal",
	    { 0x000000, 0xc23621, 0x25bc24, 0xadad27, 0x492ee1, 0xd338d3, 0x33bbc8, 0xcbcccd } },
	{ "GNOME Terminal",
	    { 0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc } },
};
enum { TERMINALS = sizeof PALETTES / sizeof *PALETTES };

static unsigned colour_of(size_t terminal, int colour)
{
	static const unsigned STEP[] = { 0, 95, 135, 175, 215, 255 };
	if (colour < 8)
		return PALETTES[terminal].rgb[colour];
	ck_assert_int_ge(colour, 16); // the bright ones differ more than can be listed
	if (colour >= 232)
		return (unsigned)(8 + 10 * (colour - 232)) * 0x010101U;
	unsigned n = (unsigned)colour - 16;
	return STEP[n / 36] << 16 | STEP[n / 6 % 6] << 8 | STEP[n % 6];
}

// Relative luminance, as WCAG defines it.
static double luminance(unsigned rgb)
{
	static const double WEIGHT[] = { 0.0722, 0.7152, 0.2126 }; // blue, green, red
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = (double)(rgb >> (8 * i) & 0xff) / 255;
		sum += WEIGHT[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(unsigned a, unsigned b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

START_TEST(every_role_can_be_read_on_white_and_on_black)
{
	size_t coloured = 0;
	for (int scheme = 0; scheme < SCHEMES; scheme++)
		for (int role = 0; role < ROLES; role++) {
			int colour = term_role_colour((enum scheme)scheme, (enum role)role);
			coloured += colour >= 0;
			for (size_t t = 0; colour >= 0 && t < TERMINALS; t++) {
				unsigned rgb = colour_of(t, colour);
				double least = fmin(contrast(rgb, 0xffffff), contrast(rgb, 0));
				ck_assert_msg(least >= 4.5, "role %d, colour %d in %s: %.2f", role,
				    colour, PALETTES[t].name, least);
			}
		}
	ck_assert_uint_gt(coloured, 0);
}
END_TEST

// That the roles have colours of the 256 is no whim.
START_TEST(no_one_of_the_eight_colours_would_do_in_every_terminal)
{
	for (int colour = 0; colour < 8; colour++) {
		double least = 21;
		for (size_t t = 0; t < TERMINALS; t++) {
			unsigned rgb = colour_of(t, colour);
			least = fmin(least, fmin(contrast(rgb, 0xffffff), contrast(rgb, 0)));
		}
		ck_assert_double_lt(least, 4.5);
	}
	ck_assert_double_eq_tol(contrast(0xffffff, 0), 21, 1e-9);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("contrast");
	TCase *c = tcase_create("contrast");
	tcase_add_test(c, every_role_can_be_read_on_white_and_on_black);
	tcase_add_test(c, no_one_of_the_eight_colours_would_do_in_every_terminal);
	suite_add_tcase(s, c);
	return test_run(s);
}
