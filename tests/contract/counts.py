#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""counts.py UMSOPS [--report]: what the common commands cost, counted and not timed: pages, syncs, bytes, instructions,
allocations. The counts are of a desk with the built-in rules and nothing else, so they are the same on any machine but for
a few in a hundred. A ceiling stands 5 % above what was reached. --report prints all counts and refuses none."""
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

UMSOPS = os.path.abspath(sys.argv[1])
# The same program with the system's own C library, whose allocations can be counted.
TWIN = pathlib.Path(UMSOPS).parents[1] / "libexec/umsops/umsops"
REPORT = "--report" in sys.argv
STORED = 100_000
WORDS = ("登录失败 VPN timeout 数据库 password reset 无法访问 printer 证书过期 outage 网络中断 mailbox 权限申请 account locked "
         "for the user in office 更新之后 仍然报错 certificate expired 服务器 slow disk full 单点登录 directory since "
         "yesterday 请协助排查 token phone replaced 部门 error code again after login").split()

CEILINGS = {
    "bytes a ticket with its event, as imported": 975,
    "bytes of the schema's text": 13_600,
    "tables": 32,
    "create: pages written": 5,
    "create: pages read": 20,
    "create with a requester: pages written": 7,
    "create with a requester: pages read": 26,
    "create with a key: pages written": 6,
    "create with a key: pages read": 23,
    "create: syncs (mean)": 2.4,
    "create: files removed": 0,
    "list: pages read": 14,
    "list: pages written": 0,
    "list: syncs": 0,
    "list of the newest 20: instructions": 2_950_000,
    "--version: instructions": 460_000,
    "create on an empty desk: instructions": 3_350_000,
    "create beside 40 of its requester: instructions": 3_630_000,
    "import: allocations a row": 240,
}

scratch = tempfile.TemporaryDirectory(prefix="umsops-counts-")
HOME = pathlib.Path(scratch.name)
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": scratch.name, "USER": "counts", "LC_ALL": "C.UTF-8",
               "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_DB": f"{HOME}/desk.db"}
counts = {}


def run(*words, before=(), program=UMSOPS):
    result = subprocess.run([*before, program, *words], env=ENVIRONMENT, cwd=HOME, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{words}: exit {result.returncode}: {result.stderr[-500:]}")
    return result


def records(count):
    dice = random.Random(7)
    text = lambda size: " ".join(dice.choice(WORDS) for _ in range(size))
    with open(HOME / f"tickets.{count}.jsonl", "w") as out:
        for i in range(count):
            day, second = divmod(i * 946, 86_400)
            created = f"20{23 + day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
            record = {"key": f"EXT-{i}", "title": text(6), "description": text(19), "category": "mfa", "priority": "LOW",
                      "status": "OPEN", "requester_id": f"user{dice.randrange(5000)}@corp.example",
                      "assignee_id": f"agent{dice.randrange(40)}", "created_at": created}
            if dice.randrange(5):
                record.update(status="RESOLVED", resolved_at=created)
            print(json.dumps(record, ensure_ascii=False), file=out)
    return str(out.name)


def new_desk():
    for ending in ("", "-wal", "-shm", ".lock"):
        pathlib.Path(ENVIRONMENT["UMSOPS_DB"] + ending).unlink(missing_ok=True)
    run("db", "init")


def sql(text):
    return subprocess.run(["sqlite3", ENVIRONMENT["UMSOPS_DB"], text], capture_output=True, text=True, check=True).stdout


def shorten_log():
    sql("PRAGMA wal_checkpoint(TRUNCATE)")


def traced(*words):
    """Pages written to the log, pages read, syncs, files removed."""
    run(*words, before=("strace", "-f", "-y", "-o", f"{HOME}/trace",
                        "-e", "trace=pread64,pwrite64,fsync,fdatasync,unlink,unlinkat"))
    calls = (HOME / "trace").read_text()
    count = lambda pattern: len(re.findall(pattern, calls, re.M))
    return (count(r"pwrite64\(\d+<[^>]*-wal>.*, 4096, \d+\) "), count(r"pread64\(\d+<[^>]*desk\.db(?:-wal)?>.*, 4096, \d+\) "),
            count(r"(?:fsync|fdatasync)\("), count(r"unlink(?:at)?\("))


def instructions(*words):
    error = run(*words, before=("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")).stderr
    return int(re.search(r"Collected : (\d+)", error).group(1))


def allocations(*words):
    error = run(*words, before=("valgrind", "--tool=memcheck", "--leak-check=no"), program=str(TWIN)).stderr
    return int(re.search(r"total heap usage: ([\d,]+) allocs", error).group(1).replace(",", ""))


def count_grown_store():
    new_desk()
    run("ticket", "import", "--format", "jsonl", "-q", records(STORED))
    shorten_log()
    counts["bytes a ticket with its event, as imported"] = os.path.getsize(ENVIRONMENT["UMSOPS_DB"]) / STORED
    counts["bytes of the schema's text"] = int(sql("SELECT sum(length(sql)) FROM sqlite_schema"))
    counts["tables"] = int(sql("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"))
    for name, more in (("create", ()), ("create with a requester", ("--requester", "user77@corp.example")),
                       ("create with a key", ("--key", "ci:{}"))):
        run("ticket", "create", "-t", "first", "-q")  # after which the log is there
        seen = [traced("ticket", "create", "-t", f"{name} {i}", "--body", "from a script", "-q",
                       *(word.format(i) for word in more)) for i in range(9)]
        shorten_log()
        counts[f"{name}: pages written"] = statistics.median(s[0] for s in seen)
        counts[f"{name}: pages read"] = statistics.median(s[1] for s in seen)
        if name == "create":
            counts["create: syncs (mean)"] = statistics.mean(s[2] for s in seen)
            counts["create: files removed"] = sum(s[3] for s in seen)
    written, read, syncs, _ = traced("ticket", "list", "-w", "status=OPEN", "--limit", "20", "-q")
    counts.update({"list: pages read": read, "list: pages written": written, "list: syncs": syncs})
    counts["list of the newest 20: instructions"] = instructions("ticket", "list", "--limit", "20", "-q")


def count_instructions():
    new_desk()
    counts["--version: instructions"] = instructions("--version")
    create = ("ticket", "create", "-t", "VPN certificate expired", "--requester", "m.jones", "-q")
    counts["create on an empty desk: instructions"] = instructions(*create)
    new_desk()
    for i in range(40):
        run("ticket", "create", "-t", f"number {i} vpn down", "--requester", "m.jones", "-q")
    shorten_log()
    counts["create beside 40 of its requester: instructions"] = instructions(*create)


def count_allocations():
    seen = []
    for size in (200, 600):
        new_desk()
        seen.append(allocations("ticket", "import", "--format", "jsonl", "-q", records(size)))
    counts["import: allocations a row"] = (seen[1] - seen[0]) / 400


def main():
    count_grown_store()
    count_instructions()
    if TWIN.exists():
        count_allocations()
    over = [name for name, count in counts.items() if name in CEILINGS and count > CEILINGS[name]]
    for name, count in counts.items():
        print(f"{count:>12,.10g}  {name}" + (f"  (ceiling {CEILINGS.get(name):,})" if name in CEILINGS else ""))
    if over and not REPORT:
        sys.exit("over its ceiling: " + "; ".join(over))


main()
