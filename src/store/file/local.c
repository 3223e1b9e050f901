// SPDX-License-Identifier: MIT
#include "store/file/local.h"

#include <plando/file.h>
#include <plando/remembered.h>
#include <plando/str.h>

const char *local_path(struct store *s, struct arena *a, const char *name, bool make)
{
	char collab[ID_TEXT];
	struct err ignored = { 0 };
	if (str_empty(s->env->state_home))
		return NULL;
	id_print(&s->collab, collab);
	const char *path = arena_printf(a, "%s/%s/%s", s->env->state_home, collab, name);
	return path && (!make || file_folders(path, &ignored)) ? path : NULL;
}

const char *local_workbook(struct store *s, struct arena *a)
{
	return file_real(a, store_path(s));
}

const char *local_get(struct store *s, struct arena *a, const char *name, const char *key)
{
	return remembered_get(a, local_path(s, a, name, false), key);
}

bool local_put(struct store *s, const char *name, const char *key, const char *value, struct err *e)
{
	struct arena a = { 0 };
	bool ok = remembered_put(local_path(s, &a, name, true), key, value, e);
	arena_free(&a);
	return ok;
}
