// SPDX-License-Identifier: MIT
// One question of `plando fill`: the line that asks, the present value, the choices, help, and
// what a line of the input means. One row a field type.
#include "cli/verbs/verb_fill.h"

#include <plando/str.h>
#include <plando/text.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fill_say(struct fill *f, const char *fmt, ...)
{
	struct arena_mark mark = arena_mark(f->c->arena);
	va_list ap;
	va_start(ap, fmt);
	const char *text = arena_vprintf(&f->work, fmt, ap);
	va_end(ap);
	fprintf(f->c->out, "%s\n", cli_safe(f->c, cli_or_empty(f->c, text), true));
	arena_release(f->c->arena, mark);
}

void fill_refuse(struct fill *f, const struct err *why)
{
	fflush(f->c->out);
	cli_complain(f->c, why->text);
	f->refused = true;
}

// --- reading

bool fill_line(struct fill *f, const char **line, struct err *e)
{
	struct str text = STR_IN(&f->work);
	int c;
	if (fflush(f->c->out) != 0 || ferror(f->c->out))
		return err_errno(e, "standard output", "write the question");
	while ((c = getc(f->c->in)) != EOF && c != '\n')
		if (text.length <=
		    TEXT_MOST) // longer than any value: the rest is dropped, and it is refused
			str_add_char(&text, c ? (char)c : '\x01');
	if (ferror(f->c->in))
		return err_errno(e, "standard input", "read the answer");
	f->ended = c == EOF;
	if (f->ended && !text.length)
		return false;
	if (text.length && text.text[text.length - 1] == '\r')
		text.text[--text.length] = '\0';
	*line = str_done(&text);
	return *line || err_memory(e);
}

// --- what is there now

static const char *fill_ask_now_plain(
    struct fill *f, const struct record *r, const struct fill_question *q)
{
	const char *value = record_get(r, q->cell);
	return value ? field_show(&f->work, q->field, value, store_today(f->s)) : "";
}

static const char *fill_ask_now_ref(
    struct fill *f, const struct record *r, const struct fill_question *q)
{
	const char *value = record_get(r, q->cell);
	return value ? record_ref_named(f->s, &f->work, q->field->of, value) : "";
}

static const char *fill_ask_now_members(
    struct fill *f, const struct record *r, const struct fill_question *q)
{
	struct elements some = { 0 };
	struct str list = STR_IN(&f->work);
	bool refs = q->field->type == FIELD_REFS;
	if (!record_members(r, &f->work, q->cell, &some))
		return NULL;
	for (size_t i = 0; i < some.count; i++)
		str_printf(&list, "%s%s", i ? ", " : "",
		    refs ? record_ref_named(f->s, &f->work, q->field->of, some.key[i])
			 : field_show(&f->work, q->field, some.key[i], store_today(f->s)));
	return str_done(&list);
}

// --- what is typed, as save_field takes it

static bool fill_ask_read_plain(struct fill *f, const struct form_field *field, const char *typed,
    const char **answer, struct err *e)
{
	char *stored;
	*answer = typed;
	return field_parse(&f->work, field, typed, store_today(f->s), &stored, e);
}

// Where ids look like numbers, as the steps of a scale do, they stand for themselves.
static bool fill_ask_numbered(const struct form_field *field)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strspn(field->choices[i].id, "0123456789.") == strlen(field->choices[i].id))
			return false;
	return true;
}

static bool fill_ask_read_choice(struct fill *f, const struct form_field *field, const char *typed,
    const char **answer, struct err *e)
{
	struct form_field one = *field;
	char *stored, *after;
	size_t n = strlen(typed);
	const char *trimmed = text_trim(typed, &n);
	unsigned long number = strtoul(trimmed, &after, 10);
	if (n && after == trimmed + n && fill_ask_numbered(field) && number >= 1 &&
	    number <= field->choice_count)
		typed = field->choices[number - 1].id;
	one.type = field->type == FIELD_SCALE ? FIELD_SCALE : FIELD_CHOICE;
	if (!field_parse(&f->work, &one, typed, store_today(f->s), &stored, e))
		return false;
	*answer = stored;
	return true;
}

static bool fill_ask_read_members(struct fill *f, const struct form_field *field, const char *typed,
    const char **answer, struct err *e)
{
	struct str list = STR_IN(&f->work);
	for (size_t n; *typed; typed += n + (typed[n] == ',')) {
		const char *one = arena_copy(&f->work, typed, n = strcspn(typed, ",")), *member;
		if (!one)
			return err_memory(e);
		if (one[strspn(one, " \t")] == '\0')
			continue;
		if (field->type == FIELD_REFS ? !fill_ref_find(f, field, one, &member, e)
					      : !fill_ask_read_choice(f, field, one, &member, e))
			return false;
		str_printf(&list, "%s%s", list.length ? ", " : "", member);
	}
	*answer = str_done(&list);
	return *answer || err_memory(e);
}

// Lines until a single "."; the first one is read already.
static bool fill_ask_read_memo(struct fill *f, const struct form_field *field, const char *typed,
    const char **answer, struct err *e)
{
	struct str text = STR_IN(&f->work);
	const char *line = typed;
	while (!str_equal(line, ".")) {
		str_printf(&text, "%s%s", text.length ? "\n" : "", line);
		if (f->ended || !fill_line(f, &line, e)) {
			if (!f->ended)
				return false;
			break;
		}
	}
	return str_done(&text) ? fill_ask_read_plain(f, field, text.text, answer, e)
			       : err_memory(e);
}

// --- one row a type

static const struct asking {
	const char *hint; // what may be typed; NULL = anything
	const char *(*now)(struct fill *, const struct record *, const struct fill_question *);
	bool (*read)(
	    struct fill *, const struct form_field *, const char *, const char **, struct err *);
	const char *help;
} ASKING[FIELD_TYPES] = {
	[FIELD_TEXT] = { NULL, fill_ask_now_plain, fill_ask_read_plain, "One line of text." },
	[FIELD_MEMO] = { "lines, then a single .", fill_ask_now_plain, fill_ask_read_memo,
	    "As many lines as you like; a line with a single . ends them." },
	[FIELD_DATE] = { "date", fill_ask_now_plain, fill_ask_read_plain,
	    "A date as you say it: 3 May, 2026-05-03, yesterday, next tue." },
	[FIELD_MONTH] = { "month", fill_ask_now_plain, fill_ask_read_plain,
	    "A month: May 2026, 2026-05, last month." },
	[FIELD_NUMBER] = { "number", fill_ask_now_plain, fill_ask_read_plain,
	    "A number such as 12 or 12.5." },
	[FIELD_INTEGER] = { "whole number", fill_ask_now_plain, fill_ask_read_plain,
	    "A whole number such as 12." },
	[FIELD_PERCENT] = { "percent", fill_ask_now_plain, fill_ask_read_plain,
	    "A number such as 12.5." },
	[FIELD_YESNO] = { "yes or no", fill_ask_now_plain, fill_ask_read_plain,
	    "yes or no, y or n." },
	[FIELD_CHOICE] = { "one of these", fill_ask_now_plain, fill_ask_read_choice,
	    "Its number or its words." },
	[FIELD_CHOICES] = { "any of these, as in 1, 3", fill_ask_now_members, fill_ask_read_members,
	    "Numbers or words, with commas between them. They take the place of what was there." },
	[FIELD_SCALE] = { "one of these", fill_ask_now_plain, fill_ask_read_choice,
	    "The number of the step." },
	[FIELD_REF] = { "some of the name; ? lists them", fill_ask_now_ref, fill_ref_find,
	    "Its name or a part of it, or its number in this list; + NAME makes a new one." },
	[FIELD_REFS] = { "names with commas; ? lists them", fill_ask_now_members,
	    fill_ask_read_members, "Names or numbers of this list, with commas between them." },
};

static void fill_ask_say_choices(struct fill *f, const struct form_field *field, bool help)
{
	bool by_number = fill_ask_numbered(field), scale = field->type == FIELD_SCALE;
	for (size_t i = 0; i < field->choice_count; i++) {
		const struct choice *c = &field->choices[i];
		const char *more = (help || scale) && c->help ? c->help : "";
		if (by_number)
			fill_say(f, "%zu. %s%s%s", i + 1, c->label, *more ? ": " : "", more);
		else
			fill_say(f, "%s %s%s%s", c->id, c->label, *more ? ": " : "", more);
	}
}

static void fill_ask_say_question(struct fill *f, const struct fill_question *q, const char *now)
{
	const struct form_field *field = q->field;
	struct str line = STR_IN(&f->work);
	struct str hint = STR_IN(&f->work);
	bool begins = q->list && !*q->key;
	if (q->list)
		str_printf(&line, "%s %zu%s ", q->list->label, q->number,
		    begins && q->number > 1 ? ", another?" : ",");
	str_printf(&line, "%s", field->label);
	str_add(&hint, ASKING[field->type].hint);
	if (field->unit && field->type != FIELD_PERCENT)
		str_printf(&hint, "%s%s", hint.length ? ", " : "", field->unit);
	if (begins)
		str_printf(&hint, "%sempty: no more", hint.length ? "; " : "");
	else if (field->required && !*now)
		str_printf(&hint, "%sasked for", hint.length ? "; " : "");
	if (hint.length)
		str_printf(&line, " (%s)", cli_or_empty(f->c, str_done(&hint)));
	fill_say(f, "%s", cli_or_empty(f->c, str_done(&line)));
}

static void fill_ask_say_now(struct fill *f, const struct fill_question *q, const char *now)
{
	const struct cell *cell = record_cell(&f->part[q->part].record, q->cell);
	if (*now)
		fill_say(f, "%s%s", strchr(now, '\n') ? "now:\n" : "now: ", now);
	if (cell && cell->heads > 1)
		fill_say(f, "Two people answered differently; your answer settles it.");
}

static bool fill_ask_say_help(struct fill *f, const struct fill_question *q, struct err *e)
{
	const struct form_field *field = q->field;
	if (field->help)
		fill_say(f, "%s", field->help);
	if (field->example)
		fill_say(f, "For example: %s", field->example);
	fill_say(f, "%s", ASKING[field->type].help);
	if (field->type == FIELD_REF || field->type == FIELD_REFS)
		return fill_refs_list(f, field, NULL, e);
	fill_ask_say_choices(f, field, true);
	return true;
}

// How a date or a part of a name was understood.
static void fill_ask_say_understood(
    struct fill *f, const struct form_field *field, const char *answer)
{
	char *stored = NULL;
	if (field->type == FIELD_REF)
		fill_say(f, "= %s", cli_or_empty(f->c, record_ref_title(f->s, &f->work, answer)));
	else if ((field->type == FIELD_DATE || field->type == FIELD_MONTH) &&
		 field_parse(&f->work, field, answer, store_today(f->s), &stored, NULL))
		fill_say(f, "= %s",
		    cli_or_empty(f->c, field_show(&f->work, field, stored, store_today(f->s))));
}

// What a line does by itself.
static const struct sign {
	const char *typed;
	enum fill_did did;
} SIGNS[] = { { "", FILL_KEEP }, { ".", FILL_KEEP }, { "-", FILL_CLEAR }, { "--", FILL_DROP },
	{ "<", FILL_BACK }, { "!", FILL_LEAVE } };

static enum fill_did fill_ask_sign_of(const char *line)
{
	size_t n = strlen(line);
	const char *from = text_trim(line, &n);
	for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
		if (strlen(SIGNS[i].typed) == n && strncmp(SIGNS[i].typed, from, n) == 0)
			return SIGNS[i].did;
	return FILL_ANSWER;
}

// A wrong answer is the person's to better; anything else ends the command.
static bool fill_ask_may_better(const struct err *e)
{
	return e->code == ERR_DATA || e->code == ERR_NOINPUT || e->code == ERR_USAGE;
}

static enum fill_did fill_ask_take_line(
    struct fill *f, const struct fill_question *q, const char **answer, struct err *e)
{
	const char *line = "";
	for (;;) {
		struct err why = { 0 };
		if (f->ended || !fill_line(f, &line, e))
			return f->ended ? FILL_END : FILL_FAIL;
		enum fill_did did = fill_ask_sign_of(line);
		if (str_equal(line, "?")) {
			if (!fill_ask_say_help(f, q, e))
				return FILL_FAIL;
			continue;
		}
		if (did != FILL_ANSWER ||
		    ASKING[q->field->type].read(f, q->field, line, answer, &why)) {
			if (did == FILL_ANSWER)
				fill_ask_say_understood(f, q->field, *answer);
			f->refused = false;
			return did;
		}
		if (!fill_ask_may_better(&why)) {
			*e = why;
			return FILL_FAIL;
		}
		fill_refuse(f, &why);
	}
}

enum fill_did fill_ask(
    struct fill *f, const struct fill_question *q, const char **answer, struct err *e)
{
	const char *now = "";
	f->listed_count = 0;
	if (!q->list || *q->key)
		now = ASKING[q->field->type].now(f, &f->part[q->part].record, q);
	if (!now) {
		err_memory(e);
		return FILL_FAIL;
	}
	fill_ask_say_question(f, q, now);
	fill_ask_say_choices(f, q->field, false);
	if (q->field->fixed && q->field->type == FIELD_REF && !fill_refs_list(f, q->field, NULL, e))
		return FILL_FAIL;
	fill_ask_say_now(f, q, now);
	return fill_ask_take_line(f, q, answer, e);
}
