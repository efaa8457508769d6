#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""search.py DRIVER FOLDER [--half tune|kept|both] [--across] [SET...] [NAME=VALUE...]: asks the search real questions whose right
document is known, and prints recall@1, @5, @10 and MRR@10 for each set beside its goal. DRIVER is build/ci/tests/bench/search;
FOLDER holds the sets retrieval-* and kb-docs. questions.zh.csv beside this file asks about the Chinese ones in the words of
users: one half is there to choose settings by, the other to see what they are worth. --across also asks in the other
script, as OpenCC (Debian's opencc) writes it. NAME=VALUE tries another setting than the default."""
import csv
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GOALS = {  # recall@5, MRR@10
    "zh-faq": (0.90, 0.80), "runbooks": (0.985, 0.90), "xquad.zh": (None, 0.955), "cmrc2018": (0.995, None),
}


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def found(folder, pattern):
    matches = sorted(folder.glob(pattern))
    return matches[0] if matches else None


def documents(path):
    with opened(path) as lines:
        return [(d["id"], "", d["text"]) for d in map(json.loads, lines)]


def questions(path):
    with opened(path) as lines:
        return [(q["qid"], q["query"], q["relevant_doc"]) for q in csv.DictReader(lines)]


def front_matter(text):
    """The title of a Markdown file, and what follows its front matter."""
    title = ""
    if text.startswith("---\n") and "\n---" in text[4:]:
        head, text = text[4:].split("\n---", 1)
        match = re.search(r"^title:\s*(.+)$", head, re.M)
        title = match.group(1).strip().strip("\"'") if match else ""
    if not title:
        match = re.search(r"^#\s+(.+)$", text, re.M)
        title = match.group(1).strip() if match else ""
    return title, text


def kb_documents(folder, under):
    return [(str(path.relative_to(folder)), *front_matter(path.read_text(encoding="utf-8")))
            for path in sorted((folder / under).rglob("*.md*"))]


def own_questions(half):
    with open(HERE / "questions.zh.csv", encoding="utf-8") as lines:
        return [(q["qid"], q["query"], q["relevant_doc"]) for q in csv.DictReader(lines)
                if half == "both" or q["half"] == half]


def sets(folder, half):
    for name, place in (("zh-faq", "retrieval-zh-faq"), ("cmrc2018", "retrieval-cmrc2018"),
                        ("drcd", "retrieval-drcd")):
        docs, asked = found(folder / place, "docs.*"), found(folder / place, "queries.*")
        if docs and asked:
            yield name, documents(docs), questions(asked)
    for language in ("zh", "en"):
        docs = found(folder / "retrieval-xquad", f"docs.{language}.*")
        asked = found(folder / "retrieval-xquad", f"queries.{language}.*")
        if docs and asked:
            yield f"xquad.{language}", documents(docs), questions(asked)
    runbooks = found(folder / "retrieval-runbooks", "queries*")
    kb = folder / "kb-docs"
    if runbooks and kb.is_dir():
        yield "runbooks", kb_documents(kb, "runbooks-prometheus-operator"), questions(runbooks)
    faq = found(folder / "retrieval-zh-faq", "docs.*")
    if faq and kb.is_dir():
        own = documents(faq)
        for under in ("tidb-zh", "prometheusalert-zh", "apisix-zh"):
            own += [d for d in kb_documents(kb, under) if "faq" not in d[0].lower()]
        yield f"users.{half}", own, own_questions(half)


def in_other_script(asked):
    """The same questions, each in the script that it is not in."""
    def convert(texts, config):
        out = subprocess.run(["opencc", "-c", config], input="\n".join(t.replace("\n", " ") for t in texts),
                             capture_output=True, text=True, check=True).stdout
        return out.split("\n")[:len(texts)]
    texts = [q[1] for q in asked]
    traditional, simple = convert(texts, "s2t.json"), convert(texts, "t2s.json")
    mostly_simple = sum(a != b for a, b in zip(texts, traditional)) > sum(a != b for a, b in zip(texts, simple))
    return [(q[0], text, q[2]) for q, text in zip(asked, traditional if mostly_simple else simple)]


def field(text):
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\r", "").replace("\n", "\\n")


def measured(driver, docs, asked, settings):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as out:
        for d in docs:
            print("d", *map(field, d), sep="\t", file=out)
        for q in asked:
            print("q", *map(field, q), sep="\t", file=out)
        out.flush()
        text = subprocess.run([driver, "quality", out.name, *settings], capture_output=True, text=True, check=True).stdout
    *each, last = text.splitlines()
    return each, [float(x) for x in last.split("\t")]


def main():
    words = sys.argv[1:]
    half = words[words.index("--half") + 1] if "--half" in words else "both"
    across = "--across" in words
    words = [w for w in words if w not in ("--across", "--half", half)]
    driver, folder = words[0], pathlib.Path(words[1])
    settings = [w for w in words[2:] if "=" in w]
    chosen = [w for w in words[2:] if "=" not in w]
    print(f"{'set':<18}{'questions':>10}{'R@1':>8}{'R@5':>8}{'R@10':>8}{'MRR@10':>8}  goal: R@5, MRR")
    for name, docs, asked in sets(folder, half):
        if chosen and not any(name.startswith(c) for c in chosen):
            continue
        rows = [(name, asked)]
        if across and name in ("cmrc2018", "drcd", "xquad.zh", "zh-faq"):
            rows.append((name + " across", in_other_script(asked)))
        for label, these in rows:
            each, (count, r1, r5, r10, mrr) = measured(driver, docs, these, settings)
            for line in each:
                print("   ", line)
            goal = ", ".join("–" if g is None else str(g) for g in GOALS.get(label, ()))
            print(f"{label:<18}{count:>10.0f}{r1:>8.3f}{r5:>8.3f}{r10:>8.3f}{mrr:>8.3f}  {goal}")


main()
