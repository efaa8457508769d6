#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""ticks.py UMSOPS [--long]: two ticks at once while time goes on, one of them killed at a random moment, 200 rounds.
Each step of a ladder, each wake-up, each closing and each step of an incident's escalation happens exactly once, in
order, and the messages with it; an incident is muted and let go of as often as the silence begins and ends."""
import collections
import datetime
import json
import random
import subprocess
import time

import fault
from fault import LONG, SCRATCH, SEED, fail, must

ROUNDS = 2000 if LONG else 200
POLICY = """
policies:
  - name: quick
    calendar: 24x7
    response: 10m
    resolution: 30m
    ladder:
      - {at: "-50%", notify: [boss]}
      - {at: "+0", level: LEVEL_1, notify: [boss]}
      - {at: "+10m", time: real, level: LEVEL_2, notify: [boss]}
      - {at: "+30m", level: LEVEL_3, priority: CRITICAL, notify: [boss]}
"""
ESCALATION = """
kind: escalation
policies:
  - name: quick
    steps:
      - {after: 5m, notify: [boss]}
      - {after: 10m, notify: [boss, deputy]}
    repeat: 2
"""
ESCALATION_STEPS = ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
STEPS = ["resolution:-50%", "resolution:+0", "resolution:+10m:real", "resolution:+30m"]
dice = random.Random(SEED)
db = fault.new_desk("desk.db")
now = datetime.datetime(2026, 11, 23, 9, 0, 0)
kills = ticks = 0


def words(*rest):
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return ["--config", str(SCRATCH / "umsops-desk.yaml"), "--now", stamp, *rest]


def tick(wait=True):
    command = [fault.UMSOPS, "--db", str(db), *words("tick", "-o", "json")]
    process = subprocess.Popen(command, env=fault.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return finish(process) if wait else process


def finish(process):
    global ticks
    text, problem = process.communicate(timeout=fault.MOST_SECONDS)
    ticks += 1
    if process.returncode not in (0, -9):
        fail(f"tick: exit {process.returncode}: {text[-500:]}{problem[-500:]}")
    return process.returncode


def one_round(number, window):
    """Two ticks, one of them killed within the window; gives the window that hits half of the next ones alive."""
    global kills
    pair = [tick(wait=False), tick(wait=False)]
    time.sleep(dice.uniform(0, window))
    victim = dice.randrange(2)
    pair[victim].kill()
    ends = [finish(process) for process in pair]
    if ends[1 - victim] != 0:
        fail(f"round {number}: the tick that was left alone ended with {ends[1 - victim]}")
    kills += ends[victim] == -9
    return window * (1.05 if ends[victim] == -9 else 0.95)


def live(number):
    """Something happens at the desk, too."""
    title = f"ticket of round {number}"
    ticket = must(*words("ticket", "create", "-t", title, "-q"), db=db).strip()
    what = dice.randrange(4)
    if what == 0:
        until = (now + datetime.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
        must(*words("ticket", "pend", ticket, "--until", until, "-q"), db=db)
    if what == 3:
        must(*words("incident", "create", "-t", f"incident of round {number}", "--service", "sso", "-q"), db=db)
    if number % 40 == 20:
        must(*words("silence", "add", "service=sso", "--comment", "known", "--duration", "30m", "-q"), db=db)
    if what == 1:
        must(*words("ticket", "resolve", ticket, "--resolution", "done", "-q"), db=db)


def check_incident(number):
    shown = json.loads(must(*words("incident", "show", number, "--history", "-o", "json"), db=db))
    steps, mutings = [], []
    for event in shown["history"]:
        if event["kind"] == "unmuted":
            check_steps(number, steps)
            steps = []
        if event["kind"] in ("muted", "unmuted"):
            mutings.append(event["kind"])
        if "ladder_step" in event["changes"]:
            steps.append(event["changes"]["ladder_step"][1])
    check_steps(number, steps)
    told = [entry for entry in shown["timeline"] if (entry["data"] or {}).get("step")]
    taken = sum("ladder_step" in event["changes"] for event in shown["history"])
    if len(told) != taken or any(a == b for a, b in zip(mutings, mutings[1:])):
        fail(f"{number}: {taken} steps, {len(told)} told, {mutings}")
    if steps != ESCALATION_STEPS and not shown["muted"]:
        due = shown["next_escalation"]["at"]
        if due <= now.strftime("%Y-%m-%dT%H:%M:%SZ"):
            fail(f"{number}: the step of {due} was not taken: {steps}")
    return taken, len(mutings)


def check_steps(number, steps):
    if steps != ESCALATION_STEPS[:len(steps)]:
        fail(f"{number}: steps {steps}")


def check():
    counts = collections.Counter()
    for line in must(*words("incident", "list", "--all", "-q"), db=db).split():
        taken, mutings = check_incident(line)
        counts["escalations"] += taken
        counts["mutings"] += mutings
    for ticket in fault.tickets(db):
        name = ticket["ticket_number"]
        shown = json.loads(must(*words("ticket", "show", name, "--history", "-o", "json"), db=db))
        steps = [event["changes"]["ladder_step"][1] for event in shown["history"] if "ladder_step" in event["changes"]]
        if steps != STEPS[:len(steps)]:
            fail(f"{name}: steps {steps}")
        levels = [record["escalation_level"] for record in shown["escalations"]]
        if levels != sorted(set(levels)) or len(levels) != max(0, len(steps) - 1):
            fail(f"{name}: escalations {levels} for the steps {steps}")
        kinds = collections.Counter(event["kind"] for event in shown["history"])
        if kinds["woken"] > 1 or kinds["closed"] > 1 or kinds["woken"] != kinds["pended"]:
            fail(f"{name}: {dict(kinds)}")
        ladder = json.loads(must(*words("sla", "explain", name, "-o", "json"), db=db))["items"][0]["ladder"]
        for rung in ladder if ticket["status"] not in ("RESOLVED", "CLOSED") else ():
            if (rung["due_at"] <= now.strftime("%Y-%m-%dT%H:%M:%SZ")) != (rung["taken_at"] is not None):
                fail(f"{name}: {rung}")
        counts["steps"] += len(steps)
        counts["woken"] += kinds["woken"]
        counts["closed"] += kinds["closed"]
    return counts


(SCRATCH / "sla.yaml").write_text(POLICY)
(SCRATCH / "escalation.yaml").write_text(ESCALATION)
(SCRATCH / "umsops-desk.yaml").write_text("sla: [sla.yaml]\nescalation: escalation.yaml\nauto_close: 1h\nactor: cron\n")
must("db", "init", db=db)
window = 0.02
for number in range(ROUNDS):
    live(number)
    now += datetime.timedelta(minutes=dice.choice((1, 3, 7, 20)))
    window = one_round(number, window)
now += datetime.timedelta(days=1)
tick()
counts = check()
if tick() or check() != counts:
    fail("another tick did something once more")
complaints = fault.unsound(db)
if complaints:
    fail(complaints)
if kills < ROUNDS / 10:
    fail(f"only {kills} of {ROUNDS} ticks were killed alive")
print(f"ticks: {ROUNDS} rounds of two, {kills} killed alive, {counts['steps']} steps, {counts['woken']} wake-ups, "
      f"{counts['closed']} closings, {counts['escalations']} escalations and {counts['mutings']} mutings of incidents, each once")
