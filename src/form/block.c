// SPDX-License-Identifier: MIT
// From bytes to rows: what a file is written in, and RFC 4180 with the delimiters people have.
#include <plando/block.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { END = -1, LINES_LOOKED = 50, DAY_LOOKED = 29000 };

static const struct {
	char delimiter;
	const char *name;
} DELIMITERS[] = { { '\t', "tab" }, { ';', "semicolon" }, { ',', "comma" }, { '|', "bar" } };
enum { DELIMITER_COUNT = sizeof DELIMITERS / sizeof *DELIMITERS };

const char *block_delimiter_name(char delimiter)
{
	for (size_t i = 0; i < DELIMITER_COUNT; i++)
		if (DELIMITERS[i].delimiter == delimiter)
			return DELIMITERS[i].name;
	return "other";
}

const char *block_coding_name(enum block_coding coding)
{
	static const char *const NAMES[] = { "UTF-8", "Windows-1252", "UTF-16", "UTF-16" };
	return NAMES[coding];
}

size_t block_more_bytes(void *context, char *buffer, size_t n)
{
	struct block_bytes *b = context;
	if (n > b->length - b->at)
		n = b->length - b->at;
	if (n)
		memcpy(buffer, b->text + b->at, n);
	b->at += n;
	return n;
}

// --- what it is written in

static const struct {
	const char *bytes;
	size_t n;
	enum block_coding coding;
} MARKS[] = { { "\xef\xbb\xbf", 3, BLOCK_UTF8 }, { "\xff\xfe", 2, BLOCK_UTF16LE },
	{ "\xfe\xff", 2, BLOCK_UTF16BE } };

// Text in UTF-16 has a zero in every other byte as long as it is mostly English.
static bool block_every_other(const char *text, size_t n, size_t odd)
{
	size_t zeros = 0, others = 0;
	for (size_t i = 0; i < n; i++)
		if (text[i] == 0)
			*(i % 2 == odd ? &zeros : &others) += 1;
	return n >= 4 && zeros * 3 > n && others * 20 < n;
}

static void block_coding_find(const char *text, size_t n, struct block_shape *out)
{
	for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
		if (n >= MARKS[i].n && memcmp(text, MARKS[i].bytes, MARKS[i].n) == 0) {
			out->coding = MARKS[i].coding;
			out->skip = (unsigned)MARKS[i].n;
			return;
		}
	size_t some = n < 4096 ? n : 4096;
	if (block_every_other(text, some, 1))
		out->coding = BLOCK_UTF16LE;
	else if (block_every_other(text, some, 0))
		out->coding = BLOCK_UTF16BE;
}

// --- what parts its cells

struct delimiter_seen {
	size_t count[LINES_LOOKED]; // on each line
	size_t usual, lines;	    // how many most lines have; how many lines have as many
	size_t cells, read;	    // of those lines: cells, and those that are a number or a date
};

// Names stand on the first line: letters, and no number by itself.
static bool block_has_letter(const char *text, size_t n)
{
	for (size_t i = 0; i < n && text[i] != '\n' && text[i] != '\r'; i++)
		if ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z')
			return true;
	return false;
}

// The end of the line that begins at `from`, and how often each delimiter stands in it.
static size_t block_line_look(
    const char *text, size_t n, size_t from, size_t line, struct delimiter_seen seen[])
{
	bool quoted = false;
	size_t i = from;
	for (; i < n && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
		quoted = quoted != (text[i] == '"');
		for (size_t d = 0; d < DELIMITER_COUNT && !quoted; d++)
			seen[d].count[line] += text[i] == DELIMITERS[d].delimiter;
	}
	return i;
}

static void block_delimiter_usual(struct delimiter_seen *s, size_t lines)
{
	for (size_t i = 0; i < lines; i++) {
		size_t same = 0;
		for (size_t k = 0; k < lines && s->count[i]; k++)
			same += s->count[k] == s->count[i];
		if (same > s->lines) {
			s->lines = same;
			s->usual = s->count[i];
		}
	}
}

// As seen from 2049, so that any recent day looks like one.
static bool block_cell_reads(const char *text, size_t n)
{
	char cell[64];
	while (n > 1 && text[0] == '"' && text[n - 1] == '"')
		text++, n -= 2;
	if (n >= sizeof cell)
		return false;
	memcpy(cell, text, n);
	cell[n] = '\0';
	return block_looks_number(cell) || block_looks_date(cell, DAY_LOOKED);
}

static void block_cells_try(const char *line, size_t n, char delimiter, struct delimiter_seen *s)
{
	bool quoted = false;
	size_t from = 0;
	for (size_t i = 0; i <= n; i++) {
		if (i < n)
			quoted = quoted != (line[i] == '"');
		if (i < n && (quoted || line[i] != delimiter))
			continue;
		s->cells++;
		s->read += block_cell_reads(line + from, i - from);
		from = i + 1;
	}
}

// Of those that stand alike in about as many lines the one that leaves more numbers and dates.
static bool block_delimiter_better(const struct delimiter_seen *a, const struct delimiter_seen *b)
{
	size_t mine = a->read * b->cells, other = b->read * a->cells;
	if (a->lines * 4 < b->lines * 3 || b->lines * 4 < a->lines * 3 || mine == other)
		return a->lines > b->lines;
	return mine > other;
}

static void block_delimiter_find(const char *text, size_t n, bool copied, struct block_shape *out)
{
	struct delimiter_seen seen[DELIMITER_COUNT] = { 0 };
	size_t best = copied ? 0 : 2, lines = 0, from[LINES_LOOKED], to[LINES_LOOKED];
	if (n >= 5 && memcmp(text, "sep=", 4) == 0) {
		out->delimiter = text[4];
		out->names_itself = true;
		return;
	}
	for (size_t at = 0; at < n && lines < LINES_LOOKED; at++) {
		from[lines] = at;
		at = to[lines] = block_line_look(text, n, at, lines, seen);
		lines += to[lines] > from[lines];
	}
	for (size_t d = 0; d < DELIMITER_COUNT; d++) {
		block_delimiter_usual(&seen[d], lines);
		for (size_t i = 0; i < lines && seen[d].lines; i++)
			if (seen[d].count[i] == seen[d].usual)
				block_cells_try(text + from[i], to[i] - from[i],
				    DELIMITERS[d].delimiter, &seen[d]);
		if (block_delimiter_better(&seen[d], &seen[best]))
			best = d;
	}
	if (seen[0].lines || (copied && !block_has_letter(text, n)))
		best = 0; // a tab is never a part of a cell by accident
	out->delimiter = DELIMITERS[best].delimiter;
}

// `plain` is the first piece without marks and zeros: English as far as delimiters go.
struct block_looking {
	char piece[BLOCK_PIECE], plain[BLOCK_PIECE];
	size_t n; // bytes in the piece, those held over from the one before included
	bool bad, zero;
};

static void block_shape_find(struct block_looking *l, bool copied, struct block_shape *out)
{
	size_t length = 0;
	block_coding_find(l->piece, l->n, out);
	for (size_t i = out->skip; i < l->n; i++)
		if (l->piece[i])
			l->plain[length++] = l->piece[i];
	block_delimiter_find(l->plain, length, copied, out);
}

// --- looking through all of it

// UTF-8 that is cut by the end of a piece is held over.
static void block_utf8_check(struct block_looking *l, bool last)
{
	size_t bad, from = 0;
	while (!l->bad && !text_valid(l->piece + from, l->n - from, &bad)) {
		from += bad;
		if (l->piece[from] == 0) {
			l->zero = true;
			from++;
		} else if (last || l->n - from > 3) {
			l->bad = true;
		} else {
			memmove(l->piece, l->piece + from, l->n - from);
			l->n -= from;
			return;
		}
	}
	l->zero |= l->bad && memchr(l->piece, 0, l->n) != NULL;
	l->n = 0;
}

static bool block_is_workbook(const char *text, size_t n)
{
	return n >= 4 &&
	       (memcmp(text, "PK\3\4", 4) == 0 || memcmp(text, "\xd0\xcf\x11\xe0", 4) == 0);
}

static bool block_look_all(struct block_looking *l, block_more more, void *context, bool copied,
    struct block_shape *out, struct err *e)
{
	size_t got;
	bool first = true;
	while ((got = more(context, l->piece + l->n, sizeof l->piece - l->n)) > 0) {
		l->n += got;
		if (first && block_is_workbook(l->piece, l->n))
			return err_set(e, ERR_DATA,
			    "this is an Excel workbook, not text; in Excel choose Save As, CSV "
			    "UTF-8");
		if (first)
			block_shape_find(l, copied, out);
		first = false;
		if (out->coding == BLOCK_UTF8)
			block_utf8_check(l, false);
		else
			l->n = 0;
	}
	if (out->coding == BLOCK_UTF8 && l->n)
		block_utf8_check(l, true);
	return true;
}

bool block_look(block_more more, void *context, bool copied, struct block_shape *out, struct err *e)
{
	struct arena a = { 0 };
	struct block_looking *l = arena_alloc(&a, sizeof *l);
	*out = (struct block_shape){ .delimiter = copied ? '\t' : ',', .blanks = copied };
	if (!l)
		return err_memory(e);
	bool good = block_look_all(l, more, context, copied, out, e);
	if (good && l->bad && !out->skip)
		out->coding = BLOCK_CP1252;
	if (good && (l->zero || (l->bad && out->skip)))
		good = err_set(
		    e, ERR_DATA, "this is no text; in a spreadsheet choose Save As, CSV UTF-8");
	arena_free(&a);
	return good;
}

// --- characters

// Windows-1252 where it differs from Latin 1; 0 = not used.
static const unsigned short CP1252[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
	0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

static int block_byte(struct block_reader *r)
{
	if (r->from == r->to) {
		r->from = 0;
		r->to = r->more(r->context, (char *)r->piece, sizeof r->piece);
		if (r->to == 0)
			return END;
	}
	return r->piece[r->from++];
}

static int block_unit(struct block_reader *r)
{
	int a = block_byte(r), b = a == END ? END : block_byte(r);
	if (b == END)
		return END;
	return r->shape.coding == BLOCK_UTF16LE ? b << 8 | a : a << 8 | b;
}

// The next code point; of UTF-8 the next byte, which is passed on as it is.
static int block_character(struct block_reader *r)
{
	int c = r->held;
	r->held = END;
	if (c != END)
		return c;
	if (r->shape.coding == BLOCK_UTF8)
		return block_byte(r);
	if (r->shape.coding == BLOCK_CP1252) {
		c = block_byte(r);
		return c >= 0x80 && c < 0xa0 ? CP1252[c - 0x80] ? CP1252[c - 0x80] : 0xfffd : c;
	}
	c = block_unit(r);
	if (c < 0xd800 || c > 0xdfff)
		return c;
	int low = c < 0xdc00 ? block_unit(r) : 0;
	if (low >= 0xdc00 && low <= 0xdfff)
		return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	if (low > 0)
		r->held = low >= 0xd800 && low <= 0xdfff ? 0xfffd : low;
	return 0xfffd;
}

static size_t block_encode(const struct block_reader *r, int c, char out[4])
{
	if (r->shape.coding == BLOCK_UTF8 || c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	return text_encode((uint32_t)c, out);
}

// --- rows

static bool block_room(struct block_reader *r, size_t n)
{
	if (r->length + n <= r->cap)
		return true;
	size_t cap = r->cap ? r->cap * 2 : 4096;
	struct arena bigger = { 0 };
	char *text = arena_alloc(&bigger, cap);
	if (!text)
		return false;
	if (r->length)
		memcpy(text, r->text, r->length);
	arena_free(&r->arena);
	r->arena = bigger;
	r->text = text;
	r->cap = cap;
	return true;
}

static bool block_put(struct block_reader *r, int c, struct err *e)
{
	char bytes[4];
	size_t n = block_encode(r, c, bytes);
	if (r->length + n >= BLOCK_ROW)
		return err_set(e, ERR_DATA,
		    "line %u: this row is longer than a megabyte; is a quote never closed?",
		    r->line);
	if (!block_room(r, n))
		return err_memory(e);
	memcpy(r->text + r->length, bytes, n);
	r->length += n;
	return true;
}

struct block_scan {
	struct block_row *row;
	bool quoted, closed; // inside quotes; after them
	unsigned lines;	     // line feeds inside quotes
	bool some;	     // something stands in this row
};

static bool block_cell_begin(struct block_reader *r, struct block_scan *s, struct err *e)
{
	if (s->row->cells == BLOCK_CELLS)
		return err_set(e, ERR_DATA,
		    "line %u: more than %d cells in a row; is this the right file?", r->line,
		    BLOCK_CELLS);
	r->start[s->row->cells++] = r->length;
	s->closed = false;
	return true;
}

static bool block_at_start(const struct block_reader *r, const struct block_scan *s)
{
	return r->length == r->start[s->row->cells - 1] && !s->closed;
}

// One character inside quotes. False: e says why.
static bool block_quoted_take(struct block_reader *r, struct block_scan *s, int c, struct err *e)
{
	s->lines += c == '\n';
	if (c != '"')
		return block_put(r, c, e);
	int next = block_character(r);
	if (next == '"')
		return block_put(r, '"', e);
	r->held = next;
	s->quoted = false;
	s->closed = true;
	return true;
}

// One character outside quotes.
static bool block_plain_take(struct block_reader *r, struct block_scan *s, int c, struct err *e)
{
	if (c == r->shape.delimiter)
		return block_put(r, 0, e) && block_cell_begin(r, s, e);
	if (c == '"' && block_at_start(r, s)) {
		s->quoted = s->some = true;
		return true;
	}
	if (s->closed && c > ' ' && !s->row->fault)
		s->row->fault =
		    "there is text after a closing quote; double the quotes inside a cell";
	s->some |= c > ' ';
	return block_put(r, c ? c : 0xfffd, e);
}

static bool block_row_read(struct block_reader *r, struct block_scan *s, bool *ended, struct err *e)
{
	if (!block_cell_begin(r, s, e))
		return false;
	for (int c; (c = block_character(r)) != END;) {
		if (!s->quoted && (c == '\n' || c == '\r')) {
			int next = c == '\r' ? block_character(r) : END;
			if (next != '\n')
				r->held = next;
			return block_put(r, 0, e);
		}
		if (!(s->quoted ? block_quoted_take(r, s, c, e) : block_plain_take(r, s, c, e)))
			return false;
	}
	*ended = true;
	if (s->quoted)
		s->row->fault = "a quote is opened and never closed";
	return block_put(r, 0, e);
}

void block_open(struct block_reader *r, block_more more, void *context, struct block_shape shape)
{
	r->more = more;
	r->context = context;
	r->shape = shape;
	r->arena = (struct arena){ 0 };
	r->from = r->to = r->length = r->cap = 0;
	r->text = NULL;
	r->line = 1;
	r->held = END;
	for (unsigned i = 0; i < shape.skip; i++)
		block_byte(r);
}

bool block_next(struct block_reader *r, struct block_row *row, struct err *e)
{
	for (bool ended = false; !ended;) {
		struct block_scan s = { .row = row };
		bool first = r->line == 1;
		*row = (struct block_row){ .line = r->line };
		r->length = 0;
		if (!block_row_read(r, &s, &ended, e))
			return false;
		r->line += 1 + s.lines;
		bool counts = s.some || (r->shape.blanks && !ended);
		if (!counts || (first && r->shape.names_itself))
			continue;
		for (size_t i = 0; i < row->cells; i++)
			r->cell[i] = r->text + r->start[i];
		row->cell = r->cell;
		return true;
	}
	return false;
}

void block_close(struct block_reader *r)
{
	arena_free(&r->arena);
	r->text = NULL;
	r->length = r->cap = 0;
}
