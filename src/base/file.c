// SPDX-License-Identifier: MIT
#include <plando/file.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool file_too_long(const char *name, size_t most, struct err *e)
{
	if (most >= 1 << 20)
		return err_set(e, ERR_DATA, "%s: too long; %zu MB are the most", name, most >> 20);
	return err_set(e, ERR_DATA, "%s: too long; %zu bytes are the most", name, most);
}

bool file_read_stream(
    struct arena *a, FILE *in, const char *name, size_t most, char **text, size_t *n, struct err *e)
{
	struct str s = STR_IN(a);
	char part[16384];
	for (size_t got; (got = fread(part, 1, sizeof part, in)) > 0;) {
		str_add_n(&s, part, got);
		if (s.length > most)
			return file_too_long(name, most, e);
	}
	if (ferror(in))
		return err_errno(e, name, "read it");
	*text = str_done(&s);
	if (!*text)
		return err_memory(e);
	*n = s.length;
	return true;
}

// Opens without waiting (a pipe without a writer) and without taking a terminal.
static int file_open_ordinary(const char *path, size_t most, struct err *e)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		err_errno(e, path, "open it");
		return -1;
	}
	bool good;
	if (fstat(fd, &st) != 0)
		good = err_errno(e, path, "look at it");
	else if (S_ISDIR(st.st_mode))
		good = err_set(e, ERR_NOINPUT, "%s: this is a folder; name a file", path);
	else if (!S_ISREG(st.st_mode))
		good = err_set(
		    e, ERR_NOINPUT, "%s: this is a pipe or a device; name an ordinary file", path);
	else if (st.st_size > (off_t)most)
		good = file_too_long(path, most, e);
	else
		good = true;
	if (good)
		return fd;
	close(fd);
	return -1;
}

FILE *file_open(const char *path, struct err *e)
{
	int fd = file_open_ordinary(path, SIZE_MAX / 2, e);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "rb");
	if (fd >= 0 && !in) {
		close(fd);
		err_memory(e);
	}
	return in;
}

bool file_read(
    struct arena *a, const char *path, size_t most, char **text, size_t *n, struct err *e)
{
	int fd = file_open_ordinary(path, most, e);
	if (fd < 0)
		return false;
	FILE *in = fdopen(fd, "rb");
	if (!in) {
		close(fd);
		return err_memory(e);
	}
	bool good = file_read_stream(a, in, path, most, text, n, e);
	fclose(in);
	return good;
}

static bool file_open_straight(struct file_out *f, struct err *e)
{
	int fd = open(f->place, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_output(e, f->path, "write it");
	f->stream = fdopen(fd, "wb");
	if (f->stream)
		return true;
	close(fd);
	return err_memory(e);
}

char *file_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL);
	char *copy = arena_strdup(a, real ? real : path);
	free(real);
	return copy;
}

// Follows a link, so that the file behind it is replaced and not the link itself.
static char *file_place_of(struct arena *a, const char *path)
{
	struct stat st;
	if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
		return arena_strdup(a, path);
	return file_real(a, path);
}

bool file_apart(const char *path, const char *read, const char *what, struct err *e)
{
	struct stat in, out;
	if (stat(read, &in) != 0 || stat(path, &out) != 0 || in.st_dev != out.st_dev ||
	    in.st_ino != out.st_ino || !S_ISREG(in.st_mode))
		return true;
	return err_set(e, ERR_CANTCREAT, "%s: this is %s itself; choose another name", path, what);
}

bool file_begin(struct file_out *f, struct arena *a, const char *path, struct err *e)
{
	struct stat st;
	*f = (struct file_out){ .path = arena_strdup(a, path), .place = file_place_of(a, path) };
	if (!f->path || !f->place) {
		err_memory(e);
		return false;
	}
	bool old = stat(f->place, &st) == 0;
	if (old && S_ISDIR(st.st_mode))
		return err_set(e, ERR_CANTCREAT, "%s: this is a folder; name a file", path);
	if (old && !S_ISREG(st.st_mode))
		return file_open_straight(f, e);
	if (!making_file(&f->making, f->place))
		return err_output(e, path, "write it");
	if (old && fchmod(f->making.held, st.st_mode & 0777) != 0)
		errno = 0; // a disk without permissions: nothing to keep
	int fd = fcntl(f->making.held, F_DUPFD_CLOEXEC, 0);
	f->stream = fd < 0 ? NULL : fdopen(fd, "wb");
	if (f->stream)
		return true;
	close(fd);
	making_abandon(&f->making);
	return err_memory(e);
}

static mode_t file_mask = 077;

void file_umask(unsigned mask)
{
	file_mask = (mode_t)(mask & 0777);
}

bool file_export_begin(struct file_out *f, struct arena *a, const char *path, struct err *e)
{
	struct stat st;
	if (!file_begin(f, a, path, e))
		return false;
	bool fresh = *f->making.temp && stat(f->place, &st) != 0;
	if (fresh && fchmod(f->making.held, 0666 & ~file_mask) != 0)
		errno = 0; // a disk without permissions
	return true;
}

bool file_commit(struct file_out *f, struct err *e)
{
	FILE *stream = f->stream;
	bool straight = !*f->making.temp;
	bool good = fflush(stream) == 0 && !ferror(stream);
	int number = errno;
	f->stream = NULL;
	if (fclose(stream) != 0 && good) {
		number = errno;
		good = false;
	}
	if (good && !straight && !making_done(&f->making, f->place, false)) {
		number = errno;
		good = false;
	}
	making_abandon(&f->making);
	errno = number;
	return good || err_output(e, f->path, "write it");
}

void file_abandon(struct file_out *f)
{
	if (!f->stream)
		return;
	fclose(f->stream);
	f->stream = NULL;
	making_abandon(&f->making);
}

bool file_write(struct arena *a, const char *path, const void *bytes, size_t n, struct err *e)
{
	struct file_out f;
	if (!file_begin(&f, a, path, e))
		return false;
	fwrite(bytes, 1, n, f.stream);
	return file_commit(&f, e);
}

bool file_export(struct arena *a, const char *path, const void *bytes, size_t n, struct err *e)
{
	struct file_out f;
	if (!file_export_begin(&f, a, path, e))
		return false;
	fwrite(bytes, 1, n, f.stream);
	return file_commit(&f, e);
}

bool file_folders(const char *path, struct err *e)
{
	struct arena a = { 0 };
	char *part = arena_strdup(&a, path);
	bool good = true;
	if (!part)
		return err_memory(e);
	for (char *slash = part; good && *part && (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		bool made = mkdir(part, 0700) == 0;
		good = made || errno == EEXIST || err_output(e, part, "make it");
		if (made)
			making_named(part);
		*slash = '/';
	}
	arena_free(&a);
	return good;
}

bool file_folder_begin(struct file_folder *f, struct arena *a, const char *path, struct err *e)
{
	struct stat st;
	*f = (struct file_folder){ .path = arena_strdup(a, path) };
	if (!f->path)
		return err_memory(e);
	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return err_set(
		    e, ERR_CANTCREAT, "%s: a file of this name exists; name a new folder", path);
	return making_folder(&f->making, path) || err_output(e, path, "make the folder");
}

bool file_folder_commit(struct file_folder *f, struct err *e)
{
	if (fchmod(f->making.held, 0777 & ~file_mask) != 0)
		errno = 0; // a disk without permissions
	if (making_done(&f->making, f->path, false))
		return true;
	if (errno == ENOTEMPTY || errno == EEXIST)
		return err_set(
		    e, ERR_CANTCREAT, "%s: this folder is not empty; name a new one", f->path);
	return err_output(e, f->path, "make the folder");
}

void file_folder_abandon(struct file_folder *f)
{
	making_abandon(&f->making);
}
