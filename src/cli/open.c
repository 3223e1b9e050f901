// SPDX-License-Identifier: MIT
// What a command is given to work on: the workbook, a kind, a value from elsewhere.
#include "cli/verbs.h"

#include <plando/clock.h>
#include <plando/far.h>
#include <plando/file.h>
#include <plando/kind.h>
#include <plando/outbox.h>
#include <plando/str.h>
#include <plando/text.h>

struct store *cli_open(struct cli *c, enum store_mode mode, struct err *e)
{
	return cli_open_path(c, c->word[0], mode, e);
}

static void open_outbox_complain(struct cli *c, struct store *s, const struct outbox_gap *gap)
{
	const char *where =
	    !gap->merged ? "made on this computer"
	    : gap->merged == gap->changes
		? "by others that came in on this computer"
		: cli_or_empty(
		      c, arena_printf(c->arena, "that were in it on this computer, %lld by others",
			     (long long)gap->merged));
	cli_complain(c,
	    cli_or_empty(c,
		arena_printf(c->arena, "%s: this file lacks %s %s; plando merge %s %s puts %s back",
		    store_path(s), cli_count(c, gap->changes, "change"), where, store_path(s),
		    gap->path, gap->changes == 1 ? "it" : "them")));
}

// Where the file lacks what was written on this computer, or a clock looks wrong: a line, and on.
static void open_look_around(struct cli *c, struct store *s, enum store_mode mode)
{
	struct outbox_gap gap = { 0 };
	struct far_facts far = { 0 };
	const char *clock = mode == STORE_WRITE ? clock_trouble(s, c->arena) : NULL;
	const char *news = store_news(s);
	if (c->quiet)
		return;
	if (clock)
		cli_complain(c,
		    cli_or_empty(c, arena_printf(c->arena, "%s plando clock %s puts times right.",
					clock, store_path(s))));
	bool away = far_facts(s, &far) && far.trouble;
	if (news && !(away && mode == STORE_WRITE)) // else it is said at the end, in cli_close
		cli_complain(c, news);
	if (mode == STORE_READ && far.waiting && !away)
		cli_complain(c,
		    cli_or_empty(c,
			arena_printf(c->arena,
			    "%s: %s made on this computer %s not there yet; plando sync %s brings "
			    "%s there",
			    store_path(s), cli_count(c, far.waiting, "change"),
			    far.waiting == 1 ? "is" : "are", store_path(s),
			    far.waiting == 1 ? "it" : "them")));
	if (outbox_missing(s, c->arena, &gap, NULL) && gap.changes)
		open_outbox_complain(c, s, &gap);
}

struct store *cli_open_path(struct cli *c, const char *path, enum store_mode mode, struct err *e)
{
	int64_t moment = 0;
	if (option_given(c, "as-of") && !option_moment(c, "as-of", true, &moment, e))
		return NULL;
	struct store *s = store_open(path, mode, &c->env, e);
	if (!s)
		return NULL;
	bool good = mode == STORE_READ || store_writable(s, e);
	if (good && option_given(c, "as-of"))
		good = store_as_of(s, moment, e);
	if (good) {
		open_look_around(c, s, mode);
		return s;
	}
	cli_close(c, s);
	return NULL;
}

// What was saved is safe: where it cannot be brought to the drive that the workbook lies on, that
// is said, and is no failure of the command.
void cli_close(struct cli *c, struct store *s)
{
	struct err e = { 0 };
	if (s && !far_bring(s, NULL, &e))
		cli_complain(c, e.text);
	store_close(s);
}

bool cli_find(struct cli *c, struct store *s, const char *kind, const char *ref, struct record *out,
    struct err *e)
{
	if (str_equal(ref, "collaborative"))
		return record_load(s, c->arena, &ID_COLLABORATIVE, out, e);
	return record_find(s, c->arena, kind, ref, out, e);
}

static bool open_no_kind(struct forms *forms, const char *name, struct err *e)
{
	const char *known[256];
	size_t n = 0;
	for (const struct kind *k = KINDS; k->name && n < 256; k++)
		known[n++] = k->name;
	for (size_t i = 0; i < forms_count(forms) && n < 256; i++)
		known[n++] = forms_id(forms, i);
	const char *near = nearest(name, known, n);
	if (near)
		return err_set(
		    e, ERR_USAGE, "%s: no such kind of record; did you mean %s?", name, near);
	return err_set(e, ERR_USAGE, "%s: no such kind of record; plando kinds lists them", name);
}

bool cli_kind(struct forms *forms, const char *name, struct named_kind *out, struct err *e)
{
	struct err why = { 0 };
	*out = (struct named_kind){ .kind = kind_find(name) };
	if (out->kind)
		return true;
	out->own = forms_find(forms, name, &why);
	if (out->own)
		out->kind = kind_find(out->own->edits);
	else if (why.code != ERR_NOINPUT)
		return err_set(e, why.code, "%s", why.text);
	return out->kind || open_no_kind(forms, name, e);
}

bool cli_value(struct cli *c, const char *typed, const char **value, struct err *e)
{
	char *text;
	size_t n, bad;
	*value = typed;
	if (str_equal(typed, "-")) {
		if (c->stdin_taken)
			return err_set(e, ERR_USAGE,
			    "-: standard input was read already; use it for one value");
		c->stdin_taken = true;
		if (!file_read_stream(c->arena, c->in, "standard input", TEXT_MOST, &text, &n, e))
			return false;
	} else if (*typed == '@') {
		if (!file_read(c->arena, typed + 1, TEXT_MOST, &text, &n, e))
			return false;
	} else {
		return true;
	}
	if (!text_valid(text, n, &bad))
		return err_set(e, ERR_DATA, "%s: byte %zu is not UTF-8 text; save it as UTF-8",
		    *typed == '@' ? typed + 1 : "standard input", bad + 1);
	*value = text;
	return true;
}

bool cli_out_apart(struct cli *c, const char *path, struct err *e)
{
	const char *data = c->words ? NULL : option_get(c, "csv");
	return data ? file_apart(path, data, "the data", e)
		    : file_apart(path, c->word[0], "the workbook", e);
}
