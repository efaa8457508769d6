#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# [JOBS=N] run.sh [SECONDS [TARGET...]]: builds the targets for libFuzzer with clang's address and undefined-behaviour sanitizers
# and runs each for so long (60). What is found lies in build/fuzz/found; the corpus in build/fuzz/corpus grows from run
# to run. Ends with 1 when anything was found.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
cmake/setup.sh --fuzz
[ -e build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(rules image filter json csv ldif search mail sla ics flow mute talk arguments completion roster mapping headers model)
cmake --build --preset fuzz --target "${targets[@]/#/fuzz_}"
mkdir -p build/fuzz/found

one() {
  local name=$1 corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log
  mkdir -p "$corpus"
  # Whole example files are the seeds; inputs of 16 KiB say all that can be said.
  while IFS= read -r seed; do [ -z "$seed" ] || cp "$seed" "$corpus/seed-$(basename "$seed")"; done <"build/fuzz/tests/fuzz/$name.seeds"
  local failed=0
  build/fuzz/tests/fuzz/fuzz_"$name" "$corpus" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=1024 \
    -artifact_prefix="build/fuzz/found/$name-" -print_final_stats=1 >"$log" 2>&1 || failed=1
  local runs edges
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  edges=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
  echo "$name: ${runs:-?} runs, ${edges:-?}, $([ $failed = 0 ] && echo nothing found || echo "FOUND: see $log")"
  return $failed
}
export -f one
export seconds
printf '%s\n' "${targets[@]}" | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'one {}'
