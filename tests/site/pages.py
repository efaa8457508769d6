#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pages.py EXPORTER: sites in headless Chromium, opened as files. Readers find what they ask for in Chinese and English;
nobody's text becomes more than text; nothing is asked of a network; the browser cuts texts into the terms of the index."""
import concurrent.futures
import csv
import functools
import http.server
import threading
import urllib.parse

from sites import Page, ROOT, entries_of, export, files_of, found, in_browser, links_of, public, run_checks

KNOWLEDGE = ROOT / "examples/knowledge"
HARM = '"><img src=x onerror=document.title=\'harmed\'><script>document.title="harmed"</script>{n}$&'
OWN_SCRIPTS = {"terms.js", "search.js", "page.js", "index.js", "texts.js"}


def number_of(entries, title):
    return next(e["number"] for e in entries if e["title"].startswith(title))


def check_the_starter_set(folder):
    entries = list(entries_of(KNOWLEDGE))
    topics = {e["number"] for e in entries}
    assert len(topics) == 40 and sum(e["language"] == "en" for e in entries) == 20
    assert {e["category"] for e in entries} == {"sign-in", "mfa", "password", "directory-sync", "certificate", "permission"}
    export(public(entries), folder / "site", "zh")
    cases = (("index.html", "忘记密码怎么办", "忘记密码"), ("index.html", "账号被锁定", "账号为什么被锁定"),
             ("index.html", "換手機", "换了新手机"), ("index.html", "證書警告", "浏览器提示证书"),
             ("index.html", "ＦＩＤＯ２", "使用安全密钥"), ("en/index.html", "reset password", "I forgot my password"),
             ("en/index.html", "new phones", "I have a new phone"), ("en/index.html", "certificate expired", "The browser warns"),
             ("en/index.html", "authenticat", "Set up an authenticator"))
    with concurrent.futures.ThreadPoolExecutor(3) as several:
        answers = several.map(lambda case: found(folder / "site", case[1], case[0]), cases)
    for (_, query, title), (status, results, marks) in zip(cases, answers):
        assert results and results[0]["number"] == number_of(entries, title), (query, results[:2])
        assert marks and str(len(results)) in status, (query, status)
    status, results, _ = found(folder / "site", "zzqxv 龘龘")
    assert not results and "zzqxv 龘龘" in status, (status, results)
    internal = [e["title"] for e in entries if e["visibility"] == "internal"]
    texts = b"".join(files_of(folder / "site").values()).decode()
    assert len(internal) == 12 and not [title for title in internal if title in texts]


def check_every_link_leads_somewhere(folder):
    entries = public(entries_of(KNOWLEDGE))
    entries[0]["markdown"] += f"\n\n[another]({entries[1]['number']}) [nowhere](KB-999999) [file](/etc/passwd)\n"
    export(entries, folder / "site")
    files = files_of(folder / "site")
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    assert len(pages) > len(entries)
    for name, text in pages.items():
        for target in links_of(text):
            scheme = urllib.parse.urlsplit(target).scheme
            if scheme in ("https", "mailto", "data") or target.startswith("#"):
                continue
            path = (folder / "site" / name).parent / urllib.parse.unquote(target.split("#")[0])
            assert not scheme and path.resolve().is_file(), (name, target)
    first = pages["entries/" + entries[0]["number"].lower() + ".html"]
    assert f'href="{entries[1]["number"].lower()}.html">another</a>' in first
    assert "nowhere" in first and "KB-999999" not in first and "/etc/passwd" not in first


def harmful():
    kinds = ("article", "guide", "video", "faq", "solution")
    for number, kind in enumerate(kinds, 1):
        yield {"number": f"KB-{number}", "kind": kind, "title": f"{kind} {HARM}", "category": f"{kind} {HARM}\u202e",
               "difficulty": HARM, "tags": [HARM], "required_tools": [HARM], "incident_type": HARM, "language": "en",
               "url": "javascript:document.title='harmed'", "length": 61, "updated_at": "2026-11-30T00:00:00Z",
               "markdown": f"{HARM}\n\n<div onclick=x>block</div>\n\n[a](javascript:alert(1)) [b](data:text/html,x) "
                           f"![c](https://example.org/x.png) <svg/onload=x>\n\n```\n</code></pre>{HARM}\n```\n"}


def check_nobodys_text_is_more_than_text(folder):
    export(list(harmful()), folder / "site")
    paths = [p for p in (folder / "site").rglob("*.html")]
    for path in paths:
        page = Page(path.read_text())
        tags = {e["tag"] for e in page.elements}
        assert not tags & {"img", "iframe", "object", "embed", "base", "svg", "style"}, (path, tags)
        assert all(e["src"].rsplit("/", 1)[-1] in OWN_SCRIPTS and not e["text"] for e in page.all("script")), path
        handlers = [a for e in page.elements for a in e if a.startswith("on") or a == "style"]
        assert not handlers, (path, handlers)
        assert not [e for e in page.all("a") if e["href"].lower().startswith(("javascript:", "data:"))], path
        assert "default-src 'none'" in page.one("meta", **{"http-equiv": "Content-Security-Policy"})["content"]
        assert "\u202e" not in path.read_text()
    for path in (folder / "site/index.html", folder / "site/entries/kb-4.html"):
        dom, complaints = in_browser(path)
        assert dom.one("title")["text"] != "harmed" and not complaints, complaints
    status, results, marks = found(folder / "site", "<img onerror> {query} $& harmed")
    assert len(results) == 5 and HARM in results[0]["text"] and "harmed" in marks, (status, results)
    dom, complaints = in_browser(folder / "site/index.html", "#q=%E0%A4%A<script>document.title='harmed'</script>")
    assert dom.one("title")["text"] == "Help" and not complaints, complaints


def check_a_web_server_serves_it_as_well(folder):
    export(public(entries_of(KNOWLEDGE)), folder / "site")
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            asked.append(words[1])

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    dom, complaints = in_browser(None, address=f"http://127.0.0.1:{server.server_address[1]}/index.html#q=locked")
    server.shutdown()
    assert len([e for e in dom.all("li") if "data-number" in e]) > 1 and not complaints, complaints
    assert not [line for line in asked if "index.html" not in line and "/assets/" not in line], asked


def check_terms_are_those_of_the_index(folder):
    """Stems of the fixture, code words, Chinese in both scripts: the index is the library's, the page cuts by itself."""
    with open(ROOT / "tests/fixtures/search/stems.csv") as file:
        words = [row[0] for row in csv.reader(file)][1:]
    texts = [" ".join(words), "LDAP认证失败 ORA-12154 ora_12154 CrashLoopBackOff x509 HTTPServer 802.1x https://a.b/c?d=e user@host",
             "登录失敗，憑證過期。重設密碼 ＬＤＡＰ１２ が カタカナ 한국어 ﬁle Straße café naïve über Ὀδυσσεύς ①②", "a.b.c.d.e.f.g.h.i x" * 3,
             "v1.2.3-rc4 C:\\path\\to foo__bar--baz :::: a:::::b " + "y" * 80 + " Ünïcode٣ 2026年11月", "了"]
    entries = [{"number": f"KB-{n}", "kind": "article", "title": f"t{n}", "language": "en", "category": "x", "tags": [],
                "markdown": "```\n" + text + "\n```\n", "updated_at": "2026-11-30T00:00:00Z"} for n, text in enumerate(texts, 1)]
    for entry in entries + public(entries_of(KNOWLEDGE))[:6]:
        site = folder / entry["number"]
        export([entry], site)
        extra = "\n".join([*entry["tags"], entry["category"], CATEGORIES.get(entry["category"], ""), entry["number"]])
        (site / "compare.html").write_text(COMPARE, encoding="utf-8")
        (site / "extra.js").write_text("const extra = " + repr(extra) + ";", encoding="utf-8")
        dom, complaints = in_browser(site / "compare.html")
        assert dom.one("pre")["text"] == "same" and not complaints, (entry["number"], dom.one("pre")["text"], complaints)


CATEGORIES = {"mfa": "Multi-factor authentication\n多因素认证", "sign-in": "Sign-in\n登录", "password": "Password\n密码",
              "certificate": "Certificates\n证书", "permission": "Permissions\n权限"}
COMPARE = """<!doctype html><meta charset="utf-8"><pre></pre>
<script>let data, texts; const umsopsSearch = {index: (d) => { data = d; }, texts: (t) => { texts = t; }};</script>
<script src="assets/terms.js"></script><script src="assets/index.js"></script><script src="assets/texts.js"></script>
<script src="extra.js"></script><script>
const simplified = new Map(), pairs = [...data.simplified], ours = new Set();
for (let i = 0; i + 1 < pairs.length; i += 2) simplified.set(pairs[i], pairs[i + 1]);
for (const text of [data.documents[0].title, texts[0] + '\\n' + extra]) {
  umsopsTerms.tokenise(text, simplified, (kind, term) => ours.add(term));
}
const theirs = new Set(data.terms.split('\\n'));
const more = [...ours].filter((t) => !theirs.has(t)), less = [...theirs].filter((t) => !ours.has(t));
document.querySelector('pre').textContent = more.length + less.length === 0 ? 'same' : 'more: ' + more + ' less: ' + less;
</script>
"""

run_checks([check_the_starter_set, check_every_link_leads_somewhere, check_nobodys_text_is_more_than_text,
            check_a_web_server_serves_it_as_well, check_terms_are_those_of_the_index])
