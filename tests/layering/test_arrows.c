// SPDX-License-Identifier: MIT
// Reads every #include of the source tree and holds it against the plan of rooms:
// base <- form <- store <- method <- views <- output <- cli, tui <- main.
// 1. A file includes only rooms before its own; cli and tui meet only in "tui/tui.h".
// 2. Outside the core only public headers are used (and base/embedded.h, which is data).
// 3. Each library is known to one place only.
#include "../support.h"
#include "sources.h"

#include <stdio.h>
#include <string.h>

static const char *const ROOMS[] = { "base", "form", "store", "method", "views", "output", "cli",
	"tui", "main", NULL };
enum { CLI = 6, TUI = 7, MAIN = 8, NO_ROOM = -1 };

// Public headers whose .c files carry other names. The rest live in the room of their X.c.
static const struct {
	const char *header, *room;
} PUBLIC[] = {
	{ "store", "store" },
	{ "record", "store" },
	{ "history", "store" },
	{ "merge", "store" },
	{ "conflict", "store" },
	{ "draft", "store" },
	{ "form", "form" },
	{ "yaml", "form" },
	{ "env", "base" },
	{ "text", "base" },
	{ "date", "base" },
};

static const struct {
	const char *header; // as it stands between the brackets, or how that begins
	const char *place;  // what the path of a file that may use it begins with
} LIBRARIES[] = {
	{ "curses.h", "src/tui/term/term" },
	{ "ncurses", "src/tui/term/term" },
	{ "term.h", "src/tui/term/term" },
	{ "sqlite3.h", "src/store/log/db" },
	{ "yaml.h", "src/form/yaml" },
	{ "utf8proc.h", "src/base/text" },
	{ "sodium", "src/base/" },
	{ "cairo", "src/output/picture/picture" },
	{ "pango", "src/output/picture/picture" },
	{ "xlsxwriter.h", "src/output/table/xlsx" },
};

static int room_named(const char *name, size_t n)
{
	for (int i = 0; ROOMS[i]; i++)
		if (strlen(ROOMS[i]) == n && strncmp(ROOMS[i], name, n) == 0)
			return i;
	return NO_ROOM;
}

// Does the room, or a folder of it, hold this file? The tree is read once.
static bool holds_module(struct arena *a, const char *room, const char *file)
{
	static const char *const TREE[] = { "src", NULL };
	static struct arena kept;
	static struct sources all;
	const char *folder = arena_printf(a, "src/%s/", room);
	if (!all.count)
		all = sources_read(&kept, TREE);
	for (size_t i = 0; i < all.count; i++)
		if (str_starts(all.item[i].path, folder) &&
		    str_equal(strrchr(all.item[i].path, '/') + 1, file))
			return true;
	return false;
}

// "plando/X.h" or "X.h": the room of X.
static int room_of_public(struct arena *a, const char *header)
{
	const char *slash = strrchr(header, '/');
	const char *name = slash ? slash + 1 : header;
	size_t n = strcspn(name, ".");
	for (size_t i = 0; i < sizeof PUBLIC / sizeof PUBLIC[0]; i++)
		if (strlen(PUBLIC[i].header) == n && strncmp(PUBLIC[i].header, name, n) == 0)
			return room_named(PUBLIC[i].room, strlen(PUBLIC[i].room));
	for (int i = 0; i < CLI; i++)
		if (holds_module(a, ROOMS[i], arena_printf(a, "%.*s.c", (int)n, name)))
			return i;
	return NO_ROOM;
}

static int room_of_file(struct arena *a, const char *path)
{
	if (str_starts(path, "include/plando/"))
		return room_of_public(a, path);
	if (str_starts(path, "src/embed/") || str_equal(path, "src/main.c"))
		return MAIN;
	const char *room = path + strlen("src/");
	return room_named(room, strcspn(room, "/"));
}

static int room_of_header(struct arena *a, const char *header)
{
	if (str_starts(header, "plando/"))
		return room_of_public(a, header);
	return room_named(header, strcspn(header, "/"));
}

static const char *wrong_arrow(int from, int to, const char *header)
{
	if (to == NO_ROOM)
		return "belongs to no room";
	if (from == CLI && str_equal(header, "tui/tui.h"))
		return NULL;
	if (to > from)
		return "points up";
	if (from == TUI && to == CLI)
		return "the app does not know the command line";
	bool of_core = to < CLI && from >= CLI;
	if (of_core && !str_starts(header, "plando/") && !str_equal(header, "base/embedded.h"))
		return "is private to its room";
	return NULL;
}

// The text between quotes or brackets of an #include line, or NULL. *own: it was in quotes or is
// one of plando's public headers.
static const char *included(struct arena *a, const char *line, bool *own)
{
	if (!str_starts(line, "#include "))
		return NULL;
	const char *begin = line + strcspn(line, "\"<");
	if (!*begin)
		return NULL;
	char *header = arena_copy(a, begin + 1, strcspn(begin + 1, "\">"));
	*own = *begin == '"' || str_starts(header, "plando/");
	return header;
}

static void arrows_point_down(struct arena *a, const struct source *s, struct str *faults)
{
	int from = room_of_file(a, s->path);
	if (from == NO_ROOM)
		str_printf(faults, "%s: belongs to no room\n", s->path);
	const char *at = s->text, *header, *line;
	bool own;
	while (from != NO_ROOM && (line = source_line(a, &at))) {
		if (!(header = included(a, line, &own)) || !own)
			continue;
		const char *wrong = wrong_arrow(from, room_of_header(a, header), header);
		if (wrong)
			str_printf(faults, "%s: %s: %s\n", s->path, header, wrong);
	}
}

static void libraries_stay_home(struct arena *a, const struct source *s, struct str *faults)
{
	const char *at = s->text, *header, *line;
	bool own;
	while ((line = source_line(a, &at))) {
		if (!(header = included(a, line, &own)) || own)
			continue;
		for (size_t i = 0; i < sizeof LIBRARIES / sizeof LIBRARIES[0]; i++)
			if (str_starts(header, LIBRARIES[i].header) &&
			    !str_starts(s->path, LIBRARIES[i].place) &&
			    !str_equal(s->path, "include/plando/hash.h"))
				str_printf(faults, "%s: %s is known only to %s\n", s->path, header,
				    LIBRARIES[i].place);
	}
}

static const char *const TREE[] = { "src", "include", NULL };

START_TEST(every_include_points_down)
{
	struct arena a = { 0 };
	struct sources all = sources_read(&a, TREE);
	sources_obey(&a, &all, arrows_point_down);
	arena_free(&a);
}
END_TEST

START_TEST(every_library_is_known_to_one_place)
{
	struct arena a = { 0 };
	struct sources all = sources_read(&a, TREE);
	sources_obey(&a, &all, libraries_stay_home);
	arena_free(&a);
}
END_TEST

static const struct {
	const char *path, *text, *fault;
} WRONG[] = {
	{ "src/base/a.c", "#include <plando/store.h>\n", "points up" },
	{ "src/form/a.c", "#include \"store/db.h\"\n", "points up" },
	{ "src/store/a.c", "#include \"cli/cli.h\"\n", "points up" },
	{ "include/plando/str.h", "#include <plando/form.h>\n", "points up" },
	{ "src/cli/a.c", "#include \"tui/app.h\"\n", "points up" },
	{ "src/tui/a.c", "#include \"cli/cli.h\"\n", "does not know" },
	{ "src/tui/a.c", "#include \"store/db.h\"\n", "private" },
	{ "src/cli/a.c", "#include \"elsewhere/a.h\"\n", "no room" },
	{ "src/other/a.c", "", "no room" },
	{ "include/plando/homeless.h", "", "no room" },
};

START_TEST(a_wrong_arrow_is_found)
{
	ck_assert_msg(
	    source_breaks(arrows_point_down, WRONG[_i].path, WRONG[_i].text, WRONG[_i].fault),
	    "%s: %s", WRONG[_i].path, WRONG[_i].text);
}
END_TEST

START_TEST(a_right_arrow_is_not_a_fault)
{
	ck_assert(!source_breaks(
	    arrows_point_down, "src/cli/a.c", "#include \"tui/tui.h\"\n#include <stdio.h>\n", ":"));
	ck_assert(!source_breaks(arrows_point_down, "src/tui/a.c",
	    "#include \"tui/term.h\"\n#include <plando/record.h>\n", ":"));
}
END_TEST

START_TEST(a_library_away_from_home_is_found)
{
	ck_assert(source_breaks(libraries_stay_home, "src/tui/list.c", "#include <curses.h>\n",
	    "curses.h is known only to src/tui/term"));
	ck_assert(source_breaks(
	    libraries_stay_home, "src/cli/cli.c", "#include <sqlite3.h>\n", "sqlite3.h"));
	ck_assert(!source_breaks(
	    libraries_stay_home, "src/store/bundle.c", "#include <plando/yaml.h>\n", "yaml"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("arrows");
	TCase *t = tcase_create("tree");
	tcase_add_test(t, every_include_points_down);
	tcase_add_test(t, every_library_is_known_to_one_place);
	tcase_add_loop_test(t, a_wrong_arrow_is_found, 0, (int)(sizeof WRONG / sizeof WRONG[0]));
	tcase_add_test(t, a_right_arrow_is_not_a_fault);
	tcase_add_test(t, a_library_away_from_home_is_found);
	suite_add_tcase(s, t);
	return test_run(s);
}
