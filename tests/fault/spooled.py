#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""spooled.py UMSOPS [--long]: reports for two desks that are not there, kept by several programs at once that are killed
at random moments; then both desks are made and flushed, the flushes killed, too. Each report that was acknowledged is
filed once, in its own desk, and none in the other."""
import collections
import random
import subprocess
import time

import fault
from fault import LONG, SCRATCH, SEED, fail, must

REPORTS = 1000 if LONG else 120
KILLS = 200 if LONG else 30
dice = random.Random(SEED)
desks = [SCRATCH / "disk" / "a.db", SCRATCH / "disk" / "b.db"]  # the folder is away, too
acknowledged = [set(), set()]


def start(desk, *words):
    return subprocess.Popen([fault.UMSOPS, "--db", str(desk), *words], env=fault.environment(), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def keep_all():
    """Four at a time, every fourth of them killed somewhere; only what was acknowledged counts."""
    killed = 0
    for first in range(0, REPORTS, 4):
        running = []
        for number in range(first, first + 4):
            desk = dice.randrange(2)
            # The same keys for both desks: they are different reports.
            words = ("ticket", "create", "-t", f"report {number} for {desk}", "--key", f"key:{number}", "--spool", "-q")
            running.append((desk, number, start(desks[desk], *words)))
        if first % 16 == 0:
            time.sleep(dice.uniform(0, 0.01))
            dice.choice(running)[2].kill()
        for desk, number, process in running:
            text, problem = process.communicate(timeout=fault.MOST_SECONDS)
            if process.returncode == 0 and text == f"key:{number}\n":
                acknowledged[desk].add(f"key:{number}")
            elif process.returncode == -9:
                killed += 1
            else:
                fail(f"create --spool: exit {process.returncode}: {text[-300:]}{problem[-300:]}")
    return killed


def flush_all():
    """Flushes of both desks against each other, one of them killed each time. Each finds all reports again, as if none
    of those before had come so far as to take its own away."""
    spool = SCRATCH / ".local/state/umsops/spool.jsonl"
    full = spool.read_bytes()
    killed, window = 0, 0.05
    for _ in range(KILLS):
        spool.write_bytes(full)
        running = [start(desk, "db", "flush", "-q") for desk in desks]
        time.sleep(dice.uniform(0, window))
        dice.choice(running).kill()
        codes = []
        for process in running:
            text, problem = process.communicate(timeout=fault.MOST_SECONDS)
            codes.append(process.returncode)
            # 7: the other one is at work.
            if process.returncode not in (0, 7, -9):
                fail(f"db flush: exit {process.returncode}: {text[-300:]}{problem[-300:]}")
        killed += codes.count(-9)
        # Whoever ended on its own had the time that it needs.
        window = min(window * 1.3, 2) if -9 in codes else max(window * 0.7, 0.002)
    for desk in desks:
        must("db", "flush", "-q", db=desk)
    return killed


def check(number):
    desk = desks[number]
    filed = collections.Counter(ticket["key"] for ticket in fault.tickets(desk))
    titles = {ticket["title"].rpartition(" ")[2] for ticket in fault.tickets(desk)}
    if lost := acknowledged[number] - filed.keys():
        fail(f"{desk}: acknowledged and not filed: {sorted(lost)[:5]}")
    if twice := [key for key, count in filed.items() if count > 1]:
        fail(f"{desk}: filed more than once: {twice[:5]}")
    if titles - {str(number)}:
        fail(f"{desk} has reports of the other desk")
    if complaints := fault.unsound(desk):
        fail(complaints)
    return len(filed)


clock = fault.Clock()
killed_creates = keep_all()
desks[0].parent.mkdir()
for desk in desks:
    must("db", "init", db=desk)
killed_flushes = flush_all()
counts = [check(0), check(1)]
if left := must("db", "spool", "list", "-q", db=desks[0]):
    fail(f"still in the spool: {left[:300]}")
print(f"{sum(map(len, acknowledged))} reports acknowledged, {counts[0]} and {counts[1]} filed, {killed_creates} creates and "
      f"{killed_flushes} flushes killed, {clock.seconds():.0f} s")
