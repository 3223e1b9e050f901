// SPDX-License-Identifier: MIT
// Writes one JSON document to a stream, as it goes. An own writer, because no library that systems
// package does both of what is needed here: numbers exactly as they were typed (no float round
// trip), and control, bidirectional and invisible format characters as \uXXXX while all other text
// stays readable UTF-8. Bytes that are no UTF-8 become U+FFFD.
//
// Errors are sticky: write freely, ask json_done() once. Layout: two blanks a level; what lies
// deeper than JSON_OPEN levels stands on one line.
#ifndef PLANDO_JSON_H
#define PLANDO_JSON_H

#include <plando/err.h>

#include <stddef.h>
#include <stdio.h>

enum { JSON_DEPTH = 32, JSON_OPEN = 3 };

struct json {
	FILE *out;
	unsigned depth;
	bool keyed;	       // a key was written and waits for its value
	bool failed;	       // misuse: too deep, an end too many
	char end[JSON_DEPTH];  // '}' or ']' for each open level
	bool some[JSON_DEPTH]; // something stands in that level already
};

void json_init(struct json *j, FILE *out);
void json_object(struct json *j);
void json_array(struct json *j);
void json_end(struct json *j); // of the innermost object or array
void json_key(struct json *j, const char *key);

void json_text(struct json *j, const char *text); // NULL: null
void json_int(struct json *j, int64_t number);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);
// A decimal as typed ("12.50" stays 12.50), but for what JSON's numbers cannot begin with: a plus
// sign, zeros before another digit. What is no number (".5", "1e", "") is written as text, so that
// nothing is lost; NULL: null.
void json_decimal(struct json *j, const char *decimal);
// The shortest digits that read back as the same double; null where not finite.
void json_real(struct json *j, double number);

// The same with the key before it.
void json_put_text(struct json *j, const char *key, const char *text);
void json_put_int(struct json *j, const char *key, int64_t number);
void json_put_bool(struct json *j, const char *key, bool value);
void json_put_object(struct json *j, const char *key);
void json_put_array(struct json *j, const char *key);

// Ends the document with a line feed. False: a write failed, or the document is not closed.
bool json_done(struct json *j, struct err *e);

#endif
