// SPDX-License-Identifier: MIT
// The lock beside a far workbook, ".hubs.plando.lock", while one computer writes it: a file that
// must not be there yet. It says who: computer, process, time.
//
// Rule 1. It keeps two computers from writing at once; nothing is lost without it. Each has all it
//         knows in its own copy, and writes again where it finds its own work missing there.
// Rule 2. One whose process has ended on this computer is removed; so is one that is older than two
//         minutes by the clock of the disk that it lies on, and after two seconds one that names
//         nobody: its maker ended before it could write.
#include "store/exchange/far.h"

#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STALE_SECONDS = 120, NAMELESS_SECONDS = 2, SAYS_MOST = 300, TRIES = 25 };

static bool lock_make(const struct env *env, const char *lock)
{
	char says[SAYS_MOST];
	int fd = open(lock, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0644);
	if (fd < 0)
		return false;
	int n = snprintf(says, sizeof says, "%ld %" PRId64 " %.200s\n", (long)getpid(),
	    env->now(env->world), env->device);
	ssize_t put = write(fd, says, (size_t)n);
	(void)put; // who it was is only for people
	close(fd);
	return true;
}

// "PID TIME COMPUTER"; "" where it cannot be read.
static long lock_read(const char *lock, char computer[SAYS_MOST])
{
	char says[SAYS_MOST] = "";
	char *rest = says;
	*computer = '\0';
	int fd = open(lock, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, says, sizeof says - 1);
	if (fd >= 0)
		close(fd);
	says[n > 0 ? n : 0] = '\0';
	says[strcspn(says, "\n")] = '\0';
	long pid = strtol(says, &rest, 10);
	rest = *rest == ' ' ? strchr(rest + 1, ' ') : NULL;
	snprintf(computer, SAYS_MOST, "%s", rest ? rest + 1 : "");
	return pid;
}

// By the clock of the disk: that of a file made just now.
static bool far_lock_is_old(const char *lock, int seconds)
{
	char probe[FAR_LOCK_ROOM + 16];
	struct stat then, now;
	snprintf(probe, sizeof probe, "%s.%ld", lock, (long)getpid());
	int fd = open(probe, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0600);
	if (fd < 0)
		return false;
	bool old = fstat(fd, &now) == 0 && stat(lock, &then) == 0 &&
		   now.st_mtim.tv_sec - then.st_mtim.tv_sec > seconds;
	close(fd);
	unlink(probe);
	return old;
}

// Of a process of this computer that has ended.
static bool far_lock_is_dead(const struct env *env, const char *lock, char computer[SAYS_MOST])
{
	long pid = lock_read(lock, computer);
	return pid > 0 && str_equal(computer, env->device) && kill((pid_t)pid, 0) != 0 &&
	       errno == ESRCH;
}

static bool lock_name(const char *path, char lock[FAR_LOCK_ROOM], struct err *e)
{
	char folder[FAR_LOCK_ROOM], name[FAR_LOCK_ROOM];
	snprintf(folder, sizeof folder, "%s", path);
	snprintf(name, sizeof name, "%s", path);
	return snprintf(lock, FAR_LOCK_ROOM, "%s/.%s.lock", dirname(folder), basename(name)) <
		   FAR_LOCK_ROOM ||
	       err_set(e, ERR_CANTCREAT, "%s: the name is too long; choose a shorter one", path);
}

void far_lock_tidy(const struct env *env, const char *path)
{
	char lock[FAR_LOCK_ROOM], computer[SAYS_MOST];
	if (lock_name(path, lock, NULL) && far_lock_is_dead(env, lock, computer))
		unlink(lock);
}

bool far_lock(
    const struct env *env, const char *path, bool patient, char lock[FAR_LOCK_ROOM], struct err *e)
{
	char computer[SAYS_MOST] = "";
	const struct timespec moment = { .tv_nsec = 200000000 };
	if (!lock_name(path, lock, e))
		return false;
	for (int i = 0; i < TRIES; i++) {
		if (lock_make(env, lock))
			return true;
		if (errno != EEXIST)
			return err_errno(e, path, "write it");
		if (far_lock_is_dead(env, lock, computer) ||
		    far_lock_is_old(lock, *computer ? STALE_SECONDS : NAMELESS_SECONDS))
			unlink(lock);
		else if (patient)
			nanosleep(&moment, NULL);
		else
			break;
	}
	return err_set(e, ERR_BUSY, "%s: %s is writing it just now; try again in a moment", path,
	    *computer ? computer : "another computer");
}

void far_unlock(const char lock[FAR_LOCK_ROOM])
{
	unlink(lock);
}
