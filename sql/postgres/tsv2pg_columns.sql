-- The second part of tsv2pg, after the :header: finds its columns and those of the :key in the table. Sets columns, key
-- and others, and into, the target of COPY. A staging table has the name and the checks of the target, so that COPY
-- reports violations with their line. Ends with the COPY.
WITH header AS (
    SELECT
        number,
        replace(replace(replace(replace(replace(raw, '\\', chr(1)), '\t', E'\t'), '\n', E'\n'), '\r', E'\r'), chr(1), '\')
            AS name
    FROM regexp_split_to_table(:'header', E'\t') WITH ORDINALITY AS split (raw, number)
),
attributes AS (
    SELECT *
    FROM pg_attribute
    WHERE attrelid = :table_id
        AND attnum > 0
        AND NOT attisdropped
),
-- True if a trigger may change a row before its checks: it fires BEFORE INSERT, for each ROW.
changes AS (
    SELECT EXISTS (
        SELECT
        FROM pg_trigger
        WHERE tgrelid = :table_id
            AND NOT tgisinternal
            AND tgtype & 7 = 7
    ) AS is_changed
),
columns AS (
    SELECT
        number,
        name,
        attname,
        attnum,
        attgenerated,
        format_type(atttypid, atttypmod) || CASE WHEN attnotnull AND NOT is_changed THEN ' NOT NULL' ELSE '' END AS type
    FROM header
    CROSS JOIN changes
    LEFT JOIN LATERAL (
        SELECT *
        FROM attributes
        WHERE lower(attname) = lower(name)
        ORDER BY
            attname = name DESC,
            attname = lower(name) DESC
        LIMIT 1
    ) AS same ON true
),
keys AS (
    SELECT
        wanted,
        place,
        columns.*
    FROM regexp_split_to_table(:'key', ',') WITH ORDINALITY AS split (wanted, place)
    LEFT JOIN LATERAL (
        SELECT *
        FROM columns
        WHERE wanted IN (number::text, name) OR lower(wanted) = lower(attname)
        ORDER BY
            wanted = number::text DESC,
            wanted = name DESC
        LIMIT 1
    ) AS columns ON true
    WHERE :'key' <> ''
),
unique_keys AS (
    SELECT (SELECT array_agg(number ORDER BY number) FROM unnest((indkey::int2[])[0:indnkeyatts - 1]) AS number) AS numbers
    FROM pg_index
    WHERE indrelid = :table_id
        AND indisunique
        AND indisvalid
        AND indpred IS NULL
)
SELECT
    string_agg(format('%I', coalesce(attname, '')), ', ' ORDER BY number) AS columns,
    string_agg(format('%I %s', coalesce(attname, ''), type), ', ' ORDER BY number) || coalesce(
        (
            SELECT string_agg(format(', CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), '' ORDER BY conname)
            FROM pg_constraint
            CROSS JOIN changes
            WHERE conrelid = :table_id
                AND contype = 'c'
                AND convalidated
                AND NOT is_changed
                AND conkey <@ (SELECT array_agg(attnum) FROM columns)
        ),
        ''
    ) AS staging_columns,
    (SELECT string_agg(format('%I', coalesce(attname, '')), ', ' ORDER BY place) FROM keys) AS key,
    (SELECT string_agg(format('%I IS NULL', coalesce(attname, '')), ' OR ') FROM keys) AS key_is_null,
    (SELECT string_agg(format('old.%1$I = chosen.%1$I', coalesce(attname, '')), ' AND ') FROM keys) AS key_is_same,
    string_agg(format('%1$I = excluded.%1$I', coalesce(attname, '')), ', ')
        FILTER (WHERE attnum NOT IN (SELECT attnum FROM keys)) AS changes,
    :'key' <> '' AND (NOT is_unique OR :'is_partitioned' AND :'mode' = '--upsert') AS is_searched,
    :'mode' IN ('--ignore', '--upsert') AS is_staged,
    :'mode' = '--replace' AS is_replacing,
    CASE WHEN :'mode' IN ('--ignore', '--upsert') THEN format('pg_temp.%I', :'table_name') ELSE :'target' END AS into,
    coalesce(
        (
            SELECT format('22000: line 1: duplicate column %s', min(name))
            FROM columns
            GROUP BY name
            HAVING count(*) > 1
            LIMIT 1
        ),
        (
            SELECT format('42703: table %s has no column %s; it has %s', :'table_name', name,
                (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM attributes))
            FROM columns
            WHERE attname IS NULL
            ORDER BY number
            LIMIT 1
        ),
        (
            SELECT format('42701: duplicate column %s in the header, as %s', attname,
                string_agg(name, ', ' ORDER BY number))
            FROM columns
            GROUP BY attname
            HAVING count(*) > 1
            LIMIT 1
        ),
        (
            SELECT format('42P10: column %s is generated; remove it from the input', attname)
            FROM columns
            WHERE attgenerated <> ''
            LIMIT 1
        ),
        (SELECT format('42703: --key: unknown column %s; the columns are %s', wanted,
            (SELECT string_agg(name, ', ' ORDER BY number) FROM columns)) FROM keys WHERE attnum IS NULL LIMIT 1),
        CASE
        WHEN :'key' <> '' AND NOT is_unique AND NOT (:'is_partitioned' AND :'mode' = '--ignore')
        THEN format('42P10: --key: table %s has no primary key or unique index on these columns', :'table_name')
        WHEN :'mode' = '--ignore' AND :'key' = '' AND NOT EXISTS (SELECT FROM unique_keys)
        THEN format('42P10: --ignore requires a unique key, and table %s has none', :'table_name')
        END
    ) AS problem
FROM columns
CROSS JOIN (
    SELECT coalesce((SELECT array_agg(attnum ORDER BY attnum) FROM keys) IN (SELECT numbers FROM unique_keys), false) AS is_unique
) AS judgement
GROUP BY is_unique
\gset
\if :{?problem}
    \warn ERROR:  :problem
    \q
\endif

-- DELETE, not TRUNCATE: readers see the old rows until the COMMIT.
\if :is_replacing
    SET CONSTRAINTS ALL DEFERRED;
    LOCK TABLE :target IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM :target;
    \if :has_log
        DELETE FROM :load_log WHERE table_name = :'table_name' AND rows >= 0;
    \endif
\endif
-- Without a unique index on the key, rows are searched for, and no one else may write meanwhile. A partitioned table
-- has no such index if the key lacks a column that selects the partition.
\if :is_searched
    LOCK TABLE :target IN SHARE ROW EXCLUSIVE MODE;
\endif
\if :is_staged
    CREATE TEMPORARY TABLE :into (:staging_columns) ON COMMIT DROP;
\endif
COPY :into (:columns) FROM STDIN;
