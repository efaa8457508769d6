#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs golden cases: golden.sh UMSOPS-BINARY FOLDER [SECONDS that a case may take]
# A case is a folder with `cmd` (a bash script) and what it must give: `stdout`, `stderr` (absent: empty) and `exit`
# (absent: 0). Each runs in an empty folder of its own with a fixed clock and nothing of the caller's environment;
# written over are only the names of that folder (WORK) and of the examples and fixtures (EXAMPLES, FIXTURES), which
# lie elsewhere in each checkout. UMSOPS_ACCEPT=1 writes what came as what is expected.
# With UMSOPS_TEST_DB, the address of a server, the desks of the cases lie there, each in a schema of its own. A case calls
# `desk NAME` for the --db of a desk, and `sql NAME SQL` to edit one behind the program's back. A case about one engine
# has a file `engine` that names it, and runs with that alone.
set -euo pipefail
binary=$(realpath "$1")
cases=$(realpath "$2")
seconds=${3:-60}
fixtures=$(realpath "$(dirname "$0")/../fixtures")
examples=$(realpath "$(dirname "$0")/../../examples")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$binary" "$scratch/bin/umsops"
passed=0
failed=0
others=0
server=${UMSOPS_TEST_DB:-}
engine=$([ -n "$server" ] && echo postgresql || echo sqlite)
cat >"$scratch/functions" <<'FUNCTIONS'
desk() {
  if [ -z "$TEST_SERVER" ]; then echo "$1.db"; return; fi
  psql "$TEST_SERVER" -qc "SET client_min_messages = error; CREATE SCHEMA IF NOT EXISTS ${TEST_SCHEMA}_$1" >&2
  echo "$TEST_SERVER&options=-csearch_path%3D${TEST_SCHEMA}_$1"
}
sql() {
  if [ -z "$TEST_SERVER" ]; then sqlite3 "$(desk "$1")" "$2"; else psql "$(desk "$1")" -qc "$2" >/dev/null; fi
}
# Without a file for the first ticket to make, the default desk is there from the start.
if [ -n "$TEST_SERVER" ]; then
  UMSOPS_DB=$(desk main) && export UMSOPS_DB
  umsops db init -q >/dev/null
fi
FUNCTIONS

compare() {  # compare CASE PART GOT
  local want=$1/$2 got=$3
  if [ "${UMSOPS_ACCEPT:-}" = 1 ]; then
    if [ -s "$got" ] || [ "$2" = stdout ]; then cp "$got" "$want"; else rm -f "$want"; fi
    return 0
  fi
  [ -e "$want" ] || want=/dev/null
  diff -u --label "expected $2" --label "got $2" "$want" "$got"
}

while IFS= read -r script; do
  case_folder=$(dirname "$script")
  if [ "$(cat "$case_folder/engine" 2>/dev/null || echo "$engine")" != "$engine" ]; then
    others=$((others + 1))
    continue
  fi
  work=$scratch/work
  rm -rf "$work" && mkdir -p "$work/home"
  set +e
  (cd "$work" && env -i PATH="$scratch/bin:/usr/bin:/bin" HOME="$work/home" TZ=UTC LC_ALL=C.UTF-8 \
    UMSOPS_NO_SYSTEM_CONFIG=1 UMSOPS_NOW=2026-11-23T09:30:00Z UMSOPS_ACTOR=li.na \
    FIXTURES="$fixtures" EXAMPLES="$examples" BASH_ENV="$scratch/functions" TEST_SERVER="$server" \
    TEST_SCHEMA="golden_$$_$((passed + failed))" timeout "$seconds" bash "$script" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null)
  code=$?
  set -e
  sed -i "s|$work|WORK|g; s|$examples|EXAMPLES|g; s|$fixtures|FIXTURES|g" "$scratch/stdout" "$scratch/stderr"
  : >"$scratch/exit"
  [ $code = 0 ] || echo $code >"$scratch/exit"
  if compare "$case_folder" stdout "$scratch/stdout" && compare "$case_folder" stderr "$scratch/stderr" &&
    compare "$case_folder" exit "$scratch/exit"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: ${case_folder#"$cases"/}"
  fi
done < <(find "$cases" -name cmd | sort)
echo "$engine: $passed passed, $failed failed, $others are about another engine"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
