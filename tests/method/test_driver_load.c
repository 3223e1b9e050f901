// SPDX-License-Identifier: MIT
// What of a workbook becomes part of a team's driver diagram.
#include "../support.h"

#include <plando/driver.h>
#include <plando/str.h>

#include <unistd.h>

static struct arena arena;
static struct world world;
static struct env env;
static struct store *store;
static struct id team;
static struct driver_diagram d;

// A record of field, value, field, value, NULL; "@team" stands for the team.
static struct id add(const char *kind, const char *const given[])
{
	struct id id;
	struct err why = { 0 };
	char self[ID_TEXT];
	struct save *v = save_begin(store, &arena, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	bool natural = str_equal(kind, "link");
	const char *key[] = { "from", NULL, "to", NULL, NULL };
	id_print(&team, self);
	for (size_t i = 0; natural && i < 4; i += 2)
		key[i + 1] = str_equal(given[i + 1], "@team") ? self : given[i + 1];
	ck_assert_msg(save_new(v, kind, natural ? key : NULL, &id, &why), "%s", why.text);
	for (size_t i = 0; given[i]; i += 2) {
		const char *value = str_equal(given[i + 1], "@team") ? self : given[i + 1];
		ck_assert_msg(save_cell(v, &id, kind, given[i], value, &why), "%s", why.text);
	}
	MUST(save_commit(v, NULL, &e));
	return id;
}
#define ADD(kind_, ...) add(kind_, (const char *const[]){ __VA_ARGS__, NULL })

static const char *uuid(struct id id)
{
	char *text = arena_alloc(&arena, ID_TEXT);
	id_print(&id, text);
	return text;
}

static void begin(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 3, .tick = 1 }; // 2026-11-25
	env = world_env(&world);
	const char *path = test_path(&arena, "driver.plando");
	unlink(path);
	MUST(store_create(path, &env, "Collaborative", &e));
	struct err why = { 0 };
	store = store_open(path, STORE_WRITE, &env, &why);
	ck_assert_msg(store != NULL, "%s", why.text);
	team = ADD("team", "name", "Hubs");
}

static void end(void)
{
	store_close(store);
	arena_free(&arena);
}

static void load(void)
{
	MUST(driver_load(store, &arena, &team, &d, &e));
}

START_TEST(a_team_without_a_diagram_has_an_empty_aim)
{
	load();
	ck_assert_uint_eq(d.count, 1);
	ck_assert_str_eq(d.name, "Hubs");
	ck_assert_str_eq(d.node[0].text, "");
	ck_assert(id_equal(&d.node[0].id, &team));
}
END_TEST

START_TEST(the_aim_is_what_was_written_for_it_or_its_parts)
{
	struct id charter = ADD("charter", "team", "@team", "what", "wait less", "by_when",
	    "2027-03-31", "for_whom", "children");
	load();
	ck_assert_str_eq(d.node[0].text, "By 31 Mar 2027, wait less, for children");
	struct save *v = save_begin(store, &arena, NULL);
	ck_assert_ptr_nonnull(v);
	MUST(save_cell(v, &charter, "charter", "aim_text", "Wait 20 days", &e));
	MUST(save_commit(v, NULL, &e));
	load();
	ck_assert_str_eq(d.node[0].text, "Wait 20 days");
}
END_TEST

START_TEST(drivers_ideas_and_links_of_the_team_are_read)
{
	struct id p = ADD("driver", "team", "@team", "type", "primary", "text", "Early");
	struct id s = ADD("driver", "team", "@team", "type", "secondary", "text", "Line");
	struct id i = ADD("idea", "team", "@team", "text", "Inbox", "status", "testing");
	struct id gone = ADD("idea", "team", "@team", "text", "Gone", "archived", "2026-11-01");
	struct id later = ADD("idea", "team", "@team", "text", "Later", "archived", "2030-01-01");
	ADD("link", "from", uuid(p), "to", "@team");
	ADD("link", "from", uuid(s), "to", uuid(p), "strength", "weak");
	ADD("link", "from", uuid(i), "to", uuid(s));
	ADD("link", "from", uuid(gone), "to", uuid(s));
	ADD("link", "from", uuid(later), "to", uuid(s), "archived", "2026-01-01");
	load();
	ck_assert_uint_eq(d.count, 6);
	ck_assert_uint_eq(d.archived, 1);
	ck_assert_str_eq(d.node[1].text, "Early");
	ck_assert_str_eq(d.node[2].text, "Line");
	ck_assert(d.node[2].parents[0].weak);
	ck_assert_str_eq(d.node[3].text, "Inbox");
	ck_assert_str_eq(d.node[3].status, "testing");
	ck_assert_str_eq(d.node[4].text, "Later");
	ck_assert(d.node[4].unplaced); // its link was archived
}
END_TEST

START_TEST(an_idea_is_tested_when_a_test_has_begun)
{
	static const struct {
		const char *type, *field, *value;
		unsigned tests;
	} CYCLES[] = {
		{ "test", "do_start", "2026-11-01", 1 },
		{ "implement", "what_happened", "It went well", 1 },
		{ "test", "do_start", "2027-01-01", 0 }, // is planned
		{ "test", "objective", "Will it?", 0 },
		{ "task", "do_start", "2026-11-01", 0 },
		{ "learn", "what_happened", "We looked", 0 },
	};
	for (size_t c = 0; c < sizeof CYCLES / sizeof *CYCLES; c++) {
		struct id i = ADD("idea", "team", "@team", "text", "Inbox", "position",
		    arena_printf(&arena, "%zu", c));
		ADD("pdsa", "team", "@team", "idea", uuid(i), "type", CYCLES[c].type,
		    CYCLES[c].field, CYCLES[c].value);
		ADD("pdsa", "team", "@team", "idea", uuid(i), "type", "test", "do_start",
		    "2026-10-01", "archived", "2026-11-01"); // counts for nothing
	}
	load();
	for (size_t c = 0; c < sizeof CYCLES / sizeof *CYCLES; c++) {
		ck_assert_uint_eq(d.node[1 + c].cycles, 1);
		ck_assert_uint_eq(d.node[1 + c].tests, CYCLES[c].tests);
	}
}
END_TEST

START_TEST(a_cycle_in_a_ramp_is_of_the_ramps_idea)
{
	struct id i = ADD("idea", "team", "@team", "text", "a", "position", "1");
	struct id j = ADD("idea", "team", "@team", "text", "b", "position", "2");
	struct id r = ADD("ramp", "idea", uuid(j), "title", "Calls");
	ADD("pdsa", "team", "@team", "ramp", uuid(r));
	ADD("pdsa", "team", "@team", "ramp", uuid(r), "idea", uuid(i));
	ADD("pdsa", "team", "@team", "ramp", "00000000-0000-4000-8000-000000000009", "idea",
	    uuid(i));
	load();
	ck_assert_uint_eq(d.node[1].cycles, 1); // its ramp is not in this copy
	ck_assert_uint_eq(d.node[2].cycles, 2);
}
END_TEST

START_TEST(only_a_team_has_a_diagram)
{
	struct id i = ADD("idea", "team", "@team", "text", "a");
	REFUSES(ERR_NOINPUT, driver_load(store, &arena, &i, &d, &e));
	i.b[3] ^= 1;
	REFUSES(ERR_NOINPUT, driver_load(store, &arena, &i, &d, &e));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("driver_load");
	TCase *t = tcase_create("driver_load");
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, a_team_without_a_diagram_has_an_empty_aim);
	tcase_add_test(t, the_aim_is_what_was_written_for_it_or_its_parts);
	tcase_add_test(t, drivers_ideas_and_links_of_the_team_are_read);
	tcase_add_test(t, an_idea_is_tested_when_a_test_has_begun);
	tcase_add_test(t, a_cycle_in_a_ramp_is_of_the_ramps_idea);
	tcase_add_test(t, only_a_team_has_a_diagram);
	suite_add_tcase(s, t);
	return test_run(s);
}
