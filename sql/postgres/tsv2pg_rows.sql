-- The last part of tsv2pg, after the COPY of :read records: moves staged records to the table, in input order, records
-- the load, commits, and only then prints the summary.
\set inserted :ROW_COUNT
\set updated 0
\if :is_staged
    \if :{?key}
        \set conflict (:key)
    \else
        \set conflict
    \endif
    SELECT :'mode' = '--upsert' AND :{?changes} AS is_updating \gset
    \if :is_updating
        -- xmax does not tell new rows in partitions. The rows that existed before the statement do: the table is
        -- locked.
        \set is_new 'xmax = 0'
        \if :is_partitioned
            \set is_new 'NOT EXISTS (SELECT FROM ' :target ' AS old WHERE ' :key_is_same ')'
        \endif
        -- The last record of each key counts, as if it had updated the others. Null keys are all different.
        WITH chosen AS (
            SELECT DISTINCT ON (:key, lone)
                :columns
            FROM :into AS staged
            CROSS JOIN LATERAL (SELECT CASE WHEN :key_is_null THEN staged.ctid END) AS nulls (lone)
            ORDER BY :key, lone, staged.ctid DESC
        ),
        merged AS (
            INSERT INTO :target AS chosen (:columns) OVERRIDING SYSTEM VALUE
            SELECT :columns
            FROM chosen
            ON CONFLICT :conflict DO UPDATE SET :changes
            RETURNING :is_new AS is_new
        )
        SELECT
            inserted,
            :read - inserted - (SELECT count(*) FROM chosen) + merged AS updated
        FROM (
            SELECT
                count(*) AS merged,
                count(*) FILTER (WHERE is_new) AS inserted
            FROM merged
        ) AS counts
        \gset
    \elif :is_searched
        INSERT INTO :target (:columns) OVERRIDING SYSTEM VALUE
        SELECT :columns
        FROM (
            SELECT DISTINCT ON (:key, lone)
                :columns
            FROM :into AS staged
            CROSS JOIN LATERAL (SELECT CASE WHEN :key_is_null THEN staged.ctid END) AS nulls (lone)
            ORDER BY :key, lone, staged.ctid
        ) AS chosen
        WHERE NOT EXISTS (SELECT FROM :target AS old WHERE :key_is_same);
        \set inserted :ROW_COUNT
    \else
        INSERT INTO :target (:columns) OVERRIDING SYSTEM VALUE
        SELECT :columns
        FROM :into AS staged
        ON CONFLICT :conflict DO NOTHING;
        \set inserted :ROW_COUNT
    \endif
\endif
\if :{?once}
    UPDATE :load_log
    SET rows = :inserted + :updated
    WHERE id = :'once'
        AND table_name = :'table_name';
\endif
SELECT format('%s: %s read, %s inserted, %s updated, %s ignored, 0 rejected', :'table_name', :read, :inserted, :updated,
    :read - :inserted - :updated) AS summary
\gset
COMMIT;
\echo :summary
