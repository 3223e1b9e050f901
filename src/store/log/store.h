// SPDX-License-Identifier: MIT
// What the files of the store share: the open workbook, the streams of this run, the rules' names.
// Callers outside the store see only include/plando/.
#ifndef PLANDO_STORE_STORE_H
#define PLANDO_STORE_STORE_H

#include "store/log/broken.h"
#include "store/log/db.h"

#include <plando/making.h>
#include <plando/record.h>
#include <sys/stat.h>

enum { LOG_FORMAT = 1, APPLICATION_ID = 0x706C6E64 };

// The stream that this run writes in one scope. In memory only: a copied file never brings it
// along.
struct session {
	struct id scope, stream;
	int64_t sid;
	uint64_t seq, tip;
};

// A stream that this run wrote.
struct wrote {
	struct id stream;
	uint64_t seq, tip;
};

// What this run keeps on this computer besides (outbox.h).
struct keeping {
	struct store *box; // NULL: not open
	bool on_disk;	   // else in memory, for this run alone
	int64_t taken;	   // the newest arrival in the workbook that was looked at
	int64_t *batch;	   // of the box: what this run put into it, ascending
	size_t batches, batch_cap;
};

// Records that are read as one (tie.h), as the tables say it.
struct tie {
	struct id ent, shown; // the record, and the id under which it is read
	const char *kind;     // NULL: not in this copy
	bool alive;
};

struct ties {
	struct arena arena;
	struct tie *item; // those that joins name, by ent
	size_t count, cap;
	bool known;	   // else to be read
	bool anew;	   // a join, or what one names, came, went or changed in this transaction
	struct id *circle; // touched in it; each may stand there often
	size_t circles, circle_cap;
};

enum { UNDO_DEPTH = 200, TYPED_MOST = 64 };

struct typed; // fold_state.c: how a kind's table is written
struct far;   // far.h: a workbook that lies on another computer's disk

struct store {
	struct db *db;
	struct arena arena; // what lives as long as the store
	const struct env *env;
	char *path;	 // of the file that SQLite has open; NULL: in memory
	struct far *far; // NULL: it is the person's own; else a copy of theirs
	enum store_mode mode;
	bool writable, past; // past: shows an earlier moment
	struct err why;	     // why not writable
	struct id collab;
	struct forms *forms; // asked for through store_forms
	bool forms_known;    // those that the workbook brings are laid over them
	bool forms_touched;  // a record of kind form was folded: the tables must follow
	bool erased;	     // a text was blanked: what else may hold it is to be cleaned out
	bool trial;	     // the merge that goes on is not to be kept, only told
	int64_t taking;	     // the batch of the merge that goes on: what it blanks is held
	struct db *held;     // the held file, in a transaction of its own; NULL: nothing yet
	struct stat seen;    // the file when we last looked
	struct session *session;
	size_t sessions, session_cap;
	struct wrote *wrote; // all streams of this run
	size_t wrote_count, wrote_cap;
	struct keeping kept;
	bool bare;	// a log without tables: it is merged into, and erased, but shows nothing
	char news[768]; // what happened to the file, for store_news
	bool told;	// it was asked for
	bool untied;	// its tables show joined records each by itself
	char draft_run[24]; // the name of this run among drafts; "" = none yet
	int draft_lock;	    // … which is held while it runs
	bool lost;	    // a stream of this run was not in the file as it was left
	bool could;	    // it could be written to once in this run
	int64_t undo[UNDO_DEPTH], redo[UNDO_DEPTH]; // batches of this run, the newest last
	size_t undos, redos;
	struct typed *typed;
	size_t typed_count;
	struct ties ties;
};

// --- open.c
struct store *store_new(const struct env *env, const char *path, struct err *e);
// A twin in memory whose tables show each record by itself, joined or not: what an export and the
// hash of the state are made of.
struct store *store_untied(struct store *s, struct err *e);
// A workbook in memory, for tests: `like` NULL = a new one, else a twin whose sessions are its own.
struct store *store_memory(const struct env *env, const char *name, struct err *e);
struct store *store_twin(struct store *like, const struct env *env, struct err *e);

// A fresh private file beside `path`, whose name must be free, where there is chance to be had.
// Then gives the finished file its name, never replacing another, and makes both durable.
bool new_file_begin(const struct env *env, const char *path, struct making *m, struct err *e);
bool new_file_done(struct making *m, const char *path, struct err *e);

// Tables of another version: made again in the file, or where it may not be written to, in memory.
bool state_renew(struct store *s, struct err *e);

// --- redact.c
// After a text was blanked: the words in the index and free pages; where that was done on this
// computer (own), backups, drafts and what is held too. Where it cannot be done now (a full disk,
// another reader) the next opening tries again.
void store_scrub(struct store *s, bool own);
// The next opening knows by it that the erasure was done here.
void store_scrub_note(struct store *s, bool own);
bool store_scrub_noted(struct store *s);

// --- backup.c
// A copy of the workbook as it was before the first merge of the day, below env->state_home.
// *path (may be NULL): where, or NULL where there is one of today or it could not be made.
void backup_make(struct store *s, struct arena *a, const char **path);
void backup_purge(struct store *s); // all of this collaborative's
// Blanks these texts in each of them, and keeps the rest of it; one that cannot be read goes.
struct held_texts;
bool backup_blank(struct store *s, const struct held_texts *texts, struct err *e);

// --- watch.c
// Before a write: is it still the file that we know? Else it is opened again, and what this run
// wrote is in it.
bool store_fence(struct store *s, struct err *e);
bool store_may_save(struct store *s, struct err *e); // in the file, or else in a copy beside it
bool store_stands(struct store *s);  // in a transaction, before its end: nobody replaced the file
void store_look(struct store *s);    // remembers the file as it is now
void store_written(struct store *s); // after a commit of this run

// --- installed.c
// Tables and what they hold, afresh from the log, by the forms that the log itself brings.
bool state_make(struct store *s, int64_t until, struct err *e);
// At the end of a transaction that folded records: joined ones as one, and the tables made again
// where a form changed what they are.
bool state_follow(struct store *s, struct err *e);
// After a rollback, or another file: what was learnt of the tables and forms is asked again.
void store_forget(struct store *s);

// --- schema.c
bool schema_create(struct store *s, const char *name,
    struct err *e); // all tables of an empty file, and the first change
// Begins the transaction that fills an empty file: the log's tables and s->collab, no records.
bool schema_log_make(struct store *s, struct err *e);
bool schema_is_log(
    struct db *db, struct err *e); // `stream` and `change` word for word, no triggers
bool schema_state_sound(
    struct store *s, bool *sound, struct err *e); // state tables are this version's and harmless
bool schema_state_make(struct store *s,
    struct err *e); // drops and makes them, empty, by the catalogue as it stands
bool schema_state_fits(
    struct store *s, bool *fits, struct err *e); // they are those that it would make
bool meta_get_int(struct db *db, const char *key, int64_t none, int64_t *out, struct err *e);
bool meta_set_int(struct db *db, const char *key, int64_t value, struct err *e);
bool schema_meta_id(struct db *db, const char *key, const struct id *id, struct err *e);
const char *schema_column(struct arena *a, const char *field); // "from" -> "from_"

// --- chain.c
struct change {
	uint64_t cid, seq, grp;
	int64_t sid, hlc, at, batch;
	bool last;
	struct id ent;
	const char *kind, *fld, *val; // val NULL: erased
	const uint64_t *prev;
	size_t prevs;
};
struct stream {
	int64_t sid, opened, utcoff;
	struct id id, scope;
	const char *author, *device, *program;
	bool forked;
	struct id fork_of;
	uint64_t fork_base; // cid before the split
	uint64_t seq, tip;
};
uint64_t chain_seed(const struct stream *s);
uint64_t chain_next(uint64_t before, const struct change *c);
struct id chain_fork_id(const struct id *stream, uint64_t first_cid);
void prev_write(uint8_t *out, const uint64_t *prev, size_t n); // 8n bytes, big-endian
bool prev_read(struct arena *a, const void *blob, size_t size, const uint64_t **prev, size_t *n);

// --- log.c: reading and appending rows
// The columns of LOG_STREAM and LOG_CHANGE. False: malformed, or (then e says so) no memory.
bool log_stream_read(struct ask *q, struct arena *a, struct stream *out, struct err *e);
bool log_change_read(struct ask *q, struct arena *a, struct change *out, struct err *e);
#define LOG_STREAM "sid,id,scope,author,device,program,opened,utcoff,fork_of,seq,tip"
#define LOG_CHANGE "sid,seq,cid,hlc,at,grp,last,ent,kind,fld,val,prev,batch"
bool log_stream_add(struct db *db, struct stream *s, struct err *e); // sets s->sid
bool log_change_add(struct db *db, const struct change *c, struct err *e);
bool log_stream_tip(struct db *db, int64_t sid, uint64_t seq, uint64_t tip, struct err *e);
// Does a !redact change of the same file name this one?
bool log_erased(struct db *db, const struct change *c, bool *is, struct err *e);
// The sum of all cids, each counted once.
bool log_digest(struct db *db, uint64_t *sum, struct err *e);
bool log_batch_add(
    struct store *s, const char *how, const char *source, int64_t n, int64_t *id, struct err *e);
// Sets the number of changes that came in a batch.
bool log_batch_count(struct db *db, int64_t batch, int64_t n, struct err *e);

// --- draft.c
void draft_run_end(struct store *s);

// --- fold.c
struct head {
	uint64_t cid;
	int64_t hlc, at;
	int64_t sid;
	const char *val; // "" = emptied or erased
};
struct heads {
	struct head *item; // sorted by (hlc, cid), the last one is shown
	size_t count;
};
// The heads of one cell; changes after `until` (ms; 0 = none) do not count.
bool fold_heads(struct db *db, struct arena *a, const struct id *ent, const char *fld,
    struct heads *out, struct err *e);
// All heads of all cells of a record (what a tombstone has seen); prefix: only cells that begin so.
bool fold_seen(struct db *db, struct arena *a, const struct id *ent, const char *prefix,
    const uint64_t **cids, size_t *n, struct err *e);
size_t fold_distinct(const struct heads *h, const char *fld);
// fold_state.c: writes state of one record from the log. until: 0, or only changes up to that
// moment.
bool fold_record(struct store *s, const struct id *ent, int64_t until, struct err *e);
// Of a log that has no tables: only blanks what was erased of the record.
bool fold_erase(struct store *s, const struct id *ent, struct err *e);
// The same as fold_record for a record of which the log knows nothing but what was written just
// now: no cell twice, none empty, no existence and no redaction among them.
struct fresh_cell {
	const char *fld, *val;
};
struct fresh {
	struct id id, scope;
	const char *kind;
	struct fresh_cell *cell;
	size_t count;
};
bool fold_fresh(struct store *s, struct arena *a, const struct fresh *fresh, struct err *e);
// All records, or those of one kind (NULL: all).
bool fold_all(struct store *s, const char *kind, int64_t until, struct err *e);
// Part of a list element: "predictions.3fa90b12" of "predictions.3fa90b12.result"; 0 = not a list
// cell.
size_t fold_element_prefix(const char *fld);

// --- clock.c
// SQL over `stream s` and `change c`: what is added to the times of a stream where they are shown,
// and the time of a change as it is shown.
#define CLOCK_SHIFT                                                                                \
	"coalesce((SELECT CAST(x.val AS INTEGER) FROM cell x WHERE x.ent=s.id AND "                \
	"x.fld='shift'),0)"
#define CLOCK_SHOWN "(c.at+" CLOCK_SHIFT ")"
bool clock_believed(const struct env *env); // may order changes; else counting alone does
// For a copy in memory that shows an earlier moment: shifts go into the times, and are no more.
bool clock_lay(struct db *db, struct err *e);

// --- history.c
struct history;
struct history_change;
// One save: all of its batch where it was made in this file; of one that was merged into it, its
// group in its stream.
struct history_save {
	int64_t batch;	  // 0: there is none
	int64_t sid, grp; // 0: all of the batch
};
bool history_save_of(struct store *s, uint64_t cid, struct history_save *out, struct err *e);
bool history_of_save(struct store *s, struct arena *a, const struct history_save *save,
    struct history *out, struct err *e); // as written
bool history_of_cid(
    struct store *s, struct arena *a, uint64_t cid, struct history *out, struct err *e); // 0 or 1

// What the writer of a change saw in its cell: the values side by side.
bool history_seen(struct store *s, struct arena *a, const struct history_change *c,
    struct heads *out, struct err *e);

// --- search.c
bool search_document(
    struct store *s, struct arena *a, const struct id *ent, const char **out, struct err *e);
// The part of a document that one cell is: does its text belong to it?
bool search_takes(struct store *s, const char *kind, const char *cell, const char *value);
bool search_update(
    struct store *s, const struct id *ent, const char *old, const char *new, struct err *e);

// --- state.c
bool state_hash(struct store *s, char out[65], struct err *e); // of the records untied

// --- save.c (for undo and resolve)
bool save_cell_over(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value,
    struct err *e); // like save_cell, but written although the value is shown already (it settles
		    // the heads)
// "!redact": blanks the change with that cid, here and in every copy that this one meets.
bool save_erasure(
    struct save *v, const struct id *id, const char *kind, uint64_t cid, struct err *e);
// One more value for a cell that save_cell_over has in this save: they stand side by side.
bool save_cell_beside(
    struct save *v, const struct id *id, const char *cell, const char *value, struct err *e);
bool save_bury(struct save *v, const struct id *id, const char *kind, const char *cell,
    struct err *e); // "~" = 0
void save_quiet(
    struct save *v, const char *how); // not put on the undo stack; how: as in the table batch
void save_raw(struct save *v);	      // what it names is written as named, joined or not
void save_source(struct save *v, const char *source); // of an undo: the batch that it takes back
void save_how(struct save *v, const char *how);
struct store *save_store(const struct save *v);
struct arena *save_arena(const struct save *v);
bool save_stored(
    const struct save *v, const struct id *id); // the workbook knows this record already
const char *save_last_pos(
    const struct save *v, const struct id *id, const char *list); // highest made in this save
int64_t save_batch(const struct save *v);			  // after the commit
const char *save_pending(
    const struct save *v, const struct id *id, const char *cell); // NULL: not in this save
const char *save_pending_kind(const struct save *v, const struct id *id);

#endif
