#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A PostgreSQL server of the tests' own, in FOLDER, reached by a socket there and by nothing else. It never runs as root,
# and is fast rather than safe unless the settings say otherwise.
#   server.sh start FOLDER [SETTING=VALUE...]   psql "host=FOLDER user=postgres dbname=postgres"
#   server.sh standby FOLDER PRIMARY            a second server, that follows the one in the folder PRIMARY
#   server.sh kill FOLDER | promote FOLDER      SIGKILL to all of it | the standby becomes a primary
#   server.sh stop FOLDER                       and removes the folder
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
verb=$1
folder=$2
shift 2

as_server() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"); else "$@"; fi; }

new_folder() {
  mkdir -m 0700 "$folder"
  [ "$(id -u)" != 0 ] || chown nobody:nogroup "$folder"
}

run_server() {
  as_server "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --silent --wait start
}

stop() {
  if [ -e "$folder/data/postmaster.pid" ]; then
    as_server "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent --wait stop || true
  fi
  rm -rf "$folder"
}

case $verb in
  start)
    stop
    new_folder
    as_server "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
      --no-sync >"/dev/null"
    {
      echo "listen_addresses = ''"
      echo "unix_socket_directories = '$folder'"
      echo "max_connections = 150"
      echo "fsync = off"
      echo "log_min_messages = error"
      for setting in "$@"; do echo "${setting%%=*} = '${setting#*=}'"; done
    } | as_server tee -a "$folder/data/postgresql.conf" >/dev/null
    run_server
    ;;
  standby)
    stop
    new_folder
    as_server "$bin/pg_basebackup" --host="$1" --username=postgres --pgdata="$folder/data" --wal-method=stream \
      --checkpoint=fast --write-recovery-conf --no-sync
    echo "unix_socket_directories = '$folder'" | as_server tee -a "$folder/data/postgresql.conf" >/dev/null
    run_server
    ;;
  kill)
    server=$(head -1 "$folder/data/postmaster.pid")
    children=$(pgrep --parent "$server" || true)
    # shellcheck disable=SC2086
    kill -KILL "$server" $children 2>/dev/null || true  # some end by themselves with the first
    rm -f "$folder/data/postmaster.pid"
    ;;
  promote) as_server "$bin/pg_ctl" --pgdata="$folder/data" --silent --wait promote ;;
  stop) stop ;;
  *) exit 2 ;;
esac
