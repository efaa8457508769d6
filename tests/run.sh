#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds and passes every test. A second run builds nothing again.
#   tests/run.sh              all tests on the release build, warnings being errors
#   tests/run.sh asan|tsan    all tests on a sanitizer build
#   tests/run.sh PRESET -R X  further words go to ctest
set -euo pipefail
cd "$(dirname "$0")/.."
preset=ci
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
  preset=$1
  shift
fi
cmake/setup.sh --tests
[ -e "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
exec ctest --preset "$preset" -j "$(nproc)" "$@"
