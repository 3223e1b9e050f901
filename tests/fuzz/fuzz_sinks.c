// SPDX-License-Identifier: MIT
// What comes after the parse: any bytes as changes that a merge has brought, each in its chain and
// well-formed, and then everything that shows a workbook is asked. Nothing crashes, and nothing
// takes long, whatever names whatever and whatever stands where. The workbook is kept: what an
// input writes lies in a transaction that is given up after it.
#include "fuzz.h"
#include "store/log/store.h"
#include "world.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/bundle.h>
#include <plando/chart_measure.h>
#include <plando/conflict.h>
#include <plando/coverage.h>
#include <plando/diagram.h>
#include <plando/doubles.h>
#include <plando/evidence.h>
#include <plando/fidelity.h>
#include <plando/history.h>
#include <plando/kind.h>
#include <plando/learned.h>
#include <plando/pdsa.h>
#include <plando/search.h>
#include <plando/sheet.h>
#include <plando/signals.h>
#include <plando/since.h>
#include <plando/str.h>
#include <plando/summary.h>
#include <plando/text.h>
#include <plando/words.h>

#include <stdlib.h>
#include <string.h>

enum { RECORDS = 12, CHANGES_MOST = 200 };

static struct store *book;
static struct id made[RECORDS];
static FILE *nowhere;

static const char *const KIND[RECORDS] = { "team", "person", "membership", "driver", "idea", "link",
	"pdsa", "measure", "point", "assessment", "event", "attendance" };

static void prepare(void)
{
	world_begin();
	book = world_store();
	made[0] = world_put(book, "team", "name", "North", NULL);
	for (int i = 1; i < RECORDS; i++)
		made[i] = world_put(book, KIND[i], "archived_why", "", &made[0]);
	HOLDS((nowhere = fopen("/dev/null", "w")) != NULL);
	setvbuf(nowhere, NULL, _IOFBF, 65536);
}

// --- the changes

struct input {
	const uint8_t *byte;
	size_t n;
};

static unsigned take(struct input *in)
{
	if (!in->n)
		return 0;
	in->n--;
	return *in->byte++;
}

static const char *uuid(struct arena *a, const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	return arena_strdup(a, text);
}

// A field of the kind's own form; of a list one of its parts, in one of four elements.
static const char *field(struct arena *a, struct input *in, const char *kind)
{
	const struct form *form = forms_find(store_forms(book), kind, NULL);
	const struct form_field *f = NULL;
	unsigned which = take(in);
	if (which == 255)
		return "~";
	for (unsigned i = 0; form && i <= which % 32; i++) {
		const struct form_field *next = form_next(form, f);
		if (!next)
			break;
		f = next;
	}
	if (!f)
		return "name";
	if (f->type == FIELD_REFS)
		return arena_printf(a, "%s.%s", f->id, uuid(a, &made[take(in) % RECORDS]));
	if (!f->field_count)
		return f->id;
	unsigned part = take(in);
	const char *sub = part % 8 == 7 ? "pos" : f->fields[(part >> 2) % f->field_count].id;
	return arena_printf(a, "%s.0000000%u.%s", f->id, part % 4, sub);
}

static const char *text(struct arena *a, struct input *in)
{
	static const char *const part[] = { "9", "0.5", "-", "2026-05-01", "2025-12", "yes", "\n",
		"\xe2\x80\xae", "a\xcc\x81", "=1+1", "primary", "percent", "month", "1e9", "test",
		"/" };
	struct str s = STR_IN(a);
	unsigned shape = take(in);
	size_t times = shape & 128 ? 700 : 1 + (shape >> 4 & 3);
	for (size_t i = 0; i < times; i++)
		str_add(&s, part[shape & 15]);
	if (shape & 64)
		str_add(&s, part[take(in) & 15]);
	return str_done(&s);
}

static const char *value(struct arena *a, struct input *in)
{
	unsigned b = take(in);
	if (b < 96)
		return uuid(a, &made[b % RECORDS]);
	if (b < 112)
		return b % 2 ? "1" : "0";
	if (b < 120)
		return "";
	if (b < 216)
		return text(a, in);
	size_t n = b % 32u < in->n ? b % 32u : in->n;
	const char *own = arena_copy(a, (const char *)in->byte, n);
	in->byte += n;
	in->n -= n;
	return text_valid(own, strlen(own), NULL) ? own : "?";
}

static void change_put(struct arena *a, struct input *in, struct stream *t)
{
	struct err e = { 0 };
	unsigned which = take(in);
	struct change c = { .sid = t->sid,
		.seq = t->seq + 1,
		.grp = t->seq + 1,
		.last = true,
		.hlc = 1795600000000 + take(in),
		.at = 1795600000000 - (int64_t)take(in) * 86400000,
		.ent = made[which % RECORDS],
		.kind = KIND[which >= 250 ? take(in) % RECORDS : which % RECORDS] };
	c.fld = field(a, in, c.kind);
	c.val = value(a, in);
	c.cid = t->tip = chain_next(t->tip, &c);
	t->seq = c.seq;
	HOLDS(log_change_add(book->db, &c, &e));
}

static void forge(struct arena *a, struct input *in)
{
	struct err e = { 0 };
	for (unsigned changes = 0; in->n && changes < CHANGES_MOST;) {
		struct stream t = { .id = { { 0xfe, (uint8_t)changes } },
			.scope = changes % 2 ? ID_COLLABORATIVE : made[0],
			.author = "Mallory",
			.device = "elsewhere",
			.program = "by hand",
			.opened = 1 };
		t.tip = chain_seed(&t);
		HOLDS(log_stream_add(book->db, &t, &e));
		for (unsigned n = 1 + take(in) % 16; n && in->n; n--, changes++)
			change_put(a, in, &t);
		HOLDS(log_stream_tip(book->db, t.sid, t.seq, t.tip, &e));
	}
	for (int i = 0; i < RECORDS; i++)
		HOLDS(fold_record(book, &made[i], 0, &e));
	HOLDS(state_follow(book, &e));
}

// --- who shows it: each answers, or refuses in words

#define ANSWERS(expr)                                                                              \
	do {                                                                                       \
		struct err e = { 0 };                                                              \
		HOLDS((expr) || (e.code && *e.text));                                              \
	} while (0)

static void records_shown(struct arena *a)
{
	for (const struct kind *k = KINDS; k->name; k++) {
		struct records all = { 0 };
		ANSWERS(record_list(book, a, k->name, NULL, &all, &e));
		for (size_t i = 0; i < all.count; i++) {
			struct sheet t;
			struct json j;
			json_init(&j, nowhere);
			HOLDS(record_title(book, a, &all.item[i]));
			HOLDS(words_record(book, a, &all.item[i].id));
			ANSWERS(sheet_read(book, a, &all.item[i], &t, &e));
			ANSWERS(sheet_json(&t, a, &j, &e));
			ANSWERS(sheet_text(&t, a, nowhere, 80, false, &e));
			struct csv csv = csv_new(a, nowhere);
			ANSWERS(sheet_csv_row(&t, a, &csv, &e));
		}
	}
}

static void history_shown(struct arena *a)
{
	struct history_filter f = HISTORY_ALL;
	struct history all = { 0 };
	struct conflicts clashes = { 0 };
	ANSWERS(history_list(book, a, &f, &all, &e));
	for (size_t i = 0; i < all.count; i++)
		HOLDS(words_change(book, a, &all.item[i], "->"));
	ANSWERS(conflict_list(book, a, &clashes, &e));
	struct since since;
	ANSWERS(since_find(book, a, &made[0], NULL, &since, &e));
	struct store_problems strays;
	ANSWERS(store_strays(book, a, &strays, &e));
	struct store_facts facts;
	ANSWERS(store_facts(book, &facts, &e));
	struct search_hits hits;
	ANSWERS(search_find(book, a, "ring a 9", 20, &hits, &e));
}

static void board_shown(struct arena *a)
{
	struct board board;
	struct board_facts facts;
	struct board_latest latest;
	struct aim aim;
	struct evidence_brief brief = { 0 };
	struct signals signals;
	struct doubles doubles;
	struct coverage coverage;
	struct fidelity fidelity;
	struct pdsa_log cycles;
	struct learnings learned;
	struct learned_filter every = { 0 };
	ANSWERS(board_list(book, a, true, &board, &e));
	ANSWERS(board_facts(book, a, &made[0], &facts, &e));
	ANSWERS(board_latest(book, a, &made[0], &latest, &e));
	ANSWERS(aim_read(book, a, &made[0], &aim, &e));
	struct err none = { 0 };
	const struct form *scale = evidence_instrument(book, NULL, &none);
	HOLDS(scale);
	ANSWERS(evidence_brief(book, a, &made[0], store_today(book), scale, &brief, &e));
	ANSWERS(signals_load(book, a, &made[0], CHART_ANHOEJ, &signals, &e));
	ANSWERS(doubles_find(book, a, &doubles, &e));
	ANSWERS(coverage_load(book, a, NULL, &coverage, &e));
	ANSWERS(fidelity_read(book, a, NULL, &fidelity, &e));
	ANSWERS(pdsa_log(book, a, &made[0], true, &cycles, &e));
	ANSWERS(learned_list(book, a, &every, &learned, &e));
}

static void charts_shown(struct arena *a)
{
	struct measures all = { 0 };
	struct summary summary;
	struct driver_diagram d;
	struct str drawn = STR_IN(a);
	struct diagram_options o = { .width = 80 };
	ANSWERS(measures_load(book, a, &made[0], store_today(book), &all, &e));
	for (size_t i = 0; i < all.count; i++) {
		const struct chart *chart;
		struct chart_strata strata;
		ANSWERS(chart_of_all(a, &all.item[i], CHART_ANHOEJ, &chart, &e));
		ANSWERS(chart_strata_make(a, &all.item[i], CHART_IHI, &strata, &e));
	}
	ANSWERS(summary_load(book, a, &made[0], true, false, &summary, &e));
	struct err none = { 0 };
	if (driver_load(book, a, &made[0], &d, &none))
		ANSWERS(diagram_print(a, &d, &o, &drawn, &e));
	else
		HOLDS(none.code && *none.text);
}

static void exports_shown(struct arena *a)
{
	struct str yaml = STR_IN(a);
	ANSWERS(bundle_export(book, a, &yaml, &e));
	ANSWERS(sheet_export_json(book, nowhere, &e));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static void (*const sink[])(struct arena *) = { records_shown, history_shown, board_shown,
		charts_shown, exports_shown };
	struct input in = { bytes, n };
	struct arena a = { 0 };
	struct err e = { 0 };
	if (!book)
		prepare();
	world_begin();
	HOLDS(db_begin(book->db, &e));
	forge(&a, &in);
	for (size_t i = 0; i < sizeof sink / sizeof *sink; i++) {
		struct arena own = { 0 };
		sink[i](&own);
		arena_free(&own);
	}
	db_rollback(book->db);
	store_forget(book);
	arena_free(&a);
	return 0;
}
