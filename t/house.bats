# The rules of the house: what a file may include, what a program is built from, what a release contains.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    unset MAKEFLAGS MAKELEVEL # of make check
}

@test "every include obeys base <- stream <- value <- cmd/NAME" {
    cd "$ROOT"
    awk -F '"' '
        function rank(path) { return path ~ /^cmd/ ? 4 : path ~ /value\// ? 3 : path ~ /stream\// ? 2 : 1 }
        /^#include "/ {
            path = $2 ~ /\// ? "common/" $2 : FILENAME
            if ($2 !~ /\//) sub(/[^\/]*$/, $2, path)
            if ((getline line < path) < 0 || rank(path) > rank(FILENAME)) print FILENAME ":" FNR ": " $0
            close(path)
        }' common/*/*.[ch] cmd/*/*.[ch] | diff /dev/null -
}

# Except stats, which reads the counts of a stream when a program dies.
@test "no two modules include each other, also not through others" {
    cd "$ROOT"
    awk -F '"' '
        function module(path) { sub(/\.[ch]$/, "", path); return path }
        /^#include "/ {
            path = $2 ~ /\// ? "common/" $2 : FILENAME
            if ($2 !~ /\//) sub(/[^\/]*$/, $2, path)
            if (module(path) != module(FILENAME)) print module(FILENAME), module(path)
        }' common/*/*.[ch] cmd/*/*.[ch] | grep -v '^common/stream/stats common/stream/stream$' | tsort > /dev/null
}

@test "a program is built from its own folder and common/, and links no library that it does not use" {
    for program in "$ROOT"/cmd/*/; do
        program=$(basename "$program")
        case $program in
            csv2tsv | jsonl2tsv | tsvcat | tsvdiff) library=' -lz -lzstd' ;;
            outliers) library=' -lm' ;;
            report) library=' -lcmark' ;;
            sqlite2tsv | tsv2sqlite) library=' -lsqlite3' ;;
            *) library='' ;;
        esac
        make -n -C "$ROOT" B="$PWD/new" "$PWD/new/bin/$program" > commands
        [ "$(grep -o ' cmd/[^/]*/' commands | sort -u)" = " cmd/$program/" ]
        [ "$(grep -o ' -l[a-z0-9]*' commands | tr -d '\n')" = "$library" ]
    done
}

@test "make dist packs what is committed, in a git checkout only, and the programs can be made from that" {
    cp -r "$ROOT"/{Makefile,LICENSE,NEWS.md,README.md,cmd,common,scripts,sql} .
    try make -s dist
    gives 2 'make dist: not a git checkout*'
    git init -q
    git add Makefile LICENSE NEWS.md README.md cmd common scripts sql
    git -c user.name=weir -c user.email=weir@example.org commit -qm weir
    try make -s dist
    gives 0 ''
    version=$(sed -n 's/^VERSION = //p' Makefile)
    tar -tzf "weir-$version.tar.gz" | sed "s,^weir-$version/,,; /^$/d; /\/$/d" | sort | diff <(git ls-files | sort) -
    tar -xzf "weir-$version.tar.gz"
    make -n -C "weir-$version" B=build > commands
    grep -q -e '-o build/bin/dedup ' commands
    grep "^## $version" NEWS.md
}
