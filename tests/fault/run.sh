#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh UMSOPS MIGRATE_STEPS [--long]: every fault test, one after the other, and a line of figures of each.
#   MIGRATE_STEPS  the program of that name from the build tree (tests/fault/migrate_steps)
#   --long         not samples but every point, and tens of thousands of rounds: an hour or more instead of minutes
# What they do to the program: kill it (kill_loop), let its system calls fail (inject), cut the power (power_cut), fill
# its disk (full_disk), end it in the middle (interrupted) and wherever it waits (one_signal), damage its file (flips), change its rows (edits), give it senseless arguments (arguments), crowd it
# (writers, checkpoints, ticks, searched, spooled), and kill a server of PostgreSQL under writers and promote its standby (failover).
# A failure prints SEED=...; the same seed makes the same choices again: SEED=123 tests/fault/flips.py UMSOPS
# The scratch files go below TMPDIR. A fast disk helps; a memory disk (TMPDIR=/dev/shm) saves the syncs.
# Needs Linux, strace, Python 3, and leave to mount in a namespace of its own (root, or user namespaces).
# Ends with 1 when any of them failed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
umsops=$(realpath "$1")
steps=$(realpath "$2")
long=${3:-}
failed=0
part() {
  echo "== $*"
  "$here/$1" "$umsops" "${@:2}" ${long:+"$long"} || failed=1
}
part kill_loop.py
part inject.py "$steps"
part power_cut.py
part writers.py
part ticks.py
part runbooks.py
part searched.py
part spooled.py
part full_disk.sh
part flips.py
part edits.py
part interrupted.py
part one_signal.py
part arguments.py
part checkpoints.py
part failover.py
[ $failed = 0 ] && echo "all passed"
exit $failed
