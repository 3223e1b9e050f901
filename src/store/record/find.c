// SPDX-License-Identifier: MIT
// Finding a record by what people call it: the REF of the command line, and ids.
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <ctype.h>
#include <string.h>

struct find_finding {
	struct store *s;
	struct arena *a;
	const char *kind, *ref;
	struct id found[8];
	size_t count, seen; // kept, and all that matched
};

static void find_finding_add(struct find_finding *f, const struct id *id)
{
	for (size_t i = 0; i < f->count; i++)
		if (id_equal(&f->found[i], id))
			return;
	if (f->count < sizeof f->found / sizeof *f->found)
		f->found[f->count++] = *id;
	f->seen++;
}

// Living records of the wanted kinds with that exact text in a naming field.
static bool find_exact(struct find_finding *f, const char *name, struct err *e)
{
	struct ask *q = db_ask(f->s->db,
	    "SELECT r.ent,r.kind,c.fld FROM cell c JOIN rec r ON r.ent=c.ent WHERE r.alive AND "
	    "c.val=?"
	    " AND c.fld IN ('name','title','text','what','objective','code')",
	    e);
	struct err own = { 0 };
	struct id id;
	if (!q)
		return false;
	ask_text(q, 1, name);
	while (ask_step(q, &own))
		if (kind_among(f->kind, col_text(q, 1)) && col_id(q, 0, &id))
			find_finding_add(f, &id);
	return ask_end(q, &own, e);
}

static bool find_prefix(struct find_finding *f, struct err *e)
{
	char digits[40];
	size_t n = 0;
	struct err own = { 0 };
	struct id id;
	for (const char *p = f->ref; *p; p++)
		if (*p != '-') {
			if (!isxdigit((unsigned char)*p) || n == 32)
				return true;
			digits[n++] = (char)toupper((unsigned char)*p);
		}
	digits[n] = '\0';
	if (n < 4)
		return true;
	struct ask *q = db_ask(f->s->db,
	    n == 32 ? "SELECT ent,kind FROM rec WHERE hex(ent)=?1"
		    : "SELECT ent,kind FROM rec WHERE alive AND substr(hex(ent),1,length(?1))=?1",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, digits);
	while (ask_step(q, &own))
		if (kind_among(f->kind, col_text(q, 1)) && col_id(q, 0, &id))
			find_finding_add(f, &id);
	return ask_end(q, &own, e);
}

// To which team does a record belong? Its scope says it.
static bool find_of_team(
    struct find_finding *f, const struct id *id, const char *team, bool *is, struct err *e)
{
	struct ask *q = db_ask(f->s->db,
	    "SELECT 1 FROM rec r JOIN cell c ON c.ent=r.scope AND c.fld='name' WHERE r.ent=? AND "
	    "c.val=?",
	    e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, id);
	ask_text(q, 2, team);
	*is = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// "TEAM/NAME", at each slash in turn: both may hold slashes of their own.
static bool find_in_team(struct find_finding *f, struct err *e)
{
	for (const char *slash = strchr(f->ref, '/'); slash && !f->count;
	     slash = strchr(slash + 1, '/')) {
		struct find_finding all = { .s = f->s, .a = f->a, .kind = f->kind, .ref = f->ref };
		const char *team = arena_copy(f->a, f->ref, (size_t)(slash - f->ref));
		if (!team)
			return err_memory(e);
		if (!find_exact(&all, slash + 1, e))
			return false;
		for (size_t i = 0; i < all.count; i++) {
			bool is;
			if (!find_of_team(f, &all.found[i], team, &is, e))
				return false;
			if (is)
				find_finding_add(f, &all.found[i]);
		}
	}
	return true;
}

static bool find_ambiguous(struct find_finding *f, struct err *e)
{
	struct str list = STR_IN(f->a);
	for (size_t i = 0; i < f->count && i < 4; i++) {
		char id[ID_TEXT];
		struct record r;
		if (!record_load(f->s, f->a, &f->found[i], &r, e))
			return false;
		id_print(&r.id, id);
		str_printf(&list, "%s%s %.8s", i ? ", " : "", r.kind, id);
	}
	const char *names = str_done(&list);
	return err_set(e, ERR_USAGE,
	    "\"%.80s\" names %zu records (%s%s); name it by TEAM/NAME or by its id", f->ref,
	    f->seen, names ? names : "", f->count > 4 ? " …" : "");
}

bool record_find(struct store *s, struct arena *a, const char *kind, const char *ref,
    struct record *out, struct err *e)
{
	struct find_finding f = { .s = s, .a = a, .kind = kind, .ref = ref };
	if (!find_exact(&f, ref, e) || (!f.count && !find_in_team(&f, e)) ||
	    (!f.count && !find_prefix(&f, e)))
		return false;
	if (f.count > 1)
		return find_ambiguous(&f, e);
	if (!f.count)
		return err_set(e, ERR_NOINPUT,
		    "there is no %s called \"%.80s\"; list them to see their names",
		    kind && !strchr(kind, ' ') ? kind : "record", ref);
	return record_load(s, a, &f.found[0], out, e);
}
