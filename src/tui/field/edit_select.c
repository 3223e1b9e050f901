// SPDX-License-Identifier: MIT
// Selecting in text under edit, and the app's own clipboard.
#include "tui/field/edit.h"

#include <string.h>

bool edit_selected(const struct edit *d, size_t *from, size_t *to)
{
	*from = *to = d->at;
	if (!d->selects || d->mark == d->at)
		return false;
	*from = d->mark < d->at ? d->mark : d->at;
	*to = d->mark < d->at ? d->at : d->mark;
	return true;
}

size_t edit_selected_count(const struct edit *d)
{
	size_t from, to;
	return edit_selected(d, &from, &to) ? text_count(d->text + from, to - from) : 0;
}

static void select_from(struct edit *d, size_t mark)
{
	d->mark = mark;
	d->selects = true;
}

// Left and Right without Shift go to the end of the selection that they point to.
bool edit_select_move(struct edit *d, const struct key *key)
{
	size_t from, to;
	if (key->special < K_UP || key->special > K_PGDN)
		return false;
	if (key->shift || d->sticky) {
		if (!d->selects)
			select_from(d, d->at);
		return false;
	}
	bool selected = edit_selected(d, &from, &to), far = key->ctrl || key->alt;
	d->selects = false;
	if (!selected || far || (key->special != K_LEFT && key->special != K_RIGHT))
		return false;
	edit_move_to(d, key->special == K_LEFT ? from : to);
	return true;
}

// --- the clipboard

void clip_free(struct clip *clip)
{
	arena_free(&clip->arena);
	*clip = (struct clip){ 0 };
}

static bool edit_select_clip_put(struct clip *clip, const char *text, size_t n, struct err *e)
{
	clip_free(clip);
	clip->text = arena_copy(&clip->arena, text, n);
	clip->length = clip->text ? n : 0;
	return clip->text || err_memory(e);
}

static enum edit_did edit_select_copy(struct edit *d, struct err *e)
{
	size_t from, to;
	if (!edit_selected(d, &from, &to)) {
		err_set(e, ERR_NONE,
		    "nothing is selected: Shift with the arrows selects, or Ctrl-Space and the "
		    "arrows; Ctrl-Q quits");
		return EDIT_REFUSED;
	}
	if (!edit_select_clip_put(d->clip, d->text + from, to - from, e))
		return EDIT_REFUSED;
	err_set(e, ERR_FOUND, "copied; Ctrl-V puts it in, here or in another field");
	return EDIT_MOVED;
}

// Without a selection the key is not ours: it takes the row of a list out.
static enum edit_did edit_select_cut(struct edit *d, struct err *e)
{
	size_t from, to;
	if (!edit_selected(d, &from, &to))
		return EDIT_NOT;
	if (!edit_select_clip_put(d->clip, d->text + from, to - from, e) ||
	    !edit_put(d, from, to, "", 0, e))
		return EDIT_REFUSED;
	err_set(e, ERR_FOUND, "cut; Ctrl-V puts it in, here or in another field");
	return EDIT_CHANGED;
}

static enum edit_did edit_select_put_in(struct edit *d, struct err *e)
{
	size_t dropped;
	if (d->clip->text)
		return edit_paste(d, d->clip->text, d->clip->length, &dropped, e) ? EDIT_CHANGED
										  : EDIT_REFUSED;
	err_set(e, ERR_NONE,
	    "nothing was cut or copied in plando yet; what another program copied comes in by the "
	    "terminal's own paste");
	return EDIT_REFUSED;
}

static enum edit_did edit_select_mark(struct edit *d, struct err *e)
{
	bool begins = !d->selects;
	d->selects = d->sticky = begins;
	d->mark = d->at;
	err_set(e, ERR_FOUND, "%s",
	    begins ? "the arrows select now; Ctrl-Space again ends it" : "nothing is selected");
	return EDIT_MOVED;
}

enum edit_did edit_select_key(struct edit *d, const struct key *key, struct err *e)
{
	switch ((int)key->special) {
	case K_CTRL_A:
		edit_move_to(d, d->length);
		select_from(d, 0);
		return EDIT_MOVED;
	case K_CTRL_SPACE: return edit_select_mark(d, e);
	case K_CTRL_A + 'C' - 'A': return d->clip ? edit_select_copy(d, e) : EDIT_NOT;
	case K_CTRL_A + 'X' - 'A': return d->clip ? edit_select_cut(d, e) : EDIT_NOT;
	case K_CTRL_A + 'V' - 'A': return d->clip ? edit_select_put_in(d, e) : EDIT_NOT;
	default: return EDIT_NOT;
	}
}
