#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# reproducible.sh UMSOPS SOURCE-FOLDER PRESET: the same sources built in another folder give the same program, byte for
# byte. Takes some minutes: nothing of it may come from a cache.
set -euo pipefail
umsops=$(realpath "$1")
source=$2
preset=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
other=$scratch/another/folder/with-a-longer-name
mkdir -p "$other"
(cd "$source" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$other"
mkdir -p "$other/build"
cp -R "$source/build/deps" "$other/build/"
cd "$other"
export CCACHE_DISABLE=1
cmake --preset "$preset" -DUMSOPS_TESTS=OFF >/dev/null
cmake --build --preset "$preset" --target umsops >"$scratch/log" || { tail -20 "$scratch/log"; exit 1; }
cmp "$umsops" "build/$preset/cli/umsops"
echo "1 passed, 0 failed"
