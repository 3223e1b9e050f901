// SPDX-License-Identifier: MIT
// Writing YAML that every reader, of YAML 1.1 or 1.2, in any language, takes for the same text: a
// text stands without quotes only where nobody could see a number, a date, a yes or a sign of the
// language in it. Block style throughout; long texts of several lines as literal blocks where that
// is exact, else in double quotes.
#include <plando/yaml.h>

#include <string.h>
#include <strings.h>

enum { DEPTH_MOST = 64, KEY_MOST = 250 };

enum yaml_write_place { AT_LINE, AFTER_DASH, AFTER_KEY };

struct frame {
	bool map;
	bool value_next; // of a map: its key has been written
	size_t count;
	unsigned indent;
};

struct yaml_writer {
	struct str *out;
	struct frame frame[DEPTH_MOST];
	size_t depth;
	enum yaml_write_place place;
	bool misused; // not well-formed: the caller's mistake
	bool whole;   // the one node of the document has been written
};

// --- what may stand as it is

static const char *const READ_OTHERWISE[] = { "yes", "no", "on", "off", "y", "n", "true", "false",
	"null", "none", "nil", "nan", "inf", NULL };

// Decodes one character of valid UTF-8; *n is its length.
static uint32_t yaml_write_code_at(const char *text, size_t *n)
{
	const unsigned char *p = (const unsigned char *)text;
	*n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (*n == 1)
		return p[0];
	uint32_t code = p[0] & (0xFFu >> (*n + 1));
	for (size_t i = 1; i < *n; i++) {
		if (p[i] == 0) { // not UTF-8 after all: stay inside the text
			*n = i;
			break;
		}
		code = code << 6 | (p[i] & 0x3Fu);
	}
	return code;
}

// Must be written as an escape: controls, line ends of other readers, the byte order mark, what
// turns the direction of a line around or stands in it unseen, and what is no character. Joiners
// stay: Persian, Sinhala and emoji are written with them.
static bool yaml_write_must_escape(uint32_t c)
{
	return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x061C ||
	       c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F) ||
	       (c & 0xFFFE) == 0xFFFE;
}

static bool yaml_write_escape_free(const char *text)
{
	size_t n = 0;
	for (const char *p = text; *p; p += n)
		if (yaml_write_must_escape(yaml_write_code_at(p, &n)))
			return false;
	return true;
}

static bool yaml_write_plain_start(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool yaml_write_may_be_plain(const char *text)
{
	size_t n = strlen(text);
	if (!yaml_write_plain_start((unsigned char)text[0]) || text[n - 1] == ' ' ||
	    text[n - 1] == ':')
		return false;
	if (strpbrk(text, "\n\t") || strstr(text, ": ") || strstr(text, " #"))
		return false;
	for (size_t i = 0; READ_OTHERWISE[i]; i++)
		if (strcasecmp(text, READ_OTHERWISE[i]) == 0)
			return false;
	return yaml_write_escape_free(text);
}

// A literal block keeps every byte where the text has several lines, its first line is not blank
// and does not begin with one (the indentation would be unclear), and it ends in at most one line
// feed.
static bool yaml_write_may_be_literal(const char *text)
{
	size_t n = strlen(text);
	const char *lf = strchr(text, '\n');
	if (!lf || lf == text || text[0] == ' ' || text[0] == '\t')
		return false;
	if (lf == text + n - 1 || (text[n - 1] == '\n' && text[n - 2] == '\n'))
		return false;
	return yaml_write_escape_free(text);
}

// --- scalars

static void yaml_write_add_escape(struct str *out, uint32_t c)
{
	if (c < 0x100)
		str_printf(out, "\\x%02X", (unsigned)c);
	else if (c < 0x10000)
		str_printf(out, "\\u%04X", (unsigned)c);
	else
		str_printf(out, "\\U%08X", (unsigned)c);
}

static void yaml_write_add_quoted(struct str *out, const char *text)
{
	size_t n = 0;
	str_add_char(out, '"');
	for (const char *p = text; *p; p += n) {
		uint32_t c = yaml_write_code_at(p, &n);
		if (c == '"' || c == '\\')
			str_printf(out, "\\%c", (char)c);
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c == '\t')
			str_add(out, "\\t");
		else if (yaml_write_must_escape(c))
			yaml_write_add_escape(out, c);
		else
			str_add_n(out, p, n);
	}
	str_add_char(out, '"');
}

static void yaml_write_add_literal(struct str *out, const char *text, unsigned indent)
{
	const char *end = text + strlen(text);
	str_add(out, end[-1] == '\n' ? "|" : "|-");
	while (text < end) {
		const char *lf = memchr(text, '\n', (size_t)(end - text));
		const char *stop = lf ? lf : end;
		str_add_char(out, '\n');
		if (stop > text) {
			str_add_times(out, " ", indent);
			str_add_n(out, text, (size_t)(stop - text));
		}
		text = lf ? lf + 1 : end;
	}
}

static void yaml_write_add_scalar(struct yaml_writer *w, const char *text, bool value)
{
	const struct frame *top = w->depth ? &w->frame[w->depth - 1] : NULL;
	if (yaml_write_may_be_plain(text))
		str_add(w->out, text);
	else if (value && top && yaml_write_may_be_literal(text))
		yaml_write_add_literal(w->out, text, top->indent + 2);
	else
		yaml_write_add_quoted(w->out, text);
}

// --- structure

// The way to the place where the next node stands. False: none may stand there.
static bool yaml_write_node_begin(struct yaml_writer *w)
{
	if (w->misused || w->whole) {
		w->misused = true;
		return false;
	}
	if (w->depth == 0)
		return true;
	struct frame *top = &w->frame[w->depth - 1];
	if (top->map && top->value_next)
		return true;
	if (w->place == AFTER_KEY)
		str_add_char(w->out, '\n');
	if (w->place != AFTER_DASH)
		str_add_times(w->out, " ", top->indent);
	top->count++;
	if (!top->map) {
		str_add(w->out, "- ");
		w->place = AFTER_DASH;
	}
	return true;
}

static void yaml_write_node_end(struct yaml_writer *w)
{
	w->place = AT_LINE;
	if (w->depth == 0)
		w->whole = true;
	else if (w->frame[w->depth - 1].map)
		w->frame[w->depth - 1].value_next = false;
}

static bool yaml_write_open_frame(struct yaml_writer *w, bool map)
{
	if (w->depth == DEPTH_MOST ||
	    (w->depth && w->frame[w->depth - 1].map && !w->frame[w->depth - 1].value_next))
		w->misused = true;
	if (!yaml_write_node_begin(w))
		return false;
	unsigned indent = w->depth ? w->frame[w->depth - 1].indent + 2 : 0;
	w->frame[w->depth++] = (struct frame){ .map = map, .indent = indent };
	return !w->out->failed;
}

struct yaml_writer *yaml_writer_new(struct arena *a, struct str *out, struct err *e)
{
	struct yaml_writer *w = arena_alloc(a, sizeof *w);
	if (!w) {
		err_memory(e);
		return NULL;
	}
	w->out = out;
	return w;
}

bool yaml_write_map(struct yaml_writer *w)
{
	return yaml_write_open_frame(w, true);
}

bool yaml_write_list(struct yaml_writer *w)
{
	return yaml_write_open_frame(w, false);
}

bool yaml_write_end(struct yaml_writer *w)
{
	if (w->misused || w->depth == 0 || w->frame[w->depth - 1].value_next) {
		w->misused = true;
		return false;
	}
	struct frame top = w->frame[--w->depth];
	if (top.count == 0) {
		if (w->place == AFTER_KEY)
			str_add_char(w->out, ' ');
		str_add(w->out, top.map ? "{}\n" : "[]\n");
	}
	yaml_write_node_end(w);
	return !w->out->failed;
}

static bool write_key(struct yaml_writer *w, struct frame *top, const char *text)
{
	if (strlen(text) > KEY_MOST) {
		w->misused = true;
		return false;
	}
	yaml_write_add_scalar(w, text, false);
	str_add_char(w->out, ':');
	w->place = AFTER_KEY;
	top->value_next = true;
	return !w->out->failed;
}

bool yaml_write_text(struct yaml_writer *w, const char *text)
{
	if (!yaml_write_node_begin(w))
		return false;
	struct frame *top = w->depth ? &w->frame[w->depth - 1] : NULL;
	if (top && top->map && !top->value_next)
		return write_key(w, top, text);
	if (w->place == AFTER_KEY)
		str_add_char(w->out, ' ');
	yaml_write_add_scalar(w, text, true);
	str_add_char(w->out, '\n');
	yaml_write_node_end(w);
	return !w->out->failed;
}

bool yaml_write_pair(struct yaml_writer *w, const char *key, const char *text)
{
	return yaml_write_text(w, key) && yaml_write_text(w, text);
}

bool yaml_write_done(struct yaml_writer *w, struct err *e)
{
	if (w->out->failed)
		return err_memory(e);
	if (w->misused || w->depth || !w->whole)
		return err_set(e, ERR_INTERNAL, "the YAML to write was not put together well");
	return true;
}
