#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ask.py UMSOPS FOLDER [--kept]: what a threshold of 'umsops kb ask' does. FOLDER holds sets of documents and questions
(retrieval-*/docs.LANGUAGE.jsonl[.gz], queries.LANGUAGE.csv[.gz]). Each set makes two desks, each with every other document,
so that each question is asked once where its answer is and once where it is gone. Printed for each threshold: the share of
answerable questions that were answered rightly and wrongly, and of unanswerable ones that were answered at all. Questions
are divided by a hash of their id: thresholds are chosen on one half, --kept prints the other."""
import csv
import gzip
import hashlib
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

BINARY, FOLDER, KEPT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), "--kept" in sys.argv
MOST, THRESHOLDS = 300, (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def text_of(path):
    return (gzip.open(path, "rt") if path.suffix == ".gz" else open(path)).read()


def kept(question):
    return int(hashlib.md5(question["qid"].encode()).hexdigest(), 16) % 2 == 1


def sets():
    for docs in sorted(FOLDER.glob("retrieval-*/docs.*.jsonl*")):
        language = docs.name.split(".")[1]
        (queries,) = docs.parent.glob(f"queries.{language}.csv*")
        questions = list(csv.DictReader(io.StringIO(text_of(queries))))
        random.Random(1).shuffle(questions)
        yield (f"{docs.parent.name[10:]} {language}", [json.loads(line) for line in text_of(docs).splitlines() if line],
               [question for question in questions[:MOST] if kept(question) == KEPT])


def asked(scratch, documents, questions):
    """(is the answer there, is it given, confidence) of each question."""
    env = {"PATH": os.environ["PATH"], "HOME": str(scratch), "UMSOPS_NO_SYSTEM_CONFIG": "1", "UMSOPS_DB": f"{scratch}/desk.db"}
    run = lambda *words, stdin=None: subprocess.run([BINARY, *words], env=env, input=stdin, capture_output=True, text=True)
    run("db", "init")
    records = [json.dumps({"key": document["id"], "title": document.get("title") or document["id"], "status": "PUBLISHED",
                           "content": document["text"].lstrip("\ufeff")}) for document in documents]
    if run("kb", "import", "-", "--format", "jsonl", stdin="\n".join(records)).returncode != 0:
        sys.exit("the documents were not imported")
    keys = {item["kb_number"]: item["key"] for item in map(json.loads, run("kb", "list", "-o", "jsonl").stdout.splitlines())}
    there = {document["id"] for document in documents}
    for question in questions:
        answer = json.loads(run("kb", "ask", question["query"], "-o", "json", "-n").stdout)
        best = answer["answer"] or (answer["others"] or [{}])[0]
        yield (question["relevant_doc"] in there, keys.get(best.get("kb_number")) == question["relevant_doc"],
               answer["confidence"])


def line(name, rows):
    with_answer, without = [row for row in rows if row[0]], [row for row in rows if not row[0]]
    share = lambda chosen, of: 100 * len(chosen) / max(1, len(of))
    cells = [f"{share([r for r in with_answer if r[1] and r[2] >= t], with_answer):5.1f} "
             f"{share([r for r in with_answer if not r[1] and r[2] >= t], with_answer):4.1f} "
             f"{share([r for r in without if r[2] >= t], without):5.1f}" for t in THRESHOLDS]
    print(f"{name:14} {len(with_answer):5} {len(without):5}  " + "  ".join(cells))


def main():
    print(f"{'right, wrong, answered though it is gone, in percent':28}" + "".join(f"{t:>18}" for t in THRESHOLDS))
    everything = []
    for name, documents, questions in sets():
        rows = []
        for side in (0, 1):
            with tempfile.TemporaryDirectory() as scratch:
                rows += asked(pathlib.Path(scratch), documents[side::2], questions)
        line(name, rows)
        everything += rows
    line("all", everything)


main()
