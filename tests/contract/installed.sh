#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# installed.sh BUILD-FOLDER SOURCE-FOLDER: installs into an empty folder, holds the list of files against the expected
# one, builds a foreign program against the installed package, and runs both.
set -euo pipefail
build=$1
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
DESTDIR='' cmake --install "$build" --prefix "$scratch/usr" >/dev/null
(cd "$scratch/usr" && find . -type f -o -type l | sed 's|^\./||' | grep -v '^include/umsops/' |
  sed -E 's/libumsops\.so\.[0-9.]+/libumsops.so.VERSION/' | sort) >"$scratch/list"
if [ "${UMSOPS_ACCEPT:-}" = 1 ]; then cp "$scratch/list" "$source/tests/contract/installed.txt"; fi
diff -u "$source/tests/contract/installed.txt" "$scratch/list"
(cd "$source/lib/include" && find umsops -name '*.hpp' -o -name '*.def' | sort) >"$scratch/headers"
(cd "$scratch/usr/include" && find umsops -type f | sort) | diff -u "$scratch/headers" -
cmake -S "$source/tests/consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/usr" \
  -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$scratch/consumer" >/dev/null
"$scratch/consumer/consumer" "$scratch/desk.db"
"$scratch/usr/bin/umsops" --db "$scratch/desk.db" ticket list -o jsonl | jq -e '.priority == "CRITICAL"' >/dev/null
echo "1 passed, 0 failed"
