// SPDX-License-Identifier: MIT
#include "transcript.h"

#include "../support.h"
#include "cli/cli.h"

#include <plando/date.h>
#include <plando/str.h>

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { WORDS_MOST = 64, SEEN_MOST = 4096, LINE_MOST = 100 };

// Something that differs from run to run, by the sign under which it is numbered.
struct seen {
	char sign;
	const char *text;
};

struct stage {
	struct arena arena;
	struct world world;
	struct env env;
	struct seen seen[SEEN_MOST];
	size_t seen_count;
	char *word[WORDS_MOST]; // the command, NULL after the last
	int words;
	const char *in, *out; // redirections
	struct str got;	      // the transcript as it came out
	const char *name;
};

// --- what is numbered

static const struct pattern {
	char sign;
	const char *shape; // x: a hex digit; B: a sign of a copy code; anything else: itself
} patterns[] = {
	{ '#', "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" },
	{ '=', "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
	{ '@', "xxxxxxxxxxxxxxxx" },
	{ '%', "xxxxxxxx" },
	{ '!', "BBBB-BBBB" },
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool is_code(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && !strchr("ILOU", c));
}

static size_t matches(const char *p, const char *shape)
{
	size_t n = 0;
	for (; shape[n]; n++)
		if (shape[n] == 'x'   ? !is_hex(p[n])
		    : shape[n] == 'B' ? !is_code(p[n])
				      : p[n] != shape[n])
			return 0;
	return is_hex(p[n]) ? 0 : n;
}

static size_t number_of(struct stage *t, char sign, const char *text, size_t n)
{
	size_t number = 0;
	for (size_t i = 0; i < t->seen_count; i++) {
		if (t->seen[i].sign != sign)
			continue;
		number++;
		if (strlen(t->seen[i].text) == n && strncmp(t->seen[i].text, text, n) == 0)
			return number;
	}
	ck_assert_uint_lt(t->seen_count, SEEN_MOST);
	t->seen[t->seen_count++] = (struct seen){ sign, arena_copy(&t->arena, text, n) };
	return number + 1;
}

// The id of which these 8 digits are the beginning, or 0.
static size_t short_id(struct stage *t, const char *digits)
{
	size_t number = 0;
	for (size_t i = 0; i < t->seen_count; i++)
		if (t->seen[i].sign == '#' && ++number && strncmp(t->seen[i].text, digits, 8) == 0)
			return number;
	return 0;
}

static void add_numbered(struct stage *t, const char *text)
{
	for (const char *p = text; *p;) {
		bool inside = p > text && (is_hex(p[-1]) || (p[-1] >= 'g' && p[-1] <= 'z'));
		size_t n = 0, i = 0;
		for (; !inside && !n && i < sizeof patterns / sizeof *patterns; i++)
			n = matches(p, patterns[i].shape);
		if (!n || (n == 8 && strspn(p, "0123456789") == 8)) {
			str_add_char(&t->got, *p++);
			continue;
		}
		size_t number = n == 8 ? short_id(t, p) : 0;
		char sign = number ? '#' : patterns[i - 1].sign;
		if (!number)
			number = number_of(t, sign, p, n);
		char name[24];
		snprintf(name, sizeof name, "%c%zu", sign, number);
		str_printf(&t->got, "%*s", n == 8 && p[n] == ' ' ? -8 : 0, name); // columns stay
		p += n;
	}
}

// "#2" in a command: what was seen second.
static char *resolved(struct stage *t, const char *word)
{
	struct str s = STR_IN(&t->arena);
	for (const char *p = word; *p;) {
		char *after;
		size_t number = strchr("#@%=", *p) && p[1] >= '1' && p[1] <= '9'
				    ? strtoul(p + 1, &after, 10)
				    : 0;
		const char *found = NULL;
		for (size_t i = 0, k = 0; number && i < t->seen_count; i++)
			if (t->seen[i].sign == *p && ++k == number)
				found = t->seen[i].text;
		str_add(&s, found);
		if (found)
			p = after;
		else
			str_add_char(&s, *p++);
	}
	return str_done(&s);
}

// --- words

static char escaped(const char **p)
{
	static const char letters[] = "n\nt\tr\re\033";
	const char *found = strchr(letters, **p);
	if (**p == 'x') {
		char digits[3] = { (*p)[1], (*p)[2], 0 };
		*p += 2;
		return (char)strtoul(digits, NULL, 16);
	}
	return found && (found - letters) % 2 == 0 ? found[1] : **p;
}

static const char *read_word(struct stage *t, const char *p, char **word)
{
	struct str s = STR_IN(&t->arena);
	char quote = 0;
	bool c_style = false;
	for (; *p && (quote || *p != ' '); p++) {
		if (quote && *p == quote)
			quote = 0;
		else if (!quote && p[0] == '$' && p[1] == '\'')
			c_style = true;
		else if (!quote && (*p == '\'' || *p == '"'))
			quote = *p;
		else if (quote && c_style && *p == '\\') {
			p++;
			str_add_char(&s, escaped(&p));
		} else
			str_add_char(&s, *p);
		if (!quote && *p != '$')
			c_style = false;
	}
	str_add(&s, "");
	*word = resolved(t, str_done(&s));
	return p;
}

static void read_words(struct stage *t, const char *line)
{
	t->words = 0;
	t->in = t->out = NULL;
	for (const char *p = line; *(p += strspn(p, " "));) {
		char *word;
		bool quoted = strchr("'\"$", *p) != NULL;
		p = read_word(t, p, &word);
		if (!quoted && (str_equal(word, "<") || str_equal(word, ">"))) {
			char *file;
			p = read_word(t, p + strspn(p, " "), &file);
			*(*word == '<' ? &t->in : &t->out) = file;
			continue;
		}
		ck_assert_int_lt(t->words, WORDS_MOST - 1);
		t->word[t->words++] = word;
	}
	t->word[t->words] = NULL;
}

// --- commands of the stage

static int stage_write(struct stage *t)
{
	test_write(t->word[1], t->word[2], strlen(t->word[2]));
	return 0;
}

static int stage_cat(struct stage *t)
{
	const char *text = test_read(&t->arena, t->word[1], NULL);
	if (!text)
		return 1;
	struct str shown = STR_IN(&t->arena);
	for (const char *p = text; *p; p++) // CRLF is told apart
		if (*p == '\r')
			str_add(&shown, "\\r");
		else
			str_add_char(&shown, *p);
	if (!shown.length || shown.text[shown.length - 1] != '\n')
		str_add(&shown, "\\\n");
	add_numbered(t, str_done(&shown));
	return 0;
}

static int stage_now(struct stage *t)
{
	return moment_parse(t->word[1], &t->world.now) ? 0 : 1;
}

static int stage_mkdir(struct stage *t)
{
	return mkdir(t->word[1], 0700) != 0;
}

static int stage_exists(struct stage *t)
{
	return access(t->word[1], F_OK) != 0;
}

static int stage_fifo(struct stage *t)
{
	return mkfifo(t->word[1], 0600) != 0;
}

static int stage_cut(struct stage *t)
{
	return truncate(t->word[1], strtol(t->word[2], NULL, 10)) != 0;
}

static int stage_same(struct stage *t)
{
	size_t n, m;
	char *one = test_read(&t->arena, t->word[1], &n),
	     *two = test_read(&t->arena, t->word[2], &m);
	return !one || !two || n != m || memcmp(one, two, n) != 0;
}

static int stage_published(struct stage *t) // puts a file of tests/data/published here
{
	size_t n;
	char *path = test_published(&t->arena, t->word[1]);
	char *text = path ? test_read(&t->arena, path, &n) : NULL;
	if (text)
		test_write(t->word[2], text, n);
	return !text;
}

// --- a network drive (link with -Wl,--wrap=statfs64): what lies in the folder `drive`

static bool is_drive(const char *path)
{
	char *whole = realpath(path, NULL);
	const char *at = whole ? strstr(whole, "/drive") : NULL;
	bool is = at && strchr("/", at[strlen("/drive")]);
	free(whole);
	return is;
}

static bool mounted;

int __real_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out)
{
	int rc = __real_statfs64(path, out);
	if (mounted && rc == 0 && is_drive(path))
		out->f_type = 0x6969;
	return rc;
}

static int stage_home(struct stage *t)
{
	t->env.state_home = t->words > 1 ? arena_strdup(&t->arena, t->word[1]) : "state";
	return 0;
}

static int stage_mount(struct stage *t)
{
	stage_home(t);
	mounted = true;
	rmdir("drive");
	return rename("away", "drive") != 0 && mkdir("drive", 0700) != 0;
}

static int stage_unmount(struct stage *t)
{
	(void)t;
	mounted = false;
	return rename("drive", "away") != 0 || mkdir("drive", 0700) != 0;
}

static int run_plando(struct stage *t)
{
	char *out = NULL, *err = NULL;
	size_t out_n, err_n;
	FILE *in = fopen(t->in ? t->in : "/dev/null", "rb");
	FILE *to = t->out ? fopen(t->out, "wb") : open_memstream(&out, &out_n);
	FILE *complaints = open_memstream(&err, &err_n);
	ck_assert(in && to && complaints);
	t->world.now += 1000; // a second passes from one command to the next
	int status = cli_run(&t->env, t->words, t->word, in, to, complaints);
	fclose(in);
	fclose(to);
	fclose(complaints);
	if (out) {
		for (int i = 0; i < t->words && status == 0; i++)
			if (str_equal(t->word[i], "--json"))
				ck_assert_msg(json_sound(out, out_n), "%s: this is no JSON: %s",
				    t->name, out);
		add_numbered(t, out);
		if (out_n && out[out_n - 1] != '\n')
			str_add(&t->got, "\\\n");
	}
	add_numbered(t, err);
	free(out);
	free(err);
	return status;
}

static const struct command {
	const char *name;
	int (*run)(struct stage *t);
} stage[] = {
	{ "plando", run_plando },
	{ "write", stage_write },	  // FILE TEXT
	{ "cat", stage_cat },		  // FILE
	{ "now", stage_now },		  // TIME: sets the clock
	{ "mkdir", stage_mkdir },	  // FOLDER
	{ "exists", stage_exists },	  // FILE
	{ "fifo", stage_fifo },		  // FILE
	{ "cut", stage_cut },		  // FILE BYTES
	{ "same", stage_same },		  // FILE FILE
	{ "published", stage_published }, // DATA FILE
	{ "home",
	    stage_home }, // a place for what this computer keeps; home NAME: another computer's
	{ "mount", stage_mount }, // the folder drive; a place for copies
	{ "unmount", stage_unmount },
};

static void run_line(struct stage *t, const char *line)
{
	read_words(t, line);
	for (size_t i = 0; t->words && i < sizeof stage / sizeof *stage; i++)
		if (str_equal(stage[i].name, t->word[0])) {
			int status = stage[i].run(t);
			if (status)
				str_printf(&t->got, "[exit %d]\n", status);
			return;
		}
	ck_abort_msg("%s: no such command: %s", t->name, line);
}

// Commands and "## " remarks stay; what a run prints comes again from the run.
static void run_text(struct stage *t, const char *text)
{
	for (const char *p = text; *p; p += *p == '\n') {
		size_t n = strcspn(p, "\n");
		char *line = arena_copy(&t->arena, p, n);
		if (str_starts(line, "## "))
			str_printf(&t->got, "%s%s\n", t->got.length ? "\n" : "", line);
		if (str_starts(line, "$ ")) {
			str_printf(&t->got, "%s\n", line);
			run_line(t, line + 2);
		}
		p += n;
	}
}

static void compare(const struct stage *t, const char *path, const char *want)
{
	const char *got = t->got.text, *from = want, *from_got = got;
	const char *update = getenv("UPDATE");
	if (update && *update) {
		test_write(path, got, strlen(got));
		return;
	}
	unsigned line = 1;
	for (size_t i = 0; got[i] == want[i]; i++) {
		if (!got[i])
			return;
		if (got[i] == '\n') {
			line++;
			from = want + i + 1;
			from_got = got + i + 1;
		}
	}
	ck_abort_msg("%s:%u: expected\n%.*s\nbut got\n%.*s", t->name, line,
	    (int)strcspn(from, "\n"), from, (int)strcspn(from_got, "\n"), from_got);
}

void transcript_run(const char *path)
{
	static struct stage t;
	t = (struct stage){ .world = { .now = 1777816800000, .seed = 7 } };
	t.env = world_env(&t.world);
	t.got = STR_IN(&t.arena);
	t.name = basename(arena_strdup(&t.arena, path));
	char *text = test_read(&t.arena, path, NULL);
	char *folder = test_path(&t.arena, t.name);
	ck_assert_msg(text != NULL, "%s: cannot be read", path);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_assert_int_eq(chdir(folder), 0);
	run_text(&t, text);
	ck_assert(!t.got.failed && t.got.text);
	compare(&t, path, text);
	arena_free(&t.arena);
}
