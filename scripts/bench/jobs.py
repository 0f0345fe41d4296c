"""The data, peers and jobs of the benchmark.

Commands are sh command lines, run in the directory of the data. @votes.tsv is that file, @n its number of records.
"""
import os
import shlex
from typing import NamedTuple

PAGES = os.path.join(os.path.dirname(__file__), "../../t/data/comments/comment_info.jsonl.gz")

# For each file: the number of votes per record, and the command that makes it.
DATA = {
    "votes.jsonl": (1, "generate-votes @n"),
    "mixed.jsonl": (10, "generate-mixed @n"),
    "wide.jsonl": (40, "generate-wide @n"),
    "votes.tsv": (1, "jsonl2tsv -N Id CreationDate < @votes.jsonl"),
    "posts.tsv": (1, "jsonl2tsv -N Id PostId VoteTypeId CreationDate < @votes.jsonl"),
    "packed.gz": (1, "gzip -c < @votes.jsonl"),
    "packed.zst": (1, "zstd -qc < @votes.jsonl"),
    "array.json": (10, """awk '{ print (NR > 1 ? "," : "[") $0 } END { print "]" }' @mixed.jsonl"""),
    "old.tsv": (2, "dedup -N -k 1 < @posts.tsv | head -n @n"),
    "new.tsv": (2, r"""awk -F '\t' -v OFS='\t' 'NR % 200 == 0 { $3++ } NR % 200 != 100' @old.tsv"""),
    "long.tsv": (1, "pivot -N --long 2,3 < @old.tsv"),
    "votes.db": (1, "tsv2sqlite -N -c Id:int,CreationDate:str new.db votes < @votes.tsv && cat new.db && rm new.db"),
    "votes.csv": (1, r"jsonl2tsv -N Id PostId VoteTypeId CreationDate < @votes.jsonl | tr '\t' ,"),
    "quoted.csv": (1, """sed 's/,/","/g; s/.*/"&","so, ""they"" say"/' @votes.csv"""),
    "ids.tsv": (1, "dedup -N -k 1 < @votes.tsv"),
    "visits.tsv": (1, r"""awk '{ print $1 % 400009 "\t" 1600000000 + int(NR / 10) }' @votes.tsv"""),
    "pages.jsonl": (1, f"gzip -dc {PAGES} | generate-comments $((@n / 250000 + 1))"),
    "days.tsv": (1, r"""cut -f 2 @votes.tsv | dedup -N | awk '{ print $0 "\t" NR }'"""),
}

# For each peer: the command that prints its version, or fails if it is not installed.
PEERS = {
    "jq": "jq --version",
    "jaq": "jaq --version",
    "mlr": "mlr --version",
    "duckdb": "duckdb --version",
    "clickhouse": "python3 -c 'import chdb; print(chdb.engine_version)'",
    "simdjson": "bench_simdjson --version",
    "xan": "xan --version",
    "tsv-utils": "tsv-select --version",
    "cat": "cat --version",
    "cut": "cut --version",
    "gzip": "gzip --version",
    "zstd": "zstd --version",
    "mawk": "mawk -W version",
    "sort -u": "sort --version",
    "datamash": "datamash --version",
    "sqlite3": "sqlite3 --version",
    "insert loop": "bench_sqlite --version",
}

# For each database file that a job may fill: its table, empty before each run.
DATABASES = {
    "bench.db": "CREATE TABLE votes (Id INTEGER, CreationDate TEXT)",
    "keyed.db": "CREATE TABLE votes (Id INTEGER PRIMARY KEY, CreationDate TEXT)",
}
LOADED = "SELECT count(*), sum(Id), count(DISTINCT CreationDate), sum(typeof(Id) = 'integer') FROM votes"

MAWK_WEEKS = r"""{ n[substr($2, 1, 10)]++ } END { for (day in n) { noon = day " 12 00 00"; gsub("-", " ", noon)
    week[strftime("%Y\t%W", mktime(noon))] += n[day] }
    for (w in week) { split(w, part, "\t"); print part[1], part[2] + 0, week[w] } }"""


class Job(NamedTuple):
    """Command lines that do the same with the file DATA on standard input. ORDERED: the order of the output counts."""
    data: str
    weir: str
    peers: dict
    cores: int = 1
    ordered: bool = True


def duckdb(sql, settings="SET threads = 1; "):
    """The DuckDB command line that prints the result of SQL as TSV."""
    copy = f"COPY ({sql}) TO '/dev/stdout' (HEADER false, DELIMITER '\t', QUOTE '')"
    return "duckdb -c " + shlex.quote(f"SET enable_progress_bar = false; {settings}{copy}")


def duckdb_jsonl(file, columns):
    return f"read_json('{file}', format = 'newline_delimited', columns = {{{columns}}})"


def duckdb_csv(file, delimiter, columns):
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    dialect = f"header = false, auto_detect = false, delim = '{delimiter}', quote = '\"'"
    return f"read_csv('{file}', {dialect}, columns = {{{types}}})"


def clickhouse(sql, threads=1):
    """The chdb command line that prints the result of SQL as TSV. INTO OUTFILE '/dev/stdout' could replace it."""
    insert = f"INSERT INTO FUNCTION file('stdout', TSV) {sql} SETTINGS max_threads = {threads}"
    return "python3 -c 'import sys, chdb; chdb.query(sys.argv[1])' " + shlex.quote(insert)


def jsonl2tsv(data, operands, jq, mlr, duckdb_sql, clickhouse_sql):
    """A job that prints the fields OPERANDS of JSON Lines. DuckDB and jq escape only the fields that need it."""
    return Job(data, f"jsonl2tsv -N {operands}", {
        "jq": f"jq -r '{jq}'",
        "jaq": f"jaq -r '{jq}'",
        "mlr": f"mlr -S --ijsonl --otsv --headerless-tsv-output {mlr}",
        "duckdb": duckdb(duckdb_sql),
        "clickhouse": clickhouse(clickhouse_sql),
        "simdjson": f"bench_simdjson {operands}"})


def csv2tsv(data, *columns):
    texts = dict.fromkeys(columns, "VARCHAR")
    structure = ", ".join(f"{column} String" for column in columns)
    return Job(data, "csv2tsv -N", {
        "mlr": "mlr -S --icsv --otsv --implicit-csv-header --headerless-tsv-output cat",
        "duckdb": duckdb(f"FROM {duckdb_csv('@' + data, ',', texts)}"),
        "clickhouse": clickhouse(f"SELECT * FROM file('@{data}', CSV, '{structure}')"),
        "xan": "xan fmt --tabs --quote-never"})


TAB = "\t"
TSV = duckdb_csv("@votes.tsv", "\t", {"Id": "VARCHAR", "CreationDate": "VARCHAR"})
TSV_TIMES = duckdb_csv("@votes.tsv", "\t", {"Id": "VARCHAR", "CreationDate": "TIMESTAMP"})
POSTS = {"Id": "BIGINT", "PostId": "BIGINT", "VoteTypeId": "BIGINT", "CreationDate": "VARCHAR"}
CLICKHOUSE_TSV = "file('@votes.tsv', TSV, 'Id String, CreationDate String')"
CLICKHOUSE_JSONL = "file('@votes.jsonl', JSONEachRow, 'Id {}, CreationDate String')"

MIXED = r"SELECT replace(replace(replace(title, '\', '\\'), chr(9), '\t'), chr(10), '\n'), score, author.name FROM "
MIXED_COLUMNS = "title: 'VARCHAR', score: 'VARCHAR', author: 'STRUCT(name VARCHAR)'"
P95 = ("SELECT CreationDate::DATE, rtrim(rtrim(quantile_cont(PostId, 0.95)::DECIMAL(18, 2)::VARCHAR, '0'), '.') FROM "
       + duckdb_csv("@posts.tsv", TAB, {**POSTS, "CreationDate": "TIMESTAMP"}) + " GROUP BY ALL")


def packed(data, packer):
    """A job that unpacks JSON Lines, against PACKER in front of the same program."""
    return Job(data, "jsonl2tsv -N Id CreationDate", {packer: f"{packer} -dc | jsonl2tsv -N Id CreationDate"}, cores=2)


def tsv2sqlite(data, database):
    """A job that loads DATA into DATABASE, one of DATABASES."""
    return Job(data, f"tsv2sqlite -N {database} votes", {
        "sqlite3": f"sqlite3 {database} 'PRAGMA cache_size = -65536' '.mode tabs' '.import /dev/stdin votes'",
        "insert loop": f"bench_sqlite {database} 'INSERT INTO votes VALUES (?, ?)'"})


JOBS = {
    "jsonl2tsv": jsonl2tsv(
        "votes.jsonl", "Id CreationDate",
        r'"\(.Id)\t\(.CreationDate)"',
        "cut -o -f Id,CreationDate",
        "FROM " + duckdb_jsonl("@votes.jsonl", "Id: 'VARCHAR', CreationDate: 'VARCHAR'"),
        "SELECT * FROM " + CLICKHOUSE_JSONL.format("String")),
    "jsonl2tsv, mixed": jsonl2tsv(
        "mixed.jsonl", "title score author.name",
        r'"\([.title] | @tsv)\t\(.score)\t\(.author.name)"',
        "cut -f title,score,author then flatten then cut -o -f title,score,author.name",
        MIXED + duckdb_jsonl("@mixed.jsonl", MIXED_COLUMNS),
        "SELECT title, score, author.1 FROM "
        "file('@mixed.jsonl', JSONEachRow, 'title String, score String, author Tuple(name String)')"),
    "jsonl2tsv, wide": jsonl2tsv(
        "wide.jsonl", "field_05 field_31 field_58",
        r'"\(.field_05)\t\(.field_31)\t\(.field_58)"',
        "cut -o -f field_05,field_31,field_58",
        "FROM " + duckdb_jsonl("@wide.jsonl", "field_05: 'VARCHAR', field_31: 'VARCHAR', field_58: 'VARCHAR'"),
        "SELECT * FROM file('@wide.jsonl', JSONEachRow, 'field_05 String, field_31 String, field_58 String')"),
    "jsonl2tsv, nested": Job(
        "pages.jsonl", "jsonl2tsv -N h_id posts.data[].h_id posts.data[].comments.data[].h_id "
        "posts.data[].comments.data[].up_likes", {
            "jq": r"""jq -r '.h_id as $page | .posts.data[] | .h_id as $post | .comments.data[]? |
                [$page, $post, .h_id, .up_likes] | map(if . == null then "\\N" else . end) | join("\t")'"""}),
    "csv2tsv": csv2tsv("votes.csv", "Id", "PostId", "VoteTypeId", "CreationDate"),
    "csv2tsv, quoted": csv2tsv("quoted.csv", "Id", "PostId", "VoteTypeId", "CreationDate", "Said"),
    "jsonl2tsv, packed by gzip": packed("packed.gz", "gzip"),
    "jsonl2tsv, packed by zstd": packed("packed.zst", "zstd"),
    "jsonl2tsv, array": Job("array.json", "jsonl2tsv --array -N title score author.name", {
        "jq": r"""jq -r '.[] | "\([.title] | @tsv)\t\(.score)\t\(.author.name)"'""",
        "duckdb": duckdb(MIXED + f"read_json('@array.json', format = 'array', columns = {{{MIXED_COLUMNS}}})")}),
    "tsvcat": Job("posts.tsv", "tsvcat -N", {
        "cat": "cat",
        "tsv-utils": "tsv-append",
        "mlr": "mlr -S --tsv --implicit-tsv-header --headerless-tsv-output cat"}),
    "pick": Job("posts.tsv", "pick -N 1 4", {
        "cut": "cut -f 1,4",
        "mawk": r"mawk -F '\t' -v OFS='\t' '{ print $1, $4 }'",
        "tsv-utils": "tsv-select -f 1,4",
        "xan": r"xan select -n -d '\t' 0,3",
        "mlr": "mlr -S --tsv --implicit-tsv-header --headerless-tsv-output cut -o -f 1,4"}),
    "where": Job("posts.tsv", "where -N 3=2", {
        "mawk": r"mawk -F '\t' '$3 == 2'",
        "tsv-utils": "tsv-filter --eq 3:2",
        "xan": r"xan search -n -d '\t' -s 2 -e 2",
        "mlr": "mlr --tsv --implicit-tsv-header --headerless-tsv-output filter '$3 == 2'"}),
    "where, text": Job("posts.tsv", "where -N '4>=2020'", {
        "mawk": r"""mawk -F '\t' '$4 >= "2020"'""",
        "tsv-utils": "tsv-filter --str-ge 4:2020"}),
    "tsv2csv": Job("posts.tsv", "tsv2csv -N", {
        "xan": r"xan fmt -d '\t'",
        "mlr": "mlr -S --itsv --ocsv --implicit-tsv-header --headerless-csv-output cat"}),
    "trend": Job("posts.tsv", "trend -N -g 3 total:2", {
        "mlr": "mlr --tsv --implicit-tsv-header --headerless-tsv-output step -a rsum -f 2 -g 3"}),
    "pivot": Job("long.tsv", "pivot -N -n 3 -v 4", {
        "mawk": r"mawk -F '\t' -v OFS='\t' 'NR % 2 { value = $4; next } { print $1, $2, value, $4 }'"}),
    "pivot --long": Job("old.tsv", "pivot -N --long 2,3", {
        "mawk": r"mawk -F '\t' -v OFS='\t' '{ print $1, $4, 2, $2; print $1, $4, 3, $3 }'",
        "mlr": "mlr -S --tsv --implicit-tsv-header --headerless-tsv-output reshape -i 2,3 -o name,value"}),
    "sqlite2tsv": Job("votes.db", "sqlite2tsv -N @votes.db 'SELECT * FROM votes'", {
        "sqlite3": "sqlite3 -tabs @votes.db 'SELECT * FROM votes'"}),
    "lookup": Job("votes.tsv", "lookup -N -f @days.tsv -k 2 -K 1", {
        "mawk": r"""mawk -F '\t' 'NR == FNR { n[$1] = $2; next } { print $0 "\t" n[$2] }' @days.tsv -""",
        "xan": r"xan join -n -d '\t' --left --drop-key right 1 - 0 @days.tsv"}),
    "dedup": Job("votes.tsv", "dedup -N -k 1", {
        "mawk": "mawk '!seen[$1]++'",
        "sort -u": "sort -u -k 1,1",
        "datamash": "datamash rmdup 1",
        "xan": r"xan dedup -n -d '\t' -s 0",
        "duckdb": duckdb(f"SELECT DISTINCT ON (Id) * FROM {TSV}"),
        "clickhouse": clickhouse(f"SELECT * FROM {CLICKHOUSE_TSV} LIMIT 1 BY Id")}, ordered=False),
    "dedup, whole records": Job("votes.tsv", "dedup -N", {
        "mawk": "mawk '!seen[$0]++'",
        "sort -u": "sort -u",
        "xan": r"xan dedup -n -d '\t'",
        "duckdb": duckdb(f"SELECT DISTINCT * FROM {TSV}"),
        "clickhouse": clickhouse(f"SELECT DISTINCT * FROM {CLICKHOUSE_TSV}")}, ordered=False),
    "dedup -S 64M, whole records": Job("votes.tsv", "dedup -N -S 64M", {
        "sort -u": "sort -u -S 64M"}, ordered=False),
    "weekagg": Job("votes.tsv", "weekagg -N -t 2", {
        "mawk": r"mawk -F '\t' -v OFS='\t' " + shlex.quote(MAWK_WEEKS),
        "duckdb": duckdb("SELECT year(CreationDate), CAST(strftime(CreationDate, '%W') AS INTEGER), count(*) "
                         f"FROM {TSV_TIMES} GROUP BY ALL"),
        "clickhouse": clickhouse("SELECT toYear(day), toWeek(day, 5), count() FROM "
                                 f"(SELECT toDate(left(CreationDate, 10)) AS day FROM {CLICKHOUSE_TSV}) GROUP BY ALL")},
        ordered=False),
    "weekagg, p95 by day": Job("posts.tsv", "weekagg -N -t 4 -u day p95:2", {"duckdb": duckdb(P95)}, ordered=False),
    "weekagg -S 64M, p95 by day": Job("posts.tsv", "weekagg -N -S 64M -t 4 -u day p95:2", {
        "duckdb": duckdb(P95)}, ordered=False),
    "weekagg, distinct": Job("posts.tsv", "weekagg -N -t 4 distinct:1", {
        "duckdb": duckdb("SELECT year(CreationDate), CAST(strftime(CreationDate, '%W') AS INTEGER), count(DISTINCT Id) "
                         f"FROM {duckdb_csv('@posts.tsv', TAB, {**POSTS, 'CreationDate': 'TIMESTAMP'})} GROUP BY ALL")},
        ordered=False),
    "profile": Job("posts.tsv", "profile -N | pick -N 3 7 8", {
        "duckdb": duckdb(f"SELECT count, min, max FROM (SUMMARIZE FROM {duckdb_csv('@posts.tsv', TAB, POSTS)})")}),
    "tsvdiff": Job("old.tsv", "tsvdiff -N -k 1 - @new.tsv | dedup -N -k 1 | pick -N 1 2", {
        "duckdb": duckdb("SELECT coalesce(o.Id, n.Id), CASE WHEN o.Id IS NULL THEN 'added' "
                         "WHEN n.Id IS NULL THEN 'removed' ELSE 'changed' END FROM "
                         + duckdb_csv("@old.tsv", TAB, POSTS) + " o FULL JOIN "
                         + duckdb_csv("@new.tsv", TAB, POSTS) + " n ON o.Id = n.Id WHERE o IS DISTINCT FROM n")},
        ordered=False),
    "tsv2sqlite": tsv2sqlite("votes.tsv", "bench.db"),
    "tsv2sqlite, ids in no order": tsv2sqlite("ids.tsv", "keyed.db"),
    "sessionize": Job("visits.tsv", "sessionize -N -k 1 -t 2 --gap 15m --epoch s", {
        "mawk": r"""mawk -F '\t' '{ if (!($1 in last) || $2 - last[$1] >= 900) n[$1]++
            last[$1] = $2; print $0 "\t" n[$1] }'"""}),
    "votes, whole": Job(
        "votes.jsonl", "jsonl2tsv -N Id CreationDate | dedup -N -k 1 | weekagg -N -t 2 | outliers -N", {
            "duckdb": duckdb(
                "WITH votes AS (SELECT DISTINCT ON (Id) Id, CreationDate FROM "
                + duckdb_jsonl("@votes.jsonl", "Id: 'BIGINT', CreationDate: 'TIMESTAMP'") + "), "
                "weeks AS (SELECT year(CreationDate) AS Year, CAST(strftime(CreationDate, '%W') AS INTEGER) AS Week, "
                "count(*) AS n FROM votes GROUP BY ALL) "
                "FROM weeks WHERE abs(1 - n / (SELECT avg(n) FROM weeks)) > 0.2 ORDER BY Year, Week",
                "SET threads = 2; "),
            "clickhouse": clickhouse(
                "WITH weeks AS (SELECT toYear(day) AS year, toWeek(day, 5) AS week, count() AS n FROM "
                "(SELECT toDate(left(any(CreationDate), 10)) AS day FROM "
                + CLICKHOUSE_JSONL.format("UInt64") + " GROUP BY Id) GROUP BY year, week) "
                "SELECT * FROM weeks WHERE abs(1 - n / (SELECT avg(n) FROM weeks)) > 0.2 ORDER BY year, week", 2)},
        cores=2),
}

# A pipeline with little input shows how long programs take to start; as many cats are the least.
SMALL = ("jsonl2tsv Id CreationDate | dedup -k Id | weekagg -t CreationDate | outliers", "cat | cat | cat | cat")
