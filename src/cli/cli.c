// SPDX-License-Identifier: MIT
// Runs one command: finds its verb, sets up the world, prints the error line, gives the status.
// Knows no verb by name but through verbs[].
#include "cli/cli.h"
#include "cli/verbs.h"

#include <plando/str.h>
#include <plando/text.h>

#include <inttypes.h>
#include <langinfo.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

const char *cli_or_empty(struct cli *c, const char *text)
{
	if (text)
		return text;
	c->starved = true;
	return "";
}

const char *cli_safe(struct cli *c, const char *text, bool lines)
{
	char *safe = text_safe(c->arena, text ? text : "", lines);
	return cli_or_empty(c, safe && c->ascii ? text_ascii(c->arena, safe) : safe);
}

const char *cli_number(struct cli *c, int64_t n)
{
	return cli_or_empty(c, arena_printf(c->arena, "%" PRId64, n));
}

const char *cli_count(struct cli *c, int64_t n, const char *noun)
{
	return cli_or_empty(
	    c, arena_printf(c->arena, "%" PRId64 " %s%s", n, noun, n == 1 ? "" : "s"));
}

void cli_complain(struct cli *c, const char *text)
{
	const char *safe = cli_safe(c, text, false);
	fprintf(c->err, "plando: %s\n",
	    *safe ? safe : "out of memory; close other programs and try again");
}

void cli_say(struct cli *c, const char *fmt, ...)
{
	int fd = fileno(c->err);
	if (c->quiet || fd < 0 || !isatty(fd))
		return;
	va_list ap;
	va_start(ap, fmt);
	const char *safe = cli_safe(c, arena_vprintf(c->arena, fmt, ap), false);
	va_end(ap);
	fprintf(c->err, "%s\n", safe);
}

static bool cli_unknown_command(const char *word, struct err *e)
{
	const char *name[64];
	size_t n = 0;
	for (const struct verb *v = verbs; v->name && n < 64; v++)
		name[n++] = v->name;
	const char *near = nearest(word, name, n);
	if (near)
		return err_set(e, ERR_USAGE, "%s: no such command; did you mean %s?", word, near);
	return err_set(e, ERR_USAGE, "%s: no such command; plando --help lists them", word);
}

// Commands of the contract that come later: they are known, only not here.
static bool cli_later_command(const char *word)
{
	static const char *const later[] = { "assess", "report" };
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if (str_equal(word, later[i]))
			return true;
	return false;
}

// No verb: a workbook to open on the screen, or a slip of the finger.
static bool cli_run_app(struct cli *c, struct err *e)
{
	struct stat st;
	const char *word = c->words ? c->word[0] : NULL;
	if (word && cli_later_command(word))
		return err_set(e, ERR_UNAVAILABLE,
		    "%s: this command is not in this build; plando --help lists what is", word);
	bool exists = word && stat(word, &st) == 0;
	if (word && !exists && !strpbrk(word, "./") && !verb_find(word))
		return cli_unknown_command(word, e);
	if (c->words > 1)
		return exists ? err_set(e, ERR_USAGE,
				    "%s: one argument too many; write: plando FILE", c->word[1])
			      : cli_unknown_command(word, e);
	return verb_app(c, word, e);
}

static bool cli_run_verb(struct cli *c, struct err *e)
{
	if (option_given(c, "version")) {
		fprintf(c->out, "plando %s\n", PLANDO_VERSION);
		return true;
	}
	if (option_given(c, "help")) {
		if (c->verb)
			help_verb(c, c->verb);
		else
			help_overview(c);
		return true;
	}
	if (c->words && !*c->word[0])
		return err_set(e, ERR_USAGE, "the name of the file is empty; write: plando FILE");
	return c->verb ? c->verb->run(c, e) : cli_run_app(c, e);
}

// The terminal that results go to, if any.
static void cli_look_at_terminal(struct cli *c)
{
	struct winsize size;
	int fd = fileno(c->out);
	bool terminal = fd >= 0 && isatty(fd);
	c->ascii =
	    option_given(c, "ascii") || (terminal && !str_equal(nl_langinfo(CODESET), "UTF-8"));
	c->quiet = option_given(c, "quiet");
	if (terminal && ioctl(fd, TIOCGWINSZ, &size) == 0)
		c->width = size.ws_col;
}

static bool cli_look_at_world(struct cli *c, const struct env *env, struct err *e)
{
	const char *author = option_get(c, "author");
	c->env = env ? *env : env_real(author);
	if (env && author)
		c->env.author = author;
	if (author && (!*author || !text_valid(author, strlen(author), NULL)))
		return err_set(e, ERR_USAGE, "--author: the name is empty or is not UTF-8 text");
	return !c->env.problem || err_set(e, ERR_USAGE, "%s", c->env.problem);
}

// A full disk or a closed pipe shows only when the buffer is emptied.
static bool cli_flushed(struct cli *c, struct err *e)
{
	if (fflush(c->out) == 0 && !ferror(c->out))
		return true;
	return err_errno(e, "standard output", "write the result");
}

// Who read the results has read enough (`| head`): nothing is left to say to anybody.
static bool cli_reader_left(FILE *out)
{
	struct pollfd end = { .fd = fileno(out), .events = POLLOUT };
	return ferror(out) && end.fd >= 0 && poll(&end, 1, 0) > 0 && (end.revents & POLLERR);
}

// Does the text begin with the name of a file that the command named?
static bool cli_begins_with_file(const char *text, const char *word)
{
	const char *path = strstr(word, "=@");
	path = path ? path + 2 : word;
	size_t n = strlen(path);
	return n && strncmp(text, path, n) == 0 && text[n] == ':';
}

// "FILE: what is wrong": the workbook's name, where no other file is to blame.
static void cli_place_error(const struct cli *c, struct err *e)
{
	if (!c->verb || !str_starts(c->verb->arguments, "FILE") || e->code == ERR_USAGE)
		return;
	bool placed = str_starts(e->text, "standard ") || e->code == ERR_UNAVAILABLE;
	for (size_t i = 0; i < c->words; i++)
		placed = placed || cli_begins_with_file(e->text, c->word[i]);
	for (size_t i = 0; options[i].name; i++)
		placed = placed || (c->given[i] && cli_begins_with_file(e->text, c->given[i]));
	if (!placed)
		err_place(e, c->word[0], 0, 0);
}

int cli_run(const struct env *env, int argc, char **argv, FILE *in, FILE *out, FILE *err)
{
	struct arena arena = { 0 };
	struct cli c = { .in = in, .out = out, .err = err, .arena = &arena };
	struct err e = { 0 };
	bool good = options_parse(&c, argc, argv, verb_find, &e) &&
		    (option_given(&c, "version") || cli_look_at_world(&c, env, &e));
	cli_look_at_terminal(&c);
	if (good && !cli_run_verb(&c, &e)) {
		good = false;
		cli_place_error(&c, &e);
	}
	if (good && c.starved)
		good = err_memory(&e);
	if (!cli_flushed(&c, good ? &e : NULL))
		good = false;
	if (!good && !(e.code == ERR_IO && cli_reader_left(out)))
		cli_complain(&c, e.text);
	arena_free(&arena);
	return good ? (int)c.found : (int)e.code;
}

int cli_main(int argc, char **argv, FILE *in, FILE *out, FILE *err)
{
	return cli_run(NULL, argc, argv, in, out, err);
}
