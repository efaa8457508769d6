#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""web.py UMSOPS: the form of examples/web through a real webhook: shown, sent, sent twice, sent by a program, sent broken."""
import json
import re
import urllib.error
import urllib.parse
import urllib.request

from site_of_examples import ROOT, free_port, replaced, run_checks, until

EXAMPLE = ROOT / "examples/web"
FORM = {"account": "zhang.wei", "subject": "VPN <b>断开</b> \"now\"", "area": "vpn", "text": "since 9:00\r\n$(id) `id` ';--", "website": "",
        "once": "a1"}


def start(site):
    site.port = free_port()
    (site.folder / "hooks.yaml").write_text(replaced(
        EXAMPLE / "hooks.yaml", ("/usr/local/bin/umsops-form", EXAMPLE / "umsops-form")))
    site.spawn("webhook", "-hooks", site.folder / "hooks.yaml", "-ip", "127.0.0.1", "-port", site.port)
    until("webhook answers", lambda: ask(site, "form")[0] == 200)


def ask(site, hook, form=None):
    """Code, type and text of the answer."""
    body = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/hooks/{hook}", body, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None, None, None


def tickets(site):
    return json.loads(site.umsops("ticket", "list", "--all", "-o", "json", "-F", "*"))["items"]


def check_form(site):
    """The page has a field for each member that the mapping takes, and nothing else of it."""
    code, kind, page = ask(site, "form")
    assert code == 200 and kind == "text/html; charset=utf-8"
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page))
    assert names == set(FORM), names
    site.umsops("lint", EXAMPLE / "mapping.yaml")


def check_filed(site):
    code, kind, page = ask(site, "ticket", FORM)
    assert code == 200 and kind == "text/html; charset=utf-8" and "<h1>T-000001</h1>" in page, page
    assert ask(site, "ticket", FORM)[2] == page
    [ticket] = tickets(site)
    assert ticket["title"] == FORM["subject"] and ticket["description"] == "since 9:00\n$(id) `id` ';--", ticket
    assert ticket["requester_id"] == "zhang.wei" and ticket["category"] == "network-access" and ticket["source"] == "WEB", ticket
    unknown = {**FORM, "area": "", "subject": "忘记密码", "once": "a2"}
    assert ask(site, "ticket", unknown)[0] == 200
    assert tickets(site)[0]["category"] == "password", "what nobody chose the rules decide"


def check_refused(site):
    before = len(tickets(site))
    code, kind, page = ask(site, "ticket", {**FORM, "subject": "", "once": "a3"})
    assert code == 500 and "Not sent" in page, (code, page)
    assert ask(site, "ticket", {**FORM, "website": "x", "once": "a4"})[0] == 400
    assert len(tickets(site)) == before
    site.umsops("audit", "verify")


run_checks([check_form, check_filed, check_refused], start, UMSOPS_WEB=str(EXAMPLE))
