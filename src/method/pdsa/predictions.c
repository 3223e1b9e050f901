// SPDX-License-Identifier: MIT
#include "method/pdsa/predictions.h"

#include <string.h>

struct tally {
	char key[9]; // of the element
	bool prediction, result, met, removed;
};

static void predictions_tally_add(const struct tally *t, struct predictions *p)
{
	bool counts = t->prediction && !t->removed;
	p->written += counts;
	p->results += counts && t->result;
	p->met += counts && t->met;
}

// "predictions.<8 hex>.<subfield>", in the order of names: all cells of an element together.
bool predictions_count(
    struct db *db, const struct id *cycle, struct predictions *out, struct err *e)
{
	struct err own = { 0 };
	struct tally t = { 0 };
	*out = (struct predictions){ 0 };
	struct ask *q = db_ask(db,
	    "SELECT fld, val FROM cell WHERE ent=?1 AND fld>='predictions.' AND fld<'predictions/'"
	    " AND val<>'' ORDER BY fld",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, cycle);
	while (ask_step(q, &own)) {
		const char *field = col_text(q, 0), *value = col_text(q, 1);
		if (!field || !value || strlen(field) < 22)
			continue;
		if (strncmp(t.key, field + 12, 8) != 0) {
			predictions_tally_add(&t, out);
			t = (struct tally){ 0 };
			memcpy(t.key, field + 12, 8);
		}
		bool met = strcmp(field + 21, "met") == 0;
		t.prediction |= strcmp(field + 21, "prediction") == 0;
		t.result |= met || strcmp(field + 21, "result") == 0;
		t.met |= met && strcmp(value, "yes") == 0;
		t.removed |= strcmp(field + 21, "~") == 0;
	}
	predictions_tally_add(&t, out);
	return ask_end(q, &own, e);
}
