#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""servicenow.py UMSOPS LOG [AGGREGATES]: imports a ServiceNow event log with the mapping under examples/, takes the desk's
export, and compares what it says with the log itself: counts, durations, and every incident's way through the states.
AGGREGATES, figures over the same log worked out elsewhere, are compared too. LOG may be compressed (.gz).

What the log has and the desk does not: rows that change nothing that the mapping keeps."""
import collections
import csv
import datetime
import gzip
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAPPING = ROOT / "examples/mappings/servicenow-event-log.yaml"
PRIORITIES = {"CRITICAL": "1 - Critical", "HIGH": "2 - High", "MEDIUM": "3 - Moderate", "LOW": "4 - Low"}
CHANNELS = {"EMAIL": "Email", "PHONE": "Phone", "WEB": "Self service"}
FINISHED = ("Resolved", "Closed")


def open_log(path):
    return gzip.open(path, "rt", encoding="utf-8", newline="") if path.endswith(".gz") else open(path, encoding="utf-8", newline="")


def log_time(text):
    return None if text == "?" else datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def desk_time(text):
    return None if text is None else datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def way_of(steps):
    """The states in their order, each with the time it was entered."""
    way = []
    for at, state in steps:
        if not way or way[-1][1] != state:
            way.append((at, state))
    return way


def incidents_of_log(path):
    rows = collections.OrderedDict()
    with open_log(path) as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["number"], []).append(row)
    for number, events in rows.items():
        last, steps = events[-1], []
        for event in events:
            state = event["incident_state"]
            steps.append((log_time(event["sys_updated_at"]), steps[-1][1] if state == "-100" and steps else state))
        yield {"number": number, "priority": last["priority"], "channel": last["contact_type"],
               "impact": last["impact"], "urgency": last["urgency"], "made_sla": last["made_sla"],
               "category": last["category"], "group": last["assignment_group"],
               "reassigned": int(last["reassignment_count"]), "reopened": int(last["reopen_count"]),
               "opened": log_time(last["opened_at"]), "resolved": log_time(last["resolved_at"]),
               "closed": log_time(last["closed_at"]), "way": way_of(steps),
               "priorities": way_of((log_time(e["sys_updated_at"]), e["priority"]) for e in events),
               "hands": way_of((log_time(e["sys_updated_at"]), e["assigned_to"]) for e in events)}


def replay(history, field, first):
    """What the field was after each event that touched it."""
    value = first
    for event in history:
        if field in event["changes"]:
            value = event["changes"][field][1]
        yield desk_time(event["at"]), value


def incidents_of_desk(binary, log):
    with tempfile.TemporaryDirectory() as folder:
        store, source = f"{folder}/desk.db", f"{folder}/log.csv"
        with open_log(log) as file, open(source, "w", encoding="utf-8", newline="") as copy:
            copy.write(file.read())
        def umsops(*words):
            return subprocess.run([binary, "--config", "/dev/null", "--db", store, *words], check=True, stdout=subprocess.PIPE).stdout
        umsops("db", "init")
        umsops("ticket", "import", source, "--mapping", str(MAPPING))
        again = json.loads(umsops("ticket", "import", source, "--mapping", str(MAPPING), "-o", "json"))
        if again["unchanged"] != again["read"]:
            raise SystemExit(f"importing it twice changed something: {again}")
        umsops("audit", "verify")
        for line in umsops("ticket", "export").splitlines():
            ticket = json.loads(line)
            attributes, history = ticket["attributes"], ticket["history"]
            yield {"number": ticket["ticket_number"], "priority": PRIORITIES[ticket["priority"]],
                   "channel": CHANNELS[ticket["source"]], "impact": attributes["impact"], "urgency": attributes["urgency"],
                   "made_sla": attributes["made_sla"], "category": ticket["category"] or "?",
                   "group": attributes.get("group", "?"), "reassigned": int(attributes["reassignments"]),
                   "reopened": ticket["reopen_count"] or 0, "opened": desk_time(ticket["created_at"]),
                   "resolved": desk_time(ticket["resolved_at"]), "closed": desk_time(ticket["closed_at"]),
                   "way": way_of((at, value["state"]) for at, value in replay(history, "attributes", None)),
                   "priorities": way_of((at, PRIORITIES[value]) for at, value in replay(history, "priority", None)),
                   "hands": way_of((at, value or "?") for at, value in replay(history, "assignee_id", None)),
                   "kinds": [event["kind"] for event in history]}


def durations(incidents, end):
    minutes = sorted((i[end] - i["opened"]).total_seconds() / 60 for i in incidents if i[end] is not None)
    if not minutes:
        return {"n": 0, "missing": len(incidents)}
    return {"n": len(minutes), "missing": len(incidents) - len(minutes), "negative": sum(m < 0 for m in minutes),
            "mean_minutes": round(statistics.mean(minutes), 3), "median_minutes": float(statistics.median(minutes)),
            "p90_minutes_nearest_rank": minutes[math.ceil(0.9 * len(minutes)) - 1]}


def figures(incidents):
    def count(key):
        return dict(sorted(collections.Counter(key(i) for i in incidents).items()))
    by_priority = {p: [i for i in incidents if i["priority"] == p] for p in count(lambda i: i["priority"])}
    return {
        "incidents": len(incidents),
        "incidents_by_priority": count(lambda i: i["priority"]),
        "incidents_by_contact_type": count(lambda i: i["channel"]),
        "incidents_by_impact_urgency_priority": count(lambda i: "|".join((i["impact"], i["urgency"], i["priority"]))),
        "made_sla_final": count(lambda i: i["made_sla"]),
        "made_sla_true_by_priority": {p: [sum(i["made_sla"] == "true" for i in some), len(some)] for p, some in by_priority.items()},
        "opened_by_month": count(lambda i: i["opened"].strftime("%Y-%m")),
        "closed_by_month": count(lambda i: i["closed"].strftime("%Y-%m") if i["closed"] else "none"),
        "opened_by_weekday_mon0": count(lambda i: str(i["opened"].weekday())),
        "reopened_incidents": sum(i["reopened"] > 0 for i in incidents),
        "reassigned_incidents": sum(i["reassigned"] > 0 for i in incidents),
        "reassignment_count_mean": round(statistics.mean(i["reassigned"] for i in incidents), 6),
        "open_to_resolved": durations(incidents, "resolved"),
        "open_to_closed": durations(incidents, "closed"),
        "open_to_resolved_by_priority": {p: durations(some, "resolved") for p, some in by_priority.items()},
        "top10_categories": top10(i["category"] for i in incidents),
        "top10_assignment_groups_final": top10(i["group"] for i in incidents),
    }


def top10(values):
    """The counts alone say which ten: names with equal counts may stand in any order."""
    return sorted((-n, name) for name, n in collections.Counter(values).items())


def same_top(ours, theirs):
    ours = {name: -n for n, name in ours}
    return all(ours.get(name) == n for name, n in theirs)


def compare_figures(ours, theirs, whose, problems):
    for name, value in theirs.items():
        if name not in ours:
            continue
        same = same_top(ours[name], value) if name.startswith("top10") and whose != "the log" else ours[name] == value
        if not same:
            problems.append(f"{name}: the desk says {ours[name]}, {whose} {value}")


def main():
    binary, log = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    theirs = {i["number"]: i for i in incidents_of_log(log)}
    ours = {i["number"]: i for i in incidents_of_desk(binary, log)}
    problems = []
    compare_figures(figures(list(ours.values())), figures(list(theirs.values())), "the log", problems)
    if len(sys.argv) > 3:
        compare_figures(figures(list(ours.values())), json.loads(pathlib.Path(sys.argv[3]).read_text()), "the aggregates", problems)
    for number, incident in theirs.items():
        for what in ("way", "priorities", "hands"):
            if ours[number][what] != incident[what]:
                problems.append(f"{number}: {what}: the desk says {ours[number][what]}, the log {incident[what]}")
        states = [state for _, state in incident["way"]]
        again = sum(a in FINISHED and b not in FINISHED for a, b in zip(states, states[1:]))
        if ours[number]["kinds"].count("reopened") != again:
            problems.append(f"{number}: reopened {again} times in the log, {ours[number]['kinds']} here")
    for problem in problems[:20]:
        print(problem)
    print(f"{len(theirs)} incidents, {sum(len(i['kinds']) for i in ours.values())} events of the history, {len(problems)} differences")
    return 1 if problems or not ours else 0


if __name__ == "__main__":
    sys.exit(main())
