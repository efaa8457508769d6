#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""tarball.py FOLDER: the tarball needs libc and nothing else, works below a home folder with a bare environment, wherever that folder
is moved, and goes by the line that INSTALL.md gives."""
import pathlib
import re
import subprocess
import sys
import tempfile

MADE = pathlib.Path(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBC = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def check_needs(tree):
    programs = [p for p in tree.rglob("*") if p.is_file() and p.read_bytes()[:4] == b"\x7fELF"]
    assert {p.name for p in programs} >= {"umsops", "umsops-markdown", "umsops-step"}, programs
    for program in programs:
        dynamic = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
        needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic))
        assert needed <= LIBC, (program, needed)
        assert "RUNPATH" not in dynamic and "RPATH" not in dynamic, program
    assert not re.search(r"NEEDED", subprocess.run(["readelf", "-d", tree / "bin/umsops"], capture_output=True, text=True).stdout)


def check_home(home):
    def run(*command, stdin=None, codes=(0,), **more):
        env = {"HOME": str(home), "PATH": f"{home}/.local/bin:/usr/bin:/bin", **more}
        got = subprocess.run([str(w) for w in command], env=env, capture_output=True, text=True, input=stdin, cwd=home)
        assert got.returncode in codes, (command, got.returncode, got.stderr)
        return got.stdout + got.stderr
    if not (home / ".local/share/umsops/desk.db").exists():
        run("umsops", "db", "init")
    assert re.fullmatch(r"T-\d+\n", run("umsops", "ticket", "create", "-t", "VPN", "-q"))
    run("umsops", "kb", "create", "-t", "How to sign in", "--body", "Use the **portal**.", "--visibility", "public", "-q")
    run("umsops", "kb", "publish", "--reason", "x", "KB-1", "-q", codes=(0, 2, 4))
    run("umsops", "kb", "export", "--format", "html", home / f"site{len(list(home.glob('site*')))}")
    run("umsops", "--db", "postgresql:///x?host=/nowhere", "ticket", "list", codes=(7,))  # by the twin
    said = run("umsops", "ticket", "intake", "mail", stdin="Subject: x\n\nx\n", codes=(75,))
    assert "umsops-mail" in said, said
    assert f"{home}/.local/share/man" in run("man", "-w", "umsops", "umsops-rules.5")
    bash = run("bash", "-c", """source /usr/share/bash-completion/bash_completion; _completion_loader umsops
        COMP_WORDS=(umsops tick); COMP_CWORD=1; COMP_LINE='umsops tick'; COMP_POINT=11
        $(complete -p umsops | sed -E 's/.*-F ([^ ]+).*/\\1/'); printf '%s\\n' "${COMPREPLY[@]}" """)
    assert "ticket" in bash.split(), bash
    assert "ticket" in run("fish", "-c", "complete -C 'umsops tick'")
    [line] = re.findall(r"`(fpath=\(.*\))`", (ROOT / "INSTALL.md").read_text())
    assert "_umsops" in run("zsh", "-f", "-c", f"{line}; autoload -Uz compinit && compinit -D -u && echo $_comps[umsops]")
    assert "umsops-tick.timer" in run("systemd-analyze", "--user", "unit-paths", XDG_RUNTIME_DIR=str(home)) or \
        f"{home}/.local/share/systemd/user" in run("systemd-analyze", "--user", "unit-paths", XDG_RUNTIME_DIR=str(home))


def main():
    [tar] = MADE.glob("packages/umsops-*-linux-*.tar.gz")
    with tempfile.TemporaryDirectory() as scratch:
        home = pathlib.Path(scratch) / "home"
        (home / ".local/bin").mkdir(parents=True)
        (home / ".local/bin/other").write_text("somebody else's\n")
        subprocess.run(["tar", "-xzf", tar, "--strip-components=1", "-C", home / ".local"], check=True)
        check_needs(home / ".local")
        check_home(home)
        home = home.rename(home.with_name("elsewhere"))
        check_home(home)
        [line] = re.findall(r"^(tar -tzf .*)$", (ROOT / "INSTALL.md").read_text(), re.M)
        subprocess.run(["sh", "-c", line.replace("umsops-*-linux-*.tar.gz", str(tar))], env={"HOME": str(home), "PATH": "/usr/bin:/bin"}, check=True)
        left = {str(p.relative_to(home / ".local")) for p in (home / ".local").rglob("*") if p.is_file()}
        assert not {f for f in left if not f.startswith("share/umsops/desk.db")} - {"bin/other"}, left
        assert (home / ".local/share/umsops/desk.db").exists()
    print("3 passed, 0 failed")


main()
