// SPDX-License-Identifier: MIT
// The app in process: on a terminal that is not there, keys by name in, picture out, compared with
// a file in tests/screens (UPDATE=1 writes it). The world stands still: Sun 22 Nov 2026, 14:02.
#ifndef PLANDO_TESTS_TUI_HARNESS_H
#define PLANDO_TESTS_TUI_HARNESS_H

#include "../support.h"

#include "tui/loop/app.h"
#include "tui/screens/screens.h"

#include <plando/record.h>

// A record by the key that its line gave it.
struct harness_name {
	char key[16];
	char id[ID_TEXT];
};

struct harness {
	struct arena arena;
	struct world world;
	struct env env;
	struct app app;
	struct term *term;
	char *path; // of the workbook
	int rows, cols;
	struct harness_name name[128];
	size_t names;
};

enum harness_look { LOOK_PLAIN, LOOK_ASCII, LOOK_MONO };

// How a screen is pictured: at three sizes, and in ASCII, which stands in the picture's name.
extern const struct harness_size {
	int rows, cols;
	enum harness_look look;
	const char *suffix;
} HARNESS_SIZES[4];

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
// The screen in all these sizes (each list ends with 0), with a key at each.
void harness_every_size(struct harness *h, const int rows[], const int cols[]);

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
// Records from lines "key kind field=value|field=value"; "@key" as a value is that record's id,
// also of a line of an earlier call (the world's are @hubs, @door, …). A line's key may be "-".
void harness_records(struct harness *h, struct store *s, const char *const lines[]);
void harness_world(struct harness *h, struct store *s);
// One save: a field of the record of that kind and name.
void harness_edit(struct harness *h, struct store *s, const char *kind, const char *name,
    const char *field, const char *value);
// A copy of the open workbook at that path, open to Sam Okoro; env keeps who Sam is.
struct store *harness_copy(struct harness *h, const char *path, struct env *env);

#endif
