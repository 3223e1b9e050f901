// SPDX-License-Identifier: MIT
// The command line against its transcripts (tests/cli/*.txt), and what a transcript cannot show:
// devices, permissions, the tables themselves.
#include "../support.h"
#include "cli/cli.h"
#include "cli/verbs.h"
#include "transcript.h"

#include <plando/str.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const TRANSCRIPTS[] = { "usage", "workbook", "records", "read", "team",
	"learned", "links", "merge", "copies", "history", "values", "hostile", "kinds", "status",
	"diagram", "coverage", "measures", "diagram_past", "chart", "chart_types", "equity",
	"export", "export_back", "import", "points", "import_diagram", "forms", "fill", "search",
	"sync", "far", "clock", "share", "erased", "assess", "completion", "undo", "join" };

START_TEST(a_transcript_comes_out_the_same)
{
	struct arena a = { 0 };
	transcript_run(test_source(&a, arena_printf(&a, "tests/cli/%s.txt", TRANSCRIPTS[_i])));
	arena_free(&a);
}
END_TEST

// --- the tables

START_TEST(every_option_that_a_verb_names_exists)
{
	for (const struct verb *v = verbs; v->name; v++) {
		unsigned words = 0, known = 0;
		for (const char *p = v->options; *p; p += strcspn(p, " "))
			words += *(p += strspn(p, " ")) != '\0';
		for (const struct option *o = options; o->name; o++)
			known += !o->everywhere && option_goes(v, o);
		ck_assert_msg(words == known, "%s: %s", v->name, v->options);
	}
}
END_TEST

START_TEST(every_verb_says_how_it_is_used)
{
	for (const struct verb *v = verbs; v->name; v++) {
		size_t families = help_families(v), due = strcmp(v->name, "help") != 0;
		ck_assert_msg(families == due, "%s stands in %zu families", v->name, families);
		ck_assert_msg(
		    v->help && strlen(v->help) > 10 && strlen(v->help) < 70, "%s", v->name);
		ck_assert_msg(v->least <= v->most && v->run, "%s", v->name);
		ck_assert_ptr_eq(verb_find(v->name), v);
	}
	size_t n = 0;
	while (options[n].name)
		n++;
	ck_assert_uint_lt(n, OPTIONS_MOST);
}
END_TEST

// --- one command, in a world of its own

struct result {
	int status;
	char out[4096], err[1024];
};

static struct result run_to(FILE *out, const char *line)
{
	struct arena a = { 0 };
	struct world w = { .now = 1777816800000, .seed = 3 };
	struct env env = world_env(&w);
	struct result r = { 0 };
	char *word[16], *rest = arena_strdup(&a, line);
	int words = 0;
	while ((word[words] = strsep(&rest, " ")))
		words++;
	FILE *in = fopen("/dev/null", "r"), *err = fmemopen(r.err, sizeof r.err, "w");
	FILE *to = out ? out : fmemopen(r.out, sizeof r.out, "w");
	r.status = cli_run(&env, words, word, in, to, err);
	fclose(in);
	fclose(err);
	fclose(to);
	arena_free(&a);
	return r;
}

static void enter(const char *name)
{
	struct arena a = { 0 };
	char *folder = test_path(&a, name);
	ck_assert_int_eq(mkdir(folder, 0777), 0);
	chmod(folder, 0777);
	ck_assert_int_eq(chdir(folder), 0);
	arena_free(&a);
}

static char *changes_of(struct arena *a, const char *file)
{
	struct result r = run_to(NULL, arena_printf(a, "plando log %s --json", file));
	ck_assert_int_eq(r.status, 0);
	return arena_strdup(a, r.out);
}

static const char *const TALKERS[] = { "plando help", "plando --help", "plando --version",
	"plando kinds", "plando kinds pdsa --json", "plando list w.plando team",
	"plando list w.plando team --json", "plando list w.plando team --csv",
	"plando get w.plando X --json", "plando log w.plando --json", "plando check w.plando",
	"plando conflicts w.plando --json", "plando add w.plando team name=Y",
	"plando forms show team" };

START_TEST(a_full_disk_is_an_error_and_nothing_is_half_done)
{
	struct arena a = { 0 };
	enter("full");
	ck_assert_int_eq(run_to(NULL, "plando new w.plando --name X").status, 0);
	char *before = changes_of(&a, "w.plando");
	for (size_t i = 0; i < sizeof TALKERS / sizeof *TALKERS; i++) {
		FILE *full = fopen("/dev/full", "w");
		ck_assert_ptr_nonnull(full);
		struct result r = run_to(full, TALKERS[i]);
		ck_assert_msg(r.status == ERR_IO, "%s: %d %s", TALKERS[i], r.status, r.err);
		ck_assert_msg(strstr(r.err, "disk"), "%s: %s", TALKERS[i], r.err);
		ck_assert_msg(strchr(r.err, '\n') == r.err + strlen(r.err) - 1, "%s", r.err);
	}
	ck_assert_str_eq(changes_of(&a, "w.plando"), before);
	arena_free(&a);
}
END_TEST

START_TEST(what_may_not_be_read_or_written_is_refused_and_stays)
{
	enter("locked");
	ck_assert_int_eq(run_to(NULL, "plando new w.plando --name X").status, 0);
	ck_assert_int_eq(run_to(NULL, "plando new r.plando --name X").status, 0);
	ck_assert_int_eq(run_to(NULL, "plando add r.plando team name=T").status, 0);
	chmod("w.plando", 0);
	chmod("r.plando", 0444);
	chmod(".", 0755);
	chmod("..", 0711);
	bool root = geteuid() == 0; // whom no permission stops
	if (root && seteuid(65534) != 0)
		return;
	struct result r = run_to(NULL, "plando get w.plando X");
	ck_assert_msg(r.status == ERR_NOPERM, "%d %s", r.status, r.err);
	r = run_to(NULL, "plando add r.plando team name=U");
	ck_assert_msg(r.status == ERR_NOPERM, "%d %s", r.status, r.err);
	r = run_to(NULL, "plando list r.plando team");
	ck_assert_msg(r.status == 0 && strstr(r.out, "T"), "%d %s", r.status, r.err);
	r = run_to(NULL, "plando new n.plando --name X");
	ck_assert_msg(r.status == ERR_NOPERM, "%d %s", r.status, r.err);
	ck_assert_int_ne(access("n.plando", F_OK), 0);
	if (root)
		ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

// --- the program itself

static int shell(const char *command)
{
	int status = system(command); // NOLINT(cert-env33-c): the test's own words
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(the_program_says_what_its_streams_can_bear)
{
	enter("streams");
	if (!getenv("PLANDO_BINARY"))
		return;
	ck_assert_int_eq(shell("$PLANDO_BINARY new w.plando --name X"), 0);
	ck_assert_int_eq(shell("$PLANDO_BINARY kinds --json >/dev/full 2>err"), ERR_IO);
	ck_assert_int_eq(shell("grep -q 'cannot be written' err"), 0);
	ck_assert_int_eq(shell("$PLANDO_BINARY kinds --json >&- 2>err"), ERR_IO);
	ck_assert_int_eq(shell("grep -q 'cannot be written' err"), 0);
	ck_assert_int_eq(shell("$PLANDO_BINARY add w.plando team name=T >&- 2>&- <&-"), ERR_IO);
	ck_assert_int_eq(shell("{ $PLANDO_BINARY kinds --json 2>err; echo $? >status; } | true; "
			       "exit $(cat status)"),
	    ERR_IO);
	ck_assert_int_eq(shell("test ! -s err"), 0); // who left wants to hear nothing
	ck_assert_int_eq(shell("$PLANDO_BINARY list w.plando team --json | grep -q '\\[\\]'"), 0);
	ck_assert_int_eq(shell("$PLANDO_BINARY check w.plando >/dev/null"), 0);
}
END_TEST

START_TEST(workbooks_are_for_their_owner_alone_and_exports_follow_the_umask)
{
	static const struct {
		const char *name;
		mode_t mode;
	} made[] = { { "w.plando", 0600 }, { "c.plando", 0600 }, { "e", 0664 }, { "kept", 0600 },
		{ "f", 0775 }, { "f/team.csv", 0664 } };
	struct stat st;
	enter("modes");
	if (!getenv("PLANDO_BINARY"))
		return;
	ck_assert_int_eq(shell("umask 0; $PLANDO_BINARY new w.plando --name X"), 0);
	ck_assert_int_eq(shell("$PLANDO_BINARY add w.plando team name=T >id"), 0);
	ck_assert_int_eq(shell("umask 0; $PLANDO_BINARY copy w.plando c.plando"), 0);
	ck_assert_int_eq(shell("umask 2; $PLANDO_BINARY export w.plando --format json -o e"), 0);
	ck_assert_int_eq(shell("umask 77; touch kept; umask 2;"
			       " $PLANDO_BINARY export w.plando --format json -o kept"),
	    0);
	ck_assert_int_eq(shell("umask 2; $PLANDO_BINARY export w.plando --format csv -o f"), 0);
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		ck_assert_int_eq(stat(made[i].name, &st), 0);
		ck_assert_msg(
		    (st.st_mode & 0777) == made[i].mode, "%s: %o", made[i].name, st.st_mode);
	}
}
END_TEST

START_TEST(two_terminals_may_add_at_once)
{
	struct arena a = { 0 };
	enter("two");
	if (!getenv("PLANDO_BINARY"))
		return;
	ck_assert_int_eq(shell("$PLANDO_BINARY new w.plando --name X"), 0);
	ck_assert_int_eq(shell("for n in 1 2 3 4 5 6; do "
			       "$PLANDO_BINARY add w.plando team name=a$n >/dev/null & "
			       "$PLANDO_BINARY add w.plando team name=b$n >/dev/null; "
			       "done; wait; $PLANDO_BINARY check w.plando >/dev/null"),
	    0);
	struct result r = run_to(NULL, "plando list w.plando team");
	for (char *name = arena_strdup(&a, "a1"); name[1] <= '6'; name[1]++) {
		ck_assert_msg(strstr(r.out, name) != NULL, "%s: %s", name, r.out);
		*name = 'b';
		ck_assert_msg(strstr(r.out, name) != NULL, "%s: %s", name, r.out);
		*name = 'a';
	}
	arena_free(&a);
}
END_TEST

// --- real data

static const char *const BUNDLES[] = { "diagrams.yaml", "measures.yaml", "pdsa-cycles.yaml" };

// The state in what `check --json` says.
static const char *state_of(struct arena *a, const char *file)
{
	struct result r = run_to(NULL, arena_printf(a, "plando check %s --json", file));
	ck_assert_msg(r.status == 0, "%s%s", r.out, r.err);
	const char *state = strstr(r.out, "\"state\": \"");
	ck_assert_ptr_nonnull(state);
	return arena_copy(a, state + strlen("\"state\": \""), 64);
}

static void must_run(const char *line)
{
	struct result r = run_to(fopen("/dev/null", "w"), line);
	ck_assert_msg(r.status == 0, "%s: %d %s", line, r.status, r.err);
}

START_TEST(a_published_bundle_goes_out_and_comes_back_the_same)
{
	struct arena a = { 0 };
	const char *bundle = test_published(&a, BUNDLES[_i]);
	enter(arena_printf(&a, "real%d", _i));
	must_run("plando new w.plando --name X");
	must_run(arena_printf(&a, "plando import w.plando %s", bundle));
	must_run("plando export w.plando --format yaml -o w.yaml");
	must_run("plando export w.plando --format json -o w.json");
	must_run("plando export w.plando --format csv -o w");
	must_run("plando status w.plando --json");
	must_run("plando new v.plando --name Y");
	must_run("plando import v.plando w.yaml");
	ck_assert_str_eq(state_of(&a, "w.plando"), state_of(&a, "v.plando"));
	must_run("plando new u.plando --name Y");
	must_run("plando import u.plando w.json");
	ck_assert_str_eq(state_of(&a, "w.plando"), state_of(&a, "u.plando"));
	size_t n = 0;
	const char *json = test_read(&a, "w.json", &n);
	ck_assert(json && json_sound(json, n));
	arena_free(&a);
}
END_TEST

// The formats whose exports come back.
static const char *const BACK[] = { "yaml", "json" };

START_TEST(the_sample_goes_out_and_comes_back_the_same_and_but_once)
{
	struct arena a = { 0 };
	const char *format = BACK[_i];
	enter(arena_printf(&a, "back-%s", format));
	must_run("plando demo w.plando --no-open");
	must_run(arena_printf(&a, "plando export w.plando --format %s -o out.%s", format, format));
	must_run("plando new v.plando --name Y");
	must_run(arena_printf(&a, "plando import v.plando out.%s", format));
	ck_assert_str_eq(state_of(&a, "w.plando"), state_of(&a, "v.plando"));
	struct result r =
	    run_to(NULL, arena_printf(&a, "plando import v.plando out.%s --json", format));
	ck_assert_msg(strstr(r.out, "\"changes\": 0,"), "%s%s", r.out, r.err);
	arena_free(&a);
}
END_TEST

// Holds the locks of SQLite (fileformat2: the lock bytes begin at 2^30) as another program would.
START_TEST(a_workbook_that_somebody_is_saving_is_busy)
{
	enter("busy");
	ck_assert_int_eq(run_to(NULL, "plando new w.plando --name X").status, 0);
	int ready[2];
	ck_assert_int_eq(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct flock lock = { .l_type = F_WRLCK, .l_start = 1 << 30, .l_len = 512 };
		int fd = open("w.plando", O_RDWR);
		char c = fcntl(fd, F_SETLK, &lock) == 0;
		(void)!write(ready[1], &c, 1);
		for (;;)
			pause();
	}
	char locked = 0;
	ck_assert_int_eq(read(ready[0], &locked, 1), 1);
	struct result r = run_to(NULL, "plando add w.plando team name=T");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	ck_assert_int_eq(locked, 1);
	ck_assert_msg(r.status == ERR_BUSY, "%d %s", r.status, r.err);
	ck_assert_int_eq(run_to(NULL, "plando add w.plando team name=T").status, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("cli");
	TCase *t = tcase_create("cli");
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(
	    t, a_transcript_comes_out_the_same, 0, sizeof TRANSCRIPTS / sizeof *TRANSCRIPTS);
	tcase_add_test(t, every_option_that_a_verb_names_exists);
	tcase_add_test(t, every_verb_says_how_it_is_used);
	tcase_add_test(t, a_full_disk_is_an_error_and_nothing_is_half_done);
	tcase_add_test(t, what_may_not_be_read_or_written_is_refused_and_stays);
	tcase_add_test(t, the_program_says_what_its_streams_can_bear);
	tcase_add_test(t, workbooks_are_for_their_owner_alone_and_exports_follow_the_umask);
	tcase_add_test(t, two_terminals_may_add_at_once);
	tcase_add_loop_test(t, a_published_bundle_goes_out_and_comes_back_the_same, 0,
	    sizeof BUNDLES / sizeof *BUNDLES);
	tcase_add_loop_test(t, the_sample_goes_out_and_comes_back_the_same_and_but_once, 0,
	    sizeof BACK / sizeof *BACK);
	tcase_add_test(t, a_workbook_that_somebody_is_saving_is_busy);
	suite_add_tcase(s, t);
	return test_run(s);
}
