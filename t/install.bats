# make install: every file is in its place and works there.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
}

# Installs the programs under test, without building them again.
install_to() { # MAKE-ARGUMENT...
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install "$@"
}

@test "programs, scripts, manuals and SQL are installed under DESTDIR and PREFIX, and nothing else" {
    install_to DESTDIR="$PWD/dest" PREFIX=/opt/weir
    cd dest/opt/weir
    for program in "$ROOT"/cmd/*/; do
        [ -x "bin/$(basename "$program")" ]
    done
    for manual in "$ROOT"/cmd/*.7 "$ROOT"/cmd/*/*.1 "$ROOT"/scripts/*.1; do
        cmp "$manual" "share/man/man${manual##*.}/$(basename "$manual")"
    done
    diff -r "$ROOT/sql" share/weir/sql
    diff -r "$ROOT/scripts/lib" share/weir/lib
    cmp "$ROOT/scripts/examples.mk" share/weir/examples.mk
    for script in ingest-votes outlier-weeks tsv2pg; do
        cmp "$ROOT/scripts/$script" "bin/$script"
    done
    diff <(ls bin) <({ cd "$ROOT" && ls cmd/*/*.1 scripts/*.1 | sed 's,.*/,,; s/\.1$//'; } | sort)
    [ "$(find ../.. -type f | wc -l)" -eq "$(find . -type f | wc -l)" ]
}

@test "installed scripts find programs and SQL by themselves, also through a link" {
    install_to DESTDIR= PREFIX="$PWD/my weir"
    ln -s "$PWD/my weir/bin/ingest-votes" ingest
    PATH=/usr/bin:/bin
    ./ingest x.db "$ROOT/t/data/votes.jsonl.gz"
    './my weir/bin/outlier-weeks' x.db > weeks
    [ "$(wc -l < weeks)" -eq 163 ]
    [ "$("./my weir/bin/jsonl2tsv" --version)" = "jsonl2tsv (weir) $(sed -n 's/^VERSION = //p' "$ROOT/Makefile")" ]
}

@test "a colon in PREFIX does no harm to scripts whose programs are in PATH" {
    install_to DESTDIR= PREFIX="$PWD/a:b"
    ln -s "$PWD/a:b/bin" bin
    mkdir -p b/bin
    printf '#!/bin/sh\nexit 1\n' | tee b/bin/jsonl2tsv > b/bin/sqlite3
    chmod +x b/bin/*
    PATH=$PWD/bin:/usr/bin:/bin
    ingest-votes x.db "$ROOT/t/data/votes.jsonl.gz"
    [ "$(outlier-weeks x.db | wc -l)" -eq 163 ]
    [ "$(render-sql prod users.sql | wc -l)" -gt 30 ]
}

@test "the user's CFLAGS, CPPFLAGS, LDFLAGS and CC reach every command" {
    run -0 make -n -C "$ROOT" B="$PWD/new" CC=my-cc CFLAGS=-mine CPPFLAGS=-Dmine LDFLAGS=-Lmine LDLIBS=-llast
    n=0
    for line in "${lines[@]}"; do
        case $line in
        *' -c -o '*) [[ $line == my-cc*' -Dmine -mine '* ]] ;;
        *' -o '*) [[ $line == my-cc*' -mine -Lmine '*' -llast' ]] ;;
        *) continue ;;
        esac
        n=$((n + 1))
    done
    [ $n -gt 20 ]
}
