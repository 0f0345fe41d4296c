# times: local time in all zones, and one definition of a time for the programs and both databases.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# with_zones DIRECTORY COMMAND...: COMMAND, with DIRECTORY in place of the time zone database.
with_zones() {
    # shellcheck disable=SC2016 # for the inner shell
    unshare -rm sh -c 'mount --bind "$1" /usr/share/zoneinfo && shift && exec "$@"' sh "$@"
}

needs_zones() {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Berlin")' 2> /dev/null || skip 'no zoneinfo'
    mkdir -p none
    with_zones none true 2> /dev/null || skip 'no user namespaces here'
}

@test "-z: every zone of the database: equal to Python" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    python3 - << 'END' || skip 'no zoneinfo'
import datetime, os, random, zoneinfo

random.seed(3)
for name in sorted(zoneinfo.available_timezones()):
    if "/" in name and name[0].isupper() and os.path.isfile("/usr/share/zoneinfo/" + name):
        zone = zoneinfo.ZoneInfo(name)
        with open("in." + name.replace("/", "."), "w") as given, open("want." + name.replace("/", "."), "w") as want:
            for i in range(60):
                t = -2208988800 + i * 105000000 + random.randrange(100000000)
                print(t, file=given)
                print(f"{datetime.datetime.fromtimestamp(t, zone):%Y-%m-%dT%H}\t1", file=want)
END
    [ "$(printf '%s\n' in.* | wc -l)" -gt 300 ]
    for file in in.*; do
        zone=${file#in.}
        weekagg -N -t 1 --epoch s -u hour -z "${zone//.//}" < "$file" | diff "want.$zone" -
    done
}

@test "-z: every kind of rule after the last change, and files without changes: equal to the C library and Python" {
    needs_zones
    python3 "$ROOT/t/lib/zone_files.py" .
    # shellcheck disable=SC2016 # for the inner shell
    with_zones zones sh -e -c 'for file in zones/*; do
        zone=${file#zones/}
        grep "^$zone " want | cut -d " " -f 2 | weekagg -N -t 1 --epoch s -u hour -z "$zone" > out
        grep "^$zone " want | cut -d " " -f 3 | sort | uniq -c | sed "s/ *\(.*\) \(.*\)/\2\t\1/" | diff - out
    done'
}

@test "-z: a zone file that is cut off or damaged is status 3 with its name, never UTC" {
    needs_zones
    python3 "$ROOT/t/lib/zone_files.py" .
    # shellcheck disable=SC2016 # for the inner shell
    with_zones damaged sh -c 'for file in damaged/*; do
        status=0
        said=$(echo 0 | weekagg -t 1 --epoch s -z "${file#damaged/}" 2>&1) || status=$?
        case $status:$said in
        3:"weekagg: /usr/share/zoneinfo/${file#damaged/}: "*) ;;
        *) echo "$file: $status: $said" && exit 1 ;;
        esac
    done'
    with_zones changed sh -c 'for file in changed/*; do
        status=0
        echo 0 | weekagg -N -t 1 --epoch s -z "${file#changed/}" > out 2>&1 || status=$?
        [ $status -eq 0 ] || [ $status -eq 3 ] || { echo "$file: $status" && cat out && exit 1; }
    done'
}

@test "-z: a zone file that cannot be read is status 3 with the reason, never UTC or an unknown zone" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    strace -o trace true || skip 'strace is not installed, or not allowed'
    export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer does not work under strace
    local file=/usr/share/zoneinfo/Europe/Berlin
    given t 2022-01-01
    for fault in 'openat EMFILE Too\ many\ open\ files' 'openat EACCES Permission\ denied' \
        'openat EIO Input/output\ error' 'openat ELOOP Too\ many\ levels\ of\ symbolic\ links' \
        'read EIO Input/output\ error'; do
        eval "set -- $fault"
        try strace -o trace -P "$file" -e "inject=$1:error=$2" weekagg -t t -z Europe/Berlin
        gives 3 "weekagg: $file: $3"
    done
    try strace -o trace -P "$file" -e inject=read:error=EINTR:when=1 weekagg -t t -z Europe/Berlin
    gives 0 '' 'Year WeekNumber Count' '2022 0 1'
}

@test "-z: out of memory at any allocation: status 3, or the output is complete" {
    [ -e /usr/share/zoneinfo/Europe/Berlin ] || skip 'no time zones (tzdata)'
    case $WEIR_BUILD in *san) skip 'the sanitizers have an allocator of their own' ;; esac
    cc -shared -fPIC -o fail.so "$ROOT/t/lib/fail_malloc.c" 2> cc.log || skip 'this C library allocates in another way'
    given t 2022-01-01T23:30 2022-07-01T22:30
    local n
    for n in $(seq 1 40); do
        try env LD_PRELOAD="$PWD/fail.so" FAIL_AT="$n" weekagg -t t -u day -z Europe/Berlin
        case $status in
        0) gives 0 '' 'Date Count' '2022-01-02 1' '2022-07-02 1' ;;
        3) [[ $(< err) == *memory* ]] ;;
        *) echo "allocation $n: status $status" && return 1 ;;
        esac
    done
}
