-- Runs of jobs, including those that failed. started is in UTC; cpu_seconds and peak_bytes are null where unknown.
BEGIN;

-- One at a time: IF NOT EXISTS and OR REPLACE fail if two create the same.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir weir_runs'')); END';

CREATE TABLE IF NOT EXISTS weir_runs (
    job text NOT NULL,
    started timestamptz NOT NULL,
    seconds numeric NOT NULL,
    cpu_seconds numeric,
    peak_bytes bigint,
    files bigint NOT NULL,
    read bigint NOT NULL,
    inserted bigint NOT NULL,
    updated bigint NOT NULL,
    ignored bigint NOT NULL,
    rejected bigint NOT NULL,
    status integer NOT NULL
);

COMMIT;
