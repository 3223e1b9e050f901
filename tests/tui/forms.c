// SPDX-License-Identifier: MIT
#include "forms.h"

#include <unistd.h>

struct harness h;

void form_setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.env.state_home = arena_printf(&h.arena, "%s/state-%d", test_folder(), (int)getpid());
}

void form_teardown(void)
{
	harness_close(&h);
}

void open_form(const char *kind, const struct id *id, const char *const given[])
{
	MUST(form_screen_open(&h.app, kind, id, given, &e));
	app_draw(&h.app);
}

struct id open_cycle(const char *title)
{
	struct id id = harness_find(&h, "pdsa", title);
	open_form("pdsa", &id, NULL);
	return id;
}

struct record load(const struct id *id)
{
	struct record r;
	MUST(record_load(h.app.store, &h.arena, id, &r, &e));
	return r;
}

const char *stored(const struct id *id, const char *field)
{
	struct record r = load(id);
	return record_get(&r, field);
}

// Tab until that label is under the cursor.
void go_to(const char *label)
{
	const char *want = arena_printf(&h.arena, " > %s", label);
	const char *inset = arena_printf(&h.arena, " >   %s", label);
	for (int i = 0; i < 80; i++) {
		if (harness_has(&h, want) || harness_has(&h, inset))
			return;
		harness_keys(&h, "Tab");
	}
	ck_abort_msg("no field %s:\n%s", label, harness_picture(&h));
}

const char *hubs(void)
{
	struct id team = harness_find(&h, "team", "Child health hubs");
	char *text = arena_alloc(&h.arena, ID_TEXT);
	id_print(&team, text);
	return text;
}
