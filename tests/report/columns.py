#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""columns.py UMSOPS: reports say the same from the columns beside the store as from its tables: right after these were made,
after later changes, after tick has taken those in, after another policy, and when the folder is damaged."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

QUESTIONS = (["support"], ["workload"], ["channels"], ["trend"],
             ["--from", "tickets", "--by", "category,priority", "--measure", "n,mean:created_at..resolved_at,p90:resolution_time_minutes",
              "-w", "source=WEB,EMAIL", "--since", "2026-01-01"],
             ["--from", "tickets", "--by", "month,assignee_id", "--measure", "n,share:sla_breach!=none", "--at", "any"],
             ["handover"], ["newest-of-each"],
             ["--from", "tickets", "--by", "sla,status", "--measure", "n", "--at", "any"],
             ["--from", "tickets", "--by", "service", "--measure", "n", "-w", "category~p or service=none", "--since", "2026-01-01"])


# Sorted by texts and numbers that not every ticket has, with more rows than are shown and less, equal ones among them.
LISTS = """kind: reports
reports:
  - name: newest-of-each
    title: Lists
    doc: Lists
    sections:
      - {name: texts, title: Texts, from: tickets, since: any, fields: [category, assignee_id, resolution_time_minutes, ticket_number, title],
         where: "title~7", sort: "-category,resolution_time_minutes,ticket_number", limit: 40}
      - {name: states, title: States, from: tickets, since: any, fields: [sla, sla_deadline, ticket_number, requester_id],
         where: "sla=RESOLUTION_BREACHED,RESPONSE_BREACHED,ON_TRACK", sort: "-sla,sla_deadline", limit: 25}
      - {name: closed, title: Closed, from: tickets, since: any, fields: [category, resolution_time_minutes, title],
         where: "status=CLOSED", sort: "-category,resolution_time_minutes", limit: 30}
      - {name: few, title: Few, from: tickets, since: any, fields: [ticket_number, title], where: "service!=none", limit: 5}
"""


def main():
    problems, asked, rng = [], 0, random.Random(5)
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": "/usr/bin:/bin", "HOME": folder, "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "UMSOPS_DB": f"{folder}/desk.db", "UMSOPS_NOW": "2026-11-23T09:30:00Z", "UMSOPS_ACTOR": "li.na"}
        def umsops(*words, stdin=None):
            got = subprocess.run([binary, *words], env=env, input=stdin, capture_output=True, text=True)
            if got.returncode:
                raise SystemExit(f"{words}: {got.stderr}")
            return got.stdout
        columns = pathlib.Path(folder, "desk.db-columns")
        def compare(when):
            nonlocal asked
            for question in QUESTIONS:
                question = ["-c", f"reports={folder}/lists.yaml", *question]
                fast = umsops("report", "run", *question, "-o", "json")
                columns.rename(f"{folder}/away")
                slow = umsops("report", "run", *question, "-o", "json")
                pathlib.Path(folder, "away").rename(columns)
                asked += 1
                if fast != slow:
                    problems.append(f"{when}: {question}: {fast[:300]} and from the tables {slow[:300]}")
        umsops("db", "init")
        pathlib.Path(folder, "lists.yaml").write_text(LISTS)
        lines = []
        for i in range(9000):
            minutes = rng.randrange(5, 4000)
            ticket = {"title": f"ticket {i}", "priority": rng.choice(["LOW", "MEDIUM", "HIGH", "CRITICAL"]), "category": rng.choice(["vpn", "mfa", "登录", "password"]),
                      "source": rng.choice(["EMAIL", "WEB", "PHONE"]), "assignee_id": rng.choice(["li.na", "wang.fang"]),
                      "created_at": f"2026-{rng.randrange(6, 12):02}-{rng.randrange(1, 23):02}T{rng.randrange(24):02}:00:00Z"}
            if rng.random() < 0.9:
                ticket |= {"status": "CLOSED", "resolved_at": "2026-11-22T23:30:00Z", "closed_at": "2026-11-22T23:40:00Z", "resolution": "x",
                           "resolution_time_minutes": minutes, "response_time_minutes": minutes // 4}
            lines.append(json.dumps(ticket))
        umsops("ticket", "import", "-", "--format", "jsonl", "-q", stdin="\n".join(lines) + "\n")
        made = json.loads(umsops("report", "columns", "-o", "json"))
        if made["rows"] != 9000 or made["renewed"] != 9000:
            problems.append(f"made: {made}")
        compare("made")
        umsops("ticket", "create", "-t", "new", "--category", "new one", "--requester", "somebody.private")
        umsops("ticket", "update", "T-1", "T-2", "T-3", "--category", "changed")
        compare("after changes")
        umsops("tick")
        again = json.loads(umsops("report", "columns", "-o", "json"))
        if again["renewed"] != 0 or again["rows"] != 9001:
            problems.append(f"after tick: {again}")
        compare("after tick")
        kept = b"".join(path.read_bytes() for path in columns.iterdir())
        if b"somebody.private" in kept or "changed".encode() not in kept:
            problems.append("a requester is in the columns, or a category is not")
        (columns / "created_at").write_bytes((columns / "created_at").read_bytes()[:-8])
        compare("cut short")
        (columns / "meta.json").write_text("{}")
        compare("without its head")
        if json.loads(umsops("report", "columns", "-o", "json"))["renewed"] != 9001:
            problems.append("a damaged folder is not made anew")
        compare("made anew")
    print("\n".join(problems[:20]))
    print(f"{asked} questions, {len(problems)} problems")
    return 1 if problems or not asked else 0


sys.exit(main())
