// SPDX-License-Identifier: MIT
// An indented outline as boxes; any plan as a save.
#include <plando/driver_plan.h>

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { STEPS_MOST = 32, TAB_COLUMNS = 8 };

struct step { // a line under which others may stand
	int column;
	enum driver_level level;
	size_t item; // DRIVER_NONE: the box that all is put under
};

struct driver_plan_reading {
	struct arena *a;
	struct driver_plan *out;
	size_t cap;
	struct id under;
	bool has_aim;
	struct step step[STEPS_MOST];
	size_t steps;
};

// --- a line

static bool driver_plan_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

// Blanks and the lines of a drawn tree: how many bytes, and the column behind them.
static size_t driver_plan_pass_indent(const char *line, int *column)
{
	static const char *const TREE[] = { "│", "├", "└", "─", "╌", "|", "`-", "+-", " ", NULL };
	size_t at = 0;
	*column = 0;
	for (size_t i = 0; line[at] && TREE[i];) {
		if (line[at] == '\t') {
			*column += TAB_COLUMNS - *column % TAB_COLUMNS;
			at++;
			i = 0;
		} else if (driver_plan_starts(line + at, TREE[i])) {
			*column += TREE[i][0] == '`' || TREE[i][0] == '+' ? 2 : 1;
			at += strlen(TREE[i]);
			i = 0;
		} else {
			i++;
		}
	}
	return at;
}

static bool driver_plan_blank(char c)
{
	return c == ' ' || c == '\t';
}

static const char *driver_plan_pass_blanks(const char *text)
{
	while (driver_plan_blank(*text))
		text++;
	return text;
}

static const char *driver_plan_pass_mark(const char *text)
{
	static const char *const MARKS[] = { "-", "*", "•", "–", "+", NULL };
	size_t digits = strspn(text, "0123456789");
	for (size_t i = 0; MARKS[i]; i++)
		if (driver_plan_starts(text, MARKS[i]) && driver_plan_blank(text[strlen(MARKS[i])]))
			return driver_plan_pass_blanks(text + strlen(MARKS[i]));
	if (digits && (text[digits] == '.' || text[digits] == ')') &&
	    driver_plan_blank(text[digits + 1]))
		return driver_plan_pass_blanks(text + digits + 1);
	return text;
}

// "P1 ", "S:", "C12. ", "Aim ": the level, and the text behind it. DRIVER_LEVELS: none is said.
static enum driver_level driver_plan_pass_code(const char **text)
{
	static const char LETTERS[] = "APSC";
	const char *t = *text, *found = *t ? strchr(LETTERS, *t) : NULL;
	if (driver_plan_starts(t, "Aim:") || driver_plan_starts(t, "Aim ")) {
		*text = driver_plan_pass_blanks(t + 4);
		return DRIVER_AIM;
	}
	if (!found)
		return DRIVER_LEVELS;
	size_t digits = strspn(t + 1, "0123456789");
	const char *end = t + 1 + digits;
	bool colon = *end == ':' || *end == '.' || *end == ')';
	if (!driver_plan_blank(end[colon]) || (!digits && !colon))
		return DRIVER_LEVELS;
	*text = driver_plan_pass_blanks(end + colon);
	return (enum driver_level)(found - LETTERS);
}

static bool driver_plan_cut_weak(const char *text, size_t *n)
{
	static const char WEAK[] = "(weak)";
	size_t length = sizeof WEAK - 1;
	if (*n < length || memcmp(text + *n - length, WEAK, length) != 0)
		return false;
	*n -= length;
	while (*n && driver_plan_blank(text[*n - 1]))
		(*n)--;
	return true;
}

// --- lines to boxes

static bool driver_plan_too_deep(const char *text, size_t n, size_t line, struct err *e)
{
	return err_set(e, ERR_DATA,
	    "line %zu (%.*s): nothing feeds a change idea; an outline goes from primary drivers to "
	    "secondary ones to ideas",
	    line, (int)(n < 40 ? n : 40), text);
}

// The step under which a line stands: the last one to the left of it; where the line says its
// level, the last one nearer the aim.
static const struct step *driver_plan_step_above(
    struct driver_plan_reading *r, int column, enum driver_level said)
{
	while (r->steps > 1) {
		const struct step *last = &r->step[r->steps - 1];
		bool level_with = last->column == column && said != DRIVER_LEVELS;
		if ((last->column < column || level_with) &&
		    (said == DRIVER_LEVELS || last->level < said))
			break;
		r->steps--;
	}
	return &r->step[r->steps - 1];
}

static bool driver_plan_add_item(
    struct driver_plan_reading *r, const struct plan_item *item, struct err *e)
{
	struct driver_plan *out = r->out;
	if (out->count == PLAN_MOST)
		return err_set(
		    e, ERR_DATA, "more than %d boxes; that is no outline of a diagram", PLAN_MOST);
	if (!arena_grow(r->a, (void **)&out->item, out->count, &r->cap, sizeof *out->item))
		return err_memory(e);
	out->item[out->count++] = *item;
	out->made[item->level]++;
	return true;
}

static bool driver_plan_read_line(
    struct driver_plan_reading *r, const char *line, size_t number, struct err *e)
{
	int column;
	const char *text = driver_plan_pass_mark(line + driver_plan_pass_indent(line, &column));
	enum driver_level said = driver_plan_pass_code(&text);
	size_t n = strlen(text);
	text = text_trim(text, &n);
	bool weak = driver_plan_cut_weak(text, &n);
	if (!n)
		return true;
	if (said == DRIVER_AIM) {
		r->out->aim_left_out = r->has_aim;
		r->out->aim = r->has_aim ? NULL : arena_copy(r->a, text, n);
		return r->has_aim || r->out->aim ? true : err_memory(e);
	}
	const struct step *above = driver_plan_step_above(r, column, said);
	enum driver_level level = said == DRIVER_LEVELS ? above->level + 1 : said;
	if (level > DRIVER_IDEA || level <= above->level)
		return driver_plan_too_deep(text, n, number, e);
	struct plan_feed *feed = arena_array(r->a, 1, sizeof *feed);
	if (!feed)
		return err_memory(e);
	*feed = (struct plan_feed){ above->item, r->under, weak };
	struct plan_item item = { .level = level,
		.line = number,
		.text = arena_copy(r->a, text, n),
		.feed = feed,
		.feeds = 1 };
	if (!item.text)
		return err_memory(e);
	if (!driver_plan_add_item(r, &item, e))
		return false;
	if (r->steps < STEPS_MOST)
		r->step[r->steps++] = (struct step){ column, level, r->out->count - 1 };
	return true;
}

bool plan_outline(struct arena *a, const struct driver_diagram *d, size_t under, const char *text,
    size_t n, struct driver_plan *out, struct err *e)
{
	struct driver_plan_reading r = {
		.a = a, .out = out, .under = d->node[under].id, .steps = 1
	};
	r.has_aim = !str_empty(d->node[0].text);
	r.step[0] = (struct step){ -1, d->node[under].level, DRIVER_NONE };
	*out = (struct driver_plan){ 0 };
	char *normal = text_valid(text, n, NULL) ? text_normal(a, text, n) : NULL;
	if (!normal)
		return err_set(e, ERR_DATA, "this is not text in UTF-8");
	size_t number = 1;
	for (char *line = normal, *end; line; line = end ? end + 1 : NULL, number++) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		if (!driver_plan_read_line(&r, line, number, e))
			return false;
	}
	return out->count ? true : err_set(e, ERR_DATA, "there is no line of text in it");
}

// --- a save

struct driver_plan_saving {
	struct save *v;
	struct store *s;
	struct arena *a;
	const struct driver_diagram *d;
	const struct driver_plan *plan;
	struct id *id; // by item
	const char *position[DRIVER_LEVELS];
};

static const char *driver_plan_kind_of(enum driver_level level)
{
	return level == DRIVER_IDEA ? "idea" : "driver";
}

static void driver_plan_find_positions(struct driver_plan_saving *w)
{
	for (size_t i = 0; i < w->d->count; i++) {
		const struct driver_node *n = &w->d->node[i];
		const char **last = &w->position[n->level];
		if (n->position && (!*last || strcmp(n->position, *last) > 0))
			*last = n->position;
	}
}

static bool driver_plan_save_text(struct driver_plan_saving *w, size_t i, struct err *e)
{
	const struct plan_item *p = &w->plan->item[i];
	const char *kind = driver_plan_kind_of(p->level);
	if (!save_field(w->v, &w->id[i], kind, "text", p->text, e))
		return false;
	if (p->code && !save_field(w->v, &w->id[i], kind, "code", p->code, e))
		return false;
	return !p->status || save_field(w->v, &w->id[i], kind, "status", p->status, e);
}

static bool driver_plan_save_new_box(struct driver_plan_saving *w, size_t i, struct err *e)
{
	const struct plan_item *p = &w->plan->item[i];
	const char *kind = driver_plan_kind_of(p->level), **position = &w->position[p->level];
	char team[ID_TEXT];
	id_print(&w->d->team, team);
	*position = order_between(w->a, store_env(w->s), *position, NULL);
	if (!*position)
		return err_memory(e);
	return save_new(w->v, kind, NULL, &w->id[i], e) &&
	       save_cell(w->v, &w->id[i], kind, "team", team, e) &&
	       save_cell(w->v, &w->id[i], kind, "position", *position, e) &&
	       (p->level == DRIVER_IDEA ||
		   save_cell(w->v, &w->id[i], kind, "type", driver_level_name(p->level), e));
}

static const struct id *driver_plan_end_of(
    const struct driver_plan_saving *w, const struct plan_feed *feed)
{
	return feed->item == DRIVER_NONE ? &feed->node : &w->id[feed->item];
}

static bool driver_plan_save_link(
    struct driver_plan_saving *w, size_t i, const struct plan_feed *feed, struct err *e)
{
	char from[ID_TEXT], to[ID_TEXT];
	struct id link;
	id_print(&w->id[i], from);
	id_print(driver_plan_end_of(w, feed), to);
	const char *const key[] = { "from", from, "to", to, NULL };
	return save_new(w->v, "link", key, &link, e) &&
	       save_cell(w->v, &link, "link", "strength", feed->weak ? "weak" : "", e);
}

static bool driver_plan_is_named(const struct driver_plan_saving *w, size_t i, const struct id *to)
{
	const struct plan_item *p = &w->plan->item[i];
	for (size_t j = 0; j < p->feeds; j++)
		if (id_equal(driver_plan_end_of(w, &p->feed[j]), to))
			return true;
	return false;
}

static bool driver_plan_drop_links(struct driver_plan_saving *w, size_t i, struct err *e)
{
	struct records links;
	if (!record_list_by(w->s, w->a, "link", "from", &w->id[i], &links, e))
		return false;
	for (size_t j = 0; j < links.count; j++) {
		struct id to;
		if (record_ref(&links.item[j], "to", &to) && !driver_plan_is_named(w, i, &to) &&
		    !save_delete(w->v, &links.item[j].id, e))
			return false;
	}
	return true;
}

static bool driver_plan_save_links(struct driver_plan_saving *w, size_t i, struct err *e)
{
	const struct plan_item *p = &w->plan->item[i];
	for (size_t j = 0; j < p->feeds; j++)
		if (!driver_plan_save_link(w, i, &p->feed[j], e))
			return false;
	return id_zero(&p->id) || !p->says_feeds || driver_plan_drop_links(w, i, e);
}

static bool driver_plan_save_aim(struct driver_plan_saving *w, struct err *e)
{
	char team[ID_TEXT];
	struct id charter;
	if (!w->plan->aim)
		return true;
	id_print(&w->d->team, team);
	const char *const key[] = { "team", team, NULL };
	return save_new(w->v, "charter", key, &charter, e) &&
	       save_field(w->v, &charter, "charter", "aim_text", w->plan->aim, e);
}

// A refusal says on which line.
static bool driver_plan_on_line(const struct plan_item *p, struct err *e)
{
	char words[sizeof e->text];
	memcpy(words, e->text, sizeof words);
	return err_set(e, e->code, "line %zu: %s", p->line, words);
}

bool plan_save(struct save *v, struct store *s, struct arena *a, const struct driver_diagram *d,
    const struct driver_plan *plan, struct id *first, struct err *e)
{
	struct driver_plan_saving w = { .v = v, .s = s, .a = a, .d = d, .plan = plan };
	w.id = arena_array(a, plan->count + 1, sizeof *w.id);
	if (!w.id)
		return err_memory(e);
	driver_plan_find_positions(&w);
	if (!driver_plan_save_aim(&w, e))
		return false;
	for (size_t i = 0; i < plan->count; i++) {
		w.id[i] = plan->item[i].id;
		if ((id_zero(&w.id[i]) && !driver_plan_save_new_box(&w, i, e)) ||
		    !driver_plan_save_text(&w, i, e))
			return driver_plan_on_line(&plan->item[i], e);
	}
	for (size_t i = 0; i < plan->count; i++)
		if (!driver_plan_save_links(&w, i, e))
			return driver_plan_on_line(&plan->item[i], e);
	if (first && plan->count)
		*first = w.id[0];
	return true;
}

const char *plan_words(struct arena *a, const struct driver_plan *plan)
{
	static const char *const NAME[DRIVER_LEVELS] = { NULL, "primary driver", "secondary driver",
		"change idea" };
	struct str s = STR_IN(a);
	for (int level = DRIVER_PRIMARY; level < DRIVER_LEVELS; level++)
		if (plan->made[level])
			str_printf(&s, "%s%zu %s%s", s.length ? ", " : "", plan->made[level],
			    NAME[level], plan->made[level] == 1 ? "" : "s");
	return str_done(&s);
}
