// SPDX-License-Identifier: MIT
#include "support.h"

#include <plando/str.h>

#include <dirent.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t world_now(void *world)
{
	struct world *w = world;
	return w->now += w->tick;
}

uint64_t world_next(struct world *w)
{
	uint64_t z = (w->seed += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static bool world_random(void *world, void *bytes, size_t n)
{
	unsigned char *p = bytes;
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(world_next(world) >> 24);
	return true;
}

struct env world_env(struct world *w)
{
	return (struct env){ .now = world_now,
		.random = world_random,
		.world = w,
		.author = "Ana Silva",
		.device = "clinic-laptop",
		.data_home = "",
		.state_home = "",
		.wild_clock = true };
}

static char folder[256];
static pid_t owner;

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	chmod(path, 0700);
	return remove(path);
}

static void folder_remove(void)
{
	if (getpid() == owner && *folder)
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(void)
{
	if (*folder)
		return folder;
	struct stat st;
	const char *base = getenv("TMPDIR");
	if (!base)
		base = stat("/dev/shm", &st) == 0 && access("/dev/shm", W_OK) == 0 ? "/dev/shm"
										   : "/tmp";
	snprintf(folder, sizeof folder, "%s/plando-test-XXXXXX", base);
	if (!mkdtemp(folder)) { // outside a test: Check's own words would not come through
		perror(folder);
		exit(ERR_CANTCREAT);
	}
	owner = getpid();
	atexit(folder_remove);
	setenv("XDG_RUNTIME_DIR", folder, 1); // private copies of files that are read lie there too
	return folder;
}

char *test_path(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", test_folder(), name);
}

static const char *source_root(void)
{
	const char *root = getenv("PLANDO_SOURCE");
	ck_assert_msg(root != NULL, "PLANDO_SOURCE is not set: run the tests by meson test");
	return root;
}

char *test_source(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", source_root(), name);
}

char *test_published(struct arena *a, const char *name)
{
	return test_source(a, arena_printf(a, "tests/data/published/%s", name));
}

char *test_unlicensed(struct arena *a, const char *name)
{
	const char *given = getenv("PLANDO_DATA");
	char *path = given ? arena_printf(a, "%s/%s", given, name)
			   : arena_printf(a, "%s/../shared/data/%s", source_root(), name);
	if (path && access(path, R_OK) == 0)
		return path;
	printf("# left out: %s may not be passed on and is not here\n", name);
	return NULL;
}

char *test_diagram(struct arena *a, const char *team)
{
	bool ours = strcmp(team, "cms") == 0 || strcmp(team, "enow") == 0;
	return ours ? test_published(a, "diagrams.yaml")
		    : test_unlicensed(a, "bundles/diagrams.yaml");
}

char *test_read(struct arena *a, const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	struct str s = STR_IN(a);
	char part[4096];
	for (size_t got; (got = fread(part, 1, sizeof part, f)) > 0;)
		str_add_n(&s, part, got);
	fclose(f);
	if (n)
		*n = s.length;
	return str_done(&s);
}

void test_write(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

long long_amount(long small, long large)
{
	const char *given = getenv("PLANDO_LONG");
	return given && *given ? large : small;
}

int test_half(void)
{
	const char *given = getenv("PLANDO_HALF");
	return given && *given == '1';
}

bool test_lock_folder(const char *where)
{
	if (unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount(where, where, NULL, MS_BIND, NULL) == 0 &&
	    mount(NULL, where, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0)
		return true;
	printf("# skipped: no disk can be mounted here\n");
	return false;
}

void test_unlock_folder(const char *where)
{
	ck_assert_int_eq(umount2(where, MNT_DETACH), 0);
}

int test_run(Suite *s)
{
	test_folder(); // made before Check forks, so that the parent removes it
	SRunner *r = srunner_create(s);
	srunner_set_tap(r, "-");
	srunner_run_all(r, CK_SILENT);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
