# A PostgreSQL server of a test file's own: on a socket in a temporary directory, with a time zone and a date style that
# no test may depend on. Where PostgreSQL is not installed, the file's tests are skipped. What a file needs:
#
#     load helper
#     load postgres
#     setup_file() { postgres_start; }
#     teardown_file() { postgres_stop; }
#     setup() { postgres_database; }      # a new one for every test, which psql and its like use of themselves
#
#     program "$(postgres_url)"           # the same one, for who wants it by name

# postgres_start: exports PGHOST and PGUSER, a superuser, for a server that takes connections.
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
    # As root, which PostgreSQL refuses, as the user that Debian made for it. The server ends with the test file, however
    # that ends.
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

# postgres_stop: ends the server and removes all it had, at any time, also if it did not start.
postgres_stop() {
    [ -n "${PGHOST-}" ] || return 0
    if [ -e "$PGHOST/pid" ]; then
        kill -INT "$(cat "$PGHOST/pid")"
        wait "$(cat "$PGHOST/pid")" || :
    fi
    rm -rf "$PGHOST"
}

# postgres_database [NAME]: makes an empty database and exports it as PGDATABASE. Skips the test where there is no server.
postgres_database() {
    [ -n "${PGHOST-}" ] || skip 'PostgreSQL is not installed (Debian: postgresql)'
    PGDATABASE=${1-test$BATS_TEST_NUMBER}
    psql -Xqd postgres -v name="$PGDATABASE" <<< 'CREATE DATABASE :"name" TEMPLATE template0;'
    export PGDATABASE
}

# postgres_url [NAME]: the URL of the database NAME, or of this test's.
postgres_url() {
    printf 'postgresql://%s@/%s?host=%s\n' "$PGUSER" "${1-$PGDATABASE}" "$PGHOST"
}
