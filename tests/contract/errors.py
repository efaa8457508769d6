#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""errors.py UMSOPS: every code of the error registry is raised once. Most are raised here, from outside; what needs a
fault (a full disk, a failing sync) is raised by a unit test that names it. A code that neither does fails."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = str(pathlib.Path(sys.argv[1]).resolve())
REGISTRY = ROOT / "lib/include/umsops/base/error_codes.def"

LONG = "x" * 201
TOPICS = ROOT / "examples/data/itservice-tickets.csv"
RUNBOOKS = ROOT / "tests/fixtures/runbooks"
ROSTER = ROOT / "examples/people/roster.yaml"
CHANNELS = ("channels:\\n  log: {type: file, path: log}\\n  no: {type: command, command: [\"false\"]}\\n"
            "  web: {type: webhook, url: \"https://localhost\"}\\n"
            "  secret: {type: webhook, url: \"https://localhost\", secret_command: [\"true\"]}\\n")
REVIEW = "umsops incident create -t x -q; umsops incident verify INC-1 --passed --note x -q; umsops review create INC-1 -q"
REVIEWED = REVIEW + "".join(f"; umsops review update REV-1 --section {section} --body x -q" for section in (
    "overview", "contributing_factors")) + "; umsops review submit REV-1 -q; umsops review approve REV-1 -q"
LINE = ("printf 'channel: chat\\nstart: a\\nnodes: {a: {ask: x, field: description, next: b}, b: {transfer: li.na}}\\n' > line.yaml; "
        "(echo printer; sleep 5) | umsops ticket intake chat --flow line.yaml --requester z -q > talk & sleep 1.5; "
        "n=$(umsops ticket list -w source=CHAT -q); ")
CASES = {  # code -> shell line, run in a folder with a small desk
    "usage.unknown_command": "umsops ticket lst",
    "usage.unknown_flag": "umsops ticket list --statsu OPEN",
    "usage.missing": "umsops ticket create",
    "usage.bad_value": "umsops ticket list --status NOPE",
    "usage.too_many": "umsops ticket list extra",
    "usage.excludes": "umsops ticket create -t x --body a --body-file b",
    "usage.confirm": "seq 30 | sed s/^/T-/ | umsops ticket update - --priority LOW",
    "field.unknown": "umsops ticket list -F titel",
    "field.not_writable": "umsops ticket update T-1 --set status=CLOSED",
    "filter.syntax": "umsops ticket list -w 'status='",
    "time.unreadable": "umsops ticket list --since someday",
    "time.ambiguous": "umsops ticket list --since '2026-03-29 02:30' --tz Europe/Berlin",
    "time.unknown_zone": "umsops ticket list --tz Mars/Olympus",
    "ticket.not_found": "umsops ticket show T-99",
    "ticket.ambiguous": "umsops ticket show T-0000",
    "ticket.transition": "umsops ticket import closed.jsonl && umsops ticket assign T-000900 --to x",
    "ticket.not_pending": "umsops ticket wake T-1",
    "approval.none": "umsops ticket approval approve T-1",
    "approval.asked": "umsops ticket approval ask T-1 --of x -q; umsops ticket wake T-1",
    "approval.not_yours": "umsops ticket approval ask T-1 --of wang.fang -q; umsops --actor li.na ticket approval approve T-1",
    "template.unknown": "umsops ticket reply T-1 --template mfa-rest",
    "ticket.stale": "umsops ticket update T-1 --priority LOW --if-rev 7",
    "ticket.key_exists": "umsops ticket create -t first --key k1 --on-duplicate fail",
    "ticket.key_content": "umsops ticket create -t other --key k1",
    "ticket.duplicate": "umsops ticket create -t 'VPN certificate expired' --requester zhang.wei --fail-on-duplicate",
    "dialogue.none": "umsops ticket intake chat --join T-1",
    "dialogue.ended": LINE.replace("sleep 5", "true") + "umsops ticket intake chat --join $n",
    "dialogue.taken": LINE + "(sleep 3) | umsops --actor a ticket intake chat --join $n > talk & sleep 1; "
                      "umsops --actor b ticket intake chat --join $n < /dev/null",
    "incident.not_found": "umsops incident show INC-99",
    "incident.ambiguous": "umsops incident create -q; umsops incident create -q; umsops incident show INC-0000",
    "incident.stale": "umsops incident create -q; umsops incident update INC-1 --severity HIGH --if-rev 7",
    "incident.transition": "umsops incident create -q; umsops incident close INC-1",
    "incident.not_recovered": "umsops incident create -q; umsops incident resolve INC-1 -r x",
    "incident.still_firing": "printf '{\"key\":\"k\",\"title\":\"x\",\"state\":\"firing\"}' | umsops incident ingest -q; "
                             "umsops incident verify INC-1 --passed --note x -q; umsops incident resolve INC-1 -r x",
    "incident.resolution": "umsops incident create -q; umsops incident verify INC-1 --passed --note x -q; "
                           "umsops incident resolve INC-1",
    "incident.key_exists": "umsops incident create -q --key k; umsops incident create --key k --on-duplicate fail",
    "incident.key_content": "umsops incident create -q --key k; umsops incident create -t other --key k",
    "incident.claimed": "umsops incident create -q --assignee li.na; umsops --actor x incident assign INC-1 --claim",
    "incident.link_cycle": "umsops incident create -q; umsops incident create -q; umsops incident link INC-1 --caused-by INC-2 -q; "
                           "umsops incident link INC-2 --caused-by INC-1",
    "incident.link_self": "umsops incident create -q; umsops incident link INC-1 --relates-to INC-1",
    "incident.link_noun": "umsops ticket create -t x -q; umsops incident create -q; umsops incident link INC-1 --caused-by T-1",
    "incident.merge_finished": "umsops incident create -q; umsops incident create -q; umsops incident close INC-1 -r x --force "
                               "--reason y -q; umsops incident merge INC-2 --into INC-1",
    "incident.alert_not_found": "umsops incident create -q; umsops incident split INC-1 --alerts x -t y",
    "incident.level": "umsops incident create -q; umsops incident escalate INC-1 --level LEVEL_3 -q; umsops incident escalate INC-1",
    "requester.not_found": "umsops requester show nobody",
    "requester.ambiguous": "for i in a b; do umsops requester create --account $i --phone 13800000000 -q; done; umsops requester show 13800000000",
    "requester.stale": "umsops requester create --account a -q; umsops requester update a --name x --if-rev 7",
    "requester.known": "umsops requester create --account a -q; umsops requester create --account A",
    "requester.merged": "for i in a b; do umsops requester create --account $i -q; done; umsops requester merge P-2 --into P-1 -q; umsops requester update P-2 --name x",
    "requester.same": "umsops requester create --account a -q; umsops requester merge a --into P-1",
    "requester.too_many_left": "seq 30 | sed 's/^/u/; 1iaccount' >p.csv; umsops requester import p.csv --full -q; head -2 p.csv >q.csv; umsops requester import q.csv --full",
    "privacy.nothing": "umsops privacy export nobody.at.all",
    "privacy.open": "umsops ticket create -t x --requester m.jones -q; umsops privacy erase m.jones --confirm m.jones",
    "privacy.confirm": "umsops privacy erase m.jones --yes",
    "privacy.waiting": "umsops --db away.db ticket create -t away --key s --spool -q; umsops --db away.db privacy erase x --confirm x",
    "ldif.invalid": "echo 'uid: a' | umsops requester import - --format ldif",
    "review.not_found": "umsops review show REV-99",
    "review.none": "umsops incident create -t x -q; umsops review show INC-1",
    "review.ambiguous": "for i in 1 2; do umsops incident create -t x -q; umsops incident verify INC-$i --passed --note x -q; umsops review create INC-$i -q; done; umsops review show REV-0000",
    "review.stale": f"{REVIEW}; umsops review update REV-1 --title y --if-rev 7",
    "review.transition": f"{REVIEW}; umsops review approve REV-1",
    "review.incident_active": "umsops incident create -t x -q; umsops review create INC-1",
    "review.incomplete": f"{REVIEW}; umsops review submit REV-1",
    "review.actions_open": f"{REVIEWED}; umsops review action REV-1 --add y -q; umsops review close REV-1",
    "review.closed": f"{REVIEWED}; umsops review close REV-1 -q; umsops review action REV-1 --add y",
    "review.no_finding": f"{REVIEW}; umsops review action REV-1 --accept 99",
    "review.no_action": f"{REVIEW}; umsops review action REV-1 --applied 1",
    "review.task": f"{REVIEW}; umsops review action REV-1 --add y -q; umsops review action REV-1 --applied 1",
    "review.unchanged": f"{REVIEW}; umsops kb create -t x -q; umsops review action REV-1 --add y --article KB-1 -q; umsops review action REV-1 --applied 1",
    "review.needed": "umsops incident create -t x --severity CRITICAL -q; umsops incident verify INC-1 --passed --note x -q; umsops incident resolve INC-1 -r x -q; umsops incident close INC-1",
    "classifier.none": "umsops classifier check",
    "classifier.unfit": "echo x > m; umsops classifier check --model m",
    "classifier.too_little": "umsops classifier train",
    "classifier.column": f"umsops classifier train --from {TOPICS} --text Nothing",
    "classifier.record": "printf '{\"text\":{},\"label\":\"a\"}' > l.jsonl; umsops classifier train --from l.jsonl",
    "classifier.busy": f"flock desk.db-classifier.lock umsops classifier train --from {TOPICS} --text Document",
    "classifier.worse": f"umsops classifier train --from {TOPICS} --text Document -q; "
                        f"(head -1 {TOPICS}; sed 1d {TOPICS} | cut -d, -f1 | paste -d, - <(sed 1d {TOPICS} | cut -d, -f2 | rev | sort | rev)) > m.csv; "
                        "umsops classifier train --from m.csv --text Document",
    "kb.not_found": "umsops kb show KB-99",
    "kb.ambiguous": "umsops kb create -t x -q; umsops kb create -t y -q; umsops kb show KB-0000",
    "kb.stale": "umsops kb create -t x -q; umsops kb update KB-1 --title y --if-rev 7",
    "kb.key_exists": "umsops kb create -t x -q --key k; umsops kb create -t x --key k --on-duplicate fail",
    "kb.key_content": "umsops kb create -t x -q --key k; umsops kb create -t y --key k",
    "kb.no_revision": "umsops kb create -t x -q; umsops kb diff KB-1 --from 7",
    "search.damaged": "umsops kb create -t x -q; sqlite3 desk.db 'delete from search_pending'; umsops search index --check",
    "search.version": "umsops kb create -t x -q; sqlite3 desk.db 'update search_meta set version = 99'; umsops kb create -t y",
    "timeline.not_found": "umsops incident create -q; umsops incident note INC-1 --body x --corrects 7",
    "sla.other_files": "for f in a b; do printf 'policies: [{name: %s, calendar: 24x7, resolution: 4h}]\\n' $f >$f.yaml; done; "
                       "umsops tick -q -c sla=a.yaml && umsops tick -q -c sla=b.yaml",
    "spool.stuck": "mkdir -p .local/state/umsops; echo x >.local/state/umsops/spool.jsonl; umsops doctor",
    "tick.held": "umsops ticket pend T-1 --until +1m; mkdir -m 755 h; printf '#!/bin/sh\\nexit 1\\n' > h/on-modify; chmod 755 h/on-modify; "
                 "later=$(date -ud '+1 hour' +%FT%TZ); umsops -c hooks=h --now $later tick; umsops --now $later doctor",
    "record.invalid": f"umsops ticket create -t {LONG}",
    "runbook.not_found": "umsops runbook show x",
    "runbook.no_execution": "umsops runbook log R-9",
    "runbook.input": f"umsops runbook plan plain --file {RUNBOOKS} --with x=y",
    "runbook.busy": f"umsops runbook run hand --file {RUNBOOKS} --execute -q; umsops runbook run hand --file {RUNBOOKS} --execute",
    "runbook.state": f"umsops runbook run plain --file {RUNBOOKS} --execute -q; umsops runbook resume R-1",
    "runbook.plan": f"umsops runbook run plain --file {RUNBOOKS} --execute --plan-hash x",
    "runbook.waiting": f"umsops runbook run hand --file {RUNBOOKS} --execute",
    "runbook.failed": "printf 'id: f\\nsteps: [{id: a, run: [\"false\"]}]\\n' >f.yaml; umsops runbook run f --file f.yaml --execute",
    "runbook.rolled_back": "printf 'id: f\\non_failure: rollback\\nsteps: [{id: a, run: [\"false\"]}]\\n' >f.yaml; "
                           "umsops runbook run f --file f.yaml --execute",
    "runbook.approver": "printf 'id: f\\nsteps: [{id: a, approve: x, by: another}]\\n' >f.yaml; "
                        "umsops runbook run f --file f.yaml --execute -q; umsops runbook resume R-1 --approve",
    "runbook.helper": f"cp -L $(type -P umsops) u; ./u --error-format json runbook run plain --file {RUNBOOKS} --execute",
    "runbook.secret": "printf 'id: f\\nsecrets: {s: [\"false\"]}\\nsteps: [{id: a, run: [cat], stdin: \"{{secrets.s}}\"}]\\n' >f.yaml; "
                      "umsops runbook run f --file f.yaml --execute",
    "runbook.log": f"umsops runbook run plain --file {RUNBOOKS} --execute -q; umsops runbook log R-1 --step x",
    "runbook.running": "printf 'id: f\\nsteps: [{id: a, run: [sleep, \"30\"]}]\\n' >f.yaml; "
                       "(umsops runbook run f --file f.yaml --execute & echo $! >pid; wait) >/dev/null 2>&1 & "
                       "until umsops runbook log -q 2>/dev/null | grep -q R-1; do sleep 0.1; done; umsops runbook resume R-1; code=$?; "
                       "kill $(cat pid); wait; exit $code",
    "incident.phase": "umsops incident create -q; umsops incident respond INC-1 --next -q; umsops incident update INC-1 --severity LOW -q; "
                      "for _ in 1 2 3 4; do umsops incident respond INC-1 --next -q >/dev/null || break; done; umsops incident respond INC-1 --next",
    "silence.not_found": "umsops silence show S-1",
    "silence.key_content": "umsops silence add a=b --comment x --key k -q; umsops silence add a=c --comment x --key k",
    "interval.invalid": "umsops silence add a=b --comment x --every nights",
    "matcher.invalid": "umsops silence add 'a=~(' --comment x",
    "batch.partial": "umsops ticket update T-1 T-99 --category mfa --each",
    "calendar.ends": "printf 'kind: sla\\ncalendars: {c: {zone: UTC, hours: {mon: \"09:00-10:00\"}, holidays: [{date: 2020-01-01}]}}\\n"
                     "policies: [{name: p, calendar: c, resolution: 1h}]\\n' > s.yaml; umsops doctor -c sla=s.yaml",
    "condition.true": "umsops ticket list --fail-if-any",
    "people.unknown": f"umsops oncall who nonsense --roster {ROSTER}",
    "people.nobody": f"umsops ticket create -t x --attribute skill=welding -q; umsops ticket assign @last --auto -c roster={ROSTER}",
    "people.off_call": f"umsops ticket assign T-1 --to oncall:primary --now 2026-01-01T00:00:00Z -c roster={ROSTER}",
    "people.absent": f"umsops ticket assign T-1 --to oncall:primary --now 2027-02-06T00:00:00Z -c roster={ROSTER}",
    "people.no_roster": "umsops oncall who",
    "service.unknown": f"umsops service show ssso --services {ROOT}/examples/services/services.yaml",
    "service.none": "umsops service list",
    "calendar.unknown": "umsops calendar show busines",
    "report.unknown": "umsops report run suport",
    "json.invalid": "echo '{' | umsops ticket create --from-json -",
    "csv.invalid": "printf 'title\\n\"open\\n' | umsops ticket import - --format csv --continue-on-error --rejects r.jsonl; "
                   "jq -r .error.code r.jsonl >&2; exit 5",
    "text.invalid": "printf 'title\\n\\xff\\n' | umsops ticket import - --format csv",
    "input.too_large": "head -c 3000000 /dev/zero | tr '\\0' x | umsops ticket create --from-json -",
    "mail.unreadable": "printf '\\n' | umsops ticket intake mail",
    "mail.automatic": "printf 'From: a@b.cn\\nPrecedence: bulk\\n\\nx\\n' | umsops ticket intake mail --automatic refuse",
    "mail.helper": "cp $(readlink -f $(command -v umsops)) alone; printf 'From: a@b.cn\\n\\nx\\n' | ./alone --error-format json ticket intake mail",
    "attachment.refused": "echo x > a.txt; umsops ticket attachment add T-1 a.txt -c attachment_types=image/png",
    "ticket.field": "printf 'kind: fields\\nfields: {seats: {type: integer}}\\n' > f.yaml; "
                    "umsops ticket update T-1 --attribute seats=many -c ticket_fields=f.yaml",
    "ticket.not_finished": "umsops ticket rate T-1 5",
    "ticket.rated": "umsops ticket resolve T-1 --resolution x -q; umsops ticket rate T-1 5 -q; umsops ticket rate T-1 1",
    "view.unknown": "umsops ticket list @mine",
    "attachment.not_found": "umsops ticket attachment save T-1 x",
    "alert.unrecognised": "echo '{\"x\":1}' | umsops incident ingest --explain",
    "alert.field_missing": "echo '{\"saved_search\":{\"id\":1},\"max_id\":2}' | umsops incident ingest --explain",
    "alert.state_unknown": "echo '{\"trigger\":\"t\",\"host\":\"h\",\"status\":\"ODD\",\"severity\":\"x\"}' | umsops incident ingest --explain",
    "alert.ticket": "echo '{\"freshdesk_webhook\":{}}' | umsops incident ingest --explain",
    "alert.refused": "printf 'name: a\nkind: sender\nrecognise: {path: a}\nrefuse: {reason: no}\n' > a.yaml; "
                     "echo '{\"a\":1}' | umsops incident ingest --explain --sender a.yaml",
    "alert.sender_unknown": "echo '{}' | umsops incident ingest --explain --format zabix",
    "import.rejected": "printf '{\"key\":\"k1\",\"title\":\"x\"}\\n' | umsops ticket import - --format jsonl --mode create",
    "import.duplicate": "printf '{\"key\":\"q\",\"title\":\"a\"}\\n{\"key\":\"q\",\"title\":\"b\"}\\n' | umsops ticket import - --format jsonl",
    "encoding.unknown": "echo x | umsops ticket import - --format csv --encoding klingon",
    "file.unreadable": "umsops ticket import missing.jsonl",
    "schema.unknown": "umsops schema show nonsense",
    "schema.violated": "echo '{\"schema\":\"umsops.error/v1\"}' | umsops schema validate umsops.error/v1 -",
    "config.invalid": "printf 'stroe: x\\n' > c.yaml; umsops --config c.yaml ticket list",
    "config.forbidden": "printf 'actor: x\\n' > umsops.yaml; umsops ticket list",
    "yaml.invalid": "printf 'a: [\\n' > r.yaml; umsops rules check r.yaml",
    "rules.invalid": "printf 'rules:\\n  - {id: a, when: {regex: \"(\"}, set: {category: x}}\\n' > r.yaml; umsops --config /dev/null rules explain --title x --rules r.yaml",
    "rules.test_failed": "printf 'rules: []\\ncases:\\n  - {name: n, text: {title: x}, expect: {priority: HIGH}}\\n' > r.yaml; umsops rules test r.yaml",
    "lint.failed": "printf 'kind: settings\\nx: 1\\n' > c.yaml; umsops lint c.yaml",
    "config.no_home": "env -u HOME -u UMSOPS_DB umsops ticket list",
    "store.absent": "umsops --db nowhere.db ticket list",
    "store.exists": "umsops db backup b.db && umsops db backup b.db",
    "store.not_ours": "echo 'not a store' > t.db; umsops --db t.db ticket list",
    "store.unfinished": "cp desk.db u.db; cp desk.db-wal u.db-wal; sqlite3 u.db \"insert into store_info values ('copy_of', 'x', x'00'); "
                        "pragma user_version=0\"; umsops --db u.db ticket list",
    "store.foreign_log": "umsops db backup b.db && mv b.db desk.db && umsops ticket list",
    "store.replaced": "flock desk.db.lock sleep 2 & sleep 0.3; (sleep 0.7; rm desk.db) & umsops ticket create -t x",
    "store.backup_older": "umsops db backup b.db && umsops ticket create -t x && umsops db restore b.db",
    "store.other_desk": "umsops --db o.db db init && umsops db restore o.db",
    "store.new": "cp desk.db f.db; sqlite3 f.db 'pragma user_version=9999'; umsops --db f.db ticket list",
    "store.locked": "flock desk.db.lock sleep 3 & sleep 0.3; umsops ticket create -t x --timeout 1s",
    "store.address": "umsops --db 'postgresql://a:b@c@d/x' ticket list",
    "store.library": ": >libpq.so.5; LD_LIBRARY_PATH=. umsops --db postgresql:///x ticket list",
    "store.not_empty": "umsops db copy desk.db desk.db",
    "config.password_command": "printf 'password_command: [\"false\"]\\n' > c.yaml; umsops --config c.yaml --db postgresql:///x ticket list",
    "config.audit_key_command": "printf 'audit_key_command: [\"false\"]\\n' > c.yaml; umsops --config c.yaml ticket create -t x",
    "store.damaged": "cp desk.db d.db; sqlite3 d.db 'pragma wal_checkpoint(truncate)' >/dev/null; "
                     "dd if=/dev/urandom of=d.db bs=1024 seek=5 count=200 conv=notrunc status=none; umsops --db d.db ticket list",
    "audit.broken": "sqlite3 desk.db \"update events set kind='x' where seq=1\"; umsops audit verify",
    "template.invalid": "mkdir t; printf 'Subject: {{nubmer}}\n' > t/ticket.reply.en.mustache; "
                        "printf 'kind: channels\ntemplates: t\n' > c.yaml; umsops -c channels=c.yaml outbox flush",
    "outbox.not_found": "umsops outbox show 01NOTHING",
    "outbox.ambiguous": "umsops ticket create -t x --requester a -q; umsops outbox show $(umsops outbox list -q | head -n 1 | cut -c 1-6)",
    "outbox.state": "id=$(umsops outbox list -q | head -n 1); umsops outbox drop $id -q; umsops outbox retry $id",
    "outbox.no_channels": "umsops outbox flush",
    "outbox.unknown_channel": f"printf '{CHANNELS}' > c.yaml; umsops -c channels=c.yaml outbox test lgo",
    "outbox.failed": f"printf '{CHANNELS}' > c.yaml; umsops -c channels=c.yaml outbox flush",
    "outbox.refused": f"printf '{CHANNELS}' > c.yaml; umsops -c channels=c.yaml outbox test no",
    "outbox.secret": f"printf '{CHANNELS}' > c.yaml; umsops -c channels=c.yaml outbox test secret",
    "outbox.helper": f"printf '{CHANNELS}' > c.yaml; cp -L $(type -P umsops) u; ./u --error-format json -c channels=c.yaml outbox test web",
    "hook.refused": "mkdir -m 755 h; printf '#!/bin/sh\\nexit 1\\n' > h/on-add; chmod 755 h/on-add; umsops -c hooks=h ticket create -t x",
    "hook.timeout": "mkdir -m 755 h; printf '#!/bin/sh\\nsleep 9\\n' > h/on-add; chmod 755 h/on-add; "
                    "umsops -c hooks=h -c hook_timeout=1s ticket create -t x",
    "hook.invalid": "mkdir -m 777 h; chmod 777 h; umsops -c hooks=h ticket create -t x",
    "output.failed": "umsops ticket list > /dev/full",
    "output.foreign": "mkfifo p && chown nobody p && umsops ticket export -O p",
    "file.untrusted": "printf 'lang: en\\n' > c.yaml; chmod 666 c.yaml; umsops --config c.yaml ticket list",
}

# What needs a surrounding that this test cannot make: a terminal, a network file system, a full disk, a defect.
NOT_HERE = {"usage.stdin_terminal", "store.network_file_system", "store.full", "internal"}


if os.geteuid() != 0:  # only root can make what belongs to another user
    NOT_HERE.add("output.foreign")
    del CASES["output.foreign"]


def codes():
    text = REGISTRY.read_text()
    return dict(reversed(m) for m in re.findall(r'^UMSOPS_ERROR\(\s*(\w+),\s*"([^"]+)"', text, re.M))


def named_in_unit_tests():
    text = "".join(p.read_text() for p in (ROOT / "tests").rglob("*.cpp"))
    return set(re.findall(r"errors::(\w+)", text)) | set(re.findall(r'"([a-z_]+\.[a-z_]+)"', text))


def make_desk(folder, scratch):
    """A small desk in a new folder, and the environment that a case is run in."""
    folder.mkdir()
    env = {"PATH": f"{scratch}/bin:/usr/bin:/bin", "HOME": str(folder), "UMSOPS_DB": str(folder / "desk.db"),
           "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "UMSOPS_OUTPUT": "table"}
    for words in (["db", "init"], ["ticket", "create", "-t", "first", "--key", "k1"],
                  ["ticket", "create", "-t", "VPN certificate expired", "--requester", "zhang.wei"]):
        subprocess.run([BINARY, *words], env=env, cwd=folder, check=True, capture_output=True)
    (folder / "closed.jsonl").write_text(json.dumps({
        "ticket_number": "T-000900", "title": "closed", "status": "CLOSED",
        "created_at": "2026-01-01T00:00:00Z", "resolved_at": "2026-01-02T00:00:00Z",
        "closed_at": "2026-01-03T00:00:00Z"}) + "\n")
    return env


def main():
    known, tested = codes(), named_in_unit_tests()
    problems = []
    with tempfile.TemporaryDirectory() as scratch:
        (pathlib.Path(scratch) / "bin").mkdir()
        (pathlib.Path(scratch) / "bin/umsops").symlink_to(BINARY)
        for number, (code, line) in enumerate(CASES.items()):
            folder = pathlib.Path(scratch) / str(number)
            env = make_desk(folder, scratch)
            got = subprocess.run(["bash", "-c", line.replace("umsops ", "umsops --error-format json ")], env=env,
                                 cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
            if f'"{code}"' not in got.stderr.decode(errors="replace") and code not in got.stderr.decode(errors="replace").split():
                problems.append(f"{code}: not raised by: {line}\n    exit {got.returncode}: {got.stderr.decode(errors='replace')[:300]}")
            elif got.returncode == 0:
                problems.append(f"{code}: raised, but the exit code is 0")
    for code, name in known.items():
        if code not in CASES and code not in NOT_HERE and name not in tested and code not in tested:
            problems.append(f"{code}: no test raises it")
    for code in set(CASES) - set(known):
        problems.append(f"{code}: not in the registry")
    print("\n".join(problems))
    print(f"{len(known)} codes, {len(CASES)} raised here, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
