// SPDX-License-Identifier: MIT
#include "tui/editor.h"

#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MOST = 16 };

// "code --wait": split at blanks; no quoting, no shell. One place stays free for the file.
static size_t words_of(struct arena *a, const char *command, char *word[WORDS_MOST + 2])
{
	size_t n = 0;
	for (command += strspn(command, " \t"); *command && n < WORDS_MOST;) {
		size_t length = strcspn(command, " \t");
		word[n] = arena_copy(a, command, length);
		if (!word[n++])
			return 0;
		command += length;
		command += strspn(command, " \t");
	}
	word[n] = NULL;
	return n;
}

static const char *command_of(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	return !str_empty(visual) ? visual : editor;
}

// A folder that only this person can enter, in their own state folder where they have one.
static char *folder_make(struct arena *a, const struct env *env, struct err *e)
{
	const char *base = env->state_home;
	char *path = NULL;
	if (!str_empty(base))
		path = arena_printf(a, "%s/edit-XXXXXX", base);
	if (path && mkdtemp(path))
		return path;
	base = getenv("TMPDIR");
	path = arena_printf(a, "%s/plando-edit-XXXXXX", base && base[0] == '/' ? base : "/tmp");
	if (!path) {
		err_memory(e);
		return NULL;
	}
	if (mkdtemp(path))
		return path;
	err_errno(e, path, "make a folder for the editor");
	return NULL;
}

static bool write_file(const char *path, const char *text, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!out) {
		err_errno(e, path, "write the text for the editor");
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool good = fputs(text, out) != EOF;
	if (*text && text[strlen(text) - 1] != '\n')
		good = fputc('\n', out) != EOF && good;
	return (fclose(out) == 0 && good) || err_errno(e, path, "write the text for the editor");
}

static bool run(char *const word[], struct err *e)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		execvp(word[0], word);
		_exit(errno == ENOENT ? 127 : 126);
	}
	if (child < 0)
		return err_errno(e, word[0], "start the editor");
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, word[0], "wait for the editor");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return err_set(e, ERR_UNAVAILABLE,
		    "there is no program %s; set VISUAL or EDITOR to your editor", word[0]);
	return err_set(e, ERR_IO, "%s failed; the text is as it was before", word[0]);
}

static bool read_back(
    struct arena *a, const char *path, const char *before, char **out, struct err *e)
{
	size_t n, bad;
	char *text;
	if (!file_read(a, path, TEXT_MOST, &text, &n, e))
		return false;
	if (!text_valid(text, n, &bad))
		return err_set(e, ERR_DATA,
		    "what the editor left is no UTF-8 text (byte %zu); the text is as it was "
		    "before",
		    bad + 1);
	size_t was = strlen(before);
	if (n > 0 && text[n - 1] == '\n' && (was == 0 || before[was - 1] != '\n'))
		n--;
	*out = text_normal(a, text, n);
	return *out || err_memory(e);
}

// What an editor may have left beside the file (swap, backup) goes with it as far as it is known.
static void clean_up(struct arena *a, const char *folder, const char *path)
{
	const char *backup = arena_printf(a, "%s~", path);
	unlink(path);
	if (backup)
		unlink(backup);
	rmdir(folder);
}

bool editor_run(struct arena *a, const struct env *env, const char *text, char **out, struct err *e)
{
	char *word[WORDS_MOST + 2];
	const char *command = command_of();
	size_t n = str_empty(command) ? 0 : words_of(a, command, word);
	if (n == 0)
		return err_set(e, ERR_UNAVAILABLE,
		    "no editor is set; set VISUAL or EDITOR (for instance to nano) before starting "
		    "plando");
	char *folder = folder_make(a, env, e);
	if (!folder)
		return false;
	char *path = arena_printf(a, "%s/text.txt", folder);
	word[n] = path;
	word[n + 1] = NULL;
	bool good =
	    path ? write_file(path, text, e) && run(word, e) && read_back(a, path, text, out, e)
		 : err_memory(e);
	if (path)
		clean_up(a, folder, path);
	return good;
}
