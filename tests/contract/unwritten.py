#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""unwritten.py UMSOPS: what every command says when its answer cannot be written (no room, closed, a reader that is gone)
and when its input is closed. A change is stored then, and the error says so: how many, and by name."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import outputs
from outputs import BINARY, CALLS

# Commands without a schema of their own, or that need another call here.
CALLS = CALLS | {
    "classifier train": [["--from", *outputs.TOPICS]],
    "db backup": [["{d}/backup.db"]],
    "db restore": [["{d}/kept.db", "{d}/restored.db"]],
    "db copy": [["{d}/desk.db", "{d}/copy.db"]],
    "db init": [["--db", "{d}/new.db"]],
    "ticket intake chat": [["--requester", "zhang.wei"]],
    "ticket wake": [["T-2"]],
    "ticket approval ask": [["T-1", "--of", "x"]],
    "ticket approval approve": [["T-3", "--for", "x", "--reason", "y"]],
    "ticket approval decline": [["T-3", "--for", "x", "--reason", "y"]],
    "ticket approval withdraw": [["T-3"]],
    "ticket rate": [["T-4", "4"]],
    "silence expire": [["S-1"]],
    "runbook run": [["plain", *outputs.RUNBOOKS, "--execute"]],
    "runbook resume": [["R-1", "--done"]],
    "runbook cancel": [["R-1"]],
    "runbook log": [["R-1"]],
    "incident respond": [["INC-1", "--next"]],
    "incident resolve": [["INC-1", "--resolution", "x", "--force", "--reason", "y"]],
    "incident close": [["INC-2"]],
    "incident reopen": [["INC-2"]],
    "incident escalate": [["INC-1"]],
    "tick": [["-c", "channels={d}/none.yaml"]],  # that a message could not leave is written down, and told as a failure
    "review submit": [["REV-3"]],
    "review approve": [["REV-4"]],
    "review rework": [["REV-5"]],
    "review close": [["REV-5", "--force", "--reason", "drill"]],
    "requester update": [["li.na", "--name", "x"]],
    "requester merge": [["li.na", "--into", "m.jones"]],
    "requester show": [["li.na"]],
    "privacy export": [["li.na"]],
    "privacy erase": [["m.jones", "--confirm", "m.jones"]],
    "privacy retain": [["--older-than", "2y", "--apply"]],
    "requester history": [["li.na"]],
    "kb search": [["LDAP"]],
    "kb import": [["{d}/articles.jsonl"]],
}
# An answer that is not needed: a mail server must not send again what is stored.
TAKEN = {"ticket intake mail"}
NUL = open(os.devnull)
CLOSED_INPUT = [["ticket", "create", "-t", "x", "--body-file", "-"], ["ticket", "create", "--from-json", "-"],
                ["ticket", "update", "-", "--priority", "LOW"], ["ticket", "note", "-", "--body", "x"],
                ["ticket", "reply", "T-1", "--body-file", "-"], ["ticket", "intake", "json", "-"], ["ticket", "intake", "mail", "-"],
                ["ticket", "intake", "chat"], ["incident", "create", "--from-json", "-"],
                ["incident", "import", "--format", "jsonl", "-"], ["ticket", "import", "--format", "jsonl", "-"], ["schema", "validate", "umsops.error/v1", "-"]]
problems = []


class Desk:
    """Two tickets, made once and copied for each call."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8",
                    "UMSOPS_DB": f"{folder}/desk.db", "UMSOPS_CHANNELS": f"{folder}/channels.yaml"}
        (self.folder / "channels.yaml").write_text("channels:\n  log: {type: file, path: log}\n")
        (self.folder / "none.yaml").write_text("channels: {}\n")
        self.run("db", "init")
        for title in ("first", "second"):
            self.run("ticket", "create", "-t", title, "--requester", "zhang.wei")
        self.run("ticket", "pend", "T-2")
        self.run("ticket", "create", "-t", "third")
        self.run("ticket", "approval", "ask", "T-3", "--of", "x")
        self.run("ticket", "create", "-t", "fourth")
        self.run("ticket", "close", "T-4", "--resolution", "done")
        for title in ("first", "second"):
            self.run("incident", "create", "-t", title)
        self.run("incident", "note", "INC-1", "--body", "seen")
        for number, moves in ((3, ()), (4, ("submit",)), (5, ("submit", "approve"))):
            self.run("incident", "create", "-t", "over")
            self.run("incident", "verify", f"INC-{number}", "--passed", "--note", "it works")
            self.run("review", "create", f"INC-{number}")
            for section in ("overview", "contributing_factors"):
                self.run("review", "update", f"REV-{number}", "--section", section, "--body", "x")
            for move in moves:
                self.run("review", move, f"REV-{number}")
        self.run("requester", "import", str(outputs.ROOT / "examples/directory/people.ldif"))
        self.run("kb", "create", "-t", "LDAP timeouts", "--body", "Restart it.")
        self.run("kb", "create", "--kind", "faq", "-t", "Why?", "--body", "Because.")
        (self.folder / "articles.jsonl").write_text('{"question": "from elsewhere", "answer": "yes"}\n')
        (self.folder / "incidents.jsonl").write_text('{"title": "from elsewhere", "key": "e1"}\n')
        self.run("--db", f"{folder}/away.db", "ticket", "create", "-t", "away", "--key", "spooled", "--spool")
        self.run("silence", "add", "c=d", "--comment", "x")
        self.run("runbook", "run", "hand", *outputs.RUNBOOKS, "--execute")
        self.run("incident", "resolve", "INC-2", "--resolution", "x", "--force", "--reason", "y")
        self.run("ticket", "callback", "add", "T-1", "--at", "+2h", "--contact", "1380000")
        for _ in range(2):
            self.run("classifier", "train", "--from", *outputs.TOPICS)
        self.message = self.run("outbox", "list", "-q").stdout.decode().split()[0]
        self.run("db", "backup", f"{folder}/kept.db")
        shutil.copytree(folder, f"{folder}.kept")

    def reset(self):
        shutil.rmtree(self.folder)
        shutil.copytree(f"{self.folder}.kept", self.folder)

    def run(self, *words, stdout=subprocess.PIPE, **how):
        return subprocess.run([BINARY, *words], env=self.env, cwd=self.folder, stdin=NUL, stdout=stdout, stderr=subprocess.PIPE,
                              timeout=60, **how)

    def entries(self):
        """Of the history; where it lies elsewhere, of what this call makes."""
        return json.loads(self.run("audit", "head", "-o", "json").stdout)["seq"]


def close_output():
    os.close(1)


def gone():
    """The writing end of a pipe that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    return write


def check(desk, path, changes, words, where):
    desk.reset()
    before = desk.entries()
    label = f"umsops {path} {' '.join(words)} {where}"
    how = {"/dev/full": {"stdout": open("/dev/full", "w")}, ">&-": {"preexec_fn": close_output, "stdout": None},
           "| true": {"stdout": gone()}}[where]
    result = desk.run(*path.split(), *words, "--error-format", "json", **how)
    lines = result.stderr.decode().splitlines()
    stored = desk.entries() > before
    if not changes and where == "| true":
        if result.returncode != 0:
            problems.append(f"{label}: exit {result.returncode}")
        return
    wanted = 0 if path in TAKEN else 1
    if result.returncode != wanted or not lines or not lines[-1].startswith("{"):
        problems.append(f"{label}: exit {result.returncode}, not {wanted}: {lines[-1:]}")
        return
    error = json.loads(lines[-1])["error"]
    if error["code"] != "output.failed":
        problems.append(f"{label}: {error['code']}: {error['message']}")
    if stored and (not error["stored"] or "stored" not in error["hint"] or not (error["details"] or path.endswith(" import"))):
        problems.append(f"{label}: it is stored, but: {error}")
    if not stored and error["stored"] and not path.startswith(("db ", "config ", "init")):  # what they store has no history
        problems.append(f"{label}: nothing is stored, but: {error}")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk(scratch + "/desk") if os.mkdir(scratch + "/desk") is None else None
        registry = json.loads(desk.run("commands", "-o", "json").stdout)["items"]
        checked = 0
        for command in registry:
            path, changes = command["path"], command["changes"]
            for call in CALLS.get(path, [])[:1]:
                words = [word.replace("{n}", "T-1").replace("{d}", str(desk.folder)).replace("{m}", desk.message)
                         for word in call]
                for where in ("/dev/full", ">&-", "| true"):
                    check(desk, path, changes, [*words, "-o", "json"], where)
                    checked += 1
            if changes and path not in CALLS:
                problems.append(f"{path}: changes something and has no call here")
        # Nothing is said to be stored by a dry run.
        result = desk.run("ticket", "create", "-t", "x", "-n", stdout=open("/dev/full", "w"))
        if b"stored" in result.stderr.splitlines()[-1]:
            problems.append(f"a dry run: {result.stderr}")
        for words in CLOSED_INPUT:
            desk.reset()
            before = desk.entries()
            result = subprocess.run(["sh", "-c", '"$@" <&-', "sh", BINARY, *words], env=desk.env, cwd=desk.folder,
                                    capture_output=True, timeout=60)
            if result.returncode != 5 or b"it is closed" not in result.stderr or desk.entries() != before:
                problems.append(f"umsops {' '.join(words)} <&-: exit {result.returncode}: {result.stderr.decode()}")
        print(f"{checked} answers unwritten, {len(CLOSED_INPUT)} inputs closed")
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
