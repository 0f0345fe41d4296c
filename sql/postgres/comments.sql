-- Pages, posts, comments and replies, and the inboxes from which comments_merge.sql takes them. What is only referred
-- to is a row too: a comment without a kind is known only from its text or a reply, a post or a page with in_info = 0
-- only from the metadata of posts. A post without a created_time has no metadata. Text is compared as bytes, in any
-- locale.
BEGIN;

-- One loader at a time: IF NOT EXISTS fails if two create the same table.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir comments'')); END';

CREATE SCHEMA IF NOT EXISTS comments;

-- The time in UTC, to the second; null if SQLite would not read it. Independent of time zone and date style.
CREATE OR REPLACE FUNCTION comments.utc(time_text text) RETURNS timestamp
LANGUAGE sql
IMMUTABLE
RETURN CASE
    WHEN time_text !~ ('^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])'
        || '([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([Zz]|[+-](0\d|1[0-4]):?[0-5]\d)?)?$')
    THEN NULL
    -- A day after the end of the month.
    WHEN substr(time_text, 9, 2) > to_char(
        make_date(substr(time_text, 1, 4)::int, substr(time_text, 6, 2)::int, 1) + interval '1 month - 1 day',
        'DD'
    )
    THEN NULL
    ELSE date_trunc(
        'second',
        (time_text || CASE WHEN time_text ~ '([Zz]|[+-]\d\d:?\d\d)$' THEN '' ELSE 'Z' END)::timestamptz
            AT TIME ZONE 'UTC'
    )
END;

CREATE TABLE IF NOT EXISTS comments.pages (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    -- From its latest post.
    name text COLLATE "C",
    named_at timestamp,
    in_info integer NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS comments.posts (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    page text COLLATE "C" NOT NULL REFERENCES comments.pages (id),
    type text COLLATE "C",
    created_time timestamp,
    in_info integer NOT NULL DEFAULT 0
);

-- Times are UTC.
CREATE TABLE IF NOT EXISTS comments.comments (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    kind text COLLATE "C" CHECK (kind IN ('top', 'reply')),
    parent text COLLATE "C" REFERENCES comments.comments (id),
    post text COLLATE "C" REFERENCES comments.posts (id),
    page text COLLATE "C" REFERENCES comments.pages (id),
    created_time timestamp,
    up_likes bigint,
    comment_count bigint,
    text text COLLATE "C"
);

-- One row for each reply, with its comment, and for each comment, post or page without any (jsonl2tsv --outer). The
-- ordinals only tell a missing comment or reply, which has a null ordinal, from one that lacks its id.
CREATE TABLE IF NOT EXISTS comments.comments_inbox (
    page text COLLATE "C" NOT NULL,
    post_ordinal bigint,
    post text COLLATE "C",
    ordinal bigint,
    id text COLLATE "C",
    created_time text,
    up_likes bigint,
    comment_count bigint,
    reply_ordinal bigint,
    reply text COLLATE "C",
    reply_parent text COLLATE "C",
    reply_created_time text,
    reply_up_likes bigint,
    reply_comment_count bigint,
    created_at timestamp GENERATED ALWAYS AS (comments.utc(created_time)) STORED,
    reply_created_at timestamp GENERATED ALWAYS AS (comments.utc(reply_created_time)) STORED,
    CONSTRAINT "a post has an id" CHECK (post_ordinal IS NULL OR post IS NOT NULL),
    CONSTRAINT "a comment has an id, a created_time, up_likes and a comment_count" CHECK (
        ordinal IS NULL
        OR id IS NOT NULL AND created_at IS NOT NULL AND up_likes IS NOT NULL AND comment_count IS NOT NULL
    ),
    CONSTRAINT "a reply has an id, a created_time, up_likes and a comment_count" CHECK (
        reply_ordinal IS NULL
        OR reply IS NOT NULL AND reply_created_at IS NOT NULL AND reply_up_likes IS NOT NULL
        AND reply_comment_count IS NOT NULL
    )
);

CREATE TABLE IF NOT EXISTS comments.texts_inbox (
    h_id text COLLATE "C" NOT NULL,
    message text COLLATE "C"
);

CREATE TABLE IF NOT EXISTS comments.posts_inbox (
    created_time text NOT NULL,
    type text COLLATE "C",
    post_h_id text COLLATE "C" NOT NULL,
    page_h_id text COLLATE "C" NOT NULL,
    name_h_id text COLLATE "C",
    created_at timestamp GENERATED ALWAYS AS (comments.utc(created_time)) STORED,
    CONSTRAINT "created_time is a time" CHECK (created_at IS NOT NULL)
);

-- The characters that would break a line of a printed table.
CREATE OR REPLACE VIEW comments.breaks AS
SELECT
    chr(9) AS tab,
    chr(10) AS line_feed,
    chr(13) AS carriage_return;

COMMIT;
