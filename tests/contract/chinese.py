#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""chinese.py UMSOPS: no English is left inside a Chinese frame. Every text that the library says of a problem stands in the catalogue
(lib/src/base/chinese), every entry there has its Chinese and is written by the style of the house, and every error that errors.py
raises is Chinese throughout: only what stands in quotes, names of the program's own, and the words of others are not."""
import pathlib
import re
import subprocess
import sys
import tempfile

import errors
from errors import BINARY, CASES, ROOT, make_desk

CATALOGUE = ROOT / "lib/src/base/chinese"
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
# Where a text is said of a problem: the calls that take one, and the parameters of errors that the catalogue is asked for.
SAID = re.compile(r'(?:\b(?:invalid|refused|refuse|not_this|bad_value|bad_flag|yaml_error|unreadable|fail|csv_error|refuse_\w+)\(|problems?\.add\(|'
                  r'"(?:problem|suggestion|expected|what|why|holder)",|Distrust\{|TextProblem\{|\.push_back\(\{)')
# Rooms whose texts go into records, pages and reports in their own language, and what a build alone says.
ELSEWHERE = re.compile(r"cli/(?:init/files|manual/chinese_pages)|lib/src/(?:site|review|report/(?:explain|wording)|notify/kind|notify/mail|model/\w+_fields|desk/responses|desk/tick|"
                       r"desk/incident_(?:merge|muting|escalate)|store/(?:filter_sql|record_table)|store/format2|store/postgres/server_roles|"
                       r"config/(?:compile|pack)|search/(?:first|pages|document_terms|indexer)|format/report_)")
problems = []


def entries():
    """English and Chinese of the catalogue."""
    found = {}
    for file in sorted(CATALOGUE.glob("*.txt")):
        lines = [line for line in file.read_text().split("\n") if line and not line.startswith("#")]
        for english, chinese in zip(lines[::2], lines[1::2]):
            if english.startswith("\t") or not chinese.startswith("\t"):
                sys.exit(f"{file.name}: {english!r} and {chinese!r} are no pair")
            found.setdefault(english, chinese[1:])
    return found


def check_entries(catalogue):
    for english, chinese in catalogue.items():
        holes = len(re.findall(r"\{\}", english))
        filled = re.findall(r"\{(?:\d)?\}", chinese)
        if len(filled) != holes or not re.search(r"[\u4e00-\u9fff]|^(?:[\w@.{}\[\], '*?<>:;~/=、，；：-]|或|的)+$", chinese):
            problems.append(f"{english}: {chinese}")
        check_style(f"{english}: {chinese}", chinese)


def check_style(where, chinese):
    """Punctuation between Chinese characters is full-width; ASCII and Chinese have a blank between them."""
    if wrong := re.search(r"[\u4e00-\u9fff][,;:?!](?=[\u4e00-\u9fff]|$)", chinese):
        problems.append(f"{where}: half-width {wrong[0]!r}")
    if wrong := re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", re.sub(r"%\w+|\{\w*\}", "", chinese)):
        problems.append(f"{where}: no blank in {wrong[0]!r}")


def literals(text):
    """Each literal of a source with what stands before and behind it; neighbours are one."""
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', re.sub(r"//[^\n]*", "", text), flags=re.S)
    for found in re.finditer(rf"{LITERAL}(?:\s+{LITERAL})*", text):
        words = "".join(one[1:-1] for one in re.findall(LITERAL, found[0]))
        statement = re.split(r"[;{}]\s*\n", text[:found.start()])[-1]
        yield words.replace('\\"', '"').replace("\\\\", "\\"), statement, text[found.end():found.end() + 40], text[:found.start()].count("\n") + 1


def check_sources(catalogue):
    known = "\n".join(catalogue)
    whole = re.compile("|".join(re.escape(one).replace(r"\{\}", ".+?") for one in catalogue if one != "{} is not {}"))
    for path in sorted([*(ROOT / "lib/src").rglob("*.cpp"), *(ROOT / "cli").rglob("*.cpp")]):
        name = str(path.relative_to(ROOT))
        if ELSEWHERE.match(name):
            continue
        for words, before, behind, line in literals(path.read_text()):
            if not re.search(r"[a-z]{2,} [a-z]{2,}|[a-z]+ [a-z]+ [a-z]+|\{\} [a-z]+ ?[a-z]", words) or re.search(r"[\u4e00-\u9fff]", words + behind):
                continue
            # A command alone is the same in both languages.
            if not SAID.search(before) or "errors::internal" in before or re.fullmatch(r"(?:umsops|db|incident|ticket|report|getent|man) [a-z -]+", words):
                continue
            shown = words.strip().replace("{{", "{").replace("}}", "}") if "fmt::format" in before[-60:] else words.strip()
            at_end = words.strip() + (" x" if words.endswith(" ") else "")
            if shown not in known and words.strip() not in known and not any(whole.fullmatch(one) for one in (shown, at_end)):
                problems.append(f"{name}:{line}: not in the catalogue: {words!r}")


def check_fallbacks(catalogue):
    """What holds where a flag is not given stands in Chinese help, too."""
    whole = re.compile("|".join(re.escape(one).replace(r"\{\}", ".+?") for one in catalogue))
    for path in sorted((ROOT / "cli").rglob("*.[ch]pp")):
        for fallback in re.findall(r'\.fallback = "([^"]+)"', path.read_text()):
            if re.search(r"[a-z]{2,} [a-z]{2,}", fallback) and not whole.fullmatch(fallback):
                problems.append(f"{path.relative_to(ROOT)}: not in the catalogue: {fallback!r}")


# What a library of others says of its own files is in its own words.
FOREIGN = {"store.library", "store.damaged", "schema.violated"}


def check_errors():
    """What is said in Chinese when each error is raised."""
    with tempfile.TemporaryDirectory() as scratch:
        (pathlib.Path(scratch) / "bin").mkdir()
        (pathlib.Path(scratch) / "bin/umsops").symlink_to(BINARY)
        for number, (code, line) in enumerate(CASES.items()):
            folder = pathlib.Path(scratch) / str(number)
            env = make_desk(folder, scratch) | {"UMSOPS_LANG": "zh_CN"}
            got = subprocess.run(["bash", "-c", line], env=env, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
            for said in got.stderr.decode(errors="replace").splitlines():
                if said.startswith("umsops: ") and code not in FOREIGN:
                    check_chinese(f"{code}: {said}", said[len("umsops: "):])


def check_chinese(where, said):
    bare = re.sub(r"\"[^\"]*\"|'[^']*'|umsops(?: [a-z-]+)+[^；。）]*|[A-Za-z_]+\.[a-z_.]+|[-/~$@=][\w./=-]*|\b[A-Z_]{2,}\b", " ", said)
    if wrong := re.search(r"[a-z]{2,} [a-z]{2,}(?: [a-z]{2,})+", bare):
        problems.append(f"{where}\n    English: {wrong[0]}")


def main():
    catalogue = entries()
    check_entries(catalogue)
    check_sources(catalogue)
    check_fallbacks(catalogue)
    check_errors()
    print("\n".join(problems))
    print(f"{len(catalogue)} texts, {len(CASES)} errors, {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
