// SPDX-License-Identifier: MIT
// The app in process: on a terminal that is not there, keys by name in, picture out, compared with
// a file in tests/screens (UPDATE=1 writes it). The world stands still: Sun 22 Nov 2026, 14:02.
#ifndef PLANDO_TESTS_TUI_HARNESS_H
#define PLANDO_TESTS_TUI_HARNESS_H

#include "../support.h"

#include "tui/app.h"
#include "tui/screens.h"

#include <plando/record.h>

struct harness {
	struct arena arena;
	struct world world;
	struct env env;
	struct app app;
	struct term *term;
	char *path; // of the workbook
	int rows, cols;
};

enum harness_look { LOOK_PLAIN, LOOK_ASCII, LOOK_MONO };

// A workbook in the test's folder, as harness_world makes it; open on its board, drawn.
void harness_open(struct harness *h, int rows, int cols, enum harness_look look);
// The same with an empty workbook, and with none (the start screen).
void harness_open_empty(struct harness *h, int rows, int cols);
void harness_open_start(struct harness *h, int rows, int cols);
void harness_close(struct harness *h);

// Keys by name, blank separated ("Down Enter Ctrl-P ? Space"), then a frame is drawn.
void harness_keys(struct harness *h, const char *names);
// Every character of text as a key.
void harness_type(struct harness *h, const char *text);
void harness_paste(struct harness *h, const char *text);
void harness_click(struct harness *h, int row, int col);
void harness_resize(struct harness *h, int rows, int cols);

// What stands on the screen, rows without blanks at their ends, then a line that says where the
// cursor is and on what.
const char *harness_picture(struct harness *h);
// The picture must be that of tests/screens/NAME-COLSxROWS.txt.
void harness_expect(struct harness *h, const char *name);
// The picture must hold this text somewhere; or must not.
void harness_shows(struct harness *h, const char *text);
void harness_hides(struct harness *h, const char *text);
bool harness_has(struct harness *h, const char *text);

// The record of that kind and name.
struct id harness_find(struct harness *h, const char *kind, const char *name);
// Records from lines "key kind field=value|field=value"; "@key" in a value is that record's id.
// A line's key may be "-".
void harness_records(struct harness *h, struct store *s, const char *const lines[]);
void harness_world(struct harness *h, struct store *s);

#endif
