#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""edits.py UMSOPS: changes the store behind the program's back: every column of a row of every table, once to another
value and once to none, a row that goes, a row that comes, and the schema itself. `audit verify` must find each that
touches the history or what it tells of, `db check` must find every one, and neither may crash."""
import json
import pathlib
import re
import sqlite3
import time

import fault
from fault import SCRATCH, fail, must, run

DB, COPY = SCRATCH / "desk.db", SCRATCH / "copy.db"
RUNBOOKS = pathlib.Path(__file__).resolve().parents[1] / "fixtures/runbooks"
EXPECTED = {"store_info", "schema_migrations", "support_tickets", "responses", "escalations", "links", "ladder_steps",
            "callbacks", "attachments", "idempotency_keys", "mails", "events", "outbox", "assignment_turns", "silences",
            "incidents", "timeline", "knowledge_base", "reviews", "feedback", "search_misses", "deliveries", "executions",
            "requesters", "requester_names"}
# Made of the records: db check holds them against these as a whole (tests/unit/search, tests/report/days.py), not cell by cell.
MADE = {"search_meta", "search_seg", "search_page", "search_list", "search_pending", "search_document", "ticket_days"}
# What audit verify answers for: the events, and every row that one of them vouches for.
HISTORY = EXPECTED - {"store_info", "schema_migrations", "outbox", "deliveries", "assignment_turns", "search_misses", "requester_names"}
# Not found, by either: a row of these tables is proved by its own hash, and nothing counts them. Exact, in both ways: an
# entry that is found after all must leave this list.
UNCOUNTED = {f"{table}: the {place} row gone" for place in ("first", "last") for table in ("outbox", "deliveries", "assignment_turns", "search_misses", "requester_names")}
SCHEMA_EDITS = ("DROP INDEX support_tickets_created", "CREATE TABLE further(n INTEGER)",
                "CREATE TRIGGER further AFTER INSERT ON events BEGIN DELETE FROM events; END",
                "ALTER TABLE support_tickets ADD COLUMN further TEXT", "DROP TABLE outbox",
                "CREATE VIEW further AS SELECT 1", "PRAGMA user_version=0", "PRAGMA user_version=99",
                "PRAGMA application_id=7")


MAIL = """From: zhang.wei@example.com
Message-ID: <1@example.com>
Subject: the log of it
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

see the log
--x
Content-Disposition: attachment; filename="build.log"

line 1
--x--
"""
ROSTER = "people: {li.na: , wang.fang: }\nteams: {desk: {members: [li.na, wang.fang]}}\n"


def make_store():
    must("db", "init", db=DB)
    create = ("ticket", "create", "-t", "打印机坏了", "--body", "It says 缺纸.", "--requester", "zhang.wei", "--attribute",
              "floor=3", "--key", "ci:1", "--reason", "heard it")
    must(*create, db=DB)
    must("ticket", "create", "-t", "second ticket", "--key", "ci:2", db=DB)
    must("ticket", "create", "-t", "printer again", "--key", "ci:1", "--on-duplicate", "comment", db=DB)
    must("ticket", "create", "-t", "printer once more", "--key", "ci:1", "--on-duplicate", "comment", db=DB)
    must("ticket", "assign", "T-1", "--to", "li.na", db=DB)
    must("ticket", "update", "T-1", "--priority", "CRITICAL", db=DB)
    must("ticket", "escalate", "T-1", "--to", "wang.fang", "--reason", "too long", db=DB)
    must("ticket", "link", "T-1", "--blocked-by", "T-2", db=DB)
    must("ticket", "callback", "add", "T-1", "--at", "+1h", "--contact", "4711", db=DB)
    must("silence", "add", "a=b", "--comment", "nights", "--every", "weekdays: [sunday]", db=DB)
    must("silence", "expire", "S-1", db=DB)
    must("incident", "create", "-t", "登录失败", "--service", "sso", "--affected-users", "12", "--key", "ci:3", db=DB)
    must("silence", "add", "c=d", "--comment", "known", "--until-resolved", "INC-1", "--key", "s:1", db=DB)
    for incident in ([], ["--incident", "INC-1"]):
        must("runbook", "run", "plain", "--file", RUNBOOKS, "--execute", *incident, db=DB)
    must("incident", "note", "INC-1", "--body", "replica 2 restarted", "--key", "n:1", "--pin", db=DB)
    must("incident", "note", "INC-1", "--body", "replica 3 restarted", "--corrects", "1", db=DB)
    must("incident", "verify", "INC-1", "--passed", "--note", "works again", db=DB)
    must("kb", "create", "-t", "登录失败", "--body", "Restart the proxy.", "--tags", "ldap,sso", "--publish", "--key", "k:1", db=DB)
    must("kb", "update", "KB-1", "--body", "Restart the gateway.", "--review-by", "+90d", db=DB)
    must("kb", "vote", "KB-1", "--helpful", "no", "--reason", "it did not", db=DB)
    must("kb", "used", "KB-1", "--ticket", "T-1", "--worked", "yes", db=DB)
    must("review", "create", "INC-1", db=DB)
    must("review", "update", "REV-1", "--section", "overview", "--body", "It was down.", db=DB)
    must("review", "action", "REV-1", "--add", "Look earlier", db=DB)
    must("requester", "create", "--account", "zhang.wei", "--name", "张伟", "--mail", "zhang.wei@example.com", "--department", "IT", db=DB)
    must("requester", "update", "zhang.wei", "--add-alias", "老张", "--vip", db=DB)
    must("requester", "create", "--phone", "13800000000", db=DB)
    must("kb", "search", "printer", db=DB)
    must("ticket", "reply", "T-1", "--body", "we look at it", "--key", "said:1", db=DB)
    must("ticket", "intake", "mail", db=DB, stdin=MAIL)
    roster = SCRATCH / "roster.yaml"
    roster.write_text(ROSTER)
    must("ticket", "assign", "T-2", "--to", "team:desk", "--strategy", "round_robin", "-c", f"roster={roster}", db=DB)
    channels = SCRATCH / "channels.yaml"
    channels.write_text("usual: [log]\nchannels:\n  log: {type: file, path: sent.jsonl}\n")
    run("outbox", "flush", "-c", f"roster={roster}", "-c", f"channels={channels}", db=DB)  # 6: not everybody is reached
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 40 * 86400))
    must("tick", "--now", later, db=DB)


def other(value, kind):
    """Another value of the same column."""
    if value is None:
        return {"INTEGER": 1, "BLOB": b"x"}.get(kind, "x")
    if isinstance(value, int):
        return value + 1000  # free, where it is a key
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    try:
        json.loads(value)
    except ValueError:
        return ("0" if value[0] != "0" else "1") + value[1:] if value else "x"  # of the same form
    return value + " "


def columns(db, table):
    return [(row[1], row[2], bool(row[3]), row[5]) for row in db.execute(f"PRAGMA table_info({table})")]


def where(db, table, row):
    """A row of the table by its key."""
    names = [(i, name) for i, (name, _, _, key) in enumerate(columns(db, table)) if key]
    return " AND ".join(f"{name} = ?" for _, name in names), [row[i] for i, _ in names]


def row_edits(db):
    """(what, table, SQL, values) of every edit; the first and the last row of a table have different neighbours."""
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if tables != EXPECTED | MADE:
        fail(f"this test does not know the tables {tables ^ (EXPECTED | MADE)}")
    for table in sorted(EXPECTED):
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
        if not rows:
            fail(f"{table} has no rows")
        for place, row in {"first": rows[0], "last": rows[-1]}.items():
            condition, key = where(db, table, row)
            for (name, kind, required, part_of_key), value in zip(columns(db, table), row):
                yield f"{table}.{name} of the {place} row changed", f"UPDATE {table} SET {name} = ? WHERE {condition}", [
                    other(value, kind), *key]
                if value is not None and not required and not part_of_key:
                    yield f"{table}.{name} of the {place} row emptied", (
                        f"UPDATE {table} SET {name} = NULL WHERE {condition}"), key
            yield f"{table}: the {place} row gone", f"DELETE FROM {table} WHERE {condition}", key
        unique = {"id", "ticket_number", "incident_number", "kb_number", "key", *(name for name, _, _, key in columns(db, table) if key)} - {"noun"}
        count = 1000  # further than any number in use
        more = [v if v is None or name not in unique else count if isinstance(v, int) else v + b"9" if isinstance(v, bytes) else v + "9"
                for (name, _, _, _), v in zip(columns(db, table), rows[0])]
        yield f"{table}: a row more", f"INSERT INTO {table} VALUES({','.join('?' * len(more))})", more


def after(sql, values):
    """Exits of audit verify and db check on a copy that was edited."""
    for left in SCRATCH.glob("copy.db*"):
        left.unlink()
    fault.copy_store(DB, COPY)
    db = sqlite3.connect(COPY, isolation_level=None)
    db.execute(sql, values)
    if sql.startswith(("UPDATE", "DELETE", "INSERT")) and db.execute("SELECT changes()").fetchone()[0] != 1:
        fail(f"nothing was edited by {sql} {values}")
    db.close()
    exits = run("audit", "verify", db=COPY).returncode, run("db", "check", db=COPY).returncode
    if any(code < 0 or code == 1 or code >= 128 for code in exits):
        fail(f"{sql}: exits {exits}")
    return exits


make_store()
if after("PRAGMA optimize", []) != (0, 0):
    fail("a store that nobody changed is objected to")
db = sqlite3.connect(f"file:{DB}?mode=ro", uri=True)
edits = list(row_edits(db))
db.close()
missed, by_verify, uncounted = [], 0, set()
for what, sql, values in edits:
    verify, check = after(sql, values)
    by_verify += verify != 0
    if verify == 0 and re.split("[.:]", what)[0] in HISTORY:
        missed.append(f"audit verify does not find: {what}")
    if check == 0 and what in UNCOUNTED:
        uncounted.add(what)
    elif check == 0:
        missed.append(f"db check does not find: {what}")
missed += [f"is found now, the list of exceptions says otherwise: {what}" for what in UNCOUNTED - uncounted]
for sql in SCHEMA_EDITS:
    if after(sql, [])[1] == 0:
        missed.append(f"db check does not find: {sql}")
print(f"edits: {len(edits)} of rows in {len(EXPECTED)} tables, {len(SCHEMA_EDITS)} of the schema, "
      f"audit verify found {by_verify}, {len(uncounted)} known not to be found, {len(missed)} wrong")
for problem in missed:
    print(problem)
if missed:
    fail(f"{len(missed)} edits")
