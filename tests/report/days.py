#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""days.py UMSOPS [SEED...]: tickets are filed, moved, merged, reopened, imported, erased by chance; all along, reports from the
counts by day say what the same reports say from the tickets, and what a plain count over `ticket list` says, whatever the
time of day, in the zone of the counts and in others; and the counts are sound. Then they are damaged, found out and repaired.
UMSOPS_TEST_DB: on a server."""
import collections
import datetime
import json
import os
import pathlib
import random
import sys
import tempfile
import zoneinfo

from desk import Desk

UTC = datetime.timezone.utc
START = datetime.datetime(2026, 9, 20, 7, 0, tzinfo=UTC)
FINISHED = ("RESOLVED", "CLOSED")
PRIORITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
CATEGORIES = ("vpn", "mfa", "登录", "a rather long name of a category")
COUNTED = """kind: reports
reports:
  - name: counted
    title: Counted
    from: tickets
    since: -30d
    by: [date, category, priority]
    measures:
      - {name: total, figure: n}
      - {name: closed, figure: n, where: status=CLOSED}
      - {name: resolved, figure: n, where: status=RESOLVED}
      - {name: beyond, figure: n, where: resolution_time_minutes>240}
      - {name: late, figure: n, where: "status!=RESOLVED,CLOSED (sla_deadline<now or (sla_deadline=none created_at<-240m))"}
      - {name: response, figure: "mean:response_time_minutes"}
      - {name: resolution, figure: "mean:resolution_time_minutes"}
      - {name: ended, figure: "share:status=CLOSED", among: "status=RESOLVED,CLOSED"}
"""
# From the counts, as far as the zone is theirs.
QUESTIONS = (["counted"], ["counted", "--since", "-20d"], ["counted", "--by", "week,priority"], ["counted", "--by", "category", "--at", "any"],
             ["counted", "--total", "--at", "any"], ["counted", "--since", "-3d", "--until", "-5h"], ["counted", "--since", "-2h"],
             ["counted", "--by", "month", "-w", "priority>=HIGH category!=none"], ["counted", "--by", "weekday", "--since", "-60d", "-w", "status=CLOSED"],
             ["counted", "--by", "priority", "-w", "not (status=RESOLVED,CLOSED)", "--at", "any"], ["support"])
# Everybody, and nothing that was counted: the same is made of the tickets.
EVERYBODY = ["-w", "requester_id!=nobody.at.all"]


def imported(rng, count, label, now):
    for i in range(count):
        opened = now - datetime.timedelta(minutes=rng.randrange(-3000, 60 * 24 * 90))
        ticket = {"title": f"brought {i}", "category": rng.choice([*CATEGORIES, None]), "priority": rng.choice(PRIORITIES),
                  "created_at": opened.strftime("%Y-%m-%dT%H:%M:%SZ"), "key": f"{label}{i}"}
        if rng.random() < 0.7:
            minutes = rng.choice([10, 240, 241, rng.randrange(1, 5000)])
            ticket |= {"status": rng.choice(FINISHED), "resolution": "done",
                       "resolved_at": (opened + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")}
            if rng.random() < 0.9:
                ticket |= {"resolution_time_minutes": minutes, "response_time_minutes": minutes // 3}
            if ticket["status"] == "CLOSED":
                ticket["closed_at"] = (opened + datetime.timedelta(minutes=minutes + 1440)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield json.dumps({k: v for k, v in ticket.items() if v is not None})


def act(desk, rng):
    number = f"T-{rng.randrange(1, 70)}"
    name = rng.choice(["create", "create", "reply", "resolve", "resolve", "close", "reopen", "assign", "escalate", "pend", "wake", "merge",
                       "note", "update", "category", "spam"])
    words = {"create": ["--title", "VPN down", "--priority", rng.choice(PRIORITIES), "--category", rng.choice(CATEGORIES),
                        "--requester", rng.choice(["ann", "bob"])],
             "reply": [number, "--body", "hello"], "resolve": [number, "--resolution", "done"], "close": [number, "--resolution", "done"],
             "reopen": [number], "assign": [number, "--to", rng.choice(["li.na", "wang.fang"])], "escalate": [number, "--reason", "late"],
             "pend": [number, "--until", "+1d"], "wake": [number], "merge": [number, "--into", f"T-{rng.randrange(1, 70)}"],
             "note": [number, "--body", "seen"], "update": [number, "--priority", rng.choice(PRIORITIES)],
             "category": [number, "--category", rng.choice(CATEGORIES)], "spam": [number, "--as", "spam"]}[name]
    desk.run("ticket", {"category": "update", "spam": "close"}.get(name, name), *words)  # what the ticket's state does not allow changes nothing


def time_of(text):
    return None if text is None else datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def plain_count(desk, zone):
    """`counted` once more, from the list of tickets."""
    first = (desk.now - datetime.timedelta(days=30)).astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = collections.defaultdict(lambda: collections.Counter())
    for t in desk.items("ticket", "list", "--limit", "0", "-F", "*"):
        created = time_of(t["created_at"])
        if t["status"] == "SPAM" or not first <= created < desk.now:
            continue
        row = rows[created.astimezone(zone).strftime("%Y-%m-%d"), t["category"], t["priority"]]
        late_at = time_of(t["sla_deadline"]) or created + datetime.timedelta(minutes=240)
        row.update({"total": 1, "closed": t["status"] == "CLOSED", "resolved": t["status"] == "RESOLVED",
                    "beyond": (t["resolution_time_minutes"] or 0) > 240, "late": t["status"] not in FINISHED and late_at < desk.now,
                    "n_resolution_time_minutes": t["resolution_time_minutes"] is not None,
                    "pending_resolution_time_minutes": t["resolution_time_minutes"] is None and t["status"] not in FINISHED,
                    "sum": t["resolution_time_minutes"] or 0})
    return rows


def check(desk, zone, problems):
    asked = 0
    for question in QUESTIONS:
        counted, made = (desk.items("report", "run", *question, *more, "--tz", zone) for more in ([], EVERYBODY))
        asked += 1
        if counted != made:
            more = [row for row in counted if row not in made][:2], [row for row in made if row not in counted][:2]
            problems.append(f"{desk.now} {zone} {question}: counted, and made of the tickets: {more}")
    rows = plain_count(desk, zoneinfo.ZoneInfo(zone))
    counted = {(r["date"], r["category"], r["priority"]): r for r in desk.items("report", "run", "counted", "--tz", zone)}
    if set(rows) != set(counted):
        problems.append(f"{desk.now} {zone}: rows {sorted(map(str, set(rows) ^ set(counted)))[:4]}")
    for key, row in rows.items():
        n = row["n_resolution_time_minutes"]
        wrong = [k for k, v in row.items() if k != "sum" and counted.get(key, {}).get(k) != v]
        if wrong or (n and abs(counted[key]["resolution"] - row["sum"] / n) > 0.006):
            problems.append(f"{desk.now} {zone} {key}: {wrong} of {counted.get(key)}, a plain count has {dict(row)}")
    return asked


def damage(desk, problems):
    """Nobody is told wrong figures for long: `db check` finds them, and --repair makes them anew."""
    asked = ["report", "run", "counted", "--by", "priority", "--since", "-60d", "--tz", "America/New_York"]
    before = desk.items(*asked)
    for sql in ("UPDATE ticket_days SET n = n + 1, response_sum = response_sum + 7", "DELETE FROM ticket_days WHERE state > 1",
                "UPDATE ticket_days SET day = day - 100000"):
        desk.sql(sql)
        if desk.items(*asked) == before:
            problems.append(f"{sql}: the report is not made of the counts")
        found = desk.run("db", "check")
        if found.returncode != 12 or "counts by day" not in found.stdout + found.stderr:
            problems.append(f"{sql}: {found.returncode} {found.stdout[:200]}")
        desk("db", "check", "--repair")
        if desk.items(*asked) != before:
            problems.append(f"{sql}: not repaired")


def run(binary, seed, problems):
    rng, asked = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "counted.yaml").write_text(COUNTED)
        desk = Desk(binary, folder, f"ticket_days_{os.getpid()}_{seed}", START, UMSOPS_REPORTS=f"{folder}/counted.yaml")
        asked += check(desk, "UTC", problems)  # of an empty desk
        for part, zone in enumerate(("UTC", "Asia/Shanghai", "America/New_York")):
            desk("report", "columns", "--days-of", zone)
            desk("ticket", "import", "-", "--format", "jsonl", stdin="\n".join(imported(rng, 300 if part == 2 else 25, f"p{part}-", desk.now)) + "\n")
            for _ in range(45):
                desk.now += datetime.timedelta(minutes=rng.randrange(1, 500), seconds=rng.randrange(60))
                act(desk, rng)
                if rng.random() < 0.1:
                    desk("tick")
            asked += check(desk, zone, problems) + check(desk, "Europe/Berlin", problems)
            desk("db", "check")
        for words in (["ticket", "merge", "T-2", "--into", "T-1"], ["privacy", "erase", "ann", "--reason", "asked", "--yes", "--force"]):
            desk.run(*words)
        asked += check(desk, "America/New_York", problems)
        desk("db", "check")
        copy = f"{folder}/copy.db"
        desk("db", "copy", desk.env["UMSOPS_DB"], copy)
        desk("--db", copy, "db", "check")
        if desk.items("report", "run", "counted", "--tz", "America/New_York") != desk.items("--db", copy, "report", "run", "counted", "--tz", "America/New_York"):
            problems.append("a copy counts otherwise")
        damage(desk, problems)
    return asked


def main():
    binary, problems, asked = str(pathlib.Path(sys.argv[1]).resolve()), [], 0
    for seed in [int(s) for s in sys.argv[2:]] or [1]:
        asked += run(binary, seed, problems)
    print("\n".join(problems[:20]))
    print(f"{asked} questions, {len(problems)} problems")
    return 1 if problems or asked < 50 else 0


sys.exit(main())
