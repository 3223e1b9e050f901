// SPDX-License-Identifier: MIT
#include "store/file/pages.h"

#include <plando/arena.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A row of ours is a value of at most a megabyte and little beside it.
enum { PAGE_USUAL = 4096, HEADER = 100, PAYLOAD_MOST = 4 << 20, ROOT_HEADER = 12, LEAF_HEADER = 8 };
enum { TABLE_LEAF = 13, INDEX_LEAF = 10, INDEX_INNER = 2 };

struct pages {
	int fd;
	size_t size;   // of a page, in bytes
	int64_t count; // pages in the file
	unsigned char *page, *chained;
	struct arena *row; // for what one row needs besides
	pages_take *take;
	void *context;
	int64_t *unread;
};

static unsigned pages_u16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t pages_u32(const unsigned char *p)
{
	return (uint32_t)pages_u16(p) << 16 | pages_u16(p + 2);
}

// A variable-length number; *n becomes the bytes that it took, 0 where there are too few.
static uint64_t pages_varint(const unsigned char *p, size_t room, size_t *n)
{
	uint64_t value = 0;
	for (size_t i = 0; i < 9 && i < room; i++) {
		if (i == 8) {
			*n = 9;
			return value << 8 | p[i];
		}
		value = value << 7 | (p[i] & 0x7f);
		if (p[i] < 0x80) {
			*n = i + 1;
			return value;
		}
	}
	*n = 0;
	return 0;
}

static size_t pages_size(int fd)
{
	unsigned char h[HEADER];
	if (pread(fd, h, sizeof h, 0) != (ssize_t)sizeof h)
		return PAGE_USUAL;
	unsigned n = h[16] == 0 && h[17] == 1 ? 65536 : pages_u16(h + 16);
	bool sound = n >= 512 && n <= 65536 && (n & (n - 1)) == 0;
	return sound ? n : PAGE_USUAL;
}

// The end of a file that was cut within a page reads as zeros.
static bool pages_get(struct pages *w, int64_t number, unsigned char *page)
{
	ssize_t got = pread(w->fd, page, w->size, (off_t)((number - 1) * (int64_t)w->size));
	if (got <= 0)
		return false;
	memset(page + got, 0, w->size - (size_t)got);
	return true;
}

// --- a record

static size_t pages_width(uint64_t serial)
{
	static const unsigned char WIDTH[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };
	return serial < sizeof WIDTH ? WIDTH[serial] : (size_t)(serial - 12) / 2;
}

static int64_t pages_integer(const unsigned char *p, size_t n)
{
	uint64_t value = n && p[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return (int64_t)value;
}

static struct page_value pages_value(uint64_t serial, const unsigned char *p)
{
	size_t n = pages_width(serial);
	if (serial == 0)
		return (struct page_value){ .type = PAGE_NULL };
	if (serial == 8 || serial == 9)
		return (struct page_value){ .type = PAGE_INT, .number = serial == 9 };
	if (serial < 7)
		return (struct page_value){ .type = PAGE_INT, .number = pages_integer(p, n) };
	if (serial == 7)
		return (struct page_value){ .type = PAGE_REAL };
	return (
	    struct page_value){ .type = serial % 2 ? PAGE_TEXT : PAGE_BLOB, .bytes = p, .n = n };
}

// False: it is no record, or one with too many columns.
static bool pages_record(const unsigned char *p, size_t n, struct page_row *row)
{
	size_t used, at;
	uint64_t header = pages_varint(p, n, &used);
	if (!used || header > n || header < used)
		return false;
	size_t body = (size_t)header;
	row->count = 0;
	for (at = used; at < header; at += used) {
		uint64_t serial = pages_varint(p + at, (size_t)header - at, &used);
		if (!used || serial == 10 || serial == 11 || row->count == PAGE_COLUMNS ||
		    serial > 2 * (uint64_t)PAYLOAD_MOST || pages_width(serial) > n - body)
			return false;
		row->value[row->count++] = pages_value(serial, p + body);
		body += pages_width(serial);
	}
	return row->count && body == n;
}

// --- a cell

// Bytes of a payload that stand on the page itself (file format, section 1.6).
static size_t pages_local(const struct pages *w, unsigned type, size_t payload)
{
	size_t u = w->size, most = type == TABLE_LEAF ? u - 35 : (u - 12) * 64 / 255 - 23;
	size_t least = (u - 12) * 32 / 255 - 23;
	if (payload <= most)
		return payload;
	size_t rest = least + (payload - least) % (u - 4);
	return rest <= most ? rest : least;
}

// The rest of a payload, from the pages of its chain.
static bool pages_chain(struct pages *w, uint32_t next, unsigned char *out, size_t left)
{
	while (left) {
		size_t n = left < w->size - 4 ? left : w->size - 4;
		if (next < 2 || next > w->count || !pages_get(w, next, w->chained))
			return false;
		memcpy(out, w->chained + 4, n);
		out += n;
		left -= n;
		next = pages_u32(w->chained);
	}
	return true;
}

static bool pages_cell(struct pages *w, unsigned type, size_t at, struct err *e)
{
	struct page_row row = { .keyed = type == TABLE_LEAF };
	size_t used;
	at += type == INDEX_INNER ? 4 : 0; // the page below on the left
	if (at >= w->size)
		return true;
	uint64_t payload = pages_varint(w->page + at, w->size - at, &used);
	at += used;
	if (!used || !payload || payload > PAYLOAD_MOST)
		return true;
	if (row.keyed) {
		row.rowid = (int64_t)pages_varint(w->page + at, w->size - at, &used);
		at += used;
		if (!used)
			return true;
	}
	size_t n = (size_t)payload, local = pages_local(w, type, n);
	if (local + (local < n ? 4 : 0) > w->size - at)
		return true;
	const unsigned char *bytes = w->page + at;
	if (local < n) {
		unsigned char *all = arena_array(w->row, n, 1);
		if (!all)
			return err_memory(e);
		memcpy(all, bytes, local);
		if (!pages_chain(w, pages_u32(bytes + local), all + local, n - local))
			return true;
		bytes = all;
	}
	return !pages_record(bytes, n, &row) || w->take(w->context, &row, e);
}

static bool pages_page(struct pages *w, int64_t number, struct err *e)
{
	size_t head = number == 1 ? HEADER : 0;
	unsigned type = w->page[head];
	if (type != TABLE_LEAF && type != INDEX_LEAF && type != INDEX_INNER)
		return true;
	size_t cells = pages_u16(w->page + head + 3);
	size_t list = head + (type == INDEX_INNER ? ROOT_HEADER : LEAF_HEADER);
	bool ok = true;
	for (size_t i = 0; ok && i < cells && list + 2 * i + 2 <= w->size; i++) {
		struct arena_mark mark = arena_mark(w->row);
		size_t at = pages_u16(w->page + list + 2 * i);
		ok = at < list + 2 * cells || at >= w->size || pages_cell(w, type, at, e);
		arena_release(w->row, mark);
	}
	return ok;
}

// --- the file

// The next page that is no hole; past the last one: none.
static int64_t pages_after_hole(const struct pages *w, int64_t number)
{
	off_t at = (off_t)((number - 1) * (int64_t)w->size), data = lseek(w->fd, at, SEEK_DATA);
	if (data < 0)
		return errno == ENXIO ? w->count + 1 : number;
	return data > at ? data / (off_t)w->size + 1 : number;
}

static bool pages_walk(struct pages *w, struct err *e)
{
	bool ok = true;
	for (int64_t i = pages_after_hole(w, 1); ok && i <= w->count;
	     i = pages_after_hole(w, i + 1)) {
		if (pages_get(w, i, w->page))
			ok = pages_page(w, i, e);
		else
			++*w->unread;
	}
	return ok;
}

bool pages_read(int fd, pages_take *take, void *context, int64_t *unread, struct err *e)
{
	struct arena a = { 0 }, row = { 0 };
	struct stat st;
	struct pages w = { .fd = fd,
		.size = pages_size(fd),
		.row = &row,
		.take = take,
		.context = context,
		.unread = unread };
	*unread = 0;
	if (fstat(fd, &st) != 0)
		return err_errno(e, "the file", "read");
	w.count = (st.st_size + (off_t)w.size - 1) / (off_t)w.size;
	w.page = arena_array(&a, w.size, 1);
	w.chained = arena_array(&a, w.size, 1);
	bool ok = w.page && w.chained ? pages_walk(&w, e) : err_memory(e);
	arena_free(&row);
	arena_free(&a);
	return ok;
}
