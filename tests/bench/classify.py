#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""classify.py UMSOPS FOLDER [--repeat N]: what the classifier makes of real texts, with one configuration for all. FOLDER
holds sets (tickets-*/*.csv[.gz], alert-severity). A fifth of each set, by a hash of its text, is kept from training
(clinc150: its validation part), so these are no figures on the publishers' test parts, which stand beside as they were
published. An abstention counts as an error in `in scope`. --repeat N: how long N rows of itservice take, its own rows
over and over with altered words."""
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
import time

BINARY, FOLDER = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
UNKNOWN = "oos"
PUBLISHED = {
    "itservice": "DistilBERT 87.8, linear SVM 84.5 (all rows 86.7)", "banking77": "BERT 93.7, linear SVM 89.1",
    "clinc150": "BERT 96.9, MLP 93.5, SVM 91.0; with a threshold BERT 96.2 in scope and 52.3 of the unknown, MLP 93.4 and 49.1",
    "endava type": "98 precision and recall", "endava category": "80 / 82", "endava urgency": "78 / 84",
    "alert severity": "linear SVM 74.3, majority 60.0",
}


def rows(name):
    path = FOLDER / name
    if not path.exists():
        return []
    text = (gzip.open(path, "rt") if path.suffix == ".gz" else open(path)).read()
    return list(csv.DictReader(io.StringIO(text)))


def kept(*texts):
    return int(hashlib.sha1(" ".join(texts).encode()).hexdigest(), 16) % 5 == 0


def split(name, label, *columns):
    records = [([row[column] for column in columns], row[label]) for row in rows(name)]
    return [r for r in records if not kept(*r[0])], [r for r in records if kept(*r[0])]


def sets():
    yield "itservice", *split("tickets-itservice/train.csv.gz", "Topic_group", "Document")
    yield "banking77", *split("tickets-banking77/train.csv.gz", "category", "text")
    clinc = [([row["text"]], row["intent"]) for row in rows("tickets-clinc150/train.csv.gz")]
    known = [r for r in clinc if r[1] != UNKNOWN]
    held = [([row["text"]], row["intent"]) for row in rows("tickets-clinc150/val.csv.gz")]
    yield "clinc150", known, held + [r for r in clinc if r[1] == UNKNOWN]
    dice, by_label = random.Random(1), {}
    for record in known:
        by_label.setdefault(record[1], []).append(record)
    yield "clinc150, 10 a class", [r for each in by_label.values() for r in dice.sample(each, min(10, len(each)))], held
    for target, column in (("type", "ticket_type"), ("category", "category"), ("urgency", "urgency")):
        yield f"endava {target}", *split("tickets-endava/tickets.csv.gz", column, "title", "body")
    yield "alert severity", *split("alert-severity/alerts.csv", "severity", "name", "description")


def write(path, records):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow((["title"] if len(records[0][0]) > 1 else []) + ["text", "label"])
        writer.writerows([*texts, label] for texts, label in records)


def run(folder, *words):
    env = {"PATH": os.environ["PATH"], "HOME": folder, "UMSOPS_NO_SYSTEM_CONFIG": "1"}
    begun = time.monotonic()
    result = subprocess.run([BINARY, "classifier", *words, "--model", f"{folder}/model"], env=env, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{words}: {result.stderr}")
    return result.stdout, time.monotonic() - begun


def macro_f1(pairs):
    labels = {label for label, _ in pairs}
    right = lambda label: sum(a == b == label for a, b in pairs)
    return sum(2 * right(label) / max(1, sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs))
               for label in labels) / max(1, len(labels))


def measure(folder, name, train, test):
    write(f"{folder}/train.csv", train)
    write(f"{folder}/test.csv", test)
    _, seconds = run(folder, "train", "--from", f"{folder}/train.csv", "--force")
    printed, predicting = run(folder, "predict", f"{folder}/test.csv")
    answers = [json.loads(line) for line in printed.splitlines()]
    known = [(label, answer) for (_, label), answer in zip(test, answers) if label != UNKNOWN]
    strange = [answer for (_, label), answer in zip(test, answers) if label == UNKNOWN]
    right = sum(label == answer["label"] for label, answer in known)
    answered = [(label, answer) for label, answer in known if answer["answered"]]
    sure = sum(label == answer["label"] for label, answer in answered)
    bins = {}
    for label, answer in known:
        bins.setdefault(min(9, int(answer["p"] * 10)), []).append(answer["p"] - (label == answer["label"]))
    off = sum(abs(sum(each)) for each in bins.values()) / len(known)
    refused = f"{100 * sum(not answer['answered'] for answer in strange) / len(strange):6.1f}" if strange else "     -"
    f1 = macro_f1([(label, answer["label"]) for label, answer in known])
    print(f"{name:22}{len(train):7}{len(test):6}{100 * right / len(known):7.1f}{100 * f1:7.1f}{100 * len(answered) / len(known):9.1f}"
          f"{100 * sure / max(1, len(answered)):7.1f}{100 * sure / len(known):9.1f}{refused:>9}{off:7.3f}{seconds:8.1f}"
          f"{1000 * predicting / len(test):8.3f}  {PUBLISHED.get(name, '')}")


def repeat(folder, count):
    records = [([row["Document"]], row["Topic_group"]) for row in rows("tickets-itservice/train.csv.gz")]
    dice = random.Random(1)
    altered = lambda text: " ".join(word if dice.randrange(5) else word + str(dice.randrange(50)) for word in text.split())
    write(f"{folder}/many.csv", [([altered(texts[0])], label) for texts, label in (records[i % len(records)] for i in range(count))])
    _, seconds = run(folder, "train", "--from", f"{folder}/many.csv", "--force")
    _, predicting = run(folder, "predict", f"{folder}/many.csv")
    size = os.path.getsize(f"{folder}/model")
    print(f"{count} rows of itservice: trained in {seconds:.1f} s, judged in {1000 * predicting / count:.3f} ms each, model {size / 1e6:.1f} MB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        if "--repeat" in sys.argv:
            return repeat(folder, int(sys.argv[sys.argv.index("--repeat") + 1]))
        print(f"{'set':22}{'train':>7}{'test':>6}{'right':>7}{'F1':>7}{'answered':>9}{'of it':>7}{'in scope':>9}{'unknown':>9}"
              f"{'ECE':>7}{'s':>8}{'ms each':>8}  published (on the publisher's test part)")
        for name, train, test in sets():
            if train and test:
                measure(folder, name, train, test)


main()
