#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The tree is as clang-format leaves it, tables of texts too; and no line of the program is longer than 120 characters
# (which clang-format cannot see to inside raw strings).
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
mapfile -t sources < <(git ls-files 'lib/*.cpp' 'lib/*.hpp' 'cli/*.cpp' 'cli/*.hpp' 'tests/*.cpp' 'tests/*.hpp')
mapfile -t tables < <(git ls-files 'lib/*.def' 'cli/*.def')
failed=0
clang-format --dry-run --Werror "${sources[@]}" || failed=1
for table in "${tables[@]}"; do
  clang-format --assume-filename=table.cpp <"$table" | diff -u "$table" - || failed=1
done
if grep -nP '^.{121,}' "${sources[@]}" "${tables[@]}"; then
  echo "longer than 120 characters" >&2
  failed=1
fi
exit "$failed"
