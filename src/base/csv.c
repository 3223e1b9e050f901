// SPDX-License-Identifier: MIT
#include <plando/csv.h>

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>

struct reading {
	struct arena *a;
	const char *text, *name;
	size_t n, at, line;
	char separator;
	struct csv_lines *out;
	size_t lines_cap, cells_cap, cells;
	const char **cell; // of the line that is read
	size_t count;
};

// The one that stands most often in the first line, outside quotes.
static char find_separator(const char *text, size_t n)
{
	static const char SEPARATORS[] = ",;\t";
	size_t seen[3] = { 0 }, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < n && (quoted || text[i] != '\n'); i++) {
		const char *found = strchr(SEPARATORS, text[i]);
		quoted = quoted != (text[i] == '"');
		if (!quoted && text[i] && found)
			seen[found - SEPARATORS]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (seen[i] > seen[best])
			best = i;
	return SEPARATORS[best];
}

static bool quoted_cell(struct reading *r, struct str *cell, struct err *e)
{
	size_t from = r->line;
	for (r->at++; r->at < r->n; r->at++) {
		char c = r->text[r->at];
		bool doubled = c == '"' && r->at + 1 < r->n && r->text[r->at + 1] == '"';
		if (c == '"' && !doubled) {
			r->at++;
			return true;
		}
		r->at += doubled ? 1 : 0;
		r->line += c == '\n' ? 1 : 0;
		str_add_char(cell, c);
	}
	return err_set(
	    e, ERR_DATA, "%s:%zu: this quote never ends; close it with \"", r->name, from);
}

static bool read_cell(struct reading *r, struct err *e)
{
	struct str cell = STR_IN(r->a);
	if (r->at < r->n && r->text[r->at] == '"' && !quoted_cell(r, &cell, e))
		return false;
	while (r->at < r->n && r->text[r->at] != r->separator && r->text[r->at] != '\n')
		str_add_char(&cell, r->text[r->at++]);
	if (!arena_grow(r->a, (void **)&r->cell, r->count, &r->cells_cap, sizeof *r->cell))
		return err_memory(e);
	const char *done = str_done(&cell);
	r->cell[r->count++] = done;
	if (++r->cells > CSV_CELLS)
		return err_set(e, ERR_DATA, "%s:%zu: more than %d cells; split it", r->name,
		    r->line, CSV_CELLS);
	return done ? true : err_memory(e);
}

static bool read_line(struct reading *r, struct err *e)
{
	size_t from = r->line;
	r->cell = NULL;
	r->count = r->cells_cap = 0;
	for (bool more = true; more;) {
		if (!read_cell(r, e))
			return false;
		more = r->at < r->n && r->text[r->at] == r->separator;
		r->at++; // the separator, or the line's end
	}
	r->line++;
	bool blank = true;
	for (size_t i = 0; i < r->count; i++)
		blank = blank && r->cell[i][strspn(r->cell[i], " ")] == '\0';
	if (blank)
		return true;
	struct csv_lines *out = r->out;
	if (!arena_grow(r->a, (void **)&out->item, out->count, &r->lines_cap, sizeof *out->item))
		return err_memory(e);
	out->item[out->count++] = (struct csv_line){ r->cell, r->count, from };
	return true;
}

bool csv_read(struct arena *a, const char *text, size_t n, const char *name, struct csv_lines *out,
    struct err *e)
{
	static const char MARK[] = "\xEF\xBB\xBF";
	size_t bad;
	*out = (struct csv_lines){ 0 };
	if (n >= 3 && memcmp(text, MARK, 3) == 0) {
		text += 3;
		n -= 3;
	}
	if (!text_valid(text, n, &bad))
		return err_set(
		    e, ERR_DATA, "%s: not UTF-8 (byte %zu); save it as CSV UTF-8", name, bad + 1);
	char *normal = text_normal(a, text, n);
	if (!normal)
		return err_memory(e);
	struct reading r = { .a = a, .text = normal, .name = name, .line = 1, .out = out };
	r.n = strlen(normal);
	r.separator = find_separator(normal, r.n);
	while (r.at < r.n)
		if (!read_line(&r, e))
			return false;
	return true;
}

const char *csv_get(const struct csv_lines *all, size_t line, const char *heading)
{
	if (!all->count)
		return NULL;
	for (size_t i = 0; i < all->item[0].count; i++)
		if (strcasecmp(all->item[0].cell[i], heading) == 0)
			return i < all->item[line].count ? all->item[line].cell[i] : "";
	return NULL;
}
