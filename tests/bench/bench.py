#!/usr/bin/env -S python3 -B
# SPDX-License-Identifier: Apache-2.0
"""umsops beside its floors and its peers, in one run, as one table.

Whole processes are timed. Within a line of the table the commands run round by round, so that what else the
machine does hits all of them alike; medians are told, and the ratio of medians taken in the same rounds. Quote ratios.
`floor` is the bare program that makes the same durable writes (floor.cpp, import_floor.cpp). Data is made once and kept
in the build folder's bench-data (BENCH_DATA)."""
import argparse
import json
import math
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

PARSER = argparse.ArgumentParser(description=__doc__)
PARSER.add_argument("build", type=pathlib.Path, help="the build folder")
PARSER.add_argument("--quick", action="store_true", help="without the million")
PARSER.add_argument("--only", metavar="PART", help="one of the parts at the end of this file, as alarms")
OPTIONS = PARSER.parse_args()
QUICK, BUILD = OPTIONS.quick, OPTIONS.build.resolve()
PROGRAMS = BUILD / "tests/bench"
UMSOPS = str(BUILD / "cli/umsops")
DATA = pathlib.Path(os.environ.get("BENCH_DATA") or BUILD / "bench-data")
DATA.mkdir(parents=True, exist_ok=True)
SCHEMA = len(list((pathlib.Path(__file__).parents[2] / "lib/src/store/migrations").glob("*.sql")))  # old stores are no use
SIZES = (1_000, 100_000) if QUICK else (1_000, 100_000, 1_000_000)
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(DATA), "USER": "bench",
               "UMSOPS_NO_SYSTEM_CONFIG": "1", "TASKRC": str(DATA / "taskrc")}
(DATA / "taskrc").write_text("confirmation=no\nverbose=nothing\nhooks=off\n")
TITLE = "登录失败 VPN timeout 紧急"
MOST_SECONDS = 600
lines = []


def program(name):
    return str(PROGRAMS / name)


def data(name):
    return str(DATA / name)


def run(*command):
    result = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=MOST_SECONDS)
    if result.returncode != 0:
        sys.exit(f"{command}: exit {result.returncode}: {result.stderr[-500:]}")
    return result.stdout


def generate(what, count, *further):
    """The file with that data, made when it is not there."""
    path = DATA / f"{what}.{count}"
    if not path.exists():
        draft = DATA / f"{what}.{count}.part"
        with open(draft, "wb") as out:
            subprocess.run([program("generate"), what, str(count), *further], stdout=out, check=True)
        draft.rename(path)
    return str(path)


def forget(path):
    for ending in ("", "-wal", "-shm", ".lock"):
        pathlib.Path(path + ending).unlink(missing_ok=True)


def store(count, noun="ticket"):
    """An umsops store with so many records of a noun."""
    path = data(f"umsops.{'' if noun == 'ticket' else noun + '.'}{count}.schema-{SCHEMA}.db")
    if not os.path.exists(path):
        run(UMSOPS, "--db", path + ".part", "db", "init")
        run(UMSOPS, "--db", path + ".part", noun, "import", "--format", "jsonl", generate(f"{noun}s", count))
        forget(path)
        for ending in ("", "-wal"):
            if os.path.exists(path + ".part" + ending):
                os.rename(path + ".part" + ending, path + ending)
    return path


def floor_store(count):
    path = data(f"floor.{count}.db")
    if not os.path.exists(path):
        forget(path + ".part")
        run(program("import_floor"), path + ".part", generate("tickets", count))
        os.rename(path + ".part", path)
    return path


def tasks(count):
    """A folder of Taskwarrior's with so many tasks."""
    path = pathlib.Path(data(f"taskwarrior.{count}"))
    if not path.exists():
        path.mkdir()
        shutil.move(generate("task", count, str(path / "completed.data")), path / "pending.data")
        subprocess.run([*task(path), "rc.report.next.filter=", "limit:1", "next"], env=ENVIRONMENT, capture_output=True)
    return path


def task(path):
    return ["task", f"rc.data.location={path}", "rc.confirmation=no", "rc.verbose=nothing"]


def timed(command):
    """Wall time in milliseconds; what fails ends the benchmark."""
    files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, ENVIRONMENT, file_actions=files)
    status = os.waitpid(pid, 0)[1]
    took = (time.perf_counter() - begun) * 1e3
    if status != 0:
        sys.exit(f"{command}: ended with {status}")
    return took


def rounds(commands, count, before=None, warm=2):
    """Median of each command; every round runs all of them, each time in another order."""
    times = {name: [] for name in commands}
    for number in range(count + warm):
        for name in random.sample(sorted(commands), len(commands)):  # whoever came before has warmed the caches for some
            if before:
                before(name)
            took = timed(commands[name])
            if number >= warm:
                times[name].append(took)
    return {name: statistics.median(values) for name, values in times.items()}


def figure(value):
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def line(work, umsops, peer, floor, ratio, goal, met):
    lines.append((work, figure(umsops), peer, figure(floor), figure(ratio), goal, "" if met is None else "yes" if met else "no"))
    print("  " + " | ".join(lines[-1]), file=sys.stderr, flush=True)


def at_most(work, umsops, peer, floor, limit, what="floor"):
    ratio = umsops / floor
    line(work, umsops, peer, floor, ratio, f"≤ {limit} × {what}", ratio <= limit)


def start():
    got = rounds({"umsops": [UMSOPS, "--version"], "floor": [program("hello")], "sqlite3": ["sqlite3", ":memory:", "select 1"]}, 100)
    at_most("start: `--version`, ms", got["umsops"], f"sqlite3 shell {figure(got['sqlite3'])}", got["floor"], 1.4, "static hello")


def rule_file(count):
    path = data(f"rules.{count}.yaml")
    if not os.path.exists(path):
        text = pathlib.Path(generate("rules", count)).read_text() if count else "kind: rules\nrules: []\n"
        pathlib.Path(path).write_text(text)
        time.sleep(2.5)  # a file this young is never trusted to be unchanged
    return path


def create(path, rules):
    return [UMSOPS, "--db", path, "-c", f"rules={rules}", "ticket", "create", "-t", TITLE, "--body", "from a script", "-o", "json"]


SHELL = ("PRAGMA synchronous=FULL; BEGIN IMMEDIATE; INSERT INTO tickets(title, description, category, priority, status, created_at,"
         f" due_at) VALUES ('{TITLE}', 'from a script', 'vpn', 'HIGH', 'OPEN', '2026', 1); INSERT INTO events(ticket, at, kind, data)"
         " VALUES (last_insert_rowid(), '2026', 'created', '{}'); INSERT INTO outbox(ticket, channel, payload) VALUES (1, 'mail', '{}');"
         " COMMIT;")


def creates():
    plain = {}
    for count in SIZES:
        ours, floor, shell = store(count), floor_store(count), data(f"shell.{count}.db")
        shutil.copyfile(floor, shell)
        commands = {"floor": [program("floor"), "create", floor, TITLE], "umsops": create(ours, rule_file(0)),
                    "500": create(ours, rule_file(500)), "sqlite3": ["sqlite3", shell, SHELL]}
        if count <= 100_000:
            commands["task"] = [*task(tasks(count)), "add", TITLE]
        os.sync()
        got = rounds(commands, 40)
        plain[count] = got["umsops"]
        peers = f"sqlite3 shell {figure(got['sqlite3'])}" + (f", task {figure(got['task'])}" if "task" in got else "")
        at_most(f"create at {count:,}, no rules, ms", got["umsops"], peers, got["floor"], 1.3)
        at_most(f"create at {count:,}, 500 rules, ms", got["500"], peers, got["floor"], 1.5)
        line(f"create at {count:,}: beside the shell's three inserts", got["umsops"], f"sqlite3 shell {figure(got['sqlite3'])}", None,
             got["umsops"] / got["sqlite3"], "< 1 × shell", got["umsops"] < got["sqlite3"])
        if count == 100_000:
            line("create at 100,000: beside Taskwarrior", got["umsops"], f"task {figure(got['task'])}", None, got["task"] / got["umsops"],
                 "≥ 40 × faster", got["task"] >= 40 * got["umsops"])
    exponent = math.log(plain[SIZES[-1]] / plain[SIZES[0]]) / math.log(SIZES[-1] / SIZES[0])
    line(f"create: growth from {SIZES[0]:,} to {SIZES[-1]:,}, exponent", None, "–", None, f"{exponent:.3f}", "≤ 0.05", exponent <= 0.05)


def in_a_row():
    path = data("row.db")
    forget(path)
    run(UMSOPS, "--db", path, "db", "init")
    times = [timed(create(path, rule_file(0))) for _ in range(1000)]
    first, last = statistics.median(times[5:25]), statistics.median(times[-20:])
    line("1000 creates in a row: last 20 beside first 20, ms", last, "–", first, last / first, "≤ 1.15 × first", last <= 1.15 * first)
    size = os.path.getsize(path + "-wal") / 1e6
    line("their write-ahead log, MB", size, "–", None, None, "≤ 1", size <= 1)


def rule_starts():
    path = store(1_000)
    got = rounds({"none": create(path, rule_file(0)), "5000": create(path, rule_file(5_000))}, 40)
    at_most("create, 5000 unchanged rules, ms", got["5000"], "–", got["none"], 1.3, "no rules")
    rules, cache = rule_file(5_000), DATA / ".cache/umsops"
    commands = {"none": create(path, rule_file(0)), "changed": create(path, rules), "yaml-cpp": [program("load_yaml"), rules]}
    got = rounds(commands, 15, before=lambda name: name == "changed" and shutil.rmtree(cache, ignore_errors=True))
    extra = got["changed"] - got["none"]
    at_most("first start after a change of 5000 rules, ms more", extra, f"yaml-cpp loading them {figure(got['yaml-cpp'])}", got["yaml-cpp"],
            0.8, "yaml-cpp")


def lists():
    for count in SIZES[1:]:
        flags = ("list", "--status", "OPEN", "--limit", "20", "-o", "json")
        commands = {"floor": [program("floor"), "list", floor_store(count)],
                    "umsops": [UMSOPS, "--db", store(count), "ticket", *flags],
                    "incidents": [UMSOPS, "--db", store(count, "incident"), "incident", *flags],
                    "sqlite3": ["sqlite3", "-json", floor_store(count), "SELECT id, title, category, priority, created_at FROM tickets "
                                "WHERE resolved_at IS NULL ORDER BY created_at DESC LIMIT 20"]}
        got = rounds(commands, 40)
        at_most(f"list, newest 20 open of {count:,}, ms", got["umsops"], f"sqlite3 shell {figure(got['sqlite3'])}", got["floor"], 1.3)
        at_most(f"incident list, newest 20 open of {count:,}, ms", got["incidents"], "–", got["umsops"], 1.05, "ticket list")


def imports():
    speed = {}
    for count in SIZES[1:]:
        file, ours, floor = generate("tickets", count), data("import.db"), data("import-floor.db")
        base = [UMSOPS, "--db", ours, "ticket", "import", "--format", "jsonl"]
        commands = {"floor": [program("import_floor"), floor, file], "none": [*base, "--no-classify", file],
                    "500": [*base, "-c", f"rules={rule_file(500)}", file]}

        def fresh(name):
            forget(floor if name == "floor" else ours)
            if name != "floor":
                run(UMSOPS, "--db", ours, "db", "init")
        got = rounds(commands, 3 if count <= 100_000 else 1, before=fresh, warm=0)
        rate = {name: count / took * 1e3 for name, took in got.items()}
        speed[count] = rate["none"]
        for name, goal in (("none", 0.85), ("500", 0.5)):
            line(f"import of {count:,}, {'no' if name == 'none' else name} rules, rows/s", rate[name], "–", rate["floor"],
                 rate[name] / rate["floor"], f"≥ {goal} × floor", rate[name] >= goal * rate["floor"])
    if len(speed) > 1:
        exponent = 1 - math.log(speed[SIZES[-1]] / speed[SIZES[1]]) / math.log(SIZES[-1] / SIZES[1])
        line("import: growth of its time, exponent", None, "–", None, f"{exponent:.3f}", "≤ 1.02", exponent <= 1.02)


def crowds():
    """32 processes, 50 one-shot creates each. The busy time-out is what the sqlite3 shell has to queue with."""
    ours, shell = data("crowd.db"), data("crowd-shell.db")
    forget(ours), forget(shell)
    run(UMSOPS, "--db", ours, "db", "init")
    shutil.copyfile(floor_store(1_000), shell)
    sqlite3 = shutil.which("sqlite3")
    crowd = [program("floor"), "crowd", "32", "50"]
    busy = json.loads(run(*crowd, sqlite3, "-cmd", ".timeout 60000", shell, SHELL))
    queue = json.loads(run(*crowd, *create(ours, rule_file(0))))
    stored = int(run(UMSOPS, "--db", ours, "ticket", "list", "--all", "-q").count("\n"))
    line("32 × 50 one-shot creates: p99, ms", queue["p99"], f"sqlite3 shell, busy time-out {figure(busy['p99'])}", None,
         queue["p99"] / busy["p99"], "≤ 0.3 × busy time-out", queue["p99"] <= 0.3 * busy["p99"])
    line("their number a second", queue["per_second"], f"sqlite3 shell {busy['per_second']}", None, queue["per_second"] / busy["per_second"],
         "–", None)
    line("failed, and lost", f"{queue['failed']}, {1600 - queue['failed'] - stored}", f"sqlite3 shell {busy['failed']} failed", None, None,
         "0, 0", queue["failed"] == 0 and stored == 1600)


NOON = "2026-11-26T12:00:00Z"  # a Thursday, within business hours


def desk_at_noon(closed):
    """100,000 open tickets of which none is due for hours, before so many closed ones; and the first tick has run."""
    path = data(f"noon.{closed}.schema-{SCHEMA}.db")
    if not os.path.exists(path):
        forget(path + ".part")
        run(UMSOPS, "--db", path + ".part", "db", "init")
        with open(data("noon.jsonl"), "w") as out:
            for number in range(closed + 100_000):
                record = {"title": f"{TITLE} {number}", "priority": "LOW", "category": "vpn", "status": "OPEN", "key": f"n{number}",
                          "created_at": "2026-11-26T11:00:00Z"}
                if number < closed:
                    record |= {"status": "CLOSED", "created_at": "2025-03-03T09:00:00Z", "resolved_at": "2025-03-03T12:00:00Z",
                               "closed_at": "2025-03-10T12:00:00Z"}
                out.write(json.dumps(record) + "\n")
        run(UMSOPS, "--db", path + ".part", "--now", NOON, "ticket", "import", "--no-classify", data("noon.jsonl"))
        run(UMSOPS, "--db", path + ".part", "--now", NOON, "tick")
        for ending in ("", "-wal"):
            if os.path.exists(path + ".part" + ending):
                os.rename(path + ".part" + ending, path + ending)
    return path


def ticks():
    quiet = {}
    for closed in (0,) if QUICK else (0, 900_000):
        quiet[closed] = rounds({"tick": [UMSOPS, "--db", desk_at_noon(closed), "--now", NOON, "tick"],
                                "version": [UMSOPS, "--version"]}, 40)["tick"]
        line(f"tick, 100,000 open, {closed:,} closed, nothing due, ms", quiet[closed], "–", None, None, "< 50", quiet[closed] < 50)
    if len(quiet) > 1:
        line("tick: with 900,000 closed beside none", None, "–", None, quiet[900_000] / quiet[0], "≤ 1.15 ×",
             quiet[900_000] <= 1.15 * quiet[0])
    due = data("due.db")
    with open(data("due.jsonl"), "w") as out:
        for number in range(1_000):
            out.write(json.dumps({"title": f"due {number}", "priority": "CRITICAL", "category": "vpn", "status": "ASSIGNED",
                                  "assignee_id": "li.na", "key": f"due{number}", "created_at": "2026-11-26T07:30:00Z"}) + "\n")

    def fresh(_):
        forget(due)
        for ending in ("", "-wal"):
            if os.path.exists(desk_at_noon(0) + ending):
                shutil.copyfile(desk_at_noon(0) + ending, due + ending)
        run(UMSOPS, "--db", due, "--now", "2026-11-26T07:40:00Z", "ticket", "import", "--no-classify", data("due.jsonl"))
    took = rounds({"tick": [UMSOPS, "--db", due, "--now", NOON, "tick"]}, 5, before=fresh, warm=0)["tick"]
    line("tick, 1,000 steps due, ms", took, "–", None, None, "< 1000", took < 1000)


def explains():
    """A ticket that waited and went on a thousand times."""
    path = data("explain.db")
    forget(path)
    run(UMSOPS, "--db", path, "db", "init")
    states, history = ("IN_PROGRESS", "PENDING"), []
    for number in range(1_001):
        at = f"2026-{1 + number // 90:02}-{1 + number // 3 % 28:02}T{9 + number % 3 * 2:02}:{number % 60:02}:00Z"
        changes = {"status": [states[(number - 1) % 2], states[number % 2]]} if number else {"title": [None, "waits"]}
        history.append({"at": at, "actor": "li.na", "command": "test", "kind": "moved", "rev": number + 1, "changes": changes})
    record = {"title": "waits", "priority": "HIGH", "status": states[1_000 % 2], "created_at": "2026-01-01T08:00:00Z",
              "rev": 1_001, "history": history}
    file = pathlib.Path(data("explain.jsonl"))
    file.write_text(json.dumps(record) + "\n")
    run(UMSOPS, "--db", path, "ticket", "import", "--no-classify", str(file))
    got = rounds({"explain": [UMSOPS, "--db", path, "--now", NOON, "sla", "explain", "T-1"],
                  "json": [UMSOPS, "--db", path, "--now", NOON, "sla", "explain", "T-1", "-o", "json"]}, 40)
    line("sla explain, 1,000 changes of state, ms", max(got.values()), "–", None, None, "< 20", max(got.values()) < 20)


def body(groups, each, name):
    """What Alertmanager sends: as many bodies, one a line, of so many alerts each."""
    bodies = []
    for group in range(groups):
        labels = {"alertname": f"DiskFull{group}", "severity": "critical", "service": "directory"}
        alerts = [{"status": "firing", "labels": labels | {"instance": f"ldap{i}"}, "annotations": {"summary": "the disk is full"},
                   "startsAt": "2026-11-23T09:12:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": f"{group:08x}{i:08x}"}
                  for i in range(each)]
        bodies.append({"version": "4", "groupKey": f"{{}}:{{alertname=\"DiskFull{group}\"}}", "status": "firing", "receiver": "umsops",
                       "groupLabels": {"alertname": labels["alertname"]}, "commonLabels": labels, "commonAnnotations": {},
                       "externalURL": "https://alertmanager.example", "alerts": alerts})
    path = pathlib.Path(data(name))
    path.write_text("".join(json.dumps(one) + "\n" for one in bodies))
    return str(path)


def alarms():
    """Each round on a desk in use that has no alarm yet: the same ones would only be counted."""
    files = {"one": body(1, 100, "alerts.one.jsonl"), "many": body(100, 1, "alerts.many.jsonl")}
    empty, desk, bare = data("alarms.empty.db"), data("alarms.db"), data("alarms.floor.db")
    forget(empty)
    run(UMSOPS, "--db", empty, "db", "init")
    run(*create(empty, rule_file(0)))  # the write-ahead log of both is there: the first use of a store makes it

    def fresh(name):
        for path in (desk, bare):
            forget(path)
        for ending in ("", "-wal"):
            shutil.copyfile(empty + ending, desk + ending)
            os.chmod(desk + ending, 0o600)
        run(program("floor"), "alarms", bare, "0")
        os.sync()
    ingest = [UMSOPS, "--db", desk, "incident", "ingest", "--format", "alertmanager"]
    for name, count, work in (("one", "1", "a body of 100 alerts, one group"), ("many", "100", "100 alerts of as many groups")):
        got = rounds({"umsops": [*ingest, files[name]], "floor": [program("floor"), "alarms", bare, count]}, 30, fresh)
        at_most(f"ingest: {work}, ms", got["umsops"], "–", got["floor"], 2)
    many = body(1_000, 100, "alerts.100k.jsonl")
    fresh("")
    took = timed([*ingest[:-2], "--format", "alertmanager", many])
    line("ingest: 100,000 alerts as JSON lines, alerts/s", 1e8 / took, "–", None, None, "", None)


def print_table():
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} × {model}, Linux {os.uname().release}, load {os.getloadavg()[0]:.1f}\n")
    print("| work | umsops | peer | floor | ratio | goal | met |\n|---|---|---|---|---|---|---|")
    for row in lines:
        print("| " + " | ".join(row) + " |")


for part in (start, creates, in_a_row, rule_starts, lists, imports, crowds, ticks, explains, alarms):
    if OPTIONS.only not in (None, part.__name__):
        continue
    print(f"{part.__name__} …", file=sys.stderr, flush=True)
    part()
print_table()
