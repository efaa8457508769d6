#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""markdown.py EXPORTER: what the helper program makes of Markdown, good, hostile and endless."""
import pathlib
import subprocess
import sys
import time

from sites import EXPORTER, Page, export, json, run_checks

HELPER = str((pathlib.Path(EXPORTER).parent / sys.argv[2]).resolve())
SAFE = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "em", "del", "code", "pre", "blockquote", "table",
        "thead", "tbody", "tr", "th", "td", "input", "hr", "br"}
ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}, "code": {"class"},
              "input": {"type", "checked", "disabled"}}


def rendered(*texts, links=None, code=0):
    lines = ([json.dumps({"links": links})] if links else []) + [json.dumps({"markdown": text}) for text in texts]
    run = subprocess.run([HELPER], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300)
    assert run.returncode == code, (run.returncode, run.stderr[:300])
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    for answer in answers:
        for element in Page(answer["html"]).elements:
            more = set(element) - {"tag", "text", "in"} - ATTRIBUTES.get(element["tag"], set())
            assert element["tag"] in SAFE and not more, element
    return answers


def html(text, **more):
    return rendered(text, **more)[0]["html"]


def check_what_people_write(folder):
    assert html("# A\n\n### B") == "<h2>A</h2>\n<h4>B</h4>\n"
    assert html("a **b** ~~c~~ `d`") == "<p>a <strong>b</strong> <del>c</del> <code>d</code></p>\n"
    assert "<td align=\"right\">1</td>" in html("| a |\n|--:|\n| 1 |")
    assert html("- [x] a\n- [ ] b").count("<input type=\"checkbox\"") == 2
    assert html("https://example.org me@example.org").count("<a href=") == 2
    answer = rendered("## T\n\na\nb **c**\n\n- d\n- e\n\n| f | g |\n|---|---|\n| h | i |\n\n```\nj\n```\n")[0]
    assert answer["text"] == "T\na b c\nd\ne\nf g\nh i\nj\n", answer["text"]
    assert html("第一行\n第二行\nLatin\nlines\n한국\n어") == "<p>第一行第二行\nLatin\nlines\n한국\n어</p>\n"


def check_html_is_shown_as_text(folder):
    assert html("a <your name> b") == "<p>a &lt;your name&gt; b</p>\n"
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert "&lt;div onclick=x&gt;" in html("<div onclick=x>\n*a*\n</div>")
    assert "<!--" not in html("a <!-- b --> c <?php d ?> <![CDATA[e]]>")


def check_links_lead_where_they_may(folder):
    for bad in ("javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//e.org", "/x", "x.md",
                "#x", "KB-000002", "&#106;avascript:x", "java&#10;script:x", "<java script:x>"):
        assert html(f"[a]({bad})") == "<p>a</p>\n", (bad, html(f"[a]({bad})"))
    assert html('[a](https://e.org/?b=1&c="d" "title")') .startswith("<p><a href=\"https://e.org/?b=1&amp;c=%22d%22\">")
    assert html("[a](KB-1) [b](KB-2)", links={"KB-1": "kb-1.html"}) == "<p><a href=\"kb-1.html\">a</a> b</p>\n"
    assert html("![a](https://e.org/x.png)") == "<p><a href=\"https://e.org/x.png\">a</a></p>\n"
    assert html("![](https://e.org/x.png)") == "<p><a href=\"https://e.org/x.png\">https://e.org/x.png</a></p>\n"
    assert html("[![a](https://e.org/x.png)](https://f.org)") == "<p><a href=\"https://f.org\">a</a></p>\n"
    assert html("![a ![b](javascript:x)](javascript:y)") == "<p>a b</p>\n"


def check_what_is_made_to_take_long_does_not(folder):
    texts = {"quotes": ">" * 50000 + "x", "lists": "\n".join("  " * n + "- a" for n in range(1000)), "brackets": "[" * 100000,
             "emphasis": "*a " * 50000, "links": "[a](" * 50000, "backticks": "".join("`" * n + " a" for n in range(600)),
             "html": "<!--" * 50000, "pictures": "![a](" * 30000, "cells": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|x\n" * 20000,
             "references": "".join(f"[{n}]: /x\n" for n in range(20000)) + "[1]" * 20000}
    for name, text in texts.items():
        begun = time.monotonic()
        run = subprocess.run([HELPER], input=json.dumps({"markdown": text}) + "\n", capture_output=True, text=True)
        assert run.returncode in (0, -27, -6), (name, run.returncode, run.stderr[:200])  # SIGPROF, or SIGABRT without memory
        print(f"   {name}: {time.monotonic() - begun:.1f} s, {run.returncode}")


def check_one_such_text_spoils_no_other(folder):
    bomb = "|a" * 20000 + "\n" + "|-" * 20000 + "\n" + "|x\n" * 20000
    entries = [{"number": f"KB-{n}", "kind": "faq", "title": f"t{n}", "markdown": text, "updated_at": "2026-11-30T00:00:00Z"}
               for n, text in enumerate(["**one**", bomb, "**three**", ">" * 5000 + "<b>", "x" * (2 << 20)], 1)]
    export(entries, folder / "site")
    pages = [(folder / f"site/entries/kb-{n}.html").read_text() for n in range(1, 6)]
    assert "<strong>one</strong>" in pages[0] and "<strong>three</strong>" in pages[2]
    assert "<pre>|a|a" in pages[1] and "&gt;&lt;b&gt;</pre>" in pages[3] and "<pre>xxx" in pages[4]


def check_what_it_is_given_is_checked(folder):
    for bad in ("{", "[]", '{"other": 1}', '{"markdown": "\\ud800"}', "\xff"):
        run = subprocess.run([HELPER], input=bad.encode("latin-1") + b"\n", capture_output=True)
        assert run.returncode in (1, 2) and run.stderr.startswith(b"umsops-markdown: "), (bad, run)
    assert subprocess.run([HELPER, "--help"], capture_output=True).returncode == 2
    assert subprocess.run([HELPER], input=b"", capture_output=True).returncode == 0


run_checks([check_what_people_write, check_html_is_shown_as_text, check_links_lead_where_they_may,
            check_what_is_made_to_take_long_does_not, check_one_such_text_spoils_no_other, check_what_it_is_given_is_checked])
