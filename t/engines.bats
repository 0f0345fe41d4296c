# docs/engines.md: the examples run as they are, each section by itself if its engine is installed: PostgreSQL, and
# those that make bench-setup installs, ClickHouse (as chdb) and DuckDB.

load helper
load examples
load postgres

# The server of PostgreSQL, another user if we are root, must be able to read and write here.
setup_file() {
    export OPEN
    OPEN=$(mktemp -d "${TMPDIR:-/tmp}/weir.XXXXXX")
    chmod 777 "$OPEN"
}

teardown_file() {
    rm -rf "$OPEN"
}

setup() {
    PATH=$PATH:$ROOT/build/peers/bin
    mkdir -m 777 "$OPEN/$BATS_TEST_NUMBER"
    cd "$OPEN/$BATS_TEST_NUMBER" || return
}

# check_section TITLE: runs the examples before the first section of the page, and those of a section.
check_section() {
    awk -v title="## $1" '/^## / { in_section = $0 == title } !n || in_section; /^## / { n = 1 }' \
        "$ROOT/docs/engines.md" > page.md
    [ "$(grep -c '^## ' page.md)" -le 2 ]
    check_examples page.md
}

@test "PostgreSQL" {
    postgres_database
    cp "${WEIR_BUILD:-$ROOT/build}"/bin/* "$POSTGRES/bin"
    check_section PostgreSQL
}

@test "ClickHouse" {
    local python=$ROOT/build/peers/bin/python
    "$python" -c 'import chdb' 2> log || skip 'ClickHouse is not installed (make bench-setup)'
    mkdir bin
    printf '#!/bin/sh\nexec %s %s "$@"\n' "$python" "$ROOT/t/lib/clickhouse.py" > bin/clickhouse
    chmod +x bin/clickhouse
    PATH=$PWD/bin:$PATH
    check_section ClickHouse
}

@test "DuckDB" {
    command -v duckdb > /dev/null || skip 'DuckDB is not installed (make bench-setup)'
    check_section DuckDB
}
