#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""trust.py UMSOPS: what others could change is neither run nor believed, whatever kind of file it is and whatever is wrong with
it; what a program is given by its surroundings is not run with raised rights; what is written is not for others to read; and
what others have written stays text on a terminal, in a spreadsheet, in a shell and in a page. As root also with files of
another user."""
import json
import os
import pathlib
import pty
import shutil
import stat
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
UMSOPS = str(pathlib.Path(sys.argv[1]).resolve())
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="umsops-trust-"))
IS_ROOT = os.geteuid() == 0
NOBODY = 65534
HOME = SCRATCH / "home"
DB = SCRATCH / "desk.db"
problems, done = [], 0


def expect(holds, what):
    global done
    done += 1
    if not holds:
        problems.append(what)


def run(*words, cwd=None, env={}, db=DB, stdin=b"", **how):
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(HOME), "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "UMSOPS_DB": str(db)}
    return subprocess.run([UMSOPS, *map(str, words)], env=surroundings | env, cwd=cwd or SCRATCH, input=stdin, capture_output=True, timeout=60, **how)


def code_of(got):
    try:
        return json.loads(got.stderr.splitlines()[-1])["error"]["code"]
    except (ValueError, IndexError):
        return None


# --- files that are run, or name what is run

RAN = SCRATCH / "ran"
PROGRAM = f"#!/bin/sh\n: > {RAN}\n"
FILES = {  # kind -> (name, text, words that use {f})
    "settings": ("c.yaml", "lang: en\n", ["--config", "{f}", "ticket", "list"]),
    "settings with a program": ("c.yaml", "password_command: [sh]\n", ["--config", "{f}", "ticket", "list"]),
    "channels": ("channels.yaml", "channels:\n  log: {type: file, path: log}\n", ["outbox", "flush", "-n", "-c", "channels={f}"]),
    "runbook": ("r.yaml", (ROOT / "examples/runbooks/generic.yaml").read_text(), ["runbook", "list", "--file", "{f}"]),
    "services with checks": ("s.yaml", (ROOT / "examples/services/services.yaml").read_text(), ["service", "list", "--services", "{f}"]),
    "flow": ("flow.yaml", (ROOT / "examples/flows/chat.yaml").read_text(), ["ticket", "intake", "chat", "--flow", "{f}"]),
    "learned model": ("model", None, ["classifier", "check", "-c", "classifier={f}"]),
    "hook": ("hooks/on-add.x", PROGRAM + "cat\n", ["ticket", "create", "-t", "x", "-c", "hooks={d}"]),
    "secret": ("keeper", PROGRAM + "echo secret\n", ["--config", "{own}", "--db", "postgresql://x@127.0.0.1:1/x", "ticket", "list"]),
}
DEFECTS = {  # what is wrong -> what is done to (file, folder, folder above it)
    "written by all": lambda file, folder, above: file.chmod(0o777 if os.access(file, os.X_OK) else 0o666),
    "written by a group": lambda file, folder, above: give_group(file, 0o775 if os.access(file, os.X_OK) else 0o664),
    "in a folder of all": lambda file, folder, above: folder.chmod(0o777),
    "below a folder of all": lambda file, folder, above: above.chmod(0o777),
    "below a folder of a group": lambda file, folder, above: give_group(above, 0o775),
}
if os.geteuid() == os.getegid() and not IS_ROOT:  # that group is the user's alone
    DEFECTS = {defect: make for defect, make in DEFECTS.items() if "group" not in defect}
if IS_ROOT:
    DEFECTS |= {
        "of another user": lambda file, folder, above: os.chown(file, NOBODY, NOBODY),
        "in a folder of another user": lambda file, folder, above: os.chown(folder, NOBODY, NOBODY),
        "below a folder of another user": lambda file, folder, above: os.chown(above, NOBODY, NOBODY),
        "behind a link that another user can turn": lambda file, folder, above: turn_into_link(file),
    }


def give_group(path, mode):
    """Of a group that is not the user's alone."""
    if IS_ROOT:
        os.chown(path, -1, NOBODY)
    path.chmod(mode)


def turn_into_link(file):
    real = SCRATCH / f"real-{file.name}"
    shutil.move(file, real)
    file.symlink_to(real)
    os.chown(file.parent, NOBODY, NOBODY)


def learned_model():
    model = HOME / "model"
    if not model.exists():
        HOME.mkdir(exist_ok=True)
        lines = "".join(json.dumps({"text": f"{word} {n}", "label": word}) + "\n" for n in range(20) for word in ("printer", "badge"))
        got = run("classifier", "train", "--from", "-", "--format", "jsonl", "--model", model, stdin=lines.encode())
        assert got.returncode == 0, got.stderr
    return model


def place(kind, number):
    name, text, words = FILES[kind]
    above = SCRATCH / f"case{number}"
    file = above / "folder" / name
    file.parent.mkdir(parents=True)
    if text is None:
        shutil.copy(learned_model(), file)
    else:
        file.write_text(text)
    file.chmod(0o755 if text and text.startswith("#!") else 0o644)
    own = SCRATCH / "own.yaml"
    own.write_text(f"password_command: [\"{file}\"]\n")
    words = [w.replace("{f}", str(file)).replace("{d}", str(file.parent)).replace("{own}", str(own)) for w in words]
    return words, file, file.parent, file.parent.parent


def files():
    number = 0
    for kind in FILES:
        for defect, make in {"nothing": None, "below a folder of all, sticky": lambda file, folder, above: above.chmod(0o1777)}.items():
            number += 1
            words, file, folder, above = place(kind, number)
            if make:
                make(file, folder, above)
            got = run(*words, "--error-format", "json")
            expect(code_of(got) not in ("file.untrusted", "hook.invalid"), f"{kind}, {defect}: {got.stderr.decode()[:200]}")
        for defect, make in DEFECTS.items():
            number += 1
            words, file, folder, above = place(kind, number)
            make(file, folder, above)
            RAN.unlink(missing_ok=True)
            got = run(*words, "--error-format", "json")
            wanted = "hook.invalid" if kind == "hook" else "file.untrusted"
            expect(got.returncode == 9 and code_of(got) == wanted, f"{kind} {defect}: exit {got.returncode} {got.stderr.decode()[:300]}")
            expect(not RAN.exists(), f"{kind} {defect}: the program ran")


def links_of_hooks():
    """A hook exchanged between two runs of it is another one: what is there now is looked at anew."""
    folder = SCRATCH / "h"
    folder.mkdir()
    marker = SCRATCH / "marker"
    (folder / "on-add.1").write_text(f"#!/bin/sh\necho \"$0 $UMSOPS_HOOK_FILE\" >> {marker}\nchmod 777 {folder}/on-add.2\necho '{{}}'\n")
    (folder / "on-add.2").write_text(PROGRAM + "echo '{}'\n")
    for hook in folder.iterdir():
        hook.chmod(0o755)
    RAN.unlink(missing_ok=True)
    got = run("-c", f"hooks={folder}", "ticket", "create", "-t", "x", "--error-format", "json")
    expect(code_of(got) == "hook.invalid" and not RAN.exists(), f"a hook that changed after the look: {got.returncode} {got.stderr.decode()[:200]}")
    expect(str(folder / "on-add.1") in marker.read_text(), f"UMSOPS_HOOK_FILE: {marker.read_text()!r}")
    (folder / "on-add.2").chmod(0o755)
    got = run("-c", f"hooks={folder}", "ticket", "create", "-t", "passed over", "-q", env={"UMSOPS_HOOK": "1"})
    number = got.stdout.decode().strip()
    history = json.loads(run("ticket", "history", number, "-o", "json").stdout)["items"]
    ran = [hook for item in history for hook in hooks_in(item["changes"]) if hook]
    expect({"hook": "on-add.1 (skipped)", "changed": []} in ran, f"hooks passed over: {ran}")


def hooks_in(changes):
    found = changes.get("hooks") if isinstance(changes, dict) else None
    flat = []
    for value in found or []:
        flat.extend(value if isinstance(value, list) else [value])
    return flat


def project_files():
    rules = "rules: [r.yaml]\n"
    quiet = "rules: []\n"
    title = "security breach: system down"
    normal = json.loads(run("ticket", "create", "-t", title, "-n", "-o", "json").stdout)["priority"]

    def tried(base, inner, label, found):
        (base / "umsops.yaml").write_text(rules)
        (base / "r.yaml").write_text(quiet)
        got = run("ticket", "create", "-t", title, "-n", "-o", "json", cwd=inner)
        now = json.loads(got.stdout)["priority"] if got.returncode == 0 else code_of(got)
        expect((now != normal and got.returncode == 0) == found, f"project file {label}: {now}, else {normal}: {got.stderr.decode()[:200]}")
        return got

    def folders(name):
        base = SCRATCH / name
        (base / "in/side").mkdir(parents=True)
        return base, base / "in/side"

    base, inner = folders("p1")
    tried(base, inner, "of ours", True)
    (base / "umsops.yaml").chmod(0o666)
    got = run("ticket", "create", "-t", title, "-n", "--error-format", "json", cwd=inner)
    expect(code_of(got) == "file.untrusted", f"project file written by all: {got.stderr.decode()[:200]}")
    base, inner = folders("p2")
    base.chmod(0o1777)
    tried(base, inner, "in a folder of all above", False)
    base, inner = folders("home/p3")
    tried(HOME, inner, "in HOME", True)
    (HOME / "umsops.yaml").unlink()
    tried(SCRATCH, inner, "above HOME", False)
    (SCRATCH / "umsops.yaml").unlink()
    if IS_ROOT:
        base, inner = folders("p4")
        os.chown(base, NOBODY, NOBODY)
        tried(base, inner, "in a folder of another user above", False)
        base, inner = folders("p5")
        (base / "umsops.yaml").write_text(rules)
        os.chown(base / "umsops.yaml", NOBODY, NOBODY)
        got = run("ticket", "create", "-t", title, "-n", "--error-format", "json", cwd=inner)
        expect(code_of(got) == "file.untrusted", f"project file of another user: {got.stderr.decode()[:200]}")


def rule_cache():
    """A compiled rule set in a folder that others can write is not taken, and the files are read."""
    base = SCRATCH / "rules"
    base.mkdir()
    (base / "r.yaml").write_text("rules:\n  - {id: a, when: {keywords: [zebra]}, set: {category: first}}\n")
    os.utime(base / "r.yaml", (1, 1))
    cache = SCRATCH / "cache"
    env = {"XDG_CACHE_HOME": str(cache), "UMSOPS_RULES": str(base / "r.yaml")}
    category = lambda: json.loads(run("ticket", "create", "-t", "zebra", "-n", "-o", "json", env=env).stdout)["category"]
    first = category()
    for path in [*cache.rglob("*"), cache]:
        if path.is_dir():
            path.chmod(0o777)
    expect(category() == first == "first", f"rules with a cache that others can write: {first}")


# --- surroundings

def at_terminal(*words, env):
    """Runs it on a terminal and gives what came there."""
    master, slave = pty.openpty()
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(HOME), "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "TERM": "xterm",
                    "UMSOPS_DB": str(DB), "LINES": "5"}
    process = subprocess.Popen([UMSOPS, *words], env=surroundings | env, cwd=SCRATCH, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
    os.close(slave)
    end = time.monotonic() + 20
    said, quiet_since = b"", time.monotonic()
    os.set_blocking(master, False)
    while time.monotonic() < end and process.poll() is None:
        try:
            said += os.read(master, 65536)
            quiet_since = time.monotonic()
        except (BlockingIOError, OSError):
            time.sleep(0.02)
        if time.monotonic() - quiet_since > 0.5:  # a pager, or an editor, waits
            quiet_since = time.monotonic()
            try:
                os.write(master, b"q")
            except OSError:
                pass
    process.kill()
    process.wait()
    os.close(master)
    return said


def elevated():
    program = SCRATCH / "prog"
    program.write_text(PROGRAM + "cat >/dev/null 2>&1\n")
    program.chmod(0o755)
    for i in range(60):
        run("ticket", "note", "T-1", "--body", f"note {i}", "-q")
    named = {"PAGER": str(program), "UMSOPS_PAGER": str(program)}
    RAN.unlink(missing_ok=True)
    at_terminal("audit", "log", env=named)
    expect(RAN.exists(), "the pager of the environment runs where nothing is raised")
    cases = [{"SUDO_UID": "1000"}, {"DOAS_USER": "alice"}, {"PKEXEC_UID": "1000"}] if IS_ROOT else []
    if IS_ROOT:
        other = SCRATCH / "other-home"
        other.mkdir()
        os.chown(other, NOBODY, NOBODY)
        cases.append({"HOME": str(other)})
    for env in cases:
        for name in named:
            RAN.unlink(missing_ok=True)
            at_terminal("audit", "log", env={name: str(program)} | env)
            expect(not RAN.exists(), f"{name} ran with {env}")
        for name in ("UMSOPS_EDITOR", "VISUAL", "EDITOR"):
            RAN.unlink(missing_ok=True)
            at_terminal("ticket", "create", "-t", "x", "--edit", env={name: str(program), "PATH": "/nowhere"} | env)
            expect(not RAN.exists(), f"{name} ran with {env}")


def switches_for_tests():
    got = run("--db", SCRATCH / "seeded.db", "db", "init", env={"UMSOPS_TEST_IDS": "7"})
    expect(b"UMSOPS_TEST_IDS" in got.stderr, f"ids of a seed: no word: {got.stderr!r}")
    got = run("ticket", "create", "-t", "x", "-n", "-o", "json", env={"UMSOPS_TEST_IDS": "7"})
    expect("UMSOPS_TEST_IDS" in str(json.loads(got.stdout).get("warnings")), f"ids of a seed in JSON: {got.stdout[-300:]!r}")


def targets():
    own = SCRATCH / "own.csv"
    for words in (["ticket", "export", "--format", "csv"], ["report", "run", "support", "-o", "html"]):
        own.unlink(missing_ok=True)
        got = run(*words, "-O", own)
        expect(got.returncode == 0 and stat.S_IMODE(own.stat().st_mode) == 0o600, f"{words}: a new file: {oct(own.stat().st_mode)} {got.stderr.decode()[:200]}")
        own.chmod(0o644)
        run(*words, "-O", own)
        expect(stat.S_IMODE(own.stat().st_mode) == 0o644, f"{words}: a file that was there: {oct(own.stat().st_mode)}")
    pipe = SCRATCH / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    got = run("ticket", "export", "--format", "csv", "-O", pipe)
    text = reader.communicate(timeout=20)[0]
    expect(got.returncode == 0 and b"ticket_number" in text, f"a FIFO of ours: {got.stderr.decode()[:200]}")
    for target in ("/dev/null", "/dev/stdout"):
        expect(run("ticket", "export", "--format", "csv", "-O", target).returncode == 0, target)
    if not IS_ROOT:
        return
    shared = SCRATCH / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    foreign = shared / "out.csv"
    os.mkfifo(foreign)
    os.chown(foreign, NOBODY, NOBODY)
    reader = os.open(foreign, os.O_RDONLY | os.O_NONBLOCK)
    got = run("ticket", "export", "--format", "csv", "-O", foreign, "--error-format", "json")
    expect(got.returncode == 8 and code_of(got) == "output.foreign", f"a FIFO of another user: {got.returncode} {got.stderr.decode()[:200]}")
    try:
        leaked = os.read(reader, 10)
    except BlockingIOError:
        leaked = b""
    expect(leaked == b"", f"a FIFO of another user was written: {leaked!r}")
    link = shared / "link.csv"
    link.symlink_to(foreign)
    expect(run("ticket", "export", "--format", "csv", "-O", link).returncode == 8, "a link to a FIFO of another user")
    os.close(reader)


# --- texts of others

HIDDEN = [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x202E, 0x2028, 0x2060, 0x2066, 0x206F, 0x3164,
          0xFE01, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100]
SHOWN = ["👨‍👩‍👧", "❤️", "1️⃣", "नमस्ते क्‍ष", "می‌خواهم", "无法登录", "é", "한국어", "ｶﾞ"]


def visible():
    desk = SCRATCH / "hidden.db"
    run("--db", desk, "db", "init")
    for c in HIDDEN:
        run("ticket", "create", "-t", f"a{chr(c)}b", "-q", db=desk)
    for text in SHOWN:
        run("ticket", "create", "-t", text, "-q", db=desk)
    for form in ("table", "wide", "csv", "tsv", "env", "md", "yaml", "json", "jsonl"):
        got = run("ticket", "list", "--limit", "0", "-o", form, "-F", "ticket_number,title", env={"UMSOPS_FORCE_TTY": "200"}, db=desk)
        text = got.stdout.decode()
        for c in HIDDEN:
            if f"a{chr(c)}b" in text:
                expect(False, f"{form}: U+{c:04X} is written as it is")
        expect(got.returncode == 0, f"{form}: {got.stderr.decode()[:200]}")
        if form in ("table", "csv", "tsv"):
            for shown in SHOWN:
                expect(shown in text, f"{form}: {shown!r} is not written as it is")
    # A store from elsewhere may hold what no door lets in.
    hostile = SCRATCH / "hostile.db"
    run("--db", hostile, "db", "init")
    run("ticket", "create", "-t", "x", "-q", db=hostile)
    for number in ("T-1\x1b]0;x\x07", "T-1;touch${IFS}pwn", "T-`id`", "-n", "T-1 x", "T-\u202e1"):
        sql = f"UPDATE support_tickets SET ticket_number = '{number}', brought = 1, title = '\x1b[31mred\x1b[0m'"
        subprocess.run(["sqlite3", str(hostile), sql], check=True)
        for words in (["-q"], ["-o", "csv"], ["-o", "tsv"], ["-o", "env"], ["-o", "id"], ["-o", "json"], ["-o", "yaml"], ["--template", "{{number}} {{title}}"], []):
            got = run("ticket", "list", *words, env={"UMSOPS_FORCE_TTY": "200"}, db=hostile)
            expect(b"\x1b]" not in got.stdout and b"\x1b[31m" not in got.stdout and "\u202e".encode() not in got.stdout, f"{words} of {number!r}: {got.stdout[:200]!r}")
        got = run("__complete", "ticket", "show", "", db=hostile).stdout.decode()
        values = [line.split("\t")[0] for line in got.splitlines()]
        expect(values in ([], ["@last"]), f"completion of {number!r}: {values}")
        got = run("__complete", "ticket", "show", "T", db=hostile).stdout.decode()
        expect(got == "", f"completion of {number!r} behind T: {got!r}")


def formulas_and_mentions():
    desk = SCRATCH / "formulas.db"
    run("--db", desk, "db", "init")
    for title in ("=cmd|x!A0", "+1", "@SUM(1)", "-2+3", "＝1"):
        run("ticket", "create", "-t", title, "-q", db=desk)
    for form, divider in (("csv", ","), ("tsv", "\t")):
        rows = run("ticket", "list", "--csv-safe", "-o", form, "-F", "ticket_number,title", db=desk).stdout.decode().splitlines()[1:]
        expect(len(rows) == 5 and all(row.split(divider, 1)[1].startswith("'") for row in rows), f"{form}: {rows}")
    desk = SCRATCH / "mentions.db"
    run("--db", desk, "db", "init")
    run("ticket", "create", "-t", "ask @octocat, see https://evil.example/x and www.evil.example; mail a@b.example", "-q", db=desk)
    for words in (["ticket", "list", "-o", "md", "-F", "title"], ["ticket", "show", "T-1", "-o", "md"]):
        text = run(*words, db=desk).stdout.decode()
        expect("@octocat" not in text and "https://" not in text and "www.evil" not in text and "a@b" in text, f"{words}: {text}")


def numbers():
    for number in ("-n", "-rf", "--help", "-", "_x", ".x", "/x", "-T-1"):
        got = run("ticket", "import", "--format", "jsonl", "-", "--error-format", "json", stdin=json.dumps({"ticket_number": number, "title": "x"}).encode())
        expect(got.returncode in (5, 6), f"the number {number}: exit {got.returncode}")
    for number in ("T-77", "#78", "7/9-a_b.c"):
        got = run("ticket", "import", "--format", "jsonl", "-", stdin=json.dumps({"ticket_number": number, "title": "x"}).encode())
        expect(got.returncode == 0, f"the number {number}: {got.stderr.decode()[:200]}")
    for pattern in ("-{seq}", "--{seq:3}", "._{seq}"):
        got = run("-c", f"number_format={pattern}", "ticket", "create", "-t", "x")
        expect(got.returncode == 2, f"number_format {pattern}: exit {got.returncode} {got.stderr.decode()[:200]}")


HOME.mkdir()
try:
    run("db", "init")
    run("ticket", "create", "-t", "first", "-q")
    for part in (files, links_of_hooks, project_files, rule_cache, elevated, switches_for_tests, targets, visible, formulas_and_mentions, numbers):
        part()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
print("\n".join(problems))
print(f"{done} looks, {len(problems)} problems{'' if IS_ROOT else '; not as root: without files of another user'}")
sys.exit(1 if problems or done < 150 else 0)
