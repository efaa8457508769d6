#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""alertmanager.py UMSOPS: a real Alertmanager posts through a real webhook to `umsops incident ingest`, with the files of
examples/alertmanager. Fires with amtool, sees the incidents, resolves them, sees them recovered; compares groups and silences
of both sides."""
import json
import time
import urllib.error
import urllib.request

from site_of_examples import ROOT, free_port, replaced, run_checks, until

EXAMPLE = ROOT / "examples/alertmanager"
TOKEN = "a-word-for-the-test"


def start(site):
    site.alerts, site.hooks = f"http://127.0.0.1:{free_port()}", free_port()
    (site.folder / "token").write_text(TOKEN)
    (site.folder / "alertmanager.yml").write_text(replaced(
        EXAMPLE / "alertmanager.yml", ("http://127.0.0.1:9000", f"http://127.0.0.1:{site.hooks}"),
        ("/etc/umsops/hook-token", site.folder / "token"), ("group_wait: 10s", "group_wait: 1s"),
        ("group_interval: 1m", "group_interval: 1s")))
    (site.folder / "hooks.yaml").write_text(replaced(
        EXAMPLE / "hooks.yaml", ("/usr/local/bin/umsops-alert", EXAMPLE / "umsops-alert")))
    site.spawn("webhook", "-template", "-hooks", site.folder / "hooks.yaml", "-ip", "127.0.0.1", "-port", site.hooks)
    site.spawn("prometheus-alertmanager", f"--config.file={site.folder}/alertmanager.yml", "--cluster.listen-address=",
               f"--storage.path={site.folder}/am", f"--web.listen-address={site.alerts.removeprefix('http://')}")
    until("webhook answers", lambda: post(site, b"{}", "wrong") == 403)
    until("Alertmanager is ready", lambda: get(site, "/-/ready") is not None)


def get(site, path):
    try:
        with urllib.request.urlopen(site.alerts + path, timeout=5) as answer:
            return answer.read()
    except (urllib.error.URLError, ConnectionError):
        return None


def post(site, body, token):
    request = urllib.request.Request(f"http://127.0.0.1:{site.hooks}/hooks/incident", body,
                                     {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, ConnectionError):
        return None


def amtool(site, *arguments):
    site.run("amtool", f"--alertmanager.url={site.alerts}", *arguments)


def fire(site, name, service, instance, *more):
    amtool(site, "alert", "add", f"alertname={name}", f"service={service}", f"instance={instance}", "severity=critical",
           "--annotation", f"summary={name} on {service}: 认证失败", *more)


def end(site, name, service, instance):
    fire(site, name, service, instance, "--end", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))


def key_of(name, service):
    return f'am:{{}}:{{alertname="{name}", service="{service}"}}'


def incidents(site):
    items = json.loads(site.umsops("incident", "list", "--all", "-o", "json"))["items"]
    return {i["dedup_key"]: i for i in items}


def groups(site):
    """Alertmanager's own groups, by the key that the sender file makes of them."""
    found = json.loads(get(site, "/api/v2/alerts/groups") or b"[]")
    return {key_of(g["labels"]["alertname"], g["labels"]["service"]) for g in found}


def check_groups(site):
    for name, service, instance in (("LoginFailing", "sso", "a"), ("LoginFailing", "sso", "b"), ("LoginFailing", "ldap", "a"),
                                    ("DiskFull", "ldap", "c")):
        fire(site, name, service, instance)
    found = until("an incident for each group",
                  lambda: incidents(site) if len(incidents(site)) == 3 and groups(site) == set(incidents(site)) else None)
    assert all(i["status"] == "OPEN" and i["severity"] == "CRITICAL" for i in found.values()), found
    both = found[key_of("LoginFailing", "sso")]
    until("the second alert of the group", lambda: len(json.loads(
        site.umsops("incident", "show", both["incident_number"], "-o", "json"))["related_alerts"]) == 2)
    assert both["title"] == "LoginFailing on sso: 认证失败", both


def check_recovery(site):
    key = key_of("LoginFailing", "sso")
    end(site, "LoginFailing", "sso", "a")
    time.sleep(3)  # two intervals of the group: one alert of it fires on
    assert incidents(site)[key]["status"] == "OPEN"
    end(site, "LoginFailing", "sso", "b")
    until("recovered with its last alert", lambda: incidents(site)[key]["status"] == "RECOVERED")
    others = [i["status"] for k, i in incidents(site).items() if k != key]
    assert others == ["OPEN", "OPEN"], others
    number = incidents(site)[key]["incident_number"]
    site.umsops("incident", "resolve", number, "--resolution", "restarted")
    fire(site, "LoginFailing", "sso", "a")
    until("the same incident again", lambda: incidents(site)[key]["status"] in ("OPEN", "ASSIGNED", "IN_PROGRESS"))
    assert incidents(site)[key]["incident_number"] == number and len(incidents(site)) == 3


def check_silences(site):
    """The same matchers on both sides: what Alertmanager does not send is what umsops calls muted."""
    matchers = ["alertname=~\"Backup.*\"", "service!=payroll"]
    amtool(site, "silence", "add", *matchers, "--comment", "both", "--author", "test", "--duration", "1h")
    site.umsops("silence", "add", *matchers, "--comment", "both", "--duration", "1h")
    for service in ("files", "payroll", "mail"):
        fire(site, "BackupLate", service, "a")
    until("the one that is not silenced", lambda: key_of("BackupLate", "payroll") in incidents(site))
    time.sleep(3)
    assert not [k for k in incidents(site) if "BackupLate" in k and "payroll" not in k], incidents(site).keys()
    alerts = json.loads(get(site, "/api/v2/alerts?filter=alertname%3DBackupLate"))
    theirs = {a["labels"]["service"] for a in alerts if a["status"]["silencedBy"]}
    body = {"version": "4", "groupKey": "{}:x", "status": "firing", "receiver": "umsops", "groupLabels": {},
            "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://localhost",
            "alerts": [{"status": "firing", "labels": a["labels"], "annotations": a["annotations"], "startsAt": a["startsAt"],
                        "endsAt": "0001-01-01T00:00:00Z", "fingerprint": a["fingerprint"]} for a in alerts]}
    (site.folder / "body.json").write_text(json.dumps(body))
    items = json.loads(site.umsops("silence", "test", "body.json", "-o", "json", codes=(0, 10)))["items"]
    ours = {i["labels"]["service"] for i in items if i["muted"]}
    assert ours == theirs == {"files", "mail"}, (ours, theirs)


def check_refusals(site):
    """A sender without the token gets nothing; a body that no retry would mend is kept and answered; a desk out of reach is not."""
    before = len(incidents(site))
    body = (ROOT / "examples/senders/alertmanager.json").read_bytes()
    assert post(site, body, "wrong") == 403 and len(incidents(site)) == before
    assert post(site, b"{\"broken\": ", TOKEN) == 200
    kept = [p for p in site.folder.iterdir() if p.is_file() and p.read_bytes() == b"{\"broken\": "]
    assert len(kept) == 1, kept
    assert post(site, body, TOKEN) == 200 and len(incidents(site)) == before + 1
    assert post(site, body, TOKEN) == 200 and len(incidents(site)) == before + 1
    site.run(EXAMPLE / "umsops-alert", codes=(7,), BODY=ROOT / "examples/senders/alertmanager.json",
             UMSOPS_DB="postgresql:///desk?host=/nowhere")
    site.umsops("audit", "verify")


run_checks([check_groups, check_recovery, check_silences, check_refusals], start, UMSOPS_HOOK_TOKEN=TOKEN,
           UMSOPS_REFUSED="{folder}")
