// SPDX-License-Identifier: MIT
#include "store/private.h"

#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool copy_bytes(int from, int to, struct err *e)
{
	char bytes[1 << 16];
	for (;;) {
		ssize_t n = read(from, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ||
			       err_set(e, ERR_IO,
				   "it cannot be read; it may not have been downloaded yet");
		for (ssize_t done = 0; done < n;) {
			ssize_t put = write(to, bytes + done, (size_t)(n - done));
			if (put < 0 && errno != EINTR)
				return err_set(e, ERR_IO,
				    "there is no room for a private copy of it; make room and try "
				    "again");
			done += put > 0 ? put : 0;
		}
	}
}

static bool copy_file(const char *path, const char *to, struct stat *before, struct err *e)
{
	struct err own = { 0 };
	struct stat after;
	int in = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (in < 0)
		return err_errno(e, path, "open");
	int out = open(to, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0600);
	bool ok = out >= 0 || err_errno(e, to, "make");
	if (ok && !(ok = copy_bytes(in, out, &own)))
		err_set(e, own.code, "%s: %s", path, own.text);
	if (ok && (stat(path, &after) != 0 || !same_file(before, &after)))
		ok = err_set(e, ERR_BUSY,
		    "%s: it is still being copied; try again when it has arrived", path);
	if (out >= 0 && close(out) != 0 && ok)
		ok = err_errno(e, to, "write");
	close(in);
	return ok;
}

static bool copy_open(struct private_copy *c, const char *copy, struct err *e)
{
	struct err own = { 0 };
	c->db = db_open(copy, DB_PRIVATE, c->path, e);
	// The schema is read here, so the file is open before its name goes.
	if (c->db && schema_is_log(c->db, &own))
		return true;
	if (c->db && !str_starts(own.text, c->path))
		err_place(&own, c->path, 0, 0);
	if (c->db)
		err_set(e, own.code, "%s", own.text);
	db_close(c->db);
	c->db = NULL;
	return false;
}

bool private_open(const char *path, struct private_copy *out, struct err *e)
{
	struct stat st;
	bool hot;
	char folder[64] = "/tmp/plando-XXXXXX", copy[80];
	const char *own = getenv("XDG_RUNTIME_DIR");
	if (own && *own == '/' && strlen(own) < 40)
		snprintf(folder, sizeof folder, "%s/plando-XXXXXX", own);
	*out = (struct private_copy){ .path = path };
	if (!file_check(path, &st, &hot, e))
		return false;
	if (hot)
		return err_set(e, ERR_BUSY,
		    "%s: it was taken in the middle of a save; open it once where it came from, "
		    "or try again later",
		    path);
	if (!mkdtemp(folder))
		return err_errno(e, folder, "make");
	snprintf(copy, sizeof copy, "%s/copy", folder);
	bool ok = copy_file(path, copy, &st, e) && copy_open(out, copy, e);
	unlink(copy);
	rmdir(folder);
	return ok;
}

bool private_verify(struct private_copy *c, struct err *e)
{
	static const char *const checks[] = { "PRAGMA integrity_check('stream')",
		"PRAGMA integrity_check('change')" };
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		struct err own = { 0 };
		struct ask *q = db_ask(c->db, checks[i], e);
		if (!q)
			return false;
		bool sound = ask_step(q, &own) && strcmp(col_text(q, 0), "ok") == 0;
		ask_done(q);
		if (!sound)
			return err_set(e, ERR_DATA,
			    "%s: the file is damaged; copy it again from where it came", c->path);
	}
	return true;
}

void private_close(struct private_copy *c)
{
	db_close(c->db);
	c->db = NULL;
}
