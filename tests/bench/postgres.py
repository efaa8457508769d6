#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""postgres.py UMSOPS [CREATES-EACH]: creates by 64 processes at once on both engines, beside pgbench with the same
statements over 64 connections that stay open, and over one connection a transaction; one create at a time beside one
`psql -c` with the same statements. The server is its own, on this machine, with fsync. Prints one line each."""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

UMSOPS = str(pathlib.Path(sys.argv[1]).resolve())
EACH = int(sys.argv[2]) if len(sys.argv) > 2 else 20
WRITERS, ROUNDS, SECONDS = 64, 60, 8
SERVER = str(pathlib.Path(__file__).parents[1] / "support/server.sh")
SCRATCH = tempfile.mkdtemp(prefix="umsops-bench-", dir="/tmp")
pathlib.Path(SCRATCH).chmod(0o755)  # the server runs as somebody else
HOST = f"{SCRATCH}/server"
CONNECTION = f"host={HOST} user=postgres dbname=postgres"
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": SCRATCH, "LC_ALL": "C.UTF-8", "UMSOPS_NO_SYSTEM_CONFIG": "1"}
PGBENCH = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1]
TURN = """SELECT one FROM umsops_turn FOR UPDATE;
SELECT (SELECT coalesce(max(version), 0) FROM schema_migrations) AS version, (SELECT count(*) FROM umsops_turn) AS turns,
  (SELECT coalesce(max(n), 0) FROM support_tickets) AS n, coalesce(e.seq, 0) AS seq
  FROM (SELECT 1) AS one LEFT JOIN (SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1) AS e ON true"""
FIND = "SELECT n, key_content FROM support_tickets WHERE key = {id}"
CHANGE = """INSERT INTO support_tickets(n, id, ticket_number, title, category, priority, status, source, created_at, updated_at, key,
  classification, rev, last_event, key_content) VALUES ({n} + 1, {id}, {id}, 'a ticket of the bench', 'other', 'LOW', 'OPEN',
  'CLI', 1790000000000, 1790000000000, {id}, repeat('x', 100), 1, {seq} + 1, decode(repeat('aa', 16), 'hex'));
INSERT INTO events(seq, at, actor, login, command, noun, record, kind, rev, rules_version, salt, state_hash, hash)
  VALUES ({seq} + 1, 1790000000000, 'root', 'root', 'ticket create', 'ticket', {n} + 1, 'created', 1, repeat('r', 16),
  decode(repeat('aa', 16), 'hex'), decode(repeat('aa', 16), 'hex'), decode(repeat('aa', 32), 'hex'));
COMMIT"""


def run(*words, **how):
    return subprocess.run(words, env=ENVIRONMENT, cwd=SCRATCH, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False, **how)


def must(*words):
    done = run(*words)
    if done.returncode != 0:
        sys.exit(f"{words}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def schema(name):
    must("psql", CONNECTION, "-qc", f"CREATE SCHEMA {name}")
    address = f"postgresql:///postgres?host={HOST}&user=postgres&options=-csearch_path%3D{name}"
    must(UMSOPS, "--db", address, "db", "init")
    return address


def hammer(name, db):
    taken, numbers, errors = [], [], []
    gate = threading.Barrier(WRITERS + 1)

    def write(writer):
        gate.wait()
        for i in range(EACH):
            start = time.monotonic()
            done = run(UMSOPS, "--db", db, "ticket", "create", "-t", "a ticket of the bench", "--key", f"w{writer}-{i}", "-q")
            taken.append(1000 * (time.monotonic() - start))
            (numbers if done.returncode == 0 else errors).append(done.stdout.strip() or done.stderr)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    [thread.start() for thread in threads]
    gate.wait()
    start = time.monotonic()
    [thread.join() for thread in threads]
    rate = WRITERS * EACH / (time.monotonic() - start)
    stored = must(UMSOPS, "--db", db, "ticket", "list", "-q", "--all").split()
    sound = must(UMSOPS, "--db", db, "audit", "verify").strip()
    taken.sort()
    print(f"{name}: {WRITERS} x {EACH} creates: {rate:.0f}/s, p50 {taken[len(taken) // 2]:.0f} ms, p99 {taken[len(taken) * 99 // 100]:.0f} ms, "
          f"{len(errors)} errors, {len(set(numbers) - set(stored))} lost, {len(stored) - len(set(stored))} duplicates; {sound}", flush=True)


def pgbench(name, address, *flags):
    script = pathlib.Path(SCRATCH) / "create.sql"
    names = {"id": "'b' || :client_id || '-' || :k", "n": ":p_n", "seq": ":p_seq"}
    script.write_text(
        "\\set k random(1, 1000000000000)\nBEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;\n"
        + FIND.format(**names) + ";\n" + TURN + " \\gset p_\n\\startpipeline\n" + CHANGE.format(**names) + ";\n\\endpipeline\n")
    env = dict(ENVIRONMENT, PGOPTIONS=f"-csearch_path={address}")
    done = subprocess.run([PGBENCH, "-n", "-M", "extended", "-c", str(WRITERS), "-j", "2", "-T", str(SECONDS), "-f", script, *flags,
                           CONNECTION], env=env, capture_output=True, text=True, cwd=SCRATCH, check=False)
    rate = re.search(r"^tps = ([0-9.]+)", done.stdout, re.M)
    print(f"{name}: {float(rate.group(1)):.0f}/s" if rate else done.stderr[-400:], flush=True)


def one_by_one(name, command):
    taken = []
    for i in range(ROUNDS):
        start = time.monotonic()
        done = run(*command(i))
        taken.append(1000 * (time.monotonic() - start))
        if done.returncode != 0:
            sys.exit(f"{name}: {done.stderr}")
    print(f"{name}: median {statistics.median(taken):.1f} ms, least {min(taken):.1f} ms", flush=True)


def psql_create(i):
    identifier = f"'p{i}'"
    last = {"n": "(SELECT max(n) FROM support_tickets)", "seq": "(SELECT max(seq) FROM events)", "id": identifier}
    return ("psql", CONNECTION + " options=-csearch_path=single", "-Xqc",
            "BEGIN; " + FIND.format(**last) + "; " + TURN + "; " + CHANGE.format(**last))


try:
    subprocess.run([SERVER, "start", HOST, "fsync=on"], check=True, stdout=subprocess.DEVNULL)
    must(UMSOPS, "--db", f"{SCRATCH}/desk.db", "db", "init")
    hammer("sqlite", f"{SCRATCH}/desk.db")
    hammer("postgresql", schema("many"))
    schema("bench")
    pgbench("pgbench, 64 connections kept", "bench")
    pgbench("pgbench, a connection for each", "bench", "-C")
    single = schema("single")
    must(UMSOPS, "--db", single, "ticket", "create", "-t", "first")
    for _ in range(2):
        one_by_one("one create", lambda i: (UMSOPS, "--db", single, "ticket", "create", "-t", "a ticket", "--key", f"{_}{i}", "-q"))
    one_by_one("one psql -c", psql_create)
finally:
    subprocess.run([SERVER, "stop", HOST], stdout=subprocess.DEVNULL, check=False)
    shutil.rmtree(SCRATCH, ignore_errors=True)
