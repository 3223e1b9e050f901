// SPDX-License-Identifier: MIT
// Any bytes as YAML: refused in words, or read within the limits; and what was read is written so
// that it reads back as the same tree.
#include "fuzz.h"

#include <plando/text.h>
#include <plando/yaml.h>

#include <string.h>

static void sound(const struct yaml *node, size_t depth)
{
	HOLDS(node && node->line >= 1 && node->column >= 1);
	HOLDS(depth <= YAML_FORM.depth);
	if (node->kind == YAML_SCALAR)
		HOLDS(node->text && text_valid(node->text, strlen(node->text), NULL));
	for (size_t i = 0; i < node->count; i++) {
		if (node->kind == YAML_MAP)
			HOLDS(yaml_get(node, node->key[i]->text) == node->item[i]);
		sound(node->item[i], depth + 1);
	}
}

static void write_node(struct yaml_writer *w, const struct yaml *node)
{
	if (node->kind == YAML_SCALAR) {
		HOLDS(yaml_write_text(w, node->text));
		return;
	}
	HOLDS(node->kind == YAML_MAP ? yaml_write_map(w) : yaml_write_list(w));
	for (size_t i = 0; i < node->count; i++) {
		if (node->kind == YAML_MAP)
			HOLDS(yaml_write_text(w, node->key[i]->text));
		write_node(w, node->item[i]);
	}
	HOLDS(yaml_write_end(w));
}

static void same(const struct yaml *a, const struct yaml *b)
{
	HOLDS(b && a->kind == b->kind && a->count == b->count);
	if (a->kind == YAML_SCALAR)
		HOLDS(str_equal(a->text, b->text));
	for (size_t i = 0; i < a->count; i++) {
		if (a->kind == YAML_MAP)
			HOLDS(str_equal(a->key[i]->text, b->key[i]->text));
		same(a->item[i], b->item[i]);
	}
}

// The writer takes keys as they are in bundles: one line, not long.
static bool can_be_written(const struct yaml *node)
{
	for (size_t i = 0; i < node->count; i++) {
		if (node->kind == YAML_MAP && strlen(node->key[i]->text) > 250)
			return false;
		if (!can_be_written(node->item[i]))
			return false;
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct yaml *tree = yaml_read(&a, (const char *)bytes, n, "seed", &YAML_FORM, &e);
	HOLDS(tree ? e.code == ERR_NONE : e.code != ERR_NONE && *e.text);
	if (tree)
		sound(tree, 0);
	if (tree && can_be_written(tree)) {
		struct str out = STR_IN(&a);
		struct yaml_writer *w = yaml_writer_new(&a, &out, &e);
		HOLDS(w);
		write_node(w, tree);
		HOLDS(yaml_write_done(w, &e));
		struct yaml *again =
		    yaml_read(&a, str_done(&out), out.length, "again", &YAML_BUNDLE, &e);
		same(tree, again);
	}
	arena_free(&a);
	return 0;
}
