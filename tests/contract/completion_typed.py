#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""completion_typed.py UMSOPS SOURCE-FOLDER: types words and Tab into bash, zsh and fish on a terminal of their own, and
looks at the words that a command is given then. The desk must be as it was, and an answer must come at once."""
import fcntl
import hashlib
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

UMSOPS, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="completion"))
(SCRATCH / "bin").mkdir()
(SCRATCH / "bin/umsops").symlink_to(UMSOPS)
ENV = {"PATH": f"{SCRATCH}/bin:/usr/bin:/bin", "HOME": str(SCRATCH), "LC_ALL": "C.UTF-8", "TERM": "xterm",
       "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_DB": str(SCRATCH / "desk.db"), "UMSOPS_ACTOR": "li.na"}
ROSTER = SOURCE / "examples/people/roster.yaml"
SHELLS = {
    "bash": (["bash", "--noprofile", "--norc", "-i"],
             f"source /usr/share/bash-completion/bash_completion; source {SOURCE}/completions/umsops.bash; "
             "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'"),
    "zsh": (["zsh", "-f", "-i"],
            f"fpath=({SOURCE}/completions $fpath); autoload -Uz compinit; compinit -u -d {SCRATCH}/zcompdump; "
            "bindkey -e; unsetopt BEEP ZLE_BRACKETED_PASTE 2>/dev/null; unset zle_bracketed_paste"),
    "fish": (["fish", "--no-config", "-i"],
             f"source {SOURCE}/completions/umsops.fish; function fish_prompt; echo '$ '; end; set -U fish_greeting"),
}
# What is typed before Tab, what a command is given then; with "..." more may follow.
CASES = [
    ("umsops incid", ["umsops", "incident"]),
    ("umsops ticket list --statu", ["umsops", "ticket", "list", "--status"]),
    ("umsops ticket list --status=OP", ["umsops", "ticket", "list", "--status=OPEN"]),
    ("umsops ticket list --status=op", ["umsops", "ticket", "list", "--status=OPEN"]),
    ("umsops ticket list --status OPEN,ASS", ["umsops", "ticket", "list", "--status", "OPEN,ASSIGNED"]),
    ("umsops ticket list --status=OPEN,ASS", ["umsops", "ticket", "list", "--status=OPEN,ASSIGNED"]),
    ("umsops ticket list -w 'status=IN_", ["umsops", "ticket", "list", "-w", "status=IN_PROGRESS"]),
    ("umsops ticket list -w 'status=OPEN prior", ["umsops", "ticket", "list", "-w", "status=OPEN priority="]),
    ("umsops ticket list -w status=RES", ["umsops", "ticket", "list", "-w", "status=RESOLVED"]),
    ("umsops ticket list --assignee li.", ["umsops", "ticket", "list", "--assignee", "li.na"]),
    ("umsops ticket list --requester zhang", ["umsops", "ticket", "list", "--requester", "zhang.wei"]),
    ("umsops ticket list --category sign", ["umsops", "ticket", "list", "--category", "sign-in"]),
    ("umsops ticket list --tz Asia/Shang", ["umsops", "ticket", "list", "--tz", "Asia/Shanghai"]),
    ("umsops ticket resolve T-00000", ["umsops", "ticket", "resolve", "T-000002"]),
    ("umsops ticket reopen T-00000", ["umsops", "ticket", "reopen", "T-000001"]),
    ("umsops ticket list -F ticket_n", ["umsops", "ticket", "list", "-F", "ticket_number"]),
    ("umsops ticket list --sort=-creat", ["umsops", "ticket", "list", "--sort=-created_at"]),
    ("umsops ticket list -c lang=zh_", ["umsops", "ticket", "list", "-c", "lang=zh_CN"]),
    ("umsops report run suppo", ["umsops", "report", "run", "support"]),
    ("umsops calendar show busi", ["umsops", "calendar", "show", "business"]),
    ("umsops completion fi", ["umsops", "completion", "fish"]),
    ("umsops help ticket resol", ["umsops", "help", "ticket", "resolve"]),
    ("umsops explain ticket.prior", ["umsops", "explain", "ticket.priority"]),
    ("umsops oncall who secon", ["umsops", "oncall", "who", "secondary"]),
    ("umsops ticket create --body-file=lett", ["umsops", "ticket", "create", "--body-file=letter.txt"]),
]
failed = 0


def check(good, what):
    global failed
    if not good:
        failed += 1
        print("FAILED:", what)


class Shell:
    def __init__(self, name):
        command, setup = SHELLS[name]
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(SCRATCH)
            os.execvpe(command[0], command, ENV)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.read_quiet(2.0, 0.5)
        self.send(setup + "\r")
        self.read_quiet(5.0, 0.7)

    def send(self, text):
        os.write(self.terminal, text.encode())

    def read_quiet(self, most, quiet):
        """What comes until nothing came for a while."""
        got, end = b"", time.monotonic() + most
        while time.monotonic() < end:
            ready, _, _ = select.select([self.terminal], [], [], quiet)
            if not ready:
                break
            try:
                piece = os.read(self.terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            got += piece
        return got.decode(errors="replace")

    def words_after_tab(self, typed, closing):
        self.send(typed)
        self.read_quiet(2.0, 0.05)
        self.send("\t")
        self.read_quiet(4.0, 0.3)
        # To the end, where a quote may still be open; to the beginning; then the words are printed one a line.
        self.send("\x05" + closing)
        self.send("; echo EN''D\x01printf '<%s>\\n' \r")
        got, end = "", time.monotonic() + 5
        while time.monotonic() < end and not re.search(r"(^|[\r\n])END", got):
            got += self.read_quiet(1.0, 0.2)
        tail = got[:got.rfind("END")]
        tail = re.sub(r"\x1b(\[[0-9;?<>=]*[a-zA-Z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])", "", tail)
        return re.findall(r"(?:^|[\r\n])<([^\r\n]*)>(?=[\r\n])", tail)

    def end(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def prepare():
    def run(*words):
        return subprocess.run(["umsops", *words], env=ENV, cwd=SCRATCH, check=True, capture_output=True, text=True).stdout
    run("config", "set", "roster", str(ROSTER))
    run("db", "init")
    run("ticket", "create", "无法登录", "--requester", "zhang.wei", "--assignee", "li.na", "-q")
    run("ticket", "resolve", "T-1", "--resolution", "x", "-q")
    run("ticket", "close", "T-1", "-q")
    run("ticket", "create", "no light", "--requester", "m.jones", "-q")
    (SCRATCH / "letter.txt").write_text("x\n")


def desk():
    return sorted((p.name, p.stat().st_mtime_ns, hashlib.sha256(p.read_bytes()).hexdigest())
                  for p in SCRATCH.glob("desk.db*") if p.suffix != ".db-shm")  # that is what readers share among themselves


def drive(name):
    """The cases in one shell; where a word was not as wanted, once more in a new one."""
    shell = Shell(name)
    for typed, wanted in CASES:
        got = []
        # A shell that is sure of a quoted word closes its quote. A machine under load may lose a key.
        for closing in ("", "'") if "'" in typed else ("", ""):
            got = shell.words_after_tab(typed, closing)
            if got == wanted:
                break
            shell.end()
            shell = Shell(name)
        check(got == wanted, f"{name}: {typed!r} gives {got}, not {wanted}")
    shell.end()
    print(name, "done", flush=True)


def main():
    prepare()
    before = desk()
    children = []
    for name in SHELLS:
        child = os.fork()
        if child == 0:
            drive(name)
            sys.stdout.flush()
            os._exit(1 if failed else 0)
        children.append(child)
    for child in children:
        check(os.waitpid(child, 0)[1] == 0, "a shell")
    check(desk() == before, "completion has changed the desk")
    times = []
    for words in (["ticket", "resolve", ""], ["ticket", "list", "--assignee", ""], ["ticket", "list", "-w", "requester="]):
        begin = time.monotonic()
        subprocess.run(["umsops", "__complete", *words], env=ENV, cwd=SCRATCH, check=True, capture_output=True)
        times.append(time.monotonic() - begin)
    check(max(times) < 2, f"an answer took {max(times):.2f} s")
    shutil.rmtree(SCRATCH, ignore_errors=True)
    print(f"{failed} failed")
    return 1 if failed else 0


sys.exit(main())
