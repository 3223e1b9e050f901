// SPDX-License-Identifier: MIT
#include <plando/entry_name.h>

#include "store/log/store.h"

#include <plando/entry.h>
#include <plando/kind.h>
#include <plando/point_groups.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct id entry_id(const struct id *measure, const char *date, const char *stratum, const char *nth)
{
	char text[ID_TEXT];
	id_print(measure, text);
	return kind_natural_id(kind_find("point"),
	    (const char *[]){ text, date, *stratum ? stratum : NULL, *nth ? nth : NULL });
}

bool entry_nth(const struct env *env, char out[ENTRY_NTH_TEXT])
{
	struct id id = id_random(env);
	char text[ID_TEXT];
	id_print(&id, text);
	snprintf(out, ENTRY_NTH_TEXT, "%.8s", text);
	return !id_zero(&id);
}

static const char *entry_key_of(const char *const key[], const char *field)
{
	for (size_t i = 0; key[i]; i += 2)
		if (strcmp(key[i], field) == 0)
			return key[i + 1];
	return "";
}

static bool entry_stands(struct store *s, const char *const key[], bool *out, struct err *e)
{
	struct arena a = { 0 };
	struct id measure, id;
	struct measure m;
	struct entry there;
	*out = false;
	if (!id_parse(entry_key_of(key, "measure"), &measure))
		return true;
	bool good = measure_head(s, &a, &measure, &m, e);
	if (good && measure_each(&m)) {
		id =
		    entry_id(&measure, entry_key_of(key, "date"), entry_key_of(key, "stratum"), "");
		good = entry_load(s, &a, &id, &there, out, e);
	}
	arena_free(&a);
	return good;
}

// The group as it is written already: North, north, NORTH are one.
static bool entry_group_take(struct store *s, struct arena *a, const char *key[], struct err *e)
{
	struct id measure;
	if (!id_parse(entry_key_of(key, "measure"), &measure))
		return true;
	for (size_t i = 0; key[i]; i += 2)
		if (str_equal(key[i], "stratum") && !str_empty(key[i + 1]) &&
		    !(key[i + 1] = point_group_written(s, a, &measure, key[i + 1], e)))
			return false;
	return true;
}

bool entry_key_typed(
    struct store *s, struct arena *a, const char *key[], char out[ENTRY_NTH_TEXT], struct err *e)
{
	bool more = false;
	size_t n = 0;
	if (!entry_group_take(s, a, key, e))
		return false;
	if (!*entry_key_of(key, "nth") && !entry_stands(s, key, &more, e))
		return false;
	if (!more)
		return true;
	if (!entry_nth(s->env, out))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	while (key[n])
		n += 2;
	key[n] = "nth";
	key[n + 1] = out;
	key[n + 2] = NULL;
	return true;
}
