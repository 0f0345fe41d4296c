-- The last part of tsv2pg, after the COPY of :read records: moves staged records to the table, records the load,
-- commits, and only then prints the summary.
\set inserted :ROW_COUNT
\set updated 0
\if :is_staged
    -- One at a time: two that meet rows in another order would wait for each other.
    SELECT pg_advisory_xact_lock(hashtext('weir ' || :'target'));
    \if :{?key}
        \set conflict (:key)
    \else
        \set conflict
    \endif
    \if :{?only_new}
    \else
        \set only_new
    \endif
    SELECT :'mode' = '--upsert' AND :{?changes} AS is_updating \gset
    \if :is_updating
        -- xmax does not tell new rows in partitions. The rows that existed before the statement do: the table is
        -- locked.
        \set is_new 'xmax = 0'
        \if :is_partitioned
            \set is_new 'NOT EXISTS (SELECT FROM ' :target ' AS old WHERE ' :is_same ')'
        \endif
        -- An INSERT would check the columns that the input lacks, also where the row exists: update such rows first.
        \set first 'SELECT NULL::tid AS ' :staging ' WHERE false'
        \if :is_partial
            \set first 'UPDATE ' :target ' AS old SET ' :changes ' FROM chosen WHERE ' :is_same
            \set first :first ' RETURNING chosen.' :staging
        \endif
        -- The last record of each key counts, as if it had updated the others. Null keys are all different, unless the
        -- index says otherwise.
        WITH chosen AS (
            SELECT DISTINCT ON (:distinct_on)
                chosen.ctid AS :staging,
                :chosen_columns
            FROM :into AS chosen
            ORDER BY :distinct_on, chosen.ctid DESC
        ),
        updated AS (
            :first
        ),
        merged AS (
            INSERT INTO :target AS chosen (:columns) OVERRIDING SYSTEM VALUE
            SELECT :chosen_columns
            FROM chosen
            WHERE NOT EXISTS (SELECT FROM updated WHERE updated.:staging = chosen.:staging)
            ON CONFLICT :conflict DO UPDATE SET :conflict_changes
            RETURNING :is_new AS is_new
        )
        SELECT
            inserted,
            :read - inserted - (SELECT count(*) FROM chosen) + (SELECT count(*) FROM updated) + merged AS updated
        FROM (
            SELECT
                count(*) AS merged,
                count(*) FILTER (WHERE is_new) AS inserted
            FROM merged
        ) AS counts
        \gset
    \elif :is_searched
        INSERT INTO :target (:columns) OVERRIDING SYSTEM VALUE
        SELECT :chosen_columns
        FROM (
            SELECT DISTINCT ON (:distinct_on)
                :chosen_columns
            FROM :into AS chosen
            ORDER BY :distinct_on, chosen.ctid
        ) AS chosen
        WHERE NOT EXISTS (SELECT FROM :target AS old WHERE :is_same);
        \set inserted :ROW_COUNT
    \else
        -- The first record of each key counts: they are inserted in input order.
        INSERT INTO :target (:columns) OVERRIDING SYSTEM VALUE
        SELECT :chosen_columns
        FROM :into AS chosen
        :only_new
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
