#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""interrupted.py UMSOPS [--long]: commands of several transactions that end in the middle: by SIGTERM, SIGINT, kill -9, a
lock that others hold, a reader that goes away. As many changes are stored as the error says; what was printed is stored;
what is stored and was not printed is at most the transaction under way; and a printed document is whole."""
import fcntl
import json
import os
import random
import signal
import subprocess
import time

import fault
from fault import LONG, SCRATCH, SEED, UMSOPS, fail, must

ROUNDS = 6 if LONG else 1
TICKETS = 800
ONE = "T-000001"
TIME = ["--now", "2027-01-01T00:00:00Z"]
dice = random.Random(SEED)
# One transaction a record with --each.
EACH = {
    "ticket update": ["--category", "mfa"], "ticket assign": ["--to", "li.na"], "ticket reply": ["--body", "x"],
    "ticket note": ["--body", "x"], "ticket pend": ["--until", "+2d"], "ticket wake": [], "ticket escalate": [],
    "ticket resolve": ["--resolution", "x"], "ticket close": ["--resolution", "x"], "ticket reopen": [],
    "ticket watch": ["--person", "x"], "ticket unwatch": ["--person", "watcher"],
    "ticket approval ask": ["--of", "x"], "ticket approval approve": ["--for", "x", "--reason", "y"],
    "ticket approval decline": ["--for", "x", "--reason", "y"], "ticket approval withdraw": [],
    "ticket link": ["--blocked-by", ONE], "ticket merge": ["--into", ONE],
}
# Words, input, records a transaction.
MANY = {
    "ticket intake json": (["-"], "new", 100),
    "ticket import": (["--format", "jsonl", f"{SCRATCH}/new", "--continue-on-error", "--rejects", f"{SCRATCH}/rejects"], None, 1000),
    "tick": (TIME, None, 100),
}
# One transaction, or not of records.
SINGLE = {"ticket create", "ticket attachment add", "ticket rate", "ticket intake mail", "ticket intake chat", "ticket intake phone", "ticket callback add",
          "ticket callback done", "classifier train", "classifier rollback", "init", "config set", "config unset", "db init", "db migrate", "db copy", "db flush", "db restore",
          "db spool drop", "silence add", "silence expire", "runbook run", "runbook resume", "runbook cancel", "search index", "report columns", "outbox flush", "outbox retry", "outbox drop", "people hand-over"} | {
    f"privacy {verb}" for verb in ("erase", "retain")} | {  # fault.erased ends them in the middle
    f"requester {verb}" for verb in "create update merge import".split()} | {
    f"review {verb}" for verb in "create update submit approve rework close action".split()} | {
    f"kb {verb}" for verb in "create update publish archive vote used draft import".split()} | {
    f"incident {verb}" for verb in "create update assign ack note verify resolve close reopen ingest escalate assess respond link merge split import".split()}
# What has to be done to the tickets before.
BEFORE = {"ticket approval approve": "asked", "ticket approval decline": "asked", "ticket approval withdraw": "asked",
          "ticket wake": "pending", "ticket unwatch": "watched", "ticket reopen": "resolved", "tick": "pending"}
ends = {}


def desk(state, number):
    fresh = SCRATCH / f"desk.{number}.db"
    fault.copy_store(SCRATCH / f"{state}.db", fresh)
    return fresh


def entries(db, behind=0):
    return [json.loads(line) for line in must("audit", "log", "-o", "jsonl", "-w", f"seq>{behind}", "-F", "seq,record_id,kind",
                                              "--limit", "0", db=db).splitlines()]


def ended(command, source, how, db):
    """What a command gave that was ended in this way."""
    with open(source or os.devnull) as text:
        process = subprocess.Popen(command, env=fault.environment(), cwd=SCRATCH, stdin=text, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
    time.sleep(dice.uniform(0.03, 0.2))
    if how == "a reader that goes":
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        return process.wait(timeout=fault.MOST_SECONDS), "", errors
    if how == "a lock":
        with open(f"{db}.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            printed, errors = process.communicate(timeout=fault.MOST_SECONDS)
    else:
        process.send_signal(how)
        printed, errors = process.communicate(timeout=fault.MOST_SECONDS)
    return process.returncode, printed, errors


def case(number, path, words, source, portion, how, output):
    db = desk(BEFORE.get(path, "open"), number)
    behind = json.loads(must("audit", "head", "-o", "json", db=db))["seq"]
    command = [UMSOPS, "--db", str(db), *path.split(), *words, *output, "--error-format", "json", "--timeout", "1s"]
    code, printed, errors = ended(command, source, how, db)
    label = f"{' '.join(command[3:])} ended by {getattr(how, 'name', how)}"
    ids = {json.loads(line)["ticket_number"]: json.loads(line)["id"] for line in
           must("ticket", "list", "-o", "jsonl", "--all", "-F", "ticket_number,id", db=db).splitlines()}
    new = entries(db, behind)
    stored = {entry["record_id"] for entry in new} - {ids[ONE]}
    count = len(new) if path == "tick" else len(stored)  # it can do several things to one ticket
    ends[code] = ends.get(code, 0) + 1
    if code == 0:
        return
    if how != signal.SIGKILL:
        error = json.loads(errors.splitlines()[-1])["error"]
        if error["stored"] != count:
            fail(f"{label}: {error['stored']} stored, it says: {error}; there are {count}")
    if path == "ticket import":
        if how in (signal.SIGTERM, signal.SIGINT) and stored and not os.path.exists(SCRATCH / "rejects"):
            fail(f"{label}: no file of rejects")
        return
    if how == "a reader that goes":
        return
    if output == ["-q"]:
        told = printed.split()
    else:
        whole = json.loads(printed) if printed or code != 137 else {"items": [], "count": 0}
        told = [item["id"] for item in whole["items"]]
        if whole["count"] != len(told) or not whole["stopped"]:
            fail(f"{label}: {whole['count']} counted, {len(told)} items, stopped: {whole['stopped']}")
    told = {ids.get(one) for one in told}
    if not told <= stored:
        fail(f"{label}: printed, and not stored: {len(told - stored)}")
    if len(stored) - len(told) > portion:
        fail(f"{label}: {len(stored)} stored, {len(told)} printed")


def prepare():
    (SCRATCH / "new").write_text("".join(json.dumps({"title": f"new {i}", "key": f"n{i}"}) + "\n" + ("broken\n" if i % 100 == 0 else "")
                                         for i in range(20_000)))
    (SCRATCH / "ids").write_text("".join(f"T-{i:06}\n" for i in range(2, TICKETS + 1)))
    first = SCRATCH / "first"
    first.write_text("".join(json.dumps({"title": f"t{i}", "requester_id": "zhang.wei"}) + "\n" for i in range(TICKETS)))
    must("db", "init", db=SCRATCH / "open.db")
    must("ticket", "import", "--format", "jsonl", first, db=SCRATCH / "open.db")
    must("tick", db=SCRATCH / "open.db")
    for state, words in {"pending": ["pend", "-", "--until", "+1d"], "resolved": ["resolve", "-", "--resolution", "x"],
                         "watched": ["watch", "-", "--person", "watcher"], "asked": ["approval", "ask", "-", "--of", "x"]}.items():
        fault.copy_store(SCRATCH / "open.db", SCRATCH / f"{state}.db")
        must("ticket", *words, "-y", "-q", db=SCRATCH / f"{state}.db", stdin=(SCRATCH / "ids").read_text())


def main():
    prepare()
    for command in json.loads(must("commands", "-o", "json"))["items"]:
        if command["changes"] and command["path"] not in EACH.keys() | MANY.keys() | SINGLE:
            fail(f"{command['path']}: changes something and has no case here")
    number = 0
    for _ in range(ROUNDS):
        for path, words in EACH.items():
            for how in (signal.SIGTERM, signal.SIGKILL, dice.choice([signal.SIGINT, "a lock", "a reader that goes"])):
                output = ["-o", "json"] if how == signal.SIGTERM else ["-q"]
                case(number := number + 1, path, ["-", "--each", "-y", *words], SCRATCH / "ids", 1, how, output)
        for path, (words, source, portion) in MANY.items():
            for how in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL, "a lock"):
                (SCRATCH / "rejects").unlink(missing_ok=True)
                case(number := number + 1, path, words, source and SCRATCH / source, portion, how, ["-q"])
    print(f"{number} commands ended in the middle: " + ", ".join(f"{count} with {code}" for code, count in sorted(ends.items())))


main()
