#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""runbooks.py UMSOPS [--long]: executions whose process is killed at a random moment and taken up again until they have
come to their end: no step is lost, none is run twice, and the timeline tells what happened. Steps that hang, ignore
signals, leave their session, flood, print bytes or die: nothing of them is left, and the store stays sound. Processes that
race for one execution: one of them has it."""
import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import fault
from fault import LONG, SCRATCH, SEED, fail, must, run

ROUNDS = 500 if LONG else 12
dice = random.Random(SEED)
db = fault.new_desk("desk.db")
FILE = SCRATCH / "runbook.yaml"
MARK = f"umsops_fault_{os.getpid()}"
must("db", "init", db=db)


def start(*words, actor="li.na"):
    env = fault.environment() | {"UMSOPS_ACTOR": actor}
    return subprocess.Popen([fault.UMSOPS, "--db", str(db), *map(str, words)], env=env, cwd=SCRATCH, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def execution(number):
    return json.loads(must("runbook", "log", number, "-o", "json", db=db))


def survivors():
    """Processes that carry the mark in their words."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if MARK.encode() in words and b"runbooks.py" not in words:
            found.append(path.parent.name)
    return found


def write_counted(name, steps, checked=True):
    """Steps that each write their name down once, with a moment before and after it in which they can be cut off."""
    lines = [f"kind: runbook\nid: {name}\nsteps:"]
    for step in steps:
        lines.append(f"  - id: {step}\n    run: [sh, -c, 'sleep 0.0$1; echo $UMSOPS_STEP >>{name}.trace; sleep 0.0$2', {MARK}, "
                     f"'{dice.randrange(1, 6)}', '{dice.randrange(1, 6)}']")
        if checked:
            lines.append(f"    check: [grep, -qx, {step}, {name}.trace]")
    FILE.write_text("\n".join(lines) + "\n")
    (SCRATCH / f"{name}.trace").write_text("")


def killed_somewhere(process, longest):
    """Kills it at a random moment, if it is still there then."""
    time.sleep(dice.uniform(0, longest))
    process.kill()
    process.communicate(timeout=fault.MOST_SECONDS)
    return process.returncode == -signal.SIGKILL


def kill_and_resume():
    kills = resumes = asked = 0
    for number in range(ROUNDS):
        name, steps, checked = f"k{number}", ["one", "two", "three", "four"], number % 4 != 3
        write_counted(name, steps, checked)
        incident = must("incident", "create", "-t", name, "-q", db=db).strip()
        kills += killed_somewhere(start("runbook", "run", name, "--file", FILE, "--incident", incident, "--execute"), 0.5)
        listed = json.loads(must("runbook", "log", "-w", f"runbook={name}", "-o", "json", db=db))["items"]
        if not listed:
            continue  # it was killed before anything was stored
        one = listed[0]["id"]
        for attempt in range(60):
            if execution(one)["state"] == "SUCCEEDED":
                break
            word = []
            if execution(one)["state"] == "UNKNOWN":
                cut = next(step["id"] for step in execution(one)["steps"] if step["state"] == "UNKNOWN")
                done = cut in (SCRATCH / f"{name}.trace").read_text().split()
                word = ["--assume", "done" if done else "not-done"]
                asked += 1
            process = start("runbook", "resume", one, *word)
            resumes += 1
            if attempt < 4:
                kills += killed_somewhere(process, 0.5)
            else:
                process.communicate(timeout=fault.MOST_SECONDS)
        else:
            fail(f"{name} never comes to its end: {execution(one)}")
        trace = (SCRATCH / f"{name}.trace").read_text().split()
        if trace != steps:
            fail(f"{name}: the steps were run as {trace}")
        states = [step["state"] for step in execution(one)["steps"]]
        if states != ["SUCCEEDED"] * len(steps):
            fail(f"{name}: {states}")
        told = [entry["data"] for entry in json.loads(must("incident", "show", incident, "-o", "json", db=db))["timeline"]
                if entry["kind"] == "STEP"]
        for step in steps:
            if [one.get("state") for one in told if one.get("step") == step and one.get("part", "main") == "main"].count("SUCCEEDED") > 1:
                fail(f"{name}: the timeline tells twice that {step} was done: {told}")
            if not any(one.get("step") == step for one in told):
                fail(f"{name}: the timeline does not tell of {step}: {told}")
        if told[-1].get("state") != "SUCCEEDED":
            fail(f"{name}: the timeline does not tell of the end: {told}")
    if survivors():
        fail(f"processes are left: {survivors()}")
    if complaints := fault.unsound(db):
        fail(complaints)
    if kills < ROUNDS // 3:
        fail(f"only {kills} of the processes were alive when they were killed")
    return f"{ROUNDS} executions, {kills} kills, {resumes} resumes, {asked} words of a person"


class Slow(BaseHTTPRequestHandler):
    """Takes a moment over what it is asked to do, does it, and says so."""
    keys = {}

    def do_POST(self):
        number = self.path.strip("/")
        time.sleep(dice.uniform(0, 0.2))
        self.keys.setdefault(number, []).append(self.headers["Idempotency-Key"])
        (SCRATCH / f"done.{number}").touch()
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def requests_cut_off():
    """A request that was cut off goes on without its process: whoever takes the step up waits for its end, and asks."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rounds, kills = (200 if LONG else 10), 0
    for number in range(rounds):
        FILE.write_text(f"kind: runbook\nid: h{number}\nsteps:\n  - id: ask\n    http: {{url: 'http://127.0.0.1:{server.server_port}/{number}', "
                        f"method: POST}}\n    check: [test, -e, done.{number}]\n")
        kills += killed_somewhere(start("runbook", "run", f"h{number}", "--file", FILE, "--execute"), 0.25)
        listed = json.loads(must("runbook", "log", "-w", f"runbook=h{number}", "-o", "json", db=db))["items"]
        if listed and listed[0]["state"] != "SUCCEEDED":
            must("runbook", "resume", listed[0]["id"], db=db)
        keys = Slow.keys.get(str(number), [])
        if listed and len(keys) != 1:
            fail(f"request {number} arrived {len(keys)} times: {keys}")
    server.shutdown()
    return f"{rounds} requests, {kills} of them cut off"


HOSTILE = {  # name -> python or shell, what is expected of the step, seconds beyond the time-out
    "hangs": (["sleep", "1000"], "TIMED_OUT"),
    "ignores": (["sh", "-c", "trap '' TERM INT HUP; while :; do sleep 0.1; done", MARK], "TIMED_OUT"),
    "forks": (["python3", "-c", f"import os,time\nfor _ in range(20): os.fork() or time.sleep(1000)\ntime.sleep(1000) #{MARK}"],
              "TIMED_OUT"),
    "leaves": (["python3", "-c", "import os,signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                "if os.fork() == 0:\n os.setsid()\n if os.fork() == 0:\n  time.sleep(1000)\n os._exit(0)\n"
                f"time.sleep(1000) #{MARK}"], "TIMED_OUT"),
    "closes": (["python3", "-c", f"import os,time\nfor i in range(3): os.close(i)\ntime.sleep(1000) #{MARK}"], "TIMED_OUT"),
    "bytes": (["head", "-c", "300000", "/dev/urandom"], "SUCCEEDED"),
    "controls": (["printf", "\\033]0;title\\007\\033[2J\\r\\000\\342\\200\\256x"], "SUCCEEDED"),
    "dies": (["sh", "-c", "kill -9 $$"], "FAILED"),
    "absent": (["./no-such-program"], "FAILED"),
    "long": (["sh", "-c", "yes | tr -d '\\n' | head -c 5000000"], "SUCCEEDED"),
}


def hostile():
    flood = 1 << 30 if LONG else 1 << 26
    programs = dict(HOSTILE, floods=(["head", "-c", str(flood), "/dev/zero"], "SUCCEEDED"))
    lines = ["kind: runbook\nid: hostile\nsteps:"]
    for name, (command, _) in programs.items():
        limit = "60s" if name == "floods" else "1s" if programs[name][1] == "TIMED_OUT" else "10s"
        lines.append(f"  - {{id: {name}, run: {json.dumps(command)}, timeout: {limit}, continue_on_failure: true}}")
    FILE.write_text("\n".join(lines) + "\n")
    one = json.loads(run("runbook", "run", "hostile", "--file", FILE, "--execute", "-o", "json", db=db).stdout)
    for step in one["steps"]:
        expected = programs[step["id"]][1]
        if step["state"] != expected:
            fail(f"{step['id']} is {step['state']}, not {expected}: {step}")
        if expected == "TIMED_OUT" and step["duration_ms"] > 1000 + 10_000:
            fail(f"{step['id']} took {step['duration_ms']} ms to be ended")
        if len((step["output"] or "").encode()) > 40_000:
            fail(f"{step['id']}: {len(step['output'])} characters are kept")
        if any(ord(letter) < 32 and letter not in "\n\t" for letter in step["output"] or ""):
            fail(f"{step['id']}: controls in {step['output']!r}")
    flooded = next(step for step in one["steps"] if step["id"] == "floods")
    if flooded["bytes"] != flood:
        fail(f"of {flood} bytes {flooded['bytes']} were counted")
    logs = sum(path.stat().st_size for path in SCRATCH.rglob("*.log"))
    if logs > 200 << 20:
        fail(f"the logs take {logs} bytes")
    if survivors():
        fail(f"processes are left: {survivors()}")
    if complaints := fault.unsound(db):
        fail(complaints)
    return f"{len(programs)} hostile steps"


def races():
    FILE.write_text("kind: runbook\nid: race\nsteps:\n  - {id: hand, manual: wait}\n"
                    "  - {id: once, run: [sh, -c, 'echo x >>race.trace; sleep 0.3']}\n")
    rounds = 20 if LONG else 3
    for number in range(rounds):
        (SCRATCH / "race.trace").write_text("")
        incident = must("incident", "create", "-t", "race", "-q", db=db).strip()
        begun = [start("runbook", "run", "race", "--file", FILE, "--incident", incident, "--execute", "-q") for _ in range(4)]
        texts = [process.communicate(timeout=fault.MOST_SECONDS) for process in begun]
        codes = sorted(process.returncode for process in begun)
        if codes != [4, 4, 4, 10]:
            fail(f"four that begin for one incident end with {codes}: {texts}")
        one = next(text[0].strip() for text, process in zip(texts, begun) if process.returncode == 10)
        taking = [start("runbook", "resume", one, "--done") for _ in range(4)]
        texts = [process.communicate(timeout=fault.MOST_SECONDS) for process in taking]
        codes = sorted(process.returncode for process in taking)
        if codes != [0, 4, 4, 4] or (SCRATCH / "race.trace").read_text() != "x\n":
            fail(f"four that resume one execution end with {codes}: {texts}")
    return f"{rounds} races"


def asked_to_stop():
    """SIGTERM ends the step with all it started, and the execution can be taken up again."""
    FILE.write_text(f"kind: runbook\nid: stop\nsteps:\n  - id: slow\n    run: [sh, -c, 'sleep 1000 & sleep 1000', {MARK}]\n"
                    "    check: ['false']\n    timeout: 1m\n  - {id: last, run: ['true']}\n")
    for sent, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        process = start("runbook", "run", "stop", "--file", FILE, "--execute")
        while not survivors():
            time.sleep(0.05)
        process.send_signal(sent)
        process.communicate(timeout=20)
        if process.returncode != code:
            fail(f"{sent.name}: exit {process.returncode}")
        if survivors():
            fail(f"{sent.name}: left are {survivors()}")
        one = json.loads(must("runbook", "log", "--limit", "1", "-o", "json", db=db))["items"][0]
        if one["state"] != "RUNNING" or one["host"] is not None:
            fail(f"{sent.name}: it stands at {one}")
        must("runbook", "cancel", one["id"], db=db)
    return "2 signals"


print(f"runbooks: {kill_and_resume()}, {requests_cut_off()}, {hostile()}, {races()}, {asked_to_stop()}")
