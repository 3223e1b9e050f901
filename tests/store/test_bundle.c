// SPDX-License-Identifier: MIT
// Bundles: published ones come in whole, mistakes are told at their places and change nothing, and
// what goes out comes in again as the same state.
#include "../support.h"
#include "base/embedded.h"

#include <plando/bundle.h>
#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct world world;
static struct env env;
static int made;

static void start(void)
{
	arena = (struct arena){ 0 };
	world = (struct world){ .now = 1795000000000, .seed = 7, .tick = 1000 };
	env = world_env(&world);
}

static void stop(void)
{
	arena_free(&arena);
}

static struct store *new_store(void)
{
	char *path = test_path(&arena, arena_printf(&arena, "b%d-%d.plando", getpid(), made++));
	struct err e = { 0 };
	ck_assert_msg(store_create(path, &env, "Test", &e), "%s", e.text);
	struct store *s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s, "%s", e.text);
	return s;
}

static const char *state_of(struct store *s)
{
	struct store_facts facts;
	struct err e = { 0 };
	ck_assert_msg(store_facts(s, &facts, &e), "%s", e.text);
	return arena_strdup(&arena, facts.state);
}

static struct bundle_report take(struct store *s, const char *text)
{
	struct bundle_report report;
	struct err e = { 0 };
	bool ok = bundle_import(s, text, strlen(text), "b.yaml", false, &report, &arena, &e);
	for (size_t i = 0; i < report.count; i++)
		fprintf(stderr, "%s\n", report.line[i]);
	ck_assert_msg(ok, "%s", e.text);
	return report;
}

static char *give(struct store *s)
{
	struct str out = STR_IN(&arena);
	struct err e = { 0 };
	ck_assert_msg(bundle_export(s, &arena, &out, &e), "%s", e.text);
	return str_done(&out);
}

static struct records all_of(struct store *s, const char *kind)
{
	struct records r = { 0 };
	struct err e = { 0 };
	ck_assert_msg(record_list(s, &arena, kind, NULL, &r, &e), "%s", e.text);
	return r;
}

static size_t tallied(const struct bundle_report *r, const char *kind)
{
	for (size_t i = 0; i < r->tally_count; i++)
		if (str_equal(r->tally[i].kind, kind))
			return r->tally[i].records;
	return 0;
}

// Out of one workbook into a new one: the same state; and once more into it: nothing new.
static void check_round(struct store *s)
{
	char *yaml = give(s);
	struct store *other = new_store();
	struct bundle_report first = take(other, yaml);
	if (strcmp(state_of(other), state_of(s)) != 0)
		fprintf(stderr, "%s\n---- came out again as\n%s", yaml, give(other));
	ck_assert_str_eq(state_of(other), state_of(s));
	ck_assert_uint_gt(first.written, 0);
	struct bundle_report again = take(other, yaml);
	ck_assert_uint_eq(again.written, 0);
	ck_assert_str_eq(give(other), yaml);
	store_close(other);
}

// --- what is published

static const struct {
	const char *name;
	size_t teams, drivers, ideas, links, cycles, points;
} PUBLISHED[] = {
	{ "diagrams.yaml", 2, 0, 0, 0, 0, 0 },
	{ "pdsa-cycles.yaml", 1, 0, 1, 1, 2, 0 },
	{ "measures.yaml", 7, 0, 0, 0, 0, 0 },
	{ "bundles/diagrams.yaml", 5, 0, 0, 0, 0, 0 },
	{ "bundles/pdsa-cycles.yaml", 10, 0, 10, 10, 21, 0 },
};

START_TEST(published_bundles_come_in_whole_and_out_again)
{
	const char *name = PUBLISHED[_i].name;
	char *path =
	    strchr(name, '/') ? test_unlicensed(&arena, name) : test_published(&arena, name);
	if (!path)
		return;
	struct store *s = new_store();
	struct bundle_report r = take(s, test_read(&arena, path, NULL));
	ck_assert_uint_eq(tallied(&r, "team"), PUBLISHED[_i].teams);
	ck_assert_uint_eq(all_of(s, "team").count, PUBLISHED[_i].teams);
	if (PUBLISHED[_i].cycles) {
		ck_assert_uint_eq(all_of(s, "pdsa").count, PUBLISHED[_i].cycles);
		ck_assert_uint_eq(all_of(s, "link").count, PUBLISHED[_i].links);
	}
	ck_assert_uint_eq(all_of(s, "driver").count + all_of(s, "idea").count,
	    tallied(&r, "driver") + tallied(&r, "idea"));
	check_round(s);
	store_close(s);
}
END_TEST

START_TEST(the_sample_workbook_comes_in_and_out_again)
{
	const struct embedded *sample = embedded_find("sample.yaml");
	ck_assert_ptr_nonnull(sample);
	struct store *s = new_store();
	take(s, sample->text);
	ck_assert_uint_eq(all_of(s, "team").count, 15);
	check_round(s);
	store_close(s);
}
END_TEST

// --- everything a bundle can say

static const char EVERYTHING[] =
    "plando: 1\n"
    "collaborative: {name: Example, system_label: ICS, rules: anhoej}\n"
    "systems:\n"
    "  - key: nel\n    name: North East London\n"
    "    highlights: [{period: 2022-06, achieved: Much}]\n"
    "workstreams: [{key: ch, name: Child health integration}]\n"
    "components: [{key: k1, code: A, text: Named contact}]\n"
    "people: [{key: sam, name: Sam Okoro, organisation: Faculty}]\n"
    "forms:\n"
    "  - name: visit\n"
    "    yaml: |\n"
    "      form: visit\n      version: 1\n      title: Visit\n      sections:\n"
    "        - id: a\n          title: A\n          fields:\n"
    "            - {id: seen, label: Seen, type: memo}\n"
    "            - {id: mood, label: Mood, type: choice, choices: [{id: good, label: Good}]}\n"
    "            - {id: whom, label: Whom, type: refs, of: person}\n"
    "teams:\n"
    "  - key: hubs\n"
    "    name: Child health hubs\n"
    "    system: nel\n"
    "    workstream: ch\n"
    "    population: Children under 5\n"
    "    what: shorter wait\n"
    "    by_when: 2023-03-31\n"
    "    sponsor: {name: Dr Lee}\n"
    "    members:\n"
    "      - {person: sam, role: lead, from: 2022-01-10}\n"
    "      - {person: {name: Ana Silva, role: Nurse}, role: data}\n"
    "      - {person: {name: Ana Silva}, role: clinical}\n"
    "    diagram:\n"
    "      - {key: A, type: aim, text: Wait less}\n"
    "      - {key: P1, type: primary, text: Early advice, feeds: [A]}\n"
    "      - {key: P2, type: primary, text: Families act, feeds: A}\n"
    "      - {key: S1, type: secondary, text: Line staffed, in_scope: true, component: k1,\n"
    "         feeds: [P1, {to: P2, strength: weak}]}\n"
    "      - key: C1\n        type: idea\n        text: Ring families\n        feeds: [S1, A]\n"
    "        status: implemented\n        support: [training, Monitoring]\n"
    "    measures:\n"
    "      - {key: wait, name: Mean wait, type: outcome, key_measure: true, direction: down,\n"
    "         goal: 20.50, interval: month, driver: P1,\n"
    "         points: [{date: 2022-02-01, value: 41}, {date: 2022-03-01, value: '-0'},\n"
    "                  {date: 2022-03-01, numerator: 3, denominator: 10, stratum: Fifth 1}],\n"
    "         marks: [{date: 2022-06-01, text: First test, type: test_started}]}\n"
    "    ramps: [{key: r1, idea: C1, title: Calls}]\n"
    "    cycles:\n"
    "      - key: c1\n        ramp: r1\n        cycle_no: 1\n        type: test\n"
    "        scale: few\n        leader: sam\n        measure: wait\n"
    "        objective: |\n          Does a call help?\n\n            Indented 🙂\n"
    "        predictions:\n"
    "          - {question: How many?, prediction: Half, number: 25, unit: a week, met: no}\n"
    "          - {question: Glad?, prediction: 'yes', result: \"8\", met: true}\n"
    "          - {prediction: Third}\n"
    "        decision: Adapt\n        why: because\n"
    "    assessments:\n"
    "      - {date: 2022-06-30, assessor: team, score: 2.5, rationale: so, private: no,\n"
    "         attestations: [{criterion: 3.0 c, holds: yes, why: seen}]}\n"
    "    not_applicable: [{component: k1, why: not here}]\n"
    "    spread: [{idea: C1, type: other_facility, status: planned, where: West}]\n"
    "    meetings: [{date: 2022-04-10, archived: 2022-05-01, archived_why: twice}]\n"
    "    coaching:\n"
    "      - {date: 2022-05-12, coach: sam, practised: [pdsa, charts],\n"
    "         actions: [{what: Call, owner: sam, due: 2022-06-01}]}\n"
    "    involvement: [{date: 2022-05-20, who: parents' group, how_many: 8}]\n"
    "    actions: [{what: Done thing, owner: {name: Ana Silva}, status: done}]\n"
    "    highlights: [{period: 2022-06, achieved: ok}]\n"
    "    notes:\n"
    "      - {form: street-profile, date: 2022-03-01, answers: {place: North, themes: [a, b],\n"
    "         needs: [{indicator: Poverty, value: 3}]}}\n"
    "      - {form: visit, date: 2022-03-02, answers: {seen: A queue, mood: good, whom: [sam]}}\n"
    "notes: [{form: other, date: 2022-01-01, answers: {x: 'no'}}]\n"
    "events:\n"
    "  - {key: ls1, title: Learning session 1, type: learning_session, date: 2022-05-18,\n"
    "     attendance: [{system: nel, count: 21}, {person: sam, mode: online}, {team: hubs, count: "
    "3}],\n"
    "     feedback: [{useful: 5, most_useful: the talk}]}\n";

START_TEST(everything_a_bundle_can_say_comes_in_and_out_again)
{
	struct store *s = new_store();
	struct bundle_report r = take(s, EVERYTHING);
	ck_assert_uint_eq(tallied(&r, "person"), 3);
	ck_assert_uint_eq(tallied(&r, "link"), 6);
	ck_assert_uint_eq(tallied(&r, "charter"), 1);
	ck_assert_uint_eq(tallied(&r, "action"), 2);
	ck_assert_uint_eq(all_of(s, "attendance").count, 3);
	struct records all = all_of(s, "pdsa");
	const struct record *c = &all.item[0];
	ck_assert_str_eq(record_get(c, "objective"), "Does a call help?\n\n  Indented 🙂\n");
	ck_assert_str_eq(record_get(c, "decision"), "adapt");
	ck_assert_str_eq(record_get(c, "cycle_no"), "1");
	struct records ideas = all_of(s, "idea");
	char uuid[ID_TEXT];
	id_print(&ideas.item[0].id, uuid);
	ck_assert_str_eq(record_get(c, "idea"), uuid);
	ck_assert_str_eq(record_get(&ideas.item[0], "support.monitoring"), "1");
	struct elements list = { 0 };
	ck_assert(record_elements(c, &arena, "predictions", &list));
	ck_assert_uint_eq(list.count, 3);
	ck_assert_str_eq(record_element_get(c, "predictions", list.key[0], "met"), "no");
	ck_assert_str_eq(record_element_get(c, "predictions", list.key[1], "met"), "yes");
	ck_assert_str_eq(record_element_get(c, "predictions", list.key[2], "prediction"), "Third");
	struct records charters = all_of(s, "charter");
	ck_assert_str_eq(record_get(&charters.item[0], "aim_text"), "Wait less");
	struct records assessed = all_of(s, "assessment");
	ck_assert_str_eq(record_get(&assessed.item[0], "score"), "2.5");
	check_round(s);
	store_close(s);
}
END_TEST

START_TEST(a_dry_run_counts_and_writes_nothing)
{
	struct store *s = new_store();
	const char *before = state_of(s);
	struct bundle_report r;
	MUST(bundle_import(s, EVERYTHING, strlen(EVERYTHING), "b", true, &r, &arena, &e));
	ck_assert_uint_eq(tallied(&r, "pdsa"), 1);
	ck_assert_uint_eq(r.written, 0);
	ck_assert_str_eq(state_of(s), before);
	store_close(s);
}
END_TEST

// --- records that no bundle would make, and cells that no form knows

static void change(
    struct store *s, const struct id *id, const char *kind, const char *cell, const char *value)
{
	struct err e = { 0 };
	struct save *v = save_begin(s, &arena, &e);
	ck_assert(v && save_cell(v, id, kind, cell, value, &e));
	ck_assert_msg(save_commit(v, NULL, &e), "%s", e.text);
}

START_TEST(what_a_newer_copy_wrote_goes_out_and_in_again)
{
	struct store *s = new_store();
	take(s, EVERYTHING);
	struct records pdsa = all_of(s, "pdsa"), teams = all_of(s, "team");
	struct id lone = id_random(&env), strange = id_random(&env), charter;
	struct records charters = all_of(s, "charter");
	charter = charters.item[0].id;
	change(s, &pdsa.item[0].id, "pdsa", "colour", "red: yes");
	change(s, &pdsa.item[0].id, "pdsa", "decision", "rethink");
	change(s, &pdsa.item[0].id, "pdsa", "who", "two\nlines");
	change(s, &pdsa.item[0].id, "pdsa", "predictions.00aa00aa.mood", "new");
	change(s, &teams.item[0].id, "team", "motto", " ");
	change(s, &lone, "pdsa", "title", "hangs below nothing");
	change(s, &strange, "telescope", "lens", "wide");
	change(s, &charter, "charter", "archived", "2023-01-01");
	check_round(s);
	store_close(s);
}
END_TEST

START_TEST(what_was_deleted_or_taken_out_stays_out)
{
	struct store *s = new_store();
	take(s, EVERYTHING);
	struct records pdsa = all_of(s, "pdsa"), drivers = all_of(s, "driver"),
		       ideas = all_of(s, "idea");
	struct elements list = { 0 };
	struct err why = { 0 };
	ck_assert(record_elements(&pdsa.item[0], &arena, "predictions", &list));
	struct save *v = save_begin(s, &arena, &why);
	MUST(save_element_remove(v, &pdsa.item[0].id, "pdsa", "predictions", list.key[1], &e));
	MUST(save_delete(v, &drivers.item[0].id, &e));
	MUST(save_cell(v, &pdsa.item[0].id, "pdsa", "why", "", &e));
	MUST(save_cell(v, &ideas.item[0].id, "idea", "support.training", "0", &e));
	MUST(save_commit(v, NULL, &e));
	check_round(s);
	store_close(s);
}
END_TEST

START_TEST(private_notes_do_not_leave)
{
	struct store *s = new_store();
	take(s, "plando: 1\nteams:\n  - name: T\n    coaching:\n      - date: 2022-05-12\n"
		"        coach_notes: [{text: quite secret}]\n");
	ck_assert_uint_eq(all_of(s, "coach_note").count, 1);
	ck_assert_ptr_null(strstr(give(s), "secret"));
	store_close(s);
}
END_TEST

START_TEST(an_id_that_is_given_adds_to_its_record)
{
	struct store *s = new_store();
	take(s, EVERYTHING);
	struct records teams = all_of(s, "team"), people = all_of(s, "person");
	char uuid[ID_TEXT];
	id_print(&teams.item[0].id, uuid);
	take(s, arena_printf(&arena,
		    "plando: 1\nteams:\n  - id: %s\n    status: active\n"
		    "    members: [{person: {name: Ana Silva}, role: coach}]\n"
		    "    actions: [{what: New, owner: {name: Bo Chen}}]\n",
		    uuid));
	ck_assert_uint_eq(all_of(s, "team").count, 1);
	ck_assert_uint_eq(all_of(s, "person").count, people.count + 1);
	ck_assert_str_eq(record_get(&all_of(s, "team").item[0], "status"), "active");
	ck_assert_str_eq(record_get(&all_of(s, "team").item[0], "name"), "Child health hubs");
	check_round(s);
	store_close(s);
}
END_TEST

START_TEST(a_natural_key_is_the_one_that_a_save_makes)
{
	struct store *s = new_store();
	take(s, EVERYTHING);
	struct records all = all_of(s, "attendance");
	struct err why = { 0 };
	struct save *v = save_begin(s, &arena, &why);
	for (size_t i = 0; i < all.count; i++) {
		static const char *const FIELDS[] = { "event", "person", "system", "team", "mode" };
		const char *key[11] = { 0 };
		size_t n = 0;
		for (size_t k = 0; k < 5; k++)
			if (record_get(&all.item[i], FIELDS[k])) {
				key[n++] = FIELDS[k];
				key[n++] = record_get(&all.item[i], FIELDS[k]);
			}
		struct id id;
		MUST(save_new(v, "attendance", key, &id, &e));
		ck_assert(id_equal(&id, &all.item[i].id));
	}
	store_close(s);
}
END_TEST

// --- mistakes

START_TEST(five_mistakes_are_told_at_their_places_and_nothing_changes)
{
	const char *yaml = "plando: 1\n"
			   "teams:\n"
			   "  - key: t\n"
			   "    naem: Hubs\n"
			   "    name: Hubs\n"
			   "    by_when: 2023-02-30\n"
			   "    diagram:\n"
			   "      - {key: P1, type: primary, text: One, feeds: [A]}\n"
			   "      - {key: P1, type: primary, text: Two}\n"
			   "    cycles:\n"
			   "      - {objective: o, decision: adpot}\n";
	static const char *const SAYS[] = {
		"b.yaml:4:5: there is no key \"naem\" in a record of kind team (did you mean "
		"\"name\"?)",
		"b.yaml:6:14: by_when: \"2023-02-30\" is not a date; write it as 2026-05-03",
		"b.yaml:8:53: to: nothing of kind driver team has the key \"A\"",
		"b.yaml:9:15: the key \"P1\" stands twice in this team; it is already on line 8",
		"b.yaml:11:34: decision: \"adpot\" is not one of the choices",
	};
	struct store *s = new_store();
	const char *before = state_of(s);
	struct bundle_report r;
	struct err e = { 0 };
	ck_assert(!bundle_import(s, yaml, strlen(yaml), "b.yaml", false, &r, &arena, &e));
	ck_assert_int_eq(e.code, ERR_DATA);
	ck_assert_uint_eq(r.count, 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_msg(str_starts(r.line[i], SAYS[i]), "%s\nwanted %s", r.line[i], SAYS[i]);
	ck_assert(strstr(e.text, "(and 4 more; nothing was imported)"));
	ck_assert_str_eq(state_of(s), before);
	store_close(s);
}
END_TEST

#define TEAM(inside) "plando: 1\nteams:\n  - name: T\n    key: t\n" inside

static const struct {
	const char *yaml, *says;
} WRONG[] = {
	{ "- a\n", "b:1:1: this is no bundle" },
	{ "teams: []\n", "b:1:1: this is no bundle" },
	{ "plando: 2\n", "b:1:9: this bundle is of format \"2\"" },
	{ "plando: 1\nteems: []\n",
	    "b:2:1: a bundle has no key \"teems\" (did you mean \"teams\"?)" },
	{ "plando: 1\nteams: {a: 1}\n", "b:2:8: \"teams\" is a list" },
	{ "plando: 1\nteams: [a]\n", "b:2:9: a record in \"teams\" is written as keys and values" },
	{ "plando: 1\nteams: [{key: a}]\n", "b:2:9: this team needs the key \"name\"" },
	{ "plando: 1\ncollaborative: x\n", "is written as keys and values" },
	{ "plando: 1\nteams: [{name: [a]}]\n", "name: here stands one value, not a list" },
	{ "plando: 1\nteams: [{name: a, system: nel}]\n",
	    "b:2:27: system: nothing of kind system has the key \"nel\"" },
	{ "plando: 1\nsystems: [{key: nell, name: N}]\nteams: [{name: a, system: nel}]\n",
	    "(did you mean \"nell\"?)" },
	{ "plando: 1\npeople: [{key: x, name: N}]\nteams: [{name: a, system: x}]\n",
	    "\"x\" is of kind person; \"system\" names a record of kind system" },
	{ "plando: 1\nteams: [{name: a, id: 12}]\n", "an id has 32 hex digits" },
	{ "plando: 1\nteams: [{name: a, key: [x]}]\n", "a key is one word" },
	{ TEAM("    team: x\n"), "b:5:5: there is no key \"team\" in a record of kind team" },
	{ TEAM("    meetings: [{date: 2022-01-01, team: t}]\n"),
	    "is given by where this record stands" },
	{ TEAM("    meetings: [{date: 3 May}]\n"), "date: \"3 May\" is not a date" },
	{ TEAM("    highlights: [{period: June}]\n"), "period: \"June\" is not a month" },
	{ TEAM("    meetings: [{note: x}]\n"), "this meeting needs the key \"date\"" },
	{ TEAM("    diagram: [{text: x}]\n"), "needs a type: aim, primary, secondary or idea" },
	{ TEAM("    diagram: [{type: primry, text: x}]\n"), "(did you mean \"primary\"?)" },
	{ TEAM("    diagram: [{type: aim, feeds: [x]}]\n"), "the aim has no key \"feeds\"" },
	{ TEAM("    diagram: [{type: aim, id: 00000000-0000-4000-8000-000000000001}]\n"),
	    "the id of an aim is the id of its team" },
	{ TEAM("    diagram: [{key: a, type: idea, text: x}, {type: idea, text: y, feeds: [a]}]\n"),
	    "\"a\" is of kind idea; \"to\" names a record of kind driver team" },
	{ TEAM("    diagram: [{type: idea, text: x, feeds: [{strength: weak}]}]\n"),
	    "this link needs the key \"to\"" },
	{ TEAM("    diagram: [{key: A, type: aim}, {type: idea, text: x, feeds: [A, A]}]\n"),
	    "this link stands twice" },
	{ TEAM("    diagram: [{type: idea, text: x, support: [traning]}]\n"),
	    "support: \"traning\" is not one of the choices" },
	{ TEAM("    measures: [{name: m, goal: 1e3}]\n"), "goal: \"1e3\" is not a number" },
	{ TEAM("    measures: [{name: m, goal: 1_000}]\n"), "is not a number" },
	{ TEAM("    measures: [{name: m, points: [{date: 2022-01-01, value: 1}, "
	       "{date: 2022-01-01, value: 2}]}]\n"),
	    "b:5:65: this data point stands twice; it is already on line 5" },
	{ TEAM("    cycles: [{predictions: [{predction: x}]}]\n"),
	    "predictions: there is no key \"predction\" (did you mean \"prediction\"?)" },
	{ TEAM("    cycles: [{predictions: [x]}]\n"), "an entry is written as keys and values" },
	{ TEAM("    cycles: [{predictions: {a: b}}]\n"), "here stands a list" },
	{ TEAM("    cycles: [{predictions: [{id: xyz, prediction: x}]}]\n"), "has 8 hex digits" },
	{ TEAM("    cycles: [{leader: [a]}]\n"), "leader: here stands one record, not a list" },
	{ TEAM("    cycles: [{leader: {nme: a}}]\n"), "or a person as {name: …}" },
	{ TEAM("    members: [{person: {name: A, age: 3}}]\n"),
	    "there is no key \"age\" in a record of "
	    "kind person" },
	{ TEAM("    assessments: [{date: 2022-01-01, score: 2.7}]\n"),
	    "is not one of the choices" },
	{ TEAM("    notes: [{form: x, date: 2022-01-01, answers: {a: {b: c}}}]\n"),
	    "an answer is a value or a list" },
	{ TEAM("    more: {Big: 1}\n"), "\"Big\" is not the name of a cell" },
	{ "plando: 1\nforms: [{name: f, yaml: 'form: f'}]\n", "this form cannot be read" },
	{ "plando: 1\nothers: [{kind: x}]\n", "has the keys kind, id and cells" },
	{ "plando: 1\nteams: [{name: \"a\\e[2J\"}]\n", "control character" },
	{ "plando: 1\nplando: 1\n", "stands twice" },
	{ "plando: 1\nteams: [\n", "cannot be read from here" },
};

START_TEST(each_mistake_is_told_with_its_place)
{
	struct store *s = new_store();
	const char *before = state_of(s);
	for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
		struct bundle_report r;
		struct err e = { 0 };
		const char *yaml = WRONG[i].yaml;
		ck_assert_msg(
		    !bundle_import(s, yaml, strlen(yaml), "b", false, &r, &arena, &e), "%s", yaml);
		bool found = strstr(e.text, WRONG[i].says) != NULL;
		for (size_t n = 0; n < r.count; n++)
			found |= strstr(r.line[n], WRONG[i].says) != NULL;
		ck_assert_msg(found, "%s\nwanted: %s\ngot: %s", yaml, WRONG[i].says, e.text);
	}
	ck_assert_str_eq(state_of(s), before);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("bundle");
	TCase *t = tcase_create("bundle");
	tcase_add_checked_fixture(t, start, stop);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, published_bundles_come_in_whole_and_out_again, 0,
	    sizeof PUBLISHED / sizeof *PUBLISHED);
	tcase_add_test(t, the_sample_workbook_comes_in_and_out_again);
	tcase_add_test(t, everything_a_bundle_can_say_comes_in_and_out_again);
	tcase_add_test(t, a_dry_run_counts_and_writes_nothing);
	tcase_add_test(t, what_a_newer_copy_wrote_goes_out_and_in_again);
	tcase_add_test(t, what_was_deleted_or_taken_out_stays_out);
	tcase_add_test(t, private_notes_do_not_leave);
	tcase_add_test(t, an_id_that_is_given_adds_to_its_record);
	tcase_add_test(t, a_natural_key_is_the_one_that_a_save_makes);
	tcase_add_test(t, five_mistakes_are_told_at_their_places_and_nothing_changes);
	tcase_add_test(t, each_mistake_is_told_with_its_place);
	suite_add_tcase(s, t);
	return test_run(s);
}
