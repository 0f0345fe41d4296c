-- The votes job in Spark SQL, with the programs of weir as operators: the weeks whose number of votes is more than 20%
-- above or below the mean. The programs must be in PATH on every machine. If a program fails, the query fails.
-- docs/spark.md has the rules that this file follows.
-- spark-sql -S -d votes='votes*.jsonl.gz' -f votes.sql
WITH lines AS (
    -- Rows have no order, so each vote takes its place along, as the first member of its object. A line that begins
    -- otherwise has no place, which jsonl2tsv refuses. The failure mark stops it at what Spark would change.
    SELECT
        CASE
            WHEN NOT is_valid_utf8(value) THEN concat('\\!\tSpark\tinvalid UTF-8 in ', _metadata.file_path)
            WHEN startswith(ltrim(value), '{') THEN concat(
                '{"_metadata":{"file":"',
                _metadata.file_path,
                '","start":',
                _metadata.file_block_start,
                '},',
                substr(ltrim(value), 2)
            )
            ELSE value
        END AS line
    FROM text.`${votes}` WITH ('lineSep' = '\n')
),
votes AS (
    SELECT TRANSFORM (line)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'set -f -o pipefail; trap "cat > /dev/null" EXIT
            vote="Id:int! PostId:int! VoteTypeId:int! CreationDate:time! UserId:int? BountyAmount:int?"
            jsonl2tsv -N _metadata.file:str! _metadata.start:int! @line $vote |
            pick -N 1 2 3 4 7'
        AS (File STRING, Start STRING, Line STRING, Id STRING, CreationDate STRING)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM lines
),
-- One dedup gets all votes of an Id and keeps the first: by file, start of the block, and line in the block.
counts AS (
    SELECT TRANSFORM (File, Start, Line, Id, CreationDate)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'set -o pipefail; trap "cat > /dev/null" EXIT
            dedup -N -S 500M -k 4 --min 1,2,3 | weekagg -N -t 5'
        AS (Year INT, WeekNumber INT, VoteCount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM (
        SELECT *
        FROM votes
        DISTRIBUTE BY Id
    )
),
weeks AS (
    SELECT
        Year,
        WeekNumber,
        sum(VoteCount) AS VoteCount
    FROM counts
    GROUP BY Year, WeekNumber
)
-- One outliers gets all weeks.
SELECT *
FROM (
    SELECT TRANSFORM (Year, WeekNumber, VoteCount)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'trap "cat > /dev/null" EXIT; outliers -N'
        AS (Year INT, WeekNumber INT, VoteCount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM (
        SELECT *
        FROM weeks
        DISTRIBUTE BY 1
    )
)
ORDER BY Year, WeekNumber;
