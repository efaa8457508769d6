#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""servicenow.py UMSOPS LOG [AGGREGATES]: imports a ServiceNow event log as tickets and compares what reports say of it with
the log itself: counts by state, priority, channel, category, month and weekday, what was reopened and reassigned, the log's
own judgement of its service levels, and the times to resolve and to close, to the minute. AGGREGATES, figures over the same
log that were worked out elsewhere, are compared, too."""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "history"))
from servicenow import CHANNELS, MAPPING, PRIORITIES, durations, incidents_of_log, open_log  # noqa: E402

TIMES = {"resolved": "created_at..resolved_at", "closed": "created_at..closed_at"}


class Desk:
    def __init__(self, binary, folder, log):
        self.words = [binary, "--config", "/dev/null", "--db", f"{folder}/desk.db", "--tz", "UTC"]
        with open_log(log) as file, open(f"{folder}/log.csv", "w", encoding="utf-8", newline="") as copy:
            copy.write(file.read())
        self("db", "init")
        self("ticket", "import", f"{folder}/log.csv", "--mapping", str(MAPPING))

    def __call__(self, *words):
        return subprocess.run([*self.words, *words], check=True, stdout=subprocess.PIPE).stdout

    def report(self, by, measure, *words):
        group = ["--by", by] if by else []
        return json.loads(self("report", "run", "--from", "tickets", *group, "--measure", measure, "--at", "any", "-o", "json",
                               *words))

    def counts(self, by, name=None):
        """How many tickets each value of a group has."""
        return {row[name or by.split(":")[0].replace(".", "_")]: row["n"] for row in self.report(by, "n")["items"]}


def duration_of(row, span):
    name = "created_to_" + span
    return {"n": row[f"n_{name}"], "missing": row[f"pending_{name}"] + row[f"not_applicable_{name}"],
            "negative": row[f"invalid_{name}"], "mean_minutes": row[f"mean_{name}"], "median_minutes": row[f"median_{name}"],
            "p90_minutes_nearest_rank": row[f"p90_{name}"]}


def measures_of(span):
    return ",".join(f"{f}:{TIMES[span]}" for f in ("mean", "median", "p90"))


def same_times(got, want):
    return all(abs(got[k] - want[k]) < 0.006 for k in want if k in got)


def compare(problems, what, got, want):
    if got != want:
        problems.append(f"{what}: {str(got)[:300]}, the log has {str(want)[:300]}")


def check_times(desk, incidents, problems):
    for span in TIMES:
        want = durations(incidents, span)
        got = duration_of(desk.report("", measures_of(span))["items"][0], span)
        if not same_times(got, want):
            problems.append(f"{span}: {got}, the log has {want}")
        for row in desk.report("priority", measures_of(span))["items"]:
            want = durations([i for i in incidents if i["priority"] == PRIORITIES[row["priority"]]], span)
            if want["n"] and not same_times(duration_of(row, span), want):
                problems.append(f"{span} of {row['priority']}: {duration_of(row, span)}, the log has {want}")


def check_counts(desk, incidents, problems):
    def count(key):
        return dict(collections.Counter(key(i) for i in incidents))
    compare(problems, "priority", {PRIORITIES[k]: n for k, n in desk.counts("priority").items()}, count(lambda i: i["priority"]))
    compare(problems, "channel", {CHANNELS[k]: n for k, n in desk.counts("source").items()}, count(lambda i: i["channel"]))
    compare(problems, "state", desk.counts("attributes.state"), count(lambda i: i["way"][-1][1]))
    compare(problems, "made_sla", desk.counts("attributes.made_sla"), count(lambda i: i["made_sla"]))
    compare(problems, "category", {k or "?": n for k, n in desk.counts("category").items()}, count(lambda i: i["category"]))
    compare(problems, "group", {k or "?": n for k, n in desk.counts("attributes.group").items()}, count(lambda i: i["group"]))
    compare(problems, "month", desk.counts("month:created_at", "month_of_created_at"), count(lambda i: i["opened"].strftime("%Y-%m")))
    compare(problems, "closed by month", desk.counts("month:closed_at", "month_of_closed_at"),
            count(lambda i: i["closed"].strftime("%Y-%m") if i["closed"] else None))
    compare(problems, "weekday", desk.counts("weekday:created_at", "weekday_of_created_at"), count(lambda i: i["opened"].strftime("%a").upper()))
    compare(problems, "hour", desk.counts("hour:created_at", "hour_of_created_at"), count(lambda i: i["opened"].hour))
    compare(problems, "week", desk.counts("week:created_at", "week_of_created_at"), count(lambda i: "{}-W{:02}".format(*i["opened"].isocalendar())))
    row = desk.report("", "n,reopened=share:reopen_count>0,reassigned=share:attributes.reassignments!=0")["items"][0]
    compare(problems, "n", row["n"], len(incidents))
    for name in ("reopened", "reassigned"):
        want = sum(i[name] > 0 for i in incidents) / len(incidents)
        if abs(row[name] - want) > 0.00006:
            problems.append(f"{name}: {row[name]}, the log has {want}")


def check_aggregates(desk, aggregates, problems):
    """Figures that somebody else worked out of the same log."""
    names = {v: k for k, v in PRIORITIES.items()}
    for span in TIMES:
        got = duration_of(desk.report("", measures_of(span))["items"][0], span)
        if not same_times(got, aggregates[f"open_to_{span}"]):
            problems.append(f"open_to_{span}: {got}, {aggregates[f'open_to_{span}']}")
    for row in desk.report("priority", measures_of("resolved"))["items"]:
        want = aggregates["open_to_resolved_by_priority"][PRIORITIES[row["priority"]]]
        if not same_times(duration_of(row, "resolved"), want):
            problems.append(f"{row['priority']}: {duration_of(row, 'resolved')}, {want}")
    compare(problems, "by priority", desk.counts("priority"), {names[k]: n for k, n in aggregates["incidents_by_priority"].items()})
    compare(problems, "opened by month", desk.counts("month:created_at", "month_of_created_at"), aggregates["opened_by_month"])
    compare(problems, "closed by month", desk.counts("month:closed_at", "month_of_closed_at"), aggregates["closed_by_month"])
    days = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    compare(problems, "weekday", desk.counts("weekday:created_at", "weekday_of_created_at"),
            {days[int(k)]: n for k, n in aggregates["opened_by_weekday_mon0"].items()})
    compare(problems, "made_sla", desk.counts("attributes.made_sla"), aggregates["made_sla_final"])
    row = desk.report("", "reopened=n,n,reassigned=share:attributes.reassignments!=0", "-w", "reopen_count>0")["items"][0]
    compare(problems, "reopened", row["reopened"], aggregates["reopened_incidents"])
    row = desk.report("", "n", "-w", "attributes.reassignments!=0")["items"][0]
    compare(problems, "reassigned", row["n"], aggregates["reassigned_incidents"])
    for category, n in aggregates["top10_categories"]:
        compare(problems, category, desk.report("", "n", "-w", f'category="{category}"')["items"][0]["n"], n)
    for priority, (kept, all_of_them) in aggregates["made_sla_true_by_priority"].items():
        row = desk.report("", "n,kept=share:attributes.made_sla=true", "-w", f"priority={names[priority]}")["items"][0]
        compare(problems, f"made_sla of {priority}", [round(row["kept"] * row["n"]), row["n"]], [kept, all_of_them])


def main():
    incidents, problems = list(incidents_of_log(sys.argv[2])), []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(str(pathlib.Path(sys.argv[1]).resolve()), folder, sys.argv[2])
        check_counts(desk, incidents, problems)
        check_times(desk, incidents, problems)
        if len(sys.argv) > 3:
            check_aggregates(desk, json.loads(pathlib.Path(sys.argv[3]).read_text()), problems)
    print("\n".join(problems))
    print(f"{len(incidents)} incidents, {len(problems)} problems")
    return 1 if problems or not incidents else 0


sys.exit(main())
