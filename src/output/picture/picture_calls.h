// SPDX-License-Identifier: MIT
// The functions of cairo and pango that pictures are made with, found when first needed.
#ifndef PLANDO_OUTPUT_PICTURE_CALLS_H
#define PLANDO_OUTPUT_PICTURE_CALLS_H

#include <plando/err.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

// One row a function; the types are those of the libraries' own headers.
#define PICTURE_CALLS(CALL)                                                                        \
	CALL(cairo_arc)                                                                            \
	CALL(cairo_close_path)                                                                     \
	CALL(cairo_create)                                                                         \
	CALL(cairo_curve_to)                                                                       \
	CALL(cairo_destroy)                                                                        \
	CALL(cairo_fill)                                                                           \
	CALL(cairo_fill_preserve)                                                                  \
	CALL(cairo_font_options_create)                                                            \
	CALL(cairo_font_options_destroy)                                                           \
	CALL(cairo_font_options_set_antialias)                                                     \
	CALL(cairo_font_options_set_hint_metrics)                                                  \
	CALL(cairo_font_options_set_hint_style)                                                    \
	CALL(cairo_image_surface_create)                                                           \
	CALL(cairo_line_to)                                                                        \
	CALL(cairo_move_to)                                                                        \
	CALL(cairo_new_path)                                                                       \
	CALL(cairo_new_sub_path)                                                                   \
	CALL(cairo_paint)                                                                          \
	CALL(cairo_pdf_surface_create_for_stream)                                                  \
	CALL(cairo_pdf_surface_set_metadata)                                                       \
	CALL(cairo_rectangle)                                                                      \
	CALL(cairo_scale)                                                                          \
	CALL(cairo_set_dash)                                                                       \
	CALL(cairo_set_line_cap)                                                                   \
	CALL(cairo_set_line_join)                                                                  \
	CALL(cairo_set_line_width)                                                                 \
	CALL(cairo_set_source_rgb)                                                                 \
	CALL(cairo_status)                                                                         \
	CALL(cairo_status_to_string)                                                               \
	CALL(cairo_stroke)                                                                         \
	CALL(cairo_surface_destroy)                                                                \
	CALL(cairo_surface_finish)                                                                 \
	CALL(cairo_surface_status)                                                                 \
	CALL(cairo_surface_write_to_png_stream)                                                    \
	CALL(g_free)                                                                               \
	CALL(g_object_unref)                                                                       \
	CALL(pango_cairo_context_set_font_options)                                                 \
	CALL(pango_cairo_font_map_get_default)                                                     \
	CALL(pango_cairo_show_layout)                                                              \
	CALL(pango_cairo_update_layout)                                                            \
	CALL(pango_context_load_font)                                                              \
	CALL(pango_context_set_round_glyph_positions)                                              \
	CALL(pango_font_describe)                                                                  \
	CALL(pango_font_description_free)                                                          \
	CALL(pango_font_description_get_family)                                                    \
	CALL(pango_font_description_new)                                                           \
	CALL(pango_font_description_set_absolute_size)                                             \
	CALL(pango_font_description_set_family)                                                    \
	CALL(pango_font_description_set_weight)                                                    \
	CALL(pango_font_map_create_context)                                                        \
	CALL(pango_layout_get_baseline)                                                            \
	CALL(pango_layout_get_size)                                                                \
	CALL(pango_layout_get_unknown_glyphs_count)                                                \
	CALL(pango_layout_new)                                                                     \
	CALL(pango_layout_set_font_description)                                                    \
	CALL(pango_layout_set_single_paragraph_mode)                                               \
	CALL(pango_layout_set_text)

// NOLINTNEXTLINE(bugprone-macro-parentheses): what is declared has no parentheses
#define PICTURE_MEMBER(name) __typeof__(&(name)) name;
struct picture_calls {
	PICTURE_CALLS(PICTURE_MEMBER)
};

// NULL: they are not on this machine; e says so.
const struct picture_calls *picture_calls(struct err *e);

// What all pictures of the process are set with.
struct picture_face {
	PangoContext *context;
	PangoFontDescription *font[2]; // [bold]
};
const struct picture_face *picture_face(struct err *e);

#endif
