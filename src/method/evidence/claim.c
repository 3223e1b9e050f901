// SPDX-License-Identifier: MIT
// What the record shows goes with a score that was given in the form, by fill, add or set.
#include "store/log/store.h"

#include <plando/claim.h>
#include <plando/evidence.h>
#include <plando/str.h>

#include <stdio.h>

// As it will stand after the save.
static const char *claim_will_be(const struct save *v, const struct record *r, const char *field)
{
	const char *pending = save_pending(v, &r->id, field);
	return pending ? pending : record_get(r, field);
}

static bool claim_is_judged_anew(const struct save *v, const struct id *id)
{
	static const char *const FIELDS[] = { "score", "date", "team", "instrument" };
	for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
		if (save_pending(v, id, FIELDS[i]))
			return str_equal(save_pending_kind(v, id), "assessment");
	return false;
}

// Nobody knows yet what a day to come will show.
static bool judge_claim(struct save *v, const struct record *r, struct evidence *out, struct err *e)
{
	struct store *s = save_store(v);
	const char *date = claim_will_be(v, r, "date"), *team = claim_will_be(v, r, "team");
	const struct form *form = evidence_instrument(s, claim_will_be(v, r, "instrument"), NULL);
	date_t on, today = store_today(s);
	struct id of;
	struct err why = { 0 };
	if (!form || !date || !team || !date_parse_iso(date, &on) || !id_parse(team, &of) ||
	    evidence_assess(s, save_arena(v), &of, on < today ? on : today, form, out, &why))
		return true;
	out->form = NULL;
	return why.code == ERR_NOINPUT || err_set(e, why.code, "%s", why.text);
}

bool claim_keep(struct save *v, const struct id *id, const char **claim, struct err *e)
{
	struct record r = { .id = *id };
	struct evidence out = { 0 };
	struct arena *a = save_arena(v);
	char version[16];
	*claim = NULL;
	if (!claim_is_judged_anew(v, id))
		return true;
	if (save_stored(v, id) && !record_load(save_store(v), a, id, &r, e))
		return false;
	const char *score = claim_will_be(v, &r, "score");
	if (str_empty(score))
		return true;
	if (!judge_claim(v, &r, &out, e))
		return false;
	if (!out.form)
		return true;
	if (str_empty(claim_will_be(v, &r, "rationale")) &&
	    evidence_claim(&out, score) == CLAIM_BEYOND)
		*claim = evidence_claim_words(a, &out, score);
	const char *computed = evidence_computed(a, &out);
	snprintf(version, sizeof version, "%u", out.form->version);
	return computed ? save_field(v, id, "assessment", "instrument_version", version, e) &&
			      save_field(v, id, "assessment", "computed", computed, e)
			: err_memory(e);
}
