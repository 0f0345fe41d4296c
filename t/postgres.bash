# One PostgreSQL server for all tests, on a socket in a temporary directory, with a time zone and a date style that no test
# may depend on. It starts when the first test needs it. Tests that need it are skipped if PostgreSQL is not installed.
#
#     load helper
#     load postgres
#     setup() { postgres_database; }      # a new database for every test, the default of psql and the programs
#
#     program "$(postgres_url)"           # the same database, by name
#
# All tests share the roles of the server: a role that a test creates has a name of its own.

# postgres_offer: called before all tests. Makes the directory POSTGRES, and a process that waits there for postgres_start
# and becomes the server.
postgres_offer() {
    local dir=${TMPDIR:-/tmp} as=()
    POSTGRES_BIN=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$POSTGRES_BIN/initdb" ] || POSTGRES_BIN=$(dirname "$(command -v initdb || echo .)")
    [ -x "$POSTGRES_BIN/initdb" ] || return 0
    # The path of a socket has at most 107 bytes.
    [ ${#dir} -le 80 ] || dir=/tmp
    POSTGRES=$(mktemp -d "$dir/weir.XXXXXX")
    export POSTGRES POSTGRES_BIN
    mkdir "$POSTGRES/bin"
    mkfifo "$POSTGRES/wanted"
    # PostgreSQL refuses to run as root: use the user that Debian made for it.
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$POSTGRES"
        as=(setpriv --reuid postgres --regid postgres --init-groups)
    fi
    # shellcheck disable=SC2016 # the inner shell expands them
    # The server ends with bats, however that ends. It runs programs in POSTGRES/bin.
    PATH=$POSTGRES/bin:$PATH "${as[@]}" setpriv --pdeathsig TERM sh -euc '
        read -r _ < "$2/wanted"
        "$1/initdb" -D "$2/data" -U tester -A trust -E UTF8 --no-locale --no-sync --wal-segsize=1
        exec setpriv --pdeathsig QUIT "$1/postgres" -D "$2/data" -c listen_addresses= -c unix_socket_directories="$2" \
            -c fsync=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=16MB \
            -c timezone=Asia/Kolkata -c datestyle="SQL, DMY"
        ' sh "$POSTGRES_BIN" "$POSTGRES" > "$POSTGRES/log" 2>&1 3>&- &
    POSTGRES_PID=$!
}

# postgres_withdraw: called after all tests. Ends the server, or the process that waits, and removes its files.
postgres_withdraw() {
    [ -n "${POSTGRES-}" ] || return 0
    kill -TERM "$POSTGRES_PID" && kill -INT "$POSTGRES_PID" # one ends the process that waits, the other the server at once
    wait "$POSTGRES_PID"
    rm -rf "$POSTGRES"
}

# postgres_start: starts the server, unless another test has, and waits until it answers.
postgres_start() (
    flock 9
    [ ! -e "$POSTGRES/started" ] || exit 0
    # shellcheck disable=SC2016
    timeout 10 sh -c 'echo > "$1/wanted"' sh "$POSTGRES"
    n=0
    until psql -Xqd postgres -c '' 2> "$POSTGRES/try"; do
        n=$((n + 1))
        [ $n -lt 1000 ] || { cat "$POSTGRES/log" "$POSTGRES/try" && exit 1; }
        sleep 0.03
    done
    touch "$POSTGRES/started"
) 9> "$POSTGRES/lock"

# postgres_database: exports PGHOST, PGUSER, a superuser, and PGDATABASE, an empty database that only this test has. Puts
# PostgreSQL's own psql first in PATH: Debian's is a Perl script that takes four times as long to start. Skips the test if
# there is no server.
postgres_database() {
    [ -n "${POSTGRES-}" ] || skip 'PostgreSQL is not installed (Debian: postgresql)'
    PATH=$POSTGRES_BIN:$PATH PGHOST=$POSTGRES PGUSER=tester PGDATABASE=test$BATS_SUITE_TEST_NUMBER
    export PATH PGHOST PGUSER PGDATABASE
    unset PGPORT PGPASSWORD PGSERVICE PGOPTIONS PGTZ PGDATESTYLE PGCLIENTENCODING PGSSLMODE
    postgres_start || return
    psql -Xqd postgres -c "CREATE DATABASE $PGDATABASE TEMPLATE template0"
}

# postgres_url [NAME]: prints the URL of the database NAME (default: this test's).
postgres_url() {
    printf 'postgresql://%s@/%s?host=%s\n' "$PGUSER" "${1-$PGDATABASE}" "$PGHOST"
}
