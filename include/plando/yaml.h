// SPDX-License-Identifier: MIT
// The only reader and writer of YAML: a tree whose every node knows its line and column. Forms,
// instruments and bundles go through it. The reader is guarded before anything is built: see the
// limits.
#ifndef PLANDO_YAML_H
#define PLANDO_YAML_H

#include <plando/err.h>
#include <plando/str.h>

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	unsigned line, column; // from 1
	const char *text;      // of a scalar: NFC, LF, valid UTF-8, no NUL; never NULL
	bool plain;	       // a scalar without quotes ("" plain = nothing was written)
	size_t count;	       // items of a list, entries of a map
	struct yaml **item;    // list items, or map values
	struct yaml **key;     // map keys (scalars); duplicates were refused
};

struct yaml_limits {
	size_t bytes; // of the whole text
	size_t depth; // nested lists and maps
	size_t nodes;
	size_t scalar; // bytes of one scalar
};
extern const struct yaml_limits YAML_FORM;   // 1 MB, 32 levels, 20 000 nodes, 64 KB scalars
extern const struct yaml_limits YAML_BUNDLE; // 256 MB, 32 levels, 10 000 000 nodes, 1 MB scalars

// Reads one document. Aliases, anchors, tags, a second document, duplicate keys and raw control
// characters are refused. `name` stands in messages ("NAME:LINE:COLUMN: …"). NULL on failure.
struct yaml *yaml_read(struct arena *a, const char *text, size_t n, const char *name,
    const struct yaml_limits *limits, struct err *e);

// The value under `key` of a map, or NULL (also where map is NULL or no map).
struct yaml *yaml_get(const struct yaml *map, const char *key);

// A tree that is made otherwise, out of a table: it is read like one of YAML. NULL, false: out of
// memory (also where what is to be added is NULL).
struct yaml *yaml_new(struct arena *a, enum yaml_kind kind, unsigned line, unsigned column);
// A scalar; plain where it is empty.
struct yaml *yaml_new_text(
    struct arena *a, const char *text, size_t n, unsigned line, unsigned column);
// To a map under `key`, or to a list (key NULL).
bool yaml_add(struct arena *a, struct yaml *to, struct yaml *key, struct yaml *item);

// Writing: a stream of events kept well-formed by the caller; scalars are quoted where a reader in
// any language could take them for something else (yes, 1e3, 2026-05-03, "", leading blanks, …).
struct yaml_writer;
struct yaml_writer *yaml_writer_new(struct arena *a, struct str *out, struct err *e);
bool yaml_write_map(struct yaml_writer *w);  // { … until yaml_write_end
bool yaml_write_list(struct yaml_writer *w); // [ …
bool yaml_write_end(struct yaml_writer *w);
bool yaml_write_text(struct yaml_writer *w, const char *text); // a key or a value
bool yaml_write_pair(struct yaml_writer *w, const char *key, const char *text);
bool yaml_write_done(struct yaml_writer *w, struct err *e); // also frees the writer

#endif
