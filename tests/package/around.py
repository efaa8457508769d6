#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""around.py UMSOPS: the pieces for cron, logrotate, Postfix and procmail, run as those would run them."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

UMSOPS = pathlib.Path(sys.argv[1]).resolve()
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


class Home:
    def __init__(self, folder):
        self.folder = folder
        (folder / "bin").mkdir()
        # Not a link: helpers are looked for beside what the link points to, as they are beside an installed program.
        (folder / "bin/umsops").symlink_to(UMSOPS)
        self.env = {"HOME": str(folder), "PATH": f"{folder}/bin:/usr/sbin:/usr/bin:/bin", "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8"}

    def run(self, *command, codes=(0,), stdin=None):
        got = subprocess.run([str(w) for w in command], env=self.env, cwd=self.folder, capture_output=True, input=stdin)
        assert got.returncode in codes, (command, got.returncode, got.stdout, got.stderr)
        return got.stdout.decode()


def check_cron(home):
    """Both lines of the table run, with a desk and without one; the log goes round."""
    home.run("umsops", "db", "init")
    lines = [re.split(r"\s+", line.lstrip("#"), maxsplit=5)[5] for line in (EXAMPLES / "cron/tick.crontab").read_text().splitlines()
             if re.match(r"#?\* \* \* \* \* ", line)]
    assert len(lines) == 2
    (home.folder / ".local/state/umsops").mkdir(parents=True)
    for line in lines:
        assert home.run("sh", "-c", line) == ""
    log = home.folder / ".local/state/umsops/tick.log"
    log.write_text("a line\n" * 2_000_000)
    rules = (EXAMPLES / "cron/logrotate.conf").read_text().replace("/var/lib/umsops/.local/state/umsops", str(log.parent))
    conf = home.folder / "logrotate.conf"
    conf.write_text(rules)
    conf.chmod(0o644)
    for _ in range(2):
        home.run("logrotate", "-s", home.folder / "state", conf)
    assert not log.exists() and (log.parent / "tick.log.1").stat().st_size == 14_000_000
    assert home.run("sh", "-c", lines[1]) == "" and log.exists()


def check_mail(home):
    """The command of each mail server, with the message on standard input and nothing else around."""
    message = (EXAMPLES / "mail/new.eml").read_bytes()
    desk = home.folder / "mail.db"
    home.run("umsops", "--db", desk, "db", "init")
    commands = [re.search(r"argv=(.*)", (EXAMPLES / "mail/master.cf").read_text())[1],
                re.search(r'^desk: "\|(.*)"$', (EXAMPLES / "mail/aliases").read_text(), re.M)[1],
                re.search(r"^\| (.*)$", (EXAMPLES / "mail/procmailrc").read_text(), re.M)[1]]
    for command in commands:
        assert command.startswith("/usr/bin/umsops --db "), command
        here = command.replace("/usr/bin/umsops", "umsops").replace("/var/lib/umsops/desk.db", str(desk)).replace("$HOME/desk.db", str(desk))
        home.run("sh", "-c", here, stdin=message)
    assert home.run("umsops", "--db", desk, "ticket", "list", "-q").split() == ["T-000001"], "one message, delivered three times"
    gone = commands[0].replace("/usr/bin/umsops", "umsops").replace("/var/lib/umsops/desk.db", "/nowhere/desk.db")
    home.run("sh", "-c", gone, stdin=message, codes=(75,))


def main():
    checks = [check_cron, check_mail]
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(pathlib.Path(scratch))
        for check in checks:
            check(home)
    print(f"{len(checks)} passed, 0 failed")


os.umask(0o022)
main()
