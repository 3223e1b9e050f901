// SPDX-License-Identifier: MIT
// UTF-8 text as people see it: checking, grapheme clusters, columns, wrapping, folding, and making
// hostile text harmless before it reaches a screen or a page. Stored text is kept as typed
// (NFC, LF line ends); only what is shown is sanitised.
#ifndef PLANDO_TEXT_H
#define PLANDO_TEXT_H

#include <plando/arena.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_MOST = 1 << 20 }; // the longest value the log takes, in bytes

// Valid UTF-8 without NUL (overlong forms, surrogates and > U+10FFFF are invalid).
// On false *bad (may be NULL) is the offset of the first bad byte.
bool text_valid(const char *text, size_t n, size_t *bad);

// One code point as UTF-8; returns its bytes, 0 where there is no such character (surrogates, NUL).
size_t text_encode(uint32_t code, char out[4]);

// What is stored for what was typed, pasted or imported: NFC, CRLF and CR become LF. NULL: out of
// memory or invalid UTF-8.
char *text_normal(struct arena *a, const char *text, size_t n);

// For comparing and finding: case folded, accents dropped, runs of white space as one blank, ends
// trimmed.
char *text_fold(struct arena *a, const char *text);

// Without white space at both ends; points into text; *n is the length that remains.
const char *text_trim(const char *text, size_t *n);

// Is it written from right to left? Its first letter of a direction decides.
bool text_right(const char *text);

// --- clusters (what a person calls a character); offsets are bytes, `at` a cluster boundary
size_t text_next(const char *text, size_t n, size_t at); // start of the next cluster; n at the end
size_t text_prev(const char *text, size_t at); // start of the cluster before `at`; 0 at the start
size_t text_count(const char *text, size_t n); // number of clusters

// Columns that ncurses gives to the cluster text[at..end) as text_safe() shows it: the sum of
// wcwidth over its code points (an emoji joined of two takes four columns), names of hostile
// characters and the blanks of a tab included; a line feed takes 0. Without a UTF-8 locale:
// utf8proc's widths.
int text_cluster_width(const char *text, size_t at, size_t end);
int text_width(const char *text, size_t n); // sum over the clusters
// The longest prefix (whole clusters) that fits in `columns`; *used (may be NULL) = its width.
size_t text_fit(const char *text, size_t n, int columns, int *used);
// Cut to `columns`, with "…" (or "~" where ascii) as its last column when something was cut.
char *text_cut(struct arena *a, const char *text, int columns, bool ascii);

// --- soft wrap
struct text_line {
	size_t start, end; // bytes; the blanks at which a line was broken stand between end and the
			   // next start
};
struct text_lines {
	struct text_line *line;
	size_t count; // at least 1, also for ""
};
// Breaks at LF and, where a line is wider than `columns` (>= 1), after white space or a hyphen;
// else between clusters. False: out of memory.
bool text_wrap(struct arena *a, const char *text, size_t n, int columns, struct text_lines *out);

// The same one line at a time, for editors: the line of text[0..n) that begins at `start`, and
// where the next one begins (n at the end; a text that ends in LF has one more, empty line).
struct text_line text_wrap_next(
    const char *text, size_t n, size_t start, int columns, size_t *next);

// --- hostile text
// One line or several of text from a file, made safe to show: control characters (C0, C1, DEL) as
// ^X or <U+0085>, bidirectional controls and invisible format characters as ‹RLO›-like names, bad
// bytes as U+FFFD. Joiners inside emoji and Indic or Arabic text, and variation selectors, stay.
// Line feeds stay where `lines`, else they are shown as a blank; a tab becomes blanks.
char *text_safe(struct arena *a, const char *text, bool lines);

// Would a spreadsheet run it as a formula: = + - @, TAB and CR at the start, after blanks too, and
// the full-width forms? A file for one has a ' before it; where what stands behind a ' runs, the '
// is that one.
bool text_runs(const char *text);
// The same for a terminal that shows ASCII only: é as e where it decomposes, else '?'.
char *text_ascii(struct arena *a, const char *text);

#endif
