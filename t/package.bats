# make deb, and programs installed under a prefix.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    unset MAKEFLAGS MAKELEVEL # of make check
}

# Makes the package of the programs under test in this directory, without building them again.
make_deb() {
    command -v dpkg-shlibdeps > /dev/null || skip 'dpkg-dev is not installed'
    [ -z "${SAN-}" ] || skip 'the tests of the normal build run it'
    mkdir build
    ln -s "${WEIR_BUILD:-$ROOT/build}"/{bin,completion} build
    DEBFULLNAME='Ann Other' DEBEMAIL=ann@debian.org make -s -C "$ROOT" -o all B="$PWD/build" deb > made
    deb=$(echo build/deb/*.deb)
    [ "$(cat made)" = "$PWD/$deb" ]
}

@test "the package has programs, manuals, completion, copyright and changelog, and depends on what they use" {
    make_deb
    dpkg-deb -x "$deb" root
    cd root/usr
    diff <(ls bin) <({ cd "$ROOT" && ls cmd/*/*.1 scripts/*.1 | sed 's,.*/,,; s/\.1$//'; } | sort)
    for name in bin/*; do
        name=${name#bin/}
        zcat "share/man/man1/$name.1.gz" | grep -q "^\.Nm $name"
        [ -e "share/bash-completion/completions/$name" ]
        [ -e "share/fish/vendor_completions.d/$name.fish" ]
    done
    [ -e share/zsh/vendor-completions/_weir ]
    grep -q '^License: Expat' share/doc/weir/copyright
    zcat share/doc/weir/changelog.gz | grep -q "^weir ($(dpkg-deb -f "../../$deb" Version)) "
    for name in libc6 libcmark0 libsqlite3-0 libzstd1 zlib1g postgresql-client python3 sqlite3; do
        dpkg-deb -f "../../$deb" Depends | grep -q "$name"
    done
    [ "$(dpkg-deb -f "../../$deb" Maintainer)" = 'Ann Other <ann@debian.org>' ]
    [ -z "$(find ../.. -path '*/root/*' ! -perm -o=r)" ]
    (cd .. && dpkg-deb -e "../$deb" control && md5sum -c --quiet control/md5sums)
}

@test "the maintainer of the package is the one who builds it" {
    command -v dpkg-shlibdeps > /dev/null || skip 'dpkg-dev is not installed'
    mkdir -p root/usr/bin root/usr/share/man home
    made_by() { # WANT NAME=VALUE...
        local want=$1
        shift
        cp "${WEIR_BUILD:-$ROOT/build}/bin/pick" root/usr/bin
        rm -rf debian root/DEBIAN root/usr/share/doc
        deb=$(env -u DEB_MAINTAINER -u DEBFULLNAME -u DEBEMAIL -u GIT_CONFIG_COUNT GIT_CONFIG_NOSYSTEM=1 GIT_DIR=none \
            HOME="$PWD/home" "$@" "$ROOT/scripts/package/deb" root 1.0)
        [ "$(dpkg-deb -f "$deb" Maintainer)" = "$want" ] && zcat root/usr/share/doc/weir/changelog.gz | grep -F " -- $want  "
    }
    made_by 'The weir developers <weir@weir.invalid>'
    made_by 'A & B / \1 <ann@example.org>' DEB_MAINTAINER='A & B / \1 <ann@example.org>' DEBEMAIL=x
    printf '[user]\n\tname = Git User\n\temail = git@example.org\n' > home/.gitconfig
    made_by 'Git User <git@example.org>'
    made_by 'Git User <ann@example.org>' DEBEMAIL=ann@example.org
}

@test "lintian finds no errors and no warnings in the package" {
    command -v lintian > /dev/null || skip 'lintian is not installed'
    make_deb
    lintian --allow-root --fail-on error,warning "$deb" > said || { cat said && false; }
    ! grep '^[EW]:' said
}

@test "PROGPREFIX: all programs begin with it, and scripts do not call others of the same names" {
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install DESTDIR= PREFIX="$PWD/usr" PROGPREFIX=weir-
    [ -z "$(find usr/bin usr/share/man/man1 usr/share/fish/vendor_completions.d ! -type d ! -name 'weir-*')" ]
    mkdir others
    for name in csv2tsv dedup jsonl2tsv lookup outliers tsv2sqlite tsvcat tsvsplit utc weekagg where; do
        printf '#!/bin/sh\necho other >&2\nexit 1\n' > others/$name
        chmod +x others/$name
    done
    PATH=$PWD/others:$PWD/usr/bin:/usr/bin:/bin
    weir-ingest-votes x.db "$ROOT/t/data/votes.jsonl.gz"
    weir-outlier-weeks x.db > weeks
    [ "$(wc -l < weeks)" -eq 163 ]
    weir-spread -p votes -o spread.tsv "$ROOT/t/data/votes.jsonl.gz"
    diff weeks spread.tsv
    weir-daily-users x.db "$ROOT/t/data/users" > /dev/null
    weir-render-sql prod users.sql > /dev/null
    weir-jsonl2tsv Id < "$ROOT/t/data/votes.jsonl.gz" > ids.tsv
    [ "$(weir-tsvview --markdown ids.tsv | sed -n 1p)" = '| Id |' ]
    for name in $(cd usr/bin && echo *); do # as it was typed
        "$name" --help | grep "^usage: $name "
        ! [ -e "usr/bin/weir-$name" ]
        grep -qx "\.Nm $name" "usr/share/man/man1/$name.1"
    done
    [ -z "$(grep -E '^\.Xr (dedup|where|ingest-votes) ' usr/share/man/man*/*)" ]
    grep -q '^\.Xr weir-where 1' usr/share/man/man7/weir.7
    weir-runs x.db > runs
    [ "$(cut -f 1 runs | sort -u)" = "$(printf '%s\n' Job weir-daily-users weir-ingest-votes)" ]
    try weir-outlier-weeks
    gives 2 'weir-outlier-weeks: expected one DATABASE *weir-outlier-weeks --help*'
    try weir-spread-spark --version
    gives 0 '' "$(weir-dedup --version | sed 's/^weir-dedup/weir-spread-spark/; s/ /\\s/g')"
}

@test "PROGPREFIX: shells complete the programs, with their columns" {
    make -s -C "$ROOT" -o all B="${WEIR_BUILD:-$ROOT/build}" install DESTDIR= PREFIX="$PWD/usr" PROGPREFIX=weir-
    lines 'Id Name' > x.tsv
    compopt() { :; }
    PATH=/usr/bin:/bin
    . usr/share/bash-completion/completions/weir-dedup
    COMP_LINE='weir-dedup < x.tsv -k ' COMP_POINT=22 COMP_WORDS=(weir-dedup '') COMP_CWORD=1
    _weir
    [ "${COMPREPLY[*]}" = 'Id Name' ]
    [[ $(complete -p weir-tsv2pg) == *_weir* ]]
    grep -q '^#compdef .*weir-dedup' usr/share/zsh/site-functions/_weir
}
