// SPDX-License-Identifier: MIT
// Worked examples of the evidence rules as bundles: tests/data/evidence/*.yaml, in the words of the
// rules and not of the workbook. What a case holds:
//
//   as_of, claimed, team: {members, lead}, charter: {population, aim: {what, how_much, by_when,
//   for_whom}}, measures: [{id, type, key, direction: lower|higher|none, goal, aim_goal, benchmark,
//   interval, baseline_end, data, monthly: {from: 2022-02, values: […]}, weekly: {from: a day, …}}]
//   (a value ~ is an empty point, 3/10 has a denominator), meetings, activities: [days],
//   components: [names], ideas: [{id, components, status, impl_date, scope}],
//   cycles: [{id, idea, kind, stages: [plan, do, study, act], do_date}],
//   spread: [{kind, status, date}], attest: {"3.0 c": {holds, by, why, date, fingerprint}},
//   package, team_more: YAML of the bundle as it is, at the top and in the team,
//   expect: {supported, possible, agreed, criteria: {"3.0 c": weak}, next: [ids]}
#ifndef TESTS_CLI_CASES_H
#define TESTS_CLI_CASES_H

#include <plando/yaml.h>

// The case as a bundle with one team, named by the case's id. NULL: out of memory.
char *case_bundle(struct arena *a, const struct yaml *c);
// The scalar of a key, or NULL.
const char *case_text(const struct yaml *map, const char *key);

#endif
