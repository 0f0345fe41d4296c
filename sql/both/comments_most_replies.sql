-- The five top-level comments with most replies; of equals, by id. Replies are those that are there, not what a
-- comment_count says. Needs no match: name and text are null where they are unknown. Texts are printed on one line.
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
