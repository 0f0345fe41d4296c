-- The number of comments, posts and pages, and of ids without a match in the other data sets.
SELECT count(*), 'comments' FROM comments WHERE kind IS NOT NULL;
SELECT count(*), 'of them top-level' FROM comments WHERE kind = 'top';
SELECT count(*), 'of them replies' FROM comments WHERE kind = 'reply';
SELECT count(*), 'posts' FROM posts WHERE in_info = 1;
SELECT count(*), 'pages' FROM pages WHERE in_info = 1;
SELECT count(*), 'comments without text' FROM comments WHERE kind IS NOT NULL AND text IS NULL;
SELECT count(*), 'texts of no known comment' FROM comments WHERE kind IS NULL AND text IS NOT NULL;
SELECT count(*), 'replies to no known comment' FROM comments
WHERE parent IN (SELECT id FROM comments WHERE kind IS NULL);
SELECT count(*), 'posts without metadata' FROM posts WHERE in_info = 1 AND created_time IS NULL;
SELECT count(*), 'posts of metadata alone' FROM posts WHERE in_info = 0;
SELECT count(*), 'pages of metadata alone' FROM pages WHERE in_info = 0;
