#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""drill.py UMSOPS: the drill of examples/drill, from the alert to the rule that was learned from it; then its records are
asked whether all of it happened."""
import json

from site_of_examples import ROOT, run_checks


def start(site):
    site.work = site.folder / "drill"
    site.told = site.run(ROOT / "examples/drill/drill.sh", site.work, DRILL_DB=site.env["UMSOPS_DB"])


def read(site, *words):
    return json.loads(site.umsops(*words, "-o", "json"))


def timeline(site, number, kind):
    return [entry["text"] for entry in read(site, "incident", "show", number)["timeline"] if entry["kind"] == kind]


def check_repaired(site):
    """A runbook repaired it, and what it states is the resolution; checks of both kinds prove it."""
    incident = read(site, "incident", "show", "INC-1")
    assert incident["status"] == "RESOLVED" and incident["resolution"] == "重启认证服务", incident["status"]
    assert incident["root_cause"] == "认证服务异常终止导致"
    evidence = [entry["data"] for entry in incident["timeline"] if entry["kind"] == "EVIDENCE"]
    assert {one["of"] for one in evidence if one["passed"]} == {"service", "access"}
    assert any("restart: SUCCEEDED" in text for text in timeline(site, "INC-1", "STEP"))
    assert [entry["data"]["phase"] for entry in incident["timeline"] if entry["kind"] == "PHASE"] == [
        "ASSESS", "NOTIFY", "ACTIVATE", "HANDLE", "VERIFY", "REVIEW"]


def check_told(site):
    """Operations heard of the incident and of the recovery."""
    lines = [json.loads(line) for line in (site.work / "messages.jsonl").read_text().splitlines()]
    kinds = {line["kind"] for line in lines if line["number"] == "INC-000001"}
    assert {"incident.alert", "incident.recovered"} <= kinds, kinds


def check_learned(site):
    """The review knows that the rule says something else by now, and the next incident was judged by it."""
    review = read(site, "review", "show", "INC-1")
    assert review["status"] == "REVIEWED" and review["incident"] == "INC-000001"
    action = review["actions"][-1]
    assert action["target"] == "rule" and action["before"] != action["after"] and action["applied_at"]
    assert any(step["step"] == "restart" and step["state"] == "SUCCEEDED" for step in review["steps"])
    assert all(one["validity"] == "RECORDED" for one in review["measurements"] if one["measure"] in ("ttm", "ttr"))
    assert [read(site, "incident", "show", f"INC-{n}")["severity"] for n in (1, 2)] == ["HIGH", "CRITICAL"]
    effect = read(site, "review", "effect", "REV-1")
    assert effect["applied"] and effect["after"]["incidents"] == ["INC-000002"]


def check_written(site):
    """The article is published, and the history is sound."""
    article = read(site, "kb", "show", "KB-1")
    assert article["status"] == "PUBLISHED" and article["related_incidents"] == ["INC-000001"]
    assert "nothing restarts the process" in article["content"]
    site.umsops("audit", "verify")
    site.umsops("db", "check")


run_checks([check_repaired, check_told, check_learned, check_written], start)
