// SPDX-License-Identifier: MIT
// A scene becomes a file: SVG (our own writer), PNG and PDF (cairo), with text measured and set by
// pango. Both libraries are looked for when a picture is made, never before: linked, they would
// make every start of plando six times as long (0.8 ms to 4.8 ms, measured), and plando runs where
// they are not there. What is missing is ERR_UNAVAILABLE, in words.
#ifndef PLANDO_PICTURE_H
#define PLANDO_PICTURE_H

#include <plando/scene.h>

#include <stdint.h>

enum picture_format { PICTURE_SVG, PICTURE_PNG, PICTURE_PDF, PICTURE_FORMATS };
// "svg", "png", "pdf": of options and of file names.
const char *picture_format_name(enum picture_format format);
// By the end of a file's name, whatever its case. False: it is none of them.
bool picture_format_of(const char *path, enum picture_format *format);

// The typeface that all pictures of this process are set in. NULL: e says why there is none.
const struct scene_type *picture_type(struct err *e);

// Characters that no typeface of this machine has: PNG and PDF show them as boxes, an SVG does
// where it is looked at on such a machine.
size_t picture_unknown(const struct scene *s);

// Writes it to a stream. `now` (ms since 1970) is the PDF's date: equal scenes and clocks, equal
// bytes. SVG is in points; PNG has 200 dots an inch, fewer on large paper; PDF is one page, its
// fonts in it.
bool picture_write(
    const struct scene *s, enum picture_format format, int64_t now, FILE *out, struct err *e);
// The same into a file, whole or not at all. What cannot be made is ERR_CANTCREAT.
bool picture_save(const struct scene *s, enum picture_format format, int64_t now, const char *path,
    struct err *e);

#endif
