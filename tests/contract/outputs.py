#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""outputs.py UMSOPS: every command's real JSON against its schema, and standard output that is JSON or nothing.
A command of the registry that has a schema and no line here fails."""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = str(pathlib.Path(sys.argv[1]).resolve())
DATA = ROOT / "examples" / "data"
ROSTER = str(ROOT / "examples/people/roster.yaml")
RUNBOOKS = ["--file", str(ROOT / "tests/fixtures/runbooks")]
RECURRING = ["--recurring", str(ROOT / "examples/recurring")]
TEMPLATES = ["--templates", str(ROOT / "examples/templates")]
TOPICS = [str(DATA / "itservice-tickets.csv"), "--text", "Document", "--label", "category=Topic_group"]
SERVICES = ["--services", str(ROOT / "examples/services/services.yaml")]

# command path -> argument lists; {n} is a ticket that exists, {d} the scratch folder
CALLS = {
    "ticket create": [["-t", "无法登录，紧急", "--requester", "zhang.wei"], ["-t", "again", "--key", "k1"],
                      ["-t", "again", "--key", "k1"], ["-t", "only looking", "-n"]],
    "ticket list": [[], ["--limit", "1"], ["-w", "priority>=HIGH"], ["-w", "title~nothing-like-this"], ["-w", "text~登录"]],
    "ticket show": [["{n}"], ["{n}", "--history"], ["{n}", "T-2"]],
    "ticket update": [["{n}", "--priority", "LOW"], ["{n}", "--priority", "LOW"], ["{n}", "T-2", "--category", "mfa"]],
    "ticket assign": [["{n}", "--to", "li.na"], ["{n}", "T-2", "--to", "wang.fang"]],
    "ticket reply": [["{n}", "--body", "on it"], ["{n}", "T-2", "--body", "还是不行", "--as", "requester"]],
    "ticket note": [["{n}", "--body", "seen", "--key", "n1"], ["{n}", "--body", "seen", "--key", "n1"]],
    "ticket approval ask": [["T-5", "--of", "wang.fang", "--deputy", "li.na", "--until", "+3d"], ["{n}", "--of", "x", "-n"]],
    "ticket approval list": [[], ["--approver", "wang.fang", "--overdue"], ["--state", "APPROVED"]],
    "ticket approval approve": [["T-5", "--for", "wang.fang", "--reason", "by phone"]],
    "ticket approval decline": [["T-3", "--for", "x", "--reason", "by phone"]],
    "ticket approval withdraw": [["T-4"]],
    "ticket recurring list": [RECURRING],
    "ticket recurring show": [["access-review", *RECURRING]],
    "ticket recurring next": [RECURRING, ["break-glass", "--limit", "3", *RECURRING]],
    "template list": [[], ["--use", "ticket"], [*TEMPLATES]],
    "template show": [["mfa-reset"], ["new-joiner"], ["guest-account", *TEMPLATES]],
    "template render": [["mfa-reset", "--ticket", "{n}"], ["leaver", "--with", "person=li.lei", "--with", "last_day=2027-01-01"]],
    "ticket pend": [["{n}", "--until", "+2d", "--then", "CLOSE"], ["{n}", "-n"]],
    "ticket wake": [["{n}"]],
    "ticket escalate": [["{n}", "--to", "wang.fang", "--reason", "too long"], ["{n}", "--level", "LEVEL_3", "-n"]],
    "ticket link": [["{n}", "--blocked-by", "T-2"], ["{n}", "--caused-by", "I-7"], ["{n}", "--blocked-by", "T-2", "--remove"]],
    "ticket transitions": [[], ["{n}"]],
    "ticket next": [[], ["--limit", "5", "--why"], ["-w", "title~nothing-like-this"]],
    "ticket similar": [["{n}"], ["{n}", "--limit", "1"]],
    "ticket watch": [["{n}"], ["{n}", "T-2", "--person", "wang.fang"], ["{n}", "-n"]],
    "ticket unwatch": [["{n}"], ["{n}", "-n"]],
    "ticket merge": [["T-2", "--into", "{n}"]],
    "ticket attachment list": [["{n}"], ["T-2"]],
    "ticket attachment add": [["{n}", "{d}/incidents.jsonl"], ["{n}", "{d}/incidents.jsonl", "-n"]],
    "ticket resolve": [["{n}", "--resolution", "done", "--knowledge", "KB-1"]],
    "ticket rate": [["{n}", "4", "--body", "快"], ["{n}", "4"], ["{n}", "4", "-n"]],
    "ticket reopen": [["{n}"]],
    "ticket close": [["{n}", "--resolution", "done again"]],
    "incident create": [["-t", "统一认证登录失败", "--service", "sso", "--affected-users", "12"], ["-t", "again", "--key", "k1"],
                        ["-t", "again", "--key", "k1"], ["-n"]],
    "incident list": [[], ["--limit", "1"], ["-w", "severity>=HIGH"]],
    "incident show": [["INC-1"], ["INC-1", "--history"], ["INC-1", "INC-2"]],
    "incident update": [["INC-1", "--severity", "HIGH"], ["INC-1", "INC-2", "--category", "network"]],
    "incident assign": [["INC-1", "--to", "li.na"], ["INC-1", "--role", "commander", "--to", "wang.fang"]],
    "incident ack": [["INC-1"], ["INC-1", "INC-2", "--start"]],
    "incident note": [["INC-1", "--body", "seen", "--key", "n1", "--pin"], ["INC-1", "--body", "no", "--corrects", "2"]],
    "incident escalate": [["INC-1", "--reason", "nobody answers"], ["INC-1", "INC-2", "--level", "LEVEL_3", "--to", "li.na"]],
    "incident assess": [["INC-1"], ["INC-1", "-n"], ["INC-1", "INC-2"]],
    "incident verify": [["INC-1", "--passed", "--note", "works"], ["INC-2", "--failed", "--note", "does not"]],
    "incident resolve": [["INC-1", "--resolution", "done", "--root-cause", "a leak"]],
    "incident reopen": [["INC-1"]],
    "incident close": [["INC-2", "--resolution", "done", "--force", "--reason", "enough"]],
    "incident link": [["INC-1", "--relates-to", "{n}"], ["INC-1", "--causes", "{n}"], ["INC-2", "--caused-by", "INC-1"]],
    "incident merge": [["INC-2", "--into", "INC-1"]],
    "incident split": [["INC-1", "--entries", "1", "-t", "something else"]],
    "incident suggest": [["--requesters", "1"]],
    "incident similar": [["INC-1"], ["INC-1", "--limit", "1"]],
    "incident transitions": [[], ["INC-1"]],
    "incident history": [["INC-1"]],
    "incident import": [["{d}/incidents.jsonl"], ["{d}/incidents.jsonl", "-n"]],
    "incident export": [["--format", "jsonl"]],
    "status export": [[*SERVICES, "{d}/status", "-n"], [*SERVICES, "{d}/status"]],
    "outbox list": [[], ["--all"], ["--failed"]],
    "outbox show": [["{m}"]],
    "outbox preview": [["{m}"]],
    "outbox flush": [["-n"]],
    "outbox retry": [["{m}", "-n"]],
    "outbox drop": [["{m}", "-n"]],
    "outbox test": [["log"]],
    "tick": [[], ["-n", "--until", "+30d"], ["--rebuild"]],
    "ticket history": [["{n}"]],
    "ticket import": [[str(DATA / "chinese-tickets.jsonl")], [str(DATA / "chinese-tickets.jsonl"), "-n"]],
    "ticket intake mail": [[str(ROOT / "examples/mail" / name), *flags] for name, *flags in (
        ("new.eml",), ("new.eml",), ("reply.eml", "-n"), ("reply.eml",), ("away.eml",), ("new.eml", "-c", "mail_addresses=zhang.wei@example.com"))],
    "ticket intake json": [[str(ROOT / "examples/intake/alert.json"), "--mapping", str(ROOT / "examples/intake/summary-details.yaml"), *flags]
                           for flags in (["-n"], [], [], ["--on-duplicate", "comment"])],
    "ticket intake chat": [[], ["--flow", str(ROOT / "examples/flows/chat.yaml"), "--requester", "zhang.wei"]],
    "ticket intake phone": [[]],
    "ticket callback add": [["{n}", "--at", "+2h", "--contact", "13800000000"], ["{n}", "--at", "now", "--contact", "4711", "-n"]],
    "ticket callback list": [[], ["--state", "all", "--due"]],
    "ticket callback done": [["{n}", "--outcome", "works again"], ["{n}", "--outcome", "works again"]],
    "runbook list": [RUNBOOKS, [*RUNBOOKS, "--type", "OTHER"], ["--file", str(ROOT / "examples/runbooks")]],
    "runbook show": [["plain", *RUNBOOKS], ["database", "--file", str(ROOT / "examples/runbooks")]],
    "runbook check": [["plain", *RUNBOOKS]],
    "runbook plan": [["plain", *RUNBOOKS, "--incident", "INC-1"], ["database", "--file", str(ROOT / "examples/runbooks")]],
    "runbook run": [["plain", *RUNBOOKS], ["plain", *RUNBOOKS, "--incident", "INC-1", "--execute"]],
    "runbook log": [[], ["R-1"], ["-w", "state=failed"]],
    "runbook resume": [["R-1", "--done", "-n"], ["R-1", "--done"]],
    "runbook cancel": [["R-2", "-n"], ["R-2"]],
    "incident respond": [["INC-1"], ["INC-1", "--next"], ["INC-1", "--force", "--reason", "drill"]],
    "silence add": [["severity=critical", "--comment", "being repaired"], ["a=b", "--comment", "nights", "--key", "s1", "--every", "weekdays: [sunday]"],
                    ["a=b", "--comment", "nights", "--key", "s1", "--every", "weekdays: [sunday]"], ["c=d", "--comment", "x", "-n"]],
    "silence list": [[], ["--all", "--limit", "1"], ["--expired"]],
    "silence show": [["S-1"]],
    "silence test": [["--label", "severity=critical", "--inhibition", str(ROOT / "examples/inhibition.yaml")]],
    "silence expire": [["S-1"], ["S-1", "S-2"], ["--matcher", "x=y"]],
    "ticket export": [["--format", "jsonl"]],
    "rules check": [[], [str(ROOT / "examples/rules/team.yaml"), str(ROOT / "examples/rules/incidents.yaml")]],
    "rules test": [[], [str(ROOT / "examples/rules/team.yaml")], [str(ROOT / "examples/rules/incidents.yaml")]],
    "rules explain": [["--title", "MFA code not accepted, urgent"], ["{n}"],
                      ["--noun", "incident", "--title", "数据库宕机", "--fact", "affected_users=1001"]],
    "rules diff": [["builtin", str(ROOT / "examples/rules/team.yaml")], [str(ROOT / "examples/rules/incidents.yaml"), "--noun", "incident"]],
    "rules learn": [[], ["--precision", "0.5", "--support", "1"]],
    "classifier train": [["--from", *TOPICS, "-n"], ["--from", *TOPICS], ["--from", *TOPICS]],
    "classifier list": [[]],
    "classifier show": [[], ["category"]],
    "classifier check": [[]],
    "classifier predict": [[TOPICS[0], "--text", "Document"]],
    "classifier report": [["--from", *TOPICS]],
    "classifier rollback": [["-n"], []],
    "ticket classify": [["{n}", "--explain"], ["--title", "printer", "--text", "the toner is empty"]],
    "service list": [SERVICES, [*SERVICES, "--tier", "1", "--public"], [*SERVICES, "--owner", "nobody"]],
    "service show": [["sso", *SERVICES], ["sms-gateway", *SERVICES]],
    "service graph": [SERVICES, ["ldap", *SERVICES]],
    "service impact": [["database", *SERVICES], ["ldap", "mail", "--users", "1001", "--business-impact", "LOW", "--severity", "LOW", *SERVICES]],
    "sla list": [[], ["--sla", str(ROOT / "examples/sla/china.yaml")]],
    "sla simulate": [["--priority", "HIGH", "--explain"], ["--pause", "2026-11-24T01:00:00Z..", "--at", "2026-11-23T01:00:00Z"],
                     ["--sla", str(ROOT / "examples/sla/china.yaml"), "--at", "2026-09-30", "--tz", "Asia/Shanghai", "--explain"]],
    "sla explain": [["{n}"], ["{n}", "T-2", "--sla", str(ROOT / "examples/sla/china.yaml")]],
    "view list": [[], ["-c", f"views={ROOT}/examples/desk/views.yaml"]],
    "view show": [["late", "-c", f"views={ROOT}/examples/desk/views.yaml"]],
    "calendar list": [[], ["--sla", str(ROOT / "examples/sla/china.yaml")]],
    "calendar show": [["24x7"], ["business", "--sla", str(ROOT / "examples/sla/us.yaml"), "--month", "2026-11"]],
    "incident ingest": [[str(ROOT / "examples/senders/alertmanager.json")], [str(ROOT / "examples/senders/alertmanager.json"), "-n"]] + [["--explain", str(ROOT / "examples/senders" / name), *flags] for name, *flags in (
        ("alertmanager.json",), ("backup.json", "--sender", str(ROOT / "examples/senders/own.yaml")))],
    "kb create": [["-t", "LDAP timeouts", "--body", "Restart it.", "--publish"], ["--kind", "faq", "-t", "忘记密码怎么办？", "--body", "点击忘记密码。", "--key", "k1"],
                  ["--kind", "faq", "-t", "忘记密码怎么办？", "--body", "点击忘记密码。", "--key", "k1"], ["-t", "x", "-n"]],
    "kb list": [[], ["--limit", "1"], ["--kind", "faq"]],
    "kb show": [["KB-1"], ["KB-1", "--history"], ["KB-1", "KB-2"]],
    "kb update": [["KB-1", "--body", "Restart it twice."], ["KB-1", "KB-2", "--category", "x"]],
    "kb publish": [["KB-1"], ["KB-1", "KB-2", "--withdraw"], ["KB-1", "KB-2"]],
    "kb search": [["LDAP"], ["忘记", "密码", "--explain"], ["nothing-like-this"], ["\"Restart it\"", "-w", "kind=article"]],
    "kb ask": [["忘记密码怎么办"]],
    "kb vote": [["KB-1", "--helpful", "yes"], ["KB-1", "KB-2", "--helpful", "no"]],
    "kb used": [["KB-1", "--ticket", "{n}", "--worked", "yes"], ["KB-1", "--incident", "INC-1", "--worked", "no"]],
    "kb history": [["KB-1"]],
    "kb diff": [["KB-1"], ["KB-1", "--from", "1"]],
    "kb draft": [["{n}"], ["INC-1", "-n"]],
    "kb stale": [[]],
    "kb check": [["--unused-after", "3650d"]],
    "kb misses": [[]],
    "kb import": [["{d}/articles.jsonl"], ["{d}/articles.jsonl", "-n"], ["{d}/docs"], ["{d}/docs", "-n"]],
    "kb export": [["--format", "jsonl"], ["--format", "html", "{d}/site", "-n"], ["--format", "html", "{d}/site"]],
    "kb archive": [["KB-1"]],
    "people check": [["--roster", str(ROOT / "examples/people/roster.yaml")]],
    "people hand-over": [["nobody", "--to", "li.na"], ["nobody", "--to", "li.na", "-n"]],
    "requester import": [[str(ROOT / "examples/directory/people.ldif"), "--full"], [str(ROOT / "examples/directory/people.ldif"), "-n"]],
    "requester create": [["--account", "chen.yu", "--name", "陈宇", "--vip", "--attribute", "desk=4"], ["--phone", "13800000009", "-n"],
                         ["--account", "li.na", "--name", "李娜", "--mail", "li.na@example.com"]],
    "requester list": [[], ["--state", "LEFT"], ["--limit", "1"]],
    "requester search": [["zhang"], ["nobody-like-this"]],
    "requester show": [["chen.yu"], ["li.na", "--history"], ["li.na", "chen.yu"]],
    "requester update": [["chen.yu", "--add-alias", "yu", "--reason", "chat"], ["chen.yu", "li.na", "--site", "HQ"]],
    "requester merge": [["chen.yu", "--into", "li.na", "-n"], ["chen.yu", "--into", "li.na"]],
    "requester history": [["li.na"]],
    "requester check": [["--within", "0s"]],
    "requester export": [["--format", "jsonl"]],
    "privacy export": [["li.na"], ["zhang.wei", "--attachments", "{d}/files"]],
    "privacy erase": [["zhang.wei", "-n"], ["nobody.at.all", "--confirm", "nobody.at.all"]],
    "privacy retain": [["--older-than", "2y"], ["--older-than", "1d", "--status", "SPAM", "--apply"]],
    "review create": [["INC-3"], ["INC-3"]],
    "review list": [[], ["--overdue"], ["--limit", "1"]],
    "review update": [["REV-3", "--section", "overview", "--body", "It was down."], ["INC-3", "--section", "contributing_factors", "--body", "A *certificate*."]],
    "review action": [["REV-3"], ["REV-3", "--accept", "1", "--due", "+14d"], ["REV-3", "--add", "look earlier", "-n"]],
    "review show": [["REV-3"], ["REV-3", "--history"]],
    "review submit": [["REV-3", "-n"], ["REV-3"]],
    "review approve": [["REV-3"]],
    "review close": [["REV-3", "--force", "--reason", "drill"]],
    "review rework": [["REV-3"]],
    "review history": [["REV-3"]],
    "review transitions": [[], ["REV-3"]],
    "review effect": [["REV-3"]],
    "search index": [[], ["--check"]],
    "report list": [[]],
    "report run": [["support"], ["knowledge_base_statistics"], ["incidents"], ["handover"], ["deflection"], ["review-actions"], ["weekly", "--section", "days"],
                   ["trend", "--compare", "previous"], ["sla", "--as-of", "2026-01-01"],
                   ["--from", "tickets", "--by", "category,month,age", "--measure", "n,p90:created_at..now,share:status=OPEN"]],
    "report explain": [["support"], ["incidents", "mttr"], ["handover"]],
    "report columns": [[], ["--days-of", "UTC"]],
    "report check": [[], [str(ROOT / "examples/reports/team.yaml")]],
    "oncall who": [["--roster", ROSTER], ["--roster", ROSTER, "--at", "2026-01-01"]],
    "oncall list": [["--roster", ROSTER]],
    "oncall check": [["--roster", ROSTER, "--from", "2026-11-23"]],
    "audit log": [[], ["--limit", "2"]],
    "audit verify": [[]],
    "audit head": [[]],
    "db init": [[]],
    "db migrate": [[]],
    "db status": [[]],
    "db backup": [["{d}/backup.db"]],
    "db restore": [["{d}/backup.db", "-y"]],
    "db check": [[]],
    "db copy": [["{d}/desk.db", "{d}/copy.db"]],
    "db flush": [[]],
    "db spool list": [[], ["--state", "refused"]],
    "db spool show": [["spooled"]],
    "db spool drop": [["spooled", "-n"], ["spooled", "-y"]],
    "config list": [[], ["--origin"]],
    "config path": [[]],
    "config get": [["tz"], ["store"], ["roster"]],
    "config set": [["tz", "Asia/Shanghai"], ["tz", "Asia/Shanghai"], ["number_format", "T-{seq:6}", "-n"]],
    "config unset": [["tz"], ["tz"]],
    "init": [["--yes", "--timer", "systemd"], ["--yes"], ["-n"]],
    "schema list": [[]],
    "lint": [[], [str(ROOT / "examples/rules/team.yaml")], [str(ROOT / "examples/sla/china.yaml")],
             *([str(ROOT / f"examples/services/{name}.yaml")] for name in ("services", "priority-matrix"))],
    "doctor": [[]],
    "fields": [[], ["ticket"]],
    "explain": [["ticket.priority"]],
    "commands": [[]],
    "version": [[]],
}


class Run:
    def __init__(self, scratch):
        self.env = {"PATH": "/usr/bin:/bin", "HOME": scratch, "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8",
                    "UMSOPS_DB": f"{scratch}/desk.db", "UMSOPS_CHANNELS": f"{scratch}/channels.yaml"}
        pathlib.Path(scratch, "channels.yaml").write_text(
            "channels:\n  log: {type: file, path: log}\n  mail: {type: sendmail, from: desk@example.com, command: ['true']}\n"
            "mail_domain: example.com\n")
        self.scratch = scratch

    def __call__(self, *words, stdin=b""):
        return subprocess.run([BINARY, *words], env=self.env, cwd=self.scratch, input=stdin, capture_output=True,
                              timeout=60)


def check(run, schema, words, problems):
    words = [w.replace("{n}", "T-1").replace("{d}", run.scratch).replace("{m}", run.message) for w in words]
    got = run(*words, "-o", "json")
    label = "umsops " + " ".join(words)
    if got.returncode != 0:
        problems.append(f"{label}: exit {got.returncode}: {got.stderr.decode()[:300]}")
        return 0
    documents = got.stdout.splitlines() if schema.endswith(".export/v1") else [got.stdout]
    for document in documents:
        try:
            value = json.loads(document)
        except ValueError as error:
            problems.append(f"{label}: no JSON: {error}: {document[:100]!r}")
            return 0
        name = value.get("schema", schema) if isinstance(value, dict) else schema
        if not isinstance(value, dict):
            problems.append(f"{label}: the root is no object")
        verdict = run("schema", "validate", name, "-", stdin=document)
        if verdict.returncode != 0:
            problems.append(f"{label}: breaks {name}: {verdict.stderr.decode()[:400]}")
    return len(documents)


def prepare(run):
    """What the calls need to be there."""
    scratch = run.scratch
    for title in ("first", "second"):
        run("ticket", "create", "-t", title, "--requester", "zhang.wei")
    for title in ("third", "fourth", "fifth"):
        run("ticket", "create", "-t", title, "--requester", "zhang.wei")
    for number in (3, 4):
        run("ticket", "approval", "ask", f"T-{number}", "--of", "x")
    pathlib.Path(scratch, "incidents.jsonl").write_text('{"title": "from elsewhere", "key": "e1"}\n')
    pathlib.Path(scratch, "articles.jsonl").write_text('{"question": "from elsewhere", "answer": "yes"}\n')
    pathlib.Path(scratch, "docs").mkdir()
    pathlib.Path(scratch, "docs/one.md").write_text("---\ntitle: from a folder\n---\n\ntext\n")
    for _ in range(2):  # each waits for somebody
        run("runbook", "run", "hand", *RUNBOOKS, "--execute", "--incident", run("incident", "create", "-q").stdout.decode().strip())
    run("incident", "create", "-t", "third", "-q")
    run("incident", "verify", "INC-3", "--passed", "--note", "it works")
    run("classifier", "train", "--from", *TOPICS)  # tickets are classified before the calls train
    run.message = run("outbox", "list", "-q").stdout.decode().split()[0]
    run("--db", f"{scratch}/away.db", "ticket", "create", "-t", "for another desk", "--key", "spooled", "--spool")


def main():
    problems, documents = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        run = Run(scratch)
        run("db", "init")
        prepare(run)
        registry = json.loads(run("commands", "-o", "json").stdout)["items"]
        with_schema = {c["path"]: c["schema"] for c in registry if c.get("schema")}
        for path in sorted(set(with_schema) - set(CALLS)):
            problems.append(f"{path}: has a schema and no call here")
        for path, schema in with_schema.items():
            for words in CALLS.get(path, []):
                documents += check(run, schema, path.split() + words, problems)
        # Errors of every kind are one JSON object on standard error, and standard output stays empty.
        for words in (["ticket", "lst"], ["ticket", "show", "T-99"], ["ticket", "list", "--statsu", "OPEN"],
                      ["ticket", "create"], ["ticket", "list", "-w", "status=opne"], ["--db", "/nowhere/x.db", "db", "status"]):
            got = run(*words, "-o", "json")
            documents += 1
            if got.stdout or got.returncode in (0, 1) or got.returncode > 75:
                problems.append(f"{words}: exit {got.returncode}, stdout {got.stdout[:80]!r}")
            verdict = run("schema", "validate", "umsops.error/v1", "-", stdin=got.stderr)
            if verdict.returncode != 0 or json.loads(got.stderr)["error"]["exit"] != got.returncode:
                problems.append(f"{words}: error document: {verdict.stderr.decode()[:300]} {got.stderr[:300]!r}")
    print("\n".join(problems))
    print(f"{documents} documents validated, {len(problems)} problems")
    return 1 if problems or documents < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
