-- Local to one copy: never merged.

-- How changes came here: one row a save, a merge or a put-back.
CREATE TABLE batch(
  id INTEGER PRIMARY KEY,
  at INTEGER,                -- wall clock, ms since 1970 UTC
  how TEXT,                  -- save, import, merge, undo or resolve
  source TEXT,               -- of a merge: the file's name; of an undo: the batch that it took back
  by TEXT,                   -- who ran it
  n INTEGER                  -- changes that came
);
-- Marks of "when we last met", by arrival.
CREATE TABLE bookmark(
  name TEXT,
  scope BLOB,
  batch INTEGER,
  at INTEGER,
  PRIMARY KEY(name, scope)
) WITHOUT ROWID;
-- collab: identity of the collaborative (16 bytes). log_format. hlc_max. digest: sum of all cids mod 2^64.
-- state: fingerprint of the program's forms and state tables. scopes: "all", or those held (16 bytes each).
CREATE TABLE meta(
  k TEXT PRIMARY KEY,
  v
) WITHOUT ROWID;
