#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""failover.py UMSOPS [--long]: writers on a PostgreSQL primary with a synchronous standby; the primary is killed and the
standby promoted. Every command either finished, or said 7 (nothing stored) or 11 (outcome unknown); its retry with the
same key goes to the new primary by the same address. Nothing that was acknowledged is lost, nothing is there twice."""
import atexit
import collections
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

import fault
from fault import LONG, create, fail

SERVER = str(pathlib.Path(__file__).parents[1] / "support/server.sh")
WRITERS = 8
BEFORE, AFTER = (20, 10) if LONG else (3, 2)  # seconds of writing
FOLDERS = tempfile.mkdtemp(prefix="umsops-ha-", dir="/tmp")  # a short name, for the sockets
pathlib.Path(FOLDERS).chmod(0o755)
FIRST, SECOND = f"{FOLDERS}/a", f"{FOLDERS}/b"
DB = f"host={FIRST},{SECOND} user=postgres dbname=postgres target_session_attrs=read-write connect_timeout=2"


def server(*words):
    subprocess.run([SERVER, *words], check=True, stdout=subprocess.DEVNULL)


def psql(host, sql):
    return subprocess.run(["psql", f"host={host} user=postgres dbname=postgres", "-Atqc", sql], check=True,
                          capture_output=True, text=True).stdout.strip()


def stop():
    for folder in (FIRST, SECOND):
        subprocess.run([SERVER, "stop", folder], stdout=subprocess.DEVNULL)
    shutil.rmtree(FOLDERS, ignore_errors=True)


atexit.register(stop)
server("start", FIRST, "fsync=on", "wal_level=replica")
server("standby", SECOND, FIRST)
psql(FIRST, "ALTER SYSTEM SET synchronous_standby_names = '*'")
psql(FIRST, "SELECT pg_reload_conf()")
for _ in range(100):
    if psql(FIRST, "SELECT sync_state FROM pg_stat_replication") == "sync":
        break
    time.sleep(0.1)
else:
    fail("the standby does not follow")
fault.must("db", "init", db=DB)

ending, killed = threading.Event(), threading.Event()
acknowledged, retried, seen, late = {}, set(), collections.Counter(), 0


def write(writer):
    """One key after the other; a key is tried until it is acknowledged."""
    global late
    for number in range(1 << 30):
        if ending.is_set():
            return
        key = f"w{writer}-{number}"
        while True:
            result = create(key, DB)
            seen[result.returncode] += 1
            if result.returncode == 0:
                acknowledged[key] = result.stdout.strip()
                late += killed.is_set()
                break
            if result.returncode not in (7, 11):
                fail(f"{key}: exit {result.returncode}: {result.stderr}")
            retried.add(key)
            time.sleep(0.05)


threads = [threading.Thread(target=write, args=(writer,), daemon=True) for writer in range(WRITERS)]
[thread.start() for thread in threads]
time.sleep(BEFORE)
before = len(acknowledged)
killed.set()
server("kill", FIRST)
gap = fault.Clock()
server("promote", SECOND)
promoted = gap.seconds()
time.sleep(AFTER)
ending.set()
[thread.join(60) for thread in threads]
if any(thread.is_alive() for thread in threads):
    fail("a writer hangs")

stored = collections.defaultdict(list)
for ticket in fault.tickets(DB):
    stored[ticket["key"]].append(ticket["ticket_number"])
lost = [key for key, number in acknowledged.items() if stored[key] != [number]]
twice = [key for key, numbers in stored.items() if len(numbers) > 1]
numbers = sorted(number for found in stored.values() for number in found)
print(f"failover: {before} creates before the kill, {late} after it, {promoted:.1f} s to promote; exits "
      f"{dict(sorted(seen.items()))}, {len(retried)} keys retried; {len(lost)} lost, {len(twice)} twice")
if before == 0 or late == 0 or not retried:
    fail("the primary was not killed under writers that went on")
if lost or twice or numbers != [f"T-{n:06}" for n in range(1, len(numbers) + 1)]:
    fail(f"lost {lost[:3]}, twice {twice[:3]}, or gaps in {numbers[-3:]}")
if complaints := fault.unsound(DB):
    fail(complaints)
