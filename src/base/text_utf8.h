// SPDX-License-Identifier: MIT
// One code point after another, for the text files of this room. Bad bytes are one each.
#ifndef BASE_TEXT_UTF8_H
#define BASE_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = -1 };

// Bytes of the first code point of text[0..n), n > 0; *cp is UTF8_BAD for a byte that is none.
size_t utf8_next(const char *text, size_t n, int32_t *cp);
// Start of the code point that ends at `at`, at > 0.
size_t utf8_prev(const char *text, size_t at);

#endif
