#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""made_sla.py UMSOPS LOG [ALLOWED]: imports a ServiceNow event log (see servicenow.py) with the policies of
examples/sla/servicenow.yaml, and compares the standing that the desk derives from each history with `made_sla`, the log's
own word. Tells how many could be derived, how many are equal, and the others with what their clock used. More than ALLOWED
(none) differences fail.

A second run asks the same of policies that stop at the resolution and pause while somebody is awaited, as ours do unless
they say otherwise: for comparison only."""
import collections
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAPPING = ROOT / "examples/mappings/servicenow-event-log.yaml"
POLICIES = ROOT / "examples/sla/servicenow.yaml"
WORD = {"MET": "true", "RESOLUTION_BREACHED": "false"}


class Desk:
    def __init__(self, binary, folder, log, policies):
        self.binary, self.store = binary, f"{folder}/{pathlib.Path(policies).stem}.db"
        self.env = dict(os.environ, UMSOPS_SLA=str(policies), UMSOPS_CONFIG="/dev/null", UMSOPS_NO_SYSTEM_CONFIG="1")
        self("db", "init")
        self("ticket", "import", log, "--mapping", str(MAPPING))

    def __call__(self, *words):
        return subprocess.run([self.binary, "--db", self.store, *words], env=self.env, check=True, stdout=subprocess.PIPE).stdout

    def tickets(self):
        for line in self("ticket", "export").splitlines():
            yield json.loads(line)


def compare(desk):
    """Per priority: tickets, derivable, equal; and those that differ."""
    counts, different = collections.defaultdict(collections.Counter), []
    for ticket in desk.tickets():
        of = counts[ticket["priority"]]
        of["tickets"] += 1
        ours = WORD.get(ticket["sla"])
        if ours is None or ticket["status"] != "CLOSED":
            of[f"not derivable: {ticket['sla']}, {ticket['status']}"] += 1
            continue
        of["derivable"] += 1
        if ours == ticket["attributes"]["made_sla"]:
            of["equal"] += 1
        else:
            different.append(ticket)
    return counts, different


def tell(title, counts):
    print(title)
    for priority in ("CRITICAL", "HIGH", "MEDIUM", "LOW"):
        of = counts[priority]
        rest = ", ".join(f"{n} {what}" for what, n in sorted(of.items()) if what.startswith("not"))
        print(f"  {priority:9} {of['tickets']:6} tickets {of['derivable']:6} derivable {of['equal']:6} equal {of['derivable'] - of['equal']:5} different  {rest}")


def used_hours(desk, number):
    clocks = json.loads(desk("sla", "explain", number, "-o", "json"))["items"][0]["clocks"]
    return [f"{clock['used'] / 3600:.1f} h" for clock in clocks if clock["clock"] == "resolution"]


def main():
    binary, log = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    allowed = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "log.csv"
        data = pathlib.Path(log).read_bytes()
        plain.write_bytes(gzip.decompress(data) if log.endswith(".gz") else data)
        desk = Desk(binary, folder, str(plain), POLICIES)
        counts, different = compare(desk)
        tell("clock until CLOSED, without pauses (examples/sla/servicenow.yaml):", counts)
        for ticket in different[:20]:
            print(f"  {ticket['ticket_number']} {ticket['priority']}: {ticket['created_at']} to {ticket['closed_at']}, "
                  f"made_sla {ticket['attributes']['made_sla']}, here {ticket['sla']} after {used_hours(desk, ticket['ticket_number'])}")
        usual = pathlib.Path(folder) / "usual.yaml"
        usual.write_text(POLICIES.read_text().replace(", counts_also: [PENDING, RESOLVED]", ""))
        tell("for comparison, clock until RESOLVED, pausing in PENDING, same targets:", compare(Desk(binary, folder, str(plain), usual))[0])
        total = sum(of["derivable"] for of in counts.values())
        print(f"{total} derivable, {len(different)} different, {allowed} allowed")
        return 1 if len(different) > allowed or total == 0 else 0


sys.exit(main())
