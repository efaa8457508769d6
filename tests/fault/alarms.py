#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""alarms.py UMSOPS [--long]: 64 processes report alarms of one key at once, again and again: one incident, every alarm
counted once, each of its alerts known to fire; then all of them end at once, and it recovers once. With UMSOPS_TEST_DB
the desk lies on that server."""
import json
import threading

import fault
from fault import LONG, SCRATCH, fail, must

WRITERS = 64
EACH = 50 if LONG else 3
ALERTS = 8
DB = fault.new_desk("desk.db")
SENDER = """
kind: sender
name: own
recognise: {path: probe}
state: {from: '{state}', map: {up: resolved, down: firing}}
key: 'own:{group}'
title: '{probe} is down'
fingerprint: '{probe}'
severity: HIGH
"""
failures, results = [], []


def all_at_once(work):
    gate = threading.Barrier(WRITERS)
    threads = [threading.Thread(target=lambda w=w: (gate.wait(), work(w))) for w in range(WRITERS)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]


def report(writer, state):
    body = json.dumps({"probe": f"p{writer % ALERTS}", "group": "g", "state": state})
    result = fault.run("incident", "ingest", "--sender", str(SCRATCH / "own.yaml"), "-o", "json", db=DB, stdin=body)
    if result.returncode != 0:
        failures.append(f"writer {writer}: exit {result.returncode}: {result.stderr}")
    else:
        results.append(json.loads(result.stdout)["items"][0]["result"])


def incidents():
    numbers = must("incident", "list", "-q", "--all", db=DB).split()
    return [json.loads(must("incident", "show", number, "-o", "json", db=DB)) for number in numbers]


(SCRATCH / "own.yaml").write_text(SENDER)
must("db", "init", db=DB)
clock = fault.Clock()
all_at_once(lambda writer: [report(writer, "down") for _ in range(EACH)])
rate = WRITERS * EACH / clock.seconds()
opened = incidents()
told = {word: results.count(word) for word in sorted(set(results))}
results.clear()
all_at_once(lambda writer: report(writer, "up"))
ended = incidents()
recovered = {word: results.count(word) for word in sorted(set(results))}
print(f"alarms: {WRITERS} at once, {WRITERS * EACH} alarms of {ALERTS} alerts, {rate:.0f}/s, {len(failures)} failed, {told}; "
      f"{len(opened)} incident, {opened and opened[0]['alert_count']} counted; ended {recovered}")
if failures:
    fail(failures[:3])
if len(opened) != 1 or opened[0]["alert_count"] != WRITERS * EACH or told.get("created") != 1:
    fail(f"{len(opened)} incidents: {opened[:2]}")
if sorted(opened[0]["firing_alerts"] or []) != [f"p{i}" for i in range(ALERTS)] or told.get("updated") != ALERTS - 1:
    fail(f"what fires: {opened[0]['firing_alerts']} {told}")
if ended[0]["status"] != "RECOVERED" or ended[0]["firing_alerts"] or recovered.get("recovered") != 1:
    fail(f"after the end: {ended[0]['status']} {ended[0]['firing_alerts']} {recovered}")
if recovered.get("updated") != ALERTS - 1 or ended[0]["alert_count"] != WRITERS * EACH:
    fail(f"after the end: {recovered} {ended[0]['alert_count']}")
if complaints := fault.unsound(DB):
    fail(complaints)
