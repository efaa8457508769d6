#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""web.py UMSOPS [ROUNDS]: messages to a web server that does all that goes wrong; flushes that are killed at any moment;
several flushes at one time. Every message arrives, and what arrives twice has the same key."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from servers import Desk, Web  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 6
ANSWERS = {"ok": "sent", "flaky": "later", "busy": "later", "gone": "failed", "seeother": "failed", "elsewhere": "failed",
           "moved": "sent", "slow": "later", "reset": "later", "cut": "later", "giant": "sent", "dingtalk": "failed"}
passed = 0


def check(what, true):
    global passed
    assert true, what
    passed += 1


def ahead(minutes):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60 * minutes))


def channels(desk, web):
    lines = ["kind: channels", "usual: [ok]", "channels:"]
    for name in ANSWERS:
        body = "dingtalk" if name == "dingtalk" else "generic"
        lines.append(f"  {name}: {{type: webhook, body: {body}, url: '{web.url}/{name}', plain: true, limits: none, "
                     f"timeout: 2s, redirects: {1 if name in ('moved', 'elsewhere') else 0}, private_redirects: true}}")
    lines += [f"  nowhere: {{type: webhook, url: 'http://127.0.0.1:1/x', plain: true}}",
              f"  private: {{type: webhook, url: '{web.url}/moved', plain: true, redirects: 1}}"]
    desk.write("channels.yaml", "\n".join(lines) + "\n")


def roster(desk, channel):
    desk.write("roster.yaml", f"people: {{li.na: {{contact: {{channels: [{channel}], own_acts: true}}}}}}\n")


def answers(desk, web):
    """What each kind of answer means."""
    for name, outcome in ANSWERS.items():
        got = desk.json("outbox", "test", name, code=0 if outcome == "sent" else 7)
        check(f"{name}: {got}", got["outcome"] == outcome)
    check("nowhere", desk.json("outbox", "test", "nowhere", code=7)["outcome"] == "later")
    private = desk.json("outbox", "test", "private", code=7)
    check(f"a redirect into a private network: {private}", private["outcome"] == "failed")
    check("no escape sequences", "\x1b" not in desk.run("outbox", "test", "gone", code=7))
    headers, body, _ = web.got["/ok"][0]
    check("the key stands in header and body", headers["Idempotency-Key"] == json.loads(body)["key"])


def one_message(desk, web):
    """500, 500, 200: tried again later, with the same key."""
    roster(desk, "flaky")
    web.failures.clear()
    web.got.clear()
    desk.tickets(1)
    first = desk.json("outbox", "flush")
    check(f"later: {first}", first["later"] == 1 and first["items"][0]["next_attempt_at"])
    check("not before its time", desk.json("outbox", "flush")["count"] == 0)
    desk.run("outbox", "flush", "--now", ahead(10))
    check("the third time", desk.json("outbox", "flush", "--now", ahead(30))["sent"] == 1)
    check("one key", len(set(web.keys("/flaky"))) == 1 and len(web.keys("/flaky")) == 3)
    roster(desk, "busy")
    desk.tickets(1)
    desk.run("outbox", "flush", "--now", ahead(1000)[:-3] + "00Z")
    item = desk.json("outbox", "list")["items"][0]
    shown = desk.json("outbox", "show", item["id"])["deliveries"][0]
    check(f"Retry-After: {shown}", shown["next_attempt_at"] == ahead(1002)[:-3] + "00Z")
    desk.run("outbox", "drop", item["id"])


def refused(desk):
    """A final refusal is told, listed, and can be tried again."""
    roster(desk, "gone")
    desk.tickets(1)
    desk.run("outbox", "flush", code=6)
    failed = desk.json("outbox", "list", "--failed")["items"]
    check("listed", len(failed) == 1 and "404" in failed[0]["note"])
    desk.run("outbox", "list", "--failed", "--fail-if-any", code=10)
    desk.run("outbox", "retry", failed[0]["id"])
    desk.run("tick", code=6)
    desk.run("outbox", "drop", failed[0]["id"])
    check("dropped", desk.json("outbox", "list")["count"] == 0)


def order(desk, web):
    """What is said about one record arrives in the order in which it was."""
    roster(desk, "ok")
    web.got.clear()
    number = desk.run("ticket", "create", "-t", "in order", "--assignee", "li.na", "-q").strip()
    for word in range(8):
        desk.run("ticket", "reply", number, "--body", f"word {word}", "--as", "requester", "-q")
    desk.run("outbox", "flush")
    said = [json.loads(body)["facts"].get("text", "") for _, body, _ in web.got["/ok"]]
    check(f"in order: {said}", said[-8:] == [f"word {word}" for word in range(8)])


def proxy(desk, web):
    """A proxy of the environment is asked for what is not exempt, and no name is looked up here."""
    desk.write("channels.yaml", "kind: channels\nchannels:\n"
                                "  far: {type: webhook, url: 'http://hooks.example.invalid/x', plain: true}\n"
                                f"  near: {{type: webhook, url: '{web.url}/ok', plain: true}}\n")
    there = {"http_proxy": web.url, "no_proxy": "127.0.0.1"}
    web.got.clear()
    check("through the proxy", desk.json("outbox", "test", "far", **there)["outcome"] == "sent")
    check(f"the whole address: {list(web.got)}", list(web.got) == ["http://hooks.example.invalid/x"])
    check("past it", desk.json("outbox", "test", "near", **there)["outcome"] == "sent" and len(web.got["/ok"]) == 1)
    check("without one nobody is found", desk.json("outbox", "test", "far", code=7)["outcome"] == "later")
    channels(desk, web)


def dead_target(desk, web):
    """One that does not answer does not delay the others."""
    desk.write("roster.yaml", "people:\n  li.na: {contact: {channels: [slow], own_acts: true}}\n"
                              "  wang.fang: {contact: {channels: [ok], own_acts: true}}\n")
    desk.tickets(10)
    web.got.clear()
    desk.tickets(10, "wang.fang")
    flush = subprocess.Popen([BINARY, "outbox", "flush"], env=desk.env, cwd=desk.folder, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    begun = time.monotonic()
    while len(web.got["/ok"]) < 10 and time.monotonic() - begun < 20:
        time.sleep(0.02)
    check(f"after {time.monotonic() - begun:.1f} s", len(web.got["/ok"]) == 10 and time.monotonic() - begun < 5)
    flush.wait()
    for message in desk.json("outbox", "list")["items"]:
        desk.run("outbox", "drop", message["id"])


def several(desk, web):
    """Four at one time send nothing twice."""
    roster(desk, "ok")
    desk.tickets(60)
    web.got.clear()
    runs = [subprocess.Popen([BINARY, "outbox", "flush", "-q"], env=desk.env, cwd=desk.folder, stdout=subprocess.DEVNULL)
            for _ in range(4)]
    check("all end well", [run.wait() for run in runs] == [0] * 4)
    check(f"once each: {len(web.keys())}", len(web.keys()) == 60 and len(set(web.keys())) == 60)


def killed(desk, web):
    """Ended at any moment: everything arrives; twice only with the same key."""
    roster(desk, "ok")
    web.got.clear()
    total, dice = 0, random.Random(7)
    for _ in range(ROUNDS):
        desk.tickets(5)
        total += 5
        flush = subprocess.Popen([BINARY, "outbox", "flush"], env=desk.env, cwd=desk.folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.0, 0.08))
        flush.kill()
        flush.wait()
    desk.run("outbox", "flush", "--now", ahead(60))
    keys = web.keys()
    check(f"{len(set(keys))} of {total} arrived", len(set(keys)) == total)
    check("nothing waits", desk.json("outbox", "list", "--now", ahead(60))["count"] == 0)
    print(f"killed {ROUNDS} times: {total} messages, {len(keys) - len(set(keys))} came twice, with the same key")


def room(desk, web):
    """The response opens a place to talk by a web address, once, and keeps what that says."""
    number = desk.run("incident", "create", "-t", "login fails", "-q").strip()
    desk.run("incident", "assign", number, "--to", "li.na", "-q")
    for path in ("gone", "room"):
        desk.write("own.yaml", f"channel_url: '{web.url}/{path}'\n")
        for _ in range(3):
            desk.run("--config", "own.yaml", "incident", "respond", number, "--next", "-q", code=(0, 4))
        places = [e["text"] for e in desk.json("incident", "show", number)["timeline"] if "talk" in e["text"]]
        check(f"{path}: {places}", len(places) == (path == "room"))
    check("the address", "https://talk.example/room/7" in places[0])
    headers, body, _ = web.got["/room"][0]
    check("what is posted", len(web.got["/room"]) == 1 and json.loads(body)["incident_number"] == number and headers["Idempotency-Key"])


def main():
    web = Web()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(BINARY, folder)
        channels(desk, web)
        answers(desk, web)
        one_message(desk, web)
        refused(desk)
        order(desk, web)
        proxy(desk, web)
        dead_target(desk, web)
        several(desk, web)
        killed(desk, web)
        room(desk, web)
        sound = desk.run("db", "check")
        check(f"the store is sound: {sound}", True)
    print(f"{passed} passed, 0 failed")


main()
