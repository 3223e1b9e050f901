// SPDX-License-Identifier: MIT
// The workbook as a file: new, copy, check.
#include "cli/verbs.h"

#include <plando/below.h>
#include <plando/far.h>
#include <plando/share.h>

// The name as any other that is typed: checked by its field.
static bool workbook_checked_name(struct cli *c, const char *typed, char **name, struct err *e)
{
	struct forms *forms = forms_new(c->arena, e);
	const struct form *form = forms ? forms_find(forms, "collaborative", e) : NULL;
	const struct form_field *field = form ? form_field(form, "name") : NULL;
	return field && field_parse(c->arena, field, typed, 0, name, e);
}

bool verb_new(struct cli *c, struct err *e)
{
	char *checked;
	const char *name = option_get(c, "name");
	if (!name)
		return err_set(e, ERR_USAGE,
		    "new: what is the collaborative called? write: plando new FILE --name NAME");
	if (!workbook_checked_name(c, name, &checked, e) ||
	    !store_create(c->word[0], &c->env, checked, e))
		return false;
	cli_say(c, "%s is made; plando %s opens it", c->word[0], c->word[0]);
	return true;
}

bool verb_copy(struct cli *c, struct err *e)
{
	struct store *s = cli_open(c, STORE_READ, e);
	if (!s)
		return false;
	bool good = store_copy(s, c->word[1], e);
	cli_close(c, s);
	return good;
}

// A workbook on another disk: where the copy lies that is worked on.
static void workbook_far_json(struct store *s, struct json *j)
{
	struct far_facts far;
	if (!far_facts(s, &far))
		return;
	json_put_object(j, "far");
	json_put_text(j, "path", far.path);
	json_put_text(j, "kind", far.kind);
	json_put_text(j, "copy", far.copy);
	json_put_int(j, "waiting", far.waiting);
	json_put_text(j, "trouble", far.trouble);
	json_end(j);
}

static void workbook_far_text(struct cli *c, struct store *s)
{
	struct far_facts far;
	if (!far_facts(s, &far))
		return;
	fprintf(c->out, "it lies on a %s\n", cli_safe(c, far.kind, false));
	if (far.copy)
		fprintf(c->out, "the copy that is worked on is %s\n", cli_safe(c, far.copy, false));
	if (far.copy && far.waiting)
		fprintf(c->out, "%s of it %s not there yet\n", cli_count(c, far.waiting, "change"),
		    far.waiting == 1 ? "is" : "are");
	else if (far.copy)
		fputs("all of it is there too\n", c->out);
}

static void workbook_lines_json(struct json *j, const char *key, const char *const *line, size_t n)
{
	json_put_array(j, key);
	for (size_t i = 0; i < n; i++)
		json_text(j, line[i]);
	json_end(j);
}

struct workbook_checked {
	struct store_facts facts;
	struct below_all below;
	struct store_problems problems, strays;
	int64_t outside;
};

static void workbook_below_json(struct json *j, const struct below_all *below)
{
	char id[ID_TEXT];
	json_put_array(j, "below_deleted");
	for (size_t i = 0; i < below->count; i++) {
		const struct below_orphans *o = &below->item[i];
		id_print(&o->id, id);
		json_object(j);
		json_put_text(j, "id", id);
		json_put_text(j, "kind", o->kind);
		json_put_text(j, "deleted_by", o->by);
		json_put_array(j, "stand");
		for (size_t k = 0; k < o->stands.count; k++) {
			id_print(&o->stands.item[k].id, id);
			json_text(j, id);
		}
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static bool workbook_check_json(
    struct cli *c, struct store *s, const struct workbook_checked *k, struct err *e)
{
	struct json j;
	char code[COPY_CODE];
	json_init(&j, c->out);
	json_object(&j);
	json_put_bool(&j, "ok", k->problems.count + k->strays.count == 0);
	json_put_int(&j, "changes", k->facts.changes);
	json_put_int(&j, "records", k->facts.records);
	json_put_int(&j, "conflicts", k->facts.conflicts);
	json_put_int(&j, "outside", k->outside);
	workbook_below_json(&j, &k->below);
	json_put_text(&j, "state", k->facts.state);
	store_copy_code(k->facts.digest, code);
	json_put_text(&j, "code", code);
	json_put_bool(&j, "damaged", k->problems.damaged);
	workbook_lines_json(&j, "problems", k->problems.line, k->problems.count);
	workbook_lines_json(&j, "references", k->strays.line, k->strays.count);
	workbook_lines_json(&j, "notes", k->problems.note, k->problems.notes);
	workbook_far_json(s, &j);
	json_end(&j);
	return json_done(&j, e);
}

static void workbook_check_text(struct cli *c, const struct workbook_checked *k)
{
	char code[COPY_CODE];
	store_copy_code(k->facts.digest, code);
	for (size_t i = 0; i < k->problems.count; i++)
		fprintf(c->out, "%s\n", cli_safe(c, k->problems.line[i], false));
	if (k->problems.count)
		fprintf(c->out,
		    "%s found. Keep this file as it is and make a copy; plando recover saves what "
		    "can "
		    "be saved.\n",
		    cli_count(c, (int64_t)k->problems.count, "problem"));
	else
		fputs("The file is sound.\n", c->out);
	for (size_t i = 0; i < k->strays.count; i++)
		fprintf(c->out, "%s\n", cli_safe(c, k->strays.line[i], false));
	for (size_t i = 0; i < k->problems.notes; i++)
		fprintf(c->out, "%s\n", cli_safe(c, k->problems.note[i], false));
	if (k->below.count)
		fprintf(c->out, "%s with work below %s; plando conflicts shows them\n",
		    cli_count(c, (int64_t)k->below.count, "deleted record"),
		    k->below.count == 1 ? "it" : "them");
	if (k->outside)
		fprintf(c->out,
		    "%s written for another team than the record's: kept in the history, not "
		    "shown\n",
		    cli_count(c, k->outside, "change"));
	fprintf(c->out, "%s, %s, %s\nstate %s\ncopy code %s\n",
	    cli_count(c, k->facts.changes, "change"), cli_count(c, k->facts.records, "record"),
	    cli_count(c, k->facts.conflicts, "open conflict"), k->facts.state, code);
}

bool verb_check(struct cli *c, struct err *e)
{
	struct workbook_checked k = { 0 };
	struct store *s = cli_open(c, STORE_READ, e);
	if (!s)
		return false;
	bool good = store_check(s, c->arena, &k.problems, e) &&
		    (k.problems.count || (store_strays(s, c->arena, &k.strays, e) &&
					     store_outside(s, &k.outside, e) &&
					     below_orphans(s, c->arena, &k.below, e))) &&
		    store_facts(s, &k.facts, e);
	if (good && option_given(c, "json")) {
		good = workbook_check_json(c, s, &k, e);
	} else if (good) {
		workbook_check_text(c, &k);
		workbook_far_text(c, s);
	}
	if (k.problems.count + k.strays.count)
		c->found = k.problems.damaged ? ERR_DATA : ERR_FOUND;
	cli_close(c, s);
	return good;
}
