// SPDX-License-Identifier: MIT
#include "tui/loop/prompt.h"

#include <plando/str.h>

#include <stdio.h>

static void prompt_show(struct app *app, const char *question, answer_fn answer, void *context)
{
	struct prompt *p = &app->prompt;
	*p = (struct prompt){ .open = true, .answer = answer, .context = context };
	snprintf(p->question, sizeof p->question, "%s", question);
}

void app_ask(
    struct app *app, const char *question, const char *initial, answer_fn answer, void *context)
{
	prompt_show(app, question, answer, context);
	line_set(&app->prompt.line, initial ? initial : "");
}

void app_confirm(struct app *app, const char *question, answer_fn answer, void *context)
{
	prompt_show(app, question, answer, context);
	app->prompt.yesno = true;
}

void app_offer(struct app *app, const char *question, answer_fn answer, void *context)
{
	prompt_show(app, question, answer, context);
	app->prompt.yesno = app->prompt.offer = true;
}

static void prompt_answered(struct app *app, const char *answer)
{
	// The answer may ask again, over this question.
	struct prompt done = app->prompt;
	app->prompt.open = false;
	done.answer(app, done.context, answer ? done.yesno ? answer : done.line.text : NULL);
}

// NULL: neither.
static const char *prompt_yes_or_no(const struct key *key)
{
	if (key->type != PRESS_TEXT)
		return NULL;
	return str_equal(key->text, "y") || str_equal(key->text, "Y")	? "yes"
	       : str_equal(key->text, "n") || str_equal(key->text, "N") ? "no"
									: NULL;
}

// Whoever goes on typing has not read an offer: it is put off, and the key means what it means.
static bool prompt_put_off(struct app *app)
{
	if (!app->prompt.offer)
		return false;
	app->prompt.open = false;
	app_say(app, "Put off: it is asked again when this is opened the next time.");
	return true;
}

bool prompt_key(struct app *app, const struct key *key)
{
	struct prompt *p = &app->prompt;
	bool special = key->type == PRESS_SPECIAL && !key->alt;
	const char *said = p->yesno ? prompt_yes_or_no(key) : NULL;
	if (special && key->special == K_ESC)
		prompt_answered(app, NULL);
	else if (said)
		prompt_answered(app, p->offer || str_equal(said, "yes") ? said : NULL);
	else if (p->yesno)
		return !prompt_put_off(app);
	else if (special && key->special == K_ENTER)
		prompt_answered(app, p->line.text);
	else
		line_key(&p->line, key);
	return true;
}

void prompt_draw(struct app *app, int row, int cols)
{
	const struct prompt *p = &app->prompt;
	int col = 1 + term_put(app->term, row, 1, cols - 2, ROLE_TITLE, p->question);
	if (p->yesno) {
		col += term_put(app->term, row, col, cols - col, ROLE_TEXT,
		    p->offer ? "  y / n " : "  y yes, n no ");
		term_cursor(app->term, row, col < cols ? col : cols - 1);
		return;
	}
	if (col > cols - 12) // a long question leaves room for the answer
		col = cols / 2;
	line_draw(&p->line, app->term, row, col + 1, cols - col - 2);
}
