-- Weeks whose number of votes is more than 20% above or below the mean: |1 - VoteCount / mean| > 0.2, multiplied out so
-- that integers decide. Weeks begin on Monday and on New Year's Day. A week without votes does not count,
-- nor does a vote whose CreationDate is null or infinite (see votes_undated.sql).
-- Days are in UTC.
BEGIN;

-- One at a time: IF NOT EXISTS and OR REPLACE fail if two create the same.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir votes'')); END';

CREATE OR REPLACE VIEW blog_analysis.outlier_weeks AS
WITH days AS (
    SELECT
        CAST(CreationDate AT TIME ZONE 'UTC' AS date) AS day,
        count(*) AS votes
    FROM blog_analysis.votes
    WHERE isfinite(CreationDate)
    GROUP BY day
),
weeks AS (
    SELECT
        CAST(extract(year FROM day) AS integer) AS Year,
        CAST(extract(doy FROM day) + 7 - extract(isodow FROM day) AS integer) / 7 AS WeekNumber,
        CAST(sum(votes) AS bigint) AS VoteCount
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
