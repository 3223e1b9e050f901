// SPDX-License-Identifier: MIT
// The aim in one line, put together from the charter's parts.
#include <plando/aim.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <string.h>

enum {
	AIM_TEXT,
	AIM_TOPIC,
	AIM_POPULATION,
	AIM_WHAT,
	AIM_HOW_MUCH,
	AIM_BY_WHEN,
	AIM_FOR_WHOM,
	AIM_PARTS
};

static bool aim_parts_read(struct store *s, struct arena *a, const struct id *team,
    const char *part[AIM_PARTS], struct err *e)
{
	struct err own = { 0 };
	struct ask *q = query_team(s->db, a,
	    "SELECT aim_text, topic, population, what, how_much, by_when, for_whom FROM charter"
	    " WHERE team=?1",
	    team, e);
	if (!q)
		return false;
	bool row = ask_step(q, &own);
	for (int i = 0; i < AIM_PARTS; i++)
		part[i] = row ? query_text(q, i, a, &own) : "";
	return ask_end(q, &own, e);
}

static const char *aim_line(struct arena *a, const char *const part[AIM_PARTS])
{
	struct str text = STR_IN(a);
	date_t day;
	const char *join = "";
	if (!*part[AIM_WHAT])
		return part[AIM_TEXT];
	// A year later it is another year: so the aim's own is always said.
	if (date_parse_iso(part[AIM_BY_WHEN], &day)) {
		str_printf(&text, "By %s", date_show(a, day, day + 366));
		join = ", ";
	}
	str_printf(&text, "%s%s", join, part[AIM_WHAT]);
	if (*part[AIM_HOW_MUCH])
		str_printf(&text, ", %s", part[AIM_HOW_MUCH]);
	if (*part[AIM_FOR_WHOM])
		str_printf(&text, ", for %s", part[AIM_FOR_WHOM]);
	char *done = str_done(&text);
	if (done && *done >= 'a' && *done <= 'z')
		*done = (char)(*done - 'a' + 'A');
	return done;
}

bool aim_read(
    struct store *s, struct arena *a, const struct id *team, struct aim *out, struct err *e)
{
	const char *part[AIM_PARTS];
	*out = (struct aim){ .line = "", .population = "", .topic = "" };
	if (!aim_parts_read(s, a, team, part, e))
		return false;
	out->line = aim_line(a, part);
	if (!out->line)
		return err_memory(e);
	out->what = *part[AIM_WHAT];
	out->how_much = *part[AIM_HOW_MUCH];
	out->by_when = *part[AIM_BY_WHEN];
	out->for_whom = *part[AIM_FOR_WHOM];
	out->population = part[AIM_POPULATION];
	out->topic = part[AIM_TOPIC];
	return true;
}
