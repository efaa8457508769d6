#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""searched.py UMSOPS [--long]: kill -9 at a random moment of what keeps the search index: articles that change (with the
folds that come of it), ticks that follow tickets, an index made anew. After each kill the index says what the texts say,
and answers as one that is made anew in a copy."""
import random
import subprocess
import time

import fault
from fault import LONG, SCRATCH, SEED, UMSOPS, fail, must

ROUNDS = 500 if LONG else 40
WORDS = "登录 失败 证书 憑證 VPN portal timeout reset LDAP认证 ORA-12154 CrashLoopBackOff 打印机".split()
QUERIES = ["登录失败", "证", "VPN portal", "ldap认证", "ora_12154", "resetting"]
dice = random.Random(SEED)
db = SCRATCH / "searched.db"


def text(words):
    return " ".join(dice.choice(WORDS) for _ in range(words))


def answers(store):
    """What each query finds: all tickets, and the articles that have all of the words."""
    return [(must("ticket", "list", "-w", f'text~"{query}"', "-q", db=store),
             must("kb", "search", query, "-o", "json", db=store).split('"full_matches":')[1]) for query in QUERIES]


def change():
    """A command that keeps the index; a tick gets something to follow before."""
    kind = dice.randrange(4)
    if kind == 0:
        return ["kb", "update", f"KB-{dice.randint(1, 70)}", "-t", text(3), "--body", text(40)]
    if kind == 1:
        return ["search", "index"]
    for _ in range(dice.randint(1, 4)):
        must("ticket", "update", f"T-{dice.randint(1, 300)}", "--title", text(4), db=db)
    return ["tick"]


def seconds_of(words):
    began = time.monotonic()
    must(*words, db=db)
    return time.monotonic() - began


def check_answers():
    fault.copy_store(db, SCRATCH / "copy.db")
    before = answers(SCRATCH / "copy.db")
    must("search", "index", "-q", db=SCRATCH / "copy.db")
    if answers(SCRATCH / "copy.db") != before:
        fail("an index made anew finds something else")


must("db", "init", "-q", db=db)
for number in range(70):
    must("kb", "create", "-q", "--publish", "-t", f"{text(3)} {number}", "--body", text(30), db=db)
records = "".join(f'{{"title": "{text(3)} {number}", "description": "{text(20)}"}}\n' for number in range(300))
(SCRATCH / "tickets.jsonl").write_text(records)
must("ticket", "import", SCRATCH / "tickets.jsonl", db=db)
must("tick", db=db)
spans = {words[0]: seconds_of(words) for words in (["kb", "update", "KB-1", "-t", text(3)], ["search", "index"], ["tick"])}
killed = 0
for number in range(ROUNDS):
    words = change()
    process = subprocess.Popen([UMSOPS, "--db", db, *words], env=fault.environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, cwd=SCRATCH)
    time.sleep(dice.uniform(0, spans[words[0]]))
    process.kill()
    killed += process.wait() == -9
    must("search", "index", "--check", "-q", db=db)
    if number % 10 == 9:
        check_answers()
if killed < ROUNDS // 4:
    fail(f"only {killed} of {ROUNDS} were killed in time")
if complaints := fault.unsound(db):
    fail(complaints)
print(f"searched: {ROUNDS} rounds, {killed} killed in time; the index was right each time")
