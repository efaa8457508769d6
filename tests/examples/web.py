#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""web.py UMSOPS [FOLDER]: the form of examples/web through a real webhook, and a real nginx where there is one: shown, sent, sent
twice, sent by a program, sent broken, too large, too often, and looked at in Chromium. FOLDER: where pictures are kept."""
import html
import json
import pathlib
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from site_of_examples import ROOT, free_port, replaced, run_checks, until

sys.path.insert(0, str(ROOT / "tests/report"))
from browser import Browser  # noqa: E402
from pages import FLAWS, axe_of  # noqa: E402

EXAMPLE = ROOT / "examples/web"
PICTURES = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
FORM = {"account": "zhang.wei", "subject": "VPN <b>断开</b> \"now\"", "area": "vpn", "text": "since 9:00\r\n$(id) `id` ';--", "website": "",
        "once": "a" * 32}


def start(site):
    site.port = free_port()
    site.base = f"http://127.0.0.1:{site.port}"
    site.web = site.folder / "web"
    shutil.copytree(EXAMPLE, site.web)
    (site.folder / "hooks.yaml").write_text(replaced(
        EXAMPLE / "hooks.yaml", ("/usr/local/bin/umsops-form", EXAMPLE / "umsops-form")))
    site.spawn("webhook", "-hooks", site.folder / "hooks.yaml", "-ip", "127.0.0.1", "-port", site.port)
    until("webhook answers", lambda: ask(site, "form-en")[0] == 200)


def ask(site, hook, form=None, base=None):
    """Code, type and text of the answer."""
    body = urllib.parse.urlencode(form).encode() if form else None
    trust = ssl._create_unverified_context()  # the certificate is this test's own
    try:
        with urllib.request.urlopen(f"{base or site.base}/hooks/{hook}", body, timeout=30, context=trust) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None, None, None


def tickets(site):
    return json.loads(site.umsops("ticket", "list", "--all", "-o", "json", "-F", "*"))["items"]


def check_form(site):
    """Each page has a field for each member that the mapping takes, and nothing else of it."""
    for language in ("en", "zh"):
        code, kind, page = ask(site, f"form-{language}")
        assert code == 200 and kind == "text/html; charset=utf-8"
        names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page))
        assert names == set(FORM), names
        assert f'<html lang="{language}">' in page and f'action="/hooks/ticket-{language}"' in page
    site.umsops("lint", EXAMPLE / "mapping.yaml")


def check_filed(site):
    code, kind, page = ask(site, "ticket-zh", FORM)
    assert code == 200 and kind == "text/html; charset=utf-8" and "已收到" in page and "<strong>T-000001</strong>" in page, page
    assert ask(site, "ticket-zh", FORM)[2] == page
    assert "Thank you" in ask(site, "ticket-en", FORM)[2]
    [ticket] = tickets(site)
    assert ticket["title"] == FORM["subject"] and ticket["description"] == "since 9:00\n$(id) `id` ';--", ticket
    assert ticket["requester_id"] == "zhang.wei" and ticket["category"] == "network-access" and ticket["source"] == "WEB", ticket
    unknown = {**FORM, "area": "", "subject": "忘记密码", "once": "b" * 32}
    assert ask(site, "ticket-en", unknown)[0] == 200
    assert tickets(site)[0]["category"] == "password", "what nobody chose the rules decide"
    # Without scripts the same words are one ticket, and others another.
    plain = {**FORM, "once": "", "text": "bell \x07 and null \x00"}
    first, again = ask(site, "ticket-en", plain), ask(site, "ticket-en", plain)
    assert first[0] == 200 and first == again and len(tickets(site)) == 3, (first, tickets(site))
    assert tickets(site)[0]["description"] == "bell  and null ", tickets(site)[0]
    # Whatever the number is, it is text.
    stub = site.folder / "stub"
    stub.mkdir()
    (stub / "umsops").write_text("#!/bin/sh\ncat >/dev/null; echo '{\"ticket_number\":\"<i>1\"}'\n")
    (stub / "umsops").chmod(0o755)
    page = site.run(EXAMPLE / "umsops-form", "en", FORM=form_file(site, "c" * 32), PATH=f"{stub}:/usr/bin:/bin")
    assert "&lt;i&gt;" in page and "<i>" not in page, page


def form_file(site, once):
    path = site.folder / "form.json"
    path.write_text(json.dumps({**FORM, "once": once}))
    return path


def check_refused(site):
    before = len(tickets(site))
    for wrong in ({"subject": ""}, {"subject": "x" * 201}, {"subject": " "}, {"account": "a\nb"}, {"account": "x" * 101}, {"website": "x"},
                  {"once": "../x"}):
        code, _, page = ask(site, "ticket-en", {**FORM, "once": "d" * 32, **wrong})
        assert code == 400, (wrong, code, page)
    assert len(tickets(site)) == before
    assert ask(site, "ticket-en")[0] == 405
    # The desk is away: a page that tells it in the reader's language, and nothing of where it is.
    secret = "postgresql://desk:hunter2@127.0.0.1:1/desk"
    for language, words in (("en", "cannot be reached"), ("zh", "暂时无法联系")):
        page = site.run(EXAMPLE / "umsops-form", language, FORM=form_file(site, "e" * 32), UMSOPS_DB=secret, codes=(1,))
        assert words in page and "hunter2" not in page and "127.0.0.1" not in page, page
    site.umsops("audit", "verify")


def start_nginx(site):
    """With the example's own file, but for places and the port; gives where it listens."""
    port, folder = free_port(), site.folder
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout",
                    folder / "key.pem", "-out", folder / "certificate.pem"], check=True, capture_output=True)
    (site.web / "pages").mkdir()
    for language in ("en", "zh"):
        for code in (400, 413, 429, 502):
            (site.web / f"pages/{code}-{language}.html").write_text(site.run(EXAMPLE / "umsops-form", language, "page", code))
    server = replaced(EXAMPLE / "nginx.conf", ("/etc/ssl/certs/help.example.com.pem", folder / "certificate.pem"),
                      ("/etc/ssl/private/help.example.com.key", folder / "key.pem"), ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
                      ("http://127.0.0.1:9000", site.base), ("root /etc/umsops/web", f"root {site.web}"))
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; events {{}}\n"
                                       f"http {{ access_log off; {places}\n default_type text/html;\n{server}}}\n")
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    (folder / "bin/nginx").symlink_to(nginx)
    site.run("nginx", "-t", "-q", "-c", folder / "nginx.conf", "-e", folder / "nginx-error.log")
    site.spawn("nginx", "-c", folder / "nginx.conf", "-e", folder / "nginx-error.log")
    base = f"https://127.0.0.1:{port}"
    until("nginx answers", lambda: ask(site, "form-en", base=base)[0] == 200)
    return base


def check_proxy(site):
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        return print("nginx is not there")
    base = start_nginx(site)
    code, _, page = ask(site, "ticket-zh", {**FORM, "once": "f" * 32}, base)
    assert code == 200 and "已收到" in page, (code, page)
    code, kind, page = ask(site, "ticket-zh", {**FORM, "subject": "", "once": ""}, base)
    assert code == 400 and "请填写您的帐号" in page and kind.startswith("text/html"), (code, kind, page)
    code, _, page = ask(site, "ticket-en", {**FORM, "text": "x" * 70000}, base)
    assert code == 413 and "fewer words" in page, (code, page)
    codes = [ask(site, "ticket-zh", FORM, base)[0::2] for _ in range(9)]
    assert codes[0][0] == 200 and codes[-1][0] == 429 and "过于频繁" in codes[-1][1], codes
    assert ask(site, "other", base=base)[0] == 404


def look(browser, axe, url, name, problems):
    for width, scheme in ((360, "light"), (360, "dark"), (768, "light"), (1280, "light"), (1280, "dark")):
        asked, complaints = browser.show(url, width, scheme)
        where = f"{name} {width} {scheme}"
        problems += [f"{where}: asks for {a}" for a in asked if not a.startswith("data:")] + [f"{where}: {str(c)[:200]}" for c in complaints]
        problems += [f"{where}: {flaw}" for flaw in browser.evaluate(FLAWS) if flaw != "harmed"]
        if PICTURES:
            browser.picture(PICTURES / f"web-{name}-{width}-{scheme}.png")
        if axe:
            browser.evaluate(axe + "\n;0")
            problems += [f"{where}: axe: {v}" for v in browser.evaluate(
                "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')))")]


def check_browser(site):
    """A person fills it in and clicks twice; and how all pages look."""
    problems, before, axe = [], len(tickets(site)), axe_of()
    with Browser() as browser:
        for language in ("en", "zh"):
            look(browser, axe, f"{site.base}/hooks/form-{language}", f"form-{language}", problems)
            for what in ("filed", "400", "502"):
                page = site.folder / f"{what}-{language}.html"
                page.write_text(ask(site, f"ticket-{language}", FORM)[2] if what == "filed" else
                                site.run(EXAMPLE / "umsops-form", language, "page", what))
                look(browser, axe, str(page), f"{what}-{language}", problems)
        browser.show(f"{site.base}/hooks/form-zh", 360)
        browser.evaluate("""for (const [id, text] of [['account', 'li.na'], ['subject', '扫码“登录”不了 <script>'], ['text', '第一行\\n第二行']])
                              document.getElementById(id).value = text;
                            const b = document.querySelector('button'); b.click(); b.click(); 0""")
        until("the number is shown", lambda: "T-0" in (browser.evaluate("document.body && document.body.innerText") or ""))
        assert "已收到" in browser.evaluate("document.title")
    assert not problems, "\n".join(problems[:40])
    filed = tickets(site)
    assert len(filed) == before + 1, f"{len(filed) - before} tickets of one form"
    assert filed[0]["title"] == "扫码“登录”不了 <script>" and filed[0]["description"] == "第一行\n第二行", filed[0]
    if not axe:
        print("axe-core is not there")


run_checks([check_form, check_filed, check_refused, check_proxy, check_browser], start, UMSOPS_WEB=str(EXAMPLE))
