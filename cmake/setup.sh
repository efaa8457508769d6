#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what building needs on Debian 12, and only what is missing; --tests, --fuzz, --bench: also what those need. A
# second run does nothing. Everything comes from Debian's own package archive, as root or through sudo.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

packages=(g++ cmake ninja-build pkg-config ccache ca-certificates tzdata jq libcli11-dev nlohmann-json3-dev
  libyaml-cpp-dev libsqlitecpp-dev libsqlite3-dev catch2 libfmt-dev libutf8proc-dev libre2-dev libabsl-dev nettle-dev
  libpq-dev libgmime-3.0-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libcurl4-openssl-dev libkainjow-mustache-dev)
if [ "${1:-}" = --tests ]; then
  packages+=(python3 git strace mandoc zsh fish bash-completion man-db sqlite3 util-linux libpq5 openssl postgresql
    procps valgrind clang-format clang-tidy prometheus-alertmanager webhook nginx-light python3-yaml chromium curl python3-aiosmtpd liblinear-dev
    mmdebstrap lintian dpkg-dev logrotate systemd)
fi
if [ "${1:-}" = --bench ]; then
  packages+=(python3 sqlite3 taskwarrior libsimdjson-dev opencc)
fi
if [ "${1:-}" = --fuzz ]; then
  packages+=(clang-14 libclang-rt-14-dev)
fi

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}" >&2
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
fi

# valijson is headers only, but its package depends on 180 others that are not needed: take its headers alone.
deps=$root/build/deps
if [ ! -e "$deps/include/valijson/validator.hpp" ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  chmod 755 "$scratch"
  if ! (cd "$scratch" && apt-get -o APT::Sandbox::User=root download -qq libvalijson-dev >&2); then
    as_root apt-get update -qq
    (cd "$scratch" && apt-get -o APT::Sandbox::User=root download -qq libvalijson-dev >&2)
  fi
  dpkg -x "$scratch"/libvalijson-dev_*.deb "$scratch/tree"
  mkdir -p "$deps/include"
  cp -R "$scratch/tree/usr/include/valijson" "$deps/include/"
fi

# What looks at pages for people who do not see them: a package of npm, where that is there; the tests look without it, too.
if [ "${1:-}" = --tests ] && [ ! -e "$root/build/axe/node_modules/axe-core/axe.min.js" ] && command -v npm >/dev/null; then
  mkdir -p "$root/build/axe"
  npm install --prefix "$root/build/axe" --no-save --no-package-lock --silent axe-core >&2 || echo "no axe-core" >&2
fi
