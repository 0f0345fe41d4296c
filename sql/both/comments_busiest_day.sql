-- The day, in UTC, with the most top-level comments; the first of several. Comments without a text or without metadata
-- of their post count too.
SELECT
    date(created_time) AS day,
    count(*) AS comments
FROM comments
WHERE kind = 'top'
GROUP BY date(created_time)
ORDER BY comments DESC, day
LIMIT 1;
