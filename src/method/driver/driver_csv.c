// SPDX-License-Identifier: MIT
// A driver diagram from CSV: what `plando diagram --csv` writes, or a spreadsheet of one's own.
#include <plando/driver_plan.h>

#include <plando/block_lines.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>

struct driver_csv_reading {
	struct arena *a;
	const struct driver_diagram *d;
	const char *name;
	struct block_lines csv;
	struct driver_plan *out;
	const char **code; // by item, as it stands in the file
};

static bool driver_csv_fault(const struct driver_csv_reading *r, size_t line, struct err *e,
    const char *words, const char *what)
{
	return err_set(e, ERR_DATA, "%s:%zu: %s \"%.60s\"", r->name, line, words, what);
}

static const char *driver_csv_cell(
    const struct driver_csv_reading *r, size_t line, const char *heading)
{
	const char *text = block_lines_get(&r->csv, line, heading);
	return str_empty(text) ? NULL : text;
}

static bool driver_csv_read_level(
    struct driver_csv_reading *r, size_t line, struct plan_item *item, struct err *e)
{
	const char *type = driver_csv_cell(r, line, "type");
	for (int l = 0; type && l < DRIVER_LEVELS; l++)
		if (strcasecmp(type, driver_level_name((enum driver_level)l)) == 0) {
			item->level = (enum driver_level)l;
			return true;
		}
	return driver_csv_fault(
	    r, item->line, e, "type is aim, primary, secondary or idea, not", type ? type : "");
}

// P1, S3, C12 are given anew by reading order; only a code of one's own is kept.
static bool driver_csv_is_automatic(const char *code, enum driver_level level)
{
	return *code == "APSC"[level] && code[1] && !code[1 + strspn(code + 1, "0123456789")];
}

// The box that a row with an id changes: one of this team and of this level.
static size_t driver_csv_find_box(
    const struct driver_csv_reading *r, size_t line, enum driver_level level)
{
	struct id id;
	const char *text = driver_csv_cell(r, line, "id");
	if (!text || !id_parse(text, &id))
		return DRIVER_NONE;
	size_t node = driver_find(r->d, &id);
	return node != DRIVER_NONE && r->d->node[node].level == level ? node : DRIVER_NONE;
}

static bool driver_csv_read_item(struct driver_csv_reading *r, size_t line, struct err *e)
{
	struct plan_item item = { .line = r->csv.item[line].line };
	if (!driver_csv_read_level(r, line, &item, e))
		return false;
	item.text = driver_csv_cell(r, line, "text");
	if (item.level == DRIVER_AIM) {
		bool has = !str_empty(r->d->node[0].text);
		r->out->aim = has ? NULL : item.text;
		r->out->aim_left_out =
		    has && item.text && !str_equal(item.text, r->d->node[0].text);
		return true;
	}
	if (!item.text)
		return driver_csv_fault(r, item.line, e, "there is no text in this row of type",
		    driver_level_name(item.level));
	const char *code = driver_csv_cell(r, line, "code");
	item.code = code && !driver_csv_is_automatic(code, item.level) ? code : NULL;
	item.status = item.level == DRIVER_IDEA ? driver_csv_cell(r, line, "status") : NULL;
	size_t box = driver_csv_find_box(r, line, item.level);
	if (box == DRIVER_NONE) {
		r->out->made[item.level]++;
	} else {
		item.id = r->d->node[box].id;
		r->out->changed++;
	}
	r->code[r->out->count] = code;
	r->out->item[r->out->count++] = item;
	return true;
}

// --- feeds

static bool driver_csv_is_aim(const char *code)
{
	return strcasecmp(code, "A") == 0 || strcasecmp(code, "aim") == 0;
}

static bool driver_csv_find_code(struct driver_csv_reading *r, const struct plan_item *item,
    const char *code, struct plan_feed *out, struct err *e)
{
	enum driver_level level = DRIVER_AIM;
	*out = (struct plan_feed){ .item = DRIVER_NONE, .node = r->d->team };
	bool found = driver_csv_is_aim(code);
	for (size_t i = 0; i < r->out->count && !found; i++)
		if (r->code[i] && strcasecmp(r->code[i], code) == 0) {
			out->item = i;
			level = r->out->item[i].level;
			found = true;
		}
	for (size_t i = 0; i < r->d->count && !found; i++)
		if (!r->d->node[i].archived && strcasecmp(r->d->node[i].code, code) == 0) {
			out->node = r->d->node[i].id;
			level = r->d->node[i].level;
			found = true;
		}
	if (!found)
		return driver_csv_fault(
		    r, item->line, e, "feeds names a code that is nowhere:", code);
	if (level >= item->level)
		return driver_csv_fault(
		    r, item->line, e, "feeds must be nearer the aim than the box itself:", code);
	return true;
}

static bool driver_csv_read_feeds(
    struct driver_csv_reading *r, struct plan_item *item, const char *text, struct err *e)
{
	size_t cap = 0;
	item->says_feeds = true;
	for (size_t n; *text; text += n + (text[n] != '\0')) {
		n = strcspn(text, ";,");
		size_t length = n;
		const char *part = text_trim(text, &length);
		static const char WEAK[] = "(weak)";
		bool weak = length > 6 && memcmp(part + length - 6, WEAK, 6) == 0;
		length -= weak ? 6 : 0;
		part = text_trim(part, &length);
		if (!length)
			continue;
		char *code = arena_copy(r->a, part, length);
		if (!code ||
		    !arena_grow(r->a, (void **)&item->feed, item->feeds, &cap, sizeof *item->feed))
			return err_memory(e);
		if (!driver_csv_find_code(r, item, code, &item->feed[item->feeds], e))
			return false;
		item->feed[item->feeds++].weak = weak;
	}
	return true;
}

bool plan_csv(struct arena *a, const struct driver_diagram *d, const char *text, size_t n,
    const char *name, char delimiter, struct driver_plan *out, struct err *e)
{
	struct driver_csv_reading r = { .a = a, .d = d, .name = name, .out = out };
	*out = (struct driver_plan){ 0 };
	if (!block_lines_read(a, text, n, name, delimiter, &r.csv, e))
		return false;
	if (!r.csv.count || !block_lines_get(&r.csv, 0, "type") ||
	    !block_lines_get(&r.csv, 0, "text"))
		return err_set(e, ERR_DATA,
		    "%s:1: a driver diagram has the columns type and text (code, status, feeds, "
		    "id)",
		    name);
	if (r.csv.count > PLAN_MOST)
		return err_set(e, ERR_DATA, "%s: more than %d rows", name, PLAN_MOST);
	out->item = arena_array(a, r.csv.count, sizeof *out->item);
	r.code = arena_array(a, r.csv.count, sizeof *r.code);
	size_t *row = arena_array(a, r.csv.count, sizeof *row);
	if (!out->item || !r.code || !row)
		return err_memory(e);
	for (size_t i = 1; i < r.csv.count; i++) {
		row[out->count] = i;
		if (!driver_csv_read_item(&r, i, e))
			return false;
	}
	for (size_t i = 0; i < out->count; i++) {
		const char *feeds = block_lines_get(&r.csv, row[i], "feeds");
		if (feeds && !driver_csv_read_feeds(&r, &out->item[i], feeds, e))
			return false;
	}
	return true;
}
