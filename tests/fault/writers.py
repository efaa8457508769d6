#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""writers.py UMSOPS [--long]: 64 writers at once all succeed, lose nothing and leave no gap in the numbers; 64 racers
with one key get the same ticket. With UMSOPS_TEST_DB the desk lies on that server."""
import threading
import time

import fault
from fault import LONG, create, fail

WRITERS = 64
EACH = 500 if LONG else 5
DB = fault.new_desk("desk.db")


def all_at_once(work):
    gate = threading.Barrier(WRITERS)
    threads = [threading.Thread(target=lambda w=w: (gate.wait(), work(w))) for w in range(WRITERS)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]


failures, taken, given = [], [], {}


def write(writer):
    for i in range(EACH):
        start = time.monotonic()
        result = create(f"w{writer}-{i}", DB)
        taken.append(1000 * (time.monotonic() - start))
        if result.returncode != 0:
            failures.append(f"w{writer}-{i}: exit {result.returncode}: {result.stderr}")
        else:
            given[f"w{writer}-{i}"] = result.stdout.strip()


fault.must("db", "init", db=DB)
clock = fault.Clock()
all_at_once(write)
rate = len(taken) / clock.seconds()
stored = {ticket["key"]: ticket["ticket_number"] for ticket in fault.tickets(DB)}
lost = [key for key, number in given.items() if stored.get(key) != number]
gapless = sorted(given.values()) == [f"T-{n:06}" for n in range(1, WRITERS * EACH + 1)]

answers = []
all_at_once(lambda racer: answers.append(create("race", DB)))
numbers = {answer.stdout for answer in answers}
losers = [answer.stderr for answer in answers if answer.returncode != 0]
racing = [ticket for ticket in fault.tickets(DB) if ticket["key"] == "race"]

taken.sort()
print(f"writers: {WRITERS} at once, {len(taken)} creates, {len(failures)} failed, {len(lost)} lost, {rate:.0f} creates/s, "
      f"p50 {taken[len(taken) // 2]:.0f} ms, p99 {taken[len(taken) * 99 // 100]:.0f} ms; "
      f"{len(answers)} racers, {len(losers)} failed, {len(racing)} ticket")
if failures or lost or not gapless:
    fail(f"{failures[:3]} lost {lost[:3]}, numbers {'in order' if gapless else 'with gaps or twice'}")
if losers or len(numbers) != 1 or len(racing) != 1:
    fail(f"the race: {losers[:3]} {numbers} {len(racing)} tickets")
if complaints := fault.unsound(DB):
    fail(complaints)
