#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs golden cases: golden.sh UMSOPS-BINARY FOLDER
# A case is a folder with `cmd` (a bash script) and what it must give: `stdout`, `stderr` (absent: empty) and `exit`
# (absent: 0). Each runs in an empty folder of its own with a fixed clock and nothing of the caller's environment;
# the only thing that is written over is the name of that folder (WORK). UMSOPS_ACCEPT=1 writes what came as what is expected.
set -euo pipefail
binary=$(realpath "$1")
cases=$(realpath "$2")
fixtures=$(realpath "$(dirname "$0")/../fixtures")
examples=$(realpath "$(dirname "$0")/../../examples")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$binary" "$scratch/bin/umsops"
passed=0
failed=0

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
  work=$scratch/work
  rm -rf "$work" && mkdir -p "$work/home"
  set +e
  (cd "$work" && env -i PATH="$scratch/bin:/usr/bin:/bin" HOME="$work/home" TZ=UTC LC_ALL=C.UTF-8 \
    UMSOPS_NO_SYSTEM_CONFIG=1 UMSOPS_NOW=2026-11-23T09:30:00Z UMSOPS_ACTOR=li.na \
    FIXTURES="$fixtures" EXAMPLES="$examples" timeout 60 bash "$script" >"$scratch/stdout" 2>"$scratch/stderr" </dev/null)
  code=$?
  set -e
  sed -i "s|$work|WORK|g" "$scratch/stdout" "$scratch/stderr"
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
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
