-- For SQL readers (sqlite3, Datasette, R): the commonest questions by plain names. plando itself never uses
-- them. Every kind of record is a table of its own name with the fields as columns; deleted records are
-- not there, archived ones are. Dates are ISO text; references are ids (UUID text).

-- Each team with its system, workstream and aim in words.
CREATE VIEW team_overview AS
SELECT t.id, t.name AS team, s.name AS system, w.name AS workstream, t.status,
  c.what, c.how_much, c.by_when, c.for_whom, c.population
FROM team t
LEFT JOIN system s ON s.id = t.system
LEFT JOIN workstream w ON w.id = t.workstream
LEFT JOIN charter c ON c.team = t.id;

-- Each PDSA cycle with its team and the change idea that it tests.
CREATE VIEW cycle_overview AS
SELECT p.id, t.name AS team, i.code AS idea_code, i.text AS idea, p.cycle_no, p.title, p.type, p.scale,
  p.objective, p.do_start, p.what_happened, p.learned, p.decision, p.next_change
FROM pdsa p
LEFT JOIN ramp r ON r.id = p.ramp
LEFT JOIN idea i ON i.id = coalesce(r.idea, p.idea)
LEFT JOIN team t ON t.id = coalesce(i.team, p.team);

-- Each data point with its measure and team; value as text, exactly as typed.
CREATE VIEW point_overview AS
SELECT o.id, t.name AS team, m.name AS measure, m.type, m.direction, o.date, o.stratum,
  o.value, o.numerator, o.denominator, o.note, o.excluded_why
FROM point o
JOIN measure m ON m.id = o.measure
LEFT JOIN team t ON t.id = m.team;

-- Actions that are still open, the oldest due date first.
CREATE VIEW action_open AS
SELECT a.id, t.name AS team, a.what, p.name AS owner, a.due
FROM action a
LEFT JOIN team t ON t.id = a.team
LEFT JOIN person p ON p.id = a.owner
WHERE coalesce(a.status, 'open') = 'open'
ORDER BY a.due IS NULL, a.due, a.id;
