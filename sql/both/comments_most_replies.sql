-- The five top-level comments with the most replies; ties are ordered by id. Counts the replies loaded, not
-- comment_count. An unknown name or text is null. Each text is printed on one line.
SELECT
    pages.name AS page,
    comments.post,
    comments.id,
    replies.number AS replies,
    replace(replace(replace(comments.text, tab, ' '), line_feed, ' '), carriage_return, ' ') AS text
FROM (
    SELECT
        parent,
        count(*) AS number
    FROM comments
    WHERE kind = 'reply'
    GROUP BY parent
) AS replies
JOIN comments
    ON comments.id = replies.parent
JOIN pages
    ON pages.id = comments.page
CROSS JOIN breaks
WHERE comments.kind = 'top'
ORDER BY replies.number DESC, comments.id
LIMIT 5;
