// SPDX-License-Identifier: MIT
// Rule 1. The file is made beside its place under a name that is its own, synced, renamed, the
//         folder synced, then read back and its digest compared: a tool that carries the folder
//         never sees a short file under the final name.
// Rule 2. On FAT and exFAT a rename over a file is not safe against pulling the stick: two names
//         take turns, so that one of them is always whole.
#include "store/exchange/publish.h"

#include "store/exchange/part.h"
#include "store/file/private.h"

#include <plando/file.h>
#include <plando/hash.h>
#include <plando/str.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

// --- the name

enum { SECRET = 16, NAME_ROOM = 80, DEVICE_ROOM = 40 };

// Random bytes that stay on this computer. False: there is no place to keep them.
static bool publish_device_secret(struct store *s, struct arena *a, uint8_t secret[SECRET])
{
	struct err ignored = { 0 };
	const char *path = arena_printf(a, "%s/device", s->env->state_home);
	char *kept;
	size_t n;
	if (str_empty(s->env->state_home) || !path)
		return false;
	if (file_read(a, path, SECRET, &kept, &n, &ignored) && n == SECRET) {
		memcpy(secret, kept, SECRET);
		return true;
	}
	return s->env->random(s->env->world, secret, SECRET) && file_folders(path, &ignored) &&
	       file_write(a, path, secret, SECRET, &ignored);
}

static unsigned publish_four_digits(struct store *s, struct arena *a)
{
	struct hash h;
	uint8_t secret[SECRET] = { 0 }, sum[32];
	bool kept = publish_device_secret(s, a, secret);
	const char *slash = strrchr(store_path(s), '/');
	const char *path = kept ? file_real(a, store_path(s)) : slash ? slash + 1 : store_path(s);
	hash_init(&h);
	hash_bytes(&h, secret, SECRET);
	hash_text(&h, s->env->device);
	hash_text(&h, path);
	hash_done(&h, sum);
	return (unsigned)sum[0] << 8 | sum[1];
}

// A name that every file system takes: at most `room` bytes, whole characters.
static char *publish_portable(struct arena *a, const char *text, size_t n, size_t room)
{
	while (n > room || (n && strchr(". ", text[n - 1])))
		for (n--; n && ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	char *out = arena_copy(a, text, n);
	for (char *p = out; p && *p; p++)
		if ((unsigned char)*p < 0x20 || strchr("<>:\"/\\|?*", *p))
			*p = '-';
	return out;
}

const char *publish_name(struct store *s, struct arena *a)
{
	const char *slash = strrchr(store_path(s), '/'), *base = slash ? slash + 1 : store_path(s);
	size_t n = strlen(base), ending = strlen(".plando");
	if (n > ending && strcmp(base + n - ending, ".plando") == 0)
		n -= ending;
	const char *name = publish_portable(a, base, n, NAME_ROOM);
	const char *device =
	    publish_portable(a, s->env->device, strlen(s->env->device), DEVICE_ROOM);
	if (!name || !device)
		return NULL;
	return arena_printf(a, "%s.%s-%04x.plando", name, device, publish_four_digits(s, a));
}

// --- writing

static bool publish_read_back(const char *path, uint64_t digest, struct err *e)
{
	struct private_copy copy;
	int64_t there = 0;
	bool ok = private_open(path, &copy, e);
	if (ok)
		ok = meta_get_int(copy.db, "digest", 0, &there, e);
	private_close(&copy);
	return ok && ((uint64_t)there == digest ||
			 err_set(e, ERR_IO,
			     "%s: what was written there does not read back the same; check the "
			     "disk, and sync again",
			     path));
}

// Rule 2: the name that does not hold the newest whole copy.
static const char *publish_turn(struct arena *a, const char *folder, const char *name)
{
	enum { FAT = 0x4d44, EXFAT = 0x2011bab0 };
	struct statfs fs;
	struct stat one, two;
	struct err ignored = { 0 };
	struct private_copy copy;
	if (statfs(folder, &fs) != 0 || (fs.f_type != FAT && fs.f_type != EXFAT))
		return name;
	const char *first = arena_printf(a, "%s/%s", folder, name);
	const char *other =
	    arena_printf(a, "%.*s.2.plando", (int)(strlen(name) - strlen(".plando")), name);
	const char *second = other ? arena_printf(a, "%s/%s", folder, other) : NULL;
	if (!first || !second || stat(first, &one) != 0 || !private_open(first, &copy, &ignored))
		return name;
	private_close(&copy);
	bool newer = stat(second, &two) == 0 && two.st_mtim.tv_sec > one.st_mtim.tv_sec;
	return newer ? name : other;
}

// A folder that a group writes to is shared by that group: its files can be read by those who can
// write beside them. A mode that somebody gave the file stays.
void publish_readers(const char *folder, const char *path, int fd)
{
	struct stat st;
	mode_t mode = 0600;
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		mode |= st.st_mode & 0777;
	else if (stat(folder, &st) == 0)
		mode |= (st.st_mode & 0022) << 1;
	if (fchmod(fd, mode) != 0)
		errno = 0; // a disk without permissions: nothing to keep
}

// SQLite's words, about the folder instead of a name that nobody has seen.
static bool publish_blame(const char *folder, const char *temp, const struct store *s,
    const struct err *own, struct err *e)
{
	const char *const names[] = { temp, s->path };
	const char *words = own->text;
	for (size_t i = 0; i < 2; i++)
		if (str_starts(words, names[i]) && str_starts(words + strlen(names[i]), ": "))
			words += strlen(names[i]) + 2;
	return err_set(
	    e, own->code, "%s: this computer's copy could not be written there: %s", folder, words);
}

static bool publish_write_whole(
    struct store *s, struct making *m, const char *path, uint64_t *digest, struct err *e)
{
	return part_digest(s, &PART_PUBLIC, digest, e) && part_copy(s, m->temp, &PART_PUBLIC, e) &&
	       (making_done(m, path, false) || err_output(e, s->path, "write it"));
}

bool publish(struct store *s, struct arena *a, const char *folder, const char *name,
    const char **written, struct err *e)
{
	struct making m;
	struct err own = { 0 };
	uint64_t digest;
	*written = publish_turn(a, folder, name);
	const char *path = arena_printf(a, "%s/%s", folder, *written);
	const char *place = arena_printf(a, "%s/%s", folder, name);
	if (!path || !place)
		return err_memory(e);
	if (!making_file(&m, place))
		return err_output(e, folder, "write to it");
	publish_readers(folder, path, m.held);
	if (publish_write_whole(s, &m, path, &digest, &own))
		return publish_read_back(path, digest, e);
	publish_blame(folder, m.temp, s, &own, e);
	making_abandon(&m);
	return false;
}
