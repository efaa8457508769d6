#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# server.sh start FOLDER [SETTING=VALUE...] | stop FOLDER: a PostgreSQL server of the tests' own, in FOLDER, reached by a
# socket there and by nothing else. It never runs as root, and is fast rather than safe unless the settings say otherwise.
#   psql "host=FOLDER user=postgres dbname=postgres"
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
verb=$1
folder=$2
shift 2

as_server() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"); else "$@"; fi; }

stop() {
  if [ -e "$folder/data/postmaster.pid" ]; then
    as_server "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent --wait stop || true
  fi
  rm -rf "$folder"
}

case $verb in
  start)
    stop
    mkdir -m 0700 "$folder"
    [ "$(id -u)" != 0 ] || chown nobody:nogroup "$folder"
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
    as_server "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --silent --wait start
    ;;
  stop) stop ;;
  *) exit 2 ;;
esac
