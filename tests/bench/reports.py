#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""reports.py UMSOPS GENERATE FOLDER [--duckdb LIBRARY] [--rows N,...] [--rounds N]: what reports take over many tickets, as
whole processes, beside DuckDB's process over the same rows in its own file (LIBRARY is its libduckdb.so), one after the other
in each round. Desks stay in FOLDER. The figures of both are compared. Median of the rounds in milliseconds, of CPU in parentheses, and the ratios."""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("umsops")
parser.add_argument("generate")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--duckdb")
parser.add_argument("--rows", default="100000,1000000")
parser.add_argument("--rounds", type=int, default=7)
options = parser.parse_args()
NOW = "2026-01-01T00:00:00Z"  # the end of the generated tickets
COLUMNS = ["created_at", "category", "priority", "status", "source", "response_time_minutes", "resolution_time_minutes", "response_working_minutes",
           "resolution_working_minutes", "sla_deadline"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": str(options.folder), "UMSOPS_NO_SYSTEM_CONFIG": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}

SUPPORT = """count(*), count(*) FILTER (status = 'CLOSED'), count(*) FILTER (status = 'RESOLVED'), avg(response_time_minutes),
  avg(resolution_time_minutes), count(*) FILTER (resolution_time_minutes > 240), count(*) FILTER (status IN ('RESOLVED', 'CLOSED')),
  count(*) FILTER (status NOT IN ('RESOLVED', 'CLOSED') AND coalesce(sla_deadline, created_at + INTERVAL 240 MINUTE) < TIMESTAMP '2026-01-01'),
  count(response_time_minutes), count(resolution_time_minutes), quantile_disc(response_time_minutes, [0.5, 0.9, 0.95]),
  quantile_disc(resolution_time_minutes, [0.5, 0.9, 0.95]), quantile_disc(response_working_minutes, 0.5),
  quantile_disc(resolution_working_minutes, 0.5)"""
RECENT = "created_at >= TIMESTAMP '2025-12-02' AND created_at < TIMESTAMP '2026-01-01'"
# name, our words, DuckDB's statement, our column that adds up to DuckDB's one of that number
QUESTIONS = [
    ("`support`, 30 days", ["support"],
     f"SELECT created_at::DATE, category, priority, {SUPPORT} FROM tickets WHERE {RECENT} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3", "total_tickets", 3),
    ("numbers and means by day, 30 days", ["support", "--since", "2025-12-02", "--by", "date,category,priority", "--measure",
                                           "total_tickets=n,mean:response_time_minutes,mean:resolution_time_minutes"],
     f"SELECT created_at::DATE, category, priority, count(*), avg(response_time_minutes), avg(resolution_time_minutes) FROM tickets WHERE {RECENT} "
     "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3", "total_tickets", 3),
    ("numbers and means, all", ["support", "--by", "category,priority", "--at", "any", "--measure",
                                "total_tickets=n,mean:response_time_minutes,mean:resolution_time_minutes"],
     "SELECT category, priority, count(*), avg(response_time_minutes), avg(resolution_time_minutes) FROM tickets GROUP BY 1, 2 ORDER BY 1, 2",
     "total_tickets", 2),
    ("`support` by category and priority, all", ["support", "--by", "category,priority", "--at", "any"],
     f"SELECT category, priority, {SUPPORT} FROM tickets GROUP BY 1, 2 ORDER BY 1, 2", "total_tickets", 2),
    ("a filter and two fields: n, mean, p90, all", ["--from", "tickets", "--at", "any", "--by", "category,source", "-w", "priority>=HIGH", "--measure",
                                                    "n,mean:resolution_time_minutes,p90:resolution_time_minutes"],
     "SELECT category, source, count(*), avg(resolution_time_minutes), quantile_disc(resolution_time_minutes, 0.9) FROM tickets "
     "WHERE priority IN ('HIGH', 'CRITICAL') GROUP BY 1, 2 ORDER BY 1, 2", "n", 2),
]


def run(command, **how):
    result = subprocess.run([str(word) for word in command], env=ENVIRONMENT, capture_output=True, text=True, **how)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:200]}: exit {result.returncode}: {result.stderr[:500]}")
    return result.stdout


def desk_of(count):
    """A desk of so many tickets, made once."""
    store = options.folder / f"desk.{count}.db"
    if store.exists():
        return store
    made = options.folder / f"making.{count}.db"
    made.unlink(missing_ok=True)
    run([options.umsops, "--db", made, "db", "init"])
    with subprocess.Popen([options.generate, "tickets", str(count)], stdout=subprocess.PIPE) as lines:
        run([options.umsops, "--db", made, "--now", NOW, "ticket", "import", "-", "--format", "jsonl", "-q"], stdin=lines.stdout)
    for end in ("", "-wal", "-lock"):
        if (options.folder / f"making.{count}.db{end}").exists():
            os.rename(f"{made}{end}", f"{store}{end}")
    return store


def duckdb(count, store, program):
    """The same rows in DuckDB's own file, made once."""
    file = options.folder / f"tickets.{count}.duckdb"
    if not file.exists():
        with tempfile.NamedTemporaryFile(suffix=".csv", dir=options.folder) as rows:
            with open(rows.name, "w") as out:
                subprocess.run([options.umsops, "--db", store, "--now", NOW, "ticket", "list", "--limit", "0", "-F", ",".join(COLUMNS), "-o", "csv"],
                               env=ENVIRONMENT, stdout=out, check=True)
            types = {"created_at": "TIMESTAMP", "sla_deadline": "TIMESTAMP"}
            shape = ", ".join(f"'{name}': '{types.get(name, 'BIGINT' if name.endswith('minutes') else 'VARCHAR')}'" for name in COLUMNS)
            run([program, options.duckdb, file, f"CREATE TABLE tickets AS SELECT * FROM read_csv('{rows.name}', header = true, columns = {{{shape}}})"])
    return file


def timed(command):
    """Milliseconds by the clock, and those of the processor, which a loaded machine changes less."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = run(command)
    spent, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000, out


def measure(count, program):
    store = desk_of(count)
    file = duckdb(count, store, program) if program else None
    columns = pathlib.Path(f"{store}-columns")
    for name, words, sql, figure, place in QUESTIONS:
        ours = [options.umsops, "--db", store, "--now", NOW, "report", "run", *words, "-o", "json"]
        ways = {"tables": ours, "columns": ours}
        if program:
            ways["DuckDB"] = [program, options.duckdb, file, sql]
        run([options.umsops, "--db", store, "--now", NOW, "report", "columns"])
        aside = columns.with_name(columns.name + ".aside")
        taken, said = {way: [] for way in ways}, {}
        for _ in range(options.rounds):
            for way, command in ways.items():
                if way == "tables":
                    columns.rename(aside)
                *spent, said[way] = timed(command)
                if way == "tables":
                    aside.rename(columns)
                taken[way].append(spent)
        sums = {way: sum(item[figure] for item in json.loads(said[way])["items"]) for way in ("tables", "columns")}
        if program:
            sums["DuckDB"] = sum(int(line.split("\t")[place]) for line in said["DuckDB"].splitlines())
        if len(set(sums.values())) != 1 or json.loads(said["tables"])["items"] != json.loads(said["columns"])["items"]:
            sys.exit(f"{name} over {count}: the figures differ: {sums}")
        middle = {way: [statistics.median(each) for each in zip(*times)] for way, times in taken.items()}
        cells = [f"{middle[way][0]:.1f} ({middle[way][1]:.0f})" if way in middle else "-" for way in ("tables", "columns", "DuckDB")]
        for at in (0, 1):
            best = min(middle["tables"][at], middle["columns"][at])
            cells.append(f"{best / middle['DuckDB'][at]:.2f}" if "DuckDB" in middle else "-")
        print(f"| {count:,} | {name} | {' | '.join(cells)} |", flush=True)


def main():
    options.folder.mkdir(parents=True, exist_ok=True)
    options.umsops, options.generate, options.folder = (pathlib.Path(p).resolve() for p in (options.umsops, options.generate, options.folder))
    program = None
    if options.duckdb:
        program = options.folder / "duckdb"
        subprocess.run(["cc", "-O2", "-o", program, pathlib.Path(__file__).parent / "duckdb.c", "-ldl"], check=True)
    print("| tickets | question | tables | columns | DuckDB | ours ÷ DuckDB | the same of CPU |\n|---:|---|---:|---:|---:|---:|---:|")
    for count in options.rows.split(","):
        measure(int(count), program)


main()
