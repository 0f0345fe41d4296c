-- Comments, including replies, and their up_likes by type of post, for comments written on a day, in UTC, after :after.
-- The type with the most comments comes first; ties are ordered by type. Only posts with a type count.
--     sqlite3 -header -tabs -cmd ".parameter set :after \"'2018-01-08'\"" DATABASE < comments_by_post_type.sql
--     psql -v after="'2018-01-08'" -f comments_by_post_type.sql DATABASE
SELECT
    posts.type,
    count(*) AS comments,
    sum(comments.up_likes) AS up_likes
FROM comments
JOIN posts
    ON posts.id = comments.post
WHERE posts.type IS NOT NULL
    AND date(comments.created_time) > :after
GROUP BY posts.type
ORDER BY comments DESC, posts.type;
