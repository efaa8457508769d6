#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tidy.sh BUILD: clang-tidy over what the newest change touches: the commits since UMSOPS_TIDY_SINCE, else those on the
# newest commit's own side since its first parent (a merge: all that it brought).
set -euo pipefail
cd "$(dirname "$0")/../.."
since=${UMSOPS_TIDY_SINCE:-$(git rev-parse --verify --quiet 'HEAD^1' || git rev-parse HEAD)}
UMSOPS_BUILD=$1 exec tests/tidy.sh --since "$since"
