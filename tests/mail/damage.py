#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""damage.py UMSOPS-MAIL FOLDER COUNT [SEED [BYTES]]: COUNT damaged copies of the messages under FOLDER (bits flipped, pieces cut out, doubled,
or put in from another message), and a few messages of BYTES (24 MiB) made to be expensive. Each must be read, without a crash, in at most
ten seconds, as JSON. A message that fails is kept as /tmp/umsops-mail-*.eml."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

LONGEST = 10


def damaged(rng, pool):
    data = bytearray(rng.choice(pool))
    for _ in range(rng.randint(1, 8)):
        if not data:
            break
        at, size = rng.randrange(len(data)), rng.choice((1, 3, 20, 300, 4000))
        what = rng.randrange(6)
        if what == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            del data[at:at + size]
        elif what == 2:
            data[at:at] = data[at:at + size] * rng.choice((1, 2, 50))
        elif what == 3:
            other = rng.choice(pool)
            begin = rng.randrange(len(other) + 1)
            data[at:at] = other[begin:begin + size]
        elif what == 4:
            del data[at:]
        else:
            data[at:at + 1] = rng.choice((b"\0", b"\r", b"\n\n", b"=?", b"?=", b"--", b"\xff", b"<", b"\"", b"(" * 50, b"\n ", b":"))
    return bytes(data[:4 << 20])


def nested(kind, depth):
    if kind == "multipart":
        return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(depth)) + b"\ntext\n"
    return b"Content-Type: message/rfc822\n\n" * depth + b"\ntext\n"


def expensive(big):
    yield "a field as large as the message", b"Subject: " + b"x" * big + b"\n\n"
    yield "addresses", b"To: " + b"a@example.com, " * (big // 15) + b"\n\n"
    yield "address comments", b"From: " + b"(" * (big // 24) + b"\n\n"
    yield "address groups", b"From: " + b"a:" * (big // 24) + b"\n\n"
    yield "encoded words", b"Subject: " + b"=?utf-8?q?a?= " * (big // 14) + b"\n\n"
    yield "broken encoded words", b"Subject: " + b"=?utf-8?q?" * (big // 10) + b"\n\n"
    yield "references", b"References: " + b"<a@b> " * (big // 6) + b"\n\n"
    yield "parameters", b"Content-Type: text/plain; " + b"; ".join(b"p%d=x" % i for i in range(big // 80)) + b"\n\nx"
    yield "parameter pieces", b"Content-Type: text/plain; " + b"; ".join(b"name*%d=x" % i for i in range(big // 80)) + b"\n\nx"
    yield "fields", b"X-A: b\n" * (big // 7) + b"\nx"
    yield "multiparts inside each other", nested("multipart", big // 1200)
    yield "messages inside each other", nested("message", big // 250)
    yield "parts", b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (big // 8)
    yield "lines beside many boundaries", nested("multipart", 900) + b"--\n" * (big // 6)
    yield "line ends", b"Subject: x\n\n" + b"\n" * big
    yield "zeros", b"\0" * big
    yield "no line end", b"x" * big
    for name, piece in (("tags", b"<a "), ("open quotes", b"<a \""), ("comments", b"<!--"), ("declarations", b"<!"), ("scripts", b"<script>"),
                        ("script ends", b"<script></scrip"), ("links", b"<a href=http://x/>x</a>"), ("quotes", b"<blockquote>x"), ("characters", b"&#x41;&x"),
                        ("lists", b"<li>"), ("pre", b"<pre>\n")):
        yield "html: " + name, b"Content-Type: text/html\n\n" + piece * (big // 3 // len(piece))
    yield "base64", b"Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-7\n\n" + b"QUJD" * (big // 4)
    yield "uuencode", b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"M" + b"`" * 60 + b"\n" * 1000


def read(helper, data):
    begin = time.monotonic()
    run = subprocess.run([helper], input=data, capture_output=True, timeout=LONGEST * 6)
    spent = time.monotonic() - begin
    if run.returncode not in (0, 4):
        return f"exit {run.returncode}: {run.stderr.decode(errors='replace')[:2000]}", spent
    for line in run.stdout.decode().splitlines():
        json.loads(line)
    return None if spent < LONGEST else f"{spent:.1f} s", spent


def main():
    helper, folder, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(sys.argv[4] if len(sys.argv) > 4 else "mail")
    pool = [p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in (".eml", ".txt", ".msg")]
    problems, slowest = 0, (0.0, "")
    big = int(sys.argv[5]) if len(sys.argv) > 5 else 24 << 20
    made = [(f"copy {i}", damaged(rng, pool)) for i in range(count)]
    for name, data in [*expensive(big), *made]:
        try:
            problem, spent = read(helper, data)
        except Exception as error:
            problem, spent = repr(error)[:300], LONGEST * 6
        slowest = max(slowest, (spent, name))
        if problem:
            problems += 1
            with tempfile.NamedTemporaryFile(prefix="umsops-mail-", suffix=".eml", delete=False) as kept:
                kept.write(data)
            print(f"{name}: {problem} ({kept.name})")
    print(f"{count} damaged copies, slowest {slowest[0]:.2f} s ({slowest[1]}), {problems} problems")
    return 1 if problems else 0


sys.exit(main())
