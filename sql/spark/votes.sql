-- The votes job in Spark SQL, with the programs of weir as operators: which weeks have over a fifth more or fewer votes
-- than the mean week? The programs must be in PATH on every machine. A program that fails makes the query fail.
-- spark-sql -S -d votes='votes*.jsonl.gz' -f votes.sql
WITH votes AS (
    SELECT TRANSFORM (value)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'jsonl2tsv -N Id:int! PostId:int! VoteTypeId:int! CreationDate:time! UserId:int BountyAmount:int'
        AS (Id BIGINT, PostId BIGINT, VoteTypeId BIGINT, CreationDate STRING, UserId BIGINT, BountyAmount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM text.`${votes}`
),
-- All votes of one Id come to one dedup, the earliest first, which stays.
distinct_votes AS (
    SELECT TRANSFORM (Id, CreationDate)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'dedup -N -k 1'
        AS (Id BIGINT, CreationDate STRING)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
    FROM (
        SELECT *
        FROM votes
        DISTRIBUTE BY Id
        SORT BY Id, CreationDate
    )
),
-- Of a part of the votes each.
counts AS (
    SELECT TRANSFORM (CreationDate)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'weekagg -N -t 1'
        AS (Year INT, WeekNumber INT, VoteCount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
    FROM distinct_votes
),
weeks AS (
    SELECT
        Year,
        WeekNumber,
        sum(VoteCount) AS VoteCount
    FROM counts
    GROUP BY Year, WeekNumber
)
-- All weeks come to one outliers.
SELECT *
FROM (
    SELECT TRANSFORM (Year, WeekNumber, VoteCount)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'outliers -N'
        AS (Year INT, WeekNumber INT, VoteCount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
    FROM (
        SELECT *
        FROM weeks
        DISTRIBUTE BY 1
    )
)
ORDER BY Year, WeekNumber;
