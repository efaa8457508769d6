#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""reproducible.py SOURCE-FOLDER BUILD-FOLDER [--long]: the same sources compiled in another folder give the same objects,
byte for byte. Each run takes some of them, others with each commit; --long takes all, and nothing of it comes from a cache."""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE, BUILD = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
SOME = 16


def commands():
    """What compiles the program and its library, by source."""
    wanted = (str(SOURCE / "lib") + "/", str(SOURCE / "cli") + "/")
    listed = json.loads((BUILD / "compile_commands.json").read_text())
    return sorted((one for one in listed if one["file"].startswith(wanted)), key=lambda one: one["file"])


def chosen(all_of_them):
    if "--long" in sys.argv:
        return all_of_them
    head = subprocess.run(["git", "-C", str(SOURCE), "rev-parse", "HEAD"], stdout=subprocess.PIPE, text=True)
    step = max(1, len(all_of_them) // SOME)
    first = int(head.stdout.strip() or "0", 16) % step
    return all_of_them[first::step]


def differs(one, other):
    """Compiles it over there; why it is not the same, or nothing."""
    words = [word.replace(str(SOURCE), str(other)) for word in shlex.split(one["command"])]
    words = words[next(i for i, word in enumerate(words) if pathlib.Path(word).name in ("c++", "g++")):]
    made = pathlib.Path(one["directory"].replace(str(SOURCE), str(other))) / words[words.index("-o") + 1]
    made.parent.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(words, cwd=one["directory"].replace(str(SOURCE), str(other)), stderr=subprocess.PIPE, text=True)
    if run.returncode != 0:
        return run.stderr[-2000:]
    here = pathlib.Path(one["directory"]) / words[words.index("-o") + 1]
    return "" if here.read_bytes() == made.read_bytes() else "other bytes"


def main():
    os.environ["CCACHE_DISABLE"] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        other = pathlib.Path(scratch) / "another" / "folder-with-a-longer-name"
        for top in ("lib", "cli", "cmake"):
            shutil.copytree(SOURCE / top, other / top)
        inner = other / BUILD.relative_to(SOURCE)
        shutil.copytree(BUILD / "lib/generated", inner / "lib/generated")
        shutil.copytree(SOURCE / "build/deps", other / "build/deps")
        some = chosen(commands())
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            problems = [(one["file"], why) for one, why in zip(some, pool.map(lambda one: differs(one, other), some)) if why]
    for file, why in problems:
        print(f"{file}: {why}")
    print(f"{len(some) - len(problems)} passed, {len(problems)} failed")
    return 1 if problems or not some else 0


if __name__ == "__main__":
    sys.exit(main())
