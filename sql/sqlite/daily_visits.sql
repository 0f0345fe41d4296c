-- The visits of each day, and the mean with the previous day that has visits. days(Date, count) has a row for each day
-- and file. A sum of two integers divided by two is exact.
SELECT
    CAST(substr(Date, 1, 4) AS INTEGER) AS year,
    CAST(substr(Date, 6, 2) AS INTEGER) AS month,
    CAST(substr(Date, 9, 2) AS INTEGER) AS day,
    (sum(count) + lag(sum(count)) OVER (ORDER BY Date)) / 2.0 AS observed,
    sum(count) AS count
FROM days
GROUP BY Date
ORDER BY Date;
