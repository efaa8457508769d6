#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""plans.py RECORDED: runs the golden cases with a program that writes down every SQL text that SQLite runs, and asks the
engine how it would run each. No statement may read through a table that grows with the desk, unless that is its point:
those are listed here with the reason. So a new statement without an index fails by itself."""
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

RECORDED = pathlib.Path(sys.argv[1]).resolve()
TESTS = pathlib.Path(__file__).resolve().parent.parent
GROWING = {"support_tickets", "events", "responses", "escalations", "links", "ladder_steps", "callbacks", "attachments",
           "idempotency_keys", "outbox", "silences", "incidents", "timeline", "executions"}
# Indexes of what is in work, of which there is only so much: they may be read through.
SMALL = {"support_tickets_open", "support_tickets_load", "support_tickets_next_action", "callbacks_open"}
# (pattern, why the whole is meant to be read)
WHOLE = (
    (r"^SELECT count\(\*\) FROM \w+( WHERE 1 = 1)?$", "how long a list is, on a terminal; how much there is to do, for progress"),
    (r"^SELECT incident_number FROM incidents WHERE ", "a report: the phase of running incidents"),
    (r"^SELECT count\(\*\) FROM \w+( WHERE state IN \('WAITING', 'SENDING'\))?$", "how much there is: db status, and a copy's count"),
    (r" FROM events ORDER BY seq$", "the chain is verified, copied or moved from its start"),
    (r" FROM (support_tickets|incidents) ORDER BY n$", "all records are verified or copied"),
    (r" FROM \w+ ORDER BY [a-z_, ]+$", "all rows are verified or copied"),
    (r"^SELECT t\..* AS t LEFT JOIN events AS e ON e\.seq = t\.seq$", "all rows that events vouch for are verified"),
    (r"^SELECT DISTINCT p\.record FROM ", "db check: every row has its record"),
    (r"^SELECT k\.key FROM idempotency_keys ", "db check: every key has its record"),
    (r"^SELECT e\.record, min\(e\.seq\)", "audit verify: every record of the history is stored"),
    (r"^SELECT seq, changes FROM events WHERE changes LIKE ", "an old store is verified before it is moved"),
    (r"^SELECT changes FROM events WHERE noun = 'store' AND kind = ", "audit verify --against a head that does not fit"),
    (r" FROM events WHERE .* ORDER BY k0$", "audit log by a filter, oldest first: as many as match"),
    (r" FROM (support_tickets|incidents) WHERE .* ORDER BY k0( DESC)?(, k1)?( DESC)?(, k2)?$", "a list without limit, by a filter"),
    (r" FROM (support_tickets|incidents) WHERE .* ORDER BY k0, k1, k2 LIMIT \?$", "a list in an order of the user's own"),
    (r" FROM outbox WHERE .* ORDER BY k0( DESC)?, k1( DESC)?( LIMIT \?)?$", "a list of messages, by a filter"),
    (r" FROM executions WHERE .* ORDER BY k0", "a list of executions"),
    (r"^SELECT state, count\(\*\), min\(created_at\) FROM outbox ", "doctor: how many messages did not arrive"),
    (r"^SELECT status, .* FROM (support_tickets|incidents) WHERE ", "a report: all records that its question is about"),
    (r"^SELECT created_at, responder_id, .* FROM responses WHERE ", "a report over replies: all of its period"),
    (r" FROM events WHERE \(\(noun IS NOT NULL AND noun = \?\) AND \(at IS NOT NULL AND at > \?\)\)", "a report as of a past time"),
    (r" FROM silences WHERE ", "a list of silences, by a filter"),
    (r"^SELECT [a-z_0-9, ]+ FROM (responses|escalations|links|callbacks|attachments|idempotency_keys|outbox|timeline|silences|executions)"
     r"( WHERE noun = 'ticket')?$", "privacy: any row may name a person; no index finds messages by their ticket"),
    (r"^SELECT seq, count\(\*\) FROM \w+ GROUP BY seq$", "privacy: events that vouch for rows which are stored"),
    (r" FROM callbacks AS c .* c\.due_at <= \?( AND c\.state = 'DONE')? ORDER BY ", "call-backs, done ones too"),
)
# (pattern, step that its plan must have): the index that is meant.
MEANT = (
    (r"WHERE \(requester_id IS NOT NULL AND requester_id IN ", "support_tickets USING INDEX support_tickets_requester"),
    (r"^SELECT ticket_number, title, category, status FROM", "support_tickets USING INDEX support_tickets_requester"),
    (r"^SELECT COUNT\(\*\) FROM support_tickets WHERE assignee_id", "USING INDEX support_tickets_load"),
    (r"next_action_at <= \?", "support_tickets USING (COVERING )?INDEX support_tickets_next_action"),
    (r"^SELECT n, key_content FROM support_tickets WHERE key", "support_tickets USING INDEX support_tickets_key"),
    (r"WHERE created_at = \?2 AND id = \?1", r"(support_tickets|incidents|knowledge_base|reviews|requesters) USING INDEX (support_tickets|incidents|knowledge_base|reviews|requesters)_created"),
    (r"WHERE brought = 1 AND id = ", r"USING (COVERING )?INDEX (support_tickets|incidents|knowledge_base|reviews|requesters)_id"),
    (r"WHERE brought = 1 AND incident_number = ", "incidents USING (COVERING )?INDEX incidents_number"),
    (r"^SELECT n, key_content FROM incidents WHERE key", "incidents USING INDEX incidents_key"),
    (r"^SELECT n FROM incidents WHERE dedup_key", "incidents USING (COVERING )?INDEX incidents_dedup"),
    (r" FROM executions WHERE incident = ", "executions USING INDEX executions_incident"),
    (r" FROM timeline WHERE noun = ", "timeline USING PRIMARY KEY \\(noun=\\? AND record=\\?\\)"),
    (r"WHERE brought = 1 AND ticket_number = ", "support_tickets USING (COVERING )?INDEX support_tickets_number"),
    (r"AND status NOT IN \('RESOLVED', 'CLOSED'\) AND status = \?", r"USING INDEX (support_tickets|incidents)_open"),
    (r" AS a CROSS JOIN links AS l ", "a USING COVERING INDEX support_tickets_open"),
    (r"other_noun = 'ticket' AND other = \? AND kind = 'child-of'", "links USING (COVERING )?INDEX links_other"),
    (r"c\.state = 'OPEN'", "c USING INDEX callbacks_open"),
    (r" FROM silences WHERE ends_at > \? OR ends_at IS NULL", "silences USING INDEX silences_end"),
    (r" FROM responses WHERE noun = ", "responses USING PRIMARY KEY \\(noun=\\? AND record=\\?"),
    (r"SELECT record, content_hash FROM idempotency_keys", "USING PRIMARY KEY \\(noun=\\? AND key=\\?\\)"),
)


# What no golden case asks for.
FURTHER = (("ticket", "list", "--status", "OPEN"), ("ticket", "list", "--status", "OPEN,ASSIGNED", "--limit", "5"))


def statements(desk):
    log = RECORDED.with_name(RECORDED.name + ".sql")
    log.unlink(missing_ok=True)
    run = subprocess.run([TESTS / "support/golden.sh", RECORDED, TESTS / "cli"], capture_output=True, text=True)
    print("\n".join(line for line in run.stdout.splitlines() if line.startswith("FAILED") or " passed, " in line))
    for words in FURTHER:
        subprocess.run([RECORDED, "--db", desk, *words], check=True, capture_output=True)
    return sorted(set(log.read_text().split("\0")) - {""})


def plan(db, sql):
    numbers = [int(number) for number in re.findall(r"\?(\d+)", sql)]
    parameters = [None] * (max(numbers) if numbers else sql.count("?"))
    return [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + sql, parameters)]


def table_of(name, sql):
    """What stands behind a name in the plan."""
    match = re.search(rf"\b(\w+) AS {re.escape(name)}\b", sql)
    return match[1] if match else name


def scans(sql, steps):
    """Tables that grow and that are read through, without an order that lets the engine stop."""
    # In order up to a limit: as many rows as are asked for.
    stops = re.search(r"LIMIT (\?\d*|\d+)\)?$", sql) and not any("TEMP B-TREE" in step for step in steps)
    found = []
    for step in steps:
        # Nearly all rows are of one noun.
        through = re.match(r"SCAN (\w+)|SEARCH (\w+) .*\(noun=\?\)", step)
        index = re.search(r"INDEX (\w+)", step)
        if through and not stops and not (index and index[1] in SMALL):
            found.append(table_of(through[1] or through[2], sql))
    return [table for table in found if table in GROWING]


def unmeant(sql, steps):
    """Indexes that should be used and are not; notes which of the list were asked for."""
    asked = [entry for entry in MEANT if re.search(entry[0], sql)]
    met.update(pattern for pattern, _ in asked)
    return [index for _, index in asked if not any(re.search(index, step) for step in steps)]


met = set()
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "desk.db"
    subprocess.run([RECORDED, "--db", path, "db", "init", "-q"], check=True)
    texts = statements(path)
    db = sqlite3.connect(path)
    explained, bad, reasons = 0, 0, set()
    for sql in texts:
        if not re.match(r"\s*(WITH|SELECT|UPDATE|DELETE|INSERT)\b", sql):
            continue
        try:
            steps = plan(db, sql)
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):  # another format's table
                sys.exit(f"{sql}: {error}")
            continue
        explained += 1
        read = scans(sql, steps)
        for index in unmeant(sql, steps):
            bad += 1
            print(f"does not use {index}: {sql}\n    " + "\n    ".join(steps))
        reason = next((pattern for pattern, _ in WHOLE if re.search(pattern, sql)), None)
        if read and reason:
            reasons.add(reason)
        elif read:
            bad += 1
            print(f"reads through {', '.join(read)}: {sql}\n    " + "\n    ".join(steps))
print(f"plans: {len(texts)} statements, {explained} explained, {len(reasons)} exceptions, {bad} wrong")
for pattern, _ in (*WHOLE, *MEANT):
    if pattern not in reasons | met:
        bad += 1
        print(f"no statement is like this any more: {pattern}")
if bad or explained < 100:
    sys.exit(1)
