// SPDX-License-Identifier: MIT
// A scene drawn by cairo: the one drawing code of PNG and PDF.
#include "output/picture/picture_calls.h"
#include "output/picture/picture_draw.h"

#include <plando/date.h>

#include <math.h>

#define DOTS_AN_INCH 200.0
#define MOST_DOTS    7000.0 // along an edge of a PNG: slides and printers take no more

struct draw {
	const struct picture_calls *p;
	const struct picture_face *face;
	cairo_t *cr;
	PangoLayout *layout;
};

static void picture_cairo_set_colour(struct draw *d, enum scene_role role)
{
	unsigned c = scene_colour(role);
	d->p->cairo_set_source_rgb(
	    d->cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

static void picture_cairo_stroke(struct draw *d, const struct scene_item *i)
{
	struct scene_dash dash = scene_dash(i->style);
	double lengths[2] = { dash.line * i->width, dash.gap * i->width };
	picture_cairo_set_colour(d, i->role);
	d->p->cairo_set_line_width(d->cr, i->width);
	d->p->cairo_set_dash(d->cr, lengths, dash.line > 0 ? 2 : 0, 0);
	d->p->cairo_stroke(d->cr);
}

static void picture_cairo_draw_path(struct draw *d, const struct scene_item *i)
{
	d->p->cairo_new_path(d->cr);
	d->p->cairo_move_to(d->cr, i->point[0].x, i->point[0].y);
	for (size_t k = 1; k < i->points; k++) {
		struct scene_point a = i->point[k - 1], b = i->point[k];
		double middle = (a.x + b.x) / 2;
		if (i->kind == SCENE_CURVE)
			d->p->cairo_curve_to(d->cr, middle, a.y, middle, b.y, b.x, b.y);
		else
			d->p->cairo_line_to(d->cr, b.x, b.y);
	}
	picture_cairo_stroke(d, i);
}

static void picture_cairo_box_path(struct draw *d, const struct scene_item *i)
{
	d->p->cairo_new_path(d->cr);
	double r = fmin(i->radius, fmin(i->w, i->h) / 2);
	if (r <= 0) {
		d->p->cairo_rectangle(d->cr, i->x, i->y, i->w, i->h);
		return;
	}
	d->p->cairo_new_sub_path(d->cr);
	d->p->cairo_arc(d->cr, i->x + i->w - r, i->y + r, r, -M_PI_2, 0);
	d->p->cairo_arc(d->cr, i->x + i->w - r, i->y + i->h - r, r, 0, M_PI_2);
	d->p->cairo_arc(d->cr, i->x + r, i->y + i->h - r, r, M_PI_2, M_PI);
	d->p->cairo_arc(d->cr, i->x + r, i->y + r, r, M_PI, M_PI + M_PI_2);
	d->p->cairo_close_path(d->cr);
}

static void picture_cairo_draw_box(struct draw *d, const struct scene_item *i)
{
	picture_cairo_box_path(d, i);
	picture_cairo_set_colour(d, i->fill);
	if (i->width > 0) {
		d->p->cairo_fill_preserve(d->cr);
		picture_cairo_stroke(d, i);
	} else {
		d->p->cairo_fill(d->cr);
	}
}

static void picture_cairo_draw_row(struct draw *d, const struct scene_item *i, size_t row)
{
	static const double BEFORE[] = { [SCENE_START] = 0, [SCENE_MIDDLE] = 0.5, [SCENE_END] = 1 };
	int width, height;
	d->p->pango_layout_set_text(d->layout, i->row[row].text, -1);
	d->p->pango_layout_get_size(d->layout, &width, &height);
	double x = i->x - BEFORE[i->anchor] * width / PANGO_SCALE;
	double y = i->y + (double)row * i->leading;
	d->p->cairo_move_to(
	    d->cr, x, y - (double)d->p->pango_layout_get_baseline(d->layout) / PANGO_SCALE);
	d->p->pango_cairo_show_layout(d->cr, d->layout);
}

static void picture_cairo_draw_text(struct draw *d, const struct scene_item *i)
{
	PangoFontDescription *font = d->face->font[i->bold];
	d->p->pango_font_description_set_absolute_size(font, i->size * PANGO_SCALE);
	d->p->pango_layout_set_font_description(d->layout, font);
	picture_cairo_set_colour(d, i->role);
	for (size_t k = 0; k < i->rows; k++)
		picture_cairo_draw_row(d, i, k);
}

static void picture_cairo_draw_cross(struct draw *d, const struct scene_item *i)
{
	double r = i->size * 0.45;
	struct scene_item pen = { .role = i->role, .width = i->size * 0.25 };
	d->p->cairo_move_to(d->cr, i->x - r, i->y - r);
	d->p->cairo_line_to(d->cr, i->x + r, i->y + r);
	d->p->cairo_move_to(d->cr, i->x - r, i->y + r);
	d->p->cairo_line_to(d->cr, i->x + r, i->y - r);
	picture_cairo_stroke(d, &pen);
}

static void picture_cairo_draw_filling(struct draw *d, const struct scene_item *i, bool hollow)
{
	struct scene_item pen = { .role = i->role, .width = i->size * 0.18 };
	picture_cairo_set_colour(d, hollow ? SCENE_PAPER : i->role);
	d->p->cairo_fill_preserve(d->cr);
	if (hollow)
		picture_cairo_stroke(d, &pen);
	d->p->cairo_new_path(d->cr);
}

static void picture_cairo_draw_disc(struct draw *d, const struct scene_item *i)
{
	d->p->cairo_new_sub_path(d->cr);
	d->p->cairo_arc(d->cr, i->x, i->y, i->size * 0.5, 0, 2 * M_PI);
	picture_cairo_draw_filling(d, i, i->shape == SCENE_RING);
}

static void picture_cairo_draw_mark(struct draw *d, const struct scene_item *i)
{
	struct scene_outline outline = scene_outline(i->shape);
	if (i->shape == SCENE_CROSS) {
		picture_cairo_draw_cross(d, i);
	} else if (!outline.points) {
		picture_cairo_draw_disc(d, i);
	} else {
		d->p->cairo_new_path(d->cr); // text leaves a point behind
		for (size_t k = 0; k < outline.points; k++)
			d->p->cairo_line_to(d->cr, i->x + outline.point[k].x * i->size,
			    i->y + outline.point[k].y * i->size);
		d->p->cairo_close_path(d->cr);
		picture_cairo_draw_filling(d, i, outline.hollow);
	}
}

static void picture_cairo_draw_item(struct draw *d, const struct scene_item *i)
{
	switch (i->kind) {
	case SCENE_GROUP:
	case SCENE_GROUP_END: break;
	case SCENE_LINE:
	case SCENE_CURVE: picture_cairo_draw_path(d, i); break;
	case SCENE_BOX: picture_cairo_draw_box(d, i); break;
	case SCENE_TEXT: picture_cairo_draw_text(d, i); break;
	case SCENE_MARK: picture_cairo_draw_mark(d, i); break;
	}
}

static bool picture_cairo_failed(
    const struct picture_calls *p, cairo_status_t status, struct err *e)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	if (status == CAIRO_STATUS_NO_MEMORY)
		return err_memory(e);
	return err_set(
	    e, ERR_IO, "the picture cannot be drawn: %s", p->cairo_status_to_string(status));
}

static bool picture_cairo_draw_scene(const struct picture_calls *p, const struct scene *s,
    cairo_surface_t *to, double scale, struct err *e)
{
	struct draw d = { .p = p, .face = picture_face(e), .cr = p->cairo_create(to) };
	d.layout = p->pango_layout_new(d.face->context);
	p->pango_layout_set_single_paragraph_mode(d.layout, TRUE);
	p->cairo_scale(d.cr, scale, scale);
	p->pango_cairo_update_layout(d.cr, d.layout);
	p->cairo_set_line_join(d.cr, CAIRO_LINE_JOIN_ROUND);
	picture_cairo_set_colour(&d, SCENE_PAPER);
	p->cairo_paint(d.cr);
	for (size_t i = 0; i < s->count; i++)
		picture_cairo_draw_item(&d, &s->item[i]);
	bool good = picture_cairo_failed(p, p->cairo_status(d.cr), e);
	p->g_object_unref(d.layout);
	p->cairo_destroy(d.cr);
	return good;
}

static cairo_status_t picture_cairo_to_stream(void *out, const unsigned char *data, unsigned n)
{
	return fwrite(data, 1, n, out) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bool picture_draw_png(const struct scene *s, int64_t now, FILE *out, struct err *e)
{
	(void)now;
	const struct picture_calls *p = picture_calls(e);
	if (!p || !scene_done(s, e))
		return false;
	double scale = fmin(DOTS_AN_INCH / 72, MOST_DOTS / fmax(s->width, s->height));
	cairo_surface_t *surface = p->cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)ceil(s->width * scale), (int)ceil(s->height * scale));
	bool good =
	    picture_cairo_failed(p, p->cairo_surface_status(surface), e) &&
	    picture_cairo_draw_scene(p, s, surface, scale, e) &&
	    picture_cairo_failed(
		p, p->cairo_surface_write_to_png_stream(surface, picture_cairo_to_stream, out), e);
	p->cairo_surface_destroy(surface);
	return good;
}

// ISO 8601 in UTC, as cairo asks for it.
static void picture_cairo_set_date(
    const struct picture_calls *p, cairo_surface_t *surface, int64_t now)
{
	char text[MOMENT_TEXT];
	moment_print(now, text);
	p->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
	p->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

bool picture_draw_pdf(const struct scene *s, int64_t now, FILE *out, struct err *e)
{
	const struct picture_calls *p = picture_calls(e);
	if (!p || !scene_done(s, e))
		return false;
	cairo_surface_t *surface = p->cairo_pdf_surface_create_for_stream(
	    picture_cairo_to_stream, out, s->width, s->height);
	p->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, s->title);
	p->cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATOR, "plando " PLANDO_VERSION);
	picture_cairo_set_date(p, surface, now);
	bool good = picture_cairo_failed(p, p->cairo_surface_status(surface), e) &&
		    picture_cairo_draw_scene(p, s, surface, 1, e);
	p->cairo_surface_finish(surface);
	good = good && picture_cairo_failed(p, p->cairo_surface_status(surface), e);
	p->cairo_surface_destroy(surface);
	return good;
}
