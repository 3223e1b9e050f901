// SPDX-License-Identifier: MIT
#include "calls.h"

#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 512, NAMES_MOST = 256 };

// A new file that no fsync has made durable; a name that no fsync of its folder has.
static struct born {
	char path[PATH_ROOM];
} born[NAMES_MOST];
static struct moved {
	char from[PATH_ROOM], to[PATH_ROOM];
	bool had; // there was a file of that name
	char *old;
	size_t size;
} moved[NAMES_MOST];
static int borns, moves;

// --- what is remembered for a cut

static char *bytes_of(const char *path, size_t *n)
{
	struct stat st;
	FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
	if (!f)
		return NULL;
	char *bytes = calloc(1, (size_t)st.st_size + 1);
	*n = fread(bytes, 1, (size_t)st.st_size, f);
	fclose(f);
	return bytes;
}

static void born_note(const char *path)
{
	if (borns < NAMES_MOST)
		snprintf(born[borns++].path, PATH_ROOM, "%s", path);
}

static void born_settled(const char *path)
{
	int kept = 0;
	for (int i = 0; i < borns; i++)
		if (strcmp(born[i].path, path) != 0)
			born[kept++] = born[i];
	borns = kept;
}

static void move_note(const char *from, const char *to)
{
	if (!disk_cutting())
		return;
	if (moves == NAMES_MOST)
		abort();
	struct moved *m = &moved[moves++];
	*m = (struct moved){ 0 };
	snprintf(m->from, PATH_ROOM, "%s", from);
	snprintf(m->to, PATH_ROOM, "%s", to);
	m->old = bytes_of(to, &m->size);
	m->had = m->old != NULL;
}

static int move_end(int rc, const char *from, const char *to)
{
	if (!disk_cutting() || !moves)
		return rc;
	if (rc != 0) {
		free(moved[--moves].old);
		return rc;
	}
	disk_moved(from, to);
	for (int i = 0; i < borns; i++)
		if (strcmp(born[i].path, from) == 0)
			snprintf(born[i].path, PATH_ROOM, "%s", to);
	return rc;
}

static void moves_settled(const char *folder)
{
	int kept = 0;
	for (int i = 0; i < moves; i++) {
		char room[PATH_ROOM];
		snprintf(room, PATH_ROOM, "%s", moved[i].to);
		if (strcmp(dirname(room), folder) == 0)
			free(moved[i].old);
		else
			moved[kept++] = moved[i];
	}
	moves = kept;
}

// --- the cut

static bool move_undo(const struct moved *m)
{
	if (rename(m->to, m->from) != 0)
		return false;
	FILE *f = m->had ? fopen(m->to, "wb") : NULL;
	if (f && fwrite(m->old, 1, m->size, f) != m->size)
		abort();
	if (f)
		fclose(f);
	return true;
}

int calls_power_cut(unsigned chance)
{
	int lost = 0;
	for (int i = 0; i < borns; i++) {
		struct stat st;
		chance = chance * 1103515245u + 12345u;
		unsigned fate = chance >> 16 & 3; // empty, half of it, or all of it
		if (fate < 2 && stat(born[i].path, &st) == 0 && st.st_size > 0)
			lost += truncate(born[i].path, fate ? st.st_size / 2 : 0) == 0;
	}
	borns = 0;
	while (moves > 0) {
		chance = chance * 1103515245u + 12345u;
		if (chance >> 16 & 1)
			lost += move_undo(&moved[moves - 1]);
		free(moved[--moves].old);
	}
	return lost;
}

// --- the calls

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	if (flags & O_CREAT && disk_step())
		return -1;
	int fd = __real_open64(path, flags, mode);
	if (fd >= 0 && flags & O_CREAT && disk_cutting())
		born_note(path);
	return fd;
}

int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
	return disk_step() ? -1 : __real_mkdir(path, mode);
}

ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
	return disk_step() ? -1 : __real_write(fd, bytes, n);
}

int __real_fflush(FILE *f);
int __wrap_fflush(FILE *f);
int __wrap_fflush(FILE *f)
{
	return disk_step() ? EOF : __real_fflush(f);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	char link[64], path[PATH_ROOM];
	struct stat st;
	if (disk_step())
		return -1;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = disk_cutting() ? readlink(link, path, PATH_ROOM - 1) : -1;
	if (n > 0) {
		path[n] = '\0';
		if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
			moves_settled(path);
		} else {
			born_settled(path);
			disk_settled(path);
		}
	}
	return __real_fsync(fd);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	if (disk_step())
		return -1;
	move_note(from, to);
	return move_end(__real_rename(from, to), from, to);
}

int __real_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (disk_step())
		return -1;
	move_note(from, to);
	return move_end(__real_renameat2(a, from, b, to, flags), from, to);
}

// Without power nothing is tidied either.
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __wrap_unlink(const char *path)
{
	if (disk_off())
		return -1;
	born_settled(path);
	disk_settled(path);
	return __real_unlink(path);
}

int __real_unlinkat(int folder, const char *path, int flags);
int __wrap_unlinkat(int folder, const char *path, int flags);
int __wrap_unlinkat(int folder, const char *path, int flags)
{
	return disk_off() ? -1 : __real_unlinkat(folder, path, flags);
}

int __real_rmdir(const char *path);
int __wrap_rmdir(const char *path);
int __wrap_rmdir(const char *path)
{
	return disk_off() ? -1 : __real_rmdir(path);
}
