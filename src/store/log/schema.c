// SPDX-License-Identifier: MIT
// The tables: making them, and telling ours from a stranger's. The log's SQL must be ours word for
// word (comments and blanks apart); state tables are only ever made by us, from the forms, and made
// again when they differ or hold anything that could compute.
#include "store/log/store.h"

#include "base/embedded.h"

#include <plando/index.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

// --- comparing SQL

// Without comments, with single blanks: what a statement says.
static char *schema_sql_plain(struct arena *a, const char *sql, size_t n)
{
	char *out = arena_alloc(a, n + 1);
	size_t m = 0;
	for (size_t i = 0; out && i < n; i++) {
		if (sql[i] == '-' && i + 1 < n && sql[i + 1] == '-') {
			while (i < n && sql[i] != '\n')
				i++;
			continue;
		}
		if (!isspace((unsigned char)sql[i]))
			out[m++] = sql[i];
		else if (m && out[m - 1] != ' ')
			out[m++] = ' ';
	}
	if (out)
		out[m - (m && out[m - 1] == ' ')] = '\0';
	return out;
}

// Is `plain` one of the statements of an embedded file?
static bool schema_sql_is_of(struct arena *a, const char *file, const char *plain)
{
	const struct embedded *f = embedded_find(file);
	const char *p = schema_sql_plain(a, f->text, f->length);
	while (p && *p) {
		p += *p == ' ';
		size_t n = strcspn(p, ";");
		if (n == strlen(plain) && strncmp(p, plain, n) == 0)
			return true;
		p += n + (p[n] == ';');
	}
	return false;
}

static bool schema_log_object(struct arena *a, struct ask *q, struct err *e)
{
	const char *type = col_text(q, 0), *name = col_text(q, 1), *of = col_text(q, 3);
	bool ours =
	    str_equal(of, "stream") || str_equal(of, "change") || str_starts(name, "change_");
	if (str_equal(type, "trigger"))
		return err_set(e, ERR_DATA,
		    "it carries a program of its own (trigger %s); do not use this file", name);
	const char *plain = ours ? schema_sql_plain(a, col_text(q, 2), col_size(q, 2)) : "";
	if (!plain)
		return err_memory(e);
	if (ours && !schema_sql_is_of(a, "log.sql", plain))
		return err_set(
		    e, ERR_DATA, "its %s %s is not plando's; do not use this file", type, name);
	return true;
}

bool schema_is_log(struct db *db, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	int64_t tables = 0;
	struct ask *q =
	    db_ask(db, "SELECT type,name,sql,tbl_name FROM sqlite_master WHERE sql NOT NULL", e);
	if (!q)
		return false;
	while (ask_step(q, &own)) {
		if (!schema_log_object(&a, q, &own))
			break;
		tables +=
		    strcmp(col_text(q, 1), "stream") == 0 || strcmp(col_text(q, 1), "change") == 0;
	}
	arena_free(&a);
	if (!ask_end(q, &own, e))
		return false;
	return tables == 2 || err_set(e, ERR_DATA, "it is not a plando workbook; check the name");
}

// --- state tables

// Only names, types and keys: nothing in such a table's SQL can compute.
static bool schema_state_is_harmless(const char *plain)
{
	static const char *const words[] = { "CREATE", "TABLE", "INDEX", "ON", "TEXT", "BLOB",
		"INT", "INTEGER", "REAL", "PRIMARY", "KEY", "UNIQUE", "WITHOUT", "ROWID", "NOT",
		"NULL" };
	for (const char *p = plain; *p;) {
		size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (*p == '"') {
			const char *close = strchr(p + 1, '"');
			if (!close)
				return false;
			p = close + 1;
		} else if (n) {
			size_t i = 0;
			while (i < sizeof words / sizeof *words &&
			       (strlen(words[i]) != n || strncmp(words[i], p, n) != 0))
				i++;
			if (i == sizeof words / sizeof *words)
				return false;
			p += n;
		} else if (strchr(" (),_'", *p) || islower((unsigned char)*p) ||
			   isdigit((unsigned char)*p))
			p++;
		else
			return false;
	}
	return true;
}

bool schema_state_sound(struct store *s, bool *sound, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	int64_t made_by;
	*sound = false;
	if (!meta_get_int(s->db, "state", 0, &made_by, e))
		return false;
	if (made_by != (int64_t)embedded_fingerprint)
		return true;
	struct ask *q = db_ask(s->db,
	    "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type<>'view' AND name NOT IN"
	    " ('stream','change','change_ent','change_batch','batch','bookmark','meta')",
	    e);
	if (!q)
		return false;
	*sound = true;
	while (*sound && ask_step(q, &own)) {
		char *plain = schema_sql_plain(&a, col_text(q, 0), col_size(q, 0));
		*sound = plain && (schema_state_is_harmless(plain) ||
				      schema_sql_is_of(&a, "state.sql", plain));
	}
	arena_free(&a);
	return ask_end(q, &own, e);
}

const char *schema_column(struct arena *a, const char *field)
{
	static const char *const taken[] = { "from", "to", "where", "when" };
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(field, taken[i]) == 0)
			return arena_printf(a, "%s_", field);
	return str_ends(field, "_typed") ? arena_printf(a, "%s_", field) : field;
}

// The column that holds what was typed: of numbers the one beside that of the number itself.
static const char *schema_text_column(struct arena *a, const struct form_field *f)
{
	return field_is_number(f) ? arena_printf(a, "%s_typed", f->id) : schema_column(a, f->id);
}

static bool schema_is_column(const struct form_field *f)
{
	return f->type != FIELD_LIST && f->type != FIELD_PAIRS && f->type != FIELD_ANSWERS;
}

// Each column is followed by its label, for those who read the schema.
static void schema_add_table(
    struct arena *a, struct str *sql, const char *kind, const struct form *form)
{
	const char *label = "UUID";
	str_printf(sql, "CREATE TABLE \"%s\"(\n  \"id\" TEXT PRIMARY KEY", kind);
	for (const struct form_field *f = NULL; (f = form_next(form, f));) {
		if (!schema_is_column(f))
			continue;
		str_printf(sql, ", -- %.*s\n  \"%s\" %s", (int)strcspn(label, "\n"), label,
		    schema_column(a, f->id),
		    !field_is_number(f)	       ? "TEXT"
		    : f->type == FIELD_INTEGER ? "INTEGER"
					       : "REAL");
		label = f->label;
		if (!field_is_number(f))
			continue;
		str_printf(sql, ", -- %.*s\n  \"%s\" TEXT", (int)strcspn(label, "\n"), label,
		    schema_text_column(a, f));
		label = "as it was typed";
	}
	str_printf(sql, " -- %.*s\n) WITHOUT ROWID;\n", (int)strcspn(label, "\n"), label);
}

// Points are read a measure at a time, but lie in their table by their ids, which is in no order:
// the index over all of their columns (numbers as typed, which is how plando reads them) is read
// from end to end instead of a page a point.
static void schema_add_points_index(struct arena *a, struct str *sql, const struct form *form)
{
	str_add(sql, "CREATE INDEX \"point_measure\" ON \"point\"(\"measure\",\"date\"");
	for (const struct form_field *f = NULL; (f = form_next(form, f));)
		if (schema_is_column(f) && !str_equal(f->id, "measure") &&
		    !str_equal(f->id, "date"))
			str_printf(sql, ",\"%s\"", schema_text_column(a, f));
	str_add(sql, ");\n");
}

// The columns by which records are looked up: those that lead to their team or parent.
static void schema_add_indexes(struct arena *a, struct str *sql, const struct kind *k)
{
	bool parent = k->parent != NULL;
	for (size_t i = 0; i < 4 && k->via[i]; i++) {
		str_printf(sql, "CREATE INDEX \"%s_%s\" ON \"%s\"(\"%s\");\n", k->name, k->via[i],
		    k->name, schema_column(a, k->via[i]));
		parent = parent && strcmp(k->via[i], k->parent) != 0;
	}
	if (parent)
		str_printf(sql, "CREATE INDEX \"%s_%s\" ON \"%s\"(\"%s\");\n", k->name, k->parent,
		    k->name, schema_column(a, k->parent));
}

#define UUID_OF(ent)                                                                               \
	"lower(substr(hex(" ent "),1,8)||'-'||substr(hex(" ent "),9,4)||'-'||substr(hex(" ent      \
	"),13,4)||'-'||substr(hex(" ent "),17,4)||'-'||substr(hex(" ent "),21))"

// A text is the number that it reads as only where the two are equal once SQLite has compared them
// as numbers, which it does where one side is a number: "12abc" stays a text then, and is NULL
// here.
static const char *schema_view_number(enum field_type type)
{
	return type == FIELD_INTEGER
		   ? "CASE WHEN val=CAST(val AS NUMERIC) THEN CAST(val AS NUMERIC) END"
		   : "CASE WHEN val=CAST(val AS REAL) THEN CAST(val AS REAL) END";
}

static void schema_view_column(
    struct str *sql, size_t prefix, const char *field, const char *what, const char *column)
{
	str_printf(sql,
	    ",\n  (SELECT %s FROM cell c WHERE c.ent=p.ent AND "
	    "c.fld=substr(p.fld,1,%zu)||'.%s') AS \"%s\"",
	    what, prefix, field, column);
}

// One row an element of a list field, for SQL readers.
static void schema_add_view(
    struct arena *a, struct str *sql, const char *kind, const struct form_field *list)
{
	size_t n = strlen(list->id);
	str_printf(sql,
	    "CREATE VIEW IF NOT EXISTS \"%s_%s\" AS -- %.*s: one row each\n  SELECT " UUID_OF(
		"p.ent") " AS \"%s\", substr(p.fld,%zu,8) AS \"id\"",
	    kind, list->id, (int)strcspn(list->label, "\n"), list->label, kind, n + 2);
	for (size_t i = 0; i < list->field_count; i++) {
		const struct form_field *f = &list->fields[i];
		if (field_is_number(f))
			schema_view_column(sql, n + 9, f->id, schema_view_number(f->type), f->id);
		schema_view_column(sql, n + 9, f->id, "val",
		    field_is_number(f) ? schema_text_column(a, f) : f->id);
	}
	str_printf(sql,
	    "\n  FROM cell p JOIN rec r ON r.ent=p.ent WHERE r.kind='%s' AND r.alive AND p.fld "
	    "LIKE '%s.________.pos'"
	    " ORDER BY p.ent, p.val;\n",
	    kind, list->id);
}

static bool schema_add_kind(struct store *s, struct str *sql, const struct kind *k, struct err *e)
{
	const struct form *form = forms_find(s->forms, k->name, e);
	if (!form)
		return false;
	schema_add_table(&s->arena, sql, k->name, form);
	if (strcmp(k->name, "point") == 0)
		schema_add_points_index(&s->arena, sql, form);
	else
		schema_add_indexes(&s->arena, sql, k);
	for (const struct form_field *f = NULL; (f = form_next(form, f));)
		if (f->type == FIELD_LIST || f->type == FIELD_PAIRS)
			schema_add_view(&s->arena, sql, k->name, f);
	return true;
}

static bool schema_drop_all(struct store *s, struct err *e)
{
	struct str sql = STR_IN(&s->arena);
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT type,replace(name,'\"','\"\"') FROM sqlite_master WHERE type IN "
	    "('table','view')"
	    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
	    " AND name NOT IN ('stream','change','batch','bookmark','meta')",
	    e);
	if (!q)
		return false;
	while (ask_step(q, &own))
		str_printf(&sql, "DROP %s \"%s\";", col_text(q, 0), col_text(q, 1));
	if (!ask_end(q, &own, e))
		return false;
	const char *text = str_done(&sql);
	return text ? db_exec(s->db, text, e) : err_memory(e);
}

// All of it, by the forms in force. Our own views come first: no field of an installed form can
// take their names.
static const char *schema_state_sql(struct store *s, struct err *e)
{
	struct str sql = STR_IN(&s->arena);
	str_add(&sql, embedded_find("state.sql")->text);
	str_add(&sql, embedded_find("views.sql")->text);
	for (const struct kind *k = KINDS; k->name; k++)
		if (!schema_add_kind(s, &sql, k, e))
			return NULL;
	const char *text = str_done(&sql);
	if (!text)
		err_memory(e);
	return text;
}

static int64_t schema_state_print(const char *sql)
{
	return (int64_t)index_hash(sql, strlen(sql), 0);
}

bool schema_state_fits(struct store *s, bool *fits, struct err *e)
{
	int64_t made;
	const char *sql = schema_state_sql(s, e);
	if (!sql || !meta_get_int(s->db, "tables", 0, &made, e))
		return false;
	*fits = made == schema_state_print(sql);
	return true;
}

bool schema_state_make(struct store *s, struct err *e)
{
	const char *sql = schema_state_sql(s, e);
	s->typed = NULL;
	s->typed_count = 0;
	return sql && schema_drop_all(s, e) && db_exec(s->db, sql, e) &&
	       meta_set_int(s->db, "tables", schema_state_print(sql), e) &&
	       meta_set_int(s->db, "state", (int64_t)embedded_fingerprint, e);
}

// --- a new workbook

bool schema_meta_id(struct db *db, const char *key, const struct id *id, struct err *e)
{
	struct ask *q = db_ask(db, "INSERT OR REPLACE INTO meta(k,v) VALUES(?,?)", e);
	if (!q)
		return false;
	ask_text(q, 1, key);
	ask_id(q, 2, id);
	return ask_run(q, e);
}

static bool schema_first_change(struct store *s, const char *name, struct err *e)
{
	struct arena a = { 0 };
	struct save *v = save_begin(s, &a, e);
	bool ok = v && save_cell(v, &ID_COLLABORATIVE, "collaborative", "name", name, e) &&
		  save_commit(v, NULL, e);
	s->undos = 0;
	arena_free(&a);
	return ok;
}

bool schema_log_make(struct store *s, struct err *e)
{
	char pragmas[160];
	snprintf(pragmas, sizeof pragmas, "PRAGMA page_size=4096; PRAGMA application_id=%d;",
	    APPLICATION_ID);
	return db_exec(s->db, pragmas, e) && db_begin(s->db, e) &&
	       db_exec(s->db, embedded_find("log.sql")->text, e) &&
	       db_exec(s->db, embedded_find("local.sql")->text, e) &&
	       schema_meta_id(s->db, "collab", &s->collab, e) &&
	       meta_set_int(s->db, "log_format", LOG_FORMAT, e);
}

bool schema_create(struct store *s, const char *name, struct err *e)
{
	s->collab = id_random(s->env);
	if (id_zero(&s->collab))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	bool ok = schema_log_make(s, e) && schema_state_make(s, e) && db_commit(s->db, e);
	store_look(s);
	return ok && schema_first_change(s, name, e);
}
