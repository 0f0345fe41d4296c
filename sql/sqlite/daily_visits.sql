-- How many visits were there on each day, and how many on the mean of it and the day with visits before? Counted in
-- days(Date, count), a day in a file a row. A sum of two divided by two is exact.
SELECT
    CAST(substr(Date, 1, 4) AS INTEGER) AS year,
    CAST(substr(Date, 6, 2) AS INTEGER) AS month,
    CAST(substr(Date, 9, 2) AS INTEGER) AS day,
    (sum(count) + lag(sum(count)) OVER (ORDER BY Date)) / 2.0 AS observed,
    sum(count) AS count
FROM days
GROUP BY Date
ORDER BY Date;
