// SPDX-License-Identifier: MIT
// The folder of an editor: the text, and a draft that says where it belongs ("about"). The folder
// is locked by whoever has it open, the editor included: what nobody holds was left over.
#include "tui/field/editor.h"

#include "tui/field/editor_child.h"

#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MOST = 16 };

static const char PREFIX[] = "edit-", ABOUT[] = "about", TEXT[] = "text.txt";

// Where editors keep a text when they are ended: its own file, nano's, Emacs's.
static const char *const KEPT[] = { "text.txt", "text.txt.save", "#text.txt#" };
enum { KEPT_NAMES = sizeof KEPT / sizeof *KEPT };

// "code --wait": split at blanks; no quoting, no shell. One place stays free for the file.
static size_t editor_words_of(struct arena *a, const char *command, char *word[WORDS_MOST + 2])
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

static const char *editor_command_of(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
	return !str_empty(visual) ? visual : editor;
}

// A folder that only this person can enter, in their own state folder where they have one.
static char *editor_folder_make(struct arena *a, const struct env *env, struct err *e)
{
	const char *base = env->state_home;
	char *path = NULL;
	if (!str_empty(base))
		path = arena_printf(a, "%s/%sXXXXXX", base, PREFIX);
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

static bool editor_write_file(const char *path, const char *text, struct err *e)
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

// --- what is left in it

// The newest of the files in which the text may stand; NULL: none.
static const char *editor_text_newest(struct arena *a, const char *folder)
{
	const char *newest = NULL;
	struct timespec when = { 0 };
	for (size_t i = 0; i < KEPT_NAMES; i++) {
		struct stat st;
		const char *path = arena_printf(a, "%s/%s", folder, KEPT[i]);
		if (!path || lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
			continue;
		bool newer =
		    st.st_mtim.tv_sec > when.tv_sec ||
		    (st.st_mtim.tv_sec == when.tv_sec && st.st_mtim.tv_nsec > when.tv_nsec);
		if (!newest || newer) {
			newest = path;
			when = st.st_mtim;
		}
	}
	return newest;
}

// NULL in *out: it is as it was given.
static bool editor_read_back(
    struct arena *a, const char *folder, const char *before, char **out, struct err *e)
{
	size_t n, bad;
	char *text;
	const char *path = editor_text_newest(a, folder);
	*out = NULL;
	if (!path || !file_read(a, path, TEXT_MOST, &text, &n, e))
		return path ? false
			    : err_set(e, ERR_IO, "%s: the text is not there any more", folder);
	if (!text_valid(text, n, &bad))
		return err_set(e, ERR_DATA,
		    "what the editor left in %s is no UTF-8 text (byte %zu); the field is as it "
		    "was "
		    "before",
		    path, bad + 1);
	size_t was = strlen(before);
	if (n > 0 && text[n - 1] == '\n' && (was == 0 || before[was - 1] != '\n'))
		n--;
	*out = text_normal(a, text, n);
	if (!*out)
		return err_memory(e);
	if (str_equal(*out, before))
		*out = NULL;
	return true;
}

// Files that an editor left beside the text: a swap file, a backup. With `all` they go too, else
// they keep the folder. True: the folder is gone.
static bool editor_clean_up(struct arena *a, const char *folder, bool all)
{
	DIR *dir = opendir(folder);
	bool others = false;
	for (struct dirent *f; dir && (f = readdir(dir));) {
		bool ours = str_equal(f->d_name, ABOUT);
		for (size_t i = 0; i < KEPT_NAMES; i++)
			ours |= str_equal(f->d_name, KEPT[i]);
		others |= !ours && !str_equal(f->d_name, ".") && !str_equal(f->d_name, "..");
		const char *path = arena_printf(a, "%s/%s", folder, f->d_name);
		bool goes = all || (ours && !str_equal(f->d_name, ABOUT));
		if (path && goes && f->d_name[strspn(f->d_name, ".")])
			unlink(path);
	}
	if (dir)
		closedir(dir);
	const char *about = arena_printf(a, "%s/%s", folder, ABOUT);
	if (about && (all || !others))
		unlink(about);
	return rmdir(folder) == 0;
}

// --- running

static void editor_say_failed(const char *program, const char *folder, bool kept, struct err *e)
{
	const char *slash = strrchr(program, '/');
	program = slash ? slash + 1 : program;
	if (kept)
		err_set(e, ERR_IO,
		    "%s ended with an error and left more than the text in %s (a recovery file, "
		    "for "
		    "instance of vim -r)",
		    program, folder);
	else
		err_set(e, ERR_IO, "%s ended with an error", program);
}

static bool editor_run_in(struct arena *a, const struct editor_job *job, const char *folder,
    char *const word[], char **left, struct err *e)
{
	enum child_end end;
	struct err unread = { 0 };
	*left = NULL;
	if (!child_run(job->term, word, &end, e)) {
		editor_clean_up(a, folder, true);
		return false;
	}
	bool read = editor_read_back(a, folder, job->given->text, left, &unread);
	if (end == CHILD_WELL && read)
		return editor_clean_up(a, folder, true), true;
	if (end == CHILD_LEFT) // it may write there yet: looked through at the next opening
		return true;
	bool kept = read && !editor_clean_up(a, folder, end == CHILD_ABSENT);
	if (end == CHILD_ABSENT)
		return err_set(e, ERR_UNAVAILABLE,
		    "there is no program %s; set VISUAL or EDITOR to your editor", word[0]);
	if (read)
		editor_say_failed(word[0], folder, kept, e);
	else
		*e = unread;
	return false;
}

// Held open by us and by the editor.
static int editor_folder_lock(const char *about)
{
	int fd = open(about, O_RDONLY | O_NOFOLLOW);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

bool editor_run(struct arena *a, const struct editor_job *job, char **left, struct err *e)
{
	char *word[WORDS_MOST + 2];
	const char *command = editor_command_of();
	size_t n = str_empty(command) ? 0 : editor_words_of(a, command, word);
	if (n == 0)
		return err_set(e, ERR_UNAVAILABLE,
		    "no editor is set; set VISUAL or EDITOR (for instance to nano) before starting "
		    "plando");
	char *folder = editor_folder_make(a, job->env, e);
	if (!folder)
		return false;
	char *path = arena_printf(a, "%s/%s", folder, TEXT);
	const char *about = arena_printf(a, "%s/%s", folder, ABOUT);
	word[n] = path;
	word[n + 1] = NULL;
	if (!path || !about || !draft_keep_at(job->store, job->given, about, e) ||
	    !editor_write_file(path, job->given->text, e)) {
		editor_clean_up(a, folder, true);
		return path && about ? false : err_memory(e);
	}
	int lock = editor_folder_lock(about);
	bool good = editor_run_in(a, job, folder, word, left, e);
	if (lock >= 0)
		close(lock);
	return good;
}

// --- what was left over

static void editor_take_over(struct store *s, const char *folder, struct editor_leftovers *out)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct draft d;
	char *text = NULL;
	const char *about = arena_printf(&a, "%s/%s", folder, ABOUT);
	int lock = about ? editor_folder_lock(about) : -1;
	bool ours = lock >= 0 && draft_load_at(s, &a, about, &d);
	bool done = ours && !editor_text_newest(&a, folder);
	if (ours && !done && editor_read_back(&a, folder, d.text, &text, &ignored)) {
		d.text = text;
		done = !text || draft_keep(s, &d, &ignored);
		out->texts += done && text;
	}
	// A recovery file, or what is no text: it is told of, and stays.
	if (ours && !(done && editor_clean_up(&a, folder, false)))
		snprintf(out->folder, sizeof out->folder, "%s", folder);
	if (lock >= 0)
		close(lock);
	arena_free(&a);
}

void editor_leftovers_take(struct store *s, const struct env *env, struct editor_leftovers *out)
{
	struct arena a = { 0 };
	*out = (struct editor_leftovers){ 0 };
	DIR *dir = str_empty(env->state_home) ? NULL : opendir(env->state_home);
	for (struct dirent *f; dir && (f = readdir(dir));) {
		const char *folder = arena_printf(&a, "%s/%s", env->state_home, f->d_name);
		if (folder && str_starts(f->d_name, PREFIX))
			editor_take_over(s, folder, out);
	}
	if (dir)
		closedir(dir);
	arena_free(&a);
}
