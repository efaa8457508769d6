#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# drill.sh [FOLDER]: a whole incident in a few seconds, without a network: an alert comes in, people are told, a runbook
# repairs the service, checks prove it, and what is learned changes a rule. Everything lies in FOLDER (new, or a temporary
# one); the service that breaks is a file in it. 'umsops' must be on the PATH.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work/service"
cp "$here"/{rules,roster,channels}.yaml "$work"
# Here the process is a file.
for file in services.yaml runbooks/sign-in.yaml; do
  mkdir -p "$work/runbooks"
  sed "s|/var/lib/sign-in|$work/service|" "$here/$file" >"$work/$file"
done
cd "$work"

export UMSOPS_DB=${DRILL_DB:-$work/desk.db} UMSOPS_ACTOR=li.na UMSOPS_NO_SYSTEM_CONFIG=1
export UMSOPS_RULES=$work/rules.yaml UMSOPS_SERVICES=$work/services.yaml UMSOPS_ROSTER=$work/roster.yaml
export UMSOPS_CHANNELS=$work/channels.yaml UMSOPS_RUNBOOKS=$work/runbooks
say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
run() { say "umsops $*"; umsops "$@"; }
# What Alertmanager posts: alert STATUS INSTANCE FINGERPRINT
alert() {
  local ended=0001-01-01T00:00:00Z
  [ "$1" = firing ] || ended=$(date -u +%FT%TZ)
  sed "s/firing/$1/; s/sso-1/$2/; s/{}:/{instance=$2}:/; s/0d3f4a5b6c7d8e9f/$3/; s/2026-11-23T09:12:00Z/$started/; s/0001-01-01T00:00:00Z/$ended/" \
    "$here/alert.json"
}
message() { jq -r '"  to \(.person // .address // "the log"): \(.subject)"' messages.jsonl | tail -n "${1:-3}"; }
[ -n "${DRILL_DB:-}" ] || [ -e desk.db ] || umsops db init -q

say "the sign-in service dies: rm service/running"
rm -f service/running

# In production a webhook takes this in (examples/alertmanager).
started=$(date -u +%FT%TZ)
alert firing sso-1 0d3f4a5b6c7d8e9f >alert.json
run incident ingest alert.json
incident=$(umsops incident list --status OPEN --limit 1 -q)
run outbox flush -q
message

# The phases of the response: assessed, people told, somebody called, the runbook run, service proved by checks. It is not
# resolved while its alert fires, so the last phase waits for that.
UMSOPS_ACTOR=wang.fang run incident ack "$incident"
run incident respond "$incident"
run runbook plan sign-in --incident "$incident"
run incident respond "$incident" --all --execute --passes 3 --over 0s || [ $? = 4 ]
alert resolved sso-1 0d3f4a5b6c7d8e9f >alert.json
run incident ingest alert.json
run incident respond "$incident" --next
run outbox flush -q
message
run incident show "$incident" -F incident_number,status,resolution,root_cause,acknowledged_at,recovered_at,resolved_at

# The review: facts come from the records, people add what they think of them.
review=$(umsops review create "$incident" -q)
run review update "$review" --section overview --body "Sign-in was down: its process had died." -q
run review update "$review" --section contributing_factors --body $'- nothing restarts the process\n- the rules took it for a small thing' -q
run review action "$review"

# What is learned changes a rule, and the review remembers what the rule said before and after.
run review action "$review" --add "Sign-in down is critical" --rule "$work/rules.yaml" --to wang.fang
sed -i 's/severity: HIGH/severity: CRITICAL/' rules.yaml
run rules test rules.yaml
place=$(umsops review show "$review" -o json | jq '.actions | length')
run review action "$review" --applied "$place"
article=$(umsops kb draft "$review" -q)
run kb publish "$article" --reason "from $review"
run review submit "$review"
run review approve "$review" --reason "read together"
run review show "$review"

# Did it help? The next one is seen for what it is.
rm -f service/running
sleep 1  # alerts tell whole seconds
started=$(date -u +%FT%TZ)
alert firing sso-2 feedfacefeedface >again.json
run incident ingest again.json
again=$(umsops incident list --status OPEN --limit 1 -q)
run incident respond "$again" --all --execute --passes 3 --over 0s -q || [ $? = 4 ]
alert resolved sso-2 feedfacefeedface >again.json
run incident ingest again.json
run incident respond "$again" --next -q
run incident list -F incident_number,severity,status,title
run review effect "$review"
run audit verify
