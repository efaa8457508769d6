#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy with the checks of .clang-tidy. The whole program takes many minutes; every test run checks what changed.
#   tests/tidy.sh                  all sources of lib and cli
#   tests/tidy.sh --since COMMIT   those that differ from COMMIT
#   tests/tidy.sh --fix            clang-format in place, over the tests too
set -euo pipefail
cd "$(dirname "$0")/.."
build=${UMSOPS_BUILD:-build/ci}
case "${1:-}" in
  --fix)
    git ls-files -z 'lib/*.cpp' 'lib/*.hpp' 'cli/*.cpp' 'cli/*.hpp' 'tests/*.cpp' 'tests/*.hpp' | xargs -0 clang-format -i
    exit
    ;;
  --since) mapfile -t sources < <(git diff --name-only --diff-filter=d "$2" -- 'lib/*.cpp' 'cli/*.cpp') ;;
  *) mapfile -t sources < <(git ls-files 'lib/*.cpp' 'cli/*.cpp') ;;
esac
[ -e "$build/compile_commands.json" ] || cmake --preset ci >/dev/null
echo "clang-tidy: ${#sources[@]} sources"
[ ${#sources[@]} -eq 0 ] || printf '%s\0' "${sources[@]}" | xargs -0 -P "$(nproc)" -n 4 \
  clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$build"
