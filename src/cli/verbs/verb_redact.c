// SPDX-License-Identifier: MIT
// Erasure: redact.
#include "cli/verbs.h"

#include <plando/redact.h>
#include <plando/sheet.h>
#include <plando/str.h>

static void redact_mentions_text(struct cli *c, struct store *s, const struct redact_report *r)
{
	if (!r->mentions)
		return;
	fputs("The name still stands within longer texts; read them, and blank those that must "
	      "go:\n",
	    c->out);
	for (size_t i = 0; i < r->mentions; i++) {
		const struct redact_mention *m = &r->mention[i];
		char id[ID_TEXT];
		id_print(&m->id, id);
		fprintf(c->out, "  plando redact %s %.8s %s    (%s%s)\n",
		    cli_safe(c, c->word[0], false), id, cli_safe(c, m->field, false),
		    cli_call(c, s, &m->id), m->earlier ? ", an earlier version" : "");
	}
}

static void redact_others_text(struct cli *c, const struct redact_report *r)
{
	if (!r->others.count)
		return;
	fputs("Copies that never meet this one still hold it. Seen so far:", c->out);
	for (size_t i = 0; i < r->others.count; i++)
		fprintf(c->out, "%s %s", i ? "," : "", cli_safe(c, r->others.name[i], false));
	fputc('\n', c->out);
}

// A team's field may lie in its charter; a team's text is both.
static bool redact_one(struct cli *c, struct store *s, const struct id *id, const char *field,
    bool optional, bool dry, struct redact_report *out, struct err *e)
{
	struct err own = { 0 };
	if (store_redact(s, c->arena, id, field, option_get(c, "reason"), dry, out, &own))
		return true;
	return (optional && own.code == ERR_NOINPUT) || err_set(e, own.code, "%s", own.text);
}

static bool redact(struct cli *c, struct store *s, struct redact_report *out, struct err *e)
{
	struct record r;
	struct records charter = { 0 };
	struct redact_report more = { 0 };
	const char *field = c->words > 2 ? c->word[2] : NULL;
	bool dry = option_given(c, "dry-run");
	if (!cli_find(c, s, NULL, c->word[1], &r, e))
		return false;
	bool team = str_equal(r.kind, "team");
	if (team && !record_list_by(s, c->arena, "charter", "team", &r.id, &charter, e))
		return false;
	if (field && charter.count && sheet_charter_field(s, r.kind, field))
		return redact_one(c, s, &charter.item[0].id, field, false, dry, out, e);
	const struct id *second = !field && charter.count ? &charter.item[0].id : NULL;
	// Both or none: the second one is tried before the first is blanked.
	if ((second && !redact_one(c, s, second, NULL, true, true, &more, e)) ||
	    !redact_one(c, s, &r.id, field, second && more.values, dry, out, e) ||
	    (second && !redact_one(c, s, second, NULL, true, dry, &more, e)))
		return false;
	out->values += more.values;
	out->records += more.records;
	return true;
}

bool verb_redact(struct cli *c, struct err *e)
{
	struct redact_report r = { 0 };
	struct store *s = cli_open(c, STORE_WRITE, e);
	bool good = s && redact(c, s, &r, e);
	if (good) {
		const char *values = cli_count(c, r.values, "text");
		fprintf(c->out, "%s in %s %s blanked, earlier versions included.\n", values,
		    cli_count(c, r.records, "record"),
		    option_given(c, "dry-run") ? "would be"
		    : r.values == 1	       ? "is"
					       : "are");
		redact_mentions_text(c, s, &r);
		redact_others_text(c, &r);
	}
	cli_close(c, s);
	return good;
}
