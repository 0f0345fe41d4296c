# Runs once before all tests, also before those of a single file.

setup_suite() {
    # Debian's python3, which make check-deps installs: where a version manager has put a script in its place, that takes
    # longer to start than most tests run.
    if [ -x /usr/bin/python3 ]; then
        mkdir "$BATS_SUITE_TMPDIR/bin"
        ln -s /usr/bin/python3 "$BATS_SUITE_TMPDIR/bin/python3"
        PATH=$BATS_SUITE_TMPDIR/bin:$PATH
        export PATH
    fi
    load postgres
    postgres_offer
}

teardown_suite() {
    postgres_withdraw
}
