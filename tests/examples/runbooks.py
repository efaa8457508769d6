#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""runbooks.py UMSOPS: the runbooks of examples/runbooks against small services that are broken here and repaired by them,
and an incident that is led through all phases of the response."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
UMSOPS = str(pathlib.Path(sys.argv[1]).resolve())
BIN = ROOT / "tests/fixtures/runbooks/bin"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Desk:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.fake = self.folder / "fake"
        self.fake.mkdir()
        store = str(self.folder / "desk.db")
        if server := os.environ.get("UMSOPS_TEST_DB"):
            schema = f"runbooks_{os.getpid()}"
            subprocess.run(["psql", server, "-qc", f"CREATE SCHEMA {schema}"], check=True)
            store = f"{server}&options=-csearch_path%3D{schema}"
        self.env = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "UMSOPS_NO_SYSTEM_CONFIG": "1",
                    "UMSOPS_DB": store, "UMSOPS_ACTOR": "li.na", "UMSOPS_RUNBOOKS": str(ROOT / "examples/runbooks"),
                    "UMSOPS_SERVICES": str(self.folder / "services.yaml")}
        (self.folder / "services.yaml").write_text("services: {}\n")
        self("db", "init")

    def __call__(self, *words, code=0, actor="li.na"):
        got = subprocess.run([UMSOPS, *map(str, words)], env=self.env | {"UMSOPS_ACTOR": actor}, cwd=self.folder, text=True,
                             capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
        assert got.returncode == code, f"{words}: exit {got.returncode}, not {code}: {got.stdout[-800:]}{got.stderr[-800:]}"
        return got.stdout

    def fact(self, name, text):
        (self.fake / name).write_text(str(text))

    def unit(self, name, needs=""):
        port = free_port()
        self.fact(f"{name}.port", port)
        self.fact(f"{name}.needs", needs)
        return port

    def is_active(self, unit):
        return subprocess.run([BIN / "systemctl", "is-active", unit], env=self.env, capture_output=True).returncode == 0

    def stop(self):
        for path in self.fake.glob("*.pid"):
            try:
                os.kill(int(path.read_text()), signal.SIGKILL)
            except ProcessLookupError:
                pass

    def run(self, runbook, *words, code=0, **how):
        """What became of each step."""
        out = self("runbook", "run", runbook, "--execute", "-o", "json", *words, code=code, **how)
        return {step["id"]: step["state"] for step in json.loads(out)["steps"]}

    def resume(self, *words, code=0, **how):
        out = self("runbook", "resume", *words, "-o", "json", code=code, **how)
        return {step["id"]: step["state"] for step in json.loads(out)["steps"]}


def inputs(**values):
    return [word for name, value in values.items() for word in ("--with", f"{name}={value}")]


def authentication(desk):
    """The response as a whole: nothing runs, and at its end people get in."""
    pooler = desk.unit("pgbouncer.service")
    sso = desk.unit("sssd.service", needs="pgbouncer.service")
    health = f"http://127.0.0.1:{sso}/health"
    given = inputs(login=health, database="127.0.0.1", port=pooler)
    (desk.folder / "services.yaml").write_text(
        f"services:\n  sso:\n    tier: 1\n    checks: [{{command: [systemctl, is-active, sssd.service]}}]\n"
        f"    access_checks: [{{http: \"{health}\"}}]\n")
    one = desk("incident", "create", "-t", "用户无法登录", "--type", "AUTHENTICATION_FAILURE", "--service", "sso", "--severity",
               "CRITICAL", "-q").strip()
    desk("incident", "respond", one, "--all", code=4)  # nothing runs without being told to
    assert not desk.is_active("sssd.service")
    desk("incident", "assign", one, "--to", "li.na", "-q")
    out = desk("incident", "respond", one, "--all", "--execute", "--passes", 2, "--over", "1s", *given, "-o", "json")
    assert json.loads(out)["current"] is None, out
    assert desk.is_active("sssd.service") and desk.is_active("pgbouncer.service")
    shown = json.loads(desk("incident", "show", one, "-o", "json"))
    assert shown["status"] == "RESOLVED" and shown["resolution"] == "重启认证服务并恢复数据库连接", shown
    assert shown["root_cause"] == "认证服务异常终止导致"
    timeline = shown["timeline"]
    phases = [entry["data"]["phase"] for entry in timeline if entry["kind"] == "PHASE"]
    assert phases == ["ASSESS", "NOTIFY", "ACTIVATE", "HANDLE", "VERIFY", "REVIEW"], phases
    evidence = [entry["data"] for entry in timeline if entry["kind"] == "EVIDENCE"]
    assert {one["of"] for one in evidence if one["passed"] and one["passes"] == 2} == {"service", "access"}, evidence
    states = desk.run("authentication", *given)
    assert states["restart"] == states["reconnect"] == "SKIPPED", states
    # Evidence that service is not back.
    desk.stop()
    two = desk("incident", "create", "-t", "again", "--type", "AUTHENTICATION_FAILURE", "--service", "sso", "-q").strip()
    for phase in range(4):
        desk("incident", "respond", two, "--force", "--reason", "drill", "-q")
    desk("incident", "respond", two, "--next", "--execute", "--passes", 1, code=4)
    assert json.loads(desk("incident", "show", two, "-o", "json"))["status"] in ("OPEN", "IN_PROGRESS")


def database(desk):
    primary, standby = desk.unit("primary"), desk.unit("standby")
    for unit in ("primary", "standby"):
        subprocess.run([BIN / "systemctl", "restart", unit], env=desk.env, check=True)
    desk.fact("connections", 95)
    given = inputs(port=primary, folder="/")
    states = desk.run("database", *given)
    assert states["release"] == "SUCCEEDED" and states["promote"] == states["consent"] == "SKIPPED", states
    assert (desk.fake / "connections").read_text() == "20"
    assert desk.run("database", *given)["release"] == "SKIPPED"
    desk.stop()
    subprocess.run([BIN / "systemctl", "restart", "standby"], env=desk.env, check=True)
    out = json.loads(desk("runbook", "run", "database", "--execute", "-o", "json", *inputs(port=free_port(), folder="/"), code=10))
    desk("runbook", "resume", out["id"], "--approve", code=8)
    assert not (desk.fake / "promoted").exists()
    # The standby answers on another port here: that it is the primary now is seen, that it is reached is not.
    states = desk.resume(out["id"], "--approve", actor="wang.fang", code=6)
    assert states["promote"] == "SUCCEEDED" and states["works"] == "FAILED", states
    assert (desk.fake / "promoted").exists()


def network(desk):
    port = desk.unit("upstream")
    subprocess.run([BIN / "systemctl", "restart", "upstream"], env=desk.env, check=True)
    states = desk.run("network", *inputs(upstream=f"http://127.0.0.1:{port}/"))
    assert states["flush"] == states["renew"] == states["works"] == "SUCCEEDED", states
    assert states["routed"] == states["woken"] == "SKIPPED", states
    states = desk.run("network", *inputs(upstream=f"http://127.0.0.1:{port}/"))
    assert states["flush"] == states["renew"] == "SKIPPED", states


def performance(desk):
    port, other = desk.unit("sso.service"), desk.unit("other")
    for unit in ("sso.service", "other"):
        subprocess.run([BIN / "systemctl", "restart", unit], env=desk.env, check=True)
    desk.fact("sso.service.slow", 4)
    given = inputs(health=f"http://127.0.0.1:{port}/", dependency=f"http://127.0.0.1:{other}/")
    out = json.loads(desk("runbook", "run", "performance", "--execute", "-o", "json", *given, code=10))
    assert out["state"] == "WAITING_APPROVAL"
    states = desk.resume(out["id"], "--approve")
    assert states["restart"] == states["works"] == "SUCCEEDED" and states["slow"] == "SKIPPED", states
    assert desk.run("performance", *given)["restart"] == "SKIPPED"


def generic(desk):
    port = desk.unit("thing")
    one = desk("incident", "create", "-t", "something", "-q").strip()
    out = json.loads(desk("runbook", "run", "generic", "--incident", one, "--execute", "-o", "json",
                          *inputs(health=f"http://127.0.0.1:{port}/"), code=10))
    assert out["state"] == "WAITING_MANUAL"
    subprocess.run([BIN / "systemctl", "restart", "thing"], env=desk.env, check=True)
    assert desk.resume(out["id"], "--done")["works"] == "SUCCEEDED"


with tempfile.TemporaryDirectory() as scratch:
    desk = Desk(scratch)
    try:
        for part in (authentication, database, network, performance, generic):
            part(desk)
        desk("audit", "verify", "-q")
        desk("db", "check", "-q")
        for path in (ROOT / "examples/runbooks").glob("*.yaml"):
            desk("lint", path)
    finally:
        desk.stop()
print("five runbooks, and a response through all phases")
