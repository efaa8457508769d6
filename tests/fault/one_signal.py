#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""one_signal.py UMSOPS: one SIGTERM, or one SIGINT, ends any command within half a second, whatever it waits for: the lock of
the store, a FIFO, a silent or endless input, a reader that does not read, an editor, a hook, a program that gives a
password, a server. Nothing is stored then, and no file and no program is left behind."""
import concurrent.futures
import fcntl
import json
import os
import pathlib
import pty
import random
import signal
import socket
import subprocess
import tempfile
import time

import fault
from fault import SCRATCH, SEED, UMSOPS, fail, must

dice = random.Random(SEED)
SERVER = socket.create_server(("127.0.0.1", 0))  # it never answers

LIMIT = 30 if os.environ.get("UMSOPS_SLOW") else 3
N, I, K, R = "T-000001", "INC-000001", "KB-000001", "REV-000001"
# How each command that changes something waits for the lock.
RUNBOOKS = str(pathlib.Path(__file__).resolve().parents[1] / "fixtures/runbooks")
LOCKED = {
    "ticket create": ["-t", "x"], "ticket update": [N, "--priority", "LOW"], "ticket assign": [N, "--to", "li.na"],
    "ticket reply": [N, "--body", "x"], "ticket note": [N, "T-2", "--each", "--body", "x"], "ticket pend": [N], "ticket wake": [N],
    "ticket approval ask": [N, "--of", "x"], "ticket approval approve": [N, "--for", "x", "--reason", "y"],
    "ticket approval decline": [N, "--for", "x", "--reason", "y"], "ticket approval withdraw": [N],
    "ticket escalate": [N], "ticket resolve": [N, "--resolution", "x"], "ticket close": [N, "--resolution", "x"],
    "ticket attachment add": [N, f"{SCRATCH}/one.eml"], "ticket rate": [N, "5"], "ticket watch": [N], "ticket unwatch": [N, "--person", "x"], "ticket reopen": [N], "ticket link": [N, "--relates-to", "T-2"], "ticket merge": [N, "--into", "T-2"],
    "ticket import": [f"{SCRATCH}/one.jsonl"], "ticket intake mail": [f"{SCRATCH}/one.eml"], "ticket intake json": [f"{SCRATCH}/one.jsonl"],
    "incident create": [], "incident update": [I, "--severity", "HIGH"], "incident assign": [I, "--to", "li.na"], "incident ack": [I],
    "incident note": [I, "--body", "x"], "incident verify": [I, "--passed", "--note", "x"], "incident ingest": [f"{SCRATCH}/one.alarm"],
    "incident resolve": [I, "--resolution", "x", "--force", "--reason", "y"], "incident close": [I, "--resolution", "x", "--force", "--reason", "y"], "incident reopen": [I],
    "incident escalate": [I], "incident assess": [I], "incident link": [I, "--relates-to", "INC-2"], "incident merge": ["INC-2", "--into", I],
    "incident split": [I, "--entries", "1", "-t", "x"], "incident import": [f"{SCRATCH}/one.incidents.jsonl"],
    "kb create": ["-t", "x"], "kb update": [K, "--title", "x"], "kb publish": [K], "kb archive": [K], "kb vote": [K, "--helpful", "yes"],
    "kb used": [K, "--ticket", N, "--worked", "yes"], "kb import": [f"{SCRATCH}/one.articles.jsonl"], "search index": [], "report columns": ["--days-of", "UTC"], "kb draft": [N],
    "review create": [I], "review update": [R, "--title", "x"], "review submit": [R], "review approve": [R], "review rework": [R],
    "people hand-over": ["wang.fang", "--to", "li.na"], "requester create": ["--account", "c"], "requester update": ["a", "--name", "x"], "requester merge": ["a", "--into", "b"],
    "requester import": [f"{SCRATCH}/people.ldif"], "privacy erase": ["b", "--confirm", "b"],
    "review close": [R, "--force", "--reason", "y"], "review action": [R, "--add", "x"],
    "outbox flush": ["-c", f"channels={SCRATCH}/channels.yaml"], "outbox retry": ["{message}"], "outbox drop": ["{message}"],
    "runbook run": ["plain", "--file", RUNBOOKS, "--execute"], "runbook resume": ["R-1", "--done"], "runbook cancel": ["R-1"],
    "incident respond": [I, "--next"], "silence add": ["a=b", "--comment", "x"], "silence expire": ["S-1"],
    "ticket callback add": [N, "--at", "+2h", "--contact", "1"], "ticket callback done": [N, "--outcome", "x"], "tick": [],
}
# Those that wait for nobody, or have a case of their own below.
OTHERS = {"privacy retain", "init", "config set", "config unset", "classifier train", "classifier rollback", "ticket intake chat", "ticket intake phone", "db init", "db migrate", "db copy", "db flush", "db restore", "db spool drop"}
SILENT = [["ticket", "create", "-t", "x", "--body-file", "-"], ["ticket", "create", "--from-json", "-"],
          ["ticket", "update", "-", "--priority", "LOW"], ["ticket", "import", "--format", "jsonl", "-"],
          ["ticket", "import", "--format", "jsonl", "-", "--continue-on-error"], ["ticket", "intake", "json", "-"],
          ["ticket", "intake", "mail", "-"], ["schema", "validate", "umsops.error/v1", "-"], ["ticket", "intake", "chat"]]
FIFO = [["ticket", "create", "-t", "x", "--body-file", "{f}"], ["ticket", "import", "--format", "csv", "{f}"],
        ["ticket", "intake", "json", "{f}"], ["ticket", "intake", "mail", "{f}"], ["schema", "validate", "umsops.error/v1", "{f}"],
        ["ticket", "export", "-O", "{f}"], ["ticket", "import", "--format", "jsonl", f"{SCRATCH}/one.jsonl", "--continue-on-error", "--rejects", "{f}"]]
AT_ONCE = 10 if os.environ.get("UMSOPS_SLOW") else 0.5
cases, done, late = [], [], []


def waits(*words, **how):
    """A case: it is run with all the others."""
    cases.append((words, how))


def run_case(label, words, *, sent=signal.SIGTERM, code=None, after=0.4, stored=True, env={}, **how):
    """Starts it, sends one signal, and says what was wrong with the end."""
    temporary = pathlib.Path(tempfile.mkdtemp(dir=SCRATCH))
    how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    process = subprocess.Popen([UMSOPS, *words, "--error-format", "json"], cwd=SCRATCH, start_new_session=True,
                               env=fault.environment() | {"TMPDIR": str(temporary), "UMSOPS_DB": str(DB)} | env, **how)
    time.sleep(after)
    if process.poll() is not None:
        return fail(f"{label}: does not wait: exit {process.returncode} {process.stderr and process.stderr.read()}")
    start = time.monotonic()
    process.send_signal(sent)
    try:
        process.wait(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        fail(f"{label}: still there {LIMIT} s after {sent.name}")
    took = time.monotonic() - start
    wanted = code or 128 + sent
    text = process.stderr.read() if process.stderr else b""
    if process.returncode != wanted:
        fail(f"{label}: {sent.name}: exit {process.returncode}, not {wanted}: {text!r}")
    if text and stored and b'"stored":0' not in text:
        fail(f"{label}: {sent.name}: does not say that nothing was stored: {text!r}")
    left = subprocess.run(["ps", "-o", "pid=,args=", "-s", str(process.pid)], capture_output=True, text=True).stdout
    left = "".join(line for line in left.splitlines() if "<defunct>" not in line)
    if left:
        fail(f"{label}: {sent.name}: left behind: {left}")
    if any(temporary.iterdir()):
        fail(f"{label}: {sent.name}: left behind: {list(temporary.iterdir())}")
    if took > AT_ONCE:
        late.append((label, words, dict(sent=sent, code=code, after=after, stored=stored, env=env, **how)))
    return took


def run_cases():
    """Several at once: they wait most of the time."""
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        for job in [pool.submit(run_case, *words, **how) for words, how in cases[len(done):]]:
            job.result()
    done.extend(cases[len(done):])
    # Where several run at once the machine may be what is late: those are asked again, alone.
    for label, words, how in list(late):
        times = [run_case(label, words, **how) or 0 for _ in range(3)]
        if min(times) > AT_ONCE:
            fail(f"{label}: ends only after {min(times):.2f} s")
    late.clear()


def silent_pipe():
    """A pipe that nobody writes to; its writing end stays open in this process."""
    return os.pipe()[0]


def endless(line):
    """A pipe into which somebody writes this for ever."""
    command = ["cat", "/dev/zero"] if line is None else ["yes", line]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def fifo():
    path = SCRATCH / f"fifo{len(cases)}"
    os.mkfifo(path)
    return str(path)


def either():
    """One of the two signals; another one in another run."""
    return dice.choice([signal.SIGTERM, signal.SIGINT])


def hold_lock():
    lock = open(f"{DB}.lock", "a")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def at_terminal():
    """A terminal of its own for input and errors."""
    _, slave = pty.openpty()
    return {"stdin": slave, "stdout": slave, "stderr": slave}


def locked():
    message = must("outbox", "list", "-q", db=DB).split()[0]
    for path, words in LOCKED.items():
        words = [word.replace("{message}", message) for word in words]
        waits(f"{path} for the lock", [*path.split(), *words], sent=either(), code=75 if path == "ticket intake mail" else None)
    block = lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    waits("a signal that was held back", ["ticket", "create", "-t", "x"], preexec_fn=block)


def inputs():
    for words in SILENT:
        waits(f"{' '.join(words)} of a silent pipe", words, sent=either(), stdin=silent_pipe(),
              code=75 if words[2] == "mail" else None, stored=words[0] == "ticket" and words[2] != "chat")
    for words in FIFO:
        path = fifo()
        waits(f"{' '.join(words)} of a FIFO", [word.replace("{f}", path) for word in words], sent=either(),
              code=75 if words[2] == "mail" else None, stored=words[:2] not in (["ticket", "export"], ["schema", "validate"]))
    waits("an endless import", ["ticket", "import", "--format", "jsonl", "-"], stdin=endless('{"title":"a"}'), sent=either(), after=0.2)
    waits("an endless intake", ["ticket", "intake", "json", "-"], stdin=endless('{"action":"ignore"}'), sent=either())


def the_rest():
    config, hooks = SCRATCH / "c.yaml", SCRATCH / "hooks"
    hooks.mkdir()
    (hooks / "on-add.slow").write_text("#!/bin/sh\nexec sleep 60\n")
    (hooks / "on-add.slow").chmod(0o755)
    address = f"postgresql://nobody@127.0.0.1:{SERVER.getsockname()[1]}/x?sslmode=disable"
    config.write_text(f"store: {address}\npassword_command: [sleep, \"60\"]\n")
    config.chmod(0o600)
    for sent in (signal.SIGTERM, signal.SIGINT):  # each has its own way with them
        waits("a reader that does not read", ["commands", "-o", "json"], stdout=os.pipe()[1], stored=False, sent=sent)
        waits("a hook", ["ticket", "create", "-t", "x", "-c", f"hooks={hooks}"], sent=sent)
        waits("a password", ["--config", str(config), "ticket", "create", "-t", "x"], env={"UMSOPS_DB": ""}, sent=sent)
        waits("a silent server", ["--db", address, "ticket", "create", "-t", "x"], sent=sent)
        waits("a silent server, read", ["--db", address, "ticket", "list"], stored=False, sent=sent)
        waits("an editor", ["ticket", "create", "-t", "x", "--edit"], env={"UMSOPS_EDITOR": str(hooks / "on-add.slow"), "CI": ""}, sent=sent,
              **at_terminal())
        waits("a question", ["ticket", "update", *[f"T-{i}" for i in range(1, 30)], "--priority", "LOW"], env={"CI": ""}, sent=sent,
              **at_terminal())


def at_work():
    """What waits for nobody and takes long: a comparison within the engine, a walk over many records."""
    desk = SCRATCH / "long.db"
    must("db", "init", db=desk)
    (SCRATCH / "long.jsonl").write_text("".join(json.dumps({"title": "x", "description": "é" * 32000, "key": str(i)}) + "\n" for i in range(600)))
    must("ticket", "import", f"{SCRATCH}/long.jsonl", "-q", db=desk)
    for sent in (signal.SIGTERM, signal.SIGINT):
        waits("a long comparison", ["ticket", "list", "-w", "description~ab,cd,éb"], env={"UMSOPS_DB": str(desk)}, stored=False, sent=sent)


def ends_by_itself():
    """Input without an end and without a record."""
    for words in (["ticket", "import", "--format", "jsonl", "-"], ["ticket", "import", "--format", "csv", "-"],
                  ["ticket", "intake", "json", "-"], ["ticket", "update", "-", "--priority", "LOW"]):
        for line in (None, "{broken", ""):
            result = subprocess.run([UMSOPS, *words], stdin=endless(line), env=fault.environment() | {"UMSOPS_DB": str(DB)},
                                    cwd=SCRATCH, capture_output=True, timeout=fault.MOST_SECONDS)
            if result.returncode not in (2, 5, 6):
                fail(f"{words} of endless {line!r}: exit {result.returncode} {result.stderr[-300:]!r}")


DB = SCRATCH / "desk.db"
must("db", "init", db=DB)
(SCRATCH / "channels.yaml").write_text("channels:\n  log: {type: file, path: sent.jsonl}\n")
for title in ("first", "second"):
    must("ticket", "create", "-t", title, db=DB)
must("ticket", "assign", "T-2", "--to", "wang.fang", db=DB)
must("ticket", "callback", "add", N, "--at", "+2h", "--contact", "1", db=DB)
for title in ("one", "two"):
    must("incident", "create", "-t", title, db=DB)
must("incident", "note", I, "--body", "x", db=DB)
must("incident", "verify", I, "--passed", "--note", "x", db=DB)
must("review", "create", I, db=DB)
must("requester", "create", "--account", "a", db=DB)
must("requester", "create", "--account", "b", db=DB)
must("kb", "create", "-t", "one", db=DB)
must("silence", "add", "c=d", "--comment", "x", db=DB)
fault.run("runbook", "run", "hand", "--file", RUNBOOKS, "--execute", db=DB)
(SCRATCH / "one.alarm").write_text('{"key":"a","title":"disk full","state":"firing"}')
(SCRATCH / "one.incidents.jsonl").write_text('{"title":"one"}\n')
(SCRATCH / "people.ldif").write_text("dn: uid=d\nuid: d\n")
(SCRATCH / "one.articles.jsonl").write_text('{"title":"one"}\n')
(SCRATCH / "one.jsonl").write_text('{"title":"one","nonsense":1}\n')
(SCRATCH / "one.eml").write_text("From: a@b.example\nSubject: x\n\nx\n")
registry = json.loads(must("commands", "-o", "json"))["items"]
for command in registry:
    if command["changes"] and command["path"] not in LOCKED.keys() | OTHERS:
        fail(f"{command['path']}: changes something and has no case here")
before = must("audit", "head", db=DB)
held = hold_lock()
locked()
run_cases()
held.close()
inputs()
the_rest()
at_work()
run_cases()
ends_by_itself()
if must("audit", "head", db=DB) != before:
    fail("something was stored")
print(f"{len(cases)} commands ended by one signal")
