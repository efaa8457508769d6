#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# try.sh FOLDER: a PostgreSQL server for a try, below FOLDER (a new one, with a short name), reached by a socket there alone,
# with a desk, its roles and its limits. Needs the server's programs (package postgresql on Debian); not as root.
#   try.sh /tmp/desk-server        then follow what it prints
#   try.sh /tmp/desk-server stop   and remove the folder by hand
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
if [ "${2:-}" = stop ]; then
  exec "$bin/pg_ctl" --pgdata="$folder/data" --mode=fast --wait stop
fi
mkdir -m 0700 "$folder"
"$bin/initdb" --pgdata="$folder/data" --username=admin --auth=trust --encoding=UTF8 --locale=C.UTF-8 --data-checksums >/dev/null
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
CONF
"$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --silent --wait start
sql() { "$bin/psql" -h "$folder" -U admin -q "$@"; }
sql -d postgres -c 'CREATE DATABASE desk'
umsops --db "postgresql:///desk?host=$folder&user=admin" db init
sql -d desk -v schema=public -f "$here/roles.sql"
sql -d desk -v database=desk -f "$here/limits.sql"
sql -d desk -c 'CREATE ROLE ops LOGIN IN ROLE umsops_agent' -c 'CREATE ROLE dashboard LOGIN IN ROLE umsops_reader'
cat <<SAY
export UMSOPS_DB='postgresql:///desk?host=$folder&user=ops'
umsops ticket create -t 'first on the server'
umsops --db 'postgresql:///desk?host=$folder&user=dashboard' report run support
SAY
