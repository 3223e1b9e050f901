// SPDX-License-Identifier: MIT
// A part of a workbook leaves: share, bundle; and what can be saved of a damaged one: recover.
#include "cli/verbs.h"

#include <plando/recover.h>
#include <plando/share.h>
#include <plando/str.h>

// The teams that --team names, and any more words after the workbook.
static bool share_teams_named(
    struct cli *c, struct store *s, struct id **teams, size_t *n, struct err *e)
{
	const char *first = option_get(c, "team");
	*n = 0;
	*teams = arena_array(c->arena, c->words, sizeof **teams);
	if (!*teams)
		return err_memory(e);
	for (size_t i = 0; i < c->words; i++) {
		struct record r;
		const char *ref = i ? c->word[i] : first;
		if (!ref)
			continue;
		if (!record_find(s, c->arena, "team", ref, &r, e))
			return false;
		(*teams)[(*n)++] = r.id;
	}
	return true;
}

static bool share_out_named(struct cli *c, const char **out, struct err *e)
{
	*out = option_get(c, "output");
	if (*out && !str_equal(*out, "-"))
		return true;
	return err_set(e, ERR_USAGE, "%s: say where to: -o OUT.plando", c->verb->name);
}

static bool share(struct cli *c, struct store *s, const char *out, struct err *e)
{
	struct share_report report;
	struct id *teams;
	size_t n;
	if (!share_teams_named(c, s, &teams, &n, e) || !store_share(s, teams, n, out, &report, e))
		return false;
	cli_say(c, "%s is made: %s and what all share, in %s", out,
	    cli_count(c, (int64_t)n, "team"), cli_count(c, report.changes, "change"));
	return true;
}

bool verb_share(struct cli *c, struct err *e)
{
	const char *out;
	if (!option_given(c, "team"))
		return err_set(e, ERR_USAGE,
		    "share: which teams? write: plando share FILE --team REF… -o OUT");
	if (!share_out_named(c, &out, e))
		return false;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && share(c, s, out, e);
	cli_close(c, s);
	return good;
}

static void share_bundle_said(
    struct cli *c, const struct parcel_wish *w, const struct parcel_report *r, const char *out)
{
	const char *device = w->device ? cli_safe(c, w->device, false) : NULL;
	if (!r->changes && device)
		fprintf(c->out, "Nothing new for %s; no file was made.\n", device);
	else if (!r->changes)
		fputs("Nothing has changed since then; no file was made.\n", c->out);
	else if (device && r->noted)
		fprintf(c->out, "%s: %s for %s; the next one begins here\n",
		    cli_safe(c, out, false), cli_count(c, r->changes, "change"), device);
	else
		fprintf(c->out, "%s: %s\n", cli_safe(c, out, false),
		    cli_count(c, r->changes, "change"));
}

static bool share_bundle(struct cli *c, struct store *s, const char *out, struct err *e)
{
	struct parcel_wish wish = { .device = option_get(c, "for") };
	struct parcel_report report;
	struct id *teams;
	if (!wish.device && !option_moment(c, "since", false, &wish.since, e))
		return false;
	if (!share_teams_named(c, s, &teams, &wish.team_count, e))
		return false;
	wish.teams = teams;
	if (!store_parcel(s, &wish, out, &report, e))
		return false;
	share_bundle_said(c, &wish, &report, out);
	return true;
}

bool verb_bundle(struct cli *c, struct err *e)
{
	const char *out;
	if (option_given(c, "for") == option_given(c, "since"))
		return err_set(e, ERR_USAGE,
		    "bundle: say which: --for DEVICE, or --since T for what came in since then");
	if (!share_out_named(c, &out, e))
		return false;
	struct store *s = cli_open(c, option_given(c, "for") ? STORE_WRITE : STORE_READ, e);
	bool good = s && share_bundle(c, s, out, e);
	cli_close(c, s);
	return good;
}

// --- recover

static void share_recover_losses(struct cli *c, const struct recover_report *r)
{
	for (size_t i = 0; i < r->losses; i++) {
		const struct recover_loss *l = &r->loss[i];
		char at[MOMENT_TEXT];
		fprintf(c->out, "  %s of %s on %s", cli_count(c, l->lost, "change"),
		    cli_safe(c, l->author, false), cli_safe(c, l->device, false));
		moment_print(l->after, at);
		if (l->after)
			fprintf(c->out, "; the last that is saved is of %s", at);
		fputc('\n', c->out);
	}
	if (r->unread)
		fprintf(c->out, "  what stood on %s that the disk did not give\n",
		    cli_count(c, r->unread, "page"));
}

static void share_recover_text(struct cli *c, const struct recover_report *r, const char *to)
{
	fprintf(c->out, "%s is made: %s of %s are saved.\n", cli_safe(c, to, false),
	    cli_count(c, r->changes, "change"), cli_count(c, r->records, "record"));
	if (r->nameless)
		fprintf(c->out, "%s among them: the file no longer says who wrote %s.\n",
		    cli_count(c, r->nameless, "change"), r->nameless == 1 ? "it" : "them");
	if (r->anew)
		fprintf(c->out, "%s could not be proven and %s written anew, as %s stood there.\n",
		    cli_count(c, r->anew, "change"), r->anew == 1 ? "was" : "were",
		    r->anew == 1 ? "it" : "they");
	bool lost = r->losses || r->unread;
	fputs(lost ? "Not saved:\n" : "Nothing that the file tells of is missing.\n", c->out);
	share_recover_losses(c, r);
	if (lost || r->strays)
		fputs("Merge other copies into it: they may have what is missing.\n", c->out);
	if (r->stranger)
		fputs("The file no longer says which collaborative it is: other copies do not "
		      "merge with the new one.\n",
		    c->out);
}

bool verb_recover(struct cli *c, struct err *e)
{
	struct recover_report r;
	if (!store_recover(&c->env, c->arena, c->word[0], c->word[1], &r, e))
		return false;
	share_recover_text(c, &r, c->word[1]);
	return true;
}
