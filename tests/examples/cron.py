#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cron.py UMSOPS: the lines of examples/cron that send reports, run as cron would run them; what comes out of them is looked at
as a mail. The units are looked at by systemd-analyze, where it is there, and their commands run."""
import email
import email.policy
import re
import shutil

from site_of_examples import ROOT, run_checks

CRON = ROOT / "examples/cron"


def start(site):
    """Mail is handed to a program, which keeps it."""
    (site.folder / "mail").mkdir()
    keep = site.folder / "bin/keep-mail"
    keep.write_text(f"#!/bin/sh\nexec cat >\"$(mktemp {site.folder}/mail/XXXXXX)\"\n")
    keep.chmod(0o755)
    (site.folder / "channels.yaml").write_text(
        f"kind: channels\nmail_domain: example.org\nusual: [mail]\nchannels:\n  mail: {{type: sendmail, from: Desk <desk@example.org>, command: [{keep}]}}\n"
        "audiences:\n  operations: {to: [li.na, ops@example.org]}\n  executives: {to: [cio@example.org]}\n")
    (site.folder / "roster.yaml").write_text(
        "kind: roster\nzone: Asia/Shanghai\npeople:\n  li.na: {email: li.na@example.org, contact: {language: zh_CN}}\nteams:\n  desk: {members: [li.na]}\n")
    site.env |= {"UMSOPS_CHANNELS": str(site.folder / "channels.yaml"), "UMSOPS_ROSTER": str(site.folder / "roster.yaml")}
    for title, priority in (("VPN down", "HIGH"), ("<script>alert(1)</script>", "CRITICAL"), ("忘记密码", "LOW")):
        site.umsops("ticket", "create", "-t", title, "--priority", priority, "-q")


def lines():
    """The commands of the file, as cron gives them to a shell."""
    for line in (CRON / "report-mail.crontab").read_text().splitlines():
        if line and not line.startswith("#"):
            yield re.split(r"\s+", line, maxsplit=5)[5].replace(r"\%", "%")


def mails(site):
    found = []
    for path in sorted((site.folder / "mail").iterdir()):
        found.append(email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        path.unlink()
    return sorted(found, key=lambda mail: mail["To"])


def check_lines(site):
    """Each line runs and says nothing on standard output, where cron would make a mail of it."""
    for line in lines():
        if "--fail-if" not in line:
            assert site.run("sh", "-c", line) == "", line
    site.umsops("outbox", "flush", "-q")
    sent = mails(site)
    assert [mail["To"] for mail in sent] == ["desk-lead@example.org", "li.na@example.org", "li.na@example.org", "ops@example.org"], [m["To"] for m in sent]
    for mail in sent:
        page = next(part for part in mail.iter_attachments())
        assert page.get_content_type() == "text/html" and re.fullmatch(r"(daily|weekly)-\d{4}-\d\d-\d\d\.html", page.get_filename())
        html = page.get_content()
        assert html.startswith("<!DOCTYPE html>") and "Content-Security-Policy" in html and "<script>" not in html
        assert "VPN down" in html or "weekly" in page.get_filename()
        text = mail.get_body(("plain",)).get_content()
        assert len(text.splitlines()) > 5, text


def check_condition(site):
    """The one that depends on figures sends nothing where they are good, and a report where they are not."""
    line = next(line for line in lines() if "--fail-if" in line)
    site.run("sh", "-c", line)
    site.umsops("outbox", "flush", "-q")
    assert mails(site) == []
    site.run("sh", "-c", line.replace("sla_met<0.95 tickets>=20", "tickets>=1"))
    site.umsops("outbox", "flush", "-q")
    assert [mail["To"] for mail in mails(site)] == ["cio@example.org"]


def check_units(site):
    folder = site.folder / "units"
    folder.mkdir()
    umsops = site.folder / "bin/umsops"
    for name in ("umsops-report@.service", "umsops-report@.timer"):
        text = (CRON / name).read_text().replace("ExecStart=umsops", f"ExecStart={umsops}")
        (folder / name.replace("@", "@daily")).write_text(text)
    if shutil.which("systemd-analyze"):
        site.run("systemd-analyze", "verify", "--man=no", *sorted(folder.iterdir()))
    for command in re.findall(r"^ExecStart=(.*)$", (folder / "umsops-report@daily.service").read_text(), re.M):
        site.run(*command.replace("%i", "daily").replace("${UMSOPS_REPORT_TO}", "operations").split())
    assert len(mails(site)) == 2


run_checks([check_lines, check_condition, check_units], start)
