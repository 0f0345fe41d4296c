-- Weeks whose number of votes is more than 20% above or below the mean: |1 - VoteCount / mean| > 0.2, multiplied out so
-- that integers decide. Weeks begin on Monday and on New Year's Day. A week without votes does not count,
-- nor does a vote whose CreationDate is null or no time (see votes_undated.sql).
BEGIN IMMEDIATE;
DROP VIEW IF EXISTS outlier_weeks;
CREATE VIEW outlier_weeks AS
WITH days AS (
    SELECT
        -- date() rounds beyond milliseconds: drop the fraction, keep the offset after it.
        date(CASE
            WHEN length(CreationDate) <= 23 THEN CreationDate
            ELSE substr(CreationDate, 1, 19) || ltrim(substr(CreationDate, 20), '.0123456789')
        END) AS day,
        count(*) AS votes
    FROM votes
    WHERE CreationDate GLOB '[0-9]???-??-??*'
        -- The day must exist: date() with a modifier changes one that does not.
        AND (
            substr(CreationDate, 9, 2) < '29'
            OR date(substr(CreationDate, 1, 10), '+0 days') IS substr(CreationDate, 1, 10)
        )
        AND substr(CreationDate, 12, 2) < '24'
    GROUP BY day
    HAVING day IS NOT NULL
),
weeks AS (
    SELECT
        CAST(strftime('%Y', day) AS INTEGER) AS Year,
        CAST(strftime('%W', day) AS INTEGER) AS WeekNumber,
        sum(votes) AS VoteCount
    FROM days
    GROUP BY Year, WeekNumber
),
total AS (
    SELECT
        sum(VoteCount) AS votes,
        count(*) AS weeks
    FROM weeks
)
SELECT
    Year,
    WeekNumber,
    VoteCount
FROM weeks, total
WHERE 5 * abs(total.votes - total.weeks * VoteCount) > total.votes
ORDER BY Year, WeekNumber;
COMMIT;
