// SPDX-License-Identifier: MIT
// Any bytes as a bundle: refused with words and nothing changed, or taken whole; then what goes out
// comes in again as the same state, and once more as nothing new.
#include "fuzz.h"
#include "store/log/store.h"
#include "world.h"

#include <plando/bundle.h>
#include <plando/str.h>

#include <string.h>

static bool take(struct store *s, struct arena *a, const char *text, size_t n, bool dry,
    struct bundle_report *report)
{
	struct err e = { 0 };
	bool good = bundle_import(s, text, n, "seed.yaml", dry, report, a, &e);
	HOLDS(good || *e.text);
	HOLDS(good == (e.code == ERR_NONE));
	return good;
}

static void comes_in_again(struct arena *a, const char *text, size_t n)
{
	struct str out = STR_IN(a);
	struct err e = { 0 };
	struct store_facts was, is;
	struct bundle_report report;
	struct store *s = world_store(), *other = world_store();
	HOLDS(take(s, a, text, n, false, &report));
	HOLDS(bundle_export(s, a, &out, &e));
	HOLDS(take(other, a, str_done(&out), out.length, false, &report));
	HOLDS(store_facts(s, &was, &e) && store_facts(other, &is, &e));
	HOLDS(str_equal(was.state, is.state));
	HOLDS(take(other, a, str_done(&out), out.length, false, &report));
	HOLDS(report.written == 0);
	store_close(s);
	store_close(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct store
	    *still; // most bytes are no bundle: one workbook sees them all, unchanged
	struct arena a = { 0 };
	struct err e = { 0 };
	struct store_facts facts;
	struct bundle_report report;
	if (!still)
		still = world_store();
	world_begin();
	if (take(still, &a, (const char *)bytes, n, true, &report))
		comes_in_again(&a, (const char *)bytes, n);
	HOLDS(store_facts(still, &facts, &e) && facts.records == 1);
	arena_free(&a);
	return 0;
}
