-- The first part of tsv2pg, before it reads input: begins the transaction, finds the table :name, and quits if the load
-- :once was done before. Sets target, table_name, table_id, load_log, has_log; or prints :problem and quits. If there is
-- no table and :create is set, is_new is true, and table_id 0.
SET client_encoding = 'UTF8';
SET client_min_messages = 'warning';
SET standard_conforming_strings = on;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
SET IntervalStyle = 'postgres';
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT
    coalesce(id, 0) AS table_id,
    coalesce(relname, new_name) AS table_name,
    format('%I.%I', coalesce(nspname, new_schema, ''), coalesce(relname, new_name)) AS target,
    format('%I.weir_loads', coalesce(nspname, new_schema, '')) AS load_log,
    to_regclass(format('%I.weir_loads', coalesce(nspname, new_schema, ''))) IS NOT NULL AS has_log,
    id IS NULL AS is_new,
    coalesce(relkind = 'p', false) AS is_partitioned,
    CASE
    WHEN id IS NULL AND (:'create' = '' OR new_schema IS NULL)
    THEN format('42P01: table %s does not exist', :'name')
        || CASE WHEN :'create' = '' THEN '; --create makes it' ELSE '' END
    WHEN others <> '' THEN format('42702: table %s is ambiguous: %s', :'name', others)
    WHEN relkind NOT IN ('r', 'p', 'f') THEN format('42809: %s is not a table', :'name')
    END AS problem
FROM (
    -- The name of a new table: one that begins with a schema and a dot is in that schema.
    SELECT
        max(nspname) AS schema,
        substr(:'name', length(max(nspname)) + 2) AS rest
    FROM pg_namespace
    WHERE left(:'name', length(nspname) + 1) = nspname || '.'
) AS split
CROSS JOIN LATERAL (
    SELECT
        coalesce(schema, current_schema()) AS new_schema,
        coalesce(nullif(rest, ''), :'name') AS new_name
) AS new
LEFT JOIN (
    SELECT
        pg_class.oid AS id,
        relname,
        relkind,
        nspname,
        -- All names that match as well as this one.
        CASE WHEN count(*) OVER same > 1 THEN string_agg(nspname || '.' || relname, ', ') OVER same END AS others
    FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    CROSS JOIN LATERAL array_position(current_schemas(false), nspname) AS place
    CROSS JOIN LATERAL (SELECT :'name' IN (relname, nspname || '.' || relname)) AS match (is_exact)
    WHERE relkind IN ('r', 'p', 'f', 'v', 'm')
        AND (place IS NOT NULL AND lower(relname) = lower(:'name') OR lower(nspname || '.' || relname) = lower(:'name'))
    WINDOW same AS (PARTITION BY is_exact, place)
    ORDER BY
        is_exact DESC,
        place NULLS LAST
    LIMIT 1
) AS found ON true
\gset
\if :{?problem}
    \warn ERROR: :problem
    \q
\endif
\warn TABLE: :table_name

-- What was loaded into a table that is gone was not loaded into this one.
SELECT :'is_new' AND :'has_log' AS is_forgetting \gset
\if :is_forgetting
    DELETE FROM :load_log WHERE table_name = :'table_name' AND rows >= 0;
\endif

-- If two run the same load, the second waits here until the first has committed or rolled back.
\if :{?once}
    \if :has_log
    \else
        SELECT pg_advisory_xact_lock(hashtext(:'load_log'));
        CREATE TABLE IF NOT EXISTS :load_log (
            id text,
            table_name text,
            rows bigint NOT NULL,
            loaded_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (id, table_name)
        );
    \endif
    INSERT INTO :load_log (id, table_name, rows)
    VALUES (:'once', :'table_name', -1)
    ON CONFLICT DO NOTHING;
    SELECT
        :ROW_COUNT = 0 AS was_done,
        format('%s: load %s was done before', :'table_name', :'once') AS done
    \gset
    \if :was_done
        \echo :done
        \q
    \endif
\endif
