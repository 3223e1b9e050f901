// SPDX-License-Identifier: MIT
// F14: a week of mixed versions, with real programs. The older one lacks a kind, a field and a
// choice that today's has; the newer one has a kind, a field and a choice that today's lacks. Four
// people work a week through a shared folder, one of them with another version every day. What any
// of them wrote is there at the end for those who know it (P20), no version writes to the log by
// making its tables anew, and all copies are equal.
#include "../support.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum version { OLDER, TODAY, NEWER };
enum { DAYS = 7, PEOPLE = 4 };

static struct arena a;
static struct world world = { .now = 1795600000000, .seed = 71, .tick = 1 };
static struct env env;
static const char *root, *folder, *program[3];
static int day;

static const struct person {
	const char *name;
	enum version by_day[DAYS];
} WHO[PEOPLE] = {
	{ "Ana", { TODAY, TODAY, TODAY, TODAY, TODAY, TODAY, TODAY } },
	{ "Ben", { NEWER, NEWER, NEWER, NEWER, NEWER, NEWER, NEWER } },
	{ "Chi", { OLDER, OLDER, OLDER, OLDER, OLDER, OLDER, OLDER } },
	{ "Dot", { OLDER, TODAY, NEWER, TODAY, OLDER, NEWER, TODAY } }, // up, and down again
};

static const char *file_of(const struct person *p)
{
	return arena_printf(&a, "%s/%s.plando", root, p->name);
}

static void setup(void)
{
	env = world_env(&world);
	root = arena_printf(&a, "%s/versions-%d", test_folder(), (int)getpid());
	folder = arena_printf(&a, "%s/folder", root);
	mkdir(root, 0700);
	mkdir(folder, 0700);
	program[OLDER] = getenv("PLANDO_OLDER");
	program[TODAY] = getenv("PLANDO_BINARY");
	program[NEWER] = getenv("PLANDO_NEWER");
	for (int i = 0; i < 3; i++)
		ck_assert_msg(
		    program[i] && access(program[i], X_OK) == 0, "program %d is not there", i);
}

static void teardown(void)
{
	arena_free(&a);
}

// --- running them

static void child(
    const struct person *p, enum version v, const char *const words[], const char *out)
{
	char *given[16] = { arena_strdup(&a, program[v]) };
	for (int i = 0; words[i]; i++)
		given[i + 1] = arena_strdup(&a, words[i]);
	setenv("XDG_STATE_HOME", arena_printf(&a, "%s/%s-state", root, p->name), 1);
	setenv("PLANDO_AUTHOR", p->name, 1);
	setenv("PLANDO_NOW", arena_printf(&a, "2026-11-%02dT12:00:00Z", 9 + day), 1);
	int fd = open(out, O_CREAT | O_TRUNC | O_WRONLY, 0600);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	execv(given[0], given);
	_exit(127);
}

// What a version of the program says; its exit status.
static int attempt(
    const struct person *p, enum version v, const char *const words[], const char **said)
{
	const char *out = arena_printf(&a, "%s/said", root);
	int status;
	pid_t pid = fork();
	if (pid == 0)
		child(p, v, words, out);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	const char *text = test_read(&a, out, NULL);
	*said = text ? text : "";
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static const char *run(const struct person *p, enum version v, const char *const words[])
{
	const char *said;
	int status = attempt(p, v, words, &said);
	ck_assert_msg(status == 0, "%s, day %d, version %d, %s: exit %d: %s", p->name, day, (int)v,
	    words[0], status, said);
	return said;
}

#define RUN(who, v, ...) run(who, v, (const char *const[]){ __VA_ARGS__, NULL })

static struct store_facts facts(const struct person *p)
{
	struct store_facts f;
	struct err err = { 0 };
	struct store *s = store_open(file_of(p), STORE_READ, &env, &err);
	ck_assert_msg(s && store_facts(s, &f, &err), "%s", err.text);
	store_close(s);
	return f;
}

// A version opens a file that another one left, and makes its tables anew: nothing is written.
static void opens(const struct person *p, enum version v)
{
	struct store_facts before = facts(p), after;
	RUN(p, v, "add", file_of(p), "person",
	    arena_printf(&a, "name=%s %d %d", p->name, day, (int)v));
	after = facts(p);
	ck_assert_int_eq(
	    after.changes, before.changes + 1); // the name that was written, and no more
	RUN(p, v, "status", file_of(p));
	RUN(p, v, "check", file_of(p));
	struct store_facts last = facts(p);
	ck_assert(last.changes == after.changes && last.digest == after.digest);
	ck_assert_str_eq(last.state, after.state);
}

static const char *said_state(const struct person *p, enum version v)
{
	const char *said = RUN(p, v, "sync", file_of(p), folder, "--json");
	const char *state = strstr(said, "\"state\": \"");
	ck_assert_msg(state != NULL, "%s", said);
	return arena_copy(&a, state, strlen("\"state\": \"") + 64);
}

// The versions are what they are called: each knows one kind that the one before it does not, and
// refuses a field that it does not have.
static void versions_differ(void)
{
	static const char *const kinds[] = { "storyboard", "highlight" };
	const char *said;
	for (int k = 0; k < 2; k++)
		for (enum version v = OLDER; v <= NEWER; v++) {
			const char *const words[] = { "kinds", kinds[k], NULL };
			bool known = v == NEWER || (v == TODAY && k == 1);
			ck_assert_msg((attempt(&WHO[0], v, words, &said) == 0) == known,
			    "%s, %d: %s", kinds[k], (int)v, said);
		}
	const char *const field[] = { "add", file_of(&WHO[0]), "driver", "team=North",
		"type=primary", "text=X", "confidence=Sure", NULL };
	ck_assert_int_eq(attempt(&WHO[0], TODAY, field, &said), ERR_DATA);
	ck_assert_int_eq(attempt(&WHO[0], OLDER, field, &said), ERR_DATA);
}

// --- the week

static void begin(void)
{
	const struct person *ana = &WHO[0];
	size_t n;
	RUN(ana, TODAY, "new", file_of(ana), "--name", "Hubs");
	RUN(ana, TODAY, "add", file_of(ana), "team", "name=North");
	RUN(ana, TODAY, "add", file_of(ana), "measure", "team=North", "name=Falls",
	    "data=time_between", "interval=month");
	char *bytes = test_read(&a, file_of(ana), &n);
	for (int i = 1; i < PEOPLE; i++)
		test_write(file_of(&WHO[i]), bytes, n);
	versions_differ();
}

// Two events of one date: the older program makes no id with an nth in it, and keeps what has one.
static void add_falls(const struct person *p)
{
	const char *date = arena_printf(&a, "date=2026-10-%02d", 9 + day);
	RUN(p, TODAY, "add", file_of(p), "point", "measure=Falls", date, "value=30",
	    arena_printf(&a, "note=One fall on day %d", day));
	RUN(p, TODAY, "add", file_of(p), "point", "measure=Falls", date, "value=0", "nth=2",
	    arena_printf(&a, "note=Another fall on day %d", day));
}

static void write_today(const struct person *p)
{
	RUN(p, TODAY, "add", file_of(p), "involvement", "team=North",
	    arena_printf(&a, "date=2026-11-%02d", 9 + day), arena_printf(&a, "who=Group %d", day),
	    "age_group=18_25", arena_printf(&a, "who_missing=Fathers %d", day),
	    "what_changed=Letters in plain words");
	add_falls(p);
	RUN(p, TODAY, "add", file_of(p), "highlight", "team=North",
	    arena_printf(&a, "period=2026-%02d", 1 + day),
	    arena_printf(&a, "achieved=Done %d", day));
}

static void write_newer(const struct person *p)
{
	RUN(p, NEWER, "add", file_of(p), "storyboard", "team=North",
	    arena_printf(&a, "title=Board %d", day),
	    arena_printf(&a, "panels.1.caption=One %d", day),
	    arena_printf(&a, "panels.2.caption=Two %d", day));
	RUN(p, NEWER, "add", file_of(p), "driver", "team=North", "type=primary",
	    arena_printf(&a, "text=Driver %d", day), arena_printf(&a, "confidence=Sure %d", day));
}

// The older program changes records that hold what it does not know.
static void write_older(const struct person *p)
{
	RUN(p, OLDER, "add", file_of(p), "event", arena_printf(&a, "title=Event %d", day),
	    arena_printf(&a, "date=2026-11-%02d", 9 + day));
	if (day > 0)
		RUN(p, OLDER, "set", file_of(p), arena_printf(&a, "Driver %d", day - 1),
		    arena_printf(&a, "note=Seen by an older program after day %d", day - 1));
}

static void everyone_syncs(void)
{
	for (int i = 0; i < PEOPLE; i++)
		RUN(&WHO[i], WHO[i].by_day[day], "sync", file_of(&WHO[i]), folder);
}

static void all_have(const struct person *p, enum version v, const char *what, int days)
{
	const char *said = RUN(p, v, "export", file_of(p), "--format", "json", "-o", "-");
	for (int d = 0; d < days; d++)
		ck_assert_msg(strstr(said, arena_printf(&a, "%s %d", what, d)) != NULL,
		    "%s's file, version %d: %s %d is not there", p->name, (int)v, what, d);
}

START_TEST(F14_P20_a_week_of_older_and_newer_programs_loses_nothing_and_ends_equal)
{
	begin();
	for (day = 0; day < DAYS; day++) {
		write_today(&WHO[0]);
		write_newer(&WHO[1]);
		write_older(&WHO[2]);
		opens(&WHO[3], WHO[3].by_day[day]);
		everyone_syncs();
	}
	day = DAYS - 1;
	for (int round = 0; round < 2; round++)
		everyone_syncs();
	struct store_facts first = facts(&WHO[0]);
	const char *state = said_state(&WHO[0], TODAY);
	ck_assert_int_eq(first.conflicts, 0);
	for (int i = 0; i < PEOPLE; i++) {
		const struct person *p = &WHO[i];
		for (enum version v = OLDER; v <= NEWER; v++) {
			RUN(p, v, "check", file_of(p));
			ck_assert_str_eq(said_state(p, v), state);
		}
		struct store_facts f = facts(p);
		ck_assert_str_eq(f.state, first.state);
		ck_assert(f.digest == first.digest && f.changes == first.changes);
		all_have(p, NEWER, "Two", DAYS);
		all_have(p, NEWER, "Sure", DAYS);
		all_have(p, NEWER, "older program after day", DAYS - 1);
	}
	for (enum version v = OLDER; v <= NEWER; v++) {
		all_have(&WHO[2], v, "One fall on day", DAYS);
		all_have(&WHO[2], v, "Another fall on day", DAYS);
	}
	all_have(&WHO[2], TODAY, "Fathers", DAYS);
	all_have(&WHO[2], TODAY, "Done", DAYS);
	all_have(&WHO[1], OLDER, "Event", DAYS);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("versions");
	TCase *t = tcase_create("versions");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, F14_P20_a_week_of_older_and_newer_programs_loses_nothing_and_ends_equal);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
