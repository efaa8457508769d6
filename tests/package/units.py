#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""units.py UMSOPS: systemd finds the units sound and the service little exposed; the service's command runs, and asks the kernel for
nothing that its filter refuses."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

UMSOPS = pathlib.Path(sys.argv[1]).resolve()
UNITS = pathlib.Path(__file__).resolve().parents[2] / "cmake/packaging/systemd"


def run(*command, codes=(0,), **how):
    got = subprocess.run([str(w) for w in command], capture_output=True, text=True, **how)
    assert got.returncode in codes, (command, got.returncode, got.stdout, got.stderr)
    return got.stdout + got.stderr


def calls_of(words):
    """The system calls that a filter names, groups opened."""
    found = set()
    for word in words:
        if word.startswith("@"):
            inner = run("systemd-analyze", "syscall-filter", word).splitlines()[1:]
            found |= calls_of([line.strip() for line in inner if line.strip() and not line.strip().startswith("#")])
        else:
            found.add(word)
    return found


def check_sound(folder):
    for kind in ("system", "user"):
        here = folder / kind
        here.mkdir()
        for unit in (UNITS / kind).iterdir():
            (here / unit.name).write_text(re.sub(r"^ExecStart=umsops", f"ExecStart={UMSOPS}", unit.read_text(), flags=re.M))
        said = run("systemd-analyze", *(["--user"] if kind == "user" else []), "verify", "--man=no", "umsops-tick.service", "umsops-tick.timer",
                   cwd=here, env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)})
        assert said == "", said
    said = run("systemd-analyze", "security", "--offline=yes", "--threshold=20", "./umsops-tick.service", cwd=folder / "system")
    print(said.splitlines()[-1])


def check_filter(folder):
    """What `tick` and its helper for messages ask for is allowed."""
    text = (UNITS / "system/umsops-tick.service").read_text()
    filters = re.findall(r"^SystemCallFilter=(.*)$", text, re.M)
    allowed = set()
    for words in filters:
        named = calls_of(words.lstrip("~").split())
        allowed = allowed - named if words.startswith("~") else allowed | named
    (folder / "channels.yaml").write_text(
        "kind: channels\nmail_domain: example.org\nusual: [mail]\nchannels:\n  mail: {type: smtp, url: 'smtp://127.0.0.1:9', from: Desk <desk@example.org>}\n")
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_CHANNELS": str(folder / "channels.yaml")}
    as_user = []
    if os.geteuid() == 0:  # root asks for more, as the owner of files
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        for path in (folder, folder / "channels.yaml"):
            shutil.chown(path, "nobody", "nogroup")
    run(*as_user, UMSOPS, "db", "init", env=env)
    run(*as_user, UMSOPS, "ticket", "create", "-t", "VPN", "--requester", "a@example.org", "-q", env=env)
    [command] = re.findall(r"^ExecStart=umsops (.*)$", text, re.M)
    run(*as_user, "strace", "-f", "-qq", "-o", folder / "calls", UMSOPS, *command.split(), env=env, codes=(0, 6))
    calls = set(re.findall(r"^\d+ +(\w+)\(", (folder / "calls").read_text(), re.M))
    assert {"execve", "socket", "fdatasync"} <= calls, calls
    assert not calls - allowed, calls - allowed


def check_users(folder):
    """What systemd makes of the user and the folder is what the package makes."""
    root = folder / "root"
    (root / "etc").mkdir(parents=True)
    run("systemd-sysusers", f"--root={root}", UNITS / "umsops.sysusers")
    [user] = [line.split(":") for line in (root / "etc/passwd").read_text().splitlines() if line.startswith("umsops:")]
    assert user[5] == "/var/lib/umsops" and user[6].endswith("nologin"), user
    run("systemd-tmpfiles", f"--root={root}", "--create", UNITS / "umsops.tmpfiles")
    assert (root / "var/lib/umsops").stat().st_mode & 0o777 == 0o750


def main():
    checks = [check_sound, check_filter, check_users]
    with tempfile.TemporaryDirectory() as scratch:
        for check in checks:
            check(pathlib.Path(scratch))
    print(f"{len(checks)} passed, 0 failed")


main()
