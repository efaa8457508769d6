#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""read_folder.py UMSOPS-MAIL FOLDER: reads every message under FOLDER with the helper program. Each must be read, without a
crash, in a short time, as JSON that says what the schema of a message says. Where FOLDER has `reference-python-email.jsonl`
(one line a message: what Python's email package reads), headers, text and attachments are held against it; where a message
has a NAME.expected.json beside it (the full parse its authors expect), against that. What differs with a reason is
named in `exceptions.json` beside this script. Where FOLDER has pairs NAME.txt in the encoding NAME and NAME-utf8.txt, mail in that
encoding must give the same text, in the subject, too. Ends with 1 when anything else differs."""
import base64
import datetime
import email.header
import email.utils
import html.parser
import json
import pathlib
import quopri
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NO_MESSAGE = {"MANIFEST.csv", "SOURCES.md", "reference-python-email.jsonl"}


def folded(text):
    return " ".join((text or "").split())


def same_text(got, want):
    """Equal but for blanks; where the reference could not decode (U+FFFD), anything may stand."""
    got, want = folded(got), folded(want)
    if got == want:
        return True
    if "\ufffd" not in want:
        return False
    return re.fullmatch(".+?".join(re.escape(p) for p in re.split("\ufffd+", want)), got) is not None


def begins_with(got, want):
    got, want = folded(got), folded(want)
    if "\ufffd" not in want:
        return got.startswith(want)
    return re.match(".+?".join(re.escape(p) for p in re.split("\ufffd+", want)), got) is not None


def ids(text):
    return re.findall(r"<([^<>]+)>", text or "")


def instant(text):
    try:
        at = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=datetime.timezone.utc)
    return at.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Words(html.parser.HTMLParser):
    """The words of a page, as somebody reads them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.unread = "", 0

    def handle_starttag(self, tag, attrs):
        self.text += f"[{dict(attrs)['alt']}]" if tag == "img" and dict(attrs).get("alt") else ""
        self.unread += tag in ("script", "style", "title")
        self.text += "" if tag in ("b", "i", "a", "font", "span", "tt", "u", "em", "strong") else " "

    def handle_endtag(self, tag):
        self.unread -= tag in ("script", "style", "title") and self.unread > 0
        self.text += "" if tag in ("b", "i", "a", "font", "span", "tt", "u", "em", "strong") else " "

    def handle_data(self, data):
        self.text += "" if self.unread else data


def words_of(page):
    parser = Words()
    parser.feed(page)
    return parser.text.split()


def against_python(got, want):
    """Yields what differs from a line of the reference."""
    if not same_text(got["subject"], want["subject"]):
        yield "subject", got["subject"], want["subject"]
    name, address = email.utils.parseaddr(want["from_"] or "")
    sender = got["from"] or {"name": None, "address": None}
    if want["from_"] and address and (sender["address"] or "").lower() != address.lower():
        yield "from.address", sender["address"], want["from_"]
    if want["from_"] and name and not same_text(sender["name"], name):
        yield "from.name", sender["name"], want["from_"]
    if want["date"] and got["date"] != instant(want["date"]):
        yield "date", got["date"], want["date"]
    if (ids(want["message_id"]) or [None])[0] != got["message_id"]:
        yield "message_id", got["message_id"], want["message_id"]
    for field in ("in_reply_to", "references"):
        if ids(want[field]) != got[field]:
            yield field, got[field], want[field]
    if want["body_type"] == "text/plain" and want["body_start"] is not None:
        if not begins_with(got["body"], want["body_start"]):
            yield "body", got["body"][:100], want["body_start"][:100]
        # The reference counts both signs of a line end, and the last one, which belongs to the boundary.
        elif "\ufffd" not in want["body_start"] and not 0 <= want["body_chars"] - len(got["body"]) + 1 <= got["body"].count("\n") + 2:
            yield "body_chars", len(got["body"]), want["body_chars"]
    if want["body_type"] != (got["body_type"] or None) and want["body_type"]:
        yield "body_type", got["body_type"], want["body_type"]
    names = [(a["file_name"], a["media_type"]) for a in got["attachments"]]
    if any("Defect" in d for d in want["defects"]):
        names.append((None, "text/plain"))  # a cut multipart: whether the empty rest is a part is a matter of taste
    for name, media_type in want["attachments"]:
        # What is only a part of the structure is no attachment here.
        if media_type.startswith("multipart/"):
            continue
        if not any((name is None or same_text(n, name)) and t == media_type for n, t in names):
            yield "attachments", names, [name, media_type]


def header_of(part, name):
    for header in part["headers"]:
        header_name = header["name"] if isinstance(header["name"], str) else next(iter(header["name"].values()))
        if header_name.replace("_", "-").lower() == name:
            return header["value"]
    return None


def against_expected(got, want):
    """Yields what differs from a full parse."""
    top = want["parts"][0]
    value = header_of(top, "subject")
    if isinstance(value, dict) and "Text" in value and not same_text(got["subject"], value["Text"]):
        yield "subject", got["subject"], value["Text"]
    value = header_of(top, "from")
    if isinstance(value, dict) and "Address" in value and "List" in value["Address"]:
        first = value["Address"]["List"][0]
        sender = got["from"] or {}
        if (first.get("address") or "").lower() != (sender.get("address") or "").lower():
            yield "from.address", sender, first
        if not same_text(sender.get("name"), first.get("name")):
            yield "from.name", sender, first
    value = header_of(top, "message-id")
    if isinstance(value, dict) and "Text" in value and got["message_id"] != value["Text"]:
        yield "message_id", got["message_id"], value["Text"]
    texts = []
    for index in want["text_body"]:
        body = want["parts"][index]["body"]
        texts.append(("plain", body["Text"]) if "Text" in body else ("html", body.get("Html", "")))
    if texts:
        read = [got["body"]] + [a["text"] for a in got["attachments"] if a["text"]]
        mine = " ".join(read).split()
        theirs = [word for kind, text in texts for word in (text.split() if kind == "plain" else words_of(text))]
        if not same_text(" ".join(mine), " ".join(theirs)):
            yield "text", " ".join(mine)[:200], " ".join(theirs)[:200]
    attached = [want["parts"][i] for i in want["attachments"]]
    binary = sorted(len(bytes(p["body"]["Binary"])) for p in attached if "Binary" in p["body"])
    sizes = [a["bytes"] for a in got["attachments"]]
    for size in binary:
        if size not in sizes:
            yield "attachment of bytes", sizes, size


def read(helper, path, mbox):
    begin = time.monotonic()
    run = subprocess.run([helper, *(["--mbox"] if mbox else [])], stdin=path.open("rb"), capture_output=True, timeout=60)
    spent = time.monotonic() - begin
    if run.returncode not in (0, 4):
        raise RuntimeError(f"exit {run.returncode}: {run.stderr.decode()[:200]}")
    if spent > 2:
        raise RuntimeError(f"{spent:.1f} s")
    messages = [json.loads(line) for line in run.stdout.decode().splitlines()]
    for message in messages:
        for text in (message["subject"], message["body"], *(a["text"] for a in message["attachments"])):
            if text and re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text):
                raise RuntimeError("a control character in a text")
    return messages


def encoded_mail(raw, charset, encoding):
    """A message in that charset; its subject is the beginning of the text, in words that are cut anywhere."""
    line = raw.splitlines()[0][:60]
    words = b"\r\n ".join(b"=?" + charset + b"?B?" + base64.b64encode(line[i:i + 11]) + b"?=" for i in range(0, len(line), 11))
    body = {b"base64": base64.encodebytes, b"quoted-printable": quopri.encodestring, b"8bit": bytes}[encoding](raw)
    return (b"From: a@example.com\r\nSubject: " + words + b"\r\nContent-Type: text/plain; charset=" + charset +
            b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body), line


def check_encodings(helper, folder):
    """Yields what is wrong with mail in the encodings of the pairs."""
    for path in sorted(folder.rglob("*-utf8.txt")):
        charset = path.name.removesuffix("-utf8.txt")
        raw = path.with_name(charset + ".txt").read_bytes()
        for encoding in (b"base64", b"quoted-printable", b"8bit"):
            mail, line = encoded_mail(raw, charset.encode(), encoding)
            got = json.loads(subprocess.run([helper], input=mail, capture_output=True, check=True).stdout)
            if folded(got["body"]) != folded(path.read_text()):
                yield f"{path.name}: {encoding.decode()}: {got['body'][:60]!r}"
            whole = line.decode(charset, errors="ignore").strip()
            if not got["subject"].startswith(folded(whole)):
                yield f"{path.name}: subject {got['subject']!r}, not {whole!r}"


def main():
    helper, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    excused = json.loads((HERE / "exceptions.json").read_text())
    lines = folder / "reference-python-email.jsonl"
    reference = {d["file"]: d for d in map(json.loads, lines.read_text().splitlines())} if lines.exists() else {}
    problems, used, messages, compared = list(check_encodings(helper, folder)), set(), 0, 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        if path.name in NO_MESSAGE or path.name.endswith(".json"):
            continue
        try:
            found = read(helper, path, "mbox" in path.name)
        except Exception as error:
            problems.append(f"{name}: {error}")
            continue
        messages += len(found)
        differences = []
        if name in reference and found:
            compared += 1
            differences += [("python", *d) for d in against_python(found[0], reference[name])]
        expected = path.with_name(path.stem + ".expected.json")
        if expected.exists() and found:
            compared += 1
            differences += [("authors", *d) for d in against_expected(found[0], json.loads(expected.read_text()))]
        for whose, what, got, want in differences:
            key = f"{name}: {whose}: {what}"
            if key in excused:
                used.add(key)
            else:
                problems.append(f"{key}\n    got  {got!r}\n    want {want!r}")
    print("\n".join(problems))
    print(f"{messages} messages read, {compared} comparisons, {len(used)} differences with a reason, {len(problems)} problems")
    return 1 if problems or messages == 0 else 0


sys.exit(main())
