-- The comments job in Spark SQL, with the programs of weir as operators: the view comments, as load-comments makes it
-- of the same files. The programs must be in PATH on every machine. docs/spark.md has the rules that this file follows.
-- spark-sql -S -d comments='comments*.jsonl.gz' -i fields.sql -i comments.sql -f ../both/comments_busiest_day.sql
CREATE OR REPLACE TEMPORARY VIEW comments AS
-- A row for each reply, with its comment, and for each comment, post or page without any. The ordinals tell a missing
-- comment or reply from one that lacks its id. What a page repeats is dropped before the shuffle.
WITH inbox AS (
    SELECT TRANSFORM (if(is_valid_utf8(value), value, concat('\\!\tSpark\tinvalid UTF-8 in ', _metadata.file_path)))
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'set -f -o pipefail; trap "cat > /dev/null" EXIT
            p=posts.data[] c=$p.comments.data[] r=$c.comments.data[]
            comment="$p.comments.data[#]? $c.h_id:str? $c.created_time:time? $c.up_likes:int? $c.comment_count:int?"
            reply="$c.comments.data[#]? $r.h_id:str? $r.created_time:time? $r.up_likes:int? $r.comment_count:int?"
            jsonl2tsv -N --outer h_id:str! posts.data[#]? $p.h_id:str? $comment $reply $r.parent.h_id:str? |
            utc -N -t 6,11 |
            dedup -N -S 500M -k !2,!4 --max 4,2'
        AS (
            page STRING,
            post_ordinal STRING,
            post STRING,
            ordinal STRING,
            id STRING,
            created_time STRING,
            up_likes STRING,
            comment_count STRING,
            reply_ordinal STRING,
            reply STRING,
            reply_created_time STRING,
            reply_up_likes STRING,
            reply_comment_count STRING,
            reply_parent STRING
        )
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM text.`${comments}` WITH ('lineSep' = '\n')
),
-- A comment is in the row of each of its replies; only the first row is used. To the second, as load-comments does.
seen AS (
    SELECT stack(
        2,
        ordinal IS NOT NULL AND coalesce(reply_ordinal, '0') = '0',
        id,
        'top',
        CAST(NULL AS STRING),
        post,
        page,
        substr(created_time, 1, 19),
        up_likes,
        comment_count,
        reply_ordinal IS NOT NULL,
        reply,
        'reply',
        coalesce(reply_parent, id),
        post,
        page,
        substr(reply_created_time, 1, 19),
        reply_up_likes,
        reply_comment_count
    ) AS (is_seen, id, kind, parent, post, page, created_time, up_likes, comment_count)
    FROM inbox
    WHERE assert_true(post_ordinal IS NULL OR post IS NOT NULL, 'a post has an id') IS NULL
),
complete AS (
    SELECT *
    FROM seen
    WHERE is_seen
        AND assert_true(
            id IS NOT NULL AND created_time IS NOT NULL AND up_likes IS NOT NULL AND comment_count IS NOT NULL,
            'a comment has an id, a created_time, up_likes and a comment_count'
        ) IS NULL
    DISTRIBUTE BY id
),
-- The latest record of a comment counts, then the one with most up_likes, then most comments. Remaining ties go to the
-- greatest of the other values, which are one text here, because numbers would be compared as such.
latest AS (
    SELECT TRANSFORM (
        id,
        kind,
        parent,
        post,
        page,
        created_time,
        up_likes,
        comment_count,
        concat_ws('\u0001', post, page, coalesce(parent, ''), kind)
    )
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
        USING 'trap "cat > /dev/null" EXIT; dedup -N -S 500M -k 1 --max 6-9'
        AS (
            id STRING,
            kind STRING,
            parent STRING,
            post STRING,
            page STRING,
            created_time STRING,
            up_likes STRING,
            comment_count STRING,
            others STRING
        )
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' NULL DEFINED AS '\\N'
    FROM complete
)
SELECT
    from_field(id) AS id,
    kind,
    from_field(parent) AS parent,
    from_field(post) AS post,
    from_field(page) AS page,
    replace(created_time, 'T', ' ') AS created_time,
    CAST(up_likes AS BIGINT) AS up_likes,
    CAST(comment_count AS BIGINT) AS comment_count
FROM latest;
