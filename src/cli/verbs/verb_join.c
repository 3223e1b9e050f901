// SPDX-License-Identifier: MIT
// Two records that were made of one thing: joined, parted, and listed.
#include "cli/verbs.h"

#include <plando/doubles.h>
#include <plando/join.h>
#include <plando/str.h>

#include <string.h>

static const char *verb_join_name(struct cli *c, struct store *s, const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	return cli_or_empty(c, arena_printf(c->arena, "%s (%.8s)", cli_call(c, s, id), text));
}

static bool verb_join_two(struct cli *c, struct store *s, struct err *e)
{
	struct record x, y;
	if (!cli_find(c, s, NULL, c->word[1], &x, e) || !cli_find(c, s, NULL, c->word[2], &y, e))
		return false;
	const char *one = verb_join_name(c, s, &x.id), *other = verb_join_name(c, s, &y.id);
	if (!join_records(s, c->arena, &x.id, &y.id, e))
		return false;
	fprintf(c->out, "joined: %s and %s are read as one\n", one, other);
	return true;
}

static bool verb_join_parts(struct cli *c, struct store *s, const char *ref, struct err *e)
{
	struct record r;
	size_t n;
	if (!cli_find(c, s, NULL, ref, &r, e) || !join_part(s, c->arena, &r.id, &n, e))
		return false;
	fprintf(c->out, "parted: %s\n", cli_count(c, (int64_t)n, "record"));
	return true;
}

static void verb_join_alike_text(struct cli *c, const struct doubles *all)
{
	char one[ID_TEXT], other[ID_TEXT];
	for (size_t i = 0; i < all->count; i++) {
		const struct double_found *d = &all->item[i];
		if (d->what != DOUBLE_RECORD)
			continue;
		id_print(&d->first, one);
		id_print(&d->second, other);
		fprintf(c->out, "%s %.8s and %.8s\n", cli_safe(c, d->says, false), one, other);
	}
}

static bool verb_join_lists(struct cli *c, struct store *s, struct err *e)
{
	struct doubles alike;
	struct join_circles joined;
	if (!doubles_find(s, c->arena, &alike, e) || !join_list(s, c->arena, &joined, e))
		return false;
	verb_join_alike_text(c, &alike);
	for (size_t i = 0; i < joined.count; i++)
		fprintf(c->out, "%s: %s joined\n", verb_join_name(c, s, &joined.item[i].shown),
		    cli_count(c, (int64_t)joined.item[i].count, "record"));
	if (!alike.count && !joined.count)
		fputs("Nothing looks as if it was made twice, and nothing is joined.\n", c->out);
	return true;
}

bool verb_join(struct cli *c, struct err *e)
{
	const char *part = option_get(c, "part");
	if (c->words == 2 || (part && c->words > 1))
		return err_set(e, ERR_USAGE,
		    "join: name two records, or --part REF, or neither for what may be two of one");
	struct store *s = cli_open(c, part || c->words == 3 ? STORE_WRITE : STORE_READ, e);
	bool good = s && (part		     ? verb_join_parts(c, s, part, e)
			     : c->words == 3 ? verb_join_two(c, s, e)
					     : verb_join_lists(c, s, e));
	cli_close(c, s);
	return good;
}
