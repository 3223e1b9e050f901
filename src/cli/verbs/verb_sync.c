// SPDX-License-Identifier: MIT
// Copies kept together through a folder: sync.
#include "cli/verbs.h"

#include <plando/far.h>
#include <plando/str.h>
#include <plando/sync.h>

static void sync_tell(void *context, size_t done, size_t total, const char *name)
{
	cli_progress(context, done, total, name ? name : "writing this computer's copy");
}

// This computer's own file, as it should be.
static bool sync_nothing_to_say(const struct sync_file *f, const struct sync_report *r)
{
	return !f->skipped && !f->report.changes && str_equal(f->name, r->published);
}

// What each file brought, as merge tells it.
static const struct merge_report *sync_merges(struct cli *c, const struct sync_report *r)
{
	struct merge_report *all = arena_array(c->arena, r->count + 1, sizeof *all);
	for (size_t i = 0; all && i < r->count; i++)
		all[i] = r->file[i].report;
	c->starved = c->starved || !all;
	return all;
}

static void sync_text(struct cli *c, const struct sync_report *r, const struct store_facts *facts)
{
	const struct merge_report *merges = sync_merges(c, r);
	cli_erasures(c, merges, merges ? r->count : 0, true);
	for (size_t i = 0; i < r->count; i++) {
		const struct sync_file *f = &r->file[i];
		if (sync_nothing_to_say(f, r))
			continue;
		fprintf(f->skipped ? c->err : c->out, "%s: ", cli_safe(c, f->name, false));
		if (f->skipped)
			fprintf(c->err, "%s\n", cli_safe(c, f->skipped, false));
		else
			cli_merged(c, &f->report);
	}
	fprintf(c->out, "This computer's copy there is %s: %s\n", cli_safe(c, r->published, false),
	    r->wrote ? "written now" : "as it was, nothing to add");
	if (facts->conflicts)
		fprintf(c->out, "%s; plando conflicts %s shows what\n",
		    cli_count(c, facts->conflicts, "open conflict"),
		    cli_safe(c, c->word[0], false));
}

static bool sync_json(
    struct cli *c, const struct sync_report *r, const struct store_facts *facts, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "files");
	for (size_t i = 0; i < r->count; i++) {
		const struct sync_file *f = &r->file[i];
		if (f->skipped || sync_nothing_to_say(f, r))
			continue;
		cli_merged_json(&j, f->name, &f->report);
	}
	json_end(&j);
	cli_left_out_json(&j, r->left, r->lefts);
	const struct merge_report *merges = sync_merges(c, r);
	cli_erasures_json(&j, merges, merges ? r->count : 0);
	json_put_text(&j, "published", r->published);
	json_put_bool(&j, "written", r->wrote);
	json_put_int(&j, "conflicts", facts->conflicts);
	json_put_text(&j, "state", facts->state);
	json_end(&j);
	return json_done(&j, e);
}

// All that came in from there, what opening brought included.
static struct merge_report sync_far_sum(const struct far_facts *far)
{
	struct merge_report sum = { .path = far->path };
	for (size_t i = 0; i < far->merges; i++) {
		sum.changes += far->merge[i].changes;
		sum.records += far->merge[i].records;
		sum.conflicts += far->merge[i].conflicts;
		sum.outside += far->merge[i].outside;
	}
	return sum;
}

static bool sync_far_json(
    struct cli *c, struct store *s, const struct far_facts *far, int64_t went, struct err *e)
{
	struct json j;
	struct store_facts facts;
	struct merge_report sum = sync_far_sum(far);
	if (!store_facts(s, &facts, e))
		return false;
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "files");
	cli_merged_json(&j, far->path, &sum);
	json_end(&j);
	cli_erasures_json(&j, far->merge, far->merges);
	json_put_int(&j, "went", went);
	json_put_int(&j, "conflicts", facts.conflicts);
	json_put_text(&j, "state", facts.state);
	json_end(&j);
	return json_done(&j, e);
}

// told: of the merges, those of which opening has said what they erased.
static void sync_far_text(struct cli *c, const struct far_facts *far, size_t told, int64_t went)
{
	if (far->merges > told)
		cli_erasures(c, &far->merge[told], far->merges - told, true);
	fprintf(c->out, "%s came in, %s went there\n",
	    cli_count(c, sync_far_sum(far).changes, "change"), cli_count(c, went, "change"));
}

// Without a folder: a workbook on another disk, and the copy of it here.
static bool sync_far(struct cli *c, struct err *e)
{
	struct far_facts far = { 0 };
	struct far_brought got = { 0 };
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s != NULL;
	if (good && !far_facts(s, &far))
		good = err_set(e, ERR_USAGE,
		    "sync: with which folder? write: plando sync FILE FOLDER (without one, for a "
		    "workbook on a network drive)");
	size_t told = c->quiet ? 0 : far.merges;
	good = good && far_bring(s, &got, e) && far_facts(s, &far);
	if (good && option_given(c, "json"))
		good = sync_far_json(c, s, &far, got.went, e);
	else if (good)
		sync_far_text(c, &far, told, got.went);
	store_close(s);
	return good;
}

bool verb_sync(struct cli *c, struct err *e)
{
	struct sync_report r;
	struct store_facts facts = { 0 };
	const struct sync_progress progress = { sync_tell, c };
	if (c->words < 2)
		return sync_far(c, e);
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && sync_folder(s, c->arena, c->word[1], &progress, &r, e);
	cli_progress(c, 0, 0, NULL);
	good = good && store_facts(s, &facts, e);
	cli_close(c, s);
	if (!good)
		return false;
	if (r.lefts && !option_given(c, "skip"))
		c->found = ERR_DATA;
	if (option_given(c, "json"))
		return sync_json(c, &r, &facts, e);
	sync_text(c, &r, &facts);
	return true;
}
