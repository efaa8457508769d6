#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""flips.py UMSOPS [--long]: turns single bits of a store around. Whatever answer becomes another or fails through it,
`db check` must find the damage, and nothing may crash."""
import concurrent.futures
import json
import random

import fault
from fault import LONG, SCRATCH, SEED, fail, must, run

FLIPS = 10_000 if LONG else 120
TICKETS = 60
TEXTS = ("无法登录，紧急", "printer on floor 3 is out of paper", "邮箱满了 mailbox full", "VPN drops every hour")
QUESTIONS = (("ticket", "export"), ("ticket", "list", "-o", "json"), ("ticket", "list", "-w", "title~登录", "-q"),
             ("ticket", "history", "T-000007", "-o", "json"), ("ticket", "show", "T-9", "-o", "json"),
             ("report", "run", "support", "-o", "json", "--now", "2027-01-01T00:00:00Z"))


def make_store():
    db, single = SCRATCH / "desk.db", SCRATCH / "single.db"
    must("db", "init", db=db)
    rows = [{"key": f"k{i}", "title": f"{TEXTS[i % len(TEXTS)]} {i}", "description": TEXTS[(i + 1) % len(TEXTS)] * (i % 40),
             "requester_id": f"user{i % 7}", "priority": "HIGH" if i % 3 else "LOW"} for i in range(TICKETS)]
    must("ticket", "import", "-", "--format", "jsonl", db=db, stdin="\n".join(map(json.dumps, rows)) + "\n")
    must("ticket", "assign", "T-7", "--to", "li.na", db=db)
    must("ticket", "create", "-t", "once more", "--key", "k9", "--on-duplicate", "comment", "-q", db=db)
    must("db", "backup", single, db=db)  # one file without a log
    return single


def answers(db):
    return [(result.returncode, result.stdout) for result in (run(*words, db=db) for words in QUESTIONS)]


single = make_store()
sound = single.read_bytes()
reference = answers(single)
if any(code for code, _ in reference):
    fail(f"the sound store does not answer: {[code for code, _ in reference]}")
dice = random.Random(SEED)
bits = [dice.randrange(8 * len(sound)) for _ in range(FLIPS)]


def flip(number):
    """Whether the answers changed, whether the check found it, and what is wrong with that."""
    bit = bits[number]
    db = SCRATCH / f"flip{number}.db"
    content = bytearray(sound)
    content[bit // 8] ^= 1 << bit % 8
    db.write_bytes(content)
    given = answers(db)
    check = run("db", "check", db=db).returncode
    verify = run("audit", "verify", db=db).returncode
    for left in SCRATCH.glob(f"flip{number}.db*"):
        left.unlink()
    problem = ""
    crashed = [code for code in (*(code for code, _ in given), check, verify) if code < 0 or code >= 128 or code == 1]
    if crashed:
        problem = f"exit {crashed}"
    elif given != reference and check == 0:
        which = [" ".join(words) for words, one, other in zip(QUESTIONS, given, reference) if one != other]
        problem = f"{which} changed, and db check finds nothing"
    place = f"bit {bit % 8} of byte {bit // 8} (page {bit // 8 // 4096 + 1})"
    return given != reference, check != 0, f"{place}: {problem}" if problem else ""


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    results = list(pool.map(flip, range(FLIPS)))
changed = sum(result[0] for result in results)
found = sum(result[1] for result in results)
bad = [result[2] for result in results if result[2]]
print(f"flips: {FLIPS} bits of {len(sound)} bytes, {changed} changed an answer, db check found {found}, {len(bad)} bad")
for problem in bad[:20]:
    print(problem)
if bad:
    fail(f"{len(bad)} bad flips")
if not changed:
    fail("no flip changed any answer: this test cannot find anything")
