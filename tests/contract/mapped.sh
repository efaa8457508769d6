#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mapped.sh UMSOPS: no shared object is mapped, an unchanged rule file is only stat'ed, reading commands
# sync nothing, and a create costs few syncs.
set -euo pipefail
umsops=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch UMSOPS_NO_SYSTEM_CONFIG=1
fail() { echo "FAILED: $*"; exit 1; }

! readelf -d "$umsops" | grep -q NEEDED || fail "a shared object is needed: $(readelf -d "$umsops" | grep NEEDED)"

"$umsops" ticket create -t first -q >/dev/null
cat >"$scratch/rules.yaml" <<'RULES'
rules:
  - {id: a, when: {keywords: [printer]}, set: {category: hardware}}
RULES
sleep 2.1  # a file this young is never trusted to be unchanged
export UMSOPS_RULES=$scratch/rules.yaml
"$umsops" ticket create -t printer -q >/dev/null
strace -f -e trace=open,openat -o "$scratch/trace" "$umsops" ticket create -t printer -q >/dev/null
! grep -q 'rules\.yaml' "$scratch/trace" || fail "an unchanged rule file was opened again"
unset UMSOPS_RULES

for words in "ticket list" "ticket show T-1" "ticket history T-1" "report run support" "audit verify" "db status"; do
  # shellcheck disable=SC2086
  strace -f -e trace=fsync,fdatasync,sync_file_range -o "$scratch/trace" "$umsops" $words >/dev/null
  ! grep -q sync "$scratch/trace" || fail "$words syncs"
done

for i in $(seq 100); do
  strace -f -A -e trace=fsync,fdatasync,unlink,unlinkat -o "$scratch/creates" "$umsops" ticket create -t "number $i" -q >/dev/null
done
syncs=$(grep -c -E 'fsync|fdatasync' "$scratch/creates")
unlinks=$(grep -c unlink "$scratch/creates" || true)
echo "100 creates: $syncs syncs, $unlinks unlinks"
[ "$syncs" -le 230 ] && [ "$unlinks" = 0 ] || fail "too many"
for i in $(seq 1000); do "$umsops" ticket create -t "one of many: $i" -q >/dev/null; done
log=$(stat -c %s "$scratch/.local/share/umsops/desk.db-wal")
echo "after 1000 more the log has $log bytes"
[ "$log" -le 1000000 ] || fail "the log grew over 1 MB"
echo "1 passed, 0 failed"
