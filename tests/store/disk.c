// SPDX-License-Identifier: MIT
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 512, UNSYNCED_MOST = 4096 };

struct disk_file {
	sqlite3_file base;
	sqlite3_file *real;
	char path[PATH_ROOM];
};

// A write, or a cut, that no sync has made durable: what stood there, and what was to stand there.
struct unsynced {
	char path[PATH_ROOM];
	sqlite3_int64 at, before; // before: the file's length
	int size;		  // 0: the file was cut to `at` bytes
	int had;
	char *old, *new;
};
static struct unsynced pending[UNSYNCED_MOST];
static int pendings;

static sqlite3_vfs disk, *system_vfs;
static long count, syncs, fail_at;
static bool for_ever, lockless;
static enum disk_fault kind;

void disk_fail(long step, bool ever, enum disk_fault fault)
{
	count = syncs = 0;
	fail_at = step;
	for_ever = ever;
	kind = fault;
}

void disk_no_locks(bool none)
{
	lockless = none;
}

long disk_steps(void)
{
	return count;
}

long disk_syncs(void)
{
	return syncs;
}

static bool fails(void)
{
	static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS, EIO, EIO };
	count++;
	if (kind == DISK_KILL && count == fail_at)
		kill(getpid(), SIGKILL);
	if (kind == DISK_KILL || !fail_at || (for_ever ? count < fail_at : count != fail_at))
		return false;
	errno = numbers[kind];
	return true;
}

bool disk_step(void)
{
	return fails();
}

bool disk_off(void)
{
	return kind == DISK_CUT && fail_at && count >= fail_at;
}

bool disk_cutting(void)
{
	return kind == DISK_CUT && fail_at;
}

static sqlite3_file *real(sqlite3_file *f)
{
	return ((struct disk_file *)f)->real;
}

// --- what a power cut may lose

static void forget(int i)
{
	free(pending[i].old);
	free(pending[i].new);
}

static void note(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	struct unsynced *u = &pending[pendings];
	if (kind != DISK_CUT || pendings == UNSYNCED_MOST)
		return;
	*u = (struct unsynced){ .at = at, .size = n };
	memcpy(u->path, ((struct disk_file *)f)->path, PATH_ROOM);
	real(f)->pMethods->xFileSize(real(f), &u->before);
	u->had = (int)(u->before > at ? (u->before - at < n || !n ? u->before - at : n) : 0);
	u->old = calloc(1, (size_t)u->had + 1);
	u->new = calloc(1, (size_t)n + 1);
	if (u->had)
		real(f)->pMethods->xRead(real(f), u->old, u->had, at);
	if (n)
		memcpy(u->new, from, (size_t)n);
	pendings++;
}

void disk_settled(const char *path)
{
	int kept = 0;
	for (int i = 0; i < pendings; i++)
		if (strcmp(pending[i].path, path) == 0)
			forget(i);
		else
			pending[kept++] = pending[i];
	pendings = kept;
}

void disk_moved(const char *from, const char *to)
{
	for (int i = 0; i < pendings; i++)
		if (strcmp(pending[i].path, from) == 0)
			snprintf(pending[i].path, PATH_ROOM, "%s", to);
}

static void undo(const struct unsynced *u)
{
	int fd = open(u->path, O_WRONLY);
	if (fd >= 0 &&
	    (pwrite(fd, u->old, (size_t)u->had, u->at) != u->had || ftruncate(fd, u->before) != 0))
		abort();
	close(fd);
}

static void again(const struct unsynced *u, int size)
{
	int fd = open(u->path, O_WRONLY);
	if (fd >= 0 &&
	    (u->size ? pwrite(fd, u->new, (size_t)size, u->at) != size : ftruncate(fd, u->at) != 0))
		abort();
	close(fd);
}

int disk_power_cut(unsigned chance)
{
	int lost = 0;
	for (int i = pendings; i-- > 0;)
		undo(&pending[i]);
	for (int i = 0; i < pendings; i++) {
		chance = chance * 1103515245u + 12345u;
		unsigned fate = chance >> 16 & 3; // lost, half of it, or all of it
		if (fate > 1)
			again(&pending[i], pending[i].size);
		else if (fate == 1)
			again(&pending[i], pending[i].size / 1024 * 512);
		lost += fate < 2;
		forget(i);
	}
	pendings = 0;
	return lost;
}

static int disk_close(sqlite3_file *f)
{
	int rc = real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : SQLITE_OK;
	sqlite3_free(real(f));
	return rc;
}

static int disk_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int disk_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	if (!fails()) {
		note(f, from, n, at);
		return real(f)->pMethods->xWrite(real(f), from, n, at);
	}
	if (kind == DISK_FULL)
		real(f)->pMethods->xWrite(real(f), from, n / 2, at);
	return kind == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (fails())
		return SQLITE_IOERR_TRUNCATE;
	note(f, NULL, 0, size);
	return real(f)->pMethods->xTruncate(real(f), size);
}

static int disk_sync(sqlite3_file *f, int flags)
{
	syncs++;
	if (fails())
		return SQLITE_IOERR_FSYNC;
	disk_settled(((struct disk_file *)f)->path);
	return real(f)->pMethods->xSync(real(f), flags);
}

static int disk_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int disk_lock(sqlite3_file *f, int level)
{
	return lockless ? SQLITE_OK : real(f)->pMethods->xLock(real(f), level);
}

static int disk_unlock(sqlite3_file *f, int level)
{
	return lockless ? SQLITE_OK : real(f)->pMethods->xUnlock(real(f), level);
}

static int disk_reserved(sqlite3_file *f, int *out)
{
	if (lockless)
		return *out = 0, SQLITE_OK;
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int disk_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int disk_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int disk_device(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static const sqlite3_io_methods methods = { 1, disk_close, disk_read, disk_write, disk_truncate,
	disk_sync, disk_size, disk_lock, disk_unlock, disk_reserved, disk_control, disk_sector,
	disk_device, NULL, NULL, NULL, NULL, NULL, NULL };

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct disk_file *file = (struct disk_file *)f;
	(void)vfs;
	memset(file, 0, sizeof *file);
	if (name)
		snprintf(file->path, PATH_ROOM, "%s", name);
	if (flags & SQLITE_OPEN_MAIN_JOURNAL && fails())
		return SQLITE_CANTOPEN;
	file->real = sqlite3_malloc(system_vfs->szOsFile);
	if (!file->real)
		return SQLITE_NOMEM;
	memset(file->real, 0, (size_t)system_vfs->szOsFile);
	int rc = system_vfs->xOpen(system_vfs, name, file->real, flags, out);
	if (rc != SQLITE_OK)
		sqlite3_free(file->real);
	else
		file->base.pMethods = &methods;
	return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	if (fails())
		return SQLITE_IOERR_DELETE;
	disk_settled(name);
	return system_vfs->xDelete(system_vfs, name, sync);
}

void disk_install(void)
{
	system_vfs = sqlite3_vfs_find(NULL);
	disk = *system_vfs;
	disk.zName = "failing disk";
	disk.pNext = NULL;
	disk.szOsFile = sizeof(struct disk_file);
	disk.xOpen = disk_open;
	disk.xDelete = disk_delete;
	sqlite3_vfs_register(&disk, 1);
}
