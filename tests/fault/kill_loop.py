#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""kill_loop.py UMSOPS [--long]: four writers file tickets, each process is killed at a random moment, and its key is
then repeated until it is acknowledged. What was acknowledged is there, and every key has one ticket."""
import collections
import random
import subprocess
import threading
import time

import fault
from fault import LONG, SCRATCH, SEED, create, fail

WRITERS = 4
ROUNDS = 10_000 if LONG else None  # a short run goes by time
SECONDS = 12
DB = SCRATCH / "desk.db"

guard = threading.Lock()
rounds = kills = printed = checks = 0
acknowledged = {}  # key -> number
over = threading.Event()


def acknowledge(key, text):
    number = text.strip()
    if not number.startswith("T-"):
        fail(f"{key} was acknowledged with {text!r}")
    with guard:
        if acknowledged.setdefault(key, number) != number:
            fail(f"{key} was acknowledged as {acknowledged[key]} and as {number}")


def one_round(writer, number, dice, window):
    """Kills one process within the window, in seconds; gives the window that hits half of the next ones alive."""
    global rounds, kills, printed
    key = f"w{writer}-{number}"
    title = f"ticket of {key} " + "x" * dice.randrange(100)
    command = [fault.UMSOPS, "--db", str(DB), "ticket", "create", "-t", title, "--body", "长文本" * dice.randrange(2000),
               "--key", key, "-q"]
    process = subprocess.Popen(command, env=fault.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(dice.uniform(0, window))
    process.kill()
    text, problem = process.communicate()
    killed = process.returncode == -9
    if process.returncode not in (0, -9):
        fail(f"{key}: exit {process.returncode}: {problem}")
    if text.endswith("\n"):  # a number that was printed counts, killed or not
        acknowledge(key, text)
    for _ in range(5):
        again = subprocess.run(command, env=fault.environment(), capture_output=True, text=True, timeout=60)
        if again.returncode == 0:
            break
        if again.returncode not in (7, 11):
            fail(f"retry of {key}: exit {again.returncode}: {again.stderr}")
    else:
        fail(f"{key} is never acknowledged: {again.stderr}")
    acknowledge(key, again.stdout)
    with guard:
        rounds += 1
        kills += killed
        printed += killed and text.endswith("\n")
    return window * (1.05 if killed else 0.95)


def writer(name, window):
    dice = random.Random(f"{SEED}-{name}")
    number = 0
    while rounds < ROUNDS if ROUNDS else clock.seconds() < SECONDS:
        window = one_round(name, number, dice, window)
        number += 1


def watcher():
    """Looks on while they are killed: the store is sound at every moment."""
    global checks
    while not over.wait(0.7):
        complaints = fault.unsound(DB)
        if complaints:
            fail(f"after {rounds} rounds: {complaints}")
        checks += 1


fault.must("db", "init", db=DB)
start = time.monotonic()
warm = [threading.Thread(target=lambda w=w: [create(f"warm{w}-{i}", DB) for i in range(5)]) for w in range(WRITERS)]
[thread.start() for thread in warm]
[thread.join() for thread in warm]
usual = (time.monotonic() - start) / 5

clock = fault.Clock()
watching = threading.Thread(target=watcher)
threads = [threading.Thread(target=writer, args=(w, 2 * usual)) for w in range(WRITERS)]
[thread.start() for thread in (watching, *threads)]
[thread.join() for thread in threads]
over.set()
watching.join()

stored = {ticket["key"]: ticket["ticket_number"] for ticket in fault.tickets(DB)}
times = collections.Counter(ticket["key"] for ticket in fault.tickets(DB))
lost = [key for key, number in acknowledged.items() if stored.get(key) != number]
doubled = [key for key, count in times.items() if count != 1]
complaints = fault.unsound(DB)
print(f"kill_loop: {rounds} rounds, {kills} kills on a live process ({printed} after its answer), {len(lost)} lost, "
      f"{len(doubled)} doubled, {bool(complaints):d} unsound, {checks} checks meanwhile")
if lost or doubled or complaints or set(times) - set(acknowledged) - {k for k in times if k.startswith("warm")}:
    fail(f"lost {lost[:5]} doubled {doubled[:5]} {complaints}")
if kills < rounds / 4:
    fail("hardly any process was still alive when it was killed")
