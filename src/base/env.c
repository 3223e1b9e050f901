// SPDX-License-Identifier: MIT
#include <plando/arena.h>
#include <plando/date.h>
#include <plando/env.h>
#include <plando/remembered.h>
#include <plando/str.h>
#include <plando/text.h>

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { NAME_MOST = 200, PATH_MOST = 1024 };

// The only world there is; what is read from the environment lives as long as the program.
static struct arena words;
static struct real_world {
	bool fixed;
	int64_t moment;
} real_world;

static int64_t env_real_now(void *world)
{
	const struct real_world *w = world;
	struct timespec t;
	if (w->fixed)
		return w->moment;
	if (clock_gettime(CLOCK_REALTIME, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool env_real_random(void *world, void *bytes, size_t n)
{
	(void)world;
	for (char *p = bytes; n > 0;) {
		ssize_t got = getrandom(p, n, 0);
		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		}
	}
	return true;
}

// A name that may be stored and shown: trimmed, NFC, short, nothing invisible in it; NULL: it may
// not.
static const char *env_name_checked(const char *text)
{
	size_t n = strnlen(text, NAME_MOST + 1);
	if (n > NAME_MOST)
		return NULL;
	text = text_trim(text, &n);
	const char *name = text_normal(&words, text, n);
	if (!name || !*name || strpbrk(name, "\t\n"))
		return NULL;
	const char *safe = text_safe(&words, name, false);
	return safe && str_equal(name, safe) ? name : NULL;
}

static const char *env_given(const char *variable)
{
	const char *text = getenv(variable);
	return str_empty(text) ? NULL : text;
}

// NULL: there is no place for it.
static const char *env_settings(const struct env *env)
{
	return str_empty(env->state_home) ? NULL
					  : arena_printf(&words, "%s/settings", env->state_home);
}

// The login's full name (up to the first comma of its GECOS field), else its short one.
static const char *env_login_name(void)
{
	const struct passwd *p = getpwuid(getuid());
	const char *name = NULL;
	if (p && p->pw_gecos) {
		const char *full = arena_copy(&words, p->pw_gecos, strcspn(p->pw_gecos, ","));
		name = full ? env_name_checked(full) : NULL;
	}
	if (!name && p && p->pw_name)
		name = env_name_checked(p->pw_name);
	return name ? name : "unknown";
}

// What was said on this computer, else a guess.
static const char *env_name_here(struct env *env)
{
	const char *file = env_settings(env), *kept = remembered_get(&words, file, "name");
	const char *name = kept ? env_name_checked(kept) : NULL;
	env->author_guessed = !name;
	return name ? name : env_login_name();
}

static const char *env_author_name(const char *author, struct env *env)
{
	const char *from = author ? "--author" : "PLANDO_AUTHOR";
	const char *text = author ? author : env_given("PLANDO_AUTHOR");
	if (!text)
		return env_name_here(env);
	const char *name = env_name_checked(text);
	if (name)
		return name;
	env->problem = arena_printf(&words,
	    "%s is not a name: give up to %d bytes of plain text, such as 'Ana Silva'", from,
	    NAME_MOST);
	return env_login_name();
}

static const char *env_device_name(void)
{
	char host[256];
	if (gethostname(host, sizeof host) != 0)
		return "computer";
	host[sizeof host - 1] = '\0';
	const char *name = env_name_checked(host);
	return name ? name : "computer";
}

static const char *env_folder_checked(const char *path)
{
	if (!path || path[0] != '/')
		return NULL;
	size_t n = strnlen(path, PATH_MOST + 1);
	if (n > PATH_MOST || !text_valid(path, n, NULL))
		return NULL;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)path[i] < 0x20 || path[i] == 0x7f)
			return NULL;
	return path;
}

// $VARIABLE/plando, else ~/inside_home/plando, else "".
static const char *env_folder(const char *variable, const char *inside_home)
{
	const char *base = env_folder_checked(env_given(variable)), *path = NULL;
	if (base)
		path = arena_printf(&words, "%s/plando", base);
	const char *home = env_folder_checked(env_given("HOME"));
	if (!home) {
		const struct passwd *p = getpwuid(getuid());
		home = p ? env_folder_checked(p->pw_dir) : NULL;
	}
	if (!base && home)
		path = arena_printf(&words, "%s/%s/plando", home, inside_home);
	return path ? path : "";
}

static void env_clock_set(struct env *env)
{
	const char *text = env_given("PLANDO_NOW");
	real_world = (struct real_world){ 0 };
	if (!text)
		return;
	real_world.fixed = env->wild_clock = moment_parse(text, &real_world.moment);
	if (!real_world.fixed)
		env->problem = "PLANDO_NOW is not a time: give one such as 2026-05-03T14:02:00Z, "
			       "or leave it unset";
}

// tzset: without it the C library reads the zone once in a process's life.
static int env_real_offset(void *world, int64_t ms)
{
	struct tm local;
	time_t seconds = (time_t)(ms / 1000 - (ms % 1000 < 0));
	(void)world;
	tzset();
	return localtime_r(&seconds, &local) ? (int)(local.tm_gmtoff / 60) : 0;
}

struct env env_real(const char *author)
{
	struct env env = { .now = env_real_now,
		.random = env_real_random,
		.utc_offset = env_real_offset,
		.world = &real_world };
	arena_free(&words);
	env_clock_set(&env);
	env.data_home = env_folder("XDG_DATA_HOME", ".local/share");
	env.state_home = env_folder("XDG_STATE_HOME", ".local/state");
	env.author = env_author_name(author, &env);
	env.device = env_device_name();
	env.no_outbox = str_equal(env_given("PLANDO_OUTBOX"), "off");
	return env;
}

bool env_author_put(struct env *env, const char *name, struct err *e)
{
	const char *checked = env_name_checked(name);
	if (!checked)
		return err_set(e, ERR_USAGE,
		    "that is no name to stand beside what you write: give up to %d bytes of plain text, such as "
		    "Ana Silva",
		    NAME_MOST);
	env->author = checked;
	env->author_guessed = false;
	return remembered_put(env_settings(env), "name", checked, e);
}

int env_offset(const struct env *env, int64_t ms)
{
	return env->utc_offset ? env->utc_offset(env->world, ms) : 0;
}

date_t env_date(const struct env *env, int64_t ms)
{
	return moment_date(ms, env_offset(env, ms));
}

date_t env_today(const struct env *env)
{
	return env_date(env, env->now(env->world));
}

// Where the clock is changed at midnight there are two, or none: the first moment that has the
// date.
int64_t env_midnight(const struct env *env, date_t day)
{
	const int64_t one_day = 86400000, utc = day * one_day;
	int64_t before = utc - (int64_t)env_offset(env, utc - one_day) * 60000;
	int64_t after = utc - (int64_t)env_offset(env, utc + one_day) * 60000;
	int64_t first = before < after ? before : after;
	return env_date(env, first) >= day ? first : before < after ? after : before;
}
