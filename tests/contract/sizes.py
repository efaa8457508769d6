#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The size report: files, headers and functions against the caps of the house style. A cap that is passed fails."""
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE_CAP, HEADER_CAP, FUNCTION_CAP, INCLUDE_CAP = 500, 250, 60, 15
# Tables and texts written as code: one entry a line, nothing to split.
TABLES = {"lib/src/model/ticket_fields.cpp"}


def functions(path):
    """Yields (name, first line, length) of definitions: a line that opens a brace at depth 0 of namespaces and classes."""
    lines = path.read_text().splitlines()
    start = None
    for number, line in enumerate(lines, 1):
        # Style puts a function's closing brace in the column where its signature began.
        opening = re.match(r"^( {0,4})(?!namespace|class|struct|enum|union|extern|#|//|})(\S.*\)[^;=]*|.*\) const.*)\{$", line)
        if start is None and opening and not re.match(r"^ *(if|for|while|switch|else|do)\b", line):
            indent = "" if line.strip().startswith(":") else opening.group(1)  # a constructor's list of members
            start = (line.strip()[:60], number, indent)
        elif start and re.match(rf"^{start[2]}}}[;,)]*$", line):
            yield start[0], start[1], number - start[1] + 1
            start = None


def main():
    problems = []
    sizes = {"source": [], "header": [], "function": []}
    for top in ("lib", "cli"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in (".cpp", ".hpp"):
                continue
            name = str(path.relative_to(ROOT))
            text = path.read_text()
            count = text.count("\n")
            kind = "source" if path.suffix == ".cpp" else "header"
            sizes[kind].append(count)
            cap = SOURCE_CAP if kind == "source" else HEADER_CAP
            if count > cap and name not in TABLES:
                problems.append(f"{name}: {count} lines, cap {cap}")
            if kind == "header" and len(re.findall(r"^#include", text, re.M)) > INCLUDE_CAP:
                problems.append(f"{name}: more than {INCLUDE_CAP} includes")
            if not text.startswith("// SPDX-License-Identifier: Apache-2.0"):
                problems.append(f"{name}: no licence line")
            for function, line, length in functions(path):
                sizes["function"].append(length)
                if length > FUNCTION_CAP and name not in TABLES:
                    problems.append(f"{name}:{line}: {length} lines, cap {FUNCTION_CAP}: {function}")
    for kind, values in sizes.items():
        values.sort()
        if values:
            print(f"{kind:9} n={len(values):4} median={statistics.median(values):5.0f} "
                  f"p90={values[int(len(values) * 0.9)]:4} max={values[-1]:4}")
    print("\n".join(problems))
    print(f"{len(problems)} over a cap")
    return 1 if problems or not sizes["source"] else 0


sys.exit(main())
