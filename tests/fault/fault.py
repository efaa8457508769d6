# SPDX-License-Identifier: Apache-2.0
"""What the fault tests share: arguments, a seed that is printed on failure, a scratch folder, running the program."""
import atexit
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

LONG = "--long" in sys.argv
WORDS = [word for word in sys.argv[1:] if word != "--long"]
UMSOPS = str(pathlib.Path(WORDS[0]).resolve())
NAME = pathlib.Path(sys.argv[0]).stem
SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="umsops-fault-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
MOST_SECONDS = 120  # no single command of these tests takes longer, however busy the machine is


def new_desk(name):
    """What to give to --db: a file, or a schema of the server in UMSOPS_TEST_DB. There is no desk in it yet."""
    server = os.environ.get("UMSOPS_TEST_DB")
    if not server:
        return SCRATCH / name
    schema = f"fault_{os.getpid()}_{name.split('.')[0]}"
    subprocess.run(["psql", server, "-qc", f"CREATE SCHEMA {schema}"], check=True)
    return f"{server}&options=-csearch_path%3D{schema}"


def environment(home=SCRATCH):
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return kept | {"HOME": str(home), "UMSOPS_NO_SYSTEM_CONFIG": "1"}


def fail(message):
    text = f"FAILED: {message} (SEED={SEED}, {SCRATCH} is kept)"
    print(text.encode(errors="replace").decode(), flush=True)
    os._exit(1)  # also when a thread says so


def run(*words, db=None, home=SCRATCH, before=(), stdin=None):
    """The program's result; `before` is put in front of it, e.g. strace."""
    command = [*before, UMSOPS, *(["--db", str(db)] if db else []), *map(str, words)]
    return subprocess.run(command, env=environment(home), input=stdin, capture_output=True, text=True, cwd=SCRATCH,
                          errors="surrogateescape", timeout=MOST_SECONDS, stdin=subprocess.DEVNULL if stdin is None else None)


def must(*words, **how):
    """Standard output of a command that has to succeed."""
    result = run(*words, **how)
    if result.returncode != 0:
        fail(f"{' '.join(map(str, words))}: exit {result.returncode}: {result.stdout[-500:]}{result.stderr[-500:]}")
    return result.stdout


def create(key, db, title=None, **how):
    return run("ticket", "create", "-t", title or f"ticket of {key}", "--key", key, "-q", db=db, **how)


def tickets(db, **how):
    return [json.loads(line) for line in must("ticket", "list", "-o", "jsonl", "--all", db=db, **how).splitlines()]


def unsound(db, **how):
    """What `db check` or `audit verify` has to say against the store; empty when it is sound."""
    complaints = ""
    for words in (("db", "check"), ("audit", "verify")):
        result = run(*words, db=db, **how)
        if result.returncode != 0:
            complaints += f"{' '.join(words)}: exit {result.returncode}: {result.stdout[-500:]}{result.stderr[-500:]}"
    return complaints


def copy_store(source, target):
    """Store and log, as a machine finds them after the end of all processes; the index of the log is made anew."""
    for ending in ("", "-wal"):
        if pathlib.Path(f"{source}{ending}").exists():
            shutil.copyfile(f"{source}{ending}", f"{target}{ending}")


def whole_calls(trace, from_start=()):
    """The calls of all threads in a trace of strace -f, whole. One that another thread interrupted counts from its end
    on; those named in `from_start`, of which the end says nothing that matters, from their start."""
    begun = {}
    for line in trace.splitlines():
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").strip()
            if begun[thread].startswith(tuple(from_start)):
                yield begun.pop(thread) + ") = 0"
        elif call.startswith("<..."):
            if thread in begun:
                yield begun.pop(thread) + call.partition("resumed>")[2]
        else:
            yield call


class Clock:
    def __init__(self):
        self.start = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.start
