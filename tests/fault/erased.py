#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""erased.py UMSOPS: a person who is named wherever a desk can name anybody is erased. Afterwards none of their words is in
the bytes of the store, its log, or the files beside it (on a server: its data, but for its write-ahead log); the history
is sound, figures are what they were, a copy, an export and an import go on to work. Killed at any moment, all of it is
there or none of the store's, and the same command ends it."""
import base64
import json
import os
import pathlib
import random
import signal
import subprocess
import time

import fault
from fault import SCRATCH, SEED, UMSOPS, fail, must, run, unsound

dice = random.Random(SEED)
SERVER = os.environ.get("UMSOPS_TEST_DB")
FILES = ["-c", f"channels={SCRATCH}/channels.yaml", "-c", f"roster={SCRATCH}/roster.yaml"]
STATE = SCRATCH / ".local/state/umsops"
# Words that stand nowhere else. Those of the person, and what they wrote.
NAMES = {"account": "qzxanna.lee", "name": "Qzxanna Qzxlee", "mail": "qzxanna.lee@qzx.example", "phone": "13700137123"}
WORDS = ["qzxanna", "qzxlee", "13700137123", "137-0013-7123", "qzxsecret", "qzxold", "qzxattached", "qzxraw", "qzxattribute",
         "qzxoutcome", "qzxresolved"]
MAIL = f"""From: {NAMES['name']} <{NAMES['mail']}>
To: desk@example.org
Subject: qzxsecret printer
Message-ID: <qzxraw-1@qzx.example>
Content-Type: text/plain; charset=utf-8

It says qzxsecret and nothing else. Call 137-0013-7123.
"""


def prepare(db):
    """A desk that names the person in every table."""
    def do(*words, **how):
        return must(*words, db=db, **how)
    (SCRATCH / "channels.yaml").write_text(
        f"channels:\n  log: {{type: file, path: {SCRATCH}/sent.channel}}\n  mail: {{type: sendmail, from: desk@example.org, command: ['true']}}\n"
        "mail_domain: example.org\naudiences:\n  operations: {to: ['channel:log']}\n")
    (SCRATCH / "roster.yaml").write_text("people:\n  li.na: {contact: {channels: [log]}}\n")
    (SCRATCH / "sent.channel").unlink(missing_ok=True)
    do("db", "init")
    do("requester", "create", "--account", "other.one", "--name", "Somebody Else", "--mail", "other@example.org")
    do("requester", "create", "--account", NAMES["account"], "--name", NAMES["name"], "--mail", NAMES["mail"], "--phone", NAMES["phone"],
       "--department", "Sales", "--vip", "--attribute", "room=qzxattribute")
    do("requester", "update", NAMES["account"], "--phone", f"{NAMES['phone']},555000111", "--reason", "qzxold said so")
    do("ticket", "create", "-t", "qzxold title", "--body", "qzxsecret text", "--requester", NAMES["account"], "--attribute",
       "seat=qzxseat", "--category", "mfa", "--key", "qzxold-key")
    do("ticket", "update", "T-1", "--set", "title=qzxsecret title", "--reason", "qzxold reason")
    do("ticket", "assign", "T-1", "--to", "li.na")
    do("ticket", "reply", "T-1", "--body", f"Dear {NAMES['name']}, qzxsecret")
    do("ticket", "callback", "add", "T-1", "--at", "+2h", "--contact", NAMES["phone"])
    do("ticket", "escalate", "T-1", "--reason", "qzxold escalation")
    (SCRATCH / "one.eml").write_text(MAIL)
    do("ticket", "intake", "mail", str(SCRATCH / "one.eml"))
    do("ticket", "create", "-t", f"{NAMES['account']} told me", "--body", f"Ask {NAMES['name']} at 137-0013-7123.", "--requester", "other.one")
    do("ticket", "watch", "T-3", "--person", NAMES["account"])
    do("ticket", "note", "T-3", "--body", f"{NAMES['mail']} has it, too")
    do("--actor", NAMES["account"], "ticket", "note", "T-3", "--body", "qzxsecret of mine")
    do("incident", "create", "-t", f"mail of {NAMES['account']}", "--set", f"reported_by={NAMES['account']}")
    do("incident", "note", "INC-1", "--body", f"{NAMES['name']} saw it")
    do("kb", "create", "-t", f"How {NAMES['name']} did it", "--body", f"Ask {NAMES['mail']}.")
    do("kb", "update", "KB-1", "--title", f"How {NAMES['account']} does it")
    do("--actor", NAMES["account"], "kb", "vote", "KB-1", "--helpful", "yes")
    run("kb", "search", NAMES["account"], "qzxold", db=db)
    do("silence", "add", "a=b", "--comment", f"for {NAMES['account']}")
    do("tick", *FILES)
    do("ticket", "update", "T-3", "--priority", "HIGH")
    do("ticket", "assign", "T-3", "--to", "li.na")
    for number in ("T-1", "T-2"):
        do("ticket", "resolve", number, "--resolution", "qzxresolved")
        do("ticket", "close", number)
    do("tick", *FILES)
    if not SERVER:
        do("report", "columns")
    logs = STATE / "runbooks/x"
    logs.mkdir(parents=True, exist_ok=True)
    (logs / "01-a.main.1.log").write_text(f"user {NAMES['account']} unlocked\nkept line\n")


def erase(db, *more, **how):
    return run("privacy", "erase", NAMES["account"], "--confirm", NAMES["account"], "--reason", "asked for it", *FILES,
               "-o", "json", *more, db=db, **how)


def bytes_of(db):
    """Name and content of what the desk is kept in."""
    if SERVER:
        folder = subprocess.run(["psql", SERVER, "-Atc", "CHECKPOINT; SHOW data_directory"], check=True, capture_output=True,
                                text=True).stdout.split()[-1]
        files = [path for path in pathlib.Path(folder, "base").rglob("*") if path.is_file()]
    else:
        files = [path for top in SCRATCH.glob(f"{pathlib.Path(db).name}*") for path in (top, *top.rglob("*")) if path.is_file()]
    files += [path for path in STATE.rglob("*") if path.is_file()] + list(SCRATCH.glob("*.channel"))
    for path in files:
        try:
            yield path, path.read_bytes()
        except FileNotFoundError:
            pass


def words_left(db, keeps):
    found = set()
    for path, content in bytes_of(db):
        low = content.lower()
        for word in [*WORDS, *(() if keeps else ("qzxseat",))]:
            at = low.find(word.encode())
            if at >= 0:
                found.add(f"{word} in {path.name}: {content[max(0, at - 40):at + 60]!r}")
        for word in ("qzxraw-1@qzx", "qzxsecret"):  # in base64 whatever comes before: eight letters are no accident
            for shift in range(3):
                part = base64.b64encode(b"x" * shift + word.encode())[4 if shift else 0:(shift + len(word)) // 3 * 4]
                if part in content:
                    found.add(f"{word} in base64 in {path.name}")
    return sorted(found)


def figures(db):
    """What reports say of all tickets, by what no person is."""
    tickets = [json.loads(line) for line in must("ticket", "list", "-o", "jsonl", "--all", db=db).splitlines()]
    kept = ("ticket_number", "category", "priority", "status", "source", "created_at", "resolved_at", "closed_at", "assignee_id",
            "response_time_minutes", "resolution_time_minutes", "reopen_count", "escalation_level")
    return [[ticket.get(name) for name in kept] for ticket in tickets]


def check_erased(db, before, keeps):
    if left := words_left(db, keeps):
        fail("words are left:\n" + "\n".join(left))
    if complaints := unsound(db):
        fail(complaints)
    if figures(db) != before:
        fail(f"figures differ: {before} {figures(db)}")
    verified = json.loads(must("audit", "verify", "-o", "json", db=db))
    if not verified["erased_values"]:
        fail(f"no erased value is counted: {verified}")
    ticket = json.loads(must("ticket", "show", "T-1", "--history", "-o", "json", db=db))
    if ticket["title"] != "[erased]" or bool(ticket["requester_id"]) != keeps or bool(ticket.get("attributes")) != keeps:
        fail(f"T-1 is {ticket}")
    other = json.loads(must("ticket", "show", "T-3", "-o", "json", db=db))
    if other["title"] != "[erased] told me" or other["requester_id"] != "other.one":
        fail(f"T-3 is {other}")
    entries = [json.loads(line) for line in must("audit", "log", "-o", "jsonl", "-w", "kind=erased noun=store", "--limit", "0", db=db).splitlines()]
    if len(entries) != 1 or entries[0]["reason"] != "asked for it" or "P-000002" not in json.dumps(entries[0]["changes"]):
        fail(f"it is told by {entries}")
    if run("privacy", "export", NAMES["account"], db=db).returncode != 3:
        fail("something is still known of them")


def check_goes_on(db):
    """What a desk does with its records afterwards."""
    must("ticket", "update", "T-1", "--priority", "LOW", db=db)
    must("tick", db=db)
    must("search", "index", "--check", db=db)
    lines = must("ticket", "export", db=db)
    again = fault.new_desk(f"again{dice.randrange(1 << 30)}.db")
    must("db", "init", db=again)
    (SCRATCH / "export.jsonl").write_text(lines)
    must("ticket", "import", "--format", "jsonl", str(SCRATCH / "export.jsonl"), db=again)
    copy = SCRATCH / f"copy{dice.randrange(1 << 30)}.db"
    must("db", "copy", str(db), str(copy))
    for one in (db, copy):
        if complaints := unsound(one):
            fail(complaints)


def check_whole(keeps):
    db = fault.new_desk(f"whole{int(keeps)}.db")
    prepare(db)
    exported = json.loads(must("privacy", "export", NAMES["account"], "-o", "json", db=db))
    if [ticket["ticket_number"] for ticket in exported["tickets"]] != ["T-000001", "T-000002"] or len(exported["directory"]) != 1:
        fail(f"exported: {exported['person']} {exported['places']}")
    places = {(one["place"], one["field"]) for one in exported["mentions"]}
    for place in (("ticket", "title"), ("responses", "content"), ("kb", "title"), ("timeline", "content"), ("feedback", "subject"),
                  ("incident", "reported_by"), ("silences", "comment"), ("history", "actor")):
        if place not in places:
            fail(f"{place} is not exported: {sorted(places)}")
    before = figures(db)
    result = erase(db, *(["--keep-statistics"] if keeps else []))
    if result.returncode != 0:
        fail(f"exit {result.returncode}: {result.stderr}")
    answer = json.loads(result.stdout)
    if answer["result"] != "erased" or answer["tickets"] != ["T-000001", "T-000002"]:
        fail(f"answered: {answer}")
    check_erased(db, before, keeps)
    channel = (SCRATCH / "sent.channel").read_text()
    log = (STATE / "runbooks/x/01-a.main.1.log").read_text()
    if log != "user [erased] unlocked\nkept line\n" or "INC-000001" not in channel or "T-000001" in channel:
        fail(f"files: {channel} {log}")
    again = json.loads(erase(db).stdout)
    if again["result"] != ("erased" if keeps and again["places"] else "unchanged"):
        fail(f"a second time: {again}")
    check_goes_on(db)


def check_killed():
    """kill -9 in the middle: all or nothing, and the same command ends it."""
    source = SCRATCH / "source.db"
    prepare(source)
    before = figures(source)
    ends = {}
    for number in range(60 if fault.LONG else 12):
        db = SCRATCH / f"killed{number}.db"
        fault.copy_store(source, db)
        process = subprocess.Popen([UMSOPS, "--db", str(db), "privacy", "erase", NAMES["account"], "--confirm", NAMES["account"],
                                    "--reason", "asked for it", *FILES], env=fault.environment(), cwd=SCRATCH, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(0.1 * dice.random() ** 2)
        process.send_signal(dice.choice([signal.SIGKILL, signal.SIGTERM]))
        code = process.wait()
        ends[code] = ends.get(code, 0) + 1
        if complaints := unsound(db):
            fail(f"killed with {code}: {complaints}")
        titles = {ticket["ticket_number"]: ticket["title"] for ticket in fault.tickets(db)}
        gone = [title == "[erased]" for number, title in titles.items() if number != "T-000003"]
        if len(set(gone)) != 1:
            fail(f"half of it is gone: {titles}")
        result = erase(db)
        if result.returncode != 0:
            fail(f"again: exit {result.returncode}: {result.stderr}")
        check_erased(db, before, False)
    print("ended in the middle: " + ", ".join(f"{count} with {code}" for code, count in sorted(ends.items())))


def check_model():
    """A model that has seen their texts goes; one that has not stays."""
    db = SCRATCH / "model.db"
    must("db", "init", db=db)
    lines = "".join(json.dumps({"title": f"{what} number {i} of qzxsecret", "category": category, "requester_id": NAMES["account"] if i == 3 else "other.one",
                                "status": "CLOSED", "created_at": "2026-01-01T00:00:00Z", "closed_at": "2026-01-02T00:00:00Z"}) + "\n"
                    for i in range(20) for what, category in (("printer paper", "hardware"), ("password login", "account")))
    (SCRATCH / "labels.jsonl").write_text(lines)
    must("ticket", "import", "--format", "jsonl", str(SCRATCH / "labels.jsonl"), db=db)
    must("classifier", "train", db=db)
    model = pathlib.Path(f"{db}-classifier")
    if json.loads(run("privacy", "erase", "nobody.at.all", "--confirm", "nobody.at.all", "-o", "json", db=db).stdout)["model"] or not model.exists():
        fail("a model goes that knows nobody")
    answer = json.loads(erase(db).stdout)
    if answer["model"] != str(model) or model.exists():
        fail(f"the model stays: {answer}")


def check_retained():
    db = fault.new_desk("retained.db")
    prepare(db)
    before = figures(db)
    late = ["--now", "2030-01-01T00:00:00Z"]
    looked = json.loads(must("privacy", "retain", "--older-than", "2y", "-o", "json", *late, db=db))
    if looked["tickets"] != 2 or not looked["dry_run"]:
        fail(f"looked: {looked}")
    if json.loads(must("privacy", "retain", "--older-than", "2y", "-o", "json", db=db))["tickets"] != 0:
        fail("young tickets are old")
    done = json.loads(must("privacy", "retain", "--older-than", "2y", "--apply", "-o", "json", *late, db=db))
    if done["tickets"] != 2:
        fail(f"done: {done}")
    if complaints := unsound(db):
        fail(complaints)
    if figures(db) != before:
        fail("figures differ after retain")
    if json.loads(must("privacy", "retain", "--older-than", "2y", "-o", "json", *late, db=db))["tickets"] != 0:
        fail("they are still there")


def check_seen():
    """What somebody still sees outlives a VACUUM: that is told, and the same command ends it."""
    db = fault.new_desk("seen.db")
    prepare(db)
    before = figures(db)
    looks = subprocess.Popen(["psql", SERVER, "-qAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    looks.stdin.write("BEGIN ISOLATION LEVEL REPEATABLE READ;\nSELECT 1;\n")
    looks.stdin.flush()
    looks.stdout.readline()
    result = erase(db, "--timeout", "1s")
    if result.returncode != 7 or "store.locked" not in result.stderr:
        fail(f"beside a snapshot: exit {result.returncode}: {result.stderr}")
    looks.communicate("COMMIT;\n")
    if (result := erase(db)).returncode != 0:
        fail(f"afterwards: exit {result.returncode}: {result.stderr}")
    check_erased(db, before, False)


def main():
    STATE.mkdir(parents=True, exist_ok=True)
    if SERVER:
        check_seen()
    check_whole(False)
    check_whole(True)
    check_retained()
    if SERVER:
        # What it left there would be found by the next run.
        for name in ("whole0", "whole1", "retained", "seen"):
            subprocess.run(["psql", SERVER, "-qc", f"SET client_min_messages = error; DROP SCHEMA fault_{os.getpid()}_{name} CASCADE"],
                           check=True)
    else:
        check_model()
        check_killed()
    print("erased: no word is left")


main()
