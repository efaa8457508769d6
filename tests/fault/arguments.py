#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""arguments.py UMSOPS [--long]: random argument lists, hostile words among them, are run for real in a folder of their
own. None ends in a signal, in exit 1, in a code that the help does not know, or writes a raw control character to people;
and the store is sound afterwards."""
import collections
import json
import random
import re
import resource
import subprocess

import fault
from fault import LONG, SCRATCH, SEED, fail, must

RUNS = 20_000 if LONG else 1_200
HOSTILE = ["", "-", "--", "=", "-t", "--title=", "[a,b]", "[]", "'", '"', "\\", "%s%n", "$(touch PWNED)", "; touch PWNED", "`id`", "a\tb",
           "a\nb", "\x1b]52;c;x\x07", "\u202eabc", "登录失败", "紧急" * 300, "x" * 100_000, "0", "-1", "010", "0x10", "1e999", "nan",
           "9223372036854775808", "18446744073709551616", "none", "null", "@last", "T-1", "T-999999", "t-0000000000001", "../../etc/passwd",
           "/dev/full", "/dev/null", ".", "/", "*", "~", "a=b", "=b", "a=", "2026-02-30", "3天前", "last week", "2026-W54", "-7d", "1e3d",
           "status=open", "priority>=HIGH (title~x or !rev=1)", "((((", "title~\"", "yaml", "json", "env", "csv", "xml", "zh", "zh_CN.UTF-8",
           "UTC", "Asia/Shanghai", "Mars/Olympus", "text,.*", "rules.yaml", "rows.csv", "rows.jsonl"]
EXITS = {0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
# What a reader of standard error must never get raw: controls but newline and tab, and what turns text round.
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

dice = random.Random(SEED)
folder = SCRATCH / "folder"
folder.mkdir()
registry = json.loads(must("commands", "-o", "json"))
commands, everywhere = registry["items"], registry["global_flags"]


def files():
    """What some of the words name; made anew now and then, as commands may write over them."""
    (folder / "rules.yaml").write_text("rules:\n  - {id: a, when: {keywords: [vpn]}, set: {category: network}}\n")
    (folder / "rows.csv").write_text("title,priority\nfrom a table,HIGH\n")
    (folder / "rows.jsonl").write_text('{"title":"from a line"}\n')


def word_for(flag):
    if flag["choices"] and dice.random() < 0.7:
        return dice.choice(flag["choices"])
    return dice.choice(HOSTILE)


def words():
    command = dice.choice(commands)
    out = command["path"].split()
    if dice.random() < 0.05:
        out[dice.randrange(len(out))] = dice.choice(HOSTILE)[:100]
    for _ in range(dice.randrange(5)):
        flag = dice.choice(command["flags"] + everywhere)
        if dice.random() < 0.15:
            out.append(dice.choice(HOSTILE))
        elif flag["type"] == "flag":
            out.append(flag["name"])
        elif dice.random() < 0.5:
            out += [flag["name"], word_for(flag)]
        else:
            out.append(f"{flag['name']}={word_for(flag)}")
    for _ in range(dice.choice((0, 0, 1, 1, 2))):
        out.append(dice.choice(HOSTILE))
    return out


def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))


exits = collections.Counter()
for number in range(RUNS):
    if number % 50 == 0:
        files()
    line = words()
    try:
        result = subprocess.run([fault.UMSOPS, *line], env=fault.environment(), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                                preexec_fn=limits)
    except subprocess.TimeoutExpired:
        fail(f"{line}: never ends")
    told = result.stderr.decode(errors="replace")
    exits[result.returncode] += 1
    of_mail = result.returncode == 75 and line[:3] == ["ticket", "intake", "mail"]  # its server tries again
    if result.returncode not in EXITS and not of_mail:
        # An answer that cannot be written, to standard output or into a file that may be named, is exit 1, and says so.
        if not (result.returncode == 1 and ("/dev/full" in " ".join(line) or re.search("cannot write|无法写入|output.failed", told))):
            fail(f"{[w[:200] for w in line]}: exit {result.returncode}: {told[-500:]}")
    if RAW.search(told) and "-o" not in line:
        fail(f"{[w[:200] for w in line]}: raw controls on standard error: {told[-500:]!r}")
    if (folder / "PWNED").exists() or (SCRATCH / "PWNED").exists():
        fail(f"{line}: was run by a shell")
store = SCRATCH / ".local/share/umsops/desk.db"
if store.exists() and (complaints := fault.unsound(store)):
    fail(complaints)
print(f"arguments: {RUNS} argument lists over {len(commands)} commands, exits {dict(sorted(exits.items()))}, 0 signals, the store is sound")
