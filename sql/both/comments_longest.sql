-- The five pages with the longest comments on average, in characters, including replies; ties are ordered by id. Only
-- comments with a text count. The mean is rounded half up, in integers.
SELECT
    id,
    name,
    comments,
    (tenths / 10) || '.' || (tenths % 10) AS mean_characters
FROM (
    SELECT
        pages.id,
        pages.name,
        count(*) AS comments,
        sum(length(comments.text)) AS characters,
        (20 * sum(length(comments.text)) + count(*)) / (2 * count(*)) AS tenths
    FROM comments
    JOIN pages
        ON pages.id = comments.page
    WHERE comments.text IS NOT NULL
    GROUP BY pages.id, pages.name
) AS lengths
ORDER BY CAST(characters AS double precision) / comments DESC, id
LIMIT 5;
