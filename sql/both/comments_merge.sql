-- Moves the inboxes to pages, posts and comments, in one transaction that locks the inboxes for writing. The result
-- does not depend on the order in which files are loaded, or on the number of runs. If a comment occurs several times,
-- the one with the highest created_time counts, then up_likes, then comment_count. For the metadata of a post it is the
-- highest created_time, then type; for a text, the longest. Remaining ties go to the greatest of the other values.

INSERT INTO pages (id, in_info)
SELECT DISTINCT
    page,
    1
FROM comments_inbox
WHERE true
ON CONFLICT (id) DO UPDATE
SET in_info = 1
WHERE pages.in_info = 0;

INSERT INTO pages (id, name, named_at)
SELECT
    page_h_id,
    name_h_id,
    CASE WHEN name_h_id IS NOT NULL THEN created_at END
FROM name_updates
WHERE true
ON CONFLICT (id) DO UPDATE
SET
    name = excluded.name,
    named_at = excluded.named_at
WHERE excluded.name IS NOT NULL
    AND (pages.name IS NULL OR (excluded.named_at, excluded.name) > (pages.named_at, pages.name));

INSERT INTO posts (id, page, in_info)
SELECT
    post,
    max(page),
    1
FROM (SELECT DISTINCT post, page FROM comments_inbox WHERE post IS NOT NULL) AS places
GROUP BY post
ON CONFLICT (id) DO UPDATE
SET
    page = CASE WHEN posts.created_time IS NULL AND excluded.page > posts.page THEN excluded.page ELSE posts.page END,
    in_info = 1
WHERE posts.in_info = 0
    OR posts.created_time IS NULL AND excluded.page > posts.page;

INSERT INTO posts (id, page, type, created_time)
SELECT
    post_h_id,
    page_h_id,
    type,
    created_at
FROM post_updates
WHERE true
ON CONFLICT (id) DO UPDATE
SET
    page = excluded.page,
    type = excluded.type,
    created_time = excluded.created_time
WHERE posts.created_time IS NULL
    OR (excluded.created_time, coalesce(excluded.type, ''), excluded.type IS NOT NULL, excluded.page)
    > (posts.created_time, coalesce(posts.type, ''), posts.type IS NOT NULL, posts.page);

-- A parent that is not loaded is a row with only an id.
INSERT INTO comments (id)
SELECT DISTINCT coalesce(reply_parent, id)
FROM comments_inbox
WHERE reply IS NOT NULL
ON CONFLICT (id) DO NOTHING;

INSERT INTO comments (id, kind, parent, post, page, created_time, up_likes, comment_count)
SELECT
    id,
    kind,
    parent,
    post,
    page,
    created_at,
    up_likes,
    comment_count
FROM comment_updates
WHERE true
ON CONFLICT (id) DO UPDATE
SET
    kind = excluded.kind,
    parent = excluded.parent,
    post = excluded.post,
    page = excluded.page,
    created_time = excluded.created_time,
    up_likes = excluded.up_likes,
    comment_count = excluded.comment_count
WHERE comments.kind IS NULL
    OR (
        excluded.created_time,
        excluded.up_likes,
        excluded.comment_count,
        excluded.post,
        excluded.page,
        coalesce(excluded.parent, ''),
        excluded.kind
    ) > (
        comments.created_time,
        comments.up_likes,
        comments.comment_count,
        comments.post,
        comments.page,
        coalesce(comments.parent, ''),
        comments.kind
    );

INSERT INTO comments (id, text)
SELECT
    h_id,
    message
FROM text_updates
WHERE true
ON CONFLICT (id) DO UPDATE
SET text = excluded.text
WHERE (length(excluded.text), excluded.text) > (coalesce(length(comments.text), -1), coalesce(comments.text, ''));

DELETE FROM comments_inbox;
DELETE FROM texts_inbox;
DELETE FROM posts_inbox;
