-- The log: frozen for format 1. Columns are never added (an older program would drop them and break
-- the chain); merging compares the SQL of these tables word for word
-- (comments apart). Everything else is a fold of it.

-- One run of the program writing in one scope.
CREATE TABLE stream(
  sid INTEGER PRIMARY KEY,   -- local number, differs between copies
  id BLOB NOT NULL UNIQUE,   -- 16 random bytes, minted at the first write (of a fork: derived)
  scope BLOB NOT NULL,       -- 16 bytes: the shared scope, a team, or a person's private scope
  author TEXT,               -- who wrote
  device TEXT,               -- on which computer
  program TEXT,              -- with which program and version
  opened INTEGER,            -- wall clock at the first write, ms since 1970 UTC, as it was
  utcoff INTEGER,            -- minutes east of UTC there
  fork_of BLOB,              -- NULL, or the stream this one was split from (16 bytes) and the cid before the split (8)
  seq INTEGER NOT NULL,      -- number of the last change
  tip INTEGER NOT NULL       -- its cid
);

-- One change of one cell. Append-only; only erasure blanks a val, leaving its cid.
CREATE TABLE change(
  sid INTEGER NOT NULL,
  seq INTEGER NOT NULL,      -- 1, 2, 3 … without gaps; a fork goes on from where it was split
  cid INTEGER NOT NULL,      -- first 8 bytes of SHA-256(cid before | seq hlc at grp last ent kind fld val prev), seeded by the stream row
  hlc INTEGER NOT NULL,      -- hybrid logical clock: breaks ties between values that are shown as a clash anyway
  at INTEGER NOT NULL,       -- wall clock, ms since 1970 UTC, as it was: for people
  grp INTEGER NOT NULL,      -- seq of the first change of this save
  last INTEGER NOT NULL,     -- 1 on the final change of the save: a save is merged whole or not at all
  ent BLOB NOT NULL,         -- 16 bytes: the record
  kind TEXT NOT NULL,        -- its kind
  fld TEXT NOT NULL,         -- its cell: "~" is existence, "!redact" erases another change
  val TEXT,                  -- the value as text, '' = emptied, NULL only where erased
  prev BLOB,                 -- 8-byte cids of the heads this writer saw in the cell (a tombstone: of the whole record)
  batch INTEGER NOT NULL,    -- local: how it came here (not hashed, not merged)
  PRIMARY KEY(sid, seq)
) WITHOUT ROWID;
CREATE INDEX change_ent ON change(ent, fld);
CREATE INDEX change_batch ON change(batch);
