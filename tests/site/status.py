#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""status.py EXPORTER HELPER UMSOPS: a status page in headless Chromium, opened as a file: it says what is disrupted in both
languages, nobody's text becomes more than text, and nothing is asked of a network."""
import json
import os
import pathlib
import subprocess
import sys

from sites import in_browser, links_of, run_checks

UMSOPS = str(pathlib.Path(sys.argv[3]).resolve())
HARM = "\"><img src=x onerror=document.title='harmed'><script>document.title='harmed'</script>\u202e"
SERVICES = f"""kind: services
services:
  sso: {{title: 单点登录, tier: 1, public: true}}
  mail: {{title: {json.dumps(HARM.replace(chr(0x202e), ""))}, tier: 1, public: true}}
  vault: {{title: Vault, tier: 1}}
"""


def desk_in(folder):
    (folder / "services.yaml").write_text(SERVICES)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TZ": "UTC", "UMSOPS_NO_SYSTEM_CONFIG": "1",
                   "UMSOPS_DB": str(folder / "desk.db"), "UMSOPS_SERVICES": str(folder / "services.yaml"), "UMSOPS_ACTOR": "li.na"}

    def umsops(at, *words, stdin=None):
        run = subprocess.run([UMSOPS, *words], env={**environment, "UMSOPS_NOW": f"2026-11-{at}:00Z"}, input=stdin,
                             capture_output=True, text=True, cwd=folder, timeout=60)
        assert run.returncode == 0, (words, run.returncode, run.stderr)
        return run.stdout

    umsops("01T00:00", "db", "init")
    return umsops


def check_a_page_in_both_languages(folder):
    umsops = desk_in(folder)
    umsops("20T08:00", "incident", "create", "-t", "SECRET", "--service", "sso", "--no-suggest")
    umsops("20T08:10", "incident", "note", "INC-1", "--publish", "--body", "登录失败")
    umsops("20T09:30", "incident", "verify", "INC-1", "--passed", "--note", "ok")
    umsops("23T09:00", "incident", "create", "-t", "SECRET", "--service", "sso,vault", "--no-suggest")
    umsops("23T09:10", "incident", "note", "INC-2", "--publish", "--body-file", "-", stdin="Sign-in is slow.\nWe work on it.")
    umsops("23T10:00", "status", "export", "site")
    for page, language, overall, history in (("index.html", "en", "Some services are disrupted", "90 minutes"),
                                             ("zh/index.html", "zh-CN", "部分服务受到影响", "90 分钟")):
        dom, complaints = in_browser(folder / "site" / page)
        assert not complaints, complaints
        assert dom.one("html")["lang"] == language
        assert dom.one("p", **{"class": "overall disrupted"})["text"] == overall
        cards = [card["text"] for card in dom.all("article", **{"class": "card"})]
        assert len(cards) == 2 and "Sign-in is slow.\nWe work on it." in cards[0] and history in cards[1], cards
        assert "登录失败" in cards[1] and "单点登录" in cards[1] and "SECRET" not in dom.one("body")["text"]
        services = [item["text"] for item in dom.all("li", **{"class": "card"})]
        assert len(services) == 2 and "Vault" not in "".join(services)
        assert len(dom.all("i")) == 180 and len(dom.all("i", **{"class": "much"})) == 2
    umsops("23T11:00", "incident", "verify", "INC-2", "--passed", "--note", "ok")
    umsops("23T11:00", "status", "export", "site")
    dom, _ = in_browser(folder / "site/index.html")
    assert dom.one("p", **{"class": "overall"})["text"] == "All services work"
    status = json.loads((folder / "site/status.json").read_text())
    assert status["running"] == [] and len(status["history"]) == 2
    assert 99.8 < status["services"][0]["uptime_90_days"] < 99.9 and status["services"][1]["uptime_90_days"] == 100


def check_nobodys_text_is_more_than_text(folder):
    umsops = desk_in(folder)
    umsops("23T08:00", "incident", "create", "-t", "x", "--service", "mail", "--no-suggest")
    umsops("23T08:10", "incident", "note", "INC-1", "--publish", "--body-file", "-", stdin=HARM.replace("\u202e", "") + "</li></ul>")
    umsops("23T10:00", "status", "export", "site", "--title", HARM.replace("\u202e", ""))
    for page in ("index.html", "zh/index.html"):
        dom, complaints = in_browser(folder / "site" / page)
        assert not complaints and not dom.all("img") and not dom.all("script"), complaints
        assert "harmed" not in dom.one("title")["text"].split(">")[0]
        text = (folder / "site" / page).read_text()
        for target in links_of(text):
            assert target.startswith("data:") or ((folder / "site" / page).parent / target).resolve().is_file(), target


if __name__ == "__main__":
    run_checks([check_a_page_in_both_languages, check_nobodys_text_is_more_than_text])
