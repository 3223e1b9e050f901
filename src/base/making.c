// SPDX-License-Identifier: MIT
#include <plando/making.h>
#include <plando/str.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ENDING[] = ".tmp";
enum { CHANCE = 6, TAIL = 1 + CHANCE + 4, NAME_MOST = 255 - 1 - TAIL, TRIES = 100 };
enum { WHERE_ROOM = MAKING_ROOM - 256 }; // of a folder, so that the name fits behind it

// A file may be a workbook that SQLite fills under locks of its own, which on some network disks
// meet those of flock: so one byte is locked, behind SQLite's, of the page that it leaves free.
static bool making_hold(int fd, bool folder)
{
	struct flock byte = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000400, .l_len = 1
	};
	return (folder ? flock(fd, LOCK_EX | LOCK_NB) : fcntl(fd, F_OFD_SETLK, &byte)) == 0;
}

static bool making_is_refused(void)
{
	return errno == EWOULDBLOCK || errno == EAGAIN || errno == EACCES;
}

static bool making_stands(const char *path, int fd)
{
	struct stat named, open;
	return lstat(path, &named) == 0 && fstat(fd, &open) == 0 && named.st_dev == open.st_dev &&
	       named.st_ino == open.st_ino;
}

// --- left by a crash

static void making_journal_unlink(int folder, const char *name)
{
	char journal[MAKING_ROOM + 16];
	snprintf(journal, sizeof journal, "%s-journal", name);
	unlinkat(folder, journal, 0);
}

static void making_folder_empty(int fd)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	DIR *dir = own < 0 ? NULL : fdopendir(own);
	if (!dir) {
		close(own);
		return;
	}
	rewinddir(dir);
	for (struct dirent *f; (f = readdir(dir));)
		if (!str_equal(f->d_name, ".") && !str_equal(f->d_name, ".."))
			unlinkat(fd, f->d_name, 0);
	closedir(dir);
}

static bool making_is_named_so(const char *entry, const char *begins)
{
	size_t n = strlen(entry);
	if (*entry != '.' || n < 1 + TAIL || !str_starts(entry + 1, begins))
		return false;
	const char *tail = entry + n - TAIL;
	for (int i = 1; i <= CHANCE; i++)
		if (!isalnum((unsigned char)tail[i]))
			return false;
	return *tail == '.' && str_equal(tail + 1 + CHANCE, ENDING);
}

// Where no lock is to be had, nothing is proven, and it stays.
static void making_tidy_one(int folder, const char *name)
{
	struct stat st;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || st.st_uid != geteuid())
		return;
	bool is_folder = S_ISDIR(st.st_mode);
	if (!is_folder && !(S_ISREG(st.st_mode) && st.st_nlink == 1))
		return;
	int fd = openat(folder, name,
	    (is_folder ? O_RDONLY | O_DIRECTORY : O_RDWR | O_NONBLOCK) | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	if (making_hold(fd, is_folder)) {
		if (is_folder)
			making_folder_empty(fd);
		else
			making_journal_unlink(folder, name);
		unlinkat(folder, name, is_folder ? AT_REMOVEDIR : 0);
	}
	close(fd);
}

void making_tidy(const char *folder, const char *begins)
{
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *f; (f = readdir(dir));)
		if (making_is_named_so(f->d_name, begins))
			making_tidy_one(dirfd(dir), f->d_name);
	closedir(dir);
}

// --- making

// The folder, and of the name as much as leaves room for the rest: whole characters.
static bool making_places(const char *place, char folder[WHERE_ROOM], char name[NAME_MOST + 1])
{
	char copy[WHERE_ROOM];
	if ((size_t)snprintf(copy, sizeof copy, "%s", place) >= sizeof copy) {
		errno = ENAMETOOLONG;
		return false;
	}
	const char *base = basename(copy);
	size_t n = strnlen(base, NAME_MOST);
	while (n && ((unsigned char)base[n] & 0xc0) == 0x80)
		n--;
	snprintf(name, NAME_MOST + 1, "%.*s", (int)n, base);
	snprintf(folder, WHERE_ROOM, "%s", dirname(copy));
	return true;
}

static bool making_chance_name(struct making *m, const char *where, const char *name)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz012345"; // 32
	unsigned char byte[CHANCE];
	char chance[CHANCE + 1] = "";
	if (getrandom(byte, CHANCE, 0) != CHANCE)
		return false;
	for (int i = 0; i < CHANCE; i++)
		chance[i] = signs[byte[i] % 32];
	snprintf(m->temp, MAKING_ROOM, "%s/.%s.%s%s", where, name, chance, ENDING);
	return true;
}

static int making_make(const char *path, bool folder)
{
	if (!folder)
		return open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600);
	if (mkdir(path, 0700) != 0)
		return -1;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		errno = EEXIST; // tidied already: another is tried
	else if (fd < 0)
		rmdir(path);
	return fd;
}

// One that is being tidied before it could be held is left to that, and another is tried.
static bool making_try_name(struct making *m, const char *place, bool folder)
{
	char where[WHERE_ROOM], name[NAME_MOST + 1];
	*m = (struct making){ .held = -1 };
	if (!making_places(place, where, name))
		return false;
	making_tidy(where, name);
	for (int i = 0; i < TRIES && making_chance_name(m, where, name); i++) {
		m->held = making_make(m->temp, folder);
		if (m->held < 0 && errno == EEXIST)
			continue;
		if (m->held < 0)
			break;
		if ((making_hold(m->held, folder) || !making_is_refused()) &&
		    making_stands(m->temp, m->held))
			return true;
		close(m->held);
	}
	m->temp[0] = '\0';
	return false;
}

bool making_file(struct making *m, const char *place)
{
	return making_try_name(m, place, false);
}

bool making_folder(struct making *m, const char *place)
{
	return making_try_name(m, place, true);
}

// So that the new name survives a power cut. Disks that cannot do this say EINVAL: they are as safe
// as they get.
void making_named(const char *path)
{
	char room[MAKING_ROOM];
	int fd = snprintf(room, sizeof room, "%s", path) < MAKING_ROOM
		     ? open(dirname(room), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		     : -1;
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

static bool making_give_name(const char *temp, const char *place, bool fresh)
{
	if (!fresh)
		return rename(temp, place) == 0;
	if (renameat2(AT_FDCWD, temp, AT_FDCWD, place, RENAME_NOREPLACE) == 0)
		return true;
	// FAT and old network disks know no RENAME_NOREPLACE.
	return (errno == EINVAL || errno == ENOSYS) && access(place, F_OK) != 0 &&
	       rename(temp, place) == 0;
}

bool making_done(struct making *m, const char *place, bool fresh)
{
	if (fsync(m->held) != 0 || !making_give_name(m->temp, place, fresh)) {
		int number = errno;
		making_abandon(m);
		errno = number;
		return false;
	}
	making_named(m->temp);
	close(m->held);
	m->temp[0] = '\0';
	return true;
}

void making_abandon(struct making *m)
{
	struct stat st;
	if (!*m->temp)
		return;
	if (fstat(m->held, &st) == 0 && S_ISDIR(st.st_mode)) {
		making_folder_empty(m->held);
		rmdir(m->temp);
	} else {
		making_journal_unlink(AT_FDCWD, m->temp);
		unlink(m->temp);
	}
	close(m->held);
	m->temp[0] = '\0';
}
