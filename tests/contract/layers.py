#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every #include of the library and the command line against the table of allowed edges, finds each foreign
library only in the room that owns it, and forbids the raw calls that have one safe function each. Two types of one name
would be one type to the linker, with the code of either: it finds them, too."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

EDGES = {  # room -> rooms it may include beside itself; everything may use base
    "base": set(),
    "search": set(),
    "site": {"search"},
    "model": set(),
    "learn": {"search"},
    "mail": set(),
    "calendar": set(),
    "sla": {"calendar", "model"},
    "ladder": {"calendar", "model", "sla"},
    "lifecycle": {"model"},
    "people": {"model"},
    "service": {"model"},
    "dialogue": {"model", "rules"},
    "alert": {"mail", "model", "rules"},
    "query": {"model"},
    "rules": {"model"},
    "mute": {"rules"},
    "review": {"calendar", "model"},
    "notify": {"mail", "model", "people"},
    "prepared": {"calendar", "model", "notify"},
    "runbook": {"model", "rules"},
    "store": {"model", "mute", "query", "runbook", "search"},
    "report": {"model", "query"},
    "config": {"alert", "calendar", "dialogue", "ladder", "model", "mute", "notify", "people", "prepared", "query", "report", "rules", "runbook", "service", "sla"},
    "format": {"model", "report"},
    "desk": {"alert", "calendar", "dialogue", "ladder", "learn", "lifecycle", "mail", "model", "mute", "notify", "people", "prepared", "query", "review", "rules", "runbook", "search", "service", "sla", "store", "report"},
    "cli": {"alert", "calendar", "desk", "dialogue", "format", "config", "ladder", "learn", "lifecycle", "mail", "model", "mute", "notify", "people", "prepared", "query", "report", "review", "runbook", "search", "service", "site", "sla"},
}
OWNERS = {  # pattern of a foreign header -> rooms that may include it
    r"SQLiteCpp/|sqlite3\.h|SQLiteCpp\.h": {"store/sqlite"},
    r"libpq-fe\.h": {"store/postgres"},
    r"yaml-cpp/": {"config"},
    r"nlohmann/": {"base", "format"},  # format: schema validation alone
    r"valijson/": {"format"},
    r"CLI/|CLI11": {"cli"},
    r"re2/": {"mute", "rules"},
    r"utf8proc\.h": {"base"},
    r"absl/": {"base"},
    r"nettle/": {"base"},
    r"gmime/|glib": {"cli/helpers/mail"},
    r"cmark-gfm": {"cli/helpers/markdown"},
    r"curl/": {"cli/helpers/send"},
    r"kainjow/": {"base"},
}
FORBIDDEN = {  # raw call -> files that may use it (by suffix)
    r"std::regex|<regex>": (),
    r"\bsystem\s*\(": (),
    r"\bpopen\s*\(": (),
    r"\bsprintf\s*\(|\bstrcpy\s*\(|\bstrcat\s*\(": (),
    r"\bstd::sto(i|l|ll|ul|ull|d|f)\b|\bato(i|l|ll|f)\s*\(": (),
    r"LoadAll": (),
    r"SQLite::Transaction": (),
    r"getText\s*\(": (),
    r"std::cout|std::cerr|\bprintf\s*\(|\bstd::puts": (),
    r"BEGIN\s+DEFERRED|\"BEGIN\"|\"BEGIN;": ("config/ics_reader.cpp",),  # iCalendar has a word of that name
    r"wal_checkpoint|\bPRAGMA\b": ("store/sqlite/",),
    r"SQLite::Database\s*\(|sqlite3_open": ("store/sqlite/sqlite_connection.cpp",),  # the busy time-out is set there
    r"system_clock::now|\btime\s*\(\s*(nullptr|NULL|0)\s*\)": ("base/clock.cpp",),
    r"getrandom|random_device|\brand\s*\(": ("base/id_source.cpp",),
    r"\bexit\s*\(|\babort\s*\(": ("cli/",),
    r"\bdlopen\s*\(": ("store/postgres/libpq.cpp",),
    r"\bposix_spawn|\bexec[vl]p?e?\s*\(|\bfork\s*\(": ("cli/process.cpp", "cli/signals.cpp", "cli/helpers/step/"),
}


def room_of(path):
    parts = path.relative_to(ROOT).parts
    if parts[0] == "cli":
        return "cli"
    return parts[3] if parts[1] == "include" else parts[2]


def sources():
    for top in ("lib", "cli"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".hpp", ".cpp") and path.is_file():
                yield path


def check(path, problems):
    room = room_of(path)
    name = str(path.relative_to(ROOT))
    public = "/include/" in name
    for number, line in enumerate(path.read_text().splitlines(), 1):
        include = re.match(r'\s*#include\s+[<"]([^">]+)[">]', line)
        if include:
            header = include.group(1)
            target = re.match(r"(?:umsops/)?([a-z_]+)/", header)
            if target and target.group(1) in EDGES and not re.match(r"(re2|CLI)/", header):
                other = target.group(1)
                if other not in EDGES[room] | {room, "base"}:
                    problems.append(f"{name}:{number}: {room} must not include {other} ({header})")
                if room == "cli" and other != "cli" and not header.startswith("umsops/"):
                    problems.append(f"{name}:{number}: the command line uses public headers only ({header})")
                if public and not header.startswith("umsops/"):
                    problems.append(f"{name}:{number}: a public header includes a private one ({header})")
            for pattern, owners in OWNERS.items():
                if re.match(pattern, header) and (public or not any(f"/{o}/" in f"/{name}" for o in owners)):
                    problems.append(f"{name}:{number}: {header} belongs to {', '.join(owners)} (sources only)")
        code = re.sub(r"//.*", "", line)
        for pattern, allowed in FORBIDDEN.items():
            if re.search(pattern, code) and not any(a in name for a in allowed):
                problems.append(f"{name}:{number}: forbidden here: {code.strip()[:80]}")


def types_in(path):
    """The types a file defines for all to see, by their full names."""
    spaces = []
    for line in path.read_text().splitlines():
        if opened := re.match(r"(?:inline )?namespace ?([\w:]*) ?\{", line):
            spaces.append(opened[1])
        elif re.match(r"\}  // (?:inline )?namespace", line):
            spaces.pop()
        elif "" not in spaces:  # which has no name is the file's own
            if defined := re.match(r"(?:template <.*> ?)?(?:struct|class|enum|enum class|union) (\w+)(?: final)?(?: :[^;]*)? ?\{", line):
                yield "::".join([*spaces, defined[1]])


def main():
    problems = []
    count = 0
    places = {}
    for path in sources():
        count += 1
        check(path, problems)
        for name in types_in(path):
            other = places.setdefault(name, path)
            if other != path:
                problems.append(f"{path.relative_to(ROOT)}: {name} is a type of {other.relative_to(ROOT)}, too")
    print("\n".join(problems))
    print(f"{count} files, {len(problems)} problems")
    return 1 if problems or count == 0 else 0


sys.exit(main())
