#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a clean clone to a working desk: installs what is missing, builds a release binary, and does the main job on real
# tickets. Run it twice: nothing is built, imported or filed a second time.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake/setup.sh
[ -e build/release/build.ninja ] || cmake --preset release >/dev/null
cmake --build --preset release --target umsops -- --quiet

export PATH="$PWD/build/release/cli:$PATH"
export UMSOPS_DB="$PWD/build/quickstart/desk.db" UMSOPS_ACTOR="${UMSOPS_ACTOR:-quickstart}"
mkdir -p build/quickstart
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
run() { say "umsops $*"; umsops "$@"; }

[ -e "$UMSOPS_DB" ] || run db init

# Real tickets: a service desk's CSV through a mapping file, and JSON lines that are ours already.
run ticket import examples/data/itservice-tickets.csv --mapping examples/mappings/itservice.yaml
run ticket import examples/data/chinese-tickets.jsonl

# Filed from the shell. The key makes a retry safe: the second run gets the same ticket back.
run ticket create -t "无法登录，紧急" --requester zhang.wei --source CLI --key quickstart-1
run ticket create -t "VPN certificate expired" --body "Since this morning, whole branch office." \
  --requester m.jones --assignee li.na --key quickstart-2
number=$(umsops ticket create -t "Please add me to the finance group" --requester k.lee --key quickstart-3 -q)
run ticket update "$number" --category permission --reason "checked by hand" -o json

run ticket list --limit 10
run ticket list -w 'priority>=HIGH status=open (title~登录 or title~vpn)'
run ticket show "$number"

# Its life: answered, seen against its due times, and what comes next.
run ticket reply "$number" --body "Which group exactly?" --key quickstart-4
run sla explain "$number"
run ticket next --limit 3 --why
run tick
run report run support --limit 8

# Answers: the starter set, searched in both languages, and as a site for those whom the desk serves.
run kb import examples/knowledge
run kb search 忘记密码 --limit 3
run kb ask "my new phone does not show the codes"
run kb export --format html build/quickstart/site --title "Help desk"
run audit verify

# A whole incident in a few seconds, on a desk of its own: an alert comes in, people are told, a runbook repairs the service,
# checks prove it, and what is learned changes a rule.
rm -rf build/quickstart/drill
say examples/drill/drill.sh
examples/drill/drill.sh "$PWD/build/quickstart/drill"
