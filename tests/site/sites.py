# SPDX-License-Identifier: Apache-2.0
"""Makes sites of entries and reads them with a browser: what the tests beside this file share."""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPORTER = str(pathlib.Path(sys.argv[1]).resolve())


def entries_of(folder):
    """The published entries of a folder of articles, with numbers in the order of their files."""
    for number, path in enumerate(sorted(pathlib.Path(folder).glob("*.md")), 1):
        _, head, body = path.read_text().split("---\n", 2)
        entry = yaml.safe_load(head)
        kind = entry.setdefault("kind", "article")
        for name in ("question", "solution_title"):
            entry["title"] = entry.pop(name, None) or entry.get("title")
        entry.setdefault("status", "PUBLISHED" if kind == "faq" else "DRAFT")
        yield {**entry, "number": f"KB-{number:06}", "markdown": body.lstrip("\n"), "updated_at": "2026-11-30T00:00:00Z"}


def public(entries):
    return [e for e in entries if e.get("visibility") == "public" and e["status"] == "PUBLISHED"]


def export(entries, folder, language="en", code=0, **more):
    """Runs the exporter, and returns what it said."""
    lines = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entries)
    run = subprocess.run([EXPORTER, language, str(folder)], input=lines, capture_output=True, text=True, timeout=120, **more)
    assert run.returncode == code, (run.returncode, run.stdout, run.stderr)
    return run.stdout + run.stderr


def files_of(folder):
    folder = pathlib.Path(folder)
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Page(html.parser.HTMLParser):
    """A page's elements, each with its attributes and the text in it."""

    VOID = {"meta", "link", "input", "br", "hr", "img", "col", "wbr", "source"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **{k: v or "" for k, v in attributes}}
        element["in"] = [e["tag"] + "#" + e.get("id", "") for e in self.open]
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **wanted):
        return [e for e in self.elements if e["tag"] == tag and all(e.get(k) == v for k, v in wanted.items())]

    def one(self, tag, **wanted):
        found = self.all(tag, **wanted)
        assert len(found) == 1, (tag, wanted, len(found))
        return found[0]


def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "chromium is missing: cmake/setup.sh --tests installs it"
    return found


def in_browser(path, fragment="", *flags, address=None):
    """What a page has become, after its scripts, opened as a file."""
    address = address or pathlib.Path(path).resolve().as_uri() + fragment
    with tempfile.TemporaryDirectory() as profile:
        run = subprocess.run(
            [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             f"--user-data-dir={profile}", "--virtual-time-budget=8000", "--enable-logging=stderr", *flags, "--dump-dom", address],
            capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": profile})
    assert run.returncode == 0 and run.stdout, (run.returncode, run.stderr[-2000:])
    complaints = [line for line in run.stderr.splitlines() if ":CONSOLE" in line]
    return Page(run.stdout), complaints


def found(folder, query, page="index.html"):
    """What a search in the browser shows: the words above the results, and of each its number, title, snippet and marks."""
    dom, complaints = in_browser(pathlib.Path(folder) / page, "#q=" + urllib.parse.quote(query))
    assert not complaints, complaints
    assert dom.one("section", id="results").get("data-state") in ("done", None), "texts did not come"
    items = dom.all("li")
    results = [{"number": i["data-number"], "text": i["text"]} for i in items if "data-number" in i]
    marks = [m["text"] for m in dom.all("mark")]
    return dom.one("p", role="status")["text"], results, marks


def run_checks(checks):
    for check in checks:
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
        print("ok", check.__name__)
    print(f"{len(checks)} passed, 0 failed")


def links_of(text):
    return re.findall(r'(?:href|src)="([^"]*)"', text)
