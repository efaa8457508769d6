#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""plain_scan.py UMSOPS [SEED...]: files, moves, merges, reopens and imports tickets and incidents by chance, and compares what
the shipped reports say with a plain scan over what `ticket list` and the rest give; and reports as of a past moment with
those that were made then. UMSOPS_TEST_DB: on a server."""
import collections
import datetime
import json
import math
import os
import pathlib
import random
import sys
import tempfile
import zoneinfo

from desk import Desk

UTC = datetime.timezone.utc
FINISHED = ("RESOLVED", "CLOSED")
PRIORITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
BREACHED = ("RESPONSE_BREACHED", "RESOLUTION_BREACHED")
START = datetime.datetime(2026, 9, 20, 7, 0, tzinfo=UTC)


def time_of(text):
    return None if text is None else datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def rounded(value, places=2):
    """Half away from zero, as figures are rounded."""
    return None if value is None else math.floor(abs(value) * 10**places + 0.5) / 10**places * (1 if value >= 0 else -1)


def mean(values):
    return rounded(sum(values) / len(values)) if values else None


def median(values):
    v, n = sorted(values), len(values)
    return rounded((v[(n - 1) // 2] + v[n // 2]) / 2) if v else None


def rank(values, percent):
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1] if values else None


def share(part, whole):
    return rounded(part / whole, 4) if whole else None


def imported(rng, count):
    """Tickets that were finished elsewhere, some of them before this desk began; some without what others have."""
    for i in range(count):
        opened = START - datetime.timedelta(minutes=rng.randrange(0, 60 * 24 * 120))
        ticket = {"title": f"brought {i}", "category": rng.choice(["vpn", "mfa", "登录", None]), "priority": rng.choice(PRIORITIES),
                  "source": rng.choice(["EMAIL", "WEB", "CHAT"]), "created_at": opened.strftime("%Y-%m-%dT%H:%M:%SZ"), "key": f"i{i}"}
        if rng.random() < 0.8:
            minutes = rng.randrange(1, 5000)
            resolved = opened + datetime.timedelta(minutes=minutes)
            ticket |= {"status": rng.choice(FINISHED), "resolved_at": resolved.strftime("%Y-%m-%dT%H:%M:%SZ"), "resolution": "done"}
            if rng.random() < 0.9:
                ticket |= {"resolution_time_minutes": minutes, "response_time_minutes": minutes // 3}
            if ticket["status"] == "CLOSED":
                ticket["closed_at"] = (resolved + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield json.dumps({k: v for k, v in ticket.items() if v is not None})


def spent(rng):
    return ["--time-spent", f"{rng.randrange(1, 200)}m"] if rng.random() < 0.6 else []


def act_on_tickets(desk, rng):
    number = f"T-{rng.randrange(1, 60)}"
    act = rng.choice(["create", "create", "reply", "reply", "resolve", "resolve", "close", "reopen", "assign", "escalate", "pend",
                      "wake", "merge", "note", "update", "rate"])
    words = {"create": ["--title", rng.choice(["VPN down", "忘记密码", "urgent: cannot sign in", "question"]), "--priority",
                        rng.choice(PRIORITIES), "--category", rng.choice(["vpn", "mfa", "登录"]), "--source", rng.choice(["PHONE", "CLI"])],
             "reply": [number, "--body", "hello", *spent(rng)], "rate": [number, str(rng.randrange(1, 6))], "resolve": [number, "--resolution", "done"], "close": [number, "--resolution", "done"],
             "reopen": [number], "assign": [number, "--to", rng.choice(["li.na", "wang.fang", "zhao.min"])],
             "escalate": [number, "--reason", "late"], "pend": [number, "--until", "+1d"], "wake": [number],
             "merge": [number, "--into", f"T-{rng.randrange(1, 60)}"], "note": [number, "--body", "seen", *spent(rng)],
             "update": [number, "--priority", rng.choice(PRIORITIES)]}[act]
    desk.run("ticket", act, *words)  # an act that the ticket's state does not allow changes nothing


def act_on_incidents(desk, rng):
    number = f"INC-{rng.randrange(1, 6)}"
    act = rng.choice(["create", "ack", "verify", "resolve", "close", "reopen", "escalate"])
    services = ",".join(rng.sample(["sso", "ldap", "mail"], rng.randrange(0, 3)))
    create = ["--title", "down", "--severity", rng.choice(PRIORITIES), "--type", rng.choice(["AUTHENTICATION_FAILURE", "DATABASE_ISSUE"])]
    create += ["--service", services] if services else []
    if rng.random() < 0.5:
        create += ["--impact-started-at", (desk.now - datetime.timedelta(minutes=rng.randrange(-10, 90))).strftime("%Y-%m-%dT%H:%M:%SZ")]
    words = {"create": create, "ack": [number], "verify": [number, "--passed", "--note", "works"], "escalate": [number, "--reason", "late"],
             "resolve": [number, "--resolution", "done", "--force", "--reason", "enough"], "close": [number, "--resolution", "done", "--force", "--reason", "x"],
             "reopen": [number]}[act]
    desk.run("incident", act, *words)


def act_on_what_is_learned(desk, rng):
    """Uses of articles, and reviews with their actions, whose tickets live as all others do."""
    over = [i["incident_number"] for i in desk.all("incident") if i["status"] in ("RECOVERED", *FINISHED)]
    number = rng.choice(over or ["INC-000001"])
    act = rng.choice(["use", "use", "talk", "review", "action", "action"])
    if act == "use":
        desk.run("kb", "used", f"KB-{rng.randrange(1, 4)}", "--ticket", f"T-{rng.randrange(1, 60)}", "--worked", rng.choice(["yes", "no"]))
    elif act == "talk":
        desk.run("ticket", "intake", "chat", stdin=rng.choice(["one\nyes\n", "two text\nyes\n", "one\nno\nbye\n"]))
    elif act == "review":
        desk.run("review", "create", number)
    else:
        due = [] if rng.random() < 0.3 else ["--due", (desk.now + datetime.timedelta(hours=rng.randrange(1, 72))).strftime("%Y-%m-%dT%H:%M:%SZ")]
        desk.run("review", "action", number.replace("INC", "REV"), "--add", "do better", *due, *(["--to", "li.na"] if rng.random() < 0.5 else []))


def lived(desk, rng, acts):
    for _ in range(acts):
        desk.now += datetime.timedelta(minutes=rng.randrange(1, 600), seconds=rng.randrange(60))
        rng.choices([act_on_tickets, act_on_incidents, act_on_what_is_learned], [7, 3, 2])[0](desk, rng)


class Scan:
    """The figures again, one plain loop each."""

    def __init__(self, desk, zone):
        self.tickets, self.incidents, self.articles = desk.all("ticket"), desk.all("incident"), desk.all("kb")
        self.now, self.zone = desk.now, zoneinfo.ZoneInfo(zone)
        self.replies, self.escalations, self.spent = collections.Counter(), [], []
        for noun, records in (("ticket", self.tickets), ("incident", self.incidents)):
            for record in records:
                shown = desk.json(noun, "show", record[f"{noun}_number"])
                self.replies[record["id"]] = sum(r["response_type"] == "EXTERNAL" for r in shown.get("responses", []))
                self.spent += [r | {"category": record["category"]} for r in shown.get("responses", [])
                               if r["time_spent_minutes"] and self.within(r, "created_at", 30)]
                self.escalations += [(noun, record, e) for e in shown.get("escalations", [])]
        self.uses = {a["kb_number"]: [u for u in desk.json("kb", "show", a["kb_number"])["feedback"] if u["kind"] == "USE"] for a in self.articles}
        self.reviews = [desk.json("review", "show", r["review_number"]) for r in desk.all("review")]
        for ticket in self.tickets:
            ticket["ended_at"] = ticket["resolved_at"] or ticket["closed_at"]

    def within(self, record, field, days):
        at = time_of(record[field])
        return at is not None and self.now - datetime.timedelta(days=days) <= at < self.now

    def local(self, text):
        return time_of(text).astimezone(self.zone)

    def groups(self, records, key):
        found = collections.defaultdict(list)
        for record in records:
            found[key(record)].append(record)
        return found

    def support(self):
        # By days: the first one is whole.
        first = (self.now - datetime.timedelta(days=30)).astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        recent = [t for t in self.tickets if first <= time_of(t["created_at"]) < self.now]
        for key, group in self.groups(recent, lambda t: (self.local(t["created_at"]).strftime("%Y-%m-%d"), t["category"], t["priority"])).items():
            times = {f: [t[f] for t in group if t[f] is not None] for f in ("response_time_minutes", "resolution_time_minutes")}
            is_open = [t for t in group if t["status"] not in FINISHED]
            late = datetime.timedelta(minutes=240)
            yield dict(zip(("date", "category", "priority"), key)) | {
                "total_tickets": len(group), "closed_tickets": sum(t["status"] == "CLOSED" for t in group),
                "resolved_tickets": sum(t["status"] == "RESOLVED" for t in group),
                "resolved_ever": sum(t["status"] in FINISHED for t in group),
                "avg_response_time": mean(times["response_time_minutes"]), "avg_resolution_time": mean(times["resolution_time_minutes"]),
                "median_resolution_time": median(times["resolution_time_minutes"]),
                "p90_resolution_time": rank(times["resolution_time_minutes"], 90), "p95_response_time": rank(times["response_time_minutes"], 95),
                "overdue_tickets": sum(m > 240 for m in times["resolution_time_minutes"]),
                "overdue_open": sum((time_of(t["sla_deadline"]) or time_of(t["created_at"]) + late) < self.now for t in is_open),
                "n_response": len(times["response_time_minutes"]), "n_resolution": len(times["resolution_time_minutes"]),
                "pending_resolution_time_minutes": sum(t["resolution_time_minutes"] is None for t in is_open),
                "not_applicable_resolution_time_minutes": sum(t["resolution_time_minutes"] is None and t["status"] in FINISHED for t in group)}

    def sla(self):
        recent = [t for t in self.tickets if self.within(t, "created_at", 30) and t["sla_policy"]]
        for key, group in self.groups(recent, lambda t: (t["sla_policy"], t["priority"])).items():
            states = collections.Counter(t["sla"] for t in group)
            work = [t["resolution_working_minutes"] for t in group if t["resolution_working_minutes"] is not None]
            judged = states["MET"] + sum(states[s] for s in BREACHED)
            yield {"policy": key[0], "priority": key[1], "tickets": len(group), "met": states["MET"], "paused": states["PAUSED"],
                   "response_breached": states["RESPONSE_BREACHED"], "resolution_breached": states["RESOLUTION_BREACHED"],
                   "running": states["ON_TRACK"] + states["AT_RISK"], "sla_met": share(states["MET"], judged),
                   "median_resolution_working": median(work), "p90_resolution_working": rank(work, 90)}

    def workload(self):
        for key, group in self.groups(self.tickets, lambda t: (t["team"], t["assignee_id"])).items():
            is_open = [t for t in group if t["status"] not in FINISHED]
            ended = [t for t in group if self.within(t, "ended_at", 30)]
            created = [t for t in group if self.within(t, "created_at", 30)]
            answered = [t for t in group if self.within(t, "first_response_at", 30)]
            if is_open or ended or created or answered:
                yield {"team": key[0], "assignee": key[1], "open": len(is_open), "urgent": sum(t["priority"] in PRIORITIES[2:] for t in is_open),
                       "assigned": len(created), "resolved": len(ended),
                       "median_response": median([t["response_time_minutes"] for t in answered if t["response_time_minutes"] is not None]),
                       "median_resolution": median([t["resolution_time_minutes"] for t in ended if t["resolution_time_minutes"] is not None])}

    def backlog(self):
        def age(t):
            days = (self.now - time_of(t["created_at"])) / datetime.timedelta(days=1)
            return "< 1d" if days < 1 else "1d - 3d" if days < 3 else "3d - 7d" if days < 7 else "7d - 30d" if days < 30 else ">= 30d"
        is_open = [t for t in self.tickets if t["status"] not in FINISHED]
        for key, group in self.groups(is_open, lambda t: (age(t), t["priority"])).items():
            yield {"age": key[0], "priority": key[1], "tickets": len(group), "unassigned": sum(t["assignee_id"] is None for t in group),
                   "pending": sum(t["status"] == "PENDING" for t in group), "breached": sum(t["sla"] in BREACHED for t in group),
                   "oldest": min(t["created_at"] for t in group)}

    def channels(self):
        recent = [t for t in self.tickets if self.within(t, "created_at", 30)]
        for key, group in self.groups(recent, lambda t: t["source"]).items():
            times = [t["resolution_time_minutes"] for t in group if t["resolution_time_minutes"] is not None]
            yield {"channel": key, "tickets": len(group), "median_resolution": median(times), "p90_resolution": rank(times, 90),
                   "escalated": share(sum(t["escalation_level"] is not None for t in group), len(group)),
                   "reopened": share(sum((t["reopen_count"] or 0) > 0 for t in group), len(group))}

    def first_contact(self):
        ended = [t for t in self.tickets if t["status"] in FINISHED and self.within(t, "ended_at", 30)]
        for key, group in self.groups(ended, lambda t: t["category"]).items():
            once = sum(self.replies[t["id"]] == 1 and not t["reopen_count"] for t in group)
            yield {"category": key, "resolved": len(group), "first_contact": once, "first_contact_rate": share(once, len(group)),
                   "mean_replies": mean([self.replies[t["id"]] for t in group])}

    def satisfaction(self):
        ended = [t for t in self.tickets if t["status"] in FINISHED and self.within(t, "ended_at", 30)]
        for key, group in self.groups(ended, lambda t: (t["category"], t["team"])).items():
            rated = [t["rating"] for t in group if t["rating"] is not None]
            yield {"category": key[0], "team": key[1], "finished": len(group), "rated": len(rated), "mean_rating": mean(rated),
                   "satisfied": share(sum(r >= 4 for r in rated), len(rated)), "dissatisfied": sum(r <= 2 for r in rated)}

    def time_spent(self):
        for key, group in self.groups(self.spent, lambda r: (r["responder_id"], r["category"])).items():
            minutes = [r["time_spent_minutes"] for r in group]
            yield {"person": key[0], "category": key[1], "entries": len(group), "minutes": sum(minutes), "median_minutes": median(minutes),
                   "p90_minutes": rank(minutes, 90)}

    def trend(self):
        begin = (self.now - datetime.timedelta(days=77)).astimezone(self.zone)
        monday = (begin - datetime.timedelta(days=begin.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
        while monday.astimezone(UTC) < self.now:
            after = (monday.replace(tzinfo=None) + datetime.timedelta(days=7)).replace(tzinfo=self.zone)
            first, last = monday.astimezone(UTC), min(after.astimezone(UTC), self.now)
            def inside(t, field):
                return t[field] is not None and first <= time_of(t[field]) < last
            yield {"week": "{}-W{:02}".format(*monday.isocalendar()), "created": sum(inside(t, "created_at") for t in self.tickets),
                   "resolved": sum(inside(t, "ended_at") for t in self.tickets),
                   "backlog": sum(time_of(t["created_at"]) < last and not (t["ended_at"] and time_of(t["ended_at"]) < last) for t in self.tickets)}
            monday = after

    SPANS = {"mttd": ("impact_started_at", "detected_at"), "mtta": ("detected_at", "acknowledged_at"),
             "mttm": ("detected_at", "recovered_at"), "mttr": ("detected_at", "resolved_at")}

    def incident_times(self, group):
        row = {"incidents": len(group)}
        for name, (begin, end) in self.SPANS.items():
            both = [i for i in group if i[begin] and i[end]]
            minutes = [(time_of(i[end]) - time_of(i[begin])) / datetime.timedelta(minutes=1) for i in both]
            valid = [m for m in minutes if m >= 0]
            row |= {name: mean(valid), f"median_{name}": median(valid)}
            label = f"{begin.removesuffix('_at')}_to_{end.removesuffix('_at')}"
            waiting = [i for i in group if i not in both]
            row |= {f"n_{label}": len(valid), f"invalid_{label}": len(minutes) - len(valid),
                    f"pending_{label}": sum(i["status"] not in FINISHED and i[begin] is not None for i in waiting),
                    f"not_applicable_{label}": sum(i["status"] in FINISHED or i[begin] is None for i in waiting)}
        return row

    def recent_incidents(self):
        return [i for i in self.incidents if self.within(i, "detected_at", 90)]

    def incidents_by_type(self):
        for key, group in self.groups(self.recent_incidents(), lambda i: (i["type"], i["severity"])).items():
            yield {"type": key[0], "severity": key[1]} | self.incident_times(group)

    def by_service(self):
        found = collections.defaultdict(list)
        for incident in self.recent_incidents():
            for service in incident["affected_services"] or [None]:
                found[service].append(incident)
        return found

    def incidents_by_service(self):
        for key, group in self.by_service().items():
            yield {"service": key} | self.incident_times(group)

    def recurrence(self):
        for service, group in self.by_service().items():
            for kind, same in self.groups(group, lambda i: i["type"]).items():
                if len(same) >= 2:
                    yield {"service": service, "type": kind, "incidents": len(same), "first": min(i["detected_at"] for i in same),
                           "last": max(i["detected_at"] for i in same), "reopened": sum((i["reopen_count"] or 0) > 0 for i in same)}

    def escalations_by_level(self):
        recent = [e for e in self.escalations if self.within(e[2], "escalated_at", 30)]
        for key, group in self.groups(recent, lambda e: (e[2]["escalation_level"], e[0])).items():
            yield {"level": key[0], "noun": key[1], "escalations": len(group),
                   "urgent": sum(e[1]["priority"] in PRIORITIES[2:] for e in group), "last": max(e[2]["escalated_at"] for e in group)}

    def escalated_tickets(self):
        recent = [t for t in self.tickets if self.within(t, "created_at", 30)]
        for key, group in self.groups(recent, lambda t: t["category"]).items():
            escalated = sum(t["escalation_level"] is not None for t in group)
            yield {"category": key, "tickets": len(group), "escalated": escalated, "escalated_share": share(escalated, len(group))}

    def urgent(self):
        for t in self.tickets:
            if t["status"] not in FINISHED and t["priority"] in PRIORITIES[2:]:
                yield {"ticket_number": t["ticket_number"], "sla_deadline": t["sla_deadline"], "assignee_id": t["assignee_id"]}

    def breached(self):
        for t in self.tickets:
            if t["status"] not in FINISHED and t["sla"] in BREACHED:
                yield {"ticket_number": t["ticket_number"], "sla": t["sla"]}

    def unacknowledged(self):
        for i in self.incidents:
            if i["status"] in ("OPEN", "ASSIGNED") and i["acknowledged_at"] is None:
                yield {"incident_number": i["incident_number"]}

    def knowledge(self):
        for key, group in self.groups([a for a in self.articles if a["status"] != "ARCHIVED"], lambda a: a["category"]).items():
            votes = [(a["helpful_count"] or 0, (a["helpful_count"] or 0) + (a["not_helpful_count"] or 0)) for a in group]
            helped, given = sum(v[0] for v in votes), sum(v[1] for v in votes)
            yield {"category": key, "total_articles": len(group), "n_votes": given, "n_voted": sum(v[1] > 0 for v in votes),
                   "helpful_rate": mean([100 * v[0] / v[1] for v in votes if v[1]]),
                   "weighted_helpful_rate": rounded(100 * helped / given) if given else None,
                   "last_updated": max(a["updated_at"] for a in group)}

    def deflection(self):
        uses = [dict(use, category=a["category"]) for a in self.articles for use in self.uses[a["kb_number"]] if self.within(use, "created_at", 30)]
        for key, group in self.groups(uses, lambda u: u["category"]).items():
            worked = sum(u["good"] for u in group)
            alone = sum(u["subject"].startswith(("chat:", "phone:")) for u in group)
            deflected = sum(u["good"] and u["subject"].startswith(("chat:", "phone:")) for u in group)
            yield {"category": key, "shown": len(group), "worked": worked, "worked_rate": share(worked, len(group)), "without_ticket": alone,
                   "deflected": deflected, "deflection_rate": share(deflected, len(group))}

    def actions(self):
        by_number = {t["ticket_number"]: t for t in self.tickets}
        for review in self.reviews:
            for action in review["actions"] or []:
                ticket = by_number[action["ticket"]]
                yield action | {"review": review["review_number"], "severity": review["severity"], "owner": ticket["assignee_id"],
                                "done_at": ticket["resolved_at"] or ticket["closed_at"]}

    def actions_by_severity(self):
        for key, group in self.groups(self.actions(), lambda a: a["severity"]).items():
            done = [a for a in group if a["done_at"]]
            late = [a for a in group if not a["done_at"] and a["due_at"] and time_of(a["due_at"]) < self.now]
            yield {"severity": key, "actions": len(group), "done": len(done), "open": len(group) - len(done), "overdue": len(late),
                   "done_share": share(len(done), len(group)), "applied": sum(a["target"] != "task" and a["applied_at"] is not None for a in group),
                   "median_to_done": median([(time_of(a["done_at"]) - time_of(a["created_at"])) / datetime.timedelta(minutes=1) for a in done])}

    def open_actions(self):
        for a in self.actions():
            if not a["done_at"]:
                yield {"ticket": a["ticket"], "review": a["review"], "owner": a["owner"], "due_at": a["due_at"], "title": a["title"]}


SECTIONS = {"incidents-by-type": "incidents_by_type", "incidents-by-service": "incidents_by_service", "recurrence": "recurrence",
            "escalations-by-level": "escalations_by_level", "escalated-tickets": "escalated_tickets", "urgent": "urgent",
            "breached": "breached", "unacknowledged": "unacknowledged", "actions-by-severity": "actions_by_severity", "open-actions": "open_actions"}
REPORTS = ("support", "sla", "workload", "backlog", "channels", "first-contact", "satisfaction", "time-spent", "trend", "knowledge", "incidents", "escalations", "handover",
           "deflection", "review-actions")

NO_PAST = ("knowledge", "deflection", "review-actions")


def tables_of(document):
    return {s["name"]: s["items"] for s in document["sections"]} if "sections" in document else {document["name"]: document["items"]}


def close(a, b):
    return a == b or (isinstance(a, (int, float)) and isinstance(b, (int, float)) and abs(a - b) < 0.0051)


def compare(name, got, want, problems):
    """Every row of the scan is in the report, with each figure that the scan has; and no other."""
    want, rows = list(want), list(got)
    if len(want) != len(rows):
        problems.append(f"{name}: {len(rows)} rows, the scan has {len(want)}")
    for row in want:
        fits = [g for g in rows if all(close(g.get(k, "no such column"), v) for k, v in row.items())]
        if not fits:
            keys = [k for k, v in row.items() if not isinstance(v, (int, float))][:3]
            near = [g for g in rows if all(g.get(k) == row[k] for k in keys)]
            problems.append(f"{name}: nothing like {row}; nearest {[{k: g.get(k) for k in row} for g in near][:1]}")
    return len(want)


def check(desk, zone, problems):
    scan, rows = Scan(desk, zone), 0
    for report in REPORTS:
        for name, items in tables_of(desk.json("report", "run", report, "--tz", zone)).items():
            method = getattr(scan, SECTIONS.get(name, name.replace("-", "_")), None)
            if method:
                rows += compare(f"{report} {name} ({zone})", items, method(), problems)
    return rows


def figures(desk, *words):
    """What reports say, without when they said it."""
    return {report: tables_of(desk.json("report", "run", report, *words)) for report in REPORTS if report not in NO_PAST}


def sorted_rows(tables):
    # The phase of a response is known as it is now alone.
    return {n: sorted(json.dumps({k: v for k, v in row.items() if k != "phase"}) for row in items) for n, items in tables.items()}


def run(binary, seed, problems):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(binary, folder, f"plain_scan_{os.getpid()}_{seed}", START)
        desk("ticket", "import", "-", "--format", "jsonl", stdin="\n".join(imported(rng, 40)) + "\n")
        for title in ("one", "two", "three"):
            desk("kb", "create", "--title", title, "--body", "text", "--category", rng.choice(["vpn", "mfa"]), "--publish")
        for number in (1, 1, 2):
            desk.run("kb", "vote", f"KB-{number}", "--helpful", rng.choice(["yes", "no"]), "--actor", f"p{rng.randrange(99)}")
        lived(desk, rng, 110)
        then, before = desk.now, figures(desk)
        lived(desk, rng, 60)
        rows = check(desk, "Asia/Shanghai", problems) + check(desk, "America/New_York", problems)
        past = figures(desk, "--as-of", then.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for report in before:
            if sorted_rows(before[report]) != sorted_rows(past[report]):
                for name in before[report]:
                    a, b = sorted_rows(before[report])[name], sorted_rows(past[report])[name]
                    if a != b:
                        problems.append(f"{report} {name} as of {then}: {[x for x in b if x not in a][:2]}, then it was {[x for x in a if x not in b][:2]}")
    return rows


def main():
    binary, problems, rows = str(pathlib.Path(sys.argv[1]).resolve()), [], 0
    for seed in [int(s) for s in sys.argv[2:]] or [1]:
        rows += run(binary, seed, problems)
    print("\n".join(problems[:40]))
    print(f"{rows} rows, {len(problems)} problems")
    return 1 if problems or rows < 100 else 0


sys.exit(main())
