#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh UMSOPS [ROUNDS]: one-shot commands beside the sqlite3 shell doing the bare inserts, in turn, in one run. Prints
# medians in milliseconds and the ratio; quote ratios. Needs hyperfine and sqlite3.
set -euo pipefail
umsops=$(realpath "$1")
rounds=${2:-200}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch UMSOPS_NO_SYSTEM_CONFIG=1 UMSOPS_DB=$scratch/desk.db
"$umsops" db init -q
yes '{"title":"VPN certificate expired in the branch office","requester_id":"k.lee","description":"some text"}' |
  head -20000 | awk '{sub(/some text/, "some text " NR); print}' >"$scratch/many.jsonl"
"$umsops" ticket import "$scratch/many.jsonl" -q
sqlite3 "$scratch/bare.db" "PRAGMA journal_mode=WAL; CREATE TABLE t(id INTEGER PRIMARY KEY, title TEXT, at INT);
  CREATE TABLE e(id INTEGER PRIMARY KEY, t INT, data TEXT); CREATE TABLE o(id INTEGER PRIMARY KEY, t INT, data TEXT);" >/dev/null
bare="sqlite3 $scratch/bare.db \"PRAGMA synchronous=FULL; BEGIN IMMEDIATE; INSERT INTO t(title,at) VALUES('x',1);
  INSERT INTO e(t,data) VALUES(1,'{}'); INSERT INTO o(t,data) VALUES(1,'{}'); COMMIT;\""
hyperfine --warmup 5 --runs "$rounds" --shell=none --export-json "$scratch/times.json" \
  -n version "$umsops --version" \
  -n create "$umsops ticket create -t 'VPN certificate expired' --body text -q" \
  -n 'list, newest 20 open' "$umsops ticket list --status OPEN --limit 20 -o json" \
  -n 'sqlite3 shell, three inserts' "bash -c \"$bare\"" >/dev/null 2>&1 || true
jq -r '.results[] | "\(.command)\t\(.median * 1000 | . * 100 | round / 100) ms"' "$scratch/times.json" | column -t -s "$(printf '\t')"
