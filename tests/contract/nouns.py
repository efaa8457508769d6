#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Record kinds are data: only files of a noun (`ticket_check.cpp`, `cli/ticket/...`) spell it out. This counts the other
files whose code (comments left out) does, room by room, and refuses a room that has more of them than it had when this
was written. Fewer is progress: lower the number here. `nouns.py --list` prints the files."""
import collections
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CAPS = {
    "ticket": {"cli": 81, "config": 15, "desk": 94, "prepared": 2, "dialogue": 1, "include": 44, "ladder": 1, "lifecycle": 3, "mail": 1,
               "model": 14, "query": 1, "report": 2, "rules": 2, "sla": 4, "store": 27, "alert": 1, "notify": 2, "review": 1},
    "incident": {"cli": 67, "config": 7, "desk": 54, "include": 27, "model": 10, "mute": 1, "notify": 3, "report": 1, "rules": 1,
               "runbook": 4, "store": 14, "review": 3},
}


def room_of(path):
    parts = path.split("/")
    return "cli" if parts[0] == "cli" else "include" if parts[1] == "include" else parts[2]


def code_of(path):
    text = re.sub(r"/\*.*?\*/", "", (ROOT / path).read_text(), flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def main():
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "lib/src", "lib/include", "cli"], text=True, check=True,
                            stdout=subprocess.PIPE).stdout.split()
    sources = [path for path in listed if re.search(r"\.(cpp|hpp|def)$", path)]
    problems = 0
    for noun, caps in CAPS.items():
        own = re.compile(rf"/{noun}s?[/_.]")
        found = collections.defaultdict(list)
        for path in sources:
            if not own.search(path) and re.search(noun, code_of(path), re.I):
                found[room_of(path)].append(path)
        if "--list" in sys.argv:
            print("\n".join(path for room in sorted(found) for path in found[room]))
        for room, paths in sorted(found.items()):
            if len(paths) > caps.get(room, 0):
                print(f"{room}: {len(paths)} files spell out {noun}, {caps.get(room, 0)} may: {' '.join(paths)}")
                problems += 1
        print(f"{noun}: {sum(map(len, found.values()))} files outside its own spell it out")
    return 1 if problems or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
