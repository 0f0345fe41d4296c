-- The comments and replies in the inbox. A comment is in the row of each of its replies; only the first row is used.
CREATE TEMPORARY VIEW seen AS
SELECT
    id,
    'top' AS kind,
    NULL AS parent,
    post,
    page,
    created_at,
    up_likes,
    comment_count
FROM comments_inbox
WHERE id IS NOT NULL
    AND coalesce(reply_ordinal, 0) = 0
UNION ALL
SELECT
    reply,
    'reply',
    coalesce(reply_parent, id),
    post,
    page,
    reply_created_at,
    reply_up_likes,
    reply_comment_count
FROM comments_inbox
WHERE reply IS NOT NULL;
