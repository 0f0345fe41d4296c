-- The second part of tsv2pg, after the :header: finds its columns and those of the :key in the table. Sets columns, key
-- and others, and into, the target of COPY. Writes to the file :rules which values each column would change. Ends with
-- the COPY.
--
-- A staging table has the checks of the target, so that COPY reports violations with their line. Its name, :staging, is
-- random: it hides no table, and serves where a name must not be one of the user's. Columns of the user are always
-- qualified: "chosen" is the record, "old" the row. A check that calls the user's functions is left to the target.
WITH names AS (
    SELECT
        source,
        number,
        raw,
        CASE
        WHEN raw <> '\N' AND raw !~ '^([^\\]|\\[\\tnrbfv])*\\([^\\tnrbfv]|$)'
        THEN replace(replace(replace(replace(replace(replace(replace(replace(
            raw, '\\', chr(1)), '\t', E'\t'), '\n', E'\n'), '\r', E'\r'), '\b', E'\b'), '\f', E'\f'), '\v', chr(11)),
            chr(1), '\')
        END AS name
    FROM (
        SELECT 'header', raw, number
        FROM regexp_split_to_table(:'header', E'\t') WITH ORDINALITY AS split (raw, number)
        UNION ALL
        SELECT 'key', raw, number
        FROM regexp_split_to_table(:'key', ',') WITH ORDINALITY AS split (raw, number)
        WHERE :'key' <> ''
    ) AS list (source, raw, number)
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
        raw,
        name,
        attributes.*,
        rivals,
        format('%I %s', coalesce(attname, ''), format_type(atttypid, atttypmod))
            || CASE WHEN attcollation <> 0 THEN format(' COLLATE %s', attcollation::regcollation) ELSE '' END
            || CASE WHEN attnotnull AND NOT is_changed THEN ' NOT NULL' ELSE '' END AS definition
    FROM names
    CROSS JOIN changes
    LEFT JOIN LATERAL (
        SELECT
            attnum AS found,
            CASE WHEN attname <> name AND count(*) OVER (PARTITION BY attname = name) > 1
            THEN string_agg(attname, ', ') OVER (PARTITION BY attname = name) END AS rivals
        FROM attributes
        WHERE lower(attname) = lower(name)
        ORDER BY attname = name DESC
        LIMIT 1
    ) AS same ON true
    LEFT JOIN attributes ON attnum = found
    WHERE source = 'header'
),
keys AS (
    SELECT
        names.raw AS wanted,
        names.number AS place,
        same.*
    FROM names
    LEFT JOIN LATERAL (
        SELECT
            attname,
            attnum,
            count(*) OVER (PARTITION BY rank) AS candidates
        FROM columns
        CROSS JOIN LATERAL (
            SELECT CASE WHEN names.raw = number::text THEN 1 WHEN names.name = name THEN 2 ELSE 3 END
        ) AS ranks (rank)
        WHERE rank < 3
            OR lower(names.name) = lower(attname)
        ORDER BY rank
        LIMIT 1
    ) AS same ON true
    WHERE source = 'key'
),
indexes AS (
    SELECT
        indexrelid,
        (SELECT array_agg(number ORDER BY number) FROM unnest((indkey::int2[])[0:indnkeyatts - 1]) AS number) AS numbers,
        indnkeyatts,
        indkey::int2[],
        indcollation::oid[],
        indclass::oid[],
        coalesce(to_jsonb(pg_index) ->> 'indnullsnotdistinct', 'false')::boolean AS is_null_equal
    FROM pg_index
    WHERE indrelid = :table_id
        AND indisunique
        AND indisvalid
        AND indimmediate
        AND indpred IS NULL
),
-- The unique keys whose rows --ignore and --upsert look for, and 0: a key without an index.
parts AS (
    SELECT
        indexrelid,
        attname,
        format(' OPERATOR(%I.%s) ', nspname, oprname) AS equals,
        CASE WHEN collation_id <> 0 THEN format(' COLLATE %s', collation_id::regcollation) ELSE '' END AS collated,
        coalesce(NOT collisdeterministic, false) AS is_folded,
        is_null_equal AND NOT attnotnull AS is_null_equal
    FROM indexes
    CROSS JOIN LATERAL unnest(indkey[0:indnkeyatts - 1], indcollation, indclass) AS part (attnum, collation_id, class)
    JOIN columns USING (attnum)
    JOIN pg_opclass ON pg_opclass.oid = class
    JOIN pg_amop ON amopfamily = opcfamily AND amoplefttype = opcintype AND amoprighttype = opcintype
        AND amopstrategy = 3
    JOIN pg_operator ON pg_operator.oid = amopopr
    JOIN pg_namespace ON pg_namespace.oid = oprnamespace
    LEFT JOIN pg_collation ON pg_collation.oid = collation_id
    WHERE numbers <@ (SELECT array_agg(attnum) FROM columns)
        AND (:'key' = '' OR numbers = (SELECT array_agg(attnum ORDER BY attnum) FROM keys))
    UNION ALL
    SELECT 0, attname, ' = ', '', false, false
    FROM keys
),
searches AS (
    SELECT
        indexrelid,
        string_agg(format('chosen.%I%s', coalesce(attname, ''), collated), ', ')
            || CASE WHEN bool_or(is_null_equal) THEN '' ELSE format(', CASE WHEN %s THEN chosen.ctid END',
            string_agg(format('chosen.%I IS NULL', coalesce(attname, '')), ' OR ')) END AS distinct_on,
        string_agg(format(
            CASE WHEN is_null_equal THEN '(%1$s OR old.%2$I IS NULL AND chosen.%2$I IS NULL)' ELSE '%1$s' END,
            format('old.%1$I%3$s%2$schosen.%1$I%3$s', coalesce(attname, ''), equals, collated),
            coalesce(attname, '')), ' AND ') AS is_same,
        row_number() OVER (
            ORDER BY
                indexrelid = 0,
                bool_or(is_folded) DESC,
                bool_or(is_null_equal) DESC
        ) AS choice
    FROM parts
    GROUP BY indexrelid
),
judgement AS (
    SELECT
        coalesce((SELECT array_agg(attnum ORDER BY attnum) FROM keys) IN (SELECT numbers FROM indexes), false)
            AS is_unique,
        -- Columns that are not in the input may have constraints. They do not matter where a row exists.
        EXISTS (
            SELECT
            FROM attributes
            WHERE attgenerated = ''
                AND attnum NOT IN (SELECT attnum FROM columns WHERE attnum IS NOT NULL)
        ) AS is_partial
)
SELECT
    staging,
    (SELECT array_agg(attnum ORDER BY number) FROM columns) AS attnums,
    (SELECT string_agg(format('%I', coalesce(attname, '')), ', ' ORDER BY number) FROM columns) AS columns,
    (SELECT string_agg(format('chosen.%I', coalesce(attname, '')), ', ' ORDER BY number) FROM columns)
        AS chosen_columns,
    (SELECT string_agg(definition, ', ' ORDER BY number) FROM columns) || coalesce(
        (
            SELECT string_agg(format(', CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), '' ORDER BY conname)
            FROM pg_constraint
            CROSS JOIN changes
            WHERE conrelid = :table_id
                AND contype = 'c'
                AND convalidated
                AND NOT is_changed
                AND conkey <@ (SELECT array_agg(attnum) FROM columns)
                AND NOT EXISTS (
                    SELECT
                    FROM pg_depend
                    WHERE classid = 'pg_constraint'::regclass
                        AND objid = pg_constraint.oid
                        AND refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                )
        ),
        ''
    ) AS staging_columns,
    (SELECT string_agg(format('%I', coalesce(attname, '')), ', ' ORDER BY place) FROM keys) AS key,
    (SELECT distinct_on FROM searches WHERE choice = 1) AS distinct_on,
    (SELECT is_same FROM searches WHERE choice = 1) AS is_same,
    CASE WHEN is_partial THEN (
        SELECT
            'WHERE '
            || string_agg(format('NOT EXISTS (SELECT FROM %s AS old WHERE %s)', :'target', is_same), ' AND ')
            || ' ORDER BY chosen.ctid'
        FROM searches
        WHERE indexrelid <> 0
    ) END AS only_new,
    (SELECT string_agg(format('%1$I = chosen.%1$I', coalesce(attname, '')), ', ') FROM columns
        WHERE attnum NOT IN (SELECT attnum FROM keys)) AS changes,
    (SELECT string_agg(format('%1$I = excluded.%1$I', coalesce(attname, '')), ', ') FROM columns
        WHERE attnum NOT IN (SELECT attnum FROM keys)) AS conflict_changes,
    :'key' <> '' AND (NOT is_unique OR :'is_partitioned' AND :'mode' = '--upsert') AS is_searched,
    :'mode' IN ('--ignore', '--upsert') AS is_staged,
    :'mode' = '--replace' AS is_replacing,
    is_partial,
    CASE WHEN :'mode' IN ('--ignore', '--upsert') THEN format('pg_temp.%I', staging) ELSE :'target' END AS into,
    coalesce(
        (SELECT format('22000: line 1: the name of column %s is null', number) FROM columns WHERE raw = '\N' LIMIT 1),
        (
            SELECT format('22000: line 1: duplicate column %s', min(name))
            FROM columns
            GROUP BY name
            HAVING count(*) > 1
            LIMIT 1
        ),
        CASE WHEN :'is_new' THEN (
            SELECT format('42703: column %s needs a name in a table', number) FROM columns WHERE raw = '' LIMIT 1) END,
        (
            SELECT format('42703: table %s has no column %s; it has %s', :'table_name', name,
                (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM attributes))
            FROM columns
            WHERE attname IS NULL
            ORDER BY number
            LIMIT 1
        ),
        (
            SELECT format('42702: column %s is ambiguous: table %s has %s', name, :'table_name', rivals)
            FROM columns
            WHERE rivals IS NOT NULL
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
        (SELECT format('42702: --key: column %s is ambiguous; the columns are %s', wanted,
            (SELECT string_agg(name, ', ' ORDER BY number) FROM columns)) FROM keys WHERE candidates > 1 LIMIT 1),
        CASE
        WHEN :'key' <> '' AND NOT is_unique AND NOT (:'is_partitioned' AND :'mode' = '--ignore')
        THEN format('42P10: --key: table %s has no primary key or unique index on these columns', :'table_name')
        WHEN :'mode' = '--ignore' AND :'key' = '' AND NOT EXISTS (SELECT FROM indexes)
        THEN format('42P10: --ignore requires a unique key, and table %s has none', :'table_name')
        END
    ) AS problem
FROM judgement
CROSS JOIN (SELECT 'weir_' || replace(gen_random_uuid()::text, '-', '')) AS random_name (staging)
\gset
\if :{?problem}
    \warn ERROR: :problem
    \q
\endif

-- A column of a domain, an array or a range has the rule of what is inside.
WITH RECURSIVE types AS (
    SELECT
        number,
        atttypid AS type,
        atttypmod AS modifier,
        false AS is_list
    FROM unnest(:'attnums'::int2[]) WITH ORDINALITY AS list (attnum, number)
    JOIN pg_attribute USING (attnum)
    WHERE attrelid = :table_id
    UNION ALL
    SELECT
        number,
        CASE WHEN typtype = 'd' THEN typbasetype WHEN typcategory = 'A' THEN typelem ELSE rngsubtype END,
        CASE WHEN typtype = 'd' THEN typtypmod WHEN typcategory = 'A' THEN modifier ELSE -1 END,
        is_list OR typtype <> 'd'
    FROM types
    JOIN pg_type ON pg_type.oid = type
    LEFT JOIN pg_range ON type::text IN (rngtypid::text, to_jsonb(pg_range) ->> 'rngmultitypid')
    WHERE typtype = 'd'
        OR typcategory = 'A'
        OR rngsubtype IS NOT NULL
)
SELECT
    number,
    rule,
    CASE
    WHEN modifier < 0 THEN NULL
    WHEN type = 'numeric'::regtype THEN (((modifier - 4) & 2047) # 1024) - 1024
    WHEN rule = 'length' THEN modifier - 4
    WHEN rule = 'interval' THEN nullif(modifier & 65535, 65535)
    WHEN rule ~ '^time' THEN modifier
    END,
    is_list::int,
    format_type(type, modifier)
FROM types
JOIN (
    VALUES
    ('smallint'::regtype, 'number'),
    ('integer', 'number'),
    ('bigint', 'number'),
    ('numeric', 'number'),
    ('real', 'single'),
    ('double precision', 'double'),
    ('date', 'date'),
    ('time', 'time'),
    ('timetz', 'timetz'),
    ('timestamp', 'timestamp'),
    ('timestamptz', 'timestamptz'),
    ('interval', 'interval'),
    ('varchar', 'length'),
    ('bpchar', 'length')
) AS rules (type, rule) USING (type)
WHERE rule <> 'length'
    OR NOT is_list AND modifier >= 0
ORDER BY number
\g :rules
\o :rules
\qecho .
\o /dev/null

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
    \warn STAGING: :staging
\endif
COPY :into (:columns) FROM STDIN;
