// SPDX-License-Identifier: MIT
// The rules of driver.h, one test each.
#include "../support.h"

#include <plando/driver.h>
#include <plando/str.h>

#include <string.h>
#include <time.h>

enum { MANY = 4000 };

static struct arena arena;
static struct driver_fact fact[MANY];
static struct driver_join joins[4 * MANY];
static struct driver_facts facts;
static struct driver_diagram d;

static struct id id_of(unsigned n)
{
	struct id id = { { 0 } };
	id.b[0] = 7;
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

// Node 0 is the aim; others are made in the order of their calls, from 1.
static void begin(void)
{
	memset(fact, 0, sizeof fact);
	facts = (struct driver_facts){
		.team = id_of(0), .name = "Hubs", .aim = "Wait less", .fact = fact, .join = joins
	};
}

static void end(void)
{
	arena_free(&arena);
}

static struct driver_fact *node(enum driver_level level, const char *text, const char *position)
{
	struct driver_fact *f = &fact[facts.fact_count++];
	*f = (struct driver_fact){ .id = id_of((unsigned)facts.fact_count),
		.level = level,
		.text = text,
		.position = position };
	return f;
}

static void feeds(unsigned from, unsigned to, bool weak)
{
	joins[facts.join_count++] = (struct driver_join){ id_of(from), id_of(to), weak };
}

static void build(void)
{
	MUST(driver_build(&arena, &facts, &d, &e));
}

static const char *order(void)
{
	struct str s = STR_IN(&arena);
	for (size_t i = 0; i < d.count; i++)
		str_printf(&s, "%s%s", i ? " " : "", d.node[i].code);
	return str_done(&s);
}

static const struct driver_node *coded(const char *code)
{
	for (size_t i = 0; i < d.count; i++)
		if (str_equal(d.node[i].code, code))
			return &d.node[i];
	ck_abort_msg("no node %s in %s", code, order());
	return NULL;
}

static const char *parents(const char *code)
{
	const struct driver_node *n = coded(code);
	struct str s = STR_IN(&arena);
	for (size_t i = 0; i < n->parent_count; i++)
		str_printf(&s, "%s%s%s", i ? " " : "", d.node[n->parents[i].node].code,
		    n->parents[i].weak ? "~" : "");
	return str_done(&s);
}

START_TEST(an_empty_diagram_has_its_aim)
{
	build();
	ck_assert_uint_eq(d.count, 1);
	ck_assert_str_eq(d.node[0].text, "Wait less");
	ck_assert_str_eq(d.node[0].code, "A");
	ck_assert_uint_eq(d.shown[DRIVER_AIM], 1);
}
END_TEST

START_TEST(nodes_are_read_as_a_tree_by_position)
{
	node(DRIVER_IDEA, "ring", "m");	       // 1
	node(DRIVER_PRIMARY, "second", "t");   // 2
	node(DRIVER_PRIMARY, "first", "b");    // 3
	node(DRIVER_SECONDARY, "under", NULL); // 4
	node(DRIVER_IDEA, "earlier", "c");     // 5
	feeds(2, 0, false);
	feeds(3, 0, false);
	feeds(4, 3, false);
	feeds(1, 4, false);
	feeds(5, 4, false);
	build();
	ck_assert_str_eq(order(), "A P1 S1 C1 C2 P2");
	ck_assert_str_eq(coded("P1")->text, "first");
	ck_assert_str_eq(coded("C1")->text, "earlier");
	ck_assert_str_eq(driver_level_name(coded("S1")->level), "secondary");
	struct id under = id_of(4);
	ck_assert_uint_eq(driver_find(&d, &under), 2);
}
END_TEST

START_TEST(without_positions_codes_decide_as_people_count)
{
	node(DRIVER_PRIMARY, "x", NULL)->code = "P10";
	node(DRIVER_PRIMARY, "x", NULL)->code = "P2";
	node(DRIVER_PRIMARY, "b", NULL);
	node(DRIVER_PRIMARY, "a", NULL);
	for (unsigned i = 1; i <= 4; i++)
		feeds(i, 0, false);
	build();
	ck_assert_str_eq(order(), "A P2 P10 P1 P3");
	ck_assert_str_eq(coded("P1")->text, "a");
	ck_assert(coded("P2")->own_code && !coded("P1")->own_code);
	ck_assert_int_lt(driver_code_compare("S2", "s10"), 0);
	ck_assert_int_eq(driver_code_compare("S007", "s7"), 0);
	ck_assert_int_gt(driver_code_compare(NULL, "z"), 0);
}
END_TEST

START_TEST(a_blank_code_is_no_code)
{
	node(DRIVER_PRIMARY, "x", NULL)->code = "  ";
	feeds(1, 0, false);
	build();
	ck_assert_str_eq(d.node[1].code, "P1");
}
END_TEST

START_TEST(links_away_from_the_aim_are_refused_and_listed)
{
	node(DRIVER_PRIMARY, "p", NULL);   // 1
	node(DRIVER_SECONDARY, "s", NULL); // 2
	node(DRIVER_SECONDARY, "t", NULL); // 3
	feeds(1, 0, false);
	feeds(2, 1, false);
	feeds(1, 2, false);  // backward
	feeds(3, 2, false);  // level with each other
	feeds(2, 3, false);  // … and a cycle
	feeds(2, 2, false);  // itself
	feeds(0, 1, false);  // the aim feeds nothing
	feeds(2, 99, false); // not here
	build();
	ck_assert_str_eq(parents("S1"), "P1");
	ck_assert_uint_eq(d.refused_count, 6);
	for (size_t i = 0; i < d.refused_count; i++) {
		bool missing = d.refused[i].reason == DRIVER_MISSING;
		struct id gone = id_of(99);
		ck_assert_int_eq(missing, id_equal(&d.refused[i].to, &gone));
		ck_assert_int_eq(missing, d.refused[i].to_node == DRIVER_NONE);
		ck_assert_ptr_nonnull(strstr(driver_reason_text(d.refused[i].reason), "end"));
	}
}
END_TEST

START_TEST(a_node_stands_under_a_strong_parent_before_a_weak_one)
{
	node(DRIVER_PRIMARY, "p", "1");
	node(DRIVER_PRIMARY, "q", "2");
	node(DRIVER_SECONDARY, "s", "1"); // 3
	feeds(1, 0, false);
	feeds(2, 0, false);
	feeds(3, 1, true);
	feeds(3, 2, false);
	build();
	ck_assert_str_eq(order(), "A P1 P2 S1");
	ck_assert_str_eq(parents("S1"), "P2 P1~");
	ck_assert_uint_eq(coded("P1")->child_count, 1);
}
END_TEST

START_TEST(of_equal_parents_the_first_read_keeps_the_node)
{
	node(DRIVER_PRIMARY, "q", "2");	  // 1
	node(DRIVER_PRIMARY, "p", "1");	  // 2
	node(DRIVER_SECONDARY, "s", "1"); // 3
	node(DRIVER_IDEA, "i", "1");	  // 4
	feeds(1, 0, false);
	feeds(2, 0, false);
	feeds(3, 1, false);
	feeds(3, 2, false);
	feeds(4, 2, false); // on a primary driver
	feeds(4, 3, false); // and on a secondary one: there it stands
	feeds(4, 0, false); // and on the aim
	build();
	ck_assert_str_eq(order(), "A P1 S1 C1 P2");
	ck_assert_str_eq(parents("S1"), "P1 P2");
	ck_assert_str_eq(parents("C1"), "S1 A P1");
	ck_assert_uint_eq(d.node[0].child_count, 3);
}
END_TEST

START_TEST(a_link_recorded_twice_is_drawn_once_and_strong)
{
	node(DRIVER_IDEA, "i", NULL);
	feeds(1, 0, true);
	feeds(1, 0, false);
	build();
	ck_assert_str_eq(parents("C1"), "A");
}
END_TEST

START_TEST(what_has_no_path_to_the_aim_is_read_last)
{
	node(DRIVER_IDEA, "loose", "1");       // 1
	node(DRIVER_SECONDARY, "alone", NULL); // 2
	node(DRIVER_IDEA, "on it", NULL);      // 3
	node(DRIVER_PRIMARY, "p", NULL);       // 4
	feeds(3, 2, false);
	feeds(4, 0, false);
	build();
	ck_assert_str_eq(order(), "A P1 S1 C1 C2");
	ck_assert_uint_eq(d.unplaced, 3);
	ck_assert(coded("C1")->unplaced && !coded("P1")->unplaced);
	ck_assert_uint_eq(d.shown[DRIVER_IDEA], 2);
}
END_TEST

START_TEST(a_placed_parent_comes_before_an_unplaced_one)
{
	node(DRIVER_SECONDARY, "alone", "1"); // 1
	node(DRIVER_PRIMARY, "p", "1");	      // 2
	node(DRIVER_IDEA, "i", "1");	      // 3
	feeds(2, 0, false);
	feeds(3, 1, false);
	feeds(3, 2, true);
	build();
	ck_assert_str_eq(parents("C1"), "P1~ S1");
	ck_assert(!coded("C1")->unplaced);
}
END_TEST

START_TEST(archiving_renumbers_nobody_and_lets_children_loose)
{
	node(DRIVER_PRIMARY, "p", "1");	  // 1
	node(DRIVER_SECONDARY, "s", "1"); // 2
	node(DRIVER_SECONDARY, "t", "2"); // 3
	node(DRIVER_IDEA, "i", "1");	  // 4
	node(DRIVER_IDEA, "j", "2");	  // 5
	feeds(1, 0, false);
	feeds(2, 1, false);
	feeds(3, 1, false);
	feeds(4, 2, false);
	feeds(5, 3, false);
	fact[1].archived = true;
	build();
	ck_assert_str_eq(order(), "A P1 S2 C2 C1 S1");
	ck_assert(coded("C1")->unplaced && coded("S1")->archived);
	ck_assert_str_eq(parents("C1"), "");
	ck_assert_uint_eq(d.archived, 1);
	ck_assert_uint_eq(d.shown[DRIVER_SECONDARY], 1);
	ck_assert_uint_eq(d.refused_count, 1);
	ck_assert_int_eq(d.refused[0].reason, DRIVER_ARCHIVED);
}
END_TEST

START_TEST(coverage_counts_an_idea_once_by_any_path)
{
	node(DRIVER_PRIMARY, "p", "1");			 // 1
	node(DRIVER_SECONDARY, "s", "1");		 // 2
	node(DRIVER_SECONDARY, "t", "2");		 // 3
	node(DRIVER_IDEA, "both", "1")->tests = 2;	 // 4
	node(DRIVER_IDEA, "one", "2");			 // 5
	node(DRIVER_IDEA, "gone", "3")->archived = true; // 6
	feeds(1, 0, false);
	feeds(2, 1, false);
	feeds(3, 1, true);
	feeds(4, 2, false);
	feeds(4, 3, false);
	feeds(5, 3, false);
	feeds(6, 3, false);
	build();
	ck_assert_uint_eq(coded("P1")->ideas, 2);
	ck_assert_uint_eq(coded("P1")->ideas_tested, 1);
	ck_assert_uint_eq(coded("S1")->ideas, 1);
	ck_assert_uint_eq(coded("S2")->ideas, 2);
	ck_assert_uint_eq(d.node[0].ideas, 2);
	ck_assert_uint_eq(d.tested, 1);
}
END_TEST

// The same facts in another order give the same diagram: two copies show the same picture.
START_TEST(the_order_in_which_facts_come_does_not_matter)
{
	struct world w = { .seed = (uint64_t)_i + 1 };
	for (unsigned i = 1; i <= 60; i++)
		node((enum driver_level)(1 + world_next(&w) % 3), i % 3 ? "same" : NULL,
		    i % 4 ? NULL : "m");
	for (unsigned i = 0; i < 150; i++)
		feeds((unsigned)(world_next(&w) % 62), (unsigned)(world_next(&w) % 62),
		    world_next(&w) % 2);
	build();
	struct driver_diagram first = d;
	for (size_t i = facts.fact_count - 1; i > 0; i--) {
		size_t j = world_next(&w) % (i + 1);
		struct driver_fact f = fact[i];
		fact[i] = fact[j];
		fact[j] = f;
	}
	for (size_t i = facts.join_count - 1; i > 0; i--) {
		size_t j = world_next(&w) % (i + 1);
		struct driver_join l = joins[i];
		joins[i] = joins[j];
		joins[j] = l;
	}
	build();
	ck_assert_uint_eq(d.count, first.count);
	size_t drawn = 0;
	for (size_t i = 0; i < d.count; i++) {
		const struct driver_node *a = &first.node[i], *b = &d.node[i];
		ck_assert(id_equal(&a->id, &b->id));
		ck_assert_str_eq(a->code, b->code);
		ck_assert_uint_eq(a->parent_count, b->parent_count);
		for (size_t j = 0; j < a->parent_count; j++) {
			ck_assert_uint_eq(a->parents[j].node, b->parents[j].node);
			ck_assert_int_lt((int)d.node[a->parents[j].node].level, (int)b->level);
		}
		ck_assert(b->parent == DRIVER_NONE || b->parent < i); // parents are read first
		drawn += b->parent_count;
	}
	ck_assert_uint_gt(drawn, 0);
}
END_TEST

START_TEST(two_thousand_nodes_are_quick)
{
	struct timespec from, to;
	for (unsigned i = 1; i <= 2000; i++)
		node(i <= 20	? DRIVER_PRIMARY
		     : i <= 200 ? DRIVER_SECONDARY
				: DRIVER_IDEA,
		    "text", NULL);
	for (unsigned i = 1; i <= 2000; i++) {
		feeds(i, i <= 20 ? 0 : i <= 200 ? 1 + i % 20 : 21 + i % 180, false);
		if (i > 200)
			feeds(i, 21 + i * 7 % 180, true);
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	build();
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	double ms =
	    (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
	ck_assert_uint_eq(d.count, 2001);
	ck_assert_msg(
	    ms < 160, "%.1f ms", ms); // the goal is 16 ms; sanitisers cost up to ten times
}
END_TEST

int main(void)
{
	Suite *s = suite_create("driver");
	TCase *t = tcase_create("driver");
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, an_empty_diagram_has_its_aim);
	tcase_add_test(t, nodes_are_read_as_a_tree_by_position);
	tcase_add_test(t, without_positions_codes_decide_as_people_count);
	tcase_add_test(t, a_blank_code_is_no_code);
	tcase_add_test(t, links_away_from_the_aim_are_refused_and_listed);
	tcase_add_test(t, a_node_stands_under_a_strong_parent_before_a_weak_one);
	tcase_add_test(t, of_equal_parents_the_first_read_keeps_the_node);
	tcase_add_test(t, a_link_recorded_twice_is_drawn_once_and_strong);
	tcase_add_test(t, what_has_no_path_to_the_aim_is_read_last);
	tcase_add_test(t, a_placed_parent_comes_before_an_unplaced_one);
	tcase_add_test(t, archiving_renumbers_nobody_and_lets_children_loose);
	tcase_add_test(t, coverage_counts_an_idea_once_by_any_path);
	tcase_add_loop_test(t, the_order_in_which_facts_come_does_not_matter, 0, 40);
	tcase_add_test(t, two_thousand_nodes_are_quick);
	suite_add_tcase(s, t);
	return test_run(s);
}
