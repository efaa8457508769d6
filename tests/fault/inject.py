#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""inject.py UMSOPS MIGRATE_STEPS [--long]: lets every call fail that makes a write durable or a file appear, one at a
time: the disk is full, the disk reports an error, the process dies there. What was acknowledged is stored, an error
that is not "outcome unknown" stored nothing, the store is sound, and a repetition finishes the work once."""
import collections
import concurrent.futures
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess

import fault
from fault import LONG, SCRATCH, SEED, WORDS, create, fail, must, run, unsound

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "mkdir", "renameat2", "rename", "link", "unlink",
         "unlinkat", "fallocate", "flock")
FAULTS = ("signal=KILL", "error=EIO", "error=ENOSPC")
KILLED, UNKNOWN, UNREADABLE = -9, 11, 5
# Exits that an injected fault may lead to: done, store unavailable, not permitted, needs care, outcome unknown.
EXITS = (0, 7, 8, 9, UNKNOWN, KILLED)
ROWS = 30

outcomes = collections.Counter()


def log_pages(db):
    log = pathlib.Path(f"{db}-wal")
    return max(0, log.stat().st_size - 32) // 4120 if log.exists() else 0


class Case:
    """A command, the state it starts from, and what must hold after it was hit."""
    thin = 1  # a short run takes every so many of the points that report an error

    def prepare(self, home):
        home.mkdir()
        copy = home / "desk.db"
        fault.copy_store(self.start, copy)

    def db(self, home):
        return home / "desk.db"

    def call(self, home, before):
        raise NotImplementedError


class OneCreate(Case):
    """A create whose commit makes the log too long: it copies the log back and truncates it."""
    name = "create"

    def __init__(self):
        self.start = SCRATCH / "start-create.db"
        must("db", "init", db=self.start)
        must("ticket", "create", "-t", "first", "-q", db=self.start)
        last = SCRATCH / "last.db"
        for i in range(40):
            fault.copy_store(self.start, last)
            must("ticket", "create", "-t", "one more", "-q", db=self.start)
            if log_pages(self.start) == 0:
                break
        else:
            fail("the log is never truncated")
        fault.copy_store(last, self.start)
        self.there = len(fault.tickets(self.start))

    def call(self, home, before):
        return create("k", self.db(home), before=before)

    def stored(self, home):
        return [t["ticket_number"] for t in fault.tickets(self.db(home)) if t["key"] == "k"]

    def check(self, home, result):
        if not self.db(home).exists():
            return "" if result.returncode != 0 else "acknowledged, and there is no store"
        if complaints := unsound(self.db(home)):
            return complaints
        stored = self.stored(home)
        if result.returncode == 0 and stored != [result.stdout.strip()]:
            return f"acknowledged {result.stdout.strip()}, stored {stored}"
        if result.returncode not in (0, UNKNOWN, KILLED) and stored:
            return f"exit {result.returncode}, but {stored} is stored"
        outcomes[self.name, result.returncode, len(stored)] += 1
        return ""

    def repeat(self, home):
        again = create("k", self.db(home))
        if again.returncode != 0:
            return f"repetition: exit {again.returncode}: {again.stderr}"
        if self.stored(home) != [again.stdout.strip()]:
            return f"repetition: stored {self.stored(home)}"
        count = len(fault.tickets(self.db(home)))
        return unsound(self.db(home)) or ("" if count == self.there + 1 else f"{count} tickets")


class FirstCreate(OneCreate):
    """The first create of all, which makes the folders and the default store."""
    name = "first create"

    def __init__(self):
        self.there = 0

    def prepare(self, home):
        home.mkdir()

    def db(self, home):
        return home / ".local/share/umsops/desk.db"

    def call(self, home, before):
        return create("k", None, home=home, before=before)

    def repeat(self, home):
        again = create("k", None, home=home)
        return f"repetition: exit {again.returncode}: {again.stderr}" if again.returncode else super().repeat(home)


class Import(Case):
    """An import of many rows is one transaction."""
    name = "import"

    def __init__(self):
        self.start = SCRATCH / "start-import.db"
        must("db", "init", db=self.start)
        must("ticket", "create", "-t", "first", "-q", db=self.start)
        self.rows = SCRATCH / "rows.jsonl"
        lines = [json.dumps({"key": f"row{i}", "title": f"row {i}", "description": "x" * 900}) for i in range(ROWS)]
        self.rows.write_text("\n".join(lines) + "\n")

    def call(self, home, before):
        return run("ticket", "import", self.rows, db=self.db(home), before=before)

    def keys(self, home):
        return sorted(t["key"] for t in fault.tickets(self.db(home)) if t["key"])

    def check(self, home, result):
        if complaints := unsound(self.db(home)):
            return complaints
        count = len(self.keys(home))
        if count not in (0, ROWS):
            return f"{count} rows of {ROWS}"
        if result.returncode == 0 and count == 0:
            return "acknowledged and not stored"
        if result.returncode not in (0, UNKNOWN, KILLED) and count:
            return f"exit {result.returncode}, but stored"
        outcomes[self.name, result.returncode, count] += 1
        return ""

    def repeat(self, home):
        again = self.call(home, ())
        if again.returncode != 0:
            return f"repetition: exit {again.returncode}: {again.stderr}"
        if self.keys(home) != sorted(f"row{i}" for i in range(ROWS)):
            return f"repetition: {self.keys(home)}"
        return unsound(self.db(home))


class Migrate(Case):
    """Two more steps of the schema, each in its own transaction, after a backup."""
    name = "migrate"
    # What the program's own version and the two steps behind it have: table notes, column support_tickets.mood, index
    # support_tickets_mood
    HAS = ((0, 0, 0), (1, 0, 0), (1, 1, 1))

    def __init__(self):
        self.program = str(pathlib.Path(WORDS[1]).resolve())
        self.start = SCRATCH / "start-migrate.db"
        must("db", "init", db=self.start)
        db = sqlite3.connect(self.start)
        self.oldest = db.execute("PRAGMA user_version").fetchone()[0]
        self.newest = self.oldest + 2
        self.first = db.execute("SELECT min(version) FROM schema_migrations").fetchone()[0]
        db.close()
        for i in range(3):
            must("ticket", "create", "-t", f"before {i}", "-q", db=self.start)
        self.export = must("ticket", "export", db=self.start)

    def call(self, home, before):
        return subprocess.run([*before, self.program, str(self.db(home))], env=fault.environment(), capture_output=True,
                              text=True, timeout=fault.MOST_SECONDS)

    def look(self, path, home):
        """Version and flaws, from a copy: looking must not change what the next run finds."""
        copy = home / "look.db"
        for left in home.glob("look.db*"):
            left.unlink()
        fault.copy_store(path, copy)
        db = sqlite3.connect(copy)
        sound = [row[0] for row in db.execute("PRAGMA integrity_check")]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        noted = [row[0] for row in db.execute("SELECT version FROM schema_migrations ORDER BY version")]
        has = (db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'").fetchone()[0],
               sum(row[1] == "mood" for row in db.execute("PRAGMA table_info(support_tickets)")),
               db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'support_tickets_mood'").fetchone()[0])
        count = db.execute("SELECT count(*) FROM support_tickets").fetchone()[0]
        db.close()
        if sound != ["ok"] or noted != list(range(self.first, version + 1)) or has != self.HAS[version - self.oldest] or count != 3:
            return version, f"{path.name}: version {version}, noted {noted}, has {has}, {count} tickets, {sound}"
        return version, ""

    def check(self, home, result):
        version, problem = self.look(self.db(home), home)
        backups = sorted(home.glob("desk.db.before-????"))
        for backup in backups:
            problem = problem or self.look(backup, home)[1]
            if not problem and backup.name.endswith(f"{self.oldest + 1:04}"):
                problem = unsound(backup)
                if not problem and must("ticket", "export", db=backup) != self.export:
                    problem = "the backup has other tickets"
        if not problem and version > self.oldest and not backups:
            problem = "migrated without a backup"
        if not problem and result.returncode == 0 and version != self.newest:
            problem = f"done, but version {version}"
        outcomes[self.name, result.returncode, version] += 1
        return problem

    def repeat(self, home):
        again = self.call(home, ())
        if again.returncode != 0:
            return f"repetition: exit {again.returncode}: {again.stderr}"
        version, problem = self.look(self.db(home), home)
        return problem or ("" if version == self.newest else f"repetition ended at version {version}")


class Convert(Case):
    """The step from the second format to the third, which writes every row anew, after a backup."""
    name = "convert"

    def __init__(self):
        self.start = pathlib.Path(__file__).resolve().parent.parent / "fixtures/stores/schema-0002-full.db"
        self.tables = self.content(self.start)
        whole = SCRATCH / "whole.db"
        fault.copy_store(self.start, whole)
        must("db", "migrate", db=whole)
        self.export = self.tickets(whole)

    def call(self, home, before):
        return run("db", "migrate", db=self.db(home), before=before)

    def content(self, path):
        db = sqlite3.connect(path)
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [(name, db.execute(f"SELECT * FROM {name}").fetchall()) for name in names]
        db.close()
        return rows

    def tickets(self, path):
        return must("ticket", "export", db=path)

    def check(self, home, result):
        copy = home / "look.db"
        for left in home.glob("look.db*"):
            left.unlink()
        fault.copy_store(self.db(home), copy)  # looking must not change what the next run finds
        db = sqlite3.connect(copy)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.close()
        outcomes[self.name, result.returncode, version] += 1
        if version == 2:
            return ("done, but version 2" if result.returncode == 0 else
                    "" if self.content(copy) == self.tables else "it is not as it was")
        backup = home / "desk.db.before-0003"
        if not backup.exists() or self.content(backup) != self.tables:
            return "converted without a backup, or it has other rows"
        if version == 3:  # the later steps are transactions of their own
            if result.returncode == 0:
                return "done, but version 3"
            must("db", "migrate", db=copy)
        return unsound(copy) or ("" if self.tickets(copy) == self.export else "it has other tickets")

    def repeat(self, home):
        again = self.call(home, ())
        if again.returncode != 0:
            return f"repetition: exit {again.returncode}: {again.stderr}"
        return unsound(self.db(home)) or ("" if self.tickets(self.db(home)) == self.export else "repetition: other tickets")


class Restore(Case):
    """A backup goes back into the place of a store, which has a later ticket."""
    name = "restore"

    def __init__(self):
        self.start, self.backup = SCRATCH / "start-restore.db", SCRATCH / "backup.db"
        must("db", "init", db=self.start)
        must("ticket", "create", "-t", "first", "-q", db=self.start)
        must("db", "backup", self.backup, db=self.start)
        must("ticket", "create", "-t", "later", "-q", db=self.start)

    def call(self, home, before):
        return run("db", "restore", self.backup, "--yes", db=self.db(home), before=before)

    def check(self, home, result):
        if complaints := unsound(self.db(home)):
            return complaints
        count = len(fault.tickets(self.db(home)))
        outcomes[self.name, result.returncode, count] += 1
        if count == 1 and not any(len(fault.tickets(path)) == 2 and not unsound(path) for path in home.glob("desk.db.replaced-*Z")):
            return "restored, and what was there is not kept"
        if count not in (1, 2) or (result.returncode == 0) > (count == 1):
            return f"exit {result.returncode}, {count} tickets"
        return "" if count == 2 or result.returncode in (0, UNKNOWN, KILLED) else f"exit {result.returncode}, but restored"

    def repeat(self, home):
        again = self.call(home, ())
        if again.returncode != 0:
            return f"repetition: exit {again.returncode}: {again.stderr}"
        return unsound(self.db(home)) or ("" if len(fault.tickets(self.db(home))) == 1 else "repetition: other tickets")


def count_calls(case):
    """How often an undisturbed run makes each of the calls."""
    home = SCRATCH / f"count-{case.name.replace(' ', '-')}"
    case.prepare(home)
    trace = SCRATCH / "trace"
    result = case.call(home, ("strace", "-f", "-e", f"trace={','.join(CALLS)}", "-o", str(trace)))
    if result.returncode != 0:
        fail(f"{case.name}, undisturbed: exit {result.returncode}: {result.stderr}")
    text = trace.read_text()
    if case.name == "create" and "ftruncate" not in re.sub(r".*-shm.*", "", text):
        fail("that create does not truncate the log")
    return collections.Counter(re.findall(r"^\d+ +(\w+)\(", text, re.M))


def hit(case, call, number, how):
    home = SCRATCH / f"{case.name}-{call}-{number}-{how}".replace(" ", "-").replace("=", "-")
    case.prepare(home)
    before = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}")
    result = case.call(home, before)
    problem = ""
    unread = call == "openat" and result.returncode == UNREADABLE and "rows.jsonl" in result.stderr
    if result.returncode not in EXITS and not unread:
        problem = f"exit {result.returncode}: {result.stderr}"
    problem = problem or case.check(home, result) or case.repeat(home)
    shutil.rmtree(home)
    return f"{case.name}, {call} number {number}, {how}: {problem}" if problem else ""


jobs, found = [], []
counted = []
for case in (OneCreate(), FirstCreate(), Import(), Migrate(), Convert(), Restore()):
    calls = count_calls(case)
    taken = 0
    for how in FAULTS:
        every = 1 if LONG or (how == "signal=KILL" and "create" in case.name) else 3
        points = [(call, number) for call in CALLS for number in range(1, calls[call] + 1)]
        for call, number in points[SEED % every::every]:
            jobs.append((case, call, number, how))
            taken += 1
    counted.append(f"{case.name} {taken} of {3 * len(points)}")
    print(f"{case.name}: {', '.join(f'{calls[call]} {call}' for call in CALLS if calls[call])}", flush=True)
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    found = [problem for problem in pool.map(lambda job: hit(*job), jobs) if problem]
for (name, code, stored), count in sorted(outcomes.items()):
    print(f"  {name}: exit {code}, {'version' if name in ('migrate', 'convert') else 'stored'} {stored}: {count} times")
print(f"inject: {len(jobs)} points ({', '.join(counted)}), {len(found)} bad")
for problem in found[:20]:
    print(problem)
if found:
    fail(f"{len(found)} bad points")
