// SPDX-License-Identifier: MIT
// Reads JSON into a tree, for tests that compare documents. What is broken fails the test.
#ifndef PLANDO_TESTS_JSON_READ_H
#define PLANDO_TESTS_JSON_READ_H

#include <plando/arena.h>

enum node_kind { NODE_NULL, NODE_FALSE, NODE_TRUE, NODE_NUMBER, NODE_TEXT, NODE_LIST, NODE_OBJECT };

struct node {
	enum node_kind kind;
	double number;
	const char *text; // also of numbers, as written
	const char *key;  // in an object
	struct node *child, *next;
	size_t count;
};

struct node *json_read(struct arena *a, const char *text, size_t n);
// A member of an object; NULL: there is none.
const struct node *node_get(const struct node *n, const char *key);
const struct node *node_at(const struct node *n, size_t i);
// null and a member that is not there are NAN.
double node_number(const struct node *n);

#endif
