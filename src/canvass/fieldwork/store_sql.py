"""The ballot path's statements, the same for both stores but for what a dialect fills in.

A dialect says how to read the columns of a batch out of one JSON parameter, and what its clock reads; to that
the data folder's offset is added.
"""

from string import Template

# What a row of each batch holds, in order.
CLAIM = ("poll", "member", "link_key", "started", "windowed", "own_key", "linked_key")
BALLOT = ("panel", "poll", "key", "version", "answers", "shown", "snapshot")
PARTICIPATION_DAYS = ("panel", "poll", "member", "opened", "answered", "finished")
JSON = ("answers", "shown", "snapshot")  # columns that hold JSON
GRACE = 15 * 60  # seconds after close in which a hand-in is taken that was started before it

# The fates in their order: the first that holds. A claim without a member comes from an import. Who took part
# and has no ballot under their keys is there already: an anonymous one, or they withdrew it.
FATES = Template("""
WITH h AS ($claims), clock AS (SELECT $now AS now)
SELECT h.ordinal,
  CASE
    WHEN w.poll_id IS NULL THEN 'unknown'
    WHEN h.member <> '' AND (s.member IS NULL OR s.panel_id <> w.panel_id OR s.state = 'pending')
      THEN 'unknown'
    WHEN h.member <> '' AND h.windowed = 1 AND (s.state IN ('paused', 'left')
      OR h.link_key < w.oldest_link_key) THEN 'stopped'
    WHEN h.windowed = 1 AND w.state = 'scheduled' THEN 'not_open'
    WHEN h.windowed = 1 AND (w.state <> 'open' OR (clock.now >= w.closes
      AND NOT (h.started < w.closes AND clock.now < w.closes + $grace))) THEN 'closed'
    WHEN p.opened IS NOT NULL AND b.key IS NULL AND l.key IS NULL THEN 'already'
    WHEN b.key IS NOT NULL OR l.key IS NOT NULL THEN 'changed'
    ELSE 'stored'
  END AS fate,
  clock.now, w.panel_id, CAST(s.profile AS text) AS profile,
  CASE WHEN l.key IS NOT NULL OR (b.key IS NULL AND h.linked_key <> '' AND s.linked)
    THEN h.linked_key ELSE h.own_key END AS key,
  COALESCE(l.version, b.version) AS version,
  CAST(COALESCE(l.answers, b.answers) AS text) AS answers,
  CAST(COALESCE(l.shown, b.shown) AS text) AS shown,
  CAST(COALESCE(l.snapshot, b.snapshot) AS text) AS snapshot,
  p.answered IS NOT NULL AS answered, p.finished IS NOT NULL AS finished
FROM h CROSS JOIN clock
LEFT JOIN poll_window w ON w.poll_id = h.poll
LEFT JOIN standing s ON s.member = h.member
LEFT JOIN participation p ON p.poll = h.poll AND p.member = h.member
LEFT JOIN ballot b ON b.poll = h.poll AND b.key = h.own_key
LEFT JOIN ballot l ON l.poll = h.poll AND l.key = h.linked_key
ORDER BY h.ordinal
""")

BALLOTS = Template("""
INSERT INTO ballot (panel, poll, key, version, answers, shown, snapshot)
$rows
ON CONFLICT (poll, key) DO UPDATE SET answers = excluded.answers, shown = excluded.shown,
  snapshot = excluded.snapshot
""")

PARTICIPATION = Template("""
INSERT INTO participation (panel, poll, member, opened, answered, finished)
$rows
ON CONFLICT (poll, member) DO UPDATE SET
  opened = COALESCE(participation.opened, excluded.opened),
  answered = COALESCE(participation.answered, excluded.answered),
  finished = COALESCE(participation.finished, excluded.finished)
""")

WINDOW = Template("""
SELECT poll_id, panel_id, panel, panel_name, slug, state, confidentiality, opens, closes, version,
  oldest_link_key, $now AS now
FROM poll_window WHERE poll_id = $poll
""")

VERSION = Template("SELECT instrument FROM poll_version WHERE poll_id = $poll AND version = $version")

DELETE_BALLOT = Template("DELETE FROM ballot WHERE poll = $poll AND key = $key RETURNING key")

COUNT_WITHDRAWAL = Template("""
INSERT INTO withdrawal (panel, poll, count) VALUES ($panel, $poll, 1)
ON CONFLICT (poll) DO UPDATE SET count = withdrawal.count + 1
""")
