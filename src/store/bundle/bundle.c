// SPDX-License-Identifier: MIT
// Bundles into a workbook, all or nothing.
//  1. The whole tree is walked first: every record gets its place and its id, every key is noted
//     (bundle_take.c).
//  2. Then every value is checked and turned into cells; a mistake is noted and the walk goes on
//     (bundle_put.c).
//  3. Then natural keys make their ids and what must be there is asked for.
//  4. Only where nothing was wrong is one save made of it.
#include "store/bundle/bundle.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// --- pass 3: what the whole must be

static const struct {
	const char *kind, *field;
} MUST_HAVE[] = { { "system", "name" }, { "workstream", "name" }, { "component", "text" },
	{ "person", "name" }, { "team", "name" }, { "membership", "person" }, { "driver", "text" },
	{ "idea", "text" }, { "link", "to" }, { "ramp", "idea" }, { "measure", "name" },
	{ "point", "date" }, { "mark", "date" }, { "assessment", "date" },
	{ "not_applicable", "component" }, { "meeting", "date" }, { "coaching", "date" },
	{ "action", "what" }, { "event", "title" }, { "involvement", "date" },
	{ "highlight", "period" }, { "note", "form" }, { "form", "name" }, { "form", "yaml" } };

// What is there and cannot be read was told already, and so was a link in which anything is wrong.
static bool bundle_lacks(const struct item *x, const char *field)
{
	const struct yaml *y = yaml_get(x->node, field);
	bool told = x->broken && (!x->node || str_equal(x->kind, "link"));
	return !told && (!y || value_empty(y)) && str_empty(item_value(x, field));
}

static void bundle_check_must(struct bundle *b, struct item *x)
{
	for (size_t i = 0; i < sizeof MUST_HAVE / sizeof *MUST_HAVE; i++) {
		if (x->given || !str_equal(MUST_HAVE[i].kind, x->kind) ||
		    !bundle_lacks(x, MUST_HAVE[i].field))
			continue;
		bundle_fault(b, x->stood, "this %s needs the key \"%s\"", kind_find(x->kind)->label,
		    MUST_HAVE[i].field);
		x->broken = true;
	}
}

static struct spellings *bundle_groups_of(struct bundle *b, const char *measure)
{
	struct bundle_groups *g = b->groups;
	struct id id;
	while (g && strcmp(g->measure, measure) != 0)
		g = g->next;
	if (g)
		return &g->known;
	g = arena_alloc(b->arena, sizeof *g);
	if (!g || !id_parse(measure, &id))
		return bundle_fail(b), NULL;
	*g = (struct bundle_groups){ .measure = measure, .next = b->groups };
	b->groups = g;
	b->failed = b->failed || !point_groups_load(b->store, b->arena, &id, &g->known, b->e);
	return b->failed ? NULL : &g->known;
}

// North, north, NORTH are one group of a measure; a point whose id is given stays what it is.
static void bundle_group_join(struct bundle *b, struct item *x)
{
	const char *measure = item_value(x, "measure"), *group = item_value(x, "stratum");
	if (!str_equal(x->kind, "point") || str_empty(measure) || str_empty(group))
		return;
	struct spellings *known = bundle_groups_of(b, measure);
	const char *written = known ? point_group_known(known, b->arena, group) : group;
	if (!written)
		bundle_fail(b);
	else if (!str_equal(written, group))
		item_put(b, x, "stratum", written);
}

static void bundle_make_natural(struct bundle *b, struct item *x)
{
	const struct kind *k = kind_find(x->kind);
	const char *value[8] = { 0 };
	if (x->given || !k || !k->natural[0])
		return;
	bundle_group_join(b, x);
	for (size_t i = 0; k->natural[i]; i++)
		value[i] = item_value(x, k->natural[i]);
	x->id = kind_natural_id(k, value);
	if (!x->broken)
		item_file(b, x);
}

// A cycle's idea is its ramp's; a new cycle need not say it twice.
static void bundle_idea_of_ramp(struct bundle *b, struct item *x)
{
	struct id ramp;
	if (!str_equal(x->kind, "pdsa") || x->given || item_value(x, "idea") ||
	    !id_parse(item_value(x, "ramp"), &ramp))
		return;
	const struct item *r = item_by_id(b, &ramp);
	if (r && item_value(r, "idea"))
		item_put(b, x, "idea", item_value(r, "idea"));
}

static void bundle_check_whole(struct bundle *b, const struct yaml *root)
{
	const struct yaml *version = yaml_get(root, "plando");
	if (!version)
		bundle_fault(b, root, "this is no bundle: it does not begin with plando: 1");
	else if (!str_equal(version->text, "1"))
		bundle_fault(b, version,
		    "this bundle is of format \"%.20s\"; plando reads format 1", version->text);
	for (size_t i = 0; i < b->items && !bundle_stopped(b); i++) {
		bundle_check_must(b, b->item[i]);
		bundle_idea_of_ramp(b, b->item[i]);
		bundle_make_natural(b, b->item[i]);
	}
}

// --- the end

static int bundle_by_place(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static bool bundle_tell_faults(struct bundle *b)
{
	qsort(b->fault, b->faults, sizeof *b->fault, bundle_by_place);
	b->report->line = arena_array(b->arena, b->faults, sizeof(const char *));
	if (!b->report->line)
		return bundle_fail(b);
	for (size_t i = 0; i < b->faults; i++) {
		struct err e = { 0 };
		err_set(&e, ERR_DATA, "%s", b->fault[i].says);
		unsigned line = b->fault[i].line;
		const char *name = bundle_file_of(b, &line);
		err_place(&e, name, line, b->fault[i].column);
		b->report->line[i] = arena_strdup(b->arena, e.text);
		if (!b->report->line[i])
			return bundle_fail(b);
	}
	b->report->count = b->faults;
	if (b->faults == 1)
		return err_set(b->e, ERR_DATA, "%s (nothing was imported)", b->report->line[0]);
	return err_set(b->e, ERR_DATA, "%s (and %zu%s more; nothing was imported)",
	    b->report->line[0], b->faults - 1, b->faults == FAULTS_MOST ? " or" : "");
}

static bool bundle_tally(struct bundle *b)
{
	size_t kinds = 0;
	while (KINDS[kinds].name)
		kinds++;
	struct bundle_tally *t = arena_array(b->arena, kinds, sizeof *t);
	if (!t)
		return bundle_fail(b);
	for (size_t k = 0; k < kinds; k++) {
		t[b->report->tally_count].kind = KINDS[k].name;
		for (size_t i = 0; i < b->items; i++)
			t[b->report->tally_count].records +=
			    str_equal(b->item[i]->kind, KINDS[k].name);
		b->report->tally_count += t[b->report->tally_count].records > 0;
	}
	b->report->tally = t;
	b->report->records = b->items;
	return true;
}

static bool bundle_save_all(struct bundle *b)
{
	struct save *v = save_begin(b->store, b->arena, b->e);
	if (!v)
		return false;
	for (size_t i = 0; i < b->items; i++)
		for (const struct put *p = b->item[i]->first; p; p = p->next)
			if (!save_cell(
				v, &b->item[i]->id, b->item[i]->kind, p->cell, p->value, b->e))
				return false;
	return save_commit(v, &b->report->written, b->e);
}

static bool bundle_walk_all(struct bundle *b, const struct yaml *root)
{
	if (root->kind != YAML_MAP) {
		bundle_fault(b, root, "this is no bundle: it does not begin with plando: 1");
		return bundle_tell_faults(b);
	}
	forms_take(b, root);
	bundle_take(b, root);
	for (size_t i = 0; i < b->items && !bundle_stopped(b); i++) // grows while it runs
		bundle_put(b, b->item[i]);
	if (!bundle_stopped(b))
		bundle_check_whole(b, root);
	if (b->failed)
		return false;
	return b->faults ? bundle_tell_faults(b) : bundle_tally(b);
}

// text NULL: the folder that is called so.
static bool bundle_import_any(struct store *s, const char *text, size_t n, const char *name,
    bool dry_run, struct bundle_report *out, struct arena *a, struct err *e)
{
	struct bundle b = { .store = s,
		.arena = a,
		.name = name,
		.e = e,
		.report = out,
		.by_key = INDEX_IN(a),
		.by_id = INDEX_IN(a),
		.by_name = INDEX_IN(a) };
	*out = (struct bundle_report){ 0 };
	const struct yaml *root =
	    text ? yaml_read(a, text, n, name, &YAML_BUNDLE, e) : bundle_folder_read(&b, name);
	if (!root || !bundle_walk_all(&b, root))
		return false;
	return dry_run || bundle_save_all(&b);
}

bool bundle_import(struct store *s, const char *text, size_t n, const char *name, bool dry_run,
    struct bundle_report *out, struct arena *a, struct err *e)
{
	return bundle_import_any(s, text, n, name, dry_run, out, a, e);
}

bool bundle_import_folder(struct store *s, const char *folder, bool dry_run,
    struct bundle_report *out, struct arena *a, struct err *e)
{
	return bundle_import_any(s, NULL, 0, folder, dry_run, out, a, e);
}
