# A PostgreSQL server for one test file, on a socket in a temporary directory, with a time zone and a date style that no
# test may depend on. The tests of the file are skipped if PostgreSQL is not installed. What a file needs:
#
#     load helper
#     load postgres
#     setup_file() { postgres_start; }
#     teardown_file() { postgres_stop; }
#     setup() { postgres_database; }      # a new database for every test, the default of psql and the programs
#
#     program "$(postgres_url)"           # the same database, by name

# postgres_start: starts a server and exports PGHOST and PGUSER, a superuser. Puts PostgreSQL's own psql first in PATH:
# Debian's is a Perl script that takes four times as long to start.
postgres_start() {
    local bin dir=${TMPDIR:-/tmp} n=0 as=()
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || echo .)")
    unset PGHOST
    [ -x "$bin/initdb" ] || return 0
    # The path of a socket has at most 107 bytes.
    [ ${#dir} -le 80 ] || dir=/tmp
    PGHOST=$(mktemp -d "$dir/weir.XXXXXX")
    PGUSER=tester
    PATH=$bin:$PATH
    export PGHOST PGUSER PATH
    unset PGPORT PGPASSWORD PGSERVICE PGOPTIONS PGTZ PGDATESTYLE PGCLIENTENCODING PGSSLMODE
    # PostgreSQL refuses to run as root: use the user that Debian made for it.
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$PGHOST"
        as=(setpriv --reuid postgres --regid postgres --init-groups)
    fi
    postgres_data "$BATS_RUN_TMPDIR/postgres" || return
    cp -a "$BATS_RUN_TMPDIR/postgres" "$PGHOST/data"
    cat >> "$PGHOST/data/postgresql.conf" << END
listen_addresses = ''
unix_socket_directories = '$PGHOST'
fsync = off
full_page_writes = off
autovacuum = off
shared_buffers = 16MB
timezone = 'Asia/Kolkata'
datestyle = 'SQL, DMY'
END
    # The server ends with the test file, however that ends.
    "${as[@]}" setpriv --pdeathsig QUIT "$bin/postgres" -D "$PGHOST/data" > "$PGHOST/log" 2>&1 3>&- &
    echo $! > "$PGHOST/pid"
    until psql -Xqd postgres -c '' 2> "$PGHOST/try"; do
        n=$((n + 1))
        [ $n -lt 1000 ] || { cat "$PGHOST/log" "$PGHOST/try" && return 1; }
        sleep 0.03
    done
}

# postgres_data DIRECTORY: makes the data directory that all files of a run copy, unless another file has made it.
postgres_data() {
    (
        flock 9
        [ ! -e "$1" ] || exit 0
        "${as[@]}" "$bin/initdb" -D "$PGHOST/new" -U "$PGUSER" -A trust -E UTF8 --no-locale --no-sync --wal-segsize=1 \
            > "$PGHOST/initdb" || { cat "$PGHOST/initdb" && exit 1; }
        mv "$PGHOST/new" "$1"
    ) 9> "$1.lock"
}

# postgres_stop: ends the server, if it started, and removes its files.
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

# postgres_url [NAME]: prints the URL of the database NAME (default: this test's).
postgres_url() {
    printf 'postgresql://%s@/%s?host=%s\n' "$PGUSER" "${1-$PGDATABASE}" "$PGHOST"
}
