#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# drift.sh UMSOPS SOURCE-FOLDER: man pages, completions and roles are those that the binary generates, and are well made.
set -euo pipefail
umsops=$(realpath "$1")
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/man" "$scratch/man/zh_CN" "$scratch/completions"
"$umsops" generate man "$scratch/man"
"$umsops" generate man "$scratch/man/zh_CN" "$source/cli/manual/zh_CN.txt"
"$umsops" generate completion "$scratch/completions"
"$umsops" generate roles "$scratch"
diff -u "$source/examples/postgres/roles.sql" "$scratch/roles.sql"
diff -ru "$source/man" "$scratch/man"
diff -ru "$source/completions" "$scratch/completions"
for page in "$source"/man/*.[15]; do
  mandoc -T lint -W warning "$page"
done
# mandoc knows no Chinese name of the first section, and breaks lines without a macro; for the rest these are as well made. troff
# has nothing to say about them.
for page in "$source"/man/zh_CN/*.[15]; do
  mandoc -K utf-8 -T lint -W warning "$page" | grep -v 'missing NAME section\|NAME section without\|request: mso' || true
  LC_ALL=C.UTF-8 timeout 20 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null </dev/null || echo "$page: no end"
done | (! grep .)
bash -n "$source/completions/umsops.bash"
zsh -n "$source/completions/_umsops"
fish -n "$source/completions/umsops.fish"
echo "1 passed, 0 failed"
