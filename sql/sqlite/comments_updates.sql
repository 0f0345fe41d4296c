-- What comments_merge.sql upserts: all rows of the inboxes, in any order. SQLite can update a row several times, which
-- takes a third of the time of ranking the rows first.
CREATE TEMPORARY VIEW name_updates AS SELECT * FROM posts_inbox;
CREATE TEMPORARY VIEW post_updates AS SELECT * FROM posts_inbox;
CREATE TEMPORARY VIEW comment_updates AS SELECT * FROM seen;
CREATE TEMPORARY VIEW text_updates AS SELECT * FROM texts_inbox;
