-- A fold of the log: dropped and made again whenever the program's forms or these tables differ.
-- No constraint but the keys: every merged set of changes must be representable.

-- Every record that the log knows.
CREATE TABLE rec(
  ent BLOB PRIMARY KEY,      -- 16 bytes
  kind TEXT,
  scope BLOB,                -- 16 bytes
  alive INT,                 -- 0: deleted by someone who had seen all of it
  flag TEXT                  -- NULL, deleted-but-edited or deleted-and-kept
) WITHOUT ROWID;
CREATE INDEX rec_kind ON rec(kind, alive);
-- The shown value of every cell that is not empty, or has heads with several values.
CREATE TABLE cell(
  ent BLOB,
  fld TEXT,
  val TEXT,
  n INT,                     -- distinct values among the heads: more than 1 is a conflict
  PRIMARY KEY(ent, fld)
) WITHOUT ROWID;
-- Open conflicts: what is "value" for a cell, or a flag for cell "~".
CREATE TABLE clash(
  ent BLOB,
  fld TEXT,
  what TEXT,
  PRIMARY KEY(ent, fld, what)
) WITHOUT ROWID;
-- Records that people joined (kind same), and those whose natural keys became equal by it: they are read
-- under one id. Where that is another one than their own, rec says that they are not there. Empty in
-- most workbooks.
CREATE TABLE tie(
  ent BLOB PRIMARY KEY,      -- 16 bytes
  shown BLOB,                -- the id under which it is read
  kind TEXT,                 -- NULL: it is not in this copy
  alive INT                  -- 0: it lends nothing to what is read
) WITHOUT ROWID;
CREATE INDEX tie_shown ON tie(shown);
-- Full text: one document a living record, of everything that people typed in it. The words only: the text
-- itself stands in cell, and what is taken out of the index is made from there.
CREATE TABLE doc(
  id INTEGER PRIMARY KEY,
  ent BLOB UNIQUE
);
CREATE VIRTUAL TABLE search USING fts5(val, content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');
