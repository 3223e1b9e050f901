// SPDX-License-Identifier: MIT
// The table of field types, and texts of "a, b".
#include "tui/field/field.h"

#include <plando/str.h>

#include <string.h>

#define LINE                                                                                       \
	.text = field_text_plain, .brief = field_brief_plain, .height = line_field_height,         \
	.draw = line_field_draw, .key = text_key
#define DAY                                                                                        \
	.text = field_text_plain, .brief = field_brief_plain, .height = date_height,               \
	.draw = date_draw, .key = date_key, .reading = date_reading
#define CHOOSE                                                                                     \
	.brief = choice_brief, .height = choice_height, .draw = choice_draw,                       \
	.reading = choice_reading
#define NAME                                                                                       \
	.brief = ref_brief, .height = ref_height, .draw = ref_draw, .key = ref_key,                \
	.reading = ref_reading, .picks = true

// Lists and answers have no face of their own: their parts are fields.
const struct field_ops FIELD_OPS[FIELD_TYPES] = {
	[FIELD_TEXT] = { LINE, .reading = text_reading },
	[FIELD_MEMO] = { .text = field_text_plain,
	    .brief = field_brief_plain,
	    .height = memo_height,
	    .draw = memo_draw,
	    .key = text_key,
	    .reading = text_reading,
	    .lines = true },
	[FIELD_DATE] = { DAY },
	[FIELD_MONTH] = { DAY },
	[FIELD_NUMBER] = { LINE, .reading = text_reading },
	[FIELD_INTEGER] = { LINE, .reading = text_reading },
	[FIELD_PERCENT] = { LINE, .reading = text_reading },
	[FIELD_YESNO] = { CHOOSE, .text = field_text_plain, .key = choice_key },
	[FIELD_CHOICE] = { CHOOSE, .text = field_text_plain, .key = choice_key },
	[FIELD_SCALE] = { CHOOSE, .text = field_text_plain, .key = choice_key },
	[FIELD_CHOICES] = { CHOOSE, .text = field_text_members, .key = choices_key },
	[FIELD_REF] = { NAME, .text = field_text_plain },
	[FIELD_REFS] = { NAME, .text = field_text_members },
};

char *field_text_plain(struct arena *a, const struct record *r, const char *cell)
{
	const char *value = record_get(r, cell);
	return arena_strdup(a, value ? value : "");
}

char *field_text_members(struct arena *a, const struct record *r, const char *cell)
{
	struct elements members = { 0 };
	struct str text = STR_IN(a);
	if (!record_members(r, a, cell, &members))
		return NULL;
	for (size_t i = 0; i < members.count; i++) {
		str_add(&text, i ? ", " : "");
		str_add(&text, members.key[i]);
	}
	return str_done(&text);
}

const char *member_at(const char *text, size_t i, size_t *n)
{
	while (*text) {
		text += strspn(text, " ,");
		*n = strcspn(text, " ,");
		if (*n > 0 && i-- == 0)
			return text;
		text += *n;
	}
	return NULL;
}

size_t member_count(const char *text)
{
	size_t count = 0, n;
	while (member_at(text, count, &n))
		count++;
	return count;
}

char *member_toggle(struct arena *a, const char *text, const char *member)
{
	struct str out = STR_IN(a);
	size_t n, length = strlen(member);
	bool found = false;
	const char *m;
	for (size_t i = 0; (m = member_at(text, i, &n)); i++) {
		if (n == length && memcmp(m, member, n) == 0) {
			found = true;
			continue;
		}
		str_add(&out, out.length ? ", " : "");
		str_add_n(&out, m, n);
	}
	if (!found) {
		str_add(&out, out.length ? ", " : "");
		str_add(&out, member);
	}
	return str_done(&out);
}
