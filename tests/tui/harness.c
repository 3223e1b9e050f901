// SPDX-License-Identifier: MIT
#include "harness.h"
#include "tui/screens/screens.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <curses.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

// --- a small invented collaborative

static const char *const WORLD[] = {
	"nm system name=Northmarsh|code=NM",
	"wh system name=Westhaven|code=WH",
	"ch workstream name=Child health integration",
	"sam person name=Sam Okoro|organisation=Northmarsh ICB",
	"hubs team name=Child health hubs|system=@nm|workstream=@ch|started=2026-01-10",
	"early team name=Early help at home|system=@nm",
	"asthma team name=Asthma-friendly schools|system=@nm",
	"door team name=One front door|system=@wh",
	"sleep team name=Sleep and settle|system=@wh",
	"- charter team=@hubs|topic=Advice|population=Children under 5 in two boroughs|"
	"what=families wait 20 days, not 40|how_much=mean wait from 40 to 20 days|"
	"by_when=2027-03-31|for_whom=children under 5",
	"ana person name=Ana Silva|team=@hubs",
	"m1 membership team=@hubs|person=@ana|role=lead|from=2026-01-10",
	"m2 membership team=@hubs|person=@sam|role=coach|from=2026-02-01",
	"p1 driver team=@hubs|type=primary|code=P1|text=Early, right advice|position=a",
	"p2 driver team=@hubs|type=primary|code=P2|text=Families can act|position=b",
	"s1 driver team=@hubs|type=secondary|code=S1|text=Advice line staffed|position=a",
	"s3 driver team=@hubs|type=secondary|code=S3|text=Plain advice at home|position=b",
	"c1 idea team=@hubs|code=C1|text=Consultant rota 8–6|status=implemented|position=a",
	"c2 idea team=@hubs|code=C2|text=Shared inbox|status=testing|position=b",
	"c4 idea team=@hubs|code=C4|text=Ring families the day before|status=testing|position=c",
	"c6 idea team=@hubs|code=C6|text=Weekly huddle|status=idea|position=d",
	"- link from=@p1|to=@hubs",
	"- link from=@p2|to=@hubs",
	"- link from=@s1|to=@p1",
	"- link from=@s3|to=@p2",
	"- link from=@c1|to=@s1",
	"- link from=@c2|to=@s1",
	"- link from=@c2|to=@s3|strength=weak",
	"- link from=@c4|to=@s3",
	"r1 ramp idea=@c4|title=Calls",
	"y1 pdsa team=@hubs|idea=@c4|ramp=@r1|cycle_no=1|title=Five calls by Ana|scale=few|"
	"do_start=2026-10-05|do_end=2026-10-06|what_happened=Rang 5 families.|"
	"learned=They like it.|decision=increase",
	"y2 pdsa team=@hubs|idea=@c4|ramp=@r1|cycle_no=2|title=All of Tuesday's clinic|scale=day|"
	"do_start=2026-11-10|do_end=2026-11-12|what_happened=Rang 10 families. 7 answered.",
	"y3 pdsa team=@hubs|idea=@c4|ramp=@r1|cycle_no=3|title=Both clinics, one week|scale=week",
	"y4 pdsa team=@hubs|idea=@c1|cycle_no=1|title=Rota on paper|scale=week|"
	"do_start=2026-06-01|learned=It holds.|decision=adopt",
	"w1 measure team=@hubs|name=Mean wait|type=outcome|direction=down|unit=days|goal=20",
	"w2 measure team=@hubs|name=Same-day answers|type=process|direction=up|unit=%",
	"- assessment team=@hubs|date=2026-03-31|assessor=team|score=1.5",
	"- assessment team=@hubs|date=2026-06-30|assessor=team|score=2.0",
	"- assessment team=@hubs|date=2026-10-31|assessor=team|score=3.0|rationale=Calls work.",
	"- assessment team=@hubs|date=2026-10-31|assessor=coach|score=2.5",
	"- assessment team=@early|date=2026-05-31|assessor=team|score=2.5",
	"- assessment team=@door|date=2026-11-02|assessor=coach|score=4.0",
	"- coaching team=@hubs|date=2026-11-12|coach=@sam|discussed=The calls.",
	"- action team=@hubs|what=Print the cards|owner=@ana|due=2026-12-01",
	"- action team=@early|what=Ask the health visitors|due=2026-10-01",
	"- involvement team=@hubs|date=2026-10-20|who=parents' group|what_changed=We ring now.",
	"- event title=Learning session 4|type=learning_session|date=2026-12-03",
	NULL,
};

const struct harness_size HARNESS_SIZES[4] = { { 24, 80, LOOK_PLAIN, "" },
	{ 40, 120, LOOK_PLAIN, "" }, { 60, 200, LOOK_PLAIN, "" },
	{ 24, 80, LOOK_ASCII, "-ascii" } };

// The latest of that name.
static const char *value_of(const struct harness *h, const char *value)
{
	for (size_t i = h->names; *value == '@' && i > 0; i--)
		if (strcmp(h->name[i - 1].key, value + 1) == 0)
			return h->name[i - 1].id;
	return value;
}

static void name_keep(struct harness *h, const char *key, const struct id *id)
{
	if (strcmp(key, "-") == 0)
		return;
	ck_assert_uint_lt(h->names, sizeof h->name / sizeof *h->name);
	snprintf(h->name[h->names].key, sizeof h->name->key, "%s", key);
	id_print(id, h->name[h->names++].id);
}

static void record_make(struct harness *h, struct store *s, char *line)
{
	const char *pair[64] = { NULL }, *natural[9] = { NULL };
	size_t n = 0, naturals = 0;
	struct id id;
	const char *key = strtok(line, " "), *kind = strtok(NULL, " ");
	for (char *field = strtok(NULL, "|"); field; field = strtok(NULL, "|")) {
		char *equals = strchr(field, '=');
		*equals = '\0';
		pair[n++] = field;
		pair[n++] = value_of(h, equals + 1);
	}
	for (const char *const *k = kind_find(kind)->natural; *k; k++)
		for (size_t i = 0; i < n; i += 2)
			if (strcmp(pair[i], *k) == 0) {
				natural[naturals++] = pair[i];
				natural[naturals++] = pair[i + 1];
			}
	struct err e = { 0 };
	struct save *v = save_begin(s, &h->arena, &e);
	ck_assert_msg(
	    v && save_new(v, kind, naturals ? natural : NULL, &id, &e), "%s: %s", kind, e.text);
	for (size_t i = 0; i < n; i += 2)
		ck_assert_msg(save_field(v, &id, kind, pair[i], pair[i + 1], &e), "%s %s: %s", kind,
		    pair[i], e.text);
	ck_assert_msg(save_commit(v, NULL, &e), "%s", e.text);
	name_keep(h, key, &id);
}

void harness_records(struct harness *h, struct store *s, const char *const lines[])
{
	for (size_t i = 0; lines[i]; i++)
		record_make(h, s, arena_strdup(&h->arena, lines[i]));
}

void harness_edit(struct harness *h, struct store *s, const char *kind, const char *name,
    const char *field, const char *value)
{
	struct err why = { 0 };
	struct record r;
	MUST(record_find(s, &h->arena, kind, name, &r, &e));
	struct save *v = save_begin(s, &h->arena, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_field(v, &r.id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
}

struct store *harness_copy(struct harness *h, const char *path, struct env *env)
{
	struct err why = { 0 };
	remove(path);
	MUST(store_copy(h->app.store, path, &e));
	*env = h->env;
	env->author = "Sam Okoro";
	env->device = "coach";
	struct store *s = store_open(path, STORE_WRITE, env, &why);
	ck_assert_msg(s != NULL, "%s", why.text);
	return s;
}

void harness_world(struct harness *h, struct store *s)
{
	harness_records(h, s, WORLD);
}

// --- opening

// A frame, and what is drawn when no key waits.
static void frame(struct harness *h)
{
	app_draw(&h->app);
	if (app_idle(&h->app))
		app_draw(&h->app);
}

static void terminal_open(struct harness *h, int rows, int cols, enum harness_look look)
{
	struct err e = { 0 };
	ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
	h->rows = rows;
	h->cols = cols;
	h->term = term_start(&(struct term_setup){ .null = true,
				 .rows = rows,
				 .cols = cols,
				 .ascii = look == LOOK_ASCII,
				 .mono = look == LOOK_MONO },
	    &e);
	ck_assert_msg(h->term != NULL, "%s", e.text);
}

static void world_open(struct harness *h)
{
	*h = (struct harness){ .world = { .now = 1795356120000, .seed = 7 } };
	h->env = world_env(&h->world);
	h->path = test_path(&h->arena, "tui.plando");
	remove(h->path);
}

static struct store *workbook_open(struct harness *h)
{
	struct err e = { 0 };
	ck_assert_msg(
	    store_create(h->path, &h->env, "Capital Children's Collaborative", &e), "%s", e.text);
	struct store *s = store_open(h->path, STORE_WRITE, &h->env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

void harness_open(struct harness *h, int rows, int cols, enum harness_look look)
{
	world_open(h);
	struct store *s = workbook_open(h);
	harness_world(h, s);
	terminal_open(h, rows, cols, look);
	MUST(app_open(&h->app, &APP_SCREENS, h->term, &h->env, s, &e));
	frame(h);
}

void harness_open_empty(struct harness *h, int rows, int cols)
{
	world_open(h);
	struct store *s = workbook_open(h);
	terminal_open(h, rows, cols, LOOK_PLAIN);
	MUST(app_open(&h->app, &APP_SCREENS, h->term, &h->env, s, &e));
	frame(h);
}

void harness_open_start(struct harness *h, int rows, int cols)
{
	world_open(h);
	h->env.state_home = test_path(&h->arena, "state");
	setenv("HOME", test_folder(), 1);
	terminal_open(h, rows, cols, LOOK_PLAIN);
	MUST(app_open(&h->app, &APP_SCREENS, h->term, &h->env, NULL, &e));
	frame(h);
}

void harness_close(struct harness *h)
{
	app_close(&h->app);
	term_stop(h->term);
	remove(h->path);
	arena_free(&h->arena);
}

// --- keys

void harness_keys(struct harness *h, const char *names)
{
	char *copy = arena_strdup(&h->arena, names);
	for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
		struct key key;
		ck_assert_msg(key_from_name(name, &key), "no key is called %s", name);
		app_key(&h->app, &key);
	}
	frame(h);
}

void harness_type(struct harness *h, const char *text)
{
	for (size_t n = strlen(text), at = 0, end; at < n; at = end) {
		struct key key = { .type = PRESS_TEXT };
		for (end = at + 1; end < n && ((unsigned char)text[end] & 0xc0) == 0x80;)
			end++;
		memcpy(key.text, text + at, end - at);
		app_key(&h->app, &key);
	}
	frame(h);
}

void harness_paste(struct harness *h, const char *text)
{
	struct key key = { .type = PRESS_PASTE, .paste = text, .paste_length = strlen(text) };
	app_key(&h->app, &key);
	frame(h);
}

void harness_click(struct harness *h, int row, int col)
{
	struct key key = { .type = PRESS_MOUSE, .mouse = MOUSE_PRESS, .row = row, .col = col };
	app_key(&h->app, &key);
	frame(h);
}

void harness_resize(struct harness *h, int rows, int cols)
{
	struct key key = { .type = PRESS_RESIZE };
	h->rows = rows;
	h->cols = cols;
	term_resize(h->term, rows, cols);
	app_key(&h->app, &key);
	frame(h);
}

void harness_every_size(struct harness *h, const int rows[], const int cols[])
{
	for (size_t r = 0; rows[r]; r++)
		for (size_t c = 0; cols[c]; c++) {
			harness_resize(h, rows[r], cols[c]);
			harness_keys(h, (r + c) % 2 ? "Down" : "Up");
		}
}

// --- pictures

static const char *cell_text(struct arena *a, int row, int col, int *width)
{
	cchar_t cell;
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	char bytes[64];
	attr_t attributes;
	short pair;
	*width = 1;
	if (mvin_wch(row, col, &cell) != OK ||
	    getcchar(&cell, wide, &attributes, &pair, NULL) != OK || !*wide)
		return " ";
	*width = wcwidth(*wide) > 1 ? wcwidth(*wide) : 1;
	size_t n = wcstombs(bytes, wide, sizeof bytes - 1);
	return n == (size_t)-1 ? "?" : arena_copy(a, bytes, n);
}

static void row_add(struct harness *h, struct str *out, int row)
{
	struct str line = STR_IN(&h->arena);
	size_t end = 0;
	for (int col = 0, width; col < h->cols; col += width) {
		const char *text = cell_text(&h->arena, row, col, &width);
		str_add(&line, text);
		if (strcmp(text, " ") != 0)
			end = line.length;
	}
	if (end)
		str_add_n(out, line.text, end);
	str_add(out, "\n");
}

const char *harness_picture(struct harness *h)
{
	struct str out = STR_IN(&h->arena);
	int row, col, width;
	getyx(stdscr, row, col);
	for (int r = 0; r < h->rows; r++)
		row_add(h, &out, r);
	str_printf(&out, "-- cursor at row %d, column %d: %s\n", row, col,
	    cell_text(&h->arena, row, col, &width));
	return str_done(&out);
}

void harness_expect(struct harness *h, const char *name)
{
	const char *picture = harness_picture(h);
	char *path = test_source(&h->arena,
	    arena_printf(&h->arena, "tests/screens/%s-%dx%d.txt", name, h->cols, h->rows));
	if (getenv("UPDATE")) {
		test_write(path, picture, strlen(picture));
		return;
	}
	const char *kept = test_read(&h->arena, path, NULL);
	ck_assert_msg(kept != NULL, "%s is not there; UPDATE=1 writes it", path);
	ck_assert_msg(strcmp(kept, picture) == 0,
	    "%s is not what the screen shows (UPDATE=1 writes it anew):\n%s", path, picture);
}

bool harness_has(struct harness *h, const char *text)
{
	return strstr(harness_picture(h), text) != NULL;
}

void harness_shows(struct harness *h, const char *text)
{
	ck_assert_msg(
	    harness_has(h, text), "“%s” is not on the screen:\n%s", text, harness_picture(h));
}

void harness_hides(struct harness *h, const char *text)
{
	ck_assert_msg(!harness_has(h, text), "“%s” should not be on the screen:\n%s", text,
	    harness_picture(h));
}

struct id harness_find(struct harness *h, const char *kind, const char *name)
{
	struct record r;
	MUST(record_find(h->app.store, &h->arena, kind, name, &r, &e));
	return r.id;
}
