// SPDX-License-Identifier: MIT
// Copies come together: merge, conflicts, resolve.
#include "cli/verbs.h"

#include <plando/conflict.h>
#include <plando/merge.h>
#include <plando/sheet.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

// --- merge

static void reports_json(struct cli *c, const struct merge_report *report, size_t n,
    const struct store_facts *facts, struct json *j)
{
	json_object(j);
	json_put_array(j, "files");
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_text(j, "path", c->word[i + 1]);
		json_put_int(j, "changes", report[i].changes);
		json_put_int(j, "records", report[i].records);
		json_put_int(j, "conflicts", report[i].conflicts);
		json_end(j);
	}
	json_end(j);
	json_put_int(j, "conflicts", facts->conflicts);
	json_put_text(j, "state", facts->state);
	json_end(j);
}

static void reports_text(
    struct cli *c, const struct merge_report *report, size_t n, const struct store_facts *facts)
{
	for (size_t i = 0; i < n; i++) {
		fprintf(c->out, "%s: ", cli_safe(c, c->word[i + 1], false));
		if (report[i].changes == 0) {
			fputs("nothing new\n", c->out);
			continue;
		}
		fprintf(c->out, "%s in %s", cli_count(c, report[i].changes, "change"),
		    cli_count(c, report[i].records, "record"));
		if (report[i].conflicts)
			fprintf(c->out, ", %s", cli_count(c, report[i].conflicts, "new conflict"));
		fputc('\n', c->out);
	}
	if (facts->conflicts)
		fprintf(c->out, "%s; plando conflicts %s shows what\n",
		    cli_count(c, facts->conflicts, "open conflict"),
		    cli_safe(c, c->word[0], false));
}

// Every file is tried before the first one is taken, so that a bad one leaves all as it was.
static bool merge_all(struct cli *c, struct store *s, struct merge_report *report, struct err *e)
{
	for (size_t i = 1; i < c->words; i++)
		if (!merge_file(s, c->word[i], true, &report[i - 1], e))
			return false;
	if (option_given(c, "dry-run"))
		return true;
	for (size_t i = 1; i < c->words; i++)
		if (!merge_file(s, c->word[i], false, &report[i - 1], e))
			return false;
	return true;
}

bool verb_merge(struct cli *c, struct err *e)
{
	struct store_facts facts;
	struct merge_report *report = arena_array(c->arena, c->words, sizeof *report);
	if (!report)
		return err_memory(e);
	if (option_given(c, "as-new-records"))
		return err_set(e, ERR_UNAVAILABLE,
		    "--as-new-records: this is not in this build; merge takes copies of one "
		    "workbook");
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && merge_all(c, s, report, e) && store_facts(s, &facts, e);
	store_close(s);
	if (!good)
		return false;
	if (!option_given(c, "json")) {
		reports_text(c, report, c->words - 1, &facts);
		return true;
	}
	struct json j;
	json_init(&j, c->out);
	reports_json(c, report, c->words - 1, &facts, &j);
	return json_done(&j, e);
}

// --- conflicts

static void conflict_json(const struct conflict *k, struct json *j)
{
	char id[ID_TEXT], at[MOMENT_TEXT];
	id_print(&k->id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "kind", k->kind);
	json_put_text(j, "field", k->field);
	json_put_text(j, "base", k->base);
	json_put_array(j, "values");
	for (size_t i = 0; i < k->count; i++) {
		const struct conflict_value *v = &k->values[i];
		moment_print(v->at, at);
		json_object(j);
		json_put_int(j, "n", v->n);
		json_put_text(j, "value", v->value);
		json_put_text(j, "author", v->author);
		json_put_text(j, "device", v->device);
		json_put_text(j, "at", at);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static bool conflicts_json(struct cli *c, const struct conflicts *all, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < all->count; i++)
		conflict_json(&all->item[i], &j);
	json_end(&j);
	return json_done(&j, e);
}

static void conflict_text(struct cli *c, struct store *s, const struct conflict *k)
{
	char id[ID_TEXT], at[MOMENT_TEXT];
	id_print(&k->id, id);
	const char *call = cli_call(c, s, &k->id), *field = cli_safe(c, k->field, false);
	fprintf(c->out, "%s (%.8s), field %s\n", call, id, field);
	if (k->base)
		fprintf(c->out, "  before: %s\n", cli_show(c, s, k->kind, k->field, k->base));
	for (size_t i = 0; i < k->count; i++) {
		const struct conflict_value *v = &k->values[i];
		moment_print(v->at, at);
		const char *value = cli_show(c, s, k->kind, k->field, v->value);
		const char *author = cli_safe(c, v->author, false);
		const char *device = cli_safe(c, v->device, false);
		fprintf(c->out, "  %u: %s (%s on %s, %s)\n", v->n, value, author, device, at);
	}
}

static void conflicts_text(struct cli *c, struct store *s, const struct conflicts *all)
{
	for (size_t i = 0; i < all->count; i++)
		conflict_text(c, s, &all->item[i]);
	if (all->count == 0)
		fputs("No conflicts are open.\n", c->out);
	else
		fprintf(c->out, "Settle one: plando resolve %s ID FIELD --take N\n",
		    cli_safe(c, c->word[0], false));
}

bool verb_conflicts(struct cli *c, struct err *e)
{
	struct conflicts all;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && conflict_list(s, c->arena, &all, e);
	if (good && option_given(c, "json"))
		good = conflicts_json(c, &all, e);
	else if (good)
		conflicts_text(c, s, &all);
	store_close(s);
	return good;
}

// --- resolve

// A value as it is stored, checked by the form where the form knows the field.
static bool stored_value(struct cli *c, struct store *s, const struct record *r, const char *field,
    const char *typed, const char **stored, struct err *e)
{
	struct record target;
	char *text;
	const struct form_field *f = cli_field(c, s, r->kind, field);
	*stored = typed;
	if (!f || !*typed)
		return true;
	if (f->type == FIELD_REF) {
		text = arena_alloc(c->arena, ID_TEXT);
		if (!text)
			return err_memory(e);
		if (!record_find(s, c->arena, f->of, typed, &target, e))
			return false;
		id_print(&target.id, text);
	} else if (!field_parse(c->arena, f, typed, store_today(s), &text, e)) {
		return false;
	}
	*stored = text;
	return true;
}

static bool take_number(const char *typed, unsigned *n, struct err *e)
{
	char *end;
	unsigned long number = strtoul(typed, &end, 10);
	if (*typed < '1' || *typed > '9' || *end || number > 9999)
		return err_set(
		    e, ERR_USAGE, "--take %s: write the number that plando conflicts shows", typed);
	*n = (unsigned)number;
	return true;
}

// A team's conflict may lie in its charter.
static bool side_of(
    struct cli *c, struct store *s, struct record *r, const char *field, struct err *e)
{
	struct records found;
	char *base = arena_strdup(c->arena, field);
	if (!base)
		return err_memory(e);
	base[strcspn(base, ".")] = '\0';
	if (!sheet_charter_field(s, r->kind, base))
		return true;
	if (!record_list_by(s, c->arena, "charter", "team", &r->id, &found, e))
		return false;
	if (found.count)
		*r = found.item[0];
	return true;
}

static bool resolve(struct cli *c, struct store *s, struct err *e)
{
	struct record r;
	unsigned n = 0;
	const char *take = option_get(c, "take"), *value = option_get(c, "value");
	const char *field = c->word[2];
	if (take && !take_number(take, &n, e))
		return false;
	if (!cli_find(c, s, NULL, c->word[1], &r, e) || !side_of(c, s, &r, field, e))
		return false;
	if (value &&
	    (!cli_value(c, value, &value, e) || !stored_value(c, s, &r, field, value, &value, e)))
		return false;
	return conflict_resolve(s, c->arena, &r.id, field, n, value, e);
}

bool verb_resolve(struct cli *c, struct err *e)
{
	if (option_given(c, "take") == option_given(c, "value"))
		return err_set(
		    e, ERR_USAGE, "resolve: say which: --take N, or --value V for another value");
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && resolve(c, s, e);
	store_close(s);
	return good;
}
