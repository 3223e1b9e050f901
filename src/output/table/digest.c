// SPDX-License-Identifier: MIT
#include <plando/digest.h>

#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

struct digest {
	struct arena *a;
	const struct digest_options *o;
	struct str *out;
	bool quoted; // something of this cycle is already
};

// --- words

static const char *digest_choice_words(const struct digest *d, const char *field, const char *id)
{
	const struct form_field *f = d->o->form ? form_field(d->o->form, field) : NULL;
	const struct choice *c = f ? field_choice(f, id) : NULL;
	return c ? c->label : id;
}

// What people typed stays text where Markdown or HTML would take it for a sign.
static void digest_add_marked(struct digest *d, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '<' || *p == '>' || *p == '&') {
			str_add(d->out, *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : "&amp;");
			continue;
		}
		if (strchr("\\`*_[]#|~!+-", *p))
			str_add_char(d->out, '\\');
		str_add_char(d->out, *p);
	}
}

static void digest_add(struct digest *d, const char *text)
{
	const char *safe = text_safe(d->a, text, false);
	if (safe && d->o->ascii)
		safe = text_ascii(d->a, safe);
	if (!safe)
		d->out->failed = true;
	else if (d->o->markdown)
		digest_add_marked(d, safe);
	else
		str_add(d->out, safe);
}

// --- paragraphs

static void digest_add_wrapped(struct digest *d, const char *lead, const char *text)
{
	size_t n = strlen(text), at = 0;
	int room = d->o->width - (int)strlen(lead);
	do {
		struct text_line l =
		    room > 10 ? text_wrap_next(text, n, at, room, &at) : (struct text_line){ 0, n };
		at = room > 10 ? at : n;
		const char *line = arena_copy(d->a, text + l.start, l.end - l.start);
		str_add(d->out, lead);
		digest_add(d, line ? line : "");
		str_add(d->out, "\n");
		d->out->failed |= !line;
	} while (at < n);
}

// Each of its lines a paragraph of its own, indented or quoted.
static void digest_add_lines(struct digest *d, const char *label, const char *text)
{
	const char *lead = d->o->markdown ? "> " : "    ";
	if (str_empty(text))
		return;
	const char *all = *label ? arena_printf(d->a, "%s: %s", label, text) : text;
	d->out->failed |= !all;
	if (d->o->markdown)
		str_add(d->out, d->quoted ? ">\n" : "\n");
	d->quoted = true;
	for (const char *p = all; p && *p;) {
		size_t n = strcspn(p, "\n");
		const char *line = arena_copy(d->a, p, n);
		if (line && n)
			digest_add_wrapped(d, lead, line);
		d->out->failed |= !line;
		p += n + (p[n] == '\n');
		if (d->o->markdown && *p)
			str_add(d->out, ">\n");
	}
}

// --- one cycle

static const char *digest_joined(
    struct digest *d, const char *text, const char *part) // "" where there is none
{
	if (str_empty(part) || !text)
		return text;
	return arena_printf(d->a, "%s%s%s", text, d->o->ascii ? " - " : " · ", part);
}

static const char *digest_compared(const struct digest *d, const struct learned *l)
{
	if (l->results == 0)
		return "";
	return arena_printf(d->a, "%u of %u as predicted", l->met, l->results);
}

static void digest_add_cycle(struct digest *d, const struct learned *l, bool with_idea)
{
	const char *number = *l->cycle_no ? arena_printf(d->a, "cycle %s", l->cycle_no) : "";
	const char *day = l->dated ? date_show(d->a, l->day, d->o->today) : "";
	const char *team = *l->team_name ? l->team_name : "(no team)";
	const char *head = digest_joined(d, team, with_idea ? l->idea_text : "");
	const char *const part[] = { l->title, number, day,
		digest_choice_words(d, "scale", l->scale),
		digest_choice_words(d, "decision", l->decision), digest_compared(d, l) };
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		head = digest_joined(d, head, part[i]);
	if (d->o->markdown)
		str_add(d->out, "### ");
	if (head)
		digest_add_wrapped(d, "", head);
	d->out->failed |= !head;
	d->quoted = false;
	digest_add_lines(d, "", l->learned);
	digest_add_lines(d, "Unexpected", l->unexpected);
	digest_add_lines(d, "Why", l->why);
	digest_add_lines(d, "Next", l->next_change);
	str_add(d->out, "\n");
}

// --- groups

// What it is told under: the item of the change package, else the change idea.
static const char *digest_group_of(const struct digest *d, const struct learned *l)
{
	if (*l->component)
		return l->component;
	if (!*l->idea_text)
		return "Without a change idea";
	return *l->idea_code ? arena_printf(d->a, "%s %s", l->idea_code, l->idea_text)
			     : l->idea_text;
}

static void digest_add_group(
    struct digest *d, const struct learnings *all, const char *const group[], size_t first)
{
	str_add(d->out, d->o->markdown ? "## " : "");
	digest_add(d, group[first]);
	str_add(d->out, "\n\n");
	for (size_t i = first; i < all->count; i++)
		if (str_equal(group[i], group[first]))
			digest_add_cycle(d, &all->item[i], *all->item[i].component != '\0');
}

// The group that follows `last` in the order of names; all->count: there is none.
static size_t digest_next_group(
    const struct learnings *all, const char *const group[], const char *last)
{
	size_t next = all->count;
	for (size_t i = 0; i < all->count; i++)
		if ((!last || strcmp(group[i], last) > 0) &&
		    (next == all->count || strcmp(group[i], group[next]) < 0))
			next = i;
	return next;
}

static size_t digest_teams_of(const struct learnings *all)
{
	size_t teams = 0;
	for (size_t i = 0; i < all->count; i++) {
		bool seen = false;
		for (size_t k = 0; k < i && !seen; k++)
			seen = id_equal(&all->item[k].team, &all->item[i].team);
		teams += !seen;
	}
	return teams;
}

bool digest_write(struct arena *a, const struct learnings *all, const struct digest_options *o,
    struct str *out, struct err *e)
{
	struct digest d = { a, o, out, false };
	const char **group = arena_array(a, all->count + 1, sizeof *group);
	if (!group)
		return err_memory(e);
	for (size_t i = 0; i < all->count; i++)
		if (!(group[i] = digest_group_of(&d, &all->item[i])))
			return err_memory(e);
	if (o->title) {
		str_add(out, o->markdown ? "# " : "");
		digest_add(&d, o->title);
		str_add(out, "\n\n");
	}
	str_printf(out, "%zu %s of %zu %s taught something, by %s.\n\n", all->count,
	    all->count == 1 ? "PDSA cycle" : "PDSA cycles", digest_teams_of(all),
	    digest_teams_of(all) == 1 ? "team" : "teams", date_show(a, o->today, 0));
	const char *last = NULL;
	for (size_t i; (i = digest_next_group(all, group, last)) < all->count; last = group[i])
		digest_add_group(&d, all, group, i);
	if (out->length > 1 && out->text[out->length - 2] == '\n')
		out->text[--out->length] = '\0'; // the last cycle's blank line
	return !out->failed || err_memory(e);
}
