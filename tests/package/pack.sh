#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# pack.sh BUILD-FOLDER FOLDER: all packages of the build into FOLDER/packages. Compressed for speed; a release takes the time for xz.
set -euo pipefail
rm -rf "$2/packages"
mkdir -p "$2/packages"
for kind in DEB TGZ; do
  if ! cpack --config "$1/CPackConfig.cmake" -G "$kind" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip -B "$2/packages" >"$2/cpack.log" 2>&1; then
    cat "$2/cpack.log" >&2
    exit 1
  fi
  if grep -i warning "$2/cpack.log"; then exit 1; fi
done
rm -rf "$2/packages/_CPack_Packages"
(cd "$2/packages" && sha256sum --quiet --check ./*.sha256)
echo "1 passed, 0 failed"
