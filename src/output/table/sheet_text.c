// SPDX-License-Identifier: MIT
// Sheets as people read them: get.
#include "output/table/sheet.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { PAGE = 78, LABELS = 24, INDENT = 2 };

// One page being written: the arena, and whether memory ran out.
struct sheet_text_page {
	struct arena *arena;
	FILE *out;
	int width;
	bool ascii, failed;
};

static const char *sheet_text_label_of(const struct form_field *field, const char *id)
{
	const struct choice *choice = field_choice(field, id);
	return choice ? choice->label : id;
}

static char *sheet_text_members_shown(
    const struct sheet *t, struct arena *a, const struct sheet_field *f)
{
	struct elements m;
	struct str s = STR_IN(a);
	if (!record_members(f->record, a, f->cell, &m))
		return NULL;
	for (size_t i = 0; i < m.count; i++) {
		const char *name = sheet_is_ref(f->field)
				       ? record_ref_named(t->store, a, f->field->of, m.key[i])
				       : sheet_text_label_of(f->field, m.key[i]);
		if (!name)
			return NULL;
		str_printf(&s, "%s%s", i ? ", " : "", name);
	}
	return str_done(&s);
}

static bool sheet_text_element_shown(const struct sheet *t, struct arena *a,
    const struct sheet_field *f, const char *key, struct str *s)
{
	const char *between = "";
	for (size_t k = 0; k < f->field->field_count; k++) {
		const struct form_field *sub = &f->field->fields[k];
		const char *value = record_element_get(f->record, f->cell, key, sub->id);
		if (!value)
			continue;
		char *shown = sub->type == FIELD_REF
				  ? record_ref_named(t->store, a, sub->of, value)
				  : field_show(a, sub, value, store_today(t->store));
		if (!shown)
			return false;
		str_printf(s, "%s%s: %s", between, sub->label, shown);
		between = "; ";
	}
	return true;
}

static char *sheet_text_elements_shown(
    const struct sheet *t, struct arena *a, const struct sheet_field *f)
{
	struct elements m;
	struct str s = STR_IN(a);
	if (!record_elements(f->record, a, f->cell, &m))
		return NULL;
	for (size_t i = 0; i < m.count; i++) {
		str_printf(&s, "%s%zu. ", i ? "\n" : "", i + 1);
		if (!sheet_text_element_shown(t, a, f, m.key[i], &s))
			return NULL;
	}
	return str_done(&s);
}

char *sheet_show(const struct sheet *t, struct arena *a, const struct sheet_field *f)
{
	const char *value = record_get(f->record, f->cell);
	if (sheet_is_set(f->field))
		return sheet_text_members_shown(t, a, f);
	if (sheet_is_list(f->field))
		return sheet_text_elements_shown(t, a, f);
	if (!value)
		return arena_strdup(a, "");
	if (f->field->type == FIELD_REF)
		return record_ref_named(t->store, a, f->field->of, value);
	return field_show(a, f->field, value, store_today(t->store));
}

static const char *sheet_text_safe(struct sheet_text_page *p, const char *text, bool lines)
{
	char *shown = text ? text_safe(p->arena, text, lines) : NULL;
	if (shown && p->ascii)
		shown = text_ascii(p->arena, shown);
	if (shown)
		return shown;
	p->failed = true;
	return "";
}

// "  label                   value", the value wrapped beside its label.
static void sheet_text_line(struct sheet_text_page *p, const char *label, const char *value)
{
	struct text_lines lines;
	const char *head = sheet_text_safe(p, label, false),
		   *text = sheet_text_safe(p, value, true);
	int used = text_width(head, strlen(head)), room = p->width - INDENT - LABELS;
	size_t n = strlen(text);
	while (n && text[n - 1] == '\n')
		n--;
	if (!text_wrap(p->arena, text, n, room > 10 ? room : 10, &lines)) {
		p->failed = true;
		return;
	}
	fprintf(p->out, "%*s%s", INDENT, "", head);
	if (used >= LABELS) {
		fputc('\n', p->out);
		used = -INDENT;
	}
	for (size_t i = 0; i < lines.count; i++) {
		int bytes = (int)(lines.line[i].end - lines.line[i].start);
		fprintf(p->out, "%*s%.*s\n", bytes ? LABELS - used : 0, "", bytes,
		    text + lines.line[i].start);
		used = -INDENT;
	}
}

static void sheet_text_head(const struct sheet *t, struct sheet_text_page *p)
{
	char id[ID_TEXT];
	const struct kind *kind = kind_find(t->record.kind);
	id_print(&t->record.id, id);
	fprintf(p->out, "%s\n",
	    sheet_text_safe(p, record_title(t->store, p->arena, &t->record), false));
	sheet_text_line(p, "kind", kind ? kind->label : t->record.kind);
	sheet_text_line(p, "id", id);
	if (t->record.deleted)
		sheet_text_line(p, "deleted", "yes; what it held last:");
	if (record_get(&t->record, "archived"))
		sheet_text_line(p, "archived", record_get(&t->record, "archived"));
	if (record_get(&t->record, "archived_why"))
		sheet_text_line(p, "archived because", record_get(&t->record, "archived_why"));
}

static void sheet_text_unknown_lines(
    const struct sheet *t, const struct record *r, struct sheet_text_page *p)
{
	for (size_t i = 0; i < r->count; i++)
		if (sheet_unknown(t, r, &r->cells[i]))
			sheet_text_line(p, r->cells[i].field, r->cells[i].value);
}

static void sheet_text_conflict_line(const struct sheet *t, struct sheet_text_page *p)
{
	struct str s = STR_IN(p->arena);
	const struct record *side[] = { &t->record, &t->charter };
	if (t->record.flag)
		str_add(&s, " ~");
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < side[k]->count; i++)
			if (side[k]->cells[i].heads > 1)
				str_printf(&s, " %s", side[k]->cells[i].field);
	if (s.length)
		sheet_text_line(p, "open conflicts", s.text + 1);
	p->failed = p->failed || s.failed;
}

bool sheet_text(
    const struct sheet *t, struct arena *a, FILE *out, int width, bool ascii, struct err *e)
{
	struct sheet_text_page p = { a, out, width ? width : PAGE, ascii, false };
	sheet_text_head(t, &p);
	for (size_t i = 0; i < t->count; i++) {
		const struct form_field *f = t->field[i].field;
		char *value = sheet_show(t, a, &t->field[i]);
		if (!value || *value)
			sheet_text_line(&p, f->label ? f->label : f->id, value);
	}
	sheet_text_unknown_lines(t, &t->record, &p);
	sheet_text_unknown_lines(t, &t->charter, &p);
	sheet_text_conflict_line(t, &p);
	return p.failed ? err_memory(e) : true;
}
