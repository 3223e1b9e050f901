// SPDX-License-Identifier: MIT
// Copies come together: merge, conflicts, resolve.
#include "cli/verbs.h"

#include <plando/below.h>
#include <plando/board.h>
#include <plando/conflict.h>
#include <plando/doubles.h>
#include <plando/merge.h>
#include <plando/sheet.h>
#include <plando/str.h>
#include <plando/text.h>
#include <plando/words.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// --- merge

struct merging {
	struct below_all below;
	struct merge_sources sources;
	struct merge_report *report; // one a source
	struct store_facts facts;
	size_t alike; // pairs that may be one thing made twice, where something came
	bool dry;
};

void cli_left_out(struct cli *c, const struct merge_left_out *left, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cli_complain(c, cli_or_empty(c, arena_printf(c->arena, "%s: left out: %s",
						    left[i].path, left[i].why)));
	if (n && !option_given(c, "skip"))
		c->found = ERR_DATA;
}

void cli_left_out_json(struct json *j, const struct merge_left_out *left, size_t n)
{
	json_put_array(j, "left_out");
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_text(j, "path", left[i].path);
		json_put_text(j, "why", left[i].why);
		json_end(j);
	}
	json_end(j);
}

void cli_merged_json(struct json *j, const char *path, const struct merge_report *r)
{
	json_object(j);
	json_put_text(j, "path", path);
	json_put_int(j, "changes", r->changes);
	json_put_int(j, "records", r->records);
	json_put_int(j, "conflicts", r->conflicts);
	json_put_int(j, "outside", r->outside);
	json_end(j);
}

static bool merge_reports_json(struct cli *c, const struct merging *m, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "files");
	for (size_t i = 0; i < m->sources.count; i++)
		cli_merged_json(&j, m->report[i].path, &m->report[i]);
	json_end(&j);
	cli_left_out_json(&j, m->sources.left, m->sources.lefts);
	cli_erasures_json(&j, m->report, m->sources.count);
	json_put_int(&j, "conflicts", m->facts.conflicts);
	json_put_int(&j, "below_deleted", (int64_t)m->below.count);
	json_put_text(&j, "state", m->facts.state);
	json_end(&j);
	return json_done(&j, e);
}

// "  Child health hubs: 12 changes in 3 records by Ana Silva": only where there is more than one
// team or person, the line above says the rest.
static void merge_parts_text(struct cli *c, struct store *s, const struct merge_report *r)
{
	char id[ID_TEXT];
	for (size_t i = 0; i < r->parts && r->parts > 1; i++) {
		const struct merge_part *p = &r->part[i];
		id_print(&p->team, id);
		const char *team =
		    id_zero(&p->team) ? "what all share" : record_ref_title(s, c->arena, id);
		fprintf(c->out, "  %s: %s in %s by %s\n", cli_safe(c, team, false),
		    cli_count(c, p->changes, "change"), cli_count(c, p->records, "record"),
		    cli_safe(c, p->author, false));
	}
}

void cli_merged(struct cli *c, const struct merge_report *r)
{
	if (r->changes == 0) {
		fputs("nothing new\n", c->out);
		return;
	}
	fprintf(c->out, "%s in %s", cli_count(c, r->changes, "change"),
	    cli_count(c, r->records, "record"));
	if (r->conflicts)
		fprintf(c->out, ", %s", cli_count(c, r->conflicts, "new conflict"));
	fputc('\n', c->out);
	if (r->outside)
		fprintf(c->out,
		    "  %s written for another team than the record's: kept in the "
		    "history, not shown\n",
		    cli_count(c, r->outside, "change"));
}

static void merge_report_text(struct cli *c, struct store *s, const struct merge_report *r)
{
	if (r->left)
		cli_complain(c,
		    cli_or_empty(c, arena_printf(c->arena, "%s: %s could not be taken: %s", r->path,
					cli_count(c, r->left, "change"), r->why ? r->why : "")));
	fprintf(c->out, "%s: ", cli_safe(c, r->path, false));
	cli_merged(c, r);
	if (r->changes)
		merge_parts_text(c, s, r);
}

static void merge_reports_text(struct cli *c, struct store *s, const struct merging *m)
{
	cli_erasures(c, m->report, m->sources.count, !m->dry);
	for (size_t i = 0; i < m->sources.count; i++)
		merge_report_text(c, s, &m->report[i]);
	if (m->sources.count && m->report[0].backup)
		cli_say(c, "%s is the workbook as it was before", m->report[0].backup);
	if (m->facts.conflicts)
		fprintf(c->out, "%s; plando conflicts %s shows what\n",
		    cli_count(c, m->facts.conflicts, "open conflict"),
		    cli_safe(c, c->word[0], false));
	if (m->below.count)
		fprintf(c->out, "%s with work below %s; plando conflicts %s shows what\n",
		    cli_count(c, (int64_t)m->below.count, "deleted record"),
		    m->below.count == 1 ? "it" : "them", cli_safe(c, c->word[0], false));
	if (m->alike)
		fprintf(c->out, "%s may have been made twice; plando join %s shows what\n",
		    cli_count(c, (int64_t)m->alike, "thing"), cli_safe(c, c->word[0], false));
}

static void merge_bar(void *context, size_t file, size_t files, size_t done, size_t of)
{
	struct cli *c = context;
	size_t share = of ? done * 100 / of : 0, all = file * 100 + share;
	if (all != c->shown || !done)
		cli_progress(c, all / files, 100, c->word[1 + (c->words > file + 1 ? file : 0)]);
	c->shown = all;
}

static bool merge_all(struct cli *c, struct store *s, struct merging *m, struct err *e)
{
	struct merge_watch watch = { merge_bar, c };
	if (!merge_sources(s, c->arena, c->word + 1, c->words - 1, &m->sources, e))
		return false;
	m->report = arena_array(c->arena, m->sources.count + 1, sizeof *m->report);
	if (!m->report)
		return err_memory(e);
	bool good = true;
	if (option_given(c, "as-new-records"))
		for (size_t i = 0; good && i < m->sources.count; i++)
			good =
			    merge_as_new(s, c->arena, m->sources.path[i], m->dry, &m->report[i], e);
	else
		good = merge_gathered(s, c->arena, &m->sources, m->dry, &watch, m->report, e);
	cli_progress(c, 0, 0, NULL);
	if (good)
		cli_left_out(c, m->sources.left, m->sources.lefts);
	bool came = false;
	for (size_t i = 0; good && i < m->sources.count; i++)
		came = came || m->report[i].changes;
	if (came && !m->dry && !doubles_alike(s, c->arena, &m->alike, e))
		return false;
	// The hash of the state reads every record: only for those who ask for it.
	return good && below_orphans(s, c->arena, &m->below, e) &&
	       (option_given(c, "json") ? store_facts(s, &m->facts, e)
					: board_conflicts(s, &m->facts.conflicts, e));
}

bool verb_merge(struct cli *c, struct err *e)
{
	struct merging m = { .dry = option_given(c, "dry-run") };
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && merge_all(c, s, &m, e);
	if (good && option_given(c, "json"))
		good = merge_reports_json(c, &m, e);
	else if (good)
		merge_reports_text(c, s, &m);
	cli_close(c, s);
	return good;
}

// --- conflicts

static bool merge_conflict_json(
    struct cli *c, struct store *s, const struct conflict *k, struct json *j, struct err *e)
{
	char id[ID_TEXT], at[MOMENT_TEXT];
	struct blend blend;
	const char *together;
	if (!words_together(s, c->arena, k, &blend, &together, e))
		return false;
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
	json_put_text(j, "together", together);
	json_end(j);
	return true;
}

static bool merge_conflicts_json(
    struct cli *c, struct store *s, const struct conflicts *all, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < all->count; i++)
		if (!merge_conflict_json(c, s, &all->item[i], &j, e))
			return false;
	json_end(&j);
	return json_done(&j, e);
}

static void merge_conflict_text(struct cli *c, struct store *s, const struct conflict *k)
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

// What stands below something deleted: no conflict of values, and yet a person must say.
static void merge_below_text(struct cli *c, struct store *s, const struct below_all *below)
{
	const char *file = cli_safe(c, c->word[0], false);
	for (size_t i = 0; i < below->count; i++) {
		char id[ID_TEXT];
		const char *says = below_says(s, c->arena, &below->item[i]);
		id_print(&below->item[i].id, id);
		fprintf(c->out, "%s\n", cli_safe(c, says ? says : "", false));
		fprintf(c->out, "  keep it: plando undo %s %016" PRIx64 " --save\n", file,
		    below->item[i].cid);
		fprintf(c->out, "  delete what is below it too: plando delete %s %s\n", file, id);
	}
}

static void merge_conflicts_text(
    struct cli *c, struct store *s, const struct conflicts *all, const struct below_all *below)
{
	for (size_t i = 0; i < all->count; i++)
		merge_conflict_text(c, s, &all->item[i]);
	merge_below_text(c, s, below);
	if (all->count == 0)
		fputs("No conflicts are open.\n", c->out);
	else
		fprintf(c->out, "Settle one: plando resolve %s ID FIELD --take N\n",
		    cli_safe(c, c->word[0], false));
}

bool verb_conflicts(struct cli *c, struct err *e)
{
	struct conflicts all;
	struct below_all below;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good =
	    s && conflict_list(s, c->arena, &all, e) && below_orphans(s, c->arena, &below, e);
	if (good && option_given(c, "json"))
		good = merge_conflicts_json(c, s, &all, e);
	else if (good)
		merge_conflicts_text(c, s, &all, &below);
	cli_close(c, s);
	return good;
}

// --- resolve

static bool merge_take_number(const char *typed, unsigned *n, struct err *e)
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
static bool merge_side_of(
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

static bool merge_resolve(struct cli *c, struct store *s, struct err *e)
{
	struct record r;
	unsigned n = 0;
	const char *take = option_get(c, "take"), *value = option_get(c, "value");
	const char *field = c->word[2];
	if (take && !merge_take_number(take, &n, e))
		return false;
	if (!cli_find(c, s, NULL, c->word[1], &r, e) || !merge_side_of(c, s, &r, field, e))
		return false;
	if (value) {
		struct conflict k;
		if (!cli_value(c, value, &value, e) ||
		    !conflict_find(s, c->arena, &r.id, field, &k, e) ||
		    !conflict_read(s, c->arena, &k, value, &value, e))
			return false;
	}
	return conflict_resolve(s, c->arena, &r.id, field, n, value, e);
}

bool verb_resolve(struct cli *c, struct err *e)
{
	if (option_given(c, "take") == option_given(c, "value"))
		return err_set(
		    e, ERR_USAGE, "resolve: say which: --take N, or --value V for another value");
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && merge_resolve(c, s, e);
	cli_close(c, s);
	return good;
}
