#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# drift.sh UMSOPS SOURCE-FOLDER: man pages, completions and roles are those that the binary generates, and are well made.
set -euo pipefail
umsops=$(realpath "$1")
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/man" "$scratch/completions"
"$umsops" generate man "$scratch/man"
"$umsops" generate completion "$scratch/completions"
"$umsops" generate roles "$scratch"
diff -u "$source/examples/postgres/roles.sql" "$scratch/roles.sql"
diff -ru "$source/man" "$scratch/man"
diff -ru "$source/completions" "$scratch/completions"
for page in "$source"/man/*.[15]; do
  mandoc -T lint -W warning "$page"
done
bash -n "$source/completions/umsops.bash"
zsh -n "$source/completions/_umsops"
fish -n "$source/completions/umsops.fish"
echo "1 passed, 0 failed"
