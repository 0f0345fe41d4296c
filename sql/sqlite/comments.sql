-- Pages, posts, comments and replies, and the inboxes from which comments_merge.sql takes them. What is only referred
-- to is a row too: a comment without a kind is known only from its text or a reply, a post or a page with in_info = 0
-- only from the metadata of posts. A post without a created_time has no metadata.
CREATE TABLE IF NOT EXISTS pages (
    id TEXT NOT NULL PRIMARY KEY,
    -- From its latest post.
    name TEXT,
    named_at TEXT,
    in_info INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS posts (
    id TEXT NOT NULL PRIMARY KEY,
    page TEXT NOT NULL REFERENCES pages (id),
    type TEXT,
    created_time TEXT,
    in_info INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Times are UTC, as YYYY-MM-DD HH:MM:SS.
CREATE TABLE IF NOT EXISTS comments (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT CHECK (kind IN ('top', 'reply')),
    parent TEXT REFERENCES comments (id),
    post TEXT REFERENCES posts (id),
    page TEXT REFERENCES pages (id),
    created_time TEXT,
    up_likes INTEGER,
    comment_count INTEGER,
    text TEXT
) STRICT;

-- One row for each reply, with its comment, and for each comment, post or page without any (jsonl2tsv --outer). The
-- ordinals only tell a missing comment or reply, which has a null ordinal, from one that lacks its id.
CREATE TABLE IF NOT EXISTS comments_inbox (
    page TEXT NOT NULL,
    post_ordinal INTEGER,
    post TEXT,
    ordinal INTEGER,
    id TEXT,
    created_time TEXT,
    up_likes INTEGER,
    comment_count INTEGER,
    reply_ordinal INTEGER,
    reply TEXT,
    reply_parent TEXT,
    reply_created_time TEXT,
    reply_up_likes INTEGER,
    reply_comment_count INTEGER,
    -- UTC, from utc(1). To the second: datetime() rounds fractions.
    created_at TEXT AS (datetime(substr(created_time, 1, 19))),
    reply_created_at TEXT AS (datetime(substr(reply_created_time, 1, 19))),
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
) STRICT;

CREATE TABLE IF NOT EXISTS texts_inbox (
    h_id TEXT NOT NULL,
    message TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS posts_inbox (
    created_time TEXT NOT NULL,
    type TEXT,
    post_h_id TEXT NOT NULL,
    page_h_id TEXT NOT NULL,
    name_h_id TEXT,
    created_at TEXT AS (datetime(substr(created_time, 1, 19))),
    -- The day must exist: date() with a modifier changes one that does not. Any time of day that SQLite reads may
    -- follow.
    CONSTRAINT "created_time is a time" CHECK (
        created_time GLOB '[0-9]*'
        AND created_time >= '0001'
        AND date(substr(created_time, 1, 10), '+0 days') IS substr(created_time, 1, 10)
        AND substr(created_time, 12, 2) < '24'
        AND created_at IS NOT NULL
    )
) STRICT;

-- The characters that would break a line of a printed table.
CREATE VIEW IF NOT EXISTS breaks AS
SELECT
    char(9) AS tab,
    char(10) AS line_feed,
    char(13) AS carriage_return;
