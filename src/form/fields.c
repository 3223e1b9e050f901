// SPDX-License-Identifier: MIT
// Field types: one row each of { name, parse, show }. What people type becomes what is stored; what
// is stored becomes what people read.
#include <plando/form.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { TEXT_LONGEST = 4096, NUMBER_LONGEST = 1000 };

struct fields_typed {
	struct arena *arena;
	const struct form_field *field;
	const char *text; // normal, not empty; without blanks at the ends where the type has none
	date_t today;
	struct err *e;
};

typedef char *parse_fn(const struct fields_typed *t);
typedef char *show_fn(
    struct arena *a, const struct form_field *f, const char *stored, date_t today);

// What was typed, short enough for a message.
static const char *fields_quote(const struct fields_typed *t)
{
	size_t n = 0, length = strlen(t->text);
	while (n < length && text_next(t->text, length, n) <= 60)
		n = text_next(t->text, length, n);
	const char *q =
	    arena_printf(t->arena, "\"%.*s%s\"", (int)n, t->text, n < length ? "…" : "");
	return q ? q : "this";
}

// Refuses with one sentence about what was typed.
static char *fields_no(const struct fields_typed *t, const char *says)
{
	err_set(t->e, ERR_DATA, "%s %s", fields_quote(t), says);
	return NULL;
}

static char *fields_keep(const struct fields_typed *t, const char *stored)
{
	char *kept = arena_strdup(t->arena, stored);
	if (!kept)
		err_memory(t->e);
	return kept;
}

// --- text

static bool fields_too_long(const struct fields_typed *t, size_t most)
{
	size_t n = text_count(t->text, strlen(t->text));
	if (strlen(t->text) <= TEXT_MOST && n <= most)
		return false;
	err_set(t->e, ERR_DATA, "this is %zu characters long; %zu is the most", n, most);
	return true;
}

static char *fields_parse_text(const struct fields_typed *t)
{
	if (strchr(t->text, '\n'))
		return fields_no(t, "has several lines; this field holds one");
	if (fields_too_long(t, t->field->most ? t->field->most : TEXT_LONGEST))
		return NULL;
	return fields_keep(t, t->text);
}

static char *fields_parse_memo(const struct fields_typed *t)
{
	if (fields_too_long(t, t->field->most ? t->field->most : TEXT_MOST))
		return NULL;
	return fields_keep(t, t->text);
}

static char *fields_parse_as_typed(const struct fields_typed *t)
{
	return fields_keep(t, t->text);
}

// --- dates

static char *fields_parse_date(const struct fields_typed *t)
{
	date_t d = 0;
	bool good = t->field->ahead ? date_parse_ahead(t->text, t->today, &d)
				    : date_parse_human(t->text, t->today, &d);
	if (!good)
		return fields_no(t, "is not a date; write it as 2026-05-03, 3 May or yesterday");
	char iso[DATE_TEXT];
	date_print_iso(d, iso);
	return fields_keep(t, iso);
}

static char *fields_parse_month(const struct fields_typed *t)
{
	date_t d = 0;
	if (!date_parse_month(t->text, t->today, &d))
		return fields_no(t, "is not a month; write it as 2026-05 or May 2026");
	char iso[DATE_TEXT];
	date_print_iso(d, iso);
	iso[strlen(iso) - strlen("-01")] = '\0';
	return fields_keep(t, iso);
}

// --- numbers: exact decimals, kept as typed

// The length of sign, digits, point, digits; *whole: there was no point. 0: no number begins here.
static size_t fields_number_length(const char *text, bool *whole)
{
	size_t sign = *text == '-' || *text == '+';
	size_t digits = strspn(text + sign, "0123456789"), n = sign + digits;
	*whole = text[n] != '.';
	if (digits == 0)
		return 0;
	size_t decimals = *whole ? 0 : strspn(text + n + 1, "0123456789");
	return decimals ? n + 1 + decimals : n;
}

static const char *fields_number_hint(const char *text)
{
	bool whole = false;
	size_t n = fields_number_length(text, &whole);
	if (text[n] == ',' && strspn(text + n + 1, "0123456789") == 3)
		return "leave the commas out, as in 1234.50";
	if (text[n] == ',')
		return "write the decimal point as a dot, as in 12.5";
	if (n && (text[n] == 'e' || text[n] == 'E'))
		return "write it out without an exponent, as in 1200";
	if (n && text[n] == ' ')
		return "leave blanks and units out, as in 1234.50";
	if (n && text[n] == '%')
		return "leave the % out, as in 12.5";
	if (*text == '.' || text[n] == '.')
		return "write a digit before and after the point, as in 0.5";
	return "write it as 12 or 12.5";
}

static char *fields_parse_number_as(const struct fields_typed *t, bool integer)
{
	bool whole = false;
	size_t n = fields_number_length(t->text, &whole);
	if (n && n == strlen(t->text) && n <= NUMBER_LONGEST && (whole || !integer))
		return fields_keep(t, t->text);
	if (n && n == strlen(t->text) && n <= NUMBER_LONGEST)
		return fields_no(t, "is not a whole number; write it as 12");
	err_set(t->e, ERR_DATA, "%s is not a number here; %s", fields_quote(t),
	    n > NUMBER_LONGEST ? "it has too many digits" : fields_number_hint(t->text));
	return NULL;
}

static char *fields_parse_number(const struct fields_typed *t)
{
	return fields_parse_number_as(t, false);
}

static char *fields_parse_integer(const struct fields_typed *t)
{
	return fields_parse_number_as(t, true);
}

static char *fields_parse_percent(const struct fields_typed *t)
{
	struct fields_typed bare = *t;
	size_t n = strlen(t->text);
	if (t->text[n - 1] == '%') {
		n--;
		const char *number = text_trim(t->text, &n);
		bare.text = arena_copy(t->arena, number, n);
		if (!bare.text) {
			err_memory(t->e);
			return NULL;
		}
	}
	return fields_parse_number_as(&bare, false);
}

// --- choices

static const struct {
	const char *typed, *stored;
} YES_AND_NO[] = { { "yes", "yes" }, { "y", "yes" }, { "true", "yes" }, { "no", "no" },
	{ "n", "no" }, { "false", "no" } };

static const char *fields_yes_or_no(const char *folded)
{
	for (size_t i = 0; i < sizeof YES_AND_NO / sizeof *YES_AND_NO; i++)
		if (str_equal(folded, YES_AND_NO[i].typed))
			return YES_AND_NO[i].stored;
	return NULL;
}

static char *fields_parse_yesno(const struct fields_typed *t)
{
	const char *stored = fields_yes_or_no(text_fold(t->arena, t->text));
	if (!stored)
		return fields_no(t, "is neither yes nor no");
	return fields_keep(t, stored);
}

// Ids are words joined by _: people join them by blanks or hyphens too.
static bool fields_same_id(const char *typed, const char *id)
{
	for (; *typed && *id; typed++, id++)
		if (*typed != *id && !(*id == '_' && (*typed == ' ' || *typed == '-')))
			return false;
	return *typed == *id;
}

// By id, then by label, case and accents aside; "true" for a choice that has a "yes".
static const struct choice *fields_find_choice(const struct fields_typed *t)
{
	const struct choice *c = field_choice(t->field, t->text);
	const char *typed = text_fold(t->arena, t->text);
	for (size_t i = 0; !c && typed && i < t->field->choice_count; i++) {
		const struct choice *x = &t->field->choices[i];
		if (fields_same_id(typed, x->id) || str_equal(text_fold(t->arena, x->label), typed))
			c = x;
	}
	const char *word = c ? NULL : fields_yes_or_no(typed);
	return word ? field_choice(t->field, word) : c;
}

static char *fields_refuse_choice(const struct fields_typed *t)
{
	struct str s = STR_IN(t->arena);
	unsigned best = 3;
	const char *near = NULL;
	str_printf(&s, "%s is not one of the choices", fields_quote(t));
	for (size_t i = 0; i < t->field->choice_count; i++) {
		const char *id = t->field->choices[i].id;
		unsigned d = str_distance(t->text, id);
		if (d < best && d < strlen(id)) {
			best = d;
			near = id;
		}
		str_printf(&s, "%s%s", i ? ", " : ": ", id);
	}
	if (near)
		str_printf(&s, " (did you mean \"%s\"?)", near);
	if (!str_done(&s))
		err_memory(t->e);
	else
		err_set(t->e, ERR_DATA, "%s", str_done(&s));
	return NULL;
}

static char *fields_parse_choice(const struct fields_typed *t)
{
	const struct choice *c = fields_find_choice(t);
	return c ? fields_keep(t, c->id) : fields_refuse_choice(t);
}

// The same number, written with more or fewer noughts behind the point.
static bool fields_same_score(const char *a, const char *b)
{
	bool whole = false, point = false;
	if (fields_number_length(a, &whole) != strlen(a))
		return false;
	for (; *a == *b && *a; a++, b++)
		point |= *a == '.';
	const char *rest = *a ? a : b;
	if (*a && *b)
		return false;
	if (*rest == '.') {
		point = true;
		rest++;
	}
	return !*rest || (point && rest[strspn(rest, "0")] == '\0');
}

static char *fields_parse_scale(const struct fields_typed *t)
{
	if (field_choice(t->field, t->text))
		return fields_keep(t, t->text);
	for (size_t i = 0; i < t->field->choice_count; i++)
		if (fields_same_score(t->text, t->field->choices[i].id))
			return fields_keep(t, t->field->choices[i].id);
	return fields_parse_choice(t);
}

// --- showing

static char *fields_show_same(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	(void)f, (void)today;
	return arena_strdup(a, stored);
}

static char *fields_show_date(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	date_t d = 0;
	(void)f;
	return date_parse_iso(stored, &d) ? date_show(a, d, today) : arena_strdup(a, stored);
}

static char *fields_show_month(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	static const char *const MONTHS[] = { "January", "February", "March", "April", "May",
		"June", "July", "August", "September", "October", "November", "December" };
	date_t d = 0;
	(void)f;
	if (!date_parse_month(stored, today, &d))
		return arena_strdup(a, stored);
	struct civil c = date_to_civil(d);
	return arena_printf(a, "%s %d", MONTHS[c.month - 1], c.year);
}

static char *fields_show_number(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	(void)today;
	return f->unit ? arena_printf(a, "%s %s", stored, f->unit) : arena_strdup(a, stored);
}

static char *fields_show_percent(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	(void)f, (void)today;
	return arena_printf(a, "%s %%", stored);
}

static char *fields_show_choice(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	(void)today;
	const struct choice *c = field_choice(f, stored);
	return arena_strdup(a, c ? c->label : stored);
}

static char *fields_show_yesno(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	if (field_choice(f, stored))
		return fields_show_choice(a, f, stored, today);
	const char *word = str_equal(stored, "yes")  ? "Yes"
			   : str_equal(stored, "no") ? "No"
						     : stored;
	return arena_strdup(a, word);
}

static char *fields_show_scale(
    struct arena *a, const struct form_field *f, const char *stored, date_t today)
{
	(void)today;
	const struct choice *c = field_choice(f, stored);
	return c ? arena_printf(a, "%s %s", c->id, c->label) : arena_strdup(a, stored);
}

// --- the table

static const struct {
	const char *name;
	parse_fn *parse;
	show_fn *show;
	bool blanks; // blanks at the ends are part of the value
} TYPES[FIELD_TYPES] = {
	[FIELD_TEXT] = { "text", fields_parse_text, fields_show_same, true },
	[FIELD_MEMO] = { "memo", fields_parse_memo, fields_show_same, true },
	[FIELD_DATE] = { "date", fields_parse_date, fields_show_date, false },
	[FIELD_MONTH] = { "month", fields_parse_month, fields_show_month, false },
	[FIELD_NUMBER] = { "number", fields_parse_number, fields_show_number, false },
	[FIELD_INTEGER] = { "integer", fields_parse_integer, fields_show_number, false },
	[FIELD_PERCENT] = { "percent", fields_parse_percent, fields_show_percent, false },
	[FIELD_YESNO] = { "yesno", fields_parse_yesno, fields_show_yesno, false },
	[FIELD_CHOICE] = { "choice", fields_parse_choice, fields_show_choice, false },
	[FIELD_CHOICES] = { "choices", fields_parse_choice, fields_show_choice, false },
	[FIELD_SCALE] = { "scale", fields_parse_scale, fields_show_scale, false },
	[FIELD_REF] = { "ref", fields_parse_as_typed, fields_show_same, false },
	[FIELD_REFS] = { "refs", fields_parse_as_typed, fields_show_same, false },
	[FIELD_LIST] = { "list", fields_parse_as_typed, fields_show_same, false },
	[FIELD_PAIRS] = { "pairs", fields_parse_as_typed, fields_show_same, false },
	[FIELD_ANSWERS] = { "answers", fields_parse_as_typed, fields_show_same, false },
};

bool field_is_number(const struct form_field *f)
{
	return f->type == FIELD_NUMBER || f->type == FIELD_INTEGER || f->type == FIELD_PERCENT ||
	       f->type == FIELD_SCALE;
}

const char *field_type_name(enum field_type type)
{
	return type < FIELD_TYPES ? TYPES[type].name : "unknown";
}

static bool fields_check_characters(const char *text, struct err *e)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		bool c1 = *p == 0xC2 && p[1] < 0xA0;
		if (c1 || *p == 0x7F || (*p < ' ' && *p != '\t' && *p != '\n'))
			return err_set(e, ERR_DATA,
			    "this holds a control character (code %u); take it out",
			    c1 ? p[1] : *p);
	}
	return true;
}

bool field_parse(struct arena *a, const struct form_field *field, const char *typed, date_t today,
    char **stored, struct err *e)
{
	if (!text_valid(typed, strlen(typed), NULL))
		return err_set(e, ERR_DATA, "this is not UTF-8 text");
	char *text = text_normal(a, typed, strlen(typed));
	if (!text)
		return err_memory(e);
	size_t n = strlen(text);
	const char *from = text;
	if (!TYPES[field->type].blanks)
		from = text_trim(text, &n);
	while (field->type == FIELD_TEXT && n && from[n - 1] == '\n')
		n--;
	text = arena_copy(a, from, n);
	if (!text)
		return err_memory(e);
	if (!fields_check_characters(text, e))
		return false;
	struct fields_typed t = { a, field, text, today, e };
	*stored = *text ? TYPES[field->type].parse(&t) : text;
	return *stored != NULL;
}

char *field_show(struct arena *a, const struct form_field *field, const char *stored, date_t today)
{
	return *stored ? TYPES[field->type].show(a, field, stored, today) : arena_strdup(a, "");
}
