-- Weeks with over a fifth more or fewer votes than the mean week: |1 - VoteCount / mean| > 0.2, multiplied by what it
-- divides by, so that whole numbers decide. Weeks begin on Monday, and on New Year's Day; one without votes is none.
-- Days are those of UTC.
CREATE OR REPLACE VIEW blog_analysis.outlier_weeks AS
WITH days AS (
    SELECT
        CAST(CreationDate AT TIME ZONE 'UTC' AS date) AS day,
        count(*) AS votes
    FROM blog_analysis.votes
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
