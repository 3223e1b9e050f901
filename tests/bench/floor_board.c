// SPDX-License-Identifier: MIT
// The least that a board can cost: opens a database, reads its teams, paints a list with ncursesw,
// moves in it with j and k, takes typed letters after i, leaves with q. What plando takes is
// compared with this, on the same machine in the same minute.
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEAMS_MOST = 100, TYPED_MOST = 4000 };

static struct {
	char name[64], system[32], last[16];
	double score;
	int cycles;
} team[TEAMS_MOST];
static int count, at, typed;
static char text[TYPED_MOST];

static bool load(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db,
		"SELECT name, system, last, score, cycles FROM team ORDER BY system, name", -1, &q,
		NULL) != SQLITE_OK)
		return false;
	for (; count < TEAMS_MOST && sqlite3_step(q) == SQLITE_ROW; count++) {
		snprintf(team[count].name, sizeof team[count].name, "%s",
		    (const char *)sqlite3_column_text(q, 0));
		snprintf(team[count].system, sizeof team[count].system, "%s",
		    (const char *)sqlite3_column_text(q, 1));
		snprintf(team[count].last, sizeof team[count].last, "%s",
		    (const char *)sqlite3_column_text(q, 2));
		team[count].score = sqlite3_column_double(q, 3);
		team[count].cycles = sqlite3_column_int(q, 4);
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return true;
}

static void paint(void)
{
	erase();
	mvprintw(0, 1, "Board  %d teams", count);
	for (int i = 0; i < count && i < LINES - 4; i++) {
		if (i == at)
			attron(A_REVERSE);
		mvprintw(2 + i, 1, "%c %-32.32s %-16.16s %4.1f %4d  %s", i == at ? '>' : ' ',
		    team[i].name, team[i].system, team[i].score, team[i].cycles, team[i].last);
		attroff(A_REVERSE);
	}
	mvaddnstr(LINES - 2, 1, text, COLS - 2);
	mvaddstr(LINES - 1, 1, "j k move  i type  q quit");
	move(typed ? LINES - 2 : 2 + at, 1 + (int)strlen(text) % (COLS - 2));
	refresh();
}

static void type(int key)
{
	size_t n = strlen(text);
	if (n + 1 < TYPED_MOST) {
		text[n] = (char)key;
		text[n + 1] = 0;
	}
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	if (argc != 2 || !load(argv[1]))
		return 66;
	initscr();
	raw();
	noecho();
	paint();
	for (int key; (key = getch()) != ERR && (typed || key != 'q'); paint()) {
		if (typed)
			type(key);
		else if (key == 'i')
			typed = 1;
		else if (key == 'j' && at + 1 < count)
			at++;
		else if (key == 'k' && at > 0)
			at--;
	}
	endwin();
	return 0;
}
