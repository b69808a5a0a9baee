#!/usr/bin/env bash
# postgres.sh start DIR   starts a PostgreSQL cluster for tests in DIR and prints the value of CONGVU_TEST_POSTGRES
# postgres.sh stop DIR    stops it and removes what it made
# On a unix socket only, without durability. As root it runs as the user postgres, otherwise as oneself.
set -euo pipefail
word="${1:-}"
[ $# = 2 ] || { echo "usage: postgres.sh start|stop DIR" >&2; exit 2; }
mkdir -p "$2"
folder="$(readlink -f "$2")/congvu-postgres"
port=5433

programs="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -x "$programs/initdb" ] || { echo "postgres.sh: PostgreSQL is not installed (Debian package postgresql)" >&2; exit 1; }
# A server takes no work from root; and it must be able to stand in its folder.
as_user() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); else "$@"; fi; }
# The path of a socket has 107 bytes at most.
socket="$folder"
[ "${#folder}" -lt 80 ] || socket="/tmp/congvu-postgres-$(printf '%s' "$folder" | cksum | cut -d ' ' -f 1)"

case "$word" in
start)
    if [ ! -f "$folder/data/PG_VERSION" ]; then
        mkdir -p "$folder" "$socket"
        chmod 700 "$folder" "$socket"
        if [ "$(id -u)" = 0 ]; then
            chown postgres "$folder" "$socket"
            # A folder of mktemp is closed to others.
            as_user test -x "$folder" || chmod o+x "$2"
        fi
        as_user "$programs/initdb" --pgdata="$folder/data" --username=congvu --auth=trust --locale=C --encoding=UTF8 --no-sync >"/dev/null"
        as_user tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$socket'
port = $port
max_connections = 300
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 256MB
autovacuum_naptime = 10s
CONF
    fi
    if ! as_user "$programs/pg_ctl" --pgdata="$folder/data" status >/dev/null; then
        as_user "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait start >/dev/null || { cat "$folder/log" >&2; exit 1; }
    fi
    echo "postgresql:///postgres?host=$socket&port=$port&user=congvu"
    ;;
stop)
    if [ -f "$folder/data/PG_VERSION" ]; then
        as_user "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait stop >/dev/null || true
    fi
    rm -rf "$folder" "$socket"
    ;;
*)
    echo "usage: postgres.sh start|stop DIR" >&2
    exit 2
    ;;
esac
