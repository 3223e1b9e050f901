// SPDX-License-Identifier: MIT
// Rule 1. A wall clock counts between the day before this release and twenty years after it; else
//         changes are ordered by counting alone. No change is ever refused for its time.
// Rule 2. Times are kept as they were. A person may say that a run's clock was wrong: then its
//         times are shown, and counted in "as it was", with what was said added.
#include "store/log/scope.h"
#include "store/log/store.h"

#include <plando/clock.h>
#include <plando/record.h>
#include <plando/str.h>

#include <errno.h>
#include <stdlib.h>

enum { DAY = 86400000 };

bool clock_believed(const struct env *env)
{
	int64_t built = 0, now = env->now(env->world);
	moment_parse(PLANDO_BUILD_DAY, &built);
	return now >= built - DAY && now <= built + (int64_t)DAY * 366 * 20;
}

// The newest change that another computer's clock dates. CROSS JOIN: the last change of each
// stream is looked up, the log is never read from end to end (this is asked at every opening).
static bool clock_newest_elsewhere(
    struct store *s, struct arena *a, int64_t *at, const char **device, struct err *e)
{
	struct err own = { 0 };
	*at = INT64_MIN;
	struct ask *q = db_ask(s->db,
	    "SELECT " CLOCK_SHOWN ",s.device FROM stream s CROSS JOIN change c ON c.sid=s.sid AND"
	    " c.seq=s.seq WHERE s.device IS NOT ? ORDER BY 1 DESC LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, s->env->device);
	if (ask_step(q, &own)) {
		*at = col_int(q, 0);
		*device = arena_strdup(a, col_null(q, 1) ? "another computer" : col_text(q, 1));
	}
	return ask_end(q, &own, e);
}

const char *clock_trouble(struct store *s, struct arena *a)
{
	struct err ignored = { 0 };
	int64_t at, now = store_now(s);
	const char *device = NULL;
	char today[DATE_TEXT], then[DATE_TEXT];
	date_print_iso(env_date(s->env, now), today);
	if (s->env->wild_clock)
		return NULL;
	if (!clock_believed(s->env))
		return arena_printf(a,
		    "This computer's clock looks wrong: it says %s. Nothing is lost by it, but "
		    "dates "
		    "that are written today will be wrong; set the clock.",
		    today);
	if (!clock_newest_elsewhere(s, a, &at, &device, &ignored) || at == INT64_MIN ||
	    now >= at - DAY)
		return NULL;
	date_print_iso(env_date(s->env, at), then);
	return arena_printf(a,
	    "Either this computer's clock (%s) or the one on “%s” (%s) is wrong. Nothing is lost "
	    "by it.",
	    today, device ? device : "", then);
}

// --- runs

static bool clock_run_read(struct ask *q, struct arena *a, struct clock_run *out)
{
	*out = (struct clock_run){ .author = arena_strdup(a, col_null(q, 1) ? "" : col_text(q, 1)),
		.device = arena_strdup(a, col_null(q, 2) ? "" : col_text(q, 2)),
		.first = col_int(q, 3),
		.last = col_int(q, 4),
		.shift = col_int(q, 5),
		.changes = col_int(q, 7) };
	return col_id(q, 0, &out->stream) && col_id(q, 6, &out->scope) && out->author &&
	       out->device;
}

bool clock_list(
    struct store *s, struct arena *a, const char *device, struct clock_runs *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct clock_runs){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT s.id,s.author,s.device,f.at,c.at," CLOCK_SHIFT ",s.scope,"
	    "(SELECT count(*) FROM change WHERE sid=s.sid) FROM stream s"
	    " CROSS JOIN change c ON c.sid=s.sid AND c.seq=s.seq"
	    " CROSS JOIN change f ON f.sid=s.sid AND f.seq=(SELECT min(seq) FROM change WHERE "
	    "sid=s.sid)"
	    " WHERE ?1 IS NULL OR s.device=?1 ORDER BY c.hlc DESC,s.id",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, device);
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item) ||
		    !clock_run_read(q, a, &out->item[out->count++]))
			err_memory(&own);
	return ask_end(q, &own, e);
}

const char *clock_about(struct store *s, struct arena *a, const struct clock_run *r)
{
	char id[ID_TEXT];
	if (id_equal(&r->scope, &ID_COLLABORATIVE))
		return "what all share";
	if (scope_is_private(&r->scope))
		return "private notes";
	id_print(&r->scope, id);
	return record_ref_title(s, a, id);
}

bool clock_shift(struct store *s, const struct id *stream, int64_t shift, struct err *e)
{
	struct arena a = { 0 };
	const char *text = shift ? arena_printf(&a, "%lld", (long long)shift) : "";
	struct save *v = text ? save_begin(s, &a, e) : NULL;
	bool ok = v ? save_cell(v, stream, "stream", "shift", text, e) && save_commit(v, NULL, e)
		    : text || err_memory(e);
	arena_free(&a);
	return ok && v;
}

bool clock_shift_parse(const char *text, int64_t *ms, struct err *e)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 'y', 365 * (int64_t)DAY }, { 'd', DAY }, { 'h', 3600000 }, { 'm', 60000 },
		{ 's', 1000 } };
	const char *p = text + (*text == '-' || *text == '+');
	int64_t sum = 0;
	bool good = *p != '\0';
	while (good && *p) {
		char *end;
		errno = 0;
		long long n = strtoll(p, &end, 10);
		size_t i = 0;
		while (i < sizeof units / sizeof *units && units[i].unit != *end)
			i++;
		good = *p >= '0' && *p <= '9' && !errno && n < 10000000 &&
		       i < sizeof units / sizeof *units;
		sum += good ? n * units[i].ms : 0;
		p = good ? end + 1 : p;
	}
	if (!good && !str_equal(text, "0"))
		return err_set(
		    e, ERR_USAGE, "%s: write what is to be added, such as -365d, 2h30m or 0", text);
	*ms = *text == '-' ? -sum : sum;
	return true;
}

char *clock_shift_text(struct arena *a, int64_t ms)
{
	struct str s = STR_IN(a);
	int64_t minutes = (ms < 0 ? -ms : ms) / 60000;
	str_add(&s, ms < 0 ? "-" : "+");
	if (minutes / 1440)
		str_printf(&s, "%lldd", (long long)(minutes / 1440));
	if (minutes / 60 % 24)
		str_printf(&s, "%lldh", (long long)(minutes / 60 % 24));
	if (minutes % 60 || minutes == 0)
		str_printf(&s, "%lldm", (long long)(minutes % 60));
	return str_done(&s);
}

bool clock_lay(struct db *db, struct err *e)
{
	return db_exec(db,
	    "UPDATE change SET at=at+(SELECT CAST(x.val AS INTEGER) FROM cell x JOIN stream s"
	    " ON s.id=x.ent WHERE x.fld='shift' AND s.sid=change.sid) WHERE sid IN"
	    " (SELECT s.sid FROM stream s JOIN cell x ON x.ent=s.id AND x.fld='shift');"
	    "DELETE FROM change WHERE kind='stream' AND fld='shift';",
	    e);
}
