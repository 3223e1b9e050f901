// SPDX-License-Identifier: MIT
// A workbook in which every text holds what a terminal would obey or what would mislead a reader, as
// a merge can bring it, through every verb and format: none of it comes out raw.
#include "../support.h"

#include "base/text_utf8.h"
#include "cli/cli.h"
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const HOSTILE[] = { "\x1b]52;c;ZXZpbA==\x07", "\x1b[2J\x1b[31m", "a\rb",
	"\x7f\b",
	"\xc2\x9b"
	"31m\xc2\x85",
	"\u202E0.1 erocs\u202C", "\u2066x\u2069", "a\u200Eb\u200F\u061C", "ag\u200Bree\uFEFF",
	"\x01\x02\x1f\v\f", "\u2028\u2029", "a\U000E0041", "\x1bP1$r\x1b\\\x1b_G\x1b\\" };
enum { HOSTILE_TEXTS = sizeof HOSTILE / sizeof *HOSTILE, RECORDS_MOST = 8 };

static struct arena a;
static struct world world;
static struct env env;
static const char *folder, *path, *team, *measure, *cycle;

// --- the workbook

static const char *spoiled(const char *value)
{
	static size_t at;
	const char *hostile = HOSTILE[at++ % HOSTILE_TEXTS];
	return arena_printf(
	    &a, "%s %s %s", hostile, value ? value : "", HOSTILE[at % HOSTILE_TEXTS]);
}

static void spoil_record(struct save *v, const struct form *form, const struct record *r)
{
	for (const struct form_field *f = NULL; (f = form_next(form, f)) != NULL;) {
		const char *value = record_get(r, f->id);
		if ((f->type == FIELD_TEXT || f->type == FIELD_MEMO) && !f->fixed && value)
			MUST(save_cell(v, &r->id, r->kind, f->id, spoiled(value), &e));
	}
}

static const char *first_of(struct store *s, const char *kind)
{
	struct records all;
	char id[ID_TEXT];
	MUST(record_list(s, &a, kind, NULL, &all, &e));
	ck_assert_uint_gt(all.count, 0);
	id_print(&all.item[0].id, id);
	return arena_strdup(&a, id);
}

static void spoil(struct store *s)
{
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	for (const struct kind *k = KINDS; k->name; k++) {
		struct records all;
		const struct form *form = forms_find(store_forms(s), k->name, NULL);
		MUST(record_list(s, &a, k->name, NULL, &all, &e));
		for (size_t i = 0; form && i < all.count && i < RECORDS_MOST; i++)
			spoil_record(v, form, &all.item[i]);
	}
	MUST(save_commit(v, NULL, &e));
}

static int run(const char *const word[], FILE *to)
{
	char *argv[16];
	int n = 0;
	for (; word[n]; n++)
		argv[n] = arena_strdup(&a, word[n]);
	argv[n] = NULL;
	FILE *in = fopen("/dev/null", "r");
	int status = cli_run(&env, n, argv, in, to, to);
	fclose(in);
	return status;
}

static void setup(void)
{
	world = (struct world){ .now = 1795356120000, .seed = 12, .tick = 1 };
	env = world_env(&world);
	env.author = "Eve\x1b[31m\u202E";
	env.device = "pc\x1b]0;x\x07";
	folder = test_path(&a, arena_printf(&a, "sinks-%d", (int)getpid()));
	mkdir(folder, 0700);
	path = arena_printf(&a, "%s/w.plando", folder);
	FILE *nowhere = fopen("/dev/null", "w");
	ck_assert_int_eq(
	    run((const char *const[]){ "plando", "demo", "--no-open", path, NULL }, nowhere), 0);
	fclose(nowhere);
	struct store *s;
	MUST((s = store_open(path, STORE_WRITE, &env, &e)) != NULL);
	spoil(s);
	team = first_of(s, "team");
	measure = first_of(s, "measure");
	cycle = first_of(s, "pdsa");
	store_close(s);
}

static void teardown(void)
{
	arena_free(&a);
}

// --- what comes out

static bool is_raw(int32_t c)
{
	static const int32_t MISLEADING[] = { 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
		0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xe0041 };
	for (size_t i = 0; i < sizeof MISLEADING / sizeof *MISLEADING; i++)
		if (c == MISLEADING[i])
			return true;
	return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

// mark: one at the beginning of a file for spreadsheets says what it is in.
static void clean(const char *what, const char *text, size_t n, bool mark)
{
	size_t at = mark && n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	while (at < n) {
		int32_t c;
		size_t from = at;
		at += utf8_next(text + at, n - at, &c);
		bool ended = mark && c == '\r' && at < n && text[at] == '\n'; // CSV's line ends
		if (!ended && (is_raw(c) || c == 0xfeff))
			ck_abort_msg("%s: U+%04X stands raw behind “%.*s”", what, (unsigned)c,
			    (int)(from < 60 ? from : 60), text + (from < 60 ? 0 : from - 60));
	}
}

static const char *words_of(const char *const word[])
{
	struct str s = STR_IN(&a);
	for (size_t i = 1; word[i]; i++)
		str_printf(&s, "%s ", word[i]);
	return str_done(&s);
}

static void comes_clean(const char *const word[])
{
	char *said;
	size_t n;
	bool sheet = false;
	FILE *to = open_memstream(&said, &n);
	int status = run(word, to);
	fclose(to);
	for (size_t i = 0; word[i]; i++)
		sheet = sheet || str_equal(word[i], "--csv") || str_equal(word[i], "--excel");
	ck_assert_msg(n > 0, "%s: says nothing (%d)", words_of(word), status);
	clean(words_of(word), said, n, sheet);
	free(said);
}
#define CLEAN(...) comes_clean((const char *const[]){ "plando", __VA_ARGS__, NULL })

START_TEST(no_list_lets_any_of_it_through)
{
	for (const struct kind *k = KINDS; k->name; k++) {
		CLEAN("list", path, k->name);
		CLEAN("list", path, k->name, "--json");
		CLEAN("list", path, k->name, "--csv");
		CLEAN("list", path, k->name, "--csv", "--excel");
	}
}
END_TEST

START_TEST(no_verb_lets_any_of_it_through)
{
	static const char *const PLAIN[] = { "status", "coverage", "measures", "learned",
		"fidelity", "conflicts", "log", "check", "clock" };
	for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
		CLEAN(PLAIN[i], path);
		CLEAN(PLAIN[i], path, "--json");
	}
	static const char *const SHEETS[] = { "coverage", "measures", "learned" };
	for (size_t i = 0; i < sizeof SHEETS / sizeof *SHEETS; i++)
		CLEAN(SHEETS[i], path, "--csv");
	static const char *const DIAGRAM[] = { "--text", "--csv", "--dot", "--json", "--mermaid" };
	for (size_t i = 0; i < sizeof DIAGRAM / sizeof *DIAGRAM; i++)
		CLEAN("diagram", path, team, DIAGRAM[i]);
	CLEAN("diagram", path, team, "--svg", "-");
	CLEAN("chart", path, measure, "--text");
	CLEAN("chart", path, measure, "--json");
	CLEAN("chart", path, measure, "--svg", "-");
	CLEAN("get", path, team);
	CLEAN("get", path, cycle);
	CLEAN("get", path, cycle, "--json");
	CLEAN("assess", path, team);
	CLEAN("assess", path, team, "--json");
	CLEAN("log", path, "--summary");
	CLEAN("search", path, "erocs");
	CLEAN("search", path, "erocs", "--json");
	CLEAN("get", path, HOSTILE[0]);
	CLEAN("get", HOSTILE[1], HOSTILE[2]);
	CLEAN(HOSTILE[4]);
	CLEAN("set", path, team, arena_printf(&a, "%s=x", HOSTILE[5]));
	CLEAN("set", path, team, arena_printf(&a, "status=%s", HOSTILE[6]));
}
END_TEST

START_TEST(no_export_lets_any_of_it_through)
{
	static const char *const FORMATS[] = { "yaml", "json" };
	size_t n;
	for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
		const char *out = arena_printf(&a, "%s/out.%s", folder, FORMATS[i]);
		FILE *nowhere = fopen("/dev/null", "w");
		ck_assert_int_eq(run((const char *const[]){ "plando", "export", path, "--format",
					 FORMATS[i], "-o", out, NULL },
				     nowhere),
		    0);
		fclose(nowhere);
		const char *text = test_read(&a, out, &n);
		ck_assert(text && n > 1000);
		clean(FORMATS[i], text, n, false);
	}
}
END_TEST

START_TEST(no_sheet_of_an_export_lets_any_of_it_through)
{
	const char *out = arena_printf(&a, "%s/sheets", folder);
	FILE *nowhere = fopen("/dev/null", "w");
	ck_assert_int_eq(run((const char *const[]){ "plando", "export", path, "--format", "csv",
				 "-o", out, NULL },
			     nowhere),
	    0);
	fclose(nowhere);
	DIR *dir = opendir(out);
	int files = 0;
	for (struct dirent *f; dir && (f = readdir(dir));) {
		size_t n;
		if (*f->d_name == '.')
			continue;
		const char *text = test_read(&a, arena_printf(&a, "%s/%s", out, f->d_name), &n);
		clean(f->d_name, text, n, true);
		files++;
	}
	closedir(dir);
	ck_assert_int_gt(files, 20);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sinks");
	TCase *c = tcase_create("sinks");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 300);
	tcase_add_test(c, no_list_lets_any_of_it_through);
	tcase_add_test(c, no_verb_lets_any_of_it_through);
	tcase_add_test(c, no_export_lets_any_of_it_through);
	tcase_add_test(c, no_sheet_of_an_export_lets_any_of_it_through);
	suite_add_tcase(s, c);
	return test_run(s);
}
