#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""growth.py UMSOPS [WORD]: what reading costs grows with the size of what is read and not faster, whatever its shape: each shape is
read in one size and in twice that, and the second may take 2.5 times the processor's time and memory of the first. What takes less
than half a second is cheap, however it grows. Refusals are fine. With WORD only shapes with it in their names."""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
UMSOPS = str(pathlib.Path(sys.argv[1]).resolve())
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""
SCRATCH = tempfile.TemporaryDirectory(prefix="umsops-growth-")
HOME = pathlib.Path(SCRATCH.name)
MOST = 2.5
FLOOR_SECONDS, FLOOR_BYTES = 0.5, 150 << 20
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": str(HOME), "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "UMSOPS_DB": str(HOME / "desk.db")}
shapes = []


def shape(name, n, words, text=None, stdin=False):
    """`words` and `text` are of n; `{f}` in the words is a file with the text, which `stdin` hands over otherwise."""
    if ONLY in name:
        shapes.append((name, n, words, text, stdin))


def measured(name, n, words, text, stdin, runs=2):
    """Seconds of the processor and bytes of memory, the least of the runs: others may be at work on the machine."""
    file = HOME / f"input{SUFFIX.get(name.split(':')[0], '')}"
    content = text(n) if text else b""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    argv = [UMSOPS, *[w.replace("{f}", str(file)) for w in (words(n) if callable(words) else words)]]
    best = None
    for _ in range(runs):
        with open(file if stdin else os.devnull, "rb") as source:
            process = subprocess.Popen(argv, env=ENVIRONMENT, cwd=HOME, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 2, 3, 4, 5, 6, 8, 9, 10, 75):
            return f"{name} of {n}: exit {process.returncode}"
        cost = (used.ru_utime + used.ru_stime, used.ru_maxrss << 10)
        best = cost if best is None else min(best, cost)
        if best[0] < FLOOR_SECONDS:
            break
    return best


SUFFIX = {"article": ".md", "feed": ".ics"}
DRY = ["-n", "-q"]


def json_shapes():
    for name, text in {
        "members": lambda n: '{"title":"x",' + ",".join(f'"k{i}":1' for i in range(n)) + "}",
        "the same member": lambda n: '{"title":"x",' + ",".join('"k":1' for _ in range(n)) + "}",
        "attributes": lambda n: '{"title":"x","attributes":{' + ",".join(f'"k{i}":"1"' for i in range(n)) + "}}",
        "a list": lambda n: '{"title":"x","tags":[' + ",".join('"a"' for _ in range(n)) + "]}",
        "nested lists": lambda n: '{"title":' + "[" * n + "]" * n + "}",
        "nested objects": lambda n: '{"a":' * n + "1" + "}" * n,
        "escapes": lambda n: '{"title":"x","description":"' + "\\u4e2d" * n + '"}',
        "surrogates": lambda n: '{"title":"x","description":"' + "\\ud83d" * n + '"}',
        "a long number": lambda n: '{"title":"x","rev":' + "9" * n + "}",
        "many records": lambda n: '{"title":"x"}\n' * n,
        "broken records": lambda n: '{broken\n' * n,
        "empty lines": lambda n: "\n" * n,
        "one text of keywords": lambda n: '{"title":"x","description":"' + "urgent not 紧急 不 " * (n // 4) + '"}',
        "one letter": lambda n: '{"title":"x","description":"' + "a" * (4 * n) + '"}',
    }.items():
        shape(f"json: {name}", 60_000, ["ticket", "intake", "json", "-", *DRY], text, stdin=True)
    shape("import: members", 60_000, ["ticket", "import", "--format", "jsonl", "{f}", "-n"],
          lambda n: '{"title":"x",' + ",".join(f'"k{i}":1' for i in range(n)) + "}")
    shape("import: records", 20_000, ["ticket", "import", "--format", "jsonl", "{f}", "-n"], lambda n: '{"title":"x"}\n' * n)
    shape("ids: numbers", 200_000, ["ticket", "note", "-", "--body", "x", "-y", *DRY], lambda n: "T-1\n" * n, stdin=True)
    shape("ids: objects", 60_000, ["ticket", "note", "-", "--body", "x", "-y", *DRY], lambda n: '{"id":"T-1"}\n' * n, stdin=True)
    shape("ids: one line", 400_000, ["ticket", "note", "-", "--body", "x", "-y", *DRY], lambda n: "T" * n, stdin=True)


def csv_shapes():
    for name, text in {
        "columns": lambda n: "title," + ",".join(f"c{i}" for i in range(n)) + "\nx" + ",1" * n + "\n",
        "the same column": lambda n: "title" + ",a" * n + "\nx" + ",1" * n + "\n",
        "quotes": lambda n: 'title,description\nx,"' + '""' * n + '"\n',
        "an open quote": lambda n: 'title,description\nx,"' + "a\n" * n,
        "rows": lambda n: "title\n" + "x\n" * n,
        "ragged rows": lambda n: "title,description\n" + "x,y,z\n" * n,
    }.items():
        shape(f"csv: {name}", 40_000, ["ticket", "import", "--format", "csv", "{f}", "-n"], text)


def argument_shapes():
    many = lambda flag, value: lambda n: ["ticket", "list", *[w for i in range(n) for w in (flag, value.format(i))]]
    shape("words: filters", 10_000, many("-w", "title~a{}"))
    shape("words: the same filter", 10_000, many("-w", "title~a"))
    shape("words: fields", 10_000, lambda n: ["ticket", "list", "-F", ",".join(["title"] * n)])
    shape("words: unknown fields", 8_000, lambda n: ["ticket", "list", "-F", ",".join(f"f{i}" for i in range(n))])
    shape("words: settings", 10_000, many("-c", "tz=UTC"))
    shape("words: numbers", 20_000, lambda n: ["ticket", "show", *["T-1"] * n])
    shape("words: flags nobody knows", 20_000, lambda n: ["ticket", "list", *[f"--x{i}" for i in range(n)]])
    shape("words: one long word", 60_000, lambda n: ["ticket", "list", "-w", "(" * n])
    shape("words: not not not", 50_000, lambda n: ["ticket", "list", "-w", "not " * (n // 4) + "title~a"])
    shape("words: a search", 8_000, lambda n: ["kb", "search", " ".join(f"w{i}" for i in range(n))])
    shape("words: a question", 20_000, lambda n: ["kb", "ask", "密码" * (n // 2)])
    shape("words: sets", 20_000, lambda n: ["ticket", "update", "T-1", "-n", *[w for i in range(n) for w in ("--set", f"attributes.a{i}=1")]])
    shape("words: attributes", 20_000, lambda n: ["ticket", "create", "-t", "x", "-n", *[w for i in range(n) for w in ("--attribute", f"a{i}=1")]])
    shape("words: completion", 10_000, lambda n: ["__complete", "ticket", "list", "-F", ",".join(["title"] * n)])
    shape("words: labels", 10_000, lambda n: ["silence", "test", *[w for i in range(n) for w in ("--label", f"a{i}=1")]])
    shape("words: matchers", 10_000, lambda n: ["silence", "add", "-n", "--comment", "x", *[f"a{i}=1" for i in range(n)]])
    shape("words: a time", 60_000, lambda n: ["ticket", "list", "--since", "1" * n + "d"])


def mail_shapes():
    head = "From: a@b.example\nSubject: x\nMessage-ID: <1@b.example>\n"
    for name, text in {
        "fields": lambda n: head + "".join(f"X-{i}: y\n" for i in range(n)) + "\nx",
        "one folded field": lambda n: head + "References: <a@b>" + "\n <a@b>" * n + "\n\nx",
        "recipients": lambda n: head + "To: " + ", ".join(f"a{i}@b.example" for i in range(n)) + "\n\nx",
        "encoded words": lambda n: head + "X: y\nSubject: " + "=?utf-8?q?a?= " * n + "\n\nx",
        "parentheses": lambda n: head + "To: " + "(" * n + "\n\nx",
        "parts": lambda n: head + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * n,
        "nested parts": lambda n: head + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(n // 4)) + "\nx",
        "open tags": lambda n: head + "Content-Type: text/html\n\n" + "<div>" * n,
        "open comments": lambda n: head + "Content-Type: text/html\n\n" + "<!--" * n,
        "quotes": lambda n: head + "\n" + "> a\n" * n + "b\n",
        "quotes in quotes": lambda n: head + "\n" + ">" * n + "\n",
        "attributions": lambda n: head + "\n" + "On Monday a@b wrote:\n" * (n // 4),
        "re": lambda n: "From: a@b.example\nSubject: " + "Re: " * n + "\n\nx",
        "base64": lambda n: head + "Content-Transfer-Encoding: base64\n\n" + "YWFh\n" * n,
    }.items():
        shape(f"mail: {name}", 40_000, ["ticket", "intake", "mail", "-", *DRY], text, stdin=True)


def file_shapes():
    rule = lambda i: f"  - {{id: r{i}, when: {{keywords: [k{i}]}}, set: {{category: c}}}}\n"
    person = lambda i: f"  p{i}: {{skills: {{mfa: 3}}}}\n"
    for name, words, n, text in (
        ("rules: rules", ["rules", "check", "{f}"], 5_000, lambda n: "rules:\n" + "".join(map(rule, range(n)))),
        ("rules: keywords", ["rules", "check", "{f}"], 20_000, lambda n: "rules:\n  - {id: a, when: {keywords: [" + ", ".join(f"k{i}" for i in range(n)) + "]}, set: {category: c}}\n"),
        ("rules: nested", ["rules", "check", "{f}"], 40_000, lambda n: "rules: " + "[" * n),
        ("rules: flow maps", ["rules", "check", "{f}"], 40_000, lambda n: "rules: " + "{a: " * n),
        ("rules: keys", ["rules", "check", "{f}"], 10_000, lambda n: "".join(f"k{i}: 1\n" for i in range(n))),
        ("rules: a regular expression", ["rules", "check", "{f}"], 20_000, lambda n: "rules:\n  - {id: a, when: {regex: \"" + "(a|b)*" * n + "\"}, set: {category: c}}\n"),
        ("rules: quotes", ["rules", "check", "{f}"], 100_000, lambda n: "rules: '" + "''" * n),
        ("roster: people", ["oncall", "who", "--roster", "{f}"], 5_000, lambda n: "people:\n" + "".join(map(person, range(n)))),
        ("roster: the same person", ["oncall", "who", "--roster", "{f}"], 5_000, lambda n: "people:\n" + person(1) * n),
        ("roster: names nobody has", ["oncall", "who", "--roster", "{f}"], 5_000, lambda n: "people:\n" + person(1) + "teams:\n  t: {members: [" + ", ".join(f"x{i}" for i in range(n)) + "]}\n"),
        ("services: a chain", ["service", "graph", "--services", "{f}"], 2_000, lambda n: "services:\n" + "".join(f"  s{i}: {{tier: 1, owner: t, depends_on: [s{i + 1}]}}\n" for i in range(n)) + f"  s{n}: {{tier: 1, owner: t}}\n"),
        ("services: a star", ["service", "list", "--services", "{f}"], 4_000, lambda n: "services:\n  c: {tier: 1, owner: t, depends_on: [" + ", ".join(f"s{i}" for i in range(n)) + "]}\n" + "".join(f"  s{i}: {{tier: 1, owner: t}}\n" for i in range(n))),
        ("settings: keys", ["--config", "{f}", "config", "list"], 10_000, lambda n: "".join(f"k{i}: 1\n" for i in range(n))),
        ("settings: paths", ["--config", "{f}", "config", "list"], 10_000, lambda n: "roster: [" + ", ".join(f"f{i}" for i in range(n)) + "]\n"),
        ("mapping: fields", ["ticket", "import", "--format", "jsonl", "--mapping", "{f}", "/dev/null", "-n"], 10_000, lambda n: "fields:\n" + "".join(f"  attributes.a{i}: b{i}\n" for i in range(n))),
        ("mapping: words", ["ticket", "import", "--format", "jsonl", "--mapping", "{f}", "/dev/null", "-n"], 10_000, lambda n: "fields:\n  title: {column: a, values: {" + ", ".join(f"w{i}: x" for i in range(n)) + "}}\n"),
        ("runbook: steps", ["runbook", "check", "--file", "{f}"], 2_000, lambda n: "id: a\ntitle: x\nsteps:\n" + "".join(f"  - {{id: s{i}, run: [\"true\"]}}\n" for i in range(n))),
        ("channels: channels", ["lint", "{f}"], 5_000, lambda n: "kind: channels\nchannels:\n" + "".join(f"  c{i}: {{type: file, path: log}}\n" for i in range(n))),
        ("reports: sections", ["report", "check", "{f}"], 2_000, lambda n: "reports:\n" + "".join(f"  r{i}:\n    title: x\n    sections:\n      - {{from: tickets, measure: [n]}}\n" for i in range(n))),
        ("inhibition: rules", ["lint", "{f}"], 3_000, lambda n: "kind: inhibition\ninhibit_rules:\n" + "".join(f"  - {{source_matchers: [a{i}=b], target_matchers: [c=d], equal: [e]}}\n" for i in range(n))),
        ("article: lines", ["kb", "create", "-n", "-t", "x", "--body-file", "{f}"], 40_000, lambda n: "# a [b](c) *d*\n" * (n // 4)),
        ("article: front matter", ["kb", "import", "{f}", "-n"], 20_000, lambda n: "---\ntitle: x\ntags: [" + ", ".join(f"t{i}" for i in range(n)) + "]\n---\n\nx\n"),
        ("schema: a document", ["schema", "validate", "umsops.ticket.list/v1", "{f}"], 5_000, lambda n: json.dumps({"schema": "umsops.ticket.list/v1", "items": [{"ticket_number": "x"}] * n, "count": n, "truncated": False, "next": None})),
        ("terminal: a progress bar", ["ticket", "create", "-t", "x", "-n", "--body-file", "{f}"], 200_000, lambda n: "\x1b[31m50%\r" * n),
        ("feed: holidays", ["lint", "{sla}"], 5_000, lambda n: "BEGIN:VCALENDAR\n" + "".join(f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:2026{1 + i % 12:02}{1 + i % 28:02}\nSUMMARY:x\nEND:VEVENT\n" for i in range(n)) + "END:VCALENDAR\n"),
        ("feed: a folded line", ["lint", "{sla}"], 50_000, lambda n: "BEGIN:VCALENDAR\nX:y" + "\n z" * n + "\nEND:VCALENDAR\n"),
        ("alarms: alerts", ["incident", "ingest", "{f}", "-n"], 2_000, lambda n: json.dumps({"version": "4", "status": "firing", "receiver": "x", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "", "groupKey": "g", "alerts": [{"status": "firing", "labels": {"alertname": f"a{i}"}, "annotations": {}, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": f"{i:x}"} for i in range(n)]})),
        ("alarms: labels", ["incident", "ingest", "{f}", "-n"], 3_000, lambda n: json.dumps({"key": "k", "title": "x", "state": "firing", "labels": {f"l{i}": "v" for i in range(n)}})),
    ):
        shape(name, n, [w.replace("{sla}", str(HOME / "sla.yaml")) for w in words], text)
    for channel in ("chat", "phone"):
        shape(f"talk: {channel}", 20_000, ["ticket", "intake", channel, *DRY], lambda n: "hello\n" * n, stdin=True)
        shape(f"talk: one line of {channel}", 200_000, ["ticket", "intake", channel, *DRY], lambda n: "a" * n, stdin=True)


def far_ahead():
    """A typo in a time: tick looks at the end of days, at a cost that follows the tickets and not the years."""
    records = HOME / "records"
    records.write_text('{"title":"t"}\n' * 66)
    with records.open() as source:
        subprocess.run([UMSOPS, "ticket", "intake", "json", "-", "-q"], env=ENVIRONMENT, stdin=source, check=True, capture_output=True)
    cost = measured("tick", 66, ["tick", "-n", "--now", "9999-12-31T23:59:59Z"], None, False)
    return f"tick far ahead: {cost}" if isinstance(cost, str) or cost[0] > 2 else None


def outgrown(one, two):
    """What grew faster than its input: index into a cost."""
    return [place for place, floor in enumerate((FLOOR_SECONDS, FLOOR_BYTES)) if two[place] > floor and two[place] > MOST * max(one[place], floor / MOST)]


def problems_of(name, n, words, text, stdin):
    """What is wrong with a shape, and what its second size took. A suspicion is measured again with more runs: beside busy neighbours
    two runs may both be slow."""
    for runs in (2, 8):
        one, two = (measured(name, size, words, text, stdin, runs) for size in (n, 2 * n))
        refused = [cost for cost in (one, two) if isinstance(cost, str)]
        if refused:
            return refused, 0
        grown = outgrown(one, two)
        if not grown and two[0] <= 10:
            return [], two[0]
    units = (("seconds", 1), ("MiB", 1 << 20))
    found = [f"{name}: {n}: {one[place] / units[place][1]:.2f} {units[place][0]}, {2 * n}: {two[place] / units[place][1]:.2f}" for place in grown]
    return found + ([f"{name}: {2 * n}: {two[0]:.1f} seconds"] if two[0] > 10 else []), two[0]


def main():
    subprocess.run([UMSOPS, "db", "init", "-q"], env=ENVIRONMENT, check=True, capture_output=True)
    subprocess.run([UMSOPS, "ticket", "create", "-t", "one", "-q"], env=ENVIRONMENT, check=True, capture_output=True)
    (HOME / "sla.yaml").write_text("kind: sla\ncalendars:\n  a:\n    zone: UTC\n    hours: {mon-fri: 09:00-17:00}\n    holidays: [{file: input.ics}]\n")
    resource.setrlimit(resource.RLIMIT_STACK, (resource.getrlimit(resource.RLIMIT_STACK)[1],) * 2)  # for many words
    for part in (json_shapes, csv_shapes, argument_shapes, mail_shapes, file_shapes):
        part()
    problems, slowest = [], (0, "")
    if ahead := far_ahead():
        problems.append(ahead)
    for name, *rest in shapes:
        found, seconds = problems_of(name, *rest)
        problems += found
        slowest = max(slowest, (seconds, name))
    print("\n".join(problems))
    print(f"{len(shapes)} shapes, the slowest {slowest[1]} with {slowest[0]:.2f} s, {len(problems)} problems")
    return 1 if problems or not shapes else 0


sys.exit(main())
