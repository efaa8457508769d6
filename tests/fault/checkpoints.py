#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""checkpoints.py UMSOPS [--long]: no checkpoint and no writer can overtake another. Eight loops create tickets under
strace, and every single call is held against these rules:

1. Every write to the store itself, the log, and every change of their length happens while the process holds the lock
   file exclusively.
2. A write to the store itself (a checkpoint) moreover holds SQLite's checkpoint lock (byte 121 of -shm), a write to the
   log its write lock (byte 120), the truncation of the log both.

Taking the bytes 120 to 122 without the lock file is allowed to whoever makes the index of the log anew, as readers do:
that writes to -shm alone, which rule 1 shows."""
import re
import threading

import fault
from fault import LONG, SCRATCH, fail, must, run

LOOPS, EACH = 8, 5000 // 8 if LONG else 15
READS = 5  # after so many creates a reader looks on
DB = SCRATCH / "desk.db"
CALLS = "flock,fcntl,openat,close,ftruncate,pwrite64,fallocate,write,mmap,dup,dup2,dup3"
WRITE, CHECKPOINT = 120, 121
STORE, LOG, INDEX, LOCK = str(DB), f"{DB}-wal", f"{DB}-shm", f"{DB}.lock"

guard = threading.Lock()
totals = dict.fromkeys(("processes", "checkpoints", "copied", "logged", "rebuilt"), 0)
broken = []


WRITES = ("pwrite64", "ftruncate", "fallocate", "write")


class Process:
    def __init__(self):
        self.lock_file = False
        self.held = set()  # bytes of -shm that are locked exclusively
        self.problems = []
        self.copied = self.logged = self.rebuilt = self.truncated = 0

    def read(self, trace):
        for call in fault.whole_calls(trace, WRITES):
            match = re.match(r"(\w+)\((-?\d+)<([^>]*)>(.*?)\)? += (-?\d+)", call)
            if match and int(match[5]) >= 0:
                self.see(match[1], match[3], match[4], call)
        return self

    def see(self, name, path, rest, call):
        if name == "flock" and path == LOCK:
            self.lock_file = "LOCK_EX" in rest
        elif name == "close":
            # the end of any descriptor of -shm ends all of the process's locks on it
            if path == LOCK:
                self.lock_file = False
            elif path == INDEX:
                self.held.clear()
        elif name == "fcntl" and path == INDEX and "F_SETLK" in rest:
            kind, start, length = re.search(r"l_type=(\w+).*l_start=(\d+), l_len=(\d+)", rest).groups()
            touched = set(range(int(start), int(start) + int(length)))
            self.held -= touched
            if kind == "F_WRLCK":
                self.held |= touched
                self.rebuilt += CHECKPOINT in touched and not self.lock_file
        elif name in WRITES and path in (STORE, LOG):
            self.judge(name, path, call)

    def judge(self, name, path, call):
        if not self.lock_file:
            self.problems.append(f"without the lock file: {call[:150]}")
        if path == STORE:
            self.copied += 1
            needed = {CHECKPOINT}
        elif name == "ftruncate":
            self.truncated += 1
            needed = {WRITE, CHECKPOINT}
        else:
            self.logged += 1
            needed = {WRITE}
        if not needed <= self.held:
            self.problems.append(f"without byte {needed - self.held} of -shm: {call[:150]}")


def trace_of(loop, *words):
    trace = SCRATCH / f"trace-{loop}"
    # a mapping of the store that can be written to would be a way around pwrite64
    result = run(*words, db=DB, before=("strace", "-f", "-y", "-e", f"trace={CALLS}", "-o", str(trace)))
    if result.returncode != 0:
        fail(f"{words}: exit {result.returncode}: {result.stderr}")
    return trace.read_text()


kept = []  # one trace with a checkpoint, for the test of this test


def loop(number):
    for i in range(EACH):
        traces = [trace_of(number, "ticket", "create", "-t", f"ticket {i} of {number}", "--key", f"{number}-{i}", "-q")]
        if i % READS == 0:
            traces.append(trace_of(number, "ticket", "list", "-q"))
        for trace in traces:
            process = Process().read(trace)
            mapped = [line for line in trace.splitlines() if "PROT_WRITE" in line and "MAP_SHARED" in line and
                      (f"<{STORE}>" in line or f"<{LOG}>" in line)]
            with guard:
                broken.extend(process.problems + mapped)
                totals["processes"] += 1
                totals["copied"] += process.copied
                totals["logged"] += process.logged
                totals["rebuilt"] += process.rebuilt > 0
                totals["checkpoints"] += process.truncated > 0 or process.copied > 0
                if process.copied and process.truncated and not kept:
                    kept.append(trace)


must("db", "init", db=DB)
threads = [threading.Thread(target=loop, args=(number,)) for number in range(LOOPS)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]

print("checkpoints: {processes} processes, {checkpoints} checkpoints with {copied} writes to the store, {logged} writes "
      "to the log, {rebuilt} times the log's index was made anew without the lock file; ".format(**totals) +
      f"{len(broken)} writes without their locks")
for problem in broken[:10]:
    print(problem)
if broken:
    fail(f"{len(broken)} writes without their locks")
if not kept:
    fail("no checkpoint was seen")
# Can this test fail at all? Without its flock, and without its checkpoint lock, that checkpoint is an offence.
for left_out in (r"flock\(", r"F_WRLCK, l_whence=SEEK_SET, l_start=121"):
    if not Process().read("\n".join(line for line in kept[0].splitlines() if not re.search(left_out, line))).problems:
        fail(f"a trace without {left_out} is not objected to: this test cannot find anything")
if len(fault.tickets(DB)) != LOOPS * EACH:
    fail("tickets are missing")
if complaints := fault.unsound(DB):
    fail(complaints)
