// SPDX-License-Identifier: MIT
#include "tui/loop/export.h"

#include "tui/loop/path.h"

#include <plando/date.h>
#include <plando/file.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>
#include <unistd.h>

// The ending that stands in the list, or NULL.
static const char *export_ending_of(const char *path, const char *list, struct arena *a)
{
	const char *dot = strrchr(path_file(path), '.');
	for (const char *p = list; dot && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");
		if (strlen(dot + 1) == n && strncasecmp(dot + 1, p, n) == 0)
			return arena_copy(a, p, n);
		p += n;
	}
	return NULL;
}

static bool export_write_text(struct app *app, const struct export_job *job, struct arena *a,
    const char *ending, struct err *e)
{
	struct str text = STR_IN(a);
	if (!job->exporter->text(app, job->screen, a, ending, &text, e))
		return false;
	if (!str_done(&text))
		return err_memory(e);
	return file_export(a, job->path, text.text, text.length, e);
}

static bool export_write_picture(struct app *app, const struct export_job *job, struct arena *a,
    enum picture_format format, struct err *e)
{
	struct scene scene;
	const struct scene_type *type = picture_type(e);
	return type && job->exporter->scene(app, job->screen, a, type, &scene, e) &&
	       picture_save(&scene, format, app->env->now(app->env->world), job->path, e);
}

static bool export_refuse_ending(const struct export_job *job, struct err *e)
{
	return err_set(e, ERR_USAGE, "%s: end the name in %s%s", job->path,
	    job->exporter->scene ? ".svg, .png or .pdf, or in one of: " : "one of: ",
	    job->exporter->endings);
}

static void export_write(struct app *app, const struct export_job *job)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	enum picture_format format;
	const char *ending = export_ending_of(job->path, job->exporter->endings, &a);
	bool good = ending ? export_write_text(app, job, &a, ending, &e)
		    : job->exporter->scene && picture_format_of(job->path, &format)
			? export_write_picture(app, job, &a, format, &e)
			: export_refuse_ending(job, &e);
	if (good)
		app_say(app, "The %s is in %s now.", job->exporter->what, job->path);
	else
		app_fail(app, &e);
	arena_free(&a);
}

static void export_replace_answered(struct app *app, void *context, const char *answer)
{
	if (answer)
		export_write(app, context);
	else
		app_say(app, "Nothing was written.");
}

static void export_path_given(struct app *app, void *context, const char *answer)
{
	struct export_job *job = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	const char *path = path_whole(&a, answer);
	if (path && strlen(path) < sizeof job->path) {
		memcpy(job->path, path, strlen(path) + 1);
		if (!file_apart(path, store_path(app->store), "the workbook", &e))
			app_fail(app, &e);
		else if (access(path, F_OK) == 0)
			app_confirm(app, "This file is there already. Replace it?",
			    export_replace_answered, job);
		else
			export_write(app, job);
	} else if (path) {
		app_say(app, "This name is too long for a file.");
	}
	arena_free(&a);
}

// Without what a file's name cannot hold, or a shell would take for something else.
static char *export_file_name(struct arena *a, const char *name)
{
	char *safe = text_safe(a, name, false);
	for (char *p = safe; p && *p; p++)
		if (strchr("/\\:*?\"<>|", *p))
			*p = '-';
	size_t n = safe ? text_fit(safe, strlen(safe), 60, NULL) : 0;
	return safe ? arena_copy(a, safe, n) : NULL;
}

void export_ask(
    struct app *app, struct screen *s, const struct exporter *exporter, const char *name)
{
	struct arena a = { 0 };
	const char *first = exporter->scene ? "pdf" : "md";
	char *file = export_file_name(&a, name);
	char *path = file ? arena_printf(&a, "%s %s.%s", file, exporter->what, first) : NULL;
	app->export = (struct export_job){ .exporter = exporter, .screen = s };
	app_ask(app,
	    exporter->scene ? "Write it to which file (.pdf .png .svg .txt)?"
			    : "Write it to which file (.md .txt)?",
	    path, export_path_given, &app->export);
	arena_free(&a);
}
