#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""init.py UMSOPS: a new desk by questions, on a terminal: what is offered, what is typed wrong, in Chinese, and left in the middle.
Without a terminal nothing is asked, whatever the environment. What was made is a desk that works."""
import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time

BINARY = str(pathlib.Path(sys.argv[1]).resolve())

def environment(home, **more):
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "xterm", "UMSOPS_NO_SYSTEM_CONFIG": "1", "TZ": "Asia/Shanghai",
            "UMSOPS_NOW": "2026-03-01T00:00:00Z", **more}


def talk(home, words, answers, code=0, **more):
    """Runs it on a terminal; each answer is typed when its question, a part of it, has come."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execve(BINARY, [BINARY, *words], environment(home, **more))
    said = b""

    def read():
        nonlocal said
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            piece = b""
        said += piece
        return piece != b""
    for question, answer in answers:
        begin, end = len(said), time.monotonic() + 60
        while question.encode() not in said[begin:]:
            assert time.monotonic() < end and (not select.select([terminal], [], [], 1)[0] or read()), (question, said.decode())
        os.write(terminal, answer.encode())
    while read():
        pass
    got = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    assert got == code, (got, said.decode())
    return said.decode()


def run(home, *words, code=0, **more):
    got = subprocess.run([BINARY, *words], env=environment(home, **more), cwd=home, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert got.returncode == code, (words, got.returncode, got.stdout, got.stderr)
    return got.stdout


def settings(home):
    return (home / ".config/umsops/config.yaml").read_text()


def check_questions(home):
    """Enter takes what is offered; a wrong answer is asked again."""
    said = talk(home, ["init"], [
        ("Where is the desk", "\r"), ("Language", "klingon\r"), ("Language", "\r"), ("Time zone", "Mars/Olympus\r"), ("Time zone", "Europe/Berlin\r"),
        ("Business time", "\r"), ("Who works", "no-such-group-here\r"), ("Who works", "root\r"), ("rules of your own", "\r"),
        ("each minute", "cron\r"), ("Make these files", "yes\r")], LC_ALL="C.UTF-8")
    assert "unknown time zone: Mars/Olympus" in said and "is not a group" in said, said
    assert "tz: Europe/Berlin\n" in settings(home) and "calendar_zone: Europe/Berlin\n" in settings(home)
    assert "  root:\n" in (home / ".config/umsops/roster.yaml").read_text()
    assert (home / ".local/share/umsops/desk.db").exists() and "crontab" in said
    run(home, "lint")
    run(home, "doctor")
    assert run(home, "ticket", "create", "-t", "应急演练", "-q") == "T-000001\n"


def check_chinese(home):
    said = talk(home, ["init", "--calendar", "china", "--timer", "systemd", "--db", "here/desk.db"], [
        ("语言", "\r"), ("时区", "\r"), ("哪些人", "\r"), ("规则文件", "no\r"), ("建立这些文件", "yes\r")], LC_ALL="zh_CN.UTF-8")
    text = settings(home)
    assert "lang: zh_CN\n" in text and "sla: [sla.yaml]\n" in text and "rules:" not in text and f"store: {home}/here/desk.db\n" in text, text
    assert "接下来：" in said and "systemctl --user enable --now umsops-tick.timer" in said, said
    assert f'ExecStart="{BINARY}" tick -q' in (home / ".config/systemd/user/umsops-tick.service").read_text()
    assert "正常" in run(home, "doctor")


def check_left(home):
    """A no, the end of the input and Ctrl-C make nothing."""
    flags = ["init", "--calendar", "us", "--timer", "none", "--no-rules", "--group", "root", "--tz", "UTC", "--lang", "en", "--db", "x.db"]
    talk(home, flags, [("Make these files", "no\r")])
    talk(home, flags, [("Make these files", "\x04")], code=2)
    talk(home, flags, [("Make these files", "\x03")], code=130)
    assert list(home.iterdir()) == [], list(home.iterdir())


def check_no_terminal(home):
    """With pipes, in cron, in CI and with --yes on a terminal."""
    run(home, "init", "--timer", "none", "-n")
    assert list(home.iterdir()) == []
    bare = subprocess.run([BINARY, "init"], env={"HOME": str(home)}, cwd=home, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert bare.returncode == 0 and bare.stderr == "", bare.stderr
    before = {p: p.read_bytes() for p in home.rglob("*.yaml")}
    talk(home, ["init", "--yes"], [])
    talk(home, ["init"], [], CI="true")
    talk(home, ["init", "--no-input"], [])
    assert before == {p: p.read_bytes() for p in home.rglob("*.yaml")}
    assert all(p.stat().st_mode & 0o077 == 0 for p in before), "what is made is its owner's"


def main():
    for check in (check_questions, check_chinese, check_left, check_no_terminal):
        with tempfile.TemporaryDirectory() as scratch:
            os.chmod(scratch, 0o755)
            check(pathlib.Path(scratch))
    print("4 passed, 0 failed")


main()
