// SPDX-License-Identifier: MIT
// Files that are not workbooks: read with suspicion, written whole or not at all.
#ifndef PLANDO_FILE_H
#define PLANDO_FILE_H

#include <plando/arena.h>
#include <plando/err.h>
#include <plando/making.h>

#include <stdio.h>

// The whole of an ordinary file, with a NUL after it. Folders, pipes and devices are refused
// without waiting for them; so is what is longer than `most` bytes.
bool file_read(
    struct arena *a, const char *path, size_t most, char **text, size_t *n, struct err *e);

// An ordinary file to be read in pieces; the same are refused. NULL: e says why.
FILE *file_open(const char *path, struct err *e);

// The rest of a stream (standard input); `name` stands in messages.
bool file_read_stream(struct arena *a, FILE *in, const char *name, size_t most, char **text,
    size_t *n, struct err *e);

// A file in the making (making.h), written through a stream. An existing file keeps its
// permissions. A device or a pipe is written straight.
struct file_out {
	FILE *stream;
	char *path;  // as named by the caller
	char *place; // the same after links
	struct making making;
};

// A slip that would cost what is read: is `path`, to be written, that very file? False: it is, in
// words; `what` names it ("the workbook").
bool file_apart(const char *path, const char *read, const char *what, struct err *e);
// What cannot be made is ERR_CANTCREAT (or ERR_NOPERM).
bool file_begin(struct file_out *f, struct arena *a, const char *path, struct err *e);
// Ends it well: flush, fsync, rename, fsync of the folder. On failure the old file stands as it
// was.
bool file_commit(struct file_out *f, struct err *e);
// Throws it away; does nothing after file_commit, and on a zeroed struct.
void file_abandon(struct file_out *f);
// The same for what leaves: a new file may be read by whom the person's umask lets read it. What
// plando keeps for itself, and workbooks, are for their owner only.
bool file_export_begin(struct file_out *f, struct arena *a, const char *path, struct err *e);
// The umask that the program was started with; until it is told: 077.
void file_umask(unsigned mask);
// All of that in one: the file holds these bytes and no others, or stands as it was.
bool file_write(struct arena *a, const char *path, const void *bytes, size_t n, struct err *e);
bool file_export(struct arena *a, const char *path, const void *bytes, size_t n, struct err *e);

// The whole path of a file, without links; as it was named where it is not there. NULL: out of
// memory.
char *file_real(struct arena *a, const char *path);

// Makes the folders above `path` that are not there, for their owner only (0700).
bool file_folders(const char *path, struct err *e);

// A folder in the making, of what leaves: make files below f->making.temp, then commit renames it
// to `path`, which must not exist or be empty.
struct file_folder {
	char *path;
	struct making making;
};
bool file_folder_begin(struct file_folder *f, struct arena *a, const char *path, struct err *e);
bool file_folder_commit(struct file_folder *f, struct err *e);
void file_folder_abandon(struct file_folder *f); // removes what was made in it

#endif
