-- What comments_merge.sql upserts: for each id the row of the inboxes that counts. A statement of PostgreSQL cannot
-- update a row twice.
CREATE TEMPORARY VIEW name_updates AS
SELECT DISTINCT ON (page_h_id) *
FROM posts_inbox
ORDER BY page_h_id, name_h_id IS NULL, created_at DESC, name_h_id DESC;

CREATE TEMPORARY VIEW post_updates AS
SELECT DISTINCT ON (post_h_id) *
FROM posts_inbox
ORDER BY post_h_id, created_at DESC, coalesce(type, '') DESC, type IS NULL, page_h_id DESC;

CREATE TEMPORARY VIEW comment_updates AS
SELECT DISTINCT ON (id) *
FROM seen
ORDER BY
    id, created_at DESC, up_likes DESC, comment_count DESC, post DESC, page DESC, coalesce(parent, '') DESC, kind DESC;

CREATE TEMPORARY VIEW text_updates AS
SELECT DISTINCT ON (h_id) *
FROM texts_inbox
ORDER BY h_id, message IS NULL, length(message) DESC, message DESC;
