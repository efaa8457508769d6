#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""line.py UMSOPS: users and agents on one line, each a process of its own: who waits, who comes, who goes, and what is
kept when either is killed. On a server where UMSOPS_TEST_DB names one, else in a file."""
import json
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
SERVER = os.environ.get("UMSOPS_TEST_DB", "")
FLOW = """kind: flow
channel: {channel}
start: what
nodes:
  what: {{ask: {{en: What is wrong?, zh: 什么问题？}}, field: description, next: line}}
  line: {{transfer: "{target}", text: {{en: One moment., zh: 请稍候。}}, wait: {wait}}}
"""
ROSTER = """kind: roster
people:
  li.na: {display_name: 李娜, email: li.na@example.org, phone: "+86 10 1111"}
  wang.fang: {display_name: Wang Fang, skills: {other: 3}}
teams: {iam: {members: [li.na, wang.fang], schedules: []}}
schedules:
  primary: {zone: UTC, layers: [{name: all, type: weekly, start: 2026-01-01 00:00, participants: [li.na]}]}
  nobody: {zone: UTC, layers: [{name: all, type: weekly, start: 2096-01-01 00:00, participants: [li.na]}]}
"""


class Side:
    """One process, its lines as they come."""

    def __init__(self, desk, *words, actor="bridge"):
        self.process = subprocess.Popen([BINARY, "--actor", actor, *words], env=desk.env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.text = ""

    def say(self, line):
        self.process.stdin.write((line + "\n").encode())
        self.process.stdin.flush()

    def until(self, wanted, seconds=20):
        """All that came up to a line that has the wanted text in it."""
        end = time.monotonic() + seconds
        while not re.search(wanted, self.text):
            left = end - time.monotonic()
            assert left > 0, f"no {wanted!r} in {self.text!r}, {self.process.poll()}, {self.rest_of_errors()}"
            if select.select([self.process.stdout], [], [], min(left, 0.2))[0]:
                piece = os.read(self.process.stdout.fileno(), 65536)
                if not piece:
                    break
                self.text += piece.decode()
        assert re.search(wanted, self.text), f"no {wanted!r} in {self.text!r}; {self.process.stderr.read().decode()}"
        return self.text

    def rest_of_errors(self):
        return self.process.stderr.read().decode() if self.process.poll() is not None else ""

    def end(self, code=0, closes=True):
        if closes:
            self.process.stdin.close()
        rest = self.process.stdout.read().decode()
        errors = self.process.stderr.read().decode()
        got = self.process.wait(30)
        self.text += rest
        assert got == code, (got, self.text, errors)
        self.errors = errors
        return self.text

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Desk:
    def __init__(self, name):
        self.folder = tempfile.TemporaryDirectory(prefix="umsops-line-")
        self.path = pathlib.Path(self.folder.name)
        joint = "&" if "?" in SERVER else "?"
        store = f"{SERVER}{joint}options=-csearch_path%3Dline_{name}_{os.getpid()}" if SERVER else str(self.path / "desk.db")
        self.env = {**{k: v for k, v in os.environ.items() if not k.startswith("UMSOPS_") and k != "LANG"},
                    "HOME": self.folder.name, "XDG_CONFIG_HOME": self.folder.name, "XDG_STATE_HOME": self.folder.name,
                    "LC_ALL": "C.UTF-8", "TZ": "UTC", "UMSOPS_DB": store, "UMSOPS_ROSTER": str(self.path / "roster.yaml")}
        (self.path / "roster.yaml").write_text(ROSTER)
        if SERVER:
            self.schema = f"line_{name}_{os.getpid()}"
            subprocess.run(["psql", "-qX", SERVER, "-c", f"CREATE SCHEMA {self.schema}"], check=True)
        self.run("db", "init", "-q")

    def flow(self, target="oncall:primary", wait="60s", channel="chat"):
        path = self.path / "flow.yaml"
        path.write_text(FLOW.format(target=target, wait=wait, channel=channel))
        return str(path)

    def run(self, *words, code=0, data=""):
        done = subprocess.run([BINARY, *words], env=self.env, input=data, capture_output=True, text=True)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout if code == 0 else done.stdout + done.stderr

    def ticket(self, number="T-1"):
        return json.loads(self.run("ticket", "show", number, "-o", "json"))

    def callbacks(self):
        return json.loads(self.run("ticket", "callback", "list", "--state", "all", "-o", "json"))["items"]

    def chat(self, *more, **flow):
        return Side(self, "ticket", "intake", "chat", "--flow", self.flow(**flow), "--requester", "zhang.wei", *more)

    def join(self, agent="li.na", *more, number="T-1"):
        return Side(self, "ticket", "intake", "chat", "--join", number, *more, actor=agent)

    def sound(self):
        self.run("audit", "verify")
        self.run("db", "check")

    def said(self, number="T-1"):
        return [(r["responder_id"], r["content"]) for r in self.ticket(number)["responses"] if r["response_type"] == "EXTERNAL"]

    def kinds(self, number="T-1"):
        return [event["kind"] for event in json.loads(self.run("ticket", "history", number, "-o", "json"))["items"]]

    def close(self):
        if SERVER:
            subprocess.run(["psql", "-qX", SERVER, "-c", f"DROP SCHEMA {self.schema} CASCADE"], check=True,
                           stderr=subprocess.DEVNULL)
        self.folder.cleanup()


def talk(desk):
    """Both sides live, in two languages, with hostile words; the transcript is one."""
    user = desk.chat()
    user.until("What is wrong")
    user.say("我的账户被锁定了 \x1b")
    user.until("could not read|无法识别")
    user.say("我的账户被锁定了 \u202egnp")
    user.until("一刻|请稍候")
    user.until("T-000001")
    assert desk.callbacks()[0]["state"] == "OPEN", desk.callbacks()
    assert "oncall:primary" in desk.callbacks()[0]["note"]
    user.say("有人吗？")  # said while nobody is there yet
    agent = desk.join()
    agent.until("有人吗")
    assert "\u202e" not in agent.text and "user: 我的账户被锁定了" in agent.text, agent.text
    user.until("李娜 已接听")
    done = desk.callbacks()[0]
    assert (done["state"], done["done_by"], done["outcome"]) == ("DONE", "li.na", "answered on the line"), done
    agent.say("bell \x07")
    agent.until("not sent: that could not be read")
    agent.say("您好，我来看看。\u202e please wait")
    user.until("李娜: 您好，我来看看")
    assert "\u202e" not in user.text
    user.say("谢谢")
    agent.until("zhang.wei: 谢谢")
    other = desk.join("wang.fang")
    assert "li.na is in the conversation" in other_error(other, 4)
    desk.run("--actor", "wang.fang", "ticket", "note", "T-1", "--body", "for colleagues")
    agent.until("note of wang.fang: for colleagues")
    agent.say("再见")
    user.until("李娜 已结束对话")
    user.end(closes=False)
    agent.end()
    assert "for colleagues" not in user.text
    ticket = desk.ticket()
    assert ticket["status"] == "IN_PROGRESS" and ticket["assignee_id"] == "li.na" and ticket["first_response_at"], ticket
    assert [name for name, _ in desk.said()] == ["zhang.wei", "li.na", "zhang.wei", "li.na"], desk.said()
    kinds = desk.kinds()
    assert kinds[:5] == ["created", "noted", "assigned", "callback_added", "transferred"], kinds
    assert kinds[-1] == "left" and kinds.count("joined") == 1, kinds
    # Each heard the other, so nobody was sent a message about it.
    topics = [m["topic"] for m in json.loads(desk.run("outbox", "list", "-o", "json"))["items"]]
    assert "ticket.reply" not in topics and "ticket.answer" not in topics, topics
    assert "ended at" in other_error(desk.join("wang.fang"), 4)
    desk.sound()


def other_error(side, code):
    side.end(code)
    return side.errors


def refusals(desk):
    desk.run("ticket", "create", "-t", "by mail", "-q")
    assert "no conversation" in other_error(desk.join(), 4)
    assert "T-9" in other_error(desk.join(number="T-9"), 3)
    user = desk.chat()
    user.until("What is wrong")
    user.say("it is broken again today")
    user.until("T-000002")
    assert "no person mallory" in other_error(desk.join("mallory", number="T-2"), 2)
    assert "--join" in desk.run("ticket", "intake", "chat", "--force", code=2)
    desk.run("ticket", "intake", "chat", "--join", "T-2", "--key", "k", code=2)
    desk.run("--actor", "li.na", "-n", "ticket", "intake", "chat", "--join", "T-2")
    assert desk.callbacks()[0]["state"] == "OPEN"
    first = desk.join(number="T-2")
    first.until("zhang.wei")
    second = desk.join("wang.fang", "--force", number="T-2")
    first.until("Wang Fang has taken over")
    first.end()
    user.until("Wang Fang is on the line")
    second.say("here I am")
    user.until("Wang Fang: here I am")
    user.say("/bye")
    second.until("zhang.wei has left")
    second.end(closes=False)
    user.end()
    assert desk.said("T-2") == [("wang.fang", "here I am")], desk.said("T-2")
    assert desk.ticket("T-2")["assignee_id"] == "wang.fang"


def nobody_comes(desk):
    started = time.monotonic()
    user = desk.chat(wait="5s")
    user.until("What is wrong")
    user.say("help, it does not work")
    user.until("T-000001")
    user.say("are you there?")
    user.until("Nobody could come to the line. We call zhang.wei")
    assert 4.5 < time.monotonic() - started < 15
    user.end(closes=False)
    assert [c["state"] for c in desk.callbacks()] == ["OPEN"]
    assert desk.ticket()["status"] == "ASSIGNED" and desk.said() == [("zhang.wei", "are you there?")]
    assert "ended at" in other_error(desk.join(), 4)
    # Nobody on shift: there is nothing to wait for.
    user = desk.chat(target="oncall:nobody")
    user.say("nobody there tonight I suppose")
    assert "Nobody is on shift" in user.end(closes=False), user.text
    assert [c["state"] for c in desk.callbacks()] == ["OPEN", "OPEN"]
    # A team: one of it.
    user = desk.chat(target="team:iam")
    user.say("nobody there tonight I suppose")
    user.until("T-000003")
    user.end()  # leaves at once: it stays a call-back
    assert desk.ticket("T-3")["team"] == "iam" and desk.ticket("T-3")["assignee_id"] in ("li.na", "wang.fang")
    assert [c["state"] for c in desk.callbacks()] == ["OPEN"] * 3
    desk.sound()


def killed(desk):
    """SIGKILL of either side at any time: what was said stays, and the other side is told."""
    user = desk.chat()
    user.until("What is wrong")
    user.say("the first thing that is said here")
    user.until("T-000001")
    user.say("before the end")
    agent = desk.join()
    agent.until("before the end")
    user.until("李娜 is on the line")
    agent.say("words of the agent")
    user.until("words of the agent")
    agent.kill()
    user.until("connection to 李娜 is lost")
    user.until("(?s)lost.*Please stay on the line")
    assert sorted(c["state"] for c in desk.callbacks()) == ["DONE", "OPEN"]
    user.say("still here")
    again = desk.join("wang.fang")
    again.until("still here")
    user.until("Wang Fang is on the line")
    user.kill()
    again.until("connection to zhang.wei is lost")
    again.end(closes=False)
    assert [text for _, text in desk.said()] == ["before the end", "words of the agent", "still here"]
    assert [c["state"] for c in desk.callbacks()] == ["DONE", "DONE"]
    # Killed while waiting: the call-back stays, and who comes is told.
    user = desk.chat()
    user.say("something else is wrong today")
    user.until("T-000002")
    user.kill()
    assert "ended at" in other_error(desk.join(number="T-2"), 4)
    assert sorted(c["state"] for c in desk.callbacks()) == ["DONE", "DONE", "OPEN"]
    # Both at once.
    user = desk.chat()
    user.say("and a third thing that is wrong")
    user.until("T-000003")
    agent = desk.join(number="T-3")
    agent.until("third thing")
    user.kill(), agent.kill()
    assert "ended at" in other_error(desk.join("wang.fang", number="T-3"), 4)
    desk.sound()


def both_leave(desk):
    for number in range(1, 6):
        user = desk.chat()
        user.say("something is wrong with number one")
        user.until(f"T-00000{number}")
        agent = desk.join(number=f"T-{number}")
        agent.until("something is wrong")
        user.until("is on the line")
        user.process.stdin.close(), agent.process.stdin.close()
        user.end(closes=False), agent.end(closes=False)
        assert desk.kinds(f"T-{number}").count("left") == 1
    user = desk.chat()
    user.say("something is wrong with number one")
    user.until("T-000006")
    agent = desk.join(number="T-6")
    agent.until("something is wrong")
    user.process.send_signal(signal.SIGTERM)
    agent.until("zhang.wei has left")
    agent.end(closes=False)
    user.end(143, closes=False)
    # Several agents at the same moment: one of them comes. A signal to an agent is a goodbye.
    user = desk.chat()
    user.say("something is wrong with number one")
    user.until("T-000007")
    agents = [desk.join(name, number="T-7") for name in ("li.na", "wang.fang", "li.na", "wang.fang")]
    user.until("is on the line")
    end = time.monotonic() + 20
    while sum(agent.process.poll() is None for agent in agents) > 1 and time.monotonic() < end:
        time.sleep(0.1)
    [there] = [agent for agent in agents if agent.process.poll() is None]
    assert all(agent.process.returncode == 4 for agent in agents if agent is not there)
    assert desk.kinds("T-7").count("joined") == 1
    there.process.send_signal(signal.SIGINT)
    user.until("has left the conversation")
    user.end(closes=False)
    there.end(130, closes=False)
    desk.sound()


def beside(desk):
    """What others do to the ticket meanwhile."""
    user = desk.chat()
    user.say("something is wrong with number one")
    user.until("T-000001")
    agent = desk.join()
    agent.until("something is wrong")
    user.until("is on the line")
    desk.run("--actor", "wang.fang", "ticket", "reply", "T-1", "--body", "I have seen that, too")
    user.until("Wang Fang: I have seen that, too")
    agent.until("Wang Fang: I have seen that, too")
    desk.run("--actor", "li.na", "ticket", "close", "T-1", "--resolution", "done")
    user.say("thank you")
    agent.until("zhang.wei: thank you")
    agent.say("welcome")
    agent.until("not sent: .*CLOSED")
    agent.say("/bye")
    agent.end(), user.end(closes=False)
    assert desk.ticket()["status"] == "CLOSED"
    # The same ticket goes elsewhere with its conversation.
    desk.run("ticket", "export", "-O", str(desk.path / "all.jsonl"))
    other = str(desk.path / "other.db")
    desk.run("--db", other, "db", "init", "-q")
    desk.run("--db", other, "ticket", "import", str(desk.path / "all.jsonl"))
    desk.run("--db", other, "audit", "verify")
    # The same conversation once more, after a restart of the bridge: one call-back waits, not two.
    for _ in range(2):
        user = desk.chat("--key", "c:1")
        user.say(f"round {_} of the same matter")
        user.until("T-000002")
        user.until("Please stay on the line")
        user.kill()
    assert sorted(c["state"] for c in desk.callbacks() if c["ticket_number"] == "T-000002") == ["DONE", "OPEN"]
    desk.sound()


def as_json(desk):
    """For bridges: JSON lines both ways, whoever is on shift, and what became of it."""
    user = desk.chat("-o", "jsonl")
    user.say('{"text":"the printer of the third floor"}')
    user.until('"transfer"')
    lines = [json.loads(line) for line in user.text.splitlines()]
    who = next(line["transfer"] for line in lines if "transfer" in line)
    assert (who["person"], who["phone"], who["email"]) == ("li.na", "+86 10 1111", "li.na@example.org"), who
    agent = desk.join("li.na", "-o", "jsonl")
    agent.until("printer")
    agent.say('{"text":"first\\nsecond"}')
    user.until("second")
    user.say("plain words")
    agent.until("plain words")
    user.process.stdin.close()
    agent.end(closes=False), user.end(closes=False)
    for side, turns in ((user, 2), (agent, 1)):
        lines = side.text.splitlines()
        for line in lines[:-1]:
            desk.run("schema", "validate", "ticket.utterance", "-", data=line)
        last = json.loads(lines[-1])
        desk.run("schema", "validate", "ticket.dialogue", "-", data=json.dumps({"schema": "umsops.ticket.dialogue/v1", **last}))
        assert last["agent"] == "li.na" and last["turns"] == turns, last
        assert last["ticket"]["status"] == "IN_PROGRESS", last
        assert [line["text"] for line in last["transcript"] if line["speaker"] == "agent"] == ["first\nsecond"]
    # A phone: the number that calls is called back.
    call = Side(desk, "ticket", "intake", "phone", "--flow", desk.flow(channel="phone"), "--caller", "13800000000")
    call.until("What is wrong")
    call.say("no dial tone on my desk phone")
    call.until("T-000002")
    call.until("13800000000")
    agent = Side(desk, "ticket", "intake", "phone", "--join", "T-2", actor="wang.fang")
    call.until("Wang Fang is on the line")
    call.say("hello there")
    agent.until("13800000000: hello there")
    agent.end()
    call.end(closes=False)


def lint(desk):
    flow = desk.flow(target="oncall:primry")
    problem = desk.run("lint", "-c", f"chat_flow={flow}", "-c", f"roster={desk.path}/roster.yaml", code=9)
    assert f"{flow}:6" in problem and "primry" in problem and "primary" in problem, problem
    assert "nobody to transfer to" in desk.run("lint", desk.flow(target="oncal:primary"), code=9)
    assert "time to wait" in desk.run("lint", desk.flow(wait="2d"), code=9)


for number, act in enumerate((talk, refusals, nobody_comes, killed, both_leave, beside, as_json, lint)):
    if len(sys.argv) > 2 and act.__name__ not in sys.argv[2:]:
        continue
    desk = Desk(act.__name__)
    try:
        act(desk)
    finally:
        desk.close()
    print(act.__name__, "ok", flush=True)
