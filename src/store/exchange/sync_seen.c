// SPDX-License-Identifier: MIT
// Rule 1. Files are compared by size, times, inode and the counter that SQLite raises at each
//         commit: a clock of two seconds (FAT) is too coarse to tell two versions apart.
// Rule 2. The list stands only as long as the workbook is the one that took these files in: the
//         same file (dev, ino), and the newest arrival of then is still in it. An older copy put in
//         its place lacks that, and everything is read again.
#include "store/exchange/sync_seen.h"

#include "store/file/local.h"

#include <plando/file.h>
#include <plando/index.h>
#include <plando/str.h>
#include <plando/text.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char MAGIC[] = "plando sync 1";
enum { LINES_MOST = 4 << 20 };

static const char *sync_seen_list_path(
    struct store *s, struct arena *a, const char *folder, bool make)
{
	const char *workbook = local_workbook(s, a), *where = file_real(a, folder);
	if (!workbook || !where)
		return NULL;
	uint64_t hash = index_hash(workbook, strlen(workbook), index_hash(where, strlen(where), 1));
	const char *name = arena_printf(a, "seen-%016" PRIx64, hash);
	return name ? local_path(s, a, name, make) : NULL;
}

// Rule 2. The arrival is named by all that its row says. at = 0: the newest there is.
static bool sync_seen_arrival(struct store *s, int64_t *id, uint64_t *print)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT id,at,how,coalesce(source,''),coalesce(by,''),n FROM batch"
	    " WHERE ?1=0 OR id=?1 ORDER BY id DESC LIMIT 1",
	    &own);
	if (!q)
		return false;
	ask_int(q, 1, *id);
	bool found = ask_step(q, &own);
	if (found) {
		int64_t number[] = { col_int(q, 0), col_int(q, 1), col_int(q, 5) };
		*id = number[0];
		*print = index_hash(number, sizeof number, 1);
		for (int i = 2; i < 5; i++)
			*print = index_hash(col_text(q, i), col_size(q, i), *print);
	}
	ask_done(q);
	return found;
}

// n whole numbers with a blank after each; what follows them, or NULL.
static char *sync_seen_numbers(char *line, int64_t number[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *end;
		errno = 0;
		number[i] = strtoll(line, &end, 10);
		if (errno || end == line || *end != ' ')
			return NULL;
		line = end + 1;
	}
	return line;
}

static bool sync_seen_still_holds(struct store *s, char *line)
{
	int64_t n[4];
	uint64_t now = 0;
	struct stat st;
	return sync_seen_numbers(line, n, 4) && n[2] > 0 && stat(s->path, &st) == 0 &&
	       (int64_t)st.st_dev == n[0] && (int64_t)st.st_ino == n[1] &&
	       sync_seen_arrival(s, &n[2], &now) && (int64_t)now == n[3];
}

bool seen_parse(char *line, struct seen_file *f)
{
	int64_t n[8];
	f->name = sync_seen_numbers(line, n, 8);
	if (str_empty(f->name))
		return false;
	f->st.st_size = n[0];
	f->st.st_mtim = (struct timespec){ n[1], n[2] };
	f->st.st_ctim = (struct timespec){ n[3], n[4] };
	f->st.st_ino = (ino_t)n[5];
	f->count = (uint32_t)n[6];
	f->digest = (uint64_t)n[7];
	return true;
}

void seen_read(struct store *s, struct arena *a, const char *folder, struct seen *out)
{
	struct err ignored = { 0 };
	size_t n, at = 0;
	char *text, *save = NULL;
	const char *path = sync_seen_list_path(s, a, folder, false);
	*out = (struct seen){ 0 };
	if (!path || !file_read(a, path, LINES_MOST, &text, &n, &ignored) || strlen(text) != n)
		return;
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		struct seen_file f = { 0 };
		if (at == 0 ? !str_equal(line, MAGIC) : at == 1 && !sync_seen_still_holds(s, line))
			return;
		if (at++ >= 2 && seen_parse(line, &f) && !seen_add(out, a, &f))
			return;
	}
}

void seen_print(FILE *to, const struct seen_file *x)
{
	if (strchr(x->name, '\n'))
		return;
	const long long number[] = { x->st.st_size, x->st.st_mtim.tv_sec, x->st.st_mtim.tv_nsec,
		x->st.st_ctim.tv_sec, x->st.st_ctim.tv_nsec, (long long)x->st.st_ino, x->count,
		(long long)x->digest };
	for (size_t i = 0; i < sizeof number / sizeof *number; i++)
		fprintf(to, "%lld ", number[i]);
	fprintf(to, "%s\n", x->name);
}

void seen_write(struct store *s, struct arena *a, const char *folder, const struct seen *seen)
{
	struct err ignored = { 0 };
	struct file_out f;
	struct stat st;
	int64_t id = 0;
	uint64_t print;
	const char *path = sync_seen_list_path(s, a, folder, true);
	if (!path || stat(s->path, &st) != 0 || !sync_seen_arrival(s, &id, &print) ||
	    !file_begin(&f, a, path, &ignored))
		return;
	fprintf(f.stream, "%s\n%lld %lld %lld %lld \n", MAGIC, (long long)st.st_dev,
	    (long long)st.st_ino, (long long)id, (long long)print);
	for (size_t i = 0; i < seen->count; i++)
		seen_print(f.stream, &seen->item[i]);
	file_commit(&f, &ignored);
}

bool seen_look(int folder, const char *name, struct seen_file *out)
{
	unsigned char header[28] = { 0 };
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	*out = (struct seen_file){ .name = name };
	bool ok = fd >= 0 && fstat(fd, &out->st) == 0 && S_ISREG(out->st.st_mode) &&
		  pread(fd, header, sizeof header, 0) >= 0;
	for (int i = 24; i < 28; i++)
		out->count = out->count << 8 | header[i];
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool sync_seen_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool seen_same(const struct seen_file *a, const struct seen_file *b)
{
	return a->st.st_size == b->st.st_size && a->st.st_ino == b->st.st_ino &&
	       a->count == b->count && sync_seen_same_time(a->st.st_mtim, b->st.st_mtim) &&
	       sync_seen_same_time(a->st.st_ctim, b->st.st_ctim);
}

const struct seen_file *seen_find(const struct seen *seen, const struct seen_file *now)
{
	for (size_t i = 0; i < seen->count; i++) {
		const struct seen_file *x = &seen->item[i];
		if (str_equal(x->name, now->name))
			return seen_same(x, now) ? x : NULL;
	}
	return NULL;
}

bool seen_add(struct seen *seen, struct arena *a, const struct seen_file *file)
{
	if (!arena_grow(a, (void **)&seen->item, seen->count, &seen->cap, sizeof *seen->item))
		return false;
	seen->item[seen->count++] = *file;
	return true;
}
