#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# installed.sh BUILD-FOLDER SOURCE-FOLDER: installs into an empty folder, holds the list of files against the expected
# one, builds a foreign program against the installed package, and runs both; moved elsewhere they run as well, and what
# was installed goes again, and nothing else.
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
mv "$scratch/usr" "$scratch/elsewhere"
umsops=$scratch/elsewhere/bin/umsops
"$umsops" --db "$scratch/desk.db" ticket intake mail -q <"$source/examples/mail/new.eml" >/dev/null
"$umsops" --db "$scratch/desk.db" kb export --format html "$scratch/site" >/dev/null
code=0
"$umsops" --db "postgresql:///x?host=$scratch" ticket list 2>/dev/null || code=$?
[ "$code" = 7 ]  # by the twin
mv "$scratch/elsewhere" "$scratch/usr"
echo mine >"$scratch/usr/share/umsops/mine"
cmake -DBUILD="$build" -P "$source/cmake/Uninstall.cmake"
[ "$(cd "$scratch/usr" && find . -type f -o -type l)" = ./share/umsops/mine ]
[ ! -e "$scratch/usr/libexec/umsops" ]
if cmake -DBUILD="$build" -P "$source/cmake/Uninstall.cmake" 2>/dev/null; then exit 1; fi
echo "1 passed, 0 failed"
