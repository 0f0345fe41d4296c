-- The day, in UTC, with most top-level comments; of several, the first. Needs no match: comments whose text or whose
-- post's metadata is unknown count too.
SELECT
    date(created_time) AS day,
    count(*) AS comments
FROM comments
WHERE kind = 'top'
GROUP BY date(created_time)
ORDER BY comments DESC, day
LIMIT 1;
