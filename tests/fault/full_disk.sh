#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# full_disk.sh UMSOPS: on a disk that runs full the program says so, keeps what it acknowledged, goes on reading, and
# writes again once there is room.
set -euo pipefail
umsops=$(realpath "$1")
if [ "${2:-}" != inside ]; then  # a mount that nobody else sees and that ends with us
  if [ "$(id -u)" = 0 ]; then exec unshare -m "$0" "$umsops" inside; fi
  exec unshare -Urm "$0" "$umsops" inside
fi
scratch=$(mktemp -d)
said=$(mktemp)  # not on the full disk
mount -t tmpfs -o size=2m tmpfs "$scratch"
trap 'umount -l "$scratch"; rmdir "$scratch"; rm -f "$said"' EXIT
export HOME=$scratch UMSOPS_NO_SYSTEM_CONFIG=1 UMSOPS_DB=$scratch/desk.db
# A report of 20 kB, filed as TITLE with KEY.
file_report() {
  "$umsops" ticket create -t "$1" --body "$(head -c 20000 /dev/zero | tr '\0' x)" --key "$2" -q
}
fail() { echo "FAILED: $*"; exit 1; }
documented=$("$umsops" help exit-codes | sed -n 's/^  \([0-9]*\) .*/\1/p')

"$umsops" db init >/dev/null
head -c 600000 /dev/zero >"$scratch/filler"
stored=0
refused=0
codes=
acknowledged=
for i in $(seq 400); do
  code=0
  number=$(file_report "ticket $i" "k$i" 2>"$said") || code=$?
  if [ $code = 0 ]; then
    [ $refused = 0 ] || fail "a create succeeded after one had failed"
    stored=$((stored + 1))
    acknowledged="$acknowledged k$i=$number"
    continue
  fi
  refused=$((refused + 1))
  codes="$codes $code"
  grep -qx "$code" <<<"$documented" || fail "exit $code is not documented"
  grep -q -i space "$said" || fail "the message does not say that space is missing: $(cat "$said")"
  [ $refused -lt 3 ] || break
done
[ $refused -gt 0 ] || fail "the disk never ran full"

have=$("$umsops" ticket list --all -o jsonl | wc -l) || fail "reading fails on a full disk"
[ "$have" -ge $stored ] || fail "$have of $stored are there"
"$umsops" db check >/dev/null || fail "the store is damaged"
"$umsops" audit verify >/dev/null || fail "the history is damaged"

rm "$scratch/filler"
for key in k$((stored + 1)) again; do  # the first one that was refused, and a new one
  file_report "${key/#k/ticket }" "$key" >/dev/null || fail "no create with room again"
done
list=$("$umsops" ticket list --all -o jsonl)
for pair in $acknowledged; do
  grep -q "\"ticket_number\":\"${pair#*=}\".*\"key\":\"${pair%=*}\"" <<<"$list" || fail "$pair is gone"
done
[ "$(wc -l <<<"$list")" = $((stored + 2)) ] || fail "$(wc -l <<<"$list") tickets instead of $((stored + 2))"
"$umsops" db check >/dev/null || fail "the store is damaged"
"$umsops" audit verify >/dev/null || fail "the history is damaged"
echo "full_disk: $stored stored, $refused refused with exit$codes, 0 lost, written again after room was made"
