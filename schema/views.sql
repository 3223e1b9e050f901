-- For SQL readers (sqlite3, Datasette, pandas, R): the commonest questions by plain names. plando itself
-- never uses them. What a view says of itself stands inside it, so that it is in the file too.

CREATE VIEW team_all AS
-- Each team with its system, workstream and aim in words, archived ones too.
-- Every kind of record is a table of its own name with its fields as columns; deleted records are not
-- there, archived ones are. Numbers are numbers, and as they were typed in the column "…_typed" beside
-- them. Dates are ISO text; references are ids (UUID text).
SELECT t.id, t.name AS team, s.name AS system, w.name AS workstream, t.status,
  c.what, c.how_much, c.by_when, c.for_whom, c.population, t.archived
FROM team t
LEFT JOIN system s ON s.id = t.system
LEFT JOIN workstream w ON w.id = t.workstream
LEFT JOIN charter c ON c.team = t.id;

CREATE VIEW team_overview AS
-- Each team with its system, workstream and aim in words; team_all has the archived ones too.
SELECT id, team, system, workstream, status, what, how_much, by_when, for_whom, population
FROM team_all WHERE archived IS NULL OR archived > date('now', 'localtime');

CREATE VIEW cycle_all AS
-- Each PDSA cycle with its team and the change idea that it tests, archived ones too.
SELECT p.id, t.name AS team, i.code AS idea_code, i.text AS idea, p.cycle_no, p.title, p.type, p.scale,
  p.objective, p.do_start, p.what_happened, p.learned, p.decision, p.next_change, p.archived,
  t.archived AS team_archived
FROM pdsa p
LEFT JOIN ramp r ON r.id = p.ramp
LEFT JOIN idea i ON i.id = coalesce(r.idea, p.idea)
LEFT JOIN team t ON t.id = coalesce(i.team, p.team);

CREATE VIEW cycle_overview AS
-- Each PDSA cycle with its team and the change idea that it tests; cycle_all has the archived ones, and
-- those of archived teams, too.
SELECT id, team, idea_code, idea, cycle_no, title, type, scale, objective, do_start, what_happened, learned,
  decision, next_change
FROM cycle_all
WHERE (archived IS NULL OR archived > date('now', 'localtime'))
  AND (team_archived IS NULL OR team_archived > date('now', 'localtime'));

CREATE VIEW point_all AS
-- Each data point with its measure and team, archived ones too. value, numerator and denominator are
-- numbers; value_typed and its sisters are the same exactly as typed (12.50 stays 12.50).
SELECT o.id, t.name AS team, m.name AS measure, m.type, m.direction, o.date, o.stratum, o.nth,
  o.value, o.numerator, o.denominator, o.note, o.excluded_why, o.value_typed, o.numerator_typed,
  o.denominator_typed, o.archived, m.archived AS measure_archived, t.archived AS team_archived
FROM point o
JOIN measure m ON m.id = o.measure
LEFT JOIN team t ON t.id = m.team;

CREATE VIEW point_overview AS
-- Each data point with its measure and team; point_all has the archived ones, and those of archived
-- measures and teams, too. value, numerator and denominator are numbers; value_typed and its sisters are
-- the same exactly as typed (12.50 stays 12.50).
SELECT id, team, measure, type, direction, date, stratum, nth, value, numerator, denominator, note, excluded_why,
  value_typed, numerator_typed, denominator_typed
FROM point_all
WHERE (archived IS NULL OR archived > date('now', 'localtime'))
  AND (measure_archived IS NULL OR measure_archived > date('now', 'localtime'))
  AND (team_archived IS NULL OR team_archived > date('now', 'localtime'));

CREATE VIEW action_all AS
-- Each action with its team and owner, done, dropped and archived ones too; the oldest due date first.
SELECT a.id, t.name AS team, a.what, p.name AS owner, a.due, coalesce(a.status, 'open') AS status, a.done_date,
  a.archived, t.archived AS team_archived
FROM action a
LEFT JOIN team t ON t.id = a.team
LEFT JOIN person p ON p.id = a.owner
ORDER BY a.due IS NULL, a.due, a.id;

CREATE VIEW action_open AS
-- Actions that are still open, the oldest due date first: those that the app counts. action_all has the
-- rest.
SELECT id, team, what, owner, due
FROM action_all
WHERE status = 'open' AND (archived IS NULL OR archived > date('now', 'localtime'))
  AND (team_archived IS NULL OR team_archived > date('now', 'localtime'))
ORDER BY due IS NULL, due, id;
