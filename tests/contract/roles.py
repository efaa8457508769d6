#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""roles.py UMSOPS: on a real server with the roles of `umsops generate roles`, every command that changes something works as
the agent, or the manager if it erases, and every other one as the reader, or the auditor if it looks behind them, by the calls of
outputs.py; who reads changes nothing; and by psql an agent can neither speak in another's name or time nor move a counter so that nobody can file anything any more."""
import atexit
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import outputs
from outputs import BINARY, CALLS, ROOT, RUNBOOKS

SERVER = str(ROOT / "tests/support/server.sh")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="umsops-roles-", dir="/tmp"))  # a short name, for the socket
DATA = FOLDER / "s"
# What a server does by its own means, or its owner alone: exit codes of the agent.
OTHERS = {"db backup": 2, "db restore": 2, "db copy": None, "db migrate": 0, "db init": 0}
# The server's own words, or a guard's, which name the table.
REFUSED = re.compile(r"permission denied|must be owner|\((events|[a-z_]+)\)$", re.M)
# What reads keys, and what erases: refused to readers and to agents.
AUDITS = {"audit verify", "db check", "privacy export", "ticket export", "incident export"}
ERASES = {"privacy erase", "privacy retain"}
problems = []


def stop():
    subprocess.run([SERVER, "stop", str(DATA)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(FOLDER, ignore_errors=True)


def psql(*commands, user="postgres", check=True):
    words = [word for command in commands for word in ("-c", command)]
    return subprocess.run(["psql", f"host={DATA} user={user} dbname=postgres", "-XAtq", "-v", "ON_ERROR_STOP=1", *words],
                          check=check, capture_output=True, text=True)


def address(user):
    return f"postgresql:///postgres?host={DATA}&user={user}"


def wrong(what):
    problems.append(what)


def each_command(run, owner):
    """Gives how many ran."""
    calls = 0
    registry = json.loads(run("commands", "-o", "json").stdout)["items"]
    for command in registry:
        path = command["path"]
        user = "boss" if path in ERASES else "ops" if command["changes"] else "auditor" if path in AUDITS else "dashboard"
        run.env["UMSOPS_DB"] = address(user)
        for words in CALLS.get(path, []):
            if path in OTHERS and OTHERS[path] is None:
                continue
            words = [w.replace("{n}", "T-1").replace("{d}", run.scratch).replace("{m}", run.message) for w in words]
            got = run(*path.split(), *words, "-o", "json")
            calls += 1
            expected = OTHERS.get(path, 0)
            if got.returncode != expected:
                wrong(f"as {user}: umsops {path} {' '.join(words)}: exit {got.returncode}: {got.stderr.decode()[:300]}")
        if command["changes"] and path not in OTHERS and path not in CALLS and command["schema"]:
            wrong(f"{path}: no call")
    return calls


def history_from_elsewhere(run):
    """An import brings entries of another time, with the record that they are about."""
    other = f"{run.scratch}/elsewhere.db"
    run("--db", other, "db", "init")
    run("--db", other, "ticket", "create", "-t", "old", "--now", "2025-01-01T00:00:00Z", "-q")
    run("--db", other, "ticket", "note", "T-1", "--body", "x", "--now", "2025-01-02T00:00:00Z", "-q")
    record = json.loads(run("--db", other, "ticket", "export", "--format", "jsonl").stdout)
    for entry in record.get("history", []):
        entry.pop("given_time", None)
    if len(record.get("history", [])) < 2:
        wrong(f"an export without history: {list(record)}")
    del record["ticket_number"]
    run.env["UMSOPS_DB"] = address("ops")
    got = run("ticket", "import", "--format", "jsonl", "-", stdin=json.dumps(record).encode())
    if got.returncode != 0:
        wrong(f"an import with history: exit {got.returncode} {got.stderr.decode()[:300]}")


def readers_change_nothing(run, user):
    run.env["UMSOPS_DB"] = address(user)
    before = run("audit", "head").stdout
    for words in (["ticket", "create", "-t", "x"], ["incident", "create"], ["tick"], ["kb", "create", "-t", "x"]):
        got = run(*words, "-o", "json")
        if got.returncode != 8 or json.loads(got.stderr)["error"]["code"] != "store.right":
            wrong(f"as {user}: {words}: exit {got.returncode} {got.stderr.decode()[:200]}")
    tables = psql("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'").stdout.split()
    for table in tables:
        for sql in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET {first_column(table)} = DEFAULT",
                    f"INSERT INTO {table} DEFAULT VALUES"):
            if psql(sql, user=user, check=False).returncode == 0:
                wrong(f"as {user}: {sql} went well")
    if run("audit", "head").stdout != before:
        wrong("the history went on")


def first_column(table):
    return psql(f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum = 1").stdout.strip()


def forgeries():
    """What an agent may try, by what it would forge or break."""
    big, far = 2**63 - 1, 2**53 - 1
    entry = ("INSERT INTO events (seq, at, command, noun, kind, rev, hash, db_user, given_time, actor, record, previous) VALUES "
             "({seq}, {at}, 'x', 'ticket', 'noted', 1, {hash}, {user}, {given}, 'alice', 1, (SELECT last_event FROM support_tickets WHERE n = 1))")
    sound = {"seq": "(SELECT max(seq) + 1 FROM events)", "at": "extract(epoch FROM now()) * 1000", "hash": "decode(repeat('ab', 32), 'hex')",
             "user": "session_user", "given": "0"}
    for name, value in (("user", "'alice'"), ("user", "NULL"), ("user", "'umsops_owner'"), ("seq", big), ("seq", far), ("seq", "0"), ("seq", "-1"),
                        ("seq", "(SELECT max(seq) + 2 FROM events)"), ("at", "0"), ("at", "extract(epoch FROM now() - interval '1 day') * 1000"),
                        ("at", "extract(epoch FROM now() + interval '1 day') * 1000"), ("at", big), ("hash", "decode('00', 'hex')")):
        yield entry.format(**sound | {name: value})
    for column in ("actor = 'alice'", "at = 0", "db_user = 'alice'", "seq = seq + 1000"):
        yield f"UPDATE events SET {column}"
    yield "DELETE FROM events"
    for table in ("support_tickets", "incidents", "knowledge_base", "reviews", "requesters"):
        columns = psql(f"SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 1 AND NOT attisdropped").stdout.strip()
        wild = columns.replace("brought", "NULL::bigint", 1)
        for n in (big, far, 0, -5):
            yield f"INSERT INTO {table} (n, {columns}) SELECT {n}, {wild.replace(' key,', ' NULL,')} FROM {table} ORDER BY n LIMIT 1"
            yield f"UPDATE {table} SET n = {n} WHERE n = (SELECT max(n) FROM {table})"
        yield f"UPDATE {table} SET rev = {big} WHERE n = (SELECT max(n) FROM {table})"
    for table in ("silences", "executions"):
        for n in (big, far, -1):
            yield f"UPDATE {table} SET n = {n} WHERE n = (SELECT max(n) FROM {table})"
    for table in ("responses", "timeline", "escalations"):
        columns = psql(f"SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attname NOT IN ('place', 'id') AND attnum > 0 AND NOT attisdropped").stdout.strip()
        identity = ", id" if "id" in psql(f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass").stdout.split() else ""
        for place in (big, far, 0):
            yield f"INSERT INTO {table} ({columns}, place{identity}) SELECT {columns}, {place}{', md5(random()::text)' if identity else ''} FROM {table} LIMIT 1"
    yield "UPDATE store_info SET value = 'other' WHERE name = 'store_id'"
    yield "INSERT INTO store_info VALUES ('copy_of', 'x', 'x')"
    yield "UPDATE umsops_turn SET one = 2"
    yield "DELETE FROM umsops_turn"
    yield "UPDATE schema_migrations SET version = 9999"
    yield "ALTER TABLE events DISABLE TRIGGER ALL"
    yield "DROP TRIGGER umsops_guard_events ON events"
    yield "CREATE OR REPLACE FUNCTION public.umsops_guard_events() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    yield "SET ROLE umsops_owner"
    yield "SET SESSION AUTHORIZATION postgres"


def only_those_who_may(run):
    """Agents erase nothing, and readers get records alone."""
    run.env["UMSOPS_DB"] = address("ops")
    number = run("ticket", "create", "-t", "x", "--requester", "nobody.open", "-q").stdout.decode().strip()
    run("ticket", "close", number, "--resolution", "done", "-q")
    for user, words in (("ops", ["privacy", "erase", "nobody.open", "--confirm", "nobody.open"]), ("dashboard", ["audit", "verify"]),
                        ("dashboard", ["ticket", "export"])):
        run.env["UMSOPS_DB"] = address(user)
        got = run(*words, "-o", "json")
        if got.returncode != 8 or b"store.right" not in got.stderr:
            wrong(f"as {user}: {words}: exit {got.returncode} {got.stderr.decode()[:200]}")


def agent_is_held(run):
    run.env["UMSOPS_DB"] = address("ops")
    for sql in forgeries():
        got = psql(sql, user="ops", check=False)
        if got.returncode == 0 or not REFUSED.search(got.stderr):
            wrong(f"as ops: {sql[:150]}: {got.returncode} {got.stderr[:200]}")
    # A search path of the caller's own hides nothing from the guards.
    got = psql("SET search_path = pg_temp, public; CREATE TEMP TABLE pg_class AS SELECT oid, 'pg_monitor'::regrole::oid AS relowner FROM pg_catalog.pg_class",
               "INSERT INTO public.events (seq, at, command, noun, kind, rev, hash, db_user) VALUES (9999, 0, 'x', 'x', 'x', 1, 'x', 'alice')", user="ops", check=False)
    if "(events)" not in got.stderr:
        wrong(f"as ops, with tables of its own: {got.returncode} {got.stderr[:200]}")
    for words in (["ticket", "create", "-t", "still there", "-q"], ["incident", "create", "-q"], ["ticket", "reply", "T-1", "--body", "x", "-q"]):
        got = run(*words)
        if got.returncode != 0:
            wrong(f"afterwards {words}: {got.stderr.decode()[:200]}")
    got = run("audit", "verify", "-q")
    if got.returncode != 0:
        wrong(f"audit verify: {got.returncode} {got.stderr.decode()[:300]} {got.stdout.decode()[:300]}")


def errors_name_what_is_refused(run):
    run.env["UMSOPS_DB"] = address("ops")
    for sql, words, right, table in (
            ("REVOKE INSERT ON links FROM umsops_agent", ["ticket", "link", "T-1", "--relates-to", "T-3"], "INSERT", "links"),
            ("REVOKE SELECT ON callbacks FROM umsops_agent", ["ticket", "callback", "list"], "SELECT", "callbacks"),
            ("REVOKE UPDATE ON umsops_turn FROM umsops_agent", ["ticket", "create", "-t", "x"], "SELECT FOR UPDATE", "umsops_turn")):
        psql(sql)
        got = run(*words, "-o", "json")
        error = json.loads(got.stderr)["error"] if got.stderr.startswith(b"{") else {"code": got.stderr.decode(), "message": ""}
        if got.returncode != 8 or error["code"] != "store.right" or f"refuses {right}:" not in error["message"] or table not in error["message"]:
            wrong(f"{sql}: exit {got.returncode} {error['code']} {error['message']}")


def main():
    atexit.register(stop)
    FOLDER.chmod(0o755)  # the server does not run as root
    subprocess.run([SERVER, "start", str(DATA)], check=True, stdout=subprocess.DEVNULL)
    scratch = FOLDER / "scratch"
    scratch.mkdir()
    run = outputs.Run(str(scratch))
    owner = address("postgres")
    run.env["UMSOPS_DB"] = owner
    run("db", "init")
    run("generate", "roles", str(scratch))
    for _ in range(2):  # a second time changes nothing
        subprocess.run(["psql", f"host={DATA} user=postgres dbname=postgres", "-Xq", "-v", "schema=public", "-f", str(scratch / "roles.sql")],
                       check=True, capture_output=True)
    psql("CREATE ROLE ops LOGIN IN ROLE umsops_agent", "CREATE ROLE dashboard LOGIN IN ROLE umsops_reader",
         "CREATE ROLE boss LOGIN IN ROLE umsops_manager", "CREATE ROLE auditor LOGIN IN ROLE umsops_auditor")
    run.env["UMSOPS_DB"] = address("ops")
    outputs.prepare(run)
    calls = each_command(run, owner)
    history_from_elsewhere(run)
    for user in ("dashboard", "auditor"):
        readers_change_nothing(run, user)
    only_those_who_may(run)
    agent_is_held(run)
    errors_name_what_is_refused(run)
    print("\n".join(problems))
    print(f"{calls} calls, {len(problems)} problems")
    return 1 if problems or calls < 200 else 0


if __name__ == "__main__":
    sys.exit(main())
