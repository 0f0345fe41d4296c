-- The votes job in Spark SQL, with the programs of weir as operators: the weeks whose number of votes is more than 20%
-- above or below the mean. The programs must be in PATH on every machine. If a program fails, the query fails.
-- spark-sql -S -d votes='votes*.jsonl.gz' -f votes.sql
WITH votes AS (
    SELECT TRANSFORM (value)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
        USING 'jsonl2tsv -N Id:int! PostId:int! VoteTypeId:int! CreationDate:time! UserId:int? BountyAmount:int?'
        AS (Id BIGINT, PostId BIGINT, VoteTypeId BIGINT, CreationDate STRING, UserId BIGINT, BountyAmount BIGINT)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM text.`${votes}`
),
-- One dedup gets all votes of an Id, sorted by date, and keeps the first.
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
-- Each weekagg counts a part of the votes.
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
-- One outliers gets all weeks.
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
