// SPDX-License-Identifier: MIT
// A scene as SVG. Written by us and not by cairo, because cairo's SVG has no title, no description
// and no text that can be read, searched or spoken: only outlines of letters. Here a text is a
// text, as wide as it was measured (textLength), so that another computer's typeface cannot push it
// out of its box. No style sheet, no script, no reference to anything outside: slides, browsers and
// drawing programs take it as it is.
#include <plando/scene.h>

#include <math.h>
#include <string.h>

struct svg {
	FILE *out;
	int depth;
};

static void scene_svg_indent(const struct svg *v)
{
	for (int i = 0; i < v->depth; i++)
		fputc(' ', v->out);
}

// In hundredths, by integers: no locale's comma.
static void scene_svg_put_number(const struct svg *v, double x)
{
	long n = lround(x * 100);
	unsigned long size = (unsigned long)(n < 0 ? -n : n);
	fprintf(v->out, "%s%lu", n < 0 ? "-" : "", size / 100);
	if (size % 100)
		fprintf(v->out, size % 10 ? ".%02lu" : ".%lu",
		    size % 10 ? size % 100 : size % 100 / 10);
}

static void scene_svg_put(const struct svg *v, const char *name, double x)
{
	fprintf(v->out, " %s=\"", name);
	scene_svg_put_number(v, x);
	fputc('"', v->out);
}

// U+FFFE and U+FFFF are UTF-8, but not XML.
static bool scene_svg_no_character(const char *p)
{
	return (unsigned char)p[0] == 0xef && (unsigned char)p[1] == 0xbf &&
	       ((unsigned char)p[2] == 0xbe || (unsigned char)p[2] == 0xbf);
}

static void scene_svg_put_text(const struct svg *v, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '&')
			fputs("&amp;", v->out);
		else if (*p == '<')
			fputs("&lt;", v->out);
		else if (*p == '>')
			fputs("&gt;", v->out);
		else if (*p == '"')
			fputs("&quot;", v->out);
		else if (scene_svg_no_character(p)) {
			fputs("\ufffd", v->out);
			p += 2;
		} else
			fputc(*p, v->out);
	}
}

static void scene_svg_put_word(const struct svg *v, const char *name, const char *text)
{
	fprintf(v->out, " %s=\"", name);
	scene_svg_put_text(v, text);
	fputc('"', v->out);
}

static void scene_svg_put_colour(const struct svg *v, const char *name, enum scene_role role)
{
	fprintf(v->out, " %s=\"#%06x\"", name, scene_colour(role));
}

static void scene_svg_put_stroke(const struct svg *v, const struct scene_item *i)
{
	struct scene_dash dash = scene_dash(i->style);
	scene_svg_put_colour(v, "stroke", i->role);
	scene_svg_put(v, "stroke-width", i->width);
	if (dash.line > 0) {
		fputs(" stroke-dasharray=\"", v->out);
		scene_svg_put_number(v, dash.line * i->width);
		fputc(' ', v->out);
		scene_svg_put_number(v, dash.gap * i->width);
		fputc('"', v->out);
	}
}

static void scene_svg_put_point(const struct svg *v, const char *command, double x, double y)
{
	fputs(command, v->out);
	scene_svg_put_number(v, x);
	fputc(' ', v->out);
	scene_svg_put_number(v, y);
}

static void scene_svg_put_path(const struct svg *v, const struct scene_item *i)
{
	fputs("<path fill=\"none\"", v->out);
	scene_svg_put_stroke(v, i);
	fputs(" d=\"", v->out);
	scene_svg_put_point(v, "M", i->point[0].x, i->point[0].y);
	for (size_t k = 1; k < i->points; k++) {
		struct scene_point a = i->point[k - 1], b = i->point[k];
		double middle = (a.x + b.x) / 2;
		if (i->kind == SCENE_CURVE && fabs(a.y - b.y) > 0.01) {
			scene_svg_put_point(v, "C", middle, a.y);
			scene_svg_put_point(v, " ", middle, b.y);
			scene_svg_put_point(v, " ", b.x, b.y);
		} else {
			scene_svg_put_point(v, "L", b.x, b.y);
		}
	}
	fputs("\"/>\n", v->out);
}

static void scene_svg_put_box(const struct svg *v, const struct scene_item *i)
{
	fputs("<rect", v->out);
	scene_svg_put(v, "x", i->x);
	scene_svg_put(v, "y", i->y);
	scene_svg_put(v, "width", i->w);
	scene_svg_put(v, "height", i->h);
	if (i->radius > 0)
		scene_svg_put(v, "rx", i->radius);
	scene_svg_put_colour(v, "fill", i->fill);
	if (i->width > 0)
		scene_svg_put_stroke(v, i);
	fputs("/>\n", v->out);
}

static void scene_svg_put_words(const struct svg *v, const struct scene_item *i)
{
	static const char *const ANCHORS[] = { "start", "middle", "end" };
	enum scene_anchor anchor = i->anchor;
	if (i->right) // "start" is where reading starts
		anchor = anchor == SCENE_START ? SCENE_END
			 : anchor == SCENE_END ? SCENE_START
					       : anchor;
	fputs("<text", v->out);
	scene_svg_put(v, "font-size", i->size);
	if (i->bold)
		scene_svg_put_word(v, "font-weight", "bold");
	if (anchor != SCENE_START)
		scene_svg_put_word(v, "text-anchor", ANCHORS[anchor]);
	if (i->right)
		scene_svg_put_word(v, "direction", "rtl");
	scene_svg_put_colour(v, "fill", i->role);
	fputc('>', v->out);
	for (size_t k = 0; k < i->rows; k++) {
		if (!*i->row[k].text)
			continue;
		fputs(k ? " <tspan" : "<tspan", v->out);
		scene_svg_put(v, "x", i->x);
		scene_svg_put(v, "y", i->y + (double)k * i->leading);
		scene_svg_put(v, "textLength", i->row[k].width);
		fputs(" lengthAdjust=\"spacingAndGlyphs\">", v->out);
		scene_svg_put_text(v, i->row[k].text);
		fputs("</tspan>", v->out);
	}
	fputs("</text>\n", v->out);
}

// --- marks

static void scene_svg_put_filling(const struct svg *v, const struct scene_item *i, bool hollow)
{
	scene_svg_put_colour(v, "fill", hollow ? SCENE_PAPER : i->role);
	if (!hollow)
		return;
	scene_svg_put_colour(v, "stroke", i->role);
	scene_svg_put(v, "stroke-width", i->size * 0.18);
}

static void scene_svg_put_polygon(
    const struct svg *v, const struct scene_item *i, const struct scene_outline *outline)
{
	const struct scene_point *p = outline->point;
	fputs("<polygon", v->out);
	scene_svg_put_filling(v, i, outline->hollow);
	fputs(" points=\"", v->out);
	for (size_t k = 0; k < outline->points; k++)
		scene_svg_put_point(
		    v, k ? " " : "", i->x + p[k].x * i->size, i->y + p[k].y * i->size);
	fputs("\"/>\n", v->out);
}

static void scene_svg_put_disc(const struct svg *v, const struct scene_item *i)
{
	fputs("<circle", v->out);
	scene_svg_put(v, "cx", i->x);
	scene_svg_put(v, "cy", i->y);
	scene_svg_put(v, "r", i->size * 0.5);
	scene_svg_put_filling(v, i, i->shape == SCENE_RING);
	fputs("/>\n", v->out);
}

static void scene_svg_put_cross(const struct svg *v, const struct scene_item *i)
{
	double r = i->size * 0.45;
	fputs("<path fill=\"none\"", v->out);
	scene_svg_put_colour(v, "stroke", i->role);
	scene_svg_put(v, "stroke-width", i->size * 0.25);
	fputs(" d=\"", v->out);
	scene_svg_put_point(v, "M", i->x - r, i->y - r);
	scene_svg_put_point(v, "L", i->x + r, i->y + r);
	scene_svg_put_point(v, "M", i->x - r, i->y + r);
	scene_svg_put_point(v, "L", i->x + r, i->y - r);
	fputs("\"/>\n", v->out);
}

static void scene_svg_put_mark(const struct svg *v, const struct scene_item *i)
{
	struct scene_outline outline = scene_outline(i->shape);
	if (outline.points)
		scene_svg_put_polygon(v, i, &outline);
	else if (i->shape == SCENE_CROSS)
		scene_svg_put_cross(v, i);
	else
		scene_svg_put_disc(v, i);
}

// --- the whole

static void scene_svg_put_group(struct svg *v, const struct scene_item *i)
{
	fputs("<g", v->out);
	scene_svg_put_word(v, "class", i->name);
	if (i->from)
		scene_svg_put_word(v, "data-from", i->from);
	if (i->to)
		scene_svg_put_word(v, "data-to", i->to);
	fputs(">", v->out);
	if (i->title) {
		fputs("<title>", v->out);
		scene_svg_put_text(v, i->title);
		fputs("</title>", v->out);
	}
	fputc('\n', v->out);
	v->depth++;
}

static void scene_svg_put_item(struct svg *v, const struct scene_item *i)
{
	if (i->kind == SCENE_GROUP_END)
		v->depth--;
	scene_svg_indent(v);
	switch (i->kind) {
	case SCENE_GROUP: scene_svg_put_group(v, i); break;
	case SCENE_GROUP_END: fputs("</g>\n", v->out); break;
	case SCENE_LINE:
	case SCENE_CURVE: scene_svg_put_path(v, i); break;
	case SCENE_BOX: scene_svg_put_box(v, i); break;
	case SCENE_TEXT: scene_svg_put_words(v, i); break;
	case SCENE_MARK: scene_svg_put_mark(v, i); break;
	}
}

bool scene_svg(const struct scene *s, FILE *out, struct err *e)
{
	struct svg v = { .out = out, .depth = 1 };
	if (!scene_done(s, e))
		return false;
	fputs(
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\""
	    " version=\"1.1\"",
	    out);
	fputs(" width=\"", out);
	scene_svg_put_number(&v, s->width);
	fputs("pt\" height=\"", out);
	scene_svg_put_number(&v, s->height);
	fputs("pt\" viewBox=\"0 0 ", out);
	scene_svg_put_number(&v, s->width);
	fputc(' ', out);
	scene_svg_put_number(&v, s->height);
	fputs("\" role=\"img\" aria-labelledby=\"title words\"", out);
	scene_svg_put_word(&v, "font-family", s->type->family);
	fputs(">\n <title id=\"title\">", out);
	scene_svg_put_text(&v, s->title);
	fputs("</title>\n <desc id=\"words\">", out);
	scene_svg_put_text(&v, s->words);
	fputs("</desc>\n <rect width=\"100%\" height=\"100%\"", out);
	scene_svg_put_colour(&v, "fill", SCENE_PAPER);
	fputs("/>\n", out);
	for (size_t i = 0; i < s->count; i++)
		scene_svg_put_item(&v, &s->item[i]);
	fputs("</svg>\n", out);
	return true;
}
