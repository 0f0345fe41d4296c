# A PostgreSQL server for one test file: on a socket in a temporary directory, with a time zone and a date style that no
# test may depend on. If PostgreSQL is not installed, the tests of the file are skipped. A file needs:
#
#     load helper
#     load postgres
#     setup_file() { postgres_start; }
#     teardown_file() { postgres_stop; }
#     setup() { postgres_database; }      # a new one for each test, the default of psql
#
#     program "$(postgres_url)"           # the same one, by name

# postgres_start: starts the server and exports PGHOST and PGUSER, a superuser.
postgres_start() {
    local bin n=0 as=()
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || echo .)")
    unset PGHOST
    [ -x "$bin/initdb" ] || return 0
    # A socket's path has at most 107 bytes, and TMPDIR may be too long for that.
    PGHOST=$(mktemp -d /tmp/weir.XXXXXX)
    PGUSER=tester
    export PGHOST PGUSER
    unset PGPORT PGPASSWORD PGSERVICE PGOPTIONS PGTZ PGDATESTYLE PGCLIENTENCODING PGSSLMODE
    # PostgreSQL refuses to run as root: use the user postgres of Debian. The server always ends with the test file.
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$PGHOST"
        as=(setpriv --reuid postgres --regid postgres --init-groups)
    fi
    "${as[@]}" "$bin/initdb" -D "$PGHOST/data" -U $PGUSER -A trust -E UTF8 --no-locale --no-sync --wal-segsize=1 \
        > "$PGHOST/initdb" || { cat "$PGHOST/initdb" && return 1; }
    cat >> "$PGHOST/data/postgresql.conf" << END
listen_addresses = ''
unix_socket_directories = '$PGHOST'
fsync = off
full_page_writes = off
timezone = 'Asia/Kolkata'
datestyle = 'SQL, DMY'
END
    "${as[@]}" setpriv --pdeathsig QUIT "$bin/postgres" -D "$PGHOST/data" > "$PGHOST/log" 2>&1 3>&- &
    echo $! > "$PGHOST/pid"
    until psql -Xqd postgres -c '' 2> "$PGHOST/try"; do
        n=$((n + 1))
        [ $n -lt 1000 ] || { cat "$PGHOST/log" "$PGHOST/try" && return 1; }
        sleep 0.03
    done
}

# postgres_stop: stops the server and removes its files, even if it did not start.
postgres_stop() {
    [ -n "${PGHOST-}" ] || return 0
    if [ -e "$PGHOST/pid" ]; then
        kill -INT "$(cat "$PGHOST/pid")"
        wait "$(cat "$PGHOST/pid")" || :
    fi
    rm -rf "$PGHOST"
}

# postgres_database [NAME]: creates an empty database and exports it as PGDATABASE. Skips the test if there is no
# server.
postgres_database() {
    [ -n "${PGHOST-}" ] || skip 'PostgreSQL is not installed (Debian: postgresql)'
    PGDATABASE=${1-test$BATS_TEST_NUMBER}
    psql -Xqd postgres -v name="$PGDATABASE" <<< 'CREATE DATABASE :"name" TEMPLATE template0;'
    export PGDATABASE
}

# postgres_url [NAME]: prints the URL of the database NAME, or of the database of this test.
postgres_url() {
    printf 'postgresql://%s@/%s?host=%s\n' "$PGUSER" "${1-$PGDATABASE}" "$PGHOST"
}
