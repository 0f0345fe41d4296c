-- Votes of the Stack Exchange data dump, with a partition for each year. A unique key must then include the date, so
-- tsv2pg --ignore -k Id keeps one vote per Id.
SET client_min_messages = warning;
BEGIN;

-- One at a time: IF NOT EXISTS and OR REPLACE fail if two create the same.
DO 'BEGIN PERFORM pg_advisory_xact_lock(hashtext(''weir votes'')); END';

CREATE SCHEMA IF NOT EXISTS blog_analysis;
CREATE TABLE IF NOT EXISTS blog_analysis.votes (
    Id bigint NOT NULL,
    PostId bigint NOT NULL,
    VoteTypeId bigint NOT NULL,
    CreationDate timestamptz NOT NULL,
    UserId bigint,
    BountyAmount bigint,
    PRIMARY KEY (Id, CreationDate),
    CONSTRAINT "VoteTypeId is positive" CHECK (VoteTypeId > 0),
    CONSTRAINT "BountyAmount is not negative" CHECK (BountyAmount >= 0),
    CONSTRAINT "CreationDate is a date" CHECK (
        CreationDate >= '0001-01-01 00:00:00+00'
        AND CreationDate < '10000-01-01 00:00:00+00'
    )
) PARTITION BY RANGE (CreationDate);
CREATE TABLE IF NOT EXISTS blog_analysis.votes_other PARTITION OF blog_analysis.votes DEFAULT;
DO $$
BEGIN
    FOR year IN 2008..2030 LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS blog_analysis.votes_%s PARTITION OF blog_analysis.votes FOR VALUES FROM (%L) TO (%L)',
            year, year || '-01-01 00:00:00+00', year + 1 || '-01-01 00:00:00+00'
        );
    END LOOP;
END
$$;

COMMIT;
