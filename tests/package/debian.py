#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""debian.py FOLDER: the packages in FOLDER/packages please lintian, and are installed, run, upgraded, removed and purged in a
Debian root. What was there before is there after, the desk too, and nothing else."""
import pathlib
import re
import subprocess
import sys
import tempfile

from debian_root import Root, repacked

MADE = pathlib.Path(sys.argv[1])
MAIL = "From: a@example.org\nTo: desk@example.org\nSubject: VPN\nMessage-ID: <1@example.org>\nDate: Tue, 24 Nov 2026 09:00:00 +0000\n\nVPN does not work.\n"


def check_lintian(packages):
    got = subprocess.run(["lintian", "--allow-root", "--no-tag-display-limit", "--fail-on=error,warning", *packages], capture_output=True, text=True)
    assert got.returncode == 0, got.stdout + got.stderr


def check_found_by_shells(root):
    """Manual and completion, without a hand's turn."""
    assert root.run("man", "-w", "umsops", "umsops-ticket", "umsops-config.5").count("/usr/share/man/") == 3
    bash = root.run("bash", "-c", """source /usr/share/bash-completion/bash_completion; _completion_loader umsops
        COMP_WORDS=(umsops tick); COMP_CWORD=1; COMP_LINE='umsops tick'; COMP_POINT=11
        $(complete -p umsops | sed -E 's/.*-F ([^ ]+).*/\\1/'); printf '%s\\n' "${COMPREPLY[@]}" """)
    assert "ticket" in bash.split(), bash
    assert "ticket" in root.run("fish", "-c", "complete -C 'umsops tick'")
    assert "_umsops" in root.run("zsh", "-c", "autoload -Uz compinit && compinit -D && echo $_comps[umsops]")


def check_desk(root):
    """What INSTALL.md says of a desk of the host's own; then as the user of the package, in its folder."""
    made = root.run("umsops", "init", "--system", "--timer", "systemd", "--tz", "Asia/Shanghai")
    for line in ("sudo -u umsops umsops db init", "sudo systemctl enable --now umsops-tick.timer"):
        assert line in made, made
    assert root.run("stat", "-c", "%U %a", "/etc/umsops", "/etc/umsops/config.yaml").split() == ["root", "755", "root", "644"]

    def umsops(*arguments, **how):
        return root.run("umsops", *arguments, user="umsops", HOME="/var/lib/umsops", SUDO_UID="0", **how)
    umsops("db", "init")
    root.run("umsops", "config", "set", "number_format", "T-{seq:6}", "--system")
    umsops("tick", "-q")
    assert umsops("ticket", "create", "-t", "无法登录", "-q").strip() == "T-000001"
    assert umsops("ticket", "intake", "mail", "-q", stdin=MAIL).strip() == "T-000002"
    umsops("ticket", "list", "--tz", "Asia/Shanghai")
    umsops("kb", "export", "--format", "html", "/var/lib/umsops/site")  # by the helper for Markdown
    root.run("rm", "-r", "/var/lib/umsops/site")
    refused = root.run("umsops", "--db", "postgresql:///desk?host=/nowhere", "ticket", "list", codes=(7,))
    assert refused == "", refused  # the twin is found, and its library


def main():
    packages = sorted(MADE.glob("packages/*.deb"))
    names = {re.match(r"[^_]+", p.name)[0]: p for p in packages}
    assert set(names) == {"umsops", "umsops-mail", "libumsops0.1", "libumsops-dev"}, names
    check_lintian(packages)
    with Root(MADE / "root.tar") as root, tempfile.TemporaryDirectory() as scratch:
        before = root.files()
        older = {"Version": "0.0.9-0"}
        first = [repacked(names["umsops"], pathlib.Path(scratch), **older),
                 repacked(names["umsops-mail"], pathlib.Path(scratch), **older, Depends="umsops (= 0.0.9-0), libcurl4, libgmime-3.0-0")]
        for package in first:
            root.put(package, "/tmp/")
        root.run("sh", "-c", "dpkg -i /tmp/*.deb && rm /tmp/*.deb")
        assert root.run("stat", "-c", "%U:%G %a", "/var/lib/umsops").strip() == "umsops:umsops 750"
        check_found_by_shells(root)
        check_desk(root)
        for name in ("umsops", "umsops-mail"):
            root.put(names[name], "/tmp/")
        root.run("sh", "-c", "dpkg -i /tmp/*.deb")
        assert root.run("dpkg-query", "-W", "-f", "${Version} ${Status}", "umsops").endswith("install ok installed")
        assert "T-000002" in root.run("umsops", "--db", "/var/lib/umsops/desk.db", "ticket", "list", "-q", user="umsops")
        check_removed(root, before)
    print("4 passed, 0 failed")


def check_removed(root, before):
    root.run("dpkg", "-r", "umsops-mail", "umsops")
    assert not [f for f in root.files() - before if f.startswith(("./usr", "./etc/systemd"))], root.files() - before
    root.run("dpkg", "-P", "umsops-mail", "umsops")
    after = root.files()
    assert not before - after, before - after
    left = {f for f in after - before if not f.startswith(("./var/lib/umsops/", "./etc/"))}
    assert left == {"./var/lib/umsops"}, left
    of_users = {f for f in after - before if f.startswith("./etc/") and not f.startswith("./etc/umsops")}
    assert of_users <= {"./etc/passwd-", "./etc/group-", "./etc/shadow-", "./etc/gshadow-", "./etc/subuid-", "./etc/subgid-"}, of_users
    root.run("test", "-s", "/var/lib/umsops/desk.db", "-a", "-s", "/etc/umsops/config.yaml")


main()
