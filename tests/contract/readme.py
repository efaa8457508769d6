#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""readme.py UMSOPS: runs the sessions that README.md shows (```console), each on a desk of its own and as on a terminal,
and compares what comes with what stands there. UMSOPS_ACCEPT=1 writes what came."""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

UMSOPS = pathlib.Path(sys.argv[1]).resolve()
README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
END = "\x1e"


def commands_of(session):
    return [line[2:] for line in session.splitlines() if line.startswith("$ ")]


def run(session):
    with tempfile.TemporaryDirectory(prefix="readme") as scratch:
        os.makedirs(scratch + "/bin")
        os.symlink(UMSOPS, scratch + "/bin/umsops")
        env = {"PATH": f"{scratch}/bin:/usr/bin:/bin", "HOME": scratch, "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8",
               "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_NOW": "2026-11-24T01:14:00Z", "UMSOPS_ACTOR": "li.na",
               "UMSOPS_FORCE_TTY": "100", "NO_COLOR": "1", "UMSOPS_PAGER": "cat"}
        script = "".join(f"{command}\nprintf '{END}'\n" for command in commands_of(session))
        got = subprocess.run(["bash", "-c", script], cwd=scratch, env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60).stdout.decode()
    return "".join(f"$ {command}\n" + re.sub(r"[ \t]+\n", "\n", out)
                   for command, out in zip(commands_of(session), got.split(END)))


def main():
    text = README.read_text()
    sessions = re.findall(r"```console\n(.*?)```", text, re.S)
    for session in sessions:
        got = run(session)
        if os.environ.get("UMSOPS_ACCEPT") == "1":
            text = text.replace(session, got)
        elif got != session:
            print("".join(difflib.unified_diff(session.splitlines(True), got.splitlines(True), "README.md", "now")))
            return 1
    if os.environ.get("UMSOPS_ACCEPT") == "1":
        README.write_text(text)
    print(len(sessions), "sessions")
    return 0 if len(sessions) >= 2 else 1


sys.exit(main())
