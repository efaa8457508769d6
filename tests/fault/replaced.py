#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""replaced.py UMSOPS [--long]: a store is replaced, removed or restored while commands wait for its lock or are in the
middle of their work. What was acknowledged is in the store, or in what a restore has kept of it."""
import collections
import contextlib
import fcntl
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import fault
from fault import LONG, SCRATCH, SEED, fail, must, run, unsound

dice = random.Random(SEED)
outcomes = collections.Counter()
ROWS = 60_000  # more than an import stores before the change is there
ENDINGS = ("", "-wal", "-shm", ".lock")


def start(*words, db):
    return subprocess.Popen([fault.UMSOPS, "--db", str(db), *map(str, words)], env=fault.environment(), cwd=SCRATCH,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def titles(db):
    return collections.Counter(ticket["title"] for ticket in fault.tickets(db))


# --- 1. one change while a writer waits


def fresh(name):
    """A folder with a desk of one ticket, and a backup of it that holds one as well."""
    folder = SCRATCH / name
    folder.mkdir()
    db = folder / "desk.db"
    must("db", "init", db=db)
    must("ticket", "create", "-t", "there", "-q", db=db)
    must("db", "backup", folder / "backup.db", db=db)
    return folder, db


def moved(folder, db):
    os.replace(folder / "backup.db", db)
    for ending in ("-wal", "-shm"):
        pathlib.Path(f"{db}{ending}").unlink(missing_ok=True)


def removed(folder, db):
    for ending in ENDINGS[:3]:
        pathlib.Path(f"{db}{ending}").unlink(missing_ok=True)


def removed_with_lock(folder, db):
    for ending in ENDINGS:
        pathlib.Path(f"{db}{ending}").unlink(missing_ok=True)


def log_removed(folder, db):
    pathlib.Path(f"{db}-wal").unlink()


def folder_gone(folder, db):
    folder.rename(f"{folder}.gone")


def link_switched(folder, db):
    """The desk is opened through a link to its folder, which leads elsewhere then."""
    other = pathlib.Path(f"{folder}.other")
    other.mkdir()
    shutil.copy(folder / "backup.db", other / "desk.db")
    link = pathlib.Path(f"{folder}.link")
    link.unlink()
    link.symlink_to(other)


def waiter(change, number):
    folder, db = fresh(f"{change.__name__}-{number}")
    if change is link_switched:
        link = pathlib.Path(f"{folder}.link")
        link.symlink_to(folder)
        db = link / "desk.db"
    holder = open(f"{db}.lock", "r+")
    fcntl.flock(holder, fcntl.LOCK_EX)
    works = {"create": ("ticket", "create", "-t", "mine", "-q"), "note": ("ticket", "note", "T-1", "--body", "mine", "-y"),
             "tick": ("tick",)}
    work = list(works)[number % len(works)]
    process = start(*works[work], db=db)
    time.sleep(0.5)
    change(folder, db)
    holder.close()
    out, problem = process.communicate(timeout=fault.MOST_SECONDS)
    outcomes[change.__name__, work, process.returncode] += 1
    if process.returncode != 7 or "T-000002" in out:
        fail(f"{change.__name__}, {work}: exit {process.returncode}: {out}{problem}")


# --- 2. a store is replaced between the transactions of one command


def count_of(db):
    """How many tickets are in; asked for without a process, so that the answer is of this moment."""
    with contextlib.closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as store:
        return store.execute("SELECT count(*) FROM support_tickets").fetchone()[0]


def between(number):
    folder, db = fresh(f"between-{number}")
    rows = folder / "rows.jsonl"
    rows.write_text("".join(json.dumps({"key": f"r{i}", "title": f"r{i}", "description": "x" * 500}) + "\n"
                            for i in range(ROWS)))
    process = start("ticket", "import", "--continue-on-error", "--format", "jsonl", rows, db=db)
    clock = fault.Clock()
    while count_of(db) < 2:  # the first chunk is in
        if clock.seconds() > fault.MOST_SECONDS or process.poll() is not None:
            fail(f"the import never began: {process.communicate()}")
    if number % 2:
        process.send_signal(signal.SIGSTOP)
        moved(folder, db)
        process.send_signal(signal.SIGCONT)
    else:
        must("db", "restore", folder / "backup.db", "-y", db=db)
    out, problem = process.communicate(timeout=fault.MOST_SECONDS)
    outcomes["between", "restore" if number % 2 == 0 else "mv", process.returncode] += 1
    if process.returncode not in (7, 11):
        fail(f"import over a store replaced by {'mv' if number % 2 else 'restore'}: exit {process.returncode}: {out}{problem}")
    if complaints := unsound(db):
        fail(complaints)
    if len(titles(db)) != 1:
        fail(f"{len(titles(db))} tickets in the replaced store")


# --- 3. restores, killed at any moment, among four writers


def restores(rounds):
    folder, db = fresh("restores")
    backup = folder / "backup.db"
    acknowledged, guard, over = [], threading.Lock(), threading.Event()

    def writer(name):
        for number in range(1_000_000):
            if over.is_set():
                return
            title = f"{name}-{number}"
            result = run("ticket", "create", "-t", title, "-q", db=db)
            with guard:
                outcomes["writer", result.returncode] += 1
                if result.returncode == 0:
                    acknowledged.append(title)
            if result.returncode not in (0, 7, 11):
                fail(f"{title}: exit {result.returncode}: {result.stderr}")

    def reader():
        while not over.is_set():
            result = run("ticket", "list", "-q", db=db)
            if result.returncode != 0:
                fail(f"list: exit {result.returncode}: {result.stderr}")

    threads = [threading.Thread(target=writer, args=(f"w{w}",)) for w in range(3)] + [threading.Thread(target=reader)]
    [thread.start() for thread in threads]
    window = 0.3
    for number in range(rounds):
        process = start("db", "restore", backup, "-y", db=db)
        time.sleep(dice.uniform(0, window))
        if number % 4:
            process.send_signal(signal.SIGKILL)
        out, problem = process.communicate(timeout=fault.MOST_SECONDS)
        outcomes["restore", process.returncode] += 1
        window *= 1.1 if process.returncode == -9 else 0.9
        if process.returncode not in (0, -9):
            fail(f"restore: exit {process.returncode}: {out}{problem}")
        if complaints := unsound(db):
            fail(f"after restore {number}: {complaints}")
    over.set()
    [thread.join() for thread in threads]
    found = titles(db)
    kept = [path for path in folder.iterdir() if ".replaced-" in path.name and not path.name.endswith(("-wal", "-shm", ".lock"))
            and ".new-" not in path.name]
    for path in kept:
        if complaints := unsound(path):
            fail(f"{path.name}: {complaints}")
        found += titles(path)
    missing = [title for title in acknowledged if title not in found]
    print(f"replaced: {rounds} restores, {len(kept)} kept, {len(acknowledged)} tickets acknowledged, {len(missing)} lost")
    if missing:
        fail(f"lost: {missing[:5]}")


changes = (moved, removed, removed_with_lock, log_removed, folder_gone, link_switched)
for number in range(3 if LONG else 1):
    for place, change in enumerate(changes):
        waiter(change, number + place)
for number in range(8 if LONG else 2):
    between(number)
restores(400 if LONG else 24)
for outcome, count in sorted(outcomes.items(), key=str):
    print(f"  {outcome}: {count} times")
