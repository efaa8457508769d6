#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""outbox.py UMSOPS [COUNT]: so many messages flushed to a web server on loopback, beside curl posting as many bodies of
that size to it over one connection."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "outbox"))
from servers import Desk, Web  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000


def main():
    web = Web()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(BINARY, folder)
        desk.write("channels.yaml", f"channels: {{ok: {{type: webhook, url: '{web.url}/ok', plain: true, limits: none}}}}\n")
        desk.write("roster.yaml", "people: {li.na: {}}\n")
        lines = "".join(json.dumps({"title": f"request {i}", "assignee_id": "li.na"}) + "\n" for i in range(COUNT))
        desk.run("ticket", "intake", "json", "-", "-q", stdin=lines)
        begun = time.monotonic()
        end = desk.json("outbox", "flush", "-F", "id")
        flushed = time.monotonic() - begun
        assert end["sent"] == COUNT and len(set(web.keys())) == COUNT, end["sent"]
        body = pathlib.Path(folder, "body")
        body.write_bytes(web.got["/ok"][0][1])
        config = pathlib.Path(folder, "config")
        config.write_text("".join(f"{'next' if i else ''}\nurl = {web.url}/curl\ndata-binary = @{body}\noutput = /dev/null\n"
                                  "header = \"Content-Type: application/json\"\n" for i in range(COUNT)))
        begun = time.monotonic()
        subprocess.run(["curl", "-sS", "-K", config], check=True)
        curl = time.monotonic() - begun
        print(f"{COUNT} messages: outbox flush {flushed:.2f} s ({COUNT / flushed:.0f}/s), "
              f"curl {curl:.2f} s ({COUNT / curl:.0f}/s): {curl / flushed:.2f} of its rate")


main()
