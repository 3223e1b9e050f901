// SPDX-License-Identifier: MIT
// The typeface: cairo and pango found at run time, and text measured by them.
#include "output/picture/picture_calls.h"
#include "output/picture/picture_draw.h"

#include <plando/str.h>

#include <dlfcn.h>
#include <string.h>

// Looking in this one finds the functions of all that it needs.
static const char LIBRARY[] = "libpangocairo-1.0.so.0";
// Arial and what has its widths first: the people who get the picture have it.
static const char FAMILIES[] = "Arial,Liberation Sans,Nimbus Sans,Helvetica,DejaVu Sans,Sans";
enum { MEASURE_SIZE = 200 }; // points at which widths are taken: far beyond rounding

static bool picture_type_missing(const char *what, struct err *e)
{
	return err_set(e, ERR_UNAVAILABLE,
	    "pictures need cairo and pango, and this machine lacks %s; install "
	    "libpangocairo-1.0-0, "
	    "or use --text, --dot or --mermaid",
	    what);
}

static bool picture_type_find_call(void *library, const char *name, void *call, struct err *e)
{
	void *found = dlsym(library, name);
	memcpy(
	    call, &found, sizeof found); // an object's pointer made a function's, as POSIX has it
	return found ? true : picture_type_missing(name, e);
}

static bool picture_type_find_calls(struct picture_calls *calls, struct err *e)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL); // never closed: pango keeps state
	if (!library)
		return picture_type_missing(LIBRARY, e);
#define FIND(name) &&picture_type_find_call(library, #name, &calls->name, e)
	return true PICTURE_CALLS(FIND);
#undef FIND
}

const struct picture_calls *picture_calls(struct err *e)
{
	static struct picture_calls calls;
	static bool found;
	found = found || picture_type_find_calls(&calls, e);
	return found ? &calls : NULL;
}

// Lines of text as wide on paper as on the screen, wherever they stand.
static void picture_type_no_hints(const struct picture_calls *p, PangoContext *context)
{
	cairo_font_options_t *options = p->cairo_font_options_create();
	p->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	p->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	p->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	p->pango_cairo_context_set_font_options(context, options);
	p->cairo_font_options_destroy(options);
}

const struct picture_face *picture_face(struct err *e)
{
	static struct picture_face face;
	const struct picture_calls *p = picture_calls(e);
	if (!p || face.context)
		return p ? &face : NULL;
	face.context = p->pango_font_map_create_context(p->pango_cairo_font_map_get_default());
	p->pango_context_set_round_glyph_positions(face.context, FALSE);
	picture_type_no_hints(p, face.context);
	for (int bold = 0; bold < 2; bold++) {
		face.font[bold] = p->pango_font_description_new();
		p->pango_font_description_set_family(face.font[bold], FAMILIES);
		p->pango_font_description_set_weight(
		    face.font[bold], bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
		p->pango_font_description_set_absolute_size(
		    face.font[bold], (double)MEASURE_SIZE * PANGO_SCALE);
	}
	return &face;
}

// Every text is measured again and again while a layout is sought: one layout object, kept.
static double picture_type_measure(
    const struct scene_type *t, const char *text, size_t n, bool bold)
{
	static PangoLayout *layout;
	(void)t;
	const struct picture_calls *p = picture_calls(NULL);
	const struct picture_face *face = picture_face(NULL);
	int width, height;
	if (!layout) {
		layout = p->pango_layout_new(face->context);
		p->pango_layout_set_single_paragraph_mode(layout, TRUE);
	}
	p->pango_layout_set_font_description(layout, face->font[bold]);
	p->pango_layout_set_text(layout, text, (int)n);
	p->pango_layout_get_size(layout, &width, &height);
	return (double)width / PANGO_SCALE / MEASURE_SIZE;
}

// What an SVG asks for: the typeface that was measured, then what is as wide elsewhere.
static const struct {
	const char *family, *css;
} STACKS[] = {
	{ "Arial", "Arial, 'Liberation Sans', Helvetica, sans-serif" },
	{ "Liberation Sans", "Arial, 'Liberation Sans', Helvetica, sans-serif" },
	{ "Nimbus Sans", "Helvetica, Arial, 'Nimbus Sans', sans-serif" },
	{ "Helvetica", "Helvetica, Arial, 'Nimbus Sans', sans-serif" },
	{ "DejaVu Sans", "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', sans-serif" },
};

static const char *picture_type_family_in_css(
    const struct picture_calls *p, const struct picture_face *face)
{
	const char *css = "sans-serif";
	PangoFont *font = p->pango_context_load_font(face->context, face->font[0]);
	if (!font)
		return css;
	PangoFontDescription *is = p->pango_font_describe(font);
	const char *family = p->pango_font_description_get_family(is);
	for (size_t i = 0; i < sizeof STACKS / sizeof *STACKS; i++)
		if (str_equal(STACKS[i].family, family))
			css = STACKS[i].css;
	p->pango_font_description_free(is);
	p->g_object_unref(font);
	return css;
}

const struct scene_type *picture_type(struct err *e)
{
	static struct scene_type type;
	const struct picture_face *face = picture_face(e);
	if (!face)
		return NULL;
	if (!type.measure)
		type = (struct scene_type){ picture_type_family_in_css(picture_calls(NULL), face),
			picture_type_measure };
	return &type;
}

size_t picture_unknown(const struct scene *s)
{
	const struct picture_face *face = picture_face(NULL);
	const struct picture_calls *p = picture_calls(NULL);
	size_t unknown = 0;
	if (!face)
		return 0;
	PangoLayout *layout = p->pango_layout_new(face->context);
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->item[i].rows; k++) {
			p->pango_layout_set_text(layout, s->item[i].row[k].text, -1);
			unknown += (size_t)p->pango_layout_get_unknown_glyphs_count(layout);
		}
	p->g_object_unref(layout);
	return unknown;
}
