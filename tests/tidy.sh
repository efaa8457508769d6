#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the whole program, by hand: it takes many minutes. How the tree is formatted, every test run checks.
#   tests/tidy.sh          checks
#   tests/tidy.sh --fix    formats in place
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(git ls-files 'lib/*.cpp' 'lib/*.hpp' 'cli/*.cpp' 'cli/*.hpp' 'tests/*.cpp' 'tests/*.hpp')
if [ "${1:-}" = --fix ]; then
  clang-format -i "${files[@]}"
  exit
fi
[ -e build/ci/compile_commands.json ] || cmake --preset ci >/dev/null
git ls-files 'lib/*.cpp' 'cli/*.cpp' | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p build/ci
