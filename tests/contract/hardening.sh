#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hardening.sh UMSOPS COMPILE-COMMANDS: every source of ours is compiled with the flags that make a memory error end the
# program instead of being used, and the program is position-independent with nothing writable that need not be.
set -euo pipefail
umsops=$1
commands=$2
fail() { echo "FAILED: $*"; exit 1; }

for flag in -fstack-protector-strong -fstack-clash-protection -fcf-protection -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -O2; do
  without=$(jq -r --arg flag "$flag" \
    '.[] | select(.file | test("/(lib/src|cli)/")) | select(.command | split(" ") | index($flag) | not) | .file' "$commands")
  [ -z "$without" ] || fail "compiled without $flag: $without"
done
readelf -h "$umsops" | grep -q 'Type: *DYN' || fail "not position-independent"
readelf -d "$umsops" | grep -q 'FLAGS_1.*NOW.*PIE' || fail "symbols are not bound at the start"
readelf -lW "$umsops" | grep -q GNU_RELRO || fail "no read-only relocations"
readelf -lW "$umsops" | grep 'GNU_STACK' | grep -qv ' RWE ' || fail "an executable stack"
! readelf -lW "$umsops" | grep -q 'LOAD.* RWE ' || fail "memory both writable and executable"
echo "1 passed, 0 failed"
