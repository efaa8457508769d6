#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""container.py FOLDER: the steps of examples/container, one after the other, in a Debian root in the place of a container's. What
they would fetch is there already."""
import json
import pathlib
import re
import sys

from debian_root import Root

MADE = pathlib.Path(sys.argv[1])
RECIPE = pathlib.Path(__file__).resolve().parents[2] / "examples/container/Containerfile"
# The root has what apt would fetch, and no lists: what is asked for must be there, and nothing else may be.
APT = """#!/bin/sh
[ "$1" != update ] || exit 0
exec /usr/bin/apt-get "$@"
"""


def steps():
    text = re.sub(r"^#.*\n", "", RECIPE.read_text(), flags=re.M).replace("\\\n", " ")
    return [line.split(None, 1) for line in text.splitlines()]


def main():
    env, user, folder, entry, command, seen = {}, None, "/", [], [], []
    with Root(MADE / "root.tar") as root:
        (root.folder / "usr/local/sbin/apt-get").write_text(APT)
        root.run("chmod", "755", "/usr/local/sbin/apt-get")
        for word, rest in steps():
            seen.append(word)
            if word == "FROM":
                assert rest.startswith("debian:12")
            elif word == "COPY":
                *sources, target = rest.split()
                for source in sources:
                    [file] = MADE.glob(f"packages/{source}")
                    root.put(file, target)
            elif word == "RUN":
                root.run("sh", "-c", rest, user=user, **env, PATH="/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin")
            elif word == "ENV":
                env |= dict(pair.split("=", 1) for pair in rest.split())
            elif word == "USER":
                user = rest
            elif word == "WORKDIR":
                folder = rest
                assert root.run("stat", "-c", "%U", folder).strip() == "umsops"
            elif word == "ENTRYPOINT":
                entry = json.loads(rest)
            elif word == "CMD":
                command = json.loads(rest)
            else:
                assert word == "VOLUME" and rest == folder, (word, rest)
        assert seen[-2:] == ["ENTRYPOINT", "CMD"]
        assert not list((root.folder / "tmp").iterdir())

        def umsops(*arguments):
            return root.run("env", "-C", folder, *entry, *arguments, user=user, **env)
        assert "Usage" in umsops(*command)
        umsops("db", "init")
        assert umsops("ticket", "create", "-t", "无法登录", "-q").strip() == "T-000001"
        umsops("tick", "-q")
        umsops("audit", "verify")
    print("1 passed, 0 failed")


main()
