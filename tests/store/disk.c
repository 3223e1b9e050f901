// SPDX-License-Identifier: MIT
#include "disk.h"

#include <sqlite3.h>
#include <string.h>

struct disk_file {
	sqlite3_file base;
	sqlite3_file *real;
};

static sqlite3_vfs disk, *system_vfs;
static long count, syncs, fail_at;
static bool for_ever;
static enum disk_fault kind;

void disk_fail(long step, bool ever, enum disk_fault fault)
{
	count = syncs = 0;
	fail_at = step;
	for_ever = ever;
	kind = fault;
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
	count++;
	return fail_at && (for_ever ? count >= fail_at : count == fail_at);
}

static sqlite3_file *real(sqlite3_file *f)
{
	return ((struct disk_file *)f)->real;
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
	if (!fails())
		return real(f)->pMethods->xWrite(real(f), from, n, at);
	if (kind == DISK_FULL)
		real(f)->pMethods->xWrite(real(f), from, n / 2, at);
	return kind == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return fails() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}

static int disk_sync(sqlite3_file *f, int flags)
{
	syncs++;
	return fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}

static int disk_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int disk_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int disk_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int disk_reserved(sqlite3_file *f, int *out)
{
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
	return fails() ? SQLITE_IOERR_DELETE : system_vfs->xDelete(system_vfs, name, sync);
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
