#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh [--quick]: installs and builds what the benchmark needs, then prints the table of tests/bench/RESULTS.md: work,
# umsops, peer, floor, ratio, goal; then the counts that tests/contract/counts.py holds. Needs a quiet machine and some
# minutes; --quick leaves out the stores of a million.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake/setup.sh --bench
[ -e build/ci/build.ninja ] || cmake --preset ci >/dev/null
cmake --build --preset ci --target umsops umsops_bench >/dev/null
tests/bench/bench.py build/ci "$@"
echo "what is counted, and not timed:"
exec tests/contract/counts.py build/ci/cli/umsops --report
