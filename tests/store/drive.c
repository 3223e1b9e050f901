// SPDX-License-Identifier: MIT
#include "drive.h"

#include <plando/record.h>
#include <plando/str.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

struct arena a;
struct world world;
struct env env[3];
const char *root, *drive, *file;
struct store *one, *two;

// --- the drive: link with -Wl,--wrap=…

uint32_t drive_is; // what statfs calls it; 0: as it is
int drive_fails;   // errno of every look at it
long calls, call_fails;
bool for_ever;
act_fn *before_rename, *before_fsync; // once

static bool fails(void)
{
	calls++;
	return call_fails && (for_ever ? calls >= call_fails : calls == call_fails);
}

static bool on_drive(const char *path)
{
	return drive && str_starts(path, drive) && strchr("/", path[strlen(drive)]);
}

int __real_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out)
{
	char *whole = realpath(path, NULL);
	bool there = whole && on_drive(whole);
	free(whole);
	errno = drive_fails;
	if (there && drive_fails)
		return -1;
	int rc = __real_statfs64(path, out);
	if (rc == 0 && there && drive_is)
		out->f_type = drive_is;
	return rc;
}

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	errno = drive_fails ? drive_fails : EIO;
	if ((drive_fails && on_drive(path)) || fails())
		return -1;
	return __real_open64(path, flags, mode);
}

int __real_openat64(int at, const char *path, int flags, ...);
int __wrap_openat64(int at, const char *path, int flags, ...);
int __wrap_openat64(int at, const char *path, int flags, ...)
{
	return at == AT_FDCWD ? __wrap_open64(path, flags) : __real_openat64(at, path, flags);
}

static void now(act_fn **act)
{
	act_fn *once = *act;
	*act = NULL;
	if (once)
		once();
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	if (on_drive(to))
		now(&before_rename);
	errno = EIO;
	return fails() ? -1 : __real_rename(from, to);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	now(&before_fsync);
	errno = ENOSPC;
	return fails() ? -1 : __real_fsync(fd);
}

// --- two computers

struct store *opened(int computer, enum store_mode mode)
{
	struct err err = { 0 };
	struct store *s = store_open(file, mode, &env[computer], &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

bool add(struct store *to, const char *name, struct err *e)
{
	struct arena own = { 0 };
	struct id id;
	struct save *v = save_begin(to, &own, e);
	bool ok = v && save_new(v, "team", NULL, &id, e) &&
		  save_cell(v, &id, "team", "name", name, e) && save_commit(v, NULL, e);
	arena_free(&own);
	return ok;
}

bool has(struct store *in, const char *name)
{
	struct record r;
	struct err err = { 0 };
	return record_find(in, &a, "team", name, &r, &err);
}

void bring(struct store *s)
{
	MUST(far_bring(s, NULL, &e));
}

// The file as it lies there, sound, with these teams.
void there(const char *const name[])
{
	struct store_problems p;
	struct err err = { 0 };
	uint32_t was = drive_is;
	drive_is = 0;
	struct store *s = store_open(file, STORE_READ, &env[2], &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	ck_assert_msg(store_check(s, &a, &p, &err), "%s", err.text);
	ck_assert_msg(!p.count, "%s", p.count ? p.line[0] : "");
	for (; *name; name++)
		ck_assert_msg(has(s, *name), "%s is not there", *name);
	store_close(s);
	drive_is = was;
}

unsigned names_in(const char *folder)
{
	unsigned n = 0;
	DIR *dir = opendir(folder);
	ck_assert(dir != NULL);
	for (struct dirent *f; (f = readdir(dir));)
		n += !str_equal(f->d_name, ".") && !str_equal(f->d_name, "..");
	closedir(dir);
	return n;
}

void drive_setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 77, .tick = 1 };
	char *whole = realpath(test_folder(), NULL);
	root = arena_printf(&a, "%s/far-%d", whole, (int)getpid());
	free(whole);
	drive = NULL;
	mkdir(root, 0700);
	for (int i = 0; i < 3; i++) {
		env[i] = world_env(&world);
		env[i].device = arena_printf(&a, "computer %d", i);
		env[i].state_home = i < 2 ? arena_printf(&a, "%s/state-%d", root, i) : "";
	}
	drive = arena_printf(&a, "%s/drive", root);
	mkdir(drive, 0700);
	file = arena_printf(&a, "%s/hubs.plando", drive);
	drive_is = 0;
	drive_fails = 0;
	calls = call_fails = 0;
	before_rename = before_fsync = NULL;
	MUST(store_create(file, &env[2], "Hubs", &e));
	drive_is = 0x6969;
	one = two = NULL;
}

void drive_teardown(void)
{
	store_close(one);
	store_close(two);
	one = two = NULL;
	arena_free(&a);
}
